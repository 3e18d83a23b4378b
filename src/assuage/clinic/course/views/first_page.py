"""The first page of a patient: what `assuage review` prints, by the same code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import stored_review
from assuage.report.page.pages import given_to_review, review_title
from assuage.review.visit import visit_page


@with_record(Act.SEE_REVIEW)
@require_safe
def first_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """STOP with its action, how she is, where, now, leave alone, ask; every reason below."""
    page = visit_page(stored_review(opened.record, opened.today))
    given = given_to_review(page, speaking_to(request))
    return answer_about(request, opened, "first_page.html", review_title(page), **given)
