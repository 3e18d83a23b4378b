"""The second stage: the effects of one exposure class over patients as a spike at none and a normal.

    theta[i] ~ none * [theta = 0] + (1 - none) * N(mean, spread^2),   estimate[i] ~ N(theta[i], sd[i]^2)

Fitted by EM with a prior worth ten patients (eight without an effect) and a floor under the spread; both are ours. Ten
tests of one patient are then judged by what the exposure does to others, and false signs are counted, not hoped for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assuage.dynamics.model import Floats

FEWEST_POOLED = 20  # estimates of a class, below which the default prior of one patient serves (ours)
NONE, SPREAD = 0.5, 1.5  # that prior: no effect, or of the order of a clinically relevant change (ours)
_STEPS, _SETTLED, _LEAST_VARIANCE = 500, 1e-7, 0.02


@dataclass(frozen=True)
class Pool:
    """The effects of one class: the share without one, mean and spread of the others, and how many were pooled.

    `mean_sd` is the standard error of the mean. `fitted` is False where the default prior stands.
    """

    none: float
    mean: float
    spread: float
    count: int
    mean_sd: float
    fitted: bool


@dataclass(frozen=True)
class Shrunk:
    """Per estimate: `lfsr`, the pooled `estimate` (its mean, no effect counted in) and `sd`, and P(> 0), P(> 1)."""

    lfsr: Floats
    estimate: Floats
    sd: Floats
    p_gt_0: Floats
    p_gt_1: Floats


DEFAULT = Pool(NONE, 0.0, SPREAD, 0, float("nan"), False)


def pool(estimate: Floats, sd: Floats) -> Pool:
    """The pool of some estimates with their standard errors; the default prior where they are too few."""
    n = len(estimate)
    if n < FEWEST_POOLED:
        return Pool(NONE, 0.0, SPREAD, n, float("nan"), False)
    none, mean, variance = 0.7, float(np.median(estimate)), max(float(np.var(estimate)), 0.1)
    real = np.ones(n)
    for _ in range(_STEPS):
        real, centre, posterior_variance = _posterior(none, mean, variance, estimate, sd)
        before = (none, mean, variance)
        weight = real.sum()
        mean = float((real * centre).sum() / weight)
        variance = max(
            float((real * ((centre - mean) ** 2 + posterior_variance)).sum() / weight), _LEAST_VARIANCE
        )
        none = float(((1 - real).sum() + 8) / (n + 10))
        if (
            max(abs(old - other) for old, other in zip(before, (none, mean, variance), strict=True))
            < _SETTLED
        ):
            break
    information = float((real / (sd**2 + variance)).sum())
    return Pool(none, mean, variance**0.5, n, information**-0.5, True)


def shrink(of: Pool, estimate: Floats, sd: Floats) -> Shrunk:
    """Each estimate in the light of its class."""
    real, centre, posterior_variance = _posterior(of.none, of.mean, of.spread**2, estimate, sd)
    root = np.sqrt(posterior_variance)
    above, above_1 = real * _normal_cdf(centre / root), real * _normal_cdf((centre - 1) / root)
    below = real * _normal_cdf(-centre / root)
    middle = real * centre
    variance = real * (posterior_variance + centre**2) - middle**2
    return Shrunk(1 - np.maximum(above, below), middle, np.sqrt(variance), above, above_1)


def _posterior(
    none: float, mean: float, variance: float, estimate: Floats, sd: Floats
) -> tuple[Floats, Floats, Floats]:
    """P(there is an effect), and mean and variance of it where there is one."""
    wide = sd**2 + variance
    log_none = np.log(none) - 0.5 * np.log(sd**2) - 0.5 * (estimate / sd) ** 2
    log_real = np.log1p(-none) - 0.5 * np.log(wide) - 0.5 * (estimate - mean) ** 2 / wide
    real = 1 / (1 + np.exp(np.clip(log_none - log_real, -700, 700)))
    posterior_variance = 1 / (1 / variance + 1 / sd**2)
    return real, posterior_variance * (mean / variance + estimate / sd**2), posterior_variance


def _normal_cdf(z: Floats) -> Floats:
    from assuage.dynamics import mixtures

    return mixtures.normal_cdf_of(np.ascontiguousarray(z))
