"""What is compared with what: the typical contrast of an amount, tenths of a scale, and days that nobody wrote on.

An amount is judged per typical contrast and not per unit, so that hours and minutes, steps and thousands of steps get
one verdict: the median of the days with some, or, where hardly a day is without (sleep, steps, air pressure), the span
between the quarters, counted from the middle. An outcome is judged in tenths of its scale. A blank is not a no: such a
day enters with its expectation, the mean of the days that are known. Every choice here is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from assuage.dynamics.diary import Batch, Diary, batch_of, earlier, later
from assuage.dynamics.model import Floats
from assuage.terms.scales import Scale

NEVER_ZERO = 0.10  # share of known days at 0, up to which an amount is one that is always there
LEVELS = 4  # different amounts, from which on an amount may have a threshold
TENTHS = 10.0


@dataclass(frozen=True)
class Contrasts:
    """Per diary i and exposure k: amounts are counted from `centre[i, k]` in units of `unit[i, k]`.

    `always_there[i, k]` says that hardly a day is without some; `amounts[i, k]` that there are several amounts at all.
    """

    centre: Floats
    unit: Floats
    always_there: NDArray[np.bool_]
    amounts: NDArray[np.bool_]


@dataclass(frozen=True)
class Prepared:
    """A batch in the units that the model judges. `points[i]` of the outcome's scale are one unit of it.

    `batch` has blanks as unknown, which is what is counted; `expected` has their expectation, which is what is fitted.
    """

    batch: Batch
    expected: Batch
    contrasts: Contrasts
    points: float


def worth_knowing(scale: Scale) -> float:
    """The difference that is worth knowing, in points: a tenth of the scale, 1 on a scale from 0 to 10 (ours)."""
    return (scale.high - scale.low) / TENTHS


def in_tenths(scale: Scale, ratings: Floats) -> Floats:
    """Ratings in tenths of the scale, from its best end: worse up."""
    tenths = (ratings - scale.low) / worth_knowing(scale)
    return tenths if scale.higher_is == "worse" else TENTHS - tenths


def prepare_batch(batch: Batch) -> Prepared:
    """The batch per typical contrast, in tenths of the scale, with blanks apart."""
    contrasts = contrasts_of(batch)
    points = worth_knowing(batch.scale)
    if points != 1.0 or batch.scale.low != 0.0:
        tenths = structs.replace(batch.scale, low=0.0, high=TENTHS)
        batch = replace(batch, scale=tenths, outcome=(batch.outcome - batch.scale.low) / points)
    batch = _in_contrasts(batch, contrasts)
    return Prepared(batch, with_expectations(batch), contrasts, points)


def contrasts_of(batch: Batch) -> Contrasts:
    """The typical contrast of each exposure in each diary; yes and no is its own."""
    shape = (len(batch), len(batch.exposures))
    centre, unit = np.zeros(shape), np.ones(shape)
    always_there, amounts = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for k, name in enumerate(batch.exposures):
        days = batch.series[:, batch.names.index(name)]
        if ((days == 0) | (days == 1) | np.isnan(days)).all():
            continue
        for i in range(len(batch)):
            of_diary = days[batch.starts[i] : batch.starts[i + 1]]
            known = of_diary[~np.isnan(of_diary)]
            some = known[known != 0]
            if not len(some):
                continue
            amounts[i, k] = len(np.unique(some)) > 1
            if len(some) < (1 - NEVER_ZERO) * len(known) or len(np.unique(known)) < LEVELS:
                unit[i, k] = np.median(np.abs(some))
                continue
            low, middle, high = np.quantile(known, (0.25, 0.5, 0.75))
            span = high - low if high > low else known.max() - known.min()
            if span > 0:
                centre[i, k], unit[i, k], always_there[i, k] = middle, span, True
    return Contrasts(centre, unit, always_there, amounts)


def _in_contrasts(batch: Batch, contrasts: Contrasts) -> Batch:
    """The batch with its amounts in typical contrasts; the same batch where all is yes and no."""
    if (contrasts.unit == 1).all() and not contrasts.centre.any():
        return batch
    length = np.diff(batch.starts)
    series = batch.series.copy()
    for k, name in enumerate(batch.exposures):
        centre, unit = (np.repeat(of[:, k], length) for of in (contrasts.centre, contrasts.unit))
        at = batch.names.index(name)
        series[:, at] = (series[:, at] - centre) / unit
        for side in (earlier(name), later(name)):
            if side in batch.names:
                series[:, batch.names.index(side)] /= unit
    return replace(batch, series=series)


def diary_in_contrasts(diary: Diary) -> Diary:
    """One diary with its amounts in typical contrasts, as a batch is judged in them."""
    contrasts = contrasts_of(batch_of(diary))
    exposures = {
        name: replace(each, days=(each.days - contrasts.centre[0, k]) / contrasts.unit[0, k])
        for k, (name, each) in enumerate(diary.exposures.items())
    }
    return replace(diary, exposures=exposures)


def with_expectations(batch: Batch) -> Batch:
    """The batch with the mean of the known days on blank ones: the first term of the sum over what they may have been.

    The second, the spread that is left, is small beside a rating's own noise. Leaving such days out loses three ratings
    for each; taking them for a no makes an effect smaller.
    """
    places = [batch.names.index(name) for name in batch.exposures]
    blank = np.isnan(batch.series[:, places])
    if not blank.any():
        return batch
    length = np.diff(batch.starts)
    known = np.add.reduceat(~blank, batch.starts[:-1], dtype=np.int64)
    total = np.add.reduceat(np.nan_to_num(batch.series[:, places]), batch.starts[:-1])
    mean = np.repeat(np.where(known > 0, total / np.maximum(known, 1), np.nan), length, axis=0)
    series = batch.series.copy()
    series[:, places] = np.where(blank, mean, series[:, places])
    return replace(batch, series=series)


def without_blanks(batch: Batch) -> Batch:
    """The batch with 0 on blank days, which is no exposure that can be counted."""
    places = [batch.names.index(name) for name in batch.exposures]
    series = batch.series.copy()
    series[:, places] = np.nan_to_num(series[:, places])
    return replace(batch, series=series)


def thresholds_of(days: Floats, always_there: bool) -> dict[str, float]:
    """The thresholds that an amount is tried at, by what lies beyond: much (`above`), little (`below`).

    Of an amount that is always there the outer quarters; of others more than their median. None where there are few
    amounts, or nothing lies on one side.
    """
    known = days[~np.isnan(days)]
    some = known if always_there else known[known != 0]
    if len(np.unique(some)) < LEVELS:
        return {}
    if not always_there:
        return {"above": float(np.median(some))}
    low, high = np.quantile(known, (0.25, 0.75))
    return {"above": float(high), "below": float(low)}
