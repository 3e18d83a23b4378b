"""What a service asks a caller to send along, and what came of it: all resources of this patient, or a refusal.

A key that is not there was not asked or failed: it is missing, and nothing is answered without it. `null` says that the
caller holds none; that is not "absent", and reads as a record in which nobody wrote about it. A page of a search is a
part, and a part is never taken for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.fhir.issue import Issue
from assuage.fhir.read.element import as_map, maps_in, resources_in

Node = dict[str, Any]

MOST_RESOURCES = 5_000  # of one call; a year of diary is some 1,500 (ours)
_OF_PATIENT = "patient={{context.patientId}}"
# One search a type that a record is read from; nothing that no rule reads.
TEMPLATES: Mapping[str, str] = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_OF_PATIENT}",
    "allergies": f"AllergyIntolerance?{_OF_PATIENT}",
    "medications": f"MedicationStatement?{_OF_PATIENT}",
    "prescriptions": f"MedicationRequest?{_OF_PATIENT}&status=active",
    "observations": f"Observation?{_OF_PATIENT}",
    "answers": f"QuestionnaireResponse?{_OF_PATIENT}",
    "procedures": f"Procedure?{_OF_PATIENT}",
    "decisions": f"Task?{_OF_PATIENT}",
    "consents": f"Consent?{_OF_PATIENT}",
}
_WHERE = "CDSHooksRequest.prefetch"
# The keys under which a resource says whose it is.
_WHOSE = ("subject", "patient", "for")


class SentAlong(Struct, frozen=True):
    """What was sent along: all resources but prescriptions, those, and why it cannot be used (none: it can)."""

    resources: tuple[Node, ...] = ()
    prescriptions: tuple[Node, ...] = ()
    issues: tuple[Issue, ...] = ()


def sent_along(prefetch: object, patient: str) -> SentAlong:
    """The resources of a call; with issues where a key is missing, a part was sent, or another patient's."""
    sent = cast("Node", prefetch) if type(prefetch) is dict else {}
    issues = [
        Issue("error", "required", f"{_WHERE}.{key}", message("hooks.prefetch-missing", query=query))
        for key, query in TEMPLATES.items()
        if key not in sent
    ]
    resources: list[Node] = []
    prescriptions: list[Node] = []
    for key in TEMPLATES:
        value = sent.get(key)
        if type(value) is dict:
            into = prescriptions if key == "prescriptions" else resources
            matches, wrong = matches_of(cast("Node", value), f"{_WHERE}.{key}", patient)
            into += matches
            issues += wrong
    if len(resources) + len(prescriptions) > MOST_RESOURCES:
        issues.append(Issue("error", "too-costly", _WHERE, message("hooks.too-many", most=MOST_RESOURCES)))
    who = sent.get("patient")
    if "patient" in sent and type(who) is not dict:
        issues.append(Issue("error", "required", f"{_WHERE}.patient", message("hooks.no-patient")))
    return SentAlong(tuple(resources), tuple(prescriptions), tuple(issues))


def matches_of(value: Node, place: str, patient: str | None) -> tuple[list[Node], list[Issue]]:
    """The resources of an answer to a query, and what is wrong with it; `patient` None takes those of anybody."""
    issues: list[Issue] = []
    inside = [value]
    if value.get("resourceType") == "Bundle":
        inside = [
            resource for resource in resources_in(value) if resource.get("resourceType") != "OperationOutcome"
        ]
        if _is_part(value, len(inside)):
            issues.append(Issue("error", "not-supported", place, message("hooks.prefetch-part")))
        if any(_has_failed(each) for each in resources_in(value)):
            issues.append(Issue("error", "required", place, message("hooks.prefetch-failed")))
    elif value.get("resourceType") == "OperationOutcome":
        inside = []
        issues.append(Issue("error", "required", place, message("hooks.prefetch-failed")))
    if patient is not None and any(_is_of_another(each, patient) for each in inside):
        issues.append(Issue("error", "value", place, message("hooks.another-patient")))
    return inside, issues


def _is_part(bundle: Node, matches: int) -> bool:
    """Whether there is more than was sent: a next page, or a total that is larger."""
    if any(link.get("relation") == "next" for link in maps_in(bundle.get("link"))):
        return True
    total = bundle.get("total")
    return isinstance(total, int) and total > matches


def _has_failed(resource: Node) -> bool:
    """Whether a server says in its answer that it could not answer all of it."""
    if resource.get("resourceType") != "OperationOutcome":
        return False
    return any(each.get("severity") in ("error", "fatal") for each in maps_in(resource.get("issue")))


def _is_of_another(resource: Node, patient: str) -> bool:
    if resource.get("resourceType") == "Patient":
        return resource.get("id") != patient
    for key in _WHOSE:
        reference = as_map(resource.get(key)).get("reference")
        if type(reference) is str and "/" in reference:
            kind, _, name = reference.partition("/_history/")[0].rpartition("/")
            if kind.rpartition("/")[2] == "Patient" and name != patient:
                return True
    return False
