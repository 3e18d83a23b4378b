"""What a patient does with what is kept: take a copy, erase the diary, withdraw a consent."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from assuage.clinic.diary.form import part_uid
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.privacy.export import copy_of_everything
from assuage.clinic.store.actions import NewEntry, Saved, write
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.models import ErasedEntry


@writes(Act.EXPORT)
def take_a_copy(opened: Opened) -> bytes:
    """The copy of everything; that it was taken is in the log, where the gate wrote it."""
    return copy_of_everything(opened.record, opened.patient.email)


@writes(Act.ERASE)
def erase_diary(opened: Opened, why: str) -> int:
    """How many entries were erased: all that the patient wrote. What clinicians wrote stays."""
    erasure = erase(opened.record.pk, by=opened.person.pseudonym, role=opened.person.role, why=why)
    return 0 if erasure is None else ErasedEntry.objects.filter(erasure=erasure).count()


@writes(Act.WRITE_DIARY)
@transaction.atomic
def withdraw_consent(opened: Opened, uid: UUID, purpose: str, entered: str) -> Saved:
    """The consent is withdrawn from today on."""
    opened.log("withdraw-consent")
    entry = {
        "day": opened.today,
        "kind": "consent",
        "for": purpose,
        "state": "withdrawn",
        "by": "patient",
        "entered": entered,
    }
    return write(opened.record.pk, [NewEntry(part_uid(uid, "consent"), entry)], opened.writer())
