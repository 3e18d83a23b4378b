"""What each call does: the same readers and writers as the pages, with values instead of sentences around them."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any, cast
from urllib.parse import urlencode

from assuage.clinic.api import shapes
from assuage.clinic.api.calls import Answered, Call
from assuage.clinic.api.problems import RefusedCall, Wrong
from assuage.clinic.api.shapes import NoBody, NoParameters
from assuage.clinic.api.written import corrects, save_sent
from assuage.clinic.inbox.actions import act_on_alert
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.inbox.queries import CaseRow, alerts_for_role, inbox_of, latest_acts
from assuage.clinic.people.gate import Opened, records_seen_by
from assuage.clinic.people.rights import SCOPES
from assuage.clinic.plan.actions import take_decision
from assuage.clinic.plan.cards import stored_card, words_of_card
from assuage.clinic.plan.medicines import Prescription, judge_prescription, prescribe
from assuage.clinic.store.actions import Saved
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.queries import (
    as_it_is_now,
    entries_after,
    settings_of_the_site,
    stored_review,
    stored_standing,
)
from assuage.report.cards.card_json import card_to_json
from assuage.report.review_json import page_to_json
from assuage.review.cards import CardReader
from assuage.review.visit import visit_page
from assuage.safety.alerts import SAME_CAUSE_DAYS


def call_me(call: Call[NoParameters, NoBody]) -> Answered:
    """Who calls."""
    of_theirs = records_seen_by(call.person).first() if call.person.is_patient else None
    person = call.person
    return Answered(
        shapes.Me(
            person.pseudonym, person.role, person.language, of_theirs.pseudonym if of_theirs else None, SCOPES
        )
    )


def call_records(call: Call[shapes.RecordsQuery, NoBody]) -> Answered:
    """A page of the records that may be seen."""
    query = call.query
    seen = records_seen_by(call.person).filter(pseudonym__gt=query.after).order_by("pseudonym")
    page = list(seen[: query.limit + 1])
    shown = page[: query.limit]
    following = _next(call, after=shown[-1].pseudonym) if len(page) > len(shown) else None
    return Answered(shapes.RecordsPage(tuple(map(_head, shown)), following))


def call_record(call: Call[NoParameters, NoBody]) -> Answered:
    """What stands before the entries."""
    of = call.opened.record
    return Answered(_head(of), tag=str(of.head))


def call_entries(call: Call[shapes.EntriesQuery, NoBody]) -> Answered:
    """A page of all entries."""
    return _entries(call, None)


def call_own_entries(call: Call[shapes.EntriesQuery, NoBody]) -> Answered:
    """A page of what the patient wrote."""
    return _entries(call, call.person.pseudonym)


def _entries(call: Call[shapes.EntriesQuery, NoBody], author: str | None) -> Answered:
    query, of = call.query, call.opened.record
    page = entries_after(of, query.after, query.limit + 1, author)
    shown = page[: query.limit]
    following = _next(call, after=shown[-1].version) if len(page) > len(shown) else None
    value = shapes.EntriesPage(tuple(map(_stored, shown)), following, of.head)
    return Answered(value, tag=f"{of.head}.{of.erased}.{query.after}.{query.limit}")


def call_review(call: Call[shapes.ReviewQuery, NoBody]) -> Answered:
    """The review that `assuage review --json` prints."""
    opened, query = call.opened, call.query
    on = opened.today if query.on is None else query.on
    if on > opened.today:
        raise RefusedCall("unreadable", wrong=(Wrong("on", f"<= {opened.today}"),))
    page = visit_page(stored_review(opened.record, on), query.since, settings_of_the_site())
    return Answered(
        page_to_json(page, call.speaking), tag=f"{opened.record.head}.{on}.{call.speaking.language}"
    )


def call_card(call: Call[shapes.CardQuery, NoBody]) -> Answered:
    """The card that `assuage card --json` prints."""
    return _card(call, call.query.reader)


def call_plan(call: Call[NoParameters, NoBody]) -> Answered:
    """The patient's own card."""
    return _card(call, "patient")


def _card(call: Call[Any, NoBody], reader: CardReader) -> Answered:
    opened = call.opened
    card = stored_card(opened.record, reader)
    words = words_of_card(card, call.speaking.language).speaking
    return Answered(
        card_to_json(card, words), tag=f"{opened.record.head}.{opened.today}.{reader}.{words.language}"
    )


def call_inbox(call: Call[NoParameters, NoBody]) -> Answered:
    """Everybody in one's care, the most urgent first: the rows of the inbox, for the caller's role."""
    return Answered(shapes.InboxPage(tuple(map(_stands, inbox_of(call.person)))))


def _stands(case: CaseRow) -> shapes.Stands:
    row, tiers = case.stands, [alert.tier for alert in case.alerts]
    return shapes.Stands(
        case.record.pseudonym,
        row.on,
        row.pathway,
        row.phase,
        row.since,
        tiers.count("stop"),
        tiers.count("ask"),
        case.silent,
        not case.is_old,
    )


