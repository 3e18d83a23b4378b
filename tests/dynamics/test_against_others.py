"""The engine against R, and against published analyses of public data sets."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from assuage.dynamics import kernels, mixtures
from assuage.dynamics.design import design, design_rows
from assuage.dynamics.infer import infer
from assuage.dynamics.model import NUGGET, grid
from benchmarks import statsmodels_rows
from benchmarks.gls_rows import FROZEN, batch

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the data sets are not distributed with the project"
)


@pytest.fixture(scope="module")
def gls():
    """nlme::gls(y ~ 0 + x1 + ..., correlation = corCAR1(form = ~day), method = "REML"); benchmarks/gls_frozen.R."""
    return np.genfromtxt(FROZEN, delimiter=",", skip_header=1)


def test_without_prior_and_nugget_the_estimates_are_those_of_gls_in_r(gls):
    diaries, fine = batch(), grid(tuple(np.linspace(0, 0.98, 393)), (0.0,))
    asked = design(diaries)
    rows = design_rows(diaries, asked.columns)
    no_prior = np.zeros_like(fine.log_prior)
    log, mean, scale, *_ = kernels.fit(
        rows.values,
        rows.known,
        diaries.starts,
        fine.phi,
        fine.kappa,
        no_prior,
        asked.contrasts,
        1e-12,
        1e-12,
        True,
        0,
    )
    who, lag, estimate, sd, phi = (
        gls[:, 0].astype(int),
        gls[:, 1].astype(int) - 1,
        gls[:, 2],
        gls[:, 3],
        gls[:, 4],
    )
    best = log.argmax(axis=1)[who]
    inside = phi > 0.01  # R's phi cannot be 0
    assert inside.sum() > 880
    assert np.abs(mean[who, lag, best] - estimate)[inside].max() < 0.02
    assert np.abs(scale[who, lag, best] - sd)[inside].max() < 0.005
    assert np.abs(fine.phi[best] - phi)[inside].max() < 0.01


def test_with_them_the_estimates_stay_close_and_the_intervals_as_wide(gls):
    diaries = batch()
    numbers = infer(diaries, design(diaries), NUGGET).summary()
    who, lag = gls[:, 0].astype(int), gls[:, 1].astype(int) - 1
    ours = numbers[who, lag]
    assert np.abs(ours[:, 0] - gls[:, 2]).mean() < 0.04
    assert np.median(ours[:, 1] / gls[:, 3]) == pytest.approx(1, abs=0.05)


# GLSAR(rho=1).fit() in the notebook of HIAlab/HPIclassroomNof1trials leaves rho = 0 and drops the first
# day: least squares.
PRINTED = {
    "tea": (-0.1667, -0.5727, -0.2381),
    "milk": (-1.3846,),
    "noise": (0.3690,),
    "window": (-0.3333, -0.8333, -0.8333),
    "animal": (-2.0,),
}


def trials() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows of each participant of the classroom trials, blank ratings left out."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    with (SHARED / "hpi_classroom_nof1.csv").open() as file:
        for row in csv.DictReader(file):
            if row["sleep_quality"]:
                found.setdefault((row["trial"], row["participant"]), []).append(row)
    return found


@needs_data
def test_the_printed_effects_of_the_classroom_trials_are_least_squares_without_the_first_day():
    effects: dict[str, list[float]] = {}
    for (trial, _), rows in trials().items():
        first = min(row["intervention"] for row in rows)
        y = np.array([float(row["sleep_quality"]) for row in rows[1:]])
        x = np.array([row["intervention"] == first for row in rows[1:]])
        effects.setdefault(trial, []).append(abs(y[x].mean() - y[~x].mean()))
    for trial, printed in PRINTED.items():
        for one in printed:
            assert min(abs(abs(one) - effect) for effect in effects[trial]) < 1e-4, (trial, one)


@needs_data
@pytest.mark.parametrize(
    ("trial", "which", "estimate", "low", "high"),
    [("milk", 0, -1.52, -2.86, -0.18), ("window", 2, -0.86, -1.71, -0.02)],
)
def test_the_engine_on_the_classroom_trials_says_what_its_method_says(trial, which, estimate, low, high):
    rows = [rows for (name, _), rows in trials().items() if name == trial][which]
    day = np.array([int(row["day"]) for row in rows]) - int(rows[0]["day"])
    first = min(row["intervention"] for row in rows)
    values = np.zeros((day.max() + 1, 3))
    known = np.zeros(len(values), dtype=bool)
    values[day, 0], known[day] = 1, True
    values[day, 1] = [row["intervention"] != first for row in rows]
    values[day, 2] = [float(row["sleep_quality"]) for row in rows]
    of, starts = NUGGET, np.array([0, len(values)])
    made = kernels.fit(
        values, known, starts, of.phi, of.kappa, of.log_prior, np.array([[0.0, 1.0]]), 1.5, 1.0, False, 0
    )
    found = mixtures.mixture_summaries(*made[:4], 1.0)[0, 0]
    assert found[[0, 2, 3]] == pytest.approx((estimate, low, high), abs=0.02)


@pytest.fixture(scope="module")
def statsmodels():
    """SARIMAX(1, 0, 0) with measurement error, and GLS; benchmarks/statsmodels_rows.py made the file."""
    return np.genfromtxt(statsmodels_rows.FROZEN, delimiter=",", skip_header=1), statsmodels_rows.diaries()


def test_the_likelihood_with_missing_days_is_that_of_statsmodels_sarimax(statsmodels):
    for at, phi, kappa, log_det, form, *_ in statsmodels[0]:
        _, y, day = statsmodels[1][int(at)]
        rows, gram = np.zeros((len(y), 8)), np.zeros((1, 1))
        rows[:, 0] = y
        gaps = np.append(1, np.diff(day))
        room = np.empty((len(y), 8)), np.zeros((1, (len(y) + 31) // 32 * 32))
        assert kernels.whitened_gram(rows, gaps, 1, phi, kappa, *room, gram) == pytest.approx(
            log_det, abs=1e-8
        )
        assert gram[0, 0] == pytest.approx(form, rel=1e-9)


def test_estimates_and_errors_at_a_known_correlation_are_those_of_statsmodels_gls(statsmodels):
    """The engine adds 1e-5 to its matrix so that a factor exists: estimates and errors may differ by that much."""
    for at, phi, kappa, _, _, *expected in statsmodels[0]:
        x, y, day = statsmodels[1][int(at)]
        values, known = np.zeros((day.max() + 1, x.shape[1] + 1)), np.zeros(day.max() + 1, dtype=bool)
        values[day], known[day] = np.column_stack([x, y]), True
        one = np.array([phi]), np.array([kappa]), np.zeros(1)
        asked = np.eye(x.shape[1])[-3:].copy()
        starts = np.array([0, len(values)])
        _, mean, scale, *_ = kernels.fit(values, known, starts, *one, asked, 1e-12, 1e-12, False, 0)
        assert [*mean[0, :, 0], *scale[0, :, 0]] == pytest.approx(expected, abs=1e-5)
