"""When somebody wants to be reminded; where the link of a reminder leads."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from assuage.catalogue.message import message
from assuage.clinic.attempts import Attempt, attempted, first_attempt
from assuage.clinic.diary.queries import asked_message
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, open_to_all, with_own_record
from assuage.clinic.people.rights import Act
from assuage.clinic.reminders.actions import (
    ask_for_reminders,
    go_on_with_reminders,
    note_answers,
    open_reminder,
    pause_reminders,
    put_off_reminder,
    stop_reminders,
)
from assuage.clinic.reminders.queries import EARLIEST, LATEST, asked_now, reminders_of, wish_of
from assuage.clinic.store.days import calendar_date, local_date
from assuage.clinic.typed import typed_texts


@with_own_record(Act.WRITE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What was asked for, a pause, an end; and on which day the diary is asked for next."""
    attempt = first_attempt(opened)
    if request.method == "POST":
        refused = attempted(
            request, opened, lambda: _change(request, opened), message("clinic.reminder-kept")
        )
        if refused is None:
            return redirect(request.path)
        attempt = refused
    return _page(request, opened, attempt)


def _change(request: HttpRequest, opened: Opened) -> None:
    typed = typed_texts(request)
    match typed.get("do"):
        case "stop":
            stop_reminders(opened)
        case "pause":
            pause_reminders(opened, typed.get("until", "").strip())
        case "go-on":
            go_on_with_reminders(opened)
        case "later":
            put_off_reminder(opened)
        case _:
            ask_for_reminders(opened, typed.get("email", "").strip(), typed.get("at", "").strip())


def _page(request: HttpRequest, opened: Opened, attempt: Attempt) -> HttpResponse:
    note_answers(opened.record)
    wish, asked = wish_of(opened.record), asked_now(opened.record, opened.today)
    reminded = [each for each in reminders_of(opened.record) if each.sent_at is not None]
    return answer_with(
        request,
        "reminders.html",
        message("clinic.reminders"),
        status=attempt.status,
        attempt=attempt,
        asked=asked_message(asked),
        next_day=date_format(calendar_date(opened.record, asked.next)),
        wish=wish,
        paused_until=None if wish is None or wish.paused_until is None else date_format(wish.paused_until),
        hour="18:00" if wish is None else f"{wish.at:%H:%M}",
        address=opened.patient.email,
        earliest=f"{EARLIEST:%H:%M}",
        latest=f"{LATEST:%H:%M}",
        can_send=bool(settings.EMAIL_BACKEND),
        today=local_date(opened.record).isoformat(),
        sent_today=any(each.on_date == local_date(opened.record) for each in reminded),
        reminded=[(date_format(each.on_date), each.answered_at is not None) for each in reminded],
    )


@open_to_all
@require_safe
def reminder(_request: HttpRequest, token: UUID) -> HttpResponse:
    """To the diary; whoever is not logged in there is asked to log in."""
    if not open_reminder(token):
        raise Http404
    return redirect("diary")
