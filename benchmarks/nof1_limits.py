"""The most that any test of a trial of one can find, however it is made: what the trial is measured against.

A test that knows the noise exactly, looks once and knows on which days the effect comes cannot be beaten at its level
(Neyman and Pearson). One that knows all but which of a few courses is true, and is right most often over these courses
taken alike, is that of their mean likelihood ratio. Both leave free what the trial leaves free: the level, the trend,
the week, and, beside a sham, what a session of either kind does on each of its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from assuage.dynamics.model import Floats
from assuage.nof1.layout import exposed_periods
from assuage.nof1.model import shapes_alone
from assuage.nof1.plan import TrialPlan
from assuage.nof1.power import layout_of_pairs

ONE_SIDED = 0.05
ROUNDED = 1 / 12  # the variance that rounding to whole points adds
ORDERS, DIARIES, SEED = 200, 20, 7


@dataclass(frozen=True)
class Limit:
    """By course: the power where the course is known, and where only the list of courses is."""

    known: tuple[float, ...]
    listed: tuple[float, ...]


def limit(plan: TrialPlan, courses: list[tuple[float, ...]], pairs: int) -> Limit:
    """The limit with that many pairs, at 5 % false in that direction; `courses` are points by day of a period."""
    chance = np.random.default_rng(SEED)
    layout = layout_of_pairs(plan, pairs)
    assumed, days = plan.assumed, layout.days
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    noise: Floats = (1 - assumed.kappa) * assumed.phi**apart + assumed.kappa * np.eye(days)
    noise = assumed.sigma**2 * noise + ROUNDED * np.eye(days)
    alone, _ = shapes_alone(layout)
    adds = [_added(plan, course, pairs, days) for course in courses]
    normal = NormalDist()
    known: list[list[float]] = []
    none: list[float] = []
    found: list[list[float]] = [[] for _ in courses]
    for _ in range(ORDERS):
        exposed = exposed_periods(chance.random(pairs) < 0.5)
        kept = (chance.random(days) >= assumed.missing) & layout.counted
        factor = np.linalg.cholesky(noise[np.ix_(kept, kept)])
        basis, sizes, _ = np.linalg.svd(np.linalg.solve(factor, alone[kept]), full_matrices=False)
        basis = basis[:, sizes > 1e-8 * sizes[0]]
        course = np.linalg.solve(factor, np.stack([(exposed @ added)[kept] for added in adds], axis=1))
        course -= basis @ (basis.T @ course)
        told = course.T @ course
        known.append([normal.cdf(size**0.5 - normal.inv_cdf(1 - ONE_SIDED)) for size in np.diag(told)])
        spread = np.linalg.cholesky(told + 1e-9 * np.eye(len(courses)))
        for _ in range(DIARIES):
            seen = spread @ chance.standard_normal(len(courses))
            none.append(_mean_ratio(seen, told))
            for which in range(len(courses)):
                found[which].append(_mean_ratio(seen + told[:, which], told))
    cut = float(np.quantile(none, 1 - ONE_SIDED))
    return Limit(
        tuple(np.mean(known, axis=0).tolist()),
        tuple(float(np.mean(np.array(each) > cut)) for each in found),
    )


def _mean_ratio(seen: Floats, told: Floats) -> float:
    return float(np.log(np.exp(seen - np.diag(told) / 2).mean()))


def _added(plan: TrialPlan, course: tuple[float, ...], pairs: int, days: int) -> Floats:
    added = np.zeros((2 * pairs, days))
    for pair in range(pairs):
        for at, start in enumerate(plan.occasions(pair)):
            for after, points in enumerate(course):
                if start + after < days:
                    added[2 * pair + at, start + after] = points
    return added
