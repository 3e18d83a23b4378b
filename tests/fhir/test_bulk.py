"""Bulk Data becomes the table that importing patient by patient gives, in whatever order and however interrupted."""

from __future__ import annotations

import contextlib
import gzip
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")
pytest.importorskip("polars", reason="needs the extra assuage[table]")

import polars as pl

from assuage.cli import main
from assuage.errors import InputError, Problems
from assuage.fhir.bulk import bulk_files, read_bulk
from assuage.fhir.join import record_of
from assuage.fhir.read import read_resources
from assuage.fhir.write.bundle import bundle_of
from assuage.record.table import to_frame
from tests.fhir.good import MEDICATION, PATIENT
from tests.fhir.test_round_trip import DAY_0
from tests.universe import everybody

Plain = dict[str, Any]


@cache
def patients() -> list[list[Plain]]:
    """Everybody's record as FHIR, some with our extension and some as a stranger would write it."""
    apart: list[list[Plain]] = []
    for number, record in enumerate(everybody()):
        day_0 = None if record.starts_on else DAY_0
        bundle = bundle_of(record, day_0, profile="plain" if number % 2 else "assuage")
        apart.append([each["resource"] for each in bundle["entry"]])
    return apart


def everything() -> list[Plain]:
    return [each for resources in patients() for each in resources]


def rows(*apart: list[Plain]) -> list[Any]:
    """The rows of the table that importing one patient after the other gives."""
    records = [record_of(read_resources(each)).record for each in apart]
    return to_frame(records).with_columns(pl.col("site").cast(pl.String)).rows()


@cache
def alone() -> list[Any]:
    return rows(*patients())


def written(folder: Path, resources: list[Plain], seed: int, files: int) -> Path:
    """The resources in any order over some files, every other one packed."""
    drawn = random.Random(seed)
    lines: list[list[str]] = [[] for _ in range(files)]
    for each in drawn.sample(resources, len(resources)):
        drawn.choice(lines).append(json.dumps(each))
    folder.mkdir()
    for number, part in enumerate(lines):
        text = "".join(f"{line}\n" for line in part).encode()
        if number % 2:
            (folder / f"{number}.ndjson.gz").write_bytes(gzip.compress(text))
        else:
            (folder / f"{number}.ndjson").write_bytes(text)
    return folder


def in_table(path: Path) -> list[Any]:
    return pl.read_parquet(path).with_columns(pl.col("site").cast(pl.String)).rows()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32), files=st.integers(1, 6), part=st.sampled_from([1, 20_000, 300_000, 1 << 30])
)
def test_the_table_is_that_of_one_patient_after_the_other(
    seed: int, files: int, part: int, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("bulk")
    source = written(folder / "in", everything(), seed, files)
    told = read_bulk(bulk_files(source), folder / "out.parquet", folder / "out.rejects.ndjson", part=part)
    assert in_table(folder / "out.parquet") == alone()
    assert (told.lines, told.patients) == (len(everything()), len(everybody()))
    assert not (folder / "out.parquet.work").exists()


class Interrupted(Exception):
    """Somebody pulled the plug."""


def test_what_was_interrupted_goes_on_and_comes_to_the_same(tmp_path: Path):
    source = written(tmp_path / "in", everything(), 7, 4)
    for last in (1, 3, 5, 8, 12):
        out = tmp_path / f"{last}.parquet"

        def step(done: int, of: int, last: int = last) -> None:
            if done == last:
                raise Interrupted

        rejects = out.with_suffix(".rejects.ndjson")
        with contextlib.suppress(Interrupted):
            read_bulk(bulk_files(source), out, rejects, part=50_000, step=step)
        if not out.exists():
            read_bulk(bulk_files(source), out, rejects, part=50_000)
        assert in_table(out) == alone()


def test_files_that_changed_are_not_gone_on_with(tmp_path: Path):
    source = written(tmp_path / "in", everything(), 7, 1)
    out = tmp_path / "o.parquet"

    def step(done: int, of: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        read_bulk(bulk_files(source), out, tmp_path / "r", step=step)
    with (source / "0.ndjson").open("a") as lines:
        lines.write(json.dumps(PATIENT) + "\n")
    with pytest.raises(InputError, match="--force"):
        read_bulk(bulk_files(source), out, tmp_path / "r")
    assert read_bulk(bulk_files(source), out, tmp_path / "r", force=True).patients == len(everybody()) + 1


NOBODYS = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "a"}}
BAD: list[tuple[str, str]] = [
    ("{", "fhir.not-json"),
    ("[]", "fhir-bulk.no-resource"),
    ('{"a": 1}', "fhir-bulk.no-resource"),
    ('{"resourceType": "Bundle", "type": "collection"}', "fhir-bulk.no-resource"),
    (json.dumps(NOBODYS), "fhir-import.of-nobody"),
    ('{"resourceType": "Practitioner", "id": "p"}', "fhir-import.surrounding"),
    (
        '{"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/ana"}}',
        "fhir-import.surrounding",
    ),
]


