"""A lowered pathway as the kernels see it: one row of numbers, the tables in it, and how they are read.

The kernels get few arrays on purpose: what they take apart at every call is what they cost to compile. So all
tables lie end to end behind a header that says where each begins, and are read by name through the functions here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple, NewType

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.engine.many.jit import kernel, place
from assuage.engine.many.program import codes as c

Stream = NewType("Stream", int)  # the number of a list of events: see `codes.StreamKind`


class Program(NamedTuple):
    """The questions, gates and phases of a pathway as numbers. Made by `pack`, read by what follows below."""

    numbers: Longs


class ProgramTable(IntEnum):
    """The tables of a program. The number of each is the place in the header that says where it begins."""

    MEASURES = 0  # measure: its fields
    LEAVES = 1  # leaf: its fields
    BOUNDS = 2  # leaf: the number it compares with, in billionths
    ITEMS = 3  # the lists of streams or sites that leaves and onsets point into
    CODE = 4  # steps of postfix code: operation and operand
    TEST_FIRST = 5  # criterion: its first step; one more at the end
    DEPENDS = 6  # criterion: whether its answer hangs on the entry to the phase
    ONSET_FIRST = 7  # onset: its first item, a stream of a symptom; one more at the end
    ONSET_PLACE = 8  # onset: the list of sites it is asked at
    PLACES = 9  # list of sites, site: whether the site lies in one of the list
    WITHIN = 10  # site, site: whether the one lies within the other or is it
    GATE_FIRST = 11  # gate: its first criterion; one more at the end
    GATE_TESTS = 12
    PHASE_ENTER = 13  # phase: the gate into it
    PHASE_LEAVE = 14  # phase: the gate out of it
    BACK_FIRST = 15  # phase: its first way back; one more at the end
    BACK_TO = 16
    BACK_GATE = 17
    RESTRICTIONS = 18  # restriction: the stream of its therapy, and the criterion that lifts it
    DAILY_RULE = 19  # source: the DailyRule of its scale
    ASKED_TIME = 20  # source: the time of day it is asked for; -1 for any
    WAITS = 21  # phase: for how many days at least no gate leads on, and for how many none leads back


class Size(IntEnum):
    """How many there are of what, and streams that have a meaning of their own; places in the header as well."""

    SITES = 22
    PHASES = 23
    CRITERIA = 24
    LEAVES = 25
    SOURCES = 26
    STREAMS = 27
    RESTRICTIONS = 28
    GATES = 29
    DAYS_BACK = 30  # for how many days before the start a day value can still matter; -1 for any number
    DECISIONS = 31  # the stream of decisions
    FLAGGING = 32  # the stream of what raises and clears red flags; its mark: whether gates are shut
    STACK = 33  # how many answers a test holds at most while it is worked out


HEADER = len(ProgramTable) + len(Size)


class MeasureField(IntEnum):
    """The columns of the table of measures."""

    KIND = 0  # a MeasureKind
    SOURCE = 1
    WINDOW = 2  # a WindowKind
    SPAN = 3  # days of a past window, or of "within"
    NEEDING = 4  # on how many days there must be a value
    HOW = 5  # a SummaryKind
    STREAM = 6  # the sessions or doses it counts
    ONSET = 7
    PLACE = 8  # the list of sites sessions are asked at; ANYWHERE for none
    REPORTED = 9  # 1 where silence is only an answer if the patient reported anything
    ANCHOR = 10  # the WindowKind of the anchor of a fall


class LeafField(IntEnum):
    """The columns of the table of leaves."""

    KIND = 0  # a LeafKind
    MEASURE = 1
    SIGN = 2  # a Comparison
    STREAM = 3
    FIRST_ITEM = 4
    LAST_ITEM = 5  # the one after its last
    WINDOW = 6  # a WindowKind
    SPAN = 7
    ONSET = 8
    HOW = 9  # a SymptomQuestion
    EXPOSURE = 10  # the stream of the therapy after which something is asked


MEASURE_WIDTH, LEAF_WIDTH = len(MeasureField), len(LeafField)
ON, BACK = 0, 1  # the two columns of WAITS: the ways a gate leads


def pack(tables: Mapping[ProgramTable, Sequence[object] | Longs], sizes: Mapping[Size, int]) -> Program:
    """The program of all these tables and sizes. Raises ValueError unless each is given once."""
    if {*tables} != {*ProgramTable} or {*sizes} != {*Size}:
        raise ValueError("a program needs every table and every size")
    header = np.zeros(HEADER, np.int64)
    parts = [header]
    begin = HEADER
    for table, rows in tables.items():
        flat = np.array(rows, dtype=np.int64).reshape(-1)
        header[table] = begin
        parts.append(flat)
        begin += flat.size
    for name, number in sizes.items():
        header[name] = number
    return Program(np.concatenate(parts))


@kernel
def size_of(program: Program, what: Size) -> int:
    """How many there are of something."""
    return program.numbers[what]


@kernel
def table_item(program: Program, table: ProgramTable, at: int) -> int:
    """What a table of one column says."""
    return program.numbers[place(program.numbers[table] + at)]


@kernel
def listed_stream(program: Program, at: int) -> Stream:
    """An item of a leaf or an onset that is a stream."""
    return program.numbers[place(program.numbers[ProgramTable.ITEMS] + at)]


@kernel
def places_owned(program: Program, firsts: ProgramTable, owner: int) -> Iterable[int]:
    """The places of what belongs to a criterion, gate, phase or onset; `firsts` says where each one's begin."""
    begin = program.numbers[firsts] + owner
    return range(program.numbers[place(begin)], program.numbers[place(begin + 1)])


