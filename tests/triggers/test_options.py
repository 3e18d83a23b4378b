"""The options of `assuage triggers`, and what a diary's columns say by themselves: each said in words on the page."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from assuage.cli import main
from assuage.dynamics.chosen import is_weather
from assuage.dynamics.reading import diary_of_text
from assuage.errors import InputError, Problems
from benchmarks.verdict_cells import CELLS, diaries_of_cell

CHANCE = np.random.default_rng(11)
DAYS = 100
SOME = (CHANCE.random(DAYS) < 0.15).astype(float)
PAIN = np.clip(np.rint(5 + CHANCE.normal(0, 1, DAYS) + 2 * SOME), 0, 10)


def text_of(**columns) -> str:
    """A diary with these columns beside its days."""
    names = [name.replace("_", " ") for name in columns]
    rows = [",".join(["day", *names])]
    for day in range(DAYS):
        cells = [values[day] for values in columns.values()]
        rows.append(",".join([str(day), *(cell if isinstance(cell, str) else f"{cell:g}" for cell in cells)]))
    return "\n".join(rows) + "\n"


def read(capsys, *arguments: str) -> dict:
    assert main(["triggers", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def diary(tmp_path) -> Path:
    file = tmp_path / "diary.csv"
    file.write_text(text_of(pain=PAIN, bath=SOME))
    return file


def lags(found: dict) -> list[int]:
    return [effect["lag"] for effect in found["triggers"][0]["effects"]]


# --- who chose it ---------------------------------------------------------------------------------------


def test_what_is_said_to_be_settled_has_its_own_day_and_finds_what_came_the_same_day(capsys, diary):
    chosen, settled = read(capsys, str(diary)), read(capsys, str(diary), "--settled", "bath")
    assert lags(chosen) == [1, 2, 3, -1]
    assert lags(settled) == [0, 1, 2, 3, -1]
    assert chosen["triggers"][0]["verdict"] == "cannot tell"
    assert settled["triggers"][0]["verdict"] == "likely"
    assert any("said to be settled before its day" in reason for reason in settled["triggers"][0]["reasons"])


def test_what_was_chosen_gets_both_readings_of_its_day_and_is_asked_for_the_time(capsys, diary):
    reasons = " ".join(read(capsys, str(diary))["triggers"][0]["reasons"])
    assert "If bath came first, it may have raised pain at once (and the day after differs by" in reasons
    assert "if pain came first, bath was sought when it was high (and the day after differs by" in reasons
    assert "Note the time of both" in reasons


@pytest.mark.parametrize(
    ("cell", "by"),
    [
        ("schedule", "schedule"),
        ("Drawn", "draw"),
        ("burtai", "draw"),
        ("Wetter", "weather"),
        ("patient", None),
        ("gydytojas", None),
    ],
)
def test_a_column_says_who_or_what_chose_an_exposure(cell, by):
    said = [cell if day else "" for day in SOME]
    read = diary_of_text(text_of(pain=PAIN, massage=SOME, massage_by=said), "d.csv")
    assert list(read.exposures) == ["massage"]
    massage = read.exposures["massage"]
    assert (massage.by if massage.fixed else None) == by
    assert read.left_out == ()


@pytest.mark.parametrize("other", ["", "patient"])
def test_one_day_that_was_chosen_or_that_nobody_speaks_of_leaves_the_exposure_a_choice(other):
    said = ["schedule" if day else "" for day in SOME]
    said[int(np.flatnonzero(SOME)[0])] = other
    read = diary_of_text(text_of(pain=PAIN, massage=SOME, massage_by=said), "d.csv")
    assert not read.exposures["massage"].fixed


def test_a_chooser_that_is_not_known_is_a_problem_with_its_row():
    said = ["fate" if day else "" for day in SOME]
    with pytest.raises(Problems) as caught:
        diary_of_text(text_of(pain=PAIN, massage=SOME, massage_by=said), "d.csv")
    first = int(np.flatnonzero(SOME)[0]) + 2
    assert str(caught.value.problems[0]).startswith(f"row {first} massage by: must say who or what chose it")


@pytest.mark.parametrize(
    ("name", "weather"),
    [
        ("rain", True),
        ("air pressure (hPa)", True),
        ("Slėgis", True),
        ("lauko temperatūra", True),
        ("Luftdruck", True),
        ("Außentemperatur", True),
        ("blood pressure", False),
        ("body temperature", False),
        ("massage pressure", False),
        ("change", False),
        ("massage", False),
    ],
)
def test_the_weather_is_known_by_every_word_of_its_column(name, weather):
    assert is_weather(name) is weather


def test_the_weather_is_no_choice_and_may_lie_below_zero(capsys, tmp_path):
    file = tmp_path / "cold.csv"
    file.write_text(text_of(pain=PAIN, temperature=np.round(CHANCE.normal(-2, 5, DAYS), 1)))
    (cold,) = read(capsys, str(file))["triggers"]
    assert [effect["lag"] for effect in cold["effects"]] == [0, 1, 2, 3, -1]
    assert any("read as the weather, which nobody chooses" in reason for reason in cold["reasons"])


# --- numbers ---------------------------------------------------------------------------------------------


def test_numbers_are_exposures_and_other_ratings_and_words_are_named_as_left_out(capsys, tmp_path):
    file = tmp_path / "diary.csv"
    words = ["well" if day % 2 else "ill" for day in range(DAYS)]
    steps = np.round(CHANCE.normal(6000, 1500, DAYS))
    file.write_text(text_of(pain=PAIN, steps=steps, fatigue=PAIN, note=words))
    found = read(capsys, str(file))
    assert [one["exposure"] for one in found["triggers"]] == ["steps"]
    assert found["triggers"][0]["compared"]["always_there"]
    assert any("Not looked at: fatigue, note" in note for note in found["notes"])


@pytest.mark.parametrize(("cell", "unit"), [("steps", 1 / 3000), ("+2 a dose", 60.0)])
def test_the_unit_of_an_amount_changes_no_word_and_no_chance(capsys, tmp_path, cell, unit):
    told: list[list[tuple[object, ...]]] = []
    for each in (1.0, unit):
        (made,) = diaries_of_cell(CELLS[cell], 1, 3, each)
        ((_, exposure),) = made.exposures.items()
        rows = [
            f"{day},{'' if rating != rating else f'{rating:g}'},{exposure.days[day]:.9f}"
            for day, (rating,) in enumerate(made.ratings)
        ]
        file = tmp_path / f"{len(told)}.csv"
        file.write_text("day,pain,amount\n" + "\n".join(rows) + "\n")
        triggers = read(capsys, str(file))["triggers"]
        told.append([(one["verdict"], round(one["chance_worse"], 4)) for one in triggers])
    assert told[0] != []
    assert told[0] == told[1]


# --- the outcome -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "written", "limit"),
    [
        (("0", "10"), PAIN, "1 point"),
        (("0", "100"), 10 * PAIN, "10 points"),
        (("0", "3"), 0.3 * PAIN, "0.3 points"),
        (("10", "0"), 10 - PAIN, "1 point"),
    ],
)
def test_any_scale_gives_the_words_of_its_tenths(capsys, tmp_path, ends, written, limit):
    file = tmp_path / "diary.csv"
    file.write_text(text_of(joint_pain=written, bath=SOME))
    asked = ("--outcome", "joint pain", "--range", *ends, "--settled", "all")
    (bath,) = read(capsys, str(file), *asked)["triggers"]
    assert bath["verdict"] == "likely"
    span = abs(float(ends[1]) - float(ends[0]))
    same_day = bath["effects"][0]["estimate"] * 10 / (float(ends[1]) - float(ends[0]))
    assert same_day == pytest.approx(2, abs=0.8)
    assert bath["effects"][0]["worth"] == pytest.approx(span / 10)
    assert main(["triggers", str(file), *asked]) == 0
    assert f"of {limit} or more" in " ".join(capsys.readouterr().out.split())


def test_slow_waves_are_taken_out_and_the_page_says_so(capsys, diary):
    found = read(capsys, str(diary), "--slow-waves")
    assert any("Slow waves of pain, over weeks and months, were taken out" in note for note in found["notes"])
    assert found["triggers"][0]["effects"] != read(capsys, str(diary))["triggers"][0]["effects"]


# --- other patients --------------------------------------------------------------------------------------


@pytest.fixture
def cohort(tmp_path) -> Path:
    """What `triggers cohort` writes of a class in which one of five has a rise of 1.5 points."""
    row = {"outcome": "pain", "exposure": "massage", "lag": -1, "phase": None, "patients": 300, "none": 0.8}
    row |= {"mean": 1.5, "mean_low": 1.2, "mean_high": 1.8, "spread": 0.4, "state": "estimated"}
    pl.DataFrame([row], schema_overrides={"phase": pl.String}).write_parquet(tmp_path / "population.parquet")
    return tmp_path


def test_where_the_diary_cannot_tell_other_patients_have_a_word_that_changes_no_verdict(
    capsys, tmp_path, cohort
):
    file = tmp_path / "diary.csv"
    quiet = np.clip(np.rint(np.random.default_rng(3).normal(5, 2, DAYS)), 0, 10)
    file.write_text(text_of(pain=quiet, massage=SOME, bath=np.roll(SOME, 3)))
    alone = read(capsys, str(file))
    beside = read(capsys, str(file), "--others", str(cohort))
    assert [one["verdict"] for one in beside["triggers"]] == [one["verdict"] for one in alone["triggers"]]
    told = {one["exposure"]: " ".join(one["reasons"]) for one in beside["triggers"]}
    assert "about 80 in 100 of them show no difference, and in the rest it is +1.5 points" in told["massage"]
    assert "Other patients say nothing of bath" in told["bath"]


@pytest.mark.parametrize(
    ("outcome", "says"), [("pain", "no population.parquet"), ("fatigue", "says nothing of")]
)
def test_others_that_have_nothing_to_say_are_refused(capsys, diary, cohort, tmp_path, outcome, says):
    folder = cohort if outcome == "fatigue" else tmp_path / "nowhere"
    file = tmp_path / "of.csv"
    file.write_text(diary.read_text().replace("pain", outcome))
    assert main(["triggers", str(file), "--outcome", outcome, "--others", str(folder)]) == 2
    assert says in capsys.readouterr().err


# --- what cannot be asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--settled", "tea"), '--settled: unknown exposure "tea"'),
        (("--range", "5", "5"), "two numbers that differ"),
        (("--outcome", "joint pain"), "a scale of your own needs its ends"),
    ],
)
def test_what_cannot_be_asked_of_a_diary_is_said_in_a_sentence(capsys, diary, arguments, says):
    assert main(["triggers", str(diary), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_record_has_the_ends_of_its_scales_and_a_cohort_is_asked_for_none_of_this(capsys):
    case = str(Path(__file__).parents[2] / "examples" / "case.yaml")
    assert main(["triggers", case, "--range", "0", "10"]) == 2
    assert "--range is of a CSV diary" in capsys.readouterr().err
    assert main(["triggers", "cohort", "x.parquet", "-o", "out", "--settled", "all"]) == 2
    assert "--settled is for one patient" in capsys.readouterr().err


def test_the_ends_of_a_scale_are_two_numbers_that_differ():
    with pytest.raises(InputError, match="two numbers that differ"):
        diary_of_text(text_of(pain=PAIN, bath=SOME), "d.csv", ends=(3.0, 3.0))


def test_a_diary_is_read_up_to_the_day_that_is_asked_for(diary, tmp_path, capsys):
    short = tmp_path / "short.csv"
    short.write_text("".join(diary.read_text().splitlines(keepends=True)[:62]))
    until, cut = read(capsys, str(diary), "--on", "60"), read(capsys, str(short))
    assert until["triggers"] == cut["triggers"]
