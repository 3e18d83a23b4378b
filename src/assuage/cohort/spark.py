"""The same review on Apache Spark: the same engine on every executor, the same folder from the driver.

How patients are kept whole is settled in `assuage.engine.many.rows.spark_rows`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.cohort.partition import OUTCOME, PROBLEMS, Job, pieces
from assuage.cohort.pieces import RunCounts
from assuage.cohort.run import Progress, Run, checked_day, key_of
from assuage.engine.many.program.lower import lower
from assuage.engine.many.rows.spark_rows import BATCH, checked_master, spark_lines
from assuage.engine.many.rows.table_files import fingerprint
from assuage.errors import InputError, Problem, Problems
from assuage.pathways.model import Pathway
from assuage.record.table_reader import files_of, opened


def review_on_spark(
    paths: Path | str | list[Path] | list[str],
    pathway: Pathway,
    out: Path | str,
    *,
    master: str = "local[*]",
    on: int | None = None,
    panel: bool = False,
    progress: Progress | None = None,
    session: Any = None,
    force: bool = False,
) -> RunCounts:
    """Where every patient of a cohort stands, written to the folder `out`; what was done.

    The output is that of `review_cohort`, in the order of the patients. `session` is a Spark session of your own
    (it is left running); without one, one is started on `master` and stopped in the end. Every executor must see
    the files at the same path and have this package installed; `out` is written by the driver alone. A run that
    was interrupted begins anew.
    Raises InputError without Spark, Java or the master, and for a folder that holds something else; Problems for
    files that cannot be used.
    """
    checked_day(on)
    if session is None:
        checked_master(master)
    files = files_of(paths)
    lowered = lower(pathway)
    job = Job(lowered, on, panel, tuple(file.name for file in files), BATCH)

    def courses(batches: Iterator[Any]) -> Iterator[Any]:
        yield from pieces(batches, job)

    named = "assuage cohort review"
    lines = spark_lines(
        files, courses, job.schema, master=master, progress=progress, session=session, name=named
    )
    rows = sum(opened(file).metadata.num_rows for file in files)
    seen = fingerprint(files)
    run = Run(Path(out), key_of(files, lowered, on, panel), files, lowered, on, panel, force)
    if run.manifest["done"]:
        return run.outcome
    shutil.rmtree(run.parts, ignore_errors=True)
    run.outcome = RunCounts()
    run.say(outcome=asdict(run.outcome))
    with closing(lines):
        folders = _gather(lines, job, run)
    if run.outcome.rows != rows or fingerprint(files) != seen:
        raise InputError(message("spark.files-changed"))
    run.finish(folders)
    return run.outcome


def _gather(lines: Iterator[Any], job: Job, run: Run) -> list[Path]:
    """Put the pieces into the folder; where they are, in their order."""
    folders = list[Path]()
    for line in lines:
        if line[PROBLEMS] is not None:
            raise Problems("the table", [Problem(place, text) for place, text in json.loads(line[PROBLEMS])])
        folders.append(run.parts / f"{len(folders):06d}")
        folders[-1].mkdir(parents=True)
        for name in job.tables:
            (folders[-1] / f"{name}.parquet").write_bytes(line[name])
        run.outcome.add(RunCounts(**json.loads(line[OUTCOME])))
    return folders
