"""Bearable: a row a reading, with a category, a number and the name of what was rated."""

from __future__ import annotations

import re

from assuage.catalogue.message import message
from assuage.imports.shapes.columns import look_of
from assuage.imports.shapes.dates import clock_text, ordinal_date
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

# `pre` is before the morning of the same day; a record has no word for it, so that its time stays unknown.
_TIMES = {"am": "morning", "mid": "noon", "pm": "evening"}
_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)")
_MEASURED = frozenset({"kg", "lb", "lbs", "bpm", "ms", "mmhg", "°c", "°f", "c", "f", "%"})
_AMOUNTS = frozenset({"steps", "hours", "hrs", "h", "mins", "min", "minutes", "ml", "l", "mg", "km", "kcal"})
_HEADERS = ("date", "time", "name", "value", "note")


def _cells(cells: Cells) -> Cells:
    on = ordinal_date(cells["date"])
    category, detail, amount = cells["category"], cells["detail"], cells["rating/amount"]
    name, note = f"{category}: {detail}" if detail else category, cells["notes"]
    match = _IN_BRACKETS.fullmatch(detail)
    match category.lower():
        case "symptom":
            name = match[1] if match else detail or category
        case "factors" | "factor":
            amount = amount or "yes"
        case "medication" | "medications":
            note = "; ".join(filter(None, (note, f"{name}: {amount}" if amount not in ("", "1") else "")))
            amount = "no" if amount == "0" else "yes"
        case _:
            pass
    at = cells["time of day"].lower()
    return {
        "date": on.isoformat() if on is not None else cells["date"],
        "time": _TIMES.get(at) or clock_text(at) or "",
        "name": name,
        "value": amount,
        "note": note,
    }


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "name", "date": "date", "time": "time", "starts_on": "first"})
    draft.diary |= {"name_column": "name", "value_column": "value"}
    draft.whose(patient)
    by_name: dict[str, list[str]] = {}
    for row in table.rows:
        by_name.setdefault(row.cells["name"], []).append(row.cells["value"])
    for name, values in by_name.items():
        draft.names[name] = _meaning(name, values)
    if any(row.cells["note"] for row in table.rows):
        draft.columns["note"] = {"kind": "note"}
    else:
        draft.leave("note", message("shape.blank-column"))
    return draft


def _meaning(name: str, values: list[str]) -> Meaning:
    category, _, detail = name.partition(": ")
    match = _IN_BRACKETS.fullmatch(detail)
    unit = match[2].lower() if match else ""
    look = look_of(name, values, ".").look
    if look == "yes-no" and all(value.isdigit() for value in values if value):
        look = "number"
    if category.lower() in ("medication", "medications") and detail:
        return {"kind": "intake", "drug": match[1] if match else detail}
    if unit in _MEASURED and match and look == "number":
        return {"kind": "measurement", "what": match[1], "unit": match[2]}
    if unit in _AMOUNTS and match and look == "number":
        return {"kind": "exposure", "name": match[1], "unit": match[2]}
    if category.lower() in ("factor", "factors"):
        return {
            "kind": "exposure",
            "name": detail or category,
            **({"unit": "number"} if look == "number" else {}),
        }
    if not detail and category.lower() not in ("mood", "energy", "sleep") and look == "number":
        return {"kind": "rating", "name": name, "lowest": 0, "highest": 4}  # none to unbearable
    if look == "number":
        return {"kind": "rating", "name": category if detail == category else name}
    if look == "yes-no":
        return {"kind": "exposure", "name": name}
    return {"kind": "note"}


def _prepare(table: SourceTable) -> SourceTable:
    return with_columns(table, _HEADERS, _cells)


BEARABLE = KnownShape(
    "bearable",
    "Bearable",
    "seen",
    "the columns, the dates, the times of day and the severities of symptoms in the tests of two public programs "
    "that read its export; categories other than Symptom from memory",
    "symptoms as ratings from 0 to 4 of their own name; mood, energy and sleep as ratings of which the ends are not "
    "known; factors as exposures; medication as intakes; measurements and amounts with a unit; notes",
    "the weekday; the time of what was rated before the morning (`pre`) is unknown",
    _draft,
    frozenset({"date", "time of day", "category", "rating/amount", "detail", "notes"}),
    prepare=_prepare,
)
