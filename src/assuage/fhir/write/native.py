"""One entry as its resource, in FHIR's own elements alone: what a reader understands that knows nothing of us."""

from __future__ import annotations

from typing import assert_never

from assuage.fhir.write import answered, care, decided, done, observed
from assuage.fhir.write.writing import Resource, Writing
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


def native_resource(entry: AnyEntry, of: Writing) -> Resource:
    """The resource of an entry, without its id and without our extension."""
    match entry:
        case ScoreEntry():
            return observed.score_resource(entry, of)
        case AnswersEntry():
            return answered.answers_resource(entry, of)
        case SymptomEntry():
            return observed.symptom_resource(entry, of)
        case FindingEntry(method="family") if entry.state != "present":
            # FHIR has no family history of what is not there, and nobody is to take it for the patient's own.
            return decided.untold_resource(entry, of, "finding")
        case FindingEntry():
            return observed.finding_resource(entry, of)
        case MedicationEntry():
            return done.medication_resource(entry, of)
        case IntakeEntry():
            return done.intake_resource(entry, of)
        case TherapyEntry():
            return done.therapy_resource(entry, of)
        case DecisionEntry():
            return decided.decision_resource(entry, of)
        case ConsentEntry():
            return decided.consent_resource(entry, of)
        case RedFlagEntry():
            return observed.red_flag_resource(entry, of)
        case NoteEntry():
            return decided.note_resource(entry, of)
        case MeasurementEntry():
            return observed.measurement_resource(entry, of)
        case AllergyEntry():
            return care.allergy_resource(entry, of)
        case AdverseEventEntry():
            if not of.stands(entry) or entry.place in of.disputed:
                # An AdverseEvent has no status that says so.
                return decided.untold_resource(entry, of, "adverse_event")
            return care.adverse_event_resource(entry, of)
        case DiagnosisEntry():
            return care.diagnosis_resource(entry, of)
        case AdherenceEntry():
            return observed.adherence_resource(entry, of)
        case OfferEntry():
            return decided.offer_resource(entry, of)
        case ExposureEntry():
            return observed.exposure_resource(entry, of)
        case RatingEntry():
            return observed.rating_resource(entry, of)
        case GoalEntry():
            return care.goal_resource(entry, of)
        case AppointmentEntry():
            return decided.appointment_resource(entry, of)
        case VoidEntry():
            return decided.void_resource(entry, of)
        case _:
            assert_never(entry)
