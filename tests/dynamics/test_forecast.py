"""A forecast is the model's own distribution of a day to come, learns from the past alone, and must earn its place."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from assuage.cli import main
from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.forecast import DAYS_AHEAD, forecast, in_tenths_worse_up, predictive, tried_on_the_past
from assuage.dynamics.forecast_scores import Lattice, lattice_of, persistence, seasonal, skill_of
from assuage.dynamics.reading import diary_of_text
from assuage.report.forecast.words import forecast_lines, forecast_plain
from assuage.terms.scales import PAIN
from tests.made_diaries import diary_of_two_exposures

NAN = float("nan")
MADE = diary_of_text(diary_of_two_exposures(), "made.csv")


def pain(ratings, **exposures) -> Diary:
    columns = {name: Exposures(np.asarray(days, dtype=float)) for name, days in exposures.items()}
    return Diary("Ana", PAIN, np.asarray(ratings, dtype=float)[:, None], columns)


def remembering(days: int, seed: int, phi: float = 0.6) -> np.ndarray:
    chance = np.random.default_rng(seed)
    noise = np.zeros(days)
    for day in range(1, days):
        noise[day] = phi * noise[day - 1] + chance.normal(0, 1.2)
    return np.clip(np.rint(5 + noise), 0, 10)


def test_the_mean_and_scale_of_a_day_to_come_are_those_of_dense_linear_algebra():
    ratings = remembering(40, 3)
    ratings[[5, 6, 20]] = np.nan
    cut = pain(np.concatenate([ratings, np.full(DAYS_AHEAD, np.nan)]))
    posterior = predictive([cut], weekly=False)
    g = int(np.argmax(posterior.log_weight[0]))
    phi, kappa = posterior.grid.phi[g], posterior.grid.kappa[g]
    known = np.flatnonzero(~np.isnan(ratings))
    day = np.concatenate([known, [len(ratings) + 2]])
    apart = np.abs(day[:, None] - day[None, :])
    noise = (1 - kappa) * phi**apart + kappa * (apart == 0)
    inside, beside, y = noise[:-1, :-1], noise[:-1, -1], ratings[known]
    inverse, ones = np.linalg.inv(inside), np.ones(len(known))
    information = ones @ inverse @ ones
    level = (ones @ inverse @ y) / information
    mean = level + beside @ inverse @ (y - level)
    left = 1 - ones @ inverse @ beside
    variance = 1 - beside @ inverse @ beside + left**2 / information
    assert posterior.mean[0, 2, g] == pytest.approx(mean, abs=1e-3)
    assert posterior.scale[0, 2, g] ** 2 / posterior.sigma2[0, g] == pytest.approx(variance, rel=1e-3)


def test_the_score_is_the_mean_distance_less_half_the_spread():
    lattice = Lattice(1.0, 11)
    drawn, came = np.array([2.0, 2.0, 5.0, 9.0]), 4.0
    distance = np.abs(drawn - came).mean()
    spread = np.abs(drawn[:, None] - drawn[None, :]).mean()
    score = lattice.crps(lattice.distribution(drawn), np.asarray(came))
    assert float(score) == pytest.approx(distance - spread / 2)


@pytest.mark.parametrize(
    ("ratings", "count"), [([1, 2, 4], 11), ([0, 5, 10], 3), ([3.5, 4.0, 6.0], 21), ([3, 3.01], 101)]
)
def test_the_ratings_that_can_be_given_are_a_step_of_the_patient_apart(ratings, count):
    assert lattice_of(np.array([*ratings, NAN])).count == count


def test_persistence_and_the_weekday_are_what_their_names_say():
    lattice, ratings = Lattice(1.0, 11), np.tile([2.0, 3, 4, 5, 6, 7, 8], 5)
    middle = [int(np.searchsorted(guess, 0.5)) for guess in (seasonal(lattice, ratings, 30, 1),)]
    assert middle == [int(ratings[31])]
    flat = np.full(30, 4.0)
    assert persistence(lattice, flat, 29, 3)[4] == 1.0
    assert persistence(lattice, flat[:10], 9, 1) is None


def test_nothing_is_learnt_from_days_that_come_after():
    ratings = remembering(110, 8)
    changed = ratings.copy()
    changed[95:] = 10 - changed[95:]
    a, b = (tried_on_the_past(pain(of)) for of in (ratings, changed))
    before = [o for o, origin in enumerate(a.origins) if origin < 95]
    assert (a.at_most[before] == b.at_most[before]).all()
    assert before


TOO_OLD = np.concatenate([remembering(90, 1), [NAN, NAN, NAN]])
WEEK_UNKNOWN = np.concatenate([remembering(90, 1), [NAN, NAN, NAN, NAN, 5, NAN, NAN]])


@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        (remembering(40, 1), "few"),
        (np.full(90, 4.0), "constant"),
        (TOO_OLD, "stale"),
        (WEEK_UNKNOWN, "week-unknown"),
        (
            np.clip(np.cumsum(np.resize([0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0], 120)) + 4.0, 0, 10),
            "no-better",
        ),
    ],
)
def test_what_cannot_be_told_is_not_told_and_says_why(ratings, why):
    told = forecast(pain(ratings))
    assert (told.why_not, told.days) == (why, ())
    assert forecast_plain(told, PAIN)["refusal"]


def test_an_exposure_that_is_linked_changes_the_chance_of_a_flare_and_another_does_not():
    told = forecast(MADE)
    (massage,) = told.exposures
    assert (massage.exposure, massage.happened, told.without_word) == ("massage", False, ("tea",))
    assert massage.tomorrow[0] > 0.3 > massage.tomorrow[1] == told.days[0].flare
    assert massage.week[0] > massage.week[1] == told.any_flare
    text = "\n".join(forecast_lines(told, PAIN))
    assert "No reason to leave out what you like" in text
    assert len(told.days) == DAYS_AHEAD


def test_a_scale_whose_high_end_is_good_has_the_mirrored_forecast():
    better = structs.replace(PAIN, higher_is="better", daily="worst")
    turned = replace(MADE, outcome=better, ratings=10 - MADE.ratings)
    a, b = forecast(MADE), forecast(turned)
    assert b.usual == pytest.approx(10 - a.usual)
    assert [day.flare for day in b.days] == [day.flare for day in a.days]
    assert b.days[0].middle == 10 - a.days[0].middle


def test_of_two_ratings_a_day_the_worse_one_stands_for_it_and_half_a_day_is_unknown():
    twice = Diary("Ana", PAIN, np.array([[2.0, 6.0], [7.0, NAN], [3.0, 1.0]]), {})
    daily = in_tenths_worse_up(twice).ratings[:, 0]
    assert daily.tolist()[::2] == [6.0, 3.0]
    assert np.isnan(daily[1])


def test_a_gain_that_days_in_a_row_share_counts_for_less():
    chance = np.random.default_rng(2)
    each = chance.normal(0.3, 1, 60)
    blocks = np.repeat(each[:12], 5)
    none = np.zeros(60)
    alone, shared = (skill_of(-gains, none, none, 8).z for gains in (each, blocks))
    assert shared < alone


def test_the_command_says_it_in_both_languages_and_refuses_a_record_without_ratings(tmp_path, capsys):
    file = tmp_path / "diary.csv"
    file.write_text(diary_of_two_exposures(), encoding="utf-8")
    page = tmp_path / "page.html"
    assert main(["forecast", str(file), "--json", "--lang", "lt", "-o", str(page)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["answer"].startswith("Rytoj, 180 dieną")
    assert told["days"][0]["day"] == 180
    assert "With and without" not in page.read_text(encoding="utf-8")
    assert main(["forecast", "examples/case.yaml"]) == 0
    assert "No forecast (pain)" in capsys.readouterr().out


def test_a_diary_and_its_record_foretell_the_same_also_where_something_was_done_since_the_last_rating(
    tmp_path, capsys
):
    chance = np.random.default_rng(5)
    level = np.clip(np.round(4 + remembering(150, 5)), 0, 10)
    done = chance.random(152) < 0.2
    done[-2:] = True
    ratings = [*(f"{value:g}" for value in level), "", ""]
    rows = "\n".join(f"{day},{ratings[day]},{int(done[day])}" for day in range(152))
    diary, record = tmp_path / "diary.csv", tmp_path / "record.yaml"
    diary.write_text(f"day,pain,coffee\n{rows}\n")
    assert main(["import", str(diary), "--patient", "diary", "-o", str(record)]) == 0
    told: list[object] = []
    for path in (diary, record):
        capsys.readouterr()
        assert main(["forecast", str(path), "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
