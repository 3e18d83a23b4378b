"""Garmin: reports of Garmin Connect as CSV, and the daily summaries (`UDSFile`) of the whole export as JSON."""

from __future__ import annotations

from assuage.imports.lasting import minutes_of
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, is_dated, measured, rated
from assuage.imports.tables.source import SourceTable

_KNOWN = {
    "score": rated("sleep score", night=True),
    "sleep score": rated("sleep score", night=True),
    "duration": amount("sleep", "min", night=True),
    "resting heart rate": measured("resting heart rate", "bpm"),
    "resting hr": measured("resting heart rate", "bpm"),
    "restingheartrate": measured("resting heart rate", "bpm"),
    "pulse ox": measured("oxygen saturation", "%"),
    "respiration": measured("respiratory rate", "/min"),
    "hrv status": measured("heart rate variability", "ms"),
    "7 day average hrv": measured("heart rate variability, average of 7 days", "ms"),
    "body battery": amount("body battery", "of 100"),
    "body battery charge": amount("body battery charged", "of 100", night=True),
    "steps": amount("steps", "steps"),
    "actual": amount("steps", "steps"),
    "totalsteps": amount("steps", "steps"),
    "totaldistancemeters": amount("distance", "m"),
    "activekilocalories": amount("active energy", "kcal"),
    "moderateintensityminutes": amount("moderate activity", "min"),
    "vigorousintensityminutes": amount("vigorous activity", "min"),
    "stress": amount("stress of the watch", "of 100"),
}
_DAY = "date"


def _first(table: SourceTable) -> str:
    """The column of the day: the first of a report, whatever its name, and `calendarDate` of a summary."""
    return next(
        (header for header in table.headers if header.lower().startswith("calendardate")), table.headers[0]
    )


def _fits(table: SourceTable) -> bool:
    keys = frozenset(table.keys)
    first = table.headers[0].lower() if table.headers else ""
    sleep = first.startswith("sleep score") and keys >= {"score", "duration"}
    steps = keys >= {"actual", "goal"} and len(keys) <= 3
    summary = "totalsteps" in keys and any(key.startswith("calendardate") for key in keys)
    watch = keys >= {"date", "steps", "stress"} and bool(
        keys & {"resting hr", "resting heart rate", "sleep score"}
    )
    return (sleep or steps or summary or watch) and (
        summary or is_dated(table, _first(table)) or "" in table.keys
    )


def _prepare(table: SourceTable) -> SourceTable:
    """The table with its day under `date`, and durations in minutes."""
    day = _first(table)
    others = tuple(header for header in table.headers if header != day and header)

    def cells_of(cells: Cells) -> Cells:
        prepared = {header: cells[header.lower()].lstrip("+") for header in others}
        for header in others:
            minutes = minutes_of(prepared[header]) if header.lower() in ("duration", "sleep need") else None
            prepared[header] = str(minutes) if minutes is not None else prepared[header]
        return {**prepared, _DAY: cells[day.lower()]}

    return with_columns(table, (_DAY, *others), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, _DAY, _KNOWN)


GARMIN = KnownShape(
    "garmin",
    "Garmin",
    "seen",
    "the report of sleep (7 days, 4 weeks) and of steps in the tests of public programs that read them; the names "
    "in the daily summaries of the whole export in a description of one",
    "steps, distance, activity, stress and body battery as exposures; minutes of sleep of the night before; sleep "
    "score as a rating; heart rate, its variability, oxygen and breathing as measurements",
    "goals, bedtimes, quality in words, and reports of weeks; files of the watch itself (FIT)",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
