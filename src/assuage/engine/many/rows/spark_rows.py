"""The table of many records on Apache Spark: a session, the files as one frame, each patient's rows in one partition.

Spark reads the files, brings the rows of each patient together (by ranges of patients, so that what comes out is in
their order), and sorts a partition by patient, file and row. A patient may therefore be in several files, and the
files need not be sorted. What is made of a partition is a function from record batches to record batches; what it
gives goes through the driver.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlparse
from uuid import uuid4

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems
from assuage.record.arrow import arrow
from assuage.record.table import read_float32
from assuage.record.table_reader import opened

COLUMNS = ("patient", "day", "minute", "kind", "code", "site", "value", "text")
SINGLE, FILE, ROW = "single", "file", "row"
BATCH = 100_000  # rows that Spark hands over at a time
MASTERS = "local[2], local[*], local-cluster[2,1,1024] (to try things out) or spark://host:7077"
_MASTER = re.compile(r"local(\[(\d+|\*)(,\d+)?\])?|local-cluster\[\d+,\d+,(\d+)\]|spark://(?P<hosts>[^/\s]+)")
_PARTITION = 500_000  # rows of a partition, about
FEWEST_ROWS = 5_000  # rows for which another partition is worth its while
_CONNECT = 5.0  # seconds a master has to answer
_WORKERS = 90.0  # seconds it has to give the first executor
_HOMES = "path string, `{}` int"
# What Spark and Java write where something is not there.
_NO_PACKAGE = ("No module named 'assuage'", "No module named 'numba'")
_NO_FILE = ("FileNotFoundException", "FILE_NOT_EXIST", "PATH_NOT_FOUND")
_NO_JAVA = ("JAVA_GATEWAY_EXITED", "UnsupportedClassVersionError")
_TYPES = {
    "int8": "tinyint",
    "int16": "smallint",
    "int32": "int",
    "int64": "bigint",
    "uint8": "smallint",
    "uint16": "int",
    "uint32": "bigint",
    "uint64": "decimal(20,0)",
    "float": "float",
    "double": "double",
}
_SCHEME = "^file:/+"
_FAR = 2**20  # a whole number further away is wrong however far it is


Progress = Callable[[int, int], None]
PerPartition = Callable[[Iterator[Any]], Iterator[Any]]


def spark_lines(
    files: list[Path],
    per_partition: PerPartition,
    schema: str,
    *,
    master: str,
    progress: Progress | None = None,
    session: Any = None,
    name: str,
) -> Generator[Any]:
    """What `per_partition` gives of each partition, line by line, in the order of the patients. Nothing without a row.

    `per_partition` takes the record batches of a partition (`COLUMNS`, `FILE`, `ROW`, and where files differ in the
    precision of their values `SINGLE`; see `table_columns`) and gives record batches of the `schema`. It is called once
    a partition, and again when an executor is lost. `progress` is told rows done and rows in all. `session` is a Spark
    session of the caller's own, which is left running; `name` is what a session of ours is called.
    Raises at once Problems for files that Spark cannot read; on the way InputError where Spark gives up or finds no
    executor, and Problems for rows without a patient.
    """
    report_progress = progress or _silent
    schemas = [_schema(file) for file in files]
    rows = sum(opened(file).metadata.num_rows for file in files)

    def lines() -> Generator[Any]:
        if rows:
            with _spoken(), spark_session(master, session, name) as spark:
                job = _Job(per_partition, schema, [file.name for file in files], rows, report_progress)
                yield from _lines(spark, _frame(spark, files, schemas), job)

    return lines()


def on_executors(
    spark: Any, do: Callable[[Any], Any], items: Sequence[Any], rows: int, progress: Progress
) -> list[Any]:
    """What `do` gives of each item, in their order; each is done by an executor, and again when that one is lost.

    Nothing of a table goes through the driver or from executor to executor. `progress` is told of the `rows` by the
    share of the items that are done.
    """
    if not items:
        return []
    with _spoken(), _Watch(spark, len(items), rows, progress, stages=1):
        return spark.sparkContext.parallelize(items, len(items)).map(do).collect()


def is_seen_by_executors(spark: Any, folder: Path) -> bool:
    """Whether whoever works for the session reads and writes a folder as this process does."""
    many = 2 * int(spark.sparkContext.defaultParallelism)
    folder.mkdir(parents=True, exist_ok=True)
    word = uuid4().hex
    try:
        with _spoken():
            written = (
                spark.sparkContext.parallelize(range(many), many).map(file_maker(folder, word)).collect()
            )
        return all(written) and len(list(folder.glob(f".{word}-*"))) == many
    finally:
        for each in folder.glob(f".{word}-*"):
            each.unlink()


def file_maker(folder: Path, word: str) -> Callable[[int], bool]:
    """A function that makes a file of a number in the folder; whether it could."""

    def write(number: int) -> bool:
        try:
            (folder / f".{word}-{number}").touch()
        except OSError:
            return False
        return True

    return write


def _silent(done: int, of: int) -> None:
    """Nobody asked."""


class _Job(NamedTuple):
    """What is to be made of the rows, the names of their files, how many there are, and who is told."""

    per_partition: PerPartition
    schema: str
    names: list[str]
    rows: int
    progress: Progress


def _lines(spark: Any, frame: Any, job: _Job) -> Generator[Any]:
    rows, progress = job.rows, job.progress
    progress(0, rows)
    most = 2 * int(spark.sparkContext.defaultParallelism)
    parts = max(-(-rows // _PARTITION), min(most, -(-rows // FEWEST_ROWS)))
    together = frame.repartitionByRange(parts, "patient").sortWithinPartitions("patient", FILE, ROW)
    disk = import_module("pyspark").StorageLevel.DISK_ONLY
    lines = together.mapInArrow(job.per_partition, job.schema).persist(disk)
    try:
        with _Watch(spark, parts, rows, progress):
            _no_patient_missing(frame, job.names)
            lines.count()
        yield from lines.toLocalIterator(prefetchPartitions=True)
    finally:
        lines.unpersist()
    progress(rows, rows)


def table_columns(batch: Any) -> Any:
    """The columns of the table. Values of single precision that lie beside others become what they stand for."""
    pa = arrow()
    columns = {name: batch.column(name) for name in COLUMNS}
    if SINGLE in batch.schema.names and batch.column(SINGLE).null_count < batch.num_rows:
        single = batch.column(SINGLE)
        unlike = single.drop_null().unique().to_pylist()
        meant = {value: read_float32(value) for value in unlike}
        values = [None if value is None else meant.get(value, value) for value in single.to_pylist()]
        columns["value"] = pa.compute.coalesce(columns["value"], pa.array(values, pa.float64()))
    return pa.RecordBatch.from_pydict(columns)


def _no_patient_missing(frame: Any, names: Sequence[str]) -> None:
    """Raises Problems for rows without a patient. Files with statistics are not read for it."""
    patient = frame["patient"]
    nameless = frame.filter(patient.isNull() | (patient == "")).select(FILE, ROW)
    first = nameless.orderBy(FILE, ROW).take(20)
    if first:
        places = [f"{names[row[FILE]]} row {row[ROW]} patient" for row in first]
        raise Problems("the files", [Problem(place, message("field.missing")) for place in places])


# --- the files ----------------------------------------------------------------------------------------


def _schema(file: Path) -> tuple[tuple[str, str], ...]:
    """The columns of a file with their types in Spark; those in which nothing can be are left out."""
    types = arrow().types
    columns: list[tuple[str, str]] = []
    for field in opened(file).schema_arrow:
        kind = field.type
        if not types.is_null(kind):
            columns.append((field.name, _TYPES.get(str(kind), "string")))
    return tuple(columns)


def _frame(spark: Any, files: list[Path], schemas: list[tuple[tuple[str, str], ...]]) -> Any:
    """All rows with the same columns, each with the number of its file and its row in it, from 1."""
    values = {dict(schema).get("value", "float") for schema in schemas}
    alike: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, schema in enumerate(schemas):
        alike.setdefault(schema, []).append(number)
    frames = [
        _columns(_placed(spark, [(number, files[number]) for number in numbers], schema), schema, values)
        for schema, numbers in alike.items()
    ]
    return reduce(lambda frame, other: frame.unionByName(other), frames)


def _placed(spark: Any, files: list[tuple[int, Path]], schema: tuple[tuple[str, str], ...]) -> Any:
    """The rows of files of the same columns, with file and row."""
    f = import_module("pyspark.sql.functions")
    ddl = ", ".join(f"`{name}` {kind}" for name, kind in schema)
    number_of = {str(file.resolve()): number for number, file in files}
    frame = spark.read.schema(ddl).parquet(*(_as_glob(path) for path in number_of))
    row = (f.col("_metadata.row_index") + 1).alias(ROW)
    if len(files) == 1:
        return frame.select("*", f.lit(files[0][0]).alias(FILE), row)
    # Spark says where a row lies as file:/home/a%20b, and which files there are as file:///home/a%20b.
    uris: list[str] = frame.inputFiles()
    homes = [(_bare(uri), number_of[unquote(urlparse(uri).path)]) for uri in uris]
    known = spark.createDataFrame(homes, _HOMES.format(FILE))
    path = f.regexp_replace("_metadata.file_path", _SCHEME, "/").alias("path")
    return frame.select("*", path, row).join(f.broadcast(known), "path")


def _bare(uri: str) -> str:
    """The address of a file on this machine from its root on, as it is encoded."""
    return re.sub(_SCHEME, "/", uri)


def _as_glob(path: str) -> str:
    """A path in which Spark finds no pattern."""
    return "file://" + re.sub(r"([\\*?\[\]{}])", r"\\\1", path)


def _columns(frame: Any, schema: tuple[tuple[str, str], ...], values: set[str]) -> Any:
    """The columns of the table in the types that all files can share."""
    f = import_module("pyspark.sql.functions")
    kinds = dict(schema)
    mixed = len(values) > 1

    def column(name: str) -> Any:
        kind = kinds.get(name)
        here = f.col(name)
        if name in ("day", "minute"):
            near = f.greatest(f.least(here, f.lit(_FAR)), f.lit(-_FAR))
            here = f.when(here.isNotNull(), near) if kind in ("bigint", "decimal(20,0)") else here
            return (f.lit(None) if kind is None else here).cast("int").alias(name)
        if name == "value":
            none = kind is None or (mixed and kind == "float")
            single = not mixed and values == {"float"}
            return (f.lit(None) if none else here).cast("float" if single else "double").alias(name)
        return (f.lit(None) if kind is None else here).cast("string").alias(name)

    columns = [column(name) for name in COLUMNS]
    if mixed:
        single = f.col("value") if kinds.get("value") == "float" else f.lit(None)
        columns.append(single.cast("float").alias(SINGLE))
    return frame.select(*columns, FILE, ROW)


# --- Spark itself -------------------------------------------------------------------------------------


def checked_master(master: str) -> None:
    """Raises InputError where a session on this master cannot be had."""
    try:
        import_module("pyspark")
    except ImportError:
        raise InputError(message("extra.spark")) from None
    address = _MASTER.fullmatch(master)
    if address is None:
        raise InputError(message("spark.unknown-master", master=master, masters=MASTERS))
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")):
        if home:
            raise InputError(message("spark.java-home", home=home))
        raise InputError(message("spark.no-java"))
    if address["hosts"] and not any(_answers(host) for host in address["hosts"].split(",")):
        raise InputError(message("spark.no-answer", master=master))


def _answers(host: str) -> bool:
    name, _, port = host.rpartition(":")
    if not name or not port.isdecimal() or int(port) > 65_535:
        raise InputError(message("spark.no-port", host=host))
    try:
        with socket.create_connection((name, int(port)), _CONNECT):
            return True
    except OSError:
        return False


@contextmanager
def spark_session(master: str, callers: Any = None, name: str = "assuage") -> Generator[Any]:
    """A session on the master, stopped in the end; or the caller's own, left running."""
    sql = import_module("pyspark.sql").SparkSession
    active = callers or sql.getActiveSession()
    if active is not None:
        yield active
        return
    builder = sql.builder.master(master).appName(name)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.task.maxFailures": "8",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    }
    here = {"PYSPARK_PYTHON": os.environ.get("PYSPARK_PYTHON", sys.executable)}
    if re.match(r"local|spark://(localhost|127\.0\.0\.1):", master):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        here["SPARK_LOCAL_IP"] = "127.0.0.1"
    address = _MASTER.fullmatch(master)
    if address and address[4]:
        settings["spark.executor.memory"] = f"{address[4]}m"
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _environment(here):
        spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


