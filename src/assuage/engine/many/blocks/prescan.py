"""Every patient is looked at once before the blocks: from which day to which, and whether the kernels may judge them.

The kernels know single entries, not what only a whole record shows: two entries that contradict each
other, a decision that leads nowhere, a value that was said before the exposure of its day. Where any of these may
be, the patient is left to the fallback. Too many are sent there rather than one too few: who is sent in vain costs
a little time, who is not sent gets a wrong answer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs, Shorts
from assuage.engine.many.entries.corrections import DISPUTED, MISNUMBERED
from assuage.engine.many.entries.entry_table import DrugWord, EntryTable, FactKind, FallbackReason
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import DecisionKind
from assuage.engine.many.program.layout import Program, decision_stream
from assuage.record.fields import FURTHEST_DAY as FURTHEST
from assuage.terms.routes import WAYS

LONGEST = 6_000  # days that a patient may fill; a longer record is left to the reference engine
LAST_DAY = 2**30  # stands for "the last day of each record"
MOST_WAYS = len(WAYS)
MINUTES = 2048  # more than a day has: day and minute in one number

FAST, FALLBACK, EMPTY = 0, 1, 2  # routes: the kernels, the reference engine, or a record without a day


class LastClaims(NamedTuple):
    """For each thing that can be claimed: the patient and moment it was last claimed of, and what was claimed.

    Of a drug also the patient of whom it runs, and of whom a way of it was said, with that way in one number.
    """

    patient: Longs
    moment: Longs
    value: Floats
    runs: Longs
    ways: Longs


class Prescan(NamedTuple):
    """What is known of each patient before the block is laid out."""

    route: Bytes  # FAST, FALLBACK or EMPTY
    why: Ints  # the reasons for the fallback, as bits: `FallbackReason`
    started: Longs
    until: Longs
    first: Longs  # the earliest day of any entry
    free: Bytes  # whether decisions are left out, being of another pathway
    events: Longs  # how many events there are in its streams
    ranges: Bytes  # whether a value is a range
    simple: Shorts  # for each entry how it counts, if it is simple; else 0
    rest: Ints  # the entries that are not simple, patient after patient
    rest_start: Longs  # the first of them for each patient; one more at the end


def prescan_for(patients: int, entries: int) -> Prescan:
    """Nothing known yet of as many patients with as many entries in all."""
    return Prescan(
        route=np.zeros(patients, np.uint8),
        why=np.zeros(patients, np.int32),
        started=np.zeros(patients, np.int64),
        until=np.zeros(patients, np.int64),
        first=np.zeros(patients, np.int64),
        free=np.zeros(patients, np.uint8),
        events=np.zeros(patients, np.int64),
        ranges=np.zeros(patients, np.uint8),
        simple=np.empty(entries, np.int16),
        rest=np.empty(entries, np.int32),
        rest_start=np.zeros(patients + 1, np.int64),
    )


def no_claims(things: int) -> LastClaims:
    """Nothing claimed yet of as many things."""
    nobody = np.full(things, -1, np.int64)
    return LastClaims(nobody, np.zeros(things, np.int64), np.zeros(things), nobody.copy(), nobody.copy())


@kernel
def scan(
    program: Program,
    table: EntryTable,
    index: EntryIndex,
    on: int,
    claims: LastClaims,
    misnumbered: Bytes,
    out: Prescan,
) -> None:
    """Fill in what is known of each patient. `misnumbered` marks those whose entries are numbered as cannot be.

    One loop for the many, another for the few: in one loop the few slow the many down by half.
    """
    scan_simple(table, index, out)
    scan_rest(program, table, index, on, claims, misnumbered, out)


# --- simple entries -------------------------------------------------------------------------------


@kernel
def scan_simple(table: EntryTable, index: EntryIndex, out: Prescan) -> None:
    """Look at the entries that are simple, and list those that are not.

    A plain score without a time: nothing can contradict it, and it asks for nothing. Afterwards `first` and `until`
    are the days of a patient's first and last of them, and the route is FALLBACK where one cannot be right.
    """
    # Named outside the loop, as in `group_rows`.
    start, days, minutes, values, which = index.start, index.day, index.minute, index.value, index.which
    simple_of, simple, route, first_of, until_of = table.simple, out.simple, out.route, out.first, out.until
    rest, rest_start = out.rest, out.rest_start
    lowest, highest = -np.inf, np.inf  # what is right for every simple entry
    for entry in range(simple_of.size):
        if simple_of[entry]:
            lowest, highest = max(lowest, table.low[entry]), min(highest, table.high[entry])
    left = 0
    for patient in range(start.size - 1):
        rest_start[patient] = left
        # Numbers without a sign as places: for others the compiler asks at each whether it counts from the end.
        begin, end = np.uint64(start[patient]), np.uint64(start[patient + 1])
        for e in range(begin, end):  # without a branch: which entry is simple cannot be foreseen
            how = simple_of[np.uint32(which[e])] if minutes[e] == -1 else 0
            simple[e] = how
            rest[np.uint64(left)] = e
            left += how == 0
        impossible = is_some_beyond(simple[begin:end], values[begin:end], lowest, highest) and is_beyond_own(
            simple[begin:end], values[begin:end], which[begin:end], table.low, table.high
        )
        first, last = begin, end
        while first < end and simple[first] == 0:
            first += np.uint64(1)
        while last > first and simple[last - np.uint64(1)] == 0:
            last -= np.uint64(1)
        first_of[patient], until_of[patient] = FURTHEST + 1, c.NO_DAY
        if first < last:  # entries are in the order of their days
            early, late = np.int64(days[first]), np.int64(days[last - np.uint64(1)])
            first_of[patient], until_of[patient] = early, late
            impossible |= early < -FURTHEST or late > FURTHEST
        route[patient] = FALLBACK if impossible else FAST
        out.why[patient] = FallbackReason.REFUSED if impossible else 0
    rest_start[start.size - 1] = left


@kernel
def is_some_beyond(simple: Shorts, value: Floats, low: float, high: float) -> bool:
    """Whether a value of a simple entry lies outside two bounds, or there is none."""
    beyond = 0
    for e in range(simple.size):
        beyond += (simple[e] != 0) & (not ((value[e] >= low) & (value[e] <= high)))
    return beyond > 0


@kernel
def is_beyond_own(simple: Shorts, value: Floats, which: Ints, low: Floats, high: Floats) -> bool:
    """Whether a value of a simple entry lies outside the bounds of its own scale, or there is none."""
    beyond = 0
    for e in range(simple.size):
        entry = which[e]
        beyond += (simple[e] != 0) & (not ((value[e] >= low[entry]) & (value[e] <= high[entry])))
    return beyond > 0


# --- the rest -------------------------------------------------------------------------------------


@kernel
def scan_rest(
    program: Program,
    table: EntryTable,
    index: EntryIndex,
    on: int,
    claims: LastClaims,
    misnumbered: Bytes,
    out: Prescan,
) -> None:
    """Look at the other entries, and decide on the route of each patient.

    The pathway begins on day 0, or on the day of the first decision if that is earlier; a record of another pathway
    has no decisions here. A record longer than LONGEST is left to the fallback: its empty days would fill the block.
    """
    # Named outside the loop, as in `group_rows`.
    days, minutes, values, which = index.day, index.minute, index.value, index.which
    plain, lows, highs, facts, dates = table.plain, table.low, table.high, table.fact, table.dated
    fallback, timed, folded, exposes = table.fallback, table.timed, table.folded, table.exposes
    named_ours, words, drugs, ways = table.ours, table.word, table.drug, table.way
    named_minutes, about, about_first = table.minute, table.about, table.about_first
    source_first, stream_first, streams = table.source_first, table.stream_first, table.stream
    marks, sites, rest, rest_start = table.mark, table.site, out.rest, out.rest_start
    decisions = decision_stream(program)
    for patient in range(out.route.size):
        why = long(out.why[patient])
        if misnumbered[patient] & MISNUMBERED:
            why |= FallbackReason.LABELS
        if misnumbered[patient] & DISPUTED:
            why |= FallbackReason.DISPUTE
        hard = False
        starts = dated = free = ranges = ours = False
        events = 0
        first, last = out.first[patient], out.until[patient]
        started, phase, chosen = long(0), long(c.OUTSIDE), False
        courses = Courses(0, c.NO_DAY, c.NO_DAY, c.NO_DAY, c.NO_DAY)
        spoke_on, spoke_at = c.NO_DAY, 0  # the first value of a day that has a time
        for at in range(rest_start[patient], rest_start[patient + 1]):
            e: int = rest[at]
            entry: int = which[e]
            day, minute = long(days[e]), long(minutes[e])
            ours |= named_ours[entry] != 0
            if fallback[entry]:
                why |= fallback[entry]
                continue
            if facts[entry] and facts[entry] != FactKind.GONE:
                starts |= facts[entry] == FactKind.STARTS_ON
                free |= facts[entry] == FactKind.OTHER_PATHWAY
                day, minute = long(0), long(0)
            else:
                if facts[entry] == 0:
                    first, last = min(first, day), max(last, day)
                if words[entry] and facts[entry] == 0:
                    reason, courses = follow_course(
                        claims.runs, words[entry], drugs[entry], patient, day, on, courses
                    )
                    why |= reason
                    if ways[entry] and is_another_way(claims.ways, drugs[entry], patient, ways[entry]):
                        why |= FallbackReason.ROUTE
                dated |= dates[entry] == 1
                ranges |= plain[entry] == 0 and lows[entry] != highs[entry]
                hard |= is_impossible_time(day, minute, named_minutes[entry])
                hard |= plain[entry] != 0 and not lows[entry] <= values[e] <= highs[entry]
                values_here = source_first[entry + 1] > source_first[entry]
                if minute >= 0 and values_here and spoke_on != day:
                    spoke_on, spoke_at = day, minute
                if exposes[entry] and spoke_on == day and spoke_at < minute:
                    why |= (
                        FallbackReason.EXPOSURE
                    )  # a value is known to have come before the exposure of its day
            if minute >= 0 or not timed[entry]:
                # What an entry claims: its value, or which entry it is, below every value.
                value: float = values[e] if plain[entry] else -2.0 - entry
                if folded[entry]:
                    value = np.nan  # like nothing, itself included: two of one moment may well differ
                if contradicts(claims, about, about_first, entry, patient, day, minute, value):
                    why |= FallbackReason.CONTRADICTION
            events += stream_first[entry + 1] - stream_first[entry]
            for place in range(stream_first[entry], stream_first[entry + 1]):
                if streams[place] == decisions and day <= on:
                    if not chosen:
                        chosen, started = True, min(day, 0)
                    do, to = marks[place], sites[place]
                    if leads_nowhere(do, to, phase):
                        why |= FallbackReason.DECISION
                    phase = to if to >= 0 else phase
        if free:
            started = long(0)
            if ours:
                why |= FallbackReason.PATHWAY
        until = last if on == LAST_DAY else on
        if courses.taken_on == until and until != c.NO_DAY:
            why |= FallbackReason.AS_TAKEN
        if dated and not starts:
            why |= (
                FallbackReason.UNDATED
            )  # a date says nothing of a day as long as nobody knows the date of day 0
        if last != c.NO_DAY and max(until, 0) - min(first, started) > LONGEST:
            why |= FallbackReason.LENGTH
        if hard:
            why |= FallbackReason.REFUSED
        out.why[patient] = why
        out.route[patient] = FALLBACK if why else EMPTY if until == c.NO_DAY else FAST
        out.started[patient], out.until[patient] = started, until
        out.first[patient], out.free[patient] = min(first, started), free
        out.events[patient], out.ranges[patient] = events, ranges


class Courses(NamedTuple):
    """What was said of the drugs of a patient so far: how many run, and on which day there was last a word of a kind.

    `taken_on` is the last day up to the one that is asked for on which a dose was taken of a drug that did not run.
    """

    running: int
    spoken_on: int
    dose_on: int
    none_on: int
    taken_on: int


@kernel
def follow_course(
    runs: Longs, word: int, drug: int, patient: int, day: int, on: int, so_far: Courses
) -> tuple[int, Courses]:
    """Why the whole record has to be read, or 0, and what is known of the drugs after one more word.

    A dose of a drug that runs at the end of its day, and that nothing is taken where nothing runs, say nothing new: so
    `Timeline.takes` and `taking_is_doubted`. What is said of drugs in one day in more than one way is not told apart.
    """
    running, spoken_on, dose_on, none_on, taken_on = so_far
    why = 0
    if word == DrugWord.NONE_TAKEN:
        if running > 0 or spoken_on == day:
            why = FallbackReason.NOTHING_TAKEN
        return why, Courses(running, spoken_on, dose_on, day, taken_on)
    if none_on == day:
        why |= FallbackReason.NOTHING_TAKEN
    if word == DrugWord.RUNS:
        if runs[drug] != patient:
            runs[drug] = patient
            running += 1
    elif word == DrugWord.STOPS:
        if runs[drug] == patient:
            runs[drug] = -1
            running -= 1
        if dose_on == day:
            why |= FallbackReason.AS_TAKEN
    else:
        dose_on = day
        if runs[drug] != patient:
            if word == DrugWord.ASKED_DOSE:
                why |= FallbackReason.AS_TAKEN
            if day <= on:
                taken_on = max(taken_on, day)
    return why, Courses(running, day, dose_on, none_on, taken_on)


@kernel
def is_another_way(latest: Longs, drug: int, patient: int, way: int) -> bool:
    """Whether another way of the drug was said of the patient before; this one is remembered."""
    before = latest[drug]
    latest[drug] = patient * (MOST_WAYS + 1) + way
    return before // (MOST_WAYS + 1) == patient and before != latest[drug]


@kernel
def is_impossible_time(day: int, minute: int, named: int) -> bool:
    """Whether an entry cannot be of its day and minute; `named` is the minute that its words name, -1 for none."""
    if abs(day) > FURTHEST or minute < -1 or minute >= c.END_OF_DAY:
        return True
    return named >= 0 and named != minute


@kernel
def contradicts(
    claims: LastClaims,
    about: Ints,
    about_first: Ints,
    entry: int,
    patient: int,
    day: int,
    minute: int,
    value: float,
) -> bool:
    """Whether something else was said of the same thing at the same moment; what is said now is remembered.

    A pain of 4 in the morning and one of 6 in the evening are two values. Two different values of one minute cannot
    both be meant, and the record's reader says so.
    """
    moment = day * MINUTES + minute
    differs = False
    for at in range(about_first[entry], about_first[entry + 1]):
        thing = about[at]
        differs |= (
            claims.patient[thing] == patient
            and claims.moment[thing] == moment
            and claims.value[thing] != value
        )
        claims.patient[thing], claims.moment[thing], claims.value[thing] = patient, moment, value
    return differs


@kernel
def leads_nowhere(do: DecisionKind, to: int, phase: int) -> bool:
    """Whether a decision names a phase that is unknown, or lies on the wrong side of the last one that was named."""
    if to == c.UNKNOWN_PHASE:
        return True
    if to < 0 or phase < 0:
        return False
    return (do == DecisionKind.ADVANCE and to < phase) or (do == DecisionKind.RETURN and phase < to)
