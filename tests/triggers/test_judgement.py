"""What the counts alone may say: sums against others' numbers, and standings that never outrun them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.cli import main
from assuage.review.triggers import likelier_after, weight_of_evidence

CASE = Path(__file__).parents[2] / "examples" / "case.yaml"


def test_two_of_two_against_none_of_six_is_likelier_with_a_probability_of_99_percent():
    # screens.md 3.7: with flat priors P(massage worse) is about 0.99.
    assert likelier_after(2, 2, 0, 6) == pytest.approx(0.99, abs=0.01)


@given(st.integers(0, 30), st.integers(0, 30))
def test_equal_counts_on_both_sides_are_a_coin(flared, rest):
    assert likelier_after(flared, flared + rest, flared, flared + rest) == pytest.approx(0.5, abs=1e-9)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_the_two_sides_add_to_one(a, b, c, d):
    total = likelier_after(a, a + b, c, c + d) + likelier_after(c, c + d, a, a + b)
    assert total == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("chance", "odds"), [(0.05, 256), (0.1, 64), (0.2, 16), (0.3, 7.1)])
def test_the_weight_of_two_of_two_is_that_of_the_method(chance, odds):
    assert weight_of_evidence(2, 2, chance) == pytest.approx(odds, rel=0.01)


def test_a_review_holds_the_standing_in_short(capsys):
    assert main(["review", str(CASE), "--json"]) == 0
    massage = json.loads(capsys.readouterr().out)["suspected_triggers"][0]
    assert massage["standing"] == "likely trigger, dependence on phase unknown"
    assert massage["effect"] is None
    assert any("There is no diary" in one for one in massage["doubts"])


def test_a_review_with_a_diary_holds_its_effect(capsys, tmp_path):
    assert (
        main(
            [
                "simulate",
                "diaries",
                "--patients",
                "1",
                "--seed",
                "3",
                "-o",
                str(tmp_path / "a"),
                "--to",
                "yaml",
            ]
        )
        == 0
    )
    capsys.readouterr()
    record = next((tmp_path / "a").glob("*.yaml"))
    assert main(["review", str(record), "--json"]) == 0
    massage = json.loads(capsys.readouterr().out)["suspected_triggers"][0]
    assert massage["effect"]["low"] < massage["effect"]["estimate"] < massage["effect"]["high"]
