"""Visible: a row a tracker a day, each on the app's scale from 0 to 3, with measurements of the morning and notes."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.imports.shapes.columns import look_of
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

_MEASURED = {"hr variability": "ms", "resting hr": "bpm"}
_EXERTION = frozenset({"physical", "cognitive", "social", "emotional"})
_HIGHEST = 3


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "name", "date": "observation_date", "starts_on": "first"})
    draft.diary |= {"name_column": "tracker_name", "value_column": "observation_value"}
    draft.whose(patient)
    by_name: dict[tuple[str, str], list[str]] = {}
    for row in table.rows:
        key = row.cells["tracker_name"], row.cells["tracker_category"].lower()
        by_name.setdefault(key, []).append(row.cells["observation_value"])
    for (name, category), values in by_name.items():
        draft.names[name] = _meaning(name, category, values)
    for header in table.headers:
        if header.lower() not in ("observation_date", "tracker_name", "observation_value"):
            draft.leave(header, message("shape.left-elsewhere"))
    return draft


def _meaning(name: str, category: str, values: list[str]) -> Meaning:
    look = look_of(name, values, ".")
    number = look.look == "number" or all(value.isdigit() for value in values if value)
    if not number:
        return {"kind": "note"} if look.look != "yes-no" else {"kind": "exposure", "name": name}
    if name.lower() in _MEASURED:
        return {"kind": "measurement", "what": name, "unit": _MEASURED[name.lower()], "time": "morning"}
    if category == "measurement":
        return {"kind": "rating", "name": name}
    if category in _EXERTION:
        return {"kind": "exposure", "name": name, "unit": f"of {_HIGHEST}"}
    ends = {"lowest": 0, "highest": _HIGHEST} if look.high <= _HIGHEST else {}
    return {"kind": "rating", "name": name, **ends}


VISIBLE = KnownShape(
    "visible",
    "Visible",
    "seen",
    "an export in the tests of a public program that reads it, with the blank behind the name of its last column",
    "symptoms as ratings from 0 to 3 of their own name; exertion of body, mind, company and feeling as exposures "
    "of 0 to 3; heart rate and its variability as measurements; PacePoints and the like as ratings; notes",
    "the category of a tracker, which its name says",
    _draft,
    frozenset({"observation_date", "tracker_name", "tracker_category", "observation_value"}),
)
