"""Daylio: a row an entry, several a day, with a mood in a word and the activities in one cell."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.imports.shapes.dates import clock_text
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.meanings import settle
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable
from assuage.imports.written_dates import moment_written

# The moods that come with the app; a person may rename them, and add others.
_MOODS = {"awful": 1, "bad": 2, "meh": 3, "good": 4, "rad": 5}
_SPLIT = "|"


def _prepare(table: SourceTable) -> SourceTable:
    # An older version wrote the year in a column of its own.
    old = "year" in table.keys
    headers = tuple(header for header in table.headers if not (old and header.lower() == "year"))
    if old:
        headers = ("full_date", *headers)

    def cells_of(cells: Cells) -> Cells:
        prepared = {header: cells.get(header.lower(), "") for header in headers}
        if old:
            prepared["full_date"] = _on(cells["date"], cells["year"])
        time = next(header for header in headers if header.lower() == "time")
        return {**prepared, time: clock_text(prepared[time]) or prepared[time]}

    return with_columns(table, headers, cells_of)


def _on(day: str, year: str) -> str:
    """The date of `18 May` or `May 18` and `2018`; the cells as they are where they are none."""
    for form in ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y"):
        read = moment_written(f"{day} {year}", form)
        if read is not None:
            return read.date().isoformat()
    return f"{day} {year}"


def _fits(table: SourceTable) -> bool:
    return set(table.keys) >= {"date", "weekday", "time", "mood", "activities", "note"} and bool(
        {"full_date", "year"} & set(table.keys)
    )


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day", "date": "full_date", "time": "time", "starts_on": "first"})
    draft.whose(patient)
    moods = {cell.casefold() for cell in table.column("mood")}
    if moods - set(_MOODS):
        ordered = {
            word: _MOODS.get(word, 0) for word in sorted(moods, key=lambda word: (word not in _MOODS, word))
        }
        draft.ask(
            "mood",
            message("shape.which-moods", words=tuple(sorted(moods - set(_MOODS)))),
            {"kind": "rating", "name": "mood", "lowest": 1, "highest": 5, "words": ordered},
        )
    elif moods:
        draft.columns["mood"] = {
            "kind": "rating",
            "name": "mood",
            "lowest": 1,
            "highest": 5,
            "words": dict(_MOODS),
        }
    activities = dict.fromkeys(
        part.strip() for cell in table.column("activities") for part in cell.split(_SPLIT) if part.strip()
    )
    if activities:
        parts = {name: _activity(name) for name in activities}
        draft.columns["activities"] = {"kind": "exposure", "split": _SPLIT, "parts": parts}
    for header in table.headers:
        key = header.lower()
        if key in ("full_date", "time") or header in draft.columns:
            continue
        if key in ("note", "note_title") and table.column(header):
            draft.columns[header] = {"kind": "note"}
        elif key in ("date", "weekday"):
            draft.leave(header, message("shape.left-weekday"))
        elif not table.column(header):
            draft.leave(header, message("shape.blank-column"))
        elif key != "mood":
            draft.leave(header, message("shape.left-unknown"))
    return draft


def _activity(name: str) -> dict[str, object]:
    """What an activity is, by its name: a symptom, a therapy or a factor of the person's own."""
    settled = settle(name, ["yes"], ".")
    if isinstance(settled, tuple):
        return {
            key: value for key, value in settled[0].items() if key in ("kind", "what", "name", "drug", "site")
        }
    return {"kind": "exposure", "name": name}


DAYLIO = KnownShape(
    "daylio",
    "Daylio",
    "seen",
    "the header in ten public programs that read or write it, with and without `note_title`; clocks of 12 and 24 "
    "hours",
    "the mood as a rating from 1 to 5 by the words that come with the app (others are asked about); each activity "
    "as a symptom, a therapy or an exposure by its name; notes and their titles",
    "the weekday and the second writing of the date; `scales`, whose cells nobody here has seen. An activity that is "
    "not named is not a no",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
