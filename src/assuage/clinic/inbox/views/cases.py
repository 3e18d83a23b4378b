"""The inbox: everybody in one's care, the most urgent first, and what became of alerts."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from assuage.catalogue.message import message
from assuage.catalogue.sentence import Sentence
from assuage.clinic.attempts import Attempt, attempted, first_attempt, seen_head
from assuage.clinic.course.patient_page import answer_about
from assuage.clinic.inbox.actions import LONGEST_SNOOZE, act_on_alert
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.inbox.queries import (
    FEWEST_FIRED,
    MOST_OVERRIDDEN,
    alerts_for_role,
    inbox_of,
    latest_acts,
    rates_by_rule,
    rates_of_cards,
)
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, on_site, with_record
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import Act, SiteAct
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.store.snapshots import Words
from assuage.clinic.typed import typed_texts, typed_whole
from assuage.safety.alerts import SAME_CAUSE_DAYS
from assuage.words.alerts import alert_action, alerts_with_reasons


@on_site(SiteAct.SEE_INBOX)
@require_safe
def inbox(request: HttpRequest, person: Person) -> HttpResponse:
    """A row each: STOP and what is to be asked, phase, what the gate waits for, days of silence."""
    language = speaking_to(request).language

    def in_words(words: Words) -> Sentence:
        return Sentence(words[language])

    return answer_with(
        request,
        "inbox.html",
        message("clinic.inbox"),
        rows=inbox_of(person),
        in_words=in_words,
        date_of=calendar_date,
    )


@on_site(SiteAct.SEE_INBOX)
@require_safe
def alert_rates(request: HttpRequest, _person: Person) -> HttpResponse:
    """What became of the alerts of each rule here, and of its cards in hospital systems."""
    return answer_with(
        request,
        "alert_rates.html",
        message("clinic.title-alert-rates"),
        rates=list(rates_by_rule()),
        cards=rates_of_cards(),
        fewest=FEWEST_FIRED,
        most=round(100 * MOST_OVERRIDDEN),
    )


@with_record(Act.ACT_ON_ALERT)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_alerts(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The alerts of a patient today, what can be done with each, and what was done."""
    attempt = first_attempt(opened)
    if request.method == "POST":
        refused = attempted(request, opened, lambda: _act(request, opened), message("clinic.alert-done"))
        if refused is None:
            return redirect(request.path)
        attempt = refused
    return _alerts_page(request, opened, attempt)


def _act(request: HttpRequest, opened: Opened) -> None:
    typed = typed_texts(request)
    days = typed_whole(typed.get("days", ""))
    act_on_alert(
        opened,
        typed.get("rule", ""),
        typed.get("subject", ""),
        kind=typed.get("kind", ""),
        reason=typed.get("reason", ""),
        days=SAME_CAUSE_DAYS if days is None else days,
        seen=seen_head(request),
        last_act=typed_whole(typed.get("last-act", "")) or 0,
    )


def _alerts_page(request: HttpRequest, opened: Opened, attempt: Attempt) -> HttpResponse:
    speaking = speaking_to(request)
    here = stored_standing(opened.record, opened.today)
    latest = latest_acts(opened.record)
    shown = alerts_with_reasons(speaking, alerts_for_role(opened.person, here))
    return answer_about(
        request,
        opened,
        "alerts.html",
        message("clinic.title-alerts"),
        status=attempt.status,
        attempt=attempt,
        alerts=[(alert, latest.get(alert.cause)) for alert in shown],
        notes=[alert for alert in shown if alert.tier == "note"],
        action_of=partial(alert_action, speaking),
        kinds=[
            each for each in AlertAct.Kind if each != AlertAct.Kind.OVERRIDDEN or opened.may(Act.OVERRIDE)
        ],
        most=LONGEST_SNOOZE,
        least=1,
        usual=SAME_CAUSE_DAYS,
    )
