"""Which entries stand: not withdrawn, and not replaced by a correction that stands itself."""

from __future__ import annotations

from collections.abc import Sequence

from assuage.record.entry import Entry, VoidEntry


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
