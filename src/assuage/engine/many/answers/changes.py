"""On which days the answer to a question may differ from that of the day before.

A question about statements, sessions or drugs gives the same answer day after day until something is said, or
until something said leaves its window. Both functions may mark too much, never too little; where nothing is known
of a question, every day is marked. They mark the same: the first only says whether there is anything to mark.
"""

from __future__ import annotations

from assuage.engine.many.arrays import Bytes
from assuage.engine.many.blocks.block import (
    Block,
    EventField,
    Slot,
    event,
    events_of,
    first_day,
    has_events,
    medicated_since,
    reported_days,
)
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import LeafKind, MeasureKind, WindowKind
from assuage.engine.many.program.layout import (
    LeafField,
    MeasureField,
    Program,
    ProgramTable,
    Stream,
    exposure_stream,
    item_places,
    leaf_field,
    leaf_kind,
    leaf_stream,
    leaf_window,
    listed_stream,
    measure_field,
    measure_kind,
    measure_stream,
    measure_window,
    places_owned,
    table_item,
)


@kernel
def changes_in(program: Program, block: Block, leaf: int, slot: Slot, first: int, last: int) -> bool:
    """Whether the answer may differ between two rows of the grid."""
    kind = leaf_kind(program, leaf)
    if kind == LeafKind.SYMPTOM:
        span = leaf_field(program, leaf, LeafField.SPAN)
        return passes(block, leaf_stream(program, leaf), slot, span, first, last)
    if kind == LeafKind.TAKING:
        for at in item_places(program, leaf):
            if passes(block, listed_stream(program, at), slot, long(0), first, last):
                return True
        return begins_between(block, slot, first, last)
    if kind == LeafKind.FLAGS:
        return flags_change(program, block, leaf, slot, first, last)
    if kind == LeafKind.WORSE_AFTER:
        return has_events(block, exposure_stream(program, leaf), slot)
    if kind == LeafKind.COMPARE or kind == LeafKind.KNOWN:
        return measure_changes(program, block, leaf, slot, first, last)
    if kind == LeafKind.FINDING:
        return True
    return c.unhandled(kind) != 0


@kernel
def measure_changes(program: Program, block: Block, leaf: int, slot: Slot, first: int, last: int) -> bool:
    """Whether a measure may differ between two rows; that of a session or a drug nobody spoke of is settled."""
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    kind = measure_kind(program, measure)
    if kind == MeasureKind.COUNT:
        reported = measure_field(program, measure, MeasureField.REPORTED)
        if reported == 0 and measure_window(program, measure) != WindowKind.SINCE_ONSET:
            # A count of what never happened is zero in every window that has a beginning.
            return has_events(block, measure_stream(program, measure), slot)
        return True
    if kind == MeasureKind.TIME_ON:
        if has_events(block, measure_stream(program, measure), slot):
            return True
        return begins_between(block, slot, first, last)
    if kind == MeasureKind.RISE:
        return has_events(block, measure_stream(program, measure), slot)
    if kind == MeasureKind.SUMMARY or kind == MeasureKind.FALL or kind == MeasureKind.TIME_IN_PHASE:
        return True
    return c.unhandled(kind) != 0


@kernel
def flags_change(program: Program, block: Block, leaf: int, slot: Slot, first: int, last: int) -> bool:
    """Whether the answer about red flags may differ: a check comes into the window or leaves it.

    From an entry or an onset on, any check at all will do to ask again: the window itself moves then. Without a
    check nothing is known, whatever the window.
    """
    past = leaf_window(program, leaf) == WindowKind.PAST
    span = leaf_field(program, leaf, LeafField.SPAN) if past else long(0)
    for at in item_places(program, leaf):
        stream = listed_stream(program, at)
        if passes(block, stream, slot, span, first, last):
            return True
        if not past and has_events(block, stream, slot):
            return True
    return False


@kernel
def begins_between(block: Block, slot: Slot, first: int, last: int) -> bool:
    """Whether there is a list of medication from a day after the first row on: silence then begins to mean no."""
    return first < medicated_since(block, slot) - first_day(block) <= last


@kernel
def passes(block: Block, stream: Stream, slot: Slot, span: int, first: int, last: int) -> bool:
    """Whether an event comes into a window of `span` days, or leaves it, after the first row."""
    for e in events_of(block, stream, slot):
        i = event(block, e, EventField.DAY) - first_day(block)
        if first < i <= last or (span and first < i + span <= last):
            return True
    return False


