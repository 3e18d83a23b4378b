"""Migraine Buddy: a row an attack, with its start, how long it lasted, and lists in cells with commas."""

from __future__ import annotations

from datetime import datetime, timedelta

from assuage.catalogue.message import message
from assuage.imports.lasting import minutes_of
from assuage.imports.shapes.dates import date_readings
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.guess import put_format
from assuage.imports.shapes.meanings import settle
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

_SPLIT = ","
_ONGOING = "ongoing"
_DRUGS = ("helpful medication", "somewhat helpful medication", "unhelpful medication", "unsure medication")
_RELIEF = tuple(name.replace("medication", "non drug relief methods") for name in _DRUGS)


def _prepare(table: SourceTable) -> SourceTable:
    """The table with a column `Ended`: the start and how long it lasted, in the format of the start."""
    formats = date_readings(table.column("started"))
    form = formats[0].form if len(formats) == 1 else None

    def cells_of(cells: Cells) -> Cells:
        prepared = {header: cells[header.lower()] for header in table.headers}
        lasted = cells["lasted"].splitlines()[0].strip() if cells["lasted"] else ""
        minutes = minutes_of(lasted)
        if lasted.casefold() == _ONGOING:
            prepared["Ended"] = _ONGOING
        elif minutes is not None and form is not None:
            try:
                begins = datetime.strptime(cells["started"], form)  # noqa: DTZ007 - the person's own clock
            except ValueError:
                return prepared
            prepared["Ended"] = (begins + timedelta(minutes=minutes)).strftime(form)
        return prepared

    return with_columns(table, (*table.headers, "Ended"), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day", "date": "Started", "starts_on": "first"})
    put_format(draft, table.column("started"))
    draft.diary |= {"end": "Ended", "still_going": [_ONGOING]}
    draft.whose(patient)
    draft.row = {"kind": "symptom", "what": "migraine"}
    for header in table.headers:
        key = header.lower()
        if key in ("started", "ended"):
            continue
        if not table.column(header):
            draft.leave(header, message("shape.blank-column"))
        elif key == "pain level":
            draft.columns[header] = {"kind": "score", "scale": "pain", "site": "head"}
        elif key in ("potential triggers", *_RELIEF):
            draft.columns[header] = _parts(table, header, "exposure", "name")
        elif key in ("symptoms", "premonitory symptoms"):
            draft.columns[header] = _parts(table, header, "symptom", "what")
        elif key in _DRUGS:
            draft.columns[header] = _parts(table, header, "intake", "drug")
        elif key in ("notes", "affected activities", "pain positions", "most bothersome symptom"):
            draft.columns[header] = {"kind": "note"}
        elif key in ("#", "lasted"):
            draft.leave(header, message("shape.left-elsewhere"))
        else:
            draft.leave(header, message("shape.left-unknown"))
    return draft


def _parts(table: SourceTable, header: str, kind: str, field: str) -> dict[str, object]:
    """What each of the listed things is: the kind of the column, with its own name."""
    parts = dict.fromkeys(
        part.strip() for cell in table.column(header) for part in cell.split(_SPLIT) if part.strip()
    )
    return {"kind": kind, "split": _SPLIT, "parts": {part: _part(part, kind, field) for part in parts}}


def _part(part: str, kind: str, field: str) -> dict[str, object]:
    if kind == "symptom":
        settled = settle(part, ["yes"], ".")
        if isinstance(settled, tuple) and settled[0].get("kind") == "symptom":
            return {"what": settled[0]["what"]}
    return {field: part}


MIGRAINE_BUDDY = KnownShape(
    "migraine-buddy",
    "Migraine Buddy",
    "seen",
    "the columns in the code of a public program that reads its export, with how long an attack lasted (`5h 30m`, "
    "`Ongoing`); the format of its dates is found in the file",
    "each attack as a migraine from its start to its end; the pain level as a score of the head; symptoms; potential "
    "triggers and what was done without drugs as exposures; drugs as intakes; notes, positions and activities as "
    "notes",
    "the number of the attack. Whether a drug helped is not kept yet",
    _draft,
    frozenset({"started", "lasted", "pain level", "potential triggers", "symptoms"}),
    prepare=_prepare,
)
