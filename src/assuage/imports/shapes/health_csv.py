"""Apple Health through other apps: Health Auto Export has a row a day, Simple Health Export a row a record in UTC."""

from __future__ import annotations

import re

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, measured
from assuage.imports.tables.source import SourceTable

_DAYS = ("date", "date/time")
_NAMED = re.compile(r"(?P<name>[^\[(]+?)\s*(?:\[(?P<part>[^\]]+)\])?\s*\((?P<unit>[^)]+)\)")
_AMOUNTS = frozenset(
    (
        *("step count", "active energy", "apple exercise time", "flights climbed"),
        *("walking + running distance", "dietary caffeine"),
    )
)
_MEASURED = frozenset(
    ("resting heart rate", "heart rate variability", "blood oxygen saturation", "respiratory rate")
)
_UNITS = {"count": "number", "hr": "h", "count/min": "bpm"}
_SLEEP = "sleep analysis"
_ASLEEP = frozenset(("asleep", "total", "core", "deep", "rem", "in bed"))
_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2} 00:00:00", re.ASCII)
_RECORD = frozenset(("type", "sourcename", "sourceversion", "startdate", "enddate", "value"))


def _meaning(header: str) -> Meaning | None:
    """What a column of the app is; None for one that stays out."""
    match = _NAMED.fullmatch(header)
    if match is None:
        return None
    name, part, unit = match["name"].lower(), (match["part"] or "").lower(), match["unit"]
    words, unit = f"{name} ({part})" if part else name, _UNITS.get(unit, unit)
    if name == _SLEEP:
        return amount(words, unit, night=True) if part in _ASLEEP else None
    if name in _AMOUNTS:
        return amount(words, "steps" if name == "step count" else unit)
    return measured(words, unit) if name in _MEASURED else None


def _fits(table: SourceTable) -> bool:
    """By its first column and the names of the app, of which two may not be chance."""
    known = sum(_meaning(header) is not None for header in table.headers)
    return (
        table.keys[:1] != ()
        and table.keys[0] in _DAYS
        and known > 1
        and all(
            _MIDNIGHT.fullmatch(cell) or _MIDNIGHT.fullmatch(f"{cell} 00:00:00")
            for cell in table.column(table.headers[0])
        )
    )


def _prepare(table: SourceTable) -> SourceTable:
    """The table with days for the midnights that they are written as."""
    day = table.headers[0]

    def cells_of(cells: Cells) -> Cells:
        return {header: cells[header.lower()] for header in table.headers} | {day: cells[day.lower()][:10]}

    return with_columns(table, table.headers, cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    known = {header.lower(): meaning for header in table.headers if (meaning := _meaning(header)) is not None}
    return a_row_a_day(table, patient, table.headers[0], known)


def _asked(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day"})
    draft.ask("diary", message("shape.records-of-utc"))
    return draft


HEALTH_CSV = (
    KnownShape(
        "health-auto-export",
        "Health Auto Export, days",
        "seen",
        "the names of columns with their units in the code of ten public programs that read its exports; that a night "
        "stands on the day that it ended on, from memory",
        "steps, energy, exercise, floors and distance as exposures; hours of sleep and their kinds of the night that "
        "ended on the day; resting heart rate, its variability, oxygen and breathing as measurements",
        "every other column, named; exports by the hour, whose columns are asked about",
        _draft,
        fits=_fits,
        prepare=_prepare,
    ),
    KnownShape(
        "simple-health-export",
        "Simple Health Export",
        "seen",
        "the columns and the moments of UTC in the tests of eight public programs that read its exports",
        "nothing: its moments are those of UTC, and the day on the person's clock cannot be seen; it is asked for the "
        "export of the Health app itself, which says it",
        "all of it",
        _asked,
        _RECORD,
        lambda table: all(cell.endswith("+0000") for cell in table.column("startDate")),
    ),
)
