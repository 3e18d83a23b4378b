"""A table sorted by patient, in one file, out of files in any order or of files sorted each: in bounded memory.

Rows of a patient keep the order in which they were read: that of the files, then that of the rows. Nothing else is
changed: no row is left out, none is repaired, and a number in single precision stands for what was meant by it.

Sorting reads as many rows as memory holds, sorts them and writes them beside the output; what was written so, or sorted
files as they are, is merged: of each a piece is held, and all rows that come before the last patient of the shortest
piece are written. A patient is never cut, so memory holds at least the rows of the patient who has most.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.cohort.run import Progress, a_quarter
from assuage.errors import Problem, Problems
from assuage.record.arrow import arrow
from assuage.record.fields import printable
from assuage.record.save import whole_file, writable_target
from assuage.record.table import read_float32
from assuage.record.table_reader import (
    TABLE_COLUMNS,
    check_columns,
    files_of,
    opened,
    out_of_order,
    record_batches,
)

_FIXED = 300 << 20  # what the program itself and its libraries need
_LEAST, _MOST = 32 << 20, 1 << 30  # bytes that are sorted at a time, however small or large the bound
_SHARE = 5  # what is sorted lies in memory as it was read, sorted, and as it is written
_TOGETHER = 16  # files that are merged at a time: of each a group of rows may be held
_GROUP = 1 << 20  # rows of a group of the output


class SortedRows(Struct, frozen=True):
    """What was written: how many rows, of how many patients, out of how many files."""

    rows: int
    patients: int
    files: int


def sort_table(
    paths: Path | str | Sequence[Path] | Sequence[str],
    out: Path | str,
    *,
    memory: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> SortedRows:
    """What was written to the file `out`: the rows of all files, sorted by patient.

    `memory` are the bytes to stay below (None: a quarter of the machine's). Raises Problems for files that are no such
    tables and for rows without a patient, and InputError for a file that is there already.
    """
    return _Sorting(files_of(_listed(paths)), Path(out), memory, force, progress).sort()


def merge_tables(
    paths: Path | str | Sequence[Path] | Sequence[str],
    out: Path | str,
    *,
    memory: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> SortedRows:
    """As `sort_table`, of files that are sorted by patient each. Raises Problems for one that is not."""
    return _Sorting(files_of(_listed(paths)), Path(out), memory, force, progress).merge()


def _unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def _listed(paths: Path | str | Sequence[Path] | Sequence[str]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]


class _Sorting:
    """Files on their way into one; `done` counts rows, each as often as it is passed on."""

    def __init__(
        self, files: list[Path], out: Path, memory: int | None, force: bool, progress: Progress | None
    ) -> None:
        writable_target(out, force)
        check_columns(files)
        self.files, self.out, self.force = files, out, force
        self.schema = _schema_of(files)
        limit = a_quarter() if memory is None else memory
        self.at_once = min(_MOST, max(_LEAST, (limit - _FIXED) // _SHARE))
        self.rows = sum(int(opened(file).metadata.num_rows) for file in files)
        self.progress: Progress = progress or _unwatched
        self.done, self.passes = 0, 1

    def sort(self) -> SortedRows:
        """Sort and merge."""
        self.passes = 2
        with self._beside() as folder:
            runs = list(self._runs(folder))
            return self._merged([_written(run) for run in runs], folder)

    def merge(self) -> SortedRows:
        """Merge the files as they are."""
        with self._beside() as folder:
            return self._merged([_in_order(file, self._batches(file)) for file in self.files], folder)

    def _beside(self) -> tempfile.TemporaryDirectory[str]:
        """A folder beside the output, which is as large as it must be; nobody else may read it."""
        return tempfile.TemporaryDirectory(prefix=".sorting-", dir=self.out.absolute().parent)

    def _batches(self, file: Path) -> Iterator[Any]:
        """The rows of a file, batch by batch, in the columns of the output."""
        row = 0
        for batch in record_batches(file, opened(file)):
            table = _as_written(file, arrow().Table.from_batches([batch]), self.schema)
            _with_patients(file, table, row)
            row += table.num_rows
            yield table

    def _runs(self, folder: str) -> Iterator[Path]:
        """Files in which as many rows as memory holds are sorted, in the order of reading."""
        waiting: list[Any] = []
        held = number = 0
        for file in self.files:
            for table in self._batches(file):
                waiting.append(table)
                held += table.nbytes
                if held >= self.at_once:
                    yield self._run(waiting, folder, number)
                    waiting, held, number = [], 0, number + 1
        if waiting:
            yield self._run(waiting, folder, number)

    def _run(self, tables: list[Any], folder: str, number: int) -> Path:
        path = Path(folder) / f"{number:06d}.arrow"
        pa = arrow()
        table = _sorted(pa.concat_tables(tables))
        with pa.ipc.new_file(path, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_table(table, max_chunksize=1 << 14)
        self._passed(table.num_rows)
        return path

    def _passed(self, rows: int) -> None:
        self.done += rows
        self.progress(min(self.done, self.passes * self.rows), self.passes * self.rows)

    def _merged(self, runs: list[Iterator[Any]], folder: str) -> SortedRows:
        """Everything in one file; of very many runs those that follow each other are put together before."""
        pa, turn = arrow(), 0
        while len(runs) > _TOGETHER:
            together: list[Iterator[Any]] = []
            for first in range(0, len(runs), _TOGETHER):
                path = Path(folder) / f"turn{turn}-{first:06d}.arrow"
                with pa.ipc.new_file(path, self.schema) as writer:
                    for table in self._in_turn(runs[first : first + _TOGETHER]):
                        writer.write_table(table, max_chunksize=1 << 14)
                together.append(_written(path))
            runs, turn = together, turn + 1
        rows = patients = 0
        with (
            whole_file(self.out, self.force) as new,
            pa.parquet.ParquetWriter(new, self.schema, compression="zstd") as writer,
        ):
            waiting: list[Any] = []
            for table in self._in_turn(runs):
                rows += table.num_rows
                patients += len(table.column("patient").unique())
                waiting.append(table)
                if sum(each.nbytes for each in waiting) >= self.at_once // 2:
                    writer.write_table(pa.concat_tables(waiting), row_group_size=_GROUP)
                    waiting = []
                self._passed(table.num_rows)
            if waiting:
                writer.write_table(pa.concat_tables(waiting), row_group_size=_GROUP)
        return SortedRows(rows, patients, len(self.files))

    def _in_turn(self, runs: Sequence[Iterator[Any]]) -> Iterator[Any]:
        """The rows of sorted runs, sorted, whole patients at a time."""
        pa = arrow()
        each = max(1 << 16, self.at_once // max(len(runs), 1))
        waiting = [_Run(run) for run in runs]
        for run in waiting:
            run.read(each)
        while any(run.rows for run in waiting):
            # Beyond the last patient of a run that goes on, nobody knows yet who comes before whom.
            open_ends = [run.last for run in waiting if not run.ended]
            bound = min(open_ends, key=str.encode) if open_ends else None
            taken = [part for run in waiting if (part := run.before(bound)) is not None]
            if taken:
                yield _sorted(pa.concat_tables(taken))
            for run in waiting:
                if not run.ended and run.last == bound:
                    run.read(each)


class _Run:
    """A sorted run: the rows of it that were read and not passed on yet."""

    def __init__(self, tables: Iterator[Any]) -> None:
        self.tables, self.ended, self.held = tables, False, list[Any]()
        self.last = ""

    @property
    def rows(self) -> int:
        """How many rows wait."""
        return sum(table.num_rows for table in self.held)

    def read(self, size: int) -> None:
        """Read on until as many bytes more are there, or the end."""
        more = 0
        while more < size:
            table = next(self.tables, None)
            if table is None:
                self.ended = True
                return
            if table.num_rows:
                self.held.append(table)
                more += table.nbytes
                self.last = table.column("patient")[-1].as_py()

    def before(self, patient: str | None) -> Any:
        """The rows of those who come before a patient (None: all), which no longer wait; None where there are none."""
        pa = arrow()
        if not self.held:
            return None
        whole = pa.concat_tables(self.held)
        end = whole.num_rows
        if patient is not None:
            end = int(pa.compute.sum(pa.compute.less(whole.column("patient"), patient)).as_py() or 0)
        rest = whole.slice(end)
        self.held = [rest] if rest.num_rows else []
        return whole.slice(0, end) if end else None


def _written(path: Path) -> Iterator[Any]:
    """The rows of a file that was written on the way."""
    pa = arrow()
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        for number in range(reader.num_record_batches):
            yield pa.Table.from_batches([reader.get_batch(number)])


def _in_order(file: Path, tables: Iterator[Any]) -> Iterator[Any]:
    """The same rows. Raises Problems at the first patient who comes after one that stands before."""
    pa = arrow()
    row, last = 1, None
    for table in tables:
        if not table.num_rows:
            continue
        names = table.column("patient").combine_chunks()
        name = names[0].as_py()
        problem = None if name == last else out_of_order(row, name, last)
        if problem is None and len(names) > 1:
            good = pa.compute.less_equal(names[:-1], names[1:]).to_numpy(zero_copy_only=False)
            if not good.all():
                wrong = int(good.argmin()) + 1
                problem = out_of_order(row + wrong, names[wrong].as_py(), names[wrong - 1].as_py())
        if problem is not None:
            raise Problems(str(file), [problem])
        row, last = row + table.num_rows, names[-1].as_py()
        yield table


def _sorted(table: Any) -> Any:
    """The rows by the names of their patients, byte by byte; those of one patient in the order they have."""
    pa = arrow()
    names = table.column("patient").combine_chunks()
    if len(names) < 2 or pa.compute.all(pa.compute.less_equal(names[:-1], names[1:])).as_py():
        return table
    return table.take(pa.compute.sort_indices(names))


def _with_patients(file: Path, table: Any, before: int) -> None:
    """Raises Problems for a row that is nobody's: no order has a place for it."""
    pa = arrow()
    names = table.column("patient")
    nameless = pa.compute.equal(names, "").fill_null(True)
    if pa.compute.any(nameless).as_py():
        row = before + 1 + int(nameless.index(True).as_py())
        raise Problems(str(file), [Problem(f"row {row} patient", message("field.missing"))])


def _schema_of(files: Sequence[Path]) -> Any:
    """The columns of all the files, each of a type that holds what is in it in any of them."""
    pa = arrow()
    schemas = [opened(file).schema_arrow for file in files]
    columns: list[Any] = []
    for name, column in TABLE_COLUMNS.items():
        kinds = {schema.field(name).type for schema in schemas if name in schema.names}
        kinds = {kind for kind in kinds if not pa.types.is_null(kind)} or kinds
        if not kinds:
            continue
        match column.holds:
            case "text":
                kind = pa.string()
            case "whole":
                kind = kinds.pop() if len(kinds) == 1 else pa.int64()
            case "number":
                kind = kinds.pop() if len(kinds) == 1 else pa.float64()
        columns.append(pa.field(name, kind))
    return pa.schema(columns)


def _as_written(file: Path, table: Any, schema: Any) -> Any:
    """The rows in the columns of a schema; 4.3 where single precision holds 4.30000019 and more fits."""
    pa = arrow()
    columns: list[Any] = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(table.num_rows, field.type))
            continue
        column = table.column(field.name)
        if pa.types.is_float32(column.type) and not pa.types.is_float32(field.type):
            meant = [None if x is None else read_float32(x) for x in column.to_pylist()]
            columns.append(pa.array(meant, field.type))
            continue
        try:
            columns.append(column.cast(field.type))
        except pa.ArrowInvalid as error:
            reason = message("table.unreadable", reason=printable(str(error).partition("\n")[0], 160))
            raise Problems(str(file), [Problem("columns", reason)]) from None
    return pa.table(columns, schema=schema)
