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

    A patient's draws depend on the seed and the patient only, not on who else is in the batch.
    """
    chosen = np.nonzero(which)[0]
    contrasts = posterior.design.contrasts
    numbers = np.full((len(chosen), len(contrasts), 7), np.nan)
    for at, i in enumerate(chosen):
        rows_of_diary = slice(batch.starts[i], batch.starts[i + 1])
        known = np.nonzero(rows.known[rows_of_diary])[0]
        free = posterior.column_state[i] != DROPPED
        if len(known) <= free.sum() + 1:
            continue
        values = rows.values[rows_of_diary][known]
        precision = np.full(int(free.sum()), PRIOR_SD**-2)
        precision[0] = 1e-6  # the level is free: only effects are held back
        mean, scale, degrees_of_freedom = sampling.gibbs(
            np.ascontiguousarray(values[:, :-1][:, free]),
            np.ascontiguousarray(values[:, -1]),
            known.astype(np.int64),
            batch.scale.low,
            batch.scale.high,
            NO_NUGGET.phi,
            NO_NUGGET.log_prior,
            precision,
            A0,
            B0,
            np.ascontiguousarray(contrasts[:, free]),
            WARM_UP,
            KEPT,
            (zlib.crc32(batch.patients[i].encode()) + seed) % 2**32,
        )
        able = (posterior.exposed[i] >= FEWEST_EXPOSED) & (contrasts[:, ~free] == 0).all(axis=1)
        equal = np.full((1, KEPT), -np.log(KEPT))
        summaries = mixtures.mixture_summaries(
            equal, mean[None], scale[None], np.array([degrees_of_freedom]), WORTH_KNOWING
        )[0]
        numbers[at, able] = summaries[able]
    return numbers
