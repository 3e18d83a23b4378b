"""The slope of a window of a fixed length for every day of a block at once, by running sums.

Days are counted back from the day that is asked about, so that the sums stay small: those of days are exact, and those
of values lose nothing that nine decimals show. A value that is a range has a slope of its own for each end, which only
the window itself tells (`one_day_measures.slope`).
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.fixed_windows import decide_all, equal_all, holds_above, largest_passing
from assuage.engine.many.arrays import Bytes, Floats, Longs
from assuage.engine.many.blocks.block import Block, offset_of
from assuage.engine.many.jit import kernel
from assuage.engine.many.program.codes import Comparison
from assuage.engine.many.program.layout import (
    LeafField,
    MeasureField,
    Program,
    ProgramTable,
    leaf_field,
    measure_field,
    sign_of,
    table_item,
)


@kernel
def fill_slopes(program: Program, block: Block, there: Bytes, leaf: int, out: Bytes) -> None:
    """The least squares slope of a window against a bound, in points per week; unknown with fewer than two values."""
    measure = leaf_field(program, leaf, LeafField.MEASURE)
    grid = offset_of(block, measure_field(program, measure, MeasureField.SOURCE))
    span = measure_field(program, measure, MeasureField.SPAN)
    needing = max(measure_field(program, measure, MeasureField.NEEDING), 2)
    sign, billionths = sign_of(program, leaf), float(table_item(program, ProgramTable.BOUNDS, leaf))
    days, slots = out.shape
    had, back, squares = np.zeros(slots, np.int64), np.zeros(slots, np.int64), np.zeros(slots, np.int64)
    sums, weighted, slopes = np.zeros(slots), np.zeros(slots), np.zeros(slots)
    known = np.empty(slots, np.uint8)
    most, above = largest_passing(sign, billionths), holds_above(sign)
    for i in range(days):
        begin = (grid * days + i) * slots
        if i >= span:
            gone = begin - span * slots
            before, was = (
                block.values[gone : gone + slots],
                there[grid, (i - span) * slots : (i - span + 1) * slots],
            )
            take_off(before, was, span - 1, had, back, squares, sums, weighted)
        a_day_on(had, back, squares, sums, weighted)
        now, here = block.values[begin : begin + slots], there[grid, i * slots : (i + 1) * slots]
        for slot in range(slots):
            had[slot] += np.int64(here[slot])
            sums[slot] += now[slot] if here[slot] else 0.0
        for slot in range(slots):
            n = had[slot]
            spread = n * squares[slot] - back[slot] * back[slot]
            known[slot] = n >= needing
            slopes[slot] = 7 * (n * weighted[slot] - back[slot] * sums[slot]) / spread
        if sign == Comparison.EQUAL:
            equal_all(slopes, slopes, billionths, known, out[i])
        else:
            decide_all(above, slopes, slopes, most, known, out[i])


@kernel
def take_off(
    before: Floats,
    was: Bytes,
    age: int,
    had: Longs,
    back: Longs,
    squares: Longs,
    sums: Floats,
    weighted: Floats,
) -> None:
    """Take the values of the row that leaves the window off the sums: it lies `age` days back."""
    for slot in range(had.size):
        x = before[slot] if was[slot] else 0.0
        counted = np.int64(was[slot])
        had[slot] -= counted
        back[slot] += counted * age
        squares[slot] -= counted * age * age
        sums[slot] -= x
        weighted[slot] += age * x
    for slot in range(had.size):  # what is left of sums of nothing
        sums[slot] = sums[slot] if had[slot] else 0.0
        weighted[slot] = weighted[slot] if had[slot] else 0.0


@kernel
def a_day_on(had: Longs, back: Longs, squares: Longs, sums: Floats, weighted: Floats) -> None:
    """Count the days of the window from the day after: each lies one day more back."""
    for slot in range(had.size):
        squares[slot] += had[slot] - 2 * back[slot]
        back[slot] -= had[slot]
        weighted[slot] -= sums[slot]
