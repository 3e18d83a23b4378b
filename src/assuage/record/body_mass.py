"""The body mass index that a weight and a height come to, which were measured apart and at different times."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from assuage.record.care_entries import MeasurementEntry
from assuage.record.derived import (
    ADULT,
    Derived,
    NumberEntry,
    NumberOn,
    PairFinding,
    lapsed_by,
    measured_values,
)
from assuage.record.entries import AnyEntry, FindingEntry, Record
from assuage.record.stated import restated
from assuage.terms.answers import YES
from assuage.terms.holds import NUMBER_HOLDS
from assuage.terms.measured import bmi_of, conclusions

WEIGHT, HEIGHT, INDEX = "weight", "height", "bmi"
# For how many days each of the two says what both come to.
BODY_HOLDS = {quantity: NUMBER_HOLDS[quantity] for quantity in (WEIGHT, HEIGHT)}


def bodies_in(entry: NumberEntry) -> Iterator[NumberOn]:
    """The weight, the height and the body mass index that an entry states."""
    for value in measured_values(entry):
        if value.quantity.id in (WEIGHT, HEIGHT, INDEX):
            yield NumberOn(value, entry)


class BodyMass:
    """The latest weight, height and stated index of a patient, and what the first two come to."""

    def __init__(self, known: dict[str, NumberOn] | None = None) -> None:
        self._known = known or {}

    def copy(self) -> BodyMass:
        """The same, to which other entries may follow."""
        return BodyMass({**self._known})

    def followed_by(self, entry: AnyEntry, record: Record) -> Iterator[Derived]:
        """What weight and height come to with an entry that states one of them; nothing without the other.

        The index of a child goes by its age, and one that somebody stated since the weight outranks ours. An entry in
        dispute rules nothing out.
        """
        numbers = tuple(bodies_in(entry)) if isinstance(entry, FindingEntry | MeasurementEntry) else ()
        self._known |= {number.value.quantity.id: number for number in numbers}
        weight, height, stated = (self._known.get(quantity) for quantity in (WEIGHT, HEIGHT, INDEX))
        if weight is None or height is None or (weight not in numbers and height not in numbers):
            return
        age = record.patient.age_on(height.entry.day)
        if (age is not None and age < ADULT) or (stated and stated.entry.day >= weight.entry.day):
            return
        index = bmi_of(weight.value, height.value)
        for conclusion in conclusions(index) if index else ():
            assert index is not None
            there = conclusion.answer is YES
            told = restated(entry, conclusion.condition, "present" if there else "absent", index.shown, None)
            finding = PairFinding(**asdict(told), quantity=INDEX, of=(weight, height))
            disputed = not {weight.entry.place, height.entry.place}.isdisjoint(record.disputes)
            if lapsed_by(conclusion.condition, finding, entry.day) is None and (there or not disputed):
                yield Derived(finding, firm=True)
