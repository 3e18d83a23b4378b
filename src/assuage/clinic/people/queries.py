"""Read people: accounts, patients by name with who cares for them, records opened in an emergency."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.people.models import BrokenGlass, CareTeamMember, NamedPatient, Person
from assuage.clinic.people.rights import CLINICIANS
from assuage.clinic.store.models import ClinicRecord

LONGEST_NAME = 200


def all_people() -> Sequence[Person]:
    """Every account, those that are open first, by role and name."""
    return list(Person.objects.order_by("-is_active", "role", "username"))


def person_named(pseudonym: str) -> Person | None:
    """The account of that pseudonym."""
    return Person.objects.filter(pseudonym=pseudonym).first()


def clinicians_now() -> Sequence[Person]:
    """Who can be of a care team: open accounts of clinicians."""
    return list(Person.objects.filter(role__in=CLINICIANS, is_active=True).order_by("username"))


def patients_without_record() -> Sequence[Person]:
    """Accounts of patients that no record belongs to yet."""
    return list(Person.objects.filter(role=Person.Role.PATIENT, patient=None, is_active=True))


def patients_with_teams() -> Sequence[NamedPatient]:
    """Every patient by name; `record.now_cared_for` has who cares today."""
    today = CareTeamMember.objects.filter(Q(until=None) | Q(until__gt=timezone.now()))
    return list(
        NamedPatient.objects.select_related("record", "person")
        .prefetch_related(
            Prefetch("record__team", today.select_related("person"), to_attr="now_cared_for"),
        )
        .order_by("name")
    )


def patient_of(pseudonym: str) -> NamedPatient | None:
    """The patient whose record has that pseudonym."""
    return NamedPatient.objects.select_related("record").filter(record__pseudonym=pseudonym).first()


def patients_called(text: str) -> Sequence[NamedPatient]:
    """The patients whose full name or pseudonym is exactly that, in any case of letters; two at most."""
    if len(text) > LONGEST_NAME or "\0" in text:
        return []
    return list(
        NamedPatient.objects.select_related("record").filter(
            Q(name__iexact=text) | Q(record__pseudonym__iexact=text)
        )[:2]
    )


def tries_of(person: Person, act: str, within: timedelta) -> int:
    """How often the log says that the person did this, lately."""
    return AccessEvent.objects.filter(actor=person.pseudonym, act=act, at__gt=timezone.now() - within).count()


def emergencies(within: timedelta) -> Sequence[BrokenGlass]:
    """What was opened in an emergency lately, the last first."""
    return list(
        BrokenGlass.objects.select_related("record__patient", "person")
        .filter(at__gt=timezone.now() - within)
        .order_by("-at")
    )


def is_cared_for_by(patient: NamedPatient, person: Person) -> bool:
    """Whether the person is of the team today."""
    return CareTeamMember.objects.filter(
        Q(until=None) | Q(until__gt=timezone.now()), record=patient.record, person=person
    ).exists()


def team_of(record: ClinicRecord) -> Sequence[CareTeamMember]:
    """Who cares for the patient today, in the order in which they came."""
    members = CareTeamMember.objects.filter(record=record, until=None).select_related("person")
    return list(members.order_by("since", "pk"))


def names_of(pseudonyms: Collection[str]) -> Mapping[str, str]:
    """The names behind pseudonyms, as colleagues write them; who has no account any more has none."""
    people = Person.objects.filter(pseudonym__in=list(pseudonyms))
    return {each.pseudonym: each.shown_as for each in people}


def email_and_language(record: ClinicRecord) -> tuple[str, str]:
    """Where the patient wants reminders, and in which language; an empty address where none is wanted."""
    patient = NamedPatient.objects.select_related("person").get(record=record)
    return patient.email, ORIGINAL if patient.person is None else patient.person.language
