"""The course of each patient of a block: decisions and gates, one move a day, and where that leaves them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.answers.every_day import fill, room_of
from assuage.engine.many.answers.one_day import is_shadowed, test
from assuage.engine.many.blocks.block import begin_of, end_of, event, started, until
from assuage.engine.many.blocks.load import HARD, Lanes, larger, load, taken
from assuage.engine.many.entries.compiled import Entries
from assuage.engine.many.entries.grouping import Heads
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel, long, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.walk.moves import LEFT, OUT, Stays, is_shut, phase_on, walk

SHUT, OPEN = 2, 1


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
def breaches(p: Longs, g: Longs, v: Floats, turns: Longs, out: Breaches, room: int, who: Longs) -> int:
    """Sessions of restricted therapies while the restriction was in force; how many there are then."""
    for lane in range(g[c.B_LANES]):
        for restriction in range(p[c.N_RESTRICTIONS]):
            stream, lifted = p[p[c.P_HELD_OFF] + 2 * restriction], p[p[c.P_HELD_OFF] + 2 * restriction + 1]
            for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
                day = event(g, e, c.E_DAY)
                if is_shadowed(g, stream, lane, e):
                    continue
                if day < started(g, lane) or day > until(g, lane):
                    continue
                phase, entered = phase_on(turns, lane, day)
                if phase == OUT or (lifted >= 0 and test(p, g, v, lifted, lane, day, entered) == c.YES_):
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
    turns: Longs,
    held: Bytes,
    wanted: Bytes,
    asked: Bytes,
    who: Longs,
    out: States,
) -> None:
    """Where each patient stands on their last day: gates that lead on or back, restrictions, asked criteria."""
    phase_of, held_of, gates_of, answers_of, force_of = out.phase, out.held, out.gates, out.answers, out.force
    depends = p[p[c.P_DEPENDS] : p[c.P_DEPENDS] + p[c.N_CRITERIA]]
    first_of = p[p[c.P_GATE_FIRST] : p[c.P_GATE_FIRST] + p[c.N_GATES] + 1]
    for lane in range(g[c.B_LANES]):
        patient, day = who[lane], until(g, lane)
        held_of[patient] = held[lane]
        phase_of[patient] = OUT
        if day < started(g, lane):
            continue
        here, entered = phase_on(turns, lane, day)
        phase_of[patient] = here
        said, gates = answers_of[patient], gates_of[patient]
        row = day - g[c.B_FIRST]
        for number in range(asked.size):
            if not asked[number]:
                continue
            if wanted[number] and not depends[number]:
                said[number] = answers[place(number), place(row), place(lane)]
            else:
                said[number] = test(p, g, v, number, lane, day, entered)
        if here == OUT:
            if held[lane] != LEFT and p[p[c.P_PHASE_ENTER] + 0] >= 0:
                gates[p[p[c.P_PHASE_ENTER] + 0]] = SHUT
        else:
            for at in range(p[p[c.P_BACK_FIRST] + here], p[p[c.P_BACK_FIRST] + here + 1]):
                gates[p[p[c.P_BACK_GATE] + at]] = SHUT
            if here + 1 < p[c.N_PHASES]:
                for gate in (p[p[c.P_PHASE_LEAVE] + here], p[p[c.P_PHASE_ENTER] + here + 1]):
                    if gate >= 0:
                        gates[gate] = SHUT
            for restriction in range(p[c.N_RESTRICTIONS]):
                lifted = p[p[c.P_HELD_OFF] + 2 * restriction + 1]
                force_of[patient, restriction] = lifted < 0 or said[lifted] != c.YES_
        flagged = is_shut(p, g, lane, day)
        for gate in range(gates.size):
            if gates[gate] == 0:
                continue
            shut = flagged
            for at in range(first_of[gate], first_of[gate + 1]):
                shut |= said[p[p[c.P_GATE_TESTS] + at]] != c.YES_
            gates[gate] = SHUT if shut else OPEN


@kernel
def panel(
    p: Longs, g: Longs, v: Floats, turns: Longs, answers: Bytes, who: Longs, first: Longs, out: Panel
) -> None:
    """Phase and every answer of every day from the start of the pathway on."""
    phase_of, answer_of = out.phase, out.answers
    for lane in range(g[c.B_LANES]):
        at, begun = first[who[lane]], started(g, lane)
        row, length = begun - g[c.B_FIRST], until(g, lane) + 1 - begun
        for number in range(answer_of.shape[0]):
            if not p[p[c.P_DEPENDS] + number]:
                for i in range(length):
                    answer_of[number, at + i] = answers[number, row + i, lane]
        last = turns[lane, 0]
        for each in range(1, last, 3):
            phase, entered = turns[lane, each + 1], turns[lane, each + 2]
            begin = max(turns[lane, each] - begun, 0)
            end = length if each + 3 > last else min(turns[lane, each + 3] - begun, length)
            for i in range(begin, end):
                phase_of[at + i] = phase if phase >= 0 else 255
            for number in range(answer_of.shape[0]):
                if p[p[c.P_DEPENDS] + number]:
                    for i in range(begin, end):
                        answer_of[number, at + i] = test(p, g, v, number, lane, begun + i, entered)


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
    g_room, v_room = np.empty(0, np.int64), np.empty(0, np.float64)
    answers_room, fill_room = np.empty(0, np.uint8), np.empty(0, np.uint8)
    while begun < who.size:
        block = who[begun : min(begun + plan.lanes, who.size)]
        most = 0
        for patient in block:
            most += max(lanes.until[patient] - lanes.started[patient], 0) + 1
            most += h.start[patient + 1] - h.start[patient]
        # The room is never less than one block can need.
        if begun > first and max(stays, found) + most > out.stays.patient.size:
            break
        g, v = load(p, t, h, shut, lanes, block, plan.times, planes, g_room, v_room)
        rows, n = g[c.B_DAYS], block.size
        every = taken(answers_room, p[c.N_CRITERIA] * rows * n)
        room = taken(fill_room, room_of(p, g))
        g_room, v_room = larger(g, g_room), larger(v, v_room)
        answers_room, fill_room = larger(every, answers_room), larger(room, fill_room)
        answers = every.reshape(p[c.N_CRITERIA], rows, n)
        fill(p, g, v, plan.wanted, room, answers)
        # For each patient how many numbers follow, and for each turn its day, the phase, and when that was entered.
        turns = np.empty((n, 3 * rows + 4), np.int64)
        turns[:, 0] = 0
        held = np.zeros(n, np.uint8)
        given_up = np.zeros(n, np.uint8)
        before = stays
        stays = walk(p, g, v, answers, turns, held, out.stays, stays, given_up)
        for at in range(before, stays):
            out.stays.patient[at] = block[out.stays.patient[at]]
        found = breaches(p, g, v, turns, out.breaches, found, block)
        state(p, g, v, answers, turns, held, plan.wanted, plan.asked, block, out.states)
        if plan.panel:
            panel(p, g, v, turns, answers, block, out.days, out.panel)
        for lane in range(n):
            if given_up[lane]:
                lanes.way[block[lane]] = HARD
        begun += plan.lanes
    return begun, stays, found
