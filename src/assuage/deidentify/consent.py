"""The consent to publication as a record states it, and when it is too old to count."""

from __future__ import annotations

from collections.abc import Sequence

from assuage.record.decided_entries import ConsentEntry
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from assuage.safety.consent import PUBLICATION as PUBLICATION_WORDS
from assuage.terms.names import folded

# What no lawful basis outweighs.
OPEN_CONSENTS = frozenset({"refused", "withdrawn", "stale"})
# Days for which a consent to publication holds while the record goes on (ours).
CONSENT_HOLDS = 365


def consent_of(record: Record | None) -> str | None:
    """The consent to publication as it stands: given, refused, withdrawn, stale, or None where none is recorded.

    A consent is stale when the record went on for more than a year after it: the patient has not seen what would be
    published (the year is ours). One that is in dispute does not count.
    """
    consents = publication_consents(record)
    if record is None or not consents:
        return None
    last = consents[-1]
    told_later = (record.last_day or 0) - last.day
    return "stale" if last.state == "given" and told_later > CONSENT_HOLDS else last.state


def publication_consents(record: Record | None) -> Sequence[ConsentEntry]:
    """Every word on a consent to publication, in order."""
    if record is None:
        return ()
    return [entry for entry in Timeline(record).consents() if is_publication(entry.purpose)]


def is_publication(purpose: str) -> bool:
    """Whether a consent's purpose is publication, in its usual words."""
    return folded(purpose) in PUBLICATION_WORDS
