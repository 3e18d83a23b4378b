"""Any question about one patient on one day, by looking at the window itself: the plain kernels.

They know every node. `fill` answers the frequent ones for all days of a block at once, and must agree.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.blocks.block import (
    begin_of,
    cell,
    end_of,
    event,
    low_of,
    medicated,
    started_on,
    told,
)
from assuage.engine.many.jit import Floats, Longs, kernel, long, place
from assuage.engine.many.program import codes as c

Value = tuple[bool, float, float]
MAYBE, SURELY = 1, 2  # how an event counts
BILLION = 1e9  # numbers are compared after rounding to nine decimals


@kernel
def compare(op: int, low: float, high: float, exact: int) -> int:
    """Yes or no where both ends of a range say the same, else unknown; `exact` is the bound in billionths."""
    low, high = np.rint(low * BILLION), np.rint(high * BILLION)
    if op == c.AT_MOST:
        return c.YES_ if high <= exact else c.NO_ if low > exact else c.UNKNOWN_
    if op == c.BELOW:
        return c.YES_ if high < exact else c.NO_ if low >= exact else c.UNKNOWN_
    if op == c.AT_LEAST:
        return c.YES_ if low >= exact else c.NO_ if high < exact else c.UNKNOWN_
    if op == c.ABOVE:
        return c.YES_ if low > exact else c.NO_ if high <= exact else c.UNKNOWN_
    if low == high and low == exact:
        return c.YES_
    return c.NO_ if exact < low or exact > high else c.UNKNOWN_


# --- places of symptoms ---------------------------------------------------------------------------


@kernel
def lies_within(p: Longs, inner: int, outer: int) -> bool:
    """Whether a site lies within another or is it."""
    return p[p[c.P_WITHIN] + inner * p[c.N_SITES] + outer] != 0


@kernel
def gone(p: Longs, parts: Longs, at: int) -> int:
    """Forget the parts (first no site, then each site) that lie within a site that is free of it; how many."""
    forgotten = 0
    for part in range(parts.size):
        if parts[part] and (at < 0 or (part > 0 and lies_within(p, part - 1, at))):
            parts[part] = 0
            forgotten += 1
    return forgotten


# --- windows --------------------------------------------------------------------------------------


@kernel
def onset(p: Longs, g: Longs, number: int, lane: int, day: int) -> int:
    """The latest day on which any symptom of an onset was new or worse; NO_DAY if there is none."""
    latest = c.NO_DAY
    place = p[p[c.P_ONSET_PLACE] + number]
    parts = g[
        g[c.B_PARTS] : g[c.B_PARTS] + p[c.N_SITES] + 1
    ]  # for "no site" and each site: whether it is there
    for at in range(p[p[c.P_ONSET_FIRST] + number], p[p[c.P_ONSET_FIRST] + number + 1]):
        stream = p[p[c.P_ITEMS] + at]
        worse = present = c.NO_DAY
        parts[:] = 0
        there = 0
        for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
            if event(g, e, c.E_DAY) > day:
                break
            site, state = event(g, e, c.E_SITE), event(g, e, c.E_MARK)
            if state == c.SAID_GONE:
                there -= gone(p, parts, site)
                if there == 0:
                    present = c.NO_DAY
                continue
            if place >= 0 and (site < 0 or p[p[c.P_PLACES] + place * p[c.N_SITES] + site] == 0):
                continue
            there += int(parts[site + 1] == 0)
            parts[site + 1] = 1
            if present == c.NO_DAY:
                present = event(g, e, c.E_DAY)
            if state == c.SAID_WORSE:
                worse = event(g, e, c.E_DAY)
        latest = max(latest, present if worse == c.NO_DAY else worse)
    return latest


@kernel
def first_of(
    p: Longs, g: Longs, window: int, span: int, onset_number: int, lane: int, day: int, entered: int
) -> int:
    """The first day of a window that ends on `day`; NO_DAY if its anchor has no day."""
    if window == c.PAST:
        return day - span + 1
    if window == c.SINCE_START:
        return started_on(p, g, lane, day)
    if window == c.SINCE_ENTRY:
        return entered
    return onset(p, g, onset_number, lane, day)


@kernel
def summary(
    g: Longs, v: Floats, source: int, how: int, needing: int, lane: int, first: int, last: int
) -> Value:
    """The summary of the day values from `first` to `last`; not known with fewer than `needing` days."""
    begin, end = max(first - g[c.B_FIRST], 0), last - g[c.B_FIRST] + 1
    low = high = 0.0
    n = long(0)
    days = 0.0
    at, step, high_at = place(cell(g, source, begin, lane)), place(g[c.B_LANES]), place(g[c.B_HIGH])
    for i in range(begin, end):
        x, y = v[at], v[at + high_at]
        at += step
        if np.isnan(x):
            continue
        if n == 0 or how == c.LATEST:
            low, high = x, y
        elif how == c.HIGHEST:
            low, high = max(low, x), max(high, y)
        elif how == c.LOWEST:
            low, high = min(low, x), min(high, y)
        else:
            low, high = low + x, high + y
        n += 1
        days += i
    if n < max(needing, 1):
        return False, 0.0, 0.0
    if how == c.MEAN:
        return True, low / n, high / n
    if how == c.SLOPE:
        return slope(g, v, source, n, days / n, lane, begin, end)
    return True, low, high


@kernel
def slope(g: Longs, v: Floats, source: int, n: int, middle: float, lane: int, begin: int, end: int) -> Value:
    """Least squares in points per week; with ranges, each value at the end that makes the slope extreme."""
    if n < 2:
        return False, 0.0, 0.0
    spread = 0.0
    for i in range(begin, end):
        if not np.isnan(low_of(g, v, source, i, lane)):
            spread += (i - middle) ** 2
    low = high = 0.0
    for i in range(begin, end):
        at = cell(g, source, i, lane)
        x, y = v[at], v[at + g[c.B_HIGH]]
        if np.isnan(x):
            continue
        weight = 7 * (i - middle) / spread
        if weight > 0:
            low, high = low + weight * x, high + weight * y
        else:
            low, high = low + weight * y, high + weight * x
    return True, low, high


# --- measures -------------------------------------------------------------------------------------


@kernel
def latest_exposure(g: Longs, stream: int, lane: int, day: int) -> int:
    """The event of the latest session; -1 if there is none or if it is not sure that it was one."""
    begin = begin_of(g, stream, lane)
    e = end_of(g, stream, lane) - 1
    while e >= begin and event(g, e, c.E_DAY) > day:
        e -= 1
    while e >= begin and is_shadowed(g, stream, lane, e):
        e -= 1
    return e if e >= begin and event(g, e, c.E_MARK) & c.SURE else -1


@kernel
def came_before(minute: int, other: int) -> bool:
    """Whether something said at a minute is known to have come before another of the same day."""
    return minute >= 0 and other >= 0 and minute < other


@kernel
def is_shadowed(g: Longs, stream: int, lane: int, e: int) -> bool:
    """Whether an event is the start of a course with a session of the same day beside it."""
    if event(g, e, c.E_MARK) & c.SESSION:
        return False
    other = e - 1
    while other >= begin_of(g, stream, lane) and event(g, other, c.E_DAY) == event(g, e, c.E_DAY):
        if event(g, other, c.E_MARK) & c.SESSION:
            return True
        other -= 1
    other = e + 1
    while other < end_of(g, stream, lane) and event(g, other, c.E_DAY) == event(g, e, c.E_DAY):
        if event(g, other, c.E_MARK) & c.SESSION:
            return True
        other += 1
    return False


@kernel
def weight(g: Longs, stream: int, place: int, lane: int, e: int) -> int:
    """Whether an event counts as a session at one of the sites: SURELY, MAYBE, or 0 for not at all."""
    if is_shadowed(g, stream, lane, e):
        return 0
    here = c.YES_ if place < 0 else (event(g, e, c.E_HERE) >> (2 * place)) & 3
    if here == c.NO_:
        return 0
    return SURELY if event(g, e, c.E_MARK) & c.SURE and here == c.YES_ else MAYBE


@kernel
def count(
    g: Longs, stream: int, place: int, asks: int, needing: int, lane: int, first: int, day: int
) -> Value:
    """How many sessions there are, as a range where it is open whether or where one was."""
    certain = possible = 0
    for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
        if event(g, e, c.E_DAY) < first:
            continue
        if event(g, e, c.E_DAY) > day:
            break
        counts = weight(g, stream, place, lane, e)
        certain += counts == SURELY
        possible += counts == MAYBE
    if asks:
        begin = max(first - g[c.B_FIRST], 0)
        if told(g, day - g[c.B_FIRST] + 1, lane) - told(g, begin, lane) < needing:
            return certain > 0, float(certain), np.inf
    return True, float(certain), float(certain + possible)


@kernel
def course(g: Longs, stream: int, lane: int, day: int) -> int:
    """Since when a drug has been taken without a break; NO_DAY if it is not. A day's last word counts."""
    since = c.NO_DAY
    e, end = begin_of(g, stream, lane), end_of(g, stream, lane)
    while e < end and event(g, e, c.E_DAY) <= day:
        if e + 1 < end and event(g, e + 1, c.E_DAY) == event(g, e, c.E_DAY):
            e += 1
            continue
        if event(g, e, c.E_MARK) == 0:
            since = c.NO_DAY
        elif since == c.NO_DAY:
            since = event(g, e, c.E_DAY)
        e += 1
    return since


