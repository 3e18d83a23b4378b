"""Answers for every day of a block at once: the frequent questions as `windows`, the rest by `answer`.

What is rare (statements, sessions, findings) changes only on a few days, and is asked again only then.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.fixed_windows import beyond, means
from assuage.engine.many.answers.one_day import MAYBE, SURELY, compare, leaf, weight
from assuage.engine.many.blocks.block import begin_of, clear, copy, end_of, event, join, started, told, until
from assuage.engine.many.jit import Bytes, Floats, Longs, kernel, long
from assuage.engine.many.program import codes as c


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
            every, some = c.YES_, c.NO_
            if operation == c.OR:
                every, some = some, every
            for _ in range(operand - 1):
                top -= 1
                join(stack[top], every, some, stack[top - 1])


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
