"""Write what became of an alert. A STOP in force is never put aside: it is seen, and it stays."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from assuage.catalogue.message import message
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.inbox.queries import alerts_for_role
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.plan.actions import LEAST_REASON
from assuage.clinic.store.actions import Overtaken, StaleHead
from assuage.clinic.store.queries import entries_since, held_record, stored_standing
from assuage.errors import Problem, Problems
from assuage.safety.alerts import SAME_CAUSE_DAYS, Alert

LONGEST_SNOOZE: Final = 90  # days (ours)


@writes(Act.ACT_ON_ALERT)
@transaction.atomic
def act_on_alert(
    opened: Opened,
    rule: str,
    subject: str,
    *,
    kind: str,
    reason: str,
    days: int,
    seen: int,
    last_act: int = 0,
) -> AlertAct:
    """The act, on an alert that is in force today. Raises Problems; StaleHead where something was written since.

    `last_act` is the last act on this alert that was seen, 0 for none: another since then is told by `Overtaken`.

    Acknowledged, it counts as one cause for fourteen days, as the review counts; put aside or overridden it needs a
    reason, and an end after which it comes back. That it does not hold here at all is a physician's to say, as it is at
    a gate; and nobody acts on an alert that their role is not shown.
    """
    record = held_record(opened.record)
    if record.head != seen:
        raise StaleHead(entries_since(record, seen))
    if AlertAct.objects.filter(record=record, rule=rule, subject=subject, pk__gt=last_act).exists():
        raise Overtaken("alert", [Problem("kind", message("clinic.alert-acted-on"))])
    alert = _in_force(opened, rule, subject)
    if kind not in AlertAct.Kind.values:
        raise _refused("kind", "clinic.no-act-chosen")
    if kind == AlertAct.Kind.OVERRIDDEN and not opened.may(Act.OVERRIDE):
        raise _refused("kind", "clinic.physician-only")
    if kind != AlertAct.Kind.ACKNOWLEDGED:
        if alert.tier == "stop":
            raise _refused("kind", "clinic.stop-stays")
        if len(reason.strip()) < LEAST_REASON:
            raise Problems("alert", [Problem("reason", message("clinic.reason-too-short", n=LEAST_REASON))])
    lasting = days if kind == AlertAct.Kind.SNOOZED else SAME_CAUSE_DAYS
    if not 1 <= lasting <= LONGEST_SNOOZE:
        raise Problems("alert", [Problem("days", message("clinic.snooze-days", most=LONGEST_SNOOZE))])
    opened.log(f"alert-{kind}", why=rule)
    return AlertAct.objects.create(
        record=record,
        rule=rule,
        subject=subject,
        tier=alert.tier,
        kind=kind,
        reason=reason.strip(),
        person=opened.person,
        at=timezone.now(),
        on_day=opened.today,
        until_day=opened.today + lasting - 1,
        head=record.head,
    )


def _in_force(opened: Opened, rule: str, subject: str) -> Alert:
    """The alert of that cause today, as the role is shown it; Problems where there is none any more."""
    for alert in alerts_for_role(opened.person, stored_standing(opened.record, opened.today)):
        if alert.cause == (rule, subject):
            return alert
    raise _refused("rule", "clinic.alert-gone")


def _refused(place: str, id: str) -> Problems:  # noqa: A002 - the id of the sentence
    return Problems("alert", [Problem(place, message(id))])
