"""What a phone kept while it had no network: taken entry by entry, each with what became of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.clinic.diary.actions import save_diary
from assuage.clinic.diary.form import DiaryForm, is_right_clock, read_form
from assuage.clinic.diary.views.today import problems_of
from assuage.clinic.people.gate import Opened, open_to_all, with_own_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import entries_by_uid
from assuage.errors import Problems

MOST_AT_ONCE = 200  # forms in one go (ours)
_WORKER = Path(__file__).parent.parent.parent / "static" / "diary_worker.js"


@with_own_record(Act.WRITE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def outbox(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asked: whose outbox may be sent here, and the token to send it with. Sent: what became of each form."""
    if request.method != "POST":
        return JsonResponse({"key": opened.person.pseudonym, "csrf": get_token(request)})
    forms, now = _sent(request.body)
    if forms is None:
        return JsonResponse({"title": "not an outbox"}, status=400)
    speaking = speaking_to(request)
    if not is_right_clock(now):
        wrong = message("clinic.diary-clock", date=now[:10])
        return JsonResponse({"entries": [_refused(speaking, [wrong]) for _ in forms]})
    return JsonResponse({"entries": [_taken(opened, form, speaking) for form in forms]})


def _sent(body: bytes) -> tuple[list[DiaryForm] | None, str]:
    """The forms and the clock of the phone; None for what is no outbox."""
    try:
        given: Any = json.loads(body)
        forms = [_form(each["fields"]) for each in given["entries"]]
        now = given["now"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, ""
    good = isinstance(now, str) and len(forms) <= MOST_AT_ONCE
    return (forms if good else None), str(now)


def _form(pairs: Any) -> DiaryForm:
    fields: dict[str, list[str]] = {}
    for name, value in cast("list[tuple[object, object]]", pairs):
        if not isinstance(name, str) or not isinstance(value, str):
            raise TypeError
        fields.setdefault(name, []).append(value)
    return DiaryForm(fields)


def _taken(opened: Opened, form: DiaryForm, speaking: Catalogue) -> dict[str, object]:
    drafts = read_form(opened.record, form)
    if drafts.problems:
        return _refused(speaking, [each.what for each in drafts.problems])
    known = entries_by_uid(opened.record, [each.uid for each in drafts.drafts()])
    try:
        saved = save_diary(opened, drafts, "offline")
    except Problems as refused:
        return _refused(speaking, [each.what for each in problems_of(refused)])
    batch = saved.entries[0].batch
    return {
        "state": "known" if len(known) == len(drafts.entries) else "stored",
        "saved": reverse("diary-saved", args=[batch]) if batch else None,
        "disputed": len(saved.disputed),
    }


def _refused(speaking: Catalogue, reasons: list[Message]) -> dict[str, object]:
    return {"state": "refused", "reason": " ".join(str(speaking.say(each)) for each in reasons)}


@cache
def _worker() -> bytes:
    return _WORKER.read_bytes()


@open_to_all
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows the diary without a network; it stands at the top so that it may answer for /diary."""
    return HttpResponse(
        _worker(),
        "text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )
