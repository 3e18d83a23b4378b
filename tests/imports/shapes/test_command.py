"""`assuage import FILE...` without a map: what it ends with, what it writes, several files, suggested maps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.record.read import read_record

FILES = Path(__file__).parent / "files"
CLEAR = "Date,Pain\n2026-01-05,3\n2026-01-06,4\n"
UNCLEAR = "Date,Pain\n05/06/2026,3\n06/07/2026,4\n"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["import", *words])
    out, err = capsys.readouterr()
    return code, out, err


def put(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    ("text", "status"),
    [(CLEAR, 0), (UNCLEAR, 3), ("Date,Pain\n2026-01-05,30\n2026-01-06,x\n2026-01-07,5\n", 3), ("", 2)],
)
def test_the_exit_status_says_whether_it_is_settled_asked_or_refused(capsys, text: str, status: int):
    assert run(capsys, put("diary.csv", text))[0] == status


def test_a_cell_that_cannot_be_right_is_refused_with_its_row_and_nothing_is_written(capsys):
    rows = "".join(f"2026-01-{day:02d},7\n" for day in range(1, 21))
    code, _, err = run(capsys, put("diary.csv", f"Date,Pain\n{rows}2026-01-21,x\n"), "-o", "out.yaml")
    assert (code, "row 22  Pain = x" in err, Path("out.yaml").exists()) == (2, True, False)


def test_nothing_is_written_while_something_is_asked(capsys):
    code, out, _ = run(capsys, put("diary.csv", UNCLEAR), "-o", "out.yaml")
    assert (code, Path("out.yaml").exists(), "? is 05/06/2026" in out) == (3, False, True)


@pytest.mark.parametrize(
    "name",
    [
        "bearable.csv",
        "m-path.csv",
        "redcap.csv",
        "garmin-steps.csv",
        "unknown-german.csv",
        "unknown-names.csv",
    ],
)
def test_a_map_that_was_suggested_makes_the_record_that_was_guessed(capsys, name: str):
    file = str(FILES / name)
    run(capsys, file, "-o", "guessed")
    run(capsys, file, "--suggest", "-o", "map.toml")
    assert run(capsys, file, "--map", "map.toml", "-o", "mapped")[0] == 0
    guessed, mapped = (
        {path.name: path.read_text() for path in Path(folder).iterdir()} for folder in ("guessed", "mapped")
    )
    assert guessed == mapped


def test_each_part_of_a_file_has_a_map_of_its_own(capsys):
    run(capsys, str(FILES / "fitbit.csv"), "--suggest", "-o", "maps")
    code, _, _ = run(capsys, str(FILES / "fitbit.csv"), "--map", "maps/map-02.toml", "-o", "out.yaml")
    assert (code, len(read_record("out.yaml").entries)) == (0, 3)


def test_a_question_that_is_answered_in_the_map_lets_the_table_in(capsys):
    run(capsys, put("diary.csv", UNCLEAR), "--suggest", "-o", "map.toml")
    text = Path("map.toml").read_text().replace('# date_format = "%m/%d/%Y"', 'date_format = "%m/%d/%Y"')
    code, _, _ = run(capsys, "diary.csv", "--map", put("map.toml", text), "-o", "out.yaml")
    assert (code, str(read_record("out.yaml").starts_on)) == (0, "2026-05-06")


def test_a_map_and_a_suggestion_exclude_each_other(capsys):
    code, _, err = run(capsys, put("diary.csv", CLEAR), "--suggest", "--map", "map.toml")
    assert (code, err) == (2, "--suggest makes a map; leave out --map\n")


def test_what_two_files_say_alike_comes_in_once(capsys):
    put("one.csv", CLEAR)
    put("two.csv", CLEAR + "2026-01-07,5\n")
    code, out, _ = run(capsys, "one.csv", "two.csv", "--patient", "ana", "-o", "out.yaml")
    entries = read_record("out.yaml").entries
    assert (code, len(entries), "left out, since two files have them: 2 entries" in out) == (0, 3, True)


def test_two_files_of_one_person_each_are_asked_whose_they_are(capsys):
    put("one.csv", CLEAR)
    put("two.csv", CLEAR)
    code, out, _ = run(capsys, "one.csv", "two.csv")
    assert (code, "do these files tell of one person: one.csv, two.csv?" in out) == (3, True)


def test_a_folder_and_a_record_beside_an_export_make_one_record(capsys):
    Path("all").mkdir()
    put("all/diary.csv", CLEAR)
    put("all/readme.md", "x")
    put("all/ana.yaml", (FILES / "record.yaml").read_text())
    code, out, _ = run(capsys, "all", "--patient", "ana", "-o", "out.yaml")
    assert (code, len(read_record("out.yaml").entries), "left out: readme.md" in out) == (0, 3, True)


def test_json_says_every_table_with_its_map_and_its_questions(capsys):
    code, out, _ = run(capsys, put("diary.csv", UNCLEAR), "--json")
    told = json.loads(out)
    (table,) = told["tables"]
    assert (code, told["ok"], told["records"]) == (3, False, [])
    assert table["questions"][0]["answers"] == [{"date_format": "%d/%m/%Y"}, {"date_format": "%m/%d/%Y"}]
    assert table["map"]["columns"] == {"Pain": {"kind": "score", "scale": "pain"}}


def test_json_of_what_came_in_counts_rows_and_entries(capsys):
    code, out, _ = run(capsys, put("diary.csv", CLEAR), "--json")
    told = json.loads(out)
    assert (code, told["ok"], told["records"][0]["entries"], told["tables"][0]["rows_used"]) == (
        0,
        True,
        2,
        2,
    )


@pytest.mark.parametrize("name", ["bearable.csv", "unknown-questions.csv"])
def test_it_speaks_lithuanian(capsys, name: str):
    _, out, _ = run(capsys, str(FILES / name), "--lang", "lt")
    assert "pacient" in out or "klausim" in out


def test_a_file_that_is_not_there_is_said(capsys):
    assert run(capsys, "nowhere.csv")[0] == 2
