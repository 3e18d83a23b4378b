# pyright: basic
"""The inner loop, compiled: one diary, every look of a trial and every shape of an effect, over the grid of the noise.

The noise is that of `assuage.dynamics.model`. A Kalman filter whitens all columns in one pass; sums up to the end of
a look are those of the days before it, so that a later look costs no second pass. What comes by itself is taken out
first, then each shape stands alone against what is left, which is one division.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.jit import compiled_beside

_REDUNDANT = (
    1e-8  # share of a column that is left once those before it are out, below which it says nothing new
)


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compiled at its first call, and kept on disk."""
    return compiled_beside(Path(__file__).parent, error_model="numpy")(function)


@_compiled
def fit_looks(rows, known, ends, by_itself, fewest, phis, kappas, log_prior, a0, b0):
    """Per look and grid point: what each shape comes to, and the noise without any.

    `rows[day]` holds `by_itself` columns of what comes by itself, then the shapes, then the rating; `known[day]` says
    that it was rated. A look sees the days before `ends[look]`; column j needs `fewest[j]` rated days. Gives
    (log_weight[look, g], sigma2[look, g]) without an effect, and with shape s (log_weights[look, g, s],
    mean[look, g, s], scale[look, g, s], degrees_of_freedom[look]); scale is infinite where nothing can be said.
    """
    looks, points, wide = len(ends), len(phis), rows.shape[1]
    shapes = wide - 1 - by_itself
    y = wide - 1
    none = np.full((looks, points), -np.inf)
    sigma2 = np.full((looks, points), np.nan)
    log_weight = np.full((looks, points, shapes), -np.inf)
    mean = np.zeros((looks, points, shapes))
    scale = np.full((looks, points, shapes), np.inf)
    degrees_of_freedom = np.zeros(looks)
    level, white = np.zeros(wide), np.zeros(wide)
    for g in range(points):
        phi, kappa = phis[g], kappas[g]
        slow = (1.0 - phi * phi) * (1.0 - kappa)
        spread = 1.0 - kappa
        level[:] = 0.0
        gram = np.zeros((wide, wide))
        log_det, rated, day = 0.0, 0, 0
        for look in range(looks):
            while day < ends[look] and day < len(rows):
                if known[day]:
                    total = spread + kappa
                    root = math.sqrt(total)
                    gain = spread / total
                    for c in range(wide):
                        away = rows[day, c] - level[c]
                        white[c] = away / root
                        level[c] = phi * (level[c] + gain * away)
                    for a in range(wide):
                        if white[a] != 0.0:
                            for b in range(a, wide):
                                gram[a, b] += white[a] * white[b]
                    spread = phi * phi * spread * kappa / total + slow
                    log_det += math.log(total)
                    rated += 1
                else:
                    for c in range(wide):
                        level[c] *= phi
                    spread = phi * phi * spread + slow
                day += 1
            left = gram.copy()
            log_pivots, used = 0.0, 0
            for j in range(by_itself):
                pivot = left[j, j]
                if rated < fewest[j] or pivot <= _REDUNDANT * gram[j, j] or pivot <= 0.0:
                    continue
                log_pivots += math.log(pivot)
                used += 1
                for a in range(j + 1, wide):
                    if left[j, a] != 0.0:
                        share = left[j, a] / pivot
                        for b in range(a, wide):
                            left[a, b] -= share * left[j, b]
            free = rated - used
            if free < 2:
                continue
            rest = left[y, y]
            a_n, b_n = a0 + 0.5 * free, b0 + 0.5 * rest
            none[look, g] = log_prior[g] - 0.5 * (log_det + log_pivots) - a_n * math.log(b_n)
            sigma2[look, g] = b_n / a_n
            a_n -= 0.5
            degrees_of_freedom[look] = 2.0 * a_n
            for s in range(shapes):
                at = by_itself + s
                pivot = left[at, at]
                if pivot <= 1e-4 * gram[at, at] or pivot <= 0.0:
                    continue
                b_n = b0 + 0.5 * max(rest - left[at, y] * left[at, y] / pivot, 0.0)
                log_weight[look, g, s] = (
                    log_prior[g] - 0.5 * (log_det + log_pivots + math.log(pivot)) - a_n * math.log(b_n)
                )
                mean[look, g, s] = left[at, y] / pivot
                scale[look, g, s] = math.sqrt(b_n / a_n / pivot)
    return none, sigma2, log_weight, mean, scale, degrees_of_freedom
