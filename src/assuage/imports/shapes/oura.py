"""Oura: the trends as CSV, and the days and nights of its interface as JSON."""

from __future__ import annotations

from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, measured, rated
from assuage.imports.tables.source import SourceTable

_SECONDS = ("total sleep duration", "rem sleep duration", "deep sleep duration", "awake time")
_KNOWN = {
    "total sleep duration": amount("sleep", "min", night=True),
    "rem sleep duration": amount("REM sleep", "min", night=True),
    "deep sleep duration": amount("deep sleep", "min", night=True),
    "awake time": amount("time awake in bed", "min", night=True),
    "sleep efficiency": amount("sleep efficiency", "%", night=True),
    "sleep score": rated("sleep score", night=True),
    "readiness score": rated("readiness score"),
    "activity score": rated("activity score"),
    "average resting heart rate": measured("resting heart rate", "bpm"),
    "lowest resting heart rate": measured("lowest heart rate of the night", "bpm"),
    "average hrv": measured("heart rate variability", "ms"),
    "temperature deviation": measured("deviation of skin temperature", "°C"),
    "respiratory rate": measured("respiratory rate", "/min"),
    "steps": amount("steps", "steps"),
    "activity burn": amount("active energy", "kcal"),
}
# Ours: nobody sleeps for more than a day, so a night above this number is in seconds.
_A_DAY = 1440


def _words(header: str) -> str:
    return header.lower().replace("_", " ").replace("lowest heart rate", "lowest resting heart rate")


def _fits(table: SourceTable) -> bool:
    keys = {_words(key) for key in table.keys}
    return bool({"date", "day"} & keys) and (
        "total sleep duration" in keys or {"readiness score", "activity score"} <= keys
    )


def _prepare(table: SourceTable) -> SourceTable:
    """The table with its day under `date`, headers in words, and lengths of sleep in minutes."""
    day = next(header for header in table.headers if header.lower() in ("date", "day"))
    others = {header: _words(header) for header in table.headers if header != day}
    nights = [
        int(cell)
        for key, word in others.items()
        if word == _SECONDS[0]
        for cell in table.column(key)
        if cell.isdigit()
    ]
    seconds = any(night > _A_DAY for night in nights)

    def cells_of(cells: Cells) -> Cells:
        prepared = {word: cells[header.lower()] for header, word in others.items()}
        for word in _SECONDS:
            if seconds and prepared.get(word, "").isdigit():
                prepared[word] = f"{int(prepared[word]) / 60:g}"
        return {"date": cells[day.lower()], **prepared}

    return with_columns(table, ("date", *others.values()), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, "date", _KNOWN)


OURA = KnownShape(
    "oura",
    "Oura",
    "seen",
    "the columns of the trends, in seconds and in minutes, in the tests of one public program; the names of the "
    "JSON in the code of six",
    "minutes of sleep of the night before and their kinds; scores as ratings; heart rate, its variability and "
    "temperature as measurements; steps and active energy as exposures",
    "contributions to scores, moments, and lists within a day",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
