"""Write the log: the only place that does."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent

FIRST_HASH = bytes(32)


def event_hash(before: bytes, event: AccessEvent) -> bytes:
    """The link of one event: all that it says, and everything before it."""
    fields = (event.seq, event.at.astimezone(UTC).isoformat(), event.actor, event.role, event.act)
    about = (event.record, event.why, event.request)
    return sha256(before + "\x1f".join(map(str, (*fields, *about))).encode()).digest()


@transaction.atomic
def log_access(
    act: str, *, actor: str, role: str, record: str = "", why: str = "", request: UUID | None = None
) -> AccessEvent:
    """One event at the end of the chain. Whoever appends holds the last event until it is written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7262016)")
    last = AccessEvent.objects.order_by("-seq").first()
    before, seq = (FIRST_HASH, 1) if last is None else (bytes(last.hash), last.seq + 1)
    event = AccessEvent(seq=seq, at=timezone.now(), actor=actor, role=role, act=act)
    event.record, event.why, event.request = record, why, request
    event.hash = event_hash(before, event)
    event.save(force_insert=True)
    return event
