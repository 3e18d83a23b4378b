"""A series of trials of one: what is pooled, what is left out and why, and what must hold for every series."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.cli import main
from assuage.errors import InputError, Problems
from assuage.nof1 import order, plan_file
from assuage.nof1.analyse import Analysis, TrialDiary, analyse
from assuage.nof1.layout import exposed_periods, layout_of
from assuage.nof1.model import EFFECTS, fit_shapes, log_likelihood_of
from assuage.nof1.plan import Stopping, TrialPlan, usual_process
from assuage.nof1.series import PatientOfSeries, TrialSeries, pool_trials
from assuage.terms.scales import FATIGUE, PAIN, Scale
from assuage.words.speak import ENGLISH

PLAN = TrialPlan("deep massage", PAIN, stopping=Stopping(pairs=4, first=2))
SHARED = Path(__file__).parents[3] / "shared" / "data" / "hpi_classroom_nof1.csv"
needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the shared data sets are not here")


def ratings_of(
    plan: TrialPlan, drawn: order.Order, effect: float, seed: int, points: float = 1.0
) -> dict[int, float]:
    """A diary of the whole trial, in which each exposure adds so many tenths of the scale, a half, a quarter."""
    chance = np.random.default_rng(seed)
    pain = 5 + chance.normal(0, 1, plan.days())
    for day in drawn.exposed(plan):
        for after, share in ((1, 1.0), (2, 0.5), (3, 0.25)):
            pain[day + after] += share * effect
    return {day: points * float(value) for day, value in enumerate(np.clip(np.rint(pain), 0, 10))}


@cache
def trial(effect: float, seed: int, plan: TrialPlan = PLAN, points: float = 1.0) -> Analysis:
    """The analysis of a simulated trial."""
    planned, drawn = order.draw(plan, str(seed))
    ratings = ratings_of(planned, drawn, effect, seed, points)
    return analyse(planned, drawn, TrialDiary({plan.outcome.code: ratings}))


def series_of(*effects: float, seed: int = 0, plan: TrialPlan = PLAN, points: float = 1.0) -> TrialSeries:
    """The series of trials with these effects."""
    return pool_trials(
        (f"patient {at}", trial(effect, seed + at, plan, points)) for at, effect in enumerate(effects)
    )


def by_name(series: TrialSeries) -> dict[str, PatientOfSeries]:
    """The patients of a series by their names."""
    return {patient.patient: patient for patient in series.patients}


def reasons(series: TrialSeries) -> dict[str, str]:
    """What was left out, with its reason in English."""
    return {each.patient: str(ENGLISH.say(each.why)) for each in series.left_out}


def test_a_harm_in_every_patient_is_the_mean_and_what_the_next_may_expect():
    series = series_of(2.5, 2.5, 2.5, 2.5, 2.5, 2.5)
    assert series.mean.low < 2.5 < series.mean.high
    assert series.worse > 0.99
    assert series.share_worse.estimate > 0.8 > 0.1 > series.share_better.estimate


def test_a_pooled_effect_lies_between_that_of_the_patient_alone_and_the_mean():
    for patient in (series := series_of(0.5, 1.0, 2.0, 3.0)).patients:
        ends = sorted((patient.alone.estimate, series.mean.estimate))
        assert ends[0] - 0.15 <= patient.pooled.estimate <= ends[1] + 0.15


def test_pooled_intervals_are_no_wider_than_those_of_patients_who_stand_alone():
    for patient in series_of(1.0, 1.2, 0.8, 1.1).patients:
        assert patient.pooled.high - patient.pooled.low < patient.alone.high - patient.alone.low


def test_where_nothing_is_true_the_mean_is_not_told_from_none():
    series = series_of(0.0, 0.0, 0.0, 0.0, 0.0)
    assert series.mean.low < 0 < series.mean.high


def test_the_worst_stands_first_and_on_a_scale_where_more_is_better_too():
    first = [patient.patient for patient in series_of(0.0, 4.0).patients]
    mood = Scale("mood", "mood", 0, 100, higher_is="better")
    turned = replace(PLAN, outcome=mood, assumed=usual_process(mood))
    other = [patient.patient for patient in series_of(0.0, 4.0, plan=turned, points=10).patients]
    assert (first, other) == (["patient 1", "patient 0"], ["patient 0", "patient 1"])


@given(st.permutations(range(4)))
@settings(max_examples=3, deadline=None)
def test_the_order_in_which_trials_are_named_changes_nothing(places):
    trials = [(f"patient {at}", trial(effect, at)) for at, effect in enumerate((0.0, 1.0, 2.0, 3.0))]
    assert pool_trials([trials[at] for at in places]) == pool_trials(trials)


def test_ten_times_the_points_on_ten_times_the_scale_is_the_same_series():
    tens = Scale("mood", "mood", 0, 100)
    wide = series_of(
        0.0, 1.0, 3.0, plan=replace(PLAN, outcome=tens, assumed=usual_process(tens)), points=10.0
    )
    narrow = series_of(0.0, 1.0, 3.0)
    assert wide.mean.estimate == pytest.approx(10 * narrow.mean.estimate, rel=1e-6)
    assert wide.spread.high == pytest.approx(10 * narrow.spread.high, rel=1e-6)
    assert wide.share_worse.estimate == pytest.approx(narrow.share_worse.estimate, rel=1e-6)


def test_without_an_effect_every_shape_explains_the_diary_as_well():
    planned, drawn = order.draw(PLAN, "7")
    tenths = np.array(list(ratings_of(planned, drawn, 1.0, 7).values()))
    layout, exposed = layout_of(planned), exposed_periods(np.array(drawn.first))
    shapes = [
        log_likelihood_of(
            replace(layout, shapes=(replace(shape, prior=1.0),), spread=layout.spread[[at]]),
            exposed,
            tenths,
            np.array([0.0, 1e-9]),
        )[-1, 0]
        for at, shape in enumerate(layout.shapes)
    ]
    assert shapes == pytest.approx([shapes[0]] * len(shapes), abs=1e-9)


def test_of_one_shape_the_likelihood_has_the_mean_and_the_sd_of_its_fit():
    planned, drawn = order.draw(PLAN, "8")
    tenths = np.array(list(ratings_of(planned, drawn, 2.0, 8).values()))
    layout, exposed = layout_of(planned), exposed_periods(np.array(drawn.first))
    even = replace(layout, shapes=(replace(layout.shapes[2], prior=1.0),), spread=layout.spread[[2]])
    fit = fit_shapes(even, exposed, tenths)
    mass = np.exp(log_likelihood_of(even, exposed, tenths, EFFECTS)[-1])
    mass /= mass.sum()
    mean = mass @ EFFECTS
    assert mean == pytest.approx(fit.mean[-1, 0], abs=0.01)
    assert (mass @ EFFECTS**2 - mean**2) ** 0.5 == pytest.approx(fit.sd[-1, 0], rel=0.02)


# ---------------------------------------------------------------- what is not pooled

RELABELLED = {
    "another exposure": (replace(PLAN, exposure="exercise"), "compares exercise with rest"),
    "another control": (replace(PLAN, control="light touch"), "compares deep massage with light touch"),
    "another kind of control": (replace(PLAN, control_is="active"), "a treatment of its own"),
    "another schedule": (replace(PLAN, schedule="blocks"), "it has blocks"),
    "another outcome": (replace(PLAN, outcome=FATIGUE), "rated fatigue"),
}


@pytest.mark.parametrize("kind", RELABELLED)
def test_a_trial_that_is_not_the_same_is_left_out_with_its_reason(kind):
    plan, says = RELABELLED[kind]
    trials = [("a", trial(1.0, 1)), ("b", trial(1.0, 2)), ("other", trial(1.0, 3, plan))]
    assert says in reasons(pool_trials(trials))["other"]


def test_massage_by_another_name_is_the_same_exposure():
    named = replace(PLAN, exposure="Deep Massage")
    assert len(pool_trials([("a", trial(1.0, 1)), ("b", trial(1.0, 2, named))]).patients) == 2


def test_two_comparisons_as_frequent_are_asked_about():
    other = replace(PLAN, control="light touch")
    trials = [
        ("a", trial(1.0, 1)),
        ("b", trial(1.0, 2)),
        ("c", trial(1.0, 3, other)),
        ("d", trial(1.0, 4, other)),
    ]
    with pytest.raises(InputError, match="--control"):
        pool_trials(trials)
    assert set(by_name(pool_trials(trials, control="light touch"))) == {"c", "d"}


def test_the_same_trial_twice_counts_once():
    trials = [("a", trial(1.0, 1)), ("again", trial(1.0, 1)), ("b", trial(1.0, 2))]
    series = pool_trials(trials)
    assert (set(by_name(series)), "as a" in reasons(series)["again"]) == ({"a", "b"}, True)


def test_a_trial_before_its_first_look_is_listed_and_not_looked_at():
    planned, drawn = order.draw(PLAN, "9")
    ratings = {day: value for day, value in ratings_of(planned, drawn, 1.0, 9).items() if day < 40}
    early = analyse(planned, drawn, TrialDiary({"pain": ratings}))
    series = pool_trials([("a", trial(1.0, 1)), ("b", trial(1.0, 2)), ("early", early)])
    assert "the first look is after 2" in reasons(series)["early"]


def test_fewer_than_two_trials_are_no_series():
    with pytest.raises(Problems) as raised:
        pool_trials(
            [("a", trial(1.0, 1)), ("b", trial(1.0, 2, replace(PLAN, exposure="exercise")))],
            exposure="exercise",
        )
    assert "1 of 2 trials" in str(raised.value)


def test_a_trial_of_which_the_draw_forbids_a_verdict_is_pooled_and_marked():
    """Nothing but the mark differs, so that nothing is chosen by its result."""
    first, second = trial(0.0, 1), trial(0.0, 2)
    marked = replace(first, primary=replace(first.primary, withheld=True))
    series = pool_trials([("a", marked), ("b", second)])
    assert by_name(series)["a"].reading.withheld
    assert series.mean == pool_trials([("a", first), ("b", second)]).mean


# ---------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Three trials of massage, one of exercise, and one whose order is not there."""
    root = tmp_path_factory.mktemp("series")
    plans = dict.fromkeys(("ada", "bea", "cid", "dan"), PLAN) | {"eve": replace(PLAN, exposure="exercise")}
    for seed, (name, plan) in enumerate(plans.items()):
        planned, drawn = order.draw(plan, str(seed))
        at = root / name
        at.mkdir()
        (at / "plan.json").write_text(json.dumps(plan_file.to_json(planned)))
        rows = "\n".join(f"{day},{value:g}" for day, value in ratings_of(planned, drawn, 2.0, seed).items())
        (at / "diary.csv").write_text(f"day,pain\n{rows}\n")
        if name != "dan":
            (root / f"{name}-order.json").write_text(json.dumps(order.to_json(drawn, planned)))
    return root


