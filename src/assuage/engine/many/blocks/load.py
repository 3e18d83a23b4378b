"""Entries of some patients become a block: day values by day, events by patient. What is out of order is noticed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.entries.compiled import OTHER_PATHWAY, STARTS_ON, Entries
from assuage.engine.many.entries.grouping import Heads
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel
from assuage.engine.many.program import codes as c
from assuage.record.fields import FURTHEST_DAY as FURTHEST

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
    easy: Ints  # for each entry how it counts, if it is easy; else 0
    rest: Ints  # the entries that are not easy, patient after patient
    rest_start: Longs  # the first of them for each patient; one more at the end


@kernel
def survey(p: Longs, t: Entries, h: Heads, on: int, m: Moments, bad: Bytes, lanes: Lanes) -> None:
    """Look at every patient once: from which day to which, and whether anything asks for the reference engine.

    `met` marks the distinct entries that occur.
    """
    survey_easy(t, h, lanes)
    survey_rest(p, t, h, on, m, bad, lanes)


@kernel
def survey_easy(t: Entries, h: Heads, lanes: Lanes) -> None:
    """Look at the entries that are easy, and list those that are not.

    A plain score without a time: nothing can contradict it, and it asks for nothing. Afterwards `first` and `until`
    are the days of a patient's first and last of them, and `way` is HARD where one cannot be right.
    """
    # Named outside the loop, as in `group_rows`.
    h_start, h_day, h_minute, h_value, h_said = h.start, h.day, h.minute, h.value, h.said
    easy, easy_of, way, first_of, until_of = t.easy, lanes.easy, lanes.way, lanes.first, lanes.until
    rest, rest_start = lanes.rest, lanes.rest_start
    lowest, highest = -np.inf, np.inf  # what is right for every easy entry
    for which in range(easy.size):
        if easy[which]:
            lowest, highest = max(lowest, t.low[which]), min(highest, t.high[which])
    left = 0
    for patient in range(h_start.size - 1):
        rest_start[patient] = left
        # Numbers without a sign as places: for others the compiler asks at each whether it counts from the end.
        begin, end = np.uint64(h_start[patient]), np.uint64(h_start[patient + 1])
        for e in range(begin, end):  # without a branch: which entry is easy cannot be foreseen
            how = easy[np.uint32(h_said[e])] if h_minute[e] == -1 else 0
            easy_of[e] = how
            rest[np.uint64(left)] = e
            left += how == 0
        hard = is_some_beyond(easy_of[begin:end], h_value[begin:end], lowest, highest) and is_own_beyond(
            easy_of[begin:end], h_value[begin:end], h_said[begin:end], t.low, t.high
        )
        first, last = begin, end
        while first < end and easy_of[first] == 0:
            first += np.uint64(1)
        while last > first and easy_of[last - np.uint64(1)] == 0:
            last -= np.uint64(1)
        first_of[patient], until_of[patient] = FURTHEST + 1, c.NO_DAY
        if first < last:  # entries are in the order of their days
            early, late = np.int64(h_day[first]), np.int64(h_day[last - np.uint64(1)])
            first_of[patient], until_of[patient] = early, late
            hard |= early < -FURTHEST or late > FURTHEST
        way[patient] = HARD if hard else FAST
    rest_start[h_start.size - 1] = left


@kernel
def is_some_beyond(easy: Ints, value: Floats, low: float, high: float) -> bool:
    """Whether a value of an easy entry lies outside two bounds, or there is none."""
    beyond = 0
    for e in range(easy.size):
        beyond += (easy[e] != 0) & (not ((value[e] >= low) & (value[e] <= high)))
    return beyond > 0


@kernel
def is_own_beyond(easy: Ints, value: Floats, said: Ints, low: Floats, high: Floats) -> bool:
    """Whether a value of an easy entry lies outside the bounds of its own scale, or there is none."""
    beyond = 0
    for e in range(easy.size):
        which = said[e]
        beyond += (easy[e] != 0) & (not ((value[e] >= low[which]) & (value[e] <= high[which])))
    return beyond > 0


@kernel
def survey_rest(p: Longs, t: Entries, h: Heads, on: int, m: Moments, bad: Bytes, lanes: Lanes) -> None:
    """Look at the other entries, and decide on the way of each patient."""
    h_day, h_minute, h_value, h_said = h.day, h.minute, h.value, h.said
    plain, lows, highs, hards, facts, dates = t.plain, t.low, t.high, t.hard, t.fact, t.dated
    minutes, timed, exposes, folded = t.minute, t.timed, t.exposes, t.folded
    source_first, stream_first, about_first = t.source_first, t.stream_first, t.about_first
    streams, marks, sites, abouts = t.stream, t.mark, t.site, t.about
    m_patient, m_moment, m_said = m.patient, m.moment, m.said
    way, start_of, until_of, first_of = lanes.way, lanes.started, lanes.until, lanes.first
    free_of, events_of, ranges_of = lanes.free, lanes.events, lanes.ranges
    rest, rest_start = lanes.rest, lanes.rest_start
    decisions = p[c.P_DECISIONS]
    for patient in range(way.size):
        hard = bad[patient] == 1 or way[patient] == HARD
        starts = dated = free = ranges = False
        events = 0
        first, last = first_of[patient], until_of[patient]
        started, here, chosen = 0, -1, False
        spoke_on, spoke_at = c.NO_DAY, 0  # the first value of a day that has a time
        for at_rest in range(rest_start[patient], rest_start[patient + 1]):
            e = rest[at_rest]
            which = h_said[e]
            day, minute = np.int64(h_day[e]), np.int64(h_minute[e])
            if hards[which]:
                hard = True
                continue
            value = float(which)
            if facts[which]:
                starts |= facts[which] == STARTS_ON
                free |= facts[which] == OTHER_PATHWAY
                day, minute = 0, 0
            else:
                first, last = min(first, day), max(last, day)
                dated |= dates[which] == 1
                if abs(day) > FURTHEST or minute < -1 or minute >= c.END_OF_DAY:
                    hard = True
                if minutes[which] >= 0 and minutes[which] != minute:
                    hard = True
                if minute >= 0 and source_first[which + 1] > source_first[which] and spoke_on != day:
                    spoke_on, spoke_at = day, minute
                if exposes[which] and spoke_on == day and spoke_at < minute:
                    hard = True  # a value is known to have come before the exposure of its day
                ranges |= plain[which] == 0 and lows[which] != highs[which]
                if plain[which]:
                    value = h_value[e]
                    if not lows[which] <= value <= highs[which]:
                        hard = True
                elif lows[which] != highs[which] or about_first[which + 1] > about_first[which]:
                    value = -2.0 - which
                if folded[which]:
                    value = np.nan  # like nothing, itself included: two of one moment may well differ
            claims = about_first[which + 1] if minute >= 0 or not timed[which] else 0
            for at in range(about_first[which], claims):
                about = abouts[at]
                moment = day * 2048 + minute
                if m_patient[about] == patient and m_moment[about] == moment and m_said[about] != value:
                    hard = True
                m_patient[about], m_moment[about], m_said[about] = patient, moment, value
            events += stream_first[which + 1] - stream_first[which]
            for at in range(stream_first[which], stream_first[which + 1]):
                if streams[at] != decisions:
                    continue
                if day > on:
                    continue
                do, to = marks[at], sites[at]
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
        way[patient] = HARD if hard else EMPTY if until == c.NO_DAY else FAST
        start_of[patient], until_of[patient] = started, until
        first_of[patient], free_of[patient] = min(first, started), free
        events_of[patient], ranges_of[patient] = events, ranges


@kernel
def taken(room: Any, size: int) -> Any:
    """As many places of a room, or new ones where it is too small: to ask for memory again and again is slow."""
    return room[:size] if size <= room.size else np.empty(size, room.dtype)


@kernel
def larger(one: Any, other: Any) -> Any:
    """The larger of two rooms, to be kept."""
    return one if one.size > other.size else other


@kernel
def load(
    p: Longs,
    t: Entries,
    h: Heads,
    shut: Bytes,
    lanes: Lanes,
    who: Longs,
    times: Ints,
    planes: Longs,
    g_room: Longs,
    v_room: Floats,
) -> tuple[Longs, Floats]:
    """The block of the patients `who`: whole numbers and day values, in the room given if it is large enough.

    `times` is the time of day of each minute; `planes` where the day values of each source lie.
    """
    n = who.size
    sources, streams = p[c.N_SOURCES], p[c.N_STREAMS]
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
    size = (planes[sources] + 1) * days * n
    length_of_g = c.B_HEADER + (4 + days + 2 * streams) * n + events * c.E_WIDTH
    length_of_g += p[c.N_SITES] + p[c.P_DEPTH] + sources + 3
    g, v = taken(g_room, length_of_g), taken(v_room, 2 * size if ranges else max(size, 1))
    g[:], v[:] = 0, np.nan
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
        (c.B_STACK, p[c.P_DEPTH] + 1),
        (c.B_PLANE, sources + 1),
    ):
        g[name] = at
        at += length
    g[g[c.B_PLANE] : g[c.B_PLANE] + sources + 1] = planes
    for lane in range(n):
        patient = who[lane]
        g[g[c.B_STARTED] + lane], g[g[c.B_UNTIL] + lane] = lanes.started[patient], lanes.until[patient]
        g[g[c.B_MEDICATED] + lane] = 2**30
    lay_out_events(t, h, lanes, who, streams, g)
    load_easy(p, h, lanes, who, g, v)
    load_rest(p, t, h, shut, lanes, who, times, g, v)
    told = g[g[c.B_TOLD] : g[c.B_BEGIN]]
    for at in range(n, told.size):
        told[at] += told[at - n]
    return g, v


# One loop for the many, another for the few: in one loop the few slow the many down by half.


@kernel
def load_easy(p: Longs, h: Heads, lanes: Lanes, who: Longs, g: Longs, v: Floats) -> None:
    """Put the entries that are easy into a block."""
    h_start, h_day, h_value, easy = h.start, h.day, h.value, lanes.easy
    first, days, n, high = g[c.B_FIRST], g[c.B_DAYS], who.size, g[c.B_HIGH]
    begin_of_told, plane_at, rules = g[c.B_TOLD], g[c.B_PLANE], p[c.P_SOURCE_RULE]
    sources = p[c.N_SOURCES]
    grid_of = np.empty(sources + 1, np.int64)  # where the day values of each source begin, from 1 on
    for source in range(sources):
        grid_of[source + 1] = g[plane_at + source] * days * n
    for lane in range(n):
        patient = who[lane]
        for e in range(np.uint64(h_start[patient]), np.uint64(h_start[patient + 1])):
            how = np.int64(easy[e])
            row = np.int64(h_day[e]) - first
            if not how or row < 0 or row >= days:
                continue
            at = row * n + lane
            how -= 1
            if how & 1:  # stored without a look: row after row of a day would wait for the one before it
                g[np.uint64(begin_of_told + at + n)] = 1
            source = np.uint64(how >> 1)
            if source:
                x = h_value[e]
                at += grid_of[source]
                before = v[np.uint64(at)]
                if before == before:
                    x = max(before, x) if p[rules + how // 2 - 1] == c.HIGHEST else min(before, x)
                v[np.uint64(at)] = x
                if high:
                    v[np.uint64(at + high)] = x


@kernel
def load_rest(
    p: Longs, t: Entries, h: Heads, shut: Bytes, lanes: Lanes, who: Longs, times: Ints, g: Longs, v: Floats
) -> None:
    """Put the other entries into a block: its day values and its events."""
    h_day, h_minute, h_value, h_said = h.day, h.minute, h.value, h.said
    plain, lows, highs, facts, told_by_patient = t.plain, t.low, t.high, t.fact, t.patient
    medication, word_time, source_first, source_of = t.medication, t.time, t.source_first, t.source
    stream_first, stream_of, marks, sites, heres = t.stream_first, t.stream, t.mark, t.site, t.here
    rest, rest_start = lanes.rest, lanes.rest_start
    first, days, n, high = g[c.B_FIRST], g[c.B_DAYS], who.size, g[c.B_HIGH]
    decisions, flagging = p[c.P_DECISIONS], p[c.P_FLAGGING]
    asked_times, rules, plane_at = p[c.P_SOURCE_TIME], p[c.P_SOURCE_RULE], g[c.B_PLANE]
    begin_of_told, ends, events_at = g[c.B_TOLD], g[c.B_END], g[c.B_EVENTS]
    for lane in range(n):
        patient = who[lane]
        free = lanes.free[patient]
        for at_rest in range(rest_start[patient], rest_start[patient + 1]):
            e = rest[at_rest]
            which = h_said[e]
            if facts[which]:
                continue
            day = h_day[e]
            row = day - first
            if medication[which]:
                g[g[c.B_MEDICATED] + lane] = min(g[g[c.B_MEDICATED] + lane], day)
            if 0 <= row < days:
                if told_by_patient[which]:
                    g[begin_of_told + (row + 1) * n + lane] = 1
                here, gone = source_first[which], source_first[which + 1]
                if gone > here:
                    time = word_time[which]
                    if time < 0 and h_minute[e] >= 0:
                        time = times[h_minute[e]]
                    x = y = h_value[e]
                    if not plain[which]:
                        x, y = lows[which], highs[which]
                    for where in range(here, gone):
                        # One value more for a day: by the rule of its scale, if said at the time that is asked for.
                        source = source_of[where]
                        asked = p[asked_times + source]
                        if asked >= 0 and time != asked:
                            continue
                        rule = p[rules + source]
                        at = (g[plane_at + source] * days + row) * n + lane
                        before = v[at]
                        if rule == c.LATEST or before != before:
                            v[at], v[at + high] = x, y
                        elif rule == c.HIGHEST:
                            v[at], v[at + high] = max(before, x), max(v[at + high], y)
                        else:
                            v[at], v[at + high] = min(before, x), min(v[at + high], y)
            for where in range(stream_first[which], stream_first[which + 1]):
                stream = stream_of[where]
                if stream == decisions and free:
                    continue
                slot = ends + stream * n + lane
                to = events_at + g[slot] * c.E_WIDTH
                g[slot] += 1
                g[to + c.E_DAY], g[to + c.E_MARK] = day, marks[where]
                if stream == flagging:
                    g[to + c.E_MARK] = shut[e]
                g[to + c.E_SITE], g[to + c.E_HERE], g[to + c.E_MINUTE] = (
                    sites[where],
                    heres[which],
                    h_minute[e],
                )


@kernel
def lay_out_events(t: Entries, h: Heads, lanes: Lanes, who: Longs, streams: int, g: Longs) -> None:
    """Give every stream of every patient its place among the events; begin and end are the same still."""
    n = who.size
    h_said, stream_first, stream_of = h.said, t.stream_first, t.stream
    rest, rest_start = lanes.rest, lanes.rest_start
    begins, ends = g[c.B_BEGIN], g[c.B_END]
    for lane in range(n):
        patient = who[lane]
        for at in range(rest_start[patient], rest_start[patient + 1]):
            which = h_said[rest[at]]
            for where in range(stream_first[which], stream_first[which + 1]):
                g[ends + stream_of[where] * n + lane] += 1
    at = 0
    for slot in range(streams * n):
        length = g[ends + slot]
        g[begins + slot] = g[ends + slot] = at
        at += length