@kernel
def in_grid(program: Program, table: ProgramTable, row: int, column: int, wide: int) -> int:
    """What a table of more than one column says."""
    return program.numbers[place(program.numbers[table] + row * wide + column)]


@kernel
def measure_field(program: Program, measure: int, field: MeasureField) -> int:
    """What is written of a measure."""
    return program.numbers[place(program.numbers[ProgramTable.MEASURES] + measure * MEASURE_WIDTH + field)]


@kernel
def leaf_field(program: Program, leaf: int, field: LeafField) -> int:
    """What is written of a leaf."""
    return program.numbers[place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH + field)]


@kernel
def item_places(program: Program, leaf: int) -> Iterable[int]:
    """The places of the items of a leaf."""
    return range(
        leaf_field(program, leaf, LeafField.FIRST_ITEM), leaf_field(program, leaf, LeafField.LAST_ITEM)
    )


@kernel
def measure_kind(program: Program, measure: int) -> c.MeasureKind:
    """Which measure it is."""
    return program.numbers[place(program.numbers[ProgramTable.MEASURES] + measure * MEASURE_WIDTH)]


@kernel
def leaf_kind(program: Program, leaf: int) -> c.LeafKind:
    """Which question it is."""
    return program.numbers[place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH)]


@kernel
def measure_window(program: Program, measure: int) -> c.WindowKind:
    """Where the window of a measure begins."""
    at = program.numbers[ProgramTable.MEASURES] + measure * MEASURE_WIDTH + MeasureField.WINDOW
    return program.numbers[place(at)]


@kernel
def leaf_window(program: Program, leaf: int) -> c.WindowKind:
    """Where the window of a leaf begins."""
    return program.numbers[place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH + LeafField.WINDOW)]


@kernel
def how_summed(program: Program, measure: int) -> c.SummaryKind:
    """How the day values of a measure become one."""
    return program.numbers[
        place(program.numbers[ProgramTable.MEASURES] + measure * MEASURE_WIDTH + MeasureField.HOW)
    ]


@kernel
def daily_rule(program: Program, source: int) -> c.DailyRule:
    """How several values of one day become one."""
    return program.numbers[place(program.numbers[ProgramTable.DAILY_RULE] + source)]


@kernel
def sign_of(program: Program, leaf: int) -> c.Comparison:
    """The sign between the measure of a leaf and its bound."""
    return program.numbers[place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH + LeafField.SIGN)]


@kernel
def operation_at(program: Program, step: int) -> tuple[c.Operation, int]:
    """A step of postfix code: the operation and its operand."""
    at = program.numbers[ProgramTable.CODE] + 2 * step
    return program.numbers[place(at)], program.numbers[place(at + 1)]


@kernel
def measure_stream(program: Program, measure: int) -> Stream:
    """The sessions or doses that a measure counts."""
    at = program.numbers[ProgramTable.MEASURES] + measure * MEASURE_WIDTH + MeasureField.STREAM
    return program.numbers[place(at)]


@kernel
def leaf_stream(program: Program, leaf: int) -> Stream:
    """The stream that a leaf looks at."""
    return program.numbers[place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH + LeafField.STREAM)]


@kernel
def exposure_stream(program: Program, leaf: int) -> Stream:
    """The therapy after which a leaf asks for something."""
    return program.numbers[
        place(program.numbers[ProgramTable.LEAVES] + leaf * LEAF_WIDTH + LeafField.EXPOSURE)
    ]


@kernel
def decision_stream(program: Program) -> Stream:
    """The stream of decisions."""
    return program.numbers[Size.DECISIONS]


@kernel
def flagging_stream(program: Program) -> Stream:
    """The stream of what raises and clears red flags."""
    return program.numbers[Size.FLAGGING]


@kernel
def restriction_of(program: Program, restriction: int) -> tuple[Stream, int]:
    """The stream of a restricted therapy, and the criterion that lifts the restriction (NO_CRITERION: none)."""
    at = program.numbers[ProgramTable.RESTRICTIONS] + 2 * restriction
    return program.numbers[place(at)], program.numbers[place(at + 1)]


@kernel
def waits_of(program: Program, phase: int, way: int) -> int:
    """For how many days from the entry to a phase no gate can lead ON, or BACK."""
    return program.numbers[place(program.numbers[ProgramTable.WAITS] + 2 * phase + way)]
