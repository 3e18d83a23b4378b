"""What was rated, measured, felt, found and looked for, as Observations; a family's history as one of its own."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.fhir.codes import (
    DATA_ABSENT,
    HL7,
    INTERPRETATION,
    LOINC,
    UCUM,
    Concept,
    concept,
    json_number,
    loinc_of_scales,
    own_codes,
    own_coding,
    quantity,
)
from assuage.fhir.write.writing import (
    Resource,
    Writing,
    concept_of,
    kind_category,
    note_of,
    sites_concept,
    words,
)
from assuage.record.care_entries import AdherenceEntry, ExposureEntry, MeasurementEntry, RatingEntry
from assuage.record.decided_entries import RedFlagEntry
from assuage.record.entries import AnyEntry, FindingEntry, ScoreEntry, SymptomEntry
from assuage.record.kinds import scales
from assuage.terms.red_flags import RED_FLAGS

SCORE_UNIT = {"unit": "{score}", "system": UCUM, "code": "{score}"}
INTERPRETED: Mapping[str, str] = {"present": "POS", "absent": "NEG", "normal": "N", "abnormal": "A"}
_CATEGORY: Mapping[str, str] = {
    "history": "social-history",
    "social": "social-history",
    "examination": "exam",
    "laboratory": "laboratory",
    "imaging": "imaging",
}


def _observation(entry: AnyEntry, of: Writing, kind: str, category: str) -> Resource:
    resource: Resource = {
        "resourceType": "Observation",
        "status": of.status(entry, "final", "preliminary"),
        "category": kind_category(kind, category),
        "subject": of.subject,
        **of.dated(entry, "effectiveDateTime"),
        **of.said_by(entry, "performer", many=True),
    }
    if entry.by == "device":
        resource["device"] = {"display": "device"}
    return resource


def _absent(reason: str) -> Resource:
    return {"dataAbsentReason": concept({"system": DATA_ABSENT, "code": reason})}


def _range(low: float | None, high: float | None, unit: Resource) -> Resource:
    ends = {"low": low, "high": high}
    return {
        "valueRange": {
            name: {"value": json_number(end), **unit} for name, end in ends.items() if end is not None
        }
    }


def score_concept(scale: str) -> Concept:
    """The code of a scale: LOINC's where one is verified, ours, and its name."""
    codings = [own_coding("scale", scale)]
    if scale in loinc_of_scales():
        codings.insert(0, {"system": LOINC, "code": loinc_of_scales()[scale]})
    return concept(*codings, text=scales()[scale].title)


def score_resource(entry: ScoreEntry, of: Writing) -> Resource:
    """A score: the code of its scale, a value or a range, the place."""
    value = (
        {"valueQuantity": {"value": json_number(entry.value), **SCORE_UNIT}}
        if entry.value is not None
        else _range(entry.low, entry.high, SCORE_UNIT)
    )
    return {
        **_observation(entry, of, "score", "survey"),
        "code": score_concept(entry.scale),
        **value,
        **sites_concept(entry.sites),
    }


def measurement_resource(entry: MeasurementEntry, of: Writing) -> Resource:
    """A number with its unit; a bound of a laboratory as a range with one end."""
    unit = {key: value for key, value in quantity(0, words(entry.unit)).items() if key != "value"}
    value = (
        {"valueQuantity": {"value": json_number(entry.value), **unit}}
        if entry.value is not None
        else _range(entry.low, entry.high, unit)
    )
    normal = {} if entry.range is None else _range(entry.range.low, entry.range.high, unit)
    codings = [] if entry.loinc is None else [{"system": LOINC, "code": entry.loinc}]
    return {
        **_observation(entry, of, "measurement", "laboratory"),
        "code": concept(*codings, text=words(entry.what)),
        **value,
        **({"referenceRange": [normal["valueRange"]]} if normal else {}),
        **concept_of("method", entry.method),
    }


def symptom_resource(entry: SymptomEntry, of: Writing) -> Resource:
    """A symptom with its state as the value."""
    known = entry.symptom
    codings = [own_coding("symptom", known.id)] if known and known.id in own_codes()["symptom"] else []
    return {
        **_observation(entry, of, "symptom", "survey"),
        "code": concept(*codings, text=words(entry.what)),
        "valueCodeableConcept": concept(own_coding("symptom-state", entry.state), text=entry.state),
        **sites_concept(() if entry.site is None else (entry.site,)),
        **note_of(entry.severity),
    }


