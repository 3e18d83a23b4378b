"""Forty ways to break a good resource, each with the place where a checker must see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from tests.fhir.good import (
    CONDITION,
    MEDICATION,
    OBSERVATION,
    PATIENT,
    PROCEDURE,
    QUESTIONNAIRE,
    TASK,
    bundle,
)

Break = Callable[[dict[str, Any]], None]


def put(value: Any, *path: str | int) -> Break:
    """Write a value at a path."""

    def change(resource: dict[str, Any]) -> None:
        at: Any = resource
        for step in path[:-1]:
            at = at[step]
        if isinstance(at, list) and path[-1] == len(at):
            at.append(value)
        else:
            at[path[-1]] = value

    return change


def drop(*path: str | int) -> Break:
    """Take out what is at a path."""

    def change(resource: dict[str, Any]) -> None:
        at: Any = resource
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]

    return change


LINK = {"linkId": "pain", "type": "string"}
# What is broken, how, and the place that must be told.
WAYS: tuple[tuple[dict[str, Any], Break, str], ...] = (
    (OBSERVATION, drop("status"), "Observation"),
    (OBSERVATION, put("bogus", "status"), "Observation.status"),
    (OBSERVATION, put("2026-02-30", "effectiveDateTime"), "Observation.effectiveDateTime"),
    (OBSERVATION, put("2026-03-01T08:30:00", "effectiveDateTime"), "Observation.effectiveDateTime"),
    (OBSERVATION, put("01.03.2026", "effectiveDateTime"), "Observation.effectiveDateTime"),
    (OBSERVATION, put("2026-03-01", "issued"), "Observation.issued"),
    (OBSERVATION, put({"text": "no idea"}, "dataAbsentReason"), "Observation"),
    (OBSERVATION, put(3, "valueInteger"), "Observation.valueInteger"),
    (OBSERVATION, put("3", "valueQuantity", "value"), "Observation.valueQuantity.value"),
    (OBSERVATION, drop("valueQuantity", "system"), "Observation.valueQuantity"),
    (OBSERVATION, put({"reference": "Practitioner/7"}, "subject"), "Observation.subject.reference"),
    (OBSERVATION, put({"reference": "Patient/ana"}, "subjekt"), "Observation.subjekt"),
    (OBSERVATION, put({"text": "pain"}, "category"), "Observation.category"),
    (OBSERVATION, put([{"text": "pain"}], "code"), "Observation.code"),
    (OBSERVATION, put([], "category"), "Observation.category"),
    (OBSERVATION, put({}, "method"), "Observation.method"),
    (OBSERVATION, put(None, "bodySite"), "Observation.bodySite"),
    (OBSERVATION, put("", "id"), "Observation.id"),
    (OBSERVATION, put("a_b", "id"), "Observation.id"),
    (OBSERVATION, put("<div>x</div>", "text", "div"), "Observation.text.div"),
    (OBSERVATION, put("a b", "identifier", 0, "system"), "Observation.identifier[0].system"),
    (OBSERVATION, put("2025", "identifier", 0, "period", "end"), "Observation.identifier[0].period"),
    (OBSERVATION, drop("component", 0, "code"), "Observation.component[0]"),
    (OBSERVATION, put([{"text": "x"}, 5], "note"), "Observation.note[1]"),
    (OBSERVATION, put([{"appliesTo": [{"text": "x"}]}], "referenceRange"), "Observation.referenceRange[0]"),
    (CONDITION, put("bogus", "clinicalStatus", "coding", 0, "code"), "Condition.clinicalStatus"),
    (CONDITION, put("2026-01-01", "abatementDateTime"), "Condition"),
    (CONDITION, drop("evidence", 0, "code"), "Condition.evidence[0]"),
    (MEDICATION, drop("medicationCodeableConcept"), "MedicationStatement"),
    (MEDICATION, put("2025-01-05", "effectivePeriod", "end"), "MedicationStatement.effectivePeriod"),
    (MEDICATION, drop("dosage", 0, "timing", "repeat", "periodUnit"), "MedicationStatement.dosage[0].timing.repeat"),
    (MEDICATION, put("true", "dosage", 0, "asNeededBoolean"), "MedicationStatement.dosage[0].asNeededBoolean"),
    (PROCEDURE, drop("subject"), "Procedure"),
    (PATIENT, put("1985-02-29", "birthDate"), "Patient.birthDate"),
    (PATIENT, drop("telecom", 0, "system"), "Patient.telecom[0]"),
    (PATIENT, put(0, "telecom", 0, "rank"), "Patient.telecom[0].rank"),
    (PATIENT, put("x", "extension", 0, "valueCode"), "Patient.extension[0].valueCode"),
    (QUESTIONNAIRE, put(LINK, "item", 0, "item", 3), "Questionnaire"),
    (TASK, put({"reference": "#nobody"}, "requester"), "Task.requester"),
    (bundle(), drop("entry", 3, "request"), "Bundle"),
)  # fmt: skip


def broken() -> Iterator[tuple[dict[str, Any], str]]:
    """Each broken resource, with the place of what was broken."""
    for resource, way, place in WAYS:
        copy = deepcopy(resource)
        way(copy)
        yield copy, place
