"""The effects of a cohort on Apache Spark: the first stage on the executors, the second over all patients here.

How patients are kept whole is settled in `assuage.engine.many.rows.spark_rows`: a patient may lie in several files,
and files need not be sorted. The tables are those of one machine. A run that was interrupted begins anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.dynamics.cohort import Question, Result, finish, first_stage, parts_of, with_noise
from assuage.dynamics.stays import PhaseSource
from assuage.engine.many.rows.spark_rows import Progress, checked_master, spark_lines, table_columns
from assuage.engine.many.rows.table_files import fingerprint
from assuage.errors import InputError
from assuage.record.arrow import arrow
from assuage.record.save import folder, write_file
from assuage.record.table import polars
from assuage.record.table_reader import files_of, opened

_SCHEMA = "rows bigint, effects binary"


def run_cohort_on_spark(
    path: str | Path,
    out: str | Path,
    question: Question | None = None,
    progress: Progress | None = None,
    source: PhaseSource = None,
    *,
    master: str = "local[*]",
    session: Any = None,
) -> Result:
    """`run_cohort` on Spark. `session` is a Spark session of your own; else one is started on `master`.

    Every executor must see the files at the same path and have this package installed; the folder is written by the
    driver alone. Raises InputError without Spark, Java or the master; Problems for files that cannot be used.
    """
    if session is None:
        checked_master(master)
    files = files_of(str(path))
    seen = fingerprint(files)
    asked = with_noise(question or Question(), files)

    def effects_of(batches: Iterator[Any]) -> Iterator[Any]:
        yield from _effects(batches, asked, source)

    named = "assuage triggers cohort"
    lines = spark_lines(
        files, effects_of, _SCHEMA, master=master, progress=progress, session=session, name=named
    )
    home = folder(out)
    with closing(lines), parts_of(home, files, asked, source) as parts:
        for old in parts.iterdir():
            old.unlink()
        rows = 0
        for number, line in enumerate(lines):
            write_file(parts / f"{number:05d}.parquet", bytes(line["effects"]), force=True)
            rows += line["rows"]
        if rows != sum(opened(file).metadata.num_rows for file in files) or fingerprint(files) != seen:
            raise InputError(message("spark.files-changed"))
        return finish(home, parts, asked)


def _effects(batches: Iterator[Any], question: Question, source: PhaseSource) -> Iterator[Any]:
    """One line with the effects of a whole partition, since a patient may lie over several batches."""
    pa, pl = arrow(), polars()
    frames = [pl.from_arrow(table_columns(batch)) for batch in batches]
    if frames:
        frame, sink = pl.concat(frames), io.BytesIO()
        first_stage(frame, question, source).write_parquet(sink)
        cells = {
            "rows": pa.array([frame.height], pa.int64()),
            "effects": pa.array([sink.getvalue()], pa.binary()),
        }
        yield pa.RecordBatch.from_pydict(cells)
