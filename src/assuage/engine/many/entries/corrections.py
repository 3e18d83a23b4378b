"""Which entries stand: those that are corrected or withdrawn are put aside before anybody counts them.

The rules are those of `assuage.record.standing` and of the record's reader, asked of numbers in place of ids. Where an
id names nothing, or two entries have one, where two correct the same, or a correction comes before what it corrects,
the record's reader decides: the patient is marked, and goes to the fallback. So does one where somebody would correct
or withdraw what another wrote: the two are in dispute, and stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.entries.entry_table import EntryNaming, EntryTable, FactKind
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, long, mix
from assuage.engine.many.rows.columns import TableRows
from assuage.engine.many.rows.row_texts import NOBODY
from assuage.engine.many.rows.text_bytes import NEVER
from assuage.engine.many.rows.text_kernel import NO_ENTRY

# Why only the record's reader can judge a patient: ids or moments that cannot be right; a dispute between writers.
MISNUMBERED, DISPUTED = 1, 2
GRACE = 1  # days: the two dates may come from clocks in different time zones


class EntryNames(NamedTuple):
    """Each entry's own name, the one it names, who wrote it, and its place in the record; then what entries are."""

    which: Ints
    id: Longs
    other: Longs
    author: Longs
    place: Longs
    naming: Bytes
    writer: Bytes
    settles: Bytes


def corrected(
    rows: TableRows, order: Ints, index: EntryIndex, table: EntryTable, dates: Sequence[int], odd: Bytes
) -> Longs:
    """The places of the entries that do not stand, in the index.

    `dates` are the dates of day 0 that entries state, by the number of the entry, NEVER for all others. `odd` gets a
    mark for every patient whose ids or moments of writing only the record's reader can judge.
    """
    named, told = told_of(rows.id, rows.other, rows.entered)
    if not named and not told:
        return np.empty(0, np.int64)
    if told:
        of_entry = _of_entries(rows.entered, order, index)
        stated = (table.fact == FactKind.STARTS_ON).astype(np.uint8)
        mark_early(index, of_entry, stated, np.array([*dates, NEVER]), odd)
    if not named:
        return np.empty(0, np.int64)
    ids, others = _of_entries(rows.id, order, index), _of_entries(rows.other, order, index)
    authors, places = _of_entries(rows.author, order, index), _of_entries(rows.entry, order, index)
    unplaced = np.flatnonzero(places == NO_ENTRY)
    if unplaced.size:
        places = places.copy()
        places[unplaced] += (index.row if not order.size else order[index.row])[unplaced]
    busiest = int(np.diff(index.start).max(initial=0))
    size = 1 << max(int(2 * busiest).bit_length(), 1)
    slots = np.full((3, size), -1, np.int64)
    kinds = (table.naming, table.writer, table.settles)
    names = EntryNames(index.which, ids, others, authors, places, *kinds)
    gone = np.zeros(ids.size, np.uint8)
    mark_gone(index.start, names, slots, gone, odd)
    return np.flatnonzero(gone)


def _of_entries(column: Any, order: Ints, index: EntryIndex) -> Any:
    """What a column says in the first row of each entry."""
    if not order.size and index.row.size == column.size:
        return column  # each row is an entry
    return column[index.row if not order.size else order[index.row]]


@kernel
def told_of(ids: Longs, others: Longs, entered: Ints) -> tuple[bool, bool]:
    """Whether any row has an id or names one, and whether of any it is known when it was written down."""
    named, told = 0, 0
    for row in range(ids.size):
        named += (ids[row] != NOBODY) | (others[row] != NOBODY)
        told += entered[row] != NEVER
    return named > 0, told > 0