def test_a_folder_of_trials_is_one_series_and_says_what_is_not_in_it(folder, capsys):
    assert main(["nof1", "series", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["patient"] for each in told["patients"]} == {"ada", "bea", "cid"}
    assert {each["patient"]: each["why"] for each in told["left_out"]} == {
        "dan": "no order: neither dan-order.json beside the folder nor order.json in it",
        "eve": "compares exercise with rest",
    }
    assert told["text"].endswith("nobody is blinded.")


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("diary.csv", "day,pain\n0,eleven\n", "row 2"),
        ("diary.csv", "", "rejected"),
        ("plan.json", "{", "plan.json"),
        ("plan.json", "{}", "plan.json"),
    ],
)
def test_a_trial_that_cannot_be_read_is_rejected_by_name_and_the_others_are_pooled(
    folder, tmp_path, capsys, file, text, why
):
    copied = tmp_path / "series"
    copytree(folder, copied)
    (copied / "bea" / file).write_text(text)
    code = main(["nof1", "series", str(copied), "--json"])
    told = json.loads(capsys.readouterr().out)
    rejected = {each["patient"]: each["why"] for each in told["left_out"] if each["rejected"]}
    pooled = {each["patient"] for each in told["patients"]}
    assert (code, pooled, list(rejected), why in rejected["bea"]) == (3, {"ada", "cid"}, ["bea"], True)


