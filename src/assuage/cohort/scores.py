"""What every instrument in a cohort came to: totals or ranges, and the band of those that have bands.

Each distinct set of answers is scored once, by the scoring that a single patient gets.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import numpy as np

from assuage.engine.many.blocks.prescan import EMPTY
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.walk.results import ChunkResult
from assuage.instruments import INSTRUMENTS
from assuage.record.arrow import arrow
from assuage.record.entries import AnswersEntry, AnyEntry
from assuage.record.timeline import Timeline, scored_answers

_IDS = tuple(INSTRUMENTS)


class Score(NamedTuple):
    """The instrument by number, the ends of its total, and the band (None where there is none, or two)."""

    instrument: int
    low: float
    high: float
    severity: str | None


class Scores:
    """The scores, ready to be taken from any chunk."""

    def __init__(self) -> None:
        self.interner: EntryInterner | None = None
        self.known: list[Score | None] = []

    def table(self, found: ChunkResult) -> Any:
        """One line for each time an instrument was answered, up to each patient's last day."""
        pa = arrow()
        if found.interner is not self.interner:
            self.interner, self.known = found.interner, []
        for meaning in found.interner.entries[len(self.known) :]:
            self.known.append(score_of(meaning.entry))
        there = np.array([*(one is not None for one in self.known), False])
        index = found.index
        judged = found.route != EMPTY
        judged[list(found.records)] = False
        at = np.flatnonzero(there[found.index.which])
        who = np.searchsorted(index.start, at, side="right") - 1
        keep = judged[who] & (index.day[at] <= found.until[who])
        at, who = at[keep], who[keep]
        numbers, where = np.unique(index.which[at], return_inverse=True)
        own: list[Score | None] = [self.known[int(number)] for number in cast("Any", numbers).tolist()]
        scores = [one for one in own if one is not None]
        days = index.day[at].astype(np.int64)
        where = where.reshape(-1)
        late: list[Score] = []
        for patient, record in found.records.items():
            if found.route[patient] == EMPTY:
                continue
            for entry in Timeline(record).answers(int(found.until[patient])):
                one = score_of(entry)
                if one is not None:
                    who, days = np.append(who, patient), np.append(days, entry.day)
                    where = np.append(where, len(scores) + len(late))
                    late.append(one)
        scores += late
        order = np.argsort(who, kind="stable")
        who, days, where = who[order], days[order], where[order]
        bands = sorted({one.severity for one in scores if one.severity is not None})
        band = np.array(
            [-1 if one.severity is None else bands.index(one.severity) for one in scores], np.int32
        )
        instrument = np.array([one.instrument for one in scores], np.int32)
        low, high = (np.array([one[end] for one in scores], np.float64) for end in (1, 2))
        severity = band[where]
        return pa.table(
            {
                "patient": found.names.take(pa.array(who)),
                "day": pa.array(days.astype(np.int32)),
                "instrument": pa.array(np.array(_IDS, object)[instrument[where]], pa.string()),
                "low": pa.array(low[where]),
                "high": pa.array(high[where]),
                "severity": pa.array(np.array([*bands, None], object)[severity], pa.string()),
            }
        )


def score_of(entry: AnyEntry | None) -> Score | None:
    """What an entry's answers come to; None where it has none, or they come to no number."""
    if not isinstance(entry, AnswersEntry):
        return None
    found = scored_answers(entry)
    if found is None or found.low is None or found.high is None:
        return None
    return Score(_IDS.index(entry.instrument), found.low, found.high, found.band)
