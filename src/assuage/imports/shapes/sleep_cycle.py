"""Sleep Cycle: a night a row, with what was noted of the evening before it."""

from __future__ import annotations

import re

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, clock_moment, evening_of, measured, rated
from assuage.imports.tables.source import SourceTable, number_text

_ON_WAKING = {":(": 1, ":|": 2, ":)": 3}
_SECONDS = {
    "time in bed": "time in bed",
    "time asleep": "sleep",
    "awake": "time awake in bed",
    "dream": "REM sleep",
    "light": "light sleep",
    "deep": "deep sleep",
}
_KNOWN = {
    "sleep quality": rated("sleep quality", night=True),
    **{f"{name} (min)": amount(called, "min", night=True) for name, called in _SECONDS.items()},
    "wake up": {
        "kind": "rating", "name": "mood on waking", "lowest": 1, "highest": 3, "words": _ON_WAKING, "night": "before",
    },
    "heart rate": measured("heart rate", "bpm"),
    "heart rate (bpm)": measured("heart rate", "bpm"),
}  # fmt: skip
_HOURS_AND_MINUTES = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_NOTES = ("sleep notes", "notes")
_BETWEEN = ":"
_NOTED = "noted of the evening"


def _minutes(header: str, cell: str) -> str:
    """The minutes of `6:50`, or of seconds; "" for what is neither."""
    match = _HOURS_AND_MINUTES.fullmatch(cell)
    if match is not None:
        return str(int(match[1]) * 60 + int(match[2]))
    if "seconds" in header and re.fullmatch(r"\d+(?:\.\d+)?", cell, re.ASCII):
        return number_text(round(float(cell) / 60, 1))
    return ""


def _of_length(header: str) -> str | None:
    """The column in minutes that a column of lengths becomes; None for a column that is none."""
    name = header.lower().partition("(")[0].strip()
    return f"{name} (min)" if name in _SECONDS else None


def _prepare(table: SourceTable) -> SourceTable:
    """The nights under the day on which they ended, lengths in minutes; a pulse of 0 was not measured."""
    lengths = {header: of for header in table.headers if (of := _of_length(header)) is not None}
    others = tuple(header for header in table.headers if header not in lengths)

    def cells_of(cells: Cells) -> Cells | Message:
        woke = clock_moment(cells["end"])
        if woke is None:
            return message("shape.no-waking")
        prepared = {header: cells[header.lower()] for header in others}
        for header in others:
            if header.lower().startswith("heart rate") and prepared[header] in ("0", "0.0"):
                prepared[header] = ""
        minutes = {of: _minutes(header.lower(), cells[header.lower()]) for header, of in lengths.items()}
        return {**prepared, **minutes, "date": woke.date().isoformat()}

    return with_columns(table, ("date", *others, *lengths.values()), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = a_row_a_day(table, patient, "date", _KNOWN, elsewhere=("start", "end", *_NOTES))
    draft.diary["blank"] = [*draft.diary["blank"], "—"]
    return draft


def _prepare_notes(table: SourceTable) -> SourceTable:
    """What was noted, under the day that went before the night."""
    notes = next((key for key in _NOTES if key in table.keys), _NOTES[0])

    def cells_of(cells: Cells) -> Cells | Message:
        asleep = clock_moment(cells["start"])
        if asleep is None:
            return message("shape.no-beginning")
        noted = cells.get(notes, "")
        if not noted:
            return message("shape.nothing-noted")
        return {"date": evening_of(asleep).isoformat(), _NOTED: noted}

    return with_columns(table, ("date", _NOTED), cells_of)


def _notes(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day", "date": "date", "starts_on": "first"})
    draft.whose(patient)
    noted = dict.fromkeys(
        part.strip() for cell in table.column(_NOTED) for part in cell.split(_BETWEEN) if part.strip()
    )
    if noted:
        parts = {name: {"name": name} for name in noted}
        draft.columns[_NOTED] = {"kind": "exposure", "split": _BETWEEN, "parts": parts}
    return draft


_SEEN = (
    "the header of an older export with `Wake up` and of a newer one in seconds, with rows, in the code and tests of "
    "four public programs that read it; that what is noted is of the evening before, from memory"
)
SLEEP_CYCLE = KnownShape(
    "sleep-cycle",
    "Sleep Cycle",
    "seen",
    _SEEN,
    "sleep quality as a rating from 0 to 100, minutes of the night that ended on the day, the face on waking as a "
    "rating from 1 to 3, the pulse; what was noted as exposures on the day before the night",
    "steps, whose day the file does not say; snoring, weather, places, the alarm. What is not noted is not a no",
    _draft,
    frozenset({"start", "end", "sleep quality"}),
    fits=lambda table: any(key.startswith("time in bed") for key in table.keys),
    prepare=_prepare,
    also=KnownShape(
        "sleep-cycle-notes",
        "Sleep Cycle, what was noted",
        "seen",
        _SEEN,
        "what was noted as exposures",
        "nights of which nothing was noted",
        _notes,
        prepare=_prepare_notes,
    ),
)
