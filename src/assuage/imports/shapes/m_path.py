"""m-Path: a row a questionnaire that was sent, with moments in seconds and the offset of the person's clock."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.columns import decimal_of
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.meanings import add_column
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

_ABOUT_THE_BEEP = frozenset(
    (
        *(
            "connectionid",
            "legacycode",
            "code",
            "alias",
            "initials",
            "accountcode",
            "scheduledbeepid",
            "sentbeepid",
        ),
        *("reminderfororiginalsentbeepid", "questionlistname", "questionlistlabel", "fromprotocolname"),
        *("timestampscheduled", "timestampsent", "timestampstart", "timestampstop", "originaltimestampsent"),
        *("timezoneoffset", "deltautc"),
    )
)
# The kinds of question behind the last underline whose answers are numbers from 0 to 100, unless the study set others.
_SLIDERS = ("_sliderneutralpos", "_slidernegpos")
_ANSWERED = ("_multiplechoice_index", "_multiplechoice_likert", "_imagechoice_index", "_imagechoice_likert")
_NO_ANSWERS = (
    *(
        "_basic",
        "_button",
        "_audio",
        "_video",
        "_picture",
        "_recording_filename",
        "_recording_metadata",
        "_location",
    ),
    *("_bluetooth", "_continuousline", "_noise", "_appusage_apps", "_appusage_usage"),
)


def _prepare(table: SourceTable) -> SourceTable:
    """The table with the day and time at which a questionnaire was begun; one that nobody began is left out."""
    headers = [header for header in table.headers if header.lower() not in _ABOUT_THE_BEEP]

    def cells_of(cells: Cells) -> Cells | Message:
        begun = _number(cells["timestampstart"])
        if not begun:
            return message("shape.not-answered")
        # Seconds of the person's own clock: read as if it were that of Greenwich.
        moment = datetime.fromtimestamp(begun + (_number(cells.get("timezoneoffset", "")) or 0), UTC)
        return {
            "patient": cells.get("alias") or cells.get("code") or cells["connectionid"],
            "date": moment.date().isoformat(),
            "time": f"{moment:%H:%M}",
            **{header: _unquoted(cells[header.lower()]) for header in headers},
        }

    return with_columns(table, ("patient", "date", "time", *headers), cells_of)


def _number(cell: str) -> int | None:
    digits = cell.partition(".")[0].partition(",")[0].lstrip("-")
    return (
        int(cell.partition(".")[0].partition(",")[0])
        if digits.isascii() and digits.isdigit() and len(digits) < 12
        else None
    )


def _unquoted(cell: str) -> str:
    """The texts of a cell without the quotation marks that stand around each."""
    if '"' not in cell:
        return cell
    return "|".join(part.strip() for part in next(csv.reader([cell]), list[str]()))


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day", "date": "date", "time": "time", "starts_on": "first"})
    draft.whose(patient, "patient")
    if patient is not None:
        draft.leave("patient", message("shape.left-patient"))
    headers = [header for header in table.headers if header not in ("patient", "date", "time")]
    cells = {header: [row.cells[header.lower()] for row in table.rows] for header in headers}
    decimal = decimal_of(list(cells.values()))
    if decimal == ",":
        draft.diary["decimal"] = decimal
    for header in headers:
        key = header.lower()
        if key.endswith(_NO_ANSWERS):
            draft.leave(header, message("shape.left-no-answer"))
        elif key.endswith(_ANSWERED):
            draft.leave(header, message("shape.left-elsewhere"))
        elif key.endswith(_SLIDERS) and any(cells[header]):
            _slider(draft, header, cells[header], decimal)
        else:
            label = header.rpartition("_")[0]
            add_column(draft, header, cells[header], decimal, label)
    return draft


def _slider(draft: Draft, header: str, cells: list[str], decimal: str) -> None:
    """A slider goes from 0 to 100: what its name says of a scale is read from these ends."""
    add_column(draft, header, cells, decimal, header.rpartition("_")[0])
    meaning = draft.columns.get(header)
    if meaning is None:
        draft.asks[:] = [ask for ask in draft.asks if ask.place != header]
        draft.left[:] = [left for left in draft.left if left.header != header]
        meaning = {"kind": "rating", "name": header.rpartition("_")[0] or header}
    if meaning["kind"] == "rating":
        draft.columns[header] = {**meaning, "lowest": 0, "highest": 100}
    elif meaning["kind"] == "score":
        draft.columns[header] = {**meaning, "from": [0, 100]}
    draft.taken[:] = [taken for taken in draft.taken if taken.place != header]
    draft.take(header, message("shape.taken-slider"))


M_PATH = KnownShape(
    "m-path",
    "m-Path",
    "seen",
    "the columns of its export and the kinds of its questions in the test files of its makers' own reader",
    "each questionnaire that was begun, at the day and time of the person's clock; sliders from 0 to 100, on our "
    "scale where the name says one, else as ratings; other questions by their name and cells",
    "questionnaires that nobody began; what tells of the sending; pictures, recordings, places and games; the index "
    "beside the text of a choice",
    _draft,
    frozenset({"connectionid", "timestampstart", "timestampsent", "questionlistname"}),
    prepare=_prepare,
)
