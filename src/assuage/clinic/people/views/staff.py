"""The administrator's pages: who there is, and who cares for whom. None of them opens a record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.catalogue.message import Message, message
from assuage.clinic.page import answer_with
from assuage.clinic.people import actions, queries
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import SiteAct
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.entries import Sex
from assuage.record.read import zone_names

LATELY = timedelta(days=30)  # emergencies that the page begins with (ours)


@on_site(SiteAct.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, person: Person) -> HttpResponse:
    """Every account, and a form for a new one."""
    wrong: dict[str, Message] = {}
    if request.method == "POST":
        wrong, added = _added(request, person)
        if added is not None:
            return _link_page(request, added, actions.invite(added, by=person))
    return answer_with(
        request,
        "people.html",
        message("clinic.people"),
        status=422 if wrong else 200,
        people=queries.all_people(),
        emergencies=queries.emergencies(LATELY),
        roles=Person.Role.values,
        languages_of_ours=LANGUAGES,
        given=request.POST,
        wrong=wrong,
    )


def _added(request: HttpRequest, by: Person) -> tuple[dict[str, Message], Person | None]:
    username, name = request.POST.get("username", "").strip(), request.POST.get("name", "").strip()
    role, language = request.POST.get("role", ""), request.POST.get("language", ORIGINAL)
    wrong: dict[str, Message] = {}
    try:
        Person.username_validator(username)
    except ValidationError:
        wrong["username"] = message("clinic.people-bad-username")
    if not username or len(username) > 150:
        wrong["username"] = message("clinic.people-bad-username")
    elif Person.objects.filter(username__iexact=username).exists():
        wrong["username"] = message("clinic.people-username-taken")
    if role not in Person.Role.values or language not in LANGUAGES or len(name) > 150 or "\0" in name:
        wrong["role"] = message("clinic.people-bad-role")
    if wrong:
        return wrong, None
    return {}, actions.add_person(username, None, Person.Role(role), name=name, language=language, by=by)


def _link_page(request: HttpRequest, invited: Person, path: str) -> HttpResponse:
    """The link, shown once: nobody can ask for it again, only for a new one."""
    return answer_with(
        request,
        "invited.html",
        message("clinic.invited", name=invited.shown_as),
        link=request.build_absolute_uri(path),
        invited=invited,
    )


@on_site(SiteAct.MANAGE_PEOPLE)
@require_POST
def change_person(request: HttpRequest, person: Person, pseudonym: str) -> HttpResponse:
    """Close an account, open it again, or make a new link for whoever lost the way in."""
    other = queries.person_named(pseudonym)
    what = request.POST.get("what")
    if other is None or other == person or what not in ("close", "open", "invite"):
        raise Http404
    if what == "invite":
        return _link_page(request, other, actions.invite(other, by=person))
    actions.set_active(other, what == "open", by=person)
    return redirect("people")


@on_site(SiteAct.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest, person: Person) -> HttpResponse:
    """Every patient with who cares for them, and a form for a new patient."""
    wrong: dict[str, Message] = {}
    if request.method == "POST":
        wrong = _opened(request, person)
        if not wrong:
            return redirect("teams")
    return answer_with(
        request,
        "teams.html",
        message("clinic.teams"),
        status=422 if wrong else 200,
        patients=queries.patients_with_teams(),
        clinicians=queries.clinicians_now(),
        accounts=queries.patients_without_record(),
        sexes=get_args(Sex),
        pathways=PATHWAY_IDS,
        today=timezone.localdate(),
        zone=settings.CLINIC_ZONE,
        given=request.POST,
        wrong=wrong,
    )


def _opened(request: HttpRequest, by: Person) -> dict[str, Message]:
    """Open the record of a new patient, or say by field what is wrong."""
    given = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    wrong: dict[str, Message] = {}
    if not 0 < len(given["name"]) <= 200 or "\0" in given["name"]:
        wrong["name"] = message("clinic.teams-no-name")
    born, starts_on = _date(given["born"]), _date(given["starts_on"])
    today = timezone.localdate()
    if given["born"] and (born is None or not _EARLIEST <= born <= today):
        wrong["born"] = message("clinic.teams-bad-date")
    if starts_on is None or not _EARLIEST <= starts_on <= today or (born is not None and starts_on < born):
        wrong["starts_on"] = message("clinic.teams-bad-date")
    if given["zone"] not in zone_names():
        wrong["zone"] = message("clinic.teams-bad-zone")
    account = queries.person_named(given["account"]) if given["account"] else None
    if given["account"] and account not in queries.patients_without_record():
        wrong["account"] = message("clinic.teams-bad-account")
    if given["pathway"] not in ("", *PATHWAY_IDS) or given["sex"] not in ("", *get_args(Sex)):
        wrong["pathway"] = message("clinic.people-bad-role")
    if not wrong and starts_on is not None:
        actions.open_patient(
            given["name"],
            starts_on=starts_on,
            zone=given["zone"],
            pathway=_with_version(given["pathway"]),
            by=by,
            person=account,
            born=born,
            sex=given["sex"] or None,
        )
    return wrong


_FIELDS = ("name", "born", "starts_on", "zone", "account", "pathway", "sex")
_EARLIEST = date(1900, 1, 1)


def _with_version(id: str) -> str:  # noqa: A002 - the id of a pathway
    return f"{id}@{pathway(id).version}" if id else ""


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@on_site(SiteAct.MANAGE_PEOPLE)
@require_POST
def change_team(request: HttpRequest, person: Person, pseudonym: str) -> HttpResponse:
    """Somebody joins or leaves the team of a patient."""
    patient, other = queries.patient_of(pseudonym), queries.person_named(request.POST.get("person", ""))
    what = request.POST.get("what")
    if patient is None or other is None or what not in ("join", "leave"):
        raise Http404
    is_member = queries.is_cared_for_by(patient, other)
    if what == "join" and not is_member and other in queries.clinicians_now():
        actions.join_team(patient.record, other, by=person)
    elif what == "leave" and is_member:
        actions.leave_team(patient.record, other, by=person)
    return redirect("teams")
