"""The course of each patient of a block: decisions and gates, one move a day, and where that leaves them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.answer import is_shadowed, test
from assuage.engine.cohort.block import begin_of, end_of, event, started, started_on, until
from assuage.engine.cohort.entries import Entries
from assuage.engine.cohort.fill import copy, fill
from assuage.engine.cohort.load import HARD, Lanes, load
from assuage.engine.cohort.rows import Heads
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel, long

OUT, BY_GATE, BY_DECISION = -1, 0, 1
SHUT, OPEN = 2, 1
HELD, LEFT = 1, 2
NEVER = 2**30


class Stays(NamedTuple):
    """Stays of many patients, in the order of the patients; `left` is NO_DAY while one lasts."""

    patient: Ints
    phase: Bytes
    entered: Ints
    left: Ints
    by: Bytes


class Breaches(NamedTuple):
    """Sessions of a restricted therapy on days on which the restriction was in force."""

    patient: Ints
    restriction: Bytes
    day: Ints
    sure: Bytes


class States(NamedTuple):
    """Where each patient stands on their last day, a line each."""

    phase: Ints  # OUT for none
    held: Bytes  # 1: held by a decision, 2: left by a decision
    gates: Bytes  # patient, gate: OPEN, SHUT, or 0 for one that leads nowhere from here
    answers: Bytes  # patient, criterion: as in `codes`, for those that `asked` names
    force: Bytes  # patient, restriction: whether it is in force


class Panel(NamedTuple):
    """Phase and answers of every day, patient after patient; `first` is where each patient's days begin."""

    phase: Bytes  # the number of the phase, 255 outside
    answers: Bytes  # criterion, patient-day


class Output(NamedTuple):
    """Everything a chunk of patients gives. `days` is where each patient's days begin in the panel."""

    stays: Stays
    breaches: Breaches
    states: States
    days: Longs
    panel: Panel


