"""Sessions with the needle: those that were, what came after each, and the next one planned and worked out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt, seen_head, sent_uid, to_be_confirmed
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.people.gate import Opened, with_record
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.sessions.actions import (
    WorkedOut,
    perform_session,
    respond_to_session,
    withdraw_session,
    work_out,
)
from assuage.clinic.sessions.forms import ROWS, form_of_session, plan_of_form
from assuage.clinic.sessions.queries import session_named, sessions_of, withdrawn_sessions
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import stored_record, stored_standing
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
    return _act(request, opened, None)


@with_record(Act.INJECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_session(request: HttpRequest, opened: Opened, session: UUID) -> HttpResponse:
    """A session that was written: corrected by another version of it, or withdrawn because it never took place."""
    entry = session_named(stored_record(opened.record), str(session))
    if entry is None and request.method != "POST":
        raise Http404
    if request.method == "POST":
        return _act(request, opened, str(session))
    assert entry is not None
    attempt = replace(first_attempt(opened), typed=form_of_session(entry))
    return _page(request, opened, attempt, amends=str(session), chosen=entry.sites)


def _act(request: HttpRequest, opened: Opened, amends: str | None) -> HttpResponse:
    """What a form of a session asks for: worked out first, performed or withdrawn then."""
    typed, kept = typed_texts(request), list[WorkedOut]()
    because, uid, seen = typed.get("because", ""), sent_uid(request), seen_head(request)

    def act() -> None:
        match typed.get("step"):
            case "perform":
                perform_session(opened, typed.get("token", ""), because, uid=uid, seen=seen)
            case "withdraw" if amends is not None:
                withdraw_session(opened, amends, because, uid=uid, seen=seen)
            case _:
                kept.append(work_out(opened, plan_of_form(request.POST), amends or ""))

    told = _TOLD.get(typed.get("step", ""), message("clinic.worked-out"))
    refused = attempted(request, opened, act, told)
    chosen = tuple(request.POST.getlist("sites"))
    if refused is not None:
        return _page(request, opened, refused, amends=amends, chosen=chosen)
    if kept:
        return _page(request, opened, to_be_confirmed(request, opened), kept[0], amends=amends)
    return redirect("sessions", opened.record.pseudonym)


_TOLD = {"perform": message("clinic.session-saved"), "withdraw": message("clinic.session-withdrawn")}


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
    request: HttpRequest,
    opened: Opened,
    attempt: Attempt,
    worked: WorkedOut | None = None,
    *,
    amends: str | None = None,
    chosen: Sequence[str] = (),
) -> HttpResponse:
    here, speaking = stored_standing(opened.record, opened.today), speaking_to(request)
    record = here.record
    alerts = () if worked is None else (*worked.result.order.alerts, *worked.result.plan.alerts)
    amended = None if amends is None else session_named(record, amends)
    return answer_about(
        request,
        opened,
        "sessions.html",
        message("clinic.title-sessions"),
        status=attempt.status,
        attempt=attempt,
        amended=amended,
        address=reverse("session-act", args=[opened.record.pseudonym])
        if amends is None
        else reverse("session-correct", args=[opened.record.pseudonym, amends]),
        sessions=[
            (each, entry_message(each.entry, record), [entry_message(old, record) for old in each.before])
            for each in sessions_of(here)
        ],
        withdrawn=[
            (entry_message(entry, record), entry.day, void.because)
            for entry, void in withdrawn_sessions(record)
        ],
        of_entry=partial(entry_message, record=record),
        worked=worked,
        alerts=[each for each in alerts_with_reasons(speaking, alerts) if each.tier != "note"],
        needs=() if worked is None else (*worked.result.order.against, *worked.result.order.asks),
        lines=""
        if worked is None
        else "\n".join(session_lines(worked.result.plan, speaking, everything=True)),
        action_of=partial(alert_action, speaking),
        sites=SITES.values(),
        chosen=chosen,
        rows=range(max(ROWS, len(amended.mixture) if amended else 0)),
        may_inject=opened.person.role in MAY[Act.INJECT],
    )
