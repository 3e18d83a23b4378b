"""The codes that go out and are read: ours, made of `assuage.terms`; LOINC where an instrument has it verified; UCUM.

No code of a system that may not be shipped stands here. What a site wants read of SNOMED CT, RxNorm or a national
system it says itself (`assuage.fhir.site_codes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from assuage.fhir.primitives import fault_of
from assuage.instruments import INSTRUMENTS
from assuage.record.care_entries import AllergyCertainty, DiagnosisCertainty
from assuage.record.decided_entries import ConsentState, DecisionAct, FlagState
from assuage.record.entries import FindingState
from assuage.record.kinds import KINDS, UNITS, scales
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_classes import CLASS_ITEMS
from assuage.terms.drugs import DRUGS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sites import SITES
from assuage.terms.symptoms import STATES, SYMPTOMS
from assuage.terms.therapies import THERAPIES

LOINC, UCUM, ATC = "http://loinc.org", "http://unitsofmeasure.org", "http://www.whocc.no/atc"
HL7 = "http://terminology.hl7.org/CodeSystem/"
DATA_ABSENT = f"{HL7}data-absent-reason"
INTERPRETATION = f"{HL7}v3-ObservationInterpretation"
OBSERVATION_CATEGORY = f"{HL7}observation-category"
# The systems in which a diagnosis may be coded, as the record names them; a local code has no meaning elsewhere.
DIAGNOSIS_SYSTEMS: Mapping[str, str] = MappingProxyType(
    {
        "icd-10": "http://hl7.org/fhir/sid/icd-10",
        "icd-11": "http://id.who.int/icd/release/11/mms",
        "icpc-2": "http://hl7.org/fhir/sid/icpc-2",
        "local": "urn:assuage:local-code",
    }
)
# What stands in a plan: what is to be done, and what else a part of it is.
PLAN_ACTS: Mapping[str, str] = MappingProxyType(
    {
        "phase": "be in a phase",
        "start": "start a drug",
        "continue": "go on with a drug",
        "titrate": "raise a drug",
        "stop": "stop a drug",
        "perform": "give a therapy",
        "wait": "give a therapy once its day has come",
        "extend": "extend a therapy",
        "refer": "refer",
        "now": "to be done now",
        "ask": "ask first",
        "withhold": "not to be done as things stand",
        "leave-alone": "leave alone",
        "decide": "a person decides",
        "watch": "tell of it",
        "about": "what it is about",
        "form": "the form that asks",
    }
)
PATIENT_SYSTEM, ENTRY_SYSTEM = "urn:assuage:patient", "urn:assuage:entry"

Concept = dict[str, Any]


def own_system(name: str) -> str:
    """The address of one of our code systems."""
    return f"urn:assuage:code-system:{name}"


@cache
def own_codes() -> Mapping[str, Mapping[str, str]]:
    """The codes of each of our systems with what they say in English."""
    return MappingProxyType(
        {
            "kind": {name: name.replace("_", " ") for name in KINDS},
            "scale": {scale.code: scale.title for scale in scales().values()},
            "site": {site.id: site.title for site in SITES.values()} | {"none": "no site"},
            "symptom": {symptom.id: symptom.title for symptom in SYMPTOMS.values()},
            "symptom-state": {state: state for state in STATES},
            "finding-state": {state: state for state in get_args(FindingState)},
            "flag-state": {state: state for state in get_args(FlagState)},
            "consent-state": {state: state for state in get_args(ConsentState)},
            "drug": {drug.id: drug.title for drug in (*DRUGS.values(), *CLASS_ITEMS.values())},
            "condition": {condition.id: condition.title for condition in CONDITIONS.values()},
            "plan-act": dict(PLAN_ACTS),
            "therapy": {therapy.id: therapy.title for therapy in THERAPIES.values()},
            "red-flag": {flag.id: flag.title for flag in RED_FLAGS.values()},
            "decision": {act: act for act in get_args(DecisionAct)},
            "allergy-certainty": {word: word for word in get_args(AllergyCertainty)},
            "diagnosis-certainty": {word: word for word in get_args(DiagnosisCertainty)},
            "method": {
                "history": "history",
                "examination": "examination",
                "laboratory": "laboratory",
                "imaging": "imaging",
                "family": "family history",
                "social": "social history",
            },
            "unit": {unit: unit for unit in sorted(UNITS)},
            "exposure-state": {"present": "present", "absent": "absent", "not_asked": "not asked"},
        }
    )


def own_coding(system: str, code: str) -> dict[str, Any]:
    """A Coding of one of our systems."""
    return {"system": own_system(system), "code": code, "display": own_codes()[system][code]}


def concept(*codings: dict[str, Any], text: str | None = None) -> Concept:
    """A CodeableConcept of codings, of words, or both."""
    built: Concept = {"coding": list(codings)} if codings else {}
    return built | ({"text": text} if text is not None else {})


def hl7(system: str, code: str) -> dict[str, Any]:
    """A Coding of one of HL7's own systems."""
    return {"system": f"{HL7}{system}", "code": code}


