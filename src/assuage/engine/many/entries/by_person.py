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

_EGFR = QUANTITIES["egfr"]


def numbers_by_person(entry: AnyEntry, alone: Timeline) -> tuple[Measured, ...]:
    """The numbers of an entry that come to something else for another person; `alone` is its timeline."""
    entries = (entry,) if isinstance(entry, MeasurementEntry) else alone.findings()
    return tuple(value for each in entries if needs_patient(each) for value in measured_values(each))


def told_of_person(numbers: tuple[Measured, ...], person: Patient) -> tuple[tuple[Conclusion, ...], ...]:
    """What follows from such numbers for a person of that age, number by number; what they decide for all is not said.

    An eGFR is a whole number, as laboratories report it.
    """
    followed = (value for value in values_of_person(numbers, person, 0) if value.quantity is _EGFR)
    return tuple(
        _decided(f"{int(value.low)} {int(value.high)} {value.low_open:d} {value.high_open:d}")
        for value in followed
    )


@cache
def _decided(egfr: str) -> tuple[Conclusion, ...]:
    """What an eGFR decides: its ends, and whether each is open."""
    low, high, low_open, high_open = map(int, egfr.split())
    ends = Fraction(low), Fraction(high)
    return tuple(conclusions(Measured(_EGFR, *ends, "", bool(low_open), bool(high_open))))
