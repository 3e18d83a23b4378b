"""Answers for every day of a block at once: the frequent questions by running counts, the rest by `answer`.

A window that asks whether a bound was passed needs no window: it is enough to remember the last day on which
a value lay beyond the bound, and on how many days there was a value. What is rare (statements, sessions,
findings) changes only on a few days, and is asked again only then.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.answer import BILLION, MAYBE, SURELY, compare, leaf, weight
from assuage.engine.cohort.block import begin_of, end_of, event, started, told, until
from assuage.engine.cohort.typed import Bytes, Floats, Ints, Longs, kernel, long

LONG_AGO = -(2**14)  # farther back than any day of a block


@kernel
def fill(p: Longs, g: Longs, v: Floats, wanted: Bytes, room: Bytes, out: Bytes) -> None:
    """The answers of the wanted criteria that do not hang on the phase: criterion, day, lane.

    `room` is where they are worked out, as much as `room_of` says.
    """
    days, lanes = out.shape[1], out.shape[2]
    count, size, planes = p[c.N_LEAVES], days * lanes, g[g[c.B_PLANE] + p[c.N_SOURCES]]
    rows = room[: room_of(p, g)].reshape(planes + count + p[c.P_DEPTH] + 1, size)
    there, flat, stack = rows[:planes], rows[planes : planes + count], rows[planes + count :]
    leaves = flat.reshape(count, days, lanes)
    asked = np.zeros(count, np.uint8)
    begun = max(g[g[c.B_STARTED] : g[c.B_UNTIL]].min() - g[c.B_FIRST], 0)
    is_there(v, there.reshape(there.size))
    for number in range(wanted.size):
        if not wanted[number] or p[p[c.P_DEPENDS] + number]:
            continue
        for at in range(p[p[c.P_TEST_FIRST] + number], p[p[c.P_TEST_FIRST] + number + 1]):
            which = p[p[c.P_CODE] + 2 * at + 1]
            if p[p[c.P_CODE] + 2 * at] == c.PUSH and not asked[which]:
                asked[which] = 1
                clear(flat[which])
                fill_leaf(p, g, v, there, which, begun, leaves[which])
        fill_test(p, number, flat, stack)
        copy(stack[0], out[number].reshape(days * lanes))


@kernel
def room_of(p: Longs, g: Longs) -> int:
    """How much room `fill` needs: for the day values that are there, the questions, and the stack of answers."""
    planes = g[g[c.B_PLANE] + p[c.N_SOURCES]]
    return (planes + p[c.N_LEAVES] + p[c.P_DEPTH] + 1) * g[c.B_DAYS] * g[c.B_LANES]


@kernel
def clear(one: Bytes) -> None:
    """Fill a row with zeros, in one move like `copy`."""
    for i in range(one.size):
        one[i] = 0


@kernel
def copy(one: Bytes, to: Bytes) -> None:
    """Copy one row onto another: a loop of its own becomes a block move, an assignment of slices does not."""
    for i in range(one.size):
        to[i] = one[i]


@kernel
def is_there(v: Floats, there: Bytes) -> None:
    """Mark the day values that are there."""
    for at in range(there.size):
        there[at] = v[at] == v[at]


@kernel
def is_empty(p: Longs, g: Longs, source: int) -> bool:
    """Whether nobody spoke of a source; most questions about it end here."""
    return g[g[c.B_PLANE] + source] == g[g[c.B_PLANE] + p[c.N_SOURCES]]


@kernel
def fill_test(p: Longs, number: int, leaves: Bytes, stack: Bytes) -> None:
    """The answers to a criterion from those of its questions, left in the first place of the stack."""
    top = 0
    for at in range(p[p[c.P_TEST_FIRST] + number], p[p[c.P_TEST_FIRST] + number + 1]):
        operation, operand = p[p[c.P_CODE] + 2 * at], p[p[c.P_CODE] + 2 * at + 1]
        if operation == c.PUSH:
            copy(leaves[operand], stack[top])
            top += 1
        elif operation == c.NOT:
            one = stack[top - 1]
            for i in range(one.size):
                one[i] = np.uint8((one[i] & np.uint8(1)) << np.uint8(1)) | np.uint8(one[i] >> np.uint8(1))
        elif operation == c.CUT:
            continue
        elif operation == c.ASSUME:
            one = stack[top - 1]
            value = np.uint8(operand)
            for i in range(one.size):
                one[i] = value if one[i] == 0 else one[i]
        else:
            # Kleene's and, or its or: which of the two bits asks for both sides.
            every, some = np.uint8(c.YES_), np.uint8(c.NO_)
            if operation == c.OR:
                every, some = some, every
            for _ in range(operand - 1):
                top -= 1
                one, other = stack[top - 1], stack[top]
                for i in range(one.size):
                    one[i] = (one[i] & other[i] & every) | ((one[i] | other[i]) & some)


@kernel
def fill_leaf(p: Longs, g: Longs, v: Floats, there: Bytes, number: int, begun: int, out: Bytes) -> None:
    """The answers to one question that does not hang on the phase, from a row of the grid on.

    `there` says of every day value whether there is one: plane, day and lane.
    """
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    if p[row + c.L_KIND] == c.COMPARE:
        m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
        kind, source, how = p[m + c.M_KIND], p[m + c.M_SOURCE], p[m + c.M_HOW]
        if (kind == c.SUMMARY or kind == c.FALL or kind == c.RISE) and is_empty(p, g, source):
            return
        past = p[m + c.M_WINDOW] == c.PAST
        if kind == c.SUMMARY and past and how <= c.LOWEST and g[c.B_HIGH] == 0:
            beyond(p, g, v, there, number, out)
            return
        if (kind == c.SUMMARY or kind == c.FALL) and past and how == c.MEAN:
            means(p, g, v, there, number, out)
            return
        if kind == c.COUNT and past and p[m + c.M_TOLD] and p[m + c.M_NEED] > 0:
            counts(p, g, v, number, begun, out)
            return
    if p[row + c.L_KIND] == c.FINDING:
        findings(g, p[row + c.L_STREAM], begun, out)
        return
    if p[row + c.L_KIND] == c.SYMPTOM and is_silent(g, p[row + c.L_STREAM]):
        return
    fill_by_change(p, g, v, number, begun, out)


@kernel
def passing(exact: float) -> float:
    """The largest number that is not above a bound in billionths, once it is rounded to nine decimals.

    With it a comparison of every value takes one step instead of three.
    """
    x = (exact + 0.5) / BILLION
    while np.rint(x * BILLION) <= exact:
        x = np.nextafter(x, np.inf)
    while np.rint(x * BILLION) > exact:
        x = np.nextafter(x, -np.inf)
    return x


@kernel
def beyond(p: Longs, g: Longs, v: Floats, there: Bytes, number: int, out: Bytes) -> None:
    """The worst or best of a window against a bound, without the window.

    The highest is above a bound exactly when some value is; the lowest, when no value is at it or below. Values
    are turned around for the lowest, so that one rule serves both.
    """
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
    plane, span, needing = g[g[c.B_PLANE] + p[m + c.M_SOURCE]], p[m + c.M_SPAN], p[m + c.M_NEED]
    op, exact = p[row + c.L_OP], float(p[p[c.P_EXACT] + number])
    sign = 1.0
    if p[m + c.M_HOW] == c.LOWEST:
        sign = -1.0
        op = c.AT_LEAST if op == c.AT_MOST else c.ABOVE if op == c.BELOW else op if op == c.EQUAL else op - 2
    exact *= sign
    days, lanes = out.shape
    values = v[plane * days * lanes : (plane + 1) * days * lanes]
    hit = np.empty(days * lanes, np.uint8)
    yes, no = c.YES_, c.NO_
    if op == c.AT_MOST or op == c.BELOW:
        yes, no = no, yes
    if op == c.AT_MOST or op == c.ABOVE:
        above(values, sign, passing(exact), hit)
        lately(hit, there[plane], span, needing, yes, no, out)
    else:
        above(values, sign, passing(exact - 1), hit)
        lately(hit, there[plane], span, needing, yes, no, out)
    if op == c.EQUAL:
        # Some value is at the bound or above it; and none may be above.
        over: Bytes = np.empty((days, lanes), np.uint8)
        above(values, sign, passing(exact), hit)
        lately(hit, there[plane], span, needing, no, yes, over)
        every = out.reshape(days * lanes)
        other = over.reshape(days * lanes)
        for at in range(every.size):
            every[at] = (every[at] & other[at] & c.YES_) | ((every[at] | other[at]) & c.NO_)


@kernel
def above(values: Floats, sign: float, most: float, hit: Bytes) -> None:
    """Mark the values that lie above a bound."""
    for at in range(values.size):
        hit[at] = values[at] * sign > most


@kernel
def lately(hit: Bytes, there: Bytes, span: int, needing: int, some: int, none: int, out: Bytes) -> None:
    """For each day: `some` if there was a hit in the last `span` days, else `none`; unknown with too few values."""
    days, lanes = out.shape
    yes, no, open_ = np.uint8(some), np.uint8(none), np.uint8(0)
    last = np.full(lanes, LONG_AGO, np.int16)  # the last day with a hit
    had = np.zeros(lanes, np.int16)
    for i in range(days):
        count_in(there, i, span, had)
        day, first = np.int16(i), np.int16(max(i - span, LONG_AGO))
        here, answers = hit[i * lanes : (i + 1) * lanes], out[i]
        for lane in range(lanes):
            last[lane] = day if here[lane] else last[lane]
        for lane in range(lanes):
            said = yes if last[lane] > first else no
            answers[lane] = said if had[lane] >= needing else open_


@kernel
def means(p: Longs, g: Longs, v: Floats, there: Bytes, number: int, out: Bytes) -> None:
    """The mean of a window, or its fall from the first known one, by running sums."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
    plane, span, needing = g[g[c.B_PLANE] + p[m + c.M_SOURCE]], p[m + c.M_SPAN], p[m + c.M_NEED]
    op, exact = p[row + c.L_OP], float(p[p[c.P_EXACT] + number])
    fall, high = p[m + c.M_KIND] == c.FALL, g[c.B_HIGH]
    days, lanes = out.shape
    sums, tops, had = np.zeros(lanes), np.zeros(lanes), np.zeros(lanes, np.int16)
    starts = entries_of(p, g, days) if fall else np.zeros((1, 1), np.uint8)
    base, base_top = np.full(lanes, np.nan), np.full(lanes, np.nan)
    begins = np.zeros(lanes, np.int64)
    if fall:
        copy(g[g[c.B_STARTED] : g[c.B_STARTED] + lanes], begins)
    low, up = np.empty(lanes), np.empty(lanes)
    known = np.empty(lanes, np.uint8)
    waiting = lanes  # how many have no first known mean yet
    most = passing(exact if op == c.AT_MOST or op == c.ABOVE else exact - 1)
    for i in range(days):
        here = (plane * days + i) * lanes
        gone = here - span * lanes if i >= span else -1
        roll(v, here, gone, lanes, sums)
        count_in(there[plane], i, span, had)
        for lane in range(lanes):
            known[lane] = had[lane] >= needing
        for lane in range(lanes):
            low[lane] = sums[lane] / had[lane]
        if high:
            roll(v, here + high, gone + high if gone >= 0 else gone, lanes, tops)
            for lane in range(lanes):
                up[lane] = tops[lane] / had[lane]
        if fall:
            day = g[c.B_FIRST] + i
            if starts.shape[0] > 1:
                waiting = lanes
                for lane in range(lanes):
                    base[lane] = np.nan if starts[i, lane] else base[lane]
            if waiting:
                waiting = 0
                for lane in range(lanes):
                    first = known[lane] != 0 and base[lane] != base[lane] and day >= begins[lane]
                    base[lane] = low[lane] if first else base[lane]
                    base_top[lane] = up[lane] if first else base_top[lane]
                    waiting += base[lane] != base[lane]
            for lane in range(lanes):
                known[lane] = known[lane] & np.uint8(base[lane] > 0)
            if high:
                for lane in range(lanes):
                    fallen = 100 * (base[lane] - up[lane]) / base[lane]
                    up[lane] = 100 * (base_top[lane] - low[lane]) / base_top[lane]
                    low[lane] = fallen
            else:
                for lane in range(lanes):
                    low[lane] = 100 * (base[lane] - low[lane]) / base[lane]
        decide(op, low, up if high else low, exact, most, known, out[i])


