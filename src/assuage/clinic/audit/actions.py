"""Write the log: the only place that does."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent

FIRST_HASH = bytes(32)


def event_hash(
    before: bytes, seq: int, at: datetime, actor: str, role: str, act: str, record: str, why: str
) -> bytes:
    """The link of one event: what it says, and everything before it."""
    event = "\x1f".join((str(seq), at.isoformat(), actor, role, act, record, why))
    return sha256(before + event.encode()).digest()


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
    at = timezone.now()
    return AccessEvent.objects.create(
        seq=seq,
        at=at,
        actor=actor,
        role=role,
        act=act,
        record=record,
        why=why,
        request=request,
        hash=event_hash(before, seq, at, actor, role, act, record, why),
    )
