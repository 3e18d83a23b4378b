# pyright: basic
"""The inner loops, compiled: columns of a design, likelihoods on the (phi, kappa) grid.

Pure functions over arrays; what they mean stands in `model`, and dense linear algebra in the tests says the same.
Diaries of different length lie one after the other; diary i has the rows starts[i] to starts[i + 1].
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.jit import compiled_beside


def njit(**how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The compiler of these kernels and of `sampling`, which keeps what it compiled until one of them changes."""
    return compiled_beside(Path(__file__).parent, **how)


# The kinds of columns, as `design` numbers them.
ONE, COSINE, SINE, TREND, SLOW, SLOT, LAGGED, DISTRIBUTED_LAG = range(8)
DELAY_1, DELAY_2, DELAY_3 = 1.0, 0.5, 0.25
_RIDGE = 1e-5  # keeps the factor of a nearly singular matrix finite; far below the scale of any column
_MATTERS = 5.0  # log weight below the best, beyond which the neighbours of a grid point are not looked at
_NOWHERE = -1e9  # log weight of a point that was passed over
_LONG = 4 * 8  # doubles that a compiled sum takes at once
_LANES = 8  # doubles of one wide register: rows are padded to whole registers


@njit(error_model="numpy")
def fill_columns(series, starts, ratings_per_day, columns, allowed, rows, known):
    """Fill `rows[:, j]` with column j of the design; `known` turns False where a column cannot be known.

    `columns[j]` is (kind, source, lag in days or harmonic); a column is filled for diary i where `allowed[i, j]`. What
    was before the first day is unknown.
    """
    week = np.empty(7)
    for i in range(len(starts) - 1):
        first, last = starts[i], starts[i + 1]
        length = last - first
        for j in range(len(columns)):
            if not allowed[i, j]:
                continue
            kind, source, lag = columns[j, 0], columns[j, 1], columns[j, 2]
            if kind in (COSINE, SINE):
                for day in range(7):
                    angle = 2.0 * math.pi * lag * day / 7.0
                    week[day] = math.cos(angle) if kind == COSINE else math.sin(angle)
            for r in range(first, last):
                t = r - first
                if kind == ONE:
                    value = 1.0
                elif kind in (COSINE, SINE):
                    value = week[t // ratings_per_day % 7]
                elif kind == TREND:
                    value = (t + 0.5) / length - 0.5
                elif kind == SLOW:
                    value = math.cos(math.pi * lag * (t + 0.5) / length)
                elif kind == SLOT:
                    value = float(t % ratings_per_day)
                elif kind == LAGGED:
                    back = t - lag * ratings_per_day
                    value = series[first + back, source] if 0 <= back < length else math.nan
                else:
                    value = 0.0
                    for step in range(1, 4):
                        back = t - step * ratings_per_day
                        weight = DELAY_1 if step == 1 else (DELAY_2 if step == 2 else DELAY_3)
                        if back < 0:
                            value = math.nan
                            break
                        value += weight * series[first + back, source]
                if math.isnan(value):
                    known[r] = False
                    rows[r, j] = 0.0
                else:
                    rows[r, j] = value


@njit(error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def _products(turned, wide, gram):
    """Fill the lower half of `gram` with the products of the rows of `turned`."""
    long = turned.shape[1]
    for a in range(wide):
        for b in range(a + 1):
            total = 0.0
            for r in range(long):
                total += turned[a, r] * turned[b, r]
            gram[a, b] = total


@njit(error_model="numpy")
def redundant_columns(rows, known, first, last, wide, tolerance, dropped, collinear):
    """Mark columns that say nothing new: `dropped` follow from columns before them, `collinear` from any others."""
    turned = np.zeros((wide, (last - first + _LONG - 1) // _LONG * _LONG))
    for a in range(wide):
        at = 0
        for r in range(first, last):
            if known[r]:
                turned[a, at] = rows[r, a]
                at += 1
    gram = np.zeros((wide, wide))
    _products(turned, wide, gram)
    norm = np.empty(wide)
    for a in range(wide):
        norm[a] = math.sqrt(gram[a, a])
    factor = np.zeros((wide, wide))
    for a in range(wide):
        dropped[a] = norm[a] == 0.0
        collinear[a] = dropped[a]
        for b in range(a + 1):
            if dropped[a] or dropped[b]:
                continue
            value = gram[a, b] / (norm[a] * norm[b])
            for c in range(b):
                value -= factor[a, c] * factor[b, c]
            if a == b:
                if value < tolerance:
                    # It follows from the columns before it that it leans on, so they cannot be told from it.
                    dropped[a] = True
                    collinear[a] = True
                    weights = np.zeros(a)
                    for d in range(a - 1, -1, -1):
                        if dropped[d]:
                            continue
                        back = factor[a, d]
                        for e in range(d + 1, a):
                            back -= factor[e, d] * weights[e]
                        weights[d] = back / factor[d, d]
                        if abs(weights[d]) > 1e-4:
                            collinear[d] = True
                    for c in range(wide):
                        factor[a, c] = 0.0
                else:
                    factor[a, a] = math.sqrt(value)
            else:
                factor[a, b] = value / factor[b, b]


@njit(error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def whitened_gram(rows, gaps, wide, phi, kappa, white, turned, gram):
    """Fill the lower half of `gram` with W'W at (phi, kappa) in units of sigma; gives log det of the correlation.

    `rows` are the known rows and `gaps[r]` the steps since the one before. W are the rows after a scalar Kalman
    filter, so that missing days are passed over exactly. `white` and `turned` are buffers for W and its transpose,
    whole registers wide and zero beyond what is used.
    """
    lanes, n = rows.shape[1], len(gaps)
    innovation = (1.0 - phi * phi) * (1.0 - kappa)
    root, keep, take = np.empty(n), np.empty(n), np.empty(n)
    # The filter's variance is a quotient `above / below`, so that no division waits for the one before it.
    above, below, log_det = 1.0 - kappa, 1.0, 0.0
    for r in range(n):
        fade = phi
        for _ in range(1, gaps[r]):
            above = phi * phi * above + innovation * below
            fade *= phi
        if r:
            keep[r - 1] *= fade
            take[r - 1] *= fade
        total = above + kappa * below
        each = 1.0 / total
        root[r] = math.sqrt(below * each)
        keep[r], take[r] = kappa * below * each, above * each
        above, below = phi * phi * kappa * above + innovation * total, total
        if r % 16 == 15:
            log_det += math.log(below)
            above, below = above / below, 1.0
    state = np.zeros(lanes)
    for r in range(n):
        scale, old, new = root[r], keep[r], take[r]
        for c in range(lanes):
            value, before = rows[r, c], state[c]
            white[r, c] = (value - before) * scale
            state[c] = old * before + new * value
    for c in range(wide):
        for r in range(n):
            turned[c, r] = white[r, c]
    _products(turned, wide, gram)
    return log_det + math.log(below)


@njit(error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def gap_sums(rows, gaps, wide, earlier, later, cross, counts):
    """Sums of products of consecutive rows by the gap between them: all that kappa = 0 needs of a diary.

    `gaps[r]` are the steps since the row before. Lower halves, a flat matrix for each gap.
    """
    n = len(gaps)
    for r in range(1, n):
        counts[gaps[r]] += 1
    padded = (n + _LONG - 1) // _LONG * _LONG
    left, right = np.zeros((wide, padded)), np.zeros((wide, padded))
    place = np.empty(n, dtype=np.int64)
    for gap in range(1, len(counts)):
        if counts[gap] == 0:
            continue
        at = 0
        for r in range(1, n):
            if gaps[r] == gap:
                place[at] = r
                at += 1
        for at in range(counts[gap]):
            r = place[at]
            for c in range(wide):
                left[c, at], right[c, at] = rows[r - 1, c], rows[r, c]
        long = (counts[gap] + _LANES - 1) // _LANES * _LANES
        for c in range(wide):
            for r in range(counts[gap], long):
                left[c, r], right[c, r] = 0.0, 0.0
        for a in range(wide):
            for b in range(a + 1):
                e, k, x = 0.0, 0.0, 0.0
                for r in range(long):
                    e += left[a, r] * left[b, r]
                    k += right[a, r] * right[b, r]
                    x += left[a, r] * right[b, r] + right[a, r] * left[b, r]
                at = a * wide + b
                earlier[gap, at], later[gap, at], cross[gap, at] = e, k, x


@njit(error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def gram_from_gaps(start, earlier, later, cross, counts, wide, phi, gram):
    """The same `gram` (`wide` times `wide`) and log det at (phi, 0) from sums over gaps; `start` is the first row."""
    for a in range(wide):
        for b in range(a + 1):
            gram[a, b] = start[a] * start[b]
    log_det = 0.0
    flat = gram.reshape(-1)
    f = 1.0
    for gap in range(1, len(counts)):
        f *= phi
        if counts[gap] == 0:
            continue
        part = 1.0 / (1.0 - f * f)
        p_x, p_e = -f * part, f * f * part
        log_det -= counts[gap] * math.log(part)
        for at in range(len(flat)):
            flat[at] += part * later[gap, at] + p_x * cross[gap, at] + p_e * earlier[gap, at]
    return log_det


@njit(error_model="numpy", fastmath={"contract"})
def factor_in_place(gram, size):
    """The lower Cholesky factor of gram + ridge, the ridge on all but the last column; in place of `gram`."""
    pivot = np.empty(size)
    for c in range(size):
        root = math.sqrt(max(gram[c, c] + (_RIDGE if c < size - 1 else 0.0), 1e-300))
        gram[c, c] = root
        each = 1.0 / root
        for a in range(c + 1, size):
            pivot[a] = gram[a, c] * each
            gram[a, c] = pivot[a]
        for a in range(c + 1, size):
            factor = pivot[a]
            for b in range(c + 1, a + 1):
                gram[a, b] -= factor * pivot[b]


@njit(error_model="numpy")
def fit(rows, known, starts, phis, kappas, log_prior, contrasts, a0, b0, by_gaps, along):
    """Posterior pieces of every diary: log weights, and mean and scale of each contrast at each grid point.

    `along` is the number of kappas where points that cannot matter may be passed over (no neighbour with a weight
    above e^-5 of the best), 0 where every point is worked out; that moves no end of an interval by .01 points. The
    last column of `rows` is the outcome, those before it the design. Gives (log_weight[i, g], mean[i, m, g],
    scale[i, m, g], degrees_of_freedom[i], sigma2[i, g], used[i], state[i, j]); state of a column is 0 free,
    1 collinear with others, 2 dropped. A contrast that needs a column which is not free has scale infinity.
    """
    count, points, many = len(starts) - 1, len(phis), len(contrasts)
    wide = rows.shape[1]
    columns = wide - 1
    log_weight = np.full((count, points), -np.inf)
    mean = np.zeros((count, many, points))
    scale = np.full((count, many, points), np.inf)
    degrees_of_freedom = np.zeros(count)
    sigma2 = np.full((count, points), np.nan)
    used = np.zeros(count, dtype=np.int64)
    state = np.zeros((count, columns), dtype=np.int64)
    dropped = np.zeros(columns, dtype=np.bool_)
    collinear = np.zeros(columns, dtype=np.bool_)
    kept = np.zeros(columns, dtype=np.int64)
    todo = np.zeros(points, dtype=np.int64)
    for i in range(count):
        first, last = starts[i], starts[i + 1]
        n = 0
        largest_gap, before = 1, -1
        for r in range(first, last):
            if known[r]:
                if before >= 0:
                    largest_gap = max(largest_gap, r - before)
                before = r
                n += 1
        used[i] = n
        redundant_columns(rows, known, first, last, columns, 1e-8, dropped, collinear)
        p = 0
        for j in range(columns):
            if dropped[j]:
                state[i, j] = 2
            else:
                state[i, j] = 1 if collinear[j] else 0
                kept[p] = j
                p += 1
        degrees_of_freedom[i] = 2.0 * a0 + n - p
        if n <= p:
            continue
        q = p + 1
        padded = (q + _LANES - 1) // _LANES * _LANES
        gram = np.zeros((q, q))
        rated, gaps = np.zeros((n, padded)), np.ones(n, dtype=np.int64)
        at, before = 0, -1
        for r in range(first, last):
            if known[r]:
                for c in range(p):
                    rated[at, c] = rows[r, kept[c]]
                rated[at, p] = rows[r, wide - 1]
                if before >= 0:
                    gaps[at] = r - before
                before = r
                at += 1
        if by_gaps:
            earlier = np.zeros((largest_gap + 1, q * q))
            later = np.zeros((largest_gap + 1, q * q))
            cross = np.zeros((largest_gap + 1, q * q))
            counts = np.zeros(largest_gap + 1, dtype=np.int64)
            gap_sums(rated, gaps, q, earlier, later, cross, counts)
        else:
            white = np.empty((n, padded))
            turned = np.zeros((q, (n + _LONG - 1) // _LONG * _LONG))
        chosen = np.zeros((many, p))
        able = np.ones(many, dtype=np.bool_)
        begins = np.full(many, p)  # the first column of each contrast: what is before it adds nothing
        for m in range(many):
            for c in range(p - 1, -1, -1):
                chosen[m, c] = contrasts[m, kept[c]]
                if chosen[m, c] != 0.0:
                    begins[m] = c
            for j in range(columns):
                if contrasts[m, j] != 0.0 and state[i, j] != 0:
                    able[m] = False
        solved = np.zeros(p)
        a_n = a0 + 0.5 * (n - p)
        todo[:] = 1
        if along:
            for g in range(points):
                # Every second phi at every second kappa, then whatever lies beside a point that matters.
                todo[g] = 1 if (g // along) % 2 == 1 and (g % along) % 2 == 0 else 0
        best = -np.inf
        again = True
        while again:
            for g in range(points):
                if todo[g] != 1:
                    continue
                todo[g] = 2
                if by_gaps:
                    log_det = gram_from_gaps(rated[0], earlier, later, cross, counts, q, phis[g], gram)
                else:
                    log_det = whitened_gram(rated, gaps, q, phis[g], kappas[g], white, turned, gram)
                factor_in_place(gram, q)
                b_n = b0 + 0.5 * gram[p, p] * gram[p, p]
                value = -0.5 * log_det - a_n * math.log(b_n) + log_prior[g]
                part = 1.0
                for c in range(p):
                    part *= gram[c, c]
                    if c % 16 == 15:
                        value -= math.log(part)
                        part = 1.0
                value -= math.log(part)
                log_weight[i, g] = value
                sigma2[i, g] = b_n / a_n
                for m in range(many):
                    if not able[m]:
                        continue
                    middle, square = 0.0, 0.0
                    for c in range(begins[m], p):
                        part = chosen[m, c]
                        for d in range(begins[m], c):
                            part -= gram[c, d] * solved[d]
                        part /= gram[c, c]
                        solved[c] = part
                        middle += part * gram[p, c]
                        square += part * part
                    mean[i, m, g] = middle
                    scale[i, m, g] = math.sqrt(square * b_n / a_n)
                best = max(best, value)
            again = False
            if along:
                for g in range(points):
                    if todo[g] == 2 and log_weight[i, g] > best - _MATTERS:
                        for step in (-along, along, -1, 1):
                            other = g + step
                            beside = step in (-along, along) or other // along == g // along
                            if 0 <= other < points and beside and todo[other] == 0:
                                todo[other] = 1
                                again = True
        for g in range(points):
            if todo[g] == 0:
                log_weight[i, g], sigma2[i, g] = _NOWHERE, 0.0
                for m in range(many):
                    scale[i, m, g] = 1.0 if able[m] else np.inf
        total = 0.0
        for g in range(points):
            total += math.exp(log_weight[i, g] - best)
        for g in range(points):
            log_weight[i, g] -= best + math.log(total)
    return log_weight, mean, scale, degrees_of_freedom, sigma2, used, state


@njit(error_model="numpy")
def count_off_zero(rows, known, starts, ratings_per_day, contrasts):
    """Per diary and contrast: the days that have a known row with a column of the contrast off zero."""
    count, many = len(starts) - 1, len(contrasts)
    out = np.zeros((count, many), dtype=np.int64)
    pairs = np.argwhere(contrasts != 0.0)
    counted = np.empty(many, dtype=np.int64)
    for i in range(count):
        counted[:] = -1
        for r in range(starts[i], starts[i + 1]):
            if not known[r]:
                continue
            day = (r - starts[i]) // ratings_per_day
            for at in range(len(pairs)):
                m, j = pairs[at, 0], pairs[at, 1]
                if rows[r, j] != 0.0 and day != counted[m]:
                    out[i, m] += 1
                    counted[m] = day
    return out
