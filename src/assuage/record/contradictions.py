"""Entries that cannot both be true: found, named with both places, never settled.

Two entries that say the same are kept. Entries contradict each other only at the same moment: the same day
and the same time as it was written, where "no time given" is a moment of its own. Corrected entries are not
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.catalogue.message import Message, message
from assuage.record.claims import EntryClaim
from assuage.record.entries import KIND_OF, AnyEntry
from assuage.record.kinds import KINDS


def contradictions(entries: Iterable[AnyEntry]) -> Iterator[tuple[str, Message]]:
    """The place of each entry that contradicts an earlier one, and what is wrong."""
    first: dict[tuple[object, ...], tuple[EntryClaim, int]] = {}
    for entry in entries:
        moment = (entry.day, entry.time)
        told = False
        for claim in KINDS[KIND_OF[type(entry)]].claims(entry):
            earlier = (first.get((*moment, *at)) for at in (claim.about, claim.beside) if at is not None)
            clash = next((each for each in earlier if each is not None and each[0].says != claim.says), None)
            for at in (claim.about, claim.also):
                if at is not None:
                    first.setdefault((*moment, *at), (claim, entry.place))
            # One message a pair: a stop beside a start need not be told once for the doses as well.
            if clash is not None and not told:
                told = True
                other, place = clash
                yield (
                    f"entries[{entry.place}]",
                    message(
                        "contradiction", claim=claim.words, other=f"entries[{place}]", other_claim=other.words
                    ),
                )