@kernel
def value(p: Longs, g: Longs, v: Floats, number: int, lane: int, day: int, entered: int) -> Value:
    """A measure on a day: whether it is known, its low end, its high end."""
    row = p[c.P_MEASURES] + number * c.M_WIDTH
    kind = p[row + c.M_KIND]
    if kind == c.TIME_IN_PHASE:
        return entered != c.NO_DAY, float(day - entered), float(day - entered)
    if kind == c.TIME_ON:
        since = course(g, p[row + c.M_STREAM], lane, day)
        if since == c.NO_DAY:
            return medicated(g, lane, day), 0.0, 0.0
        return True, float(day - since), float(day - since)
    if kind == c.RISE:
        return rise(p, g, v, number, lane, day)
    if kind == c.FALL:
        return fall(p, g, v, number, lane, day, entered)
    first = first_of(p, g, p[row + c.M_WINDOW], p[row + c.M_SPAN], p[row + c.M_ONSET], lane, day, entered)
    if first == c.NO_DAY:
        return False, 0.0, 0.0
    if kind == c.COUNT:
        return count(
            g, p[row + c.M_STREAM], p[row + c.M_PLACE], p[row + c.M_TOLD], p[row + c.M_NEED], lane, first, day
        )
    return summary(g, v, p[row + c.M_SOURCE], p[row + c.M_HOW], p[row + c.M_NEED], lane, first, day)


