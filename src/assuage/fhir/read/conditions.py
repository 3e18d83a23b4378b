"""Condition, AllergyIntolerance, AdverseEvent and FamilyMemberHistory: what a patient has, or a relative."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import message
from assuage.fhir.codes import DIAGNOSIS_SYSTEMS, HL7
from assuage.fhir.moments import UNDATED, When
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.reading import (
    Coded,
    FhirReading,
    NativeFact,
    Plain,
    first_note,
    moment_said,
    said_by,
    whole,
)

_CERTAINTY: Mapping[str, str] = {
    "confirmed": "confirmed",
    "provisional": "probable",
    "differential": "possible",
    "unconfirmed": "possible",
    "refuted": "refuted",
}
_ALLERGY: Mapping[str, str] = {"confirmed": "confirmed", "unconfirmed": "suspected", "refuted": "refuted"}
_OVER = frozenset({"inactive", "remission", "resolved"})
_GRADES: Mapping[str, int] = {"mild": 1, "moderate": 2, "severe": 3}
_OUTCOMES: Mapping[str, str] = {
    "resolved": "recovered",
    "recovering": "recovering",
    "ongoing": "not_recovered",
    "resolvedWithSequelae": "recovered_with_sequelae",
    "fatal": "fatal",
    "unknown": "unknown",
}


def _hl7(element: ResourcePart, key: str, system: str, of: FhirReading) -> str | None:
    part = element.part(key)
    code = Coded(part, of).code(f"{HL7}{system}")
    if code is not None and part is not None:
        part.use()
    return code


def read_condition(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A diagnosis; one that is over is something that was, of which nobody knows whether it still is."""
    verified = _hl7(element, "verificationStatus", "condition-ver-status", of)
    clinical = _hl7(element, "clinicalStatus", "condition-clinical", of)
    for each in element.parts("category"):
        each.use()
    coded = Coded(element.part("code"), of)
    fields: Plain = {"kind": "diagnosis"}
    text = None if coded.element is None else coded.element.text("text")
    for system, url in DIAGNOSIS_SYSTEMS.items():
        code = coded.code(url)
        if code is not None:
            fields |= {"code": code, "system": system}
            break
    words = coded.mapped() or text or (None if "code" in fields else coded.words())
    coded.told()
    if words is None and "code" not in fields:
        return of.leave(element, message("fhir-import.no-words"))
    if words is not None:
        fields = {
            "kind": "diagnosis",
            "what": words,
            **{key: fields[key] for key in ("code", "system") if key in fields},
        }
    # When it was written down counts: when it began is often known to the year alone.
    when = moment_said(element, of, "recordedDate", "onsetDateTime", "onsetPeriod")
    common = said_by(element, of, "asserter")
    if clinical in _OVER:
        return [
            _over(
                words or str(fields["code"]),
                clinical,
                common,
                moment_said(element, of, "abatementDateTime"),
                when,
            )
        ]
    certainty = _CERTAINTY.get(verified or "")
    if certainty is not None:
        fields["certainty"] = certainty
    return [NativeFact(fields | common, when)]


def _over(what: str, clinical: str, common: Plain, *times: When) -> NativeFact:
    when = next((each for each in times if each != UNDATED), UNDATED)
    fields: Plain = {
        "kind": "finding",
        "what": what,
        "state": "unknown",
        "method": "history",
        "result": clinical,
    }
    return NativeFact(fields | common, when)


def read_allergy(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """An allergy or intolerance; without a status it is there."""
    verified = _hl7(element, "verificationStatus", "allergyintolerance-verification", of)
    clinical = _hl7(element, "clinicalStatus", "allergyintolerance-clinical", of)
    coded = Coded(element.part("code"), of)
    words = coded.words()
    coded.told()
    when = moment_said(element, of, "recordedDate", "onsetDateTime", "onsetPeriod")
    common = said_by(element, of, "asserter")
    fields: Plain = {"kind": "allergy", "substance": words}
    for reaction in element.parts("reaction"):
        if words is None:
            other = Coded(reaction.part("substance"), of)
            words = fields["substance"] = other.words()
            other.told()
        for manifestation in reaction.parts("manifestation"):
            shown = Coded(manifestation, of)
            if "reaction" not in fields and (wording := shown.words()) is not None:
                fields["reaction"] = wording
                shown.told()
        severity = reaction.plain.get("severity")
        if "severity" not in fields and severity in ("mild", "moderate", "severe"):
            fields["severity"] = reaction.text("severity")
    if words is None:
        return of.leave(element, message("fhir-import.no-words"))
    certainty = _ALLERGY.get(verified or "")
    if certainty is not None:
        fields["certainty"] = certainty
    elif clinical in ("inactive", "resolved"):
        # It was one; that it is none any more is not said by that.
        fields["certainty"] = "suspected"
        of.say(f"{element.path}.clinicalStatus", message("fhir-import.allergy-over"), "told")
    return [NativeFact(fields | common, when)]


def read_adverse_event(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """Something that happened; what only might have is none."""
    if element.text("actuality") != "actual":
        return of.leave(element, message("fhir-import.potential"))
    coded = Coded(element.part("event"), of)
    words = coded.words()
    coded.told()
    if words is None:
        return of.leave(element, message("fhir-import.no-words"))
    fields: Plain = {"kind": "adverse_event", "what": words}
    grade = _GRADES.get(_hl7(element, "severity", "adverse-event-severity", of) or "")
    if grade is not None:
        fields["grade"] = grade
    suspects: list[str] = []
    for each in element.parts("suspectEntity"):
        instance = each.part("instance")
        named = None if instance is None else instance.text("display")
        if named is None and instance is not None:
            drug = of.pointed(element, instance)
            named = None if drug is None else Coded(ResourcePart(drug, "Medication").part("code"), of).words()
        if named is not None and instance is not None:
            instance.use()
        if named is not None and named not in suspects:
            suspects.append(named)
    if suspects:
        fields["suspected"] = suspects
    outcome = _OUTCOMES.get(_hl7(element, "outcome", "adverse-event-outcome", of) or "")
    if outcome is not None:
        fields["outcome"] = outcome
    when = moment_said(element, of, "date", "detected", "recordedDate")
    return [NativeFact(fields | said_by(element, of, "recorder"), when)]


def read_family_history(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """Findings of a relative, which are none of the patient."""
    status = element.text("status")
    whole(element, of, ("relationship", "name", "dataAbsentReason"))
    if status not in ("completed", "partial", "health-unknown"):
        return of.leave(element, message("fhir-import.status", status=status))
    when = moment_said(element, of, "date")
    facts: list[NativeFact] = []
    for each in element.parts("condition"):
        coded = Coded(each.part("code"), of)
        words = coded.words()
        coded.told()
        if words is None:
            continue
        result = first_note(each)
        fields: Plain = {"kind": "finding", "what": words, "state": "present", "method": "family"}
        fields |= {"result": result} if result is not None else {}
        facts.append(NativeFact(fields | {"by": "import"}, when, status != "completed"))
    return facts
