"""A new headache from 50 on asks for a check for giant cell arteritis; one that was always there does not."""

from __future__ import annotations

import pytest

from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.safety.doubtful_flags import flags_in_doubt


def record(what: str, state: str, age: int | None, *more: dict[str, object]) -> Record:
    patient: dict[str, object] = {"id": "Ona"} | ({} if age is None else {"age": age})
    entries = [{"day": 0, "kind": "symptom", "what": what, "state": state}, *more]
    return parse_record({"format": "assuage-record/2", "patient": patient, "entries": entries})


@pytest.mark.parametrize(
    ("what", "state", "age", "asked"),
    [
        ("headache", "new", 50, True),
        ("headache", "new", None, True),
        ("galvos skausmas", "new", 70, True),
        ("Kopfschmerz", "new", 70, True),
        ("new headache", "present", 70, True),
        ("naujas galvos skausmas", "present", 70, True),
        ("neuer Kopfschmerz", "present", 70, True),
        ("scalp tender when combing", "present", 70, True),
        ("jaw tires when chewing", "present", 70, True),
        ("headache", "new", 49, False),
        ("headache", "present", 70, False),
        ("headache", "worse", 70, False),
        ("headache", "absent", 70, False),
        ("fatigue", "new", 70, False),
        ("no new headache", "present", 70, False),
    ],
)
def test_a_sign_of_giant_cell_arteritis_counts_from_fifty_on(
    what: str, state: str, age: int | None, asked: bool
):
    named = [flag for doubt in flags_in_doubt(Timeline(record(what, state, age)), 0) for flag in doubt.flags]
    assert ("RF_GCA" in named) is asked


def test_it_is_the_first_question_until_a_clinician_excluded_it():
    check: dict[str, object] = {"day": 0, "kind": "red_flag_check", "flags": {"RF_GCA": "absent"}}
    asked = record("headache", "new", 70)
    questions = visit_page(review(asked, "neck-first", 0)).questions
    assert questions[0].what == "need.flag-at-that-age"
    excluded = Timeline(record("headache", "new", 70, check | {"by": "clinician"}))
    assert list(flags_in_doubt(excluded, 0)) == []
