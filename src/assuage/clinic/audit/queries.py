"""Read the log: for the patient whose record it is, for the administrator, and for who verifies the chain."""

from __future__ import annotations

from collections.abc import Sequence

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
