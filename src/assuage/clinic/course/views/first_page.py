"""The first page of a patient: what `assuage review` prints, by the same code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assuage.clinic.course.drawn import drawn_course
from assuage.clinic.course.patient_page import answer_about, given_of_drawn
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import stored_visit_page
from assuage.report.page.pages import given_to_visit, review_title


@with_record(Act.SEE_REVIEW)
@require_safe
def first_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """STOP with its action, how she is, where, now, leave alone, ask; every reason below."""
    page = stored_visit_page(opened.record, opened.today)
    speaking = speaking_to(request)
    given = given_to_visit(page, speaking)
    drawn = drawn_course(opened.record, opened.today, speaking)
    figure = {"timeline": drawn.version.value["timeline"]} if drawn.version is not None else {}
    return answer_about(
        request,
        opened,
        "first_page.html",
        review_title(page),
        **given,
        **figure,
        being_drawn=given_of_drawn(drawn)["being_drawn"],
    )
