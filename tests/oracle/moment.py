"""A patient and a moment: what is known at the end of a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from tests.oracle.pages import says
from tests.oracle.record import Entry

Values = dict[int, tuple[Fraction, Fraction]]
"""Each day that has a value, and from where to where it lies."""


@dataclass
class Patient:
    """All entries of a record that count, in order; day values are kept, for they are asked for again."""

    entries: list[Entry]
    kept: dict[tuple[str, tuple[str, ...]], Values] = field(default_factory=dict)


@dataclass
class Moment:
    """The end of a day: what is known by then, when the pathway was started, when the phase was entered."""

    patient: Patient
    day: int
    started: int | None
    entered: int | None

    @cached_property
    @says("windows", "Nothing recorded later is seen")
    def known(self) -> list[Entry]:
        return [entry for entry in self.patient.entries if entry.day <= self.day]

    @says("nodes", "Today and the days before it, `span` days in all")
    @says("windows", "The past seven days are today and the six days before")
    def past(self, span: int) -> range:
        return range(self.day - span + 1, self.day + 1)
