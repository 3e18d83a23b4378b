"""Diagnoses, allergies, events that are suspected of something, and what the patient wants to reach."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.fhir.codes import DIAGNOSIS_SYSTEMS, HL7, as_code, concept, hl7
from assuage.fhir.write.writing import Resource, Writing, words
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry, GoalEntry
from assuage.record.entries import AnyEntry

VERIFIED: Mapping[str, str] = {
    "confirmed": "confirmed",
    "probable": "provisional",
    "possible": "differential",
    "refuted": "refuted",
}
ALLERGY_VERIFIED: Mapping[str, str] = {
    "confirmed": "confirmed",
    "suspected": "unconfirmed",
    "refuted": "refuted",
}
_GRADES = {1: "mild", 2: "moderate", 3: "severe", 4: "severe", 5: "severe"}
_OUTCOMES: Mapping[str, str] = {
    "recovered": "resolved",
    "recovering": "recovering",
    "not_recovered": "ongoing",
    "recovered_with_sequelae": "resolvedWithSequelae",
    "fatal": "fatal",
    "unknown": "unknown",
}


def _verification(entry: AnyEntry, of: Writing, system: str, certainty: str | None) -> Resource:
    """How sure it is; what was withdrawn was entered in error, what somebody disputes is unconfirmed."""
    if not of.stands(entry):
        certainty = "entered-in-error"
    elif entry.place in of.disputed:
        certainty = "unconfirmed"
    return {} if certainty is None else {"verificationStatus": concept(hl7(system, certainty))}


def diagnosis_resource(entry: DiagnosisEntry, of: Writing) -> Resource:
    """A diagnosis by its code and in words. Without a certainty nothing is said of it."""
    code = as_code(entry.code)
    codings: list[Resource] = []
    if code is not None and entry.system is not None:
        codings.append({"system": DIAGNOSIS_SYSTEMS[entry.system], "code": code})
    named = concept(*codings, text=words(entry.what))
    return {
        "resourceType": "Condition",
        **_verification(entry, of, "condition-ver-status", VERIFIED.get(entry.certainty or "")),
        "category": [concept(hl7("condition-category", "encounter-diagnosis"))],
        **({"code": named} if named else {}),
        "subject": of.subject,
        **of.dated(entry, "recordedDate"),
        **of.said_by(entry, "asserter"),
    }


def allergy_resource(entry: AllergyEntry, of: Writing) -> Resource:
    """An allergy: to what, how it showed itself, how sure it is."""
    resource: Resource = {"resourceType": "AllergyIntolerance"}
    if of.stands(entry):
        active = "inactive" if entry.certainty == "refuted" else "active"
        resource["clinicalStatus"] = concept(hl7("allergyintolerance-clinical", active))
    verified = ALLERGY_VERIFIED.get(entry.certainty or "")
    resource |= _verification(entry, of, "allergyintolerance-verification", verified)
    resource |= {"code": {"text": words(entry.substance) or "substance"}, "patient": of.subject}
    resource |= of.dated(entry, "recordedDate") | of.said_by(entry, "asserter")
    reaction = words(entry.reaction)
    if reaction is not None:
        severity = {} if entry.severity is None else {"severity": entry.severity}
        resource["reaction"] = [{"manifestation": [{"text": reaction}], **severity}]
    return resource


def adverse_event_resource(entry: AdverseEventEntry, of: Writing) -> Resource:
    """Something untoward that happened, and what is suspected of it."""
    resource: Resource = {
        "resourceType": "AdverseEvent",
        "actuality": "actual",
        "event": {"text": words(entry.what) or "event"},
        "subject": of.subject,
        **of.dated(entry, "date"),
        **of.said_by(entry, "recorder"),
    }
    if entry.grade is not None:
        severity = {"system": f"{HL7}adverse-event-severity", "code": _GRADES[entry.grade]}
        resource["severity"] = concept(severity)
    if entry.outcome is not None:
        outcome = {"system": f"{HL7}adverse-event-outcome", "code": _OUTCOMES[entry.outcome]}
        resource["outcome"] = concept(outcome)
    suspects = [wording for word in entry.suspected if (wording := words(word)) is not None]
    if suspects:
        resource["suspectEntity"] = [{"instance": {"display": suspect}} for suspect in suspects]
    return resource


def goal_resource(entry: GoalEntry, of: Writing) -> Resource:
    """What the patient wants to reach. It says nothing of what is."""
    resource: Resource = {
        "resourceType": "Goal",
        "lifecycleStatus": of.status(entry, "completed" if entry.reached else "active"),
        "description": {"text": words(entry.what) or "goal"},
        "subject": of.subject,
        **of.said_by(entry, "expressedBy"),
    }
    due = None if entry.due is None else of.date_of(entry.due)
    if due is not None:
        resource["target"] = [{"dueDate": due.isoformat()}]
    return resource
