"""Rows of the table become entries, fast: sorted within each patient, grouped, and named by what they say.

Most entries of a cohort say one of a few hundred things. Rows of one entry are hashed together, and each
distinct entry is read once by the record's own reader (`entries`); its day, its minute and the value of a plain
score are not part of what it says.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.entries.hash_table import claim, mix, slot_of
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel
from assuage.engine.many.program.codes import END_OF_DAY
from assuage.engine.many.rows.columns import (
    CODE_AT,
    CODE_BITS,
    KIND_BITS,
    SITE_AT,
    SITE_BITS,
    TEXT_AT,
    Rows,
)

NO_ENTRY = 2**40  # rows that name no entry follow those that do
UNSORTED = 20_000  # moves of rows within one patient after which sorting is left to the library
MOST_ENTRIES = 100_000  # entries of one patient that may be named by number
LATELY = 1024
PIECE = 8192  # rows that are named before the new entries among them are read


class Words(NamedTuple):
    """What the numbers of words mean to the grouping of rows; the last of each list stands for null."""

    plain: Bytes  # kind: whether it is a score
    scale: Bytes  # code: whether it is a plain scale, whose every value is like another
    fact: Bytes  # kind: whether it is a fact of the patient
    answers: Bytes  # kind: whether it is answers
    instrument: Ints  # code: the instrument of an item
    holds: Bytes  # text: whether it holds the value of the entry
    text: Longs  # text: its number without the numbers of entry and row
    entry: Longs  # text: the entry it names, or NO_ENTRY
    number: Ints  # text: the number of the row in its entry
    bare: bool  # whether no text names an entry, or the row of one
    single: bool  # whether no entry can have more than one row


class Heads(NamedTuple):
    """One line for each entry, in the order in which they happened to each patient."""

    start: Longs  # the first entry of each patient; one more at the end
    row: Ints  # the place of its first row in the order
    day: Ints
    minute: Ints
    value: Floats
    said: Ints  # which distinct entry it is; negative while that is not known


@kernel
def kind_of(what: int) -> int:
    """The number of a row's kind."""
    return what & (2**KIND_BITS - 1)


@kernel
def site_of(what: int) -> int:
    """The number of a row's site; -1 for none."""
    return ((what >> SITE_AT) & (2**SITE_BITS - 1)) - 1


@kernel
def code_of(what: int) -> int:
    """The number of a row's code; -1 for none."""
    return ((what >> CODE_AT) & (2**CODE_BITS - 1)) - 1


@kernel
def text_of(what: int) -> int:
    """The number of a row's text; -1 for none."""
    return (what >> TEXT_AT) - 1


@kernel
def in_order(r: Rows, w: Words) -> bool:
    """Whether the rows of every patient are in order as they stand."""
    starts, whats, days, minutes = r.start, r.what, r.day, r.minute
    back = 0
    for row in range(1, whats.size):
        back += comes_before(days, minutes, row, row - 1)
    for patient in range(1, starts.size - 1):
        back -= comes_before(days, minutes, starts[patient], starts[patient] - 1)
    if back or w.bare:
        return back == 0
    entry_of, number_of = w.entry, w.number
    for patient in range(starts.size - 1):
        for row in range(starts[patient] + 1, starts[patient + 1]):
            one, other = text_of(whats[row - 1]), text_of(whats[row])
            if one == other or days[row] != days[row - 1] or minutes[row] != minutes[row - 1]:
                continue
            if entry_of[one] > entry_of[other]:
                return False
            if entry_of[one] == entry_of[other] and number_of[one] > number_of[other]:
                return False
    return True


@kernel
def comes_before(days: Ints, minutes: Ints, one: int, other: int) -> bool:
    """Whether a row is of an earlier moment than another; rows without a time end their day."""
    at = np.int64(days[one]) * 2048 + (END_OF_DAY if minutes[one] < 0 else minutes[one])
    then = np.int64(days[other]) * 2048 + (END_OF_DAY if minutes[other] < 0 else minutes[other])
    return at < then  # pyright: ignore[reportReturnType]  # one of them to the compiler


