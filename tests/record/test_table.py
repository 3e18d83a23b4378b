"""Tables from elsewhere: plain rows, folders, bad rows."""

from __future__ import annotations

import sys
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assuage.errors import InputError, Problems
from assuage.record.decided_entries import RedFlagEntry
from assuage.record.entries import AnswersEntry, NoteEntry, ScoreEntry
from assuage.record.rows import read_table
from assuage.record.table import to_float32, to_frame
from assuage.words.speak import catalogue


def table(tmp_path: Path, rows: list[dict[str, Any]], name: str = "t.parquet", **schema: Any) -> Path:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    for column in ("day", "minute"):
        if column in frame.columns:
            frame = frame.with_columns(pl.col(column).cast(pl.Int32))
    frame.cast(schema).write_parquet(tmp_path / name)
    return tmp_path / name


def problems_of(path: Path) -> list[str]:
    with pytest.raises(Problems) as raised:
        read_table(path)
    return [str(problem) for problem in raised.value.problems]


PAIN = {
    "patient": "ana",
    "day": 3,
    "kind": "score",
    "code": "pain",
    "value": 4.3,
    "site": "neck",
    "minute": 485,
}


def test_a_plain_row_is_an_entry(tmp_path: Path) -> None:
    (record,) = read_table(table(tmp_path, [PAIN], value=pl.Float32))
    (entry,) = record.entries
    assert isinstance(entry, ScoreEntry)
    assert (entry.day, entry.time, entry.value, entry.sites) == (3, "08:05", 4.3, ("neck",))


def test_plain_answers_of_one_moment_are_one_entry(tmp_path: Path) -> None:
    own = {"patient": "ana", "day": 3, "kind": "answers"}
    rows = [{**own, "code": f"sss.{item}", "value": 2.0} for item in ("fatigue", "cognitive")]
    (record,) = read_table(table(tmp_path, rows))
    (entry,) = record.entries
    assert isinstance(entry, AnswersEntry)
    assert entry.items == {"fatigue": 2, "cognitive": 2}


def test_plain_text_is_a_note(tmp_path: Path) -> None:
    own = {"patient": "ana", "day": 3}
    rows = [
        {**own, "kind": "note", "code": None, "value": None, "text": "slept badly"},
        {**own, "kind": "score", "code": "pain", "value": 4.0, "text": "after work"},
    ]
    first, second = read_table(table(tmp_path, rows))[0].entries
    assert isinstance(first, NoteEntry)
    assert (first.text, second.note) == ("slept badly", "after work")


def test_an_empty_code_site_or_text_is_none_as_null_is(tmp_path: Path) -> None:
    own = {"patient": "ana", "day": 3}
    rows = [
        {**own, "kind": "note", "code": None, "site": None, "value": None, "text": "slept badly"},
        {**own, "kind": "score", "code": "pain", "site": None, "value": 4.0, "text": None},
        {**own, "kind": "answers", "code": "sss.fatigue", "site": None, "value": 2.0, "text": None},
    ]
    empty = [
        {name: "" if value is None and name != "value" else value for name, value in row.items()}
        for row in rows
    ]
    assert read_table(table(tmp_path, empty)) == read_table(table(tmp_path, rows, "null.parquet"))


def test_every_bad_row_is_named_with_its_number(tmp_path: Path) -> None:
    rows = [
        PAIN,
        {**PAIN, "day": 4, "value": 12.0},
        {**PAIN, "day": 5, "code": "pian"},
        {**PAIN, "day": 6, "site": "nek"},
        {**PAIN, "day": None},
        {**PAIN, "day": 7, "kind": "scor"},
        {**PAIN, "day": 8, "minute": 1440},
        {**PAIN, "day": 3, "value": 5.0},
    ]
    assert problems_of(table(tmp_path, rows)) == [
        "row 2 value: pain is scored 0 to 10, so 12 cannot be right",
        'row 3 scale: unknown scale "pian"; did you mean "pain"?',
        'row 4 site: unknown site "nek"; did you mean "neck"?',
        "row 5 day: is missing",
        'row 6 kind: unknown kind "scor"; did you mean "score"?',
        "row 7 minute: must be 0 to 1439, so 1440 cannot be right",
        "row 8: pain 5 (neck) contradicts row 1, pain 4.3 (neck), of the same moment; "
        "give each its time, or let one replace the other (replaces: its id)",
    ]


NOTE = {"patient": "ana", "day": 3, "kind": "note", "code": None, "value": None, "text": "slept badly"}
SEX = {"patient": "ana", "day": 0, "kind": "patient", "code": "sex", "value": None, "text": "female"}
AGE = {**SEX, "code": "age", "value": 48.0, "text": None}
FIVE = {"patient": "ana", "day": 3, "kind": "score", "code": "pain", "value": 5.0, "text": None}
TIRED = {**FIVE, "kind": "answers", "code": "sss.fatigue", "value": 2.0}
CHECK = {**NOTE, "kind": "red_flag_check", "code": "new_numbness", "text": None}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [{**SEX, "code": "sexx"}, NOTE],
            'row 1 code: unknown fact of a patient "sexx"; did you mean "sex"?',
        ),
        ([SEX, {**SEX, "text": "male"}, NOTE], "row 2: a second sex for this patient; keep one"),
        (
            [{**NOTE, "text": '{"entry": 1}'}, {**NOTE, "day": 4, "text": '{"entry": 1}'}],
            "row 1, row 2: rows of one entry must agree in kind, day and minute",
        ),
        (
            [{**NOTE, "text": '{"dated": true, "text": "a"}'}],
            "row 1: is dated, which needs a row of kind patient and code starts_on",
        ),
        ([{**NOTE, "minute": 5, "text": '{"time": "08:00"}'}], "row 1 minute: is 5, but text says 08:00"),
        ([{**FIVE, "text": '{"value": 4.5}'}], "row 1 value: is 5, but text says 4.5"),
        ([{**NOTE, "value": 4.0}], "row 1 value: a note row has no value"),
        (
            [TIRED, {**TIRED, "value": 1.0}],
            "row 2 code: a second answer to fatigue in one set of answers; keep one, or give each set its own time",
        ),
        (
            [{**NOTE, "patient": "a\x1b[31m"}],
            'row 1 (patient "a\\u001b[31m") patient.id: holds a control character',
        ),
        (
            [{**NOTE, "patient": "a\u202e"}],
            'row 1 (patient "a\\u202e") patient.id: holds a control character',
        ),
    ],
)
def test_rows_that_do_not_fit_together_are_named(
    tmp_path: Path, rows: list[dict[str, Any]], told: str
) -> None:
    (first, *_) = problems_of(table(tmp_path, rows, value=pl.Float32))
    assert first.startswith(told)


