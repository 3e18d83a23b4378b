"""No word of the page contradicts the numbers below it, in either language; and what was said of no number is gone."""

from __future__ import annotations

import json
import re

import pytest

from assuage.cli import main
from assuage.dynamics.effect import Effect
from assuage.dynamics.verdict import TriggerVerdict
from assuage.review.compared_days import verdict_reason
from assuage.review.triggers import verdict_message
from assuage.words.speak import ENGLISH
from benchmarks.verdict_cells import CELLS, diaries_of_cell


def written(diary, tmp_path):
    """The diary as the CSV file that a patient would keep."""
    (name,) = diary.exposures
    days = diary.exposures[name].days
    rows = [
        f"{day},{'' if rating != rating else f'{rating:g}'},{days[day]:g}"
        for day, (rating,) in enumerate(diary.ratings)
    ]
    file = tmp_path / "diary.csv"
    file.write_text("day,pain,bath\n" + "\n".join(rows) + "\n")
    return file


def page_of(diary, tmp_path, capsys, *more: str) -> dict:
    file = written(diary, tmp_path)
    assert main(["triggers", str(file), "--exposure", "bath", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


CASES = [
    (cell, seed) for cell in ("plain", "+2", "-2", "sought", "quiet", "doses", "steps") for seed in (1, 2)
]


@pytest.mark.parametrize(("cell", "seed"), CASES)
def test_the_word_of_a_page_agrees_with_its_numbers(capsys, tmp_path, cell, seed):
    (bath,) = page_of(diaries_of_cell(CELLS[cell], 1, seed)[0], tmp_path, capsys)["triggers"]
    lags = [effect for effect in bath["effects"] if effect["lag"] > 0]
    shown = [*bath["effects"], *([bath["compared"]["threshold"]] if bath["compared"]["threshold"] else [])]
    match bath["verdict"]:
        case "likely" | "possible":
            assert any(effect["estimate"] > 0 for effect in shown)
            assert bath["chance_worse"] <= 0.02
        case "helps":
            assert any(effect["high"] < 0 for effect in shown)
        case "no difference of a point":
            assert all(effect["low"] <= 0 <= effect["high"] for effect in lags)
            assert all(max(effect["p_gt_1"], effect["p_lt_minus_1"]) <= 0.05 for effect in lags)
        case other:
            assert other == "cannot tell"
            assert bath["chance_worse"] > 0.01 or bath["compared"]["same_day"] is not None
            if any(effect["low"] > 0 or effect["high"] < 0 for effect in lags):
                assert not any("can neither show" in reason for reason in bath["reasons"])


@pytest.mark.parametrize(
    ("cell", "heading"), [("+2", "Followed by worse pain"), ("-2", "Followed by less pain")]
)
def test_what_helps_and_what_harms_stand_under_headings_of_their_own(capsys, tmp_path, cell, heading):
    file = written(diaries_of_cell(CELLS[cell], 1, 3)[0], tmp_path)
    assert main(["triggers", str(file)]) == 0
    text = capsys.readouterr().out
    assert heading in text.splitlines()[0]
    assert "Not linked" not in text


@pytest.mark.parametrize(("cell", "seed"), CASES)
@pytest.mark.parametrize("language", ["en", "lt"])
def test_no_number_is_a_negative_nothing(capsys, tmp_path, cell, seed, language):
    file = written(diaries_of_cell(CELLS[cell], 1, seed)[0], tmp_path)
    assert main(["triggers", str(file), "--exposure", "bath", "--lang", language]) == 0
    assert not re.search(r"[-−]0[.,]0+(?!\d)", capsys.readouterr().out)


def test_odds_beyond_a_thousand_are_told_as_more_than_that(capsys, tmp_path):
    rows = [f"{day},{'9' if day % 10 == 1 else '3'},{'yes' if day % 10 == 0 else 'no'}" for day in range(27)]
    file = tmp_path / "short.csv"
    file.write_text("day,pain,bath\n" + "\n".join(rows) + "\n")
    assert main(["triggers", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["triggers"][0]["reasons"]
    assert not any(re.search(r"\d{4,} to 1", reason) for reason in told)


@pytest.mark.parametrize(
    ("tenths", "says"),
    [(False, "The diary can neither show"), (True, "smaller than 1 point")],
)
def test_a_difference_is_called_small_only_where_no_shape_leaves_room_for_a_point(tenths, says):
    verdict = TriggerVerdict("bath", "cannot tell", 0.2, 0.6, 1, below_a_point=tenths)
    over_all = Effect("bath", -1, "estimated", 9, 0.2, -0.3, 0.7, 0.8, 0.01, p_lt_minus_1=0.0)
    reason = verdict_reason(verdict, [over_all])
    assert reason is not None
    assert says in ENGLISH.say(reason)


@pytest.mark.parametrize(
    ("low", "high", "chances", "told"),
    [
        (0.7, 2.2, (0.034, 0.9), "34 of 1,000 such pages would show as much of a rise (30 looked at in all)"),
        (
            -2.2,
            -0.7,
            (0.9, 0.034),
            "34 of 1,000 such pages would show as much of a fall (30 looked at in all)",
        ),
        (-0.5, 2.2, (0.3, 0.9), "can neither show a difference"),
    ],
)
def test_a_day_that_stands_out_and_is_no_link_is_told_as_that(low, high, chances, told):
    effect = Effect("bath", 1, "estimated", 12, (low + high) / 2, low, high, 0.99, 0.8, 0.01)
    verdict = TriggerVerdict("bath", "cannot tell", *chances, tests=30)
    reason = verdict_reason(verdict, [effect])
    assert reason is not None
    assert told in str(ENGLISH.say(reason))


def test_what_shows_no_difference_names_the_size_that_is_excluded():
    assert ENGLISH.say(verdict_message("no difference of a point", 10.0)) == "no difference of 10 points"
    assert ENGLISH.say(verdict_message("no difference of a point")) == "no difference of a point"


def test_why_there_is_no_number_is_said_in_the_language_of_the_page(capsys, tmp_path):
    file = tmp_path / "calm.csv"
    file.write_text("day,pain,bath\n" + "".join(f"{day},4,{int(day % 9 == 0)}\n" for day in range(60)))
    assert main(["triggers", str(file), "--lang", "lt"]) == 0
    assert "kas nekinta, nieko neparodo" in " ".join(capsys.readouterr().out.split())