@kernel
def sort_rows(r: Rows, w: Words, order: Ints, late: Bytes) -> int:
    """Put the rows of each patient in order (stable); the number of patients that need more than insertion."""
    left = 0
    for patient in range(r.start.size - 1):
        moves = 0
        begin = r.start[patient]
        for at in range(begin, r.start[patient + 1]):
            row = at
            moment = r.day[row] * 2048 + (END_OF_DAY if r.minute[row] < 0 else r.minute[row])
            text = text_of(r.what[row])
            slot = at
            while slot > begin and moves < UNSORTED:
                other = order[slot - 1]
                before = r.day[other] * 2048 + (END_OF_DAY if r.minute[other] < 0 else r.minute[other])
                said = text_of(r.what[other])
                if before < moment:
                    break
                if before == moment and w.entry[said] < w.entry[text]:
                    break
                if before == moment and w.entry[said] == w.entry[text] and w.number[said] <= w.number[text]:
                    break
                order[slot] = other
                slot -= 1
                moves += 1
            order[slot] = row
        if moves >= UNSORTED:
            late[patient] = 1
            left += 1
    return left


@kernel
def group_rows(
    r: Rows,
    w: Words,
    order: Ints,
    bits: Longs,
    named: Longs,
    bad: Bytes,
    h: Heads,
    keys: Longs,
) -> int:
    """Fill in the heads but for `said`, and the key of what each says; how many entries there are.

    `bits` are the values as whole numbers, to be hashed. `order` is empty where the rows stand in order. `bad`
    marks patients with an entry number that is used twice or cannot be one.
    """
    # What the loop touches is named outside it: a tuple passed on in every turn costs more than the turn.
    starts, whats, days, minutes, values = r.start, r.what, r.day, r.minute, r.value
    texts, entry_of, answers, plain, scale, holds = w.text, w.entry, w.answers, w.plain, w.scale, w.holds
    fact, instrument = w.fact, w.instrument
    h_start, h_row, h_day, h_minute, h_value = h.start, h.row, h.day, h.minute, h.value
    sorted_already = order.size == 0
    low, kind_bits, code_bits = 2**TEXT_AT - 1, 2**KIND_BITS - 1, 2**CODE_BITS - 1
    n = 0
    for patient in range(starts.size - 1):
        h_start[patient] = n
        key: Any = np.int64(0)
        begin, end = starts[patient], starts[patient + 1]
        # The row before: its kind, its entry number, and the instrument it is an item of (-1: none).
        last_kind, last_entry, last_item = np.int64(-1), np.int64(0), np.int64(-1)
        last_day, last_minute = np.int64(0), np.int64(0)
        for at in range(begin, end):
            row = at if sorted_already else order[at]
            what, x = whats[row], values[row]
            kind, text = what & kind_bits, (what >> TEXT_AT) - 1
            code, entry = ((what >> CODE_AT) & code_bits) - 1, entry_of[text]
            item = np.int64(-1)
            if answers[kind] and text < 0 and code >= 0:
                item = np.int64(instrument[code])
            day, minute = np.int64(days[row]), np.int64(minutes[row])
            # A row goes on with the entry of the row before it if both name the same, or if neither names one
            # and both are items of one instrument.
            goes_on = (entry == last_entry) & ((entry != NO_ENTRY) | ((item >= 0) & (item == last_item)))
            goes_on &= (kind == last_kind) & (day == last_day) & (minute == last_minute) & (fact[kind] == 0)
            last_kind, last_entry, last_item, last_day, last_minute = kind, entry, item, day, minute
            if not goes_on:
                if at > begin:
                    keys[n - 1] = key  # the entry before is whole
                h_row[n] = at
                h_day[n], h_minute[n], h_value[n] = days[row], minutes[row], x
                n += 1
                key = np.int64(0)
                if entry != NO_ENTRY:
                    if entry < 0 or entry >= named.size or named[entry] == patient:
                        bad[patient] = 1
                    else:
                        named[entry] = patient
            key = mix(key, (what & low) | ((texts[text] + 1) << TEXT_AT))
            if x == x and (plain[kind] == 0 or holds[text] == 1 or scale[code] == 0):
                key = mix(key, bits[row])
        if end > begin:
            keys[n - 1] = key
    h_start[starts.size - 1] = n
    return n


