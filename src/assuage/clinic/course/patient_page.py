"""The frame around every page of one patient: the name, the day, and the pages there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format

from assuage.catalogue.message import Message, message
from assuage.clinic.course.drawn import Drawn
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.outside import MadeNow

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


def given_of_drawn(drawn: MadeNow[Drawn]) -> dict[str, Any]:
    """What a template shows of something that is drawn outside of the request: nothing of it before it was made."""
    version = drawn.version
    told = None
    if not drawn.fresh:
        told = (
            message("clinic.being-drawn")
            if version is None
            else message(
                "clinic.drawn-before", at=date_format(version.at, "DATETIME_FORMAT"), since=drawn.since
            )
        )
    return {"drawn": version is not None, "being_drawn": told, **({} if version is None else version.value)}
