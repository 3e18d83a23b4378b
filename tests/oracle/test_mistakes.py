"""Mistakes put into the oracle on purpose: the comparison with the engines must notice each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle import neck_first, scores, symptoms, therapies, walk, words
from tests.oracle.answers import NO
from tests.oracle.engines import Engines, by_engines, by_oracle, differences
from tests.oracle.moment import Moment
from tests.oracle.scenarios import SCENARIOS

RECORDS = [
    {"format": "assuage-record/1", "patient": {"id": name}, "entries": entries}
    for name, (entries, _) in SCENARIOS.items()
]
Patched = tuple[object, str, Callable[..., Any]]


def needing_ignored(*given: Any, needing: int = 1, **named: Any) -> Any:
    return scores.summary(*given, **named)


def low_end_only(number: Any, op: str, bound: Any) -> str:
    return neck_first_compare(None if number is None else (number[0], number[0]), op, bound)


def open_unless_no(now: Moment, gate: str) -> bool:
    return all(neck_first.CRITERIA[name](now) != NO for name in neck_first.GATES[gate])


def in_the_order_written(record: Any) -> Any:
    return sorted(in_order(record), key=lambda entry: (entry.day, entry.place))


def corrected_and_all(record: Any) -> Any:
    plain = [
        {name: value for name, value in entry.items() if name != "replaces"} for entry in record["entries"]
    ]
    return in_order({**record, "entries": plain})


def sure_sessions(entries: Any, therapy: str) -> Any:
    return [(entry, was) for entry, was in every_session(entries, therapy) if was]


def starts_too(entry: Any) -> str:
    return {"start": "session"}.get(act(entry), act(entry))


def of_the_symptom_itself(entry: Any, symptom: str) -> bool:
    return speaks(entry, symptom) and entry.fields["what"] != "all symptoms"


neck_first_compare, in_order, every_session = neck_first.compare, walk.entries_of, therapies.sessions
act, speaks = therapies.act_of, symptoms.speaks_of

MISTAKES: dict[str, list[Patched]] = {
    "needing is ignored": [(neck_first, "summary", needing_ignored)],
    "only the low end of a range is compared": [(neck_first, "compare", low_end_only)],
    "a window begins a day late": [
        (Moment, "past", lambda now, span: range(now.day - span + 2, now.day + 1))
    ],
    "a window ends yesterday": [(Moment, "past", lambda now, span: range(now.day - span + 1, now.day))],
    "the last score of a day stands for it": [(scores, "one_value", lambda values, scale: values[-1])],
    "the worst questionnaire of a day stands for it": [
        (scores, "one_value", lambda values, scale: max(values))
    ],
    "a part is no part of its place": [(words, "lies_within", lambda site, place: site == place)],
    "what the patient was silent about did not happen": [(therapies, "told_something", lambda entry: True)],
    "a massage that may have been deep was not": [
        (therapies, "sessions", sure_sessions),
        (walk, "sessions", sure_sessions),
    ],
    "every start is a session": [(therapies, "act_of", starts_too)],
    "all symptoms speaks for none": [(symptoms, "speaks_of", of_the_symptom_itself)],
    "unknown opens a gate": [(walk, "is_open", open_unless_no)],
    "a red flag shuts nothing": [(walk, "standing", lambda now: frozenset())],
    "hold is ignored": [(walk, "hold", lambda here, decision: None)],
    "enter is like an override": [
        (walk, "start", lambda here, decision: walk.go(here, decision.fields["to"], decision.day))
    ],
    "decisions before day 0 wait for it": [(walk, "first_day", lambda decisions: 0)],
    "the time of an entry is ignored": [(walk, "entries_of", in_the_order_written)],
    "a corrected entry counts": [(walk, "entries_of", corrected_and_all)],
}


@pytest.fixture(scope="module")
def engines() -> list[Engines]:
    """What both engines say of every scenario."""
    return by_engines(RECORDS)


def noticed(engines: list[Engines]) -> list[str]:
    """Where the oracle, as it is now, and the engines differ."""
    return [
        text for one, got in zip(RECORDS, engines, strict=True) for text in differences(by_oracle(one), got)
    ]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_rule_is_noticed(
    mistake: str, engines: list[Engines], monkeypatch: pytest.MonkeyPatch
):
    for module, name, wrong in MISTAKES[mistake]:
        monkeypatch.setattr(module, name, wrong)
    assert noticed(engines)


def test_without_a_mistake_nothing_is_noticed(engines: list[Engines]):
    assert noticed(engines) == []
