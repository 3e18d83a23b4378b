"""The phase board: each criterion with its value, source and whose number it is, and what a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt, seen_head, sent_uid
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.queries import names_of
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.plan.actions import LEAST_REASON, take_decision
from assuage.clinic.store.queries import stored_visit_page
from assuage.clinic.store.shown import as_shown_then, decisions_with_review
from assuage.clinic.typed import typed_texts
from assuage.pathways import registry
from assuage.review.model import GateState
from assuage.review.visit import VisitPage
from assuage.review.what_if import SupposedAnswers, what_if
from assuage.words.gates import part_message, value_message
from assuage.words.recorded import entry_message
from assuage.words.visits import gate_message, where_message


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD"])
def gate_board(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Where the patient stands, what every gate waits for, which answer would decide it, and the decisions so far."""
    return _board(request, opened, first_attempt(opened))


@with_record(Act.DECIDE)
@require_http_methods(["POST"])
def decision(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Confirm, hold, return, or move on against the gate; told why where it cannot be."""
    typed = typed_texts(request)
    do, _, to = typed.get("act", "").partition(":")
    to, _, pathway = to.partition("@")
    refused = attempted(
        request,
        opened,
        lambda: take_decision(
            opened,
            do,
            to,
            typed.get("because", ""),
            uid=sent_uid(request),
            seen=seen_head(request),
            pathway=pathway,
        ),
        message("clinic.decision-saved"),
    )
    if refused is None:
        return redirect("gate", opened.record.pseudonym)
    return _board(request, opened, refused)


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD"])
def replay(request: HttpRequest, opened: Opened, decision: UUID) -> HttpResponse:
    """What was shown for a decision, as it was; what today's program says of the same day; the difference in words."""
    shown = as_shown_then(decision)
    if shown is None or shown.shown.record.pk != opened.record.pk:
        raise Http404
    return answer_about(request, opened, "replay.html", message("clinic.title-replay"), shown=shown)


def _board(request: HttpRequest, opened: Opened, attempt: Attempt) -> HttpResponse:
    page = stored_visit_page(opened.record, opened.today)
    review = page.review
    stay = review.current
    pathway = review.pathway
    decisions = review.timeline.decisions(opened.today)
    earlier = pathway.phases[: pathway.phases.index(stay.phase)] if pathway and stay else ()
    names = names_of({each.author for each in decisions if each.author})
    return answer_about(
        request,
        opened,
        "gate_board.html",
        message("clinic.title-gate"),
        status=attempt.status,
        attempt=attempt,
        review=review,
        where=None if stay is None else where_message(review, stay),
        waits=gate_message(review),
        gates=[(each, _suppositions(page, each)) for each in review.gates],
        onward=[each for each in review.gates if each.leads == "on"],
        earlier=earlier,
        first_phases=pathway.phases if pathway and stay is None else (),
        other_pathways=[
            registry.pathway(each) for each in registry.PATHWAY_IDS if pathway is None or each != pathway.id
        ],
        decisions=[
            (each, names.get(each.author or ""), entry_message(each, review.record)) for each in decisions
        ],
        least_reason=LEAST_REASON,
        kept_reviews=decisions_with_review(opened.record),
        may_override=opened.person.role in MAY[Act.OVERRIDE],
        part_message=part_message,
        value_message=value_message,
    )


def _suppositions(page: VisitPage, gate: GateState) -> Sequence[SupposedAnswers]:
    """What one answer would change, for a gate that leads on."""
    return what_if(page.review, gate, page.questions) if gate.leads == "on" else ()
