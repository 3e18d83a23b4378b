"""Which of a patient's entries the diagnostic criteria rest on: the latest body, severity, and how it all began.

Only picked here, and known by keys; what they say is asked of the reference, once for each key.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Longs
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, mix
from assuage.engine.many.program import codes as c
from assuage.record.fields import FURTHEST_DAY

# What an entry has a word on, as bits.
SITES, TOTAL, SEVERITY, DURATION, AGE = (1 << at for at in range(5))
NOTHING = -1


class Picked(NamedTuple):
    """The entries of each patient; NOTHING where there is none."""

    sites: Longs  # the latest body map
    total: Longs  # the latest total of one
    severity: Longs  # the key of the severities of the latest day that has any
    severity_day: Longs
    age: Longs  # the number of the fact


def pick(kinds: Bytes, index: EntryIndex, until: Longs, judged: Bytes) -> Picked:
    """The entries up to each patient's last day."""
    n = until.size
    picked = Picked(
        np.full(n, NOTHING, np.int64),
        np.full(n, NOTHING, np.int64),
        np.zeros(n, np.int64),
        np.full(n, c.NO_DAY, np.int64),
        np.full(n, NOTHING, np.int64),
    )
    pick_entries(kinds, index, until, judged, picked)
    return picked


@kernel
def pick_entries(kinds: Bytes, index: EntryIndex, until: Longs, judged: Bytes, out: Picked) -> None:
    """The work of `pick`. Entries come in the order of their days, so the last of each is the latest."""
    start, days, which = index.start, index.day, index.which
    for patient in range(until.size):
        if not judged[patient]:
            continue
        for e in range(start[patient], start[patient + 1]):
            kind = kinds[which[e]]
            if kind == 0:
                continue
            if kind & AGE:
                out.age[patient] = which[e]
            elif days[e] > until[patient]:
                continue
            elif kind & SITES:
                out.sites[patient] = e
            elif kind & TOTAL:
                out.total[patient] = e
            elif kind & SEVERITY:
                if out.severity_day[patient] != days[e]:
                    out.severity[patient], out.severity_day[patient] = 0, days[e]
                out.severity[patient] = mix(out.severity[patient], which[e])


@kernel
def key_beginnings(
    kinds: Bytes, index: EntryIndex, asked_on: Longs, judged: Bytes, longest: int, keys: Longs
) -> None:
    """The key of what was said of a beginning, seen from the day it is asked on; `longest` days are long ago."""
    start, days, which = index.start, index.day, index.which
    for patient in range(asked_on.size):
        if not judged[patient]:
            continue
        key = 0
        last = -1
        for e in range(start[patient], start[patient + 1]):
            if not kinds[which[e]] & DURATION or days[e] > asked_on[patient] or which[e] == last:
                continue
            last = which[e]
            # Only a span of years that the criteria refuse is told apart from what is merely long ago.
            ago = asked_on[patient] - days[e]
            key = mix(mix(key, which[e]), ago if ago > FURTHEST_DAY else min(ago, longest))
        keys[patient] = key
