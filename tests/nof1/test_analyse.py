"""A trial of one read back: looks, stopping, the draw repeated, deviations, and every bad diary a sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.cli import main
from assuage.dynamics.model import A0, B0, Grid
from assuage.nof1 import checklists, order, plan_file
from assuage.nof1.analyse import Analysis, TrialDiary, analyse
from assuage.nof1.draws import orders_of_pairs
from assuage.nof1.layout import exposed_periods, layout_of
from assuage.nof1.model import fit_shapes, shapes_alone
from assuage.nof1.plan import Stopping, TrialPlan, usual_process
from assuage.nof1.reading import read_trial_diary
from assuage.terms.scales import FATIGUE, PAIN, Scale
from assuage.words.speak import ENGLISH

PLAN, ORDER = order.draw(TrialPlan("deep massage", PAIN), "11")


def diary_with(effect: float, pairs: int = 12, seed: int = 3) -> dict[int, float]:
    """Ratings of a trial of that many pairs, in which each exposure adds so many points, a half, a quarter."""
    chance = np.random.default_rng(seed)
    pain = 5 + chance.normal(0, 1, PLAN.days(pairs))
    for day in ORDER.exposed(PLAN, pairs):
        for after, share in ((1, 1.0), (2, 0.5), (3, 0.25)):
            pain[day + after] += share * effect
    return {
        day: float(value) for day, value in enumerate(np.clip(np.rint(pain), 0, 10)) if chance.random() > 0.1
    }


def read(
    ratings: dict[int, float], done: dict[int, str] | None = None, notes: dict[int, str] | None = None
) -> Analysis:
    """The analysis of these ratings of pain under the drawn order."""
    return analyse(PLAN, ORDER, TrialDiary({"pain": ratings}, done or {}, notes or {}))


def test_a_large_effect_stops_the_trial_for_harm():
    made = read(diary_with(3.0)).primary
    assert made.verdict == "harm"
    assert made.stopped is not None
    assert made.stopped.effect.low < 3.0 < made.stopped.effect.high


def test_a_large_fall_stops_the_trial_for_benefit():
    assert read(diary_with(-3.0)).primary.verdict == "benefit"


def test_no_effect_ends_without_harm_and_without_benefit():
    assert read(diary_with(0.0)).primary.verdict in ("no difference", "no worthwhile harm", "undecided")


def test_before_the_first_look_there_is_a_sentence_and_no_number():
    made = read(diary_with(3.0, pairs=1)).primary
    assert made.verdict == "too early"
    assert made.refusal is not None
    assert "the first look is after 3" in str(ENGLISH.say(made.refusal))
    assert made.looks == ()
    assert made.test is None


@pytest.mark.parametrize(
    ("ratings", "says"),
    [
        ({}, "no rating"),
        (dict.fromkeys(range(PLAN.days()), 4.0), "what never changes"),
    ],
)
def test_a_diary_that_can_show_nothing_is_refused_in_a_sentence(ratings, says):
    refusal = read(ratings).primary.refusal
    assert refusal is not None
    assert says in str(ENGLISH.say(refusal))


def test_harm_on_the_same_day_and_the_next_is_never_called_safe():
    """Two points on the day and one the day after, as in a trial that was once called free of worthwhile harm."""
    for seed in range(5):
        chance = np.random.default_rng(seed)
        pain = 5 + chance.normal(0, 1.2, PLAN.days())
        for day in ORDER.exposed(PLAN):
            pain[day : day + 2] += (2, 1)
        made = read({day: float(value) for day, value in enumerate(np.clip(np.rint(pain), 0, 10))}).primary
        assert made.verdict == "harm"


def test_what_rises_is_better_where_the_scale_says_so():
    mood = Scale("mood", "mood", 0, 100, higher_is="better")
    planned = replace(PLAN, outcome=mood, assumed=usual_process(mood))
    ratings = {day: 10 * value for day, value in diary_with(3.0).items()}
    made = analyse(planned, ORDER, TrialDiary({"mood": ratings})).primary
    assert made.verdict == "benefit"
    assert made.stopped is not None
    assert made.stopped.effect.estimate > 10


def test_a_season_over_the_trial_hides_less_once_slow_waves_are_taken_out():
    days = np.arange(PLAN.days())
    season = 2.5 * np.sin(3 * np.pi * days / PLAN.days())
    ratings = {
        day: float(np.clip(value + season[day], 0, 10)) for day, value in diary_with(1.5).items() if day >= 0
    }
    once = replace(PLAN, stopping=Stopping(first=12))
    plain, without = (
        analyse(once, ORDER, TrialDiary({"pain": ratings}), slow_waves=waves) for waves in (False, True)
    )
    widths = [effect.high - effect.low for made in (plain, without) for effect in made.primary.effects[:1]]
    assert widths[1] < widths[0]
    assert (plain.waves_taken_out, without.waves_taken_out) == (False, True)


def test_the_report_says_that_slow_waves_were_taken_out(tmp_path, capsys):
    (tmp_path / "plan.json").write_text(json.dumps(plan_file.to_json(PLAN)))
    (tmp_path / "order.json").write_text(json.dumps(order.to_json(ORDER, PLAN)))
    rows = "\n".join(f"{day},{value:g}" for day, value in diary_with(1.0, pairs=5).items())
    (tmp_path / "diary.csv").write_text(f"day,pain\n{rows}\n")
    names = [str(tmp_path / name) for name in ("plan.json", "diary.csv", "order.json")]
    assert main(["nof1", "analyse", *names[:2], "--order", names[2], "--slow-waves"]) == 0
    assert "Slow waves of pain" in " ".join(capsys.readouterr().out.split())


def test_the_notes_and_adverse_events_of_a_record_stand_with_their_period(tmp_path):
    begins = [day for pair in range(2) for day in PLAN.occasions(pair)]
    entries = [
        *(
            {"day": day, "kind": "score", "scale": "pain", "value": value}
            for day, value in diary_with(1.0).items()
        ),
        {"day": begins[1] + 1, "kind": "note", "text": "slept badly"},
        {"day": begins[2] + 3, "kind": "adverse_event", "what": "rash", "grade": 2, "onset": begins[2] + 2},
        {"day": PLAN.days() + 9, "kind": "note", "text": "after the trial"},
    ]
    record = {"format": "assuage-record/2", "patient": {"id": "Ana"}}
    record["entries"] = sorted(entries, key=lambda entry: entry["day"])
    (tmp_path / "record.json").write_text(json.dumps(record))
    diary = read_trial_diary(str(tmp_path / "record.json"), PLAN)
    periods = analyse(PLAN, ORDER, diary).periods
    assert [period.notes for period in periods[:4]] == [
        (),
        ((begins[1] + 1, "slept badly"),),
        ((begins[2] + 2, "rash (G2)"),),
        (),
    ]
    assert "after the trial" not in diary.notes.values()


def test_a_second_outcome_is_read_too_and_stops_nothing():
    planned = replace(PLAN, others=(FATIGUE,))
    made = analyse(planned, ORDER, TrialDiary({"pain": diary_with(0.0), "fatigue": diary_with(3.0)}))
    assert (made.others[0].outcome, made.others[0].verdict) == (FATIGUE, "harm")
    assert made.primary.verdict != "harm"


def test_the_orders_of_three_pairs_are_eight_and_the_drawn_one_stands_in_front():
    orders, every = orders_of_pairs(np.array([True, False, True]))
    assert (orders.shape, every) == ((8, 6), True)
    assert orders[0].tolist() == [True, False, False, True, True, False]
    assert len({tuple(order) for order in orders.tolist()}) == 8


def test_the_p_of_a_clear_rise_is_the_smallest_that_its_pairs_allow():
    test = read(diary_with(5.0, pairs=4)).primary.test
    assert test is not None
    assert test.p == test.smallest
    assert test.replayed == test.replayed_smallest


def test_beyond_twelve_pairs_orders_are_drawn_and_the_p_is_never_zero():
    planned, drawn = order.draw(replace(PLAN, stopping=Stopping(pairs=14, first=14)), "5")
    chance = np.random.default_rng(0)
    ratings = {day: float(chance.integers(2, 8)) for day in range(planned.days())}
    test = analyse(planned, drawn, TrialDiary({"pain": ratings})).primary.test
    assert test is not None
    assert (test.orders, test.every) == (4_096, False)
    assert test.p >= 1 / 4_096


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_an_order_that_changes_nothing_has_a_p_above_none_of_the_orders(seed):
    chance = np.random.default_rng(seed)
    planned, drawn = order.draw(replace(PLAN, stopping=Stopping(pairs=3)), str(seed))
    pain = np.clip(np.rint(5 + chance.normal(0, 1.2, planned.days())), 0, 10)
    made = analyse(planned, drawn, TrialDiary({"pain": dict(enumerate(map(float, pain)))}))
    test = made.primary.test
    assert test is not None
    assert test.smallest <= test.p <= 1
    assert test.replayed_smallest <= test.replayed <= 1


def test_where_the_order_changes_nothing_both_p_are_below_a_fifth_in_at_most_a_fifth_of_trials():
    """With slack for 60 trials: three standard errors above a fifth is 0.355."""
    once, replayed = 0, 0
    for seed in range(60):
        planned, drawn = order.draw(replace(PLAN, stopping=Stopping(pairs=5)), str(seed))
        chance = np.random.default_rng(seed)
        pain = np.clip(np.rint(5 + chance.normal(0, 1.2, planned.days())), 0, 10)
        test = analyse(planned, drawn, TrialDiary({"pain": dict(enumerate(map(float, pain)))})).primary.test
        assert test is not None
        once += test.p <= 0.2
        replayed += test.replayed <= 0.2
    assert max(once, replayed) / 60 <= 0.355


def test_a_shape_read_alone_is_what_dense_least_squares_says():
    """At a noise that is one point of the grid, against the textbook's formula."""
    layout = layout_of(PLAN)
    chance = np.random.default_rng(1)
    tenths = chance.normal(5, 1, layout.days)
    tenths[chance.random(layout.days) < 0.1] = np.nan
    exposed = exposed_periods(np.array(ORDER.first))
    phi, kappa = 0.5, 0.2
    one = Grid(np.array([phi]), np.array([kappa]), np.zeros(1))
    fit = fit_shapes(layout, exposed, tenths, one)
    known = np.flatnonzero(~np.isnan(tenths))
    noise = (1 - kappa) * phi ** np.abs(np.subtract.outer(known, known)) + kappa * np.eye(len(known))
    alone, _ = shapes_alone(layout)
    for shape in range(len(layout.shapes)):
        columns = np.column_stack([exposed @ layout.spread[shape], alone])[known]
        information = columns.T @ np.linalg.solve(noise, columns)
        beta = np.linalg.solve(information, columns.T @ np.linalg.solve(noise, tenths[known]))
        rest = tenths[known] - columns @ beta
        a_n = A0 + (len(known) - columns.shape[1]) / 2
        b_n = B0 + rest @ np.linalg.solve(noise, rest) / 2
        variance = b_n / (a_n - 1) * np.linalg.inv(information)[0, 0]
        assert fit.mean[-1, shape] == pytest.approx(beta[0], abs=1e-8)
        assert fit.sd[-1, shape] == pytest.approx(variance**0.5, rel=1e-8)


