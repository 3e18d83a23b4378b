"""The model: what pain does by itself and what an exposure adds, with every number that is a choice.

    y[t] = x[t]' beta + nu[t],   cov(nu[s], nu[t]) = sigma^2 ((1 - kappa) phi^|s-t| + kappa [s = t])

`phi` is how much of a deviation is left a day later, `kappa` the share of a rating's own noise. The coefficients have
a flat prior (restricted likelihood); a conjugate prior on them understates sigma, and intervals then cover too little.
An exposure decided on the day of the rating has lags 1 to 3 only: with lag 0 in the model the choice itself looks like
an effect. Numbers here without a source are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

A0, B0 = 1.5, 1.0  # inverse gamma prior of sigma^2, in points squared
PHIS = (0.0, 0.15, 0.30, 0.42, 0.54, 0.66, 0.78, 0.88, 0.95, 0.985)
KAPPAS = (0.0, 0.15, 0.35, 0.60)
COARSE_PHIS = (0.0, 0.30, 0.54, 0.78)
COARSE_KAPPAS = (0.0, 0.25, 0.5)
WORTH_KNOWING = 1.0  # points: the size whose probability is reported beside that of > 0

LAGS = (1, 2, 3)
DISTRIBUTED_LAG = -1  # the lag of the form that halves each day: x[t-1] + x[t-2] / 2 + x[t-3] / 4
FEWEST_EXPOSED = 2  # observed days at a lag, below which nothing is estimated
LEVEL = 0.05  # of each of the two tests for an exposure that follows the pain


@dataclass(frozen=True)
class Grid:
    """Points of (phi, kappa) with their log prior, the width of each cell counted in.

    `along` is the number of kappas to a phi where points without weight may be passed over; 0 works out all.
    """

    phi: Floats
    kappa: Floats
    log_prior: Floats
    along: int = 0

    @property
    def by_gaps(self) -> bool:
        """Whether sums over gaps do, because there is no nugget anywhere."""
        return not self.kappa.any()


def _widths(points: tuple[float, ...], low: float, high: float) -> Floats:
    inner = (np.array(points[1:]) + np.array(points[:-1])) / 2
    return np.diff(np.concatenate([[low], inner, [high]]))


def grid(
    phis: tuple[float, ...] = PHIS, kappas: tuple[float, ...] = KAPPAS, everywhere: bool = False
) -> Grid:
    """The grid of all pairs, points without weight passed over unless it is wanted `everywhere`.

    Prior: phi ~ (phi + .15)(1.02 - phi) on [0, 1), kappa ~ (1 - kappa) on [0, .8].
    """
    phi, kappa = np.array(phis), np.array(kappas)
    of_phi = (phi + 0.15) * (1.02 - phi) * _widths(phis, 0.0, 1.0)
    of_kappa = (1 - kappa) * (_widths(kappas, 0.0, 0.8) if len(kappas) > 1 else np.ones(1))
    prior = np.outer(of_phi, of_kappa)
    prior /= prior.sum()
    both = np.meshgrid(phi, kappa, indexing="ij")
    return Grid(
        both[0].ravel(),
        both[1].ravel(),
        np.log(prior.ravel()),
        0 if everywhere or len(kappas) < 3 else len(kappas),
    )


NUGGET = grid()
COARSE = grid(COARSE_PHIS, COARSE_KAPPAS)
NO_NUGGET = grid(PHIS, (0.0,))
GRIDS = {"nugget": NUGGET, "coarse": COARSE, "ar1": NO_NUGGET}
