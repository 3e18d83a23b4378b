"""What answers to a form come to: the transaction of their entries, and of an instrument the score that we work out.

A score that cannot be told from what was answered goes out as the range in which it lies, never as a number; the total
that a form may carry is not read.
"""

from __future__ import annotations

from typing import Any

from assuage.fhir.codes import concept, json_number, own_coding
from assuage.fhir.write.bundle import bundle_of, entry_uid, resource_id, transaction_entry, writing_of
from assuage.fhir.write.observed import SCORE_UNIT, score_concept
from assuage.fhir.write.writing import Writing, kind_category
from assuage.record.entries import AnswersEntry, Record
from assuage.record.stated import scored_answers
from assuage.record.timeline import Timeline

Plain = dict[str, Any]


def extracted(record: Record) -> Plain:
    """The transaction Bundle of a record that was read of answers, each score beside the answers it is of."""
    bundle = bundle_of(record, relative=record.starts_on is None)
    of = writing_of(record, record.starts_on)
    scores = [_total(entry, record, of) for entry in Timeline(record).answers()]
    bundle["entry"] += [transaction_entry(each) for each in scores if each is not None]
    return bundle


def _total(entry: AnswersEntry, record: Record, of: Writing) -> Plain | None:
    scored = scored_answers(entry)
    if scored is None or (scored.total is None and scored.low is None):
        return None
    uid = entry_uid(record, entry)
    if scored.total is not None:
        value: Plain = {"valueQuantity": {"value": json_number(scored.total), **SCORE_UNIT}}
    else:
        ends = {"low": scored.low, "high": scored.high}
        known = {
            name: {"value": json_number(end), **SCORE_UNIT} for name, end in ends.items() if end is not None
        }
        value = {"valueRange": known}
    return {
        "resourceType": "Observation",
        "id": resource_id("s", record.patient.id, uid),
        "status": of.status(entry, "final", "preliminary"),
        "category": [*kind_category("score", "survey"), concept(own_coding("kind", "answers"))],
        "code": score_concept(entry.instrument),
        "subject": of.subject,
        **of.dated(entry, "effectiveDateTime"),
        **value,
        "derivedFrom": [{"reference": f"QuestionnaireResponse/{uid}"}],
    }