def as_code(text: str | None) -> str | None:
    """The text where FHIR would take it as a code; else None."""
    return text if text and fault_of("code", text) is None else None


@cache
def loinc_of_scales() -> Mapping[str, str]:
    """The LOINC code of each scale that has a verified one; of a panel or of one item there is none here."""
    code_of: dict[str, str] = {}
    for name, instrument in INSTRUMENTS.items():
        for code in instrument.codes:
            whole = not any(part in code.what for part in ("panel", "item"))
            if code.system == "LOINC" and code.status == "verified" and code.code and whole:
                code_of[name] = code.code
    # The verbal rating from 0 to 10 is the scale of pain itself.
    return MappingProxyType({"pain": code_of["pain_nrs"], **code_of} if "pain_nrs" in code_of else code_of)


@cache
def scale_of_loinc() -> Mapping[str, str]:
    """The scale of each of those codes; where two have one code, the first, which is the plain one."""
    scale: dict[str, str] = {}
    for name, code in loinc_of_scales().items():
        scale.setdefault(code, name)
    return MappingProxyType(scale)


# Units of doses and of numbers as they are written, and as UCUM has them. `U` is left out: in UCUM it is a unit of
# enzymes, in a prescription one of insulin or heparin.
UCUM_OF: Mapping[str, str] = MappingProxyType(
    {
        **{same: same for same in ("ng", "ug", "mg", "g", "kg", "mL", "L", "mmol", "%", "mg/h", "ug/h")},
        "µg": "ug",
        "μg": "ug",
        "mcg": "ug",
        "ml": "mL",
        "l": "L",
        "mEq": "meq",
        "IU": "[iU]",
        "mIU": "m[iU]",
        "mcg/h": "ug/h",
        "µg/h": "ug/h",
        "μg/h": "ug/h",
        "drop": "[drp]",
        "drops": "[drp]",
        **{
            same: same
            for same in ("mg/dL", "g/dL", "mmol/L", "umol/L", "ng/mL", "pg/mL", "kg/m2", "cm", "m", "ms")
        },
        "µmol/L": "umol/L",
        "μmol/L": "umol/L",
        "mmHg": "mm[Hg]",
        "beats/min": "/min",
        "°C": "Cel",
    }
)
# What of these a dose may be written in, by its code.
UNIT_OF_UCUM: Mapping[str, str] = MappingProxyType(
    {code: unit for unit, code in reversed(list(UCUM_OF.items()))}
    | {"[drp]": "drops", "ug": "ug", "mL": "mL"}
)


def quantity(value: float, unit: str | None) -> dict[str, Any]:
    """A Quantity, with the code of its unit where that is one of UCUM."""
    built: dict[str, Any] = {"value": json_number(value)}
    if unit is not None:
        built["unit"] = unit
        if unit in UCUM_OF:
            built |= {"system": UCUM, "code": UCUM_OF[unit]}
    return built


def json_number(value: float) -> float:
    """A number as JSON is to have it: whole ones without a point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def code_systems() -> list[dict[str, Any]]:
    """Our code systems as resources, in the order of their names."""
    return [
        {
            "resourceType": "CodeSystem",
            "id": f"assuage-{name}",
            "url": own_system(name),
            "version": "1",
            "name": "Assuage" + "".join(part.capitalize() for part in name.split("-")),
            "status": "active",
            "content": "complete",
            "caseSensitive": True,
            "concept": [{"code": code, "display": display} for code, display in codes.items()],
        }
        for name, codes in sorted(own_codes().items())
    ]
