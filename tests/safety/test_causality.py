"""Naranjo and WHO-UMC: the case as the fact file scores it, and the edges of the categories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assuage.safety.causality import NARANJO, Causality, WhoUmc, naranjo, naranjo_category, who_umc
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "naranjo.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[f"{case['event'][:2]}-{case['reading']}" for case in CASES])
def test_every_reading_of_the_case_scores_as_published(case: dict[str, Any]):
    found = naranjo({key: Answer(said) for key, said in case["answers"].items()})
    assert (found.score, found.category) == (case["score"], case["category"])


def test_there_are_six_readings_and_ten_items():
    assert (len(CASES), len(NARANJO)) == (6, 10)


@pytest.mark.parametrize(
    ("score", "category"),
    [(9, "definite"), (8, "probable"), (5, "probable"), (4, "possible"), (1, "possible"), (0, "doubtful")],
)
def test_the_edges_of_the_categories(score: int, category: str):
    assert naranjo_category(score) == category


def test_unknown_items_give_a_range_and_a_manual_therapy_leaves_two_out():
    nothing = naranjo({})
    assert (nothing.score, nothing.low, nothing.high) == (0, -4, 13)
    manual = naranjo({}, manual=True)
    assert (manual.low, manual.high) == (-3, 11)
    assert not {"NQ6", "NQ7"} & set(manual.open_items)
    assert nothing.categories == ("doubtful", "possible", "probable", "definite")


def case(**more: Any) -> Causality:
    base: dict[str, Any] = {
        "plausible_time": YES, "other_causes": NO, "better_after_withdrawal": YES, "objective": YES,
        "back_on_rechallenge": YES,
    }  # fmt: skip
    return Causality(**{**base, **more})


@pytest.mark.parametrize(
    ("given", "category"),
    [
        (case(), WhoUmc.CERTAIN),
        (case(objective=NO), WhoUmc.PROBABLE),
        (case(back_on_rechallenge=UNKNOWN), WhoUmc.PROBABLE),
        (case(other_causes=YES), WhoUmc.POSSIBLE),
        (case(better_after_withdrawal=UNKNOWN), WhoUmc.POSSIBLE),
        (case(plausible_time=NO), WhoUmc.UNLIKELY),
        (case(plausible_time=UNKNOWN), WhoUmc.UNASSESSABLE),
        (case(examination_pending=True), WhoUmc.CONDITIONAL),
    ],
)
def test_who_umc_categories(given: Causality, category: WhoUmc):
    assert who_umc(given) is category
