"""The review of a cohort as NDJSON: every stay, every patient's state, every alert; unknown goes out as unknown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")
pytest.importorskip("polars", reason="needs the extra assuage[table]")
pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

import polars as pl

from assuage.cli import main
from assuage.fhir.cohort_out import FILES
from assuage.fhir.validate import checked_value
from assuage.record.table import to_frame
from tests.universe import everybody

Plain = dict[str, Any]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cohort")
    to_frame(everybody()).write_parquet(folder / "records.parquet")
    words = (
        "cohort",
        "review",
        str(folder / "records.parquet"),
        "--pathway",
        "neck-first",
        "-o",
        str(folder / "out"),
    )
    assert main([*words]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def written(reviewed: Path) -> dict[str, list[Plain]]:
    out = reviewed.parent / "ndjson"
    assert main(["fhir", "cohort", str(reviewed), "-o", str(out)]) == 0
    return {
        kind: [json.loads(line) for line in (out / f"{kind}.ndjson").read_text(encoding="utf-8").splitlines()]
        for kind in FILES
    }


def patient(resource: Plain) -> str:
    return str(resource.get("subject", resource.get("patient"))["identifier"]["value"])


def test_every_line_is_fhir(written: dict[str, list[Plain]]):
    issues = [checked_value(each).issues for lines in written.values() for each in lines]
    assert [each for each in issues if each] == []


def test_every_stay_is_a_plan_of_its_own(written: dict[str, list[Plain]], reviewed: Path):
    stays = pl.read_parquet(reviewed / "stays.parquet")
    told = sorted((patient(each), each["status"]) for each in written["CarePlan"])
    assert told == sorted(
        (row["patient"], "active" if row["left"] is None else "completed") for row in stays.to_dicts()
    )


def test_what_nobody_can_tell_is_data_required(written: dict[str, list[Plain]], reviewed: Path):
    state = {row["patient"]: row for row in pl.read_parquet(reviewed / "state.parquet").to_dicts()}
    for each in written["GuidanceResponse"]:
        lacks = bool(state[patient(each)]["unknown"])
        assert (each["status"] == "data-required", bool(each.get("dataRequirement"))) == (lacks, lacks)
    assert len(written["GuidanceResponse"]) == len(state)


def test_every_alert_is_an_issue(written: dict[str, list[Plain]], reviewed: Path):
    rows = pl.read_parquet(reviewed / "state.parquet").to_dicts()
    told = sorted((patient(each), each["code"]["text"]) for each in written["DetectedIssue"])
    assert told == sorted((row["patient"], alert) for row in rows for alert in row["alerts"])


def test_nothing_in_it_is_a_request(written: dict[str, list[Plain]]):
    assert {each["intent"] for each in written["CarePlan"]} == {"plan"}
    assert set(written) == set(FILES)


def test_it_is_written_in_lithuanian_and_over_nothing(
    reviewed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "lt"
    assert main(["fhir", "cohort", str(reviewed), "-o", str(out), "--lang", "lt"]) == 0
    assert "nežinoma: " in (out / "GuidanceResponse.ndjson").read_text(encoding="utf-8")
    assert main(["fhir", "cohort", str(reviewed), "-o", str(out)]) == 2
    assert "--force" in capsys.readouterr().err


def test_a_folder_that_is_no_review_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["fhir", "cohort", str(tmp_path), "-o", str(tmp_path / "o")]) == 2
    assert "is no review of a cohort" in capsys.readouterr().err
