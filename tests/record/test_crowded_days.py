"""A day on which many people contradict each other: who sends such a file must not be able to stop a visit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings

from assuage.record.append import append
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.standing import disputes_of, disputes_with
from tests.record.test_append_by_several import BASE, ENTRIES, Plain, longer


@settings(deadline=None, max_examples=300)
@given(ENTRIES)
def test_what_an_entry_is_in_dispute_with_is_the_same_asked_of_it_alone_and_of_all(
    entries: tuple[Plain, ...],
):
    record = parse_record(BASE)
    for entry in entries:
        record = longer(record, append(record, entry))
    for last in record.standing:
        others = [each for each in record.standing if each.place < last.place]
        of_all = disputes_of(sorted([*others, last], key=lambda each: each.order)).get(last.place, ())
        assert {each.place for each in disputes_with(last, others)} == {each.place for each in of_all}


def allergy(number: int) -> Plain:
    certainty = "refuted" if number % 2 else "confirmed"
    person = {"by": "patient", "author": f"person {number}"}
    return person | {"kind": "allergy", "substance": "latex", "certainty": certainty}


def drug(number: int) -> Plain:
    return {
        "kind": "medication",
        "drug": "amitriptyline",
        "do": ("start", "stop")[number % 2],
        "by": "patient",
    }


def check(number: int) -> Plain:
    state = "absent" if number % 2 else "present"
    return {"kind": "red_flag_check", "flags": {"rf_liver": state}, "by": "clinician"}


def crowded(entries: Iterator[Plain]) -> Record:
    record = parse_record(BASE)
    for number, entry in enumerate(entries):
        record = longer(record, append(record, entry | {"day": 3, "id": f"e{number}"}))
    return record


def calls(of: Callable[[], object]) -> int:
    """How many functions of Python a call calls: its work, whatever the machine does beside it."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        of()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("entry", [allergy, drug, check])
def test_one_more_contradiction_of_a_day_costs_the_reading_of_that_day_once(entry: Callable[[int], Plain]):
    def work(size: int) -> int:
        record = crowded(entry(number) for number in range(size))
        assert len(record.entries) == size
        assert record.disputes
        return calls(lambda: append(record, entry(size) | {"day": 3, "id": "one more"}))

    assert work(120) < 2.5 * work(60)
