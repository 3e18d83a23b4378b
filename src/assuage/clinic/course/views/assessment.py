"""Assessment: the criteria as they are decided, the questions that decide most, and every questionnaire."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt, sent_uid
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.course.assessment import (
    answerable,
    answered_entries,
    answers_of_form,
    levels_of,
    shippable,
)
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.store.queries import stored_visit_page
from assuage.clinic.typed import typed_texts
from assuage.instruments import INSTRUMENTS
from assuage.instruments.model import Instrument
from assuage.instruments.texts import item_wording
from assuage.words.recorded import entry_message

DEFAULT = "wpi"


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD"])
def assessment(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is decided, what to ask today, and the questionnaire that was chosen."""
    return _page(request, opened, first_attempt(opened), _chosen(request.GET.get("instrument", DEFAULT)))


@with_record(Act.WRITE_FINDING)
@require_http_methods(["POST"])
def assess(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The answers to a questionnaire, or to the questions of the day, stored as they were given."""
    typed = typed_texts(request)
    instrument = _chosen(typed.get("instrument", DEFAULT))

    def act() -> None:
        if typed.get("step") == "questions":
            questions = stored_visit_page(opened.record, opened.today).questions
            entries = answered_entries(questions, typed)
        else:
            entries = [{**answers_of_form(instrument, request.POST), "by": "patient"}]
        write_as_clinician(opened, entries, act="assess", uid=sent_uid(request))

    refused = attempted(request, opened, act, message("clinic.answers-saved"))
    if refused is None:
        return redirect("assessment", opened.record.pseudonym)
    return _page(request, opened, refused, instrument)


def _chosen(name: str) -> Instrument:
    instrument = INSTRUMENTS.get(name)
    if instrument is None or not instrument.items:
        raise Http404
    return instrument


def _page(request: HttpRequest, opened: Opened, attempt: Attempt, instrument: Instrument) -> HttpResponse:
    page = stored_visit_page(opened.record, opened.today)
    review = page.review
    before = [each for each in review.timeline.answers(opened.today) if each.instrument == instrument.id]
    return answer_about(
        request,
        opened,
        "assessment.html",
        message("clinic.title-assessment"),
        status=attempt.status,
        attempt=attempt,
        criteria=[each for each in review.criteria.values() if each.scored.answer is not None],
        questions=list(answerable(page.questions)),
        instrument=instrument,
        instruments=shippable(),
        words_of=item_wording,
        levels_of=levels_of,
        before=[(each.day, entry_message(each, review.record)) for each in reversed(before)],
        chosen=request.POST.getlist("site"),
        may_write=opened.person.role in MAY[Act.WRITE_FINDING],
    )
