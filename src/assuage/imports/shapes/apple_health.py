"""Apple Health: the export, which its reader has summed by day and device, as names with values and units."""

from __future__ import annotations

import re

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable

_SEVERITIES = {"mild": "mild", "moderate": "moderate", "severe": "severe", "unspecified": "unspecified"}
_MEASURED = frozenset(
    (
        *("RestingHeartRate", "HeartRateVariabilitySDNN", "BodyMass", "BodyTemperature", "OxygenSaturation"),
        *("BloodPressureSystolic", "BloodPressureDiastolic"),
    )
)
_HEADERS = ("date", "time", "name", "value", "unit", "note")


def _in_words(name: str) -> str:
    """`StepCount (device 2)` in words: `step count (device 2)`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().replace("workout ", "workout: ", 1)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "name", "date": "date", "time": "time", "starts_on": "first"})
    draft.diary |= {"name_column": "name", "value_column": "value"}
    draft.whose(patient)
    draft.leave("unit", message("shape.left-in-map"))
    draft.leave("note", message("shape.blank-column"))
    units: dict[str, str] = {}
    numbers: dict[str, bool] = {}
    for row in table.rows:
        name = row.cells["name"]
        units.setdefault(name, row.cells["unit"])
        numbers[name] = numbers.get(name, True) and row.cells["value"][:1].isdigit()
    for name, unit in units.items():
        draft.names[name] = _meaning(name, unit, numbers[name])
    return draft


def _meaning(name: str, unit: str, number: bool) -> Meaning:
    words = _in_words(name)
    if not number:
        return {"kind": "symptom", "what": words, "severities": _SEVERITIES, "no": ["notpresent"]}
    if name in _MEASURED:
        return {"kind": "measurement", "what": words, "unit": unit}
    return {"kind": "exposure", "name": words, "unit": unit or "number"}


APPLE_HEALTH = KnownShape(
    "apple-health",
    "Apple Health",
    "seen",
    "the names of records as they stand in exports, in public programs that read them; export.xml, or the zip it "
    "is in",
    "steps, distance, energy, exercise and workouts as exposures, sleep in minutes of the night that ended on the "
    "day, by device; symptoms with their severity; heart rate, its variability, weight, temperature, oxygen and "
    "blood pressure as measurements",
    "everything else, counted by name; the names of devices",
    _draft,
    fits=lambda table: table.form == "xml" and table.headers == _HEADERS,
)
