"""Scores as sentences: each with its place, its day and its scale; many values of one scale as a run."""

from __future__ import annotations

from collections.abc import Sequence

from assuage.catalogue.message import message
from assuage.record.care_entries import ExposureEntry, RatingEntry
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


def factors(case: Case) -> list[ReportSentence]:
    """What the patient noted beside the outcomes: factors of their own by days, and ratings on scales of their own."""
    sentences: list[ReportSentence] = []
    noted: dict[str, list[ExposureEntry]] = {}
    for exposure in case.timeline.entries_of(ExposureEntry):
        noted.setdefault(exposure.name, []).append(exposure)
    for name, exposures in noted.items():
        there = {each.day for each in exposures if each.state == "present" or each.amount}
        asked = {
            each.day for each in exposures if each.state in ("present", "absent") or each.amount is not None
        }
        if not asked:
            continue
        amounts = [each.amount for each in exposures if each.amount]
        units = {each.unit for each in exposures if each.amount}
        told = message(
            "case.factor" if there else "case.factor-never",
            factor=phrases.word_as_written(case, name),
            days=len(there),
            n=len(asked),
            amount=phrases.value_phrase(min(amounts), max(amounts)) if amounts and len(units) == 1 else None,
            unit=next(iter(units), None) if len(units) == 1 else None,
        )
        sentences.append(case.sentence(told, exposures))
    rated: dict[str, list[RatingEntry]] = {}
    for rating in case.timeline.entries_of(RatingEntry):
        if rating.value is not None:
            rated.setdefault(rating.name, []).append(rating)
    for name, ratings in rated.items():
        first, last = ratings[0], ratings[-1]
        told = message(
            "case.own-rating",
            rated=phrases.word_as_written(case, name),
            first=first.value,
            begin=phrases.when_recorded(first),
            last=last.value if last.day != first.day else None,
            end=phrases.when_recorded(last),
        )
        sentences.append(case.sentence(told, ratings))
    return sentences


def by_place(entries: Sequence[ScoreEntry]) -> list[list[ScoreEntry]]:
    """The scores of a scale, those of each place together."""
    places: dict[tuple[str, ...], list[ScoreEntry]] = {}
    for entry in entries:
        places.setdefault(entry.sites, []).append(entry)
    return list(places.values())
