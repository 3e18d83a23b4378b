"""Every exposure at every lag in every diary of a batch: numbers where there are some, and the reason where not.

Three models a diary: exposures at their lags, exposures at the distributed lag, and one that asks whether exposures
follow the pain. The same columns serve one patient's page and a cohort's table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics import kernels
from assuage.dynamics.censored import censored, ends
from assuage.dynamics.contrast import Prepared, prepare_batch, without_blanks
from assuage.dynamics.design import DAYS_FOR_WEEK, Design, DesignRows, design, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import FREE, Posterior, infer_rows
from assuage.dynamics.model import FEWEST_EXPOSED, NUGGET, Floats, Grid
from assuage.dynamics.pooling import DEFAULT, NONE, SPREAD, shrink

# Why a target has no estimate, in the order in which they are asked; 0 is an estimate.
ESTIMATED, NO_RATING, FEW_DAYS, CONSTANT, NEVER, ALWAYS, FEW_EXPOSED, COLLINEAR = range(8)
FEWEST_FREE = 4  # rated days beyond the number of columns, below which the noise cannot be told (ours)


@dataclass(frozen=True)
class Estimates:
    """Per diary i and target m: `numbers[i, m]` (mean, SD, low, high, P(> 0), P(> 1), P(< -1)), `lfsr`, `why`.

    Numbers are points of the outcome for a typical contrast of the exposure (`assuage.dynamics.contrast`); P(> 1) is of
    more than a tenth of the scale. `exposed[i, m]` counts usable days at the lag; `patient_initiated[i, k]` is +1 where
    exposure k goes with high ratings, -1 with low, else 0. `at_ends[i]`: the diary sits at the ends of its scale and
    was sampled. `posterior` and `rows` are in the units of `prepared`.
    """

    prepared: Prepared
    targets: tuple[tuple[str, int], ...]
    numbers: Floats
    lfsr: Floats
    why: NDArray[np.int64]
    exposed: NDArray[np.int64]
    used: NDArray[np.int64]
    patient_initiated: NDArray[np.int64]
    at_ends: NDArray[np.bool_]
    posterior: Posterior
    rows: DesignRows

    @property
    def batch(self) -> Batch:
        """The diaries, amounts in typical contrasts and the outcome in tenths of its scale."""
        return self.prepared.batch


@dataclass(frozen=True)
class Selection:
    """How exposures follow the outcome, `[i, k]` and the numbers of `Estimates`: no effect of theirs, or perhaps one.

    `lead` is how much higher the outcome was before the exposure: the day before, or with two ratings a day and known
    times the rating before it. `same_day` is the day of the exposure, where nobody knows which came first; NaN else.
    """

    lead: Floats
    same_day: Floats

    @property
    def initiated(self) -> NDArray[np.int64]:
        """+1 where the exposure goes with high ratings that it need not have caused, -1 with low, 0 neither."""
        before, that_day = directions(self.lead), directions(self.same_day)
        return np.where(before == 0, that_day, before)


def directions(numbers: Floats) -> NDArray[np.int64]:
    """+1 where the interval lies above 0, -1 below, else 0."""
    return (numbers[..., 2] > 0).astype(np.int64) - (numbers[..., 3] < 0).astype(np.int64)


def estimate(
    batch: Batch, grid: Grid = NUGGET, drift: bool = False, alone: bool = True, seed: int = 0
) -> Estimates:
    """The estimates of a batch: every exposure at its lags, and last at the distributed lag, lag -1.

    `alone` judges each effect by the prior of one patient; a cohort leaves it out and judges by its second stage.
    """
    prepared = prepare_batch(batch)
    initiated = selection(prepared, grid, drift).initiated
    return replace(all_forms(prepared, grid, drift, alone, seed), patient_initiated=initiated)


def all_forms(
    prepared: Prepared, grid: Grid = NUGGET, drift: bool = False, alone: bool = True, seed: int = 0
) -> Estimates:
    """The same of a prepared batch, without asking whether exposures follow the outcome."""
    lags = _one(prepared, design(prepared.batch, "lags", drift), grid, alone, seed)
    distributed = _one(prepared, design(prepared.batch, "distributed", drift), grid, alone, seed)
    distributed = _by_occasions(distributed, lags.posterior.design, lags.exposed)
    return replace(
        lags,
        targets=lags.targets + distributed.targets,
        numbers=np.concatenate([lags.numbers, distributed.numbers], axis=1),
        lfsr=np.concatenate([lags.lfsr, distributed.lfsr], axis=1),
        why=np.concatenate([lags.why, distributed.why], axis=1),
        exposed=np.concatenate([lags.exposed, distributed.exposed], axis=1),
    )


def estimate_distributed_lag(
    batch: Batch, grid: Grid = NUGGET, alone: bool = False, seed: int = 0
) -> Estimates:
    """The estimates of the distributed lags only, with whether each exposure was patient-initiated."""
    prepared = prepare_batch(batch)
    estimates = _one(prepared, design(batch, "distributed"), grid, alone, seed)
    lags = design(batch, "lags")
    exposed = _counted(without_blanks(prepared.batch), lags)
    initiated = selection(prepared, grid).initiated
    return replace(_by_occasions(estimates, lags, exposed), patient_initiated=initiated)


def posterior_of(prepared: Prepared, rows: DesignRows, asked: Design, grid: Grid) -> Posterior:
    """The posterior of one design, blank days in it by their expectation and counted as no exposure."""
    batch = prepared.batch
    posterior = infer_rows(rows, batch.starts, asked, grid, batch.ratings_per_day)
    if prepared.expected is batch:
        return posterior
    return replace(posterior, exposed=_counted(without_blanks(batch), asked))


def summary_in_points(prepared: Prepared, rows: DesignRows, asked: Design, grid: Grid) -> Floats:
    """The numbers of one design as `Posterior.summary` gives them, in points of the outcome's own scale."""
    numbers = posterior_of(prepared, rows, asked, grid).summary()
    numbers[:, :, :4] *= prepared.points
    return numbers


