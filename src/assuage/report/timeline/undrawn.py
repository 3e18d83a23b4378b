"""What the timeline leaves out: the entries that are no mark of it, counted by kind, so that no silence looks safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assuage.catalogue.message import Message, message
from assuage.record.entries import KIND_OF, Record
from assuage.report.timeline.row import TimelineRow
from assuage.review.standing import AnyStanding


def undrawn(
    shown: Sequence[TimelineRow], record: Record, review: AnyStanding | None = None
) -> Mapping[str, int]:
    """How many standing entries of each kind no row comes from, most first; none after the day of a review.

    Whatever is no row is counted: a kind that is added to the record is left out aloud until it is drawn.
    """
    drawn = {place for row in shown for place in row.places}
    left = Counter(
        KIND_OF[type(entry)]
        for entry in record.standing
        if entry.place not in drawn and (review is None or entry.day <= review.on)
    )
    return dict(left.most_common())


def undrawn_message(
    shown: Sequence[TimelineRow],
    record: Record,
    review: AnyStanding | None = None,
    *,
    published: bool = False,
) -> Message | None:
    """`Not drawn: 12 exposures, 1 allergy.` and where they stand, unless `published`. None where all is drawn."""
    left = undrawn(shown, record, review)
    if not left:
        return None
    return message(
        "timeline.undrawn-in-print" if published else "timeline.undrawn",
        counts=tuple(message(f"timeline.undrawn-{kind}", n=n) for kind, n in left.items()),
    )
