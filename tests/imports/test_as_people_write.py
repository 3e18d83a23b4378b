"""Tables as people keep them: totals, two rows of headers, several tables in a sheet, lists in a cell, no answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.imports.diary import import_diary
from assuage.imports.map import map_of
from assuage.imports.shapes.columns import number_marks
from assuage.imports.shapes.understand import Understood, read_files, understand
from assuage.imports.tables.read import tables_of
from assuage.record.write import to_plain
from assuage.report.imported.map_text import map_text
from assuage.words.speak import catalogue


def understood(tmp_path: Path, text: str | bytes, name: str = "diary.csv") -> Understood:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return understand([file])


def meanings(tmp_path: Path, text: str | bytes) -> dict[str, Any]:
    (only,) = understood(tmp_path, text).tables
    return only.draft.columns


def entries(tmp_path: Path, text: str | bytes) -> list[dict[str, Any]]:
    (record,) = read_files(understood(tmp_path, text)).records
    return [entry for entry in to_plain(record)["entries"] if entry.get("state") != "not_asked"]


def values(tmp_path: Path, text: str | bytes) -> list[float]:
    return [entry["value"] for entry in entries(tmp_path, text) if entry["kind"] == "score"]


@pytest.mark.parametrize(
    ("text", "headers", "rows"),
    [
        (
            "Date,Pain,Pain\n,morning,evening\n2026-01-05,3,4\n",
            ("Date", "Pain (morning)", "Pain (evening)"),
            1,
        ),
        (
            "Date,Pain,,Walk\n,morning,evening,\n2026-01-05,3,4,5\n",
            ("Date", "Pain (morning)", "Pain (evening)", "Walk"),
            1,
        ),
        ("Date,Pain,Sleep\n,0-10,hours\n2026-01-05,3,4\n", ("Date", "Pain (0-10)", "Sleep (hours)"), 1),
        (
            "Datum,Schmerz,Massage\ntt.mm.jjjj,0-10,ja/nein\n05.01.2026,3,ja\n",
            ("Datum (tt.mm.jjjj)", "Schmerz (0-10)", "Massage"),
            1,
        ),
        (
            ",Pain,,Fatigue,\nDate,am,pm,am,pm\n2026-01-05,3,4,5,6\n",
            ("Date", "Pain (am)", "Pain (pm)", "Fatigue (am)", "Fatigue (pm)"),
            1,
        ),
        # No second row of headers: a day without a rating, a day that is not dated, a note alone.
        ("Date,Pain,Notes\n2026-01-05,,tired\n2026-01-06,3,\n", ("Date", "Pain", "Notes"), 2),
        ("Date,Pain,Notes\n,4,tired\n2026-01-06,3,\n", ("Date", "Pain", "Notes"), 2),
        ("Date,Pain,Notes\n,,tired\n2026-01-06,3,\n", ("Date", "Pain", "Notes"), 2),
    ],
)
def test_a_second_row_of_headers_stands_in_brackets_after_the_first(
    tmp_path: Path, text: str, headers: tuple[str, ...], rows: int
):
    (only,) = understood(tmp_path, text).tables
    assert (only.table.headers, len(only.table.rows)) == (headers, rows)


@pytest.mark.parametrize("word", ["Total", "Average:", "Summe", "Durchschnitt", "Iš viso", "Vidurkis"])
def test_rows_that_add_up_the_others_are_no_days_and_are_told_of(tmp_path: Path, word: str):
    text = f"Date,Pain,Massage\n2026-01-05,3,yes\n2026-01-06,4,no\n{word},7,1\n"
    (only,) = understood(tmp_path, text).tables
    assert ([part.rows for part in only.table.skipped], values(tmp_path, text)) == ([(4,)], [3, 4])


def test_a_map_reads_what_was_suggested_of_totals_and_second_headers(tmp_path: Path):
    text = "Date,Pain,Pain\n,morning,evening\n2026-01-05,3,4\n2026-01-06,5,6\nTotal,8,10\n"
    (only,) = understood(tmp_path, text).tables
    (tmp_path / "map.toml").write_text(map_text(only, catalogue()), encoding="utf-8")
    by_map = import_diary(tmp_path / "diary.csv", tmp_path / "map.toml")
    assert [to_plain(each) for each in by_map.records] == [
        to_plain(each) for each in read_files(understood(tmp_path, text)).records
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Date,Pain\n2026-01-05,3\n\nDate,Fatigue\n2026-01-05,4\n", ["table 1", "table 2"]),
        ("Pain\nDate,Pain\n2026-01-05,3\n\nSleep\nDate,Hours\n2026-01-05,4\n", ["Pain", "Sleep"]),
        ("Date,Pain,,Date,Fatigue\n2026-01-05,3,,2026-01-05,4\n", ["table 1", "table 2"]),
        ("Date,Pain,,Walk\n2026-01-05,3,,4\n", [""]),
        ("Date,Pain\n2026-01-05,3\n\n2026-01-06,4\n", [""]),
    ],
)
def test_tables_below_and_beside_one_another_are_tables_of_their_own(
    tmp_path: Path, text: str, names: list[str]
):
    file = tmp_path / "diary.csv"
    file.write_text(text, encoding="utf-8")
    assert [table.sheet for table in tables_of(file)] == names


_LISTS = '2026-01-05,"{0}, {1}"\n2026-01-06,{0}\n2026-01-07,"{1}, {2}"\n2026-01-08,"{0}, {2}"\n2026-01-09,\n'


@pytest.mark.parametrize(
    ("header", "words", "first", "kinds"),
    [
        ("Symptoms", ("headache", "nausea", "brain fog"), "symptom", ["symptom"] * 3),
        ("Simptomai", ("pykinimas", "nuovargis", "tirpimas"), "symptom", ["symptom"] * 3),
        ("Triggers", ("coffee", "weather", "massage"), "exposure", ["exposure", "exposure", "therapy"]),
        ("Auslöser", ("Kaffee", "Wetter", "Lärm"), "exposure", ["exposure"] * 3),
    ],
)
def test_several_things_in_a_cell_are_asked_about_with_the_mark_between_them(
    tmp_path: Path, header: str, words: tuple[str, ...], first: str, kinds: list[str]
):
    (only,) = understood(tmp_path, f"Date,{header}\n" + _LISTS.format(*words)).tables
    meaning = only.draft.columns.get(header) or next(ask for ask in only.draft.asks).answers[0]
    found = (meaning["kind"], meaning["split"], sorted(part["kind"] for part in meaning["parts"].values()))
    assert found == (first, ",", sorted(kinds))


@pytest.mark.parametrize(
    "cells",
    [
        ["slept badly, woke at three", "long day, then rain", "visited Ana, ate late", "tired, again"],
        [
            "pain in the morning. Better later, though",
            "a walk, then rest. Good day",
            "a walk, then rest. Good day",
        ],
    ],
)
def test_sentences_with_commas_are_no_lists(tmp_path: Path, cells: list[str]):
    rows = "".join(f'2026-01-{at:02d},"{cell}"\n' for at, cell in enumerate(cells, start=5))
    assert meanings(tmp_path, f"Date,How it was\n{rows}")["How it was"] == {"kind": "note"}


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("#N/A", 2), ("#DIV/0!", 2), ("#WERT!", 2), ("Err:502", 2), ("n/a", 2), ("k.A.", 2), ("-", 2), ("–", 2)],
)
def test_what_stands_where_there_is_no_answer_is_blank_and_told_of(tmp_path: Path, cell: str, kept: int):
    text = f"Date,Pain\n2026-01-05,3\n2026-01-06,{cell}\n2026-01-07,4\n"
    (only,) = understood(tmp_path, text).tables
    assert (len(values(tmp_path, text)), only.draft.diary["blank"]) == (kept, [cell])


def test_a_dash_beside_a_mark_alone_stays_a_no(tmp_path: Path):
    assert (
        "blank"
        not in understood(tmp_path, "Date,Massage\n2026-01-05,x\n2026-01-06,-\n").tables[0].draft.diary
    )


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Pain", {"kind": "score", "scale": "pain", "from": [0, 100]}),
        ("Mood", {"kind": "rating", "name": "Mood", "lowest": 0, "highest": 100}),
        ("Humidity", {"kind": "exposure", "name": "Humidity", "unit": "%"}),
    ],
)
def test_numbers_with_a_sign_of_percent_are_numbers(tmp_path: Path, header: str, meaning: dict[str, Any]):
    text = f"Date,{header}\n2026-01-05,30%\n2026-01-06,40 %\n"
    assert (meanings(tmp_path, text)[header], len(entries(tmp_path, text))) == (meaning, 2)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Symptom,2026-01-05,2026-01-06,2026-01-07\nPain,3,4,5\nPain,4,4,5\n", "shape.days-across"),
        ("Symptom,5 Jan,6 Jan,7 Jan\nPain,3,4,5\n", "shape.no-year"),
        ("Data,Skausmas\nlapkričio 3 d.,4\nlapkričio 4 d.,5\n", "shape.no-year"),
    ],
)
def test_what_keeps_a_table_from_coming_in_is_said(tmp_path: Path, text: str, question: str):
    (only,) = understood(tmp_path, text).tables
    assert question in [ask.what.id for ask in only.draft.asks]


def test_two_sheets_that_count_the_same_days_are_asked_which_days_they_are(tmp_path: Path):
    text = "Day,Pain\n1,3\n2,4\n\nDay,Pain\n1,5\n2,6\n"
    assert [ask.what.id for _, ask in understood(tmp_path, text).asked] == ["shape.same-days"]


@pytest.mark.parametrize(
    ("encoding", "words", "read_as"),
    [
        ("cp1257", "Skausmas;Masažas", "cp1257"),
        ("cp1257", "Skausmas;Mėšlungis", "cp1257"),
        ("cp1257", "Schmerz;Müdigkeit", "cp1252"),
        ("cp1252", "Douleur;Fièvre", "cp1252"),
    ],
)
def test_letters_of_windows_are_lithuanian_where_no_other_language_has_them(
    tmp_path: Path, encoding: str, words: str, read_as: str
):
    text = f"Data;{words}\n2026-01-05;3;4\n".encode(encoding)
    (only,) = understood(tmp_path, text).tables
    assert (only.table.headers, dict(only.table.notices[0].values)["encoding"]) == (
        ("Data", *words.split(";")),
        read_as,
    )


@pytest.mark.parametrize("rows", [("1", "0"), ("0", "1")])
def test_that_a_session_took_place_stands_against_a_no_of_the_same_day(tmp_path: Path, rows: tuple[str, str]):
    others = "".join(f"2026-01-{day:02d},7,\n" for day in range(6, 16))
    text = "date,pain,massage\n" + "".join(f"2026-01-05,3,{cell}\n" for cell in rows) + others
    read = read_files(understood(tmp_path, text))
    ((_, imported),) = read.by_table
    first = [entry for entry in to_plain(read.records[0])["entries"] if entry["date"] == "2026-01-05"]
    kinds = sorted(entry["kind"] for entry in first)
    told = [(left.what, left.why.id) for left in imported.left_out]
    assert (kinds, ("massage", "left-out.said-done") in told) == (["score", "therapy"], True)


def test_a_map_may_name_months_in_words(tmp_path: Path):
    problems: list[str] = []
    plain = {
        "diary": {
            "layout": "day",
            "patient": "a",
            "date": "Data",
            "date_format": "%Y m. %B %d d.",
            "starts_on": "first",
        },
        "columns": {"Skausmas": {"kind": "note"}},
    }
    assert (map_of(plain, lambda place, _: problems.append(place)) is not None, problems) == (True, [])


# --- days beside one another, numbers with their top behind them, scales that may be shorter than ours


def test_days_beside_one_another_come_in_as_the_same_days_below_one_another(tmp_path: Path):
    across = "Symptom,2026-01-05,2026-01-06,2026-01-07\nPain,3,4,5\nMassage,no,yes,\n"
    below = "Date,Pain,Massage\n2026-01-05,3,no\n2026-01-06,4,yes\n2026-01-07,5,\n"
    assert entries(tmp_path, across) == entries(tmp_path, below)


def test_a_turned_table_is_read_again_by_its_own_map(tmp_path: Path):
    across = "Symptom,2026-01-05,2026-01-06,2026-01-07\nPain,3,4,5\n"
    (only,) = understood(tmp_path, across).tables
    (tmp_path / "map.toml").write_text(map_text(only, catalogue("en")), encoding="utf-8")
    (record,) = import_diary(tmp_path / "diary.csv", tmp_path / "map.toml").records
    assert [entry["value"] for entry in to_plain(record)["entries"]] == [3, 4, 5]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("6/10", "7/10", "8 / 10"), [6, 7, 8]),
        (("6 out of 10", "7 of 10", "8"), [6, 7, 8]),
        (("60/100", "70/100", "80/100"), [6, 7, 8]),
        (("6 von 10", "7 iš 10", "8/10"), [6, 7, 8]),
        (("6,5/10", "7/10", "8,5"), [6.5, 7, 8.5]),
    ],
)
def test_the_top_of_a_scale_may_stand_behind_its_numbers(
    tmp_path: Path, cells: tuple[str, ...], expected: list[float]
):
    rows = "".join(f"2026-01-{5 + at:02d};{cell}\n" for at, cell in enumerate(cells))
    assert values(tmp_path, f"Date;Pain\n{rows}") == expected


@pytest.mark.parametrize(
    ("header", "cells", "question"),
    [
        ("Pain (0-100)", ("6/10", "7/10"), "shape.outside-stated"),
        ("Pain", ("3/5", "4/5"), "shape.which-low-end"),
        ("Gut", ("3/5", "4/5"), "shape.which-low-end"),
        ("Pain", ("6/10", "7/100"), "shape.which-words"),
        ("Tea", ("5-6", "7", "3-4"), "shape.which-words"),
    ],
)
def test_what_the_tops_of_numbers_leave_open_is_asked(
    tmp_path: Path, header: str, cells: tuple[str, ...], question: str
):
    rows = "".join(f"2026-01-{5 + at:02d},{cell}\n" for at, cell in enumerate(cells))
    (only,) = understood(tmp_path, f"Date,{header}\n{rows}").tables
    assert [ask.what.id for ask in only.draft.asks] == [question]


def test_a_range_among_ratings_keeps_both_its_ends(tmp_path: Path):
    told = entries(tmp_path, "Date,Pain\n2026-01-05,5-6\n2026-01-06,7\n2026-01-07,6-7/10\n")
    assert [(entry.get("low"), entry.get("high"), entry.get("value")) for entry in told] == [
        (5, 6, None),
        (None, None, 7),
        (6, 7, None),
    ]


@pytest.mark.parametrize(
    ("header", "top", "rows", "asked"),
    [
        ("Anxiety", 3, 7, ["shape.which-top"]),
        ("Anxiety", 3, 6, []),
        ("Pain", 5, 14, ["shape.which-top"]),
        ("Pain", 5, 13, []),
        ("Pain", 6, 30, []),
        ("Pain (0-10)", 3, 30, []),
    ],
)
def test_a_named_scale_that_never_passes_the_top_of_a_shorter_one_is_asked_about(
    tmp_path: Path, header: str, top: int, rows: int, asked: list[str]
):
    cells = "".join(f"2026-01-{1 + at:02d},{top - at % 3}\n" for at in range(rows))
    (only,) = understood(tmp_path, f"Date,{header}\n{cells}").tables
    assert [ask.what.id for ask in only.draft.asks] == asked


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Heart rate (min)", {"kind": "measurement", "what": "Heart rate (min)", "unit": "bpm"}),
        ("Walk (min)", {"kind": "exposure", "name": "Walk (min)", "unit": "min"}),
    ],
)
def test_the_lowest_of_something_is_no_minutes(tmp_path: Path, header: str, meaning: dict[str, Any]):
    assert meanings(tmp_path, f"Date,{header}\n2026-01-05,52\n2026-01-06,61\n")[header] == meaning


@pytest.mark.parametrize(
    ("header", "doses"),
    [
        ("Codeine 30mg", [{"amount": 30, "unit": "mg"}]),
        ("Codeine 7.5 mg", [{"amount": 7.5, "unit": "mg"}]),
        ("Codeine", None),
        ("Codeine 1,000 mg", None),
        ("Codeine 30mg/500mg", None),
    ],
)
def test_a_yes_under_a_drug_with_its_dose_is_that_dose(tmp_path: Path, header: str, doses: object):
    told = meanings(tmp_path, f'Date,"{header}"\n2026-01-05,yes\n2026-01-06,no\n')[header]
    assert (told["kind"], told.get("doses")) == ("intake", doses)


def test_two_columns_of_names_that_say_the_same_are_one_of_names(tmp_path: Path):
    rows = "2026-01-05,steps,Steps,8123\n2026-01-05,mood,Mood,6\n2026-01-06,steps,Steps,5123\n"
    (only,) = understood(tmp_path, f"date,attribute,label,value\n{rows}").tables
    assert (sorted(only.draft.names), [each.header for each in only.draft.left]) == (
        ["Mood", "Steps"],
        ["attribute"],
    )


# --- how numbers are written


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["6.5", "10,234", "8,120"], (".", ",", "")),
        (["6,5", "10.234", "8.120"], (",", ".", "")),
        (["10,234", "8,120"], (".", None, "10,234")),
        (["10.234", "8.120"], (".", None, "10.234")),
        (["0.234", "8.120"], (".", None, "")),
        (["1,234,567", "12,001"], (".", ",", "")),
        (["1.234,5"], (",", ".", "")),
        (["1,234.5", "10,234"], (".", ",", "")),
        (["10 234", "6,5"], (",", " ", "")),
        (["10\u202f234"], (".", " ", "")),
        (["6", "7"], (".", None, "")),
        (["6.512", "7.1"], (".", None, "")),
        (["01.03.2026", "6"], (".", None, "")),
    ],
)
def test_one_way_of_writing_numbers_holds_for_a_whole_table(
    cells: list[str], marks: tuple[str, str | None, str]
):
    assert number_marks([cells]) == marks


@given(
    numbers=st.lists(st.integers(0, 10**9), min_size=1, max_size=8),
    fraction=st.integers(1, 99),
    marks=st.sampled_from([(".", ","), (",", "."), (".", " "), (",", " ")]),
)
def test_a_number_with_groups_and_a_fraction_beside_it_is_read_as_it_was_written(
    numbers: list[int], fraction: int, marks: tuple[str, str]
):
    decimal, thousands = marks
    cells = [f"{number:,}".replace(",", thousands) for number in numbers]
    found = number_marks([cells, [f"5{decimal}{fraction:02d}"]])
    assert [found.plain(cell) for cell in cells] == [str(number) for number in numbers]


def test_groups_of_digits_are_counted_whole_and_told(tmp_path: Path):
    text = 'Date,Pain,Steps\n2026-01-05,6.5,"10,234"\n2026-01-06,7,"8,120"\n'
    (only,) = understood(tmp_path, text).tables
    amounts = [entry["amount"] for entry in entries(tmp_path, text) if entry["kind"] == "exposure"]
    assert (amounts, "shape.taken-groups" in [each.what.id for each in only.draft.taken]) == (
        [10234, 8120],
        True,
    )


def test_a_number_that_is_two_is_asked_about_before_anything_comes_in(tmp_path: Path):
    (only,) = understood(tmp_path, 'Date,Steps\n2026-01-05,"10,234"\n2026-01-06,"8,120"\n').tables
    assert [ask.what.id for ask in only.draft.asks] == ["shape.which-mark"]


# --- totals of questionnaires, places in words, plus and minus, dates that cannot be


@pytest.mark.parametrize(
    ("header", "scale", "total"),
    [
        ("FIQR_total", "fiqr", 62),
        ("PHQ-9", "phq9", 14),
        ("GAD7 score", "gad7", 21),
        ("WPI", "wpi", 12),
        ("HIT-6 Gesamt", "hit6", 60),
        ("TSK-11 suma", "tsk11", 30),
    ],
)
def test_the_total_of_a_questionnaire_is_known_by_its_name(
    tmp_path: Path, header: str, scale: str, total: int
):
    (told,) = entries(tmp_path, f"Date,{header}\n2026-01-05,{total}\n")
    assert (told["kind"], told["scale"], told["value"]) == ("score", scale, total)


@pytest.mark.parametrize("header", ["First", "HADS-A", "PHQ-9 item 9", "GAD-7"])
def test_what_is_not_the_total_or_cannot_be_it_is_asked(tmp_path: Path, header: str):
    (only,) = understood(tmp_path, f"Date,{header}\n2026-01-05,3\n2026-02-05,40\n").tables
    assert len(only.draft.asks) == 1


def test_places_are_read_in_words_with_their_sides(tmp_path: Path):
    text = "Data;Kur skauda\n2026-01-05;kaklas, kairys petys\n2026-01-06;visas kūnas\n2026-01-07;rechte Schulter\n"
    sites = [entry["site"] for entry in entries(tmp_path, text)]
    assert sites == ["neck", "shoulder_girdle_left", "widespread", "shoulder_girdle_right"]


def test_plus_and_minus_are_yes_and_no(tmp_path: Path):
    told = entries(tmp_path, "Data;Masažas;Nerimas\n2026-01-05;-;6\n2026-01-06;+;7\n")
    assert [entry["kind"] for entry in told] == ["exposure", "score", "therapy", "score"]


@pytest.mark.parametrize(
    ("date", "what"),
    [("2062-01-05", "import.in-the-future"), ("1962-01-05", "import.years-from-others")],
)
def test_a_date_that_cannot_be_right_is_told_with_its_row_and_nothing_comes_in(
    tmp_path: Path, date: str, what: str
):
    text = f"Date,Pain\n2026-01-05,6\n{date},7\n2026-01-06,8\n"
    with pytest.raises(Problems) as wrong:
        entries(tmp_path, text)
    (problem,) = wrong.value.problems
    assert (what in repr(problem.what), "row 3" in problem.place) == (True, True)


def test_rows_with_too_few_cells_are_told_and_not_what_follows_from_them(tmp_path: Path):
    with pytest.raises(Problems) as wrong:
        entries(tmp_path, "Date,How bad (0 = none, 10 = worst),Note\n2026-01-05,6,x\n2026-01-06,7,y\n")
    assert all("fewer-cells" in repr(problem.what) for problem in wrong.value.problems)
