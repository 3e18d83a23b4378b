"""What a planned trial can show: by formula for a fixed number of pairs, by simulation with the stopping rule.

The formula is generalised least squares with the noise and the shape of the effect known: Var = sigma^2 (X' R^-1 X)^-1,
and a two-sided test at 5 %. It is a normal approximation, too hopeful below five pairs; there the simulation is to be
believed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

import numpy as np

from assuage.dynamics.contrast import in_tenths
from assuage.dynamics.model import Floats
from assuage.nof1.draws import contradicted, orders_of_pairs
from assuage.nof1.layout import Bools, TrialLayout, exposed_periods, layout_from, layout_of
from assuage.nof1.model import (
    BENEFIT,
    GO_ON,
    HARM,
    NO_DIFFERENCE,
    SAFE,
    answers_of,
    bounds_of,
    fit_shapes,
    numbers_of,
    shapes_alone,
)
from assuage.nof1.plan import TrialPlan

LEVEL = 0.05
_COSTS = 1.5  # pairs of the trial to one of the formula
_DRAWS = 24  # orders and gaps that the formula averages over


@dataclass(frozen=True)
class OperatingCharacteristics:
    """What the sequential trial does when the truth is `effect`: shares of simulated trials, and active periods.

    `safe` is a verdict of no difference, or of no worthwhile harm.
    """

    effect: float
    trials: int
    harm: float
    benefit: float
    safe: float
    undecided: float
    mean_active: float
    median_active: float


def formula(plan: TrialPlan, pairs: int, effect: float | None = None) -> float:
    """The power of that many pairs, analysed once, for the plan's effect or another."""
    size = abs(plan.effect if effect is None else effect)
    error = standard_error(plan, pairs)
    normal = NormalDist()
    return normal.cdf(size / error - normal.inv_cdf(1 - LEVEL / 2))


def pairs_needed(
    plan: TrialPlan, power: float = 0.8, effect: float | None = None, most: int = 60
) -> int | None:
    """The fewest pairs with that power by the formula; None where more than `most` are needed."""
    for pairs in range(2, most + 1):
        if formula(plan, pairs, effect) >= power:
            return pairs
    return None


def pairs_of_trial(plan: TrialPlan, power: float = 0.9) -> int:
    """About how many pairs the trial itself needs for that power, as it is looked at and read.

    It does not know the noise nor when the effect comes, and it is looked at after each pair. That costs half as many
    pairs again as a test at one look, one-sided at 5 %, that knows it all (ours, from docs/studies/nof1.md).
    """
    pairs = plan.stopping.pairs
    normal = NormalDist()
    asked = normal.inv_cdf(power) + normal.inv_cdf(1 - LEVEL)
    return max(2, ceil(_COSTS * pairs * (asked * standard_error(plan, pairs) / abs(plan.effect)) ** 2))


def usual_shape(plan: TrialPlan) -> int:
    """The place of the shape that sums are made for: fading from the next day, or even over a block."""
    return 0 if plan.schedule == "blocks" else 1


def standard_error(plan: TrialPlan, pairs: int) -> float:
    """The standard error of the effect in points, averaged in variance over orders and missing days."""
    chance = np.random.default_rng(pairs)
    assumed = plan.assumed
    layout = layout_of_pairs(plan, pairs)
    days = layout.days
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    noise = (1 - assumed.kappa) * assumed.phi**apart + assumed.kappa * np.eye(days)
    alone, _ = shapes_alone(layout)
    spread = layout.spread[usual_shape(plan)]
    variances: list[float] = []
    for _ in range(_DRAWS):
        exposed = exposed_periods(chance.random(pairs) < 0.5)
        kept = (chance.random(days) >= assumed.missing) & layout.counted
        rated = np.column_stack([exposed @ spread, alone])[kept]
        information = rated.T @ np.linalg.solve(noise[np.ix_(kept, kept)], rated)
        variances.append(float(np.linalg.pinv(information, hermitian=True)[0, 0]))
    return assumed.sigma * float(np.sqrt(np.mean(variances)))


def layout_of_pairs(plan: TrialPlan, pairs: int) -> TrialLayout:
    """The layout of that many pairs, which may be more than the plan has."""
    reach = layout_of(plan, plan.days(1))
    starts = [day for pair in range(pairs) for day in plan.occasions(pair)]
    days = plan.days(pairs)
    counted = np.ones(days, dtype=np.bool_)
    for start in starts if plan.schedule == "blocks" else ():
        counted[start : start + plan.settling] = False
    return layout_from(
        starts,
        reach.shapes,
        days,
        counted,
        [days],
        (pairs,),
        touched=plan.kind_of_control != "nothing",
        by_day=plan.schedule == "sessions",
    )


