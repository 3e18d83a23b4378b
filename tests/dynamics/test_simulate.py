"""The generator keeps its promises: same seed, same diaries; and each world is the world it says it is."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from assuage.cli import main
from assuage.dynamics.many import diaries_of
from assuage.dynamics.scenarios import SCENARIOS
from assuage.dynamics.simulate import batches, simulate
from assuage.record.rows import read_table


def test_the_first_patients_do_not_depend_on_how_many_are_made():
    few, many = simulate(SCENARIOS["base"], 3, 7), simulate(SCENARIOS["base"], 1_200, 7)
    np.testing.assert_array_equal(few.pain, many.pain[:3])
    parts = list(batches(SCENARIOS["base"], 1_200, 7, size=1_000))
    np.testing.assert_array_equal(np.concatenate([one.pain for one in parts]), many.pain)
    assert not np.array_equal(few.pain, simulate(SCENARIOS["base"], 3, 8).pain, equal_nan=True)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_world_has_whole_numbers_on_the_scale_and_some_days_missing(name):
    made = simulate(SCENARIOS[name], 200, 1)
    kept = made.pain[~np.isnan(made.pain)]
    assert kept.min() >= 0
    assert kept.max() <= 10
    assert (kept == np.round(kept)).all()
    assert 0.10 < np.isnan(made.pain).mean() < 0.25


def test_half_of_the_patients_have_the_effect_and_a_dozen_or_so_exposures():
    made = simulate(SCENARIOS["base"], 1_000, 1)
    assert (made.effect == 2).mean() == 0.5
    assert made.exposed.sum(axis=2).mean() == pytest.approx(10.7, abs=1)


def test_pain_is_two_points_higher_on_the_day_after():
    made = simulate(SCENARIOS["base"], 1_000, 1)
    after = np.roll(made.exposed[:, 0], 1, axis=1) > 0
    after[:, 0] = False
    real, none = made.effect[:, 0] > 0, made.effect[:, 0] == 0
    with_it = np.nanmean(made.pain[real][after[real]])
    without = np.nanmean(made.pain[none][after[none]])
    assert with_it - without == pytest.approx(2, abs=0.15)


CORRELATED = {"seek-same-day": 1, "seek-good-days": -1}


@pytest.mark.parametrize("name", CORRELATED)
def test_massage_is_sought_as_the_world_says(name):
    made = simulate(SCENARIOS[name], 300, 1)
    exposed = made.exposed[:, 0] > 0
    difference = np.nanmean(made.pain[exposed]) - np.nanmean(made.pain[~exposed])
    assert np.sign(difference) == CORRELATED[name]
    assert abs(difference) > 0.8


def test_a_table_of_diaries_is_a_table_of_records(tmp_path, capsys):
    assert main(["simulate", "diaries", "--patients", "3", "--seed", "4", "-o", str(tmp_path / "c")]) == 0
    assert "3 diaries of base, seed 4" in capsys.readouterr().err
    records = read_table(tmp_path / "c")
    made = diaries_of(simulate(SCENARIOS["base"], 3, 4))
    pain = [entry.value for entry in records[0].entries if getattr(entry, "scale", "") == "pain"]
    assert pain == made[0].ratings[~np.isnan(made[0].ratings)].tolist()
    truth = pl.read_parquet(tmp_path / "c" / "truth" / "part-00000.parquet")
    assert truth.columns == ["patient", "exposure", "effect", "phi"]


def test_records_of_diaries_can_be_written_one_a_patient(tmp_path):
    assert (
        main(
            [
                "simulate",
                "diaries",
                "--patients",
                "2",
                "--scenario",
                "half-daily",
                "--to",
                "yaml",
                "-o",
                str(tmp_path / "r"),
            ]
        )
        == 0
    )
    assert len(list((tmp_path / "r").glob("*.yaml"))) == 2


WRONG = {
    ("--scenario", "sek-same-day"): 'did you mean "seek-same-day"?',
    ("--patients", "0"): "--patients must be 1 or more",
    ("--seed", "-1"): "--seed must be 0 or more",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_simulated_is_said(wrong, tmp_path, capsys):
    assert main(["simulate", "diaries", *wrong, "-o", str(tmp_path / "c")]) == 2
    assert WRONG[wrong] in capsys.readouterr().err


def test_a_folder_that_is_in_use_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine").write_text("mine")
    assert main(["simulate", "diaries", "-o", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err


def test_the_scenarios_are_listed(capsys):
    assert main(["simulate", "diaries", "--list"]) == 0
    assert "seek-same-day" in capsys.readouterr().out
