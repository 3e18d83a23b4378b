"""What the exports of watches and rings have in common: a row a day, whose columns have fixed meanings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from assuage.catalogue.message import message
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


def a_row_a_day(
    table: SourceTable,
    patient: str | None,
    day: str,
    known: Mapping[str, Meaning],
    time: str | None = None,
    elsewhere: Collection[str] = (),
) -> Draft:
    """The draft of a table with a row a day: its day, its patient, and the columns that are known.

    `time` is the column of the time of day, where a row is a moment; `elsewhere` are columns, in lower case, of which
    another one says what they say.
    """
    draft = Draft({"layout": "day", "date": day, "starts_on": "first", "blank": BLANK})
    if time is not None:
        draft.diary["time"] = time
    put_format(draft, table.column(day))
    draft.whose(patient)
    put_numbers(draft, [cell for row in table.rows for key, cell in row.cells.items() if key != day.lower()])
    repeating = [header for header in table.headers if header.lower() in elsewhere]
    for header in repeating:
        draft.leave(header, message("shape.left-elsewhere"))
    known_columns(draft, table, known, used=(day, *repeating) if time is None else (day, time, *repeating))
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


_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:[+-]\d{2}:?\d{2})?", re.ASCII
)
_NOON = timedelta(hours=12)


def clock_moment(text: str) -> datetime | None:
    """The moment of `2026-01-05 23:10:00`, by the clock that it was written by; an offset behind it is that clock's.

    None for anything else, and for a moment of UTC (`Z`), whose day on the person's clock nobody can see.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        return None


def evening_of(fell_asleep: datetime) -> date:
    """The day that a night follows: who falls asleep before noon fell asleep in the night after the day before."""
    return (fell_asleep - _NOON).date()


def is_dated(table: SourceTable, header: str) -> bool:
    """Whether a column holds days."""
    return bool(date_readings(table.column(header)))
