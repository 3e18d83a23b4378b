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
from assuage.record.stated import scored_answers
from assuage.record.timeline import Timeline

_IDS = tuple(INSTRUMENTS)


class Score(NamedTuple):
    """The instrument by number, the ends of its total, and the band (None where there is none, or two)."""

    instrument: int
    low: float
    high: float
    severity: str | None


class CohortScores:
    """The scores, ready to be taken from any chunk."""

    def __init__(self) -> None:
        self.interner: EntryInterner | None = None
        self.known: list[Score | None] = []

    def table(self, result: ChunkResult) -> Any:
        """One line for each time an instrument was answered, up to each patient's last day."""
        pa = arrow()
        if result.interner is not self.interner:
            self.interner, self.known = result.interner, []
        for meaning in result.interner.entries[len(self.known) :]:
            self.known.append(score_of(meaning.entry))
        there = np.array([*(score is not None for score in self.known), False])
        index = result.index
        judged = result.route != EMPTY
        judged[list(result.records)] = False
        at = np.flatnonzero(there[result.index.which])
        who = np.searchsorted(index.start, at, side="right") - 1
        keep = judged[who] & (index.day[at] <= result.until[who])
        at, who = at[keep], who[keep]
        numbers, where = np.unique(index.which[at], return_inverse=True)
        distinct: list[Score | None] = [self.known[int(number)] for number in cast("Any", numbers).tolist()]
        scores = [score for score in distinct if score is not None]
        days = index.day[at].astype(np.int64)
        where = where.reshape(-1)
        late: list[Score] = []
        for patient, record in result.records.items():
            if result.route[patient] == EMPTY:
                continue
            for entry in Timeline(record).answers(int(result.until[patient])):
                score = score_of(entry)
                if score is not None:
                    who, days = np.append(who, patient), np.append(days, entry.day)
                    where = np.append(where, len(scores) + len(late))
                    late.append(score)
        scores += late
        order = np.argsort(who, kind="stable")
        who, days, where = who[order], days[order], where[order]
        bands = sorted({score.severity for score in scores if score.severity is not None})
        band = np.array(
            [-1 if score.severity is None else bands.index(score.severity) for score in scores], np.int32
        )
        instrument = np.array([score.instrument for score in scores], np.int32)
        low, high = (np.array([score[end] for score in scores], np.float64) for end in (1, 2))
        severity = band[where]
        return pa.table(
            {
                "patient": result.names.take(pa.array(who)),
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
    scored = scored_answers(entry)
    if scored is None or scored.low is None or scored.high is None:
        return None
    return Score(_IDS.index(entry.instrument), scored.low, scored.high, scored.band)
