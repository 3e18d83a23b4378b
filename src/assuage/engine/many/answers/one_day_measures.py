"""Any measure of one patient on one day, by looking at the window itself.

The plain kernels, which know every node. `every_day` answers the frequent questions for all days of a block at once,
and must agree.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.engine.many.blocks.block import (
    Block,
    BlockPart,
    EventField,
    Moment,
    Slot,
    begin_of,
    cell,
    end_of,
    event,
    events_of,
    first_day,
    low_of,
    medicated_since,
    reported_days,
    started_on,
)
from assuage.engine.many.jit import kernel, long, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import (
    DrugMark,
    MeasureKind,
    SessionMark,
    SummaryKind,
    SymptomState,
    WindowKind,
)
from assuage.engine.many.program.layout import (
    MeasureField,
    Program,
    ProgramTable,
    Size,
    Stream,
    how_summed,
    in_grid,
    listed_stream,
    measure_field,
    measure_kind,
    measure_stream,
    measure_window,
    places_owned,
    size_of,
    table_item,
)

Value = tuple[bool, float, float]  # whether it is known, its low end, its high end
MAYBE, SURELY = 1, 2  # how an event counts


@kernel
def value(program: Program, block: Block, measure: int, moment: Moment) -> Value:
    """A measure on a day."""
    kind = measure_kind(program, measure)
    slot, day = moment.slot, moment.day
    if kind == MeasureKind.TIME_IN_PHASE:
        return moment.entered != c.NO_DAY, float(day - moment.entered), float(day - moment.entered)
    if kind == MeasureKind.TIME_ON:
        stream = measure_stream(program, measure)
        since = taken_since(block, stream, slot, day)
        if since != c.NO_DAY and taking_is_doubted(block, stream, slot, day):
            return False, 0.0, 0.0
        if since == c.NO_DAY:
            # Nobody said that it is taken. Only where there is a list of medication, all of it read, does silence mean
            # "not at all".
            listed = medicated_since(block, slot) <= day
            return listed and not perhaps_taken(block, stream, slot, day), 0.0, 0.0
        return True, float(day - since), float(day - since)
    if kind == MeasureKind.RISE:
        return rise(program, block, measure, slot, day)
    if kind == MeasureKind.FALL:
        return fall(program, block, measure, moment)
    window, span = measure_window(program, measure), measure_field(program, measure, MeasureField.SPAN)
    first = first_of(
        program, block, window, span, measure_field(program, measure, MeasureField.ONSET), moment
    )
    if first == c.NO_DAY:
        return False, 0.0, 0.0
    needing = measure_field(program, measure, MeasureField.NEEDING)
    if kind == MeasureKind.COUNT:
        sites = measure_field(program, measure, MeasureField.PLACE)
        reported = measure_field(program, measure, MeasureField.REPORTED)
        stream = measure_stream(program, measure)
        return sessions_between(block, stream, sites, reported, needing, slot, first, day)
    if kind == MeasureKind.SUMMARY:
        source = measure_field(program, measure, MeasureField.SOURCE)
        return summarise_days(block, source, how_summed(program, measure), needing, slot, first, day)
    return False, float(c.unhandled(kind)), 0.0


# --- windows --------------------------------------------------------------------------------------


@kernel
def first_of(
    program: Program, block: Block, window: WindowKind, span: int, onset: int, moment: Moment
) -> int:
    """The first day of a window that ends on the moment's day; NO_DAY if its anchor has no day."""
    if window == WindowKind.PAST:
        return moment.day - span + 1
    if window == WindowKind.SINCE_START:
        return started_on(program, block, moment.slot, moment.day)
    if window == WindowKind.SINCE_ENTRY:
        return moment.entered
    if window == WindowKind.SINCE_ONSET:
        return onset_day(program, block, onset, moment.slot, moment.day)
    return c.unhandled(window)