@kernel
def roll(v: Floats, here: int, gone: int, lanes: int, sums: Floats) -> None:
    """Add a row of day values to running sums, and take the row off that leaves the window (-1: none does)."""
    now = v[here : here + lanes]
    if gone < 0:
        for lane in range(lanes):
            sums[lane] += now[lane] if now[lane] == now[lane] else 0.0
        return
    before = v[gone : gone + lanes]
    for lane in range(lanes):
        come = now[lane] if now[lane] == now[lane] else 0.0
        sums[lane] += come - (before[lane] if before[lane] == before[lane] else 0.0)


@kernel
def count_in(there: Bytes, i: int, span: int, had: Ints) -> None:
    """Count the values of a row of days in, and those of the row that leaves the window out."""
    lanes = had.size
    now = there[i * lanes : (i + 1) * lanes]
    if i < span:
        for lane in range(lanes):
            had[lane] += np.int16(now[lane])
        return
    before = there[(i - span) * lanes : (i - span + 1) * lanes]
    for lane in range(lanes):
        had[lane] += np.int16(now[lane]) - np.int16(before[lane])


@kernel
def decide(op: int, low: Floats, up: Floats, exact: float, most: float, known: Bytes, out: Bytes) -> None:
    """`answer.compare` for patients side by side: yes or no where both ends agree.

    `most` is the largest number that is at the bound or below it, or, if only what is below counts, below it.
    """
    yes, no, open_ = np.uint8(c.YES_), np.uint8(c.NO_), np.uint8(0)
    if op == c.EQUAL:
        for lane in range(out.size):
            said = np.uint8(compare(op, low[lane], up[lane], int(exact)))
            out[lane] = said if known[lane] else open_
        return
    if op == c.ABOVE or op == c.AT_LEAST:
        yes, no = no, yes  # what holds above does not hold below
    for lane in range(out.size):
        said = yes if up[lane] <= most else no if low[lane] > most else open_
        out[lane] = said if known[lane] else open_


