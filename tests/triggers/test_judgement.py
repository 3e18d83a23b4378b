"""What the counts alone may say: sums against others' numbers, and standings that never outrun them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.cli import main
from assuage.review.triggers import NO_DIARY, DiaryEffects, judgement, weight_of_evidence
from assuage.review.worse_spells import chance_of_tables

CASE = Path(__file__).parents[2] / "examples" / "case.yaml"


@pytest.mark.parametrize(
    ("tables", "chance"),
    [
        ([(2, 2, 0, 2)], 1 / 12),  # one way in six, half of which counts
        ([(2, 2, 0, 4)], 1 / 30),
        ([(3, 3, 0, 6)], 1 / 168),
        ([(2, 2, 2, 2)], 1.0),  # all were followed: no way to deal them out differently
        ([(1, 1, 0, 9)], 1.0),  # one that was followed is never enough
        ([(2, 3, 0, 0)], 1.0),
        ([], 1.0),
        ([(2, 2, 0, 2), (0, 5, 0, 9)], 1 / 12),  # where nothing flared nothing is added
        ([(1, 1, 0, 2), (1, 1, 0, 2)], 1 / 18),  # one way in nine
    ],
)
def test_the_chance_of_counts_is_that_of_dealing_the_flares_out(tables, chance):
    assert chance_of_tables(tables) == pytest.approx(chance)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_one_table_is_fishers_test_with_half_of_what_was_seen(a, b, c, d):
    scipy_stats = pytest.importorskip("scipy.stats")
    if a < 2 or not c + d or a + c == a + b + c + d:
        return
    deal = scipy_stats.hypergeom(a + b + c + d, a + c, a + b)
    expected = deal.sf(a) + deal.pmf(a) / 2
    assert chance_of_tables([(a, a + b, c, c + d)]) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=4))
def test_no_order_of_tables_and_no_empty_one_changes_the_chance(drawn):
    tables = [(a, a + b, c, c + d) for a, b, c, d in drawn]
    chance = chance_of_tables(tables)
    assert 0 < chance <= 1
    assert chance_of_tables([*reversed(tables), (0, 3, 0, 0), (0, 0, 2, 2)]) == chance


@pytest.mark.parametrize(
    ("chance", "diary", "word"),
    [
        (1 / 12, NO_DIARY, "likely"),
        (0.09, NO_DIARY, "cannot tell"),
        (0.0001, DiaryEffects(unjudged=True), "cannot tell"),  # what misled the model misleads the counts
    ],
)
def test_counts_speak_only_where_no_diary_could(chance, diary, word):
    assert judgement(chance, diary).word == word


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
