"""What a patient may know of what is kept: who looked, which consents stand, what can be erased."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assuage.clinic.audit.queries import access_events
from assuage.clinic.people.models import Person
from assuage.clinic.store.erasing import may_be_erased
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record
from assuage.record.decided_entries import ConsentEntry


class LookOfOthers(Struct, frozen=True):
    """One look at the record: when by the patient's clock, who, for what, and whom it was about.

    A name is empty where the account is gone, or where it was the clinic's own program (`of_program`).
    """

    at: datetime
    who: str
    of_program: bool
    act: str
    whom: str


def looks_of_others(record: ClinicRecord, patient: Person) -> list[LookOfOthers]:
    """Who else looked or did something, the last first; names where the accounts are still there."""
    events = [each for each in access_events(record.pseudonym) if each.actor != patient.pseudonym]
    named = {
        each.pseudonym: each.shown_as
        for each in Person.objects.filter(
            pseudonym__in={who for event in events for who in (event.actor, event.why)}
        )
    }
    zone = ZoneInfo(record.zone)
    return [
        LookOfOthers(
            at=each.at.astimezone(zone),
            who=named.get(each.actor, ""),
            of_program=not each.actor,
            act=each.act,
            whom=named.get(each.why, ""),
        )
        for each in events
    ]


def consents_of(record: ClinicRecord) -> list[ConsentEntry]:
    """The last word on each purpose."""
    last: dict[str, ConsentEntry] = {}
    for each in stored_record(record).standing:
        if isinstance(each, ConsentEntry):
            last[each.purpose] = each
    return list(last.values())


def can_be_erased(record: ClinicRecord) -> int:
    """How many entries of the diary are there."""
    return len(may_be_erased(record))
