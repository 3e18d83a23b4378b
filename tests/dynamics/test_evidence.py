"""Verdicts on diaries with known truth: every shape of an effect, every unit of an amount, many and inseparable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.dynamics.diary import Diary, Exposures, batch_of
from assuage.dynamics.evidence import judge_batch
from assuage.dynamics.triggers import triggers
from assuage.terms.scales import PAIN, Scale
from benchmarks.verdict_cells import CELLS, diaries_of_cell
from benchmarks.verdicts import tally

DAYS = 150


def felt(seed: int, added=None, sd: float = 1.4):
    """Ratings of half a year with a memory of .5 a day, and what is added to them."""
    chance = np.random.default_rng(seed)
    noise, ratings = 0.0, np.empty(DAYS)
    for day in range(DAYS):
        noise = 0.5 * noise + sd * 0.75**0.5 * chance.standard_normal()
        ratings[day] = noise
    return np.clip(np.rint(5 + ratings + (0 if added is None else added)), 0, 10)


def some_days(seed: int, rate: float = 0.1):
    return (np.random.default_rng([7, seed]).random(DAYS) < rate).astype(float)


def after(days, lag: int):
    return np.concatenate([np.zeros(lag), days[:-lag]])


def judged(ratings, scale: Scale = PAIN, /, **exposures) -> dict[str, str]:
    columns = {
        name: value if isinstance(value, Exposures) else Exposures(np.asarray(value, dtype=float))
        for name, value in exposures.items()
    }
    found = triggers(Diary("Ana", scale, ratings[:, None], columns))
    return {verdict.exposure: verdict.word for verdict in found.verdicts}


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_two_points_on_any_single_day_after_are_seen(lag):
    days = some_days(lag)
    assert judged(felt(lag, 3 * after(days, lag)), massage=days) == {"massage": "likely"}


def test_what_is_followed_by_less_helps():
    days = some_days(1)
    assert judged(felt(1, -3 * after(days, 1)), walk=days) == {"walk": "helps"}


def test_where_more_is_better_a_rise_helps():
    days = some_days(1)
    energy = Scale("energy", "energy", 0, 10, higher_is="better")
    assert judged(felt(1, 3 * after(days, 1)), energy, walk=days) == {"walk": "helps"}
    assert judged(felt(1, -3 * after(days, 1)), energy, work=days) == {"work": "likely"}


@given(st.floats(1e-3, 1e4), st.integers(0, 50))
@settings(max_examples=15)
def test_no_verdict_depends_on_the_unit_of_an_amount(unit, seed):
    chance = np.random.default_rng(seed)
    dose = some_days(seed, 0.3) * np.round(chance.uniform(1, 8, DAYS), 1)
    steps = np.round(chance.lognormal(8.5, 0.4, DAYS))
    ratings = felt(seed, 0.3 * after(dose, 1) + after(steps, 1) / 6000 - 0.8)
    assert judged(ratings, dose=dose, steps=steps) == judged(ratings, dose=unit * dose, steps=steps / unit)


@pytest.mark.parametrize(("low", "high"), [(0, 100), (0, 3), (1, 7)])
def test_no_verdict_depends_on_the_scale_of_the_outcome(low, high):
    days = some_days(4, 0.12)
    ratings = felt(4, 2 * after(days, 1))
    scale = Scale("ache", "ache", low, high)
    pain = triggers(Diary("Ana", PAIN, ratings[:, None], {"massage": Exposures(days)}))
    ache = triggers(
        Diary("Ana", scale, low + ratings[:, None] * (high - low) / 10, {"massage": Exposures(days)})
    )
    assert ache.verdicts[0].word == pain.verdicts[0].word
    assert ache.of("massage", 1).estimate == pytest.approx(
        pain.of("massage", 1).estimate * (high - low) / 10, rel=1e-6
    )
    assert ache.of("massage", 1).worth == pytest.approx((high - low) / 10)


def test_an_amount_that_is_never_0_is_estimated_per_span_between_the_quarters():
    sleep = np.round(np.random.default_rng(3).normal(7, 1.2, DAYS), 1)
    found = triggers(
        Diary("Ana", PAIN, felt(3, -1.5 * after(sleep - 7, 1))[:, None], {"sleep": Exposures(sleep)})
    )
    low, high = np.quantile(sleep, (0.25, 0.75))
    assert found.verdicts[0].word == "helps"
    assert found.compared[0].always_there
    assert found.compared[0].contrast == pytest.approx(high - low)
    assert found.of("sleep", 1).estimate == pytest.approx(-1.5 * (high - low), abs=0.8)


def test_a_threshold_is_found_and_told_as_the_amount_it_lies_at():
    hours = some_days(5, 0.6) * np.round(np.random.default_rng(5).uniform(1, 9, DAYS))
    median = np.median(hours[hours > 0])
    found = triggers(
        Diary("Ana", PAIN, felt(5, 3 * (after(hours, 1) > median))[:, None], {"computer": Exposures(hours)})
    )
    threshold = found.compared[0].threshold
    assert found.verdicts[0].word == "likely"
    assert threshold is not None
    assert (threshold.side, threshold.amount, threshold.lag) == ("above", median, 1)


def test_a_blank_is_neither_a_yes_nor_a_no_and_loses_no_rating():
    days = some_days(6, 0.15)
    ratings = felt(6, 3 * after(days, 1))
    blank = np.where(np.random.default_rng(6).random(DAYS) < 0.3, np.nan, days)
    as_no = np.nan_to_num(blank)
    found, denied = (
        triggers(Diary("Ana", PAIN, ratings[:, None], {"massage": Exposures(column)}))
        for column in (blank, as_no)
    )
    assert found.verdicts[0].word == "likely"
    assert found.used == denied.used
    assert found.of("massage", 1).exposed == denied.of("massage", 1).exposed
    of_unknown, of_denied = (each.of("massage", 1).estimate for each in (found, denied))
    assert of_unknown is not None
    assert of_denied is not None
    assert of_unknown > of_denied


def test_more_exposures_than_a_model_holds_are_looked_at_alone_and_none_is_refused():
    columns = {f"thing {at}": some_days(100 + at) for at in range(40)}
    said = judged(felt(9, 3 * after(columns["thing 7"], 1)), **columns)
    assert said["thing 7"] == "likely"
    assert len(said) == 40
    assert sum(word in ("likely", "possible") for word in said.values()) <= 2


def test_a_same_day_link_of_unknown_order_is_never_called_no_difference_and_never_likely():
    days = some_days(8, 0.3)
    ratings = felt(8, 2 * days, sd=0.8)
    found = triggers(Diary("Ana", PAIN, ratings[:, None], {"massage": Exposures(days)}))
    assert found.verdicts[0].word == "cannot tell"
    assert found.compared[0].same_day is not None
    fixed = triggers(Diary("Ana", PAIN, ratings[:, None], {"rain": Exposures(days, fixed=True)}))
    assert fixed.verdicts[0].word == "likely"
    assert fixed.of("rain", 0).estimate == pytest.approx(2, abs=0.6)
    assert fixed.compared[0].same_day is None


@pytest.mark.parametrize("cell", ["plain", "sought", "doses", "steps", "same day, fixed"])
def test_diaries_without_an_effect_seldom_show_one_and_never_contradict_themselves(cell):
    counted = tally(CELLS[cell], 200, seed=5)
    assert counted.linked <= 0.10
    assert counted.contradicted == 0


@pytest.mark.parametrize(("cell", "least"), [("+2", 0.85), ("+2 day 3", 0.8), ("+2 a dose", 0.85)])
def test_diaries_with_two_points_mostly_show_them(cell, least):
    assert tally(CELLS[cell], 200, seed=5).words["likely"] >= least


def test_one_diary_has_the_verdict_that_it_has_in_a_batch():
    diaries = diaries_of_cell(CELLS["+2"], 5, seed=3)
    for diary in diaries:
        assert triggers(diary).verdicts == judge_batch(batch_of(diary)).verdicts[0]


def test_the_order_of_exposures_changes_no_verdict():
    columns = {f"thing {at}": some_days(30 + at) for at in range(5)}
    ratings = felt(12, 2 * after(columns["thing 2"], 1))
    assert judged(ratings, **columns) == judged(ratings, **dict(reversed(columns.items())))


def test_a_diary_keeps_its_own_exposures_when_it_is_judged():
    diary = diaries_of_cell(CELLS["plain"], 1, seed=3)[0]
    before = replace(diary)
    triggers(diary)
    assert diary == before or np.array_equal(diary.ratings, before.ratings, equal_nan=True)
