"""Scores as sentences: each with its place, its day and its scale; many values of one scale as a run."""

from __future__ import annotations

from collections.abc import Sequence

from assuage.catalogue.message import message
from assuage.record.entries import ScoreEntry
from assuage.record.kinds import scales
from assuage.report.care import phrases
from assuage.report.care.case import Case
from assuage.report.care.case_report import ReportSentence
from assuage.terms.scales import SCALES

# Seven or more values of one scale at one place are told as a run, not one by one.
RUN = 7


def scored(case: Case, entries: Sequence[ScoreEntry]) -> ReportSentence:
    """The values of one scale at one place, in order; a run of them by its ends and its extremes."""
    first, last = entries[0], entries[-1]
    scale = scales()[first.scale]
    if len(entries) < RUN:
        told = message(
            "case.rated" if first.scale in SCALES else "case.scored",
            measure=phrases.measure_phrase(first),
            low=scale.low,
            high=scale.high,
            values=tuple(dict.fromkeys(phrases.score_phrase(case, entry) for entry in entries)),
        )
        return case.sentence(told, entries)
    told = message(
        "case.rated-run",
        count=len(entries),
        measure=phrases.measure_phrase(first),
        begin=first.day,
        end=last.day,
        low=scale.low,
        high=scale.high,
        first=phrases.value_phrase(*first.range),
        last=phrases.value_phrase(*last.range),
        least=min(entry.range[0] for entry in entries),
        most=max(entry.range[1] for entry in entries),
    )
    return case.sentence(told, entries)


def by_place(entries: Sequence[ScoreEntry]) -> list[list[ScoreEntry]]:
    """The scores of a scale, those of each place together."""
    places: dict[tuple[str, ...], list[ScoreEntry]] = {}
    for entry in entries:
        places.setdefault(entry.sites, []).append(entry)
    return list(places.values())
