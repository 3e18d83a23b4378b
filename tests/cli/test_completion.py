"""The shells themselves complete: each script is loaded into its shell, which is asked for what may follow."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from assuage.cli import COMMANDS, main

ASKED: tuple[tuple[str, set[str]], ...] = (
    ("assuage revi", {"review"}),
    ("assuage cohort su", {"summary"}),
    ("assuage review --re", {"--reader"}),
    ("assuage review --lang ", {"en", "lt"}),
    ("assuage cohort review --pathway ne", {"neck-first"}),
    ("assuage score wp", {"wpi"}),
    ("assuage pathway show eul", {"eular-2017"}),
    ("assuage explain neck-qui", {"neck-quiet"}),
    ("assuage causality record.yaml --exposure dry_", {"dry_needling"}),
    ("assuage check-regimen --with la_all", {"la_allergy"}),
    ("assuage review --on 3 rec", {"record.yaml"}),
    ("assuage review record.yaml -o pa", {"page.html"}),
    ("assuage completion z", {"zsh"}),
    ("assuage pathway show --to mer", {"mermaid"}),
)


@cache
def script(shell: str) -> str:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["completion", shell]) == 0
    return out.getvalue()


def asked(shell: str, program: str, folder: Path) -> set[str]:
    """What a shell prints of a program that has the script at its begin."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    for name in ("record.yaml", "page.html"):
        (folder / name).write_text("")
    (folder / "script").write_text(script(shell), encoding="utf-8")
    done = subprocess.run([shell, "-c", program], capture_output=True, text=True, cwd=folder, check=False)
    assert done.stderr == ""
    return {line.split("\t")[0] for line in done.stdout.splitlines() if line}


@pytest.mark.parametrize(("line", "wanted"), ASKED, ids=[line for line, _ in ASKED])
def test_bash_completes(tmp_path: Path, line: str, wanted: set[str]):
    words = " ".join(f"'{word}'" for word in line.split(" "))
    program = (
        f"source ./script; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE='{line}'; "
        '_assuage; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert asked("bash", program, tmp_path) == wanted


def test_bash_puts_a_value_after_an_equals_sign(tmp_path: Path):
    program = (
        "source ./script; COMP_WORDS=(assuage review --lang = l); COMP_CWORD=4; "
        '_assuage; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert asked("bash", program, tmp_path) == {"lt"}


@pytest.mark.parametrize(("line", "wanted"), ASKED, ids=[line for line, _ in ASKED])
def test_fish_completes(tmp_path: Path, line: str, wanted: set[str]):
    assert asked("fish", f"source ./script; complete -C'{line}'", tmp_path) == wanted


@pytest.mark.parametrize(("line", "wanted"), ASKED, ids=[line for line, _ in ASKED])
def test_zsh_completes(tmp_path: Path, line: str, wanted: set[str]):
    # Only in its line editor does zsh complete; what its script would add is caught in the place of `compadd`.
    words = " ".join(f"'{word}'" for word in line.split(" "))
    program = (
        "compdef() { :; }; _files() { print -l -- ${PREFIX}*(N); }; compset() { :; }; "
        'compadd() { shift; for each in "$@"; do [[ $each == ${PREFIX}* ]] && print -r -- $each; done; }; '
        f"source ./script; words=({words}); CURRENT=${{#words}}; PREFIX=${{words[-1]}}; _assuage; true"
    )
    assert asked("zsh", program, tmp_path) == wanted


def test_every_command_is_completed(tmp_path: Path):
    program = (
        'source ./script; COMP_WORDS=(assuage ""); COMP_CWORD=1; _assuage; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert asked("bash", program, tmp_path) == set(COMMANDS)
