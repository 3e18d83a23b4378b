"""What a planned re-challenge can show: by formula for a fixed number of pairs, by simulation with the stopping rule.

The formula is generalised least squares with the noise known: Var = sigma^2 (X' R^-1 X)^-1, and a two-sided test at
5 %. It is a normal approximation, too hopeful below five pairs; there the simulation is to be believed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from assuage.dynamics.model import Floats
from assuage.nof1.model import diary, trial_effects
from assuage.nof1.plan import TrialPlan

LEVEL = 0.05
SHAPE = (1.0, 0.5, 0.25)  # of an effect on the days 1 to 3 after a session
_DRAWS = 24  # orders and gaps that the formula averages over


@dataclass(frozen=True)
class OperatingCharacteristics:
    """What the sequential trial does when the truth is `effect`: shares of simulated trials, and active sessions."""

    effect: float
    trials: int
    harm: float
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


def standard_error(plan: TrialPlan, pairs: int) -> float:
    """The standard error of the effect in points, averaged in variance over orders and missing days."""
    chance = np.random.default_rng(pairs)
    assumed, days = plan.assumed, plan.days(pairs)
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    noise = (1 - assumed.kappa) * assumed.phi**apart + assumed.kappa * np.eye(days)
    variances: list[float] = []
    for _ in range(_DRAWS):
        first = chance.random(pairs) < 0.5
        columns = _columns(plan, first, days)
        kept = chance.random(days) >= assumed.missing
        rated = columns[kept]
        information = rated.T @ np.linalg.solve(noise[np.ix_(kept, kept)], rated)
        variances.append(float(np.linalg.inv(information)[1, 1]))
    return assumed.sigma * float(np.sqrt(np.mean(variances)))


def _columns(plan: TrialPlan, first: np.ndarray[tuple[int], np.dtype[np.bool_]], days: int) -> Floats:
    """Level, effect, the weekly cycle; with a control that is done to the patient, the session too."""
    exposed, session = np.zeros(days), np.zeros(days)
    for pair, is_first in enumerate(first):
        for at, day in enumerate(plan.occasions(pair)):
            _add(session, day)
            if (at == 0) == bool(is_first):
                _add(exposed, day)
    day = np.arange(days)
    week = [wave(2 * np.pi * harmonic * day / 7) for harmonic in (1, 2) for wave in (np.cos, np.sin)]
    with_session = [] if plan.control == "rest" else [session]
    return np.column_stack([np.ones(days), exposed, *with_session, *week])


def _add(column: Floats, day: int, size: float = 1.0) -> None:
    for after, share in enumerate(SHAPE, start=1):
        if day + after < len(column):
            column[day + after] += share * size


# ---------------------------------------------------------------- by simulation


def simulate_trials(
    plan: TrialPlan,
    effect: float,
    trials: int,
    seed: int,
    after_look: Callable[[int, int], None] = lambda look, looks: None,
) -> OperatingCharacteristics:
    """The plan run that often, when a session adds `effect` points the day after, half two days after, a quarter three.

    Ratings are whole numbers on the scale. Each trial is looked at after each pair and stopped as the plan says. The
    same seed gives the same trials.
    """
    chance = np.random.default_rng(seed)
    stop = plan.stopping
    first = chance.random((trials, stop.pairs)) < 0.5
    ratings = _ratings(plan, effect, first, chance)
    running = np.arange(trials)
    ended = np.full(trials, stop.pairs)
    verdict = np.zeros(trials, dtype=np.int64)  # 1 harm, -1 safe
    looks = range(stop.first, stop.pairs + 1)
    for pairs in looks:
        diaries = [
            diary(plan, ratings[i, : plan.days(pairs)], *_drawn(plan, first[i], pairs)) for i in running
        ]
        numbers = trial_effects(diaries)
        harm, safe = numbers[:, 4] > stop.harm, numbers[:, 5] < stop.safe
        verdict[running] = harm.astype(np.int64) - (safe & ~harm).astype(np.int64)
        ended[running[harm | safe]] = pairs
        running = running[~(harm | safe)]
        after_look(pairs - stop.first + 1, len(looks))
        if not len(running):
            break
    return OperatingCharacteristics(
        effect,
        trials,
        float((verdict == 1).mean()),
        float((verdict == -1).mean()),
        float((verdict == 0).mean()),
        float(ended.mean()),
        float(np.median(ended)),
    )


def _drawn(
    plan: TrialPlan, first: np.ndarray[tuple[int], np.dtype[np.bool_]], pairs: int
) -> tuple[list[int], list[int]]:
    days = [plan.occasions(pair) for pair in range(pairs)]
    exposed = [both[0] if first[pair] else both[1] for pair, both in enumerate(days)]
    return exposed, [both[1] if first[pair] else both[0] for pair, both in enumerate(days)]


def _ratings(
    plan: TrialPlan,
    effect: float,
    first: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    chance: np.random.Generator,
) -> Floats:
    """Whole-number ratings `[trial, day]` with NaN on missing days: AR(1), a rating's own noise, and the effect."""
    assumed, scale = plan.assumed, plan.outcome
    trials, days = len(first), plan.days()
    slow = np.empty((trials, days))
    shocks = chance.standard_normal((trials, days))
    spread = assumed.sigma * np.sqrt(1 - assumed.kappa)
    slow[:, 0] = spread * shocks[:, 0]
    for day in range(1, days):
        slow[:, day] = assumed.phi * slow[:, day - 1] + spread * np.sqrt(1 - assumed.phi**2) * shocks[:, day]
    rating_noise = assumed.sigma * np.sqrt(assumed.kappa) * chance.standard_normal((trials, days))
    added = np.zeros((trials, days))
    for i in range(trials):
        for day in _drawn(plan, first[i], plan.stopping.pairs)[0]:
            _add(added[i], day, effect)
    written = np.clip(np.rint(assumed.level + slow + rating_noise + added), scale.low, scale.high)
    written[chance.random((trials, days)) < assumed.missing] = np.nan
    return written