def test_a_page_names_the_rejected_before_what_the_others_show(folder, tmp_path, capsys):
    copied = tmp_path / "series"
    copytree(folder, copied)
    (copied / "bea" / "diary.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["nof1", "series", str(copied)]) == 3
    told = capsys.readouterr().out
    assert told.index("could not be read") < told.index("SD between patients")


def test_the_text_names_every_patient_and_its_reason(folder, capsys):
    assert main(["nof1", "series", str(folder)]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("ada", "bea", "cid", "dan", "eve", "next patient"))


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_page_has_a_forest_plot_and_the_table_of_patients(folder, tmp_path, language):
    page = tmp_path / "series.html"
    assert main(["nof1", "series", str(folder), "-o", str(page), "--lang", language]) == 0
    shown = page.read_text(encoding="utf-8")
    heading = {"en": "Patient by patient", "lt": "Kiekvienas pacientas"}[language]
    assert (heading in shown, shown.count("<svg") >= 2, "ada" in shown) == (True, True, True)


def test_a_path_that_is_no_trial_is_a_sentence(tmp_path, capsys):
    assert main(["nof1", "series", str(tmp_path)]) == 2
    assert "neither a plan.json nor folders with one" in capsys.readouterr().err


def test_a_table_needs_what_was_rated(tmp_path, capsys):
    (tmp_path / "trials.csv").write_text("participant,day,pain\n")
    assert main(["nof1", "series", str(tmp_path / "trials.csv")]) == 2
    assert "--outcome" in capsys.readouterr().err


@needs_data
def test_the_classroom_trials_of_tea_are_pooled_over_their_people(capsys):
    """Four people; the authors print -0.1667, -0.2381 and -0.5727 for three of them, and no interval excludes 0."""
    arguments = [
        "--order",
        "intervention",
        "--outcome",
        "sleep_quality=0-10:better",
        "--exposure",
        "Herbal tea",
    ]
    assert main(["nof1", "series", str(SHARED), *arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (len(told["patients"]), len(told["left_out"])) == (4, 6)
    assert told["mean"]["low"] < 0 < told["mean"]["high"]
    assert all(each["pooled"]["low"] < 0 < each["pooled"]["high"] for each in told["patients"])