@kernel
def mark_early(index: EntryIndex, entered: Ints, stated: Bytes, dates: Longs, odd: Bytes) -> None:
    """Mark the patients of whom something is said to have been written down before it happened.

    `stated` marks the entries that state the date of day 0.
    """
    starts, which, days = index.start, index.which, index.day
    for patient in range(starts.size - 1):
        begin, end = starts[patient], starts[patient + 1]
        day_0 = long(NEVER)
        for e in range(begin, end):
            if stated[which[e]]:
                day_0 = dates[which[e]]
        if day_0 == NEVER:
            continue
        for e in range(begin, end):
            if entered[e] != NEVER and entered[e] < day_0 + days[e] - GRACE:
                odd[patient] |= MISNUMBERED


@kernel
def mark_gone(start: Longs, names: EntryNames, slots: Longs, gone: Bytes, odd: Bytes) -> None:
    """Mark the entries that are corrected or withdrawn, and the patients whose ids cannot be followed.

    `slots` is an open table of ids: the id, the patient who has it, and the entry. It is never more than half full with
    one patient, and whose slot it is tells whether it is free.
    """
    owner, entry_of = slots[1], slots[2]
    ids, others, places = names.id, names.other, names.place
    for patient in range(start.size - 1):
        begin, end = start[patient], start[patient + 1]
        named = 0
        for e in range(begin, end):
            named += others[e] != NOBODY
            if ids[e] == NOBODY:
                continue
            slot = find_id(slots, ids[e], patient)
            if owner[slot] == patient:
                odd[patient] |= MISNUMBERED
            slots[0, slot], owner[slot], entry_of[slot] = ids[e], patient, e
        if named == 0 or odd[patient]:
            continue
        # From the last written to the first: a withdrawal counts unless it is withdrawn or replaced later itself.
        naming_entries = np.empty(named, np.int64)
        n = 0
        for e in range(begin, end):
            if others[e] == NOBODY:
                continue
            at = n
            while at > 0 and places[naming_entries[at - 1]] < places[e]:
                naming_entries[at] = naming_entries[at - 1]
                at -= 1
            naming_entries[at] = e
            n += 1
        odd[patient] |= follow_names(naming_entries, names, slots, patient, gone)


WITHDRAWN, REPLACED = 1, 2


@kernel
def follow_names(naming_entries: Longs, names: EntryNames, slots: Longs, patient: int, gone: Bytes) -> int:
    """Mark what the entries of a patient that name others come to, the last first; why the reader must decide, or 0."""
    why = 0
    for at in range(naming_entries.size):
        e: int = naming_entries[at]
        how = names.naming[names.which[e]]
        slot = find_id(slots, names.other[e], patient)
        if how == EntryNaming.NOTHING or slots[1, slot] != patient:
            return MISNUMBERED
        other: int = slots[2, slot]
        if names.place[other] >= names.place[e]:
            if how != EntryNaming.ANSWERS or other == e:
                why |= MISNUMBERED
            continue
        if gone[e] & WITHDRAWN or how == EntryNaming.ANSWERS:
            continue
        if not may_settle(names, e, other):
            why |= DISPUTED
        elif how == EntryNaming.REPLACES:
            if gone[other] & REPLACED:
                why |= MISNUMBERED
            gone[other] |= REPLACED
        elif gone[e] & REPLACED == 0:
            gone[other] |= WITHDRAWN
    return why


@kernel
def may_settle(names: EntryNames, e: int, other: int) -> bool:
    """Whether the writer of an entry may correct or withdraw another one: as `Entry.may_settle`."""
    here, there = names.which[e], names.which[other]
    if names.settles[here]:
        return True
    unnamed = names.author[e] == NOBODY or names.author[other] == NOBODY
    same_author = unnamed or names.author[e] == names.author[other]
    return same_author and names.writer[here] == names.writer[there]


@kernel
def find_id(slots: Longs, name: int, patient: int) -> int:
    """Where an id of a patient stands in the table, or the slot where it would."""
    mask = slots.shape[1] - 1
    slot = mix(0, name) & long(mask)
    while slots[1, slot] == patient and slots[0, slot] != name:
        slot = (slot + 1) & long(mask)
    return slot
