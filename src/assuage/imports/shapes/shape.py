"""What is said of a known shape: how it is recognised, its rows made ready, its columns read, who saw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assuage.imports.shapes.draft import Draft
from assuage.imports.tables.source import SourceTable
from assuage.record.entries import Sex

Evidence = Literal["seen", "memory"]


def as_it_is(table: SourceTable) -> SourceTable:
    """The table, unchanged."""
    return table


def draft_of_nothing(_table: SourceTable, _patient: str | None) -> Draft:
    """An empty draft: another table says what these rows say, or they are of no day."""
    return Draft({"layout": "day"})


@dataclass(frozen=True)
class PatientFacts:
    """What a table of patients says of one: sex, and the day of birth or its year alone."""

    sex: Sex | None = None
    born: date | None = None
    year: int | None = None

    def age_on(self, day: date) -> int | None:
        """The age in whole years; None where only the year is known and the birthday decides, or nothing is."""
        if self.born is not None and self.born <= day:
            return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))
        return None


@dataclass(frozen=True)
class KnownShape:
    """One kind of table that programs write.

    `must` are headers that all have to be there, in lower case; `fits` asks for more where they do not suffice.
    `evidence` is "seen" where an export or the code of somebody who reads or writes one was looked at, and `of` says
    which; else "memory". `comes_in` and `stays_out` are for the page of shapes. `facts` is there where a table says who
    patients are and nothing that happened. `also` reads the same rows once more, for what happened on another day.
    """

    id: str
    title: str
    evidence: Evidence
    of: str
    comes_in: str
    stays_out: str
    draft: Callable[[SourceTable, str | None], Draft]
    must: frozenset[str] = frozenset()
    fits: Callable[[SourceTable], bool] = lambda table: True
    prepare: Callable[[SourceTable], SourceTable] = as_it_is
    facts: Callable[[SourceTable], Mapping[str, PatientFacts]] | None = None
    also: KnownShape | None = None

    def is_of(self, table: SourceTable) -> bool:
        """Whether a table has this shape."""
        return self.must <= frozenset(table.keys) and self.fits(table)
