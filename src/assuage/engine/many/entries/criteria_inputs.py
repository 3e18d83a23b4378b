"""Which of a patient's entries the diagnostic criteria rest on: the latest body, severity, and how it all began.

Only picked here, and known by keys; what they say is asked of the reference, once for each key.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.entries.grouping import Heads
from assuage.engine.many.entries.hash_table import mix
from assuage.engine.many.jit import Bytes, Ints, Longs, kernel
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


def pick(kinds: Bytes, h: Heads, said: Ints, until: Longs, judged: Bytes) -> Picked:
    """The entries up to each patient's last day."""
    n = until.size
    found = Picked(
        np.full(n, NOTHING, np.int64),
        np.full(n, NOTHING, np.int64),
        np.zeros(n, np.int64),
        np.full(n, c.NO_DAY, np.int64),
        np.full(n, NOTHING, np.int64),
    )
    _pick(kinds, h.start, h.day, said, until, judged, *found)
    return found


@kernel
def _pick(
    kinds: Bytes,
    start: Longs,
    days: Ints,
    said: Ints,
    until: Longs,
    judged: Bytes,
    sites: Longs,
    total: Longs,
    severity: Longs,
    severity_day: Longs,
    age: Longs,
) -> None:
    for patient in range(until.size):
        if not judged[patient]:
            continue
        for e in range(start[patient], start[patient + 1]):
            kind = kinds[said[e]]
            if kind == 0:
                continue
            if kind & AGE:
                age[patient] = said[e]
            elif days[e] > until[patient]:
                continue
            elif kind & SITES:
                sites[patient] = e
            elif kind & TOTAL:
                total[patient] = e
            elif kind & SEVERITY:
                if severity_day[patient] != days[e]:
                    severity[patient], severity_day[patient] = 0, days[e]
                severity[patient] = mix(severity[patient], said[e])


@kernel
def durations(
    kinds: Bytes,
    start: Longs,
    days: Ints,
    said: Ints,
    asked_on: Longs,
    judged: Bytes,
    longest: int,
    keys: Longs,
) -> None:
    """The key of what was said of a beginning, seen from the day it is asked on; `longest` days are long ago."""
    for patient in range(asked_on.size):
        if not judged[patient]:
            continue
        key = 0
        last = -1
        for e in range(start[patient], start[patient + 1]):
            if not kinds[said[e]] & DURATION or days[e] > asked_on[patient] or said[e] == last:
                continue
            last = said[e]
            # Only a span of years that the criteria refuse is told apart from what is merely long ago.
            ago = asked_on[patient] - days[e]
            key = mix(mix(key, said[e]), ago if ago > FURTHEST_DAY else min(ago, longest))
        keys[patient] = key
