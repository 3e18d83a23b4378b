"""TableRows of the table become entries, fast: sorted within each patient, grouped, and named by what they say.

Most entries of a cohort say one of a few hundred things. TableRows of one entry are hashed together, and each
distinct entry is read once by the record's own reader (`compiled`); its day, its minute and the value of a plain
score are not part of what it says.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs
from assuage.engine.many.hash_table import claim_slot, slot_of
from assuage.engine.many.jit import kernel, mix
from assuage.engine.many.program.codes import END_OF_DAY
from assuage.engine.many.rows.columns import (
    CODE_AT,
    CODE_BITS,
    KIND_BITS,
    SITE_AT,
    TEXT_AT,
    TableRows,
)
from assuage.engine.many.rows.text_kernel import NO_ENTRY
from assuage.engine.many.rows.vocabulary import WordTable

MOVES = 4  # moves for each row of a patient after which rows are merged
MOST_ENTRIES = 100_000  # entries of one patient that may be named by number
RECENT = 1024  # rows that the cache of recent ones holds; a power of two
PIECE = 8192  # rows that are named before the new entries among them are read
MINUTES = 2048  # more than a day has: day and minute in one number


class EntryIndex(NamedTuple):
    """One line for each entry, in the order in which they happened to each patient."""

    start: Longs  # the first entry of each patient; one more at the end
    row: Ints  # the place of its first row in the order
    day: Ints
    minute: Ints
    value: Floats
    which: Ints  # which distinct entry it is; negative while that is not known


def index_for(rows: int, patients: int) -> EntryIndex:
    """An empty index for the entries of as many rows and patients."""
    return EntryIndex(
        start=np.zeros(patients + 1, np.int64),
        row=np.empty(rows, np.int32),
        day=np.empty(rows, np.int32),
        minute=np.empty(rows, np.int32),
        value=np.empty(rows, np.float64),
        which=np.empty(rows, np.int32),
    )


# --- the order of rows ----------------------------------------------------------------------------


@kernel
def is_in_order(rows: TableRows, numbered: bool) -> bool:
    """Whether the rows of every patient are in order as they stand; `numbered` if any names its entry or its place."""
    starts, days, minutes = rows.start, rows.day, rows.minute
    entry_of, number_of = rows.entry, rows.number
    back = 0
    for row in range(1, days.size):
        back += is_earlier(days, minutes, row, row - 1)
    for patient in range(1, starts.size - 1):
        back -= is_earlier(days, minutes, starts[patient], starts[patient] - 1)
    if back or not numbered:
        return back == 0
    for patient in range(starts.size - 1):
        for row in range(starts[patient] + 1, starts[patient + 1]):
            if days[row] != days[row - 1] or minutes[row] != minutes[row - 1]:
                continue
            if entry_of[row - 1] > entry_of[row]:
                return False
            if entry_of[row - 1] == entry_of[row] and number_of[row - 1] > number_of[row]:
                return False
    return True


@kernel
def moment_of(days: Ints, minutes: Ints, row: int) -> int:
    """Day and minute of a row in one number; rows without a time end their day."""
    minute = END_OF_DAY if minutes[row] < 0 else minutes[row]
    return np.int64(days[row]) * MINUTES + minute  # pyright: ignore[reportReturnType]  # one number


@kernel
def is_earlier(days: Ints, minutes: Ints, row: int, other: int) -> bool:
    """Whether a row is of an earlier moment than another."""
    return moment_of(days, minutes, row) < moment_of(days, minutes, other)


@kernel
def sort_rows(rows: TableRows, order: Ints) -> None:
    """Put the rows of each patient in order (stable).

    By moment, then by the number of the entry, then by the number of the row in its entry. Tables are nearly sorted as
    they come, so insertion is the quickest; where it is not, the rows of the patient are merged.
    """
    starts = rows.start
    longest = 0
    for patient in range(starts.size - 1):
        longest = max(longest, starts[patient + 1] - starts[patient])
    spare = np.empty(longest, np.int32)
    for patient in range(starts.size - 1):
        begin, end = starts[patient], starts[patient + 1]
        if insert_rows(rows, order, begin, end, MOVES * (end - begin)):
            continue
        for at in range(begin, end):
            order[at] = at
        width = 1
        while width < end - begin:
            for first in range(begin, end - width, 2 * width):
                merge_rows(rows, order, spare, first, first + width, min(first + 2 * width, end))
            width *= 2


@kernel
def is_behind(rows: TableRows, row: int, other: int) -> bool:
    """Whether a row comes after another one, and not with it."""
    before, moment = moment_of(rows.day, rows.minute, other), moment_of(rows.day, rows.minute, row)
    if before != moment:
        return before < moment
    if rows.entry[other] != rows.entry[row]:
        return rows.entry[other] < rows.entry[row]
    return rows.number[other] < rows.number[row]


@kernel
def insert_rows(rows: TableRows, order: Ints, begin: int, end: int, most: int) -> bool:
    """Whether the rows of a patient are in order after so many moves; else they are in any."""
    moves = 0
    for at in range(begin, end):
        row: int = order[at]
        slot = at
        while slot > begin and moves <= most and is_behind(rows, order[slot - 1], row):
            order[slot] = order[slot - 1]
            slot -= 1
            moves += 1
        order[slot] = row
        if moves > most:
            return False
    return True


@kernel
def merge_rows(rows: TableRows, order: Ints, spare: Ints, begin: int, middle: int, end: int) -> None:
    """Make one run of two that are each in order."""
    if not is_behind(rows, order[middle - 1], order[middle]):
        return
    for at in range(begin, middle):
        spare[at - begin] = order[at]
    left, right, out = 0, middle, begin
    while left < middle - begin:
        if right < end and is_behind(rows, spare[left], order[right]):
            order[out] = order[right]
            right += 1
        else:
            order[out] = spare[left]
            left += 1
        out += 1


# --- rows of entries ------------------------------------------------------------------------------


@kernel
def group_rows(
    rows: TableRows,
    words: WordTable,
    order: Ints,
    bits: Longs,
    numbered: Longs,
    misnumbered: Bytes,
    index: EntryIndex,
    keys: Longs,
) -> int:
    """Fill in the index but for `which`, and the key of what each entry says; how many entries there are.

    `bits` are the values as whole numbers, to be hashed. `order` is empty where the rows stand in order. `numbered`
    is scratch, and `misnumbered` marks patients with an entry number that is used twice or cannot be one.

    A row goes on with the entry of the row before it if both name the same, or if neither names one and both are
    items of one instrument. Two items of different questionnaires at one moment are two entries: to take them for
    one would give each of them the answers of the other.
    """
    # What the loop touches is named outside it: a tuple passed on in every turn costs more than the turn.
    starts, whats, days, minutes, values = rows.start, rows.what, rows.day, rows.minute, rows.value
    entry_of, answers, plain = rows.entry, words.answers, words.plain
    scale, holds, fact, instrument = words.scale, words.holds, words.fact, words.instrument
    start, first_row, day_of, minute_of, value_of = (
        index.start,
        index.row,
        index.day,
        index.minute,
        index.value,
    )
    sorted_already = order.size == 0
    kind_bits, code_bits = 2**KIND_BITS - 1, 2**CODE_BITS - 1
    n = 0
    for patient in range(starts.size - 1):
        start[patient] = n
        key: Any = np.int64(0)
        begin, end = starts[patient], starts[patient + 1]
        # The row before: its kind, its entry number, and the instrument it is an item of (-1: none).
        last_kind, last_entry, last_item = np.int64(-1), np.int64(0), np.int64(-1)
        last_day, last_minute = np.int64(0), np.int64(0)
        for at in range(begin, end):
            row = at if sorted_already else order[at]
            what, x = whats[row], values[row]
            kind = what & kind_bits
            text: int = (what >> TEXT_AT) - 1
            code = ((what >> CODE_AT) & code_bits) - 1
            entry: int = entry_of[row]
            item = np.int64(-1)
            if answers[kind] and text < 0 and code >= 0:
                item = np.int64(instrument[code])
            day, minute = np.int64(days[row]), np.int64(minutes[row])
            goes_on = (entry == last_entry) & ((entry != NO_ENTRY) | ((item >= 0) & (item == last_item)))
            goes_on &= (kind == last_kind) & (day == last_day) & (minute == last_minute) & (fact[kind] == 0)
            last_kind, last_entry, last_item, last_day, last_minute = kind, entry, item, day, minute
            if not goes_on:
                if at > begin:
                    keys[n - 1] = key  # the entry before is whole
                first_row[n] = at
                day_of[n], minute_of[n], value_of[n] = days[row], minutes[row], x
                n += 1
                key = np.int64(0)
                if entry != NO_ENTRY and not is_new_number(numbered, entry, patient):
                    misnumbered[patient] = 1
            key = mix(key, what)
            if x == x and (plain[kind] == 0 or holds[text] == 1 or scale[code] == 0):
                key = mix(key, bits[row])
        if end > begin:
            keys[n - 1] = key
    start[starts.size - 1] = n
    return n


@kernel
def is_new_number(numbered: Longs, entry: int, patient: int) -> bool:
    """Whether an entry can have its number, and no entry of the patient had it before; it is remembered."""
    if entry < 0 or entry >= numbered.size or numbered[entry] == patient:
        return False
    numbered[entry] = patient
    return True


# --- rows that are entries ------------------------------------------------------------------------


class RecentCache(NamedTuple):
    """TableRows named recently: most rows say what others before them said, and are known without a hash of it all."""

    what: Longs  # what the row says; -1 for none
    which: Ints  # which distinct entry that is, doubled; one more if any value would do, else it has none


def nothing_recent() -> RecentCache:
    """An empty cache."""
    return RecentCache(np.full(RECENT, -1, np.int64), np.zeros(RECENT, np.int32))


@kernel
def cache_line(what: int, lines: int) -> Any:
    """Where what a row says is kept in the cache."""
    return np.uint64(what ^ (what >> SITE_AT) ^ (what >> CODE_AT) ^ (what >> TEXT_AT)) & np.uint64(lines - 1)


@kernel
def name_recent(whats: Longs, values: Floats, cached: Longs, cached_which: Ints, which: Ints) -> int:
    """Name the rows that say what others said recently; -1 for the rest, and how many these are.

    A loop of its own without a branch: with the looking up in the same loop it takes twice as long.
    """
    left = 0
    for row in range(whats.size):
        what, x = whats[row], values[row]
        line = cache_line(what, cached.size)
        number = cached_which[line]
        known = (cached[line] == what) & ((number & 1 != 0) | (x != x))
        which[row] = number >> 1 if known else -1
        left += not known
    return left


@kernel
def name_rows(
    rows: TableRows,
    words: WordTable,
    bits: Longs,
    keys: Longs,
    numbers: Ints,
    cache: RecentCache,
    begin: int,
    which: Ints,
    missing: Longs,
) -> tuple[int, int]:
    """`group_rows` and `look_up` at once, where the rows stand in order and each is an entry of its own.

    TableRows before `begin` are named already. Stops at the first piece with new entries; gives how many these are, and
    where to go on once they have numbers.
    """
    whats, values, plain = rows.what, rows.value, words.plain
    scale, holds = words.scale, words.holds
    cached, cached_which = cache.what, cache.which
    kind_bits, code_bits = 2**KIND_BITS - 1, 2**CODE_BITS - 1
    new = 0
    for first in range(begin, whats.size, PIECE):
        last = min(first + PIECE, whats.size)
        if name_recent(whats[first:last], values[first:last], cached, cached_which, which[first:last]) == 0:
            continue
        for row in range(first, last):
            if which[row] >= 0:
                continue
            what, x = whats[row], values[row]
            kind, text = what & kind_bits, (what >> TEXT_AT) - 1
            any_value = (
                plain[kind] == 1 and holds[text] == 0 and scale[((what >> CODE_AT) & code_bits) - 1] == 1
            )
            key = mix(0, what)
            if x == x and not any_value:
                key = mix(key, bits[row])
            slot = slot_of(keys, numbers, key)
            new = claim_slot(keys, numbers, slot, key, row, new, missing)
            which[row] = numbers[slot]
            if numbers[slot] >= 0 and (any_value or x != x):
                line = cache_line(what, cached.size)
                cached[line], cached_which[line] = what, 2 * numbers[slot] + any_value
        if new:
            return new, first
    return new, whats.size
