"""A mistake on the command line is one line with what was meant; a document of another kind is told to be imported."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assuage.cli import COMMANDS, main
from assuage.cli.parsing import meant
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is told of a command line that cannot be used."""
    try:
        status = main(list(words))
    except SystemExit as left:
        status = left.code
    assert status == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        (("reveiw", "--lang", "lt"), "komandos „reveiw“ nėra; gal „review“?"),
        (("review", "--lang=lt"), "trūksta: RECORD"),
        (("review", CASE, "--jsn", "--lang", "lt"), "parinkties --jsn nėra; gal --json?"),
        (("review", CASE, "--on", "--lang", "lt"), "parinkčiai --on reikia reikšmės"),
        (("review", "nope.yaml", "--lang", "lt"), "failo nope.yaml nėra"),
        (("review", CASE, "--on", "soon", "--lang", "lt"), "„soon“ nėra nei dienos numeris, nei ISO data"),
        (("timeline", CASE, "--look", "big", "--lang", "lt"), "rašykite wide arba phone"),
        (("nof1", "design", "--exposure", "massage", "--pairs", "1", "--lang", "lt"), "--pairs 1 už ribų"),
        (("nof1", "design", "--pairs", "two", "--lang", "lt"), "„two“ nėra skaičius"),
    ],
)
def test_a_mistake_is_told_in_the_language_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], meaning: str
):
    assert meaning in refused(capsys, *words)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        (("reveiw", CASE), 'no command "reveiw"; did you mean "review"?'),
        (("timelime", CASE), 'did you mean "timeline"?'),
        (("check_regimen", "amitriptyline 5 mg"), 'did you mean "check-regimen"?'),
        (("cohort", "sumary", "out"), 'no command "sumary"; did you mean "summary"?'),
        (("frobnicate",), "assuage --help lists them"),
        (("convert", CASE, "-o", "-"), "what is written to the screen needs no -o"),
        (("deidentify", CASE, "--catchment", "-5"), "--catchment: no place has so many people"),
        (
            ("deidentify", CASE, "--catchment", "99999999999999999"),
            "--catchment: no place has so many people",
        ),
        (("deidentify", CASE, "--lawful-basis", " "), "--lawful-basis is empty"),
        (("deidentify", str(EXAMPLES / "case-text.txt"), "--key", "k"), "--key: a text has no key"),
        (("review", CASE, "--jsn"), "no option --jsn; did you mean --json?"),
        (("review", CASE, "--path", "x"), "no option --path; did you mean --pathway?"),
        (("review", CASE, "--LANG=lt"), "did you mean --lang?"),
        (("causality", CASE, "--exposre", "massage", "--outcome", "pain"), "did you mean --exposure?"),
        (("review", CASE, "--lang", "LT"), '--lang: "LT" is not known; did you mean "lt"?'),
        (("review", CASE, "--lang", "de"), "write en or lt"),
        (("review", CASE, "-x"), "no option -x"),
        (("review", CASE, CASE), "one word too many"),
        (("review",), "required: RECORD"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_was_meant(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], meaning: str
):
    told = refused(capsys, *words)
    assert meaning in told
    assert told.count("\n") == 1


@given(some.sampled_from(sorted(COMMANDS)), some.data())
@settings(max_examples=60)
def test_two_neighbouring_letters_swapped_are_understood(command: str, data: some.DataObject):
    at = data.draw(some.integers(0, len(command) - 2))
    swapped = command[:at] + command[at + 1] + command[at] + command[at + 2 :]
    assert len(command) < 5 or meant(swapped, COMMANDS) == command


@pytest.mark.parametrize(
    "words",
    [
        ("review", ""),
        ("review", CASE, "-o", ""),
        ("review", CASE, "-o", " "),
        ("check", CASE, ""),
        ("convert", CASE, "--output="),
        ("cohort", "summary", ""),
        ("report", CASE, "-o", ""),
        ("session", "plan", ""),
    ],
)
def test_an_empty_name_is_refused_and_never_read_as_the_folder_one_is_in(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
):
    assert "the name is empty" in refused(capsys, *words)


@pytest.mark.parametrize("command", ["review", "timeline", "baseline", "report"])
@pytest.mark.parametrize("name", ["diary.csv", "diary.tsv"])
def test_a_diary_is_to_be_imported_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, name: str
):
    diary = tmp_path / name
    diary.write_text("day,pain\n0,4\n", encoding="utf-8")
    told = refused(capsys, command, str(diary))
    assert f"import it first: assuage import {diary} --map map.toml -o record.yaml" in told


@pytest.mark.parametrize("name", ["diary.xlsx", "diary.xls", "diary.ods"])
def test_a_sheet_is_to_be_saved_as_csv_and_imported(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
):
    sheet = tmp_path / name
    sheet.write_bytes(b"PK\x03\x04")
    told = refused(capsys, "review", str(sheet))
    assert "save it as CSV" in told
    assert "assuage import" in told


def test_fhir_is_told_to_be_no_record(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    bundle = tmp_path / "patient.json"
    bundle.write_text(json.dumps({"resourceType": "Bundle", "entry": []}), encoding="utf-8")
    told = refused(capsys, "review", str(bundle))
    assert "FHIR (Bundle)" in told
    assert "assuage fhir import" in told


def test_a_folder_is_no_record(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    told = refused(capsys, "review", str(tmp_path))
    assert "is a folder, not a file" in told
    assert "assuage cohort review" in told


def test_what_is_wrong_with_a_file_is_told_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]):
    assert main(["check", "nowhere.yaml", "--lang", "lt"]) == 2
    told = capsys.readouterr()
    assert "failo nowhere.yaml nėra" in told.out + told.err
    assert "no file" not in told.out + told.err


@pytest.mark.parametrize(
    ("regimen", "status"),
    [("tramadol 50 mg\nphenelzine 15 mg\n", 1), ("paracetamol 500 mg\n", 0), ("zzyzxol 1 mg\n", 3)],
)
def test_a_regimen_is_read_from_standard_input(
    regimen: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(regimen.encode()), encoding="utf-8"))
    assert main(["check-regimen", "-"]) == status
    assert (regimen.split()[0] in capsys.readouterr().out.lower()) == (status > 0)
