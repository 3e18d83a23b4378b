"""Windows of a fixed length for every day of a block at once, by running counts and sums.

A window that asks whether a bound was passed needs no window: it is enough to remember the last day on which
a value lay beyond the bound, and on how many days there was a value. A mean needs one addition and one subtraction
a day. Patients lie side by side, so that each step is done for all of them in a loop without a branch, which the
compiler turns into a few instructions for eight patients at a time.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.kleene import BILLION, compare_range
from assuage.engine.many.answers.one_day_measures import MAYBE, SURELY, weight
from assuage.engine.many.arrays import Bytes, Floats, Longs, Shorts
from assuage.engine.many.blocks.block import (
    Block,
    BlockPart,
    EventField,
    Slot,
    begin_of,
    end_of,
    event,
    events_of,
    first_day,
    has_events,
    join_rows,
    narrow,
    offset_of,
    reported_days,
    slot_count,
    slots_of,
    started,
    until,
)
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import Comparison, MeasureKind, SummaryKind
from assuage.engine.many.program.layout import (
    LeafField,
    MeasureField,
    Program,
    ProgramTable,
    Stream,
    decision_stream,
    how_summed,
    leaf_field,
    measure_field,
    measure_kind,
    measure_stream,
    sign_of,
    table_item,
)

LONG_AGO = -(2**14)  # farther back than any day of a block


# --- the worst and the best -----------------------------------------------------------------------


@kernel
def fill_extremes(program: Program, block: Block, there: Bytes, leaf: int, out: Bytes) -> None:
    """The highest or lowest of a window against a bound, without the window.

    The highest is above a bound exactly when some value is; the lowest, when no value is at it or below. Values
    are turned around for the lowest, so that one rule serves both.
    """
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    sign, billionths = sign_of(program, leaf), float(table_item(program, ProgramTable.BOUNDS, leaf))
    turn = 1.0
    if how_summed(program, measure) == SummaryKind.LOWEST:
        turn, sign = -1.0, turned(sign)
    billionths *= turn
    days, slots = out.shape
    yes, no = c.YES, c.NO
    if sign == Comparison.AT_MOST or sign == Comparison.BELOW:
        yes, no = no, yes
    fill_above(program, block, there, measure, turn, largest_passing(sign, billionths), yes, no, out)
    if sign == Comparison.EQUAL:
        # Some value is at the bound or above it; and none may be above.
        over: Bytes = np.empty((days, slots), np.uint8)
        most = largest_passing(long(Comparison.ABOVE), billionths)
        fill_above(program, block, there, measure, turn, most, no, yes, over)
        join_rows(over.reshape(days * slots), c.YES, c.NO, out.reshape(days * slots))


@kernel
def fill_above(
    program: Program,
    block: Block,
    there: Bytes,
    measure: int,
    turn: float,
    most: float,
    some: int,
    none: int,
    out: Bytes,
) -> None:
    """For each day: `some` if a value of the window lies above `most`, else `none`; unknown with too few values.

    Where values are ranges, what their low ends say and what their high ends say is known if it is the same: the
    highest of the low ends is the low end of the highest.
    """
    grid = offset_of(block, measure_field(program, measure, MeasureField.SOURCE))
    span = measure_field(program, measure, MeasureField.SPAN)
    needing = measure_field(program, measure, MeasureField.NEEDING)
    days, slots = out.shape
    size, high = days * slots, block.numbers[BlockPart.HIGH]
    hit = np.empty(size, np.uint8)
    mark_above(block.values[grid * size : (grid + 1) * size], turn, most, hit)
    if_hit_within(hit, there[grid], span, needing, some, none, out)
    if high:
        at_high: Bytes = np.empty((days, slots), np.uint8)
        mark_above(block.values[high + grid * size : high + (grid + 1) * size], turn, most, hit)
        if_hit_within(hit, there[grid], span, needing, some, none, at_high)
        narrow(at_high.reshape(size), out.reshape(size))


@kernel
def turned(sign: Comparison) -> Comparison:
    """The same comparison where values and bound have changed their sign: at most 3 is at least -3."""
    if sign == Comparison.AT_MOST:
        return long(Comparison.AT_LEAST)
    if sign == Comparison.BELOW:
        return long(Comparison.ABOVE)
    if sign == Comparison.AT_LEAST:
        return long(Comparison.AT_MOST)
    if sign == Comparison.ABOVE:
        return long(Comparison.BELOW)
    if sign == Comparison.EQUAL:
        return sign
    return c.unhandled(sign)


@kernel
def largest_passing(sign: Comparison, billionths: float) -> float:
    """The largest number that is at a bound or below it, once it is rounded to nine decimals; where the bound itself
    belongs to what is above (at least, below, equal), the largest below it.

    With it a comparison of every value takes one step instead of three. The bound itself will not do: 0.3 is at
    most 0.3, and so is 0.1 + 0.2, which is a little more than 0.3 to the machine.
    """
    if sign == Comparison.BELOW or sign == Comparison.AT_LEAST or sign == Comparison.EQUAL:
        billionths -= 1
    elif sign != Comparison.AT_MOST and sign != Comparison.ABOVE:
        c.unhandled(sign)
    x = (billionths + 0.5) / BILLION
    while np.rint(x * BILLION) <= billionths:
        x = np.nextafter(x, np.inf)
    while np.rint(x * BILLION) > billionths:
        x = np.nextafter(x, -np.inf)
    return x


@kernel
def mark_above(values: Floats, turn: float, most: float, hit: Bytes) -> None:
    """Mark the values that lie above a bound."""
    for at in range(values.size):
        hit[at] = values[at] * turn > most


@kernel
def if_hit_within(
    hit: Bytes, there: Bytes, span: int, needing: int, some: int, none: int, out: Bytes
) -> None:
    """For each day: `some` if there was a hit in the last `span` days, else `none`; unknown with too few values."""
    days, slots = out.shape
    yes, no, open_ = np.uint8(some), np.uint8(none), np.uint8(0)
    last = np.full(slots, LONG_AGO, np.int16)  # the last day with a hit
    had = np.zeros(slots, np.int16)
    for i in range(days):
        count_in(there, i, span, had)
        day, first = np.int16(i), np.int16(max(i - span, LONG_AGO))
        here, answers = hit[i * slots : (i + 1) * slots], out[i]
        for slot in range(slots):
            last[slot] = day if here[slot] else last[slot]
        for slot in range(slots):
            answer = yes if last[slot] > first else no
            answers[slot] = answer if had[slot] >= needing else open_


# --- the last ---------------------------------------------------------------------------------------


@kernel
def fill_latest(program: Program, block: Block, there: Bytes, leaf: int, out: Bytes) -> None:
    """The last value of a window against a bound: the last there was, as long as there is one in the window."""
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    grid = offset_of(block, measure_field(program, measure, MeasureField.SOURCE))
    span = measure_field(program, measure, MeasureField.SPAN)
    needing = max(measure_field(program, measure, MeasureField.NEEDING), 1)
    sign, billionths = sign_of(program, leaf), float(table_item(program, ProgramTable.BOUNDS, leaf))
    days, slots = out.shape
    high = block.numbers[BlockPart.HIGH]
    low, up, had = np.zeros(slots), np.zeros(slots), np.zeros(slots, np.int16)
    known = np.empty(slots, np.uint8)
    most, above = largest_passing(sign, billionths), holds_above(sign)
    for i in range(days):
        here = (grid * days + i) * slots
        take_latest(block.values[here : here + slots], low)
        if high:
            take_latest(block.values[high + here : high + here + slots], up)
        count_in(there[grid], i, span, had)
        for slot in range(slots):
            known[slot] = had[slot] >= needing
        if sign == Comparison.EQUAL:
            equal_all(low, up if high else low, billionths, known, out[i])
        else:
            decide_all(above, low, up if high else low, most, known, out[i])


@kernel
def take_latest(now: Floats, latest: Floats) -> None:
    """Put the values of a row that are there in the place of those before them."""
    for slot in range(latest.size):
        latest[slot] = now[slot] if now[slot] == now[slot] else latest[slot]


# --- means and falls ------------------------------------------------------------------------------


@kernel
def fill_means(program: Program, block: Block, there: Bytes, leaf: int, out: Bytes) -> None:
    """The mean of a window, or its fall from the first known one, by running sums."""
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    grid = offset_of(block, measure_field(program, measure, MeasureField.SOURCE))
    span = measure_field(program, measure, MeasureField.SPAN)
    needing = measure_field(program, measure, MeasureField.NEEDING)
    sign, billionths = sign_of(program, leaf), float(table_item(program, ProgramTable.BOUNDS, leaf))
    falls, high = measure_kind(program, measure) == MeasureKind.FALL, block.numbers[BlockPart.HIGH]
    days, slots = out.shape
    sums, high_sums, had = np.zeros(slots), np.zeros(slots), np.zeros(slots, np.int16)
    restarts = restarts_of(program, block, days) if falls else np.zeros((1, 1), np.uint8)
    base, base_high = np.full(slots, np.nan), np.full(slots, np.nan)
    begins = np.zeros(slots, np.int64)
    for slot in slots_of(block):
        begins[slot] = started(block, slot)
    low, up = np.empty(slots), np.empty(slots)
    known = np.empty(slots, np.uint8)
    waiting = slots  # how many have no first known mean yet
    most, above = largest_passing(sign, billionths), holds_above(sign)
    for i in range(days):
        here = (grid * days + i) * slots
        gone = here - span * slots if i >= span else -1
        roll(block.values, here, gone, slots, sums)
        count_in(there[grid], i, span, had)
        for slot in range(slots):
            known[slot] = had[slot] >= needing
        for slot in range(slots):
            low[slot] = sums[slot] / had[slot]
        if high:
            roll(block.values, here + high, gone + high if gone >= 0 else gone, slots, high_sums)
            for slot in range(slots):
                up[slot] = high_sums[slot] / had[slot]
        if falls:
            if restarts.shape[0] > 1:
                waiting = slots
                for slot in range(slots):
                    base[slot] = np.nan if restarts[i, slot] else base[slot]
            if waiting:
                waiting = take_bases(known, low, up, begins, first_day(block) + i, base, base_high)
            # From nothing nothing falls: then it is not known.
            for slot in range(slots):
                known[slot] = known[slot] & np.uint8(base[slot] > 0)
            if high:
                for slot in range(slots):
                    fallen = 100 * (base[slot] - up[slot]) / base[slot]
                    up[slot] = 100 * (base_high[slot] - low[slot]) / base_high[slot]
                    low[slot] = fallen
            else:
                for slot in range(slots):
                    low[slot] = 100 * (base[slot] - low[slot]) / base[slot]
        if sign == Comparison.EQUAL:
            equal_all(low, up if high else low, billionths, known, out[i])
        else:
            decide_all(above, low, up if high else low, most, known, out[i])


@kernel
def take_bases(
    known: Bytes, low: Floats, up: Floats, begins: Longs, day: int, base: Floats, base_high: Floats
) -> int:
    """Take the mean of a day as what falls are counted from, where it is the first known; how many still wait."""
    waiting = 0
    for slot in range(base.size):
        first = known[slot] != 0 and base[slot] != base[slot] and day >= begins[slot]
        base[slot] = low[slot] if first else base[slot]
        base_high[slot] = up[slot] if first else base_high[slot]
        waiting += base[slot] != base[slot]
    return waiting


@kernel
def roll(values: Floats, here: int, gone: int, slots: int, sums: Floats) -> None:
    """Add a row of day values to running sums, and take the row off that leaves the window (-1: none does)."""
    now = values[here : here + slots]
    if gone < 0:
        for slot in range(slots):
            sums[slot] += now[slot] if now[slot] == now[slot] else 0.0
        return
    before = values[gone : gone + slots]
    for slot in range(slots):
        come = now[slot] if now[slot] == now[slot] else 0.0
        sums[slot] += come - (before[slot] if before[slot] == before[slot] else 0.0)


@kernel
def count_in(there: Bytes, i: int, span: int, had: Shorts) -> None:
    """Count the values of a row of days in, and those of the row that leaves the window out."""
    slots = had.size
    now = there[i * slots : (i + 1) * slots]
    if i < span:
        for slot in range(slots):
            had[slot] += np.int16(now[slot])
        return
    before = there[(i - span) * slots : (i - span + 1) * slots]
    for slot in range(slots):
        had[slot] += np.int16(now[slot]) - np.int16(before[slot])


@kernel
def holds_above(sign: Comparison) -> bool:
    """Whether a comparison holds for what is above the bound; else for what is below."""
    if sign == Comparison.ABOVE or sign == Comparison.AT_LEAST:
        return True
    if sign == Comparison.BELOW or sign == Comparison.AT_MOST or sign == Comparison.EQUAL:
        return False
    return c.unhandled(sign) != 0


@kernel
def decide_all(above: bool, low: Floats, up: Floats, most: float, known: Bytes, out: Bytes) -> None:
    """Yes or no for patients side by side where both ends of a range agree; `most` is as `largest_passing` says."""
    yes, no, open_ = np.uint8(c.YES), np.uint8(c.NO), np.uint8(0)
    if above:
        yes, no = no, yes  # what holds above does not hold below
    for slot in range(out.size):
        answer = yes if up[slot] <= most else no if low[slot] > most else open_
        out[slot] = answer if known[slot] else open_


@kernel
def equal_all(low: Floats, up: Floats, billionths: float, known: Bytes, out: Bytes) -> None:
    """The same for a measure that must equal its bound."""
    sign: Comparison = long(Comparison.EQUAL)
    for slot in range(out.size):
        answer = np.uint8(compare_range(sign, low[slot], up[slot], int(billionths)))
        out[slot] = answer if known[slot] else np.uint8(0)


@kernel
def restarts_of(program: Program, block: Block, days: int) -> Bytes:
    """For each row and slot whether a decision to enter begins the pathway anew; one cell if none ever does."""
    restarts = np.zeros((days, slot_count(block)), np.uint8)
    some = False
    for slot in slots_of(block):
        for e in events_of(block, decision_stream(program), slot):
            i = event(block, e, EventField.DAY) - first_day(block)
            if event(block, e, EventField.MARK) == c.DecisionKind.ENTER and 0 <= i < days:
                restarts[i, slot] = 1
                some = True
    return restarts if some else np.zeros((1, 1), np.uint8)


# --- counts of what patients report ---------------------------------------------------------------


@kernel
def fill_counts(program: Program, block: Block, leaf: int, begun: int, out: Bytes) -> None:
    """A count of what patients report: by running sums of the days on which they reported.

    For most days of most patients the window holds no session, and the answer hangs only on whether they reported on
    enough days: that is written for all first. Then the days with a session in their window are written over.
    """
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    stream, span = measure_stream(program, measure), measure_field(program, measure, MeasureField.SPAN)
    needing = measure_field(program, measure, MeasureField.NEEDING)
    days, slots = out.shape
    none = np.uint8(
        compare_range(sign_of(program, leaf), 0.0, 0.0, table_item(program, ProgramTable.BOUNDS, leaf))
    )
    reported = block.numbers[BlockPart.REPORTED]
    for i in range(days):
        now = block.numbers[reported + (i + 1) * slots : reported + (i + 2) * slots]
        first = max(i + 1 - span, 0)
        before = block.numbers[reported + first * slots : reported + (first + 1) * slots]
        answers = out[i]
        for slot in range(slots):
            answers[slot] = none if now[slot] - before[slot] >= needing else np.uint8(0)
    most = 0
    for slot in slots_of(block):
        most = max(most, end_of(block, stream, slot) - begin_of(block, stream, slot))
    weights = np.empty(most, np.int64)
    for slot in slots_of(block):
        if not has_events(block, stream, slot):
            continue
        first = max(started(block, slot) - first_day(block), begun)
        last = min(until(block, slot) - first_day(block), days - 1)
        count_sessions(program, block, leaf, stream, slot, first, last, weights, out)


@kernel
def count_sessions(
    program: Program,
    block: Block,
    leaf: int,
    stream: Stream,
    slot: Slot,
    first: int,
    last: int,
    weights: Longs,
    out: Bytes,
) -> None:
    """The answers on the days of one patient that have a session in their window. `weights` is scratch."""
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    span = measure_field(program, measure, MeasureField.SPAN)
    needing = measure_field(program, measure, MeasureField.NEEDING)
    sites = measure_field(program, measure, MeasureField.PLACE)
    sign, billionths = sign_of(program, leaf), table_item(program, ProgramTable.BOUNDS, leaf)
    origin = first_day(block)
    begin, end = begin_of(block, stream, slot), end_of(block, stream, slot)
    for e in range(begin, end):
        weights[e - begin] = weight(block, stream, sites, slot, e)
    done, oldest = first - 1, begin
    for e in range(begin, end):
        i = event(block, e, EventField.DAY) - origin
        for row in range(max(i, done + 1), min(i + span - 1, last) + 1):
            while event(block, oldest, EventField.DAY) - origin <= row - span:
                oldest += 1
            certain = possible = long(0)
            at = oldest
            while at < end and event(block, at, EventField.DAY) - origin <= row:
                certain += weights[at - begin] == SURELY
                possible += weights[at - begin] == MAYBE
                at += 1
            since = max(row + 1 - span, 0)
            heard = reported_days(block, row + 1, slot) - reported_days(block, since, slot) >= needing
            high = float(certain + possible) if heard else np.inf
            answer = compare_range(sign, float(certain), high, billionths) if heard or certain else c.UNKNOWN
            out[row, slot] = answer
            done = row
