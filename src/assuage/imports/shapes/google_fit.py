"""Google Fit: the daily summaries of Takeout, a row a day."""

from __future__ import annotations

import re

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape, draft_of_nothing
from assuage.imports.shapes.wearables import a_row_a_day, amount, measured
from assuage.imports.tables.source import SourceTable

_KNOWN = {
    "move minutes count": amount("activity", "min"),
    "distance (m)": amount("distance", "m"),
    "heart points": amount("heart points", "points"),
    "step count": amount("steps", "steps"),
    "average heart rate (bpm)": measured("average heart rate", "bpm"),
    "max heart rate (bpm)": measured("highest heart rate", "bpm"),
    "min heart rate (bpm)": measured("lowest heart rate", "bpm"),
    "average weight (kg)": measured("weight", "kg"),
}
_NEVER_0 = ("heart rate (bpm)", "weight (kg)")
_ZERO = re.compile(r"0*(?:[.,]0*)?", re.ASCII)


def _prepare(table: SourceTable) -> SourceTable:
    """The days on which something was recorded; a pulse or a weight of 0 was not measured."""

    def cells_of(cells: Cells) -> Cells | Message:
        if all(_ZERO.fullmatch(cell) for key, cell in cells.items() if key != "date"):
            return message("shape.all-zero")
        return {
            header: ""
            if header.lower().endswith(_NEVER_0) and _ZERO.fullmatch(cells[header.lower()])
            else cell
            for header, cell in ((header, cells[header.lower()]) for header in table.headers)
        }

    return with_columns(table, table.headers, cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, next(each for each in table.headers if each.lower() == "date"), _KNOWN)


_SEEN = (
    "the columns of the daily summaries and days that are filled up with 0 in the tests of nine public programs that "
    "read them"
)
GOOGLE_FIT = (
    KnownShape(
        "google-fit",
        "Google Fit (Takeout), daily summaries",
        "seen",
        _SEEN,
        "steps, minutes of activity, distance and heart points as exposures; heart rate and weight as measurements",
        "days on which every number is 0, which the export fills up; calories, speeds, and lengths in milliseconds: "
        "sleep is cut at midnight there, and is of no night",
        _draft,
        frozenset({"date", "move minutes count", "step count"}),
        prepare=_prepare,
    ),
    KnownShape(
        "google-fit-quarters",
        "Google Fit (Takeout), quarters of an hour of one day",
        "memory",
        "",
        "nothing: the daily summaries say it",
        "all of it",
        draft_of_nothing,
        frozenset({"start time", "end time", "move minutes count"}),
    ),
)
