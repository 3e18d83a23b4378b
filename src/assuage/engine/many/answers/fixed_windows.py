"""Windows of a fixed length for every day of a block at once, by running counts and sums.

A window that asks whether a bound was passed needs no window: it is enough to remember the last day on which
a value lay beyond the bound, and on how many days there was a value.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.one_day import BILLION, compare
from assuage.engine.many.blocks.block import begin_of, copy, end_of, event, join
from assuage.engine.many.jit import Bytes, Floats, Ints, Longs, kernel, long
from assuage.engine.many.program import codes as c

LONG_AGO = -(2**14)  # farther back than any day of a block


@kernel
def passing(op: int, exact: float) -> float:
    """The largest number that is at a bound in billionths or below it, once it is rounded to nine decimals; where the
    bound itself belongs to what is above (at least, below, equal), the largest below it.

    With it a comparison of every value takes one step instead of three.
    """
    if op != c.AT_MOST and op != c.ABOVE:
        exact -= 1
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
    above(values, sign, passing(op, exact), hit)
    lately(hit, there[plane], span, needing, yes, no, out)
    if op == c.EQUAL:
        # Some value is at the bound or above it; and none may be above.
        over: Bytes = np.empty((days, lanes), np.uint8)
        above(values, sign, passing(long(c.ABOVE), exact), hit)
        lately(hit, there[plane], span, needing, no, yes, over)
        join(over.reshape(days * lanes), c.YES_, c.NO_, out.reshape(days * lanes))


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
    most = passing(op, exact)
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

    `most` is as `passing` says.
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
