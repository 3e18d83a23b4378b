"""An effect as it was estimated from one diary: a plain value, which needs no numerical library to be read or shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assuage.catalogue.message import Message

SettledBy = Literal["schedule", "draw", "weather", "told"]
EffectState = Literal["estimated", "not estimable", "association only"]


@dataclass(frozen=True)
class Effect:
    """One exposure at one lag (-1 for the three days together), in points of the outcome's scale.

    Without an estimate the numbers are None. `lfsr` is the probability that the sign is wrong or there is no effect at
    all. `exposed` counts the rated days at the lag that could be used. `detectable` is the size that such a diary would
    show four times in five. `worth` is a tenth of the scale, what `p_gt_1` (more) and `p_lt_minus_1` (less) are of: a
    point from 0 to 10.
    """

    exposure: str
    lag: int
    state: EffectState
    exposed: int
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p_gt_0: float | None = None
    p_gt_1: float | None = None
    lfsr: float | None = None
    detectable: float | None = None
    flags: tuple[str, ...] = ()
    because: Message | None = None
    p_lt_minus_1: float | None = None
    worth: float = 1.0


@dataclass(frozen=True)
class Threshold:
    """A difference between days beyond an amount and the others, in points: `side` of `amount`, at one lag."""

    side: Literal["above", "below"]
    amount: float
    lag: int
    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """What one exposure's numbers are of, and what else its days show.

    A difference is that between days `contrast` apart: 1 is with and without; of `amounts` it is the median of the days
    with some, or the span between the quarters where one is `always_there`. `with_others` share the estimate because
    they nearly always came together; `alone` was looked at without the others, of which there are too many. `fixed`
    was settled before its day, and `settled_by` says by what. `same_day` is the outcome of its own day, of which nobody
    knows which came first, and `before` the outcome of the day before it, each only where it stands out. `day_after` is
    the difference on the day after as if the outcome of its day came first, and as if the exposure did.
    """

    exposure: str
    contrast: float = 1.0
    amounts: bool = False
    always_there: bool = False
    with_others: tuple[str, ...] = ()
    alone: bool = False
    fixed: bool = False
    settled_by: SettledBy | None = None
    same_day: Effect | None = None
    before: Effect | None = None
    threshold: Threshold | None = None
    day_after: tuple[float, float] | None = None
