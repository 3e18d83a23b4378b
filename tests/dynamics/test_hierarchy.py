"""Effects over patients: others' numbers of published meta-analyses, and what must hold for every series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.dynamics.hierarchy import (
    Hierarchy,
    cell_quantile,
    cells,
    half_normal,
    pool_likelihoods,
    population_in,
    weighted_quantile,
)

# Rubin 1981, as Gelman et al. print it (Bayesian Data Analysis, 3rd edition, table 5.2).
SCHOOLS = (28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0)
SCHOOL_ERRORS = (15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0)
# posteriordb, reference posterior of eight_schools_noncentered, with its Monte Carlo errors; there
# mu ~ N(0, 5) and tau ~ half-Cauchy(5).
POSTERIORDB = {
    "theta": (
        (6.1505, 0.0557),
        (4.9396, 0.0462),
        (3.9059, 0.0542),
        (4.7960, 0.0475),
        (3.6144, 0.0461),
        (4.0511, 0.0485),
        (6.3172, 0.0499),
        (4.8840, 0.0543),
    ),
    "mu": (4.4105, 0.0330),
    "tau": (3.6021, 0.0319),
}
# 2.5, 50 and 97.5 % of 20,000 draws of Stan with a flat prior of tau; public outputs differ by 0.6 among themselves.
STAN = {
    0: (-2.1, 10.2, 31.6),
    1: (-4.5, 7.9, 20.8),
    2: (-11.3, 6.6, 20.4),
    3: (-5.6, 7.6, 20.8),
    4: (-8.9, 5.6, 16.4),
    5: (-8.5, 6.5, 18.7),
    6: (-1.1, 10.0, 25.8),
    7: (-7.0, 8.2, 25.3),
}
# Colditz et al. 1994, the trials of the BCG vaccine: log risk ratios and their variances (metafor's dat.bcg), with
# rma(yi, vi) and blup() of metafor 3.8-1: tau^2, the mean and its error, the shrunken estimates.
BCG = (
    *(-0.889311, -1.585389, -1.348073, -1.441551, -0.217547, -0.786116, -1.620898),
    *(0.011952, -0.469418, -1.371345, -0.339359, 0.445913, -0.017314),
)
BCG_VARIANCES = (
    *(0.325585, 0.194581, 0.415368, 0.020010, 0.051210, 0.006906, 0.223017),
    *(0.003962, 0.056434, 0.073025, 0.012412, 0.532506, 0.071405),
)
METAFOR_TAU2, METAFOR_MEAN, METAFOR_ERROR = 0.3132433, -0.7145323, 0.1797815
METAFOR_BLUPS = (
    *(-0.800234, -1.251706, -0.986903, -1.397898, -0.287380, -0.784571, -1.243964),
    *(0.002879, -0.506836, -1.247173, -0.353658, -0.284734, -0.146743),
)


def normal(effects, estimates, errors):
    """The log likelihoods of normal estimates."""
    return -0.5 * ((np.array(estimates)[:, None] - effects) / np.array(errors)[:, None]) ** 2


@pytest.fixture(scope="module")
def flat() -> Hierarchy:
    effects, spreads = cells(-60, 80, 560), cells(0, 60, 120)
    return pool_likelihoods(effects, normal(effects, SCHOOLS, SCHOOL_ERRORS), spreads, np.zeros((120, 1)))


@pytest.mark.parametrize("school", range(8))
def test_the_eight_schools_are_shrunken_as_stan_shrinks_them(flat, school):
    ours = [cell_quantile(flat.effects, flat.pooled[school], chance) for chance in (0.025, 0.5, 0.975)]
    assert ours == pytest.approx(STAN[school], abs=0.7)


def test_the_eight_schools_have_the_means_of_posteriordb():
    effects, spreads = cells(-60, 80, 560), cells(0, 80, 160)
    prior = -0.5 * (effects / 5) ** 2 - np.log1p((spreads / 5) ** 2)[:, None]
    seen = pool_likelihoods(effects, normal(effects, SCHOOLS, SCHOOL_ERRORS), spreads, prior)
    theirs = np.array([*POSTERIORDB["theta"], POSTERIORDB["mu"], POSTERIORDB["tau"]])
    ours = [*(seen.pooled @ effects), seen.mean @ effects, seen.spread @ spreads]
    assert (np.abs(ours - theirs[:, 0]) / theirs[:, 1]).max() < 4


def test_the_mode_of_the_spread_and_the_shrunken_estimates_of_bcg_are_those_of_metafor():
    """With a flat prior the posterior of the spread is the restricted likelihood, whose mode is the REML estimate."""
    effects, spreads = cells(-4, 3, 450), cells(0.3, 1.1, 80)
    likelihood = normal(effects, BCG, np.sqrt(BCG_VARIANCES))
    seen = pool_likelihoods(effects, likelihood, spreads, np.zeros((80, 1)))
    mode = int(seen.spread.argmax())
    assert spreads[mode] == pytest.approx(METAFOR_TAU2**0.5, abs=0.0051)
    there = pool_likelihoods(effects, likelihood, np.array([METAFOR_TAU2**0.5]), np.zeros((1, 1)))
    mean = there.mean @ effects
    assert mean == pytest.approx(METAFOR_MEAN, abs=0.001)
    assert (there.mean @ effects**2 - mean**2) ** 0.5 == pytest.approx(METAFOR_ERROR, abs=0.001)
    assert there.pooled @ effects == pytest.approx(METAFOR_BLUPS, abs=0.001)


def test_a_narrow_population_puts_everything_into_its_own_cell():
    assert np.allclose(population_in(cells(-1, 1, 20), 1e-6), np.eye(20))


def test_what_a_population_puts_into_the_cells_is_one_together_up_to_the_ends():
    inside = population_in(cells(-10, 10, 400), 6.0)
    assert inside.sum(axis=1) == pytest.approx(np.ones(400))
    assert inside.min() > 0


def test_one_patient_alone_keeps_the_effect_that_the_diary_gave():
    effects, spreads = cells(-10, 10, 400), cells(0, 6, 60)
    seen = pool_likelihoods(effects, normal(effects, [1.3], [0.7]), spreads, half_normal(spreads, 1.5))
    assert seen.pooled[0] @ effects == pytest.approx(1.3, abs=0.02)
    assert cell_quantile(effects, seen.pooled[0], 0.025) == pytest.approx(1.3 - 1.96 * 0.7, abs=0.05)


def test_patients_who_agree_leave_the_next_nearer_than_those_who_do_not():
    effects, spreads = cells(-10, 10, 400), cells(0, 6, 60)
    prior = half_normal(spreads, 1.5)
    alike = pool_likelihoods(effects, normal(effects, [1.0] * 8, [0.3] * 8), spreads, prior)
    apart = pool_likelihoods(effects, normal(effects, [-2.0, 4.0] * 4, [0.3] * 8), spreads, prior)
    assert alike.spread @ spreads < 0.3 < 2 < apart.spread @ spreads
    assert cell_quantile(effects, apart.new, 0.975) > 4 > 2 > cell_quantile(effects, alike.new, 0.975)


def test_the_share_of_patients_is_the_chance_of_the_next():
    effects, spreads = cells(-10, 10, 400), cells(0, 6, 60)
    likelihood = normal(effects, [0.2, 1.5, 2.2, -0.4], [0.5, 0.6, 0.4, 0.5])
    seen = pool_likelihoods(effects, likelihood, spreads, half_normal(spreads, 1.5))
    shares, weights = seen.share(1, np.inf)
    assert shares @ weights == pytest.approx(seen.new[effects > 1].sum())
    assert (
        weighted_quantile(shares, weights, 0.0) <= shares @ weights <= weighted_quantile(shares, weights, 1.0)
    )


def test_pooled_intervals_hold_the_truth_and_lie_nearer_to_it_than_those_of_patients_alone():
    """60 series of 8 patients; three standard errors below 0.95 over 480 patients is 0.92."""
    chance = np.random.default_rng(5)
    effects, spreads = cells(-10, 10, 200), cells(0, 6, 20)
    held, alone, pooled = [], [], []
    for _ in range(60):
        true = 0.5 + 0.8 * chance.standard_normal(8)
        errors = chance.uniform(0.4, 1.5, 8)
        estimates = true + errors * chance.standard_normal(8)
        seen = pool_likelihoods(
            effects, normal(effects, estimates, errors), spreads, half_normal(spreads, 1.5)
        )
        for patient, effect in enumerate(true):
            low, middle, high = (
                cell_quantile(effects, seen.pooled[patient], at) for at in (0.025, 0.5, 0.975)
            )
            held.append(low <= effect <= high)
            pooled.append((middle - effect) ** 2)
            alone.append((estimates[patient] - effect) ** 2)
    assert np.mean(held) > 0.92
    assert np.mean(pooled) < 0.8 * np.mean(alone)


ESTIMATES = st.lists(
    st.tuples(st.floats(-8, 8, allow_nan=False), st.floats(0.2, 3, allow_nan=False)), min_size=2, max_size=6
)


@given(ESTIMATES, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_patients_changes_nothing(estimates, chance):
    effects, spreads = cells(-10, 10, 200), cells(0, 6, 20)
    order = list(range(len(estimates)))
    chance.shuffle(order)
    means, errors = np.array(estimates).T
    first = pool_likelihoods(effects, normal(effects, means, errors), spreads, half_normal(spreads, 1.5))
    other = pool_likelihoods(
        effects, normal(effects, means[order], errors[order]), spreads, half_normal(spreads, 1.5)
    )
    assert np.allclose(first.pooled[order], other.pooled, atol=1e-12)
    assert np.allclose(first.new, other.new, atol=1e-12)


@given(ESTIMATES)
@settings(max_examples=25, deadline=None)
def test_a_scale_that_is_turned_round_turns_the_answer_round(estimates):
    effects, spreads = cells(-10, 10, 200), cells(0, 6, 20)
    means, errors = np.array(estimates).T
    first = pool_likelihoods(effects, normal(effects, means, errors), spreads, half_normal(spreads, 1.5))
    turned = pool_likelihoods(effects, normal(effects, -means, errors), spreads, half_normal(spreads, 1.5))
    assert np.allclose(first.pooled, turned.pooled[:, ::-1], atol=1e-12)
    assert np.allclose(first.mean, turned.mean[::-1], atol=1e-12)
