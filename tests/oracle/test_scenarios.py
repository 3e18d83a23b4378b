"""The oracle says what is expected of small records, and both engines say the same of them and of whole cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assuage.record.read import load_record
from tests.oracle.engines import by_engines, by_oracle, differences, disagreements
from tests.oracle.neck_first import GATES
from tests.oracle.scenarios import SCENARIOS
from tests.oracle.walk import Day

ROOT = Path(__file__).resolve().parents[2]
CASES = [*(ROOT / "tests/oracle/cases").iterdir(), ROOT / "examples/case.yaml", ROOT / "examples/diary.yaml"]


def record(name: str) -> dict[str, Any]:
    """The record of a scenario."""
    return {"format": "assuage-record/1", "patient": {"id": name}, "entries": SCENARIOS[name][0]}


def said(day: Day, what: str) -> object:
    """What the oracle says of one thing at the end of a day."""
    match what:
        case "phase":
            return day.phase
        case "moved":
            return day.moved_by
        case "flags":
            return sorted(day.flags)
        case "in force":
            return day.in_force
        case "breaches":
            return [sure for _, sure in day.breaches]
        case _:
            return day.gates[what] if what in GATES else day.criteria[what]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_oracle_says_what_is_expected(name: str):
    walked = by_oracle(record(name))
    assert walked is not None
    expected = SCENARIOS[name][1]
    assert {(day, what): said(walked.days[day], what) for day, what in expected} == expected


def test_both_engines_say_the_same_of_every_scenario():
    assert disagreements([record(name) for name in SCENARIOS]) == []


def test_both_engines_say_the_same_of_every_case():
    documents: list[Any] = [load_record(file).value for file in CASES]
    plain = [{**one, "patient": {"id": file.name}} for one, file in zip(documents, CASES, strict=True)]
    assert disagreements(plain) == []


@pytest.mark.parametrize(
    "decisions",
    [
        [{"day": 2, "do": "advance", "to": "settled"}],
        [{"day": 2, "do": "advance", "to": "move"}, {"day": 3, "do": "advance", "to": "quieten"}],
        [{"day": 2, "do": "return", "to": "move"}],
        [{"day": 2, "do": "enter", "to": "keep"}, {"day": 3, "do": "advance"}],
        [{"day": 2, "do": "leave"}, {"day": 3, "do": "hold"}],
        [{"day": 2, "do": "leave"}, {"day": 3, "do": "leave"}],
        [{"day": 2, "do": "leave"}, {"day": 3, "do": "override"}],
    ],
)
def test_what_the_oracle_cannot_follow_both_engines_refuse(decisions: list[dict[str, Any]]):
    entries = [{"kind": "decision", "because": "an example", **one} for one in decisions]
    plain = {"format": "assuage-record/1", "patient": {"id": "Ana"}, "entries": entries}
    assert by_oracle(plain) is None
    assert differences(None, by_engines([plain])[0]) == []
