"""Entries of some patients become a block: day values by day, events by patient. What is out of order is noticed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.block import cell
from assuage.engine.cohort.entries import OTHER_PATHWAY, STARTS_ON, Entries
from assuage.engine.cohort.rows import NO_ENTRY, Heads
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel

FURTHEST = 36_525  # days from day 0 that a record may reach
LONGEST = 6_000  # days that a patient may fill; a longer course is left to the reference engine
LAST_DAY = 2**30  # stands for "the last day of each record"

# Why a patient is not in a block.
FAST, HARD, EMPTY = 0, 1, 2


class Moments(NamedTuple):
    """For each thing that can be claimed: the patient and moment it was last claimed of, and what was said."""

    patient: Longs
    moment: Longs
    said: Floats


class Lanes(NamedTuple):
    """What is known of each patient before the block is laid out."""

    way: Bytes  # FAST, HARD or EMPTY
    started: Longs
    until: Longs
    first: Longs  # the earliest day of any entry
    free: Bytes  # whether decisions are left out, being of another pathway
    events: Longs  # how many events there are in its streams
    ranges: Bytes  # whether a value is a range


@kernel
def survey(
    p: Longs, t: Entries, h: Heads, said: Ints, on: int, m: Moments, named: Longs, lanes: Lanes
) -> None:
    """Look at every patient once: from which day to which, and whether anything asks for the reference engine."""
    for patient in range(h.start.size - 1):
        hard = starts = dated = free = ranges = False
        events = 0
        first, last = FURTHEST + 1, c.NO_DAY
        started, here, chosen = 0, -1, False
        spoke_on, spoke_at = c.NO_DAY, 0  # the first value of a day that has a time
        for e in range(h.start[patient], h.start[patient + 1]):
            which = said[e]
            day, minute = h.day[e], h.minute[e]
            if t.hard[which]:
                hard = True
                continue
            value = float(which)
            if t.fact[which]:
                starts |= t.fact[which] == STARTS_ON
                free |= t.fact[which] == OTHER_PATHWAY
                day, minute = 0, 0
            else:
                first, last = min(first, day), max(last, day)
                dated |= t.dated[which] == 1
                if abs(day) > FURTHEST or minute < -1 or minute >= c.END_OF_DAY:
                    hard = True
                if t.minute[which] >= 0 and t.minute[which] != minute:
                    hard = True
                if minute >= 0 and t.source_first[which + 1] > t.source_first[which] and spoke_on != day:
                    spoke_on, spoke_at = day, minute
                if t.exposes[which] and spoke_on == day and spoke_at < minute:
                    hard = True  # a value is known to have come before the exposure of its day
                ranges |= t.plain[which] == 0 and t.low[which] != t.high[which]
                if t.plain[which]:
                    value = h.value[e]
                    if not t.low[which] <= value <= t.high[which]:
                        hard = True
                elif t.low[which] != t.high[which] or t.about_first[which + 1] > t.about_first[which]:
                    value = -2.0 - which
                if h.entry[e] != NO_ENTRY:
                    number = h.entry[e]
                    if number < 0 or number >= named.size or named[number] == patient:
                        hard = True
                    else:
                        named[number] = patient
            claims = t.about_first[which + 1] if minute >= 0 or not t.timed[which] else 0
            for at in range(t.about_first[which], claims):
                about = t.about[at]
                moment = day * 2048 + minute
                if m.patient[about] == patient and m.moment[about] == moment and m.said[about] != value:
                    hard = True
                m.patient[about], m.moment[about], m.said[about] = patient, moment, value
            events += t.stream_first[which + 1] - t.stream_first[which]
            for at in range(t.stream_first[which], t.stream_first[which + 1]):
                if t.stream[at] != p[c.P_DECISIONS]:
                    continue
                if day > on:
                    continue
                do, to = t.mark[at], t.site[at]
                if not chosen:
                    chosen, started = True, min(day, 0)
                advances, returns = do == c.D_ADVANCE and to < here, do == c.D_RETURN and here < to
                if to == c.UNKNOWN_PHASE or (to >= 0 and here >= 0 and (advances or returns)):
                    hard = True
                here = to if to >= 0 else here
        if free:
            started = 0
        until = last if on == LAST_DAY else on
        if dated and not starts:
            hard = True
        if last != c.NO_DAY and max(until, 0) - min(first, started) > LONGEST:
            hard = True
        lanes.way[patient] = HARD if hard else EMPTY if until == c.NO_DAY else FAST
        lanes.started[patient], lanes.until[patient] = started, until
        lanes.first[patient], lanes.free[patient] = min(first, started), free
        lanes.events[patient], lanes.ranges[patient] = events, ranges


@kernel
def load(
    p: Longs, t: Entries, h: Heads, said: Ints, shut: Bytes, lanes: Lanes, who: Longs, times: Ints
) -> tuple[Longs, Floats]:
    """The block of the patients `who`: whole numbers and day values. `times` is the time of day of each minute."""
    n = who.size
    sources, streams, decisions = p[c.N_SOURCES], p[c.N_STREAMS], p[c.P_DECISIONS]
    first, last = 2**30, c.NO_DAY
    events = 0
    ranges = False
    for lane in range(n):
        patient = who[lane]
        start = min(lanes.started[patient], lanes.until[patient])
        first = min(first, start, lanes.first[patient] if p[c.P_BACK] < 0 else start - p[c.P_BACK])
        last = max(last, lanes.until[patient], lanes.started[patient])
        events += lanes.events[patient]
        ranges |= lanes.ranges[patient] != 0
    days = last - first + 1
    size = sources * days * n
    v = np.full(2 * size if ranges else max(size, 1), np.nan)
    g = np.zeros(
        c.B_HEADER
        + 3 * n
        + (days + 1) * n
        + 2 * streams * n
        + events * c.E_WIDTH
        + p[c.N_SITES]
        + p[c.P_CODE_LENGTH]
        + 8,
        np.int64,
    )
    g[c.B_FIRST], g[c.B_DAYS], g[c.B_LANES] = first, days, n
    g[c.B_HIGH] = size if ranges else 0
    at = c.B_HEADER
    for name, length in (
        (c.B_STARTED, n),
        (c.B_UNTIL, n),
        (c.B_MEDICATED, n),
        (c.B_TOLD, (days + 1) * n),
        (c.B_BEGIN, streams * n),
        (c.B_END, streams * n),
        (c.B_EVENTS, events * c.E_WIDTH),
        (c.B_PARTS, p[c.N_SITES] + 1),
        (c.B_STACK, p[c.P_CODE_LENGTH] + 1),
    ):
        g[name] = at
        at += length
    lay_out_events(t, h, said, who, streams, g)
    for lane in range(n):
        patient = who[lane]
        g[g[c.B_STARTED] + lane], g[g[c.B_UNTIL] + lane] = lanes.started[patient], lanes.until[patient]
        g[g[c.B_MEDICATED] + lane] = 2**30
        for e in range(h.start[patient], h.start[patient + 1]):
            which = said[e]
            if t.fact[which]:
                continue
            day = h.day[e]
            row = day - first
            if t.medication[which]:
                g[g[c.B_MEDICATED] + lane] = min(g[g[c.B_MEDICATED] + lane], day)
            if 0 <= row < days:
                if t.patient[which]:
                    g[g[c.B_TOLD] + (row + 1) * n + lane] = 1
                if t.source_first[which + 1] > t.source_first[which]:
                    time = t.time[which]
                    if time < 0 and h.minute[e] >= 0:
                        time = times[h.minute[e]]
                    x = y = h.value[e]
                    if not t.plain[which]:
                        x, y = t.low[which], t.high[which]
                    for where in range(t.source_first[which], t.source_first[which + 1]):
                        pool(p, g, v, t.source[where], row, lane, time, x, y)
            for where in range(t.stream_first[which], t.stream_first[which + 1]):
                stream = t.stream[where]
                if stream == decisions and lanes.free[patient]:
                    continue
                slot = g[c.B_END] + stream * n + lane
                to = g[c.B_EVENTS] + g[slot] * c.E_WIDTH
                g[slot] += 1
                g[to + c.E_DAY], g[to + c.E_MARK] = day, t.mark[where]
                if stream == p[c.P_FLAGGING]:
                    g[to + c.E_MARK] = shut[e]
                g[to + c.E_SITE], g[to + c.E_HERE], g[to + c.E_MINUTE] = (
                    t.site[where],
                    t.here[which],
                    h.minute[e],
                )
    told = g[g[c.B_TOLD] : g[c.B_BEGIN]]
    for at in range(n, told.size):
        told[at] += told[at - n]
    return g, v


@kernel
def lay_out_events(t: Entries, h: Heads, said: Ints, who: Longs, streams: int, g: Longs) -> None:
    """Give every stream of every patient its place among the events; begin and end are the same still."""
    n = who.size
    for lane in range(n):
        patient = who[lane]
        for e in range(h.start[patient], h.start[patient + 1]):
            which = said[e]
            for where in range(t.stream_first[which], t.stream_first[which + 1]):
                g[g[c.B_END] + t.stream[where] * n + lane] += 1
    at = 0
    for slot in range(streams * n):
        length = g[g[c.B_END] + slot]
        g[g[c.B_BEGIN] + slot] = g[g[c.B_END] + slot] = at
        at += length


@kernel
def pool(
    p: Longs, g: Longs, v: Floats, source: int, row: int, lane: int, time: int, x: float, y: float
) -> None:
    """One value more for a day: by the rule of its scale, if it was said at the time that is asked for."""
    asked = p[p[c.P_SOURCE_TIME] + source]
    if asked >= 0 and time != asked:
        return
    rule = p[p[c.P_SOURCE_RULE] + source]
    at = cell(g, source, row, lane)
    up = at + g[c.B_HIGH]
    if rule == c.LATEST or np.isnan(v[at]):
        v[at], v[up] = x, y
    elif rule == c.HIGHEST:
        v[at], v[up] = max(v[at], x), max(v[up], y)
    else:
        v[at], v[up] = min(v[at], x), min(v[up], y)
