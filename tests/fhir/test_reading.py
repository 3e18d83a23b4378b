"""Any bytes give a sentence: no traceback, no other value, and nothing of a patient that the place does not need."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir import files, reading
from assuage.fhir.files import checked_file
from assuage.fhir.validate import checked_bytes, checked_value
from tests.fhir.good import OBSERVATION, PATIENT, RESOURCES, bundle


def ids(raw: bytes) -> list[str]:
    return [each.what.id for each in checked_bytes(raw).issues]


def packed(resource: object) -> bytes:
    return json.dumps(resource).encode()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", ["fhir.not-json"]),
        (b"{", ["fhir.not-json"]),
        (b'{"resourceType":"Patient","id":NaN}', ["fhir.not-json"]),
        (b'{"resourceType":"Patient","language":"\\ud800"}', ["fhir.not-json"]),
        (b'{"resourceType":"Patient","language":"\xff"}', ["fhir.not-json"]),
        (b'{"resourceType":"Patient",// so\n"id":"a"}', ["fhir.not-json"]),
        (b"[" * 5000, ["fhir.not-json"]),
        (b'{"a":' * 5000, ["fhir.not-json"]),
        (b"5", ["fhir.json-type"]),
        (b'{"resourceType":"Patient","id":"a","id":"b"}', ["fhir.key-twice"]),
        (b'{"resourceType":"Patient","resourceType":"Group","id":"b"}', ["fhir.type-not-checked", "fhir.key-twice"]),
        (b'{"resourceType":"Patient", "id" : "a","active":true,"id":"b"}', ["fhir.key-twice"]),
        (b'{"resourceType":"Patient","id":"a","name":[{"text":"a: \\"b\\": c","text":"d"}]}', ["fhir.key-twice"]),
        (b'{"resourceType":"Patient","name":[{"text":"\\u003a","text":"b"}]}', ["fhir.key-twice"]),
        (b'{"resourceType" : "Patient","name":[{"text":"a\\": \\"b"}]}', []),
    ],
)  # fmt: skip
def test_what_is_no_json_of_fhir_is_told(raw: bytes, told: list[str]):
    assert ids(raw) == told


@settings(max_examples=50)
@given(some.binary(max_size=200))
def test_any_bytes_give_a_finding(raw: bytes):
    assert checked_bytes(raw).issues


_TREES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=5),
    lambda below: (
        some.lists(below, max_size=3)
        | some.dictionaries(
            some.sampled_from(["id", "code", "coding", "extension", "item", "contained", "subject", "x"]),
            below,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(some.sampled_from([each["resourceType"] for each in RESOURCES] + ["Bundle"]), _TREES, some.data())
def test_any_value_anywhere_in_a_resource_gives_findings_and_no_error(
    kind: str, tree: Any, data: some.DataObject
):
    resources = {each["resourceType"]: each for each in (*RESOURCES, bundle())}
    resource = dict(resources[kind])
    resource[data.draw(some.sampled_from(sorted(resource)))] = tree
    checked = checked_bytes(packed(resource)) if "\\ud" not in json.dumps(tree) else checked_value(resource)
    assert all(each.place for each in checked.issues)


def test_a_text_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert ids(packed(OBSERVATION)) == ["fhir.too-large"]


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.ndjson", "a.ndjson.gz", "a.txt"])
def test_a_file_is_read_packed_or_not_and_a_resource_a_line(tmp_path: Path, name: str):
    text = b"\n".join(packed(each) for each in RESOURCES) + b"\n\n" if "nd" in name else packed(bundle())
    file = tmp_path / name
    file.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert (checked_file(str(file)).issues, checked_file(str(file)).resources) == (
        (),
        7 if "nd" in name else 8,
    )


def test_lines_are_seen_by_what_is_in_them_and_a_finding_has_its_line(tmp_path: Path):
    file = tmp_path / "export"
    file.write_bytes(packed(PATIENT) + b"\n\n" + packed(PATIENT | {"gender": "?"}) + b"\n{\n")
    told = [(each.line, each.place, each.what.id) for each in checked_file(str(file)).issues]
    assert told == [(3, "Patient.gender", "fhir.code"), (4, "(document)", "fhir.not-json")]


def test_what_is_packed_badly_or_too_large_unpacked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "a.json.gz"
    whole = gzip.compress(packed(bundle()))
    file.write_bytes(whole[:-20])
    assert [each.what.id for each in checked_file(str(file)).issues] == ["fhir.cannot-unpack"]
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    file.write_bytes(gzip.compress(b" " * 1_000_000))
    assert [each.what.id for each in checked_file(str(file)).issues] == ["fhir.too-large"]


# --- the command ---------------------------------------------------------------------------------------------


def test_a_good_file_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.json"
    file.write_bytes(packed(bundle()))
    assert main(["fhir", "check", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 8 resources, nothing wrong\n"


def test_what_is_wrong_goes_to_standard_error_without_the_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "a.json"
    file.write_bytes(packed(PATIENT | {"birthDate": "on her name day", "gender": "Petraitė"}))
    assert main(["fhir", "check", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.err.splitlines()[0] == f"{file}: 2 problems, not valid FHIR R4"
    assert "Petraitė" not in printed.out + printed.err
    assert "name day" not in printed.out + printed.err


def test_what_was_not_checked_has_a_status_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "a.json"
    file.write_bytes(packed({"resourceType": "Claim"}))
    assert main(["fhir", "check", str(file)]) == 3
    assert "none of those that are checked here" in capsys.readouterr().out


@pytest.mark.parametrize("resource", [PATIENT, PATIENT | {"gender": "?"}])
def test_a_program_gets_an_operation_outcome_that_we_would_accept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], resource: dict[str, Any]
):
    file = tmp_path / "a.json"
    file.write_bytes(packed(resource))
    main(["fhir", "check", "--json", str(file)])
    assert checked_bytes(capsys.readouterr().out.encode()).issues == ()


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]):
    assert (main(["fhir", "check", "nowhere.json"]), capsys.readouterr().err) == (2, "no file nowhere.json\n")
