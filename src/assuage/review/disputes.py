"""The disputes of a record up to the day of a review, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, message
from assuage.record.entries import KIND_OF, AnyEntry
from assuage.review.model import Review


def pairs_in_dispute(review: Review) -> Iterator[tuple[AnyEntry, AnyEntry]]:
    """Each pair of entries in dispute once, both of them of the day of the review or earlier."""
    record = review.timeline.record
    for entry in record.standing:
        for other in record.disputes.get(entry.place, ()):
            if other.place > entry.place and max(entry.day, other.day) <= review.on:
                yield entry, other


def dispute_message(entry: AnyEntry, other: AnyEntry) -> Message:
    """What two entries in dispute are, and their days."""
    return message("dispute", entry=_named(entry), day=entry.day, other=_named(other), other_day=other.day)


def _named(entry: AnyEntry) -> Message:
    """The kind of an entry, with the word it names."""
    words = entry.named
    return message(
        "dispute.entry", kind=message(f"kind.{KIND_OF[type(entry)]}"), word=words[0][0] if words else None
    )
