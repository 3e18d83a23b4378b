"""The model run backwards: the posterior of each effect, for every diary of a batch at once.

Exact on the grid of (phi, kappa): no sampling. Only diaries at the ends of their scale are sampled, in `censored`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics import kernels, mixtures
from assuage.dynamics.design import Design, DesignRows, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.model import A0, B0, FEWEST_EXPOSED, NUGGET, WORTH_KNOWING, Floats, Grid

FREE, COLLINEAR, DROPPED = 0, 1, 2


@dataclass(frozen=True)
class Posterior:
    """Per diary i and target m, a mixture over the grid points g of Student's t with `degrees_of_freedom[i]`.

    `mean[i, m, g]` and `scale[i, m, g]` in points (scale infinite where nothing can be said), `log_weight[i, g]`,
    `sigma2[i, g]`; `used[i]` rows were used, and on `exposed[i, m]` days the target's column was off zero in one.
    `column_state[i, j]`: free, collinear with others, or dropped because it says nothing new.
    """

    design: Design
    grid: Grid
    log_weight: Floats
    mean: Floats
    scale: Floats
    degrees_of_freedom: Floats
    sigma2: Floats
    used: NDArray[np.int64]
    exposed: NDArray[np.int64]
    column_state: NDArray[np.int64]

    def summary(self, fewest: int = FEWEST_EXPOSED) -> Floats:
        """`[i, m]`: mean, SD, 2.5 and 97.5 % points, P(> 0), P(> 1), P(< -1); NaN below `fewest` exposed days."""
        numbers = mixtures.mixture_summaries(
            self.log_weight, self.mean, self.scale, self.degrees_of_freedom, WORTH_KNOWING
        )
        numbers[self.exposed < fewest] = np.nan
        return numbers

    def spiked(self, none: float, centre: float, spread: float) -> Floats:
        """`[i, m]`: P(no effect), P(> 0), P(< 0), mean, when an effect is 0 with probability `none`."""
        numbers = mixtures.spike_and_normal(
            self.log_weight, self.mean, self.scale, self.degrees_of_freedom, none, centre, spread
        )
        numbers[self.exposed < FEWEST_EXPOSED] = np.nan
        return numbers


def infer(batch: Batch, design: Design, grid: Grid = NUGGET) -> Posterior:
    """The posterior of the design's targets in every diary of the batch."""
    return infer_rows(design_rows(batch, design.columns), batch.starts, design, grid, batch.ratings_per_day)


def infer_rows(
    rows: DesignRows, starts: NDArray[np.int64], design: Design, grid: Grid = NUGGET, ratings_per_day: int = 1
) -> Posterior:
    """The same from rows that are already filled."""
    log_weight, mean, scale, degrees_of_freedom, sigma2, used, state = kernels.fit(
        rows.values,
        rows.known,
        starts,
        grid.phi,
        grid.kappa,
        grid.log_prior,
        design.contrasts,
        A0,
        B0,
        grid.by_gaps,
        grid.along,
    )
    exposed = kernels.count_off_zero(rows.values, rows.known, starts, ratings_per_day, design.contrasts)
    return Posterior(design, grid, log_weight, mean, scale, degrees_of_freedom, sigma2, used, exposed, state)
