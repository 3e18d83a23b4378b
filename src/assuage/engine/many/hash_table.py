"""Numbers by key: what was met before is looked up for millions of places in one pass, and only the new is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.jit import kernel, mix

AT_ONCE = 4096  # new keys that one pass lists
FREE_SLOT, CLAIMED = -1, -2  # in place of a number: nobody has the slot, or a new key without a number yet
_FIRST_SIZE = 1 << 14


@kernel
def slot_of(keys: Longs, numbers: Ints, key: int) -> int:
    """Where a key stands in the table, or the free slot where it would.

    Open addressing with linear steps. The table has a power of two of slots and is never more than a third full, so
    that there is always a free slot, and seldom a second step.
    """
    mask = keys.size - 1
    slot = key & mask
    while numbers[slot] != FREE_SLOT and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot


@kernel
def claim_slot(keys: Longs, numbers: Ints, slot: int, key: int, at: int, new: int, missing: Longs) -> int:
    """How many new keys are listed once this one is, with the first place it was met at, if its slot is free."""
    if numbers[slot] != FREE_SLOT or new == missing.shape[0]:
        return new
    keys[slot], numbers[slot] = key, CLAIMED
    missing[new, 0], missing[new, 1] = at, key
    return new + 1


@kernel
def look_up(keys: Longs, numbers: Ints, wanted: Longs, looked_up: Ints, missing: Longs) -> int:
    """Look up the number of each key; the first place of each new one is listed, with its key.

    The number is negative as long as a key has none: whoever asked numbers what is listed, and asks again.
    """
    new = 0
    for at in range(wanted.size):
        slot = slot_of(keys, numbers, wanted[at])
        new = claim_slot(keys, numbers, slot, wanted[at], at, new, missing)
        looked_up[at] = numbers[slot]
    return new


@kernel
def put_number(keys: Longs, numbers: Ints, key: int, number: int) -> None:
    """Write the number of a key into the table; the key may be there or not."""
    slot = slot_of(keys, numbers, key)
    keys[slot], numbers[slot] = key, number


@kernel
def scatter(keys: Longs, out: Longs) -> None:
    """Keys that differ in any bit, as keys that differ in the low ones; no two become one."""
    for at in range(keys.size):
        out[at] = mix(0, keys[at])


class HashTable:
    """Numbers by key, in an open table that grows. Keys must differ in their low bits."""

    def __init__(self) -> None:
        self.keys: Longs = np.zeros(_FIRST_SIZE, np.int64)
        self.numbers: Ints = np.full(_FIRST_SIZE, FREE_SLOT, np.int32)
        self.missing: Longs = np.empty((AT_ONCE, 2), np.int64)
        self.count = 0

    def add(self, key: int, number: int) -> None:
        """Remember the number of a key that a pass has listed."""
        put_number(self.keys, self.numbers, key, number)
        self.count += 1

    def make_room(self) -> None:
        """Grow until the table stays sparse whatever the next pass lists."""
        while 3 * (self.count + AT_ONCE) > self.keys.size:
            used = self.numbers >= 0
            keys, numbers = self.keys[used], self.numbers[used]
            self.keys = np.zeros(8 * self.keys.size, np.int64)
            self.numbers = np.full(self.keys.size, FREE_SLOT, np.int32)
            for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
                put_number(self.keys, self.numbers, key, number)


class MemoTable:
    """Answers by key: a line for each key met, the first for the key 0."""

    def __init__(self, empty: tuple[Any, ...]) -> None:
        self.lines: list[tuple[Any, ...]] = [empty]
        self.known = HashTable()
        nothing = np.empty(1, np.int64)
        scatter(np.zeros(1, np.int64), nothing)
        self.known.add(int(nothing[0]), 0)

    def line_of(self, keys: Longs, judged: Bytes, ask: Callable[[int], tuple[Any, ...]]) -> Ints:
        """The line of each patient. `ask` gives the line of a new key from the first patient that has it."""
        known, wanted, lines = self.known, np.empty(keys.size, np.int64), np.empty(keys.size, np.int32)
        scatter(np.where(judged, keys, 0).astype(np.int64), wanted)
        while new := look_up(known.keys, known.numbers, wanted, lines, known.missing):
            for patient, key in known.missing[:new].tolist():
                known.add(key, len(self.lines))
                self.lines.append(ask(patient))
            known.make_room()
        return lines

    def column(self, at: int) -> Any:
        """One column of the answers."""
        return np.stack([line[at] for line in self.lines])
