"""Which entries stand: not withdrawn, not replaced by a correction; and which of them are in dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assuage.record.entry import Entry, VoidEntry


@dataclass(frozen=True)
class StandingIndex:
    """Where the entries of a record are: their places by id and by day, and what corrections replace, by place.

    `disputed` are the ids that a correction is in dispute with; `withdrawals` whether there is any.
    """

    ids: Mapping[str, int]
    days: Mapping[int, tuple[int, ...]]
    replaces: Mapping[int, str]
    disputed: Mapping[int, frozenset[str]]
    withdrawals: bool

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> StandingIndex:
        """The index of some entries, each at its place."""
        days: dict[int, list[int]] = {}
        for entry in entries:
            days.setdefault(entry.day, []).append(entry.place)
        return cls(
            ids={entry.id: entry.place for entry in entries if entry.id is not None},
            days={day: tuple(places) for day, places in days.items()},
            replaces={entry.place: entry.replaces for entry in entries if entry.replaces is not None},
            disputed={
                entry.place: frozenset(entry.disputed_with) for entry in entries if entry.replaces is not None
            },
            withdrawals=any(isinstance(entry, VoidEntry) for entry in entries),
        )

    def followed_by(self, entry: Entry) -> StandingIndex:
        """The same with one entry more."""
        new = StandingIndex.of((entry,))
        return StandingIndex(
            {**self.ids, **new.ids},
            {**self.days, entry.day: (*self.days.get(entry.day, ()), entry.place)},
            {**self.replaces, **new.replaces},
            {**self.disputed, **new.disputed},
            self.withdrawals or new.withdrawals,
        )


def withdrawn_ids(entries: Sequence[Entry]) -> frozenset[str]:
    """The ids of the entries that are withdrawn, of entries in the order of the record.

    A withdrawal names an entry written before it. It counts unless it is withdrawn or replaced later itself.
    """
    withdrawn: set[str] = set()
    replaced: set[str] = set()
    for entry in reversed(entries):
        if entry.id is not None and entry.id in withdrawn:
            continue
        if entry.replaces is not None:
            replaced.add(entry.replaces)
        if isinstance(entry, VoidEntry) and (entry.id is None or entry.id not in replaced):
            withdrawn.add(entry.of)
    return frozenset(withdrawn)


def replaced_ids(entries: Sequence[Entry], withdrawn: frozenset[str]) -> frozenset[str]:
    """The ids of the entries that a correction replaces; a withdrawn correction replaces nothing."""
    return frozenset(
        entry.replaces for entry in entries if entry.replaces is not None and entry.id not in withdrawn
    )


def disputes_of(standing: Sequence[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """By the place of an entry that stands, the others that stand and say otherwise: a dispute has two sides."""
    if not any(entry.disputed_with for entry in standing):
        return {}
    by_id = {entry.id: entry for entry in standing if entry.id is not None}
    against: dict[int, dict[int, Entry]] = {}
    for entry in standing:
        for other in entry.disputed_with:
            if other in by_id:
                against.setdefault(entry.place, {})[by_id[other].place] = by_id[other]
                against.setdefault(by_id[other].place, {})[entry.place] = entry
    return {place: tuple(others.values()) for place, others in against.items()}