def call_write(call: Call[NoParameters, shapes.NewEntries]) -> Answered:
    """The entries of a patient or of a clinician, all or none. A correction depends on what was seen."""
    seen = call.seen_for_sure() if corrects(call.body) else None
    return _saved(call.opened, save_sent(call.opened, call.body, call.key(), seen))


def call_decide(call: Call[NoParameters, shapes.DecisionSent]) -> Answered:
    """A decision about the pathway, by the rules of the gate board."""
    sent, key = call.body, call.key() or new_uid()
    saved = take_decision(
        call.opened,
        sent.do,
        sent.to,
        sent.because,
        uid=key,
        seen=call.seen_for_sure(),
        pathway=sent.pathway,
    )
    return _saved(call.opened, saved)


def call_prescribe(call: Call[NoParameters, shapes.PrescriptionSent]) -> Answered:
    """Judged at first; with the token of what was judged, stored."""
    sent, opened, seen = call.body, call.opened, call.seen_for_sure()
    key = (
        call.key() or new_uid()
    )  # read before anything is answered: a key that is none is refused in either step
    if not sent.token:
        return Answered(_judged(call, judge_prescription(opened, sent.text)), tag=str(opened.record.head))
    saved = prescribe(opened, sent.text, sent.token, do=sent.do, because=sent.because, uid=key, seen=seen)
    answered = _saved(opened, saved)
    stored = cast("shapes.EntriesSaved", answered.value)
    return Answered(shapes.PrescriptionJudged((), False, "", stored), 201, answered.tag)


def _judged(call: Call[Any, Any], judged: Prescription) -> shapes.PrescriptionJudged:
    speaking = call.speaking
    orders = tuple(
        shapes.OrderJudged(
            each.order.written,
            each.order.is_read,
            str(each.tier),
            tuple(str(speaking.say(what)) for what in each.against),
            tuple(str(speaking.say(what)) for what in each.asks),
            tuple(alert.id for alert in each.alerts),
        )
        for each in judged.judged
    )
    return shapes.PrescriptionJudged(orders, judged.stops, judged.token)


def call_alerts(call: Call[NoParameters, NoBody]) -> Answered:
    """The alerts of today, as the page of alerts shows them, with the last act on each."""
    opened = call.opened
    latest = latest_acts(opened.record)
    here = stored_standing(opened.record, opened.today)
    alerts = tuple(
        shapes.AlertInForce(
            alert.id,
            alert.subject,
            str(alert.tier),
            str(call.speaking.value(alert)),
            _act_done(latest[alert.cause]) if alert.cause in latest else None,
        )
        for alert in alerts_for_role(opened.person, here)
    )
    newest = max((act.pk for act in latest.values()), default=0)
    tag = f"{opened.record.head}.{opened.today}.{newest}.{call.speaking.language}"
    return Answered(shapes.AlertsPage(alerts, opened.record.head), tag=tag)


def call_alert_act(call: Call[NoParameters, shapes.AlertActSent]) -> Answered:
    """What became of an alert that is in force."""
    sent = call.body
    days = SAME_CAUSE_DAYS if sent.days is None else sent.days
    done = act_on_alert(
        call.opened,
        sent.rule,
        sent.subject,
        kind=sent.kind,
        reason=sent.reason,
        days=days,
        seen=call.seen_for_sure(),
        last_act=sent.last_act,
    )
    return Answered(_act_done(done), 201, str(call.opened.record.head))


def _act_done(act: AlertAct) -> shapes.AlertActDone:
    return shapes.AlertActDone(act.pk, act.rule, act.subject, act.kind, act.on_day, act.until_day)


def _saved(opened: Opened, saved: Saved) -> Answered:
    now = as_it_is_now(opened.record)
    value = shapes.EntriesSaved(tuple(map(_stored, saved.entries)), len(saved.disputed), now.head)
    return Answered(value, 201, str(now.head))


def _head(of: ClinicRecord) -> shapes.RecordHead:
    begins = None if of.starts_on is None else of.starts_on.isoformat()
    return shapes.RecordHead(of.pseudonym, of.head, begins, of.zone, of.pathway or None, today(of))


def _stored(row: StoredEntry) -> shapes.EntryAsStored:
    return shapes.EntryAsStored(
        row.version,
        str(row.uid),
        row.kind,
        row.day,
        "disputed" if row.state == StoredEntry.State.DISPUTED else "standing",
        row.received_at.astimezone(UTC).isoformat(timespec="seconds"),
        row.author,
        row.role,
        row.source,
        None if row.payload is None else json.loads(row.payload),
    )


def _next(call: Call[Any, Any], **after: object) -> str:
    return f"{call.request.path}?{urlencode({**after, 'limit': call.query.limit})}"
