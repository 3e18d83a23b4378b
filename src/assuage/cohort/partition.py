"""What one executor does: the record batches of a partition in, one line for each piece of the output out.

The rows come sorted by patient and, within a patient, by file and row. A batch may end in the middle of a
patient; the rest is waited for. Every row knows the file and the row it was read from, so that problems are
told with the places that a run on one machine would tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assuage.cohort.pieces import ChunkReviewer, RunCounts, output_tables
from assuage.engine.many.arrays import Ints, Longs
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk, PatientCutter, Places
from assuage.engine.many.rows.spark_rows import FILE, ROW, table_columns
from assuage.errors import Problems
from assuage.record.arrow import arrow

OUTCOME, PROBLEMS = "outcome", "problems"


@dataclass(frozen=True)
class Job:
    """All that an executor has to know: pathway and question, the files by number, and the rows of a batch."""

    lowered: Lowered
    on: int | None
    panel: bool
    names: tuple[str, ...]
    rows: int

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the output by name."""
        return output_tables(self.panel)

    @property
    def schema(self) -> str:
        """The columns of a line: counts and problems as JSON, and each table as a Parquet file in a cell."""
        return ", ".join([f"{OUTCOME} string", f"{PROBLEMS} string", *(f"`{n}` binary" for n in self.tables)])


class _Partition:
    """Where the rows that are waiting for the rest of their patient were read."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.file: Ints = np.empty(0, np.int32)
        self.row: Longs = np.empty(0, np.int64)

    def add(self, batch: Any) -> None:
        self.file = np.concatenate([self.file, batch.column(FILE).to_numpy()])
        self.row = np.concatenate([self.row, batch.column(ROW).to_numpy()])

    def placed(self, chunk: Chunk) -> Chunk:
        n = chunk.rows.day.size
        places = Places(self.names, self.file[:n], self.row[:n])
        self.file, self.row = self.file[n:], self.row[n:]
        return chunk._replace(places=places)


def reviewed(
    batches: Iterable[Any],
    names: tuple[str, ...],
    reviewer: ChunkReviewer,
    rows: int,
    columns: Callable[[Any], Any] = lambda batch: batch,
) -> Iterator[tuple[dict[str, Any], RunCounts]]:
    """The tables of the output by name and what was done, chunk by chunk, of batches that tell where each row was.

    `columns` makes the columns of the table out of those of a batch. Raises Problems where the rows cannot be followed.
    """
    read = _Partition(names)
    cut = PatientCutter(Path("the table"), reviewer, rows)
    for batch in batches:
        read.add(batch)
        for chunk in cut.add(columns(batch)):
            yield reviewer.tables(read.placed(chunk))
        reviewer.forgets()
    for chunk in cut.rest():
        yield reviewer.tables(read.placed(chunk))


def pieces(batches: Iterator[Any], job: Job) -> Iterator[Any]:
    """One record batch of one line for each piece; where the rows cannot be followed, a line with the problems."""
    reviewer = ChunkReviewer(job.lowered, job.on, job.panel)
    try:
        for tables, counts in reviewed(batches, job.names, reviewer, job.rows, table_columns):
            yield _piece(tables, counts, job)
    except Problems as problems:
        yield _line(
            job, problems=json.dumps([[problem.place, problem.text] for problem in problems.problems])
        )


def _piece(tables: dict[str, Any], counts: RunCounts, job: Job) -> Any:
    pa = arrow()
    written: dict[str, bytes] = {}
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        pa.parquet.write_table(table, sink, compression="zstd")
        written[name] = sink.getvalue().to_pybytes()
    return _line(job, outcome=json.dumps(asdict(counts)), written=written)


def _line(
    job: Job, outcome: str | None = None, problems: str | None = None, written: dict[str, bytes] | None = None
) -> Any:
    pa = arrow()
    cells = {OUTCOME: pa.array([outcome], pa.string()), PROBLEMS: pa.array([problems], pa.string())}
    cells |= {name: pa.array([(written or {}).get(name)], pa.binary()) for name in job.tables}
    return pa.RecordBatch.from_pydict(cells)
