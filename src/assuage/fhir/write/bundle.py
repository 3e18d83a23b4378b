"""A record as a transaction Bundle: the patient, and a resource an entry. The same record gives the same bytes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.errors import InputError
from assuage.fhir.codes import ENTRY_SYSTEM, PATIENT_SYSTEM
from assuage.fhir.extension import ENTRY, RECORD, written
from assuage.fhir.read.own import beyond, native_facts
from assuage.fhir.write.native import native_resource
from assuage.fhir.write.provenance import provenance_of
from assuage.fhir.write.writing import Resource, Writing, words
from assuage.record.entries import AnyEntry, Record

Profile = Literal["assuage", "plain"]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:assuage:fhir")
# Types that have one identifier, and no list of them.
_ONE_IDENTIFIER = frozenset({"QuestionnaireResponse", "AdverseEvent"})


def bundle_of(
    record: Record,
    day_0: date | None = None,
    *,
    relative: bool = False,
    profile: Profile = "assuage",
    provenance: bool = False,
) -> Resource:
    """The transaction Bundle of a record. InputError where it has no calendar and none is given.

    `relative` leaves all dates out, also those of writing. With the profile `plain` nothing stands in it that is not
    FHIR's own: then what FHIR has no element for is lost, and so is free text.
    With `provenance` a Provenance of each entry stands at the end.
    """
    if day_0 is not None and record.starts_on not in (None, day_0):
        raise InputError(message("fhir.leave-out-day0"))
    start = None if relative else (day_0 or record.starts_on)
    if start is None and not relative:
        raise InputError(message("fhir.needs-day0"))
    of = writing_of(record, start)
    resources = [_patient(record, patient_id(record), start, profile)]
    address_of: dict[str, str] = {}
    written_by: list[Resource] = []
    for entry in record.entries:
        if relative:
            entry = replace(entry, dated=False, entered=None)
        resource = native_resource(entry, of)
        if profile == "plain" and resource["resourceType"] == "Communication":
            continue
        resource = _identified(resource, record, entry)
        if profile == "assuage":
            resource["extension"] = [written(ENTRY, _beyond(entry, resource, of))]
        resources.append(resource)
        address = f"{resource['resourceType']}/{resource['id']}"
        if entry.id is not None:
            address_of[entry.id] = address
        if provenance:
            corrected = None if entry.replaces is None else address_of.get(entry.replaces)
            uid = resource_id("v", record.patient.id, address)
            written_by.append(provenance_of(entry, address, corrected, uid, of))
    resources += written_by
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [transaction_entry(each) for each in resources],
    }


def patient_id(record: Record) -> str:
    """The id of the Patient of a record."""
    return resource_id("p", record.patient.id)


def writing_of(record: Record, start: date | None) -> Writing:
    """What every resource of a record is written with; `start` is the date of day 0, None to leave dates out."""
    return Writing(
        patient=f"Patient/{patient_id(record)}",
        day_0=start,
        zone=record.zone,
        gone=frozenset(
            entry.place
            for entry in record.entries
            if entry.id in record.replaced | record.withdrawn and entry.id
        ),
        disputed=frozenset(record.disputes),
    )


def resource_id(letter: str, *parts: str) -> str:
    """The id of a resource that we write: the same for the same parts."""
    return f"{letter}-{hashlib.sha256(chr(10).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def entry_uid(record: Record, entry: AnyEntry) -> str:
    """The id of the resource of an entry."""
    name = entry.id if entry.id is not None else f"#{entry.place}"
    return resource_id("e", record.patient.id, name)


def _identified(resource: Resource, record: Record, entry: AnyEntry) -> Resource:
    uid = entry_uid(record, entry)
    identifier = {"system": ENTRY_SYSTEM, "value": uid}
    is_single = resource["resourceType"] in _ONE_IDENTIFIER
    head = {
        "resourceType": resource["resourceType"],
        "id": uid,
        "identifier": identifier if is_single else [identifier],
    }
    return head | resource


def _patient(record: Record, uid: str, start: date | None, profile: Profile) -> Resource:
    who = record.patient
    resource: Resource = {"resourceType": "Patient", "id": uid}
    pseudonym = words(who.id)
    if pseudonym is not None:
        resource["identifier"] = [{"system": PATIENT_SYSTEM, "value": pseudonym}]
    if who.sex is not None:
        resource["gender"] = who.sex
    if profile == "plain":
        return resource
    beside: Mapping[str, object | None] = {
        "id": who.id if pseudonym is None else None,
        "age": who.age,
        "day-0": None if start is None else start.isoformat(),
        "lent": True if start is not None and record.starts_on is None else None,
        "zone": record.zone,
        "pathway": record.pathway,
        "entries": len(record.entries),
    }
    given = {name: value for name, value in beside.items() if value is not None}
    resource["extension"] = [written(RECORD, given)]
    return resource


def _beyond(entry: AnyEntry, resource: Resource, of: Writing) -> dict[str, Any]:
    facts = native_facts(resource, of.zone)
    return beyond(entry, facts, of.day_0, gone=not of.stands(entry), disputed=entry.place in of.disputed)


def transaction_entry(resource: Resource) -> Resource:
    """The entry of a transaction that puts a resource where it belongs."""
    address = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": f"urn:uuid:{uuid.uuid5(_NAMESPACE, address)}",
        "resource": resource,
        "request": {"method": "PUT", "url": address},
    }
