"""Which gates are open, and when one may move a patient at all."""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.one_day_questions import answer_on
from assuage.engine.many.arrays import Bytes, Words
from assuage.engine.many.blocks.block import (
    Block,
    EventField,
    Moment,
    Slot,
    clear,
    copy,
    event,
    events_of,
    first_day,
    narrow,
)
from assuage.engine.many.jit import kernel, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.layout import (
    BACK,
    ON,
    Program,
    ProgramTable,
    Size,
    flagging_stream,
    places_owned,
    size_of,
    table_item,
)


@kernel
def gate_is_open(program: Program, block: Block, answers: Bytes, gate: int, moment: Moment) -> bool:
    """Whether every criterion of a gate is known to be true and no red flag shuts it.

    What hangs on the phase is asked last. Unknown is not enough, and neither is "not known to be false": a gate that
    nobody answered for stays shut.
    """
    row = moment.day - first_day(block)
    for at in places_owned(program, ProgramTable.GATE_FIRST, gate):
        criterion = table_item(program, ProgramTable.GATE_TESTS, at)
        if (
            not table_item(program, ProgramTable.DEPENDS, criterion)
            and answers[criterion, row, moment.slot] != c.YES
        ):
            return False
    for at in places_owned(program, ProgramTable.GATE_FIRST, gate):
        criterion = table_item(program, ProgramTable.GATE_TESTS, at)
        depends = table_item(program, ProgramTable.DEPENDS, criterion)
        if depends and answer_on(program, block, criterion, moment) != c.YES:
            return False
    return not is_shut_by_flag(program, block, moment.slot, moment.day)


@kernel
def is_shut_by_flag(program: Program, block: Block, slot: Slot, day: int) -> bool:
    """Whether a red flag that is active on a day shuts every gate."""
    shut = False
    for e in events_of(block, flagging_stream(program), slot):
        if event(block, e, EventField.DAY) > day:
            break
        shut = event(block, e, EventField.MARK) != 0
    return shut


@kernel
def move_by_gate(program: Program, block: Block, answers: Bytes, phase: int, moment: Moment) -> int:
    """The phase to which the gates move a patient on a day; OUTSIDE for no move.

    The way back is looked at before the way on: who is calm enough for the next phase and in a relapse as well goes
    back. A stay is judged from its second day on, so that nobody runs through a phase in a day.
    """
    if phase == c.OUTSIDE:
        gate = table_item(program, ProgramTable.PHASE_ENTER, 0)
        # What counts from the entry to a phase is unknown here, and not counted from the start.
        outside = Moment(slot=moment.slot, day=moment.day, entered=c.NO_DAY)
        return 0 if gate < 0 or gate_is_open(program, block, answers, gate, outside) else c.OUTSIDE
    if moment.day == moment.entered:
        return c.OUTSIDE
    for at in places_owned(program, ProgramTable.BACK_FIRST, phase):
        if gate_is_open(program, block, answers, table_item(program, ProgramTable.BACK_GATE, at), moment):
            return table_item(program, ProgramTable.BACK_TO, at)
    if phase + 1 == size_of(program, Size.PHASES):
        return c.OUTSIDE
    for gate in (
        table_item(program, ProgramTable.PHASE_LEAVE, phase),
        table_item(program, ProgramTable.PHASE_ENTER, phase + 1),
    ):
        if gate >= 0 and not gate_is_open(program, block, answers, gate, moment):
            return c.OUTSIDE
    return phase + 1


# --- the days on which a gate may move anybody ----------------------------------------------------


@kernel
def widen(row: Bytes, to: Bytes) -> None:
    """Set the bits that are set in either."""
    for i in range(to.size):
        to[i] |= row[i]


@kernel
def gate_candidates(program: Program, answers: Bytes) -> Words:
    """For each phase (outside first), way a gate leads, and patient a bit a day: whether a gate may move the patient,
    going by what does not hang on the phase. A set bit only asks for a closer look.

    So the walk goes from move to move, and asks what hangs on the phase only on the few days that are left.
    """
    days, slots = answers.shape[1], answers.shape[2]
    size = days * slots
    flat = answers.reshape(answers.shape[0], size)
    gates = size_of(program, Size.GATES)
    met = np.full((gates + 1, size), c.YES, np.uint8)  # the last stands for "no gate"
    for gate in range(gates):
        for at in places_owned(program, ProgramTable.GATE_FIRST, gate):
            criterion = table_item(program, ProgramTable.GATE_TESTS, at)
            if not table_item(program, ProgramTable.DEPENDS, criterion):
                narrow(flat[criterion], met[gate])
    phases = size_of(program, Size.PHASES)
    bits = np.zeros((phases + 1, 2, (days + 63) // 64, slots), np.uint64)
    candidates = np.empty(size, np.uint8)
    for phase in range(-1, phases):
        if phase + 1 < phases:
            copy(met[table_item(program, ProgramTable.PHASE_ENTER, phase + 1)], candidates)
            if phase >= 0:
                narrow(met[table_item(program, ProgramTable.PHASE_LEAVE, phase)], candidates)
            to_bits(candidates, bits[phase + 1, ON])
        if phase >= 0:
            clear(candidates)
            for at in places_owned(program, ProgramTable.BACK_FIRST, phase):
                widen(met[table_item(program, ProgramTable.BACK_GATE, at)], candidates)
            to_bits(candidates, bits[phase + 1, BACK])
    return bits


@kernel
def to_bits(answers: Bytes, bits: Words) -> None:
    """Set a bit for each day whose answer is yes: a word holds 64 days of one patient."""
    slots = bits.shape[1]
    for i in range(answers.size // slots):
        shift, row = np.uint64(i & 63), bits[i >> 6]
        here = answers[i * slots : (i + 1) * slots]
        for slot in range(slots):
            row[slot] |= np.uint64(here[slot] & np.uint8(1)) << shift


@kernel
def next_candidate(bits: Words, slot: Slot, row: int) -> int:
    """The first row from `row` on whose bit is set; NEVER if there is none."""
    for word in range(row >> 6, bits.shape[0]):
        rest = bits[place(word), place(slot)]
        if word == row >> 6:
            rest &= ~np.uint64(0) << np.uint64(row & 63)
        if rest:
            at = word << 6
            while not rest & np.uint64(255):
                rest >>= np.uint64(8)
                at += 8
            while not rest & np.uint64(1):
                rest >>= np.uint64(1)
                at += 1
            return at
    return c.NEVER
