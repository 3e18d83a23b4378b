"""The rows of a patient in the order of their moments, whatever order they stand in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.engine.many.entries.naming import row_order
from assuage.engine.many.program.codes import END_OF_DAY
from assuage.engine.many.rows.columns import rows_for
from assuage.engine.many.rows.text_kernel import NO_ENTRY

# Day, minute (-1: none), the number of the entry and that of the row in it.
row = some.tuples(
    some.integers(-3, 60),
    some.sampled_from((-1, 0, 540)),
    some.sampled_from((NO_ENTRY, 0, 1, 2)),
    some.integers(0, 2),
)


@settings(max_examples=60)
@given(some.lists(some.lists(row, min_size=1, max_size=70), min_size=1, max_size=3))
def test_rows_are_in_the_order_of_their_moments_and_stay_as_they_stood_where_these_are_alike(patients):
    every = [each for rows in patients for each in rows]
    table = rows_for(len(every))
    starts = np.cumsum([0, *map(len, patients)]).astype(np.int64)
    table = table._replace(start=starts)
    for at, (day, minute, entry, number) in enumerate(every):
        table.day[at], table.minute[at], table.entry[at], table.number[at] = day, minute, entry, number

    def moment(at):
        day, minute, entry, number = every[at]
        return day, END_OF_DAY if minute < 0 else minute, entry, number

    order = row_order(table)
    expected = [
        at
        for begin, end in zip(starts, starts[1:], strict=False)
        for at in sorted(range(begin, end), key=moment)
    ]
    assert (order.tolist() or list(range(len(every)))) == expected
