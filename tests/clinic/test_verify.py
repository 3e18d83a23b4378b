"""What somebody changed behind the program's back is found, and named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.audit.signing import sign_heads
from assuage.clinic.store.actions import write
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.guards import guard_tables, unguard_tables
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.verifying import verify_store
from tests.clinic.made_entries import IDA, PAIN, new

pytestmark = pytest.mark.usefixtures("each_database")


def found() -> set[str]:
    return {each.what.id.removeprefix("clinic.verify-") for each in verify_store().faults}


@pytest.fixture
def behind_its_back(record):
    """Run a statement that the database would refuse, on a record that was written to and signed."""
    write(record("ida").pk, [new(PAIN), new(PAIN | {"time": "11:00"}), new(PAIN | {"time": "12:00"})], IDA)
    sign_heads()

    def run(statement: str) -> None:
        of = ClinicRecord.objects.get(pseudonym="ida")
        unguard_tables()
        with connection.cursor() as cursor:
            for each in statement.format(ida=of.pk, head=of.head).split(";"):
                cursor.execute(each)
        guard_tables()

    return run


LAST = "WHERE record_id = {ida} AND version = {head}"
BEFORE_LAST = "WHERE record_id = {ida} AND version = {head} - 1"
EXCHANGED = (
    f"UPDATE store_storedentry SET version = 900001 {LAST};"
    "UPDATE store_storedentry SET version = {head} WHERE record_id = {ida} AND version = {head} - 1;"
    "UPDATE store_storedentry SET version = {head} - 1 WHERE record_id = {ida} AND version = 900001"
)
CUT = (
    f"DELETE FROM store_storedentry {LAST};"
    "UPDATE store_clinicrecord SET head = head - 1, head_hash = "
    "(SELECT hash FROM store_storedentry WHERE record_id = {ida} AND version = {head} - 1) WHERE id = {ida}"
)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (f"UPDATE store_storedentry SET payload = replace(payload, '4', '5') {LAST}", {"payload"}),
        (f"UPDATE store_storedentry SET payload = NULL, salt = NULL {LAST}", {"taken"}),
        (f"UPDATE store_storedentry SET author = 'p-other' {BEFORE_LAST}", {"changed"}),
        (f"UPDATE store_storedentry SET day = day + 1 {BEFORE_LAST}", {"changed"}),
        (f"UPDATE store_storedentry SET state = 1 {BEFORE_LAST}", {"changed"}),
        (f"UPDATE store_storedentry SET role = 'nurse' {BEFORE_LAST}", {"changed"}),
        (f"DELETE FROM store_storedentry {BEFORE_LAST}", {"hole"}),
        (f"DELETE FROM store_storedentry {LAST}", {"tail", "behind"}),
        (CUT, {"behind"}),
        ("UPDATE store_clinicrecord SET first_zone = 'Asia/Tokyo' WHERE id = {ida}", {"changed", "zone"}),
        ("UPDATE store_clinicrecord SET zone = 'Asia/Tokyo' WHERE id = {ida}", {"zone"}),
        ("UPDATE audit_accessevent SET actor = 'nobody' WHERE seq = 3", {"event"}),
        ("DELETE FROM audit_accessevent WHERE seq = 3", {"event"}),
        ("DELETE FROM audit_accessevent WHERE seq >= 3", {"log-behind"}),
        ("UPDATE audit_checkpoint SET at = '2026-01-01 00:00:00'", {"signature"}),
    ],
)
def test_what_was_changed_is_found_and_named(behind_its_back, statement, named):
    behind_its_back(statement)
    assert found() == named


def test_two_entries_that_changed_places_are_named_as_a_pair(behind_its_back):
    behind_its_back(EXCHANGED)
    assert "exchanged" in found()


def test_nothing_is_found_where_nothing_was_changed(behind_its_back):
    assert found() == set()


def test_a_chain_holds_after_an_erasure(behind_its_back, record):
    erase(record("ida").pk, by="p-ida", role="patient", why="asked")
    assert found() == set()


def test_a_guard_that_is_off_is_named(db):
    unguard_tables()
    assert found() == {"guard"}


def test_a_clock_that_was_set_back_is_named(db):
    assert AccessEvent.objects.exists()
    faults = verify_store(timezone.now() - timedelta(days=400)).faults
    assert [each.what.id for each in faults] == ["clinic.clock-back"]


def test_the_heads_of_a_day_are_signed_once(db):
    assert sign_heads().signature == sign_heads().signature


def test_a_checkpoint_under_another_secret_is_no_signature(behind_its_back, settings):
    settings.SECRET_KEY = "another secret, which is also long enough for every check there is of them"
    assert found() == {"signature"}
