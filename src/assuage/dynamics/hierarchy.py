"""Effects over patients, each with its whole likelihood: a normal population around a mean, cut at the ends of a grid.

    theta[i] ~ N(mean, spread^2) within the grid,   mean and spread as the prior says

`pooling` is for thousands of estimates with standard errors and a spike at none; this is for a few patients whose
likelihoods need not be normal. Everything is a sum over cells, so that no draw and no order of the patients matters.
Flat over the mean, its posterior of the spread is the restricted likelihood of a random-effects meta-analysis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assuage.dynamics.mixtures import normal_cdf_of
from assuage.dynamics.model import Floats

_AT_ONCE, _LEAST = 256, 1e-300  # patients at a time; a likelihood that is as good as none


@dataclass(frozen=True)
class Hierarchy:
    """What patients together say, over cells of equal width of the effect and of the spread.

    `joint[spread, mean]` is the posterior of the population; `new[effect]` that of the next patient; per patient
    `alone[i, effect]` the effect with a flat prior and `pooled[i, effect]` in the light of the others. Each sums to 1.
    """

    effects: Floats
    spreads: Floats
    joint: Floats
    new: Floats
    alone: Floats
    pooled: Floats

    @property
    def mean(self) -> Floats:
        """The posterior of the mean over the cells of the effect."""
        return self.joint.sum(axis=0)

    @property
    def spread(self) -> Floats:
        """The posterior of the SD between patients over its cells."""
        return self.joint.sum(axis=1)

    def share(self, low: float, high: float) -> tuple[Floats, Floats]:
        """The share of patients with an effect between two edges of cells, over all populations, with their weights."""
        within = (self.effects > low) & (self.effects < high)
        shares = np.stack(
            [population_in(self.effects, spread)[:, within].sum(axis=1) for spread in self.spreads]
        )
        return shares.ravel(), self.joint.ravel()


def cells(low: float, high: float, count: int) -> Floats:
    """The middles of so many cells of equal width."""
    width = (high - low) / count
    return np.asarray(low + width * (np.arange(count) + 0.5), dtype=np.float64)


def population_in(effects: Floats, spread: float) -> Floats:
    """What a normal of that SD around each cell (rows) puts into each cell (columns), within the grid."""
    count, width = len(effects), effects[1] - effects[0]
    upper = (np.arange(count) + 0.5) * width / spread
    # The tail above each edge, so that what lies far out is not lost in a difference of chances near 1.
    tail = normal_cdf_of(np.ascontiguousarray(-upper))
    mass = np.concatenate([[1 - 2 * tail[0]], tail[:-1] - tail[1:]])
    both_sides = np.concatenate([mass[:0:-1], mass])
    inside = np.lib.stride_tricks.sliding_window_view(both_sides, count)[::-1]
    return np.asarray(inside / inside.sum(axis=1, keepdims=True), dtype=np.float64)


def pool_likelihoods(
    effects: Floats, log_likelihood: Floats, spreads: Floats, log_prior: Floats
) -> Hierarchy:
    """The population of `log_likelihood[i, effect]`; `log_prior` is broadcast to `[spread, mean]`."""
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    log_joint = np.zeros((len(spreads), len(effects))) + log_prior
    for at, spread in enumerate(spreads):
        inside = population_in(effects, float(spread))
        for part in _parts(likelihood):
            log_joint[at] += np.log(np.maximum(inside @ part.T, _LEAST)).sum(axis=1)
    joint = np.exp(log_joint - log_joint.max())
    joint /= joint.sum()
    new, pooled = np.zeros(len(effects)), np.zeros_like(likelihood)
    for at, spread in enumerate(spreads):
        inside = population_in(effects, float(spread))
        new += joint[at] @ inside
        for part, of_part in zip(_parts(likelihood), _parts(pooled), strict=True):
            of_part += (joint[at] / np.maximum(inside @ part.T, _LEAST).T) @ inside
    pooled *= likelihood
    alone = likelihood / likelihood.sum(axis=1, keepdims=True)
    return Hierarchy(effects, spreads, joint, new, alone, pooled / pooled.sum(axis=1, keepdims=True))


def _parts(rows: Floats) -> list[Floats]:
    """The rows, so many at a time that memory stays bounded."""
    return [rows[first : first + _AT_ONCE] for first in range(0, len(rows), _AT_ONCE)]


def half_normal(spreads: Floats, scale: float) -> Floats:
    """The log density of a half-normal prior of the spread, as a column for `pool_likelihoods`."""
    return np.asarray(-0.5 * (spreads / scale) ** 2, dtype=np.float64)[:, None]


def cell_quantile(middles: Floats, mass: Floats, chance: float) -> float:
    """The quantile of what lies in cells, even within a cell."""
    width = float(middles[1] - middles[0])
    reached = np.zeros(len(mass) + 1)
    np.cumsum(mass, out=reached[1:])
    asked = chance * float(mass.sum())
    cell = min(max(int(np.searchsorted(reached, asked)) - 1, 0), len(mass) - 1)
    within = (asked - float(reached[cell])) / float(mass[cell]) if mass[cell] > 0 else 0.5
    return float(middles[cell]) + width * (min(max(within, 0.0), 1.0) - 0.5)


def weighted_quantile(values: Floats, weights: Floats, chance: float) -> float:
    """The smallest value that so much of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.empty(len(weights))
    np.cumsum(weights[order], out=reached)
    place = min(int(np.searchsorted(reached, chance * float(weights.sum()))), len(order) - 1)
    return float(values[int(order[place])])
