"""The kernels say what dense linear algebra says, to nine digits, with days missing wherever they like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.dynamics import kernels, mixtures
from assuage.dynamics.design import design
from assuage.dynamics.infer import infer
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.model import A0, B0, NUGGET, Grid, grid
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.simulate import simulate

RIDGE = 1e-5  # the kernels' own, on every coefficient


def dense(x, y, days, of: Grid, contrast):
    """Log weights, means and scales at every grid point from the whole covariance matrix."""
    n, p = x.shape
    gap = np.abs(days[:, None] - days[None, :])
    log, mean, scale = [], [], []
    for phi, kappa, prior in zip(of.phi, of.kappa, of.log_prior, strict=True):
        cover = (1 - kappa) * np.where(gap == 0, 1.0, phi**gap) + kappa * (gap == 0)
        inverse = np.linalg.inv(cover)
        a = x.T @ inverse @ x + RIDGE * np.eye(p)
        c = x.T @ inverse @ y
        beta = np.linalg.solve(a, c)
        rest = y @ inverse @ y - c @ beta
        a_n, b_n = A0 + (n - p) / 2, B0 + rest / 2
        log.append(
            -0.5 * np.linalg.slogdet(cover)[1] - 0.5 * np.linalg.slogdet(a)[1] - a_n * np.log(b_n) + prior
        )
        mean.append(contrast @ beta)
        scale.append(np.sqrt(b_n / a_n * contrast @ np.linalg.solve(a, contrast)))
    log = np.array(log) - max(log)
    return log - np.log(np.exp(log).sum()), np.array(mean), np.array(scale)


def diary(seed: int, length: int, missing: float, columns: int):
    chance = np.random.default_rng(seed)
    x = chance.standard_normal((length, columns))
    x[:, 0] = 1
    x[:, -1] = chance.random(length) < 0.3
    y = 5 + np.cumsum(chance.standard_normal(length)) * 0.3 + chance.standard_normal(length)
    known = chance.random(length) >= missing
    known[[0, 3, length - 1]] = True
    return np.column_stack([x, y]), known


def fitted(rows, known, of: Grid, contrast):
    starts = np.array([0, len(rows)], dtype=np.int64)
    log, mean, scale, *_ = kernels.fit(
        rows, known, starts, of.phi, of.kappa, of.log_prior, contrast[None], A0, B0, of.by_gaps, of.along
    )
    return log[0], mean[0, 0], scale[0, 0]


WHOLE = grid(everywhere=True)
NO_NUGGET = grid(kappas=(0.0,))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(25, 80), st.floats(0, 0.6), st.integers(2, 9), st.booleans())
def test_weights_means_and_scales_are_those_of_dense_linear_algebra(seed, length, missing, columns, nugget):
    rows, known = diary(seed, length, missing, columns)
    if known.sum() < columns + 4 or rows[known, columns - 1].sum() in (0, known.sum()):
        return
    contrast = np.zeros(columns)
    contrast[-1] = 1
    of = WHOLE if nugget else NO_NUGGET
    days = np.nonzero(known)[0]
    expected = dense(rows[known, :-1], rows[known, -1], days, of, contrast)
    (log, mean, scale), (log_, mean_, scale_) = fitted(rows, known, of, contrast), expected
    np.testing.assert_allclose(np.exp(log), np.exp(log_), rtol=0, atol=1e-9)
    np.testing.assert_allclose(mean, mean_, rtol=0, atol=1e-9)
    np.testing.assert_allclose(scale, scale_, rtol=1e-9)


@pytest.mark.parametrize("name", ["base", "drift", "clinic", "blocks"])
def test_points_that_are_passed_over_move_no_interval_by_a_hundredth_of_a_point(name):
    batch = batch_of_simulated(simulate(SCENARIOS[name], 300, 4))
    asked = design(batch, "lags")
    some, whole = (infer(batch, asked, of) for of in (NUGGET, WHOLE))
    assert (some.log_weight < -1e8).any()
    np.testing.assert_allclose(some.summary()[:, :, :4], whole.summary()[:, :, :4], rtol=0, atol=0.01)


@pytest.mark.parametrize("degrees_of_freedom", [3.0, 8.0, 40.0, 167.0])
def test_the_ends_of_an_interval_are_quantiles_of_the_mixture(degrees_of_freedom):
    from statistics import NormalDist

    chance = np.random.default_rng(int(degrees_of_freedom))
    weight = chance.dirichlet(np.ones(7))
    mean, scale = chance.standard_normal((1, 1, 7)), chance.uniform(0.3, 2, (1, 1, 7))
    made = mixtures.mixture_summaries(np.log(weight)[None], mean, scale, np.array([degrees_of_freedom]), 1.0)[
        0, 0
    ]
    # A draw of Student's t is a normal divided by the root of a chi-squared over its degrees of freedom.
    root = np.sqrt(chance.chisquare(degrees_of_freedom, 4_000) / degrees_of_freedom)
    normal = NormalDist()

    def below(x):
        z = (x - mean[0, 0]) / scale[0, 0]
        return float(
            sum(w * np.mean([normal.cdf(one * r) for r in root]) for w, one in zip(weight, z, strict=True))
        )

    assert [below(made[2]), below(made[3])] == pytest.approx([0.025, 0.975], abs=2e-3)
    assert [below(0.0), below(1.0)] == pytest.approx([1 - made[4], 1 - made[5]], abs=8e-3)


# Quantiles of Student's t from R: qt(p, df).
T = [
    (0.975, 5, 2.570582),
    (0.975, 30, 2.042272),
    (0.975, 150, 1.975905),
    (0.9, 10, 1.372184),
    (0.999, 60, 3.231709),
]


@pytest.mark.parametrize(("chance", "degrees_of_freedom", "quantile"), T)
def test_the_fast_distribution_function_is_that_of_students_t(chance, degrees_of_freedom, quantile):
    assert mixtures.t_cdf(quantile, degrees_of_freedom) == pytest.approx(
        chance, abs=3e-4 if degrees_of_freedom < 10 else 7e-5
    )


def test_a_column_that_says_nothing_new_is_dropped_and_what_it_copies_is_tangled():
    chance = np.random.default_rng(1)
    x = np.column_stack([np.ones(50), chance.random(50) < 0.5, chance.standard_normal(50)])
    rows = np.column_stack([x, x[:, 1], chance.standard_normal(50)])
    dropped, collinear = np.zeros(4, dtype=bool), np.zeros(4, dtype=bool)
    kernels.redundant_columns(rows, np.ones(50, dtype=bool), 0, 50, 4, 1e-8, dropped, collinear)
    assert (list(dropped), list(collinear)) == ([False, False, False, True], [False, True, False, True])


def test_an_unbroken_series_has_the_likelihood_of_the_textbook():
    """AR(1) without a nugget: y[t] - phi y[t-1] are independent, Hamilton 1994, section 5.2."""
    chance = np.random.default_rng(3)
    y, phi = chance.standard_normal(60), 0.5
    rows, white, turned = np.zeros((60, 8)), np.empty((60, 8)), np.zeros((1, 64))
    rows[:, 0] = y
    gram = np.zeros((1, 1))
    log_det = kernels.whitened_gram(rows, np.ones(60, dtype=np.int64), 1, phi, 0.0, white, turned, gram)
    by_hand = y[0] ** 2 + ((y[1:] - phi * y[:-1]) ** 2).sum() / (1 - phi**2)
    assert gram[0, 0] == pytest.approx(by_hand, rel=1e-12)
    assert log_det == pytest.approx(59 * np.log(1 - phi**2), rel=1e-12)
