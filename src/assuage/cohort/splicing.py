"""A table of the output with what is said of some patients replaced: the bytes that a whole run would write.

The table is passed once, part by part. Nothing is written where nothing changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.record.arrow import arrow

_AT_A_TIME = 1 << 16  # rows of the old table
Passed = Callable[[int], None]


class GroupWriter:
    """A table written in groups of so many rows, however the rows come."""

    def __init__(self, writer: Any, schema: Any, rows: int) -> None:
        self.writer, self.rows = writer, rows
        self.waiting = schema.empty_table()

    def add(self, table: Any) -> None:
        """Write what makes whole groups."""
        self.waiting = arrow().concat_tables([self.waiting, table])
        while self.waiting.num_rows >= self.rows:
            group = self.waiting.slice(0, self.rows).combine_chunks()
            self.waiting = self.waiting.slice(self.rows)
            self._write(group)

    def end(self) -> None:
        """Write the rest."""
        if self.waiting.num_rows:
            self._write(self.waiting.combine_chunks())

    def _write(self, group: Any) -> None:
        """A group of rows in one piece: what is written hangs on where the pieces of it begin."""
        self.writer.write_table(group, row_group_size=group.num_rows)


@contextmanager
def group_writer(out: Path, schema: Any, rows: int) -> Generator[GroupWriter]:
    """A writer of a table, which is whole at the end."""
    with arrow().parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        groups = GroupWriter(writer, schema, rows)
        yield groups
        groups.end()


def splice(file: Path, fresh: Any, patients: Any, out: Path, rows: int, passed: Passed) -> Any:
    """What a table said of some patients until now; `out` is the table with what `fresh` says of them instead.

    `out` is not written where that is the same. `patients` are sorted, and each is there once; `rows` are those of a
    group. `passed` gets the rows of the old table that were looked at.
    """
    return _Splicing(file, fresh, patients, rows).splice(out, passed)


class _Splicing:
    def __init__(self, file: Path, fresh: Any, patients: Any, rows: int) -> None:
        about = arrow().parquet.ParquetFile(file)
        self.file, self.rows, self.patients = file, rows, patients
        self.schema, self.count = about.schema_arrow, int(about.metadata.num_rows)
        self.sorted: Sequence[bytes] = [name.encode() for name in patients.to_pylist()]
        self.fresh = fresh.cast(self.schema)
        self.who = self._numbers(self.fresh)
        self.taken = 0

    def splice(self, out: Path, passed: Passed) -> Any:
        pa = arrow()
        before = [self.schema.empty_table()]
        with ExitStack() as stack:
            writer: GroupWriter | None = None
            for passed_before, old in self._parts():
                was, fresh, order = self._looked_at(old, last=passed_before + old.num_rows == self.count)
                before.append(was)
                if writer is None and not was.equals(fresh):
                    writer = stack.enter_context(group_writer(out, self.schema, self.rows))
                    for at, earlier in self._parts():
                        if at == passed_before:
                            break
                        writer.add(earlier)
                if writer is not None:
                    both = pa.concat_tables([old, fresh]).combine_chunks()
                    writer.add(both.take(pa.array(order)))
                passed(old.num_rows)
            if self.taken < self.fresh.num_rows:  # of a table without a row
                stack.enter_context(group_writer(out, self.schema, self.rows)).add(self.fresh)
        return pa.concat_tables(before)

    def _parts(self) -> Iterator[tuple[int, Any]]:
        """The old table in parts, each with how many rows are before it."""
        at = 0
        for batch in (
            arrow().parquet.ParquetFile(self.file).iter_batches(batch_size=_AT_A_TIME, use_threads=False)
        ):
            yield at, arrow().Table.from_batches([batch])
            at += batch.num_rows

    def _numbers(self, table: Any) -> Longs:
        """The patient of each row by number; -1 for all others."""
        names = table.column("patient").combine_chunks()
        number = arrow().compute.index_in(names, value_set=self.patients).fill_null(-1)
        return number.to_numpy(zero_copy_only=False).astype(np.int64)

    def _looked_at(self, old: Any, *, last: bool) -> tuple[Any, Any, Longs]:
        """What a part said of the patients, what is said now, and in which order the rows of both are the new ones."""
        names, number = old.column("patient").combine_chunks(), self._numbers(old)
        kept: Longs = np.flatnonzero(number < 0)
        gone: Longs = np.flatnonzero(number >= 0)
        begin, end = self.taken, self.fresh.num_rows
        if not last:
            end = int(np.searchsorted(self.who, bisect_right(self.sorted, _name(names, -1))))
        self.taken, who = end, self.who[begin:end]
        # Where each patient's rows stood among those that are kept; where they had none, it is looked for.
        place = np.full(len(self.sorted), -1, np.int64)
        known, first = np.unique(number[gone], return_index=True)
        place[known] = gone[first] - first
        absent: list[int] = np.unique(who[place[who] < 0]).tolist()
        for number_of in absent:
            place[number_of] = bisect_left(kept, self.sorted[number_of], key=lambda at: _name(names, int(at)))
        order = np.insert(kept, place[who], old.num_rows + np.arange(who.size))
        return old.take(arrow().array(gone)), self.fresh.slice(begin, end - begin), order


def _name(names: Any, at: int) -> bytes:
    return names[at].as_py().encode()
