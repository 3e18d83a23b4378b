"""Random acts of random people, an offline phone among them, against a list: no entry is lost, none is there twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from assuage.clinic.store.actions import NewEntry, Saved, StaleHead, Writer, open_record, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import kept, settings_of_the_site, stored_record
from assuage.clinic.store.verifying import verify_store
from assuage.errors import Problems
from assuage.record.read import read_text
from assuage.record.write import to_yaml
from assuage.report.review_json import to_json
from assuage.review.make import review
from assuage.words.speak import catalogue

PATIENT, PHYSICIAN = Writer("p-patient", "patient"), Writer("p-physician", "physician")
NURSE = Writer("p-nurse", "nurse")
DAYS = 9
_LEFT_OUT = {"by", "certainty", "state"}  # what a document does not say where it is what is meant anyway
_pseudonyms = count(1)

days = st.integers(-2, DAYS)
numbers = st.integers(0, 10)
diary = st.one_of(
    st.builds(
        lambda day, value: {"kind": "score", "scale": "pain", "day": day, "value": value}, days, numbers
    ),
    st.builds(
        lambda day, value: {"kind": "score", "scale": "sleep", "day": day, "value": value}, days, numbers
    ),
    st.builds(lambda day: {"kind": "exposure", "name": "coffee", "state": "present", "day": day}, days),
    st.builds(lambda day, text: {"kind": "note", "text": text, "day": day}, days, st.sampled_from("abc")),
    st.builds(
        lambda day, sites: {"kind": "answers", "instrument": "wpi", "sites": sites, "day": day},
        days,
        st.sampled_from([[], ["neck_left"], ["occiput_left", "neck_left"]]),
    ),
)
of_clinicians = st.one_of(
    st.sampled_from([
        {"kind": "decision", "do": "enter", "to": "settle", "pathway": "neck-first", "because": "as agreed"},
        {"kind": "decision", "do": "enter", "to": "nowhere", "pathway": "neck-first", "because": "a slip"},
        {"kind": "decision", "do": "advance", "to": "restore", "because": "agreed at the visit"},
        {"kind": "decision", "do": "hold", "because": "not yet, agreed at the visit"},
        {"kind": "medication", "drug": "amitriptyline", "do": "start", "because": "sleep"},
        {"kind": "medication", "drug": "amitriptyline", "do": "stop"},
        {"kind": "finding", "name": "fever", "state": "absent"},
        {"kind": "allergy", "substance": "ibuprofen", "certainty": "confirmed"},
    ]),
    st.builds(lambda value: {"kind": "score", "scale": "pain", "value": value}, numbers),
)  # fmt: skip


class Filed:
    """One entry that the store answered for: what was sent, and whether it was erased since."""

    def __init__(self, uid: UUID, sent: Mapping[str, object], author: str) -> None:
        self.uid, self.sent, self.author, self.erased = uid, sent, author, False


class Clinic(RuleBasedStateMachine):
    """A record, a list of what is in it, a phone, and people who look and act."""

    heads = Bundle("heads")
    queued = Bundle("queued")
    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        start = timezone.localdate() - timedelta(days=DAYS)
        self.pk = open_record(f"r-machine-{next(_pseudonyms)}", starts_on=start, zone="Europe/Vilnius").pk
        self.model: list[Filed] = []
        self.by_uid: dict[UUID, list[Filed]] = {}

    @property
    def record(self) -> ClinicRecord:
        return ClinicRecord.objects.get(pk=self.pk)

    def write(self, draft: NewEntry, writer: Writer, seen: int | None = None) -> Saved | None:
        """What became of it, in the model too; None where it was refused, and then nothing has changed."""
        before = self.record.head
        known = [
            each
            for each in self.by_uid.get(draft.uid, ())
            if each.author == writer.author and (each.sent == draft.entry or each.erased)
        ]
        saved = None
        try:
            saved = write(self.pk, [draft], writer, seen=seen)
        except Problems:
            refused = True
        except StaleHead:
            refused = seen != before
        else:
            refused = False
        if refused:
            assert (self.record.head, known) == (before, [])
            return None
        assert saved is not None
        assert self.record.head == before + (0 if known else 1)
        if not known:
            filed = Filed(saved.entries[0].uid, draft.entry, writer.author)
            self.model.append(filed)
            self.by_uid.setdefault(draft.uid, []).append(filed)
        return saved

    @initialize(target=heads)
    def first_look(self) -> int:
        return self.record.head

    @rule(target=heads)
    def somebody_looks(self) -> int:
        return self.record.head

    @rule(target=sent, entry=diary)
    def the_patient_writes(self, entry: dict[str, object]) -> object:
        draft = NewEntry(new_uid(), {**entry, "by": "patient"})
        return draft if self.write(draft, PATIENT) else multiple()

    @rule(target=queued, entry=diary, after=st.integers(0, 40))
    def the_phone_keeps(self, entry: dict[str, object], after: int) -> NewEntry:
        at = (timezone.now() - timedelta(hours=after)).isoformat(timespec="seconds")
        return NewEntry(new_uid(), {**entry, "by": "patient", "entered": at})

    @rule(target=sent, draft=consumes(queued), times=st.integers(1, 2))
    def the_phone_sends_late_and_perhaps_twice(self, draft: NewEntry, times: int) -> object:
        there = [self.write(draft, PATIENT) for _ in range(times)]
        return draft if there[0] else multiple()

    @rule(draft=sent)
    def what_was_sent_comes_again(self, draft: NewEntry) -> None:
        assert self.write(draft, PATIENT)

    @rule(target=sent, draft=sent, entry=diary)
    def other_content_comes_under_an_old_uid(self, draft: NewEntry, entry: dict[str, object]) -> object:
        other = NewEntry(draft.uid, {**entry, "by": "patient"})
        return other if self.write(other, PATIENT) else multiple()

    @rule(draft=sent)
    def somebody_else_sends_the_same_uid(self, draft: NewEntry) -> None:
        self.write(NewEntry(draft.uid, {"kind": "note", "text": "mine", "day": 0, "by": "clinician"}), NURSE)

    @rule(entry=of_clinicians, seen=heads, writer=st.sampled_from([PHYSICIAN, NURSE]))
    def a_clinician_acts_on_what_was_seen(self, entry: dict[str, object], seen: int, writer: Writer) -> None:
        given = {"day": today(self.record), "by": "clinician", **entry}
        self.write(NewEntry(new_uid(), given), writer, seen)

    @rule(entry=of_clinicians, day=days)
    def a_clinician_writes_of_another_day_without_looking(self, entry: dict[str, object], day: int) -> None:
        self.write(NewEntry(new_uid(), {"day": day, "by": "clinician", **entry}), PHYSICIAN)

    @rule(draft=sent, value=numbers, seen=heads)
    def the_patient_corrects(self, draft: NewEntry, value: int, seen: int) -> None:
        entry = {
            "kind": "score",
            "scale": "pain",
            "value": value,
            "by": "patient",
            "replaces": str(draft.uid),
        }
        self.write(NewEntry(new_uid(), {**entry, "day": draft.entry["day"]}), PATIENT, seen)

    @rule(draft=sent)
    def the_patient_takes_back(self, draft: NewEntry) -> None:
        entry = {"kind": "void", "of": str(draft.uid), "because": "a slip", "by": "patient", "day": 0}
        self.write(NewEntry(new_uid(), entry), PATIENT)

    @rule()
    def the_patient_erases_the_diary(self) -> None:
        erase(self.pk, by=PATIENT.author, role="patient", why="asked")
        for each in self.model:
            each.erased = each.erased or each.author == PATIENT.author

    @rule()
    def the_server_starts_again(self) -> None:
        kept.forget()

    @invariant()
    def the_head_is_how_many_were_answered_for(self) -> None:
        assert self.record.head == len(self.model)

    def teardown(self) -> None:
        """Everything that was answered for is there, in its order, as it was sent; two roads lead to one review."""
        rows = list(StoredEntry.objects.filter(record=self.pk).order_by("version"))
        assert [(each.version, each.uid) for each in rows] == [
            (at, each.uid) for at, each in enumerate(self.model, 1)
        ]
        for row, filed in zip(rows, self.model, strict=True):
            assert (row.payload is None) == filed.erased
            if row.payload is not None:
                plain = json.loads(row.payload)
                assert {name: held for name, held in plain.items() if name in filed.sent} == {
                    name: held for name, held in filed.sent.items() if name in plain
                }
                assert filed.sent.keys() - plain.keys() <= _LEFT_OUT
        faults = [each for each in verify_store().faults if each.record in ("", self.record.pseudonym)]
        assert faults == []
        kept.forget()
        stored = stored_record(self.record)
        exported = read_text(to_yaml(stored), "record.yaml")
        on, speaking = today(self.record), catalogue("en", "clinician")
        first, second = (
            to_json(review(each, None, on, settings_of_the_site(), effects=False), speaking)
            for each in (stored, exported)
        )
        assert first == second


@pytest.mark.parametrize(
    ("examples", "steps"), [(8, 16), pytest.param(400, 60, marks=pytest.mark.slow, id="slow")]
)
def test_no_entry_is_lost_or_doubled_whatever_people_and_phones_do(own_database, examples, steps):
    few = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Clinic, settings=few)
