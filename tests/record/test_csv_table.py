"""One reader of CSV for all diaries: lines as a person counts them, nothing read that could be read in two ways."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.catalogue.message import message
from assuage.dynamics.reading import diary_of_text
from assuage.errors import Problems
from assuage.imports.diary import import_diary
from assuage.nof1.plan import TrialPlan
from assuage.nof1.reading import read_trial_diary
from assuage.record.csv_table import CsvTable, csv_table, date_in, day_in, number_in, read_csv_text, yes_in
from assuage.terms.scales import SCALES

TOO_LARGE = message("diary.too-large", megabytes=1)


def table_of(text: str, delimiter: str | None = None) -> CsvTable:
    table = csv_table(text, "d.csv", delimiter)
    assert table is not None
    return table


def lines_of(text: str) -> list[int]:
    table = table_of(text)
    return [table.line, *(row.line for row in table.rows)]


def refused(text: str) -> list[str]:
    with pytest.raises(Problems) as raised:
        csv_table(text, "d.csv")
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("day,pain\n0,4\n1,5\n", [1, 2, 3]),
        ("\n\nday,pain\n0,4\n", [3, 4]),
        ("day,pain\n0,4\n\n  \n1,5\n", [1, 2, 5]),
        ("day,pain\n0,4\n,\n1,5\n", [1, 2, 4]),
        ('day,pain\n0,"4\n"\n1,5\n', [1, 2, 4]),
        ('day,"pain\nnow"\n0,4\n', [1, 3]),
        ("day,pain\r\n\r\n0,4\r\n", [1, 3]),
        (";;\nday;pain;\n0;4;\n", [2, 3]),
    ],
)
def test_a_row_is_on_the_line_of_the_file_on_which_it_begins(text: str, lines: list[int]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize("text", ["", "\n\n", " \n", ",,\n,\n"])
def test_a_file_in_which_no_row_holds_anything_has_no_table(text: str) -> None:
    assert csv_table(text, "d.csv") is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_header_outside_quotes(delimiter: str) -> None:
    others = ",;\t|".replace(delimiter, "") * 3
    table = table_of(f'\n"day {others} \n {others}"{delimiter}Pain\n0{delimiter}4\n')
    assert table.rows[0].cells["pain"] == "4"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('day,pain\n0,"4\n', "row 2: cannot be read as a table: unexpected end of data"),
        ('day,pain\n\n0,"4"5\n', "row 3: cannot be read as a table: ',' expected after '\"'"),
    ],
)
def test_a_quotation_mark_out_of_place_is_refused_with_its_row(text: str, problem: str) -> None:
    assert refused(text) == [problem]


def test_a_torn_row_is_told_and_no_row() -> None:
    table = table_of("day,pain\n0,4,5\n\n1\n2,4\n3,4,\n")
    assert [str(problem) for problem in table.torn] == [
        "row 2: has more cells than the 2 of the header; is there a decimal comma?",
        "row 4: has fewer cells than the 2 of the header; leave a blank cell for what is not known",
        "row 6: has more cells than the 2 of the header; is there a decimal comma?",
    ]
    assert [row.line for row in table.rows] == [5]


def test_a_header_that_stands_twice_in_any_case_is_told() -> None:
    table = table_of("day,Pain,pain,,\n")
    assert [str(problem) for problem in table.repeated] == ['columns: "pain" stands 2 times; keep one']


@pytest.mark.parametrize("cell", ["1_0", "+1", "٣", "1.0", "", " 1", "1" * 10])
def test_a_day_is_a_whole_number_in_ascii_digits(cell: str) -> None:
    assert day_in(cell) is None


@pytest.mark.parametrize("cell", ["20260105", "2026-W02-1", "2026-1-5", "2026-02-30", "٢٠٢٦-01-05", ""])
def test_a_date_is_written_with_hyphens_and_exists(cell: str) -> None:
    assert date_in(cell) is None


@pytest.mark.parametrize("cell", ["1_0", "+1", "٣", "1e3", "nan", "inf", ".5", "1.2.3", "1,234.5", ""])
def test_a_number_is_written_in_ascii_digits(cell: str) -> None:
    assert number_in(cell) is None


def test_cells_that_can_be_read_in_one_way_are_read() -> None:
    assert (day_in("-3"), date_in("2026-01-05")) == (-3, date(2026, 1, 5))
    assert [number_in(cell) for cell in ("4", "-1", "4.5", "4,5")] == [4, -1, 4.5, 4.5]
    assert (number_in("4,5", "."), number_in("4.5", ",")) == (None, None)
    assert [yes_in(cell) for cell in ("Yes", "x", "1", "N", "0", "perhaps", "")] == [
        True, True, True, False, False, None, None,
    ]  # fmt: skip


def test_a_file_above_its_bound_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("day,pain\n0,4\n")
    assert read_csv_text(file, 13, TOO_LARGE) == "day,pain\n0,4\n"
    with pytest.raises(Problems, match="larger than 1 MB"):
        read_csv_text(file, 12, TOO_LARGE)


CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=6).map(
    lambda cell: "".join(cell.split()) or "-"
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from(",;\t|"))
def test_what_a_writer_of_csv_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("day", "pain"), *rows])
    table = table_of(out.getvalue())
    assert [(row.cells["day"], row.cells["pain"]) for row in table.rows] == rows


@given(st.text(st.sampled_from('day,;|\t\r\n"4 '), max_size=60))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    try:
        table = csv_table(text, "d.csv")
    except Problems as error:
        lines = [int(problem.place.split()[1]) for problem in error.problems]
    else:
        lines = [] if table is None else [table.line, *(row.line for row in table.rows)]
    assert lines == sorted(set(lines))
    assert lines or not set(text) & {"4", "d", "a", "y"}


# ---------------------------------------------------------------- the same faults in every diary

PLAN = TrialPlan("deep massage", SCALES["pain"], starts_on=date(2026, 1, 5))
FAULTS = [
    pytest.param("\nday,pain\n0,4\nx,5\n", 4, id="a blank line before the header"),
    pytest.param("day,pain\n0,4\n\nx,5\n", 4, id="a blank line between rows"),
    pytest.param('day,pain,note\n0,4,"a\nb"\nx,5,\n', 4, id="a quoted line break"),
    pytest.param("day,pain\n0,4\n1_0,5\n", 3, id="an underscore in a day"),
    pytest.param("day,pain\n0,4\n+1,5\n", 3, id="a plus before a day"),
    pytest.param("day,pain\n0,4\n1,1_0\n", 3, id="an underscore in a number"),
    pytest.param("day,pain\n0,4\n1,+1\n", 3, id="a plus before a number"),
    pytest.param("date,pain\n2026-01-05,4\n20260106,5\n", 3, id="a date without hyphens"),
    pytest.param("date,pain\n2026-01-05,4\n2026-01-06\n", 3, id="a row of fewer cells"),
    pytest.param('day,pain\n0,4\n1,"5\n', 3, id="a quotation mark that is not closed"),
]


def told(problems: Problems) -> list[int]:
    return [int(problem.place.split()[1]) for problem in problems.problems]


@pytest.mark.parametrize(("text", "line"), FAULTS)
def test_a_plain_diary_names_the_line_of_a_fault(text: str, line: int) -> None:
    with pytest.raises(Problems) as raised:
        diary_of_text(text, "d.csv")
    assert told(raised.value) == [line]


@pytest.mark.parametrize(("text", "line"), FAULTS)
def test_the_diary_of_a_trial_names_the_line_of_a_fault(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "d.csv"
    file.write_bytes(text.encode())
    with pytest.raises(Problems) as raised:
        read_trial_diary(str(file), PLAN)
    assert told(raised.value) == [line]


MAP = """
[diary]
layout = "day"
patient = "ana"
starts_on = 2026-01-05
KIND = "KIND"
ignore = ["note"]
[columns.pain]
kind = "score"
scale = "pain"
"""


@pytest.mark.parametrize(("text", "line"), FAULTS)
def test_a_mapped_diary_names_the_line_of_a_fault(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "d.csv").write_bytes(text.encode())
    (tmp_path / "map.toml").write_text(MAP.replace("KIND", text.strip().split(",")[0]))
    with pytest.raises(Problems) as raised:
        import_diary(tmp_path / "d.csv", tmp_path / "map.toml")
    assert told(raised.value) == [line]


@pytest.mark.parametrize("cell", ["٠٥.٠١.٢٠٢٦", "5.1.26"])
def test_a_mapped_date_is_written_in_ascii_digits_and_as_the_map_says(tmp_path: Path, cell: str) -> None:
    (tmp_path / "d.csv").write_text(f"date,pain\n05.01.2026,4\n{cell},4\n", encoding="utf-8")
    german = MAP.replace("KIND", "date").replace("ignore", 'date_format = "%d.%m.%Y"\nignore')
    (tmp_path / "map.toml").write_text(german)
    with pytest.raises(Problems) as raised:
        import_diary(tmp_path / "d.csv", tmp_path / "map.toml")
    assert [str(problem) for problem in raised.value.problems] == [
        f"row 3  date = {cell}: not a date written like %d.%m.%Y"
    ]
