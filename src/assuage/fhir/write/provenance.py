"""Who wrote an entry, in which role, when, and what it corrects, as a Provenance beside its resource.

`recorded` is a moment in FHIR: of an entry of which only the day of writing is known, or nothing, it is said that the
moment is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from assuage.fhir.codes import hl7
from assuage.fhir.primitives import fault_of
from assuage.fhir.write.writing import Resource, Writing, words
from assuage.record.entries import AnyEntry

OURS = "urn:assuage:provenance"
_UNKNOWN = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_KINDS: Mapping[str, str] = {"patient": "Patient", "relative": "RelatedPerson", "device": "Device"}


def provenance_of(entry: AnyEntry, target: str, corrected: str | None, uid: str, of: Writing) -> Resource:
    """The Provenance of an entry: `target` is its resource, `corrected` the one that it corrects."""
    writer = entry.writer
    who: Resource = {"type": _KINDS.get(writer, "Practitioner"), "display": writer}
    author = words(entry.author)
    if author is not None:
        who["identifier"] = {"system": "urn:assuage:author", "value": author}
    agent: Resource = {"type": {"coding": [hl7("provenance-participant-type", "author")]}, "who": who}
    if entry.role is not None and entry.by == "patient" and entry.role != "patient":
        agent["onBehalfOf"] = of.subject  # somebody wrote down what the patient said
    resource: Resource = {
        "resourceType": "Provenance",
        "id": uid,
        "target": [{"reference": target}],
        "policy": [OURS],
        **_recorded(entry.entered, of),
        "agent": [agent],
    }
    if corrected is not None:
        resource["entity"] = [{"role": "revision", "what": {"reference": corrected}}]
    return resource


def _recorded(entered: str | None, of: Writing) -> Resource:
    if of.day_0 is not None and entered is not None and fault_of("instant", entered) is None:
        return {"recorded": entered}
    return {"_recorded": {"extension": [{"url": _UNKNOWN, "valueCode": "unknown"}]}}
