"""From move to move: which decisions and gates move each patient of a block, one move a day.

The rules are those of the walk of one patient, and its specification (`tests/spec`, the page on moves) holds for both.
"""

from __future__ import annotations

from typing import NamedTuple

from assuage.engine.many.arrays import Bytes, Ints, Longs, Words
from assuage.engine.many.blocks.block import (
    Block,
    EventField,
    Moment,
    Slot,
    begin_of,
    end_of,
    event,
    first_day,
    slots_of,
    started,
    until,
)
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import DecisionKind
from assuage.engine.many.program.layout import BACK, ON, Program, Size, decision_stream, size_of, waits_of
from assuage.engine.many.walk.gates import gate_candidates, move_by_gate, next_candidate

BY_GATE, BY_DECISION = 0, 1
FREE, HELD, LEFT = 0, 1, 2  # whether gates may move a patient, or else which decision keeps them from it
NOWHERE = -2  # a decision that the pathway cannot follow


class Stays(NamedTuple):
    """Stays of many patients, in the order of the patients; `left` is NO_DAY while one lasts."""

    patient: Ints
    phase: Bytes
    entered: Ints
    left: Ints
    by: Bytes


class Position(NamedTuple):
    """Where a patient is while they are walked."""

    phase: int  # OUTSIDE for none
    entered: int  # NO_DAY outside
    stay: int  # the number of the latest stay; -1 before the first
    chosen: bool  # whether a decision has begun a stay


@kernel
def walk_block(
    program: Program,
    block: Block,
    answers: Bytes,
    changes: Longs,
    holds: Bytes,
    stays: Stays,
    count: int,
    given_up: Bytes,
) -> int:
    """Fill in the changes of phase of each patient, and the stays; how many stays there are then.

    Days on which neither a decision nor a gate can move the patient are passed over. On a day with a decision no gate
    is asked: the decision stands, also one to stay.
    """
    decisions = decision_stream(program)
    candidates = gate_candidates(program, answers)
    for slot in slots_of(block):
        day, last = started(block, slot), until(block, slot)
        here = Position(phase=long(c.OUTSIDE), entered=long(c.NO_DAY), stay=long(-1), chosen=False)
        decision, end = begin_of(block, decisions, slot), end_of(block, decisions, slot)
        write_change(changes, slot, c.NO_DAY, here)
        while day <= last:
            decided = event(block, decision, EventField.DAY) if decision < end else c.NEVER
            gated = c.NEVER
            if holds[slot] == FREE:
                gated = next_gate_day(program, block, candidates, slot, here, day)
            day = min(decided, gated)
            if day > last:
                break
            if decided == day:
                while decision < end and event(block, decision, EventField.DAY) == day and not given_up[slot]:
                    here, count = follow_decision(
                        program, block, decision, slot, here, holds, stays, count, given_up
                    )
                    decision += 1
                if given_up[slot]:
                    break
                write_change(changes, slot, day, here)
            else:
                moment = Moment(slot=slot, day=day, entered=here.entered)
                to = move_by_gate(program, block, answers, here.phase, moment)
                if to != c.OUTSIDE:
                    here, count = begin_stay(stays, count, slot, to, day, long(BY_GATE), here)
                    write_change(changes, slot, day, here)
            day += 1
    return count


@kernel
def next_gate_day(
    program: Program, block: Block, candidates: Words, slot: Slot, here: Position, day: int
) -> int:
    """The first day from `day` on on which a gate may move a patient; NEVER if there is none.

    A gate that asks for weeks in the phase is shut until they are over, whatever else it asks: `waits_of`.
    """
    origin, phase = first_day(block), here.phase
    row = day - origin
    if phase == c.OUTSIDE:
        on = back = row
    else:
        row += day == here.entered  # a stay is judged from its second day on
        on = max(row, here.entered - origin + waits_of(program, phase, ON))
        back = max(row, here.entered - origin + waits_of(program, phase, BACK))
    gated = min(
        next_candidate(candidates[phase + 1, ON], slot, on),
        next_candidate(candidates[phase + 1, BACK], slot, back),
    )
    return gated if gated == c.NEVER else gated + origin


