"""Small files that follow each other are read as one, and nothing tells that they were."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest

from assuage.cohort import pieces, review_cohort, run
from assuage.engine.many.rows import small_files
from assuage.engine.many.rows.small_files import FilesReader
from assuage.engine.many.rows.table_files import checked_files
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.errors import Problems
from tests.cohort.tables import frames, pain, written
from tests.small_pathway import SMALL

ON = 9


def filled(folder: Path, patients: int = 12, **types: object) -> Path:
    """A folder with a file of each patient, in the order of their names."""
    folder.mkdir(exist_ok=True)
    for who in range(patients):
        rows = [pain(f"p{who:02}", day, float((who + day) % 11)) for day in range(ON)]
        written(folder / f"{who:02}.parquet", rows, **types)
    return folder


def said(folder: Path, out: Path) -> dict[str, list[dict[str, object]]]:
    review_cohort(folder, SMALL, out, on=ON, panel=True)
    return {name: frame.to_dicts() for name, frame in frames(out).items()}


def how_many_chunks(folder: Path, rows: int = 1_000) -> int:
    reader = FilesReader(checked_files(sorted(folder.glob("*"))), Vocabulary(), rows)
    return sum(1 for _ in reader.chunks())


def in_another_order(folder: Path) -> None:
    (folder / "00.parquet").rename(folder / "zz.parquet")


def of_another_type(folder: Path) -> None:
    written(folder / "03.parquet", [pain("p03", day, 4.3) for day in range(ON)], value=pa.float64())


def with_nobody_between(folder: Path) -> None:
    written(folder / "03a.parquet", [])


def with_a_refused_row(folder: Path) -> None:
    written(folder / "04.parquet", [pain("p04", 1, 99.0)])


def with_a_row_twice(folder: Path) -> None:
    written(folder / "05.parquet", [pain("p05", 1), pain("p05", 1)])


CHANGES = (in_another_order, of_another_type, with_nobody_between, with_a_refused_row, with_a_row_twice)


@pytest.mark.parametrize("change", [None, *CHANGES])
def test_files_read_together_give_what_they_give_one_by_one(change, tmp_path):
    folder = filled(tmp_path / "in")
    if change:
        change(folder)
    together = said(folder, tmp_path / "together")
    with patch.object(small_files, "SMALL", 0):
        assert said(folder, tmp_path / "alone") == together


def test_a_dozen_small_files_are_one_chunk(tmp_path):
    # The last patient of a file might go on in the next one, so the last of all is a chunk of their own.
    assert how_many_chunks(filled(tmp_path / "in")) == 2


def test_no_more_rows_are_read_together_than_at_a_time(tmp_path):
    assert how_many_chunks(filled(tmp_path / "in"), rows=2 * ON) == 12


def test_what_is_wrong_with_a_file_is_said_of_that_file(tmp_path):
    folder = filled(tmp_path / "in")
    written(folder / "07.parquet", [pain("p07", 1), pain("p065", 1)])
    with pytest.raises(Problems, match=r"07\.parquet[^|]*row 2") as refused:
        review_cohort(folder, SMALL, tmp_path / "out", on=ON)
    assert [problem.place for problem in refused.value.problems] == ["row 2 patient"]


@pytest.mark.parametrize("stop", range(1, 4))
def test_a_run_stopped_among_small_files_goes_on_and_ends_the_same(stop, tmp_path, monkeypatch):
    folder = filled(tmp_path / "in")
    monkeypatch.setattr(run, "_FEWEST_ROWS", 3 * ON)
    monkeypatch.setattr(run, "MOST_ROWS", 3 * ON)
    monkeypatch.setattr(run, "_A_PIECE", 1)
    whole = said(folder, tmp_path / "whole")
    kept, keep = 0, pieces._StretchReviewer._keep

    def stopping(self: pieces._StretchReviewer, *given: object) -> None:
        nonlocal kept
        kept += 1
        if kept > stop:
            raise KeyboardInterrupt
        keep(self, *given)  # type: ignore[arg-type]

    with patch.object(pieces._StretchReviewer, "_keep", stopping), pytest.raises(KeyboardInterrupt):
        review_cohort(folder, SMALL, tmp_path / "part", on=ON, panel=True)
    assert said(folder, tmp_path / "part") == whole
