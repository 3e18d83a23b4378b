"""A small fixed part of the simulation study: the same seeds, bars wide enough for its size."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.dynamics.scenarios import SCENARIOS
from benchmarks import forecast_study, plasmode, verdicts
from benchmarks.study_triggers import AT_ENDS, CALIBRATED, SOUGHT, multiplicity, run, run_with_lag_0
from benchmarks.verdict_cells import CELLS, diaries_of_cell


@pytest.mark.parametrize("name", CALIBRATED)
def test_intervals_hold_the_truth_as_often_as_they_say(name):
    found = run(SCENARIOS[name], 400)
    assert (found.cover_0 + found.cover) / 2 > 0.92


@pytest.mark.parametrize("name", AT_ENDS)
def test_intervals_hold_the_truth_at_the_ends_of_the_scale_too(name):
    found = run(SCENARIOS[name], 60)
    assert (found.cover_0 + found.cover) / 2 > 0.89


def test_massage_sought_on_bad_days_is_not_called_harmful_and_lag_0_would_have_called_it_so():
    assert run(SCENARIOS["seek-same-day"], 400).harm <= 0.07
    assert run_with_lag_0(SCENARIOS["seek-same-day"], 400).harm > 0.12


@pytest.mark.parametrize("name", SOUGHT)
def test_a_flag_says_that_an_exposure_is_sought(name):
    assert run(SCENARIOS[name], 200).flags > 0.75


def test_pooling_keeps_false_discoveries_down_and_halves_the_error():
    found = multiplicity(400)
    assert found.declared["raw 95 % interval"][0] > 0.25
    assert found.declared["lfsr < 0.05"][0] <= 0.065
    assert found.declared["lfsr < 0.10"][0] <= 0.13
    assert found.error_pooled < 0.55 * found.error_alone


def test_the_page_of_the_whole_study_has_every_bar():
    page = Path("docs/studies/triggers.md").read_text(encoding="utf-8")
    assert page.count("93-97 % coverage") == len(CALIBRATED)


@pytest.mark.skipif(not plasmode.DATA.is_file(), reason="the data set is not distributed with the project")
def test_intervals_hold_what_was_put_into_real_pain_where_least_squares_does_not():
    made, _ = plasmode.cells(1_000)
    none = {cell.pattern: cell.scores for cell in made if cell.effect == 0}["courses of 7 days"]
    assert none["the engine"].cover_0 > 0.92
    assert none["least squares"].cover_0 < 0.85


@pytest.mark.parametrize("name", ["plain", "twice daily", "steps", "+2", "-2"])
def test_every_diary_of_a_scored_world_gets_one_of_the_five_words(name):
    of = verdicts.tally(CELLS[name], 12, seed=7)
    assert sum(of.words.values()) == pytest.approx(1)


def test_other_seeds_give_other_diaries_and_the_same_seed_the_same():
    first, again, other = (diaries_of_cell(CELLS["doses"], 2, seed) for seed in (1, 1, 2))
    same = [one.exposures["exposure 1"].days.tolist() for one in first]
    assert same == [one.exposures["exposure 1"].days.tolist() for one in again]
    assert same != [one.exposures["exposure 1"].days.tolist() for one in other]


def test_a_bar_that_is_not_kept_says_so():
    told = verdicts.table_of_bars([verdicts.Bar("never", 0.2, 0.02, met=False)])
    assert told[-1] == "| never | 0.200 | 0.020 | **no** |"


def test_the_picture_of_the_forecast_is_drawn_with_every_point():
    drawn = forecast_study.picture([(0.1, 0.12, 40), (0.5, 0.45, 20)], [(0.3, 0.35, 30)])
    assert drawn.count("<circle") == 3
    assert "told 0.10, came 0.12; told 0.50, came 0.45" in drawn
