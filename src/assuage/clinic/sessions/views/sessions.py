"""Sessions with the needle: those that were, what came after each, and the next one planned and worked out."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt, seen_head, sent_uid, to_be_confirmed
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.sessions.actions import WorkedOut, perform_session, respond_to_session, work_out
from assuage.clinic.sessions.forms import ROWS, plan_of_form
from assuage.clinic.sessions.queries import sessions_of
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.typed import typed_texts, typed_whole
from assuage.report.session import session_lines
from assuage.terms.sites import SITES
from assuage.words.alerts import alert_action, alerts_with_reasons
from assuage.words.recorded import entry_message


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD"])
def sessions(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What was injected when and what came of it; the form for the next one."""
    return _page(request, opened, first_attempt(opened))


@with_record(Act.INJECT)
@require_http_methods(["POST"])
def session_act(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Work a plan out, or perform what was worked out."""
    typed, kept = typed_texts(request), list[WorkedOut]()
    if typed.get("step") == "perform":
        refused = attempted(
            request,
            opened,
            lambda: perform_session(
                opened,
                typed.get("token", ""),
                typed.get("because", ""),
                uid=sent_uid(request),
                seen=seen_head(request),
            ),
            message("clinic.session-saved"),
        )
        if refused is None:
            return redirect("sessions", opened.record.pseudonym)
        return _page(request, opened, refused)
    refused = attempted(
        request,
        opened,
        lambda: kept.append(work_out(opened, plan_of_form(request.POST))),
        message("clinic.worked-out"),
    )
    if refused is not None:
        return _page(request, opened, refused)
    return _page(request, opened, to_be_confirmed(request, opened), kept[0])


@with_record(Act.WRITE_FINDING)
@require_http_methods(["POST"])
def session_response(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The pain after a session: as it was told, bound to the session."""
    typed = typed_texts(request)
    day = typed_whole(typed.get("day", ""))
    refused = attempted(
        request,
        opened,
        lambda: respond_to_session(
            opened,
            typed.get("session", ""),
            typed.get("pain", ""),
            day=opened.today if day is None else day,
            time=typed.get("time", ""),
            uid=sent_uid(request),
        ),
        message("clinic.response-saved"),
    )
    if refused is None:
        return redirect("sessions", opened.record.pseudonym)
    return _page(request, opened, refused)


def _page(
    request: HttpRequest, opened: Opened, attempt: Attempt, worked: WorkedOut | None = None
) -> HttpResponse:
    here, speaking = stored_standing(opened.record, opened.today), speaking_to(request)
    record = here.record
    alerts = () if worked is None else (*worked.result.order.alerts, *worked.result.plan.alerts)
    return answer_about(
        request,
        opened,
        "sessions.html",
        message("clinic.title-sessions"),
        status=attempt.status,
        attempt=attempt,
        sessions=[
            (
                each,
                entry_message(each.entry, record),
                [entry_message(answer, record) for answer in each.answers],
            )
            for each in sessions_of(here)
        ],
        worked=worked,
        alerts=[each for each in alerts_with_reasons(speaking, alerts) if each.tier != "note"],
        needs=() if worked is None else (*worked.result.order.against, *worked.result.order.asks),
        lines=""
        if worked is None
        else "\n".join(session_lines(worked.result.plan, speaking, everything=True)),
        action_of=partial(alert_action, speaking),
        sites=SITES.values(),
        chosen=request.POST.getlist("sites"),
        rows=range(ROWS),
        may_inject=opened.person.role in MAY[Act.INJECT],
    )
