"""Which of our codes are which of others', as ConceptMaps: only of systems whose codes may be shipped.

Each is made of the table by which resources are written, so a map never says what no resource does. Drugs and
conditions have none: what ATC, SNOMED CT, RxNorm and ICD-10 allow differs by country, so a site brings its own
(`assuage.fhir.site_codes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from assuage.fhir.codes import (
    HL7,
    INTERPRETATION,
    LOINC,
    UCUM,
    UCUM_OF,
    code_systems,
    loinc_of_scales,
    own_codes,
    own_system,
)
from assuage.fhir.pathway import collection
from assuage.fhir.write.care import ALLERGY_VERIFIED, VERIFIED
from assuage.fhir.write.decided import CONSENT_STATUS
from assuage.fhir.write.observed import INTERPRETED

Plain = dict[str, Any]


class CodeMap(Struct, frozen=True):
    """Codes of one of our systems and what each is in another.

    `exact` says that the two mean the same; else the other is the nearest that there is, and `why` says how it differs.
    """

    name: str
    target: str
    codes: Mapping[str, str]
    exact: bool
    why: str = ""


def code_maps() -> tuple[CodeMap, ...]:
    """Every map, in the order of the systems."""
    return (
        CodeMap("scale", LOINC, loinc_of_scales(), exact=True),
        CodeMap(
            "unit",
            UCUM,
            {unit: code for unit, code in UCUM_OF.items() if unit in own_codes()["unit"]},
            exact=True,
        ),
        CodeMap(
            "finding-state",
            INTERPRETATION,
            INTERPRETED,
            exact=False,
            why="HL7 speaks of the result of a test; ours of whatever was looked for",
        ),
        CodeMap(
            "diagnosis-certainty",
            f"{HL7}condition-ver-status",
            VERIFIED,
            exact=False,
            why="HL7 has steps of working out a diagnosis; ours say how sure somebody is",
        ),
        CodeMap(
            "allergy-certainty",
            f"{HL7}allergyintolerance-verification",
            ALLERGY_VERIFIED,
            exact=True,
        ),
        CodeMap(
            "consent-state",
            "http://hl7.org/fhir/consent-state-codes",
            CONSENT_STATUS,
            exact=False,
            why="HL7 has states of a document; ours what the patient said",
        ),
    )


def concept_maps() -> list[Plain]:
    """The maps as resources."""
    return [_resource(each) for each in code_maps()]


def our_codes() -> Plain:
    """Our code systems and the maps, as one collection."""
    return collection([*code_systems(), *concept_maps()])


def _resource(mapped: CodeMap) -> Plain:
    display = own_codes()[mapped.name]
    elements = [
        {
            "code": ours,
            "display": display[ours],
            "target": [
                {
                    "code": theirs,
                    "equivalence": "equivalent" if mapped.exact else "inexact",
                    **({"comment": mapped.why} if mapped.why else {}),
                }
            ],
        }
        for ours, theirs in mapped.codes.items()
    ]
    title = "".join(part.capitalize() for part in mapped.name.split("-"))
    return {
        "resourceType": "ConceptMap",
        "id": f"assuage-{mapped.name}",
        "url": f"urn:assuage:concept-map:{mapped.name}",
        "version": "1",
        "name": f"Assuage{title}",
        "status": "active",
        "experimental": False,
        "group": [{"source": own_system(mapped.name), "target": mapped.target, "element": elements}],
    }
