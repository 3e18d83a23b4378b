"""Entries that cannot both be true: found, named with both places, never settled.

Two entries that say the same are kept. Entries contradict each other only at the same moment: the same day
and the same time as it was written, where "no time given" is a moment of its own. Corrected entries are not
looked at, and neither are two entries that say of themselves that they are in dispute.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

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


class _Claimed(NamedTuple):
    """A claim and the place of the entry that made it."""

    claim: EntryClaim
    place: int


# By moment and by what is claimed of: the first claim of each that says something else.
_Before = dict[tuple[object, ...], dict[Hashable, _Claimed]]


def contradictions(
    entries: Iterable[AnyEntry], disputes: Mapping[int, Sequence[Entry]] | None = None
) -> Iterator[Contradiction]:
    """Each entry that contradicts an earlier one, save those that are known to be in dispute with each other."""
    before: _Before = {}
    for entry in entries:
        known = {other.place for other in (disputes or {}).get(entry.place, ())}
        # One message a pair: a stop beside a start need not be told once for the doses as well.
        yield from [_contradiction(*pair) for pair in list(_clashes(entry, before, known))[:1]]


def contradicted_by(entry: AnyEntry, others: Iterable[AnyEntry]) -> Iterator[Contradiction]:
    """What an entry contradicts among others that do not contradict one another: each claim that cannot stand beside.

    An entry may be named more than once, by another of its claims.
    """
    before: _Before = {}
    for other in others:
        for claim in _claims(other):
            _note(_Claimed(claim, other.place), other, before)
    return (_contradiction(*pair) for pair in _clashes(entry, before, frozenset()))


def _clashes(entry: AnyEntry, before: _Before, known: Set[int]) -> Iterator[tuple[_Claimed, _Claimed]]:
    """Each claim of an entry beside each made before that cannot be true as well, save by entries that are known.

    A claim that clashes with none is noted beside those made before.
    """
    for claim in _claims(entry):
        clashes = [
            earlier
            for at in (claim.about, claim.beside)
            if at is not None
            for says, earlier in before.get((entry.day, entry.time, *at), {}).items()
            if says != claim.says and earlier.place not in known
        ]
        claimed = _Claimed(claim, entry.place)
        if not clashes:
            _note(claimed, entry, before)
        yield from ((claimed, earlier) for earlier in clashes)


def _claims(entry: AnyEntry) -> Iterable[EntryClaim]:
    return KINDS[KIND_OF[type(entry)]].claims(entry)


def _note(claimed: _Claimed, entry: AnyEntry, before: _Before) -> None:
    """Remember what is claimed of what; who says the same as another before is not remembered."""
    for at in (claimed.claim.about, claimed.claim.also):
        if at is not None:
            before.setdefault((entry.day, entry.time, *at), {}).setdefault(claimed.claim.says, claimed)


def _contradiction(claimed: _Claimed, earlier: _Claimed) -> Contradiction:
    what = message(
        "contradiction",
        claim=claimed.claim.words,
        other=f"entries[{earlier.place}]",
        other_claim=earlier.claim.words,
    )
    return Contradiction(claimed.place, earlier.place, what)