@kernel
def rise(p: Longs, g: Longs, v: Floats, number: int, lane: int, day: int) -> Value:
    """The worst from the latest exposure on, minus the mean of the week before it.

    What was said earlier on the day of the exposure is not told apart here: see `load.survey`.
    """
    row = p[c.P_MEASURES] + number * c.M_WIDTH
    session = latest_exposure(g, p[row + c.M_STREAM], lane, day)
    if session < 0:
        return False, 0.0, 0.0
    exposed = event(g, session, c.E_DAY)
    source, how = p[row + c.M_SOURCE], p[row + c.M_HOW]
    after, low, high = summary(
        g, v, source, how, long(1), lane, exposed, min(day, exposed + p[row + c.M_SPAN])
    )
    before, usual_low, usual_high = summary(
        g, v, source, long(c.MEAN), long(1), lane, exposed - 7, exposed - 1
    )
    low, high = low - usual_high, high - usual_low
    if how == c.LOWEST:  # a scale on which less is worse: a rise is a fall
        low, high = -high, -low
    return after and before, low, high


@kernel
def fall(p: Longs, g: Longs, v: Floats, number: int, lane: int, day: int, entered: int) -> Value:
    """How far a summary has fallen from its first known value since the anchor, in percent of that."""
    row = p[c.P_MEASURES] + number * c.M_WIDTH
    source, how, needing, span = p[row + c.M_SOURCE], p[row + c.M_HOW], p[row + c.M_NEED], p[row + c.M_SPAN]
    known, low, high = summary(g, v, source, how, needing, lane, day - span + 1, day)
    if not known:
        return False, 0.0, 0.0
    anchor = started_on(p, g, lane, day) if p[row + c.M_ANCHOR] == c.SINCE_START else entered
    if anchor == c.NO_DAY:
        return False, 0.0, 0.0
    for then in range(anchor, day + 1):
        had, base_low, base_high = summary(g, v, source, how, needing, lane, then - span + 1, then)
        if had:
            if base_low <= 0:
                return False, 0.0, 0.0
            return True, 100 * (base_low - high) / base_low, 100 * (base_high - low) / base_high
    return False, 0.0, 0.0


