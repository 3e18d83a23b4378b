"""What the exports of watches and rings have in common: a row a day, whose columns have fixed meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assuage.imports.shapes.dates import date_readings
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.guess import put_format
from assuage.imports.shapes.prepared import known_columns
from assuage.imports.tables.source import SourceTable

_NUMBER = re.compile(r"-?[0-9][0-9.,]*")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
BLANK = ["--", "-", "n/a", "null"]


def amount(name: str, unit: str, *, night: bool = False) -> Meaning:
    """How much of something there was, as an exposure; of the night that ended on the day."""
    return {"kind": "exposure", "name": name, "unit": unit, **({"night": "before"} if night else {})}


def measured(what: str, unit: str) -> Meaning:
    """Something that a device measured."""
    return {"kind": "measurement", "what": what, "unit": unit}


def rated(name: str, highest: float = 100, *, night: bool = False) -> Meaning:
    """A score that a device gives, on its own scale from 0."""
    return {
        "kind": "rating", "name": name, "lowest": 0, "highest": highest, **({"night": "before"} if night else {})
    }  # fmt: skip


def a_row_a_day(table: SourceTable, patient: str | None, day: str, known: Mapping[str, Meaning]) -> Draft:
    """The draft of a table with a row a day: its day, its patient, and the columns that are known."""
    draft = Draft({"layout": "day", "date": day, "starts_on": "first", "blank": BLANK})
    put_format(draft, table.column(day))
    draft.whose(patient)
    put_numbers(draft, [cell for row in table.rows for key, cell in row.cells.items() if key != day.lower()])
    known_columns(draft, table, known, used=(day,))
    return draft


def put_numbers(draft: Draft, cells: Iterable[str]) -> None:
    """Put the mark of fractions and that of thousands into a draft, as the numbers of the table show them.

    `11,204` is read as thousands unless another number has a comma that can only be one of fractions.
    """
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    if any("," in cell and not _THOUSANDS.fullmatch(cell) for cell in numbers):
        draft.diary["decimal"] = ","
        if any("." in cell for cell in numbers):
            draft.diary["thousands"] = "."
    elif any("," in cell for cell in numbers):
        draft.diary["thousands"] = ","


def is_dated(table: SourceTable, header: str) -> bool:
    """Whether a column holds days."""
    return bool(date_readings(table.column(header)))
