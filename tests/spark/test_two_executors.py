"""One cohort on two Spark executors, and on one machine: the same five tables to the last cell."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra assuage[cohort]")

import pyarrow as pa
import pyarrow.parquet as pq

from assuage.cohort import review_cohort, spark
from assuage.cohort.spark import review_on_spark
from assuage.cohort.summary import summarise
from assuage.engine.many.rows import spark_rows
from assuage.pathways import registry
from benchmarks.generate import generate
from tests.spark.executors import ON_SPARK, Killer

pytestmark = ON_SPARK

TABLES = ("stays", "state", "breaches", "rejected", "panel")
PATHWAY = registry.pathway("neck-first")
PATIENTS, REFUSED = 120, 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort in one file, sorted; some patients have a row without a day and must be refused."""
    file = tmp_path_factory.mktemp("a cohort [é]%20") / "whole.parquet"
    generate(file, PATIENTS, days=60)
    table = pq.read_table(file)  # in groups, as large files have them
    days, step = table["day"].to_pylist(), table.num_rows // REFUSED
    for at in range(step // 2, len(days), step):
        days[at] = None
    column = table.schema.get_field_index("day")
    pq.write_table(table.set_column(column, "day", pa.array(days, pa.int32())), file, row_group_size=4_000)
    return file


@pytest.fixture(scope="module")
def expected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one machine says."""
    out = tmp_path_factory.mktemp("one machine") / "out"
    assert review_cohort(whole, PATHWAY, out, panel=True).rejected == REFUSED
    return _read(out)


def _read(out: Path) -> dict[str, Any]:
    return {name: pq.read_table(out / f"{name}.parquet") for name in TABLES}


def test_the_tables_are_those_of_one_machine(
    whole: Path, expected: dict[str, Any], executors: Any, tmp_path: Path
) -> None:
    done = review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors)
    assert (done.patients, done.rejected) == (PATIENTS - REFUSED, REFUSED)
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if not found[name].equals(expected[name])] == []
    assert summarise(tmp_path / "out")["patients"] == PATIENTS - REFUSED
    again = review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors)
    assert again.resumed


def test_files_that_are_in_order_are_read_and_written_by_the_executors_and_go_on_where_they_stopped(
    whole: Path, expected: dict[str, Any], executors: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        spark, "spark_lines", None
    )  # nothing is brought together, and nothing goes through the driver
    given: list[int] = []

    def on_executors(session: Any, do: Any, items: Any, rows: int, progress: Any) -> Any:
        given.append(len(items))
        if len(given) == 1:
            spark_rows.on_executors(session, do, items[: len(items) // 2], rows, progress)
            raise KeyboardInterrupt
        return spark_rows.on_executors(session, do, items, rows, progress)

    monkeypatch.setattr(spark, "on_executors", on_executors)
    with pytest.raises(KeyboardInterrupt):
        review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors)
    review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors)
    assert given[1] == given[0] - given[0] // 2
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if not found[name].equals(expected[name])] == []


def test_where_executors_do_not_see_the_folder_the_driver_writes_it(
    whole: Path, expected: dict[str, Any], executors: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "is_seen_by_executors", lambda *_: False)
    review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors)
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if not found[name].equals(expected[name])] == []


def test_whether_executors_see_a_folder_is_tried_out_and_leaves_nothing(
    executors: Any, tmp_path: Path
) -> None:
    assert spark_rows.is_seen_by_executors(executors, tmp_path / "parts")
    assert list((tmp_path / "parts").iterdir()) == []
    nowhere = Path("/proc/parts")  # where nobody can make a file
    assert not spark_rows.file_maker(nowhere, "word")(0)


def test_patients_in_two_unsorted_files_of_other_types_are_brought_together(
    whole: Path, expected: dict[str, Any], executors: Any, tmp_path: Path
) -> None:
    table, folder = pq.read_table(whole), tmp_path / "two files [é]%20"
    folder.mkdir()
    odd = pa.array([at % 3 == 0 for at in range(table.num_rows)])
    first, second = table.filter(pa.compute.invert(odd)), table.filter(odd)
    second = second.cast(
        pa.schema(
            [
                f.with_type({"day": pa.int64(), "value": pa.float64()}.get(f.name, f.type))
                for f in table.schema
            ]
        )
    )
    # The later patients come first in one of them.
    half = first.num_rows // 2
    pq.write_table(pa.concat_tables([first.slice(half), first.slice(0, half)]), folder / "a.parquet")
    pq.write_table(second.drop_columns("minute"), folder / "b.parquet")
    review_on_spark(folder, PATHWAY, tmp_path / "out", panel=True, session=executors)
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if name != "rejected" and not found[name].equals(expected[name])] == []
    refused, known = found["rejected"], expected["rejected"]
    assert refused.drop_columns("place").equals(known.drop_columns("place"))
    places = {(row["patient"], row["place"].split()[0]) for row in refused.to_pylist()}
    assert {file for _, file in places} <= {"a.parquet", "b.parquet"}


def test_a_folder_of_files_alike_is_one_cohort(
    whole: Path, expected: dict[str, Any], executors: Any, tmp_path: Path
) -> None:
    table, folder = pq.read_table(whole), tmp_path / "two files [é]%20"
    folder.mkdir()
    half = table.num_rows // 2
    pq.write_table(table.slice(half), folder / "a.parquet")
    pq.write_table(table.slice(0, half), folder / "b %C3.parquet")
    review_on_spark(folder, PATHWAY, tmp_path / "out", panel=True, session=executors)
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if name != "rejected" and not found[name].equals(expected[name])] == []


@pytest.mark.parametrize("is_seen", [True, False])
def test_the_killing_of_an_executor_changes_nothing(
    whole: Path,
    expected: dict[str, Any],
    executors: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_seen: bool,
) -> None:
    def on_executors(session: Any, do: Any, items: Any, rows: int, progress: Any) -> Any:
        def slowly(item: Any) -> Any:
            time.sleep(2)  # so that one is killed while others wait
            return do(item)

        return spark_rows.on_executors(session, slowly, items, rows, progress)

    monkeypatch.setattr(spark, "on_executors", on_executors)
    monkeypatch.setattr(spark, "is_seen_by_executors", lambda *_: is_seen)
    killer = Killer()
    review_on_spark(whole, PATHWAY, tmp_path / "out", panel=True, session=executors, progress=killer)
    assert killer.done()
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if not found[name].equals(expected[name])] == []


def test_a_row_without_a_patient_is_told_with_its_place(executors: Any, tmp_path: Path) -> None:
    from assuage.errors import Problems

    file = tmp_path / "cohort.parquet"
    rows = {"patient": ["a", "", None], "day": [0, 0, 0], "kind": ["score"] * 3, "code": ["pain"] * 3}
    pq.write_table(pa.table(rows), file)
    with pytest.raises(Problems) as raised:
        review_on_spark(file, PATHWAY, tmp_path / "out", session=executors)
    assert [one.place for one in raised.value.problems] == [
        "cohort.parquet row 2 patient",
        "cohort.parquet row 3 patient",
    ]


def test_a_cohort_of_nobody_gives_empty_tables(executors: Any, tmp_path: Path) -> None:
    file = tmp_path / "cohort.parquet"
    columns = {"patient": pa.string(), "day": pa.int32(), "kind": pa.string(), "code": pa.string()}
    pq.write_table(pa.schema(columns.items()).empty_table(), file)
    assert review_on_spark(file, PATHWAY, tmp_path / "out", session=executors).patients == 0
    assert pq.read_table(tmp_path / "out" / "stays.parquet").num_rows == 0


def test_the_command_starts_a_spark_of_its_own(whole: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    asked = ["cohort", "review", str(whole), "--panel", "--pathway", "neck-first"]
    command = [sys.executable, "-m", "assuage.cli", *asked]
    spark = ["--engine", "spark", "--master", "local[2]", "-o", str(tmp_path / "out")]
    done = subprocess.run([*command, *spark], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # some patients were refused
    assert f"{REFUSED} patients refused" in done.stdout
    found = _read(tmp_path / "out")
    assert [name for name in TABLES if not found[name].equals(expected[name])] == []
