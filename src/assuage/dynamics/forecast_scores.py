"""How good a forecast was: its CRPS beside what needs no model, and whether the difference is more than chance.

Everything is a distribution over the ratings that the patient can give (`Lattice`), so that a model and a guess are
held to the same rule. Persistence is the last rating with the spread of all changes so far over as many days; the
seasonal guess is the mean of that weekday with the spread around it. Both learn from the days before the forecast only.
Sources: J. E. Matheson, R. L. Winkler, Manage Sci 1976;22:1087 (CRPS); F. X. Diebold, R. S. Mariano, J Bus Econ Stat
1995;13:253 (the test); W. K. Newey, K. D. West, Econometrica 1987;55:703 (its standard error).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from assuage.dynamics.model import Floats

FEWEST_CHANGES = 14  # changes (or ratings) in the past, below which a guess has no spread (ours)
LEAST_STEP = 0.1  # tenths of the scale: a hundredth of it is as fine as anything is told (ours)
WEEK = 7


@dataclass(frozen=True)
class Lattice:
    """The ratings that can be given, `0, step, 2 step, …, 10` in tenths of the scale."""

    step: float
    count: int

    @property
    def values(self) -> Floats:
        """The ratings."""
        return np.arange(self.count, dtype=np.float64) * self.step

    def place(self, ratings: Floats) -> Floats:
        """The place of each rating; off either end, the end."""
        return np.clip(np.rint(ratings / self.step), 0, self.count - 1)

    def distribution(self, ratings: Floats) -> Floats:
        """P(at most each value) where each of these ratings is as likely."""
        counts = np.bincount(self.place(ratings).astype(np.int64), minlength=self.count)
        return np.asarray(np.cumsum(counts) / len(ratings), dtype=np.float64)

    def crps(self, at_most: Floats, rating: Floats) -> Floats:
        """The continuous ranked probability score of distributions `[..., value]`: 0 is best, in tenths."""
        reached = np.arange(self.count) >= self.place(rating)[..., None]
        return np.asarray(self.step * ((at_most - reached) ** 2).sum(axis=-1))


def lattice_of(tenths: Floats) -> Lattice:
    """The lattice of a patient: its step is the smallest difference between two of the ratings."""
    different = np.unique(np.round(tenths[~np.isnan(tenths)], 6))
    smallest = float(np.diff(different).min()) if len(different) > 1 else 1.0
    count = max(2, round(10 / max(smallest, LEAST_STEP)) + 1)
    return Lattice(10 / (count - 1), count)


def persistence(lattice: Lattice, tenths: Floats, origin: int, ahead: int) -> Floats | None:
    """What the last rating up to `origin` says of the day `ahead` of it; None without enough past changes."""
    rated = np.flatnonzero(~np.isnan(tenths[: origin + 1]))
    if not len(rated):
        return None
    last = int(rated[-1])
    apart = origin + ahead - last
    changes = tenths[apart : origin + 1] - tenths[: max(origin + 1 - apart, 0)]
    changes = changes[~np.isnan(changes)]
    return lattice.distribution(tenths[last] + changes) if len(changes) >= FEWEST_CHANGES else None


def seasonal(lattice: Lattice, tenths: Floats, origin: int, ahead: int) -> Floats | None:
    """What the mean of that weekday so far says of the day `ahead` of `origin`; None without enough of it."""
    past = tenths[: origin + 1]
    known = ~np.isnan(past)
    weekday = np.arange(len(past)) % WEEK
    count = np.bincount(weekday[known], minlength=WEEK)
    total = np.bincount(weekday[known], past[known], minlength=WEEK)
    of_day = (origin + ahead) % WEEK
    if known.sum() < FEWEST_CHANGES or count[of_day] < 2:
        return None
    means = total / np.maximum(count, 1)
    return lattice.distribution(means[of_day] + past[known] - means[weekday[known]])


@dataclass(frozen=True)
class Skill:
    """Mean CRPS over `tried` days of the past, in tenths of the scale, and how far the forecast beats persistence.

    `z` is the mean gain over persistence in standard errors, `z_seasonal` that over the mean of the weekday.
    """

    tried: int
    forecast: float
    persistence: float
    seasonal: float
    z: float
    z_seasonal: float

    @property
    def gain(self) -> float:
        """The share of persistence's error that the forecast saves."""
        return 1 - self.forecast / self.persistence if self.persistence > 0 else 0.0


def skill_of(forecast: Floats, by_persistence: Floats, by_season: Floats, lags: int) -> Skill:
    """The skill out of the scores of each day that was tried, in order; NaN days were not tried."""
    tried = ~(np.isnan(forecast) | np.isnan(by_persistence) | np.isnan(by_season))
    ours, last, mean = forecast[tried], by_persistence[tried], by_season[tried]
    if not len(ours):
        return Skill(0, float("nan"), float("nan"), float("nan"), 0.0, 0.0)
    return Skill(
        len(ours),
        float(ours.mean()),
        float(last.mean()),
        float(mean.mean()),
        _z(last - ours, lags),
        _z(mean - ours, lags),
    )


def _z(gains: Floats, lags: int) -> float:
    """The mean gain in standard errors that allow for days that resemble each other; 0 where nothing differs."""
    n = len(gains)
    centred = gains - gains.mean()
    variance = float(centred @ centred) / n
    for lag in range(1, min(lags, n - 1) + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(centred[lag:] @ centred[:-lag]) / n
    return float(gains.mean()) / sqrt(variance / n) if variance > 1e-12 else 0.0