@kernel
def onset_day(program: Program, block: Block, onset: int, slot: Slot, day: int) -> int:
    """The latest day on which any symptom of an onset was new or worse; NO_DAY if there is none.

    A symptom that was never said to be new or worse began on the day it was first said to be there since it was
    last gone. It is gone when it is gone from every place where it was said to be: of neck and shoulders that hurt,
    "the neck no longer" leaves the shoulders, and the pain goes on.
    """
    latest = c.NO_DAY
    sites = table_item(program, ProgramTable.ONSET_PLACE, onset)
    there = places_said(program, block)
    for at in places_owned(program, ProgramTable.ONSET_FIRST, onset):
        worse = present = c.NO_DAY
        there[:] = 0
        places = 0
        for e in events_of(block, listed_stream(program, at), slot):
            if event(block, e, EventField.DAY) > day:
                break
            site, state = event(block, e, EventField.SITE), event(block, e, EventField.MARK)
            if state == SymptomState.GONE:
                places -= forget_within(program, there, site)
                if places == 0:
                    present = c.NO_DAY
                continue
            if not is_asked_at(program, sites, site):
                continue
            places += int(there[site + 1] == 0)
            there[site + 1] = 1
            if present == c.NO_DAY:
                present = event(block, e, EventField.DAY)
            if state == SymptomState.WORSE:
                worse = event(block, e, EventField.DAY)
        latest = max(latest, present if worse == c.NO_DAY else worse)
    return latest


@kernel
def is_asked_at(program: Program, sites: int, site: int) -> bool:
    """Whether what was said of a site (ANYWHERE: of none) speaks of a list of sites (ANYWHERE: of the whole body)."""
    if sites < 0:
        return True
    return site >= 0 and in_grid(program, ProgramTable.PLACES, sites, site, size_of(program, Size.SITES)) != 0


@kernel
def places_said(program: Program, block: Block) -> Longs:
    """Scratch for what was said of "no site" and of each site."""
    begin = block.numbers[BlockPart.SITES_SAID]
    return block.numbers[begin : begin + size_of(program, Size.SITES) + 1]


@kernel
def forget_within(program: Program, states: Longs, site: int) -> int:
    """Forget what was said of all places that lie within a site which is free of it; how many these were."""
    forgotten = 0
    for part in range(states.size):
        if states[part] and (site < 0 or (part > 0 and site_lies_within(program, part - 1, site))):
            states[part] = 0
            forgotten += 1
    return forgotten


@kernel
def site_lies_within(program: Program, inner: int, outer: int) -> bool:
    """Whether a site lies within another or is it."""
    return in_grid(program, ProgramTable.WITHIN, inner, outer, size_of(program, Size.SITES)) != 0


# --- day values -----------------------------------------------------------------------------------


@kernel
def summarise_days(
    block: Block, source: int, how: SummaryKind, needing: int, slot: Slot, first: int, last: int
) -> Value:
    """The summary of the day values from `first` to `last`; not known with fewer than `needing` days.

    A range stays a range: the low ends are summed up on their own, and the high ends on theirs. Of 2-4 and 3 the
    highest is 3 to 4; 4 would claim what nobody said, that the first was at its upper end.
    """
    begin, end = max(first - first_day(block), 0), last - first_day(block) + 1
    values = block.values
    low = high = 0.0
    n = long(0)
    days = 0.0
    at, step = place(cell(block, source, begin, slot)), place(block.numbers[BlockPart.SLOTS])
    to_high = place(block.numbers[BlockPart.HIGH])
    for i in range(begin, end):
        x, y = values[at], values[at + to_high]
        at += step
        if np.isnan(x):
            continue
        if n == 0 or how == SummaryKind.LATEST:
            low, high = x, y
        elif how == SummaryKind.HIGHEST:
            low, high = max(low, x), max(high, y)
        elif how == SummaryKind.LOWEST:
            low, high = min(low, x), min(high, y)
        else:
            low, high = low + x, high + y
        n += 1
        days += i
    if n < max(needing, 1):
        return False, 0.0, 0.0
    if how == SummaryKind.HIGHEST or how == SummaryKind.LOWEST or how == SummaryKind.LATEST:
        return True, low, high
    if how == SummaryKind.MEAN:
        return True, low / n, high / n
    if how == SummaryKind.SLOPE:
        return slope(block, source, n, days / n, slot, begin, end)
    return False, float(c.unhandled(how)), 0.0


@kernel
def slope(block: Block, source: int, n: int, middle: float, slot: Slot, begin: int, end: int) -> Value:
    """Least squares in points per week; with ranges, each value at the end that makes the slope extreme.

    Days after the middle pull the slope up, days before it pull it down. So the steepest slope takes the high ends
    after the middle and the low ends before it. To put a line through the low ends and one through the high ends
    would miss it: 0-4 followed by 4-8 may have risen by 8 points, and both those lines rise by 4.
    """
    if n < 2:
        return False, 0.0, 0.0
    spread = 0.0
    for i in range(begin, end):
        if not np.isnan(low_of(block, source, i, slot)):
            spread += (i - middle) ** 2
    low = high = 0.0
    for i in range(begin, end):
        at = place(cell(block, source, i, slot))
        x, y = block.values[at], block.values[at + place(block.numbers[BlockPart.HIGH])]
        if np.isnan(x):
            continue
        pull = 7 * (i - middle) / spread
        if pull > 0:
            low, high = low + pull * x, high + pull * y
        else:
            low, high = low + pull * y, high + pull * x
    return True, low, high


