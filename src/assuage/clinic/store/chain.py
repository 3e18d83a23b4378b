"""The chain of a record: what an entry's link proves, and whether a whole chain holds."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any
from uuid import UUID

from assuage.clinic.store.models import ClinicRecord, StoredEntry


def canonical(plain: Mapping[str, Any]) -> str:
    """An entry as the one JSON text that is hashed: keys sorted, no blanks, letters as they are."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def salted_digest(salt: bytes, payload: str) -> bytes:
    """What stands for a payload in the chain. Without the salt nobody can try payloads against it."""
    return sha256(salt + payload.encode()).digest()


def opening_link(of: ClinicRecord) -> bytes:
    """What the first entry follows: what stands before the entries, so that it is proved with them."""
    head = {
        "pseudonym": of.pseudonym,
        "about_patient": of.about_patient,
        "starts_on": None if of.starts_on is None else of.starts_on.isoformat(),
        "zone": of.first_zone,
        "pathway": of.pathway,
    }
    return sha256(canonical(head).encode()).digest()


def link(before: bytes, row: StoredEntry) -> bytes:
    """The hash of an entry: that of the one before, and all that its row says of itself but the payload's text."""
    fields = (row.version, row.uid, row.claims, row.batch, row.kind, row.day, int(row.state))
    written = (row.author, row.role, row.source, row.received_at.astimezone(UTC).isoformat())
    return sha256(
        before + "\x1f".join(map(str, (*fields, *written))).encode() + b"\x1f" + bytes(row.digest)
    ).digest()


def read_uid(given: object) -> UUID | None:
    """The uid that was sent; None where what came is none."""
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def new_uid(at: float | None = None) -> UUID:
    """A UUID of version 7: in the order of time, so that the index on it grows at its end (RFC 9562, 5.7)."""
    milliseconds = int((time.time() if at is None else at) * 1000)
    random = int.from_bytes(os.urandom(10)) & ((1 << 74) - 1)
    return UUID(
        int=(milliseconds & ((1 << 48) - 1)) << 80
        | 7 << 76
        | (random >> 62) << 64
        | 2 << 62
        | random & ((1 << 62) - 1)
    )