@pytest.mark.parametrize(("line", "code"), BAD, ids=[line[:40] for line, _ in BAD])
def test_what_is_in_no_record_is_listed_with_its_line_and_why(line: str, code: str, tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.ndjson").write_text(f"{json.dumps(PATIENT)}\n{line}\n")
    told = read_bulk(bulk_files(tmp_path / "in"), tmp_path / "o.parquet", tmp_path / "r")
    (listed,) = [json.loads(each) for each in (tmp_path / "r").read_text().splitlines()]
    assert (told.patients, told.rejected, listed["code"]) == (1, 1, code)
    assert listed["where"] in ("a.ndjson:2", "Encounter/e")


def test_a_drug_in_a_resource_of_its_own_is_found_in_another_file(tmp_path: Path):
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "amitriptyline"}}
    taken = {key: value for key, value in MEDICATION.items() if key != "medicationCodeableConcept"}
    taken["medicationReference"] = {"reference": "Medication/m"}
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.ndjson").write_text(f"{json.dumps(PATIENT)}\n{json.dumps(taken)}\n")
    (tmp_path / "in/b.ndjson").write_text(json.dumps(drug) + "\n")
    read_bulk(bulk_files(tmp_path / "in"), tmp_path / "o.parquet", tmp_path / "r")
    assert in_table(tmp_path / "o.parquet") == rows([PATIENT, taken, drug])
    assert "amitriptyline" in {row[4] for row in in_table(tmp_path / "o.parquet")}


def test_a_packed_file_that_is_cut_is_told_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "in").mkdir()
    packed = gzip.compress(json.dumps(PATIENT).encode() * 50)
    (tmp_path / "in/a.ndjson.gz").write_bytes(packed[:-9])
    with pytest.raises(Problems, match="unpacked"):
        read_bulk(bulk_files(tmp_path / "in"), tmp_path / "o.parquet", tmp_path / "r")
    assert not (tmp_path / "o.parquet").exists()


def test_two_patients_with_one_pseudonym_are_not_taken_for_one(tmp_path: Path):
    called = {"identifier": [{"system": "urn:assuage:patient", "value": "x"}]}
    (tmp_path / "in").mkdir()
    two = [{**PATIENT, **called}, {**PATIENT, **called, "id": "another"}]
    (tmp_path / "in/a.ndjson").write_text("".join(f"{json.dumps(each)}\n" for each in two))
    with pytest.raises(Problems):
        read_bulk(bulk_files(tmp_path / "in"), tmp_path / "o.parquet", tmp_path / "r")


def test_the_command_writes_a_table_that_a_cohort_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source = written(tmp_path / "in", everything(), 3, 3)
    out = tmp_path / "records.parquet"
    status = main(["fhir", "bulk", str(source), "-o", str(out), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (status, told["patients"], Path(told["rejects"]).name) == (
        3,
        len(everybody()),
        "records.rejects.ndjson",
    )
    assert in_table(out) == alone()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere", "-o", "a.parquet"), "nowhere"),
        (("{}", "-o", "a.csv"), ".parquet"),
        (("{}", "-o", "a.parquet"), ".ndjson"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["fhir", "bulk", *(each.format(tmp_path) for each in words)]) == 2
    assert told in capsys.readouterr().err
