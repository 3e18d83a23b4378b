"""The effects of one cohort on two Spark executors, and on one machine: the same two tables to the last bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra assuage[cohort]")

import polars as pl

from assuage.cli import main
from assuage.dynamics import noise
from assuage.dynamics.cohort import Question, run_cohort
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.spark import run_cohort_on_spark
from assuage.dynamics.stays import table_walker
from assuage.dynamics.written import write_tables
from assuage.errors import InputError, Problems
from assuage.pathways import registry
from tests.spark.executors import ON_SPARK, Killer

pytestmark = ON_SPARK

TABLES = ("effects", "population")
# Phases, ten exposures, two ratings a day, and the ends of the scale, which are sampled.
MIXED = ("paradox", "many-exposures", "half-daily", "ceiling")
PATIENTS = 25


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of several kinds of diary in one file, sorted; one patient has a rating that cannot be."""
    folder = tmp_path_factory.mktemp("diaries [é]%20")
    parts: list[pl.DataFrame] = []
    for name in MIXED:
        list(write_tables(SCENARIOS[name], PATIENTS, 7, folder / name))
        part = pl.read_parquet(folder / name / "part-00000.parquet", glob=False)
        texts = [pl.col(one).cast(pl.String) for one in ("kind", "code", "site", "text")]
        parts.append(part.with_columns(pl.col("patient").str.replace("patient", name), *texts))
    table = pl.concat(parts).sort("patient", "day", maintain_order=True)
    bad = (pl.col("patient") == "ceiling-000003") & (pl.col("code") == "pain")
    off = pl.when(bad).then(99).otherwise(pl.col("value")).cast(pl.Float32).alias("value")
    table.with_columns(off).write_parquet(folder / "whole.parquet")
    return folder / "whole.parquet"


@pytest.fixture(scope="module")
def expected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """What one machine says."""
    out = tmp_path_factory.mktemp("one machine") / "out"
    assert run_cohort(whole, out).refused == 1
    return _read(out)


def _read(out: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.read_parquet(out / f"{name}.parquet", glob=False) for name in TABLES}


def _differ(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    return [name for name in TABLES if not one[name].equals(other[name])]


def test_the_effects_are_those_of_one_machine(
    whole: Path, expected: dict[str, pl.DataFrame], executors: Any, tmp_path: Path
) -> None:
    done = run_cohort_on_spark(whole, tmp_path / "out", session=executors)
    assert (done.patients, done.refused) == (len(MIXED) * PATIENTS, 1)
    assert _differ(_read(tmp_path / "out"), expected) == []
    made = {one.name for one in (tmp_path / "out").iterdir()}
    assert made == {"noise.json", *(f"{one}.parquet" for one in TABLES)}


def test_the_noise_is_learnt_from_the_same_patients_in_whatever_files_they_lie(
    whole: Path, executors: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noise, "DIARIES", 30)
    table = pl.read_parquet(whole, glob=False)
    odd, folder = pl.int_range(pl.len()) % 3 == 0, tmp_path / "two files"
    folder.mkdir()
    table.filter(odd).reverse().write_parquet(folder / "a.parquet")
    table.filter(~odd).write_parquet(folder / "b.parquet")
    run_cohort(whole, tmp_path / "one")
    run_cohort_on_spark(folder, tmp_path / "two", session=executors)
    one, two = ((tmp_path / name / "noise.json").read_text() for name in ("one", "two"))
    assert json.loads(one)["learnt"]
    assert one == two
    assert _differ(_read(tmp_path / "one"), _read(tmp_path / "two")) == []


def test_the_effects_in_a_pathways_phases_are_those_of_one_machine(
    whole: Path, executors: Any, tmp_path: Path
) -> None:
    walker = table_walker(registry.pathway("neck-first"))
    run_cohort(whole, tmp_path / "one", source=walker)
    run_cohort_on_spark(whole, tmp_path / "two", source=walker, session=executors)
    assert _differ(_read(tmp_path / "one"), _read(tmp_path / "two")) == []
    assert set(_read(tmp_path / "two")["population"]["phases_from"]) == {None, "walk of neck-first@1"}


def test_patients_in_two_unsorted_files_are_brought_together_and_refused_on_one_machine(
    whole: Path, expected: dict[str, pl.DataFrame], executors: Any, tmp_path: Path
) -> None:
    table = pl.read_parquet(whole, glob=False)
    odd, folder = pl.int_range(pl.len()) % 3 == 0, tmp_path / "two files"
    folder.mkdir()
    first = table.filter(~odd)
    pl.concat([first.slice(len(first) // 2), first.slice(0, len(first) // 2)]).write_parquet(
        folder / "a.parquet"
    )
    second = table.filter(odd).with_columns(
        pl.col("day").cast(pl.Int64), pl.col("value").cast(pl.Float64).round(3)
    )
    second.write_parquet(folder / "b.parquet")
    run_cohort_on_spark(folder, tmp_path / "out", session=executors)
    assert _differ(_read(tmp_path / "out"), expected) == []
    with pytest.raises(Problems, match="keep each patient in one file"):
        run_cohort(folder, tmp_path / "one")


def test_the_killing_of_an_executor_changes_no_effect(
    whole: Path, expected: dict[str, pl.DataFrame], executors: Any, tmp_path: Path
) -> None:
    killer = Killer()
    run_cohort_on_spark(whole, tmp_path / "out", progress=killer, session=executors)
    assert killer.done()
    assert _differ(_read(tmp_path / "out"), expected) == []


def test_a_row_without_a_patient_is_told_on_spark_and_on_one_machine(
    whole: Path, executors: Any, tmp_path: Path
) -> None:
    table = pl.read_parquet(whole, glob=False).with_row_index()
    nameless = pl.when(pl.col("index") == 4).then(None).otherwise(pl.col("patient")).alias("patient")
    table.with_columns(nameless).drop("index").write_parquet(tmp_path / "in.parquet")
    with pytest.raises(Problems, match="row 5 patient"):
        run_cohort_on_spark(tmp_path / "in.parquet", tmp_path / "two", session=executors)
    with pytest.raises(Problems, match="row 5 patient"):
        run_cohort(tmp_path / "in.parquet", tmp_path / "one")


def test_a_master_that_is_none_is_refused(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Spark master"):
        run_cohort_on_spark(whole, tmp_path / "out", Question(), master="yarn")


def test_the_command_runs_on_spark(
    whole: Path,
    expected: dict[str, pl.DataFrame],
    executors: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["triggers", "cohort", str(whole), "-o", str(tmp_path / "out"), "--json"]
    assert main([*command, "--engine", "spark", "--master", "local[2]"]) == 0
    assert json.loads(capsys.readouterr().out)["phases_from"] == "recorded decisions"
    assert _differ(_read(tmp_path / "out"), expected) == []