def finding_resource(entry: FindingEntry, of: Writing) -> Resource:
    """What was found or not; what nobody knows is said to be unknown."""
    if entry.method == "family":
        return _family(entry, of)
    value: Resource = _absent("unknown")
    if entry.state != "unknown":
        coded = {"system": INTERPRETATION, "code": INTERPRETED[entry.state]}
        value = {
            "valueCodeableConcept": concept(own_coding("finding-state", entry.state), text=entry.state),
            "interpretation": [concept(coded)],
        }
    method = {} if entry.method is None else {"method": concept(own_coding("method", entry.method))}
    category = _CATEGORY.get(entry.method or "", "exam")
    return {
        **_observation(entry, of, "finding", category),
        "code": {"text": words(entry.what) or "finding"},
        **value,
        **method,
        **note_of(entry.result),
    }


def _family(entry: FindingEntry, of: Writing) -> Resource:
    """What runs in the family is no observation of the patient. Only what is there has a place in it."""
    resource: Resource = {
        "resourceType": "FamilyMemberHistory",
        "status": of.status(entry, "completed", "partial"),
        "patient": of.subject,
        **of.dated(entry, "date"),
        "relationship": concept({"system": f"{HL7}v3-RoleCode", "code": "FAMMEMB"}),
    }
    if entry.state == "present":
        resource["condition"] = [
            {"code": {"text": words(entry.what) or "condition"}, **note_of(entry.result)}
        ]
    else:
        resource["dataAbsentReason"] = concept(
            {
                "system": "http://terminology.hl7.org/CodeSystem/history-absent-reason",
                "code": "subject-unknown",
            }
        )
    return resource


def red_flag_resource(entry: RedFlagEntry, of: Writing) -> Resource:
    """A check with a component a flag; what is unknown is said to be so."""
    components: list[Resource] = []
    for flag, state in entry.flags.items():
        code = concept(own_coding("red-flag", flag), text=RED_FLAGS[flag].title)
        value = (
            _absent("unknown")
            if state == "unknown"
            else {"valueCodeableConcept": concept(own_coding("flag-state", state), text=state)}
        )
        components.append({"code": code, **value})
    return {
        **_observation(entry, of, "red_flag_check", "exam"),
        "code": concept(own_coding("kind", "red_flag_check"), text="check for red flags"),
        "component": components,
    }


def adherence_resource(entry: AdherenceEntry, of: Writing) -> Resource:
    """Whether a drug is taken as agreed."""
    value: Resource = (
        {"valueBoolean": entry.taken}
        if isinstance(entry.taken, bool)
        else {"valueQuantity": {"value": json_number(entry.taken), "unit": "1", "system": UCUM, "code": "1"}}
    )
    return {
        **_observation(entry, of, "adherence", "survey"),
        "code": concept(own_coding("kind", "adherence"), text=words(entry.drug)),
        **value,
    }


def exposure_resource(entry: ExposureEntry, of: Writing) -> Resource:
    """A factor of the patient's own choosing: there or not, or how much."""
    if entry.amount is not None:
        value: Resource = {"valueQuantity": quantity(entry.amount, words(entry.unit))}
    elif entry.state in (None, "not_asked"):
        value = _absent("not-asked")
    else:
        value = {"valueCodeableConcept": concept(own_coding("exposure-state", entry.state), text=entry.state)}
    return {
        **_observation(entry, of, "exposure", "social-history"),
        "code": concept(own_coding("kind", "exposure"), text=words(entry.name)),
        **value,
    }


def rating_resource(entry: RatingEntry, of: Writing) -> Resource:
    """A value on a scale of the patient's own making."""
    value: Resource = (
        _absent("not-asked")
        if entry.value is None
        else {"valueQuantity": quantity(entry.value, words(entry.unit))}
    )
    return {
        **_observation(entry, of, "rating", "survey"),
        "code": concept(own_coding("kind", "rating"), text=words(entry.name)),
        **value,
    }
