"""Tables that were drawn for people: bars of Markdown, merged cells, remarks pinned to cells, days as sheets count."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assuage.imports.shapes.topics import topic_of
from assuage.imports.shapes.understand import read_files, understand
from assuage.imports.tables.read import tables_of
from assuage.record.care_entries import ExposureEntry
from assuage.record.entries import ScoreEntry
from assuage.words.speak import ENGLISH
from tests.imports.made_files import worksheet, xlsx, zipped

MARKDOWN = """# My diary

| Date | Pain (0-10) | Notes |
|------|:-----------:|-------|
| 2026-03-01 | 5 | slept badly |
| 2026-03-02 | 6 |  |
"""


def days_and_values(file: Path) -> list[tuple[int, float]]:
    (record,) = read_files(understand([file])).records
    return [(entry.day, entry.range[0]) for entry in record.entries if isinstance(entry, ScoreEntry)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["diary.md", "diary.txt", "diary.csv"])
def test_a_table_drawn_with_bars_is_read_without_its_frame(tmp_path: Path, name: str):
    file = written(tmp_path / name, MARKDOWN)
    (table,) = tables_of(file)
    assert (table.headers, [row.number for row in table.rows]) == (("Date", "Pain (0-10)", "Notes"), [5, 6])
    assert days_and_values(file) == [(0, 5), (1, 6)]


def test_bars_without_a_line_under_the_headers_stay_what_they_are(tmp_path: Path):
    (table,) = tables_of(written(tmp_path / "diary.csv", "Date|Pain\n2026-03-01|5\n2026-03-02|6\n"))
    assert table.headers == ("Date", "Pain")


def merged(path: Path, ranges: str) -> Path:
    """Two days of three rows each; the cells of a day, and of its sleep, are merged."""
    rows: list[list[object]] = [["Date", "Time", "Pain (0-10)", "Sleep (h)"]]
    for day in (46082, 46083):
        for at, (time, pain) in enumerate((("morning", 3), ("noon", 5), ("evening", 4))):
            rows.append([f"date:{day}" if at == 0 else None, time, pain, 7 if at == 0 else None])
    cells = "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{'ABCD'[at]}{number}", value) for at, value in enumerate(row) if value is not None)
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    merge = "".join(f'<mergeCell ref="{each}"/>' for each in ranges.split())
    sheet = worksheet(cells).replace("</worksheet>", f"<mergeCells>{merge}</mergeCells></worksheet>")
    return xlsx(path, [], sheet=sheet)


def _cell(place: str, value: object) -> str:
    if isinstance(value, str) and value.startswith("date:"):
        return f'<c r="{place}" s="1"><v>{value[5:]}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def test_a_merged_day_is_the_day_of_all_its_rows_and_a_merged_number_counts_once(tmp_path: Path):
    (table,) = tables_of(merged(tmp_path / "diary.xlsx", "A2:A4 A5:A7 D2:D4 D5:D7"))
    assert [row.cells["date"] for row in table.rows] == ["2026-03-01"] * 3 + ["2026-03-02"] * 3
    assert [row.cells["sleep (h)"] for row in table.rows] == ["7", "", "", "7", "", ""]


def test_blanks_below_a_day_that_is_not_merged_stay_blank(tmp_path: Path):
    (table,) = tables_of(merged(tmp_path / "diary.xlsx", "B2:B2"))
    assert [row.cells["date"] for row in table.rows] == ["2026-03-01", "", "", "2026-03-02", "", ""]


@pytest.mark.parametrize("member", ["xl/comments1.xml", "xl/comments/comment1.xml"])
def test_remarks_pinned_to_cells_are_told_of(tmp_path: Path, member: str):
    plain = xlsx(tmp_path / "plain.xlsx", [["Date", "Pain"], ["date:46082", 3], ["date:46083", 4]])
    with zipfile.ZipFile(plain) as opened:
        members: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    remark = '<comment ref="B2"><text><t>after massage</t></text></comment>'
    remark = f"<comments><commentList>{remark}</commentList></comments>"
    (table,) = tables_of(zipped(tmp_path / "diary.xlsx", {**members, member: remark}))
    told = [str(ENGLISH.say(each)) for each in table.notices]
    assert told == ["comments pinned to cells are not read: 1; write what counts into a column of notes"]


def test_days_as_a_sheet_counts_them_are_dates_and_days_of_a_record_stay_days(tmp_path: Path):
    counted = written(
        tmp_path / "counted.csv", "day,pain\n" + "".join(f"{46082 + n},{n}\n" for n in (2, 3, 9))
    )
    plain = written(tmp_path / "plain.csv", "day,pain\n2,2\n3,3\n9,9\n")
    assert days_and_values(counted) == [(0, 2), (1, 3), (7, 9)]
    assert days_and_values(plain) == [(2, 2), (3, 3), (9, 9)]


def test_a_second_row_of_headers_may_name_the_range_behind_a_word(tmp_path: Path):
    text = "Date,Pain,,Sleep\n,morning,evening,hours,quality 0-10\n2026-03-01,3,4,7,5\n2026-03-02,3,4,7,5\n"
    (table,) = tables_of(written(tmp_path / "diary.csv", text))
    assert table.headers == (
        "Date",
        "Pain (morning)",
        "Pain (evening)",
        "Sleep (hours)",
        "Sleep (quality 0-10)",
    )


def test_how_much_there_is_of_something_nobody_named_is_asked_about(tmp_path: Path):
    text = "Date;Severity\n1.3.2026;mild\n2.3.2026;severe\n3.3.2026;none\n"
    (table,) = understand([written(tmp_path / "diary.csv", text)]).tables
    asked = [str(ENGLISH.say(each.what)) for each in table.draft.asks]
    assert asked == ["what is it that is none, mild or severe in Severity?"]


@pytest.mark.parametrize(
    "days",
    [
        ["2026-03-02 (pirmadienis)", "2026-03-03 (antradienis)", "2026-03-04 (trečiadienis)"],
        ["02.03.2026 (Montag)", "03.03.2026 (Dienstag)", "04.03.2026 (Mittwoch)"],
        ["Monday 2026-03-02", "Tuesday 2026-03-03", "Wednesday 2026-03-04"],
    ],
)
def test_a_weekday_may_stand_beside_a_date(tmp_path: Path, days: list[str]):
    text = "date,pain\n" + "".join(f"{day},{at + 3}\n" for at, day in enumerate(days))
    assert days_and_values(written(tmp_path / "diary.csv", text)) == [(0, 3), (1, 4), (2, 5)]


@pytest.mark.parametrize(
    ("places", "kept"),
    [(["neck", "left shoulder", "neck"], True), (["Vilnius", "neck", "home"], False)],
)
def test_a_location_is_kept_only_where_every_cell_is_a_place_of_the_body(
    tmp_path: Path, places: list[str], kept: bool
):
    rows = "".join(f"2026-03-0{at},5,{place}\n" for at, place in enumerate(places, start=1))
    (table,) = understand([written(tmp_path / "diary.csv", f"Date,Pain,Location\n{rows}")]).tables
    assert (
        "Location" in table.draft.columns,
        [each.header for each in table.draft.left] == ["Location"],
    ) == (
        kept,
        not kept,
    )


@pytest.mark.parametrize(
    ("header", "unit"),
    [("pressure hPa", "hPa"), ("Luftdruck (hPa)", "hPa"), ("air pressure mmHg", "mmHg"), ("energy_kJ", "kJ")],
)
def test_the_letters_of_a_unit_are_one_word(header: str, unit: str):
    assert topic_of(header).unit == unit


def test_two_words_written_as_one_are_two():
    assert topic_of("PainAM") == topic_of("pain am")


@pytest.mark.parametrize(
    ("header", "cells", "minutes"),
    [
        ("hours slept", ["6:30", "7:00", "8:15"], [390, 420, 495]),
        ("Schlaf (Std)", ["6:30", "7:00", "8:15"], [390, 420, 495]),
        ("time in bed", ["7h 30m", "8h", "45 min"], [450, 480, 45]),
    ],
)
def test_hours_and_minutes_in_one_cell_are_how_long_it_lasted(
    tmp_path: Path, header: str, cells: list[str], minutes: list[int]
):
    rows = "".join(f"2026-03-0{at},5,{cell}\n" for at, cell in enumerate(cells, start=1))
    file = written(tmp_path / "diary.csv", f"date,pain,{header}\n{rows}")
    (record,) = read_files(understand([file])).records
    lengths = [(entry.amount, entry.unit) for entry in record.entries if isinstance(entry, ExposureEntry)]
    assert lengths == [(length, "min") for length in minutes]


def test_a_time_at_which_somebody_went_to_bed_is_no_length(tmp_path: Path):
    text = "date,pain,bedtime\n" + "".join(f"2026-03-0{day},5,23:{day}0\n" for day in (1, 2, 3))
    (table,) = understand([written(tmp_path / "diary.csv", text)]).tables
    assert [each.header for each in table.draft.left] == ["bedtime"]


@pytest.mark.parametrize(
    "header",
    [
        "Pain next day",
        "Pain yesterday",
        "Schmerz am nächsten Tag",
        "Skausmas kitą dieną",
        "Sleep the day before",
    ],
)
def test_what_is_of_another_day_than_its_row_is_asked_about(tmp_path: Path, header: str):
    text = f"date,{header}\n" + "".join(f"2026-03-0{day},{day}\n" for day in (2, 7, 5))
    (table,) = understand([written(tmp_path / "diary.csv", text)]).tables
    assert ([each.place for each in table.draft.asks], table.draft.columns) == ([header], {})


def test_one_number_over_a_smaller_one_is_no_part_of_a_scale(tmp_path: Path):
    text = "date,pain,BP\n" + "".join(f"2026-03-0{day},{day},12{day}/80\n" for day in (2, 7, 5))
    (table,) = understand([written(tmp_path / "diary.csv", text)]).tables
    assert "BP" not in table.draft.columns or table.draft.columns["BP"]["kind"] == "note"


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Pain tolerance",
            "Pain catastrophizing",
            "Average pain last week",
            "Pain (0=worst 10=none)",
            "Pain of Tom",
        ),
        *(
            "Pain on the farm",
            "Skausmo malšinimas",
            "Schmerzakzeptanz",
            "Fatigue of my husband",
            "Stress test",
        ),
    ],
)
def test_a_word_beside_a_scale_that_nothing_knows_is_asked_about(header: str):
    assert topic_of(header).scale is None


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Pain",
            "How bad was your pain today? (0 = none, 10 = worst)",
            "Worst pain in the neck today (0-10)",
        ),
        *("Left shoulder pain on movement", "pain_level_evening", "Overall fatigue rating", "Pain VAS (mm)"),
        *(
            "Stärkster Schmerz heute",
            "Schmerz in Ruhe",
            "Kaip stipriai skauda kaklą šiandien",
            "Skausmas ryte (0-10)",
        ),
        *("Douleur (0-10)", "Stress level", "Current pain intensity"),
    ],
)
def test_words_that_say_how_where_and_when_leave_a_scale_what_it_is(header: str):
    assert topic_of(header).scale is not None
