"""Documents of CDS Hooks that are right, each as small as it can be."""

from __future__ import annotations

from typing import Any

from assuage.fhir.hooks.prefetch import TEMPLATES

UUID = "4e0a3a1e-3283-4575-ab82-028d55fe2719"

CARD: dict[str, Any] = {"summary": "One", "indicator": "info", "source": {"label": "Assuage"}}
SUGGESTION: dict[str, Any] = {"label": "Do it", "uuid": UUID}
DELETION: dict[str, Any] = {"type": "delete", "description": "Away", "resourceId": "Task/1"}
AUTHORIZATION: dict[str, Any] = {
    "access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.rs", "subject": "assuage"
}  # fmt: skip
OUTCOME: dict[str, Any] = {
    "card": UUID, "outcome": "accepted", "acceptedSuggestions": [{"id": UUID}],
    "outcomeTimestamp": "2026-11-30T08:00:00Z",
}  # fmt: skip


def request(hook: str = "patient-view", **more: Any) -> dict[str, Any]:
    """A call of a hook; `context` is added to what every context has."""
    context: dict[str, Any] = {"userId": "Practitioner/1", "patientId": "ana"}
    if hook != "patient-view":
        context["draftOrders"] = {"resourceType": "Bundle", "type": "collection"}
    if hook == "order-select":
        context["selections"] = ["MedicationRequest/1"]
    context |= more.pop("context", {})
    return {"hook": hook, "hookInstance": UUID, "context": context, **more}


def response(**card: Any) -> dict[str, Any]:
    """A response with one card."""
    return {"cards": [CARD | card]}


def suggesting(suggestion: dict[str, Any], **card: Any) -> dict[str, Any]:
    """A response whose card suggests something."""
    return response(selectionBehavior="any", suggestions=[SUGGESTION | suggestion], **card)


def feedback(**outcome: Any) -> dict[str, Any]:
    """Feedback on one card."""
    return {"feedback": [OUTCOME | outcome]}


DOCUMENTS = [
    request(), request("order-select"), request("order-sign"), response(), {"cards": []}, {"services": []},
    {"services": [{"hook": "patient-view", "id": "here", "description": "x", "prefetch": {"p": "Patient/1"}}]},
    feedback(), suggesting({"actions": [DELETION]}),
    request(fhirServer="https://fhir.example.org", fhirAuthorization=AUTHORIZATION),
    request(prefetch={"patient": None, "other": {"resourceType": "Patient", "id": "ana"}}),
    response(extension={"org.example": {"any": ["thing"]}}),
]  # fmt: skip


def prefetch(**keys: Any) -> dict[str, Any]:
    """All that the services ask for: the patient, nothing else held, and `keys`."""
    nothing: dict[str, Any] = dict.fromkeys(TEMPLATES)
    return nothing | {"patient": {"resourceType": "Patient", "id": "ana"}} | keys


def searchset(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The answer to a search."""
    entries = [{"resource": each, "search": {"mode": "match"}} for each in resources]
    found = {"resourceType": "Bundle", "type": "searchset", "total": len(resources)}
    return found | ({"entry": entries} if entries else {}) | more
