"""The course: one axis for drugs, sessions, exposures, phases and scores, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.clinic.attempts import Attempt, attempted, first_attempt, sent_uid
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import KeptOfRecords, stored_record, stored_standing
from assuage.report.page.pages import given_to_drawn_maps, given_to_timeline

DAYS_OF_MAPS: Final = 56  # whose maps are drawn unless all are asked for: of a year they are megabytes (ours)
_drawn: Final = KeptOfRecords[Mapping[str, Any]](32)  # courses, up to half a megabyte each (ours)


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def course(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The figure, the body maps, the table of the same rows; a note can be added."""
    attempt = first_attempt(opened)
    if request.method == "POST":
        refused = attempted(request, opened, lambda: _add_note(request, opened), message("clinic.note-saved"))
        if refused is None:
            return redirect(request.path)
        attempt = refused
    return _page(request, opened, attempt)


def _add_note(request: HttpRequest, opened: Opened) -> None:
    entry: dict[str, object] = {"kind": "note", "text": request.POST.get("text", "").strip()}
    write_as_clinician(opened, [entry], act="write-note", uid=sent_uid(request))


def _page(request: HttpRequest, opened: Opened, attempt: Attempt) -> HttpResponse:
    return answer_about(
        request,
        opened,
        "course.html",
        message("clinic.title-course"),
        status=attempt.status,
        attempt=attempt,
        **_drawn_course(
            opened.record,
            opened.today,
            speaking_to(request),
            since=None if "all-maps" in request.GET else opened.today - DAYS_OF_MAPS,
        ),
        days_of_maps=DAYS_OF_MAPS,
    )


def _drawn_course(of: ClinicRecord, day: int, speaking: Catalogue, since: int | None) -> Mapping[str, Any]:
    """The figure, the maps and the rows: drawn once for a head, a day and a language."""
    also = (day, speaking.language, speaking.reader, since)
    drawn = _drawn.get(of, *also)
    if drawn is None:
        record, standing = stored_record(of), stored_standing(of, day)
        maps = given_to_drawn_maps(record, day, speaking, since, standing.timeline)
        drawn = given_to_timeline(record, standing, speaking) | maps
        _drawn.keep(of, drawn, *also)
    return drawn
