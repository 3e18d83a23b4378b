"""The rows of a cohort kept so that those of some patients are found at once: what `cohort update` goes back to.

Each table that was taken in is kept on its own, in the order in which they came: its rows in blocks of whole patients,
as they were written, mapped into memory where they lie; and its patients by name, with where each begins. The rows of
a patient are those of the first table, then those of the second, as if the tables had been merged.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assuage.catalogue.message import message
from assuage.engine.many.arrays import Longs
from assuage.engine.many.rows.spark_rows import FILE, ROW
from assuage.errors import Problem, Problems
from assuage.record.arrow import arrow
from assuage.record.table import read_float32
from assuage.record.table_reader import TABLE_COLUMNS, opened, out_of_order, record_batches

BLOCK = 1 << 20  # rows of a block, about
_BYTES = 256 << 20  # and its most bytes
_WORDS = tuple(name for name, column in TABLE_COLUMNS.items() if column.holds == "text" and name != "patient")
_COLUMNS = tuple(name for name in TABLE_COLUMNS if name != "patient")


class KeptTable(NamedTuple):
    """A table that was taken in: its number, the name and the digest of its file, where its blocks begin and end."""

    number: int
    name: str
    digest: str
    starts: tuple[int, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.starts[-1]

    @property
    def blocks(self) -> list[str]:
        """The names of the files in which its rows are."""
        return [f"{self.number:05d}-{block:05d}.arrow" for block in range(len(self.starts) - 1)]

    @property
    def names(self) -> str:
        """The name of the file in which its patients are."""
        return f"{self.number:05d}-patients.arrow"


def content_digest(file: Path) -> str:
    """What tells the content of a file from any other."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep_table(file: Path, folder: Path, number: int) -> KeptTable:
    """What was kept of a table, in a folder, under a number. Raises Problems where its patients are not in order."""
    keeping = _Keeping(file, folder, number)
    for batch in record_batches(file, opened(file)):
        keeping.add(batch)
    return keeping.done()


class _Keeping:
    """A table on its way into blocks; a patient whose rows may go on waits for them."""

    def __init__(self, file: Path, folder: Path, number: int) -> None:
        self.file, self.folder, self.number = file, folder, number
        self.waiting: list[Any] = []
        self.held = self.rows = 0
        self.starts = [0]
        self.names: list[Any] = []
        self.begins: list[Longs] = []
        self.last: str | None = None

    def add(self, batch: Any) -> None:
        self.waiting.append(arrow().Table.from_batches([batch]))
        self.held += batch.num_rows
        if self.held >= BLOCK or sum(table.nbytes for table in self.waiting) >= _BYTES:
            self._write(whole=False)

    def done(self) -> KeptTable:
        pa = arrow()
        self._write(whole=True)
        kept = KeptTable(self.number, self.file.name, content_digest(self.file), tuple(self.starts))
        names = pa.concat_arrays([pa.array([], pa.string()), *self.names])
        begins = np.concatenate([np.empty(0, np.int64), *self.begins])
        _arrow_file(pa.table({"patient": names, "begin": begins}), self.folder / kept.names)
        return kept

    def _write(self, *, whole: bool) -> None:
        """Write what waits, but for the last patient where more may come."""
        pa = arrow()
        if not self.held:
            return
        table = (
            pa.concat_tables(self.waiting, promote_options="default").unify_dictionaries().combine_chunks()
        )
        names, begins = self._patients(table.column("patient"))
        end = table.num_rows
        if not whole:
            end, names, begins = int(begins[-1]), names[:-1], begins[:-1]
        rest = table.slice(end)
        self.waiting, self.held = ([rest], rest.num_rows) if rest.num_rows else ([], 0)
        if not end:
            return
        self.last = names[-1].as_py()
        self.names.append(names)
        self.begins.append(begins + self.rows)
        number = len(self.starts) - 1
        _arrow_file(_narrow(table.slice(0, end)), self.folder / f"{self.number:05d}-{number:05d}.arrow")
        self.rows += end
        self.starts.append(self.rows)

    def _patients(self, column: Any) -> tuple[Any, Longs]:
        """The patients of the rows that wait, and where each begins."""
        pa = arrow()
        column = column.combine_chunks()
        words = column.cast(pa.string())
        nameless = pa.compute.equal(words, "").fill_null(True).to_numpy(zero_copy_only=False)
        if nameless.any():
            row = self.rows + 1 + int(nameless.argmax())
            raise Problems(str(self.file), [Problem(f"row {row} patient", message("field.missing"))])
        other = pa.compute.not_equal(words[1:], words[:-1]).to_numpy(zero_copy_only=False)
        begins = np.concatenate([[0], 1 + np.flatnonzero(other)]).astype(np.int64)
        names = words.take(pa.array(begins))
        before: Any = pa.concat_arrays([pa.array([self.last], pa.string()), names[:-1]])
        good = pa.compute.less(before, names).fill_null(True).to_numpy(zero_copy_only=False)
        if not good.all():
            wrong = int(good.argmin())
            row = self.rows + 1 + int(begins[wrong])
            problem = out_of_order(row, names[wrong].as_py(), before[wrong].as_py())
            raise Problems(str(self.file), [problem] if problem else [])
        return names, begins