# --- tests ----------------------------------------------------------------------------------------


@kernel
def symptom_at(p: Longs, g: Longs, stream: int, asked: int, how: int, lane: int, first: int, day: int) -> int:
    """What was last said of a symptom at one place (ANYWHERE: at any), from statements since `first`."""
    # For each site, and before them "no site": 0 nothing, 1 there, 2 new or worse there.
    parts = g[g[c.B_PARTS] : g[c.B_PARTS] + p[c.N_SITES] + 1]
    parts[:] = 0
    there = 0
    latest = c.UNKNOWN_
    for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
        if event(g, e, c.E_DAY) < first:
            continue
        if event(g, e, c.E_DAY) > day:
            break
        at, state = event(g, e, c.E_SITE), event(g, e, c.E_MARK)
        inside = asked < 0 or (at >= 0 and lies_within(p, at, asked))
        covers = at < 0 or (asked >= 0 and lies_within(p, asked, at))
        if not inside and not covers:
            continue
        if state == c.SAID_GONE:
            there -= gone(p, parts, at)
            if there == 0 and (covers or latest != c.UNKNOWN_):
                latest = c.NO_
        elif inside:
            there += int(parts[at + 1] == 0)
            parts[at + 1] = 2 if state == c.SAID_WORSE or parts[at + 1] == 2 else 1
            latest = c.YES_
        elif latest != c.YES_:
            latest = c.UNKNOWN_
    if how == c.APPEARED and latest == c.YES_:
        return c.YES_ if np.any(parts == 2) else c.NO_
    return latest


@kernel
def both(one: int, other: int) -> int:
    """Kleene's and."""
    return (one & other & c.YES_) | ((one | other) & c.NO_)


@kernel
def either(one: int, other: int) -> int:
    """Kleene's or."""
    return ((one | other) & c.YES_) | (one & other & c.NO_)


@kernel
def denied(answer: int) -> int:
    """Kleene's not."""
    return ((answer & c.YES_) << 1) | ((answer & c.NO_) >> 1)


