"""A cohort says of each patient what the patient's own diary says: in any pieces, stopped and resumed, on Spark."""

from __future__ import annotations

import ast
import re

import numpy as np
import polars as pl
import pytest
from msgspec.structs import replace

from assuage.dynamics import cohort
from assuage.dynamics.cohort import Question, first_stage, run_cohort, second_stage
from assuage.dynamics.pooling import DEFAULT, pool, shrink
from assuage.dynamics.reading import diary_of_record
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.simulate import simulate
from assuage.dynamics.spark import _effects
from assuage.dynamics.stays import table_walker
from assuage.dynamics.triggers import triggers
from assuage.dynamics.written import simulated_records, table_of, write_tables
from assuage.engine.phases import walked_phases
from assuage.engine.walk import walk
from assuage.errors import InputError, Problems
from assuage.measures.criteria import Criterion
from assuage.measures.notation import PHASE_ENTRY, records
from assuage.pathways.model import Pathway, Phase, gate
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import TherapyEntry
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.terms.publications import CASE
from assuage.terms.sources import OURS
from assuage.terms.therapies import KINESIOTHERAPY
from tests.docs.examples import ROOT


@pytest.fixture
def folder(tmp_path):
    list(write_tables(SCENARIOS["paradox"], 60, 3, tmp_path / "in"))
    return tmp_path / "in"


@pytest.mark.parametrize("name", ["base", "half-daily", "unlogged-days", "ceiling", "paradox"])
def test_a_patient_in_a_cohort_has_the_effects_of_the_record_alone(name):
    made = simulate(SCENARIOS[name], 4, 2)
    rows = first_stage(table_of(made), Question(by_phase=False))
    for record in simulated_records(SCENARIOS[name], 4, 2):
        alone = triggers(diary_of_record(record))
        own = rows.filter(pl.col("patient") == record.patient.id)
        columns = own.select("exposure", "lag", "estimate", "low", "state", "exposed")
        held = {(exposure, lag): values for exposure, lag, *values in columns.rows()}
        assert set(held) == {(effect.exposure, effect.lag) for effect in alone.effects}
        for effect in alone.effects:
            estimate, low, state, exposed = held[effect.exposure, effect.lag]
            assert (state, exposed) == (effect.state, effect.exposed)
            assert (estimate, low) == pytest.approx((effect.estimate, effect.low), abs=1e-9)


def test_the_table_of_the_generator_and_that_of_its_records_give_the_same_effects():
    made = simulate(SCENARIOS["base"], 5, 9)
    plain, whole = table_of(made), to_frame(simulated_records(SCENARIOS["base"], 5, 9))
    ours, theirs = first_stage(plain, Question()), first_stage(whole, Question())
    assert ours.drop("flags").equals(theirs.drop("flags"))


def test_no_join_of_tables_leaves_the_order_of_its_rows_to_chance():
    """Polars promises no order unless it is asked for, and on many cores there is none: rows and effects swapped."""
    loose = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "src/assuage").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join"
        if {each.arg for each in node.keywords} & {"on", "how"}
        and "maintain_order" not in {each.arg for each in node.keywords}
    ]
    assert loose == []


