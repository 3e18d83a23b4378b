"""One's own plan: the card that the library makes for a patient, the next visit, and who is on the team."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record
from assuage.clinic.people.queries import team_of
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import settings_of_the_site, stored_record, stored_review
from assuage.record.care_entries import AppointmentEntry
from assuage.report.cards.page import given_to_card
from assuage.review.cards import patient_card
from assuage.review.visit import visit_page
from assuage.words.cards import is_signed
from assuage.words.speak import catalogue


@with_own_record(Act.SEE_PLAN)
@require_safe
def my_plan(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The card of today; in the original language where nobody has checked its words in the reader's."""
    review = stored_review(opened.record, opened.today)
    card = patient_card(visit_page(review, None, settings_of_the_site()))
    speaking = speaking_to(request, "patient")
    unsigned = not is_signed(speaking, card)
    kept_back = unsigned and not settings.CLINIC_UNSIGNED_CARDS
    card_in = catalogue(ORIGINAL, "patient") if kept_back else speaking
    given = given_to_card(card, card_in)
    return answer_with(
        request,
        "my_plan.html",
        message("clinic.plan-title"),
        sections=given["sections"],
        foot=given["foot"],
        card_language=card_in.language,
        kept_back=kept_back,
        unsigned=unsigned and not kept_back,
        visits=[
            message("clinic.plan-visit", date=on, whom=whom)
            for on, whom in _visits_to_come(opened.record, opened.today)
        ],
        team=[
            message(f"clinic.plan-role-{member.person.role}", name=member.person.shown_as)
            for member in team_of(opened.record)
        ],
        contact=settings.CLINIC_CONTACT,
    )


def _visits_to_come(record: ClinicRecord, today: int) -> list[tuple[str, str | None]]:
    agreed = [
        each
        for each in stored_record(record).standing
        if isinstance(each, AppointmentEntry) and each.on >= today and each.kept is None
    ]
    return [
        (date_format(calendar_date(record, each.on)), each.whom)
        for each in sorted(agreed, key=lambda each: each.on)
    ]