@kernel
def entries_of(p: Longs, g: Longs, days: int) -> Bytes:
    """For each day and lane whether a decision to enter begins the pathway anew; one cell if none ever does."""
    lanes, decisions = g[c.B_LANES], p[c.P_DECISIONS]
    found = np.zeros((days, lanes), np.uint8)
    some = False
    for lane in range(lanes):
        for e in range(begin_of(g, decisions, lane), end_of(g, decisions, lane)):
            i = event(g, e, c.E_DAY) - g[c.B_FIRST]
            if event(g, e, c.E_MARK) == c.D_ENTER and 0 <= i < days:
                found[i, lane] = 1
                some = True
    return found if some else np.zeros((1, 1), np.uint8)


@kernel
def is_silent(g: Longs, stream: int) -> bool:
    """Whether a stream has no event of anybody: what it would say is unknown for all."""
    events = 0
    for lane in range(g[c.B_LANES]):
        events += end_of(g, stream, lane) - begin_of(g, stream, lane)
    return events == 0


@kernel
def findings(g: Longs, stream: int, begun: int, out: Bytes) -> None:
    """What was last said of a finding, for every day."""
    days, lanes = out.shape
    origin = g[c.B_FIRST]
    same = np.zeros(lanes, np.uint8)  # what holds on the first row of each patient
    last = np.zeros(lanes, np.int64)  # the last event that had happened by then
    for lane in range(lanes):
        first = max(started(g, lane) - origin, begun)
        e = begin_of(g, stream, lane)
        while e < end_of(g, stream, lane) and event(g, e, c.E_DAY) - origin <= first:
            same[lane] = event(g, e, c.E_MARK)
            e += 1
        last[lane] = e
    for i in range(days):
        copy(same, out[i])
    for lane in range(lanes):
        for e in range(last[lane], end_of(g, stream, lane)):
            said = np.uint8(event(g, e, c.E_MARK))
            for i in range(event(g, e, c.E_DAY) - origin, days):
                out[i, lane] = said


