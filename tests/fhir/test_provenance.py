"""Who wrote an entry stands in a Provenance, which is FHIR, and which changes nothing of what comes back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir.read import read_resources
from assuage.fhir.validate import checked_value
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.write import to_yaml
from tests.record.strategies import records

DAY_0 = date(2026, 1, 5)


def written(*entries: dict[str, Any]) -> list[dict[str, Any]]:
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "x"},
            "starts_on": "2026-01-05",
            "entries": list(entries),
        }
    )
    bundle = bundle_of(record, provenance=True)
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Provenance"]


PAIN = {"day": 0, "kind": "score", "scale": "pain", "value": 3}


@settings(max_examples=40, deadline=None)
@given(records())
def test_of_any_record_there_is_one_of_each_entry_and_it_comes_back_as_it_went(record: Record):
    bundle = bundle_of(record, None if record.starts_on else DAY_0, provenance=True)
    assert checked_value(bundle).errors == 0
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    assert kinds.count("Provenance") == len(record.entries)
    read = read_resources([json.loads(json.dumps(bundle))])
    assert parse_record(read.document) == record
    assert {line.weight for line in read.lines} <= {"told"}


def test_it_says_who_in_which_role_and_when():
    (told,) = written(
        PAIN | {"author": "p-1", "role": "nurse", "by": "patient", "entered": "2026-01-05T10:00:00+02:00"}
    )
    (agent,) = told["agent"]
    assert agent["who"]["identifier"]["value"] == "p-1"
    assert agent["who"]["display"] == "nurse"
    assert "onBehalfOf" in agent
    assert told["recorded"] == "2026-01-05T10:00:00+02:00"


@pytest.mark.parametrize("entered", [None, "2026-01-05", "2026-01-05T10:00"])
def test_a_moment_that_is_not_known_is_said_to_be_unknown_and_never_made_up(entered):
    (told,) = written(PAIN if entered is None else PAIN | {"entered": entered})
    assert "recorded" not in told
    assert told["_recorded"]["extension"][0]["valueCode"] == "unknown"


def test_a_correction_names_what_it_corrects():
    first, second = written(PAIN | {"id": "a"}, PAIN | {"value": 4, "id": "b", "replaces": "a"})
    assert second["entity"][0]["what"]["reference"] == first["target"][0]["reference"]
    assert second["entity"][0]["role"] == "revision"


def test_without_dates_nothing_says_when():
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "x"},
            "entries": [PAIN | {"entered": "2026-01-05T10:00:00Z"}],
        }
    )
    assert "2026" not in json.dumps(bundle_of(record, relative=True, provenance=True))


def test_the_command_writes_it_when_it_is_asked(tmp_path, capsys):
    record = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "x"}, "starts_on": "2026-01-05", "entries": [PAIN]}
    )
    file = tmp_path / "x.yaml"
    file.write_text(to_yaml(record), "utf-8")
    assert main(["fhir", "export", str(file), "--provenance"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["resource"]["resourceType"] for each in told["entry"]] == [
        "Patient",
        "Observation",
        "Provenance",
    ]
