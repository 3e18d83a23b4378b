"""MedicationStatement, MedicationAdministration and Procedure: what is taken and what was done.

What is prescribed, dispensed or planned is not taken and not done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.fhir.codes import ATC, UCUM, UNIT_OF_UCUM
from assuage.fhir.moments import UNDATED, When, minutes_lasted, read_period
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.reading import (
    Coded,
    FhirReading,
    NativeFact,
    Plain,
    moment_said,
    said_by,
    sites_of,
    with_sites,
)
from assuage.record.kinds import UNITS
from assuage.terms.dosing import read_frequency
from assuage.terms.drug_names import find_drug

_WHEN: Mapping[str, str] = {
    "MORN": "morning",
    "NOON": "noon",
    "AFT": "afternoon",
    "EVE": "evening",
    "NIGHT": "night",
    "HS": "night",
}
_PERIODS: Mapping[str, str] = {"d": "day", "wk": "week", "mo": "month"}


def _drug(element: ResourcePart, of: FhirReading) -> str | None:
    """The drug in its words; by its ATC code where the words are none that a rule reads."""
    coded = Coded(element.part("medicationCodeableConcept"), of)
    reference = element.part("medicationReference")
    if coded.element is None and reference is not None:
        reference.use()
        medication = of.pointed(element, reference)
        words = None
        if medication is not None and medication.get("resourceType") == "Medication":
            words = _words_of_drug(Coded(ResourcePart(medication, "Medication").part("code"), of))
        return words or reference.text("display")
    words = _words_of_drug(coded)
    coded.told()
    return words


def _words_of_drug(coded: Coded) -> str | None:
    words, code = coded.words(), coded.code(ATC)
    if code is not None and find_drug(code) is not None and (words is None or find_drug(words) is None):
        return code
    return words


def _timing(dosage: ResourcePart) -> tuple[bool, str | None]:
    """Whether it is known how often, and in which words; none for once a day."""
    if dosage.plain.get("asNeededBoolean") is True or dosage.has("asNeededCodeableConcept"):
        dosage.use("asNeededBoolean", "asNeededCodeableConcept")
        return True, "as needed"
    timing = dosage.part("timing")
    text = dosage.plain.get("text")
    if timing is None:
        return (True, text) if isinstance(text, str) and read_frequency(text) is not None else (False, None)
    code = timing.part("code")
    wording = None if code is None else code.text("text")
    if wording is not None:
        return True, wording
    repeat = timing.part("repeat")
    if repeat is None:
        return False, None
    words = [_WHEN.get(each) for each in repeat.plain.get("when", ()) if isinstance(each, str)]
    often, period, unit = (repeat.plain.get(key) for key in ("frequency", "period", "periodUnit"))
    if not repeat.plain.keys() <= {"frequency", "period", "periodUnit", "when"}:
        return False, None
    if words and (often not in (None, len(words)) or (period, unit) not in ((None, None), (1, "d"))):
        return False, None
    if words and None not in words:
        timing.use()
        return True, " and ".join(str(word) for word in words)
    if words or not isinstance(often, int) or period is None or not isinstance(unit, str):
        return False, None
    if (often, period, unit) == (1, 1, "d"):
        timing.use()
        return True, None
    told = f"{often} times a {_PERIODS[unit]}" if period == 1 and unit in _PERIODS else None
    if often == 1 and unit in ("h", "d", "wk"):
        told = f"every {period:g} {({'h': 'hours', 'd': 'days', 'wk': 'weeks'})[unit]}"
    if told is None or read_frequency(told) is None:
        return False, None
    timing.use()
    return True, told


def _dose(dosage: ResourcePart) -> Plain | None:
    """Amount, unit and how often, where all of them are said so that a record has them."""
    rates = dosage.parts("doseAndRate")
    if len(rates) != 1:
        return None
    often_known, when = _timing(dosage)
    span, single = rates[0].part("doseRange"), rates[0].part("doseQuantity")
    high = single if span is None else span.part("high")
    low = None if span is None else span.part("low")
    if high is None or not often_known:
        return None
    unit, amount = _unit(high), high.number("value")
    if unit is None or amount is None or amount <= 0:
        return None
    dose: Plain = {"amount": amount, "unit": unit}
    if when is not None:
        dose["when"] = when
    if low is not None:
        least = low.number("value")
        if least is None or _unit(low) != unit or least <= 0:
            return None
        dose["low"] = least
    rates[0].use("doseRange", "doseQuantity", "type")
    dosage.use("text", "sequence")
    return dose


def _unit(quantity: ResourcePart) -> str | None:
    unit = quantity.plain.get("unit")
    if isinstance(unit, str) and unit in UNITS:
        return unit
    if quantity.plain.get("system") == UCUM:
        return UNIT_OF_UCUM.get(str(quantity.plain.get("code")))
    return None


def _doses(element: ResourcePart, of: FhirReading) -> Plain:
    """The doses, where each is known; else the drug is taken, in doses that nobody knows."""
    doses: list[Plain] = []
    route = None
    dosages = element.parts("dosage")
    known = True
    for dosage in dosages:
        coded = Coded(dosage.part("route"), of)
        route = coded.words() or route
        coded.told()
        if not dosage.plain.keys() - {"route", "id"}:
            continue
        dose = _dose(dosage)
        known = known and dose is not None
        if dose is None:
            of.say(dosage.path, message("fhir-import.dose"), "told")
            dosage.use()
        else:
            doses.append(dose)
    fields: Plain = {"doses": doses} if doses and known else {}
    return fields | ({"route": route} if route is not None else {})


def _reasons(element: ResourcePart, of: FhirReading, key: str) -> str | None:
    wording = [words for each in element.parts(key) if (words := Coded(each, of).words()) is not None]
    return "; ".join(wording) if wording else None


def read_medication_statement(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A drug that is taken, or was; what is intended, or not taken, is no fact of that kind."""
    status = element.text("status")
    if status not in ("active", "completed", "stopped", "on-hold", "unknown"):
        return of.leave(element, message("fhir-import.status", status=status))
    drug = _drug(element, of)
    if drug is None:
        return of.leave(element, message("fhir-import.no-words"))
    common = said_by(element, of, "informationSource")
    over = status in ("completed", "stopped")
    start, end = _ends(element, of, over=over)
    fields: Plain = {"kind": "medication", "drug": drug}
    because, purpose = _reasons(element, of, "statusReason"), _reasons(element, of, "reasonCode")
    doses = _doses(element, of)
    purposes = {"purpose": purpose} if purpose is not None else {}
    reasons = {"because": because} if because is not None else {}
    begun = fields | {"do": "start"} | doses | purposes | ({} if over and end else reasons) | common
    ended = fields | {"do": "stop"} | ({} if start else doses | purposes) | reasons | common
    facts: list[NativeFact] = []
    if start is not None or not over:
        facts.append(NativeFact(begun, start or UNDATED, status in ("unknown", "on-hold")))
    if over:
        facts.append(NativeFact(ended, end or UNDATED, end is None))
    elif end is not None:
        of.say(f"{element.path}.effectivePeriod.end", message("fhir-import.planned-end"), "told")
    return facts


