"""Entries that cannot both be true: found, named with both places, never settled.

Two entries that say the same are kept. Entries contradict each other only at the same moment: the same day
and the same time as it was written, where "no time given" is a moment of its own. Corrected entries are not
looked at, and neither are two entries that say of themselves that they are in dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.record.claims import EntryClaim
from assuage.record.entries import KIND_OF, AnyEntry
from assuage.record.entry import Entry
from assuage.record.kinds import KINDS


class Contradiction(Struct, frozen=True):
    """An entry that contradicts an earlier one, by their places, and what is wrong."""

    place: int
    other: int
    what: Message


def contradictions(
    entries: Iterable[AnyEntry], disputes: Mapping[int, Sequence[Entry]] | None = None
) -> Iterator[Contradiction]:
    """Each entry that contradicts an earlier one, save those that are known to be in dispute with each other."""
    first: dict[tuple[object, ...], list[tuple[EntryClaim, int]]] = {}
    for entry in entries:
        moment = (entry.day, entry.time)
        told = False
        known = {other.place for other in (disputes or {}).get(entry.place, ())}
        for claim in KINDS[KIND_OF[type(entry)]].claims(entry):
            earlier = (
                each
                for at in (claim.about, claim.beside)
                if at is not None
                for each in first.get((*moment, *at), ())
            )
            clash = next(
                (each for each in earlier if each[0].says != claim.says and each[1] not in known), None
            )
            for at in (claim.about, claim.also):
                if at is not None and clash is None:
                    claims = first.setdefault((*moment, *at), [])
                    if all(each.says != claim.says for each, _ in claims):
                        claims.append((claim, entry.place))
            # One message a pair: a stop beside a start need not be told once for the doses as well.
            if clash is not None and not told:
                told = True
                other, place = clash
                yield Contradiction(
                    entry.place,
                    place,
                    message(
                        "contradiction", claim=claim.words, other=f"entries[{place}]", other_claim=other.words
                    ),
                )
