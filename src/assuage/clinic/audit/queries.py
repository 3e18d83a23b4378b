"""Read the log: for the patient whose record it is, for the administrator, and for who verifies the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from assuage.clinic.audit.actions import FIRST_HASH, event_hash
from assuage.clinic.audit.models import AccessEvent


def access_events(record: str, most: int = 500) -> Sequence[AccessEvent]:
    """Who looked at one record and did something with it, the last first."""
    return list(AccessEvent.objects.filter(record=record).order_by("-seq")[:most])


def broken_events() -> list[int]:
    """The numbers of events that are not what was written, or follow nothing; none where the chain holds."""
    before, expected, broken = FIRST_HASH, 1, list[int]()
    for each in AccessEvent.objects.order_by("seq").iterator():
        if each.seq != expected or event_hash(before, each) != bytes(each.hash):
            broken.append(each.seq)
        before, expected = bytes(each.hash), each.seq + 1
    return broken


class Asked(Struct, frozen=True):
    """Which events somebody wants to see; what was not said narrows nothing."""

    record: str = ""
    actor: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str], before: str) -> Asked:
        """What a form says; a date that cannot be read narrows nothing."""
        return cls(
            record=given.get("record", ""),
            actor=given.get("actor", ""),
            act=given.get("act", ""),
            since=_date(given.get("since", "")),
            until=_date(given.get("until", "")),
            before=int(before) if before.isdecimal() and len(before) < 18 else None,
        )


def events_asked_for(asked: Asked, most: int) -> Sequence[AccessEvent]:
    """The events that were asked for, the last first. Days are those of UTC, as the log is."""
    events = AccessEvent.objects.order_by("-seq")
    if asked.before is not None:
        events = events.filter(seq__lt=asked.before)
    for field in ("record", "actor", "act"):
        text = getattr(asked, field)
        if text:
            events = events.filter(**{field: text})
    if asked.since is not None:
        events = events.filter(at__gte=datetime.combine(asked.since, time(), UTC))
    if asked.until is not None and asked.until < date.max:
        events = events.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time(), UTC))
    return list(events[:most])


def how_many_events() -> int:
    """The number of the last event, which is their count while the chain holds."""
    last = AccessEvent.objects.order_by("-seq").first()
    return 0 if last is None else last.seq


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
