"""A record as the resources that are served of it, each by its type and its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from assuage.fhir.primitives import fault_of
from assuage.fhir.write.bundle import bundle_of, patient_id
from assuage.record.entries import Record

Plain = dict[str, Any]
ServedRecord = Mapping[str, Mapping[str, Plain]]


def served_patient(record: Record) -> str:
    """The id under which the patient is served: the pseudonym, where that can be an id."""
    name = record.patient.id
    return name if fault_of("id", name) is None else patient_id(record)


def served_record(record: Record) -> ServedRecord:
    """Every resource of a record, with our extension; without dates where the record has no calendar.

    The id of a resource is that of its entry where it can be one, so that a store finds it by itself.
    """
    bundle = bundle_of(record, relative=record.starts_on is None)
    resources: list[Plain] = [each["resource"] for each in bundle["entry"]]
    here, there = f"Patient/{patient_id(record)}", f"Patient/{served_patient(record)}"
    resources[0]["id"] = served_patient(record)
    by_type: dict[str, dict[str, Plain]] = {}
    for entry, resource in zip((None, *record.entries), resources, strict=True):
        if entry is not None and entry.id is not None and fault_of("id", entry.id) is None:
            resource["id"] = entry.id
        _pointed(resource, here, there)
        by_type.setdefault(resource["resourceType"], {})[resource["id"]] = resource
    return by_type


def _pointed(value: object, here: str, there: str) -> None:
    """Point every reference to the patient at the id that is served."""
    if isinstance(value, dict):
        node = cast("Plain", value)
        if node.get("reference") == here:
            node["reference"] = there
        for each in node.values():
            _pointed(each, here, there)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            _pointed(each, here, there)