def test_pieces_of_any_size_give_the_same_table(folder, tmp_path, monkeypatch):
    whole = run_cohort(folder, tmp_path / "a")
    monkeypatch.setattr(cohort, "ROWS_A_PART", 5_000)
    steps: list[tuple[int, int]] = []
    parts = run_cohort(folder, tmp_path / "b", progress=lambda done, total: steps.append((done, total)))
    assert pl.read_parquet(whole.effects).equals(pl.read_parquet(parts.effects))
    assert len(steps) > 3
    assert steps[-1][0] == steps[-1][1]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Phases, ten exposures, two ratings a day, times known and not, and the ends of the scale, in one file."""
    folder = tmp_path_factory.mktemp("mixed [é]")
    parts = []
    for name in ("paradox", "many-exposures", "half-daily", "ceiling"):
        part = table_of(simulate(SCENARIOS[name], 8, 7)).with_columns(
            pl.col("kind", "code", "site", "text").cast(pl.String)
        )
        parts.append(part.with_columns((pl.lit(f"{name} ") + pl.col("patient")).alias("patient")))
    untimed = (pl.col("patient").str.ends_with("3")) & (pl.col("kind") == "therapy")
    minute = pl.when(~untimed).then("minute").alias("minute")
    pl.concat(parts).with_columns(minute).sort("patient", "day", maintain_order=True).write_parquet(
        folder / "in.parquet"
    )
    return folder / "in.parquet"


def test_what_is_said_of_a_patient_does_not_depend_on_who_else_is_in_the_piece(mixed, tmp_path, monkeypatch):
    whole = run_cohort(mixed, tmp_path / "a")
    monkeypatch.setattr(cohort, "ROWS_A_PART", 2_000)
    parts = run_cohort(mixed, tmp_path / "b")
    assert pl.read_parquet(whole.effects).equals(pl.read_parquet(parts.effects))


EXERCISED = Criterion(
    "exercised",
    "Exercise was begun",
    records(KINESIOTHERAPY).since(PHASE_ENTRY).count >= 1,
    because="An example.",
    source=CASE,
    numbers=OURS,
)
BEFORE = Phase("before", "Before", "Rest.", leave=gate("begun", "Begun", EXERCISED))
TWO_PHASES = Pathway("two-phases", 1, "Two phases", "An example.", (BEFORE, Phase("later", "Later", "Move.")))


@pytest.fixture(scope="module")
def undecided():
    """Harm of two points before a day and none after it; instead of a decision there is exercise on that day."""
    found = []
    for record in simulated_records(SCENARIOS["paradox"], 150, 3):
        entries = tuple(
            TherapyEntry(place=one.place, day=one.day, what="kinesiotherapy", by="patient")
            if isinstance(one, DecisionEntry)
            else one
            for one in record.entries
        )
        found.append(replace(record, entries=entries))
    return found


def test_phases_of_a_table_without_decisions_are_those_of_the_walk_of_each_record(undecided):
    rows = first_stage(to_frame(undecided[:5]), Question(exposures=("massage",)), table_walker(TWO_PHASES))
    for record in undecided[:5]:
        phases = walked_phases(walk(TWO_PHASES, Timeline(record), record.last_day))
        own = rows.filter(pl.col("patient") == record.patient.id)
        for effect in triggers(diary_of_record(record, "pain", ["massage"], phases)).effects:
            at_lag = own.filter((pl.col("lag") == effect.lag) & pl.col("phase").is_null())
            assert at_lag.get_column("estimate").to_list() == [pytest.approx(effect.estimate, abs=1e-9)]
        assert set(own.get_column("phase")) == {None, "before", "later"}


def test_the_population_has_the_massage_paradox_in_the_phases_of_the_walk(undecided, tmp_path):
    to_frame(undecided).write_parquet(tmp_path / "in.parquet")
    asked = Question(exposures=("massage",))
    made = run_cohort(tmp_path / "in.parquet", tmp_path / "out", asked, source=table_walker(TWO_PHASES))
    found = pl.read_parquet(made.population)
    rows = found.filter(pl.col("phase").is_not_null()).select("phase", "none", "mean", "phases_from").rows()
    held = {phase: numbers for phase, *numbers in rows}
    assert held["before"][1:] == [pytest.approx(1.8, abs=0.3), "walk of two-phases@1"]
    assert held["later"][0] > 0.6
    assert set(held) == {"before", "later"}


def test_a_patient_of_whom_nothing_was_decided_has_no_row_in_any_phase(folder):
    frame = pl.read_parquet(folder / "part-00000.parquet")
    undecided = frame.filter((pl.col("kind") != "decision") | (pl.col("patient") != "patient-000001"))
    rows = first_stage(undecided, Question())
    assert rows.filter(pl.col("patient") == "patient-000001").get_column("phase").unique().to_list() == [None]


def test_a_run_that_was_stopped_goes_on_where_it_was(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(cohort, "ROWS_A_PART", 5_000)
    expected = pl.read_parquet(run_cohort(folder, tmp_path / "whole").effects)
    made: list[int] = []
    real = cohort.first_stage

    def counted(frame, question, walk):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(len(frame))
        return real(frame, question, walk)

    monkeypatch.setattr(cohort, "first_stage", counted)
    with pytest.raises(KeyboardInterrupt):
        run_cohort(folder, tmp_path / "out")
    before = len(made)
    made.clear()
    monkeypatch.setattr(cohort, "first_stage", lambda *asked: (made.append(1), real(*asked))[1])
    result = run_cohort(folder, tmp_path / "out")
    assert before == 2
    assert pl.read_parquet(result.effects).equals(expected)
    assert len(made) == len(list(cohort._pieces([folder / "part-00000.parquet"]))) - before
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "effects.parquet",
        "noise.json",
        "population.parquet",
    ]


def test_the_population_has_the_massage_paradox(tmp_path):
    list(write_tables(SCENARIOS["paradox"], 300, 3, tmp_path / "in"))
    found = pl.read_parquet(run_cohort(tmp_path / "in", tmp_path / "out").population)
    rows = found.filter(pl.col("lag") == -1).select("phase", "none", "mean", "mean_low").rows()
    mean = {phase: numbers for phase, *numbers in rows}
    assert mean[""][1] == pytest.approx(1.8, abs=0.3)
    assert mean["later"][0] > 0.6


def test_the_columns_are_those_promised(folder, tmp_path):
    effects = pl.read_parquet(run_cohort(folder, tmp_path / "out").effects)
    promised = [
        "patient",
        "outcome",
        "exposure",
        "lag",
        "estimate",
        "low",
        "high",
        "p_gt_0",
        "p_gt_1",
        "lfsr",
        "state",
        "flags",
    ]
    assert set(promised) <= set(effects.columns)
    assert set(effects.get_column("state")) <= {"estimated", "not estimable", "association only"}
    assert set(effects.get_column("lag")) == {-1, 1, 2, 3}


def test_an_executor_gives_a_partition_in_batches_what_one_machine_gives():
    frame = table_of(simulate(SCENARIOS["ceiling"], 6, 1)).with_columns(pl.col("site").cast(pl.String))
    batches = frame.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches(max_chunksize=300)
    (line,) = _effects(iter(batches), Question(), None)
    assert line.column("rows").to_pylist() == [len(frame)]
    made = pl.read_parquet(line.column("effects")[0].as_py())
    assert made.equals(first_stage(frame, Question()))
    assert list(_effects(iter([]), Question(), None)) == []


def test_patients_that_cannot_be_used_are_counted_and_keep_their_reason(tmp_path):
    frame = table_of(simulate(SCENARIOS["base"], 3, 1))
    off = (
        pl.when((pl.col("patient") == "patient-000001") & (pl.col("code") == "pain"))
        .then(99.0)
        .otherwise(pl.col("value"))
    )
    frame = frame.with_columns(off.cast(pl.Float32).alias("value"))
    frame = frame.filter((pl.col("patient") != "patient-000002") | (pl.col("code") != "pain"))
    frame.write_parquet(tmp_path / "in.parquet")
    result = run_cohort(tmp_path / "in.parquet", tmp_path / "out")
    bad = (
        pl.read_parquet(result.effects)
        .filter(pl.col("exposure") == "")
        .select("patient", "state", "flags")
        .rows()
    )
    assert bad == [
        ("patient-000001", "not estimable", ["off the scale"]),
        ("patient-000002", "not estimable", ["no rating"]),
    ]
    assert (result.patients, result.refused) == (3, 2)


def test_a_patient_with_a_fraction_of_a_total_of_whole_points_cannot_be_used():
    frame = table_of(simulate(SCENARIOS["base"], 2, 1))
    frame = frame.with_columns(pl.col("code").cast(pl.String).replace("pain", "isi"))
    half = pl.when(pl.col("patient") == "patient-000001").then(4.5).otherwise(pl.col("value").floor())
    rows = first_stage(frame.with_columns(half.cast(pl.Float32).alias("value")), Question("isi"))
    refused = rows.filter(pl.col("exposure") == "").select("patient", "flags").rows()
    assert refused == [("patient-000001", ["no whole number"])]


def test_a_patient_in_two_places_is_a_problem(folder, tmp_path):
    (folder / "part-00001.parquet").write_bytes((folder / "part-00000.parquet").read_bytes())
    with pytest.raises(Problems, match="keep each patient in one file"):
        run_cohort(folder, tmp_path / "out")


def test_a_file_that_is_no_table_and_a_folder_without_one_are_said(tmp_path):
    (tmp_path / "x.parquet").write_text("nothing")
    with pytest.raises(Problems, match="not a Parquet file"):
        run_cohort(tmp_path / "x.parquet", tmp_path / "out")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match=r"no \.parquet file"):
        run_cohort(empty, tmp_path / "out")
    with pytest.raises(InputError, match="--outcome"):
        Question(outcome="pian")


def test_a_class_of_few_estimates_is_judged_by_the_default_prior():
    few = pool(np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    assert (few.fitted, few.none, few.spread) == (False, DEFAULT.none, DEFAULT.spread)
    rows, population = second_stage(
        first_stage(table_of(simulate(SCENARIOS["base"], 3, 1)), Question()), "pain"
    )
    assert set(population.get_column("state")) == {"not estimable"}
    assert rows.get_column("lfsr").null_count() == rows.get_column("estimate").null_count()


def test_the_pool_finds_the_share_mean_and_spread_it_was_made_with():
    chance = np.random.default_rng(1)
    theta = np.where(chance.random(20_000) < 0.7, 0, chance.normal(1, 0.6, 20_000))
    sd = chance.uniform(0.2, 0.5, 20_000)
    found = pool(theta + sd * chance.standard_normal(20_000), sd)
    assert (found.none, found.mean, found.spread) == pytest.approx((0.7, 1, 0.6), abs=0.06)
    judged = shrink(found, theta + sd * chance.standard_normal(20_000), sd)
    called = judged.lfsr < 0.1
    assert (theta[called] == 0).mean() <= judged.lfsr[called].mean() + 0.01


def test_a_patient_who_was_never_exposed_is_told_why_there_is_no_number():
    frame = table_of(simulate(SCENARIOS["base"], 3, 2)).with_columns(pl.col("kind", "code").cast(pl.String))
    nobody = frame.filter((pl.col("kind") != "therapy") | (pl.col("patient") != "patient-000001"))
    rows = first_stage(nobody, Question())
    own = rows.filter(pl.col("patient") == "patient-000001")
    assert own.select("exposure", "state", "flags").rows() == [("", "not estimable", ["never exposed"])]
    assert rows.get_column("patient").n_unique() == 3


def test_a_form_by_phase_counts_occasions_and_not_the_days_that_they_reach(undecided):
    rows = first_stage(to_frame(undecided[:20]), Question(exposures=("massage",)), table_walker(TWO_PHASES))
    parts = rows.filter((pl.col("lag") == -1) & pl.col("phase").is_not_null())
    counted = dict(parts.group_by("patient").agg(pl.col("exposed").sum()).iter_rows())
    assert len(counted) > 10
    for record in undecided[:20]:
        sessions = [one for one in record.entries if isinstance(one, TherapyEntry) and one.what == "massage"]
        assert 0.5 * len(sessions) < counted[record.patient.id] <= len(sessions)


def test_every_column_of_the_tables_is_on_their_page(folder, tmp_path):
    made = run_cohort(folder, tmp_path / "out")
    page = (ROOT / "docs/reference/triggers.md").read_text(encoding="utf-8")
    for file in (made.effects, made.population):
        line = page.partition(f"| `{file.name}` |")[2].partition("\n")[0]
        named = {*re.findall(r"`(\w+)`", line), "exposure", "lag", "phase"}
        assert set(pl.read_parquet(file).columns) <= named


def test_what_only_others_were_exposed_to_makes_no_row_of_a_diary_that_cannot_be_used():
    rows = table_of(simulate(SCENARIOS["base"], 2, 9)).with_columns(pl.col("patient").cast(pl.String))
    (exposed, short) = rows["patient"].unique(maintain_order=True)
    two_days = rows.filter((pl.col("patient") == short) & (pl.col("kind") == "score") & (pl.col("day") < 2))
    both = pl.concat([rows.filter(pl.col("patient") == exposed), two_days])
    alone, company = first_stage(two_days, Question()), first_stage(both, Question())
    assert company.filter(pl.col("patient") == short).equals(alone)
