"""Faults of what surrounds a command are said as such, in one line, and leave nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from assuage.cli import main
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")
ASSUAGE = f"{sys.executable} -m assuage.cli"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")


def shell(command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a command line in which `assuage` stands for the command."""
    return subprocess.run(
        ["bash", "-c", command.replace("assuage ", f"{ASSUAGE} ")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        check=False,
    )


@FULL
@pytest.mark.parametrize(
    "command",
    [
        "assuage review {} >/dev/full",
        "assuage --help >/dev/full",
        "assuage explain fm_2016 --json >/dev/full",
    ],
)
def test_no_room_for_the_output_is_said(command: str):
    done = shell(command.format(CASE))
    assert (done.returncode, done.stderr) == (
        74,
        "assuage: no room is left where it writes; make room and run it again\n",
    )


@pytest.mark.parametrize(
    "command",
    [
        "assuage review {} >&-",
        "assuage pathway list >&-",
        "assuage convert {} >&-",
        "assuage cohort --help >&-",
    ],
)
def test_a_closed_output_is_said(command: str):
    done = shell(command.format(CASE))
    assert done.returncode == 74
    assert done.stderr.startswith("assuage: standard output is closed")
    assert done.stderr.count("\n") == 1


def test_a_closed_output_is_no_matter_where_nothing_is_printed(tmp_path: Path):
    done = shell(f"assuage convert {CASE} -o {tmp_path}/case.json >&-")
    assert done.returncode == 0
    assert json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "command", ["assuage review {} --all", "assuage --help", "assuage explain neck-first"]
)
def test_a_reader_who_has_enough_is_no_fault(command: str):
    done = shell(f"{command.format(CASE)} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("loop/page.html", "loop cannot be written: its links lead in a circle"),
        ("/dev/full", "a device or a pipe, not a file"),
    ],
)
def test_a_name_that_can_hold_no_file_is_refused_before_any_work(tmp_path: Path, target: str, said: str):
    (tmp_path / "loop").symlink_to("loop")
    command = "report" if target.startswith("/dev") else "review"
    done = shell(f"cd {tmp_path} && assuage {command} {CASE} -o {target}")
    assert done.returncode == 2
    assert said in done.stderr


@FULL
def test_what_is_written_is_written_also_where_nobody_can_be_told(tmp_path: Path):
    assert shell(f"assuage convert {CASE} -o {tmp_path}/case.yaml 2>/dev/full").returncode == 0
    assert (tmp_path / "case.yaml").exists()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1257"])
@pytest.mark.parametrize(
    "words",
    [f"review {CASE} --on 48 --lang lt", f"timeline {CASE}", "explain neck-first", "score --list", "--help"],
)
def test_a_terminal_without_utf_8_gets_text_that_can_be_read(words: str, encoding: str):
    done = shell(f"assuage {words}", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert "?" * 2 not in done.stdout
    assert "\\x" not in done.stdout + done.stderr
    assert "\\u" not in done.stdout + done.stderr


def test_letters_that_are_missing_are_written_without_their_accents():
    told = shell(f"assuage review {CASE} --on 48 --lang lt", PYTHONIOENCODING="ascii").stdout
    assert "Nuraminti kakla" in told


def test_json_is_the_same_in_every_encoding():
    ascii_only, utf_8 = (
        shell(f"assuage review {CASE} --json --lang lt", PYTHONIOENCODING=encoding).stdout
        for encoding in ("ascii", "utf-8")
    )
    assert ascii_only.isascii()
    assert json.loads(ascii_only) == json.loads(utf_8)


def test_a_record_that_is_printed_loses_no_letter(tmp_path: Path):
    record = tmp_path / "record.yaml"
    text = Path(CASE).read_text(encoding="utf-8").replace("note: at night", "note: naktį, žandikaulyje")
    assert "žandikaulyje" in text
    record.write_text(text, encoding="utf-8")
    assert "naktį, žandikaulyje" in shell(f"assuage convert {record}", PYTHONIOENCODING="ascii").stdout


@pytest.mark.parametrize("target", ["page.html", "case.json", "case.parquet"])
def test_a_file_that_may_not_be_so_large_leaves_the_old_one(tmp_path: Path, target: str):
    old = tmp_path / target
    old.write_text("old")
    command = "review" if target == "page.html" else "convert"
    done = shell(
        f"(ulimit -f 1; assuage {command} {CASE} -o {old} --force) 2>&1 | cat; exit ${{PIPESTATUS[0]}}"
    )
    assert done.returncode == 74, done.stdout
    assert "File too large" in done.stdout
    assert old.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == [target]


def test_links_that_lead_in_a_circle_are_said(tmp_path: Path):
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    read = shell(f"assuage review {tmp_path}/a.yaml")
    written = shell(f"assuage convert {CASE} -o {tmp_path}/a.yaml --force")
    designed = shell(f"assuage nof1 design --exposure massage --trials 0 -o {tmp_path}/a.yaml")
    assert (read.returncode, written.returncode, designed.returncode) == (2, 2, 2)
    for told in (read.stderr, written.stderr, designed.stderr):
        assert "Traceback" not in told
    assert "symbolic links" in read.stderr
    assert "circle" in written.stderr


def test_too_little_memory_is_never_a_traceback():
    done = shell(f"ulimit -v 60000; assuage review {CASE} --all")
    assert "Traceback" not in done.stdout
    assert done.returncode != 0 or done.stdout


def _heeding_ctrl_c() -> None:
    """What runs in the background of a script inherits that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path):
    pytest.importorskip("numba", reason="needs the extra assuage[triggers]")
    running = subprocess.Popen(
        [
            *ASSUAGE.split(),
            "nof1",
            "design",
            "--exposure",
            "massage",
            "--trials",
            "20000",
            "-o",
            str(tmp_path / "out"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeding_ctrl_c,
    )
    time.sleep(2.5)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [RuntimeError, OSError, MemoryError])
def test_ctrl_c_that_a_library_turns_into_an_error_of_its_own_still_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: type[Exception]
):
    def compiled(_args: object) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise error("half-way through a compilation") from None
        return 0

    monkeypatch.setattr("assuage.cli.explain.run", compiled)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["explain", "massage"]) == 130
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err == ""


def test_ctrl_c_that_a_library_swallows_comes_again(monkeypatch: pytest.MonkeyPatch):
    def swallowed(_args: object) -> int:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        time.sleep(30)
        return 0

    monkeypatch.setattr("assuage.cli.explain.run", swallowed)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["explain", "massage"]) == 130
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_waits_until_kernels_are_compiled(monkeypatch: pytest.MonkeyPatch):
    done: list[str] = []
    compiler = {"__name__": "numba.core.dispatcher", "signal": signal, "done": done}
    exec("def compiles():\n    signal.raise_signal(signal.SIGINT)\n    done.append('compiled')\n", compiler)

    def compiling(_args: object) -> int:
        compiler["compiles"]()
        time.sleep(30)
        return 0

    monkeypatch.setattr("assuage.cli.explain.run", compiling)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["explain", "massage"]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == ["compiled"]
