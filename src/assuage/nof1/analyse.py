"""What a re-challenge showed: the posterior at each look, what the stopping rule said, a permutation test, the days.

Analysed as drawn: a session that was moved or left out stays where the order put it, and is listed. Looks are those of
the plan; a diary that goes on after the trial should have stopped is read whole, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np

from assuage.dynamics.diary import Diary
from assuage.dynamics.model import Floats
from assuage.nof1.model import RuleAnswer, able, density, diary, rule, trial_effects
from assuage.nof1.order import Order
from assuage.nof1.plan import RESPONSE_DAYS, TrialPlan
from assuage.nof1.power import SHAPE
from assuage.nof1.replay import Replay, replay

Verdict = Literal["harm", "no worthwhile harm", "undecided", "too early"]


@dataclass(frozen=True)
class Look:
    """The posterior after a number of pairs, in points of the outcome, and what the rule says on it."""

    pairs: int
    estimate: float
    low: float
    high: float
    p_gt_0: float
    p_gt_1: float
    says: RuleAnswer


@dataclass(frozen=True)
class Period:
    """A session and the days after it: mean response (nearest days weigh most), None when no day was rated."""

    pair: int
    day: int
    done: str
    ratings: tuple[float | None, ...]
    response: float | None


@dataclass(frozen=True)
class Permutation:
    """The draw repeated in every way: `p` two-sided, `smallest` the least it could ever be with these pairs.

    It looks once; `replayed` puts every order through the stopping rule. `sizes` are mean differences under the
    orders, and how many gave them.
    """

    statistic: float
    p: float
    smallest: float
    pairs: int
    left_out: int
    sizes: tuple[tuple[float, int], ...]
    replayed: Replay | None = None


@dataclass(frozen=True)
class Analysis:
    """A trial read to the end of its diary. `stopped` is the look at which the rule said stop; None if it never did."""

    plan: TrialPlan
    pairs: int
    rated: int
    missing: int
    looks: tuple[Look, ...]
    stopped: Look | None
    verdict: Verdict
    permutation: Permutation | None
    periods: tuple[Period, ...]
    deviations: tuple[str, ...]
    refusal: str | None = None
    posterior: tuple[tuple[float, float], ...] = ()  # of the look that decides: points, and density


def analyse(plan: TrialPlan, order: Order, ratings: Mapping[int, float], done: Mapping[int, str]) -> Analysis:
    """The analysis of the diary so far. `ratings` by day; `done` is what was done on a day, where anybody wrote it."""
    last = max((*ratings, *done), default=-1)
    pairs = sum(
        plan.days(pair) - plan.gap + RESPONSE_DAYS <= last for pair in range(1, plan.stopping.pairs + 1)
    )
    column = np.full(max(last + 1, 1), np.nan)
    for day, value in ratings.items():
        if day >= 0:
            column[day] = value
    periods = tuple(_periods(plan, order, column, pairs))
    deviations = tuple(_deviations(plan, order, done, last))
    shown = int((~np.isnan(column)).sum())
    refusal = _refusal(plan, pairs, column, shown, last)
    looks = () if refusal else tuple(_looks(plan, order, column, pairs))
    stopped = next((look for look in looks if look.says != "go on"), None)
    verdict: Verdict = "too early" if refusal else "undecided"
    if stopped is not None:
        verdict = "harm" if stopped.says == "stop for harm" else "no worthwhile harm"
    counted = pairs if stopped is None else stopped.pairs
    test = (
        None if refusal else permute([period for period in periods if period.pair <= counted], plan.exposure)
    )
    if test is not None:
        differences = _differences([period for period in periods if period.pair <= counted], plan.exposure)
        test = replace(test, replayed=replay(plan, order.first[:counted], column, np.array(differences)))
    return Analysis(
        plan,
        pairs,
        shown,
        last + 1 - shown,
        looks,
        stopped,
        verdict,
        test,
        periods,
        deviations,
        refusal,
        density(_diary(plan, order, column, (stopped or looks[-1]).pairs)) if looks else (),
    )


def _diary(plan: TrialPlan, order: Order, column: Floats, pairs: int) -> Diary:
    """The diary up to the end of a pair, as drawn."""
    days = column[: plan.days(pairs)]
    return diary(plan, days, order.exposed(plan, pairs), order.controls(plan, pairs))


def _refusal(plan: TrialPlan, pairs: int, column: Floats, rated: int, last: int) -> str | None:
    if not rated:
        return f"The diary has no rating of {plan.outcome}, so there is nothing to analyse."
    if pairs < plan.stopping.first:
        need = plan.days(plan.stopping.first) - plan.gap + RESPONSE_DAYS
        return (
            f"{pairs} of {plan.stopping.pairs} pairs are complete on day {last}; the first look is after "
            f"{plan.stopping.first}, on day {need}. Looking earlier would call chance an effect."
        )
    known = column[~np.isnan(column)]
    if np.ptp(known) == 0:
        return f"{plan.outcome} is {known[0]:g} on every rated day; what never changes has no effect to show."
    return None


def _looks(plan: TrialPlan, order: Order, column: Floats, pairs: int) -> list[Look]:
    """One look a pair from the first on; a look at which nothing can be estimated is left out."""
    looks: list[Look] = []
    for count in range(plan.stopping.first, pairs + 1):
        numbers = trial_effects([_diary(plan, order, column, count)])[0]
        mean, _sd, low, high, above_0, above_1 = numbers.tolist()
        if able(plan, numbers):
            looks.append(Look(count, mean, low, high, above_0, above_1, rule(plan, numbers)))
    return looks


def _periods(plan: TrialPlan, order: Order, column: Floats, pairs: int) -> list[Period]:
    sessions: list[Period] = []
    for pair in range(pairs):
        for at, day in enumerate(plan.occasions(pair)):
            exposed = (at == 0) == order.first[pair]
            after = [
                float(column[day + step]) if day + step < len(column) else np.nan
                for step in range(1, RESPONSE_DAYS + 1)
            ]
            ratings = tuple(None if np.isnan(rating) else rating for rating in after)
            done = plan.exposure if exposed else plan.control
            sessions.append(Period(pair + 1, day, done, ratings, _response(ratings)))
    return sessions


def _response(ratings: Sequence[float | None]) -> float | None:
    """The mean of the days after, weighted as an effect is thought to fade: 1, a half, a quarter."""
    known = [(weight, rating) for weight, rating in zip(SHAPE, ratings, strict=True) if rating is not None]
    return sum(w * rating for w, rating in known) / sum(w for w, _ in known) if known else None


def permute(periods: Sequence[Period], exposure: str) -> Permutation | None:
    """The sum of differences within pairs, against every order the coins could have given; None without a whole pair.

    Two-sided. Exact up to 16 pairs, beyond that 65,536 orders drawn with a fixed seed. A pair with no rating after one
    of its sessions says nothing and is left out.
    """
    every = _differences(periods, exposure)
    differences = [difference for difference in every if not np.isnan(difference)]
    if not differences:
        return None
    count, values = len(differences), np.array(differences)
    seen = abs(values.sum())
    if count <= 16:
        signs = np.array(list(product((1, -1), repeat=count)))
        p = float((np.abs(signs @ values) >= seen - 1e-9).mean())
        smallest = 2.0 / 2**count
    else:
        signs = np.random.default_rng(0).choice((1, -1), (65_535, count))
        as_large = int((np.abs(signs @ values) >= seen - 1e-9).sum())
        p, smallest = (as_large + 1) / 65_536, 1 / 65_536
    sizes, counts = np.unique(np.round(signs @ values / count, 6), return_counts=True)
    drawn = tuple(zip(sizes.tolist(), counts.tolist(), strict=True))
    return Permutation(float(values.mean()), p, smallest, count, len(every) - count, drawn)


def _differences(periods: Sequence[Period], exposure: str) -> list[float]:
    """With the exposure less with the control, pair by pair; NaN where one of the two was not rated."""
    differences: list[float] = []
    for pair in sorted({period.pair for period in periods}):
        response = {period.done == exposure: period.response for period in periods if period.pair == pair}
        with_it, without = response.get(True), response.get(False)
        differences.append(np.nan if with_it is None or without is None else with_it - without)
    return differences


def _deviations(plan: TrialPlan, order: Order, done: Mapping[int, str], last: int) -> list[str]:
    """Where what was done is not what was drawn; nothing is said of days on which nobody wrote anything."""
    drawn = dict.fromkeys(order.exposed(plan), plan.exposure) | dict.fromkeys(
        order.controls(plan), plan.control
    )
    deviations: list[str] = []
    for day in sorted({*drawn, *done}):
        if day > last:
            continue
        planned, was = drawn.get(day), done.get(day)
        if planned is not None and was is None and done:
            deviations.append(f"day {day}: {planned} was drawn and nothing is written down")
        elif planned is None and was in (plan.exposure, plan.control):
            deviations.append(f"day {day}: {was}, on a day for which nothing was drawn")
        elif planned is not None and was is not None and was != planned:
            deviations.append(f"day {day}: {planned} was drawn and {was} was done")
    return deviations
