"""Numbers by key: what was met before is looked up for millions of places in one pass, and only the new is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from assuage.engine.many.jit import Bytes, Ints, Longs, kernel

AT_ONCE = 4096  # new keys that one pass lists
_FIRST = 1 << 14


@kernel
def mix(seed: int, word: int) -> int:
    """The next state of a 64-bit hash. Two of a million distinct entries meet once in ten million cohorts."""
    x = np.uint64(seed) ^ (np.uint64(word) + np.uint64(0x9E3779B97F4A7C15))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64(x ^ (x >> np.uint64(31)))  # pyright: ignore[reportReturnType]  # a number to the compiler


@kernel
def slot_of(keys: Longs, numbers: Ints, key: int) -> int:
    """Where a key stands in the table, or the free slot where it would."""
    mask = keys.size - 1
    slot = key & mask
    while numbers[slot] != -1 and keys[slot] != key:
        slot = (slot + 1) & mask
    return slot


@kernel
def claim(keys: Longs, numbers: Ints, slot: int, key: int, place: int, new: int, missing: Longs) -> int:
    """How many new keys are listed once this one is, with the first place it was met at, if its slot is free."""
    if numbers[slot] != -1 or new == missing.shape[0]:
        return new
    keys[slot], numbers[slot] = key, -2
    missing[new, 0], missing[new, 1] = place, key
    return new + 1


@kernel
def find(keys: Longs, numbers: Ints, wanted: Longs, said: Ints, missing: Longs) -> int:
    """Look up the number of each key; the first place of each new one is listed, with its key."""
    new = 0
    for place in range(wanted.size):
        slot = slot_of(keys, numbers, wanted[place])
        new = claim(keys, numbers, slot, wanted[place], place, new, missing)
        said[place] = numbers[slot]
    return new


@kernel
def put(keys: Longs, numbers: Ints, key: int, number: int) -> None:
    """Write the number of a key into the table; the key may be there or not."""
    slot = slot_of(keys, numbers, key)
    keys[slot], numbers[slot] = key, number


@kernel
def spread(keys: Longs, out: Longs) -> None:
    """Keys that differ in any bit, as keys that differ in the low ones; no two become one."""
    for at in range(keys.size):
        out[at] = mix(0, keys[at])


class Known:
    """Numbers by key, in an open table that grows. Keys must differ in their low bits."""

    def __init__(self) -> None:
        self.keys: Longs = np.zeros(_FIRST, np.int64)
        self.numbers: Ints = np.full(_FIRST, -1, np.int32)
        self.missing: Longs = np.empty((AT_ONCE, 2), np.int64)
        self.count = 0

    def add(self, key: int, number: int) -> None:
        """Remember the number of a key that a pass has listed."""
        put(self.keys, self.numbers, key, number)
        self.count += 1

    def make_room(self) -> None:
        """Grow until the table stays sparse whatever the next pass lists."""
        while 3 * (self.count + AT_ONCE) > self.keys.size:
            used = self.numbers >= 0
            keys, numbers = self.keys[used], self.numbers[used]
            self.keys = np.zeros(8 * self.keys.size, np.int64)
            self.numbers = np.full(self.keys.size, -1, np.int32)
            for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
                put(self.keys, self.numbers, key, number)


class Table:
    """Answers by key: a line for each key met, the first for the key 0."""

    def __init__(self, empty: tuple[Any, ...]) -> None:
        self.lines: list[tuple[Any, ...]] = [empty]
        self.known = Known()
        nothing = np.empty(1, np.int64)
        spread(np.zeros(1, np.int64), nothing)
        self.known.add(int(nothing[0]), 0)

    def look_up(self, keys: Longs, judged: Bytes, ask: Callable[[int], tuple[Any, ...]]) -> Ints:
        """The line of each patient. `ask` gives the line of a new key from the first patient that has it."""
        known, wanted, lines = self.known, np.empty(keys.size, np.int64), np.empty(keys.size, np.int32)
        spread(np.where(judged, keys, 0).astype(np.int64), wanted)
        while new := find(known.keys, known.numbers, wanted, lines, known.missing):
            for patient, key in known.missing[:new].tolist():
                known.add(key, len(self.lines))
                self.lines.append(ask(patient))
            known.make_room()
        return lines

    def column(self, at: int) -> Any:
        """One column of the answers."""
        return np.stack([line[at] for line in self.lines])
