"""The chain of a record: what an entry's link proves, and whether a whole chain holds."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

FIRST_LINK = bytes(32)


def canonical(plain: Mapping[str, object]) -> str:
    """An entry as the one JSON text that is hashed: keys sorted, no blanks, letters as they are."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def salted_digest(salt: bytes, payload: str) -> bytes:
    """What stands for a payload in the chain. Without the salt nobody can try payloads against it."""
    return sha256(salt + payload.encode()).digest()


def link(before: bytes, version: int, uid: UUID, digest: bytes, author: str, received_at: datetime) -> bytes:
    """The hash of an entry: that of the one before, and what the row says of itself."""
    row = f"{version}\x1f{uid}\x1f{author}\x1f{received_at.isoformat()}".encode()
    return sha256(before + row + b"\x1f" + digest).digest()


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