@kernel
def fill_by_change(p: Longs, g: Longs, v: Floats, number: int, begun: int, out: Bytes) -> None:
    """The answers to a question by asking it itself, for each patient on each day on which it may change.

    Where nothing happens, one answer holds for all days: those are written for all patients side by side.
    """
    days, lanes = out.shape
    changes = np.empty(days + 1, np.uint8)
    same = np.zeros(lanes, np.uint8)  # the answer of those for whom it is always the same
    moving = np.zeros(lanes, np.uint8)
    for lane in range(lanes):
        first = max(started(g, lane) - g[c.B_FIRST], begun)
        last = min(until(g, lane) - g[c.B_FIRST], days - 1)
        if may_move(p, g, number, lane, first, last):
            moving[lane] = 1
        elif first <= last:
            same[lane] = leaf(p, g, v, number, lane, g[c.B_FIRST] + first, started(g, lane))
    if not moving.all():
        for i in range(days):
            copy(same, out[i])
    for lane in range(lanes):
        if not moving[lane]:
            continue
        first = max(started(g, lane) - g[c.B_FIRST], begun)
        last = min(until(g, lane) - g[c.B_FIRST], days - 1)
        every = mark_changes(p, g, number, lane, changes)
        said = 0
        for i in range(first, last + 1):
            if every or i == first or changes[i]:
                said = leaf(p, g, v, number, lane, g[c.B_FIRST] + i, started(g, lane))
            out[i, lane] = said


