"""What the numbers of an entry come to: findings of conditions that name their number, with the entry's own day.

A number of a finding (`QTc 510 ms`) is read where it is read whole. It adds that a condition is present; that one is
absent it only says where the finding is of no condition itself, for what a person found outweighs what we conclude.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from msgspec.structs import asdict

from assuage.record.care_entries import MeasurementEntry
from assuage.record.entries import FindingEntry, IntakeEntry, MedicationEntry, Patient
from assuage.record.stated import restated
from assuage.terms.answers import ANSWER_OF_STATE, NO, YES
from assuage.terms.drug_conditions import conditions_of_drug
from assuage.terms.holds import NUMBER_HOLDS, LapsedStatement, days_held
from assuage.terms.measured import (
    Measured,
    NotJudged,
    conclusions,
    egfr_of_creatinine,
    measured_in_text,
    measured_value,
    named_number,
    open_by_words,
    why_not_judged,
)
from assuage.terms.quantities import QUANTITIES, find_quantity
from assuage.terms.quantity import Quantity

ADULT = 18  # the equations of CKD-EPI are those of adults

NumberEntry = FindingEntry | MeasurementEntry


class NumberFinding(FindingEntry, frozen=True, kw_only=True):
    """What a number comes to, as a finding; `quantity` is the id of what was measured."""

    quantity: str


class OpenFinding(FindingEntry, frozen=True, kw_only=True):
    """That a condition may be there, by a measurement that was put in words."""


class NumberOn(NamedTuple):
    """A value that was measured, and the entry that states it."""

    value: Measured
    entry: NumberEntry


class PairFinding(NumberFinding, frozen=True, kw_only=True):
    """What two numbers together come to, as a finding: it is as old as the older of them. `of` are the two."""

    of: tuple[NumberOn, ...]


class DrugFinding(FindingEntry, frozen=True, kw_only=True):
    """What the taking of a drug comes to, as a finding; `drug` is the name it was written under."""

    drug: str


def findings_of_drug(entry: MedicationEntry | IntakeEntry, *, again: bool) -> Iterator[DrugFinding]:
    """The conditions that who takes this has, or may have; `again` says that it was taken already.

    A stop leaves it open: the drug was taken until then, and for how long it goes on differs.
    """
    stopped = isinstance(entry, MedicationEntry) and entry.do == "stop"
    for condition, there in conditions_of_drug(entry.drug, entry.route, again=again):
        state = "present" if there is YES and not stopped else "unknown"
        told = restated(entry, condition, state, None)
        yield DrugFinding(**asdict(told), drug=entry.drug)


def finding_days(condition: str, finding: FindingEntry) -> int | None:
    """For how many days what a finding says of a condition holds, its own day among them; None for ever."""
    quantity = finding.quantity if isinstance(finding, NumberFinding) else None
    held = days_held(condition, ANSWER_OF_STATE[finding.state], quantity)
    if held is None or not isinstance(finding, PairFinding):
        return held
    return min(held, *(of.entry.day + NUMBER_HOLDS[of.value.quantity.id] - finding.day for of in finding.of))


def lapsed_by(condition: str, finding: FindingEntry, day: int) -> LapsedStatement | None:
    """What a finding says of a condition, where it no longer holds on a day; None where it does."""
    held = finding_days(condition, finding)
    if held is None or day - finding.day < held:
        return None
    return LapsedStatement(ANSWER_OF_STATE[finding.state], finding.day, held)


class Derived(NamedTuple):
    """A finding that a number comes to; not `firm` where it only counts if nobody said anything else."""

    finding: FindingEntry
    firm: bool


def measured_values(entry: NumberEntry) -> tuple[Measured, ...]:
    """The values that an entry states; none where it is said to be unknown, or where its number cannot be read."""
    match entry:
        case FindingEntry():
            return () if entry.state == "unknown" else measured_in_text(entry.what, entry.result)
        case MeasurementEntry():
            value = _measurement(entry)
            return () if value is None else (value,)
        case _:
            assert_never(entry)


def quantity_of(entry: NumberEntry) -> Quantity | None:
    """The quantity that an entry is about, with a number or without; None where it is about none that we know."""
    match entry:
        case FindingEntry():
            named = named_number(entry.what, entry.result)
            return find_quantity(entry.what) if named is None else named[0]
        case MeasurementEntry():
            return find_quantity(entry.what) or (find_quantity(entry.loinc) if entry.loinc else None)
        case _:
            assert_never(entry)


class UnjudgedNumber(NamedTuple):
    """A number that decides nothing: its quantity, why, and as it was written (`creatinine 300`)."""

    entry: NumberEntry
    quantity: Quantity
    reason: NotJudged
    written: str


def unjudged(entry: NumberEntry) -> UnjudgedNumber | None:
    """What an entry measured and nothing judges; None where it is judged, or is no number of a quantity we know."""
    match entry:
        case FindingEntry():
            named = None if entry.state == "unknown" else named_number(entry.what, entry.result)
            if named is None:
                return None
            values = measured_values(entry)
            quantity, unit = named
            reason = why_not_judged(quantity, unit, values[0] if values else None)
            written = entry.with_result
        case MeasurementEntry():
            quantity = quantity_of(entry)
            if quantity is None:
                return None
            reason = why_not_judged(quantity, entry.unit or "", _measurement(entry))
            written = f"{entry.what} {entry.in_words}"
        case _:
            assert_never(entry)
    return None if reason is None else UnjudgedNumber(entry, quantity, reason, written)


def _measurement(entry: MeasurementEntry) -> Measured | None:
    """The value of a measurement; None where quantity or unit are unknown, or the LOINC code is another's."""
    quantity = find_quantity(entry.what)
    coded = find_quantity(entry.loinc) if entry.loinc else None
    if quantity is not None and coded is not None and coded is not quantity:
        return None
    quantity = quantity or coded
    if quantity is None:
        return None
    ends = [None if math.isinf(end) else Fraction(str(end)) for end in entry.ends]
    upper = None if entry.range is None or entry.range.high is None else Fraction(str(entry.range.high))
    return measured_value(
        quantity, ends[0], ends[1], entry.unit or "", f"{quantity.title} {entry.in_words}", upper
    )