def _counted(batch: Batch, asked: Design) -> NDArray[np.int64]:
    """Per diary and target the days with a usable row and some exposure at the lag."""
    rows = design_rows(batch, asked.columns)
    return kernels.count_off_zero(
        rows.values, rows.known, batch.starts, batch.ratings_per_day, asked.contrasts
    )


def _one(prepared: Prepared, asked: Design, grid: Grid, alone: bool, seed: int) -> Estimates:
    """The estimates of one design; `patient_initiated` is left at 0."""
    batch = prepared.batch
    rows = design_rows(prepared.expected, asked.columns)
    posterior = posterior_of(prepared, rows, asked, grid)
    why = _why(prepared, posterior)
    numbers = posterior.summary()
    lfsr = np.full(why.shape, np.nan)
    if alone:
        spiked = posterior.spiked(NONE, 0.0, SPREAD)
        lfsr = 1 - np.maximum(spiked[:, :, 1], spiked[:, :, 2])
    at_ends = ends(batch)
    if at_ends.any():
        sampled = censored(batch, rows, posterior, at_ends, seed)
        numbers[at_ends] = sampled
        if alone:
            lfsr[at_ends] = shrink(DEFAULT, sampled[:, :, 0].ravel(), sampled[:, :, 1].ravel()).lfsr.reshape(
                sampled.shape[:2]
            )
    numbers[why != ESTIMATED] = np.nan
    lfsr[why != ESTIMATED] = np.nan
    numbers[:, :, :4] *= prepared.points
    none = np.zeros((len(batch), len(batch.exposures)), dtype=np.int64)
    return Estimates(
        prepared,
        asked.targets,
        numbers,
        lfsr,
        why,
        posterior.exposed,
        posterior.used,
        none,
        at_ends,
        posterior,
        rows,
    )


def _by_occasions(distributed: Estimates, lags: Design, exposed: NDArray[np.int64]) -> Estimates:
    """The distributed lags with their exposures for days: those that some usable rating follows, the most at any lag.

    `exposed` are the days at each lag. A form with too few occasions says nothing, however many days they reach.
    """
    if not distributed.targets:
        return distributed
    lags_of_target = [
        [at for at, (name, _) in enumerate(lags.targets) if name == exposure]
        for exposure, _ in distributed.targets
    ]
    occasions = np.stack([exposed[:, places].max(axis=1) for places in lags_of_target], axis=1)
    few = (occasions < FEWEST_EXPOSED) & (distributed.why == ESTIMATED)
    distributed.why[few], distributed.numbers[few], distributed.lfsr[few] = FEW_EXPOSED, np.nan, np.nan
    return replace(distributed, exposed=occasions)


def selection(prepared: Prepared, grid: Grid = NUGGET, drift: bool = False) -> Selection:
    """Whether exposures follow the outcome: its rating of the day before each, and of the same day, at 5 % each."""
    batch = prepared.batch
    asked = design(batch, "selection", drift)
    numbers = summary_in_points(prepared, design_rows(prepared.expected, asked.columns), asked, grid)
    shape = (len(batch), len(batch.exposures), numbers.shape[2])
    lead, same_day = np.full(shape, np.nan), np.full(shape, np.nan)
    for at, (exposure, lag) in enumerate(asked.targets):
        k = batch.exposures.index(exposure)
        if lag == -1:
            lead[:, k] = numbers[:, at]
        elif exposure in batch.timed:
            # The rating before it on its day: the clearer of the two where the day before says nothing.
            quiet = directions(lead[:, k]) == 0
            lead[quiet, k] = numbers[quiet, at]
        else:
            same_day[:, k] = numbers[:, at]
    return Selection(lead, same_day)


