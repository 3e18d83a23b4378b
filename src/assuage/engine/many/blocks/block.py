"""A block of patients as the kernels see it, and how they look things up in it.

Patients lie side by side, each in a slot of their own, and days below each other, so that one day of all patients
lies together. Whatever is rarer than a day value is a list of events for each patient, a stream, in the order in
which it happened. A row of the grid is a day counted from the first day of the block.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, NewType

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Longs
from assuage.engine.many.jit import kernel, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.layout import Program, Stream, decision_stream

Slot = NewType("Slot", int)  # the place of a patient in a block


class Block(NamedTuple):
    """Some patients' entries. Made by `load`, read by what follows below."""

    numbers: Longs  # laid out as `BlockPart` says
    values: (
        Floats  # day values by source, row and slot, NaN for none: low ends, then high ends if any is a range
    )


class Moment(NamedTuple):
    """Whom a question is about, at the end of which day, and when the phase was entered that it is asked in."""

    slot: Slot
    day: int
    entered: int


class BlockPart(IntEnum):
    """The header of a block: sizes, and where each table begins."""

    FIRST_DAY = 0  # the day of the first row
    DAYS = 1
    SLOTS = 2
    STARTED = 3  # slot: the first day of the pathway
    UNTIL = 4  # slot: the last day that is looked at
    MEDICATED = 5  # slot: the first day on which any medication was recorded
    REPORTED = 6  # row (one more), slot: on how many days before this one the patient reported anything
    BEGIN = 7  # stream, slot: its first event
    END = 8  # stream, slot: the one after its last
    EVENTS = 9
    SITES_SAID = 10  # scratch: what is said of each site of a symptom
    STACK = 11  # scratch: answers while a test is worked out
    HIGH = 12  # how far after the low end of a day value its high end lies; 0 while no value is a range
    SOURCE_OFFSETS = (
        13  # source: the place of its day values among those of all; one more at the end, which is empty
    )


HEADER = len(BlockPart)


class EventField(IntEnum):
    """The columns of the table of events."""

    DAY = 0
    MARK = 1
    SITE = 2  # of a symptom; ANYWHERE for none. Of a finding: for how many days it holds
    PHASE = 2  # of a decision
    NAME = 2  # of a drug: the number of the name it is taken under, alone or in a combination
    HERE = 3  # two bits for each list of sites: the answer whether it was there
    MINUTE = 4  # of the day; -1 for no time


EVENT_WIDTH = len(EventField)


# --- who and when ---------------------------------------------------------------------------------


@kernel
def slots_of(block: Block) -> Iterable[Slot]:
    """The patients of a block."""
    return range(block.numbers[BlockPart.SLOTS])  # pyright: ignore[reportReturnType]  # numbers, whatever they are called


@kernel
def slot_count(block: Block) -> int:
    """How many patients there are."""
    return block.numbers[BlockPart.SLOTS]


@kernel
def first_day(block: Block) -> int:
    """The day of the first row."""
    return block.numbers[BlockPart.FIRST_DAY]


@kernel
def started(block: Block, slot: Slot) -> int:
    """The first day of the pathway."""
    return block.numbers[place(block.numbers[BlockPart.STARTED] + slot)]


@kernel
def until(block: Block, slot: Slot) -> int:
    """The last day that is looked at."""
    return block.numbers[place(block.numbers[BlockPart.UNTIL] + slot)]


@kernel
def medicated_since(block: Block, slot: Slot) -> int:
    """The first day on which any medication was recorded; NEVER if none was."""
    return block.numbers[place(block.numbers[BlockPart.MEDICATED] + slot)]


@kernel
def reported_days(block: Block, row: int, slot: Slot) -> int:
    """On how many days before a row of the grid the patient reported anything."""
    return block.numbers[
        place(block.numbers[BlockPart.REPORTED] + row * block.numbers[BlockPart.SLOTS] + slot)
    ]


# --- events ---------------------------------------------------------------------------------------


@kernel
def begin_of(block: Block, stream: Stream, slot: Slot) -> int:
    """The number of the first event of a patient in a stream."""
    return block.numbers[
        place(block.numbers[BlockPart.BEGIN] + stream * block.numbers[BlockPart.SLOTS] + slot)
    ]


@kernel
def end_of(block: Block, stream: Stream, slot: Slot) -> int:
    """The number after the last event of a patient in a stream."""
    return block.numbers[place(block.numbers[BlockPart.END] + stream * block.numbers[BlockPart.SLOTS] + slot)]


@kernel
def events_of(block: Block, stream: Stream, slot: Slot) -> Iterable[int]:
    """The numbers of a patient's events in a stream, in the order in which they happened."""
    return range(begin_of(block, stream, slot), end_of(block, stream, slot))


@kernel
def has_events(block: Block, stream: Stream, slot: Slot) -> bool:
    """Whether a patient has any event in a stream."""
    return begin_of(block, stream, slot) < end_of(block, stream, slot)


@kernel
def event(block: Block, number: int, field: EventField) -> int:
    """What an event says."""
    return block.numbers[place(block.numbers[BlockPart.EVENTS] + number * EVENT_WIDTH + field)]


@kernel
def started_on(program: Program, block: Block, slot: Slot, day: int) -> int:
    """The first day of the pathway as it counts on a day: that of the latest decision to enter it, if there is one."""
    start = started(block, slot)
    for e in events_of(block, decision_stream(program), slot):
        if event(block, e, EventField.DAY) > day:
            break
        if event(block, e, EventField.MARK) == c.DecisionKind.ENTER:
            start = event(block, e, EventField.DAY)
    return start


# --- day values -----------------------------------------------------------------------------------


@kernel
def offset_of(block: Block, source: int) -> int:
    """Which of the grids of day values is that of a source. Sources of which nobody said anything share the last."""
    return block.numbers[place(block.numbers[BlockPart.SOURCE_OFFSETS] + source)]


@kernel
def cell(block: Block, source: int, row: int, slot: Slot) -> int:
    """Where the low end of a day value lies; the high end lies `numbers[BlockPart.HIGH]` further on."""
    numbers = block.numbers
    return (offset_of(block, source) * numbers[BlockPart.DAYS] + row) * numbers[BlockPart.SLOTS] + slot


@kernel
def low_of(block: Block, source: int, row: int, slot: Slot) -> float:
    """The low end of a day value; NaN for none."""
    return block.values[place(cell(block, source, row, slot))]


# --- rows of answers ------------------------------------------------------------------------------


@kernel
def clear(row: Bytes) -> None:
    """Fill a row with zeros, in one move like `copy`."""
    for i in range(row.size):
        row[i] = 0


@kernel
def copy(row: Bytes, to: Bytes) -> None:
    """Copy one row onto another: a loop of its own becomes a block move, an assignment of slices does not."""
    for i in range(row.size):
        to[i] = row[i]


@kernel
def join_rows(row: Bytes, every: int, some: int, to: Bytes) -> None:
    """Kleene's and, or its or, of two rows of answers: `every` is the bit that both must have, `some` the other."""
    needs_both, needs_either = np.uint8(every), np.uint8(some)
    for i in range(to.size):
        to[i] = (to[i] & row[i] & needs_both) | ((to[i] | row[i]) & needs_either)


@kernel
def narrow(row: Bytes, to: Bytes) -> None:
    """Keep the bits that are set in both."""
    for i in range(to.size):
        to[i] &= row[i]
