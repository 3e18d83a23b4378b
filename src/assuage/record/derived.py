"""What the numbers of an entry come to: findings of conditions that name their number, with the entry's own day.

A number of a finding (`QTc 510 ms`) is read where it is read whole. It adds that a condition is present; that one is
absent it only says where the finding is of no condition itself, for what a person found outweighs what we conclude.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from assuage.record.care_entries import MeasurementEntry
from assuage.record.entries import FindingEntry, Patient
from assuage.terms.answers import NO, YES
from assuage.terms.measured import (
    Measured,
    conclusions,
    egfr_of_creatinine,
    measured_in_text,
    measured_value,
)
from assuage.terms.quantities import QUANTITIES, find_quantity

ADULT = 18  # the equations of CKD-EPI are those of adults


NumberEntry = FindingEntry | MeasurementEntry


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


def derived_findings(entry: NumberEntry, patient: Patient) -> Iterator[Derived]:
    """The findings that the numbers of an entry come to, those of a creatinine by the patient's age and sex."""
    own_condition = isinstance(entry, FindingEntry) and entry.condition is not None
    for value in _with_egfr(measured_values(entry), patient, entry.day):
        for conclusion in conclusions(value):
            if conclusion.answer is NO and own_condition:
                continue
            finding = FindingEntry(
                place=entry.place,
                day=entry.day,
                minute=entry.minute,
                time=entry.time,
                by=entry.by,
                approximate=entry.approximate,
                what=conclusion.condition,
                state="present" if conclusion.answer is YES else "absent",
                method=entry.method if isinstance(entry, FindingEntry) else None,
                result=value.shown,
            )
            yield Derived(finding, conclusion.firm)


def needs_patient(entry: NumberEntry) -> bool:
    """Whether what the numbers of an entry come to hangs on the patient's age and sex."""
    return any(value.quantity.id == "creatinine" for value in measured_values(entry))


def _with_egfr(values: tuple[Measured, ...], patient: Patient, day: int) -> Iterator[Measured]:
    age = patient.age_on(day)
    for value in values:
        yield value
        adult = age is not None and age >= ADULT
        if value.quantity is QUANTITIES["creatinine"] and adult and patient.sex in ("female", "male"):
            assert age is not None
            yield egfr_of_creatinine(value, age, patient.sex == "female")