@kernel
def may_move(p: Longs, g: Longs, number: int, lane: int, first: int, last: int) -> bool:
    """Whether the answer may differ between two rows of the grid; what `mark_changes` marks, without the days."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    kind = p[row + c.L_KIND]
    if kind == c.SYMPTOM:
        return stirs(g, p[row + c.L_STREAM], lane, p[row + c.L_SPAN], first, last)
    if kind == c.TAKING or kind == c.FLAGS:
        past = kind == c.FLAGS and p[row + c.L_WINDOW] == c.PAST
        span = p[row + c.L_SPAN] if past else 0
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            if stirs(g, p[p[c.P_ITEMS] + at], lane, span, first, last):
                return True
        if kind == c.TAKING:
            return first < g[g[c.B_MEDICATED] + lane] - g[c.B_FIRST] <= last
        if past:
            return False
        # From an entry or an onset on: no check at all says nothing, whatever the window.
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            stream = p[p[c.P_ITEMS] + at]
            if begin_of(g, stream, lane) < end_of(g, stream, lane):
                return True
        return False
    if kind == c.WORSE_AFTER:
        exposure = p[row + c.L_MEASURE]
        return begin_of(g, exposure, lane) < end_of(g, exposure, lane)
    if kind == c.COMPARE or kind == c.KNOWN:
        m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
        stream = p[m + c.M_STREAM]
        if p[m + c.M_KIND] == c.COUNT and p[m + c.M_TOLD] == 0 and p[m + c.M_WINDOW] != c.SINCE_ONSET:
            # A count of what never happened is zero in every window that has a beginning.
            return begin_of(g, stream, lane) < end_of(g, stream, lane)
        if p[m + c.M_KIND] == c.TIME_ON and begin_of(g, stream, lane) == end_of(g, stream, lane):
            return first < g[g[c.B_MEDICATED] + lane] - g[c.B_FIRST] <= last
        if p[m + c.M_KIND] == c.RISE:
            return begin_of(g, stream, lane) < end_of(g, stream, lane)
    return True


@kernel
def stirs(g: Longs, stream: int, lane: int, span: int, first: int, last: int) -> bool:
    """Whether an event comes into a window of `span` days, or leaves it, after the first row."""
    for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
        i = event(g, e, c.E_DAY) - g[c.B_FIRST]
        if first < i <= last or (span and first < i + span <= last):
            return True
    return False


@kernel
def counts(p: Longs, g: Longs, v: Floats, number: int, begun: int, out: Bytes) -> None:
    """A count of what patients tell, over a window of fixed length: by running sums of the days on which they told."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
    stream, span, needing = p[m + c.M_STREAM], p[m + c.M_SPAN], p[m + c.M_NEED]
    days, lanes = out.shape
    none = np.uint8(compare(p[row + c.L_OP], 0.0, 0.0, p[p[c.P_EXACT] + number]))
    told_at = g[c.B_TOLD]
    for i in range(days):
        now = g[told_at + (i + 1) * lanes : told_at + (i + 2) * lanes]
        first = max(i + 1 - span, 0)
        before = g[told_at + first * lanes : told_at + (first + 1) * lanes]
        answers = out[i]
        for lane in range(lanes):
            answers[lane] = none if now[lane] - before[lane] >= needing else np.uint8(0)
    # Only a window with a session in it has another answer.
    origin, here, op, exact = g[c.B_FIRST], p[m + c.M_PLACE], p[row + c.L_OP], p[p[c.P_EXACT] + number]
    most = 0
    for lane in range(lanes):
        most = max(most, end_of(g, stream, lane) - begin_of(g, stream, lane))
    weights = np.empty(most, np.int64)
    for lane in range(lanes):
        first = max(started(g, lane) - origin, begun)
        last = min(until(g, lane) - origin, days - 1)
        begin, end = begin_of(g, stream, lane), end_of(g, stream, lane)
        for e in range(begin, end):
            weights[e - begin] = weight(g, stream, here, lane, e)
        done, oldest = first - 1, begin
        for e in range(begin, end):
            i = event(g, e, c.E_DAY) - origin
            for after in range(max(i, done + 1), min(i + span - 1, last) + 1):
                while event(g, oldest, c.E_DAY) - origin <= after - span:
                    oldest += 1
                certain = possible = long(0)
                at = oldest
                while at < end and event(g, at, c.E_DAY) - origin <= after:
                    certain += weights[at - begin] == SURELY
                    possible += weights[at - begin] == MAYBE
                    at += 1
                heard = told(g, after + 1, lane) - told(g, max(after + 1 - span, 0), lane) >= needing
                high = float(certain + possible) if heard else np.inf
                said = compare(op, float(certain), high, exact) if heard or certain else c.UNKNOWN_
                out[after, lane] = said
                done = after