def _ends(element: ResourcePart, of: FhirReading, *, over: bool) -> tuple[When | None, When | None]:
    """When it was begun and when it ended; of what is `over` one date alone is no start, or it would run on.

    By then it had been stopped, as far as anybody says: the last such date counts, and the day itself nobody knows.
    """
    period = element.part("effectivePeriod")
    if period is not None:
        start, end = read_period(period.plain, of.zone)
        period.use("start", "end")
        return start, end
    if over:
        told = [moment_said(element, of, key) for key in ("effectiveDateTime", "dateAsserted")]
        days = [each for each in told if each.last is not None]
        if not days:
            return None, None
        of.say(f"{element.path}.effective", message("fhir-import.stopped-by"), "told")
        return None, replace(max(days, key=lambda each: each.last or date.min), time=None, sure=False)
    when = moment_said(element, of, "effectiveDateTime", "dateAsserted")
    return (None if when == UNDATED else when), None


def read_administration(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A dose that was given or taken."""
    status = element.text("status")
    if status not in ("completed", "in-progress", "stopped", "unknown"):
        return of.leave(element, message("fhir-import.status", status=status))
    drug = _drug(element, of)
    if drug is None:
        return of.leave(element, message("fhir-import.no-words"))
    fields: Plain = {"kind": "intake", "drug": drug}
    dosage = element.part("dosage")
    if dosage is not None:
        dose = dosage.part("dose")
        unit = None if dose is None else _unit(dose)
        amount = None if dose is None else dose.number("value")
        if (
            unit is not None
            and amount is not None
            and amount > 0
            and dose is not None
            and status == "completed"
        ):
            fields["doses"] = [{"amount": amount, "unit": unit}]
            dose.use()
        route = Coded(dosage.part("route"), of)
        wording = route.words()
        route.told()
        if wording is not None:
            fields["route"] = wording
        dosage.use("text")
    common = said_by(element, of, "performer")
    return [NativeFact(fields | common, moment_said(element, of, "effectiveDateTime", "effectivePeriod"))]


def read_procedure(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """What was done; what was planned, put off or not done is not."""
    status = element.text("status")
    if status not in ("completed", "in-progress", "stopped", "unknown"):
        return of.leave(element, message("fhir-import.status", status=status))
    coded = Coded(element.part("code"), of)
    coded.own_code("therapy")
    words = coded.words()
    coded.told()
    if words is None:
        return of.leave(element, message("fhir-import.no-words"))
    common = said_by(element, of, "performer")
    fields: Plain = {"kind": "therapy", "what": words}
    sites, all_read = sites_of(element, of)
    if all_read:
        fields |= with_sites(sites)
    because = _reasons(element, of, "reasonCode")
    if because is not None:
        fields["because"] = because
    mixture = [
        {"drug": wording}
        for each in element.parts("usedCode")
        if (wording := Coded(each, of).words()) is not None
    ]
    if mixture:
        fields["mixture"] = mixture
    period = element.part("performedPeriod")
    if period is not None:
        start, end = read_period(period.plain, of.zone)
        period.use("start", "end")
        if start is not None and end is None and status == "in-progress":
            return [NativeFact(fields | {"do": "start"} | common, start)]
        if start is not None and end is not None and start.day != end.day:
            return [
                NativeFact(fields | {"do": "start"} | common, start),
                NativeFact({"kind": "therapy", "what": words, "do": "stop"} | common, end),
            ]
        when = start or end or UNDATED
        minutes = minutes_lasted(period.plain)
        if minutes is not None:
            fields["minutes"] = minutes
    else:
        when = moment_said(element, of, "performedDateTime")
    if status == "in-progress":
        return [NativeFact(fields | {"do": "start"} | common, when)]
    return [NativeFact(fields | common, when)]
