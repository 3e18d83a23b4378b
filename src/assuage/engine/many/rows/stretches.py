"""Stretches of a table that can be worked on apart: each begins and ends between two patients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from assuage.engine.many.rows.table_files import FileAbout
from assuage.record.arrow import arrow
from assuage.record.table_reader import opened, readable

_LOOKED_AT = 4096  # rows at a time in which the next patient is looked for


class RowPosition(NamedTuple):
    """A place in the files: the number of a file, and how many of its rows lie before."""

    file: int
    row: int


class RowStretch(NamedTuple):
    """The rows from a place up to another one; `before` is the patient whose rows lie before them in their file."""

    begin: RowPosition
    end: RowPosition
    before: str | None = None


def end_of_files(files: Sequence[FileAbout]) -> RowPosition:
    """The place behind the last row of all files."""
    return RowPosition(len(files), 0)


def rows_in(files: Sequence[FileAbout], stretch: RowStretch) -> int:
    """How many rows a stretch has."""
    whole = sum(about.rows for about in files[stretch.begin.file : stretch.end.file])
    return whole - stretch.begin.row + stretch.end.row


def cut(files: Sequence[FileAbout], stretch: RowStretch, rows: int) -> Iterator[RowStretch]:
    """The parts of a stretch, each of so many rows or more.

    A file is cut behind the start of a row group, at the next patient: to begin inside a group, all before is
    decoded again. Where one group holds nearly all rows, nothing is cut. Raises Problems for a file that cannot be
    read.
    """
    begin, before = stretch.begin, stretch.before
    for at in _places(files, stretch):
        if rows_in(files, RowStretch(begin, at)) < rows or rows_in(files, RowStretch(at, stretch.end)) < rows:
            continue
        end, last = _between_patients(files, at, stretch.end)
        if end is None:
            continue
        yield RowStretch(begin, end, before)
        begin, before = end, last
    yield RowStretch(begin, stretch.end, before)


def _places(files: Sequence[FileAbout], stretch: RowStretch) -> Iterator[RowPosition]:
    """Where a stretch may be cut, or a little behind: at the start of each file and of each row group."""
    for number in range(stretch.begin.file, min(stretch.end.file + 1, len(files))):
        row = 0
        for size in files[number].groups:
            if stretch.begin < (number, row) < stretch.end:
                yield RowPosition(number, row)
            row += size


def _between_patients(
    files: Sequence[FileAbout], at: RowPosition, end: RowPosition
) -> tuple[RowPosition | None, str | None]:
    """The next place between two patients from a start of a group on, and the patient before it in its file."""
    if at.row == 0:
        return at, None
    before: str | None = None
    row = at.row
    for names in _names_from(files[at.file], at.row):
        for name in names:
            if before is not None and name is not None and name != before:
                place = RowPosition(at.file, row)
                return (place, before) if place < end else (None, None)
            before = before if name is None else name
            row += 1
    return None, None


def _names_from(about: FileAbout, row: int) -> Iterator[list[str | None]]:
    """The patients of the rows of a file from the start of a group on, some at a time."""
    parquet = opened(about.file)
    passed = 0
    groups: list[int] = []
    for number, size in enumerate(about.groups):
        if passed >= row:
            groups.append(number)
        passed += size
    with readable(about.file, lambda: row):
        batches: Any = parquet.iter_batches(
            batch_size=_LOOKED_AT, row_groups=groups, columns=["patient"], use_threads=False
        )
        for batch in batches:
            yield batch.column(0).cast(arrow().string()).to_pylist()
