"""Fitbit: the monthly export with its parts Body, Activities and Sleep, and files of the whole export as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from assuage.catalogue.message import message
from assuage.imports.foreign import DiaryRow
from assuage.imports.shapes.dates import date_readings
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount
from assuage.imports.tables.source import SourceTable, number_text

_KNOWN = {
    "steps": amount("steps", "steps"),
    "floors": amount("floors", "floors"),
    "minutes sedentary": amount("sitting", "min"),
    "minutes lightly active": amount("light activity", "min"),
    "minutes fairly active": amount("moderate activity", "min"),
    "minutes very active": amount("vigorous activity", "min"),
    "activity calories": amount("active energy", "kcal"),
    "minutes asleep": amount("sleep", "min", night=True),
    "minutes awake": amount("time awake in bed", "min", night=True),
    "number of awakenings": amount("awakenings", "awakenings", night=True),
    "minutesasleep": amount("sleep", "min", night=True),
    "minutesawake": amount("time awake in bed", "min", night=True),
}
_DAY = "date"
_MINUTES = frozenset({"datetime", "value"})


def _fits(table: SourceTable) -> bool:
    keys = frozenset(table.keys)
    monthly = keys >= {"date", "calories burned", "steps", "minutes sedentary"} or keys >= {
        "date",
        "weight",
        "bmi",
        "fat",
    }
    nights = keys >= {"start time", "end time", "minutes asleep", "minutes awake"} or keys >= {
        "dateofsleep",
        "minutesasleep",
    }
    return monthly or nights or _is_steps(table)


def _is_steps(table: SourceTable) -> bool:
    """Whether these are the steps of each minute: numbers do not say what they are of, the name of the file does."""
    return (
        table.form == "json" and frozenset(table.keys) == _MINUTES and table.name.lower().startswith("steps")
    )


def _prepare(table: SourceTable) -> SourceTable:
    keys = frozenset(table.keys)
    if _is_steps(table):
        return _summed(table)
    day = next((key for key in ("dateofsleep", "end time") if key in keys), "date")
    header = next(each for each in table.headers if each.lower() == day)
    others = tuple(each for each in table.headers if each != header)
    formats = date_readings(table.column(header))

    def cells_of(cells: Cells) -> Cells:
        on = cells[day]
        if len(formats) == 1 and formats[0].timed:
            with suppress(ValueError):
                on = datetime.strptime(on, formats[0].form).date().isoformat()  # noqa: DTZ007 - the person's clock
        return {_DAY: on, **{each: cells[each.lower()] for each in others}}

    return with_columns(table, (_DAY, *others), cells_of)


def _summed(table: SourceTable) -> SourceTable:
    """The steps of a day, out of those of its minutes; rows that are no moment and number are kept as they are."""
    formats = date_readings(table.column("datetime"))
    form = formats[0].form if formats else "%m/%d/%y %H:%M:%S"
    sums: dict[str, float] = {}
    first: dict[str, int] = {}
    odd: list[DiaryRow] = []
    for row in table.rows:
        try:
            on = datetime.strptime(row.cells["datetime"], form).date().isoformat()  # noqa: DTZ007 - the person's clock
            sums[on] = sums.get(on, 0.0) + float(row.cells["value"])
        except ValueError:
            odd.append(DiaryRow(row.number, {_DAY: row.cells["datetime"], "steps": row.cells["value"]}))
            continue
        first.setdefault(on, row.number)
    days: Iterable[DiaryRow] = (
        DiaryRow(first[on], {_DAY: on, "steps": number_text(total)}) for on, total in sums.items()
    )
    told = message("shape.summed", rows=len(table.rows) - len(odd), days=len(sums))
    return replace(table, headers=(_DAY, "steps"), rows=(*days, *odd), notices=(*table.notices, told))


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, _DAY, _KNOWN)


FITBIT = KnownShape(
    "fitbit",
    "Fitbit",
    "seen",
    "the parts of the monthly export in the code and tests of ten public programs that read or write it; the names "
    "of the JSON in the code of eight",
    "steps, floors, minutes of activity and active energy as exposures, steps of minutes summed by day; minutes "
    "asleep of the night that ended on the day",
    "distance and weight, whose units the file does not say; calories, body fat, the stages of a night",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
