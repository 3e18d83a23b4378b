"""What is taken and what was done: medication, single doses, sessions of a therapy."""

from __future__ import annotations

from typing import Any

from assuage.fhir.codes import ATC, concept, own_codes, own_coding, quantity
from assuage.fhir.write.writing import Resource, Writing, concept_of, site_concept, words
from assuage.record.doses import Dose
from assuage.record.entries import IntakeEntry, MedicationEntry, TherapyEntry
from assuage.terms.drug_names import find_drug

_ONCE_A_DAY = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}


def _drug(name: str) -> Resource:
    """A drug in the words that were written; by its ATC code where those are one."""
    wording = words(name) or "medication"
    codings: list[Resource] = []
    if len(name) in (5, 7) and name.isascii() and name.isalnum() and name.upper() == name and find_drug(name):
        codings.append({"system": ATC, "code": name})
    return {"medicationCodeableConcept": concept(*codings, text=wording)}


def _dosage(dose: Dose, route: str | None, at: int) -> Resource:
    amount = quantity(dose.amount, dose.unit)
    given = (
        {"doseQuantity": amount}
        if dose.low is None
        else {"doseRange": {"low": quantity(dose.low, dose.unit), "high": amount}}
    )
    wording = words(dose.when)
    timing: Resource = {} if dose.when is not None and wording is None else {"timing": _timing(wording)}
    return {
        "sequence": at,
        "text": words(str(dose)) or "dose",
        **timing,
        **concept_of("route", route),
        "doseAndRate": [given],
    }


def _timing(when: str | None) -> Resource:
    """How often: a dose without a word is taken once a day; all other words stay words."""
    return dict[str, Any](_ONCE_A_DAY) if when is None else {"code": {"text": when}}


def medication_resource(entry: MedicationEntry, of: Writing) -> Resource:
    """A drug that is taken from a day on, or was until that day."""
    stops = entry.do == "stop"
    dosage = [_dosage(dose, entry.route, at) for at, dose in enumerate(entry.doses, 1)]
    route = concept_of("route", entry.route)
    if not dosage and route:
        dosage = [route]
    return {
        "resourceType": "MedicationStatement",
        "status": of.status(entry, "stopped" if stops else "active", "unknown"),
        **concept_of("statusReason", entry.because, many=True),
        **_drug(entry.drug),
        "subject": of.subject,
        **of.period(entry, "effectivePeriod", "end" if stops else "start"),
        **of.said_by(entry, "informationSource"),
        **concept_of("reasonCode", entry.purpose, many=True),
        **({"dosage": dosage} if dosage else {}),
    }


def intake_resource(entry: IntakeEntry, of: Writing) -> Resource:
    """A dose that was taken on a day."""
    resource: Resource = {
        "resourceType": "MedicationAdministration",
        "status": of.status(entry, "completed", "unknown"),
        **_drug(entry.drug),
        "subject": of.subject,
        **of.dated_always(entry, "effectiveDateTime"),
    }
    person = of.person(entry)
    if person is not None:
        resource["performer"] = [{"actor": person}]
    if entry.doses:
        # One dosage is all there is room for: of several doses the first, the rest in the extension.
        first = entry.doses[0]
        amount = quantity(first.amount, first.unit)
        resource["dosage"] = {**concept_of("route", entry.route), "dose": amount}
        wording = words("; ".join(str(dose) for dose in entry.doses))
        if wording is not None:
            resource["dosage"]["text"] = wording
    return resource


def therapy_resource(entry: TherapyEntry, of: Writing) -> Resource:
    """A session of a therapy; a course that began; and that one was stopped or refused, which is nothing done."""
    resource: Resource = {
        "resourceType": "Procedure",
        "status": of.status(
            entry, {"session": "completed", "start": "in-progress", "stop": "not-done"}[entry.do], "unknown"
        ),
    }
    if entry.do == "stop":
        resource |= concept_of("statusReason", entry.because)
    known = entry.known
    codings = [own_coding("therapy", known.id)] if known and known.id in own_codes()["therapy"] else []
    resource |= {"code": concept(*codings, text=words(entry.what)), "subject": of.subject}
    if entry.do == "session":
        resource |= of.dated(entry, "performedDateTime")
    else:
        resource |= of.period(entry, "performedPeriod", "start" if entry.do == "start" else "end")
    person = of.person(entry)
    if person is not None:
        resource["performer"] = [{"actor": person}]
    if entry.do != "stop":
        resource |= concept_of("reasonCode", entry.because, many=True)
    if entry.sites:
        resource["bodySite"] = [site_concept(site) for site in entry.sites]
    used = [{"text": wording} for part in entry.mixture if (wording := words(part.drug)) is not None]
    if used:
        resource["usedCode"] = used
    return {key: value for key, value in resource.items() if value}
