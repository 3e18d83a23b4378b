"""A block of patients as the kernels see it, and how they look things up in it.

Patients lie side by side ("lanes") and days below each other, so that one day of all patients lies together.
Whatever is rarer than a day value is a list of events for each patient, in the order in which it happened.
`g` holds the whole numbers of a block, laid out as `codes` says; `v` the day values, NaN where nothing was said.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.jit import Bytes, Floats, Longs, kernel, place
from assuage.engine.many.program import codes as c


@kernel
def begin_of(g: Longs, stream: int, lane: int) -> int:
    """The number of the first event of a patient in a stream."""
    return g[place(g[c.B_BEGIN] + stream * g[c.B_LANES] + lane)]


@kernel
def end_of(g: Longs, stream: int, lane: int) -> int:
    """The number after the last event of a patient in a stream."""
    return g[place(g[c.B_END] + stream * g[c.B_LANES] + lane)]


@kernel
def event(g: Longs, number: int, column: int) -> int:
    """What an event says."""
    return g[place(g[c.B_EVENTS] + number * c.E_WIDTH + column)]


@kernel
def started(g: Longs, lane: int) -> int:
    """The first day of the pathway."""
    return g[place(g[c.B_STARTED] + lane)]


@kernel
def started_on(p: Longs, g: Longs, lane: int, day: int) -> int:
    """The first day of the pathway as it counts on a day: that of the latest decision to enter it, if there is one."""
    start = started(g, lane)
    for e in range(begin_of(g, p[c.P_DECISIONS], lane), end_of(g, p[c.P_DECISIONS], lane)):
        if event(g, e, c.E_DAY) > day:
            break
        if event(g, e, c.E_MARK) == c.D_ENTER:
            start = event(g, e, c.E_DAY)
    return start


@kernel
def until(g: Longs, lane: int) -> int:
    """The last day that is looked at."""
    return g[place(g[c.B_UNTIL] + lane)]


@kernel
def told(g: Longs, row: int, lane: int) -> int:
    """On how many days before a row of the grid the patient told anything."""
    return g[place(g[c.B_TOLD] + row * g[c.B_LANES] + lane)]


@kernel
def medicated(g: Longs, lane: int, day: int) -> bool:
    """Whether any medication was recorded up to a day."""
    return g[place(g[c.B_MEDICATED] + lane)] <= day


@kernel
def cell(g: Longs, source: int, row: int, lane: int) -> int:
    """Where the low end of a day value lies; the high end lies `g[B_HIGH]` further on."""
    return (g[place(g[c.B_PLANE] + source)] * g[c.B_DAYS] + row) * g[c.B_LANES] + lane


@kernel
def low_of(g: Longs, v: Floats, source: int, row: int, lane: int) -> float:
    """The low end of a day value; NaN for none."""
    return v[place(cell(g, source, row, lane))]


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
def join(one: Bytes, every: int, some: int, to: Bytes) -> None:
    """Kleene's and, or its or, of two rows of answers: `every` is the bit that both must have, `some` the other."""
    both, either = np.uint8(every), np.uint8(some)
    for i in range(to.size):
        to[i] = (to[i] & one[i] & both) | ((to[i] | one[i]) & either)