def _narrow(table: Any) -> Any:
    """The rows without their patients and without columns in which nothing is, words by the narrowest number."""
    pa = arrow()
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        if name not in table.column_names or table.column(name).null_count == table.num_rows:
            continue
        column = table.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            many = len(column.dictionary)
            kind = pa.int8() if many < 1 << 7 else pa.int16() if many < 1 << 15 else pa.int32()
            words = column.dictionary.cast(pa.string())
            column = pa.DictionaryArray.from_arrays(column.indices.cast(kind), words)
        columns[name] = column
    return pa.table(columns)


def _arrow_file(table: Any, path: Path) -> None:
    """Write a file that can be mapped into memory, and have it on the disk."""
    pa = arrow()
    with path.open("wb") as stream:
        path.chmod(0o600)
        with pa.ipc.new_file(stream, table.schema) as writer:
            writer.write_table(table)
        stream.flush()
        os.fsync(stream.fileno())


class FoundRows(NamedTuple):
    """Which of the patients that were asked for are in a table, by number, and where their rows begin and end."""

    which: Longs
    begin: Longs
    end: Longs


class KeptRows:
    """The tables that were taken in, with the rows of any of their patients; each lies in one of the folders."""

    def __init__(self, folders: Sequence[Path], tables: Sequence[KeptTable]) -> None:
        self.folders, self.tables = folders, tables

    @property
    def names(self) -> tuple[str, ...]:
        """The names of their files."""
        return tuple(table.name for table in self.tables)

    def patients(self, table: KeptTable) -> Any:
        """The patients of a table, and where the rows of each begin."""
        return self._open(table.names)

    def find(self, patients: Any) -> list[FoundRows]:
        """Where the rows of these patients are, table by table. `patients` are sorted, and each is there once."""
        spans: list[FoundRows] = []
        for table in self.tables:
            kept = self.patients(table)
            number = arrow().compute.index_in(kept.column("patient"), value_set=patients)
            number = number.fill_null(-1).combine_chunks().to_numpy(zero_copy_only=False)
            at = np.flatnonzero(number >= 0)
            begins = np.append(kept.column("begin").to_numpy(), table.rows)
            spans.append(FoundRows(number[at].astype(np.int64), begins[at], begins[at + 1]))
        return spans

    def batches(self, patients: Any, spans: Sequence[FoundRows], most: int) -> Iterator[Any]:
        """The rows of these patients in record batches of whole ones, about `most` rows each.

        Each row knows the number of its table and its row there, from 1. A patient's rows are in the order of the
        tables, then of the rows.
        """
        rows = np.zeros(len(patients), np.int64)
        for each in spans:
            rows[each.which] += each.end - each.begin
        ends = np.cumsum(rows)
        first = 0
        while first < len(patients):
            before = int(ends[first - 1]) if first else 0
            last = max(int(np.searchsorted(ends, before + most, side="right")), first + 1)
            yield self._batch(patients, spans, first, last)
            first = last

    def _batch(self, patients: Any, spans: Sequence[FoundRows], first: int, last: int) -> Any:
        pa = arrow()
        parts: list[Any] = []
        files: list[Any] = []
        who: list[Any] = []
        for number, (table, each) in enumerate(zip(self.tables, spans, strict=True)):
            low, high = np.searchsorted(each.which, [first, last])
            if low == high:
                continue
            begin, end = each.begin[low:high], each.end[low:high]
            rows = _ranges(begin, end)
            who.append(np.repeat(each.which[low:high] - first, end - begin))
            files.append(np.full(rows.size, number, np.int32))
            parts += self._rows(table, rows)
        numbers = np.concatenate(who).astype(np.int32)
        names = pa.DictionaryArray.from_arrays(numbers, patients[first:last])
        whole = _alike(parts).append_column("patient", names)
        whole = whole.append_column(FILE, pa.array(np.concatenate(files)))
        if len(who) > 1:
            whole = whole.take(pa.array(np.argsort(numbers, kind="stable")))
        return whole.combine_chunks().to_batches()[0]

    def _rows(self, table: KeptTable, rows: Longs) -> Iterator[Any]:
        """Some rows of a table, in their order, block by block, each with its number in its file."""
        pa = arrow()
        cuts = np.searchsorted(rows, table.starts)
        for block, name in enumerate(table.blocks):
            ours = rows[cuts[block] : cuts[block + 1]]
            if ours.size:
                taken = self._open(name).take(pa.array(ours - table.starts[block]))
                yield taken.append_column(ROW, pa.array(ours + 1))

    def _open(self, name: str) -> Any:
        pa = arrow()
        path = next(each / name for each in self.folders if (each / name).exists())
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _ranges(begin: Longs, end: Longs) -> Longs:
    """Every number from each begin to before its end."""
    sizes = end - begin
    starts = np.cumsum(sizes) - sizes
    return np.repeat(begin - starts, sizes) + np.arange(int(sizes.sum()))


