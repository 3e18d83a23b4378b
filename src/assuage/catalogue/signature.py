"""Who checked an entry, when, and the digest that makes a check lapse.

A check is of the text as it stood: it names the digest of the English and of the translation, so that it lapses
when either changes. A fact is checked in English: its digest is that of every text and value of its row.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Signature(Struct, frozen=True):
    """Who checked an entry as it stands, and when."""

    by: str
    on: str


def digest(texts: Iterable[str]) -> str:
    """What a check is about: the English and the translation as they stood, in 16 hexadecimal digits."""
    import hashlib  # only where something is signed: no review waits for it

    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
