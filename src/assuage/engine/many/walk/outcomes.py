"""What the walk of a block comes to: breaches, the state on the last day, and the panel of every day."""

from __future__ import annotations

from typing import NamedTuple

from assuage.engine.many.answers.one_day_measures import is_shadowed
from assuage.engine.many.answers.one_day_questions import answer_on
from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.blocks.block import (
    Block,
    EventField,
    Moment,
    Slot,
    event,
    events_of,
    first_day,
    slots_of,
    started,
    until,
)
from assuage.engine.many.jit import kernel, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import SessionMark
from assuage.engine.many.program.layout import (
    Program,
    ProgramTable,
    Size,
    places_owned,
    restriction_of,
    size_of,
    table_item,
)
from assuage.engine.many.walk.gates import is_shut_by_flag
from assuage.engine.many.walk.moves import LEFT, Stays, phase_at

OPEN, SHUT = 1, 2  # of a gate; 0 for one that leads nowhere from here
NO_PHASE = 255  # in the panel


class Breaches(NamedTuple):
    """Sessions of a restricted therapy on days on which the restriction was in force."""

    patient: Ints
    restriction: Bytes
    day: Ints
    sure: Bytes


class States(NamedTuple):
    """Where each patient stands on their last day, a line each."""

    phase: Ints  # OUTSIDE for none
    holds: Bytes  # 1: held by a decision, 2: left by a decision
    gates: Bytes  # patient, gate: OPEN, SHUT, or 0 for one that leads nowhere from here
    answers: Bytes  # patient, criterion: as in `codes`, for those that are asked
    in_force: Bytes  # patient, restriction: whether it is in force


class Panel(NamedTuple):
    """Phase and answers of every day, patient after patient."""

    phase: Bytes  # the number of the phase, NO_PHASE outside
    answers: Bytes  # criterion, patient-day


class ChunkOutput(NamedTuple):
    """Everything a chunk of patients gives. `days` is where each patient's days begin in the panel."""

    stays: Stays
    breaches: Breaches
    states: States
    days: Longs
    panel: Panel


@kernel
def find_breaches(
    program: Program, block: Block, changes: Longs, out: Breaches, count: int, who: Longs
) -> int:
    """Sessions of restricted therapies while the restriction was in force; how many there are then.

    A restriction is lifted on the days on which its end is known to be reached, and on no others: a relapse brings it
    back by itself.
    """
    for slot in slots_of(block):
        for restriction in range(size_of(program, Size.RESTRICTIONS)):
            stream, lifted_by = restriction_of(program, restriction)
            for e in events_of(block, stream, slot):
                day = event(block, e, EventField.DAY)
                if is_shadowed(block, stream, slot, e):
                    continue
                if day < started(block, slot) or day > until(block, slot):
                    continue
                phase, entered = phase_at(changes, slot, day)
                if phase == c.OUTSIDE:
                    continue
                moment = Moment(slot=slot, day=day, entered=entered)
                if lifted_by >= 0 and answer_on(program, block, lifted_by, moment) == c.YES:
                    continue
                out.patient[count], out.restriction[count] = who[slot], restriction
                out.day[count], out.sure[count] = day, event(block, e, EventField.MARK) & SessionMark.SURE
                count += 1
    return count


