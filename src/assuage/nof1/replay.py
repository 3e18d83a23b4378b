"""The draw repeated with the stopping rule replayed: how often would another order have spoken as loudly of harm?

If the order changes nothing, the same ratings would have been written under every order. Each order is therefore put
through the same looks and the same rule on the ratings there are. Orders are ranked stage by stage: a stop for harm
speaks louder the earlier it comes, then an order that goes on, then a stop for safety, the later the louder; within a
stage by the mean difference within pairs. Where an order would have gone on beyond the ratings there are, it ranks
between the stops, so that nothing about days that were never lived has to be known. Stage-wise ordering: Armitage
1957, Biometrika 44:9.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.model import Floats
from assuage.nof1.model import diary, rule, trial_effects
from assuage.nof1.plan import TrialPlan

EXACT = 10  # pairs, up to which every order is tried; beyond, `_DRAWN` orders
_DRAWN, _SEED = 1_023, 0


@dataclass(frozen=True)
class Replay:
    """One-sided p towards harm over `orders` orders, and the least that any order of as many pairs could give."""

    p: float
    smallest: float
    orders: int
    every: bool  # whether these are all the orders there are


def replay(plan: TrialPlan, first: tuple[bool, ...], column: Floats, differences: Floats) -> Replay:
    """The replay of the pairs in `first`, the drawn order; `differences[pair]` as drawn, NaN where one is unknown."""
    pairs = len(first)
    drawn = np.array(first)
    if pairs <= EXACT:
        others = np.array(list(product((True, False), repeat=pairs)))
        others = others[(others != drawn).any(axis=1)]
    else:
        others = np.random.default_rng(_SEED).random((_DRAWN, pairs)) < 0.5
    orders = np.concatenate([drawn[None], others])
    stages = _stages(plan, orders, column)
    means = np.where(orders == drawn, 1.0, -1.0) @ np.nan_to_num(differences)
    least = min(_share(stages, means, at) for at in range(len(orders)))
    return Replay(_share(stages, means, 0), least, len(orders), pairs <= EXACT)


def _share(stages: NDArray[np.int64], means: Floats, at: int) -> float:
    """The share of the orders that speak at least as loudly of harm as this one."""
    same = (stages == stages[at]) & (means >= means[at] - 1e-9)
    return float(((stages > stages[at]) | same).mean())


def _stages(plan: TrialPlan, orders: NDArray[np.bool_], column: Floats) -> NDArray[np.int64]:
    """How loudly each order speaks: above 0 stopped for harm, 0 goes on, below 0 stopped for safety."""
    pairs = orders.shape[1]
    stages = np.zeros(len(orders), dtype=np.int64)
    running = np.arange(len(orders))
    for count in range(plan.stopping.first, pairs + 1):
        ratings = column[: plan.days(count)]
        diaries = [diary(plan, ratings, *_days(plan, orders[i, :count])) for i in running]
        says = [rule(plan, numbers) for numbers in trial_effects(diaries)]
        louder = pairs - count + 1
        stages[running] = [
            {"stop for harm": louder, "stop for safety": -louder}.get(answer, 0) for answer in says
        ]
        running = running[stages[running] == 0]
        if not len(running):
            break
    return stages


def _days(plan: TrialPlan, first: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """The days with the exposure, and those with the control."""
    both = [plan.occasions(pair) for pair in range(len(first))]
    exposed = [days[0 if exposed_first else 1] for days, exposed_first in zip(both, first, strict=True)]
    return exposed, [days[1 if exposed_first else 0] for days, exposed_first in zip(both, first, strict=True)]
