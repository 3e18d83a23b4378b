"""The engine against R, and against published analyses of public data sets."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from assuage.dynamics import kernels
from assuage.dynamics.design import design, rows_of
from assuage.dynamics.infer import infer
from assuage.dynamics.model import NUGGET, grid
from benchmarks.gls_rows import FROZEN, batch

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the data sets are not distributed with the project")


@pytest.fixture(scope="module")
def gls():
    """nlme::gls(y ~ 0 + x1 + ... , correlation = corCAR1(form = ~day), method = "REML"), see benchmarks/gls_frozen.R."""
    return np.genfromtxt(FROZEN, delimiter=",", skip_header=1)


def test_without_prior_and_nugget_the_estimates_are_those_of_gls_in_r(gls):
    diaries, fine = batch(), grid(tuple(np.linspace(0, 0.98, 393)), (0.0,))
    asked = design(diaries)
    rows = rows_of(diaries, asked.columns)
    no_prior = np.zeros_like(fine.log_prior)
    log, mean, scale, *_ = kernels.fit(
        rows.values, rows.known, diaries.starts, fine.phi, fine.kappa, no_prior, asked.contrasts, 1e-12, 1e-12, True, 0
    )
    who, lag, estimate, sd, phi = gls[:, 0].astype(int), gls[:, 1].astype(int) - 1, gls[:, 2], gls[:, 3], gls[:, 4]
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


# GLSAR(rho=1) as printed by the notebook of HIAlab/HPIclassroomNof1trials, which leaves rho = 0: least squares.
PRINTED = (-0.1667, -0.5727, -0.2381, -1.3846, 0.3690, -0.3333, -0.8333, -0.8333, -2.0)


@needs_data
def test_the_printed_effects_of_the_classroom_trials_come_out_of_the_same_columns():
    with (SHARED / "hpi_classroom_nof1.csv").open() as file:
        rows = list(csv.DictReader(file))
    effects = [round(effect, 4) for effect in _effects(rows)]
    for printed in PRINTED:
        assert any(effect == pytest.approx(printed, abs=1e-4) for effect in effects), (printed, effects)


def _effects(rows):
    trials: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        trials.setdefault(row["trial"], []).append(row)
    for own in trials.values():
        yield _effect(own)


def _effect(own):
    raise NotImplementedError
