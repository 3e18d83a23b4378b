"""What the analysis of a trial asks of its diary: each shape of an effect alone, and all of them together.

The noise is that of `assuage.dynamics.model`. Each shape stands in a model of its own, with a flat prior: its mean and
interval are what is printed. What the trial as a whole says weighs the shapes by how well they explain the diary, with
a prior of no effect at all and of effects of the order that matters clinically, so that the many shapes cost what they
should. The likelier of worse and better is set beside no effect alone, since shapes that fit a little the other way say
nothing of it; the other is set beside both. Everything is in tenths of the scale, more being worse; only what is shown
goes back to points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import pi
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.contrast import TENTHS, worth_knowing
from assuage.dynamics.design import DAYS_FOR_DRIFT, DAYS_FOR_TREND, DAYS_FOR_WEEK, SLOW_WAVES
from assuage.dynamics.hierarchy import cells
from assuage.dynamics.mixtures import normal_cdf_of
from assuage.dynamics.model import A0, B0, NUGGET, Floats, Grid
from assuage.dynamics.pooling import SPREAD
from assuage.nof1.kernels import fit_looks
from assuage.nof1.layout import Bools, TrialLayout
from assuage.nof1.plan import Stopping
from assuage.terms.scales import Scale

RuleAnswer = Literal["go on", "harm", "benefit", "no difference", "no worthwhile harm"]
ANSWERS: tuple[RuleAnswer, ...] = ("go on", "harm", "benefit", "no difference", "no worthwhile harm")
GO_ON, HARM, BENEFIT, NO_DIFFERENCE, SAFE = range(5)

NO_EFFECT = 0.2  # prior share of no effect at all (ours; the bounds of the stopping rule were chosen with it)
HALF_INTERVAL = 1.959964
EFFECTS = cells(-TENTHS, TENTHS, 400)  # sizes of an effect: no effect is larger than its scale
EFFECTS.setflags(write=False)
_NOWHERE = 1e6  # an SD that says nothing
_FEWEST_FREE = 3.0  # degrees of freedom, below which a mean has no interval


@dataclass(frozen=True)
class ShapeFit:
    """Per look and shape: mean and SD of its effect in tenths, worse up; per look the noise without any effect."""

    mean: Floats
    sd: Floats
    phi: Floats
    kappa: Floats
    sigma: Floats


@dataclass(frozen=True)
class TrialNumbers:
    """What a look comes to: P(worse) and P(better) over all shapes, and which shape carries most.

    The likelier of the two is set beside no effect, the other beside both. `point_worse` and `point_better` are P(a
    tenth or more) at the shape where it is largest, each read alone; `clear` says that no interval of any shape
    excludes 0.
    """

    worse: Floats
    better: Floats
    point_worse: Floats
    point_better: Floats
    clear: Bools
    clear_of_harm: Bools
    likeliest: NDArray[np.int64]


def points_of(scale: Scale, tenths: float) -> float:
    """A difference in points of the scale."""
    return tenths * worth_knowing(scale) * (1 if scale.higher_is == "worse" else -1)


def shapes_alone(layout: TrialLayout, with_either: bool = False) -> tuple[Floats, NDArray[np.int64]]:
    """Columns `[day, column]` of what comes without the exposure, and the rated days that each needs."""
    day = np.arange(layout.days)
    week = [wave(2 * pi * harmonic * day / 7) for harmonic in (1, 2) for wave in (np.cos, np.sin)]
    trend = (day - layout.days / 2) / layout.days
    waves = range(1, SLOW_WAVES + 1) if layout.slow_waves else ()
    slow = [np.cos(pi * half * (day + 0.5) / layout.days) for half in waves]
    either = layout.both if with_either else layout.either
    fewest = [0, DAYS_FOR_TREND, *[DAYS_FOR_WEEK] * 4, *[DAYS_FOR_DRIFT] * len(slow), *[0] * len(either)]
    columns = np.column_stack([np.ones(layout.days), trend, *week, *slow, *either])
    return columns, np.array(fewest, dtype=np.int64)


def fit_shapes(layout: TrialLayout, exposed: Bools, tenths: Floats, grid: Grid = NUGGET) -> ShapeFit:
    """The fit of every look to one diary; `exposed[period]` is the order, `tenths[day]` the ratings, NaN unknown."""
    none, sigma2, log_weight, mean, scale, free = _fitted(layout, exposed, tenths, grid)
    best = none.argmax(axis=1)
    look = np.arange(len(layout.ends))
    middle, sd = _mixed(log_weight, mean, scale, free)
    return ShapeFit(middle, sd, grid.phi[best], grid.kappa[best], np.sqrt(sigma2[look, best]))


def log_likelihood_of(
    layout: TrialLayout, exposed: Bools, tenths: Floats, effects: Floats, grid: Grid = NUGGET
) -> Floats:
    """Per look and size of effect on its largest day, in tenths and worse up, the log likelihood of the diary.

    Shapes are averaged by their priors, the noise over the grid. A shape that these days cannot show is as likely as
    without any effect, whatever its size. All 0 at a look at which nothing can be said.
    """
    none, _, log_weight, mean, scale, free = _fitted(layout, exposed, tenths, grid)
    out = np.zeros((len(layout.ends), len(effects)))
    for look, v in enumerate(free):
        able = np.isfinite(log_weight[look]) & np.isfinite(scale[look])
        if v < _FEWEST_FREE or not able.any():
            continue
        width = np.where(able, scale[look], 1.0)[None]
        t = (effects[:, None, None] - mean[look][None]) / width
        peak = log_weight[look][None] - np.log(width) - 0.5 * np.log(0.5 * v)
        seen = np.asarray(peak - 0.5 * (v + 1) * np.log1p(t * t / v), dtype=np.float64)
        seen[:, ~able] = np.broadcast_to(none[look][:, None], able.shape)[~able]
        flat = (seen + np.log(layout.priors)).reshape(len(effects), -1)
        top = np.asarray(flat.max(axis=1), dtype=np.float64)
        out[look] = np.log(np.exp(flat - top[:, None]).sum(axis=1)) + top
    return out


def _fitted(
    layout: TrialLayout, exposed: Bools, tenths: Floats, grid: Grid
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """What `fit_looks` gives for this order of this diary."""
    alone, fewest = shapes_alone(layout)
    columns = np.einsum("p,spd->sd", exposed.astype(np.float64), layout.spread[:, : len(exposed)])
    known = ~np.isnan(tenths) & layout.counted
    rows = np.ascontiguousarray(np.column_stack([alone, columns.T, np.where(known, tenths, 0.0)]))
    return fit_looks(
        rows, known, layout.ends, alone.shape[1], fewest, grid.phi, grid.kappa, grid.log_prior, A0, B0
    )


def _mixed(log_weight: Floats, mean: Floats, scale: Floats, free: Floats) -> tuple[Floats, Floats]:
    """Mean and SD of a mixture of Student's t over the grid; an SD without end where nothing can be said."""
    able = np.isfinite(log_weight).any(axis=1) & (free >= _FEWEST_FREE)[:, None]
    top = np.where(able, log_weight.max(axis=1), 0.0)
    weight = np.where(np.isfinite(log_weight), np.exp(log_weight - top[:, None, :]), 0.0)
    total = weight.sum(axis=1)
    weight /= np.where(total > 0, total, 1.0)[:, None, :]
    middle = (weight * mean).sum(axis=1)
    wide = np.where(np.isfinite(scale), scale, 0.0) ** 2 * (free / np.maximum(free - 2, 1))[:, None, None]
    variance = (weight * (wide + (mean - middle[:, None, :]) ** 2)).sum(axis=1)
    return np.where(able, middle, 0.0), np.where(able, np.sqrt(variance), _NOWHERE)


