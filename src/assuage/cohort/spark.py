"""The same review on Apache Spark: the tasks of one machine on every executor, or rows that Spark brings together.

How patients are kept whole is settled in `assuage.engine.many.rows.spark_rows`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.cohort.partition import OUTCOME, PROBLEMS, Job, pieces
from assuage.cohort.pieces import RunCounts, Task, review_stretch
from assuage.cohort.run import Progress, Run, checked_day, key_of, rows_apart, told_nobody
from assuage.engine.many.program.lower import lower
from assuage.engine.many.rows.spark_rows import (
    BATCH,
    FEWEST_ROWS,
    checked_master,
    is_seen_by_executors,
    on_executors,
    spark_lines,
    spark_session,
)
from assuage.engine.many.rows.table_files import checked_files, fingerprint
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

    The output is that of `review_cohort`. Files that are sorted, each patient in one of them, are reviewed where they
    lie, stretch by stretch: where every executor sees `out`, it writes there what it made, and a run that was
    interrupted goes on. Other files are brought into order by Spark, and what is made of them goes through the driver;
    such a run begins anew. `session` is a Spark session of your own (it is left running); without one, one is started
    on `master` and stopped in the end. Every executor must see the files at the same path and have this package
    installed.
    Raises InputError without Spark, Java or the master, and for a folder that holds something else; Problems for
    files that cannot be used.
    """
    checked_day(on)
    if session is None:
        checked_master(master)
    files = files_of(paths)
    lowered = lower(pathway)
    run = Run(Path(out), key_of(files, lowered, on, panel), files, lowered, on, panel, force)
    if run.manifest["done"]:
        return run.outcome
    told = progress or told_nobody
    with spark_session(master, session, "assuage cohort review") as spark:
        if not _reviewed_where_they_lie(spark, run, told):
            _review_in_order(spark, run, told)
    return run.outcome


def _reviewed_where_they_lie(spark: Any, run: Run, progress: Progress) -> bool:
    """Whether the executors could do the tasks of one machine, each a stretch of a file that it reads for itself."""
    try:
        abouts = checked_files(run.files)
    except Problems:
        return False  # a patient in two files, for one: Spark brings the rows together, or says what is wrong
    if not abouts or not is_seen_by_executors(spark, run.parts):
        return False

    rows = sum(about.rows for about in abouts)
    wanted = 2 * int(spark.sparkContext.defaultParallelism)
    apart = min(rows_apart(), max(FEWEST_ROWS, rows // wanted))

    def review(tasks: Sequence[Task]) -> bool:
        if 2 * len(tasks) < min(wanted, rows // rows_apart()):
            return False  # a file of one group cannot be cut: most executors would have nothing to do
        return all(on_executors(spark, _is_reviewed, tasks, rows, progress))

    if not run.work_together(review, abouts, BATCH, apart, progress):
        return False
    run.finish(run.counted_pieces())
    return True


def _is_reviewed(task: Task) -> bool:
    """Whether an executor could follow a stretch; not where its rows are in no order."""
    try:
        review_stretch(task)
    except Problems:
        return False
    return True


def _review_in_order(spark: Any, run: Run, progress: Progress) -> None:
    """The review of rows that Spark brings together first; their pieces go through the driver."""
    job = Job(run.lowered, run.on, run.panel, tuple(file.name for file in run.files), BATCH)

    def courses(batches: Iterator[Any]) -> Iterator[Any]:
        yield from pieces(batches, job)

    lines = spark_lines(
        run.files,
        courses,
        job.schema,
        master="",
        progress=progress,
        session=spark,
        name="assuage cohort review",
    )
    rows = sum(opened(file).metadata.num_rows for file in run.files)
    seen = fingerprint(run.files)
    shutil.rmtree(run.parts, ignore_errors=True)
    run.outcome = RunCounts()
    run.say(outcome=asdict(run.outcome))
    with closing(lines):
        folders = _gather(lines, job, run)
    if run.outcome.rows != rows or fingerprint(run.files) != seen:
        raise InputError(message("spark.files-changed"))
    run.finish(folders)


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
