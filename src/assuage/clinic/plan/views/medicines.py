"""Medicines: what is taken, since when, last confirmed when; what is begun is judged before it is stored."""

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
from assuage.clinic.plan.medicines import (
    Prescription,
    judge_prescription,
    order_messages,
    prescribe,
    stop_medicine,
)
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.typed import typed_texts
from assuage.words.alerts import alert_action, alerts_with_reasons
from assuage.words.reviews import drugs_of


@with_record(Act.SEE_REVIEW)
@require_http_methods(["GET", "HEAD"])
def medicines(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The list, and for a physician the form."""
    return _page(request, opened, first_attempt(opened))


@with_record(Act.WRITE_MEDICINE)
@require_http_methods(["POST"])
def prescription(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A line is judged first; what was judged is then confirmed, or a drug is stopped."""
    typed, kept = typed_texts(request), list[Prescription]()
    match typed.get("step"):
        case "stop":
            refused = attempted(
                request,
                opened,
                lambda: stop_medicine(
                    opened,
                    typed.get("drug", ""),
                    typed.get("because", ""),
                    uid=sent_uid(request),
                    seen=seen_head(request),
                ),
                message("clinic.medicine-stopped"),
            )
        case "confirm":
            refused = attempted(
                request,
                opened,
                lambda: prescribe(
                    opened,
                    typed.get("line", ""),
                    typed.get("token", ""),
                    do=typed.get("do", ""),
                    because=typed.get("because", ""),
                    uid=sent_uid(request),
                    seen=seen_head(request),
                ),
                message("clinic.medicine-saved"),
            )
        case _:
            refused = attempted(
                request,
                opened,
                lambda: kept.append(judge_prescription(opened, typed.get("line", ""))),
                message("clinic.judged"),
            )
            if refused is None:
                return _page(request, opened, to_be_confirmed(request, opened), kept[0])
    if refused is None:
        return redirect("medicines", opened.record.pseudonym)
    return _page(request, opened, refused)


def _page(
    request: HttpRequest, opened: Opened, attempt: Attempt, judged: Prescription | None = None
) -> HttpResponse:
    here = stored_standing(opened.record, opened.today)
    running = here.timeline.active_medication(opened.today)
    speaking = speaking_to(request)
    return answer_about(
        request,
        opened,
        "medicines.html",
        message("clinic.title-medicines"),
        status=attempt.status,
        attempt=attempt,
        running=[
            (each, drug, here.timeline.last_confirmed(each, opened.today), each.latest.doses)
            for each, drug in zip(running, drugs_of(running), strict=True)
        ],
        judged=judged,
        orders=[
            (each, alerts_with_reasons(speaking, each.alerts), order_messages(each))
            for each in (judged.judged if judged else ())
        ],
        action_of=partial(alert_action, speaking),
        may_write=opened.person.role in MAY[Act.WRITE_MEDICINE],
    )
