"""Words that are too long to be looked up: kept in the record, read by no rule, shown as unread, and asked about."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.record.too_long import LONGEST, TOO_LONG, as_read
from assuage.record.write import to_plain
from assuage.review.make import review
from assuage.words.speak import describe
from tests.agree.both import assert_agreement
from tests.care_examples import CARE_ENTRIES
from tests.documented import BASELINE, PROBLEMS

PAGE = "numbness and no pain in the left arm since the fall " * 60
BOOK = PAGE * 400
WORDS: tuple[dict[str, Any], ...] = (
    {"kind": "symptom", "what": PAGE, "state": "present"},
    {"kind": "symptom", "what": "pain", "state": "present", "severity": PAGE},
    {"kind": "finding", "what": PAGE, "state": "present"},
    {"kind": "finding", "what": "creatinine", "state": "abnormal", "result": PAGE},
    {"kind": "medication", "drug": PAGE, "do": "start"},
    {"kind": "allergy", "substance": PAGE},
    {"kind": "diagnosis", "what": PAGE},
    {"kind": "adverse_event", "what": PAGE, "suspected": [PAGE, "tizanidine"]},
    {"kind": "therapy", "what": PAGE, "do": "session"},
    {"kind": "intake", "drug": PAGE},
)


def record_with(*entries: dict[str, Any]):
    plain = [{"day": 1, **each} for each in entries]
    header = {"format": "assuage-record/2", "patient": {"id": "ana", "sex": "female", "age": 48}}
    return parse_record({**header, "pathway": "neck-first", "entries": [*BASELINE, *PROBLEMS, *plain]})


@pytest.mark.parametrize(
    "entry", WORDS, ids=lambda entry: "-".join(map(str, list(entry)[:3])) + entry["kind"]
)
def test_they_are_kept_as_written_and_read_as_unread(entry: dict[str, Any]):
    record = record_with(entry)
    written = record.entries[-1]
    assert parse_record(to_plain(record)) == record
    assert TOO_LONG not in str(written)
    assert TOO_LONG in str(as_read(written))
    assert len(str(as_read(written))) < LONGEST
    assert as_read(written) in record.current
    assert_agreement(pathway("neck-first"), [record])


@pytest.mark.parametrize("words", [PAGE, BOOK], ids=["a page", "a book"])
@pytest.mark.parametrize("kind", ["finding", "symptom", "medication", "allergy", "diagnosis"])
def test_before_a_drug_is_begun_they_are_asked_about(kind: str, words: str):
    entry = next(dict(each) for each in WORDS if each["kind"] == kind)
    entry = {name: words if value == PAGE else value for name, value in entry.items()}
    shown = review(record_with(entry), on=1)
    assert any(TOO_LONG in str(describe(each)) for each in shown.unread)
    assert not [
        item for item in shown.plan if item.state == "now" and item.recommendation.id.startswith("start-")
    ]


def test_words_of_ordinary_length_are_read_as_they_are():
    record = record_with(
        *CARE_ENTRIES,
        {"kind": "note", "text": PAGE},
        {"kind": "finding", "what": "x" * LONGEST, "state": "present"},
    )
    assert record.current == record.standing