def test_what_was_done_otherwise_than_drawn_is_listed():
    first = ORDER.exposed(PLAN)[0]
    made = read(diary_with(0.0, pairs=3), {first: "rest", 5: "deep massage"})
    said = [str(ENGLISH.say(deviation)) for deviation in made.deviations]
    assert f"day {first}: deep massage was drawn and rest was done" in said
    assert "day 5: deep massage, on a day for which nothing was drawn" in said


def test_notes_stand_with_the_period_in_which_they_were_written_and_as_they_were_written():
    first, second = PLAN.occasions(0)
    made = read(
        diary_with(0.0, pairs=3),
        notes={2: "slept badly", first + 1: "bruise", second - 1: "dizzy", second: "fine"},
    )
    assert made.notes_before == ((2, "slept badly"),)
    assert made.periods[0].notes == ((first + 1, "bruise"), (second - 1, "dizzy"))
    assert made.periods[1].notes == ((second, "fine"),)
    harms = {item.number: str(ENGLISH.say(item.text)) for item in checklists.cent(made)}["19"]
    assert harms.startswith("1 notes in")


@pytest.fixture
def trial(tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(plan_file.to_json(PLAN)))
    (tmp_path / "order.json").write_text(json.dumps(order.to_json(ORDER, PLAN)))
    return tmp_path


