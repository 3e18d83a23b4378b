"""The frame around every page of one patient: the name, the day, and the pages there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from assuage.catalogue.message import Message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.store.days import calendar_date

# The pages of a patient in the order of a visit, each with the act that opens it.
PATIENT_PAGES = (
    ("first-page", Act.SEE_REVIEW),
    ("course", Act.SEE_REVIEW),
    ("gate", Act.SEE_REVIEW),
    ("medicines", Act.SEE_REVIEW),
    ("sessions", Act.SEE_REVIEW),
    ("assessment", Act.SEE_REVIEW),
    ("cards", Act.SEE_CARD),
)


def answer_about(
    request: HttpRequest, opened: Opened, template: str, title: Message, *, status: int = 200, **given: Any
) -> HttpResponse:
    """The page of a patient: which one, on which date, and the way to the others."""
    pages = [
        (name, reverse(name, args=[opened.record.pseudonym]))
        for name, act in PATIENT_PAGES
        if opened.person.role in MAY[act]
    ]
    values: dict[str, Any] = {
        "patient": opened.patient,
        "record": opened.record,
        "day": opened.today,
        "date": calendar_date(opened.record, opened.today),
        "patient_pages": pages,
        **given,
    }
    return answer_with(request, template, title, status=status, **values)