@kernel
def fill_states(
    program: Program,
    block: Block,
    answers: Bytes,
    changes: Longs,
    holds: Bytes,
    wanted: Bytes,
    asked: Bytes,
    who: Longs,
    out: States,
) -> None:
    """Where each patient stands on their last day: gates that lead on or back, restrictions, asked criteria.

    `answers` holds those of every day for the criteria that are `wanted` and do not hang on the phase; the other
    criteria that are `asked` are answered here.
    """
    for slot in slots_of(block):
        patient, day = who[slot], until(block, slot)
        out.holds[patient] = holds[slot]
        out.phase[patient] = c.OUTSIDE
        if day < started(block, slot):
            continue
        phase, entered = phase_at(changes, slot, day)
        moment = Moment(slot=slot, day=day, entered=entered)
        out.phase[patient] = phase
        known, gates = out.answers[patient], out.gates[patient]
        row = day - first_day(block)
        for criterion in range(asked.size):
            if not asked[criterion]:
                continue
            if wanted[criterion] and not table_item(program, ProgramTable.DEPENDS, criterion):
                known[criterion] = answers[place(criterion), place(row), place(slot)]
            else:
                known[criterion] = answer_on(program, block, criterion, moment)
        mark_gates(program, phase, holds[slot], gates)
        if phase != c.OUTSIDE:
            for restriction in range(size_of(program, Size.RESTRICTIONS)):
                _, lifted_by = restriction_of(program, restriction)
                in_force = lifted_by < 0 or known[lifted_by] != c.YES
                out.in_force[patient, restriction] = in_force
        judge_gates(program, known, is_shut_by_flag(program, block, slot, day), gates)


@kernel
def mark_gates(program: Program, phase: int, holds: int, gates: Bytes) -> None:
    """Mark the gates that lead anywhere from a phase; whether one is open is not looked at yet."""
    if phase == c.OUTSIDE:
        enter = table_item(program, ProgramTable.PHASE_ENTER, 0)
        if holds != LEFT and enter >= 0:
            gates[enter] = SHUT
        return
    for at in places_owned(program, ProgramTable.BACK_FIRST, phase):
        gates[table_item(program, ProgramTable.BACK_GATE, at)] = SHUT
    if phase + 1 < size_of(program, Size.PHASES):
        for gate in (
            table_item(program, ProgramTable.PHASE_LEAVE, phase),
            table_item(program, ProgramTable.PHASE_ENTER, phase + 1),
        ):
            if gate >= 0:
                gates[gate] = SHUT


@kernel
def judge_gates(program: Program, known: Bytes, flagged: bool, gates: Bytes) -> None:
    """Say of each marked gate whether it is open: every criterion is known to be met, and no flag shuts it."""
    for gate in range(gates.size):
        if gates[gate] == 0:
            continue
        shut = flagged
        for at in places_owned(program, ProgramTable.GATE_FIRST, gate):
            shut |= known[table_item(program, ProgramTable.GATE_TESTS, at)] != c.YES
        gates[gate] = SHUT if shut else OPEN


@kernel
def fill_panel(
    program: Program, block: Block, changes: Longs, answers: Bytes, who: Longs, first: Longs, out: Panel
) -> None:
    """Phase and every answer of every day from the start of the pathway on."""
    for slot in slots_of(block):
        patient: int = who[slot]
        at, begun = first[patient], started(block, slot)
        row, length = begun - first_day(block), until(block, slot) + 1 - begun
        for criterion in range(out.answers.shape[0]):
            if not table_item(program, ProgramTable.DEPENDS, criterion):
                for i in range(length):
                    out.answers[criterion, at + i] = answers[criterion, row + i, slot]
        last = changes[slot, 0]
        for each in range(1, last, 3):
            phase, entered = changes[slot, each + 1], changes[slot, each + 2]
            begin = max(changes[slot, each] - begun, 0)
            end = length if each + 3 > last else min(changes[slot, each + 3] - begun, length)
            for i in range(begin, end):
                out.phase[at + i] = phase if phase >= 0 else NO_PHASE
            fill_dependent(program, block, slot, entered, begin, end, at, out)


@kernel
def fill_dependent(
    program: Program, block: Block, slot: Slot, entered: int, begin: int, end: int, at: int, out: Panel
) -> None:
    """The answers that hang on the phase, on the days of one stay; days are counted from the start."""
    for criterion in range(out.answers.shape[0]):
        if table_item(program, ProgramTable.DEPENDS, criterion):
            for i in range(begin, end):
                moment = Moment(slot=slot, day=started(block, slot) + i, entered=entered)
                out.answers[criterion, at + i] = answer_on(program, block, criterion, moment)