def run(trial, text: str, *more: str) -> int:
    (trial / "diary.csv").write_text(text)
    arguments = [
        str(trial / "plan.json"),
        str(trial / "diary.csv"),
        "--order",
        str(trial / "order.json"),
        *more,
    ]
    return main(["nof1", "analyse", *arguments])


def test_the_command_line_gives_the_looks_the_test_and_the_cent_items(trial, capsys):
    rows = "\n".join(f"{day},{value:g}," for day, value in diary_with(3.0, pairs=6).items())
    assert run(trial, f"day,pain,done\n{rows}\n", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["verdict"] == "harm"
    assert made["randomisation"]["orders"] == 2 ** made["randomisation"]["pairs"]
    assert {"Harms", "Days lost", "Why it ended"} <= {one["item"] for one in made["cent"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("day\n1\n", 'no column "pain"'),
        ("pain\n1\n", 'no column "day"'),
        ("day,pain\n1,11\n", "row 2  pain = 11: pain is scored 0 to 10"),
        ("day,pain\n1,bad\n", "row 2  pain = bad"),
        ("day,pain\n\n1,4,5\n", "row 3: has more cells than the 2 of the header"),
        ("day,pain,pain\n1,4,5\n", '"pain" stands 2 times'),
        ("day,pain\n1,4\n1,5\n", "day 1 stands in row 2 too"),
        ("day,pain\nx,4\n", "must be a whole number of days"),
        ("day,pain\n-3,4\n", "lies outside the trial"),
        ("day,pain,done\n1,4,yoga\n", 'must be "deep massage", "rest" or blank'),
    ],
)
def test_every_bad_cell_is_a_sentence_with_its_row(trial, capsys, text, says):
    assert run(trial, text) == 2
    assert says in capsys.readouterr().err


def test_all_missing_is_a_sentence(trial, capsys):
    assert run(trial, "day,pain\n" + "".join(f"{day},\n" for day in range(60))) == 0
    assert "The diary has no rating of pain" in capsys.readouterr().out.replace("\n", " ")


def test_the_page_and_the_pictures_are_written_and_need_nothing_from_elsewhere(trial, capsys):
    rows = "\n".join(f"{day},{value:g}," for day, value in diary_with(3.0, pairs=6).items())
    out = ["-o", str(trial / "page.html"), "--pictures", str(trial / "pictures")]
    assert run(trial, f"day,pain,done\n{rows}\n", *out) == 0
    names = {one.name for one in (trial / "pictures").iterdir()}
    kinds = ("pairs", "looks", "posterior", "permutation")
    assert names == {f"{kind}.{end}" for kind in kinds for end in ("svg", "png")}
    page = (trial / "page.html").read_text()
    assert page.count("<svg") == 2 * 4, "each for a desk and for a phone"
    assert "http:" not in page
    assert "https:" not in page
    assert "<script" not in page


def test_a_trial_with_nothing_to_draw_yet_has_a_page_that_says_so(trial):
    assert run(trial, "day,pain\n0,3\n1,4\n", "-o", str(trial / "page.html")) == 0
    page = (trial / "page.html").read_text()
    assert "the first look is after 3" in page
    assert "<svg" not in page


def test_the_analysis_speaks_lithuanian_where_that_is_asked(trial, capsys):
    rows = "\n".join(f"{day},{value:g}," for day, value in diary_with(3.0, pairs=6).items())
    assert run(trial, f"day,pain,done\n{rows}\n", "--lang", "lt") == 0
    told = capsys.readouterr()
    assert "Stabdyti: deep massage" in told.out.replace("\n", " ")
    assert "angliškai" not in told.err
