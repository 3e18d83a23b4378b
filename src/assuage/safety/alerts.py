"""Alerts: what a person must look at, with tier, severity, reason, action and source, as frozen values.

An alert holds messages and the texts of the rules' rows; `assuage.words.alerts` says them.

`stop`: contraindicated, a dose over its ceiling, a recorded allergy, a needle without consent, an urgent red
flag. `ask`: major, or something unknown that could turn into a stop. `note`: the rest; shown on request.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.safety.rules import SEVERITIES, Severity
from assuage.terms.sources import Source, Status

Tier = Literal["stop", "ask", "note"]
TIERS: tuple[Tier, ...] = ("stop", "ask", "note")
SAME_CAUSE_DAYS = 14


class Alert(Struct, frozen=True):
    """Something a person must look at. `entries` are the places in the record it rests on.

    `id` is the id of the rule's row, so that an alert can be traced to it; questions have ids of their own
    (`ask-pregnancy`) and name the rules they would decide in `rules`. `subject` tells two alerts of one rule
    apart (two drugs over their ceilings). `count` is on how many days the same cause was raised.
    """

    id: str
    tier: Tier
    severity: Severity
    text: Message
    because: Message | Wording
    sources: tuple[Source, ...]
    entries: tuple[int, ...] = ()
    action: Message | Wording | None = None
    status: Status = Status.SEEN
    count: int = 1
    subject: str = ""
    rules: tuple[str, ...] = ()
    details: tuple[Message, ...] = ()

    @property
    def caution(self) -> Message | None:
        """What must be said beside it about how far its fact was checked; None for what was read."""
        return caution(self.status)

    @property
    def cause(self) -> tuple[str, str]:
        """What makes two alerts the same one."""
        return (self.id, self.subject)


def caution(status: Status) -> Message | None:
    """What a reader must be told about a rule of this status; a fact from memory is to be checked on a label."""
    return _CAUTION[status]


_CAUTION: dict[Status, Message | None] = {
    status: message(f"caution.{status.value}") if status.caution else None for status in Status
} | {Status.MEMORY: message("caution.label")}


def cautious(why: Message | Wording, status: Status) -> Message | Wording:
    """The reason with its caution in brackets, as far as its fact was not read in the source."""
    words = _CAUTION[status]
    return why if words is None else message("alert.cautious", why=why, caution=words)


def on_whose_word(
    why: Message | Wording, key: str, unread: Iterable[tuple[Status, tuple[Wording, ...]]]
) -> Message | Wording:
    """The reason with whose word it is that drugs belong to a rule, where nobody read that in a source.

    `key` says what was not read: `member`, that a class holds them; `counted`, how much they add to a sum.
    """
    for status, drugs in unread:
        why = message(f"alert.{key}.{status.value}", why=why, drugs=drugs)
    return why


def graver(severity: Severity, other: Severity) -> Severity:
    """The graver of two severities."""
    return min((severity, other), key=SEVERITIES.index)


def as_grave_as(severity: Severity, floor: Severity) -> bool:
    """Whether a severity is as grave as `floor` or graver."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(floor)


def one_step_down(severity: Severity) -> Severity:
    """The next milder severity; minor stays minor."""
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]


def most_urgent_first(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """The alerts, the most urgent first: by tier, then severity, then id."""
    return tuple(
        sorted(
            alerts,
            key=lambda alert: (
                TIERS.index(alert.tier),
                SEVERITIES.index(alert.severity),
                alert.id,
                alert.subject,
            ),
        )
    )


def counted(dated: Iterable[tuple[int, Alert]], within: int = SAME_CAUSE_DAYS) -> tuple[Alert, ...]:
    """The alerts of many days, the same cause within `within` days told once: the latest, with a count.

    A cause that comes back later than that is an alert of its own. The 14 days are ours.
    """
    runs: dict[tuple[str, str], list[tuple[set[int], Alert]]] = {}
    for day, alert in sorted(dated, key=lambda pair: pair[0]):
        raised = runs.setdefault(alert.cause, [])
        if raised and day - max(raised[-1][0]) <= within:
            days, before = raised[-1]
            days.add(day)
            entries = tuple(sorted({*before.entries, *alert.entries}))
            raised[-1] = (days, replace(alert, entries=entries))
        else:
            raised.append(({day}, alert))
    return most_urgent_first(
        replace(alert, count=len(days)) for raised in runs.values() for days, alert in raised
    )


def conditions_as_one(first: Alert, *others: Alert) -> Alert:
    """The alert of one drug that several conditions speak against; the first itself where it is alone."""
    if not others:
        return first
    conditions = tuple(dict(each.text.values)["condition"] for each in (first, *others))
    drugs = dict(first.text.values)["drugs"]
    return replace(first, text=message("alert.conditions", conditions=conditions, drugs=drugs))
