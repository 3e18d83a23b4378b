"""Which entries stand: not withdrawn, not replaced by a correction; and which of them are in dispute.

Who wrote an entry may withdraw and replace it, and a clinician may for anybody. A patient's withdrawal of what a
physician wrote is kept and takes nothing back: the two are in dispute until a clinician settles it. So are a word of
the patient's that rules out an allergy or a diagnosis, and the physician's that it is there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from assuage.record.decided_entries import DecisionEntry
from assuage.record.entry import Entry, VoidEntry
from assuage.record.growing import growing

K = TypeVar("K", bound=Hashable)


class StandingIndex(Struct, frozen=True):
    """Where the entries of a record are: by id and by day, and by the id that they correct.

    `withdrawals` is whether there is any; `decided` the last day that a decision is of, whether it stands or not.
    """

    ids: Mapping[str, int]
    days: Mapping[int, tuple[int, ...]]
    corrections: Mapping[str, tuple[int, ...]]
    withdrawals: bool
    decided: int | None

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> StandingIndex:
        """The index of some entries, each at its place."""
        days: dict[int, list[int]] = {}
        corrections: dict[str, list[int]] = {}
        for entry in entries:
            days.setdefault(entry.day, []).append(entry.place)
            if entry.replaces is not None:
                corrections.setdefault(entry.replaces, []).append(entry.place)
        return cls(
            ids={entry.id: entry.place for entry in entries if entry.id is not None},
            days={day: tuple(places) for day, places in days.items()},
            corrections={name: tuple(places) for name, places in corrections.items()},
            withdrawals=any(isinstance(entry, VoidEntry) for entry in entries),
            decided=max((entry.day for entry in entries if isinstance(entry, DecisionEntry)), default=None),
        )

    def followed_by(self, entry: Entry) -> StandingIndex:
        """The same with one entry more, which costs no copy of the rest."""
        new = StandingIndex.of((entry,))
        return StandingIndex(
            growing(self.ids).followed_by(new.ids),
            with_places(self.days, new.days),
            with_places(self.corrections, new.corrections),
            self.withdrawals or new.withdrawals,
            max((day for day in (self.decided, new.decided) if day is not None), default=None),
        )


def with_places(
    places: Mapping[K, tuple[int, ...]], more: Mapping[K, tuple[int, ...]]
) -> Mapping[K, tuple[int, ...]]:
    """Places by what they are found by, and more of them behind those."""
    return growing(places).followed_by({key: (*places.get(key, ()), *new) for key, new in more.items()})


def rulings_among(entries: Sequence[Entry]) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """The places of entries that rule something in or out, by what it is about."""
    places: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        ruling = entry.ruling
        if ruling is not None:
            places.setdefault(ruling.about, []).append(entry.place)
    return {about: tuple(those) for about, those in places.items()}


def withdrawn_ids(entries: Sequence[Entry]) -> frozenset[str]:
    """The ids of the entries that are withdrawn, of entries in the order of the record.

    A withdrawal names an entry written before it. It counts unless it is withdrawn or replaced later itself, and where
    its writer may withdraw that entry (`Entry.may_settle`); else the two are in dispute.
    """
    withdrawn: set[str] = set()
    replaced: set[str] = set()
    by_id = _named(entries)
    for entry in reversed(entries):
        if entry.id is not None and entry.id in withdrawn:
            continue
        if entry.replaces is not None and not _is_foreign(entry, entry.replaces, by_id):
            replaced.add(entry.replaces)
        withdraws = isinstance(entry, VoidEntry) and (entry.id is None or entry.id not in replaced)
        if isinstance(entry, VoidEntry) and withdraws and not _is_foreign(entry, entry.of, by_id):
            withdrawn.add(entry.of)
    return frozenset(withdrawn)


def _named(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """The entries by their ids, where any speaks of another."""
    if not any(entry.replaces is not None or isinstance(entry, VoidEntry) for entry in entries):
        return {}
    return {entry.id: entry for entry in entries if entry.id is not None}


def _is_foreign(entry: Entry, other: str, by_id: Mapping[str, Entry]) -> bool:
    """Whether an entry would withdraw or replace one of somebody else, which its writer may not."""
    return other in by_id and not entry.may_settle(by_id[other])


def foreign_corrections(entries: Sequence[Entry]) -> frozenset[int]:
    """The places of corrections by which somebody would replace what another wrote: they replace nothing."""
    by_id = _named(entries)
    return frozenset(
        entry.place
        for entry in entries
        if entry.replaces is not None and _is_foreign(entry, entry.replaces, by_id)
    )


def replaced_ids(entries: Sequence[Entry], withdrawn: frozenset[str]) -> frozenset[str]:
    """The ids of the entries that a correction replaces.

    A withdrawn correction replaces nothing, and neither does one of what somebody else wrote.
    """
    foreign = foreign_corrections(entries)
    return frozenset(
        entry.replaces
        for entry in entries
        if entry.replaces is not None and entry.id not in withdrawn and entry.place not in foreign
    )


def speaks_of_another(entry: Entry) -> bool:
    """Whether an entry may change what is read of another: of most records none does."""
    settling = entry.replaces is not None or isinstance(entry, VoidEntry)
    return settling or bool(entry.disputed_with) or entry.denies is not None


def _denied(standing: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry that rules out or doubts something, with the words before it that it is there and may not take back.

    An allergy that a physician confirmed is not refuted by the patient: the two are in dispute.
    """
    about = {entry.denies.about for entry in standing if entry.denies is not None}
    words: dict[tuple[str, str], list[tuple[Entry, int]]] = {each: [] for each in about}
    for entry in sorted(standing, key=lambda each: each.order) if about else ():
        ruling, denies = entry.ruling, entry.denies
        if ruling is not None and ruling.about in words:
            kept = [each for each in words[ruling.about] if not entry.may_settle(each[0])]
            if denies is not None:
                yield from ((entry, other) for other, sure in kept if denies.sure < sure)
            words[ruling.about] = [*kept, (entry, ruling.sure)]