def numbers_of(priors: Floats, mean: Floats, sd: Floats) -> TrialNumbers:
    """The numbers of looks `[..., shape]`: shapes weighed by how well they explain the diary beside no effect.

    With a normal prior of spread 1.5 tenths the evidence of a shape is a closed form of its mean and SD.
    """
    variance, slab = sd**2, SPREAD**2
    wide = variance + slab
    log_evidence = 0.5 * np.log(variance / wide) + 0.5 * mean**2 / variance * slab / wide
    log_share = log_evidence + np.log((1 - NO_EFFECT) * priors)
    top = np.maximum(log_share.max(axis=-1), np.log(NO_EFFECT))
    share = np.exp(log_share - top[..., None])
    none = np.exp(np.log(NO_EFFECT) - top)
    z = mean * np.sqrt(slab / (wide * variance))
    worse, better = (share * _cdf(z)).sum(axis=-1), (share * _cdf(-z)).sum(axis=-1)
    above = _cdf((mean - 1) / sd)
    below = _cdf((-1 - mean) / sd)
    low, high = mean - HALF_INTERVAL * sd, mean + HALF_INTERVAL * sd
    return TrialNumbers(
        worse / (worse + none + np.where(worse < better, better, 0.0)),
        better / (better + none + np.where(better < worse, worse, 0.0)),
        above.max(axis=-1),
        below.max(axis=-1),
        np.asarray(((low <= 0) & (high >= 0)).all(axis=-1)),
        np.asarray((low <= 0).all(axis=-1)),
        share.argmax(axis=-1),
    )


def bounds_of(stop: Stopping, pairs: Iterable[int]) -> Floats:
    """Above which P(worse) or P(better) the rule stops, by look."""
    return np.array([stop.sure_at(count) for count in pairs])


def answers_of(stop: Stopping, numbers: TrialNumbers, sure: Floats | float) -> NDArray[np.int64]:
    """What the stopping rule says of each look, as places in `ANSWERS`; `sure` are its bounds."""
    harm = numbers.worse > sure
    no_harm = (numbers.point_worse < stop.safe) & numbers.clear_of_harm
    if stop.asks == "harm":
        return np.where(harm, HARM, np.where(no_harm, SAFE, GO_ON))
    benefit = numbers.better > sure
    none = no_harm & (numbers.point_better < stop.safe) & numbers.clear
    return np.where(harm, HARM, np.where(benefit, BENEFIT, np.where(none, NO_DIFFERENCE, GO_ON)))


def _cdf(z: Floats) -> Floats:
    flat = np.ascontiguousarray(z, dtype=np.float64)
    return normal_cdf_of(flat.ravel()).reshape(flat.shape)
