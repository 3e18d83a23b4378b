"""Every exposure at every lag in every diary of a batch: numbers where there are some, and the reason where not.

Three models a diary: exposures at their lags, exposures in the delayed form, and one that asks whether exposures follow
the pain. The same columns serve one patient's page and a cohort's table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.design import Design, Rows, design, rows_of
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import FREE, Posterior, infer, infer_rows
from assuage.dynamics.model import FEWEST_EXPOSED, NUGGET, Floats, Grid

# Why a target has no estimate, in the order in which they are asked; 0 is an estimate.
ESTIMATED, NO_RATING, FEW_DAYS, CONSTANT, NEVER, ALWAYS, FEW_EXPOSED, TANGLED = range(8)
FEWEST_FREE = 4  # rated days beyond the number of columns, below which the noise cannot be told (ours)

# The one-patient prior of an effect: none at all, or of the order of a clinically relevant change (ours).
NONE, SPREAD = 0.5, 1.5


@dataclass(frozen=True)
class Estimates:
    """Per diary i and target m: `numbers[i, m]` (mean, SD, low, high, P(> 0), P(> 1)), `lfsr[i, m]`, `why[i, m]`.

    `exposed[i, m]` counts usable days at the lag; `sought[i, k]` is +1 where exposure k goes with high ratings, -1 with
    low, else 0.
    """

    batch: Batch
    targets: tuple[tuple[str, int], ...]
    numbers: Floats
    lfsr: Floats
    why: NDArray[np.int64]
    exposed: NDArray[np.int64]
    used: NDArray[np.int64]
    sought: NDArray[np.int64]
    lags: Posterior
    rows: Rows


def estimate(batch: Batch, grid: Grid = NUGGET, drift: bool = False) -> Estimates:
    """The estimates of a batch. The last targets are the delayed forms, lag -1."""
    lagged, delayed = design(batch, "lags", drift), design(batch, "delayed", drift)
    rows = rows_of(batch, lagged.columns)
    first = infer_rows(rows, batch.starts, lagged, grid, batch.slots)
    rows_delayed = rows_of(batch, delayed.columns)
    second = infer_rows(rows_delayed, batch.starts, delayed, grid, batch.slots)
    why = np.concatenate(
        [_why(batch, rows, first), _why(batch, rows_delayed, second)],
        axis=1,
    )
    numbers = np.concatenate([first.summary(), second.summary()], axis=1)
    spiked = np.concatenate([one.spiked(NONE, 0.0, SPREAD) for one in (first, second)], axis=1)
    numbers[why != ESTIMATED] = np.nan
    lfsr = 1 - np.maximum(spiked[:, :, 1], spiked[:, :, 2])
    lfsr[why != ESTIMATED] = np.nan
    return Estimates(
        batch,
        lagged.targets + delayed.targets,
        numbers,
        lfsr,
        why,
        np.concatenate([first.exposed, _occasions(first, delayed)], axis=1),
        first.used,
        sought(batch, grid),
        first,
        rows,
    )


def _occasions(lagged: Posterior, delayed: Design) -> NDArray[np.int64]:
    """For each delayed form, the exposures that some usable rating follows: the most at any of its lags."""
    own = [
        [at for at, (name, _) in enumerate(lagged.design.targets) if name == one]
        for one, _ in delayed.targets
    ]
    if not own:
        return np.zeros((len(lagged.used), 0), dtype=np.int64)
    return np.stack([lagged.exposed[:, places].max(axis=1) for places in own], axis=1)


def sought(batch: Batch, grid: Grid = NUGGET) -> NDArray[np.int64]:
    """Per diary and exposure: +1 where it goes with high ratings that it cannot have caused, -1 with low, 0 neither.

    Two tests at 5 %: the rating of the same day, and the rating of the day before the exposure. With two ratings a day
    the first is the rating before the exposure, on its day.
    """
    asked = design(batch, "selection")
    numbers = infer(batch, asked, grid).summary()
    found = np.zeros((len(batch), len(batch.exposures)), dtype=np.int64)
    for at, (exposure, _lag) in enumerate(asked.targets):
        k = batch.exposures.index(exposure)
        low, high = numbers[:, at, 2], numbers[:, at, 3]
        new = (low > 0).astype(np.int64) - (high < 0).astype(np.int64)
        found[:, k] = np.where(found[:, k] == 0, new, found[:, k])
    return found


def _why(batch: Batch, rows: Rows, posterior: Posterior) -> NDArray[np.int64]:
    """The reason per target. Counts are of usable rows; what an exposure did on the others cannot be used."""
    count, asked = len(batch), posterior.design
    why = np.zeros((count, len(asked.targets)), dtype=np.int64)
    constant, rated = _constant(batch, rows)
    columns = len(asked.columns) - (posterior.column_state == 2).sum(axis=1)
    for m, (exposure, _lag) in enumerate(asked.targets):
        days = batch.series[:, batch.names.index(exposure)]
        never, always = _never_always(days, batch.starts)
        own = posterior.column_state[:, int(np.argmax(asked.contrasts[m]))]
        exposed = posterior.exposed[:, m]
        why[:, m] = np.select(
            [
                rated == 0,
                posterior.used < 2,
                constant,
                never,
                always,
                exposed < FEWEST_EXPOSED,
                posterior.used < columns + FEWEST_FREE,
                own != FREE,
            ],
            [NO_RATING, FEW_DAYS, CONSTANT, NEVER, ALWAYS, FEW_EXPOSED, FEW_DAYS, TANGLED],
            ESTIMATED,
        )
    return why


def _constant(batch: Batch, rows: Rows) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    constant = np.zeros(len(batch), dtype=np.bool_)
    rated = np.zeros(len(batch), dtype=np.int64)
    seen = ~np.isnan(batch.outcome)
    for i in range(len(batch)):
        own = slice(batch.starts[i], batch.starts[i + 1])
        values = batch.outcome[own][seen[own]]
        rated[i] = len(values)
        constant[i] = len(values) > 0 and np.ptp(values) == 0
    return constant, rated


def _never_always(days: Floats, starts: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    some = np.add.reduceat(np.nan_to_num(days) != 0, starts[:-1])
    known = np.add.reduceat(~np.isnan(days), starts[:-1])
    return some == 0, (some == known) & (known > 0)


def effect_by_day(estimates: Estimates, i: int) -> Floats:
    """What the exposures of diary i added to each rating: `[row]` mean, low, high; NaN on rows that cannot be used."""
    asked: Design = estimates.lags.design
    own = slice(estimates.batch.starts[i], estimates.batch.starts[i + 1])
    values, known = estimates.rows.values[own], estimates.rows.known[own]
    places = [at for at, column in enumerate(asked.columns) if column.exposure is not None]
    free = estimates.lags.column_state[i] == FREE
    contrasts = np.zeros((len(values), len(asked.columns)))
    usable = [at for at in places if free[at]]
    contrasts[:, usable] = values[:, usable]
    rows = Rows(values, known, estimates.rows.allowed[i : i + 1])
    wanted = Design(asked.columns, asked.targets, contrasts)
    starts = np.array([0, len(values)], dtype=np.int64)
    made = infer_rows(rows, starts, wanted, estimates.lags.grid)
    numbers = np.nan_to_num(made.summary(fewest=0)[0])
    numbers[~known] = np.nan
    return numbers[:, [0, 2, 3]]