class Lately(NamedTuple):
    """Rows named lately: most rows say what others before them said, and are known without a hash of it all."""

    what: Longs  # what the row says; -1 for none
    said: Ints  # which distinct entry that is, doubled; one more if any value would do, else it is one without a value


@kernel
def place_of(what: int, places: int) -> Any:
    """Where what a row says is kept among the rows named lately."""
    return np.uint64(what ^ (what >> SITE_AT) ^ (what >> CODE_AT) ^ (what >> TEXT_AT)) & np.uint64(places - 1)


@kernel
def name_lately(whats: Longs, values: Floats, what_of: Longs, said_of: Ints, said: Ints) -> int:
    """Name the rows that say what others said lately; -1 for the rest, and how many these are.

    A loop of its own without a branch: with the looking up in the same loop it takes twice as long.
    """
    left = 0
    for row in range(whats.size):
        what, x = whats[row], values[row]
        place = place_of(what, what_of.size)
        number = said_of[place]
        known = (what_of[place] == what) & ((number & 1 != 0) | (x != x))
        said[row] = number >> 1 if known else -1
        left += not known
    return left


@kernel
def name_rows(
    r: Rows,
    w: Words,
    bits: Longs,
    keys: Longs,
    numbers: Ints,
    lately: Lately,
    begin: int,
    said: Ints,
    missing: Longs,
) -> tuple[int, int]:
    """`group_rows` and `find` at once, where the rows stand in order and each is an entry of its own.

    Rows before `begin` are named already. Stops at the first piece with new entries; gives how many these are, and
    where to go on once they have numbers.
    """
    whats, values, texts, plain, scale, holds = r.what, r.value, w.text, w.plain, w.scale, w.holds
    what_of, said_of = lately.what, lately.said
    low, kind_bits, code_bits = 2**TEXT_AT - 1, 2**KIND_BITS - 1, 2**CODE_BITS - 1
    new = 0
    for first in range(begin, whats.size, PIECE):
        last = min(first + PIECE, whats.size)
        if name_lately(whats[first:last], values[first:last], what_of, said_of, said[first:last]) == 0:
            continue
        for row in range(first, last):
            if said[row] >= 0:
                continue
            what, x = whats[row], values[row]
            kind, text = what & kind_bits, (what >> TEXT_AT) - 1
            whole = plain[kind] == 1 and holds[text] == 0 and scale[((what >> CODE_AT) & code_bits) - 1] == 1
            key = mix(0, (what & low) | ((texts[text] + 1) << TEXT_AT))
            if x == x and not whole:
                key = mix(key, bits[row])
            slot = slot_of(keys, numbers, key)
            new = claim(keys, numbers, slot, key, row, new, missing)
            said[row] = numbers[slot]
            if numbers[slot] >= 0 and (whole or x != x):
                place = place_of(what, what_of.size)
                what_of[place], said_of[place] = what, 2 * numbers[slot] + whole
        if new:
            return new, first
    return new, whats.size


def nothing_lately() -> Lately:
    """Room for rows named lately."""
    return Lately(np.full(LATELY, -1, np.int64), np.zeros(LATELY, np.int32))


def heads_for(rows: int, patients: int) -> Heads:
    """Empty heads for as many rows and patients."""
    return Heads(
        start=np.zeros(patients + 1, np.int64),
        row=np.empty(rows, np.int32),
        day=np.empty(rows, np.int32),
        minute=np.empty(rows, np.int32),
        value=np.empty(rows, np.float64),
        said=np.empty(rows, np.int32),
    )