def test_text_that_looks_like_json_and_is_none_is_text(tmp_path: Path) -> None:
    rows = [{**NOTE, "text": "{not json"}, {**NOTE, "text": "[1]"}]
    (record,) = read_table(table(tmp_path, rows, value=pl.Float32))
    assert [entry.text for entry in record.entries if isinstance(entry, NoteEntry)] == ["{not json", "[1]"]


def test_facts_of_a_patient_may_be_said_twice_alike_and_an_age_is_a_whole_number(tmp_path: Path) -> None:
    (record,) = read_table(table(tmp_path, [SEX, AGE, SEX, AGE, NOTE], value=pl.Float32))
    assert (record.patient.sex, record.patient.age) == ("female", 48)


def test_a_dated_row_is_the_date_of_its_day(tmp_path: Path) -> None:
    start = {**SEX, "code": "starts_on", "text": "2026-01-05"}
    (record,) = read_table(
        table(tmp_path, [start, {**NOTE, "text": '{"dated": true, "text": "a"}'}], value=pl.Float32)
    )
    assert (record.entries[0].dated, record.date_of(3)) == (True, date(2026, 1, 8))


def test_painful_sites_are_rows_of_the_bare_instrument(tmp_path: Path) -> None:
    rows = [{**TIRED, "code": "wpi", "value": None, "site": site} for site in ("neck", "jaw_left", "chest")]
    (record,) = read_table(table(tmp_path, rows, value=pl.Float32))
    (entry,) = record.entries
    assert isinstance(entry, AnswersEntry)
    assert entry.sites == ("neck", "jaw_left", "chest")


def test_flags_that_were_looked_for_are_rows_of_one_check(tmp_path: Path) -> None:
    rows = [
        {**CHECK, "text": '{"entry": 1, "row": 2, "is": "absent"}', "code": "myelopathy"},
        {**CHECK, "text": '{"entry": 1, "row": 1, "is": "present"}'},
    ]
    (record,) = read_table(table(tmp_path, rows, value=pl.Float32))
    (entry,) = record.entries
    assert isinstance(entry, RedFlagEntry)
    assert dict(entry.flags) == {"RF_NEW_NUMBNESS": "present", "RF_MYELOPATHY": "absent"}


@pytest.mark.parametrize(("value", "written"), [(4.3, 4.300000190734863), (1e39, inf), (-1e39, -inf)])
def test_a_number_is_written_as_the_nearest_of_32_bits(value: float, written: float) -> None:
    assert to_float32(value) == written


def test_a_folder_of_tables_is_one_cohort_and_a_patient_is_in_one_file_only(tmp_path: Path) -> None:
    table(tmp_path, [PAIN], "a.parquet")
    table(tmp_path, [{**PAIN, "patient": "ben"}], "b.parquet")
    assert [record.patient.id for record in read_table(tmp_path)] == ["ana", "ben"]
    table(tmp_path, [PAIN], "c.parquet")
    problem = (
        'patient "ana": is in a.parquet and c.parquet; keep each patient in one file: assuage cohort merge'
    )
    assert problems_of(tmp_path) == [problem]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    lost = table(tmp_path, [{"patient": "ana", "tag": 3, "kind": "score", "value": 4.0}])
    said = problems_of(lost)
    assert [line.split(";")[0] for line in said] == [
        'columns: "day" is missing',
        'columns: "code" is missing',
        'columns: unknown column "tag"',
    ]
    wrong = table(tmp_path, [{**PAIN, "value": "four"}])
    assert problems_of(wrong) == [
        'columns: "value" must be numbers, not large_string; write whole numbers, float32 or float64'
    ]


def test_a_table_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        read_table(tmp_path / "none.parquet")
    with pytest.raises(InputError, match=r"no \.parquet file"):
        read_table(tmp_path)


def test_without_the_table_library_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InputError, match=r"pip install 'assuage\[table\]'"):
        to_frame([])


def test_a_fraction_of_a_total_of_whole_points_is_refused_in_a_table_too(tmp_path: Path) -> None:
    path = table(tmp_path, [PAIN, PAIN | {"code": "gad7", "value": 4.5}])
    (problem,) = problems_of(path)
    assert "row 2" in problem
    assert "GAD-7, anxiety is scored in whole points, so 4.5 cannot be right" in problem


def test_a_table_is_refused_in_the_language_of_its_reader(tmp_path: Path) -> None:
    with pytest.raises(Problems) as refused:
        read_table(table(tmp_path, [{**NOTE, "value": 4.0}], value=pl.Float32))
    assert "1 eilutė value: eilutė, kurios rūšis note, reikšmės neturi" in refused.value.in_words(
        catalogue("lt")
    )