# ---------------------------------------------------------------- by simulation


def simulate_trials(
    plan: TrialPlan,
    effect: float,
    trials: int,
    seed: int,
    after_trial: Callable[[int, int], None] = lambda trial, trials: None,
    days: tuple[float, ...] | None = None,
) -> OperatingCharacteristics:
    """The plan run that often, when an exposure adds `effect` points in the usual shape, or `days` day by day.

    Ratings are whole numbers on the scale. Each trial is looked at after each pair and stopped as the plan says. The
    same seed gives the same trials.
    """
    chance = np.random.default_rng(seed)
    layout = layout_of(plan)
    course = _course(plan, layout, effect, days)
    verdicts: list[int] = []
    ended: list[int] = []
    for trial in range(trials):
        first = chance.random(plan.stopping.pairs) < 0.5
        ratings = ratings_with(plan, exposed_periods(first) @ course, chance)
        verdict, pairs = _outcome_of(plan, layout, first, in_tenths(plan.outcome, ratings))
        verdicts.append(verdict)
        ended.append(pairs)
        after_trial(trial + 1, trials)
    ends = np.array(verdicts)
    return OperatingCharacteristics(
        effect,
        trials,
        float((ends == HARM).mean()),
        float((ends == BENEFIT).mean()),
        float(np.isin(ends, (NO_DIFFERENCE, SAFE)).mean()),
        float((ends == GO_ON).mean()),
        float(np.mean(ended)),
        float(np.median(ended)),
    )


def _course(plan: TrialPlan, layout: TrialLayout, effect: float, days: tuple[float, ...] | None) -> Floats:
    """Points that each period adds to each day."""
    if days is None:
        return effect * layout.spread[usual_shape(plan)]
    added = np.zeros((2 * plan.stopping.pairs, layout.days))
    for pair in range(plan.stopping.pairs):
        for at, start in enumerate(plan.occasions(pair)):
            for after, points in enumerate(days):
                if start + after < layout.days:
                    added[2 * pair + at, start + after] = points
    return added


def _outcome_of(plan: TrialPlan, layout: TrialLayout, first: Bools, tenths: Floats) -> tuple[int, int]:
    """What the trial says in the end, as a place in `ANSWERS`, and after how many pairs."""
    fit = fit_shapes(layout, exposed_periods(first), tenths)
    numbers = numbers_of(layout.priors, fit.mean, fit.sd)
    bounds = bounds_of(plan.stopping, layout.pairs)
    for at, verdict in enumerate(answers_of(plan.stopping, numbers, bounds)):
        if verdict in (NO_DIFFERENCE, SAFE) and contradicted(
            layout, _orders(first, layout.pairs[at]), tenths, fit, at, int(verdict)
        ):
            continue
        if verdict != GO_ON:
            return int(verdict), layout.pairs[at]
    at = len(layout.pairs) - 1
    safe = numbers.point_worse[at] < plan.stopping.safe and numbers.clear_of_harm[at]
    if safe and not contradicted(layout, _orders(first, layout.pairs[at]), tenths, fit, at, SAFE):
        return SAFE, layout.pairs[at]
    return GO_ON, layout.pairs[at]


def _orders(first: Bools, pairs: int) -> Bools:
    return orders_of_pairs(first[:pairs])[0]


def ratings_with(plan: TrialPlan, added: Floats, chance: np.random.Generator) -> Floats:
    """Whole-number ratings by day with NaN on missing days: AR(1), a rating's own noise, and what is added."""
    assumed, scale = plan.assumed, plan.outcome
    days = len(added)
    spread = assumed.sigma * np.sqrt(1 - assumed.kappa)
    shocks = chance.standard_normal(days) * spread
    shocks[1:] *= np.sqrt(1 - assumed.phi**2)
    slow = np.empty(days)
    level = 0.0
    for day in range(days):
        level = assumed.phi * level + shocks[day]
        slow[day] = level
    noise = assumed.sigma * np.sqrt(assumed.kappa) * chance.standard_normal(days)
    written: Floats = np.clip(np.rint(assumed.level + slow + noise + added), scale.low, scale.high)
    written[chance.random(days) < assumed.missing] = np.nan
    return written
