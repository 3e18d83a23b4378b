"""By which time zone the days of a record roll: shown, and moved with whoever moves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import attempted, first_attempt
from assuage.clinic.page import answer_with
from assuage.clinic.people.actions import move_zone
from assuage.clinic.people.gate import Opened, with_own_record, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.store.days import calendar_date, today
from assuage.clinic.store.queries import as_it_is_now
from assuage.clinic.typed import typed_texts
from assuage.record.read import zone_names


@with_own_record(Act.CHANGE_ZONE)
@require_http_methods(["GET", "HEAD", "POST"])
def own_zone(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The patient's own."""
    return _zone(request, opened)


@with_record(Act.CHANGE_ZONE)
@require_http_methods(["GET", "HEAD", "POST"])
def zone_of(request: HttpRequest, opened: Opened) -> HttpResponse:
    """That of a patient in one's care."""
    return _zone(request, opened)


def _zone(request: HttpRequest, opened: Opened) -> HttpResponse:
    attempt = first_attempt(opened)
    if request.method == "POST":
        typed = typed_texts(request)
        wanted, seen = typed.get("zone", "").strip(), typed.get("seen", "")
        refused = attempted(
            request,
            opened,
            lambda: move_zone(opened, wanted, seen=seen),
            message("clinic.zone-kept", zone=wanted),
        )
        if refused is None:
            return redirect(request.path)
        attempt = refused
    now = as_it_is_now(opened.record)
    return answer_with(
        request,
        "zone.html",
        message("clinic.zone-title"),
        status=attempt.status,
        attempt=attempt,
        zone=now.zone,
        date=date_format(calendar_date(now, today(now, timezone.now()))),
        name=None if opened.person.is_patient else opened.patient.name,
        zones=sorted(each for each in zone_names() if "/" in each),
    )