class Plan(NamedTuple):
    """How a chunk is worked through, and which criteria are answered: for every day, and on the last one."""

    lanes: int
    panel: bool
    times: Ints
    wanted: Bytes
    asked: Bytes


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
    """For each phase (outside first) and patient a bit a day: whether a gate may move the patient, going by what
    does not hang on the phase. A set bit only asks for a closer look.
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
    bits = np.zeros((phases + 1, (days + 63) // 64, lanes), np.uint64)
    chance = np.empty(size, np.uint8)
    for phase in range(-1, phases):
        if phase + 1 < phases:
            copy(met[p[p[c.P_PHASE_ENTER] + phase + 1]], chance)
            if phase >= 0:
                narrow(met[p[p[c.P_PHASE_LEAVE] + phase]], chance)
        else:
            chance[:] = 0
        if phase >= 0:
            for at in range(p[p[c.P_BACK_FIRST] + phase], p[p[c.P_BACK_FIRST] + phase + 1]):
                widen(met[p[p[c.P_BACK_GATE] + at]], chance)
        for i in range(days):
            shift, row = np.uint64(i & 63), bits[phase + 1, i >> 6]
            said = chance[i * lanes : (i + 1) * lanes]
            for lane in range(lanes):
                row[lane] |= np.uint64(said[lane] & np.uint8(1)) << shift
    return bits


@kernel
def next_chance(bits: Any, lane: int, i: int) -> int:
    """The first row from `i` on whose bit is set; NEVER if there is none."""
    word = i >> 6
    if word >= bits.shape[0]:
        return NEVER
    rest = bits[word, lane] >> np.uint64(i & 63)
    if rest:
        while not rest & np.uint64(1):
            rest >>= np.uint64(1)
            i += 1
        return i
    for later in range(word + 1, bits.shape[0]):
        rest = bits[later, lane]
        if rest:
            i = later << 6
            while not rest & np.uint64(1):
                rest >>= np.uint64(1)
                i += 1
            return i
    return NEVER


@kernel
def walk(
    p: Longs,
    g: Longs,
    v: Floats,
    answers: Bytes,
    phases: Ints,
    entries: Longs,
    held: Bytes,
    stays: Stays,
    room: int,
    hard: Bytes,
) -> int:
    """Fill in phase and entry at the end of each day, and the stays; how many stays there are then.

    From move to move: days on which neither a decision nor a gate can move the patient are passed over.
    """
    origin = g[c.B_FIRST]
    decisions = p[c.P_DECISIONS]
    bits = openings(p, answers)
    for lane in range(g[c.B_LANES]):
        day, end = started(g, lane), until(g, lane)
        here, entered, current, chosen = long(OUT), long(day), long(-1), False
        decision, last_decision = begin_of(g, decisions, lane), end_of(g, decisions, lane)
        phases[lane, :] = OUT
        entries[lane, :] = day
        while day <= end:
            decided = event(g, decision, c.E_DAY) if decision < last_decision else NEVER
            gated = NEVER
            if held[lane] == 0:
                from_day = day if here == OUT or day != entered else day + 1
                gated = next_chance(bits[here + 1], lane, from_day - origin)
                if gated != NEVER:
                    gated += origin
            then = min(decided, gated, end + 1)
            phases[lane, day - origin : then - origin] = here
            entries[lane, day - origin : then - origin] = entered
            if then > end:
                break
            day = then
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
                    entered = started_on(p, g, lane, day)
            else:
                to = move_by_gate(p, g, v, answers, day - origin, lane, here, entered)
                if to != OUT:
                    current, room = begin_stay(stays, room, lane, to, day, long(BY_GATE), current)
                    here, entered = to, day
            phases[lane, day - origin], entries[lane, day - origin] = here, entered
            day += 1
    return room


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


@kernel
def breaches(
    p: Longs, g: Longs, v: Floats, phases: Ints, entries: Longs, out: Breaches, room: int, who: Longs
) -> int:
    """Sessions of restricted therapies while the restriction was in force; how many there are then."""
    for lane in range(g[c.B_LANES]):
        for restriction in range(p[c.N_RESTRICTIONS]):
            stream, lifted = p[p[c.P_HELD_OFF] + 2 * restriction], p[p[c.P_HELD_OFF] + 2 * restriction + 1]
            for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
                day = event(g, e, c.E_DAY)
                if is_shadowed(g, stream, lane, e):
                    continue
                if day < started(g, lane) or day > until(g, lane) or phases[lane, day - g[c.B_FIRST]] == OUT:
                    continue
                if (
                    lifted >= 0
                    and test(p, g, v, lifted, lane, day, entries[lane, day - g[c.B_FIRST]]) == c.YES_
                ):
                    continue
                out.patient[room], out.restriction[room] = who[lane], restriction
                out.day[room], out.sure[room] = day, event(g, e, c.E_MARK) & c.SURE
                room += 1
    return room


@kernel
def state(
    p: Longs,
    g: Longs,
    v: Floats,
    answers: Bytes,
    phases: Ints,
    entries: Longs,
    held: Bytes,
    wanted: Bytes,
    asked: Bytes,
    who: Longs,
    out: States,
) -> None:
    """Where each patient stands on their last day: gates that lead on or back, restrictions, asked criteria."""
    for lane in range(g[c.B_LANES]):
        patient, day = who[lane], until(g, lane)
        out.held[patient] = held[lane]
        out.phase[patient] = OUT
        begun = day >= started(g, lane)
        here, entered = OUT, 0
        if begun:
            here, entered = phases[lane, day - g[c.B_FIRST]], entries[lane, day - g[c.B_FIRST]]
        out.phase[patient] = here
        if not begun:
            continue
        for number in range(asked.size):
            if asked[number]:
                if wanted[number] and not p[p[c.P_DEPENDS] + number]:
                    out.answers[patient, number] = answers[number, day - g[c.B_FIRST], lane]
                else:
                    out.answers[patient, number] = test(p, g, v, number, lane, day, entered)
        if here == OUT:
            if held[lane] != LEFT and p[p[c.P_PHASE_ENTER] + 0] >= 0:
                out.gates[patient, p[p[c.P_PHASE_ENTER] + 0]] = SHUT
        else:
            for at in range(p[p[c.P_BACK_FIRST] + here], p[p[c.P_BACK_FIRST] + here + 1]):
                out.gates[patient, p[p[c.P_BACK_GATE] + at]] = SHUT
            if here + 1 < p[c.N_PHASES]:
                for gate in (p[p[c.P_PHASE_LEAVE] + here], p[p[c.P_PHASE_ENTER] + here + 1]):
                    if gate >= 0:
                        out.gates[patient, gate] = SHUT
            for restriction in range(p[c.N_RESTRICTIONS]):
                lifted = p[p[c.P_HELD_OFF] + 2 * restriction + 1]
                out.force[patient, restriction] = lifted < 0 or out.answers[patient, lifted] != c.YES_
        for gate in range(out.gates.shape[1]):
            if out.gates[patient, gate] == 0:
                continue
            shut = is_shut(p, g, lane, day)
            for at in range(p[p[c.P_GATE_FIRST] + gate], p[p[c.P_GATE_FIRST] + gate + 1]):
                shut |= out.answers[patient, p[p[c.P_GATE_TESTS] + at]] != c.YES_
            out.gates[patient, gate] = SHUT if shut else OPEN


@kernel
def panel(
    p: Longs,
    g: Longs,
    v: Floats,
    phases: Ints,
    entries: Longs,
    answers: Bytes,
    who: Longs,
    first: Longs,
    out: Panel,
) -> None:
    """Phase and every answer of every day from the start of the pathway on."""
    phase_of, answer_of = out.phase, out.answers
    for lane in range(g[c.B_LANES]):
        at, row = first[who[lane]], started(g, lane) - g[c.B_FIRST]
        length = until(g, lane) + 1 - started(g, lane)
        for i in range(length):
            phase = phases[lane, row + i]
            phase_of[at + i] = phase if phase >= 0 else 255
        for number in range(answer_of.shape[0]):
            if p[p[c.P_DEPENDS] + number]:
                for i in range(length):
                    day = g[c.B_FIRST] + row + i
                    answer_of[number, at + i] = test(p, g, v, number, lane, day, entries[lane, row + i])
            else:
                for i in range(length):
                    answer_of[number, at + i] = answers[number, row + i, lane]


@kernel
def run(
    p: Longs,
    t: Entries,
    h: Heads,
    shut: Bytes,
    lanes: Lanes,
    who: Longs,
    planes: Longs,
    plan: Plan,
    out: Output,
    begun: int,
) -> tuple[int, int, int]:
    """The courses of the patients `who` from number `begun` on, block by block, while there is room.

    Gives the number of the next patient, of stays and of breaches.
    """
    # Numbers of the array library: a bare 0 would have what follows compiled twice, once for it alone.
    stays = found = long(0)
    first = begun
    while begun < who.size:
        block = who[begun : min(begun + plan.lanes, who.size)]
        most = 0
        for patient in block:
            most += max(lanes.until[patient] - lanes.started[patient], 0) + 1
            most += h.start[patient + 1] - h.start[patient]
        # The room is never less than one block can need.
        if begun > first and max(stays, found) + most > out.stays.patient.size:
            break
        g, v = load(p, t, h, shut, lanes, block, plan.times, planes)
        rows, n = g[c.B_DAYS], block.size
        answers = np.zeros((p[c.N_CRITERIA], rows, n), np.uint8)
        fill(p, g, v, plan.wanted, answers)
        phases = np.empty((n, rows), np.int32)
        entries = np.empty((n, rows), np.int64)
        held = np.zeros(n, np.uint8)
        given_up = np.zeros(n, np.uint8)
        before = stays
        stays = walk(p, g, v, answers, phases, entries, held, out.stays, stays, given_up)
        for at in range(before, stays):
            out.stays.patient[at] = block[out.stays.patient[at]]
        found = breaches(p, g, v, phases, entries, out.breaches, found, block)
        state(p, g, v, answers, phases, entries, held, plan.wanted, plan.asked, block, out.states)
        if plan.panel:
            panel(p, g, v, phases, entries, answers, block, out.days, out.panel)
        for lane in range(n):
            if given_up[lane]:
                lanes.way[block[lane]] = HARD
        begun += plan.lanes
    return begun, stays, found