@contextmanager
def _environment(changes: dict[str, str]) -> Generator[None]:
    """The environment variables that Spark is started with."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Watch:
    """Tells how far the job is, by its tasks; ends it when no executor comes."""

    def __init__(self, spark: Any, parts: int, rows: int, report: Progress, stages: int = 2) -> None:
        self.context, self.parts, self.rows, self.report = spark.sparkContext, parts, rows, report
        self.stages = stages  # of the work; a job with fewer is a look at the data
        self.over = threading.Event()
        self.idle = 0.0
        self.share = 0.0
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.over.set()
        self.thread.join()
        if kind is not None and self.idle >= _WORKERS:
            raise InputError(message("spark.no-executor", seconds=_WORKERS)) from None

    def _look(self) -> None:
        tracker = self.context.statusTracker()
        while not self.over.wait(0.5):
            done = active = 0
            of = 0
            for number in tracker.getActiveJobsIds():
                job = tracker.getJobInfo(number)
                stages = [tracker.getStageInfo(stage) for stage in (job.stageIds if job else ())]
                active += sum(stage.numActiveTasks + stage.numCompletedTasks for stage in stages if stage)
                if len(stages) < self.stages:
                    continue
                of += sum(stage.numTasks if stage else self.parts for stage in stages)
                done += sum(stage.numCompletedTasks for stage in stages if stage)
            if of:
                self.share = max(self.share, done / of)
                self.report(int(self.rows * self.share), self.rows)
            waits = tracker.getActiveJobsIds() and not active and not self.share
            self.idle = self.idle + 0.5 if waits else 0.0
            if self.idle >= _WORKERS:
                self.context.cancelAllJobs()
                return


@contextmanager
def _spoken() -> Generator[None]:
    """What Spark says when it gives up, in the words of the reader. Values of patients are not passed on."""
    base = import_module("pyspark.errors").PySparkException
    java = import_module("py4j.protocol").Py4JError
    try:
        yield
    except (base, java) as error:
        told = str(error)
        if any(sign in told for sign in _NO_PACKAGE):
            raise InputError(message("spark.no-package")) from None
        if any(sign in told for sign in _NO_FILE):
            raise InputError(message("spark.no-files")) from None
        if any(sign in told for sign in _NO_JAVA):
            raise InputError(message("spark.not-started")) from None
        kinds = re.findall(r"\b[A-Z]\w+(?:Exception|Error)\b", told)
        names = ", ".join(dict.fromkeys(kinds)) or type(error).__name__
        raise InputError(message("spark.gave-up", names=names)) from None
