"""A table that nobody knows: one format for its days or a question, numbers where the header says what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.imports.lasting import minutes_of
from assuage.imports.shapes.columns import decimal_of, look_of
from assuage.imports.shapes.dates import clock_text, date_readings, ordinal_date
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.known import shapes_of
from assuage.imports.shapes.topics import topic_of
from assuage.imports.shapes.understand import read_files, understand
from assuage.imports.tables.read import tables_of
from assuage.record.entries import SymptomEntry


def draft(tmp_path: Path, text: str, patient: str | None = None) -> Draft:
    file = tmp_path / "diary.csv"
    file.write_text(text, encoding="utf-8")
    (only,) = understand([file], patient).tables
    return only.draft


def asked(tmp_path: Path, text: str) -> list[str]:
    return [ask.what.id for ask in draft(tmp_path, text).asks]


# --- days


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["2026-01-05", "2026-01-06"], ["%Y-%m-%d"]),
        (["05.01.2026", "06.01.2026"], ["%d.%m.%Y"]),
        (["05/06/2026", "06/13/2026"], ["%m/%d/%Y"]),
        (["05/06/2026", "13/06/2026"], ["%d/%m/%Y"]),
        (["05/06/2026", "07/06/2026"], ["%d/%m/%Y", "%m/%d/%Y"]),
        (["05/05/2026", "06/06/2026"], ["%d/%m/%Y"]),
        (["Jan 5, 2026"], ["%b %d, %Y"]),
        (["5 March 2026", "6 May 2026"], ["%d %B %Y"]),
        (["1st March 2026", "22nd of May 2026"], ["%d %B %Y"]),
        (["Wed 1st April 2026", "Thu 2nd April 2026"], ["%a %d %b %Y"]),
        (["March 3rd, 2026"], ["%B %d, %Y"]),
        (["5. März 2026", "6. Mai 2026"], ["%d. %B %Y"]),
        (["05. Maerz 2026", "6. Januar 2026"], ["%d. %B %Y"]),
        (["5. März 2026", "6. Aug. 2026"], ["%d. %b %Y"]),
        (["2026 m. kovo 5 d.", "2026 m. lapkričio 3 d."], ["%Y m. %B %d d."]),
        (["2026 kovas 5", "2026 GEGUŽĖS 6"], ["%Y %B %d"]),
        (["Montag, 5. Januar 2026"], ["%A, %d. %B %Y"]),
        (["2026 m. sausio 5 d., pirmadienis"], ["%Y m. %B %d d., %A"]),
        (["Mo, 05.01.2026", "Di, 06.01.2026"], ["%a, %d.%m.%Y"]),
        (["5. Januar 2026 um 08:15 Uhr"], ["%d. %B %Y um %H:%M Uhr"]),
        (["Tue 05/06/2026", "Wed 06/06/2026"], []),
        (["Fri 05/06/2026", "Sat 06/06/2026"], ["%a %d/%m/%Y"]),
        (["Dienstag, 5. Januar 2026"], []),
        (["lapkričio 3 d."], []),
        (["5. Marsch 2026"], []),
        (["2026-01-05 08:00", "2026-01-05 21:30"], ["%Y-%m-%d %H:%M"]),
        (["2026-01-05T08:00:00+02:00"], ["%Y-%m-%dT%H:%M:%S%z"]),
        (["5", "6"], []),
        (["1.5", "2.5"], []),
        (["", ""], []),
        (["yesterday"], []),
        (["٠٥.٠١.٢٠٢٦"], []),
    ],
)
def test_the_formats_that_read_a_whole_column(cells: list[str], forms: list[str]):
    assert [reading.form for reading in date_readings(cells)] == forms


@given(st.lists(st.dates(), min_size=1, max_size=20))
def test_days_in_iso_are_always_read_by_one_format(days):
    assert [each.form for each in date_readings([day.isoformat() for day in days])] == ["%Y-%m-%d"]


@given(st.lists(st.text(max_size=30), max_size=20))
def test_no_text_breaks_the_look_at_a_column(cells: list[str]):
    date_readings(cells)
    look_of("x", cells, ".")
    decimal_of([cells])


@pytest.mark.parametrize(
    ("text", "read"),
    [("8th Dec 2021", "2021-12-08"), ("1st March 2024", "2024-03-01"), ("31st Feb 2022", "None")],
)
def test_days_with_an_ordinal_number(text: str, read: str):
    assert str(ordinal_date(text)) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("6:50 pm", "18:50"),
        ("12:05 AM", "00:05"),
        ("18:50", "18:50"),
        ("25:00", None),
        ("13:00 pm", None),
        ("x", None),
    ],
)
def test_clocks_of_twelve_and_of_twenty_four_hours(text: str, read: str | None):
    assert clock_text(text) == read


@pytest.mark.parametrize(
    ("text", "read"), [("7h 21min", 441), ("5h", 300), ("45 min", 45), ("", None), ("7:21", None)]
)
def test_minutes_out_of_hours_and_minutes(text: str, read: int | None):
    assert minutes_of(text) == read


# --- what a header says


@pytest.mark.parametrize(
    ("header", "scale", "site", "time"),
    [
        ("Pain", "pain", None, None),
        ("neck_pain_am", "pain", "neck", "morning"),
        ("Kaklo skausmas ryte", "pain", "neck", "morning"),
        ("Nackenschmerzen abends", "pain", "neck", "evening"),
        ("Pain - lower back", "pain", "lower_back", None),
        ("Müdigkeit", "fatigue", None, None),
        ("Stress", "stress", None, None),
        ("Sleep and pain", None, None, None),
        ("Spain", None, None, None),
        ("Paint", None, None, None),
    ],
)
def test_scale_site_and_time_of_a_header(header: str, scale: str | None, site: str | None, time: str | None):
    topic = topic_of(header)
    assert (topic.scale.code if topic.scale else None, topic.site, topic.time) == (scale, site, time)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Date,Pain\n2026-01-05,3\n", []),
        ("Date,Pain\n05/06/2026,3\n06/07/2026,4\n", ["shape.which-format"]),
        ("Pain,Note\n3,x\n", ["shape.no-date"]),
        ("Start,End,Pain\n2026-01-05,2026-01-06,3\n", ["shape.which-spells"]),
        ("Date,Sleep\n2026-01-05,7\n2026-01-06,8\n", ["shape.which-sleep"]),
        ("Date,Flux\n2026-01-05,7\n", ["shape.which-number"]),
        ("Date,Pain\n2026-01-05,700\n", ["shape.which-number"]),
        ("Date,Pain\n2026-01-05,1\n2026-01-06,0\n", ["shape.which-one"]),
        (
            "Date,Weather\n2026-01-05,rain\n2026-01-06,sun\n2026-01-07,rain\n2026-01-08,sun\n",
            ["shape.which-words"],
        ),
        ("Date,Pain\n2026-01-05,1\n2026-01-05,5\n2026-01-06,4\n", ["shape.whose"]),
        ("Date,Pain\n2026-01-05T08:00:00+02:00,3\n", ["shape.which-zone"]),
        ("Date,Pain (1-5)\n2026-01-05,6\n", ["shape.outside-stated"]),
        ("Date,Pain /5\n2026-01-05,3\n", ["shape.which-low-end"]),
        ("2026-01-05,3\n2026-01-06,4\n", ["shape.no-headers", "shape.which-number"]),
    ],
)
def test_what_cannot_be_told_apart_is_asked(tmp_path: Path, text: str, questions: list[str]):
    assert asked(tmp_path, text) == questions


def test_a_pseudonym_that_is_given_answers_whose_rows_they_are(tmp_path: Path):
    text = "Date,Pain\n2026-01-05,1\n2026-01-05,5\n2026-01-06,4\n"
    assert draft(tmp_path, text, "ana").asks == []


@pytest.mark.parametrize(
    ("header", "cells", "meaning"),
    [
        ("VAS pain", "70,30", {"kind": "score", "scale": "pain", "from": [0, 100]}),
        ("Mood", "7,3", {"kind": "rating", "name": "Mood"}),
        ("Mood (1-7)", "7,3", {"kind": "rating", "name": "Mood (1-7)", "lowest": 1, "highest": 7}),
        ("Pain (1-5)", "5,3", {"kind": "score", "scale": "pain", "from": [1, 5]}),
        ("Pain [0-100 mm]", "5,3", {"kind": "score", "scale": "pain", "from": [0, 100]}),
        ("Schmerz 0 bis 10", "5,3", {"kind": "score", "scale": "pain"}),
        ("Skausmas (0–10)", "5,3", {"kind": "score", "scale": "pain"}),
        ("Masažas", "yes,no", {"kind": "therapy", "what": "massage"}),
        ("Coffee (cups)", "2,3", {"kind": "exposure", "name": "Coffee (cups)", "unit": "cups"}),
        ("Resting HR", "61,63", {"kind": "measurement", "what": "Resting HR", "unit": "bpm"}),
        ("Sleep hours", "7,8", {"kind": "exposure", "name": "Sleep hours", "unit": "h", "night": "before"}),
        ("Massage", "yes,no", {"kind": "therapy", "what": "massage"}),
        ("Headache", "yes,no", {"kind": "symptom", "what": "headache"}),
        ("Ibuprofen", "yes,no", {"kind": "intake", "drug": "ibuprofen"}),
        ("Coffee", "yes,no", {"kind": "exposure", "name": "Coffee"}),
        ("Sport", "ja,nein", {"kind": "exposure", "name": "Sport", "yes": ["ja"], "no": ["nein"]}),
        (
            "Nausea",
            "mild,none",
            {"kind": "symptom", "what": "Nausea", "severities": {"mild": "mild"}, "no": ["none"]},
        ),
        ("Notes", "a,b", {"kind": "note"}),
    ],
)
def test_what_a_column_is_taken_for(tmp_path: Path, header: str, cells: str, meaning: dict[str, object]):
    first, second = cells.split(",")
    seen = draft(tmp_path, f'Date;"{header}"\n2026-01-05;{first}\n2026-01-06;{second}\n')
    assert seen.columns == {header: meaning}


@pytest.mark.parametrize("header", ["E-mail", "First name", "IP Address", "uuid", "Weekday", "Latitude"])
def test_what_could_name_a_person_or_says_nothing_is_left_out_and_told(tmp_path: Path, header: str):
    seen = draft(tmp_path, f"Date,{header},Pain\n2026-01-05,x,3\n")
    assert ([left.header for left in seen.left], list(seen.columns)) == ([header], ["Pain"])


def test_a_table_has_one_shape_at_most(tmp_path: Path):
    files = Path(__file__).parent / "files"
    for path in sorted(files.rglob("*.csv")):
        assert all(len(shapes_of(table)) <= 1 for table in tables_of(path)), path.name


PEOPLE = "participant,date,pain\np1,2026-01-05,4\np2,2026-01-05,5\n"


@pytest.mark.parametrize(
    ("patient", "diary", "questions"),
    [
        (None, {"patient_column": "participant"}, []),
        ("p1", {"patient_column": "participant", "when": {"participant": "p1"}}, []),
        ("ana", {}, ["shape.several-people"]),
    ],
)
def test_a_pseudonym_picks_one_of_several_people_and_never_makes_one_of_two(
    tmp_path: Path, patient: str | None, diary: dict[str, object], questions: list[str]
):
    seen = draft(tmp_path, PEOPLE, patient)
    whose = {key: value for key, value in seen.diary.items() if key in ("patient", "patient_column", "when")}
    assert (whose, [ask.what.id for ask in seen.asks]) == (diary, questions)


def test_a_total_below_the_table_does_not_hide_the_dates(tmp_path: Path):
    seen = draft(tmp_path, "Date,Pain\n2026-01-05,4\n2026-01-06,5\nTotal,9\n")
    assert (seen.diary["date"], seen.asks) == ("Date", [])


def test_the_unit_of_a_row_is_read_from_its_column(tmp_path: Path):
    rows = (
        "date,name,value,unit\n2026-01-05,mood,4,points\n2026-01-05,coffee,2,cups\n2026-01-06,coffee,3,mugs\n"
    )
    beside = "date,pain,mood,mood unit\n2026-01-05,4,3,points\n2026-01-06,4,30,%\n"
    by_name, by_column = draft(tmp_path, rows, "x"), draft(tmp_path, beside)
    assert {name: meaning["unit_column"] for name, meaning in by_name.names.items()} == {
        "mood": "unit",
        "coffee": "unit",
    }
    assert by_column.columns["mood"] == {"kind": "rating", "name": "mood", "unit_column": "mood unit"}
    assert list(by_column.columns) == ["pain", "mood"]


SPELLS = "Start,End,Pain (0-10)\n2026-01-05,2026-01-07,6\n2026-01-20,still ongoing,4\n"


def test_rows_with_a_start_and_an_end_are_spells_of_what_the_file_is_called(tmp_path: Path):
    path = tmp_path / "my-headaches.csv"
    path.write_text(SPELLS, encoding="utf-8")
    understood = understand([path])
    assert understood.asked == ()
    ((record,),) = (read_files(understood).records,)
    states = [(entry.day, entry.state) for entry in record.entries if isinstance(entry, SymptomEntry)]
    assert states == [(0, "present"), (1, "present"), (2, "resolved"), (15, "present")]


def test_a_start_and_an_end_of_something_else_are_no_spell(tmp_path: Path):
    for header in ("Sleep quality", "Drug", "Session"):
        of_else = draft(tmp_path, SPELLS.replace("Pain (0-10)", header))
        assert "end" not in of_else.diary
        assert not of_else.row


def test_a_drug_and_a_therapy_are_known_in_a_question_too(tmp_path: Path):
    text = "Date,Took ibuprofen 400mg,did_massage,Had coffee today\n2026-01-05,yes,no,yes\n2026-01-06,no,yes,no\n"
    columns = draft(tmp_path, text).columns
    assert columns["Took ibuprofen 400mg"] == {
        "kind": "intake",
        "drug": "ibuprofen",
        "doses": [{"amount": 400, "unit": "mg"}],
    }
    assert columns["did_massage"] == {"kind": "therapy", "what": "massage"}
    assert columns["Had coffee today"]["kind"] == "exposure"


def test_the_time_of_a_start_is_the_time_of_its_row(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_text(
        "Date,Start,Stop,Pain\n2026-01-05,14:30,16:00,6\n2026-01-06,8:15,9:00,4\n", encoding="utf-8"
    )
    (record,) = read_files(understand([path])).records
    assert [entry.time for entry in record.entries] == ["14:30", "08:15"]
