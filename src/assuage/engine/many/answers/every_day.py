"""Answers for every day of a block at once: the frequent questions by `fixed_windows`, the rest by `one_day_questions`.

What is rare (statements, sessions, findings) changes only on a few days, and is asked again only then.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.changes import changes_in, mark_changes
from assuage.engine.many.answers.fixed_windows import fill_counts, fill_extremes, fill_latest, fill_means
from assuage.engine.many.answers.one_day_questions import leaf_answer
from assuage.engine.many.answers.slopes import fill_slopes
from assuage.engine.many.arrays import Bytes, Floats
from assuage.engine.many.blocks.block import (
    Block,
    BlockPart,
    EventField,
    Moment,
    begin_of,
    clear,
    copy,
    end_of,
    event,
    first_day,
    join_rows,
    offset_of,
    slot_count,
    slots_of,
    started,
    until,
)
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import LeafKind, MeasureKind, Operation, SummaryKind, WindowKind
from assuage.engine.many.program.layout import (
    LeafField,
    MeasureField,
    Program,
    ProgramTable,
    Size,
    Stream,
    how_summed,
    leaf_field,
    leaf_kind,
    leaf_stream,
    measure_field,
    measure_kind,
    measure_window,
    operation_at,
    places_owned,
    size_of,
    table_item,
)


@kernel
def fill(program: Program, block: Block, wanted: Bytes, buffer: Bytes, out: Bytes) -> None:
    """The answers of the wanted criteria that do not hang on the phase: criterion, row, slot.

    `buffer` is where they are worked out, as large as `buffer_size` says.
    """
    days, slots = out.shape[1], out.shape[2]
    leaves, size = size_of(program, Size.LEAVES), days * slots
    grids = offset_of(block, size_of(program, Size.SOURCES))
    rows = buffer[: buffer_size(program, block)].reshape(
        grids + leaves + size_of(program, Size.STACK) + 1, size
    )
    there, flat, stack = rows[:grids], rows[grids : grids + leaves], rows[grids + leaves :]
    answers = flat.reshape(leaves, days, slots)
    asked = np.zeros(leaves, np.uint8)
    starts = block.numbers[block.numbers[BlockPart.STARTED] : block.numbers[BlockPart.UNTIL]]
    begun = max(starts.min() - first_day(block), 0)
    mark_there(block.values, there.reshape(there.size))
    for criterion in range(wanted.size):
        if not wanted[criterion] or table_item(program, ProgramTable.DEPENDS, criterion):
            continue
        for step in places_owned(program, ProgramTable.TEST_FIRST, criterion):
            operation, leaf = operation_at(program, step)
            if operation == Operation.PUSH and not asked[leaf]:
                asked[leaf] = 1
                clear(flat[leaf])
                fill_leaf(program, block, there, leaf, begun, answers[leaf])
        fill_test(program, criterion, flat, stack)
        copy(stack[0], out[criterion].reshape(days * slots))


@kernel
def buffer_size(program: Program, block: Block) -> int:
    """How much room `fill` needs: for the day values that are there, the leaves, and the stack of answers."""
    grids = offset_of(block, size_of(program, Size.SOURCES))
    rows = grids + size_of(program, Size.LEAVES) + size_of(program, Size.STACK) + 1
    return rows * block.numbers[BlockPart.DAYS] * slot_count(block)


@kernel
def mark_there(values: Floats, there: Bytes) -> None:
    """Mark the day values that are there."""
    for at in range(there.size):
        there[at] = values[at] == values[at]


@kernel
def nobody_spoke_of(program: Program, block: Block, source: int) -> bool:
    """Whether nobody said anything of a source; most questions about it end here."""
    return offset_of(block, source) == offset_of(block, size_of(program, Size.SOURCES))


@kernel
def fill_test(program: Program, criterion: int, leaves: Bytes, stack: Bytes) -> None:
    """The answers to a criterion from those of its leaves, left in the first place of the stack.

    As `answer_on`, a row of all days and patients at a time; a part that is no ends nothing, for others go on.
    """
    top = 0
    for step in places_owned(program, ProgramTable.TEST_FIRST, criterion):
        operation, operand = operation_at(program, step)
        if operation == Operation.PUSH:
            copy(leaves[operand], stack[top])
            top += 1
        elif operation == Operation.NOT:
            negate(stack[top - 1])
        elif operation == Operation.CUT:
            continue
        elif operation == Operation.ASSUME:
            assume(stack[top - 1], operand)
        elif operation == Operation.AND:
            for _ in range(operand - 1):
                top -= 1
                join_rows(stack[top], c.YES, c.NO, stack[top - 1])
        elif operation == Operation.OR:
            for _ in range(operand - 1):
                top -= 1
                join_rows(stack[top], c.NO, c.YES, stack[top - 1])
        else:
            c.unhandled(operation)


@kernel
def negate(row: Bytes) -> None:
    """Kleene's not of a row of answers."""
    for i in range(row.size):
        row[i] = np.uint8((row[i] & np.uint8(1)) << np.uint8(1)) | np.uint8(row[i] >> np.uint8(1))


@kernel
def assume(row: Bytes, answer: int) -> None:
    """Put an answer where there is none."""
    instead = np.uint8(answer)
    for i in range(row.size):
        row[i] = instead if row[i] == 0 else row[i]


