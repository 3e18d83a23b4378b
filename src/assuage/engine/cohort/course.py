"""The course of each patient of a block: decisions and gates, one move a day, and where that leaves them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.answer import is_shadowed, test
from assuage.engine.cohort.block import begin_of, end_of, event, started, started_on, until
from assuage.engine.cohort.entries import Entries
from assuage.engine.cohort.fill import fill
from assuage.engine.cohort.load import HARD, Lanes, load
from assuage.engine.cohort.rows import Heads
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel

OUT, BY_GATE, BY_DECISION = -1, 0, 1
SHUT, OPEN = 2, 1
HELD, LEFT = 1, 2
LAST_BIT = 60
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
def openings(p: Longs, answers: Bytes) -> Longs:
    """For each day and lane a bit for each gate that may be open, going by what does not hang on the phase.

    Gates beyond the 60th share the last bit: a set bit only asks for a closer look.
    """
    days, lanes = answers.shape[1], answers.shape[2]
    chances = np.zeros((days, lanes), np.int64)
    met = np.empty((days, lanes), np.uint8)
    for gate in range(p[c.N_GATES]):
        met[:] = c.YES_
        for at in range(p[p[c.P_GATE_FIRST] + gate], p[p[c.P_GATE_FIRST] + gate + 1]):
            number = p[p[c.P_GATE_TESTS] + at]
            if not p[p[c.P_DEPENDS] + number]:
                met &= answers[number]
        bit = min(gate, LAST_BIT)
        for i in range(days):
            for lane in range(lanes):
                chances[i, lane] |= np.int64(met[i, lane]) << bit
    return chances


@kernel
def moves_of(p: Longs) -> Longs:
    """For each phase the bits of the gates without which nobody leaves it."""
    bits = np.zeros(p[c.N_PHASES], np.int64)
    for phase in range(bits.size):
        for at in range(p[p[c.P_BACK_FIRST] + phase], p[p[c.P_BACK_FIRST] + phase + 1]):
            bits[phase] |= np.int64(1) << min(p[p[c.P_BACK_GATE] + at], LAST_BIT)
        if phase + 1 < bits.size:
            bits[phase] |= np.int64(1) << min(p[p[c.P_PHASE_LEAVE] + phase], LAST_BIT)
    return bits


@kernel
def walk(
    p: Longs,
    g: Longs,
    v: Floats,
    answers: Bytes,
    phases: Longs,
    entries: Longs,
    held: Bytes,
    stays: Stays,
    room: int,
    hard: Bytes,
) -> int:
    """Fill in phase and entry at the end of each day, and the stays; how many stays there are then."""
    n = g[c.B_LANES]
    phase = np.full(n, OUT, np.int64)
    entered = g[g[c.B_STARTED] : g[c.B_UNTIL]].copy()
    current = np.full(n, -1, np.int64)
    chosen = np.zeros(n, np.uint8)  # whether a decision has begun a stay
    decisions = p[c.P_DECISIONS]
    decision = np.array([begin_of(g, decisions, lane) for lane in range(n)])
    last_decision = np.array([end_of(g, decisions, lane) for lane in range(n)])
    begun = room
    begins, ends = g[g[c.B_STARTED] : g[c.B_UNTIL]], g[g[c.B_UNTIL] : g[c.B_MEDICATED]]
    first_row = max(begins.min() - g[c.B_FIRST], 0)
    decided = np.empty(n, np.int64)  # the day of the next decision
    for lane in range(n):
        decided[lane] = event(g, decision[lane], c.E_DAY) if decision[lane] < last_decision[lane] else NEVER
    chances = openings(p, answers)
    chance = moves_of(p)
    for i in range(first_row, phases.shape[0]):
        day = g[c.B_FIRST] + i
        for lane in range(n):
            if day < begins[lane] or day > ends[lane]:
                phases[i, lane], entries[i, lane] = OUT, begins[lane]
                continue
            here = phase[lane]
            if here >= 0 and decided[lane] != day and (chances[i, lane] & chance[here]) == 0:
                phases[i, lane], entries[i, lane] = here, entered[lane]
                continue
            if decision[lane] < last_decision[lane] and event(g, decision[lane], c.E_DAY) == day:
                while decision[lane] < last_decision[lane] and event(g, decision[lane], c.E_DAY) == day:
                    do, to = event(g, decision[lane], c.E_MARK), event(g, decision[lane], c.E_SITE)
                    decision[lane] += 1
                    here = phase[lane]
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
                            stays.left[current[lane]] = day
                        phase[lane] = OUT
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
                    if to != here or (do == c.D_ENTER and not chosen[lane]):
                        room = begin_stay(stays, room, lane, to, day, BY_DECISION, current)
                        phase[lane], entered[lane], chosen[lane] = to, day, 1
                more = decision[lane] < last_decision[lane]
                decided[lane] = event(g, decision[lane], c.E_DAY) if more else NEVER
                if hard[lane]:
                    ends[lane] = day - 1
            elif held[lane] == 0:
                to = move_by_gate(p, g, v, answers, i, lane, phase[lane], entered[lane])
                if to != OUT:
                    room = begin_stay(stays, room, lane, to, day, BY_GATE, current)
                    phase[lane], entered[lane] = to, day
            if phase[lane] == OUT:
                entered[lane] = started_on(p, g, lane, day)
            phases[i, lane], entries[i, lane] = phase[lane], entered[lane]
    sort_stays(stays, begun, room, n)
    return room


@kernel
def begin_stay(stays: Stays, room: int, lane: int, phase: int, day: int, by: int, current: Longs) -> int:
    """Write a stay, and end the one before it; how many there are then."""
    if current[lane] >= 0 and stays.left[current[lane]] == c.NO_DAY:
        stays.left[current[lane]] = day
    stays.patient[room], stays.phase[room], stays.by[room] = lane, phase, by
    stays.entered[room], stays.left[room] = day, c.NO_DAY
    current[lane] = room
    return room + 1


@kernel
def sort_stays(stays: Stays, begin: int, end: int, lanes: int) -> None:
    """Bring the stays of a block, written by day, into the order of the patients."""
    place = np.zeros(lanes + 1, np.int32)
    for at in range(begin, end):
        place[stays.patient[at] + 1] += 1
    for lane in range(lanes):
        place[lane + 1] += place[lane]
    patient, phase, by = (
        stays.patient[begin:end].copy(),
        stays.phase[begin:end].copy(),
        stays.by[begin:end].copy(),
    )
    entered, left = stays.entered[begin:end].copy(), stays.left[begin:end].copy()
    for at in range(end - begin):
        to = begin + place[patient[at]]
        place[patient[at]] += 1
        stays.patient[to], stays.phase[to], stays.by[to] = patient[at], phase[at], by[at]
        stays.entered[to], stays.left[to] = entered[at], left[at]


@kernel
def breaches(
    p: Longs, g: Longs, v: Floats, phases: Longs, entries: Longs, out: Breaches, room: int, who: Longs
) -> int:
    """Sessions of restricted therapies while the restriction was in force; how many there are then."""
    for lane in range(g[c.B_LANES]):
        for restriction in range(p[c.N_RESTRICTIONS]):
            stream, lifted = p[p[c.P_HELD_OFF] + 2 * restriction], p[p[c.P_HELD_OFF] + 2 * restriction + 1]
            for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
                day = event(g, e, c.E_DAY)
                if is_shadowed(g, stream, lane, e):
                    continue
                if day < started(g, lane) or day > until(g, lane) or phases[day - g[c.B_FIRST], lane] == OUT:
                    continue
                if (
                    lifted >= 0
                    and test(p, g, v, lifted, lane, day, entries[day - g[c.B_FIRST], lane]) == c.YES_
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
    phases: Longs,
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
            here, entered = phases[day - g[c.B_FIRST], lane], entries[day - g[c.B_FIRST], lane]
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
    phases: Longs,
    entries: Longs,
    answers: Bytes,
    who: Longs,
    first: Longs,
    out: Panel,
) -> None:
    """Phase and every answer of every day from the start of the pathway on."""
    for lane in range(g[c.B_LANES]):
        at = first[who[lane]]
        for day in range(started(g, lane), until(g, lane) + 1):
            i = day - g[c.B_FIRST]
            out.phase[at] = phases[i, lane] if phases[i, lane] >= 0 else 255
            for number in range(out.answers.shape[0]):
                if p[p[c.P_DEPENDS] + number]:
                    out.answers[number, at] = test(p, g, v, number, lane, day, entries[i, lane])
                else:
                    out.answers[number, at] = answers[number, i, lane]
            at += 1


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
    stays = found = 0
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
        phases = np.full((rows, n), OUT, np.int64)
        entries = np.zeros((rows, n), np.int64)
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
