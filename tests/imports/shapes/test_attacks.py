"""Files that mean harm, or are only odd: nothing is run, unpacked without end, or read as something that it is not."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.errors import Problems
from assuage.imports.shapes.understand import read_files, understand
from assuage.report.imported.map_text import map_text
from assuage.words.speak import ENGLISH
from tests.imports.made_files import health, ods, record, xlsx, zipped


def status(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["import", *words])
    out, err = capsys.readouterr()
    return code, out + err


ROWS = [["Date", "Pain", "Note"], ["2026-01-05", 3, "a"], ["2026-01-06", 4, "b"]]
TEXT = "\n".join(",".join(map(str, row)) for row in ROWS) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encodings_and_separators_make_one_record(tmp_path: Path, encoding: str, mark: str):
    file = tmp_path / "diary.csv"
    file.write_bytes(TEXT.replace(",", mark).encode(encoding))
    (only,) = read_files(understand([file])).records
    assert [type(entry).__name__ for entry in only.entries] == ["ScoreEntry", "NoteEntry"] * 2


def test_sheets_and_csv_make_the_same_record(tmp_path: Path):
    pytest.importorskip("python_calamine")
    (tmp_path / "diary.csv").write_text(TEXT)
    files = [tmp_path / "diary.csv", xlsx(tmp_path / "diary.xlsx", ROWS), ods(tmp_path / "diary.ods", ROWS)]
    first, *others = (read_files(understand([file])).records[0] for file in files)
    assert all(other == first for other in others)


def test_a_formula_is_the_value_that_was_saved_with_it(tmp_path: Path):
    pytest.importorskip("python_calamine")
    file = xlsx(tmp_path / "diary.xlsx", [["Date", "Pain"], ["2026-01-05", "=SUM(A1)"], ["2026-01-06", 4]])
    (only,) = read_files(understand([file])).records
    assert [entry.value for entry in only.entries] == [7.0, 4.0]


def test_a_formula_in_a_csv_file_stays_the_text_that_it_is(tmp_path: Path):
    file = tmp_path / "diary.csv"
    file.write_text('Date,Pain,Note\n2026-01-05,3,"=HYPERLINK(""x"")"\n')
    (only,) = read_files(understand([file])).records
    assert only.entries[1].text == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02 binary", "neither text"),
        (b"Date,Pain\n2026-01-05,3\x00\n", "neither text"),
        (b"", "empty"),
        (b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><x>&a;</x>", "XML"),
        (b"{", "JSON"),
        (b"[1, 2]", "no list of objects"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, capsys, content: bytes, said: str):
    file = tmp_path / "diary.csv"
    file.write_bytes(content)
    code, told = status(capsys, str(file))
    assert (code, said in told) == (2, True), told


def test_a_bomb_of_zeros_is_refused(tmp_path: Path, capsys):
    with zipfile.ZipFile(tmp_path / "diary.xlsx", "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/workbook.xml", b"0" * 400_000_000)
    code, _ = status(capsys, str(tmp_path / "diary.xlsx"))
    assert code == 2


def test_a_path_out_of_a_zip_file_is_never_written(tmp_path: Path, capsys):
    file = zipped(tmp_path / "diary.zip", {"../../evil.csv": TEXT})
    code, _ = status(capsys, str(file))
    assert (code, [path.name for path in tmp_path.rglob("*")]) == (2, ["diary.zip"])


@pytest.mark.parametrize("cell", ["x" * 900_000, "9" * 4_000, "1" + "0" * 400])
def test_a_cell_of_a_megabyte_breaks_nothing(tmp_path: Path, capsys, cell: str):
    file = tmp_path / "diary.csv"
    file.write_text(f"Date,Pain,Note,Other\n2026-01-05,3,a,{cell}\n")
    code, told = status(capsys, str(file), "--json")
    assert code in (0, 2, 3)
    assert len(told) < 2_000_000


def test_a_header_cannot_put_lines_into_the_map_or_letters_onto_the_terminal(tmp_path: Path, capsys):
    file = tmp_path / "diary.csv"
    evil = 'Pa"in\n[diary]\npatient = \x1b[31mx'
    file.write_text(f'Date,"{evil.replace(chr(34), chr(34) * 2)}",Pain\n2026-01-05,7,3\n')
    understood = understand([file])
    (only,) = understood.tables
    plain = tomllib.loads(map_text(only, ENGLISH))
    assert plain["diary"]["patient"] == "diary"
    _, told = status(capsys, str(file))
    assert "\x1b" not in told


def test_a_map_that_was_suggested_says_what_the_draft_says(tmp_path: Path):
    for path in sorted((Path(__file__).parent / "files").rglob("*.csv")):
        for each in understand([path]).tables:
            assert tomllib.loads(map_text(each, ENGLISH)) == each.draft.plain, path.name


def test_an_export_of_apple_comes_in_by_kinds_and_days(tmp_path: Path, capsys):
    steps, pain = "HKQuantityTypeIdentifierStepCount", "HKCategoryTypeIdentifierHeadache"
    records = [
        record(steps, "100", "2026-01-05 08:00:00"),
        record(steps, "50", "2026-01-05 09:00:00"),
        record(pain, "HKCategoryValueSeverityMild", "2026-01-05 10:00:00"),
        record("HKQuantityTypeIdentifierRestingHeartRate", "61", "2026-01-05 11:00:00", unit="count/min"),
    ]
    code, told = status(
        capsys,
        str(health(tmp_path / "export.zip", "\n".join(records))),
        "--to",
        "yaml",
        "-o",
        str(tmp_path / "a.yaml"),
    )
    lines = (tmp_path / "a.yaml").read_text().splitlines()
    assert code == 0, told
    assert lines[4:] == [
        "- {date: 2026-01-05, kind: exposure, name: step count, amount: 150, unit: count, by: patient}",
        '- {date: 2026-01-05, time: "10:00", kind: symptom, what: headache, state: present, severity: mild, '
        "by: patient}",
        '- {date: 2026-01-05, time: "11:00", kind: measurement, what: resting heart rate, value: 61, unit: count/min, '
        "by: patient}",
    ]


def test_a_file_of_tables_without_end_is_refused_before_they_are_looked_at(tmp_path: Path):
    file = tmp_path / "tables.csv"
    file.write_text(
        "".join(f"title {at}\nDate,Pain\n2026-01-01,2\n\n" for at in range(301)), encoding="utf-8"
    )
    with pytest.raises(Problems) as wrong:
        understand([file])
    assert "tables.too-many-tables" in repr(wrong.value.problems[0].what)
