"""A whole run: what it writes, that it can be stopped and goes on, and what it does with input that is not right."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from assuage.cli.pathways import pathway_named
from assuage.cohort import review_cohort, run
from assuage.cohort.compare import compare_cohort
from assuage.cohort.panel import decode
from assuage.cohort.summary import summarise
from assuage.engine.walk import walk
from assuage.errors import InputError, Problems
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.report.cohort import summary_text
from assuage.report.cohort_page import html
from benchmarks.__main__ import patient
from tests.agree.strategies import quicker
from tests.small_pathway import GO, SMALL, TREAT

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NECK_FIRST = pathway("neck-first")
UNTIL = 83


@pytest.fixture(scope="module")
def people():
    return [parse_record(patient(seed)) for seed in range(12)]


@pytest.fixture(scope="module")
def table(people, tmp_path_factory):
    path = tmp_path_factory.mktemp("cohort") / "cohort.parquet"
    to_frame(people).write_parquet(path)
    return path


@pytest.fixture
def few_rows(monkeypatch):
    """Pieces of a few patients, so that a small table has several."""
    monkeypatch.setattr(run, "_FEWEST_ROWS", 700)
    monkeypatch.setattr(run, "MOST_ROWS", 700)


def frames(folder):
    return {file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))}


def test_stays_and_state_are_those_of_the_reference_engine(people, table, tmp_path, few_rows):
    done = review_cohort(table, NECK_FIRST, tmp_path / "out", on=UNTIL, panel=True)
    assert (done.patients, done.rejected, done.fallback) == (12, 0, 0)
    found = frames(tmp_path / "out")
    stays = {name: [] for name in found["state"]["patient"]}
    for row in found["stays"].iter_rows():
        stays[row[0]].append(row[1:])
    for record in people:
        walked = walk(NECK_FIRST, Timeline(record), UNTIL)
        name = record.patient.id
        assert stays[name] == [(s.phase.id, s.entered, s.left, s.by) for s in walked.stays]
        state = found["state"].row(by_predicate=pl.col("patient") == name, named=True)
        assert (state["phase"], state["since"]) == (walked.current.phase.id, walked.current.entered)
        for day in decode(tmp_path / "out", name)[::20]:
            stay = walked.stay_on(day.day)
            assert day.phase == (stay.phase.id if stay else None)
            for criterion in NECK_FIRST.criteria():
                assert day.answers[criterion.id] is walked.view(day.day).truth(criterion.test)


def test_a_run_that_was_stopped_goes_on_and_ends_the_same(table, tmp_path, few_rows, monkeypatch):
    whole, part = tmp_path / "whole", tmp_path / "part"
    review_cohort(table, NECK_FIRST, whole, on=UNTIL)
    monkeypatch.setattr(run, "_A_PIECE", 1)
    pieces = 0

    def stop(done, of):
        nonlocal pieces
        pieces += 1
        if pieces == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        review_cohort(table, NECK_FIRST, part, on=UNTIL, progress=stop)
    assert not (part / "stays.parquet").exists()
    with pytest.raises(InputError, match="not finished"):
        summarise(part)
    done = review_cohort(table, NECK_FIRST, part, on=UNTIL)
    assert done.resumed
    assert done.patients == 12
    for name, frame in frames(whole).items():
        assert frame.equals(frames(part)[name])
    assert not (part / "parts").exists()


def test_a_finished_run_is_not_done_again(table, tmp_path):
    review_cohort(table, SMALL, tmp_path / "out", on=UNTIL)
    written = (tmp_path / "out" / "stays.parquet").stat().st_mtime_ns
    assert review_cohort(table, SMALL, tmp_path / "out", on=UNTIL).resumed
    assert (tmp_path / "out" / "stays.parquet").stat().st_mtime_ns == written


@pytest.mark.parametrize("changed", ["pathway", "day", "input"])
def test_another_question_never_goes_on_in_the_same_folder(table, tmp_path, people, changed):
    path = tmp_path / "one.parquet"
    to_frame(people[:2]).write_parquet(path)
    review_cohort(path, SMALL, tmp_path / "out", on=UNTIL)
    if changed == "input":
        to_frame(people[:3]).write_parquet(path)
    with pytest.raises(InputError, match="another run"):
        review_cohort(
            path,
            NECK_FIRST if changed == "pathway" else SMALL,
            tmp_path / "out",
            on=80 if changed == "day" else UNTIL,
        )


def test_a_folder_with_other_things_in_it_is_left_alone(table, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        review_cohort(table, SMALL, tmp_path, on=UNTIL)


def test_a_summary_says_who_is_where(table, tmp_path):
    review_cohort(table, NECK_FIRST, tmp_path / "out", on=UNTIL)
    found = summarise(tmp_path / "out")
    assert sum(phase["patients"] for phase in found["phases"]) == found["patients"] == 12
    assert found["in_force"]["no-mechanical-therapy"] > 0
    assert "Settle the nervous system" in summary_text(found)
    page = html(found)
    assert "<svg" in page
    assert "src=" not in page
    json.dumps(found)


# --- input that is not right ----------------------------------------------------------------------


def rows(*lines):
    names = ["patient", "day", "minute", "kind", "code", "site", "value", "text"]
    return pl.DataFrame(list(lines), schema=names, orient="row", schema_overrides={"value": pl.Float64})


def pain(name, day, value=4.0, **changed):
    row = {"patient": name, "day": day, "minute": None, "kind": "score", "code": "pain", "site": None}
    return tuple({**row, "value": value, "text": None, **changed}.values())


def reviewed(frame, tmp_path, **more):
    frame.write_parquet(tmp_path / "in.parquet")
    done = review_cohort(tmp_path / "in.parquet", SMALL, tmp_path / "out", **more)
    return done, pl.read_parquet(tmp_path / "out" / "rejected.parquet").to_dicts()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (pain("b", 1, 11.0), "pain is scored 0 to 10"),
        (pain("b", 1, None), "is missing"),
        (pain("b", 1, float("nan")), "is missing"),
        (pain("b", 99_999), "hundred years|36525|must be"),
        (pain("b", None), "is missing"),
        (pain("b", 1, kind="scroe"), "unknown kind"),
        (pain("b", 1, kind=None), "is missing"),
        (pain("b", 1, code="pian"), "did you mean"),
        (pain("b", 1, site="nek"), "did you mean"),
        (pain("b", 1, minute=1440), "0 to 1439"),
        (pain("b", 1, minute=-1), "0 to 1439"),
        (pain("b", 1, text='{"by":"nobody"}'), "nobody"),
        (pain("b", 1, None, kind="decision", code="nowhere", text='{"do":"enter"}'), "unknown phase"),
        (pain("b", 1, None, kind="symptom", code="numbness", text='{"state":"gone"}'), "gone"),
        (pain("b", 1, 3.0, kind="note", code=None, text="slept badly"), "no value"),
    ],
)
def test_a_patient_with_a_wrong_row_is_refused_and_listed_and_nobody_else(row, says, tmp_path):
    done, refused = reviewed(rows(pain("a", 1), pain("b", 0), row, pain("c", 1)), tmp_path, on=5)
    assert (done.patients, done.rejected) == (2, 1)
    assert {one["patient"] for one in refused} == {"b"}
    assert pl.Series([one["problem"] for one in refused]).str.contains(says).any(), refused
    assert any("row 3" in one["place"] for one in refused), refused


def test_two_values_of_one_moment_that_contradict_each_other_are_refused(tmp_path):
    done, refused = reviewed(rows(pain("a", 1, minute=480), pain("a", 1, 5.0, minute=480)), tmp_path, on=5)
    assert done.rejected == 1
    assert "contradicts" in refused[0]["problem"]


def test_days_of_a_patient_may_come_in_any_order(tmp_path):
    neck = {"site": "neck"}
    lines = [pain("a", 2, 1.0), pain("a", 1, 2.0), pain("a", 2, 5.0, **neck), pain("a", 0, 9.0)]
    done, _ = reviewed(rows(*lines), tmp_path, on=3)
    assert done.fallback == 0
    assert pl.read_parquet(tmp_path / "out" / "stays.parquet")["phase"].to_list() == ["rest", "treat"]


def test_a_file_that_is_not_sorted_by_patient_is_refused(tmp_path):
    with pytest.raises(Problems, match='row 2 patient: "a" comes after "b"; sort'):
        reviewed(rows(pain("b", 1), pain("a", 1), pain("b", 2)), tmp_path)


@pytest.mark.parametrize("overlap", [True, False])
def test_a_patient_in_two_files_is_refused(tmp_path, overlap):
    folder = tmp_path / "in"
    folder.mkdir()
    rows(pain("a", 1), pain("c", 1)).write_parquet(folder / "1.parquet")
    rows(pain("b", 1), pain("c" if overlap else "d", 2)).write_parquet(folder / "2.parquet")
    if overlap:
        with pytest.raises(Problems, match=r'patient "c": is in 1.parquet and 2.parquet'):
            review_cohort(folder, SMALL, tmp_path / "out")
    else:
        assert review_cohort(folder, SMALL, tmp_path / "out").patients == 4


def test_a_truncated_file_is_refused(tmp_path):
    rows(pain("a", 1)).write_parquet(tmp_path / "in.parquet")
    whole = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "in.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Problems, match="cut short"):
        review_cohort(tmp_path / "in.parquet", SMALL, tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame.drop("kind"), '"kind" is missing'),
        (lambda frame: frame.with_columns(colour=pl.lit(1)), 'unknown column "colour"'),
        (lambda frame: frame.with_columns(day=pl.lit("monday")), '"day" must be whole numbers'),
        (lambda frame: frame.with_columns(value=pl.lit("much")), '"value" must be numbers'),
        (lambda frame: frame.with_columns(patient=pl.lit(None, pl.String)), "patient: is missing"),
    ],
)
def test_wrong_columns_are_refused(change, says, tmp_path):
    with pytest.raises(Problems, match=says):
        reviewed(change(rows(pain("a", 1))), tmp_path)


def test_an_empty_table_has_an_empty_answer(tmp_path):
    done, refused = reviewed(
        rows(pain("a", 1))
        .clear()
        .cast({"day": pl.Int32, "patient": pl.String, "kind": pl.String, "code": pl.String}),
        tmp_path,
    )
    assert (done.patients, refused) == (0, [])


def test_a_patient_without_entries_has_no_last_day(tmp_path):
    fact = ("a", 0, None, "patient", "sex", None, None, "female")
    done, refused = reviewed(rows(fact, pain("b", 1)), tmp_path)
    assert (done.patients, done.rejected) == (1, 1)
    assert "no last day" in refused[0]["problem"]


# --- two pathways ----------------------------------------------------------------------------------


def test_a_comparison_names_who_moves_when_and_because_of_what(table, tmp_path):
    easier = quicker(NECK_FIRST)
    found = compare_cohort(table, NECK_FIRST, easier, tmp_path / "out", on=UNTIL)
    differences = pl.read_parquet(tmp_path / "out" / "diff.parquet")
    assert found["moved"] == len(differences) > 0
    assert {one["criterion"] for one in found["because"]} <= {one.id for one in NECK_FIRST.criteria()}
    assert set(differences["moved"]) == {"new"}
    assert compare_cohort(table, NECK_FIRST, NECK_FIRST, tmp_path / "same", on=UNTIL)["moved"] == 0


def of_pain(tmp_path, **facts):
    """A table of one patient with five days of pain; one that names a pathway leaves it on day 2."""
    entries = [{"day": day, "kind": "score", "scale": "pain", "value": 8} for day in range(5)]
    entries += [{"day": 2, "kind": "decision", "do": "leave", "because": "an example"}] * bool(facts)
    plain = {"format": "assuage-record/1", "patient": {"id": "ida"}, "entries": entries, **facts}
    to_frame([parse_record(plain)]).write_parquet(tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_pathways_that_begin_in_other_phases_differ_because_of_that_and_not_of_a_decision(tmp_path):
    back_pain = pathway_named(str(EXAMPLES / "low_back_pain.py"))
    compared = compare_cohort(of_pain(tmp_path), back_pain, pathway("eular-2017"), tmp_path / "out", on=5)
    assert compared["because"] == [{"criterion": "the pathways begin in other phases", "patients": 1}]


def test_where_one_pathway_still_waits_and_lacks_the_first_phase_of_the_other_that_is_the_reason(tmp_path):
    waits = replace(SMALL, id="waits", phases=(replace(TREAT, fall_back=()), GO))
    compared = compare_cohort(of_pain(tmp_path), waits, SMALL, tmp_path / "out", on=5)
    assert compared["because"] == [{"criterion": "the other pathway has no such phase", "patients": 1}]


def test_a_decision_that_one_pathway_alone_follows_is_the_reason(tmp_path):
    table = of_pain(tmp_path, pathway=SMALL.id)
    compared = compare_cohort(table, SMALL, replace(SMALL, id="other"), tmp_path / "out", on=5)
    assert compared["because"] == [{"criterion": "a decision", "patients": 1}]
