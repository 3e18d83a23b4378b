"""What resources of others come to: what is a fact, what is none, and on which day of the patient's it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.join import record_of
from assuage.fhir.read import read_resources
from assuage.record.timeline import Timeline

ANA = {"reference": "Patient/ana"}
DAY = date(2026, 3, 1)


def coded(system: str, code: str, text: str | None = None) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}], **({"text": text} if text else {})}


def observation(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": {"text": "haemoglobin"},
        "subject": ANA,
        "effectiveDateTime": "2026-03-01",
        "valueQuantity": {"value": 13.1, "unit": "g/dL"},
        **more,
    }


def statement(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "id": "m",
        "status": "active",
        "medicationCodeableConcept": {"text": "warfarin"},
        "subject": ANA,
        "effectivePeriod": {"start": "2026-03-01"},
        **more,
    }


def condition(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": "c",
        "code": {"text": "peptic ulcer"},
        "subject": ANA,
        "recordedDate": "2026-03-01",
        **more,
    }


def procedure(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Procedure",
        "id": "p",
        "status": "completed",
        "code": {"text": "massage"},
        "subject": ANA,
        "performedDateTime": "2026-03-01",
        **more,
    }


def ordered(kind: str) -> dict[str, Any]:
    return {"resourceType": kind, "id": "r", "status": "active", "intent": "order", "subject": ANA}


def status(system: str, code: str) -> dict[str, Any]:
    return coded(f"http://terminology.hl7.org/CodeSystem/{system}", code)


LOINC = "http://loinc.org"
PAIN = coded(LOINC, "72514-3", "Pain severity")

FACTS: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("a number is a measurement", observation(), [{"kind": "measurement", "value": 13.1, "unit": "g/dL"}]),
    (
        "a bound is one",
        observation(valueQuantity={"value": 5, "comparator": "<", "unit": "mg/L"}),
        [{"kind": "measurement", "high": 5}],
    ),
    (
        "a rating with a known code is a score",
        observation(code=PAIN, valueQuantity={"value": 7, "unit": "{score}"}),
        [{"kind": "score", "scale": "pain", "value": 7}],
    ),
    ("a whole number too", observation(code=PAIN, valueQuantity=None, valueInteger=7), [{"kind": "score", "value": 7}]),
    (
        "at a place that nobody reads it is kept under its words",
        observation(code=PAIN, valueQuantity={"value": 7}, bodySite={"text": "knee, medial"}),
        [{"kind": "rating", "name": "pain: knee, medial", "value": 7}],
    ),
    ("off the scale it is none", observation(code=PAIN, valueQuantity={"value": 70}), []),
    ("not rated is nothing", observation(code=PAIN, valueQuantity=None, dataAbsentReason={"text": "asleep"}), []),
    (
        "words stay words",
        observation(code={"text": "mood"}, valueQuantity=None, valueString="low"),
        [{"kind": "finding", "what": "mood", "state": "unknown", "result": "low"}],
    ),
    (
        "a negative result is absent",
        observation(
            valueQuantity=None,
            valueString="-",
            interpretation=[coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "NEG")],
        ),
        [{"kind": "finding", "what": "haemoglobin", "state": "absent"}],
    ),
    (
        "preliminary is unknown",
        observation(valueQuantity=None, valueBoolean=False, status="preliminary"),
        [{"state": "unknown"}],
    ),
    ("cancelled is nothing", observation(status="cancelled"), []),
    ("entered in error is nothing", observation(status="entered-in-error"), []),
    ("with a modifier it is nothing", observation(modifierExtension=[{"url": "urn:x", "valueBoolean": True}]), []),
    ("a statement is taken", statement(), [{"kind": "medication", "drug": "warfarin", "do": "start"}]),
    (
        "in words that nobody reads it is kept",
        statement(medicationCodeableConcept={"text": "grandmother's drops"}),
        [{"drug": "grandmother's drops"}],
    ),
    (
        "a known code reads unknown words",
        statement(medicationCodeableConcept=coded("http://www.whocc.no/atc", "B01AA03", "Marevvan")),
        [{"drug": "B01AA03"}],
    ),
    (
        "an end that is planned does not end it",
        statement(effectivePeriod={"start": "2026-03-01", "end": "2026-09-01"}),
        [{"do": "start"}],
    ),
    (
        "a stopped one began and ended",
        statement(status="stopped", effectivePeriod={"start": "2026-03-01", "end": "2026-03-09"}),
        [{"do": "start"}, {"do": "stop"}],
    ),
    (
        "a stopped one with one date had been stopped by then, and was not begun on it",
        statement(status="stopped", effectivePeriod=None, effectiveDateTime="2026-03-09"),
        [{"do": "stop", "date": "2026-03-09", "approximate": True}],
    ),
    (
        "the date on which it was said to be over counts where it is later",
        statement(
            status="completed",
            effectivePeriod=None,
            effectiveDateTime="2026-03-09",
            dateAsserted="2026-04-01",
        ),
        [{"do": "stop", "date": "2026-04-01"}],
    ),
    (
        "in a month nobody knows when, it is neither begun nor known to be over",
        statement(status="stopped", effectivePeriod=None, effectiveDateTime="2026-03"),
        [],
    ),
    ("an intended one is not taken", statement(status="intended"), []),
    ("nor one that is said not to be", statement(status="not-taken"), []),
    ("without a date it is taken all the same", statement(effectivePeriod=None), [{"do": "start"}]),
    (
        "a dose is read by its unit and how often",
        statement(
            dosage=[
                {
                    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                    "doseAndRate": [
                        {"doseQuantity": {"value": 5, "system": "http://unitsofmeasure.org", "code": "mg"}}
                    ],
                }
            ]
        ),
        [{"doses": [{"amount": 5, "unit": "mg", "when": "2 times a day"}]}],
    ),
    (
        "how often is not guessed",
        statement(dosage=[{"doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}]}]),
        [{"drug": "warfarin"}],
    ),
    ("prescribed is not taken", ordered("MedicationRequest"), []),
    ("planned is not done", ordered("ServiceRequest"), []),
    ("done is done", procedure(), [{"kind": "therapy", "what": "massage"}]),
    ("not done is not", procedure(status="not-done"), []),
    ("being prepared is not", procedure(status="preparation"), []),
    ("a diagnosis", condition(), [{"kind": "diagnosis", "what": "peptic ulcer"}]),
    (
        "a refuted one is refuted",
        condition(verificationStatus=status("condition-ver-status", "refuted")),
        [{"kind": "diagnosis", "certainty": "refuted"}],
    ),
    (
        "one that is over is asked about",
        condition(clinicalStatus=status("condition-clinical", "resolved")),
        [{"kind": "finding", "state": "unknown", "result": "resolved"}],
    ),
    (
        "a relative's is none of the patient",
        {
            "resourceType": "FamilyMemberHistory",
            "id": "f",
            "status": "completed",
            "patient": ANA,
            "date": "2026-03-01",
            "relationship": {"text": "father"},
            "condition": [{"code": {"text": "stroke"}}],
        },
        [{"kind": "finding", "what": "stroke", "method": "family"}],
    ),
    (
        "an allergy without a date is there",
        {"resourceType": "AllergyIntolerance", "id": "a", "patient": ANA, "code": {"text": "lidocaine"}},
        [{"kind": "allergy", "substance": "lidocaine"}],
    ),
    ("a goal is none", {"resourceType": "Goal", "lifecycleStatus": "active", "subject": ANA}, []),
    (
        "a consent to something else is none",
        {"resourceType": "Consent", "status": "active", "category": [{"text": "research"}], "patient": ANA},
        [],
    ),
]  # fmt: skip


def without_empty(resource: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if value is not None}


@pytest.mark.parametrize(("resource", "entries"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS])
def test_what_a_resource_comes_to(resource: dict[str, Any], entries: list[dict[str, Any]]):
    read = read_resources([without_empty(resource)], starts_on=DAY)
    assert len(read.entries) == len(entries)
    for entry, expected in zip(read.entries, entries, strict=True):
        assert {key: entry.get(key) for key in expected} == expected
        assert entry["role"] == "import"
    assert entries or read.lines
    assert len(record_of(read).record.entries) == len(entries)


@pytest.mark.parametrize(
    ("moment", "zone", "day", "time", "approximate"),
    [
        ("2026-03-01", "America/New_York", "2026-03-01", None, None),
        ("2026-03-01", "Pacific/Auckland", "2026-03-01", None, None),
        ("2026-03-01T23:30:00Z", "Europe/Vilnius", "2026-03-02", "01:30", None),
        ("2026-03-01T00:30:00Z", "America/New_York", "2026-02-28", "19:30", None),
        ("2026-03-01T23:30:00+02:00", None, "2026-03-01", "23:30", None),
        ("2026-03-29T00:30:00Z", "Europe/Vilnius", "2026-03-29", "02:30", None),
        ("2026-03-29T01:30:00Z", "Europe/Vilnius", "2026-03-29", "04:30", None),
        # Where the patient lives nobody knows: the day may be the one before or after.
        ("2026-03-01T23:30:00Z", None, "2026-03-01", "23:30", True),
    ],
)
def test_a_moment_is_a_day_where_the_patient_lives(
    moment: str, zone: str | None, day: str, time: str | None, approximate: bool | None
):
    (entry,) = read_resources([observation(effectiveDateTime=moment)], starts_on=DAY, zone=zone).entries
    assert (entry["date"], entry.get("time"), entry.get("approximate")) == (day, time, approximate)


RATED = {
    "resourceType": "Observation",
    "id": "o",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
    "valueQuantity": {"value": 7},
    "effectiveDateTime": "2026-03-01",
}
WHO = [{"resourceType": "Patient", "id": name} for name in ("ana", "ben")]


@pytest.mark.parametrize(
    ("patients", "subject", "told"),
    [
        (1, None, None),
        (2, None, "fhir-import.of-nobody"),
        (1, "Group/all", "fhir-import.of-no-patient"),
        (2, "Device/pump", "fhir-import.of-no-patient"),
        (2, "Patient/ben", "fhir-import.another-patient"),
        (2, "Patient/ana", None),
    ],
)
def test_what_names_nobody_among_several_or_no_patient_is_in_nobodys_record(
    patients: int, subject: str | None, told: str | None
):
    named = {} if subject is None else {"subject": {"reference": subject}}
    read = read_resources([*WHO[:patients], RATED | named], patient="ana")
    lines = {line.why.id for line in read.lines if line.resource.startswith("Observation")}
    assert (len(read.entries), told in lines) == ((1, False) if told is None else (0, True))


# --- whose it is, and what an extension changes ------------------------------------------------------

PATIENT = {"resourceType": "Patient", "id": "ana", "identifier": [{"system": "urn:oid:1.2", "value": "7"}]}


def lines_of(*resources: dict[str, Any]) -> tuple[int, list[tuple[str, str]]]:
    read = read_resources([PATIENT, *resources])
    left = [(line.path, line.why.id) for line in read.lines if line.weight == "left"]
    return len(read.entries), [each for each in left if each[1] != "fhir-import.identifies"]


@pytest.mark.parametrize(
    ("subject", "comes_in"),
    [
        ({"identifier": {"system": "urn:oid:1.2", "value": "7"}}, True),
        ({"identifier": {"system": "urn:oid:1.2", "value": "8"}}, False),
        ({"identifier": {"value": "7"}}, False),
        ({"identifier": {"system": "urn:oid:1.2"}, "display": "Ana"}, False),
        ({"display": "Ana"}, False),
        ({"display": "Patient/ana"}, False),
        ({"type": "Patient"}, False),
        ({"reference": "Patient/ana", "display": "Ben"}, True),
        ({"reference": "Patient/ana", "identifier": {"value": "8"}}, True),
    ],
)
def test_who_is_named_by_an_identifier_is_the_patient_who_has_it(subject: dict[str, Any], comes_in: bool):
    entries, left = lines_of(condition(subject=subject))
    assert entries == comes_in
    assert left == ([] if comes_in else [("Condition", "fhir-import.of-nobody")])


def test_identifiers_of_several_are_never_put_together():
    read = read_resources(
        [condition(id=name, subject={"identifier": {"value": name}}) for name in ("a", "b")]
    )
    assert read.entries == ()
    assert [line.why.id for line in read.lines] == ["fhir-import.of-nobody"] * 2


@pytest.mark.parametrize("focus", ["Patient/unborn", "#unborn", "Device/1"])
def test_what_was_observed_of_somebody_else_is_no_fact_of_the_patient(focus: str):
    entries, left = lines_of(observation(focus=[{"reference": focus}]))
    assert (entries, left) == (0, [("Observation", "fhir-import.focus")])
    assert lines_of(observation(focus=[ANA]))[0] == 1


def test_an_element_whose_meaning_an_extension_changes_is_not_read():
    changed = {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]}
    part = {"code": {"text": "systolic"}, "valueQuantity": {"value": 190, "unit": "mmHg"}}
    panel = {key: each for key, each in observation().items() if key != "valueQuantity"}
    known = read_resources([PATIENT, panel | {"component": [part]}]).entries
    assert [each["value"] for each in known] == [190]
    read = read_resources([PATIENT, panel | {"component": [part | changed]}])
    assert [(each["kind"], each["state"]) for each in read.entries] == [("finding", "unknown")]
    assert "Observation.component" in [line.path for line in read.lines if line.weight == "left"]


@pytest.mark.parametrize("never", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59Z", "1799-01-01", "2301"])
def test_a_date_that_no_record_can_have_is_none(never: str):
    read = read_resources([PATIENT, condition(), observation(effectiveDateTime=never)])
    record = record_of(read).record
    assert record.starts_on == date(2026, 3, 1)
    assert {entry.approximate for entry in record.entries if entry.id == "Observation/o"} == {True}
    assert "Observation.effectiveDateTime" in [line.path for line in read.lines]


def test_a_period_without_end_in_years_that_no_record_has_runs_on():
    read = read_resources([PATIENT, statement(effectivePeriod={"start": "2026-03-01", "end": "9999-12-31"})])
    assert [each["do"] for each in read.entries] == ["start"]


@pytest.mark.parametrize("status", ["stopped", "completed"])
@pytest.mark.parametrize("date_of_it", ["2026-03-01", "2026-03", "2026", "2026-03-01T10:00:00+02:00", None])
def test_what_is_over_is_never_running_by_a_statement_with_one_date(status: str, date_of_it: str | None):
    dated = {} if date_of_it is None else {"effectiveDateTime": date_of_it}
    over = without_empty(statement(status=status, effectivePeriod=None, **dated))
    record = record_of(read_resources([PATIENT, over, condition()])).record
    last = record.last_day
    assert last is not None
    assert Timeline(record).active_medication(last + 30) == ()


def test_what_was_begun_before_ends_with_a_statement_that_it_is_over_and_has_one_date():
    begun = statement(id="m1", effectivePeriod={"start": "2026-02-01"})
    over = without_empty(
        statement(id="m2", status="stopped", effectivePeriod=None, effectiveDateTime="2026-03-09")
    )
    record = record_of(read_resources([PATIENT, begun, over])).record
    timeline, (start, stop) = Timeline(record), (entry.day for entry in record.entries)
    assert [len(timeline.active_medication(day)) for day in (start, stop - 1, stop + 1)] == [1, 1, 0]