@kernel
def mark_changes(program: Program, block: Block, leaf: int, slot: Slot, changes: Bytes) -> bool:
    """Mark the rows on which the answer may differ from that of the row before; True where any may."""
    kind = leaf_kind(program, leaf)
    changes[:] = 0
    if kind == LeafKind.SYMPTOM:
        span = leaf_field(program, leaf, LeafField.SPAN)
        mark_stream(block, leaf_stream(program, leaf), slot, span, changes)
        return False
    if kind == LeafKind.TAKING:
        mark_items(program, block, leaf, slot, long(0), changes)
        mark_begin(block, slot, changes)
        return False
    if kind == LeafKind.FLAGS:
        window = leaf_window(program, leaf)
        span = leaf_field(program, leaf, LeafField.SPAN) if window == WindowKind.PAST else long(0)
        mark_items(program, block, leaf, slot, span, changes)
        if window == WindowKind.SINCE_ONSET:
            onset = leaf_field(program, leaf, LeafField.ONSET)
            for at in places_owned(program, ProgramTable.ONSET_FIRST, onset):
                mark_stream(block, listed_stream(program, at), slot, long(0), changes)
        return False
    if kind == LeafKind.COMPARE or kind == LeafKind.KNOWN:
        measure = leaf_field(program, leaf, LeafField.MEASURE)
        if measure_kind(program, measure) == MeasureKind.RISE:
            span = measure_field(program, measure, MeasureField.SPAN)
            mark_days_after(block, measure_stream(program, measure), slot, span, changes)
            return False
        if measure_kind(program, measure) == MeasureKind.TIME_ON:
            mark_time_on(program, block, leaf, slot, changes)
            return False
        past = measure_window(program, measure) == WindowKind.PAST
        if measure_kind(program, measure) != MeasureKind.COUNT or not past:
            return True
        span = measure_field(program, measure, MeasureField.SPAN)
        mark_stream(block, measure_stream(program, measure), slot, span, changes)
        if measure_field(program, measure, MeasureField.REPORTED):
            mark_reported(block, slot, span, measure_field(program, measure, MeasureField.NEEDING), changes)
        return False
    if kind == LeafKind.WORSE_AFTER:
        within = leaf_field(program, leaf, LeafField.SPAN)
        mark_days_after(block, exposure_stream(program, leaf), slot, within, changes)
        return False
    if kind == LeafKind.FINDING:
        return True
    return c.unhandled(kind) != 0


@kernel
def mark_begin(block: Block, slot: Slot, changes: Bytes) -> None:
    """Mark the row from which on there is a list of medication."""
    since = medicated_since(block, slot) - first_day(block)
    if 0 <= since < changes.size:
        changes[since] = 1


@kernel
def mark_time_on(program: Program, block: Block, leaf: int, slot: Slot, changes: Bytes) -> None:
    """Mark the rows on which how long a drug is taken may pass its bound: that long after a word on it, or on that day.

    A drug is taken since the day of one of its events, so that every other day says what the day before it said.
    """
    stream = measure_stream(program, leaf_field(program, leaf, LeafField.MEASURE))
    mark_stream(block, stream, slot, long(0), changes)
    mark_begin(block, slot, changes)
    if leaf_kind(program, leaf) == LeafKind.KNOWN:
        return
    bound = table_item(program, ProgramTable.BOUNDS, leaf) // 1_000_000_000
    for e in events_of(block, stream, slot):
        i = event(block, e, EventField.DAY) - first_day(block) + bound
        for row in range(max(i - 1, 0), min(i + 3, changes.size)):
            changes[row] = 1


@kernel
def mark_days_after(block: Block, stream: Stream, slot: Slot, within: int, changes: Bytes) -> None:
    """Mark the days of exposures and as many after each: what is told later is no consequence of one."""
    for e in events_of(block, stream, slot):
        i = event(block, e, EventField.DAY) - first_day(block)
        for row in range(max(i, 0), min(i + within + 1, changes.size)):
            changes[row] = 1


@kernel
def mark_items(program: Program, block: Block, leaf: int, slot: Slot, span: int, changes: Bytes) -> None:
    """`mark_stream` for every stream that a leaf lists."""
    for at in item_places(program, leaf):
        mark_stream(block, listed_stream(program, at), slot, span, changes)


@kernel
def mark_stream(block: Block, stream: Stream, slot: Slot, span: int, changes: Bytes) -> None:
    """Mark the rows on which an event comes into a window of `span` days, and those on which one leaves it."""
    for e in events_of(block, stream, slot):
        i = event(block, e, EventField.DAY) - first_day(block)
        if 0 <= i < changes.size:
            changes[i] = 1
        if span and 0 <= i + span < changes.size:
            changes[i + span] = 1


@kernel
def mark_reported(block: Block, slot: Slot, span: int, needing: int, changes: Bytes) -> None:
    """Mark the rows on which the patient begins or ceases to have reported on enough days."""
    before = False
    for i in range(changes.size - 1):
        heard = reported_days(block, i + 1, slot) - reported_days(block, max(i + 1 - span, 0), slot)
        if (heard >= needing) != before:
            changes[i] = 1
        before = heard >= needing
