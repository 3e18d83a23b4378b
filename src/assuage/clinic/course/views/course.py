"""The course: one axis for drugs, sessions, exposures, phases and scores, and the same as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt, sent_uid
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.course.drawn import DAYS_OF_MAPS, drawn_course, drawn_with_everything
from assuage.clinic.course.patient_page import answer_about, given_of_drawn
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to


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
    everything = "everything" in request.GET
    draw = drawn_with_everything if everything else drawn_course
    drawn = draw(opened.record, opened.today, speaking_to(request))
    return answer_about(
        request,
        opened,
        "course.html",
        message("clinic.title-course"),
        status=attempt.status,
        attempt=attempt,
        **given_of_drawn(drawn),
        everything=everything,
        days_of_maps=DAYS_OF_MAPS,
    )
