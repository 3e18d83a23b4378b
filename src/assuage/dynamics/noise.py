"""What a cohort's own diaries say of their noise: the prior of (phi, kappa), learnt from the first thousand of them.

Sums of posterior weights, again and again under the prior that they gave (EM), beside a hundred diaries' worth of the
default prior, so that no point is ruled out. Every diary of the cohort is then judged by the same prior. How
often, how many and how much of the default are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assuage.dynamics.censored import ends
from assuage.dynamics.design import design
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import DROPPED, infer
from assuage.dynamics.model import Floats, Grid
from assuage.dynamics.tables import batches_of
from assuage.terms.scales import Scale

if TYPE_CHECKING:
    import polars as pl

DIARIES = 1_000  # usable diaries that the prior is learnt from; with fewer the default stands
FEWEST_FREE = 20  # rated days beyond the number of columns, below which a diary says nothing of its noise
DEFAULT_WORTH = 100.0  # diaries that the default prior counts for beside them
_STEPS, _DIGITS = 20, 6


def learnt(log_likelihood: Floats, of: Grid) -> tuple[float, ...]:
    """The prior of each grid point, never 0, from `log_likelihood[diary, point]`; the points' own prior kept beside it.

    Rounded to six digits, so that it is the same whatever pieces the diaries came in.
    """
    default = np.exp(of.log_prior)
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    prior = default
    for _ in range(_STEPS):
        weight = likelihood * prior
        weight /= weight.sum(axis=1, keepdims=True)
        prior = (weight.sum(axis=0) + DEFAULT_WORTH * default) / (len(weight) + DEFAULT_WORTH)
    return tuple(float(f"{weight:.{_DIGITS}g}") for weight in prior)


def learn(
    frames: Iterable[pl.DataFrame], scale: Scale, exposures: tuple[str, ...] | None, of: Grid
) -> tuple[float, ...] | None:
    """The prior from the first thousand usable daily diaries of some tables of records; None where there are fewer.

    Usable is a diary with twenty rated days to spare that is not at the ends of its scale, where no normal model holds.
    """
    likelihoods: list[Floats] = []
    for frame in frames:
        order = frame.get_column("patient").drop_nulls().unique(maintain_order=True).to_list()
        for at in range(0, len(order), DIARIES):
            some = order[at : at + DIARIES]
            rows = frame.filter(frame.get_column("patient").is_in(some))
            of_patient: dict[str, Floats] = {}
            for batch in batches_of(rows, scale, exposures).batches:
                if batch.ratings_per_day == 1:
                    of_patient |= _likelihoods(batch, of)
            likelihoods += [of_patient[patient] for patient in some if patient in of_patient]
            if len(likelihoods) >= DIARIES:
                return learnt(np.stack(likelihoods[:DIARIES]), of)
    return None


def with_prior(of: Grid, prior: tuple[float, ...] | None) -> Grid:
    """The grid under a learnt prior, worked out whole since that may have two peaks; as it is where there is none."""
    return of if prior is None else replace(of, log_prior=np.log(np.array(prior)), along=0)


def _likelihoods(batch: Batch, of: Grid) -> dict[str, Floats]:
    asked = design(batch, "lags")
    posterior = infer(batch, asked, replace(of, along=0))
    free = posterior.used - (posterior.column_state != DROPPED).sum(axis=1)
    usable = (free >= FEWEST_FREE) & ~ends(batch)
    return {batch.patients[i]: posterior.log_weight[i] - of.log_prior for i in np.nonzero(usable)[0]}
