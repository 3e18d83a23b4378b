"""Numbers of which it hangs on age and sex what they come to: a creatinine, by the eGFR that follows from it.

A thousand people have a thousand of them, and few of these decide another condition than the rest.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from assuage.record.care_entries import MeasurementEntry
from assuage.record.derived import measured_values, needs_patient, values_of_person
from assuage.record.entries import AnyEntry, Patient
from assuage.record.timeline import Timeline
from assuage.terms.measured import Conclusion, Measured, conclusions
from assuage.terms.quantities import QUANTITIES


def numbers_by_person(entry: AnyEntry, alone: Timeline) -> tuple[Measured, ...]:
    """The numbers of an entry that come to something else for another person; `alone` is its timeline."""
    entries = (entry,) if isinstance(entry, MeasurementEntry) else alone.findings()
    return tuple(value for each in entries if needs_patient(each) for value in measured_values(each))


def told_of_person(numbers: tuple[Measured, ...], person: Patient) -> tuple[tuple[Conclusion, ...], ...]:
    """What such numbers decide for a person of that age, number by number.

    One in multiples of an upper limit is left out: what it decides it decides for everybody.
    """
    return tuple(
        _decided(value.quantity.id, value.low, value.high, (value.low_open, value.high_open))
        for value in values_of_person(numbers, person, 0)
        if value.limits is None
    )


@cache
def _decided(quantity: str, low: Fraction, high: Fraction, ends: tuple[bool, bool]) -> tuple[Conclusion, ...]:
    return tuple(conclusions(Measured(QUANTITIES[quantity], low, high, "", *ends)))
