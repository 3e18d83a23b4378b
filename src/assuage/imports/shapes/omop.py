"""The OMOP common data model: its tables as CSV, which refer to persons and concepts by number."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.clinic_export import CellsOf, ClinicExport, clinic_entries
from assuage.imports.shapes.prepared import Cells
from assuage.imports.shapes.shape import KnownShape, PatientFacts
from assuage.imports.tables.source import SourceTable
from assuage.record.csv_table import date_in
from assuage.record.entries import Sex

_HEADERS = ("patient", "date", "time", "kind", "code", "value", "unit", "do")
# The concepts of gender that the model names.
_SEX: Mapping[str, Sex] = {"8507": "male", "8532": "female"}
_SEEN = (
    "the columns in the code and tests of ten public programs that write or read the tables; where CONCEPT lies beside "
    "them, the names of concepts"
)


NAMES_NOTHING = message("shape.no-concept")


def _named(cells: Cells, table: str) -> str:
    """What a row is about: the words or letters of its source, else the name of its concept, else a number.

    A source that wrote a number alone (RxNorm, SNOMED, LOINC) says nothing to a reader where CONCEPT lies beside.
    Concept 0 is one that nobody matched: without a source it names nothing, and the row says so.
    """
    source, concept = cells.get(f"{table}_source_value", ""), cells.get(f"{table}_concept_name", "")
    if any(sign.isalpha() for sign in source):
        return source
    number = cells.get(f"{table}_concept_id", "")
    return concept or source or (f"OMOP concept {number}" if number not in ("", "0") else "")


def _moment(cells: Cells, date: str) -> dict[str, str]:
    at = cells.get(f"{date}time", "")
    time = at[11:16] if at[11:16] not in ("", "00:00") else ""
    return {"patient": cells["person_id"], "date": cells.get(date, "") or at[:10], "time": time}


def _number_or_note(cells: Cells, table: str) -> Cells | Message:
    moment, what = _moment(cells, f"{table}_date"), _named(cells, table)
    if not what:
        return NAMES_NOTHING
    if cells.get("value_as_number"):
        unit = cells.get("unit_source_value") or cells.get("unit_concept_name", "")
        return {
            **moment,
            "kind": "measurement",
            "code": what,
            "value": cells["value_as_number"],
            "unit": unit,
        }
    words = (
        cells.get("value_as_string")
        or cells.get("value_as_concept_name")
        or cells.get("value_source_value", "")
    )
    if words:
        return {**moment, "kind": "note", "code": f"{what}: {words}"}
    return message("shape.no-value")


def _condition(cells: Cells) -> Cells | Message:
    moment, what = _moment(cells, "condition_start_date"), _named(cells, "condition")
    return {**moment, "kind": "diagnosis", "code": what} if what else NAMES_NOTHING


def _drug(day: str, do: str) -> CellsOf:
    def cells_of(cells: Cells) -> Cells | Message:
        moment = _moment(cells, f"drug_exposure_{day}_date")
        if not moment["date"]:
            return message("shape.no-end")
        what = _named(cells, "drug")
        return {**moment, "kind": "medication", "code": what, "do": do} if what else NAMES_NOTHING

    return cells_of


def _facts(table: SourceTable) -> Mapping[str, PatientFacts]:
    return {
        row.cells["person_id"]: PatientFacts(
            _SEX.get(row.cells.get("gender_concept_id", "")),
            date_in(row.cells.get("birth_datetime", "")[:10]),
        )
        for row in table.rows
    }


_EXPORT = ClinicExport("omop", "OMOP", _SEEN, _HEADERS, frozenset({"person_id"}))
OMOP = (
    _EXPORT.table(
        "measurement",
        {"measurement_concept_id", "measurement_date"},
        lambda cells: _number_or_note(cells, "measurement"),
        "numbers as measurements by the name or code of their source, words as notes",
        "rows without a value; concepts, operators, ranges, visits",
    ),
    _EXPORT.table(
        "observation",
        {"observation_concept_id", "observation_date"},
        lambda cells: _number_or_note(cells, "observation"),
        "numbers as measurements by the name or code of their source, words as notes",
        "rows without a value; concepts, qualifiers, visits",
    ),
    _EXPORT.table(
        "condition_occurrence",
        {"condition_concept_id", "condition_start_date"},
        _condition,
        "diagnoses, by the name or code of their source",
        "the end, which is that of the visit as often as that of the illness; concepts, visits",
    ),
    _EXPORT.table(
        "drug_exposure",
        {"drug_concept_id", "drug_exposure_start_date"},
        _drug("start", "start"),
        "each drug as it was begun and stopped, by the name or code of its source",
        "quantities, refills, routes; concepts, visits",
        _EXPORT.table(
            "ends of drug_exposure", {"drug_concept_id"}, _drug("end", "stop"), "", "rows without an end"
        ),
    ),
    KnownShape(
        "omop-person",
        "OMOP, person",
        "seen",
        _SEEN,
        "sex, and the age on day 0 where the day of birth is given",
        "the year of birth alone, race, ethnicity, places",
        clinic_entries,
        frozenset({"person_id", "gender_concept_id", "year_of_birth"}),
        facts=_facts,
    ),
)
