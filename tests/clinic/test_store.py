"""What was written is kept as it was, once, in its order."""

from __future__ import annotations

import pytest

from assuage.clinic.store.actions import NewEntry, StaleHead, Writer, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.queries import record_up_to, stored_record
from assuage.errors import Problems
from assuage.record.write import to_plain
from tests import universe

JONAS = Writer("p-jonas", "physician")
IDA = Writer("p-ida", "patient")
PAIN = {"day": 90, "kind": "score", "scale": "pain", "value": 4, "by": "patient"}


def without_names(plain: dict) -> list[dict]:
    return [
        {key: value for key, value in entry.items() if key not in ("id", "date", "day")}
        for entry in plain["entries"]
    ]


@pytest.mark.parametrize("name", ["ida", "jon", "leo", "nora"])
def test_a_record_that_was_taken_over_says_what_its_document_says(record, name):
    stored, document = stored_record(record(name)), getattr(universe, name)()
    assert without_names(to_plain(stored)) == without_names(to_plain(document))


def test_the_same_entry_sent_twice_is_one(record):
    draft = NewEntry(new_uid(), PAIN)
    first = write(record("ida").pk, [draft], IDA)
    again = write(record("ida").pk, [draft], IDA)
    assert [each.version for each in again.entries] == [each.version for each in first.entries]


def test_another_entry_under_a_name_that_is_taken_is_filed_under_its_own_in_dispute(record):
    uid = new_uid()
    write(record("ida").pk, [NewEntry(uid, PAIN)], IDA)
    other = write(record("ida").pk, [NewEntry(uid, PAIN | {"value": 7})], IDA).entries[0]
    assert (other.uid != uid, other.claims, other.state) == (True, uid, other.State.DISPUTED)


def test_an_act_on_what_was_seen_is_refused_when_something_came_in_between(record):
    seen = record("ida").head
    write(record("ida").pk, [NewEntry(new_uid(), PAIN)], IDA, seen=seen)
    with pytest.raises(StaleHead):
        write(record("ida").pk, [NewEntry(new_uid(), PAIN | {"time": "21:00"})], JONAS, seen=seen)


def test_nothing_of_a_save_is_stored_when_one_entry_of_it_is_refused(record):
    before = record("ida").head
    with pytest.raises(Problems):
        write(record("ida").pk, [NewEntry(new_uid(), PAIN), NewEntry(new_uid(), PAIN | {"value": 11})], IDA)
    assert record("ida").head == before


def test_a_record_can_be_read_as_it_stood_at_any_version(record):
    before = record("ida").head
    write(record("ida").pk, [NewEntry(new_uid(), PAIN)], IDA)
    assert len(record_up_to(record("ida"), before).entries) == before
