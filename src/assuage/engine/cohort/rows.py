"""Rows of the table become entries, fast: sorted within each patient, grouped, and named by what they say.

Most entries of a cohort say one of a few hundred things. Rows of one entry are hashed together, and each
distinct entry is read once by the record's own reader (`entries`); its day, its minute and the value of a plain
score are not part of what it says.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.cohort.codes import END_OF_DAY
from assuage.engine.cohort.gather import (
    CODE_AT,
    CODE_BITS,
    KIND_BITS,
    SITE_AT,
    SITE_BITS,
    TEXT_AT,
    Rows,
)
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel

NO_ENTRY = 2**40  # rows that name no entry follow those that do
UNSORTED = 20_000  # moves of rows within one patient after which sorting is left to the library
MOST_ENTRIES = 100_000  # entries of one patient that may be named by number
KNOWN_AT_ONCE = 4096


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
    for patient in range(r.start.size - 1):
        before = np.int64(-(2**60))
        for row in range(r.start[patient], r.start[patient + 1]):
            minute = r.minute[row]
            moment = r.day[row] * np.int64(2048) + (END_OF_DAY if minute < 0 else minute)
            if moment < before:
                return False
            if moment == before:
                one, other = text_of(r.what[row - 1]), text_of(r.what[row])
                if one != other:
                    if w.entry[one] > w.entry[other]:
                        return False
                    if w.entry[one] == w.entry[other] and w.number[one] > w.number[other]:
                        return False
            before = moment
    return True


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
def mix(seed: int, word: int) -> int:
    """The next state of a 64-bit hash. Two of a million distinct entries meet once in ten million cohorts."""
    x = np.uint64(seed) ^ (np.uint64(word) + np.uint64(0x9E3779B97F4A7C15))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64(x ^ (x >> np.uint64(31)))  # pyright: ignore[reportReturnType]  # a number to the compiler


@kernel
def joins(r: Rows, w: Words, row: int, other: int) -> bool:
    """Whether a row belongs to the entry of the row before it."""
    kind = kind_of(r.what[row])
    if kind != kind_of(r.what[other]) or r.day[row] != r.day[other] or r.minute[row] != r.minute[other]:
        return False
    if w.fact[kind]:
        return False
    text, before = text_of(r.what[row]), text_of(r.what[other])
    if w.entry[text] != NO_ENTRY:
        return w.entry[text] == w.entry[before]
    code, last = code_of(r.what[row]), code_of(r.what[other])
    return (
        w.entry[before] == NO_ENTRY
        and w.answers[kind] == 1
        and text < 0
        and before < 0
        and code >= 0
        and last >= 0
        and w.instrument[code] == w.instrument[last]
    )


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
    h_start, h_row, h_day, h_minute, h_value = h.start, h.row, h.day, h.minute, h.value
    sorted_already = order.size == 0
    low, kind_bits, code_bits = 2**TEXT_AT - 1, 2**KIND_BITS - 1, 2**CODE_BITS - 1
    n = 0
    for patient in range(starts.size - 1):
        h_start[patient] = n
        key: Any = np.int64(0)
        begin, end = starts[patient], starts[patient + 1]
        for at in range(begin, end + 1):
            what, x, row, kind, text, entry = np.int64(0), np.nan, at, np.int64(0), np.int64(-1), np.int64(0)
            begins = True
            if at < end:
                row = at if sorted_already else order[at]
                what, x = whats[row], values[row]
                kind, text = what & kind_bits, (what >> TEXT_AT) - 1
                entry = entry_of[text]
                if at > begin and (entry != NO_ENTRY or answers[kind] == 1):
                    begins = not joins(r, w, row, at - 1 if sorted_already else order[at - 1])
            if begins and at > begin:
                keys[n - 1] = key  # the entry before is whole
            if at == end:
                break
            if begins:
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
            if x == x and (
                plain[kind] == 0 or holds[text] == 1 or scale[((what >> CODE_AT) & code_bits) - 1] == 0
            ):
                key = mix(key, bits[row])
    h_start[starts.size - 1] = n
    return n


@kernel
def find(keys: Longs, numbers: Ints, wanted: Longs, said: Ints, missing: Longs) -> int:
    """Look up which distinct entry each head is; the first head of each new one is listed, with its key."""
    mask, room = keys.size - 1, missing.shape[0]
    new = 0
    for head in range(wanted.size):
        key = wanted[head]
        slot = key & mask
        while numbers[slot] != -1 and keys[slot] != key:
            slot = (slot + 1) & mask
        if numbers[slot] == -1 and new < room:
            keys[slot], numbers[slot] = key, -2
            missing[new, 0], missing[new, 1] = head, key
            new += 1
        said[head] = numbers[slot]
    return new


@kernel
def key_rows(r: Rows, w: Words, bits: Longs, keys: Longs) -> None:
    """The key of each row, as `group_rows` gives it where the rows stand in order and each is an entry of its own."""
    whats, values, texts, plain, scale, holds = r.what, r.value, w.text, w.plain, w.scale, w.holds
    low, kind_bits, code_bits = 2**TEXT_AT - 1, 2**KIND_BITS - 1, 2**CODE_BITS - 1
    for row in range(whats.size):
        what, x = whats[row], values[row]
        kind, text = what & kind_bits, (what >> TEXT_AT) - 1
        key = mix(0, (what & low) | ((texts[text] + 1) << TEXT_AT))
        if x == x and (
            plain[kind] == 0 or holds[text] == 1 or scale[((what >> CODE_AT) & code_bits) - 1] == 0
        ):
            key = mix(key, bits[row])
        keys[row] = key


@kernel
def put(keys: Longs, numbers: Ints, key: int, number: int) -> None:
    """Write the number of a key into the table; the key may be there or not."""
    mask = keys.size - 1
    slot = key & mask
    while numbers[slot] != -1 and keys[slot] != key:
        slot = (slot + 1) & mask
    keys[slot], numbers[slot] = key, number


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
