"""What stands no more once one more entry is written, without asking every other entry again."""

from __future__ import annotations

from msgspec import Struct

from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry


class Settled(Struct, frozen=True):
    """The ids that are withdrawn and those that are replaced, and the places of corrections that replace nothing."""

    withdrawn: frozenset[str]
    replaced: frozenset[str]
    foreign: frozenset[int]


def settled_with(record: Record, entry: AnyEntry) -> Settled | None:
    """What a record settles once the entry is at its end; None where that changes what others settled.

    To withdraw a correction, or to withdraw or replace a withdrawal, brings back what that one had settled.
    """
    withdrawn, replaced, foreign = record.withdrawn, record.replaced, record.foreign
    void = entry.of if isinstance(entry, VoidEntry) else None
    if void is not None and entry.replaces is not None:
        return None
    name = void or entry.replaces
    if name is not None:
        other = record.written(name)
        if other is None or isinstance(other, VoidEntry) or (void and other.replaces is not None):
            return None
        if not entry.may_settle(other):
            foreign |= frozenset() if void else {entry.place}
        elif void:
            withdrawn |= {name}
        else:
            replaced |= {name}
    return Settled(withdrawn, replaced, foreign)
