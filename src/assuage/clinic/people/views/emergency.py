"""A record of somebody one does not care for, in an emergency: with a reason, for an hour, told to the patient."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import Message, message
from assuage.clinic.page import answer_with
from assuage.clinic.people.actions import break_glass, note_missed_glass
from assuage.clinic.people.gate import on_site
from assuage.clinic.people.models import Person
from assuage.clinic.people.queries import patients_called, tries_of
from assuage.clinic.people.rights import SiteAct

SHORTEST_REASON, LONGEST_REASON = 15, 2000  # letters, at least as for an override
MOST_MISSED, MISSED_WITHIN = (
    5,
    timedelta(hours=1),
)  # names tried that nobody has (ours): who is here is not for guessing


@on_site(SiteAct.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask whose record and why; open it, or say what is missing beside what was written."""
    whose, reason = request.POST.get("whose", "").strip(), request.POST.get("reason", "").strip()
    wrong: dict[str, Message] = {}
    if request.method == "POST":
        wrong = _opened_or_wrong(person, whose, reason)
        if not wrong:
            (patient,) = patients_called(whose)
            break_glass(patient.record, person, reason)
            return redirect("first-page", patient.record.pseudonym)
    return answer_with(
        request,
        "emergency.html",
        message("clinic.emergency"),
        status=422 if wrong else 200,
        whose=whose,
        reason=reason,
        wrong=wrong,
    )


def _opened_or_wrong(person: Person, whose: str, reason: str) -> dict[str, Message]:
    """What is wrong with the form, by field; nothing where exactly one patient is meant."""
    wrong: dict[str, Message] = {}
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or "\0" in reason:
        wrong["reason"] = message("clinic.emergency-reason", letters=SHORTEST_REASON, most=LONGEST_REASON)
    if tries_of(person, "break-glass-missed", MISSED_WITHIN) >= MOST_MISSED:
        wrong["whose"] = message("clinic.emergency-too-often")
    elif len(patients_called(whose)) != 1:
        note_missed_glass(person)
        wrong["whose"] = message("clinic.emergency-nobody")
    return wrong
