"""What was shown for a decision is opened again as it was."""

from __future__ import annotations

import pytest

from assuage.clinic.store.actions import write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.models import Snapshot
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.store.shown import archive_review, as_shown_then
from assuage.clinic.store.snapshots import inbox_row, inbox_rows, keep_inbox_row
from tests.clinic.made_entries import IDA, JONAS, PAIN, new

pytestmark = pytest.mark.usefixtures("each_database")

NOTE = {"day": 70, "kind": "note", "text": "seen"}


@pytest.fixture
def decided(record):
    """A decision of which was kept what was shown for it."""
    of = record("case-2026")
    uid = write(of.pk, [new(NOTE)], JONAS, seen=of.head).entries[0].uid
    archive_review(of, uid, seen=of.head, on=79)
    return uid


def test_the_same_program_says_what_it_showed(decided):
    shown = as_shown_then(decided)
    assert (shown.differences, shown.holds, shown.then["phase"]["id"]) == ((), True, "move")


def test_entries_that_came_later_change_nothing_of_what_was_shown(decided, record):
    write(record("case-2026").pk, [new(PAIN | {"day": 78, "value": 10})], IDA)
    assert as_shown_then(decided).differences == ()


def test_what_today_says_otherwise_is_told_in_words(decided, settings):
    settings.CLINIC_COUNTRY = "DE"
    told = {each.id for each in as_shown_then(decided).differences}
    assert told <= {
        "clinic.replay-changed",
        "clinic.replay-new",
        "clinic.replay-gone",
        "clinic.replay-elsewhere",
    }


def test_a_review_that_somebody_changed_is_not_shown_as_what_was_seen(decided):
    Snapshot.objects.filter(kind="review").update(body=b"x")
    shown = as_shown_then(decided)
    assert (shown.then, shown.holds) == (None, False)


def test_a_review_goes_with_the_diary_it_was_made_of(decided, record):
    write(record("case-2026").pk, [new(PAIN | {"day": 78})], IDA)
    erase(record("case-2026").pk, by="p-ida", role="patient", why="asked")
    shown = as_shown_then(decided)
    assert (shown.then, shown.holds) == (None, True)


def test_nothing_was_shown_for_what_is_no_decision(db):
    assert as_shown_then(new_uid()) is None


@pytest.mark.parametrize("name", ["ida", "jon", "case-2026"])
def test_the_row_of_a_list_says_what_the_standing_says(record, name):
    of = record(name)
    keep_inbox_row(of)
    assert inbox_rows([of])[of.pk].row == inbox_row(stored_standing(of, today(of)))


def test_a_row_of_an_older_head_says_so(record):
    keep_inbox_row(record("ida"))
    write(record("ida").pk, [new(PAIN)], IDA)
    assert not inbox_rows([record("ida")])[record("ida").pk].fresh


def test_the_rows_of_all_take_one_query(record, django_assert_num_queries):
    records = [record("ida"), record("jon")]
    with django_assert_num_queries(1):
        inbox_rows(records)