def _why(prepared: Prepared, posterior: Posterior) -> NDArray[np.int64]:
    """The reason per target. Counts are of usable rows; what an exposure did on the others cannot be used."""
    batch = prepared.batch
    count, asked = len(batch), posterior.design
    why = np.zeros((count, len(asked.targets)), dtype=np.int64)
    constant, rated = _constant(batch)
    columns = len(asked.columns) - (posterior.column_state == 2).sum(axis=1)
    of: dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]] = {}
    for exposure in batch.exposures:
        days = batch.series[:, batch.names.index(exposure)]
        of[exposure] = (
            *_never_always(days, batch.starts, batch.ratings_per_day),
            _weekly(days, batch.starts, batch.ratings_per_day),
        )
    for m, (exposure, _lag) in enumerate(asked.targets):
        never, always, weekly = of[exposure]
        always = always & ~prepared.contrasts.always_there[:, batch.exposures.index(exposure)]
        column_state = posterior.column_state[:, int(np.argmax(asked.contrasts[m]))]
        exposed = posterior.exposed[:, m]
        why[:, m] = np.select(
            [
                rated == 0,
                posterior.used < 2,
                constant,
                posterior.used < columns + FEWEST_FREE,
                never,
                always,
                exposed < FEWEST_EXPOSED,
                (column_state != FREE) | weekly,
            ],
            [NO_RATING, FEW_DAYS, CONSTANT, FEW_DAYS, NEVER, ALWAYS, FEW_EXPOSED, COLLINEAR],
            ESTIMATED,
        )
    return why


def _constant(batch: Batch) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Whether all ratings of a diary are the same, and how many there are."""
    first = batch.starts[:-1]
    rated = np.add.reduceat(~np.isnan(batch.outcome), first, dtype=np.int64)
    return np.fmax.reduceat(batch.outcome, first) == np.fmin.reduceat(batch.outcome, first), rated


def never_exposed(batch: Batch, exposure: str) -> NDArray[np.bool_]:
    """Per diary, whether no known day had the exposure."""
    days = batch.series[:, batch.names.index(exposure)]
    return _never_always(days, batch.starts, batch.ratings_per_day)[0]


def _never_always(
    days: Floats, starts: NDArray[np.int64], ratings_per_day: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether no known day had the exposure, and whether as few were without it as would be too few with it."""
    some = np.add.reduceat(np.nan_to_num(days) != 0, starts[:-1])
    known = np.add.reduceat(~np.isnan(days), starts[:-1])
    return some == 0, known - some < FEWEST_EXPOSED * ratings_per_day


def _weekly(days: Floats, starts: NDArray[np.int64], ratings_per_day: int) -> NDArray[np.bool_]:
    """Whether the weekday alone says if there was an exposure: two waves of the week would leave it the third."""
    length = np.diff(starts)
    row = np.arange(len(days)) - np.repeat(starts[:-1], length)
    place = np.repeat(np.arange(len(length)) * 7, length) + row // ratings_per_day % 7
    known = ~np.isnan(days)
    count, total, square = (
        np.bincount(place[known], values, 7 * len(length)) for values in (None, days[known], days[known] ** 2)
    )
    constant = count * square - total**2 <= 1e-9 * count * square
    return constant.reshape(-1, 7).all(axis=1) & (length >= DAYS_FOR_WEEK * ratings_per_day)


def effect_by_day(estimates: Estimates, i: int) -> Floats:
    """What the exposures of diary i added to each rating: `[row]` mean, low, high; NaN on rows that cannot be used."""
    asked = estimates.posterior.design
    rows_of_diary = slice(estimates.batch.starts[i], estimates.batch.starts[i + 1])
    values, known = estimates.rows.values[rows_of_diary], estimates.rows.known[rows_of_diary]
    places = [at for at, column in enumerate(asked.columns) if column.exposure is not None]
    free = estimates.posterior.column_state[i] == FREE
    contrasts = np.zeros((len(values), len(asked.columns)))
    usable = [at for at in places if free[at]]
    contrasts[:, usable] = values[:, usable]
    rows = DesignRows(values, known, estimates.rows.allowed[i : i + 1])
    wanted = Design(asked.columns, asked.targets, contrasts)
    starts = np.array([0, len(values)], dtype=np.int64)
    posterior = infer_rows(rows, starts, wanted, estimates.posterior.grid)
    numbers = estimates.prepared.points * np.nan_to_num(posterior.summary(fewest=0)[0])
    numbers[~known] = np.nan
    return numbers[:, [0, 2, 3]]
