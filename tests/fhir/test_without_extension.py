"""Law 2: who does not know our extension never has an answer where the record has none, and never the opposite one.

The extension is taken off, what is left is read, and both records are asked the same. Where days are inferred, a month
is all that goes out: then a session counts on the last day on which it can have been, so counts of sessions are left
out there, and so are slopes, which a rating of unknown value bounds.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.engine.reference import View
from assuage.fhir.join import record_of
from assuage.fhir.read import read_resources
from assuage.fhir.write.bundle import bundle_of
from assuage.measures.nodes import AnyTest
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.terms.answers import UNKNOWN
from tests.property.strategies import LAST, leaves, records_plain
from tests.universe import PATIENTS

TOP = {
    "format": "assuage-record/2",
    "patient": {"id": "x"},
    "starts_on": "2026-01-10",
    "zone": "Europe/Vilnius",
}


def without_extension(record: Record) -> Record:
    bundle = bundle_of(record, None if record.starts_on else date(2026, 1, 5))
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] != "Patient":
            entry["resource"].pop("extension", None)
    return record_of(read_resources([bundle])).record


def agrees(record: Record, stripped: Record, test: AnyTest, day: int) -> bool:
    views = [View(Timeline(each, until=day), day, started=0, entered=2) for each in (record, stripped)]
    ours, theirs = (view.truth(test) for view in views)
    return theirs is UNKNOWN or theirs is ours


def answers(record: Record, pathway: Any, on: int) -> dict[str, Any]:
    made = review(record, pathway, on)
    gates = {
        f"gate {reading.criterion.id}": reading.answer
        for gate in made.gates
        for reading in gate.reading.criteria
    }
    ends = {
        f"restriction {each.restriction.until.id}": each.until.answer
        for each in made.restrictions
        if each.until is not None and each.restriction.until is not None
    }
    return gates | ends


@pytest.mark.parametrize("name", PATIENTS)
def test_the_review_of_what_is_left_knows_nothing_that_ours_does_not(name: str):
    record = PATIENTS[name]()
    ours = review(record)
    theirs = answers(without_extension(record), ours.pathway, ours.on)
    known = answers(record, ours.pathway, ours.on)
    wrong = {
        what: (known[what], answer)
        for what, answer in theirs.items()
        if what in known and answer is not UNKNOWN and answer is not known[what]
    }
    assert wrong == {}


@settings(max_examples=80, deadline=None)
@given(records_plain, st.lists(leaves, min_size=3, max_size=8), st.integers(0, LAST + 3))
def test_of_days_that_were_stated_no_answer_is_another(
    entries: list[dict[str, Any]], tests: list[AnyTest], day: int
):
    record = parse_record({**TOP, "entries": entries})
    stripped = without_extension(record)
    assert [test for test in tests if not agrees(record, stripped, test, day)] == []


@settings(max_examples=80, deadline=None)
@given(records_plain, st.lists(leaves, min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_of_days_that_were_inferred_no_answer_is_another_at_the_end(
    entries: list[dict[str, Any]], tests: list[AnyTest], chance: random.Random
):
    inferred = [{**entry, "approximate": True} if chance.random() < 0.3 else entry for entry in entries]
    last = {"day": LAST + 1, "kind": "score", "scale": "fatigue", "value": 3, "by": "patient"}
    record = parse_record({**TOP, "entries": [*inferred, last]})
    stripped = without_extension(record)
    asked = [
        test for test in tests if not any(word in str(test) for word in ("Count(", "slope", "WorseAfter"))
    ]
    assert [test for test in asked if not agrees(record, stripped, test, LAST + 1)] == []


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (
            {"kind": "score", "scale": "pain", "value": 3},
            [("score", "2026-03-01"), ("score", "2026-03-20")],
        ),
        (
            {"kind": "finding", "what": "bleeding disorder", "state": "absent"},
            [("unknown", "2026-03-01"), ("unknown", "2026-03-20")],
        ),
        ({"kind": "finding", "what": "bleeding disorder", "state": "present"}, [("present", "2026-03-01")]),
        ({"kind": "symptom", "what": "numbness", "state": "new"}, [("new", "2026-03-01")]),
        ({"kind": "symptom", "what": "numbness", "state": "absent"}, []),
        (
            {"kind": "medication", "drug": "warfarin", "do": "start"},
            [("start", "2026-03-01"), ("start", "2026-03-20")],
        ),
        ({"kind": "medication", "drug": "warfarin", "do": "stop"}, []),
        ({"kind": "therapy", "what": "massage"}, [("therapy", "2026-03-20")]),
        ({"kind": "consent", "for": "needling", "state": "given"}, []),
        ({"kind": "consent", "for": "needling", "state": "refused"}, [("refused", "2026-03-01")]),
        ({"kind": "allergy", "substance": "lidocaine"}, [("allergy", "2026-03-01")]),
        ({"kind": "allergy", "substance": "lidocaine", "certainty": "refuted"}, []),
        (
            {"kind": "decision", "do": "enter", "to": "quieten"},
            [("hold", "2026-03-01"), ("hold", "2026-03-20")],
        ),
    ],
)
def test_a_month_is_read_on_its_cautious_side(told: dict[str, Any], read: list[tuple[str, str]]):
    entries = [
        {"day": 70, "approximate": True, **told},
        {"day": 74, "kind": "score", "scale": "fatigue", "value": 3},
    ]
    record = parse_record({**TOP, "starts_on": "2026-01-05", "entries": entries})
    back = without_extension(record)
    days = [
        (
            getattr(entry, "do", None) if hasattr(entry, "do") and type(entry).__name__ != "TherapyEntry"
            else getattr(entry, "state", None) or type(entry).__name__.removesuffix("Entry").lower(),
            str(back.date_of(entry.day)),
        )
        for entry in back.entries
        if getattr(entry, "scale", "") != "fatigue"
    ]  # fmt: skip
    assert days == read