def _alike(parts: Sequence[Any]) -> Any:
    """The rows of all parts with the same columns, each of a type that holds what is in it in any part."""
    pa = arrow()
    columns: dict[str, list[Any]] = {}
    for name in (*_COLUMNS, ROW):
        there = [part.column(name).combine_chunks() if name in part.column_names else None for part in parts]
        kinds = {column.type for column in there if column is not None}
        if not kinds:
            continue
        kind = _kind_of(name, kinds)
        columns[name] = [
            pa.nulls(part.num_rows, kind) if column is None else _as(column, kind)
            for part, column in zip(parts, there, strict=True)
        ]
    return (
        pa.table({name: pa.chunked_array(each) for name, each in columns.items()})
        .unify_dictionaries()
        .combine_chunks()
    )


def _kind_of(name: str, kinds: set[Any]) -> Any:
    pa = arrow()
    if name in _WORDS:
        whole = all(pa.types.is_dictionary(kind) for kind in kinds)
        return pa.dictionary(pa.int32(), pa.string()) if whole else pa.string()
    if len(kinds) == 1:
        return next(iter(kinds))
    return pa.float64() if TABLE_COLUMNS[name].holds == "number" else pa.int64()


def _as(column: Any, kind: Any) -> Any:
    """A column as one of another type; 4.3 where single precision holds 4.30000019 and more fits."""
    pa = arrow()
    if column.type == kind:
        return column
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(column.indices.cast(pa.int32()), column.dictionary)
    if pa.types.is_float32(column.type):
        written = column.dictionary_encode()
        meant = [None if each is None else read_float32(each) for each in written.dictionary.to_pylist()]
        return pa.array(meant, pa.float64()).take(written.indices)
    return column.cast(kind)
