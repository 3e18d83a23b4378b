"""However a cohort is divided among workers, what comes out is the same, byte for byte, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.cohort import review_cohort, run, workers
from assuage.cohort.pieces import Task, left_to_do, pieces_in, review_stretch, written_question
from assuage.engine.many.rows.stretches import RowPosition, RowStretch, cut, end_of_files, rows_in
from assuage.engine.many.rows.table_files import FileAbout, checked_files
from assuage.errors import Problems, SurroundingsError
from tests.cohort.tables import SCHEMA, assuage, pain
from tests.small_pathway import SMALL

ON = 9
A_PIECE = 40


@contextmanager
def small_pieces() -> Iterator[None]:
    """A small table is divided as a large one is."""
    with patch.multiple(run, _FEWEST_ROWS=30, MOST_ROWS=A_PIECE, _A_PIECE=1, _TASKS_A_WORKER=1):
        yield


def table_of(path: Path, rows: list[dict[str, Any]], rows_a_group: int = 25) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path, row_group_size=rows_a_group)
    return path


def cohort(path: Path) -> Path:
    rows = [pain(f"p{who:02}", day, float((who + day) % 11)) for who in range(40) for day in range(ON)]
    return table_of(path, rows)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.parquet"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What one process makes of the table, in one piece."""
    folder = tmp_path_factory.mktemp("whole")
    review_cohort(cohort(folder / "in.parquet"), SMALL, folder / "out", on=ON, panel=True)
    return contents(folder / "out")


@pytest.mark.parametrize("many", [1, 2, 3])
def test_any_number_of_workers_writes_the_same_bytes(many, whole, tmp_path):
    with small_pieces():
        done = review_cohort(
            cohort(tmp_path / "in.parquet"), SMALL, tmp_path / "out", on=ON, panel=True, workers=many
        )
    assert (done.patients, done.rows) == (40, 360)
    assert contents(tmp_path / "out") == whole


class Elsewhere(Executor):
    """An executor of another kind: what is sent to it is pickled, and it is done at once."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def submit(self, fn, /, *args, **kwargs):
        work, sent = pickle.loads(pickle.dumps((fn, args)))
        self.tasks += sent
        future: Future[Any] = Future()
        try:
            future.set_result(work(*sent, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def test_whoever_takes_tasks_as_an_executor_does_can_do_the_work(whole, tmp_path):
    elsewhere = Elsewhere()
    with small_pieces():
        review_cohort(
            cohort(tmp_path / "in.parquet"), SMALL, tmp_path / "out", on=ON, panel=True, executor=elsewhere
        )
    assert contents(tmp_path / "out") == whole
    assert len(elsewhere.tasks) > 3


def test_several_threads_get_in_nobodys_way(whole, tmp_path):
    with small_pieces(), ThreadPoolExecutor(3) as threads:
        review_cohort(
            cohort(tmp_path / "in.parquet"), SMALL, tmp_path / "out", on=ON, panel=True, executor=threads
        )
    assert contents(tmp_path / "out") == whole


def test_a_folder_of_files_is_divided_too(tmp_path):
    (tmp_path / "in").mkdir()
    for who in range(30):
        table_of(tmp_path / f"in/{who:02}.parquet", [pain(f"p{who:02}", day) for day in range(ON)])
    review_cohort(tmp_path / "in", SMALL, tmp_path / "whole", on=ON)
    with small_pieces():
        review_cohort(tmp_path / "in", SMALL, tmp_path / "out", on=ON, workers=2)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


# --- what goes wrong --------------------------------------------------------------------------------------


def killed_once(task: Task) -> int:
    """A stretch reviewed by a worker that the machine kills the first time."""
    mark = task.question.parent.parent / "killed"
    if task.stretch.begin.row and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return review_stretch(task)


def killed_always(task: Task) -> int:
    """A worker that the machine always kills."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_what_a_killed_worker_left_is_done_by_another(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "review_stretch", killed_once)
    with small_pieces():
        review_cohort(cohort(tmp_path / "in.parquet"), SMALL, tmp_path / "out", on=ON, panel=True, workers=2)
    assert (tmp_path / "out/killed").exists()
    assert contents(tmp_path / "out") == whole


def test_workers_that_are_killed_again_and_again_are_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "review_stretch", killed_always)
    with small_pieces(), pytest.raises(SurroundingsError, match="fewer --workers"):
        review_cohort(cohort(tmp_path / "in.parquet"), SMALL, tmp_path / "out", on=ON, workers=2)


def test_a_run_that_was_stopped_among_workers_goes_on_alone(whole, tmp_path):
    path, out = cohort(tmp_path / "in.parquet"), tmp_path / "out"
    with small_pieces():
        with patch.object(run.Run, "_done", stopping_after(100)), pytest.raises(KeyboardInterrupt):
            review_cohort(path, SMALL, out, on=ON, panel=True, workers=2)
        assert sum(piece.counts.rows for piece in pieces_in(out / "parts")) > 0
        done = review_cohort(path, SMALL, out, on=ON, panel=True)
    assert (done.resumed, done.patients) == (True, 40)
    assert contents(out) == whole


