"""A made-up patient, read and answered before the first caller waits: by it rules and catalogues are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from assuage.catalogue.languages import LANGUAGES
from assuage.fhir.hooks.models import CONTEXTS
from assuage.fhir.hooks.prefetch import TEMPLATES
from assuage.fhir.write.bundle import bundle_of
from assuage.record.read import parse_record

Node = dict[str, Any]

DAY_0 = date(2026, 1, 5)
# Something of each kind that is often sent: nobody's.
_ENTRIES: tuple[Node, ...] = (
    {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "made up"},
    {"day": 0, "kind": "score", "scale": "pain", "value": 4, "by": "patient"},
    {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"},
    {"day": 1, "kind": "finding", "what": "bleeding_disorder", "state": "absent"},
    {"day": 1, "kind": "therapy", "what": "mesotherapy", "number": 1},
    {"day": 2, "kind": "symptom", "what": "numbness", "site": "occiput", "state": "new"},
)
_ORDERS: tuple[Node, ...] = (
    {"resourceType": "MedicationRequest", "id": "1", "medicationCodeableConcept": {"text": "ciprofloxacin"}},
    {"resourceType": "ServiceRequest", "id": "2", "code": {"text": "deep tissue massage"}},
)


def made_up_calls() -> Iterator[tuple[str, str, bytes]]:
    """Calls of each hook in each language: the hook, the language, the call."""
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "made-up", "sex": "female", "age": 48},
            "starts_on": DAY_0.isoformat(),
            "pathway": "neck-first",
            "entries": list(_ENTRIES),
        }
    )
    keys = {query.partition("?")[0].partition("/")[0]: key for key, query in TEMPLATES.items()}
    sent: Node = dict.fromkeys(TEMPLATES)
    patient = ""
    for entry in bundle_of(record)["entry"]:
        resource = entry["resource"]
        key = keys.get(resource["resourceType"])
        if key == "patient":
            sent[key], patient = resource, resource["id"]
        elif key is not None:
            sent[key] = sent[key] or {"resourceType": "Bundle", "type": "searchset", "entry": []}
            sent[key]["entry"].append({"resource": resource})
    drafts = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": each} for each in _ORDERS],
    }
    context: Node = {
        "userId": "Practitioner/1",
        "patientId": patient,
        "draftOrders": drafts,
        "selections": [],
    }
    for hook, model in CONTEXTS.items():
        of_hook = {name: value for name, value in context.items() if name in model.keys}
        instance = "00000000-0000-4000-8000-000000000000"
        call = {"hook": hook, "hookInstance": instance, "context": of_hook, "prefetch": sent}
        for language in LANGUAGES:
            yield hook, language, orjson.dumps(call)