@kernel
def rise(program: Program, block: Block, measure: int, slot: Slot, day: int) -> Value:
    """The worst from the latest exposure on, minus the mean of the week before it.

    What was said earlier on the day of the exposure is not told apart here: see `prescan`.
    """
    exposure = latest_exposure(block, measure_stream(program, measure), slot, day)
    if exposure < 0:
        return False, 0.0, 0.0
    exposed = event(block, exposure, EventField.DAY)
    source, how = measure_field(program, measure, MeasureField.SOURCE), how_summed(program, measure)
    last = min(day, exposed + measure_field(program, measure, MeasureField.SPAN))
    mean: SummaryKind = long(SummaryKind.MEAN)
    after, low, high = summarise_days(block, source, how, long(1), slot, exposed, last)
    before, usual_low, usual_high = summarise_days(
        block, source, mean, long(1), slot, exposed - 7, exposed - 1
    )
    low, high = low - usual_high, high - usual_low
    if how == SummaryKind.LOWEST:  # a scale on which less is worse: a rise is a fall
        low, high = -high, -low
    return after and before, low, high


@kernel
def fall(program: Program, block: Block, measure: int, moment: Moment) -> Value:
    """How far a summary has fallen from its first known value since the anchor, in percent of that.

    The first day with a value is the baseline even where it is 0, from which nothing can fall: then it is unknown.
    To go on to the first value above 0 would take the worst day for the usual one.
    """
    slot, day = moment.slot, moment.day
    source, how = measure_field(program, measure, MeasureField.SOURCE), how_summed(program, measure)
    needing = measure_field(program, measure, MeasureField.NEEDING)
    span = measure_field(program, measure, MeasureField.SPAN)
    known, low, high = summarise_days(block, source, how, needing, slot, day - span + 1, day)
    if not known:
        return False, 0.0, 0.0
    anchor = moment.entered
    if measure_field(program, measure, MeasureField.ANCHOR) == WindowKind.SINCE_START:
        anchor = started_on(program, block, slot, day)
    if anchor == c.NO_DAY:
        return False, 0.0, 0.0
    for then in range(anchor, day + 1):
        had, base_low, base_high = summarise_days(block, source, how, needing, slot, then - span + 1, then)
        if had:
            if base_low <= 0:
                return False, 0.0, 0.0
            return True, 100 * (base_low - high) / base_low, 100 * (base_high - low) / base_high
    return False, 0.0, 0.0


# --- sessions and doses ---------------------------------------------------------------------------


@kernel
def latest_exposure(block: Block, stream: Stream, slot: Slot, day: int) -> int:
    """The event of the latest session; -1 if there is none or if it is not sure that it was one.

    An unsure session is not passed over for the sure one before it: it may be the latest, and then what followed the
    other is no answer.
    """
    begin = begin_of(block, stream, slot)
    e = end_of(block, stream, slot) - 1
    while e >= begin and event(block, e, EventField.DAY) > day:
        e -= 1
    while e >= begin and is_shadowed(block, stream, slot, e):
        e -= 1
    return e if e >= begin and event(block, e, EventField.MARK) & SessionMark.SURE else -1


@kernel
def is_shadowed(block: Block, stream: Stream, slot: Slot, e: int) -> bool:
    """Whether an event is the start of a course with a session of the same day beside it: one session, said twice."""
    if event(block, e, EventField.MARK) & SessionMark.SESSION:
        return False
    day = event(block, e, EventField.DAY)
    other = e - 1
    while other >= begin_of(block, stream, slot) and event(block, other, EventField.DAY) == day:
        if event(block, other, EventField.MARK) & SessionMark.SESSION:
            return True
        other -= 1
    other = e + 1
    while other < end_of(block, stream, slot) and event(block, other, EventField.DAY) == day:
        if event(block, other, EventField.MARK) & SessionMark.SESSION:
            return True
        other += 1
    return False