def test_no_worker_is_left_behind_when_the_work_is_stopped(tmp_path):
    path = cohort(tmp_path / "in.parquet")
    with small_pieces(), patch.object(run.Run, "_done", stopping_after(1)), pytest.raises(KeyboardInterrupt):
        review_cohort(path, SMALL, tmp_path / "out", on=ON, workers=2)
    assert multiprocessing.active_children() == []


def stopping_after(rows: int) -> Any:
    def done(self: run.Run, more: int) -> None:
        self.rows_done += more
        if self.rows_done >= rows:
            raise KeyboardInterrupt

    return done


def behind_each_other(before: str, after: str) -> list[dict[str, Any]]:
    """Rows of two patients whose change is where the table is cut."""
    return [pain(before, day) for day in range(45)] + [pain(after, day) for day in range(60)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(behind_each_other("p2", "p1"), id="out of order where it is cut"),
        pytest.param(behind_each_other("p1", "p2") + behind_each_other("p1", "p3"), id="a patient twice"),
        pytest.param(behind_each_other("p1", "p2") + [pain(None, 1)] * 50, id="nobody's rows"),
        pytest.param(
            behind_each_other("p3", "p2") + behind_each_other("p1", "p0"), id="wrong in many places"
        ),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused_in_the_same_words(rows, tmp_path):
    path = table_of(tmp_path / "in.parquet", rows, rows_a_group=20)
    with small_pieces():
        told = [refusal(path, tmp_path / str(many), many) for many in (1, 2)]
    assert told[0] == told[1]


def refusal(path: Path, out: Path, many: int) -> str:
    with pytest.raises(Problems) as refused:
        review_cohort(path, SMALL, out, on=ON, workers=many)
    return str(refused.value)


def test_of_several_failures_the_first_in_the_table_is_told():
    class Backwards(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future: Future[Any] = Future()
            futures.append(future)
            if len(futures) == 3:
                for number in (2, 1, 0):
                    futures[number].set_exception(ValueError(number))
            return future

    futures: list[Future[Any]] = []
    with pytest.raises(ValueError, match=r"^0$"):
        workers.review_with(Backwards(), [(), (), ()], lambda rows: None)  # type: ignore[list-item]


# --- where a table is cut ---------------------------------------------------------------------------------


@some.composite
def layouts(draw: some.DrawFn) -> list[tuple[list[str], int]]:
    """Files, each as the patients of its rows and the rows of a group."""
    number = 0
    files: list[tuple[list[str], int]] = []
    for _ in range(draw(some.integers(1, 4))):
        names: list[str] = []
        for rows in draw(some.lists(some.integers(1, 9), max_size=6)):
            names += [f"p{number:03}"] * rows
            number += 1
        files.append((names, draw(some.integers(1, 12))))
    return files


def abouts_of(folder: Path, layout: list[tuple[list[str], int]]) -> list[FileAbout]:
    for number, (names, group) in enumerate(layout):
        table_of(folder / f"{number}.parquet", [pain(name, 1) for name in names], group)
    return checked_files([folder / f"{number}.parquet" for number in range(len(layout))])


@given(layouts(), some.integers(1, 20))
def test_stretches_have_all_rows_once_and_no_patient_twice(tmp_path_factory, layout, rows):
    abouts = abouts_of(tmp_path_factory.mktemp("in"), layout)
    whole = RowStretch(RowPosition(0, 0), end_of_files(abouts))
    stretches = list(cut(abouts, whole, rows))
    assert [stretch.begin for stretch in stretches] == [whole.begin, *(s.end for s in stretches[:-1])]
    assert stretches[-1].end == whole.end
    assert sum(rows_in(abouts, stretch) for stretch in stretches) == sum(about.rows for about in abouts)
    for _, stretch in pairwise(stretches):
        names, row = layout[stretch.begin.file][0], stretch.begin.row
        assert stretch.before == (names[row - 1] if row else None)
        assert not 0 < row < len(names) or names[row - 1] != names[row]


@given(layouts(), some.integers(1, 20), some.sets(some.integers(0, 30)))
def test_what_no_piece_covers_is_left_to_do(tmp_path_factory, layout, rows, gone):
    folder = tmp_path_factory.mktemp("in")
    abouts = abouts_of(folder, layout)
    whole = RowStretch(RowPosition(0, 0), end_of_files(abouts))
    stretches = list(cut(abouts, whole, rows))
    asked = written_question(run.CohortQuestion(run.lower(SMALL), ON, False, tuple(abouts)), folder / "parts")
    for number, stretch in enumerate(stretches):
        if number not in gone:
            review_stretch(Task(*asked, stretch, 50, 50))
    left = list(left_to_do(list(pieces_in(folder / "parts")), whole))
    missing = [stretch for number, stretch in enumerate(stretches) if number in gone]
    assert sum(rows_in(abouts, stretch) for stretch in left) == sum(
        rows_in(abouts, stretch) for stretch in missing
    )


# --- the command ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--workers", "0"), "is no number of processes"),
        (("--workers", "many"), "is no number of processes"),
        (("--workers", "2", "--engine", "spark"), "--workers is for this machine"),
    ],
)
def test_a_number_of_workers_that_cannot_be_is_refused(words, told, tmp_path):
    path = cohort(tmp_path / "in.parquet")
    status, _, messages = assuage(
        "cohort", "review", path, "-o", tmp_path / "out", "--pathway", "neck-first", *words
    )
    assert (status, told in messages) == (2, True)
