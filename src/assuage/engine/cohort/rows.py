"""Rows of the table become entries, fast: sorted within each patient, grouped, and named by what they say.

Most entries of a cohort say one of a few hundred things. Rows of one entry are hashed together, and each
distinct entry is read once by the record's own reader (`entries`); its day, its minute and the value of a plain
score are not part of what it says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.cohort.codes import END_OF_DAY
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel

NO_ENTRY = 2**40  # rows that name no entry follow those that do
UNSORTED = 20_000  # moves of rows within one patient after which sorting is left to the library


class Rows(NamedTuple):
    """The rows of whole patients, in the order of the file; words are numbers, -1 stands for null."""

    start: Longs  # the first row of each patient; one more at the end
    day: Ints
    minute: Ints
    kind: Ints
    code: Ints
    site: Ints
    text: Ints
    value: Floats  # NaN stands for null
    entry: Longs  # the entry a row names, or NO_ENTRY
    number: Ints  # the row's number in its entry


class Words(NamedTuple):
    """What the numbers of words mean to the grouping of rows."""

    plain: Bytes  # kind: whether it is a score
    scale: (
        Bytes  # code, shifted by one for null: whether it is a plain scale, whose every value is like another
    )
    fact: Bytes  # kind: whether it is a fact of the patient
    answers: Bytes  # kind: whether it is answers
    holds: Bytes  # text, shifted by one for null: whether it holds the value of the entry
    instrument: Ints  # code: the instrument of an item


class Heads(NamedTuple):
    """One line for each entry, in the order in which they happened to each patient."""

    start: Longs  # the first entry of each patient; one more at the end
    row: Ints  # the place of its first row in the order
    rows: Ints  # how many rows it has
    key: Longs  # what it says
    day: Ints
    minute: Ints
    value: Floats
    entry: Longs


@kernel
def sort_rows(r: Rows, order: Ints, late: Bytes) -> int:
    """Put the rows of each patient in order (stable); the number of patients that need more than insertion."""
    left = 0
    for patient in range(r.start.size - 1):
        moves = 0
        begin = r.start[patient]
        for at in range(begin, r.start[patient + 1]):
            row = at
            moment = r.day[row] * 2048 + (END_OF_DAY if r.minute[row] < 0 else r.minute[row])
            slot = at
            while slot > begin and moves < UNSORTED:
                other = order[slot - 1]
                before = r.day[other] * 2048 + (END_OF_DAY if r.minute[other] < 0 else r.minute[other])
                if before < moment:
                    break
                if before == moment and r.entry[other] < r.entry[row]:
                    break
                if before == moment and r.entry[other] == r.entry[row] and r.number[other] <= r.number[row]:
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
    if r.kind[row] != r.kind[other] or r.day[row] != r.day[other] or r.minute[row] != r.minute[other]:
        return False
    if w.fact[r.kind[row]]:
        return False
    if r.entry[row] != NO_ENTRY:
        return r.entry[row] == r.entry[other]
    return (
        r.entry[other] == NO_ENTRY
        and w.answers[r.kind[row]] == 1
        and r.text[row] < 0
        and r.text[other] < 0
        and r.code[row] >= 0
        and r.code[other] >= 0
        and w.instrument[r.code[row]] == w.instrument[r.code[other]]
    )


@kernel
def group_rows(r: Rows, w: Words, order: Ints, bits: Longs, h: Heads) -> int:
    """Fill in the heads; the number of entries. `bits` are the values as whole numbers, to be hashed."""
    n = 0
    for patient in range(r.start.size - 1):
        h.start[patient] = n
        for at in range(r.start[patient], r.start[patient + 1]):
            row = order[at]
            kind, text = r.kind[row], r.text[row]
            single = (r.entry[row] == NO_ENTRY and w.answers[kind] == 0) or at == r.start[patient]
            if single or not joins(r, w, row, order[at - 1]):
                h.row[n], h.rows[n], h.key[n] = at, 0, kind
                h.day[n], h.minute[n], h.value[n], h.entry[n] = (
                    r.day[row],
                    r.minute[row],
                    r.value[row],
                    r.entry[row],
                )
                n += 1
            head = n - 1
            h.rows[head] += 1
            # Codes, sites and texts each have their own bits, so that one step of the hash takes all three.
            key = mix(h.key[head], (((text + 1) << 36) | ((r.code[row] + 1) << 12)) + r.site[row] + 1)
            if not w.plain[kind] or not w.scale[r.code[row] + 1] or w.holds[text + 1]:
                key = mix(key, bits[row])
            h.key[head] = key
    h.start[r.start.size - 1] = n
    return n


@kernel
def find(keys: Longs, numbers: Ints, wanted: Longs, found: Ints, missing: Ints) -> int:
    """Look each key up in a table with open addressing; the number of keys that are new, the first of each listed."""
    mask = keys.size - 1
    n = 0
    for at in range(wanted.size):
        key = wanted[at]
        slot = key & mask
        while numbers[slot] != -1 and keys[slot] != key:
            slot = (slot + 1) & mask
        if numbers[slot] == -1:
            if n == missing.size:
                return n
            keys[slot], numbers[slot] = key, -2
            missing[n] = at
            n += 1
        found[at] = numbers[slot]
    return n


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
        rows=np.empty(rows, np.int32),
        key=np.empty(rows, np.int64),
        day=np.empty(rows, np.int32),
        minute=np.empty(rows, np.int32),
        value=np.empty(rows, np.float64),
        entry=np.empty(rows, np.int64),
    )