@kernel
def mark_changes(p: Longs, g: Longs, number: int, lane: int, changes: Bytes) -> bool:
    """Mark the days on which the answer may differ from that of the day before; True where any may."""
    row = p[c.P_LEAVES] + number * c.L_WIDTH
    kind = p[row + c.L_KIND]
    changes[:] = 0
    if kind == c.SYMPTOM:
        mark_stream(g, p[row + c.L_STREAM], lane, p[row + c.L_SPAN], changes)
        return False
    if kind == c.TAKING:
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            mark_stream(g, p[p[c.P_ITEMS] + at], lane, long(0), changes)
        since = g[g[c.B_MEDICATED] + lane] - g[c.B_FIRST]
        if 0 <= since < changes.size:
            changes[since] = 1
        return False
    if kind == c.FLAGS:
        span = p[row + c.L_SPAN] if p[row + c.L_WINDOW] == c.PAST else 0
        for at in range(p[row + c.L_FIRST], p[row + c.L_LAST]):
            mark_stream(g, p[p[c.P_ITEMS] + at], lane, span, changes)
        if p[row + c.L_WINDOW] == c.SINCE_ONSET:
            onset = p[row + c.L_ONSET]
            for at in range(p[p[c.P_ONSET_FIRST] + onset], p[p[c.P_ONSET_FIRST] + onset + 1]):
                mark_stream(g, p[p[c.P_ITEMS] + at], lane, long(0), changes)
        return False
    if kind == c.COMPARE or kind == c.KNOWN:
        m = p[c.P_MEASURES] + p[row + c.L_MEASURE] * c.M_WIDTH
        if p[m + c.M_KIND] == c.COUNT and p[m + c.M_WINDOW] == c.PAST:
            mark_stream(g, p[m + c.M_STREAM], lane, p[m + c.M_SPAN], changes)
            if p[m + c.M_TOLD]:
                mark_told(g, lane, p[m + c.M_SPAN], p[m + c.M_NEED], changes)
            return False
    return True


@kernel
def mark_stream(g: Longs, stream: int, lane: int, span: int, changes: Bytes) -> None:
    """Mark the days on which an event comes into a window of `span` days, and those on which one leaves it."""
    for e in range(begin_of(g, stream, lane), end_of(g, stream, lane)):
        i = event(g, e, c.E_DAY) - g[c.B_FIRST]
        if 0 <= i < changes.size:
            changes[i] = 1
        if span and 0 <= i + span < changes.size:
            changes[i + span] = 1


@kernel
def mark_told(g: Longs, lane: int, span: int, needing: int, changes: Bytes) -> None:
    """Mark the days on which the patient begins or ceases to have told enough."""
    before = False
    for i in range(changes.size - 1):
        enough = told(g, i + 1, lane) - told(g, max(i + 1 - span, 0), lane) >= needing
        if enough != before:
            changes[i] = 1
        before = enough