@kernel
def fill_leaf(program: Program, block: Block, there: Bytes, leaf: int, begun: int, out: Bytes) -> None:
    """The answers to one question that does not hang on the phase, from a row of the grid on.

    `there` says of every day value whether there is one: source, row and slot. Only what is asked often has a way of
    its own here; every other question is asked as `one_day_questions` asks it, on each day on which it may change.
    """
    kind = leaf_kind(program, leaf)
    if kind == LeafKind.COMPARE:
        measure = leaf_field(program, leaf, LeafField.MEASURE)
        which, window = measure_kind(program, measure), measure_window(program, measure)
        of_values = which == MeasureKind.SUMMARY or which == MeasureKind.FALL or which == MeasureKind.RISE
        if of_values and nobody_spoke_of(
            program, block, measure_field(program, measure, MeasureField.SOURCE)
        ):
            return
        if window == WindowKind.PAST:
            how = how_summed(program, measure)
            extreme = how == SummaryKind.HIGHEST or how == SummaryKind.LOWEST
            if which == MeasureKind.SUMMARY and extreme:
                fill_extremes(program, block, there, leaf, out)
                return
            if which == MeasureKind.SUMMARY and how == SummaryKind.LATEST:
                fill_latest(program, block, there, leaf, out)
                return
            exact = block.numbers[BlockPart.HIGH] == 0
            if which == MeasureKind.SUMMARY and how == SummaryKind.SLOPE and exact:
                fill_slopes(program, block, there, leaf, out)
                return
            if (which == MeasureKind.SUMMARY or which == MeasureKind.FALL) and how == SummaryKind.MEAN:
                fill_means(program, block, there, leaf, out)
                return
            reported = measure_field(program, measure, MeasureField.REPORTED)
            needing = measure_field(program, measure, MeasureField.NEEDING)
            if which == MeasureKind.COUNT and reported and needing > 0:
                fill_counts(program, block, leaf, begun, out)
                return
    if kind == LeafKind.FINDING:
        fill_findings(block, leaf_stream(program, leaf), begun, out)
        return
    if kind == LeafKind.SYMPTOM and is_silent(block, leaf_stream(program, leaf)):
        return
    fill_by_change(program, block, leaf, begun, out)


@kernel
def is_silent(block: Block, stream: Stream) -> bool:
    """Whether a stream has no event of anybody: what it would say is unknown for all."""
    events = 0
    for slot in slots_of(block):
        events += end_of(block, stream, slot) - begin_of(block, stream, slot)
    return events == 0


@kernel
def fill_findings(block: Block, stream: Stream, begun: int, out: Bytes) -> None:
    """What was last said of a finding, as long as it holds, for every day."""
    days, slots = out.shape
    origin = first_day(block)
    same = np.zeros(slots, np.uint8)  # what was last said by the first row of each patient
    ends = np.full(slots, days, np.int64)  # the first row on which that no longer holds
    next_event = np.zeros(slots, np.int64)  # the first event that had not happened by then
    for slot in slots_of(block):
        first = max(started(block, slot) - origin, begun)
        e = begin_of(block, stream, slot)
        while e < end_of(block, stream, slot) and event(block, e, EventField.DAY) - origin <= first:
            same[slot] = event(block, e, EventField.MARK)
            ends[slot] = row_after(block, e, origin, days)
            e += 1
        next_event[slot] = e
    for i in range(days):
        copy(same, out[i])
    for slot in slots_of(block):
        for i in range(ends[slot], days):
            out[i, slot] = c.UNKNOWN
        for e in range(next_event[slot], end_of(block, stream, slot)):
            answer, end = np.uint8(event(block, e, EventField.MARK)), row_after(block, e, origin, days)
            for i in range(event(block, e, EventField.DAY) - origin, days):
                out[i, slot] = answer if i < end else np.uint8(c.UNKNOWN)


@kernel
def row_after(block: Block, finding: int, origin: int, days: int) -> int:
    """The first row of a grid on which what a finding said no longer holds: between its first and its end."""
    end = long(event(block, finding, EventField.DAY)) - origin + event(block, finding, EventField.SITE)
    return min(max(end, 0), days)


@kernel
def fill_by_change(program: Program, block: Block, leaf: int, begun: int, out: Bytes) -> None:
    """The answers to a question by asking it itself, for each patient on each day on which it may change.

    Where nothing happens, one answer holds for all days: those are written for all patients side by side.
    """
    days, slots = out.shape
    origin = first_day(block)
    changes = np.empty(days + 1, np.uint8)
    same = np.zeros(slots, np.uint8)  # the answer of those for whom it is always the same
    moving = np.zeros(slots, np.uint8)
    for slot in slots_of(block):
        first = max(started(block, slot) - origin, begun)
        last = min(until(block, slot) - origin, days - 1)
        if changes_in(program, block, leaf, slot, first, last):
            moving[slot] = 1
        elif first <= last:
            moment = Moment(slot=slot, day=origin + first, entered=started(block, slot))
            same[slot] = leaf_answer(program, block, leaf, moment)
    if not moving.all():
        for i in range(days):
            copy(same, out[i])
    for slot in slots_of(block):
        if not moving[slot]:
            continue
        first = max(started(block, slot) - origin, begun)
        last = min(until(block, slot) - origin, days - 1)
        every = mark_changes(program, block, leaf, slot, changes)
        answer = 0
        for i in range(first, last + 1):
            if every or i == first or changes[i]:
                moment = Moment(slot=slot, day=origin + i, entered=started(block, slot))
                answer = leaf_answer(program, block, leaf, moment)
            out[i, slot] = answer
