"""What is written is read back as the same record: YAML, JSON and the Parquet table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from assuage.errors import Problems
from assuage.record.entries import Patient, Record
from assuage.record.read import parse_record, read_record, read_text
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from assuage.record.write import to_json, to_plain, to_yaml
from tests.record.strategies import records

CASE = Path("examples/case.yaml")
slow_to_draw = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow_to_draw
@given(records())
def test_a_record_written_as_yaml_is_read_back_the_same(record: Record) -> None:
    assert read_text(to_yaml(record)) == record


@slow_to_draw
@given(records())
def test_a_record_written_as_json_is_read_back_the_same(record: Record) -> None:
    assert read_text(to_json(record), form="json") == record
    assert read_text(to_json(record)) == record
    assert parse_record(to_plain(record)) == record


@slow_to_draw
@given(st.lists(records(), max_size=3, unique_by=lambda record: record.patient.id), st.randoms())
def test_records_in_a_table_are_read_back_the_same_in_any_order_of_a_patients_rows(
    tmp_path_factory: pytest.TempPathFactory, cohort: list[Record], random: object
) -> None:
    file = tmp_path_factory.mktemp("table") / "cohort.parquet"
    frame = to_frame(cohort)
    frame.write_parquet(file)
    by_patient = {record.patient.id: record for record in cohort}
    assert {record.patient.id: record for record in read_table(file)} == by_patient
    order = list(range(frame.height))
    random.shuffle(order)  # type: ignore[attr-defined]
    names = frame["patient"].to_list()
    order.sort(key=lambda row: names[row].encode())
    frame[order].write_parquet(file)
    assert {record.patient.id: record for record in read_table(file)} == by_patient


def test_the_published_case_is_read_and_comes_back_from_every_format(tmp_path: Path) -> None:
    case = read_record(CASE)
    assert len(case.entries) == 57
    assert (case.first_day, case.last_day) == (-1095, 79)
    assert read_text(to_yaml(case)) == case
    assert read_text(to_json(case)) == case
    to_frame([case]).write_parquet(tmp_path / "case.parquet")
    assert read_table(tmp_path / "case.parquet") == (case,)


def test_yaml_has_one_entry_a_line_and_whole_numbers_without_a_point() -> None:
    case = read_record(CASE)
    lines = to_yaml(case).splitlines()
    assert sum(line.startswith("- ") for line in lines) == len(case.entries)
    assert "- {day: 0, time: morning, kind: score, scale: pain, value: 4, by: patient}" in lines


def test_the_table_is_sorted_by_patient_and_day_and_has_the_types_of_the_contract() -> None:
    case = read_record(CASE)
    frame = to_frame([replace(case, patient=Patient("b")), replace(case, patient=Patient("a"))])
    keys = frame.select("patient", "day").rows()
    assert keys == sorted(keys)
    types = ["String", "Int32", "Int16", "String", "String", "Categorical", "Float32", "String"]
    assert [str(kind).split("(")[0] for kind in frame.dtypes] == types


def test_one_patient_twice_is_not_written_to_a_table() -> None:
    case = read_record(CASE)
    with pytest.raises(Problems, match="more than one record"):
        to_frame([case, case])
