"""Records as OMOP: every concept 0, nothing inferred made exact, nothing unknown made a no, nothing lost in silence."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from assuage.cli import main
from assuage.fhir.omop.rows import INFERRED
from assuage.fhir.omop.tables import COLUMNS, LONGEST_SOURCE, REQUIRED
from assuage.fhir.omop.write import omop_files
from assuage.record.entries import NoteEntry, Record
from assuage.record.read import parse_record
from assuage.record.write import to_yaml
from tests.record.strategies import records

ON = date(2026, 11, 30)
TOP = {
    "format": "assuage-record/2",
    "patient": {"id": "ana", "age": 40, "sex": "female"},
    "starts_on": "2026-01-05",
}


def tables(*records_: Record) -> dict[str, list[dict[str, str]]]:
    files, _ = omop_files(records_, ON)
    return {name.removesuffix(".csv"): [*csv.DictReader(io.StringIO(text))] for name, text in files.items()}


def of(*entries: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    return tables(parse_record({**TOP, "entries": list(entries)}))


CONDITION, DRUG, DONE = "condition_occurrence", "drug_exposure", "procedure_occurrence"
BLEEDING = {"kind": "finding", "what": "bleeding disorder"}
PAIN = {"kind": "score", "scale": "pain"}
GOUT = {"kind": "diagnosis", "what": "gout"}
MASSAGE = {"kind": "therapy", "what": "massage"}
START = {"kind": "medication", "drug": "amitriptyline", "do": "start"}


@pytest.mark.parametrize(
    ("entry", "table", "column", "value"),
    [
        (PAIN | {"value": 4, "site": "neck"}, "measurement", "measurement_source_value", "pain@neck"),
        (PAIN | {"low": 3, "high": 5}, "measurement", "value_source_value", "3-5"),
        ({"kind": "measurement", "what": "CRP", "high": 5, "unit": "mg/L"}, "measurement", "value_source_value", "<5"),
        (BLEEDING | {"state": "present"}, CONDITION, "condition_source_value", "bleeding disorder"),
        (BLEEDING | {"state": "unknown"}, "observation", "value_as_string", "unknown"),
        (BLEEDING | {"state": "absent"}, "observation", "value_as_string", "absent"),
        (GOUT | {"certainty": "possible"}, "observation", "value_as_string", "possible"),
        (GOUT | {"code": "M10", "system": "icd-10"}, CONDITION, "condition_source_value", "icd-10:M10"),
        (MASSAGE | {"site": "neck"}, DONE, "procedure_source_value", "massage"),
        (MASSAGE | {"do": "stop"}, "observation", "value_as_string", "stop"),
        (START, DRUG, "drug_source_value", "amitriptyline"),
        ({"kind": "answers", "instrument": "sss", "items": {"fatigue": 2}}, "observation", "value_as_number", "2"),
        ({"kind": "red_flag_check", "flags": {"cauda": "unknown"}}, "observation", "value_as_string", "unknown"),
        ({"kind": "consent", "for": "care", "state": "refused"}, "observation", "value_as_string", "refused"),
        ({"kind": "allergy", "substance": "lidocaine"}, "observation", "observation_source_value", "allergy:lidocaine"),
        ({"kind": "adherence", "drug": "amitriptyline", "taken": False}, "observation", "value_as_string", "not taken"),
        ({"kind": "exposure", "name": "coffee", "state": "absent"}, "observation", "value_as_string", "absent"),
        ({"kind": "rating", "name": "fog", "value": 3}, "observation", "value_as_number", "3"),
    ],
)  # fmt: skip
def test_an_entry_is_a_row_of_the_table_of_its_kind(entry, table, column, value):
    written = of({"day": 3, **entry})
    assert [row[column] for row in written[table]] == [value]
    events = ("condition_occurrence", "drug_exposure", "procedure_occurrence", "measurement", "observation")
    assert sum(len(written[each]) for each in events) == 1


def test_a_day_that_was_inferred_is_an_observation_that_says_so_and_nothing_else():
    written = of(
        {"day": 3, "approximate": True, "kind": "finding", "what": "gout", "state": "present"},
        {"day": 3, "approximate": True, "kind": "medication", "drug": "warfarin", "do": "start"},
        {"day": 3, "approximate": True, "kind": "therapy", "what": "massage"},
        {"day": 3, "approximate": True, "kind": "score", "scale": "pain", "value": 3},
    )
    assert {row["qualifier_source_value"] for row in written["observation"]} == {INFERRED}
    assert len(written["observation"]) == 4
    assert not any(written[each] for each in ("condition_occurrence", "drug_exposure", "measurement"))


def test_a_drug_that_is_still_taken_has_no_verbatim_end():
    written = of(
        {"day": 1, "kind": "medication", "drug": "warfarin", "do": "start"},
        {"day": 2, "kind": "medication", "drug": "duloxetine", "do": "start"},
        {"day": 5, "kind": "medication", "drug": "warfarin", "do": "stop"},
        {"day": 9, "kind": "score", "scale": "pain", "value": 3},
    )
    assert [
        (row["drug_source_value"], row["drug_exposure_end_date"], row["verbatim_end_date"])
        for row in written["drug_exposure"]
    ] == [("warfarin", "2026-01-10", "2026-01-10"), ("duloxetine", "2026-01-14", "")]


def test_who_cannot_be_a_person_of_omop_is_left_out_and_counted():
    entries = [{"day": 0, "kind": "score", "scale": "pain", "value": 3}]
    without_calendar = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "b", "age": 3}, "entries": entries}
    )
    without_age = parse_record({**TOP, "patient": {"id": "c"}, "entries": entries})
    _, rows = omop_files([without_calendar, without_age], ON)
    assert (rows.persons, dict(rows.left)) == (0, {"no-calendar": 1, "no-year": 1})


def test_words_that_are_too_long_for_omop_stand_in_the_dictionary_whole():
    words = "a disorder of which nobody ever wrote in so many words as these here"
    written = of({"day": 0, "kind": "finding", "what": words, "state": "present"})
    (row,) = written["condition_occurrence"]
    says = {each["source_value"]: each["says"] for each in written["dictionary"]}
    assert says[row["condition_source_value"]] == words


@settings(max_examples=60, deadline=None)
@given(records())
def test_of_any_record_every_row_is_right_and_every_entry_is_written_or_counted(record: Record):
    start = record.starts_on or date(2026, 1, 5)
    record = replace(record, patient=replace(record.patient, age=40), starts_on=start)
    files, rows = omop_files([record], ON)
    written = {
        name.removesuffix(".csv"): [*csv.DictReader(io.StringIO(text))] for name, text in files.items()
    }
    for table, columns in COLUMNS.items():
        for row in written[table]:
            assert all(row[column] != "" for column in REQUIRED[table])
            assert {row[each] for each in columns if each.endswith("concept_id")} <= {"", "0"}
            assert all(len(row[each]) <= LONGEST_SOURCE for each in columns if each.endswith("_source_value"))
    known = {(each["table"], each["source_value"]) for each in written["dictionary"]}
    for table in COLUMNS:
        for row in written[table]:
            value = row.get(f"{table.partition('_')[0]}_source_value")
            assert not value or (table, value) in known
    notes = sum(isinstance(each, NoteEntry) for each in record.entries)
    assert rows.left["free-text"] <= notes


def test_the_command_writes_a_folder_and_says_what_is_left_out(tmp_path, capsys):
    file = tmp_path / "ana.yaml"
    entries = [{"day": 0, "kind": "note", "text": "slept badly"}]
    file.write_text(to_yaml(parse_record({**TOP, "entries": entries})), "utf-8")
    out = tmp_path / "cdm"
    assert main(["omop", "export", str(file), "-o", str(out), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["left_out"] == {"free-text": 1}
    assert {each.name for each in out.iterdir()} == {*(f"{name}.csv" for name in COLUMNS), "dictionary.csv"}
    assert "slept badly" not in "".join(each.read_text("utf-8") for each in out.iterdir())


def test_a_tool_of_others_knows_every_table_and_column():
    duckcdm = pytest.importorskip("duckcdm.omop", reason="duckcdm is not installed")
    theirs = {table: [name for name, _ in fields] for table, fields in duckcdm.cdm_fields(("5.4",)).items()}
    assert {table: list(columns) for table, columns in COLUMNS.items()} == {
        table: theirs[table] for table in COLUMNS
    }
