"""Resources without fault, about 1 kB each, of the kinds that records come in and go out as; all values are made up."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
HL7 = "http://terminology.hl7.org/CodeSystem/"

OBSERVATION: dict[str, Any] = {
    "resourceType": "Observation",
    "id": "pain-1",
    "meta": {"lastUpdated": "2026-03-01T08:30:00.000+02:00"},
    "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>Pain: 3</p></div>'},
    "identifier": [{"system": "urn:oid:1.2.3.4", "value": "1", "period": {"start": "2026-01-05"}}],
    "status": "final",
    "category": [{"coding": [{"system": f"{HL7}observation-category", "code": "survey"}]}],
    "code": {"coding": [{"system": LOINC, "code": "72514-3"}], "text": "Pain"},
    "subject": {"reference": "Patient/ana"},
    "effectiveDateTime": "2026-03-01T08:30:00+02:00",
    "issued": "2026-03-01T08:30:00.000Z",
    "performer": [{"reference": "Patient/ana", "display": "Ana"}],
    "valueQuantity": {"value": 3, "unit": "{score}", "system": UCUM, "code": "{score}"},
    "bodySite": {"coding": [{"system": SNOMED, "code": "45048000"}], "text": "Neck"},
    "referenceRange": [{"low": {"value": 0}, "high": {"value": 10}, "text": "0 to 10"}],
    "component": [{"code": {"text": "worst"}, "valueInteger": 5}],
    "note": [{"text": "Worse after the night shift, better when warm."}],
}
CONDITION: dict[str, Any] = {
    "resourceType": "Condition",
    "id": "fm",
    "clinicalStatus": {"coding": [{"system": f"{HL7}condition-clinical", "code": "active"}]},
    "verificationStatus": {"coding": [{"system": f"{HL7}condition-ver-status", "code": "confirmed"}]},
    "category": [{"coding": [{"system": f"{HL7}condition-category", "code": "problem-list-item"}]}],
    "code": {
        "coding": [
            {"system": "http://hl7.org/fhir/sid/icd-10", "code": "M79.7"},
            {"system": SNOMED, "code": "203082005"},
        ],
        "text": "Fibromyalgia",
    },
    "subject": {"reference": "Patient/ana"},
    "onsetDateTime": "2019",
    "recordedDate": "2026-01-05T10:00:00+02:00",
    "recorder": {"reference": "Practitioner/7"},
    "evidence": [{"code": [{"text": "widespread pain"}]}],
    "note": [{"time": "2026-01-05", "text": "Other causes had been looked for."}],
}
MEDICATION: dict[str, Any] = {
    "resourceType": "MedicationStatement",
    "id": "m1",
    "status": "active",
    "medicationCodeableConcept": {
        "coding": [{"system": "http://www.whocc.no/atc", "code": "N06AA09"}],
        "text": "Amitriptyline 10 mg",
    },
    "subject": {"reference": "Patient/ana"},
    "effectivePeriod": {"start": "2026-01-05", "end": "2026-03-05"},
    "dateAsserted": "2026-03-01",
    "informationSource": {"reference": "Patient/ana"},
    "dosage": [
        {
            "sequence": 1,
            "text": "10 mg at night",
            "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["HS"]}},
            "asNeededBoolean": False,
            "doseAndRate": [
                {"doseQuantity": {"value": 10, "unit": "mg", "system": UCUM, "code": "mg"}},
            ],
        }
    ],
}
PROCEDURE: dict[str, Any] = {
    "resourceType": "Procedure",
    "id": "p1",
    "status": "completed",
    "code": {"coding": [{"system": SNOMED, "code": "387854002"}], "text": "Massage of the neck"},
    "subject": {"reference": "Patient/ana"},
    "performedPeriod": {"start": "2026-03-01T08:30:00+02:00", "end": "2026-03-01T09:00:00+02:00"},
    "performer": [{"actor": {"reference": "Practitioner/7"}}],
    "bodySite": [{"text": "neck"}, {"text": "left shoulder"}],
    "note": [{"time": "2026-03-01T09:30:00+02:00", "text": "Light strokes were tolerated."}],
}
PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "ana",
    "extension": [{"url": "http://example.org/born-in", "valueString": "Kaunas"}],
    "identifier": [{"use": "usual", "system": "urn:oid:1.2.36.146", "value": "12345"}],
    "active": True,
    "name": [{"use": "official", "family": "Petraitė", "given": ["Ana", "Marija"]}],
    "telecom": [{"system": "phone", "value": "+370 5 200 0000", "use": "work", "rank": 1}],
    "gender": "female",
    "birthDate": "1984-02-29",
    "_birthDate": {"extension": [{"url": "http://example.org/at", "valueTime": "08:30:00"}]},
    "address": [{"use": "home", "line": ["Gedimino 1"], "city": "Vilnius"}],
    "contact": [
        {"name": {"family": "Petraitis"}, "telecom": [{"system": "email", "value": "a@example.org"}]}
    ],
}
QUESTIONNAIRE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "id": "diary",
    "url": "http://example.org/Questionnaire/diary",
    "name": "Diary",
    "status": "active",
    "item": [
        {
            "linkId": "g",
            "type": "group",
            "text": "Today",
            "item": [
                {"linkId": "pain", "type": "integer", "text": "Pain, 0 to 10", "required": True},
                {
                    "linkId": "where",
                    "type": "choice",
                    "answerOption": [{"valueString": "neck"}, {"valueString": "back"}],
                    "enableWhen": [{"question": "pain", "operator": ">", "answerInteger": 0}],
                },
                {"linkId": "thanks", "type": "display", "text": "Thank you"},
            ],
        }
    ],
}
TASK: dict[str, Any] = {
    "resourceType": "Task",
    "id": "decide",
    "contained": [{"resourceType": "Practitioner", "id": "who", "name": [{"text": "Somebody"}]}],
    "status": "requested",
    "intent": "proposal",
    "for": {"reference": "Patient/ana"},
    "authoredOn": "2026-03-01T08:30:00Z",
    "lastModified": "2026-03-02T08:30:00Z",
    "requester": {"reference": "#who"},
}
RESOURCES = (OBSERVATION, CONDITION, MEDICATION, PROCEDURE, PATIENT, QUESTIONNAIRE, TASK)


def bundle() -> dict[str, Any]:
    """A transaction of them all, with one that refers to another entry by its UUID."""
    address = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"
    patient = {key: value for key, value in deepcopy(PATIENT).items() if key != "id"}
    observation = deepcopy(OBSERVATION)
    observation["subject"] = {"reference": address}
    request = {"method": "POST", "url": "Patient"}
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": address, "resource": patient, "request": request},
            *(
                {"resource": deepcopy(each), "request": {"method": "PUT", "url": f"{each['resourceType']}/1"}}
                for each in (observation, CONDITION, MEDICATION, PROCEDURE, QUESTIONNAIRE, TASK)
            ),
        ],
    }
