# pyright: basic
"""What a mixture of Student's t over the grid says of an effect, compiled: moments, quantiles, chances.

Pure functions over arrays, as in `kernels`.
"""

from __future__ import annotations

import math

import numpy as np

from assuage.dynamics.kernels import njit

_SQRT2 = math.sqrt(2.0)
_KNOTS, _REACH = 16, 8  # of a table of Student's t: knots a unit, and how far it goes


@njit(error_model="numpy")
def normal_cdf(z):
    return 0.5 * math.erfc(-z / _SQRT2)


@njit(error_model="numpy")
def t_cdf(t, v):
    """Student's t by Wallace's transform to a normal; within 7e-5 for the degrees of freedom that occur here."""
    z = (8.0 * v + 1.0) / (8.0 * v + 3.0) * math.sqrt(v * math.log1p(t * t / v))
    return normal_cdf(z if t >= 0 else -z)


@njit(error_model="numpy")
def t_cdf_of(t, v):
    """The distribution function of Student's t of each element."""
    out = np.empty(len(t))
    for i in range(len(t)):
        out[i] = t_cdf(t[i], v)
    return out


@njit(error_model="numpy")
def t_density(t, v):
    return math.exp(
        math.lgamma(0.5 * (v + 1.0)) - math.lgamma(0.5 * v) - 0.5 * (v + 1.0) * math.log1p(t * t / v)
    ) / math.sqrt(v * math.pi)


@njit(error_model="numpy")
def _t_table(v, table):
    """Fill `table[k]` with the distribution function and the density of Student's t at k / _KNOTS, k up to its end.

    Simpson's rule from knot to knot: within 1e-9 of the integral.
    """
    half = 0.5 / _KNOTS
    chance, here = 0.5, t_density(0.0, v)
    for k in range(len(table)):
        table[k, 0], table[k, 1] = chance, here
        at = k / _KNOTS
        there = t_density(at + 2.0 * half, v)
        chance += half / 3.0 * (here + 4.0 * t_density(at + half, v) + there)
        here = there


@njit(error_model="numpy", fastmath={"contract"})
def _mixture(x, weight, mean, each, points, v, table):
    """Distribution function and density of the mixture at x; `each` is one over the scales.

    Cubic between the knots, within 1e-7; beyond the last one by formula.
    """
    chance, slope, last = 0.0, 0.0, len(table) - 1
    for g in range(points):
        t = (x - mean[g]) * each[g]
        far = abs(t) * _KNOTS
        k = int(min(far, last))
        if k < last:
            u = far - k
            low, high = table[k, 1] / _KNOTS, table[k + 1, 1] / _KNOTS
            rise = table[k + 1, 0] - table[k, 0]
            cubic, square = low + high - 2.0 * rise, 3.0 * rise - 2.0 * low - high
            value = table[k, 0] + u * (low + u * (square + u * cubic))
            density = (low + u * (2.0 * square + 3.0 * u * cubic)) * _KNOTS
        else:
            value, density = t_cdf(abs(t), v), t_density(t, v)
        chance += weight[g] * (value if t >= 0 else 1.0 - value)
        slope += weight[g] * each[g] * density
    return chance, slope


@njit(error_model="numpy")
def _mixture_quantile(chance, weight, mean, each, points, v, table, start, spread):
    """Safeguarded Newton on the cumulative distribution, to a step of 1e-4 of the spread (the next is 1e-8)."""
    low, high = start - 60.0 * spread, start + 60.0 * spread
    x = start + spread * (-1.96 if chance < 0.5 else 1.96)
    for _ in range(60):
        value, slope = _mixture(x, weight, mean, each, points, v, table)
        if value > chance:
            high = x
        else:
            low = x
        step = x - (value - chance) / slope if slope > 0 else low - 1.0
        if not low < step < high:
            step = 0.5 * (low + high)
        moved = abs(step - x)
        x = step
        if moved < 1e-4 * spread:
            break
    return x


