"""What was checked once and is read again without a check is the record it was."""

from __future__ import annotations

import json

from hypothesis import given, settings

from assuage.record.entries import Record
from assuage.record.read import parse_record, read_record, trusted
from assuage.record.write import to_plain
from tests.record.strategies import records


@settings(deadline=None)
@given(records())
def test_the_plain_values_of_a_record_are_read_without_a_check_as_they_are_with_one(record: Record):
    """As they are, and after they were stored as JSON; down to the types of its numbers."""
    plain = to_plain(record)
    checked = parse_record(plain)
    for rows in (plain, json.loads(json.dumps(plain))):
        assert trusted(rows) == checked
        assert repr(trusted(rows)) == repr(checked)
        assert trusted(rows).current == checked.current


def test_so_is_the_published_case():
    case = read_record("examples/case.yaml")
    assert repr(trusted(to_plain(case))) == repr(case)


def test_no_two_entries_share_what_can_be_changed():
    answers = {"day": 0, "kind": "answers", "instrument": "wpi", "sites": ["neck_left"]}
    plain = to_plain(
        parse_record({"format": "assuage-record/2", "patient": {"id": "a"}, "entries": [answers] * 2})
    )
    first, second = (entry.items for entry in trusted(plain).entries)
    assert first is not second