def _denials_with(entry: Entry, others: Sequence[Entry]) -> Iterator[Entry]:
    """The others by which what an entry says of something is ruled out or doubted, and those of which it does that."""
    if entry.ruling is None:
        return
    about = entry.ruling.about
    same = [other for other in others if other.ruling is not None and other.ruling.about == about]
    earlier = sorted((other for other in same if other.order < entry.order), key=lambda each: each.order)
    later = sorted((other for other in same if other.order > entry.order), key=lambda each: each.order)
    yield from reversed([other for other in _not_taken_back(reversed(earlier)) if other.is_denied_by(entry)])
    for other in later:
        if other.may_settle(entry):
            return
        if entry.is_denied_by(other):
            yield other


def _not_taken_back(backwards: Iterable[Entry]) -> Iterator[Entry]:
    """Those that none of the entries after them may take back (`Entry.may_settle`), the last of them first."""
    later: dict[str, dict[str | None, Entry]] = {}
    for entry in backwards:
        # Of what one role wrote only the same author, or where no author is named any, may.
        same = later.setdefault(entry.writer, {})
        authors = same if entry.author is None else {entry.author, None} & same.keys()
        if not any(same[author].may_settle(entry) for author in authors):
            yield entry
        if entry.settles:
            return
        same[entry.author] = entry


def disputes_of(standing: Sequence[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """By the place of an entry that stands, the others that stand and say otherwise: a dispute has two sides."""
    if not any(map(speaks_of_another, standing)):
        return {}
    by_id = {entry.id: entry for entry in standing if entry.id is not None}
    against: dict[int, dict[int, Entry]] = {}
    pairs = ((entry, other) for entry in standing for other in _named_against(entry, by_id))
    for entry, other in chain(_denied(standing), pairs):
        against.setdefault(entry.place, {})[other.place] = other
        against.setdefault(other.place, {})[entry.place] = entry
    return {place: tuple(others.values()) for place, others in against.items()}


def disputes_with(entry: Entry, others: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those of some others that stand that say otherwise than an entry which none of them names.

    What `disputes_of` says of the entry, in the time of reading the others: there all are asked of one another.
    """
    by_id = {other.id: other for other in others if other.id is not None}
    against = chain(_denials_with(entry, others), _named_against(entry, by_id))
    return tuple({other.place: other for other in against}.values())


def _named_against(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Entry]:
    """The entries with which one says itself that it is in dispute, or that it would settle and may not."""
    settled = (entry.replaces, entry.of if isinstance(entry, VoidEntry) else None)
    foreign = (other for other in settled if other is not None and _is_foreign(entry, other, by_id))
    return (by_id[other] for other in (*entry.disputed_with, *foreign) if other in by_id)
