"""The one gate to a record: a view never asks for one in any other way.

A record of somebody else and one that does not exist look alike: "not found", to everybody who may not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from allauth.account.internal.flows.reauthentication import (  # pyright: ignore[reportMissingTypeStubs]
    did_recently_reauthenticate,
)
from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct

from assuage.clinic.audit.actions import log_access
from assuage.clinic.people.models import BrokenGlass, CareTeamMember, NamedPatient, Person
from assuage.clinic.people.rights import MAY, MAY_ON_SITE, Act, SiteAct
from assuage.clinic.store.actions import Writer
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord
from assuage.record.entry import Role, WrittenFrom

P = ParamSpec("P")
T = TypeVar("T")
# What is done only by whoever gave the password, a passkey or a code within the last minutes: a phone that lies about
# stays logged in for long.
AGAIN = frozenset({Act.EXPORT, Act.ERASE})


class Opened(Struct, frozen=True):
    """A record that somebody may do this with: the patient it is of, and the day it is for that patient."""

    record: ClinicRecord
    patient: NamedPatient
    person: Person
    act: Act
    today: int

    def writer(self, source: WrittenFrom = "web") -> Writer:
        """Who writes, for the store: the account's pseudonym in its role."""
        return Writer(self.person.pseudonym, cast("Role", self.person.role), source)

    def may(self, act: Act) -> bool:
        """Whether the person's role has the act."""
        return self.person.role in MAY[act]

    def log(self, act: str, why: str = "") -> None:
        """One event of the log: what the person does with the record."""
        person, record = self.person, self.record.pseudonym
        log_access(act, actor=person.pseudonym, role=person.role, record=record, why=why)


def records_seen_by(person: Person) -> QuerySet[ClinicRecord]:
    """The records that a person may see today: one's own, those cared for, those opened in an emergency."""
    now = timezone.now()
    if person.is_patient:
        return ClinicRecord.objects.filter(patient__person=person)
    cares = CareTeamMember.objects.filter(
        Q(until=None) | Q(until__gt=now), record=OuterRef("pk"), person=person
    )
    broken = BrokenGlass.objects.filter(record=OuterRef("pk"), person=person, until__gt=now)
    return ClinicRecord.objects.filter(Exists(cares) | Exists(broken))


def open_for(person: Person, pseudonym: str, act: Act) -> Opened:
    """The record, for this act. Raises Http404 for one that is not there, not theirs, or not for their role."""
    if person.role not in MAY[act]:
        raise Http404
    record = records_seen_by(person).select_related("patient").filter(pseudonym=pseudonym).first()
    if record is None:
        raise Http404
    return Opened(record, record.patient, person, act, today(record))


def open_own(person: Person, act: Act) -> Opened:
    """The person's own record, for this act. Raises Http404 for who has none, and for a role that may not."""
    patient = NamedPatient.objects.select_related("record").filter(person=person).first()
    if patient is None or person.role not in MAY[act]:
        raise Http404
    return Opened(patient.record, patient, person, act, today(patient.record))


def writes(
    *acts: Act,
) -> Callable[[Callable[Concatenate[Opened, P], T]], Callable[Concatenate[Opened, P], T]]:
    """A writer for whoever has one of these acts, whoever calls it and whatever the record was opened for.

    Raises Http404 for everybody else, as the page does, before anything is looked at or written.
    """

    def around(writer: Callable[Concatenate[Opened, P], T]) -> Callable[Concatenate[Opened, P], T]:
        @wraps(writer)
        def allowed(opened: Opened, *args: P.args, **kwargs: P.kwargs) -> T:
            if not any(opened.may(act) for act in acts):
                raise Http404
            return writer(opened, *args, **kwargs)

        vars(allowed)["writes"] = acts
        return allowed

    return around


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks for the password once more; None where it was given just now."""
    if did_recently_reauthenticate(request):
        return None
    return redirect_to_login(request.get_full_path(), reverse("account_reauthenticate"))


def _stopped_at(request: HttpRequest, seen: Opened) -> HttpResponse | None:
    """The page that asks for the password, where the act takes it; else None, and the look is in the log."""
    again = ask_again(request) if seen.act in AGAIN else None
    if again is None:
        seen.log(str(seen.act))
    return again


def opened_and_logged(person: Person, pseudonym: str, act: Act) -> Opened:
    """The record for this act, the look written to the log. Raises Http404 as `open_for` does."""
    seen = open_for(person, pseudonym, act)
    seen.log(str(act))
    return seen


def record_of_link(pk: object) -> ClinicRecord | None:
    """The record that a link of ours, whose signature was checked, names: the link is the right to what it opens."""
    return ClinicRecord.objects.filter(pk=pk).first() if isinstance(pk, int) else None


def with_record(
    act: Act,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Opened, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, str, P], HttpResponse],
]:
    """A view of one record: its address has the pseudonym, the view gets the record opened for the act.

    Every look is in the log before the page is made.
    """

    def around(
        view: Callable[Concatenate[HttpRequest, Opened, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, pseudonym: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person = request.user
            if not isinstance(person, Person):
                return redirect_to_login(request.get_full_path())
            seen = open_for(person, pseudonym, act)
            return _stopped_at(request, seen) or view(request, seen, *args, **kwargs)

        vars(gated)["act"] = act
        return gated

    return around


def with_own_record(
    act: Act,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Opened, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """A view of the record of whoever is logged in: a patient's own pages have no name of a record in their address."""

    def around(
        view: Callable[Concatenate[HttpRequest, Opened, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person = request.user
            if not isinstance(person, Person):
                return redirect_to_login(request.get_full_path())
            seen = open_own(person, act)
            return _stopped_at(request, seen) or view(request, seen, *args, **kwargs)

        vars(gated)["act"] = act
        vars(gated)["own"] = True
        return gated

    return around


def on_site(
    act: SiteAct | None,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Person, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """A view of no record, for whoever may do the act; with None for everybody who is logged in."""

    def around(
        view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person = request.user
            if not isinstance(person, Person):
                return redirect_to_login(request.get_full_path())
            if act is not None and person.role not in MAY_ON_SITE[act]:
                raise Http404
            return view(request, person, *args, **kwargs)

        vars(gated)["act"] = act
        return gated

    return around


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that needs no account: the style sheet, the health of the server."""

    @wraps(view)
    def gated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs)

    vars(gated)["act"] = "all"
    return gated
