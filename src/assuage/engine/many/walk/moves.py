"""From move to move: which decisions and gates move each patient of a block, one move a day."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.answers.one_day import test
from assuage.engine.many.blocks.block import begin_of, clear, copy, end_of, event, started, started_on, until
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel, long, place
from assuage.engine.many.program import codes as c

OUT, BY_GATE, BY_DECISION = -1, 0, 1
HELD, LEFT = 1, 2
NEVER = 2**30
ON, BACK = 0, 1  # the ways a gate leads


class Stays(NamedTuple):
    """Stays of many patients, in the order of the patients; `left` is NO_DAY while one lasts."""

    patient: Ints
    phase: Bytes
    entered: Ints
    left: Ints
    by: Bytes


@kernel
def gate_open(
    p: Longs, g: Longs, v: Floats, answers: Bytes, gate: int, i: int, lane: int, entered: int
) -> bool:
    """Whether every criterion of a gate is known to be true and no red flag shuts it.

    What hangs on the phase is asked last.
    """
    for at in range(p[p[c.P_GATE_FIRST] + gate], p[p[c.P_GATE_FIRST] + gate + 1]):
        number = p[p[c.P_GATE_TESTS] + at]
        if not p[p[c.P_DEPENDS] + number] and answers[number, i, lane] != c.YES_:
            return False
    for at in range(p[p[c.P_GATE_FIRST] + gate], p[p[c.P_GATE_FIRST] + gate + 1]):
        number = p[p[c.P_GATE_TESTS] + at]
        if p[p[c.P_DEPENDS] + number] and test(p, g, v, number, lane, g[c.B_FIRST] + i, entered) != c.YES_:
            return False
    return not is_shut(p, g, lane, g[c.B_FIRST] + i)


@kernel
def is_shut(p: Longs, g: Longs, lane: int, day: int) -> bool:
    """Whether a red flag that stands on a day shuts every gate."""
    shut = False
    for e in range(begin_of(g, p[c.P_FLAGGING], lane), end_of(g, p[c.P_FLAGGING], lane)):
        if event(g, e, c.E_DAY) > day:
            break
        shut = event(g, e, c.E_MARK) != 0
    return shut


@kernel
def move_by_gate(
    p: Longs, g: Longs, v: Floats, answers: Bytes, i: int, lane: int, phase: int, entered: int
) -> int:
    """The phase to which the gates move a patient on a day; OUT for no move. The way back is looked at first."""
    if phase == OUT:
        gate = p[p[c.P_PHASE_ENTER] + 0]
        return (
            0
            if gate < 0
            or gate_open(p, g, v, answers, gate, i, lane, started_on(p, g, lane, g[c.B_FIRST] + i))
            else OUT
        )
    if g[c.B_FIRST] + i == entered:
        return OUT
    for at in range(p[p[c.P_BACK_FIRST] + phase], p[p[c.P_BACK_FIRST] + phase + 1]):
        if gate_open(p, g, v, answers, p[p[c.P_BACK_GATE] + at], i, lane, entered):
            return p[p[c.P_BACK_TO] + at]
    if phase + 1 == p[c.N_PHASES]:
        return OUT
    for gate in (p[p[c.P_PHASE_LEAVE] + phase], p[p[c.P_PHASE_ENTER] + phase + 1]):
        if gate >= 0 and not gate_open(p, g, v, answers, gate, i, lane, entered):
            return OUT
    return phase + 1


@kernel
def narrow(one: Bytes, to: Bytes) -> None:
    """Keep the bits that are set in both."""
    for i in range(to.size):
        to[i] &= one[i]


@kernel
def widen(one: Bytes, to: Bytes) -> None:
    """Set the bits that are set in either."""
    for i in range(to.size):
        to[i] |= one[i]


@kernel
def openings(p: Longs, answers: Bytes) -> Any:
    """For each phase (outside first), way a gate leads, and patient a bit a day: whether a gate may move the patient,
    going by what does not hang on the phase. A set bit only asks for a closer look.
    """
    days, lanes = answers.shape[1], answers.shape[2]
    size = days * lanes
    flat = answers.reshape(answers.shape[0], size)
    met = np.full((p[c.N_GATES] + 1, size), c.YES_, np.uint8)  # the last stands for "no gate"
    for gate in range(p[c.N_GATES]):
        for at in range(p[p[c.P_GATE_FIRST] + gate], p[p[c.P_GATE_FIRST] + gate + 1]):
            number = p[p[c.P_GATE_TESTS] + at]
            if not p[p[c.P_DEPENDS] + number]:
                narrow(flat[number], met[gate])
    phases = p[c.N_PHASES]
    bits = np.zeros((phases + 1, 2, (days + 63) // 64, lanes), np.uint64)
    chance = np.empty(size, np.uint8)
    for phase in range(-1, phases):
        if phase + 1 < phases:
            copy(met[p[p[c.P_PHASE_ENTER] + phase + 1]], chance)
            if phase >= 0:
                narrow(met[p[p[c.P_PHASE_LEAVE] + phase]], chance)
            to_bits(chance, bits[phase + 1, ON])
        if phase >= 0 and p[p[c.P_BACK_FIRST] + phase] < p[p[c.P_BACK_FIRST] + phase + 1]:
            clear(chance)
            for at in range(p[p[c.P_BACK_FIRST] + phase], p[p[c.P_BACK_FIRST] + phase + 1]):
                widen(met[p[p[c.P_BACK_GATE] + at]], chance)
            to_bits(chance, bits[phase + 1, BACK])
    return bits


@kernel
def to_bits(said: Bytes, bits: Any) -> None:
    """Set a bit for each day on which yes was said: a word holds 64 days of one patient."""
    lanes = bits.shape[1]
    for i in range(said.size // lanes):
        shift, row = np.uint64(i & 63), bits[i >> 6]
        here = said[i * lanes : (i + 1) * lanes]
        for lane in range(lanes):
            row[lane] |= np.uint64(here[lane] & np.uint8(1)) << shift


@kernel
def next_chance(bits: Any, lane: int, i: int) -> int:
    """The first row from `i` on whose bit is set; NEVER if there is none."""
    for word in range(i >> 6, bits.shape[0]):
        rest = bits[place(word), place(lane)]
        if word == i >> 6:
            rest &= ~np.uint64(0) << np.uint64(i & 63)
        if rest:
            at = word << 6
            while not rest & np.uint64(255):
                rest >>= np.uint64(8)
                at += 8
            while not rest & np.uint64(1):
                rest >>= np.uint64(1)
                at += 1
            return at
    return NEVER


@kernel
def walk(
    p: Longs,
    g: Longs,
    v: Floats,
    answers: Bytes,
    turns: Longs,
    held: Bytes,
    stays: Stays,
    room: int,
    hard: Bytes,
) -> int:
    """Fill in the turns of each patient, and the stays; how many stays there are then.

    From move to move: days on which neither a decision nor a gate can move the patient are passed over.
    """
    origin = g[c.B_FIRST]
    decisions = p[c.P_DECISIONS]
    bits = openings(p, answers)
    for lane in range(g[c.B_LANES]):
        day, end = started(g, lane), until(g, lane)
        here, entered, current, chosen = long(OUT), long(c.NO_DAY), long(-1), False
        decision, last_decision = begin_of(g, decisions, lane), end_of(g, decisions, lane)
        turn(turns, lane, c.NO_DAY, here, entered)
        while day <= end:
            decided = event(g, decision, c.E_DAY) if decision < last_decision else NEVER
            gated = NEVER
            if held[lane] == 0:
                from_day = day if here == OUT or day != entered else day + 1
                on = back = from_day - origin
                if here != OUT:
                    waits = p[c.P_WAIT] + 2 * here
                    on = max(on, entered - origin + p[waits + ON])
                    back = max(back, entered - origin + p[waits + BACK])
                gated = min(
                    next_chance(bits[here + 1, ON], lane, on), next_chance(bits[here + 1, BACK], lane, back)
                )
                if gated != NEVER:
                    gated += origin
            day = min(decided, gated)
            if day > end:
                break
            if decided == day:
                while decision < last_decision and event(g, decision, c.E_DAY) == day:
                    do, to = event(g, decision, c.E_MARK), event(g, decision, c.E_SITE)
                    decision += 1
                    if held[lane] == LEFT and do != c.D_ENTER and not (do == c.D_OVERRIDE and to >= 0):
                        hard[lane] = 1  # after leaving only `enter` leads back
                        break
                    held[lane] = 0
                    if do == c.D_HOLD:
                        held[lane] = HELD
                        to = max(here, 0)
                    elif do == c.D_LEAVE:
                        held[lane] = LEFT
                        if here != OUT:
                            stays.left[current] = day
                        here = long(OUT)
                        continue
                    elif to < 0:
                        to = here + 1
                        if to == p[c.N_PHASES]:
                            hard[lane] = 1
                            break
                    elif here != OUT and (
                        (do == c.D_ADVANCE and to < here) or (do == c.D_RETURN and here < to)
                    ):
                        hard[lane] = 1
                        break
                    # The first `enter` is the beginning of the pathway, also where a gate had let in before.
                    if to != here or (do == c.D_ENTER and not chosen):
                        current, room = begin_stay(stays, room, lane, to, day, long(BY_DECISION), current)
                        here, entered, chosen = to, day, True
                if hard[lane]:
                    break
                if here == OUT:
                    entered = long(c.NO_DAY)
                turn(turns, lane, day, here, entered)
            else:
                to = move_by_gate(p, g, v, answers, day - origin, lane, here, entered)
                if to != OUT:
                    current, room = begin_stay(stays, room, lane, to, day, long(BY_GATE), current)
                    here, entered = to, day
                    turn(turns, lane, day, here, entered)
            day += 1
    return room


@kernel
def turn(turns: Longs, lane: int, day: int, phase: int, entered: int) -> None:
    """Write down that from a day on a patient is in a phase, entered on a day."""
    at = turns[lane, 0]
    turns[lane, at + 1], turns[lane, at + 2], turns[lane, at + 3] = day, phase, entered
    turns[lane, 0] = at + 3


@kernel
def phase_on(turns: Longs, lane: int, day: int) -> tuple[int, int]:
    """The phase of a patient at the end of a day (OUT for none), and when it was entered."""
    at = turns[lane, 0]
    while turns[lane, at - 2] > day:
        at -= 3
    return turns[lane, at - 1], turns[lane, at]


@kernel
def begin_stay(
    stays: Stays, room: int, lane: int, phase: int, day: int, by: int, current: int
) -> tuple[int, int]:
    """Write a stay, and end the one before it; its number, and how many there are then."""
    if current >= 0 and stays.left[current] == c.NO_DAY:
        stays.left[current] = day
    stays.patient[room], stays.phase[room], stays.by[room] = lane, phase, by
    stays.entered[room], stays.left[room] = day, c.NO_DAY
    return room, room + 1
