"""A re-challenge read back: posterior, stopping, permutation, deviations, and every bad diary a sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assuage.cli import main
from assuage.nof1 import order, plan
from assuage.nof1.analyse import Period, analyse, permute
from assuage.nof1.plan import Stopping, TrialPlan
from assuage.nof1.replay import Replay
from assuage.terms.scales import PAIN

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


def test_a_large_effect_stops_the_trial_for_harm_and_says_that_it_was_not_blinded():
    made = analyse(PLAN, ORDER, diary_with(3.0), {})
    assert made.verdict == "harm"
    assert made.stopped is not None
    assert made.stopped.low < 3.0 < made.stopped.high


def test_no_effect_stops_the_trial_for_safety():
    made = analyse(PLAN, ORDER, diary_with(0.0), {})
    assert made.verdict == "no worthwhile harm"


def test_before_the_first_look_there_is_a_sentence_and_no_number():
    made = analyse(PLAN, ORDER, diary_with(3.0, pairs=1), {})
    assert made.verdict == "too early"
    assert "the first look is after 2" in (made.refusal or "")
    assert made.looks == ()
    assert made.permutation is None


@pytest.mark.parametrize(
    ("ratings", "says"),
    [
        ({}, "no rating"),
        (dict.fromkeys(range(PLAN.days()), 4.0), "what never changes"),
    ],
)
def test_a_diary_that_can_show_nothing_is_refused_in_a_sentence(ratings, says):
    assert says in (analyse(PLAN, ORDER, ratings, {}).refusal or "")


def pairs_of(*responses: tuple[float | None, float | None]) -> list[Period]:
    """Periods with these responses after the exposure and after the control."""
    found = []
    for pair, (with_it, without) in enumerate(responses, start=1):
        found.append(Period(pair, 0, "massage", (), with_it))
        found.append(Period(pair, 0, "rest", (), without))
    return found


def test_three_pairs_that_all_rise_have_the_smallest_p_that_three_pairs_allow():
    test = permute(pairs_of((6, 4), (7, 4), (5, 4)), "massage")
    assert test is not None
    assert (test.p, test.smallest, test.pairs) == (0.25, 0.25, 3)


def test_a_pair_without_a_rating_is_left_out_of_the_permutation_and_counted():
    test = permute(pairs_of((6, 4), (None, 4), (7, 4)), "massage")
    assert test is not None
    assert (test.pairs, test.left_out, test.smallest) == (2, 1, 0.5)


def test_the_permutation_p_is_that_of_counting_every_order_by_hand():
    # Differences 3, 1, -1: |sum| = 3. Of the 8 signings, sums 3 5 1 3 and their opposites: 6 are at least 3.
    test = permute(pairs_of((6, 3), (5, 4), (3, 4)), "massage")
    assert test is not None
    assert test.p == 0.75


def test_what_was_done_otherwise_than_drawn_is_listed():
    first = ORDER.exposed(PLAN)[0]
    made = analyse(PLAN, ORDER, diary_with(0.0, pairs=3), {first: "rest", 5: "deep massage"})
    assert f"day {first}: deep massage was drawn and rest was done" in made.deviations
    assert "day 5: deep massage, on a day for which nothing was drawn" in made.deviations


@pytest.fixture
def trial(tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(plan.to_json(PLAN)))
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
    assert made["permutation"]["smallest"] == 2 / 2 ** made["permutation"]["pairs"]
    assert {"Harms", "Missing data", "Why it ended"} <= {one["item"] for one in made["cent"]}


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


def replayed(made) -> Replay:
    assert made.permutation is not None
    assert made.permutation.replayed is not None
    return made.permutation.replayed


def test_the_replayed_p_of_a_clear_rise_is_the_smallest_that_its_pairs_allow():
    found = replayed(analyse(PLAN, ORDER, diary_with(4.0, pairs=3), {}))
    assert found.p == found.smallest == 1 / found.orders


def test_a_stop_for_safety_speaks_more_softly_than_most_orders():
    made = analyse(PLAN, ORDER, diary_with(-2.0, pairs=6), {})
    assert made.verdict == "no worthwhile harm"
    assert replayed(made).p > 0.5


def test_where_the_order_changes_nothing_the_replayed_p_is_below_a_fifth_in_at_most_a_fifth_of_trials():
    """With slack for 60 trials: three standard errors above a fifth is 0.355."""
    low = 0
    for seed in range(60):
        drawn_plan, drawn = order.draw(TrialPlan("deep massage", PAIN, stopping=Stopping(pairs=5)), str(seed))
        chance = np.random.default_rng(seed)
        pain = np.clip(np.rint(5 + chance.normal(0, 1.2, drawn_plan.days())), 0, 10)
        made = analyse(drawn_plan, drawn, {day: float(value) for day, value in enumerate(pain)}, {})
        low += replayed(made).p <= 0.2
    assert low / 60 <= 0.355


def test_beyond_ten_pairs_orders_are_drawn_and_the_p_is_never_zero():
    kept = TrialPlan("deep massage", PAIN, stopping=Stopping(pairs=12, harm=0.9999999, safe=1e-9))
    never_stops, drawn = order.draw(kept, "11")
    made = analyse(never_stops, drawn, diary_with(1.0), {})
    found = replayed(made)
    assert (found.orders, found.every) == (1_024, False)
    assert found.p >= 1 / 1_024


def test_the_density_of_the_posterior_has_the_probabilities_of_the_look():
    made = analyse(PLAN, ORDER, diary_with(1.0, pairs=4), {})
    at = made.stopped or made.looks[-1]
    size, height = np.array(made.posterior).T
    step = size[1] - size[0]
    assert height.sum() * step == pytest.approx(1, abs=0.01)
    assert height[size > 1].sum() * step == pytest.approx(at.p_gt_1, abs=0.02)


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
    assert "the first look is after 2" in page
    assert "<svg" not in page
