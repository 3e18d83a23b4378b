"""What was written stays: the database refuses to change or delete it, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from assuage.clinic.store.actions import NewEntry, write
from assuage.clinic.store.erasing import erase, may_be_erased
from assuage.clinic.store.guards import missing_guards, unguard_tables
from assuage.clinic.store.models import ErasedEntry, StoredEntry
from assuage.clinic.store.queries import stored_record
from assuage.record.read import read_text
from assuage.record.write import to_yaml
from tests.clinic.made_entries import IDA, JONAS, PAIN, new

pytestmark = pytest.mark.usefixtures("each_database")

REFUSED = [
    "DELETE FROM store_storedentry",
    "UPDATE store_storedentry SET payload = '{}'",
    "UPDATE store_storedentry SET payload = NULL, salt = NULL",
    "UPDATE store_storedentry SET day = 3",
    "DELETE FROM store_clinicrecord",
    "UPDATE store_clinicrecord SET head = head - 1 WHERE head > 0",
    "UPDATE store_clinicrecord SET pseudonym = 'another' WHERE pseudonym = 'ida'",
    "DELETE FROM audit_accessevent",
    "UPDATE audit_accessevent SET actor = 'nobody'",
    "DELETE FROM store_erasure",
    "DELETE FROM store_erasedentry",
]


@pytest.fixture
def erased_once(record):
    """A record of which one entry of the patient was erased."""
    write(record("ida").pk, [new(PAIN)], IDA)
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(erased_once, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a statement of SQLite")
@pytest.mark.parametrize("table", ["store_storedentry", "audit_accessevent"])
def test_a_row_is_not_replaced_by_another_in_its_place(db, table):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_an_erasure_takes_the_payload_and_nothing_else(erased_once):
    uid = ErasedEntry.objects.get().uid
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredEntry.objects.filter(uid=uid).update(author="another")


def test_every_table_of_what_was_written_has_its_guard(db):
    assert missing_guards() == []


def test_a_guard_that_was_taken_off_is_missed(db):
    unguard_tables()
    assert "store_storedentry" in missing_guards()


def test_the_diary_may_be_erased_and_what_a_clinician_wrote_stays(record):
    ida, jonas = new(PAIN), new(PAIN | {"by": "clinician", "time": "11:00"})
    write(record("ida").pk, [ida], IDA)
    write(record("ida").pk, [jonas], JONAS)
    assert [each.uid for each in may_be_erased(record("ida"))] == [ida.uid]


def test_an_old_entry_stays_with_a_young_correction_of_it(record):
    old = new(PAIN | {"day": -9})
    write(record("ida").pk, [old, new(PAIN | {"day": -3, "replaces": str(old.uid)})], IDA)
    assert may_be_erased(record("ida"), before_day=-5) == []


def test_what_was_erased_is_read_no_more(record):
    written = new(PAIN)
    write(record("ida").pk, [written], IDA)
    stored_record(record("ida"))
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")
    assert stored_record(record("ida")).written(str(written.uid)) is None


def test_an_entry_that_was_erased_and_is_sent_again_stays_erased(record):
    written = new(PAIN)
    write(record("ida").pk, [written], IDA)
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")
    assert write(record("ida").pk, [written], IDA).entries[0].payload is None


def test_what_was_in_dispute_with_an_erased_entry_stands_by_itself_and_the_record_can_be_exported(record):
    written = new(PAIN)
    write(record("ida").pk, [written], IDA)
    write(record("ida").pk, [NewEntry(written.uid, PAIN | {"by": "clinician", "value": 9})], JONAS)
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")
    stored = stored_record(record("ida"))
    assert (stored.entries[-1].disputed_with, read_text(to_yaml(stored)).entries) == ((), stored.entries)


@pytest.mark.parametrize(("fields", "is_there"), [({"kind": "void", "because": "a slip"}, False), ({}, True)])
def test_a_withdrawal_of_an_erased_entry_is_nothing_and_a_correction_of_it_stands_by_itself(
    record, fields, is_there
):
    written = new(PAIN)
    write(record("ida").pk, [written], IDA)
    named = (
        {"of": str(written.uid), "day": 0} if fields else {**PAIN, "value": 9, "replaces": str(written.uid)}
    )
    later = new({**named, **fields, "by": "clinician"})
    write(record("ida").pk, [later], JONAS)
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")
    stored = stored_record(record("ida"))
    assert (stored.written(str(later.uid)) is not None) == is_there
    assert read_text(to_yaml(stored)).entries == stored.entries