@kernel
def weight(block: Block, stream: Stream, sites: int, slot: Slot, e: int) -> int:
    """Whether an event counts as a session at one of the sites: SURELY, MAYBE, or 0 for not at all."""
    if is_shadowed(block, stream, slot, e):
        return 0
    here = c.YES if sites < 0 else (event(block, e, EventField.HERE) >> (2 * sites)) & 3
    if here == c.NO:
        return 0
    return SURELY if event(block, e, EventField.MARK) & SessionMark.SURE and here == c.YES else MAYBE


@kernel
def sessions_between(
    block: Block, stream: Stream, sites: int, reported: int, needing: int, slot: Slot, first: int, last: int
) -> Value:
    """How many sessions there are, as a range where it is open whether or where one was.

    What a clinic records it records when it happens, so silence is zero. What patients seek on their own is in
    nobody's record unless they were asked: without enough days on which they reported anything, there is no upper
    end.
    """
    certain = possible = 0
    for e in events_of(block, stream, slot):
        if event(block, e, EventField.DAY) < first:
            continue
        if event(block, e, EventField.DAY) > last:
            break
        counts = weight(block, stream, sites, slot, e)
        certain += counts == SURELY
        possible += counts == MAYBE
    if reported:
        origin = first_day(block)
        heard = reported_days(block, last - origin + 1, slot) - reported_days(
            block, max(first - origin, 0), slot
        )
        if heard < needing:
            return certain > 0, float(certain), np.inf
    return True, float(certain), float(certain + possible)


@kernel
def taken_since(block: Block, stream: Stream, slot: Slot, day: int) -> int:
    """Since when a drug has been taken without a break, under whatever names; NO_DAY if it is not.

    Where one name takes the place of another without a day between, that is no break: so the day before the first is
    asked about again, as long as any name reaches farther back.
    """
    since, until = c.NO_DAY, day
    begin, end = begin_of(block, stream, slot), end_of(block, stream, slot)
    again = True
    while again:
        again = False
        for e in range(begin, end):
            if event(block, e, EventField.MARK) == DrugMark.TAKEN:
                began = runs_since(block, begin, end, event(block, e, EventField.NAME), until)
                if began != c.NO_DAY and (since == c.NO_DAY or began < since):
                    since, again = began, True
        until = since - 1
    return since


@kernel
def perhaps_taken(block: Block, stream: Stream, slot: Slot, day: int) -> bool:
    """Whether something is taken that may be the drug: its name is not read, or its class not known."""
    begin, end = begin_of(block, stream, slot), end_of(block, stream, slot)
    for e in range(begin, end):
        name = event(block, e, EventField.NAME)
        perhaps = event(block, e, EventField.MARK) == DrugMark.PERHAPS
        if perhaps and runs_since(block, begin, end, name, day) != c.NO_DAY:
            return True
    return False


@kernel
def taking_is_doubted(block: Block, stream: Stream, slot: Slot, day: int) -> bool:
    """Whether somebody said of every name under which a drug runs that it is not taken, and nobody since that it is."""
    begin, end = begin_of(block, stream, slot), end_of(block, stream, slot)
    denied = False
    for e in range(begin, end):
        denied |= event(block, e, EventField.MARK) == DrugMark.DENIED
    if not denied:
        return False
    for e in range(begin, end):
        name = event(block, e, EventField.NAME)
        taken = event(block, e, EventField.MARK) == DrugMark.TAKEN
        if taken and runs_since(block, begin, end, name, day) != c.NO_DAY:
            last = DrugMark.STOPPED
            for other in range(begin, end):
                if (
                    event(block, other, EventField.DAY) <= day
                    and event(block, other, EventField.NAME) == name
                ):
                    last = event(block, other, EventField.MARK)
            if last != DrugMark.DENIED:
                return False
    return True


@kernel
def runs_since(block: Block, begin: int, end: int, name: int, until: int) -> int:
    """Since when what has this name runs at the end of a day; NO_DAY if it does not. A day's last word counts."""
    since, last, mark = c.NO_DAY, c.NO_DAY, 0
    for e in range(begin, end):
        on = event(block, e, EventField.DAY)
        if on > until or event(block, e, EventField.NAME) != name:
            continue
        if event(block, e, EventField.MARK) >= DrugMark.DENIED:
            continue
        if on != last and last != c.NO_DAY:
            since = c.NO_DAY if mark == DrugMark.STOPPED else last if since == c.NO_DAY else since
        last, mark = on, event(block, e, EventField.MARK)
    if last == c.NO_DAY or mark == DrugMark.STOPPED:
        return c.NO_DAY
    return last if since == c.NO_DAY else since
