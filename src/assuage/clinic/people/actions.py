"""Write people: accounts, patients, care teams. Each act is one event of the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.audit.actions import log_access
from assuage.clinic.people.models import CareTeamMember, NamedPatient, Person
from assuage.clinic.store.models import ClinicRecord


@transaction.atomic
def add_person(
    username: str,
    password: str | None,
    role: Person.Role,
    *,
    name: str = "",
    language: str = ORIGINAL,
    by: str = "",
) -> Person:
    """An account; without a password nobody can log in to it until one is set."""
    first, _, last = name.partition(" ")
    person = Person(username=username, role=role, first_name=first, last_name=last, language=language)
    person.set_password(password)
    person.save(force_insert=True)
    log_access("add-person", actor=by or person.pseudonym, role=role, why=role)
    return person


@transaction.atomic
def set_language(person: Person, language: str) -> None:
    """From now on the clinic speaks that language to the person."""
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def name_patient(
    record: ClinicRecord, name: str, *, person: Person | None = None, born: date | None = None, by: str = ""
) -> NamedPatient:
    """Whose record it is, and the account of that patient."""
    patient = NamedPatient.objects.create(record=record, name=name, person=person, born=born)
    log_access("name-patient", actor=by, role="", record=record.pseudonym)
    return patient


@transaction.atomic
def join_team(record: ClinicRecord, person: Person, *, by: Person | None = None) -> CareTeamMember:
    """From now on the person cares for the patient."""
    member = CareTeamMember.objects.create(record=record, person=person, since=timezone.now(), by=by)
    actor = person if by is None else by
    log_access(
        "join-team", actor=actor.pseudonym, role=actor.role, record=record.pseudonym, why=person.pseudonym
    )
    return member


@transaction.atomic
def leave_team(record: ClinicRecord, person: Person, *, by: Person) -> None:
    """From now on the person sees the record no more; that it was so stays known."""
    CareTeamMember.objects.filter(record=record, person=person, until=None).update(until=timezone.now())
    log_access("leave-team", actor=by.pseudonym, role=by.role, record=record.pseudonym, why=person.pseudonym)
