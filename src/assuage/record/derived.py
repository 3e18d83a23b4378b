"""What the numbers of an entry come to: findings of conditions that name their number, with the entry's own day.

A number of a finding (`QTc 510 ms`) is read where it is read whole. It adds that a condition is present; that one is
absent it only says where the finding is of no condition itself, for what a person found outweighs what we conclude.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assuage.record.entries import FindingEntry, Patient
from assuage.terms.answers import NO, YES
from assuage.terms.measured import Measured, conclusions, egfr_of_creatinine, measured_in_text
from assuage.terms.quantities import QUANTITIES

ADULT = 18  # the equations of CKD-EPI are those of adults


class Derived(NamedTuple):
    """A finding that a number comes to; not `firm` where it only counts if nobody said anything else."""

    finding: FindingEntry
    firm: bool


def measured_values(entry: FindingEntry) -> tuple[Measured, ...]:
    """The values that an entry states; none where it is said to be unknown."""
    return () if entry.state == "unknown" else measured_in_text(entry.what, entry.result)


def derived_findings(entry: FindingEntry, patient: Patient) -> Iterator[Derived]:
    """The findings that the numbers of an entry come to, those of a creatinine by the patient's age and sex."""
    own_condition = entry.condition is not None
    for value in _with_egfr(measured_values(entry), patient, entry.day):
        for conclusion in conclusions(value):
            if conclusion.answer is NO and own_condition:
                continue
            finding = FindingEntry(
                place=entry.place,
                day=entry.day,
                minute=entry.minute,
                by=entry.by,
                approximate=entry.approximate,
                what=conclusion.condition,
                state="present" if conclusion.answer is YES else "absent",
                method=entry.method,
                result=value.shown,
            )
            yield Derived(finding, conclusion.firm)


def needs_patient(entry: FindingEntry) -> bool:
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