@kernel
def flags_clear(p: Longs, g: Longs, number: int, lane: int, day: int, entered: int) -> int:
    """Whether each flag was last checked in the window and found absent."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    first = first_of(p, g, p[row + c.L_WINDOW], p[row + c.L_SPAN], p[row + c.L_ONSET], lane, day, entered)
    if first == c.NO_DAY:
        return c.UNKNOWN_
    answer = c.YES_
    for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
        latest = c.UNKNOWN_
        for e in range(begin_of(g, p[p[c.P_ITEMS] + at], lane), end_of(g, p[p[c.P_ITEMS] + at], lane)):
            if first <= event(g, e, c.E_DAY) <= day:
                latest = event(g, e, c.E_MARK)
        answer = both(answer, denied(latest))
    return answer


@kernel
def worse_after(g: Longs, stream: int, exposure: int, within: int, lane: int, day: int) -> int:
    """Whether a symptom was said to be new or worse from the latest exposure to `within` days after it."""
    session = latest_exposure(g, exposure, lane, day)
    if session < 0:
        return c.UNKNOWN_
    exposed, minute = event(g, session, c.E_DAY), event(g, session, c.E_MINUTE)
    answer = c.UNKNOWN_
    for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
        said = event(g, e, c.E_DAY)
        if not exposed <= said <= min(day, exposed + within):
            continue
        if said == exposed and came_before(event(g, e, c.E_MINUTE), minute):
            continue
        if event(g, e, c.E_MARK) == c.SAID_WORSE:
            return c.YES_
        answer = c.NO_
    return answer


@kernel
def leaf(p: Longs, g: Longs, v: Floats, number: int, lane: int, day: int, entered: int) -> int:
    """The answer to one question on a day, in a phase entered on `entered`."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    kind = p[place(row + c.L_KIND)]
    if kind == c.COMPARE or kind == c.KNOWN:
        known, low, high = value(p, g, v, p[place(row + c.L_MEASURE)], lane, day, entered)
        if kind == c.KNOWN:
            return c.YES_ if known else c.NO_
        return compare(p[row + c.L_OP], low, high, p[p[c.P_EXACT] + number]) if known else c.UNKNOWN_
    if kind == c.TAKING:
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            if course(g, p[p[c.P_ITEMS] + at], lane, day) != c.NO_DAY:
                return c.YES_
        return c.NO_ if medicated(g, lane, day) else c.UNKNOWN_
    if kind == c.SYMPTOM:
        first = c.NO_DAY if p[row + c.L_SPAN] == 0 else day - p[row + c.L_SPAN] + 1
        answer = c.NO_
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            here = symptom_at(
                p, g, p[row + c.L_STREAM], p[p[c.P_ITEMS] + at], p[row + c.L_HOW], lane, first, day
            )
            answer = either(answer, here)
        return answer
    if kind == c.WORSE_AFTER:
        return worse_after(g, p[row + c.L_STREAM], p[row + c.L_MEASURE], p[row + c.L_SPAN], lane, day)
    if kind == c.FINDING:
        answer = c.UNKNOWN_
        for e in range(begin_of(g, p[row + c.L_STREAM], lane), end_of(g, p[row + c.L_STREAM], lane)):
            if event(g, e, c.E_DAY) <= day:
                answer = event(g, e, c.E_MARK)
        return answer
    return flags_clear(p, g, number, lane, day, entered)


@kernel
def test(p: Longs, g: Longs, v: Floats, number: int, lane: int, day: int, entered: int) -> int:
    """The answer to a criterion on a day, in a phase entered on `entered`."""
    stack = g[c.B_STACK]
    top = place(stack - 1)  # the last answer; none yet
    for at in range(p[place(p[c.P_TEST_FIRST] + number)], p[place(p[c.P_TEST_FIRST] + number + 1)]):
        code = place(p[c.P_CODE] + 2 * at)
        operation, operand = p[code], p[code + place(1)]
        if operation == c.PUSH:
            top += place(1)
            g[top] = leaf(p, g, v, operand, lane, day, entered)
        elif operation == c.CUT:
            if g[top] == c.NO_:
                return c.NO_
        elif operation == c.NOT:
            g[top] = denied(g[top])
        elif operation == c.ASSUME:
            if g[top] == c.UNKNOWN_:
                g[top] = operand
        else:
            for _ in range(operand - 1):
                top -= place(1)
                if operation == c.AND:
                    g[top] = both(g[top], g[top + place(1)])
                else:
                    g[top] = either(g[top], g[top + place(1)])
    return g[place(stack)]
