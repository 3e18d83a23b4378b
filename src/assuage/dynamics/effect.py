"""An effect as it was estimated from one diary: a plain value, which needs no numerical library to be read or shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EffectState = Literal["estimated", "not estimable", "association only"]


@dataclass(frozen=True)
class Effect:
    """One exposure at one lag (-1 for the three days together), in points of the outcome's scale.

    Without an estimate the numbers are None. `lfsr` is the probability that the sign is wrong or there is no effect at
    all. `exposed` counts the rated days at the lag that could be used. `detectable` is the size that such a diary would
    show four times in five.
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
    because: str = ""
    p_lt_minus_1: float | None = None
