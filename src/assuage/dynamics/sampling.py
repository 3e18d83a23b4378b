# pyright: basic
"""The one sampled loop, compiled: Gibbs sweeps for a diary at the ends of its scale.

Beside `kernels`, and like it pure functions over arrays. Only rated days take part, at their exact distances.
"""

from __future__ import annotations

import math

import numpy as np

from assuage.dynamics.kernels import factor_in_place, gap_sums, gram_from_gaps, njit


@njit(error_model="numpy")
def _above(bound):
    """A standard normal draw above a bound (Robert 1995 far out, plain rejection near the middle)."""
    if bound < 0.4:
        while True:
            z = np.random.standard_normal()
            if z > bound:
                return z
    rate = 0.5 * (bound + math.sqrt(bound * bound + 4.0))
    while True:
        z = bound + np.random.exponential(1.0 / rate)
        if np.random.random() <= math.exp(-0.5 * (z - rate) ** 2):
            return z


@njit(error_model="numpy")
def gibbs(
    design, rating, slot, low, high, phis, log_prior, precision, a0, b0, contrasts, warm_up, kept, seed
):
    """Per contrast and kept sweep the mean and scale of Student's t, and its degrees of freedom; their equal mixture is
    the posterior, given ratings of which those at low and high are only bounds.

    `design` are the rated rows, `slot` their times in steps, `precision` the prior precision of each
    coefficient in units of 1 / sigma^2. (phi, sigma^2, coefficients) are drawn as one block, then each bounded
    rating given its neighbours. What a contrast is given phi and the ratings is known without drawing it. As
    in the exact engine each coefficient costs sigma a degree of freedom, without which sigma comes out too small.
    """
    np.random.seed(seed)
    n, p = design.shape
    q = p + 1
    points = len(phis)
    largest = 1
    for r in range(1, n):
        largest = max(largest, slot[r] - slot[r - 1])
    classes = largest + 1
    gaps = np.ones(n, dtype=np.int64)
    for r in range(1, n):
        gaps[r] = slot[r] - slot[r - 1]
    earlier = np.zeros((classes, p * p))
    later = np.zeros((classes, p * p))
    cross = np.zeros((classes, p * p))
    counts = np.zeros(classes, dtype=np.int64)
    gap_sums(design, gaps, p, earlier, later, cross, counts)
    factors = np.zeros((points, p, p))
    fixed = np.zeros(points)
    matrix = np.zeros((q, q))
    for g in range(points):
        gram = np.zeros((p, p))
        log_det = gram_from_gaps(design[0], earlier, later, cross, counts, p, phis[g], gram)
        matrix[:, :] = 0.0
        for a in range(p):
            for b in range(p):
                matrix[a, b] = gram[a, b]
            matrix[a, a] += precision[a]
        matrix[p, p] = 1.0
        factor_in_place(matrix, q)
        factors[g] = matrix[:p, :p]
        fixed[g] = log_prior[g] - 0.5 * log_det
        for a in range(p):
            fixed[g] -= math.log(matrix[a, a])
    z = rating.copy()
    mean = np.zeros(n)
    beta = np.zeros(p)
    value = np.zeros(points)
    solved = np.zeros((points, p))
    scale_of = np.zeros(points)
    ez, lz, cz = np.zeros((classes, p)), np.zeros((classes, p)), np.zeros((classes, p))
    ezz, lzz, czz = np.zeros(classes), np.zeros(classes), np.zeros(classes)
    many = len(contrasts)
    mean_of, scale = np.zeros((many, kept)), np.zeros((many, kept))
    a_n = a0 + 0.5 * (n - p)
    # Each contrast through the factor of each point, and its square: (factor^-1 contrast).
    through, length = np.zeros((points, many, p)), np.zeros((points, many))
    for g in range(points):
        for m in range(many):
            for a in range(p):
                part = contrasts[m, a]
                for b in range(a):
                    part -= factors[g, a, b] * through[g, m, b]
                through[g, m, a] = part / factors[g, a, a]
                length[g, m] += through[g, m, a] ** 2
    for sweep in range(warm_up + kept):
        ez[:, :], lz[:, :], cz[:, :] = 0.0, 0.0, 0.0
        ezz[:], lzz[:], czz[:] = 0.0, 0.0, 0.0
        for r in range(1, n):
            gap = slot[r] - slot[r - 1]
            before, now = z[r - 1], z[r]
            ezz[gap] += before * before
            lzz[gap] += now * now
            czz[gap] += 2.0 * before * now
            for a in range(p):
                ez[gap, a] += design[r - 1, a] * before
                lz[gap, a] += design[r, a] * now
                cz[gap, a] += design[r - 1, a] * now + design[r, a] * before
        best = -np.inf
        for g in range(points):
            square = z[0] * z[0]
            for a in range(p):
                solved[g, a] = design[0, a] * z[0]
            for gap in range(1, classes):
                if counts[gap]:
                    f = phis[g] ** gap
                    left = 1.0 - f * f
                    square += (lzz[gap] - f * czz[gap] + f * f * ezz[gap]) / left
                    for a in range(p):
                        solved[g, a] += (lz[gap, a] - f * cz[gap, a] + f * f * ez[gap, a]) / left
            for a in range(p):
                part = solved[g, a]
                for b in range(a):
                    part -= factors[g, a, b] * solved[g, b]
                solved[g, a] = part / factors[g, a, a]
                square -= solved[g, a] ** 2
            scale_of[g] = b0 + 0.5 * max(square, 0.0)
            value[g] = fixed[g] - a_n * math.log(scale_of[g])
            best = max(best, value[g])
        total = 0.0
        for g in range(points):
            value[g] = math.exp(value[g] - best)
            total += value[g]
        coin, g = np.random.random() * total, 0
        while g < points - 1 and coin > value[g]:
            coin -= value[g]
            g += 1
        sigma = math.sqrt(scale_of[g] / np.random.gamma(a_n, 1.0))
        for a in range(p - 1, -1, -1):
            part = solved[g, a] + sigma * np.random.standard_normal()
            for b in range(a + 1, p):
                part -= factors[g, b, a] * beta[b]
            beta[a] = part / factors[g, a, a]
        for r in range(n):
            total = 0.0
            for a in range(p):
                total += design[r, a] * beta[a]
            mean[r] = total
        for r in range(n):
            if low < rating[r] < high:
                continue
            if r:
                f = phis[g] ** (slot[r] - slot[r - 1])
                weight = 1.0 / (1.0 - f * f)
                centre = f * (z[r - 1] - mean[r - 1]) * weight
            else:
                weight, centre = 1.0, 0.0
            if r + 1 < n:
                f = phis[g] ** (slot[r + 1] - slot[r])
                precision_after = 1.0 / (1.0 - f * f)
                centre += f * (z[r + 1] - mean[r + 1]) * precision_after
                weight += f * f * precision_after
            middle = mean[r] + centre / weight
            width = sigma / math.sqrt(weight)
            if rating[r] >= high:
                z[r] = middle + width * _above((high - 0.5 - middle) / width)
            else:
                z[r] = middle - width * _above((middle - low - 0.5) / width)
        if sweep >= warm_up:
            for m in range(many):
                for a in range(p):
                    mean_of[m, sweep - warm_up] += through[g, m, a] * solved[g, a]
                scale[m, sweep - warm_up] = math.sqrt(scale_of[g] / a_n * length[g, m])
    return mean_of, scale, 2.0 * a_n
