"""Synthea: the CSV files of invented patients, which refer to them by id."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.clinic_export import CellsOf, ClinicExport, clinic_entries
from assuage.imports.shapes.prepared import Cells
from assuage.imports.shapes.shape import KnownShape, PatientFacts
from assuage.imports.tables.source import SourceTable
from assuage.record.care_kinds import loinc_check_digit
from assuage.record.csv_table import date_in, number_in
from assuage.record.entries import Sex

_HEADERS = ("patient", "date", "time", "kind", "code", "value", "unit", "loinc", "state", "do")
_LOINC = re.compile(r"(\d{1,7})-(\d)")
# 72514-3, pain severity, 0-10 verbal numeric rating: the scale of pain itself.
_PAIN = "72514-3"
_SEX: Mapping[str, Sex] = {"F": "female", "M": "male"}
_SEEN = "the header and rows in ten public programs that read it, and in the code of Synthea itself"


def _named(description: str) -> str:
    """A description without the word in brackets that says what it is: `(disorder)`, `(finding)`."""
    return re.sub(r"\s*\((disorder|finding|situation|procedure|substance)\)$", "", description)


def _observation(cells: Cells) -> Cells | Message:
    moment, code, what = cells["date"], cells["code"], _named(cells["description"])
    of_row = {"patient": cells["patient"], "date": moment[:10], "time": moment[11:16]}
    if not cells["value"]:
        return message("shape.no-value")
    if code == _PAIN and number_in(cells["value"], ".") is not None:
        return {**of_row, "kind": "score", "code": "pain", "value": cells["value"]}
    if number_in(cells["value"], ".") is None:
        return {**of_row, "kind": "note", "code": f"{what}: {cells['value']}"}
    match = _LOINC.fullmatch(code)
    loinc = code if match and loinc_check_digit(match[1]) == match[2] else ""
    measured = {"code": what, "value": cells["value"], "unit": cells["units"], "loinc": loinc}
    return {**of_row, "kind": "measurement", **measured}


def _finding(day: str, state: str) -> CellsOf:
    """What says of a condition that it is there from its start, or that it is not from its end."""

    def cells_of(cells: Cells) -> Cells | Message:
        if not cells[day]:
            return message("shape.no-end")
        of_row = {"patient": cells["patient"], "date": cells[day][:10], "state": state}
        return {**of_row, "kind": "finding", "code": _named(cells["description"])}

    return cells_of


def _medication(day: str, do: str) -> CellsOf:
    def cells_of(cells: Cells) -> Cells | Message:
        if not cells[day]:
            return message("shape.no-end")
        of_row = {"patient": cells["patient"], "date": cells[day][:10], "do": do}
        return {**of_row, "kind": "medication", "code": cells["description"]}

    return cells_of


def _allergy(cells: Cells) -> Cells:
    of_row = {"patient": cells["patient"], "date": cells["start"][:10]}
    return {**of_row, "kind": "allergy", "code": _named(cells["description"])}


def _facts(table: SourceTable) -> Mapping[str, PatientFacts]:
    return {
        row.cells["id"]: PatientFacts(_SEX.get(row.cells["gender"]), date_in(row.cells["birthdate"]))
        for row in table.rows
    }


_EXPORT = ClinicExport(
    "synthea", "Synthea", _SEEN, _HEADERS, frozenset({"patient", "encounter", "code", "description"})
)
_ENDS = "rows without an end"
SYNTHEA = (
    _EXPORT.table(
        "observations",
        {"date", "value", "units", "type"},
        _observation,
        "numbers as measurements with their LOINC code, the verbal rating of pain from 0 to 10 as a score, "
        "words as notes",
        "observations without a value; encounters and categories",
    ),
    _EXPORT.table(
        "conditions",
        {"start", "stop"},
        _finding("start", "present"),
        "findings, present from the start and absent from the end",
        "SNOMED codes, for which a record has no place; encounters",
        _EXPORT.table("ends of conditions", {"start", "stop"}, _finding("stop", "absent"), "", _ENDS),
    ),
    _EXPORT.table(
        "medications",
        {"start", "stop", "payer", "dispenses"},
        _medication("start", "start"),
        "each drug as it was begun and stopped",
        "costs, payers and reasons",
        _EXPORT.table("ends of medications", {"start", "stop"}, _medication("stop", "stop"), "", _ENDS),
    ),
    _EXPORT.table(
        "allergies",
        {"start", "stop", "type", "category", "reaction1"},
        _allergy,
        "allergies, by the day they were told",
        "reactions, and the end of an allergy",
    ),
    KnownShape(
        "synthea-patients",
        "Synthea, patients",
        "seen",
        _SEEN,
        "sex, and the age on day 0",
        "names, addresses, numbers of the state, costs",
        clinic_entries,
        frozenset({"id", "birthdate", "deathdate", "gender", "race"}),
        facts=_facts,
    ),
)
