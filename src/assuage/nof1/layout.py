"""Where the periods of a trial lie, and the shapes that an effect may have over their days.

Nobody knows beforehand on which day an effect comes. It may be there on the same day, fade, stay, or come late; each
is a shape with its own share of the prior (ours). A shape is 1 on its largest day, so that its effect is in points of
that day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.model import Floats
from assuage.nof1.plan import TrialPlan

Bools = NDArray[np.bool_]
LATEST = 7  # the last day after a session on which a late effect is looked for


@dataclass(frozen=True)
class EffectShape:
    """How an effect lies over the days of a period: `first` and `last` are those on which there is any.

    `name` is one of fading, even, day, late, rising, falling; `prior` its share of the prior of an effect.
    """

    name: str
    first: int
    last: int
    prior: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class TrialLayout:
    """The days of a trial before anybody drew: what each period does to each day, shape by shape.

    `spread[shape, period, day]`; `either[column, day]` is what a period of either kind may do (no columns where the
    control is nothing); `counted[day]` is False while a block settles; a look sees the days before `ends[look]`, which
    are those of its first `pairs[look]` pairs and `periods[look]` periods. `slow_waves`, over weeks and months, may be
    part of what comes by itself.
    """

    days: int
    shapes: tuple[EffectShape, ...]
    spread: Floats
    either: Floats
    both: Floats
    counted: Bools
    ends: NDArray[np.int64]
    pairs: tuple[int, ...]
    periods: tuple[int, ...]
    slow_waves: bool = False

    @property
    def priors(self) -> Floats:
        """The share of each shape, 1 together."""
        return np.array([shape.prior for shape in self.shapes])


def shapes_of_sessions(response: int, reach: int) -> tuple[EffectShape, ...]:
    """Of a session: from the same day or the next, fading or even, on one day, and late, up to day `reach`."""
    days = range(reach + 1)
    late = tuple(float(day > response) for day in days)
    shapes = [
        ("fading", 0, response, 0.18, tuple(0.5**day if day <= response else 0.0 for day in days)),
        (
            "fading",
            1,
            response,
            0.27,
            tuple(0.5 ** (day - 1) if 1 <= day <= response else 0.0 for day in days),
        ),
        ("even", 0, response, 0.15, tuple(float(day <= response) for day in days)),
        ("day", 0, 0, 0.13, tuple(float(day == 0) for day in days)),
    ]
    shapes += [
        ("day", only, only, 0.13 / response, tuple(float(day == only) for day in days))
        for only in range(1, response + 1)
    ]
    if reach > response:
        shapes.append(("late", response + 1, reach, 0.05, late))
        soon = min(response + 2, reach)
        if soon < reach:
            shapes.append(
                ("late", response + 1, soon, 0.10, tuple(float(response < day <= soon) for day in days))
            )
    return _sharing(shapes)


def shapes_of_blocks(length: int, settling: int) -> tuple[EffectShape, ...]:
    """Of a block: even, growing or wearing off over its counted days, or there in one half only."""
    counted = length - settling
    last = length - 1
    still = (0.0,) * settling
    half = settling + counted // 2
    rising = tuple((day + 1) / counted for day in range(counted))
    shapes = [
        ("even", settling, last, 0.5, still + (1.0,) * counted),
        ("rising", settling, last, 0.15, still + rising),
        ("falling", settling, last, 0.15, still + rising[::-1]),
        ("even", settling, half - 1, 0.1, tuple(float(settling <= day < half) for day in range(length))),
        ("even", half, last, 0.1, tuple(float(day >= half) for day in range(length))),
    ]
    return _sharing(shapes)


def _sharing(shapes: list[tuple[str, int, int, float, tuple[float, ...]]]) -> tuple[EffectShape, ...]:
    total = sum(prior for _, _, _, prior, _ in shapes)
    return tuple(
        EffectShape(name, first, last, prior / total, weights) for name, first, last, prior, weights in shapes
    )


def reach_of(plan: TrialPlan) -> int:
    """The last day of a period on which anything is looked for."""
    return plan.gap - 1 if plan.schedule == "blocks" else min(plan.gap - 1, LATEST)


def layout_of(plan: TrialPlan, days: int | None = None) -> TrialLayout:
    """The layout of a plan, up to its last day or to an earlier one."""
    days = plan.days() if days is None else days
    blocks = plan.schedule == "blocks"
    reach = reach_of(plan)
    shapes = shapes_of_blocks(plan.gap, plan.settling) if blocks else shapes_of_sessions(plan.response, reach)
    starts = [day for pair in range(plan.stopping.pairs) for day in plan.occasions(pair)]
    looks = [
        (pairs, plan.days(pairs))
        for pairs in range(plan.stopping.first, plan.stopping.pairs + 1)
        if plan.complete_on(pairs - 1) < days
    ]
    counted = np.ones(days, dtype=np.bool_)
    if blocks:
        for start in starts:
            counted[start : start + plan.settling] = False
    return layout_from(
        starts,
        shapes,
        days,
        counted,
        [end for _, end in looks],
        tuple(pairs for pairs, _ in looks),
        touched=plan.kind_of_control != "nothing",
        by_day=not blocks,
    )


def layout_from(
    starts: list[int],
    shapes: tuple[EffectShape, ...],
    days: int,
    counted: Bools,
    ends: list[int],
    pairs: tuple[int, ...],
    *,
    touched: bool,
    by_day: bool,
) -> TrialLayout:
    """The layout of periods that begin on those days.

    `touched`: the control is something, too; `by_day`: what a period of either kind does may differ from day to day.
    """
    length = len(shapes[0].weights)
    spread = np.zeros((len(shapes), len(starts), days))
    on_day = np.zeros((length, days))
    for at, start in enumerate(starts):
        for after in range(min(length, max(days - start, 0))):
            on_day[after, start + after] += 1
            for which, shape in enumerate(shapes):
                spread[which, at, start + after] += shape.weights[after]
    both = on_day if by_day else on_day.sum(axis=0, keepdims=True)
    return TrialLayout(
        days,
        shapes,
        spread,
        both if touched else both[:0],
        both,
        counted,
        np.array(ends, dtype=np.int64),
        pairs,
        tuple(2 * count for count in pairs) if len(ends) != 1 else (len(starts),),
    )


def exposed_periods(first: Bools) -> Bools:
    """Which periods have the exposure, in the order of the days, out of which pairs begin with it."""
    return np.stack([first, ~first], axis=-1).reshape(*first.shape[:-1], -1)
