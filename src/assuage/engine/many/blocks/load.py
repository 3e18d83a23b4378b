"""Entries of some patients become a block: day values by day, events by patient."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs
from assuage.engine.many.blocks.block import EVENT_WIDTH, HEADER, Block, BlockPart, EventField
from assuage.engine.many.blocks.prescan import Prescan
from assuage.engine.many.entries.entry_table import EntryTable
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import DailyRule
from assuage.engine.many.program.layout import (
    Program,
    ProgramTable,
    Size,
    daily_rule,
    decision_stream,
    flagging_stream,
    size_of,
    table_item,
)


class Extent(NamedTuple):
    """What a block has to hold: from which day to which, how many events, and whether any value is a range."""

    first: int
    last: int
    events: int
    ranges: bool


@kernel
def reuse_buffer(buffer: Any, size: int) -> Any:
    """As many places of a buffer, or new ones where it is too small: to ask for memory again and again is slow."""
    return buffer[:size] if size <= buffer.size else np.empty(size, buffer.dtype)


@kernel
def grow(buffer: Any, used: Any) -> Any:
    """The larger of a buffer and what was used in its place, to be kept."""
    return used if used.size > buffer.size else buffer


@kernel
def load_block(
    program: Program,
    table: EntryTable,
    index: EntryIndex,
    shut: Bytes,
    prescan: Prescan,
    who: Longs,
    times: Ints,
    source_offsets: Longs,
    numbers_buffer: Longs,
    values_buffer: Floats,
) -> Block:
    """The block of the patients `who`, in the buffers given if they are large enough.

    `shut` says after which entries every gate is shut, `times` the time of day of each minute, `source_offsets`
    where the day values of each source lie.
    """
    extent = extent_of(program, prescan, who)
    block = lay_out(program, extent, who.size, source_offsets, numbers_buffer, values_buffer)
    numbers = block.numbers
    for slot in range(who.size):
        patient = who[slot]
        numbers[numbers[BlockPart.STARTED] + slot] = prescan.started[patient]
        numbers[numbers[BlockPart.UNTIL] + slot] = prescan.until[patient]
        numbers[numbers[BlockPart.MEDICATED] + slot] = c.NEVER
    place_events(program, block, table, index, prescan, who)
    load_simple(program, block, index, prescan, who)
    load_rest(program, block, table, index, shut, prescan, who, times)
    # Until here a row says whether the patient reported on the day before; from here on, on how many days.
    reported = numbers[numbers[BlockPart.REPORTED] : numbers[BlockPart.BEGIN]]
    for at in range(who.size, reported.size):
        reported[at] += reported[at - who.size]
    return block


@kernel
def extent_of(program: Program, prescan: Prescan, who: Longs) -> Extent:
    """What the block of some patients has to hold: as far back as any question looks from the start of anybody."""
    back = size_of(program, Size.DAYS_BACK)
    first, last = c.NEVER, c.NO_DAY
    events = 0
    ranges = False
    for slot in range(who.size):
        patient: int = who[slot]
        start = min(prescan.started[patient], prescan.until[patient])
        first = min(first, start, prescan.first[patient] if back < 0 else start - back)
        last = max(last, prescan.until[patient], prescan.started[patient])
        events += prescan.events[patient]
        ranges |= prescan.ranges[patient] != 0
    return Extent(first, last, events, ranges)


@kernel
def lay_out(
    program: Program,
    extent: Extent,
    slots: int,
    source_offsets: Longs,
    numbers_buffer: Longs,
    values_buffer: Floats,
) -> Block:
    """An empty block: the header, every table at its place, no day value."""
    sources, streams = size_of(program, Size.SOURCES), size_of(program, Size.STREAMS)
    sites, stack = size_of(program, Size.SITES), size_of(program, Size.STACK)
    days = extent.last - extent.first + 1
    size = (source_offsets[sources] + 1) * days * slots
    length_of_numbers = HEADER + (4 + days + 2 * streams) * slots + extent.events * EVENT_WIDTH
    length_of_numbers += sites + stack + sources + 3
    numbers = reuse_buffer(numbers_buffer, length_of_numbers)
    values = reuse_buffer(values_buffer, 2 * size if extent.ranges else max(size, 1))
    numbers[:], values[:] = 0, np.nan
    numbers[BlockPart.FIRST_DAY], numbers[BlockPart.DAYS], numbers[BlockPart.SLOTS] = (
        extent.first,
        days,
        slots,
    )
    numbers[BlockPart.HIGH] = size if extent.ranges else 0
    at = HEADER
    for part, length in (
        (BlockPart.STARTED, slots),
        (BlockPart.UNTIL, slots),
        (BlockPart.MEDICATED, slots),
        (BlockPart.REPORTED, (days + 1) * slots),
        (BlockPart.BEGIN, streams * slots),
        (BlockPart.END, streams * slots),
        (BlockPart.EVENTS, extent.events * EVENT_WIDTH),
        (BlockPart.SITES_SAID, sites + 1),
        (BlockPart.STACK, stack + 1),
        (BlockPart.SOURCE_OFFSETS, sources + 1),
    ):
        numbers[part] = at
        at += length
    numbers[numbers[BlockPart.SOURCE_OFFSETS] : numbers[BlockPart.SOURCE_OFFSETS] + sources + 1] = (
        source_offsets
    )
    return Block(numbers, values)


@kernel
def place_events(
    program: Program, block: Block, table: EntryTable, index: EntryIndex, prescan: Prescan, who: Longs
) -> None:
    """Give every stream of every patient its place among the events; begin and end are the same still."""
    slots, numbers = who.size, block.numbers
    which, stream_first, stream_of = index.which, table.stream_first, table.stream
    begins, ends = numbers[BlockPart.BEGIN], numbers[BlockPart.END]
    for slot in range(slots):
        patient = who[slot]
        for at in range(prescan.rest_start[patient], prescan.rest_start[patient + 1]):
            entry = which[prescan.rest[at]]
            for where in range(stream_first[entry], stream_first[entry + 1]):
                numbers[ends + stream_of[where] * slots + slot] += 1
    at = 0
    for line in range(size_of(program, Size.STREAMS) * slots):
        length = numbers[ends + line]
        numbers[begins + line] = numbers[ends + line] = at
        at += length


@kernel
def load_simple(program: Program, block: Block, index: EntryIndex, prescan: Prescan, who: Longs) -> None:
    """Put the entries that are simple into a block."""
    start, days_of, values_of, simple = index.start, index.day, index.value, prescan.simple
    numbers, values = block.numbers, block.values
    first, days, slots, high = (
        numbers[BlockPart.FIRST_DAY],
        numbers[BlockPart.DAYS],
        who.size,
        numbers[BlockPart.HIGH],
    )
    reported = numbers[BlockPart.REPORTED]
    sources = size_of(program, Size.SOURCES)
    grid_of = np.empty(sources + 1, np.int64)  # where the day values of each source begin, from 1 on
    for source in range(sources):
        grid_of[source + 1] = numbers[numbers[BlockPart.SOURCE_OFFSETS] + source] * days * slots
    for slot in range(slots):
        patient = who[slot]
        for e in range(np.uint64(start[patient]), np.uint64(start[patient + 1])):
            how = long(simple[e])
            row = np.int64(days_of[e]) - first
            if not how or row < 0 or row >= days:
                continue
            at = row * slots + slot
            how -= 1
            if how & 1:  # stored without a look: row after row of a day would wait for the one before it
                numbers[np.uint64(reported + at + slots)] = 1
            source = np.uint64(how >> 1)
            if source:
                x = values_of[e]
                at += grid_of[source]
                before = values[np.uint64(at)]
                if before == before:
                    highest = daily_rule(program, how // 2 - 1) == DailyRule.HIGHEST
                    x = max(before, x) if highest else min(before, x)
                values[np.uint64(at)] = x
                if high:
                    values[np.uint64(at + high)] = x


@kernel
def load_rest(
    program: Program,
    block: Block,
    table: EntryTable,
    index: EntryIndex,
    shut: Bytes,
    prescan: Prescan,
    who: Longs,
    times: Ints,
) -> None:
    """Put the other entries into a block: its day values and its events."""
    days_of, minutes, values, which = index.day, index.minute, index.value, index.which
    plain, lows, highs, source_first, sources = (
        table.plain,
        table.low,
        table.high,
        table.source_first,
        table.source,
    )
    numbers = block.numbers
    first, days, slots = numbers[BlockPart.FIRST_DAY], numbers[BlockPart.DAYS], who.size
    decisions, flagging = decision_stream(program), flagging_stream(program)
    for slot in range(slots):
        patient = who[slot]
        for at in range(prescan.rest_start[patient], prescan.rest_start[patient + 1]):
            e: int = prescan.rest[at]
            entry: int = which[e]
            if table.fact[entry]:
                continue
            day = days_of[e]
            minute: int = minutes[e]
            row = day - first
            if table.medication[entry]:
                since = numbers[BlockPart.MEDICATED] + slot
                numbers[since] = min(numbers[since], day)
            if 0 <= row < days:
                if table.by_patient[entry]:
                    numbers[numbers[BlockPart.REPORTED] + (row + 1) * slots + slot] = 1
                time = table.time[entry]
                if time < 0 and minute >= 0:
                    time = times[minute]
                for where in range(source_first[entry], source_first[entry + 1]):
                    low = values[e] if plain[entry] else lows[entry]
                    high = values[e] if plain[entry] else highs[entry]
                    put_value(program, block, sources[where], row, slot, time, low, high)
            for where in range(table.stream_first[entry], table.stream_first[entry + 1]):
                stream = table.stream[where]
                if stream == decisions and prescan.free[patient]:
                    continue
                mark = table.mark[where] if stream != flagging else shut[e]
                line = numbers[BlockPart.END] + stream * slots + slot
                to = numbers[BlockPart.EVENTS] + numbers[line] * EVENT_WIDTH
                numbers[line] += 1
                numbers[to + EventField.DAY], numbers[to + EventField.MARK] = day, mark
                numbers[to + EventField.SITE], numbers[to + EventField.HERE] = (
                    table.site[where],
                    table.here[entry],
                )
                numbers[to + EventField.MINUTE] = minute


@kernel
def put_value(
    program: Program, block: Block, source: int, row: int, slot: int, time: int, low: float, high: float
) -> None:
    """One value more for a day: by the rule of its scale, if it was said at the time that is asked for.

    A range keeps both ends by the same rule: the worst of 2-4 and 3 is 3 to 4.
    """
    asked = table_item(program, ProgramTable.ASKED_TIME, source)
    if asked >= 0 and time != asked:
        return
    numbers, values = block.numbers, block.values
    rule, to_high = daily_rule(program, source), numbers[BlockPart.HIGH]
    offset = numbers[numbers[BlockPart.SOURCE_OFFSETS] + source]
    at = (offset * numbers[BlockPart.DAYS] + row) * numbers[BlockPart.SLOTS] + slot
    before = values[at]
    if rule == DailyRule.LATEST or before != before:
        values[at], values[at + to_high] = low, high
    elif rule == DailyRule.HIGHEST:
        values[at], values[at + to_high] = max(before, low), max(values[at + to_high], high)
    elif rule == DailyRule.LOWEST:
        values[at], values[at + to_high] = min(before, low), min(values[at + to_high], high)
    else:
        c.unhandled(rule)
