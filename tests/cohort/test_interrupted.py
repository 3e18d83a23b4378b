"""A run that is killed, or finds the disk full, leaves nothing half-written and goes on where it stopped."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pyarrow.parquet as pq
import pytest

from assuage.cli import main
from assuage.cohort import review_cohort, run
from assuage.cohort.compare import compare_cohort
from assuage.cohort.pieces import pieces_in
from assuage.cohort.summary import summarise
from assuage.errors import InputError
from tests.agree.strategies import quicker
from tests.cohort.tables import assuage, frames, pain, written
from tests.small_pathway import SMALL

ON = 30
SLOWLY = """
import sys, time
from assuage.cohort import review_cohort, run
from tests.small_pathway import SMALL
run._FEWEST_ROWS = run.MOST_ROWS = 600
run._A_PIECE = 1
def progress(done, of):
    print(done, flush=True)
    time.sleep(0.3)
review_cohort(sys.argv[1], SMALL, sys.argv[2], on=30, panel=True, progress=progress)
"""


@pytest.fixture
def table(tmp_path):
    rows = [pain(f"p{at:03}", day, float((at + day) % 11)) for at in range(100) for day in range(30)]
    return written(tmp_path / "in.parquet", rows)


@pytest.fixture
def few_rows(monkeypatch):
    monkeypatch.setattr(run, "_FEWEST_ROWS", 600)
    monkeypatch.setattr(run, "MOST_ROWS", 600)
    monkeypatch.setattr(run, "_A_PIECE", 1)


def same(one, other):
    found, wanted = frames(one), frames(other)
    assert list(found) == list(wanted)
    for name, frame in wanted.items():
        assert frame.equals(found[name]), name


def test_a_run_killed_without_warning_goes_on_and_ends_the_same(table, tmp_path, few_rows):
    whole, part = tmp_path / "whole", tmp_path / "part"
    review_cohort(table, SMALL, whole, on=ON, panel=True)
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SLOWLY), str(table), str(part)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= 1200:
            child.send_signal(signal.SIGKILL)
            break
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    assert frames(part) == {}
    manifest = json.loads((part / "manifest.json").read_text())
    assert not manifest["done"]
    assert 0 < sum(piece.counts.rows for piece in pieces_in(part / "parts")) < 3000
    with pytest.raises(InputError, match="not finished"):
        summarise(part)
    done = review_cohort(table, SMALL, part, on=ON, panel=True)
    assert done.resumed
    assert (done.patients, done.rows) == (100, 3000)
    same(part, whole)
    assert not (part / "parts").exists()


def test_who_stops_a_run_is_told_how_it_goes_on(table, tmp_path, few_rows, monkeypatch, capsys):
    real = run.review_cohort

    def stopped(*paths, progress, **asked):
        def stop(done, of):
            if done > 1000:
                raise KeyboardInterrupt

        return real(*paths, progress=stop, **asked)

    command = [
        "cohort",
        "review",
        str(table),
        "-o",
        str(tmp_path / "out"),
        "--on",
        "30",
        "--pathway",
        "neck-first",
    ]
    with monkeypatch.context() as patched:
        patched.setattr(run, "review_cohort", stopped)
        assert main(command) == 130
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(f"Stopped. The same command goes on from where it was: {tmp_path / 'out'}\n")
    assert main(command) == 0
    assert "(continued)" in capsys.readouterr().out


@pytest.mark.parametrize("piece", [0, 2, "end"])
def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    piece, table, tmp_path, few_rows, monkeypatch
):
    whole, part = tmp_path / "whole", tmp_path / "part"
    review_cohort(table, SMALL, whole, on=ON)
    real, written_so_far = pq.write_table, []

    def full(made, where, **more):
        written_so_far.append(where)
        if piece != "end" and len(written_so_far) > piece * len(frames(whole)) + 2:
            where.write_bytes(b"PAR1 half")
            raise OSError(errno.ENOSPC, "No space left on device", str(where))
        return real(made, where, **more)

    def full_at_the_end(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pq, "write_table", full)
        if piece == "end":
            patched.setattr(pq, "ParquetWriter", full_at_the_end)
        with pytest.raises(OSError, match="No space"):
            review_cohort(table, SMALL, part, on=ON)
    assert frames(part) == {}
    review_cohort(table, SMALL, part, on=ON)
    same(part, whole)
    assert sorted(one.name for one in part.iterdir()) == sorted(one.name for one in whole.iterdir())


def test_the_command_says_that_there_is_no_room_and_leaves_no_table(tmp_path):
    rows = [pain(f"p{at:04}", day, float((7 * at + day) % 11)) for at in range(1500) for day in range(9)]
    path = written(tmp_path / "in.parquet", rows)
    words = (
        "cohort",
        "review",
        path,
        "-o",
        tmp_path / "out",
        "--on",
        9,
        "--panel",
        "--pathway",
        "neck-first",
    )
    assert assuage(*words)[0] == 0
    small = (
        "cohort",
        "review",
        path,
        "-o",
        tmp_path / "small",
        "--on",
        9,
        "--panel",
        "--pathway",
        "neck-first",
    )
    status, _, said = assuage(*small, shell="ulimit -f 4;")
    assert status == 74
    assert "cannot read or write" in said
    assert "goes on where it stopped" in said
    assert frames(tmp_path / "small") == {}
    assert assuage(*small)[0] == 0
    same(tmp_path / "small", tmp_path / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said(table, tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    status, _, said = assuage(
        "cohort", "review", table, "-o", tmp_path / "shut" / "out", "--pathway", "neck-first"
    )
    assert status == 2
    assert "cannot be made a folder" in said


def test_a_comparison_that_fails_leaves_no_file(table, tmp_path):
    def stop(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_cohort(table, SMALL, quicker(SMALL), tmp_path / "out", on=ON, progress=stop)
    assert list((tmp_path / "out").iterdir()) == []
    assert compare_cohort(table, SMALL, quicker(SMALL), tmp_path / "out", on=ON)["patients"] == 100


def test_progress_counts_rows_up_to_all_of_them(table, tmp_path, few_rows):
    told = []
    review_cohort(table, SMALL, tmp_path / "out", on=ON, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (3000, 3000)
    assert len(told) >= 5
    told.clear()
    compare_cohort(
        table, SMALL, SMALL, tmp_path / "d", on=ON, progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (3000, 3000)


def test_a_finished_run_answers_at_once(table, tmp_path):
    review_cohort(table, SMALL, tmp_path / "out", on=ON)
    before = {one: one.stat().st_mtime_ns for one in (tmp_path / "out").iterdir()}
    time.sleep(0.01)
    assert review_cohort(table, SMALL, tmp_path / "out", on=ON).patients == 100
    assert {one: one.stat().st_mtime_ns for one in (tmp_path / "out").iterdir()} == before


def test_what_another_program_left_unfinished_is_not_finished(table, tmp_path, few_rows, monkeypatch):
    review_cohort(table, SMALL, tmp_path / "out", on=ON)
    monkeypatch.setattr(run, "code_version", lambda: "another")
    with pytest.raises(InputError, match="question or program"):
        review_cohort(table, SMALL, tmp_path / "out", on=ON)
