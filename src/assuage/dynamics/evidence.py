"""What a diary says of an exposure in every shape that an effect may have, and the verdicts of a batch.

An effect may come on one day after, fade over three, be the same on all three, or begin only beyond some amount. No
single shape is believed: each gives its evidence, and `assuage.dynamics.verdict` takes the average over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assuage.dynamics import estimate as e
from assuage.dynamics.contrast import Prepared, prepare_batch, thresholds_of, with_expectations
from assuage.dynamics.design import Design, design, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.model import DISTRIBUTED_LAG, LAGS, NUGGET, Floats, Grid
from assuage.dynamics.verdict import DiaryEvidence, LagEvidence, TriggerVerdict, verdicts

Shape = Literal["lag", "fading", "even", "above", "below"]
# Share of each in the average (ours): a threshold is tried at every lag, and not to outweigh the amount itself.
WEIGHT: dict[Shape, float] = {"lag": 1.0, "fading": 1.0, "even": 1.0, "above": 0.5, "below": 0.5}

# Standard errors of the same day's difference, from which on the order of that day counts: left out, a true one of
# the day is taken for a fall on the day after (ours).
ORDER_MATTERS = 1.0


@dataclass(frozen=True)
class ShapeNumbers:
    """The numbers of `Estimates` for one shape of one exposure: `numbers[i]`, NaN where it cannot be estimated.

    `beyond[i]` is the amount, as it was written, that a threshold lies at.
    """

    shape: Shape
    exposure: str
    lag: int
    numbers: Floats
    beyond: Floats | None = None


@dataclass(frozen=True)
class JudgedBatch:
    """Estimates of a batch with what each shape says, how exposures follow the outcome, and a verdict on each.

    `if_first` are the shapes as if each exposure came before the outcome of its day: its day is then in the model. They
    are empty where the order is known of all.
    """

    estimates: e.Estimates
    shapes: tuple[ShapeNumbers, ...]
    if_first: tuple[ShapeNumbers, ...]
    selection: e.Selection
    verdicts: tuple[tuple[TriggerVerdict, ...], ...]

    def evidence(self, i: int, exposure: str) -> DiaryEvidence:
        """All that diary i says of an exposure, in the direction in which its outcome is worse."""
        batch = self.estimates.batch
        lags, courses = _of_reading(batch, self.shapes, i, exposure)
        same_day = self.selection.same_day[i, batch.exposures.index(exposure)]
        if exposure in batch.fixed or exposure in batch.timed:
            return DiaryEvidence(lags, courses)
        later_lags, later_courses = _of_reading(
            batch, [shape for shape in self.if_first if shape.lag], i, exposure
        )
        is_open = bool(same_day[2] > 0 or same_day[3] < 0)
        matters = not abs(same_day[0]) <= ORDER_MATTERS * same_day[1]
        if_first = (*later_lags, *later_courses) if matters else ()
        return DiaryEvidence(lags, courses, if_first, same_day_open=is_open)


def judge_batch(batch: Batch, grid: Grid = NUGGET, drift: bool = False, seed: int = 0) -> JudgedBatch:
    """The estimates and verdicts of diaries with the same exposures; each diary is a page of its own."""
    prepared = prepare_batch(batch)
    selected = e.selection(prepared, grid, drift)
    estimates = replace(e.all_forms(prepared, grid, drift, seed=seed), patient_initiated=selected.initiated)
    shapes = tuple(_shapes(batch, estimates, grid, drift))
    chosen = [name for name in batch.exposures if name not in (*batch.fixed, *batch.timed)]
    if_first: tuple[ShapeNumbers, ...] = ()
    if chosen:
        settled = replace(batch, fixed=(*batch.fixed, *chosen))
        of_settled = e.all_forms(prepare_batch(settled), grid, drift, alone=False, seed=seed)
        if_first = tuple(_shapes(settled, of_settled, grid, drift))
    judged = JudgedBatch(estimates, shapes, if_first, selected, ())
    of_diaries = ({name: judged.evidence(i, name) for name in batch.exposures} for i in range(len(batch)))
    return replace(judged, verdicts=tuple(verdicts(of_exposure) for of_exposure in of_diaries))


def _shapes(batch: Batch, estimates: e.Estimates, grid: Grid, drift: bool) -> Iterator[ShapeNumbers]:
    for m, (exposure, lag) in enumerate(estimates.targets):
        shape = "fading" if lag == DISTRIBUTED_LAG else "lag"
        yield ShapeNumbers(shape, exposure, lag, estimates.numbers[:, m])
    yield from _even(estimates, grid)
    yield from _beyond_thresholds(batch, estimates, grid, drift)


def _even(estimates: e.Estimates, grid: Grid) -> Iterator[ShapeNumbers]:
    """The mean of the three days after: an effect that is the same on each."""
    asked = estimates.posterior.design
    names = estimates.batch.exposures
    contrasts = np.zeros((len(names), len(asked.columns)))
    for k, name in enumerate(names):
        for lag in LAGS:
            contrasts[k] += asked.contrasts[asked.targets.index((name, lag))] / len(LAGS)
    of_means = Design(asked.columns, tuple((name, DISTRIBUTED_LAG) for name in names), contrasts)
    numbers = e.summary_in_points(estimates.prepared, estimates.rows, of_means, grid)
    for k, name in enumerate(names):
        # A diary at the ends of its scale was sampled, and the exact sums do not hold of it.
        refused = estimates.at_ends | _refused(estimates, name)
        yield ShapeNumbers("even", name, DISTRIBUTED_LAG, np.where(refused[:, None], np.nan, numbers[:, k]))


def _refused(estimates: e.Estimates, name: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    places = [m for m, (exposure, lag) in enumerate(estimates.targets) if exposure == name and lag > 0]
    return (estimates.why[:, places] != e.ESTIMATED).any(axis=1)


def _beyond_thresholds(
    batch: Batch, estimates: e.Estimates, grid: Grid, drift: bool
) -> Iterator[ShapeNumbers]:
    """Amounts as much against not much, and as little against not little, each at its lags."""
    prepared = estimates.prepared
    if not prepared.contrasts.amounts.any():
        return
    for side in ("above", "below"):
        beyond = _thresholds(batch, prepared, side)
        if np.isnan(beyond).all():
            continue
        changed = _split_at(batch, prepared, beyond, side)
        asked = design(batch, "lags", drift)
        rows = design_rows(changed.expected, asked.columns)
        numbers = e.summary_in_points(changed, rows, asked, grid)
        for m, (exposure, lag) in enumerate(asked.targets):
            threshold = beyond[:, batch.exposures.index(exposure)]
            refused = np.isnan(threshold) | estimates.at_ends | (estimates.why[:, m] != e.ESTIMATED)
            of_lag = np.where(refused[:, None], np.nan, numbers[:, m])
            if not np.isnan(of_lag).all():
                yield ShapeNumbers(side, exposure, lag, of_lag, threshold)


def _thresholds(batch: Batch, prepared: Prepared, side: str) -> Floats:
    """`[i, k]`: the threshold on that side in the amounts as written, NaN without one."""
    beyond = np.full(prepared.contrasts.unit.shape, np.nan)
    for i, k in np.argwhere(prepared.contrasts.amounts):
        days = batch.series[batch.starts[i] : batch.starts[i + 1], batch.names.index(batch.exposures[k])]
        thresholds = thresholds_of(days, bool(prepared.contrasts.always_there[i, k]))
        beyond[i, k] = thresholds.get(side, np.nan)
    return beyond


def _split_at(batch: Batch, prepared: Prepared, beyond: Floats, side: str) -> Prepared:
    """The prepared batch with 1 where an amount lies beyond its threshold and 0 where not."""
    length = np.diff(batch.starts)
    series = prepared.batch.series.copy()
    for k, name in enumerate(batch.exposures):
        at = batch.names.index(name)
        written, threshold = batch.series[:, at], np.repeat(beyond[:, k], length)
        is_beyond = (written > threshold) if side == "above" else (written < threshold)
        split = np.where(np.isnan(written), np.nan, is_beyond.astype(np.float64))
        series[:, at] = np.where(np.isnan(threshold), series[:, at], split)
    changed = replace(prepared.batch, series=series)
    return replace(prepared, batch=changed, expected=with_expectations(changed))


def _of_reading(
    batch: Batch, shapes: Sequence[ShapeNumbers], i: int, exposure: str
) -> tuple[tuple[LagEvidence, ...], tuple[LagEvidence, ...]]:
    """Single lags and courses of one exposure in diary i, as one reading of the same day has them."""
    improves = batch.scale.higher_is == "better"
    lags: list[LagEvidence] = []
    courses: list[LagEvidence] = []
    for shape in shapes:
        if shape.exposure != exposure or np.isnan(shape.numbers[i, 0]):
            continue
        _, _, low, high, rise, above, below = (float(number) for number in shape.numbers[i])
        weight = WEIGHT[shape.shape]
        of_shape = LagEvidence(low, high, rise, above, below, weight)
        if improves:
            of_shape = LagEvidence(-high, -low, 1 - rise, below, above, weight)
        (lags if shape.shape == "lag" else courses).append(of_shape)
    return tuple(lags), tuple(courses)