@kernel
def follow_decision(
    program: Program,
    block: Block,
    decision: int,
    slot: Slot,
    here: Position,
    holds: Bytes,
    stays: Stays,
    count: int,
    given_up: Bytes,
) -> tuple[Position, int]:
    """Where a decision leads a patient, and how many stays there are then.

    A decision that the pathway cannot follow is left to the fallback, which says what is wrong with it.
    """
    do: DecisionKind = event(block, decision, EventField.MARK)  # pyright: ignore[reportAssignmentType]
    named, day = event(block, decision, EventField.PHASE), event(block, decision, EventField.DAY)
    if holds[slot] == LEFT and do != DecisionKind.ENTER and not (do == DecisionKind.OVERRIDE and named >= 0):
        given_up[slot] = 1  # after leaving only `enter` leads back, and an override that says where to
        return here, count
    holds[slot] = FREE
    to = here.phase
    if do == DecisionKind.LEAVE:
        holds[slot] = LEFT
        if here.phase != c.OUTSIDE:
            stays.left[here.stay] = day
        nowhere = long(c.NO_DAY)
        outside = Position(phase=long(c.OUTSIDE), entered=nowhere, stay=here.stay, chosen=here.chosen)
        return outside, count
    if do == DecisionKind.HOLD:
        holds[slot] = HELD
        to = max(here.phase, 0)  # held outside, a patient is in the first phase
    elif (
        do == DecisionKind.ENTER
        or do == DecisionKind.ADVANCE
        or do == DecisionKind.RETURN
        or do == DecisionKind.OVERRIDE
    ):
        to = target_of(program, do, here.phase, named)
    else:
        c.unhandled(do)
    if to == NOWHERE:
        given_up[slot] = 1
        return here, count
    # The first `enter` is the beginning of the pathway, also where a gate had let in before.
    if to != here.phase or (do == DecisionKind.ENTER and not here.chosen):
        stay, count = begin_stay(stays, count, slot, to, day, long(BY_DECISION), here)
        return Position(phase=stay.phase, entered=stay.entered, stay=stay.stay, chosen=True), count
    return here, count


@kernel
def target_of(program: Program, do: DecisionKind, phase: int, named: int) -> int:
    """The phase that a decision means; NOWHERE where the pathway has no such way.

    Without a name it is the next phase. `advance` to an earlier phase and `return` to a later one say two things at
    once: nobody guesses which was meant.
    """
    if named < 0:
        return NOWHERE if phase + 1 == size_of(program, Size.PHASES) else phase + 1
    if phase != c.OUTSIDE and do == DecisionKind.ADVANCE and named < phase:
        return NOWHERE
    if phase != c.OUTSIDE and do == DecisionKind.RETURN and phase < named:
        return NOWHERE
    return named


@kernel
def begin_stay(
    stays: Stays, count: int, slot: Slot, phase: int, day: int, by: int, here: Position
) -> tuple[Position, int]:
    """Write a stay, and end the one before it; where the patient is then, and how many stays there are."""
    if here.stay >= 0 and stays.left[here.stay] == c.NO_DAY:
        stays.left[here.stay] = day
    stays.patient[count], stays.phase[count], stays.by[count] = slot, phase, by
    stays.entered[count], stays.left[count] = day, c.NO_DAY
    return Position(phase=phase, entered=day, stay=count, chosen=here.chosen), count + 1


# --- changes of phase: for each patient how many numbers follow, then day, phase and entry of each --------


@kernel
def write_change(changes: Longs, slot: Slot, day: int, here: Position) -> None:
    """Write down that from a day on a patient is in a phase."""
    at = changes[slot, 0]
    changes[slot, at + 1], changes[slot, at + 2], changes[slot, at + 3] = day, here.phase, here.entered
    changes[slot, 0] = at + 3


@kernel
def phase_at(changes: Longs, slot: Slot, day: int) -> tuple[int, int]:
    """The phase of a patient at the end of a day (OUTSIDE for none), and when it was entered."""
    at = changes[slot, 0]
    while changes[slot, at - 2] > day:
        at -= 3
    return changes[slot, at - 1], changes[slot, at]
