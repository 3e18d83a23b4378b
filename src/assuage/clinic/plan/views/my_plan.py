"""One's own plan: the card that the library makes for a patient, the next visit, and who is on the team."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record
from assuage.clinic.people.queries import team_of
from assuage.clinic.people.rights import Act
from assuage.clinic.plan.cards import stored_card, words_of_card
from assuage.clinic.reminders.calendar import calendar_file
from assuage.clinic.speaking import language_of, speaking_to
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.queries import stored_record
from assuage.record.care_entries import AppointmentEntry
from assuage.report.cards.page import given_to_card


@with_own_record(Act.SEE_PLAN)
@require_safe
def my_plan(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The card of today; in the original language where nobody has checked its words in the reader's."""
    card = stored_card(opened.record, "patient")
    words = words_of_card(card, language_of(request))
    given = given_to_card(card, words.speaking)
    return answer_with(
        request,
        "my_plan.html",
        message("clinic.plan-title"),
        sections=given["sections"],
        foot=given["foot"],
        card_language=words.speaking.language,
        kept_back=words.kept_back,
        unsigned=words.unsigned,
        visits=[
            message("clinic.plan-visit", date=on, whom=whom)
            for on, whom in (
                (date_format(calendar_date(opened.record, each.on)), each.whom) for each in _agreed(opened)
            )
        ],
        team=[
            message(f"clinic.plan-role-{member.person.role}", name=member.person.shown_as)
            for member in team_of(opened.record)
        ],
        contact=settings.CLINIC_CONTACT,
    )


def _agreed(opened: Opened) -> Sequence[AppointmentEntry]:
    """The visits that are agreed on and still to come, the next first."""
    agreed = [
        each
        for each in stored_record(opened.record).standing
        if isinstance(each, AppointmentEntry) and each.on >= opened.today and each.kept is None
    ]
    return sorted(agreed, key=lambda each: each.on)


@with_own_record(Act.SEE_PLAN)
@require_safe
def visits_file(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The visits to come for a calendar, without a word about health."""
    speaking = speaking_to(request, "patient")
    visits = [(each.id or str(each.place), calendar_date(opened.record, each.on)) for each in _agreed(opened)]
    return HttpResponse(
        calendar_file(visits, str(speaking.say(message("clinic.calendar-visit"))), timezone.now()),
        "text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="visits.ics"'},
    )
