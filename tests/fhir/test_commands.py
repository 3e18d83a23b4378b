"""`assuage fhir import` and `assuage fhir export`: files in and out, what is told, and with which exit status."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.errors import Problems
from assuage.fhir.site_codes import read_site_codes
from assuage.record.read import read_record
from tests.fhir.good import CONDITION, MEDICATION, OBSERVATION, PATIENT
from tests.universe import EXAMPLES

CASE, DIARY = EXAMPLES / "case.yaml", EXAMPLES / "diary.yaml"
SNOMED = "http://snomed.info/sct"


def run(*words: object) -> int:
    return main(["fhir", *map(str, words)])


def file_of(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_a_record_goes_out_and_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    bundle, record = tmp_path / "bundle.json", tmp_path / "back.yaml"
    assert run("export", CASE, "--day0", "2026-01-05", "-o", bundle) == 0
    assert run("check", bundle) == 0
    assert run("import", bundle, "-o", record) == 0
    assert read_record(record) == read_record(CASE)
    assert "all was read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", CASE), "--starts-on DATE, or --relative"),
        (("export", CASE, "--relative", "--day0", "2026-01-05"), "leave out --starts-on"),
        (("export", CASE, "--day0", "5 January"), "is not a date"),
        (("export", DIARY, "--day0", "2020-01-05"), "leave out --starts-on"),
        (("import", CASE, "--zone", "Vilnius"), "no time zone"),
        (("import", "nowhere.json"), "no file nowhere.json"),
        (("import", CASE), "is not JSON"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[Any, ...], told: str, capsys: pytest.CaptureFixture[str]):
    assert run(*words) == 2
    assert told in capsys.readouterr().err


def test_a_bundle_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    bundle = tmp_path / "bundle.json"
    assert run("export", CASE, "--relative", "-o", bundle) == 0
    assert run("export", CASE, "--relative", "-o", bundle) == 2
    assert "--force" in capsys.readouterr().err


def test_a_folder_of_lines_and_packed_files_is_read_whole(tmp_path: Path):
    lines = "\n".join(json.dumps(each) for each in (PATIENT, OBSERVATION))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.ndjson").write_text(lines, encoding="utf-8")
    (tmp_path / "in/b.json.gz").write_bytes(gzip.compress(json.dumps(CONDITION).encode()))
    file_of(tmp_path / "in/c.json", MEDICATION)
    assert run("import", tmp_path / "in", "-o", tmp_path / "record.yaml") == 3
    kinds = {type(entry).__name__ for entry in read_record(tmp_path / "record.yaml").entries}
    assert {"DiagnosisEntry", "MedicationEntry"} <= kinds


def test_two_patients_become_two_records(tmp_path: Path):
    other = {**OBSERVATION, "id": "other", "subject": {"reference": "Patient/ben"}}
    source = file_of(
        tmp_path / "b.json",
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": OBSERVATION}, {"resource": other}],
        },
    )
    run("import", source, "-o", tmp_path / "records")
    assert sorted(path.name for path in (tmp_path / "records").iterdir()) == ["ana.yaml", "ben.yaml"]


def test_the_report_for_programs_names_each_element(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source = file_of(tmp_path / "a.json", {**CONDITION, "severity": {"text": "worse than before"}})
    assert run("import", source, "-o", tmp_path / "record.yaml", "--json") == 3
    (told,) = json.loads(capsys.readouterr().out)["records"]
    assert {"path": "Condition.severity", "code": "fhir-import.element"}.items() <= next(
        line for line in told["report"] if line["path"] == "Condition.severity"
    ).items()
    assert (told["patient"], told["resources"], told["entries"]) == ("ana", 1, 1)


def test_no_value_of_a_patient_stands_in_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    named = {**PATIENT, "name": [{"family": "Xxfamily"}], "birthDate": "1977-07-07"}
    source = file_of(tmp_path / "a.json", named)
    run("import", source, "-o", tmp_path / "record.yaml")
    shown = capsys.readouterr().err + (tmp_path / "record.yaml").read_text()
    assert "Xxfamily" not in shown
    assert "1977" not in shown


def test_a_record_grows_by_what_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    source = file_of(tmp_path / "a.json", CONDITION)
    run("import", source, "-o", first)
    more = file_of(tmp_path / "b.json", MEDICATION)
    run("import", source, more, "--into", first, "-o", second)
    assert len(read_record(second).entries) > len(read_record(first).entries)
    run("import", source, more, "--into", second, "-o", tmp_path / "third.yaml")
    assert read_record(tmp_path / "third.yaml") == read_record(second)
    assert "stood there already" in capsys.readouterr().err


def test_codes_of_a_site_are_read_by_its_map(tmp_path: Path):
    codes = tmp_path / "codes.toml"
    codes.write_text(
        f'[[system]]\nurl = "{SNOMED}"\n[system.words]\n"1" = "bleeding disorder"\n', encoding="utf-8"
    )
    source = file_of(
        tmp_path / "a.json", {**CONDITION, "code": {"coding": [{"system": SNOMED, "code": "1"}]}}
    )
    run("import", source, "--codes", codes, "-o", tmp_path / "record.yaml")
    (entry,) = read_record(tmp_path / "record.yaml").entries
    assert entry.named == (("bleeding disorder", True),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "system"),
        ("[[system]]\nurl = 'a'\n", "system[0].words"),
        ("[[system]]\n[system.words]\n'1' = 'neck'\n", "system[0].url"),
        ("[[system]]\nurl = 'a'\n[system.words]\n'1' = 'fibromyalgya of the moon'\n", 'system[0].words."1"'),
        ("[[system]]\nurl = 'a'\nname = 'b'\n[system.words]\n'1' = 'neck'\n", "system[0].name"),
        ("x = 1\n[[system]]\nurl = 'a'\n[system.words]\n'1' = 'neck'\n", "x"),
        (
            "[[system]]\nurl = 'a'\n[system.words]\n'1' = 'neck'\n"
            "[[system]]\nurl = 'a'\n[system.words]\n'1' = 'head'\n",
            'system[1].words."1"',
        ),
        ("[[system", ""),
    ],
)
def test_a_map_of_codes_that_is_wrong_is_told(text: str, place: str, tmp_path: Path):
    codes = tmp_path / "codes.toml"
    codes.write_text(text, encoding="utf-8")
    with pytest.raises(Problems) as raised:
        read_site_codes(codes)
    assert [each.place for each in raised.value.problems] == [place]


def test_a_review_does_not_load_what_reads_fhir():
    program = (
        "import sys; from assuage.cli import main; "
        f"main(['review', {str(CASE)!r}]); print([name for name in sys.modules if name.startswith('assuage.fhir')])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"