@njit(error_model="numpy")
def mixture_summaries(log_weight, mean, scale, degrees_of_freedom, worth):
    """Per diary and contrast: mean, SD, 2.5 % and 97.5 % points, P(> 0), P(> worth), P(< -worth); NaN without any."""
    count, many, points = mean.shape
    out = np.full((count, many, 7), np.nan)
    weight, centre, each = np.empty(points), np.empty(points), np.empty(points)
    # A table of Student's t for each of the degrees of freedom, however many diaries share them.
    tables, place = np.empty((count, _REACH * _KNOTS + 1, 2)), np.full(count, -1)
    order, filled = np.argsort(degrees_of_freedom), 0
    for at in range(count):
        i = order[at]
        if at and degrees_of_freedom[i] == degrees_of_freedom[order[at - 1]]:
            place[i] = filled - 1
        elif degrees_of_freedom[i] > 2.0:
            _t_table(degrees_of_freedom[i], tables[filled])
            place[i] = filled
            filled += 1
    for i in range(count):
        v, table = degrees_of_freedom[i], tables[place[i]]
        for m in range(many):
            if not (v > 2.0 and math.isfinite(scale[i, m, 0]) and math.isfinite(log_weight[i, 0])):
                continue
            kept, total = 0, 0.0
            for g in range(points):
                w = math.exp(log_weight[i, g])
                if w > 1e-5:
                    weight[kept], centre[kept], each[kept] = w, mean[i, m, g], 1.0 / scale[i, m, g]
                    total += w
                    kept += 1
            middle, square = 0.0, 0.0
            for g in range(kept):
                weight[g] /= total
                middle += weight[g] * centre[g]
            for g in range(kept):
                square += weight[g] * (v / (v - 2.0) / each[g] ** 2 + (centre[g] - middle) ** 2)
            spread = math.sqrt(square)
            out[i, m, 0], out[i, m, 1] = middle, spread
            out[i, m, 2] = _mixture_quantile(0.025, weight, centre, each, kept, v, table, middle, spread)
            out[i, m, 3] = _mixture_quantile(0.975, weight, centre, each, kept, v, table, middle, spread)
            # Rounding may leave a chance a hair outside 0 to 1, which would be printed as -0.00.
            below = _mixture(0.0, weight, centre, each, kept, v, table)[0]
            out[i, m, 4] = min(max(1.0 - below, 0.0), 1.0)
            below = _mixture(worth, weight, centre, each, kept, v, table)[0]
            out[i, m, 5] = min(max(1.0 - below, 0.0), 1.0)
            below = _mixture(-worth, weight, centre, each, kept, v, table)[0]
            out[i, m, 6] = min(max(below, 0.0), 1.0)
    return out


@njit(error_model="numpy")
def spike_and_normal(log_weight, mean, scale, degrees_of_freedom, none, centre, spread):
    """Per diary and contrast, under none * (effect is 0) + (1 - none) * N(centre, spread^2):

    P(effect is 0), P(> 0), P(< 0), mean. By quadrature of the stored mixture, with no normal approximation.
    """
    count, many, points = mean.shape
    out = np.full((count, many, 4), np.nan)
    steps = 400
    for i in range(count):
        v = degrees_of_freedom[i]
        for m in range(many):
            if not (v > 2.0 and math.isfinite(scale[i, m, 0]) and math.isfinite(log_weight[i, 0])):
                continue
            peak = math.exp(math.lgamma(0.5 * (v + 1.0)) - math.lgamma(0.5 * v)) / math.sqrt(v * math.pi)
            reach = 8.0 * spread
            at_zero, above, below, first = 0.0, 0.0, 0.0, 0.0
            for s in range(-1, steps):
                x = 0.0 if s < 0 else centre - reach + 2.0 * reach * (s + 0.5) / steps
                density = 0.0
                for g in range(points):
                    w = log_weight[i, g]
                    if w > -14.0:
                        t = (x - mean[i, m, g]) / scale[i, m, g]
                        density += (
                            math.exp(w - 0.5 * (v + 1.0) * math.log1p(t * t / v)) * peak / scale[i, m, g]
                        )
                if s < 0:
                    at_zero = density
                    continue
                part = (
                    density
                    * math.exp(-0.5 * ((x - centre) / spread) ** 2)
                    / (spread * math.sqrt(2.0 * math.pi))
                    * 2.0
                    * reach
                    / steps
                )
                first += part * x
                if x > 0:
                    above += part
                else:
                    below += part
            total = none * at_zero + (1.0 - none) * (above + below)
            if total > 0:
                out[i, m, 0] = none * at_zero / total
                out[i, m, 1] = (1.0 - none) * above / total
                out[i, m, 2] = (1.0 - none) * below / total
                out[i, m, 3] = (1.0 - none) * first / total
    return out


@njit(error_model="numpy")
def normal_cdf_of(z):
    """The standard normal distribution function of each element."""
    out = np.empty(len(z))
    for i in range(len(z)):
        out[i] = normal_cdf(z[i])
    return out
