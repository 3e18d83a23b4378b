"""Diaries at the ends of their scale: a 10 says at least 9.5, and a 0 less than 0.5.

Where more than a tenth of the ratings sit there, a normal model is wrong about every one of them (its intervals
cover half as often as they say), and the ratings between the bounds are drawn by Gibbs sweeps instead; the
posterior is the mean of what each sweep says of an effect, given its ratings and phi. The
noise has no nugget here, and the coefficients a weak normal prior, without which a diary that is always at 10
after an exposure has no finite answer.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics import mixtures, sampling
from assuage.dynamics.design import DesignRows
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import DROPPED, Posterior
from assuage.dynamics.model import A0, B0, FEWEST_EXPOSED, NO_NUGGET, WORTH_KNOWING, Floats

AT_ENDS = 0.10  # share of the ratings at either end, above which a diary is sampled
PRIOR_SD = 2.0  # of a coefficient, in units of sigma
WARM_UP, KEPT = 200, 1_000


def ends(batch: Batch) -> NDArray[np.bool_]:
    """Which diaries have more than a tenth of their ratings at the ends of the scale."""
    rated = ~np.isnan(batch.outcome)
    at = (batch.outcome <= batch.scale.low) | (batch.outcome >= batch.scale.high)
    count = np.add.reduceat(rated, batch.starts[:-1], dtype=np.int64)
    return np.add.reduceat(at, batch.starts[:-1], dtype=np.int64) > AT_ENDS * np.maximum(count, 1)


def censored(
    batch: Batch, rows: DesignRows, posterior: Posterior, which: NDArray[np.bool_], seed: int = 0
) -> Floats:
    """`[i, m]` of the diaries chosen: mean, SD, low, high, P(> 0), P(> 1), P(< -1), as `Posterior.summary` gives them.

    The draws depend on the seed and on what the diary holds: not on who else is in the batch, what the patient is
    called, in which order its exposures stand, or in which unit they and the outcome were written.
    """
    chosen = np.nonzero(which)[0]
    contrasts = posterior.design.contrasts
    numbers = np.full((len(chosen), len(contrasts), 7), np.nan)
    for at, i in enumerate(chosen):
        rows_of_diary = slice(batch.starts[i], batch.starts[i + 1])
        known = np.nonzero(rows.known[rows_of_diary])[0]
        free = np.nonzero(posterior.column_state[i] != DROPPED)[0]
        if len(known) <= len(free) + 1:
            continue
        values = rows.values[rows_of_diary][known]
        drawn = _by_content(values, free)
        precision = np.full(len(free), PRIOR_SD**-2)
        precision[0] = 1e-6  # the level is free: only effects are held back
        mean, scale, degrees_of_freedom = sampling.gibbs(
            np.ascontiguousarray(values[:, drawn]),
            np.ascontiguousarray(values[:, -1]),
            known.astype(np.int64),
            batch.scale.low,
            batch.scale.high,
            NO_NUGGET.phi,
            NO_NUGGET.log_prior,
            precision,
            A0,
            B0,
            np.ascontiguousarray(contrasts[:, drawn]),
            WARM_UP,
            KEPT,
            (_mark(batch, known + batch.starts[i]) + seed) % 2**32,
        )
        able = (posterior.exposed[i] >= FEWEST_EXPOSED) & (np.delete(contrasts, free, axis=1) == 0).all(
            axis=1
        )
        equal = np.full((1, KEPT), -np.log(KEPT))
        summaries = mixtures.mixture_summaries(
            equal, mean[None], scale[None], np.array([degrees_of_freedom]), WORTH_KNOWING
        )[0]
        numbers[at, able] = summaries[able]
    return numbers


def _by_content(values: Floats, free: NDArray[np.int64]) -> list[int]:
    """The free columns, the level first and the others by what they hold: an order that no name decides."""
    level, *others = free.tolist()
    return [level, *sorted(others, key=lambda column: _digits(values[:, column]).tobytes())]


def _mark(batch: Batch, rows: NDArray[np.int64]) -> int:
    """A number of what was rated, the same on every scale."""
    span = batch.scale.high - batch.scale.low
    return zlib.crc32(_digits((batch.outcome[rows] - batch.scale.low) / span).tobytes())


def _digits(numbers: Floats) -> NDArray[np.int64]:
    """Six digits after the point, which the arithmetic of another unit leaves alone."""
    return np.rint(numbers * 1e6).astype(np.int64)
