"""Section 7, the course in the order in which it happened: phases as paragraphs, events as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from assuage.catalogue.message import Message, message
from assuage.engine.walk import Stay
from assuage.record.entries import MedicationEntry, SymptomEntry, TherapyEntry
from assuage.report.care import phrases
from assuage.report.care.case import Case, SentencesAndGaps
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.sections_1_to_8 import span_of

# A longer story helps nobody on paper; the figure and the record hold the rest.
MOST_EVENTS = 60
_DONE = {"start": "started", "change": "changed", "stop": "stopped"}
_Event = MedicationEntry | TherapyEntry | SymptomEntry


def timeline(case: Case) -> SentencesAndGaps:
    """Item 7: the figure, and the story from day 0 on."""
    sentences = case.authors("7")
    span = span_of(case)
    if span is None:
        return sentences, [case.lang.t("the record has no entries")]
    number = case.figure("timeline")
    told = (
        message("case.course-span", span=span)
        if number is None
        else message("case.figure-course", number=number, span=span)
    )
    sentences.append(case.sentence(told, by="computed"))
    return [*sentences, *_story(case)], []


def _story(case: Case) -> Iterator[ReportSentence]:
    """Phases and events by their days; each phase opens a paragraph."""
    events = [
        *(entry for entry in case.medications if entry.day >= 0),
        *(entry for entry in case.therapies if entry.day >= 0),
        *(entry for entry in case.symptoms if entry.day > 0),
    ]
    events.sort(key=lambda entry: entry.order)
    groups = [list(group) for _, group in groupby(events, key=_likeness(case))]
    stays = list(case.review.stays) if case.review is not None and case.record.pathway is not None else []
    for group in groups[:MOST_EVENTS]:
        while stays and stays[0].entered <= group[0].day:
            yield _phase(case, stays.pop(0))
        yield _event(case, group)
    for stay in stays:
        yield _phase(case, stay)
    if len(groups) > MOST_EVENTS:
        left = sum(len(group) for group in groups[MOST_EVENTS:])
        yield case.sentence(message("case.more-events", n=left), by="computed")


def _likeness(case: Case):
    """What neighbours share that one sentence tells of."""

    def key(entry: _Event) -> tuple[object, ...]:
        match entry:
            case MedicationEntry():
                reason = None if entry.do == "start" else (entry.because, entry.note)
                return ("drug", entry.do, entry.day, reason)
            case TherapyEntry():
                name = phrases.therapy_name(case, entry)
                return ("therapy", name, entry.do, entry.by, entry.pressure, entry.because, entry.note)
            case SymptomEntry():
                return ("symptom", entry.state, entry.day)

    return key


def _phase(case: Case, stay: Stay) -> ReportSentence:
    """The phase that began; by a person's decision with the reason that was written."""
    decisions = [
        entry for entry in case.timeline.decisions() if entry.day == stay.entered and entry.do != "hold"
    ]
    # No gate led into the first phase: there the walk begins.
    first = case.review is not None and case.review.stays[0] == stay
    by = "start" if stay.by == "gate" and first else stay.by
    told = message(
        f"case.phase.{by}",
        phase=stay.phase.wording,
        when=phrases.when_recorded(*decisions)
        if by == "decision" and decisions
        else phrases.day_phrase(stay.entered),
        because=phrases.quotation(decisions[-1].because) if by == "decision" and decisions else None,
    )
    return case.sentence(
        told,
        decisions if by == "decision" else (),
        by="record" if by == "decision" and decisions else "computed",
        opens=True,
    )


def _event(case: Case, group: list[_Event]) -> ReportSentence:
    match group[0]:
        case MedicationEntry():
            drugs = [entry for entry in group if isinstance(entry, MedicationEntry)]
            return case.sentence(_drugs(case, drugs), group)
        case TherapyEntry():
            sessions = [entry for entry in group if isinstance(entry, TherapyEntry)]
            return case.sentence(_therapy(case, sessions), group)
        case SymptomEntry():
            felt = [entry for entry in group if isinstance(entry, SymptomEntry)]
            return case.sentence(became(case, felt, note=False), group)


def _drugs(case: Case, drugs: list[MedicationEntry]) -> Message:
    first = drugs[0]
    names = tuple(dict.fromkeys(phrases.drug_name(case, entry.drug) for entry in drugs))
    # Purposes and doses stand with the interventions; here stands why something was changed.
    note = None if first.do == "start" else phrases.quotation(first.because, first.note)
    return message(
        f"case.drugs-{_DONE[first.do]}", drugs=names, when=phrases.when_recorded(*drugs), note=note
    )


def _therapy(case: Case, sessions: list[TherapyEntry]) -> Message:
    first = sessions[0]
    name = phrases.therapy_name(case, first)
    note = phrases.quotation(first.because, first.note)
    begun = any(
        entry.took_place and entry.order < first.order and phrases.therapy_name(case, entry) == name
        for entry in case.therapies
    )
    if first.do == "start":
        return message("case.therapy-started", therapy=name, when=phrases.when_recorded(*sessions), note=note)
    if first.do == "stop":
        return message(
            "case.therapy-stopped" if begun else "case.therapy-not-begun",
            therapy=name,
            when=phrases.when_recorded(*sessions),
            note=note,
        )
    numbers = tuple(entry.number for entry in sessions if entry.number is not None)
    return message(
        "case.session-sought" if first.by == "patient" else "case.session",
        therapy=name,
        numbers=numbers or None,
        sessions=message("case.one-session" if len(numbers) == 1 else "case.many-sessions"),
        pressure=phrases.pressure_phrase(case, first),
        when=phrases.when_recorded(*sessions),
        note=note,
    )


def became(case: Case, felt: list[SymptomEntry], *, note: bool = True) -> Message:
    """What became of the symptoms of a day: new, worse, better, gone, there, or not there."""
    state = felt[0].state
    match state:
        case "absent":
            parts = [phrases.symptom_phrase(case, entry, genitive=True, note=note) for entry in felt]
        case "present":
            parts = [phrases.symptom_phrase(case, entry, note=note) for entry in felt]
        case _:
            parts = [phrases.changed_symptom(case, entry, note=note) for entry in felt]
    return message(
        f"case.became.{state}", symptoms=tuple(dict.fromkeys(parts)), when=phrases.when_recorded(*felt)
    )
