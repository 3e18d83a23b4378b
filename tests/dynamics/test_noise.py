"""A cohort's own diaries say how its noise is: closer to the truth than the default prior, and never certain."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from assuage.dynamics import cohort, noise
from assuage.dynamics.cohort import Question, run_cohort, with_noise
from assuage.dynamics.model import NUGGET
from assuage.dynamics.noise import learnt
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.written import write_tables

# AR(1) of .8 with an SD of 1.2, and as much noise again in each rating: kappa is 1.2^2 / (1.2^2 + 1.2^2) = .5
WORLD = replace(SCENARIOS["base"], phi=(0.8, 0.8), ar_sd=(1.2, 1.2), noise_sd=1.2)
PATIENTS = 150


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("cohort")
    list(write_tables(WORLD, PATIENTS, 5, where))
    return where


@pytest.fixture(autouse=True)
def fewer(monkeypatch):
    monkeypatch.setattr(noise, "DIARIES", 100)


def prior(folder, **asked):
    return np.array(with_noise(Question(**asked), sorted(folder.glob("*.parquet"))).noise)


def test_the_learnt_prior_is_closer_to_the_truth_than_the_default(folder, monkeypatch):
    monkeypatch.setattr(noise, "DEFAULT_WORTH", 10.0)  # a tenth of the diaries, as of a thousand
    made, default = prior(folder), np.exp(NUGGET.log_prior)
    for of, truth in ((NUGGET.phi, 0.8), (NUGGET.kappa, 0.5)):
        assert abs(made @ of - truth) < 0.5 * abs(default @ of - truth)


@pytest.mark.parametrize("shift", [0.0, 50.0, 5_000.0])
def test_no_point_is_ever_ruled_out(shift):
    """However sure every diary is of one point, each other keeps its share of the default prior's hundred diaries."""
    sure = np.zeros((1_000, len(NUGGET.phi)))
    sure[:, 7] = shift
    made = np.array(learnt(sure, NUGGET))
    assert made.sum() == pytest.approx(1, abs=1e-4)
    assert (made > 0.08 * np.exp(NUGGET.log_prior)).all()


def test_diaries_that_say_nothing_leave_the_default(folder):
    silent = np.zeros((1_000, len(NUGGET.phi)))
    np.testing.assert_allclose(learnt(silent, NUGGET), np.exp(NUGGET.log_prior), rtol=1e-5)


def test_the_pieces_that_the_diaries_come_in_do_not_matter(folder, monkeypatch):
    whole = prior(folder)
    monkeypatch.setattr(cohort, "ROWS_A_PART", 5_000)
    assert prior(folder).tolist() == whole.tolist()


def test_with_fewer_diaries_than_are_asked_for_the_default_stands(folder, monkeypatch):
    monkeypatch.setattr(noise, "DIARIES", PATIENTS + 1)
    assert with_noise(Question(), sorted(folder.glob("*.parquet"))).noise is None


def test_a_run_that_was_stopped_goes_on_with_the_same_prior_and_writes_it_down(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(cohort, "ROWS_A_PART", 10_000)
    whole = pl.read_parquet(run_cohort(folder, tmp_path / "whole").effects)
    real, made = cohort.first_stage, []

    def stopped(*asked):
        if made:
            raise KeyboardInterrupt
        made.append(1)
        return real(*asked)

    monkeypatch.setattr(cohort, "first_stage", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_cohort(folder, tmp_path / "out")
    monkeypatch.setattr(cohort, "first_stage", real)
    assert pl.read_parquet(run_cohort(folder, tmp_path / "out").effects).equals(whole)
    written = json.loads((tmp_path / "out" / "noise.json").read_text())
    assert (written["learnt"], written["prior"]) == (True, prior(folder).tolist())


def test_turned_off_every_patient_has_the_default_prior(folder, tmp_path):
    run_cohort(folder, tmp_path, Question(learn=False))
    assert json.loads((tmp_path / "noise.json").read_text())["learnt"] is False
