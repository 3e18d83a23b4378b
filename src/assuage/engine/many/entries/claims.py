"""What an entry speaks of, so that two different ones of one moment are noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from assuage.record.care_entries import (
    AdherenceEntry,
    AdverseEventEntry,
    AllergyEntry,
    AppointmentEntry,
    DiagnosisEntry,
    ExposureEntry,
    GoalEntry,
    MeasurementEntry,
    OfferEntry,
    RatingEntry,
)
from assuage.record.decided_entries import ConsentEntry, DecisionEntry, RedFlagEntry
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    FindingEntry,
    IntakeEntry,
    MedicationEntry,
    NoteEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.entry import VoidEntry
from assuage.terms.drug_names import find_drug
from assuage.terms.names import spaced


def claimed_by(entry: AnyEntry) -> Iterator[tuple[object, ...]]:
    """What an entry speaks of, so that two different ones of one moment are noticed.

    Coarser than the record's own rule, on purpose: where two might contradict each other the patient goes to the
    fallback, and the record's reader decides.
    """
    match entry:
        case ScoreEntry():
            for site in entry.sites or (None,):
                yield ("score", entry.scale, site, entry.by)
        case AnswersEntry():
            yield ("answers", entry.instrument)
        case SymptomEntry():
            known = entry.symptom
            yield ("symptom", known.id if known else spaced(entry.what), entry.site)
        case FindingEntry():
            yield ("finding", spaced(entry.what))
        case MedicationEntry():
            yield ("medication", entry.code)
        case DecisionEntry():
            yield ("decision",)
        case ConsentEntry():
            yield ("consent", entry.purpose)
        case RedFlagEntry():
            for flag in entry.flags:
                yield ("flag", flag)
        case MeasurementEntry():
            yield ("measurement", spaced(entry.what))
        case AllergyEntry():
            yield ("allergy", spaced(entry.substance))
        case DiagnosisEntry():
            yield ("diagnosis", entry.condition.id if entry.condition else spaced(entry.in_words))
        case AppointmentEntry():
            yield ("appointment", entry.on, entry.whom)
        case AdherenceEntry():
            known = find_drug(entry.drug)
            yield ("adherence", known.id if known else spaced(entry.drug))
        case OfferEntry() | GoalEntry():
            yield (type(entry).__name__, spaced(entry.what))
        case ExposureEntry() | RatingEntry():
            yield (type(entry).__name__, spaced(entry.name))
        case TherapyEntry() | NoteEntry():
            return
        case VoidEntry() | IntakeEntry() | AdverseEventEntry():
            return
        case _:
            assert_never(entry)
