"""What was written is kept as it was, once, in its order."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from assuage.clinic.store.actions import NewEntry, StaleHead, open_record, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import local_date
from assuage.clinic.store.models import StoredEntry
from assuage.clinic.store.queries import record_up_to, stored_record
from assuage.clinic.store.received import matters_to
from assuage.errors import Problems
from assuage.record.write import to_plain
from tests import universe
from tests.clinic.made_entries import IDA, JONAS, PAIN, kept_keys, new

pytestmark = pytest.mark.usefixtures("each_database")


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


def test_an_entry_that_came_under_a_taken_name_is_one_when_it_is_sent_again(record):
    uid = new_uid()
    write(record("ida").pk, [NewEntry(uid, PAIN)], IDA)
    first = write(record("ida").pk, [NewEntry(uid, PAIN | {"value": 7})], IDA).entries[0]
    assert write(record("ida").pk, [NewEntry(uid, PAIN | {"value": 7})], IDA).entries[0].uid == first.uid


def test_a_name_that_is_taken_in_a_record_of_somebody_else_says_nothing_of_it(record):
    uid = new_uid()
    write(record("jon").pk, [NewEntry(uid, PAIN)], IDA)
    here = write(record("ida").pk, [NewEntry(uid, PAIN)], IDA).entries[0]
    assert (here.uid != uid, here.state) == (True, here.State.STANDING)


def test_every_entry_says_when_it_was_entered_with_its_offset(record):
    row = write(record("ida").pk, [new(PAIN)], IDA).entries[0]
    assert json.loads(row.payload)["entered"].endswith(("+02:00", "+03:00"))


@pytest.mark.parametrize(
    ("act", "between", "stale"),
    [
        ("decision", "score", True),
        ("medication", "score", False),
        ("medication", "symptom", True),
        ("decision", "goal", False),
    ],
)
def test_an_act_depends_on_what_its_kind_reads(act, between, stale):
    row = StoredEntry(uid=new_uid(), kind=between, payload="{}")
    assert bool(matters_to([row], [{"kind": act}])) == stale


@pytest.mark.parametrize("name", ["replaces", "of"])
def test_a_correction_depends_on_what_else_was_said_of_the_same_entry(name):
    row = StoredEntry(uid=new_uid(), kind="void", payload=json.dumps({"of": "a"}))
    assert matters_to([row], [{"kind": "void", name: "a"}]) == [row]


def test_a_head_that_was_never_there_is_stale(record):
    with pytest.raises(StaleHead):
        write(record("ida").pk, [new(PAIN)], JONAS, seen=10_000)


def test_what_is_rolled_back_is_kept_nowhere(record, django_capture_on_commit_callbacks):
    ida, before = record("ida"), kept_keys()
    with django_capture_on_commit_callbacks(execute=False):
        write(ida.pk, [new(PAIN)], IDA)
        stored_record(record("ida"))
    assert kept_keys() == before


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"note": "a" * 20_001}, "clinic.store-too-long"),
        ({"note": "a\0b"}, "clinic.store-no-letter"),
        ({"note": "a\ud800b"}, "clinic.store-no-letter"),
        ({"\udfffnote": "a"}, "clinic.store-no-letter"),
        ({"entered": "2026-01-05T08:30:00"}, "clinic.store-no-offset"),
        ({"entered": "2126-01-05T08:30:00+02:00"}, "clinic.store-clock"),
        ({"day": 9_000}, "clinic.store-day-to-come"),
        ({"day": None, "date": "2126-01-05"}, "clinic.store-day-to-come"),
        ({"day": -40_000}, "field.out-of-bounds"),
        ({"value": 11}, "score.off-the-scale"),
        ({"value": "4,5"}, "field.not-a-number"),
    ],
)
def test_what_cannot_be_filed_is_said_in_words(record, fields, code):
    entry = {name: value for name, value in (PAIN | fields).items() if value is not None}
    with pytest.raises(Problems) as refused:
        write(record("ida").pk, [new(entry)], IDA)
    assert [each.code for each in refused.value.problems] == [code]


def test_a_save_of_too_many_entries_is_refused(record):
    with pytest.raises(Problems):
        write(record("ida").pk, [new(PAIN)] * 501, IDA)


def test_a_phone_that_is_two_days_wrong_is_asked_about_its_clock(record):
    with pytest.raises(Problems) as refused:
        write(record("ida").pk, [new(PAIN)], IDA, sent=timezone.now() - timedelta(days=2))
    assert [each.code for each in refused.value.problems] == ["clinic.store-clock"]


@pytest.mark.parametrize(
    ("pathway", "to"), [("neck-first", "nowhere"), ("neck-first@99", "settle"), ("nothing-first", "settle")]
)
def test_a_decision_that_names_a_pathway_itself_is_stored_only_where_that_one_can_follow_it(
    record, pathway, to
):
    of = open_record("r-free", starts_on=local_date(record("ida")), zone="Europe/Vilnius")
    entry = {"day": 0, "kind": "decision", "do": "enter", "to": to, "pathway": pathway, "because": "a slip"}
    with pytest.raises(Problems):
        write(of.pk, [new(entry)], JONAS)
    assert record("r-free").head == 0
