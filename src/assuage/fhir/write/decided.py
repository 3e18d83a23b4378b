"""What a person decided or agreed to, and what is only written down: notes, offers, appointments, withdrawals."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.fhir.codes import concept, hl7, own_coding
from assuage.fhir.write.writing import Resource, Writing, concept_of, words
from assuage.record.care_entries import AppointmentEntry, OfferEntry
from assuage.record.decided_entries import ConsentEntry, DecisionEntry
from assuage.record.entries import AnyEntry, NoteEntry
from assuage.record.entry import VoidEntry

CONSENT_STATUS: Mapping[str, str] = {"given": "active", "refused": "rejected", "withdrawn": "inactive"}


def decision_resource(entry: DecisionEntry, of: Writing) -> Resource:
    """A decision about the pathway, as a task that a person completed."""
    resource: Resource = {
        "resourceType": "Task",
        "status": of.status(entry, "completed", "on-hold"),
        "intent": "plan",
        "code": concept(own_coding("decision", entry.do), text=entry.do),
        "for": of.subject,
        **of.dated(entry, "authoredOn"),
        **of.said_by(entry, "owner"),
        **concept_of("reasonCode", entry.because),
    }
    to = words(entry.to)
    if to is not None:
        resource["output"] = [
            {"type": concept(own_coding("kind", "decision"), text="phase"), "valueString": to}
        ]
    return resource


def consent_resource(entry: ConsentEntry, of: Writing) -> Resource:
    """A consent for a purpose, in words."""
    return {
        "resourceType": "Consent",
        "status": of.status(entry, CONSENT_STATUS[entry.state], "proposed"),
        "scope": concept(hl7("consentscope", "treatment"), own_coding("kind", "consent")),
        "category": [{"text": words(entry.purpose) or "consent"}],
        "patient": of.subject,
        **of.dated(entry, "dateTime"),
        **of.said_by(entry, "performer", many=True),
        "policyRule": {"text": "as the patient said"},
    }


def _told(entry: AnyEntry, of: Writing, kind: str, text: str | None) -> Resource:
    wording = words(text)
    return {
        "resourceType": "Communication",
        "status": of.status(entry, "completed"),
        "category": [concept(own_coding("kind", kind))],
        "subject": of.subject,
        **of.dated(entry, "sent"),
        **of.said_by(entry, "sender"),
        **({"payload": [{"contentString": wording}]} if wording is not None else {}),
    }


def note_resource(entry: NoteEntry, of: Writing) -> Resource:
    """Free text."""
    return _told(entry, of, "note", entry.text)


def offer_resource(entry: OfferEntry, of: Writing) -> Resource:
    """What was offered; FHIR has no element for the choice."""
    return _told(entry, of, "offer", entry.what)


def appointment_resource(entry: AppointmentEntry, of: Writing) -> Resource:
    """A visit agreed on; FHIR's own wants a moment, which the record does not have."""
    return _told(entry, of, "appointment", entry.whom)


def void_resource(entry: VoidEntry, of: Writing) -> Resource:
    """That another entry is withdrawn, and why; that one says itself that it was entered in error."""
    return _told(entry, of, "void", entry.because)


def untold_resource(entry: AnyEntry, of: Writing, kind: str) -> Resource:
    """An entry that no element of FHIR may say, so that nobody takes it for a fact."""
    return _told(entry, of, kind, None)
