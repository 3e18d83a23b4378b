"""The disputes of a record up to the day of a review, as values that a sentence can name."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, message
from assuage.record.entries import KIND_OF, AnyEntry, named_words
from assuage.review.model import Review


def disputes_shown(review: Review) -> Iterator[dict[str, object]]:
    """Each pair of entries in dispute once: what the two are, and their days."""
    record = review.timeline.record
    for entry in record.standing:
        for other in record.disputes.get(entry.place, ()):
            if other.place > entry.place and max(entry.day, other.day) <= review.on:
                yield {
                    "entry": _named(entry),
                    "day": entry.day,
                    "other": _named(other),
                    "other_day": other.day,
                }


def _named(entry: AnyEntry) -> Message:
    """The kind of an entry, with the word it names."""
    words = named_words(entry)
    return message(
        "dispute.entry", kind=message(f"kind.{KIND_OF[type(entry)]}"), word=words[0][0] if words else None
    )
