"""Observation → scores, measurements, symptoms, findings, checks and the rest that is observed.

Of others: a number on a scale whose LOINC code is known is a score, any other number a measurement, and what is said
in words is kept as words of which nobody knows what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assuage.catalogue.message import message
from assuage.fhir.codes import DATA_ABSENT, INTERPRETATION, LOINC, scale_of_loinc
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.reading import (
    DONE,
    Coded,
    FhirReading,
    NativeFact,
    Plain,
    first_note,
    moment_said,
    said_by,
    sites_of,
    whole,
    with_sites,
)
from assuage.record.care_kinds import loinc_check_digit
from assuage.record.kinds import scales, whole_scales

_RATED = ("valueQuantity", "valueInteger", "dataAbsentReason")
_SIMPLE = frozenset({"{score}", "1", "{rating}", "", "/10"})
_STATES: Mapping[str, str] = {
    "POS": "present",
    "NEG": "absent",
    "N": "normal",
    "A": "abnormal",
    "AA": "abnormal",
    "H": "abnormal",
    "L": "abnormal",
    "HH": "abnormal",
    "LL": "abnormal",
    "DET": "present",
    "ND": "absent",
}


def read_observation(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """The facts of an Observation."""
    status = element.text("status")
    if status not in DONE and status not in ("preliminary", "registered"):
        return of.leave(element, message("fhir-import.status", status=status))
    kind = None
    for each in element.parts("category"):
        coded = Coded(each, of)
        kind = kind or coded.own_code("kind")
        each.use()
    when = moment_said(element, of, "effectiveDateTime", "effectiveInstant", "effectivePeriod")
    common = said_by(element, of, "performer", "device")
    whole(element, of, ("issued",))
    reader = _OWN.get(kind or "")
    plains = reader(element, of) if reader is not None else _foreign(element, of)
    return [NativeFact(plain | common, when, status not in DONE) for plain in plains]


# ---------------------------------------------------------------- of our own


def _value(element: ResourcePart) -> Plain | None:
    """The value as the fields of a number: a value, or the ends of a range."""
    quantity = element.part("valueQuantity")
    if quantity is not None:
        value = quantity.number("value")
        comparator = quantity.text("comparator")
        if value is None:
            return None
        if comparator is None:
            return {"value": value}
        return {"high" if comparator.startswith("<") else "low": value}
    span = element.part("valueRange")
    if span is not None:
        ends: Plain = {}
        for name in ("low", "high"):
            end = span.part(name)
            value = None if end is None else end.number("value")
            if end is not None and value is not None:
                end.use()
                ends[name] = value
        return ends or None
    value = element.number("valueInteger")
    return None if value is None else {"value": value}


def _score(element: ResourcePart, of: FhirReading) -> list[Plain]:
    coded = Coded(element.part("code"), of)
    code = coded.own_code("scale")
    loinc = coded.code(LOINC)
    scale = code or scale_of_loinc().get(loinc or "")
    if coded.element is not None:
        coded.element.use("text")
    coded.told()
    return [] if scale is None else _on_scale(scale, element, of)


def _on_scale(scale: str, element: ResourcePart, of: FhirReading) -> list[Plain]:
    value = _value(element)
    if value is None:
        return _not_rated(element, of)
    quantity = element.part("valueQuantity")
    if quantity is not None:
        unit = quantity.plain.get("code", quantity.plain.get("unit", ""))
        if unit not in _SIMPLE:
            of.say(f"{quantity.path}.unit", message("fhir-import.unit-of-a-scale"))
            quantity.use()
            return []
        quantity.use()
    known = scales()[scale]
    ends = {"low", "high"}
    whole_only = scale in whole_scales()
    if any(not known.low <= each <= known.high or (whole_only and each % 1) for each in value.values()):
        of.say(element.path, message("fhir-import.off-the-scale", scale=known))
        return []
    if "value" not in value and value.keys() != ends:
        value = {"low": known.low, "high": known.high} | value
    sites, all_read = sites_of(element, of)
    if not all_read:
        # A rating of a place that nobody reads is none of the patient as a whole.
        words = Coded(element.part("bodySite"), of).words() or "?"
        rated = value.get("value")
        of.say(f"{element.path}.bodySite", message("fhir-import.site"), "told")
        return [] if rated is None else [{"kind": "rating", "name": f"{scale}: {words}", "value": rated}]
    return [{"kind": "score", "scale": scale, **value, **with_sites(sites)}]


def _not_rated(element: ResourcePart, of: FhirReading) -> list[Plain]:
    """A day without a rating is nothing."""
    reason = element.part("dataAbsentReason")
    if reason is not None:
        of.say(element.path, message("fhir-import.not-rated"), "told")
        reason.use()
    return []


def _measurement(element: ResourcePart, of: FhirReading) -> list[Plain]:
    coded = Coded(element.part("code"), of)
    words, loinc = coded.words(), coded.code(LOINC)
    coded.told()
    value = _value(element)
    if words is None or value is None:
        return []
    fields: Plain = {"kind": "measurement", "what": words, **value}
    unit = _unit(element)
    if unit is not None:
        fields["unit"] = unit
    normal = _reference_range(element, unit)
    if normal:
        fields["range"] = normal
    method = element.part("method")
    if method is not None and (wording := Coded(method, of).words()) is not None:
        fields["method"] = wording
    number, _, digit = (loinc or "").partition("-")
    if loinc is not None and number.isdecimal() and number.isascii() and digit == loinc_check_digit(number):
        fields["loinc"] = loinc
    elif loinc is not None:
        of.say(f"{element.path}.code.coding.code", message("fhir-import.loinc"), "told")
    return [fields]


def _unit(element: ResourcePart) -> str | None:
    """The unit, as it was written, or else its code."""
    for key, inner in (("valueQuantity", None), ("valueRange", "low"), ("valueRange", "high")):
        part = element.part(key)
        quantity = part if inner is None or part is None else part.part(inner)
        if quantity is None:
            continue
        unit = quantity.text("unit") or quantity.text("code")
        if unit is not None:
            quantity.use("unit", "code", "system")
            return unit
    return None


def _reference_range(element: ResourcePart, unit: str | None) -> Plain:
    """The first range of a laboratory, in the unit of the value."""
    for each in element.parts("referenceRange"):
        ends: Plain = {}
        for name in ("low", "high"):
            end = each.part(name)
            if end is None or (end.plain.get("unit") or end.plain.get("code")) != unit:
                continue
            value = end.number("value")
            if value is not None:
                end.use()
                ends[name] = value
        return ends
    return {}


def _symptom(element: ResourcePart, of: FhirReading) -> list[Plain]:
    coded, value = Coded(element.part("code"), of), Coded(element.part("valueCodeableConcept"), of)
    state, words = value.own_code("symptom-state"), coded.words()
    coded.own_code("symptom")
    coded.told()
    if state is None or words is None:
        return []
    if value.element is not None:
        value.element.use()
    fields: Plain = {"kind": "symptom", "what": words, "state": state}
    sites, all_read = sites_of(element, of)
    if len(sites) == 1 and all_read:
        fields["site"] = sites[0]
    severity = first_note(element)
    return [fields | ({"severity": severity} if severity is not None else {})]


def _finding(element: ResourcePart, of: FhirReading) -> list[Plain]:
    coded, value = Coded(element.part("code"), of), Coded(element.part("valueCodeableConcept"), of)
    words, state = coded.words(), value.own_code("finding-state")
    if words is None:
        return []
    reason = element.part("dataAbsentReason")
    if reason is not None:
        reason.use()
    if value.element is not None:
        value.element.use()
    element.use("interpretation")
    fields: Plain = {"kind": "finding", "what": words, "state": state or "unknown"}
    method = Coded(element.part("method"), of)
    how = method.own_code("method")
    if how is not None and method.element is not None:
        method.element.use()
        fields["method"] = how
    result = first_note(element)
    return [fields | ({"result": result} if result is not None else {})]


def _red_flag_check(element: ResourcePart, of: FhirReading) -> list[Plain]:
    flags: Plain = {}
    element.use("code")
    for each in element.parts("component"):
        flag = Coded(each.part("code"), of).own_code("red-flag")
        state = Coded(each.part("valueCodeableConcept"), of).own_code("flag-state")
        if flag is not None and (state is not None or each.has("dataAbsentReason")):
            flags[flag] = state or "unknown"
            each.use()
    return [{"kind": "red_flag_check", "flags": flags}] if flags else []


def _named(element: ResourcePart, of: FhirReading) -> str | None:
    coded = Coded(element.part("code"), of)
    coded.own_code("kind")
    text = None if coded.element is None else coded.element.text("text")
    coded.told()
    return text


def _adherence(element: ResourcePart, of: FhirReading) -> list[Plain]:
    drug, taken = _named(element, of), element.truth("valueBoolean")
    share = element.part("valueQuantity")
    given: bool | float | None = taken
    if share is not None:
        given = share.number("value")
        share.use()
    return [] if drug is None or given is None else [{"kind": "adherence", "drug": drug, "taken": given}]


def _exposure(element: ResourcePart, of: FhirReading) -> list[Plain]:
    name, amount = _named(element, of), element.part("valueQuantity")
    if name is None:
        return []
    if amount is not None:
        value, unit = amount.number("value"), amount.text("unit")
        amount.use()
        of_unit = {"unit": unit} if unit is not None else {}
        return [] if value is None else [{"kind": "exposure", "name": name, "amount": value, **of_unit}]
    state = Coded(element.part("valueCodeableConcept"), of).own_code("exposure-state")
    element.use("valueCodeableConcept", "dataAbsentReason")
    return [{"kind": "exposure", "name": name, "state": state or "not_asked"}]


def _rating(element: ResourcePart, of: FhirReading) -> list[Plain]:
    name, value = _named(element, of), _value(element)
    quantity = element.part("valueQuantity")
    unit = None if quantity is None else quantity.text("unit")
    if quantity is not None:
        quantity.use()
    element.use("dataAbsentReason")
    if name is None or (value is not None and "value" not in value):
        return []
    return [{"kind": "rating", "name": name, **(value or {}), **({"unit": unit} if unit is not None else {})}]


_OWN: Mapping[str, Callable[[ResourcePart, FhirReading], list[Plain]]] = {
    "score": _score,
    "measurement": _measurement,
    "symptom": _symptom,
    "finding": _finding,
    "red_flag_check": _red_flag_check,
    "adherence": _adherence,
    "exposure": _exposure,
    "rating": _rating,
}


# ---------------------------------------------------------------- of others


def _foreign(element: ResourcePart, of: FhirReading) -> list[Plain]:
    plains: list[Plain] = []
    for each in element.parts("component"):
        plains += _one(each, of)
    if not plains or any(key.startswith("value") for key in element.plain):
        plains += _one(element, of)
    return plains


def _one(element: ResourcePart, of: FhirReading) -> list[Plain]:
    coded = Coded(element.part("code"), of)
    scale = scale_of_loinc().get(coded.code(LOINC) or "")
    if scale is not None and any(element.has(key) for key in _RATED):
        if coded.element is not None:
            coded.element.use("text")
        coded.told()
        return _on_scale(scale, element, of)
    measured = _measurement(element, of)
    return measured or _in_words(element, coded, of)


def _in_words(element: ResourcePart, coded: Coded, of: FhirReading) -> list[Plain]:
    """What somebody wrote of something: kept with its words, its state known only where a code says it."""
    words = coded.words()
    coded.told()
    if words is None:
        return []
    fields: Plain = {"kind": "finding", "what": words, "state": "unknown"}
    told = Coded(element.part("valueCodeableConcept"), of)
    wording = told.words() or element.text("valueString")
    told.told()
    truth = element.truth("valueBoolean")
    read_observation = {
        _STATES.get(code or "")
        for each in element.parts("interpretation")
        if (code := _interpreted(each, of))
    }
    if truth is not None:
        fields["state"] = "present" if truth else "absent"
    elif len(read_observation) == 1 and None not in read_observation:
        fields["state"] = read_observation.pop()
    reason = element.part("dataAbsentReason")
    if reason is not None:
        fields["state"] = "unknown"
        wording = wording or Coded(reason, of).words() or reason.path
        Coded(reason, of).code(DATA_ABSENT)
        reason.use()
    return [fields | ({"result": wording} if wording is not None else {})]


def _interpreted(element: ResourcePart, of: FhirReading) -> str | None:
    code = Coded(element, of).code(INTERPRETATION)
    if code is not None:
        element.use()
    return code
