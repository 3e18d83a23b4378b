"""Write people: accounts, patients, care teams. Each act is one event of the log.

`by` is the administrator who does it; whoever may not is told that there is no such thing, as by the page.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import message
from assuage.clinic.audit.actions import log_access
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.models import BrokenGlass, CareTeamMember, NamedPatient, Person, new_pseudonym
from assuage.clinic.people.programs import shut_out_everywhere
from assuage.clinic.people.rights import MAY_ON_SITE, Act, SiteAct
from assuage.clinic.store.actions import Overtaken, open_record
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import held_record
from assuage.clinic.store.snapshots import afterwards
from assuage.errors import Problem, Problems
from assuage.record.read import zone_names

OPEN_FOR = timedelta(hours=1)  # a record that was opened in an emergency (ours)


def _refuse_who_may_not(by: Person | None) -> None:
    """Raise Http404 for whoever manages no people; None is the program itself, which makes its demonstration."""
    if by is not None and by.role not in MAY_ON_SITE[SiteAct.MANAGE_PEOPLE]:
        raise Http404


@transaction.atomic
def add_person(
    username: str,
    password: str | None,
    role: Person.Role,
    *,
    name: str = "",
    language: str = ORIGINAL,
    by: Person | None = None,
) -> Person:
    """An account; without a password nobody can log in to it until one is set."""
    _refuse_who_may_not(by)
    first, _, last = name.partition(" ")
    person = Person(username=username, role=role, first_name=first, last_name=last, language=language)
    person.set_password(password)
    person.save(force_insert=True)
    log_access("add-person", actor=(by or person).pseudonym, role=(by or person).role, why=role)
    return person


@transaction.atomic
def set_language(person: Person, language: str) -> None:
    """From now on the clinic speaks that language to the person."""
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def name_patient(
    record: ClinicRecord,
    name: str,
    *,
    person: Person | None = None,
    born: date | None = None,
    by: Person | None = None,
) -> NamedPatient:
    """Whose record it is, and the account of that patient."""
    _refuse_who_may_not(by)
    patient = NamedPatient.objects.create(record=record, name=name, person=person, born=born)
    log_access(
        "name-patient", actor=by.pseudonym if by else "", role=by.role if by else "", record=record.pseudonym
    )
    return patient


@transaction.atomic
def join_team(record: ClinicRecord, person: Person, *, by: Person | None = None) -> CareTeamMember:
    """From now on the person cares for the patient."""
    _refuse_who_may_not(by)
    member = CareTeamMember.objects.create(record=record, person=person, since=timezone.now(), by=by)
    actor = person if by is None else by
    log_access(
        "join-team", actor=actor.pseudonym, role=actor.role, record=record.pseudonym, why=person.pseudonym
    )
    return member


@transaction.atomic
def leave_team(record: ClinicRecord, person: Person, *, by: Person) -> None:
    """From now on the person sees the record no more; that it was so stays known."""
    _refuse_who_may_not(by)
    CareTeamMember.objects.filter(record=record, person=person, until=None).update(until=timezone.now())
    log_access("leave-team", actor=by.pseudonym, role=by.role, record=record.pseudonym, why=person.pseudonym)


@transaction.atomic
def set_active(person: Person, active: bool, *, by: Person) -> None:
    """From now on the person can log in, or not: whoever is logged in is nobody at the next request."""
    _refuse_who_may_not(by)
    person.is_active = active
    person.save(update_fields=["is_active"])
    if not active:
        shut_out_everywhere(person)
    act = "open-account" if active else "close-account"
    log_access(act, actor=by.pseudonym, role=by.role, why=person.pseudonym)


@transaction.atomic
def invite(person: Person, *, by: Person) -> str:
    """The path of a page on which the person sets a password, once and within three days.

    The password of before no longer opens the account: a link is for somebody who has none or lost it.
    """
    from allauth.account.forms import (  # pyright: ignore[reportMissingTypeStubs]
        default_token_generator,  # pyright: ignore[reportUnknownVariableType]
    )
    from allauth.account.utils import user_pk_to_url_str  # pyright: ignore[reportMissingTypeStubs]

    _refuse_who_may_not(by)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    shut_out_everywhere(person)
    log_access("invite", actor=by.pseudonym, role=by.role, why=person.pseudonym)
    key = str(default_token_generator.make_token(person))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )


@transaction.atomic
def open_patient(
    name: str,
    *,
    starts_on: date,
    zone: str,
    pathway: str,
    by: Person,
    person: Person | None = None,
    born: date | None = None,
    sex: str | None = None,
) -> ClinicRecord:
    """A new record under a pseudonym of its own, and whose it is."""
    _refuse_who_may_not(by)
    about: dict[str, object] = {} if sex is None else {"sex": sex}
    if born is not None:
        about["age"] = (
            starts_on.year - born.year - ((starts_on.month, starts_on.day) < (born.month, born.day))
        )
    record = open_record(new_pseudonym(), starts_on=starts_on, zone=zone, pathway=pathway, **about)
    name_patient(record, name, person=person, born=born, by=by)
    return record


@writes(Act.CHANGE_ZONE)
@transaction.atomic
def move_zone(opened: Opened, zone: str, *, seen: str) -> None:
    """From now on the days of the record roll by that time zone. Raises Problems; Overtaken where it was moved since.

    Days that have an entry stay the days they are; the log tells which zone held since when.
    """
    record = held_record(opened.record)
    if zone not in zone_names():
        raise Problems("zone", [Problem("zone", message("clinic.teams-bad-zone"))])
    if record.zone != seen:
        raise Overtaken("zone", [Problem("zone", message("clinic.zone-moved", zone=record.zone))])
    if zone == record.zone:
        return
    record.zone = zone
    record.save(update_fields=["zone"])
    opened.log("move-zone", why=zone)
    transaction.on_commit(lambda: afterwards(record.pk))


def keep_email(record: ClinicRecord, address: str) -> None:
    """The address to which the patient wants reminders; an empty one forgets it."""
    NamedPatient.objects.filter(record=record).update(email=address)


@transaction.atomic
def break_glass(record: ClinicRecord, person: Person, reason: str) -> BrokenGlass:
    """From now on and for an hour the person sees a record of somebody they do not care for.

    The event is of the record, with its reason: the patient reads it among who looked, an administrator in the log.
    """
    if person.role not in MAY_ON_SITE[SiteAct.BREAK_GLASS]:
        raise Http404
    now = timezone.now()
    log_access("break-glass", actor=person.pseudonym, role=person.role, record=record.pseudonym, why=reason)
    return BrokenGlass.objects.create(
        record=record, person=person, reason=reason, at=now, until=now + OPEN_FOR
    )


def note_missed_glass(person: Person) -> None:
    """Somebody asked for a record in an emergency under a name that no single patient has."""
    log_access("break-glass-missed", actor=person.pseudonym, role=person.role)