def derived_findings(
    entry: NumberEntry | MedicationEntry | IntakeEntry, patient: Patient, *, again: bool = False
) -> Iterator[Derived]:
    """The findings that the numbers of an entry come to, those of a creatinine by the patient's age and sex.

    Of a drug they are those of who takes it; `again` says that it was taken already.
    """
    if isinstance(entry, MedicationEntry | IntakeEntry):
        yield from (Derived(finding, firm=True) for finding in findings_of_drug(entry, again=again))
        return
    own_condition = isinstance(entry, FindingEntry) and entry.condition is not None
    yield from _put_in_words(entry)
    for value in values_of_person(measured_values(entry), patient, entry.day):
        for conclusion in conclusions(value):
            if conclusion.answer is NO and own_condition:
                continue
            state = "present" if conclusion.answer is YES else "absent"
            method = entry.method if isinstance(entry, FindingEntry) else None
            told = restated(entry, conclusion.condition, state, value.shown, method)
            yield Derived(NumberFinding(**asdict(told), quantity=value.quantity.id), conclusion.firm)


def _put_in_words(entry: NumberEntry) -> Iterator[Derived]:
    """Of a measurement in words, that the conditions its number would decide are unknown, whatever was told before."""
    if not isinstance(entry, FindingEntry):
        return
    for condition in sorted(conditions_open(entry)):
        told = restated(entry, condition, "unknown", entry.result, entry.method)
        yield Derived(OpenFinding(**asdict(told)), firm=True)


def conditions_open(finding: FindingEntry) -> frozenset[str]:
    """The conditions that an abnormal finding leaves open because it puts a number in words: `creatinine`, `high`."""
    if ANSWER_OF_STATE[finding.state] is not YES:
        return frozenset()
    return open_by_words(finding.what, finding.result) - {condition.id for condition in finding.conditions}


def needs_patient(entry: NumberEntry) -> bool:
    """Whether what the numbers of an entry come to hangs on the patient's age and sex."""
    return any(value.quantity.id == "creatinine" for value in measured_values(entry))


def values_of_person(values: tuple[Measured, ...], patient: Patient, day: int) -> Iterator[Measured]:
    """The values, each followed by what else it comes to at the age and sex of a patient on a day."""
    age = patient.age_on(day)
    for value in values:
        yield value
        adult = age is not None and age >= ADULT
        if value.quantity is QUANTITIES["creatinine"] and adult and patient.sex in ("female", "male"):
            assert age is not None
            yield egfr_of_creatinine(value, age, patient.sex == "female")
