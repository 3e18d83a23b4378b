"""A column of a diary as a whole: one format for its dates, and a fault that many of its rows share told once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.imports.test_diary import HEAD, imported, problems

AMERICAN_OR_NOT = HEAD.replace("2026-01-05", '"first"').replace(
    "[columns", 'date_format = ["%d/%m/%Y", "%m/%d/%Y"]\n[columns'
)


def test_one_date_format_reads_the_whole_column(tmp_path: Path) -> None:
    table = "Date,Pain\n05/06/2025,3\n06/13/2025,4\n07/06/2025,5\n"
    (record,) = imported(tmp_path, table, AMERICAN_OR_NOT)
    assert (record.starts_on, [entry.day for entry in record.entries]) == (date(2025, 5, 6), [0, 38, 61])


def test_dates_that_two_formats_read_differently_are_refused_with_both_readings(tmp_path: Path) -> None:
    assert problems(tmp_path, "Date,Pain\n05/06/2025,3\n07/06/2025,5\n", AMERICAN_OR_NOT) == [
        "row 2  Date = 05/06/2025: can be read as 2025-06-05 by %d/%m/%Y, 2025-05-06 by %m/%d/%Y; "
        "keep one format in the map"
    ]


def test_dates_of_two_formats_in_one_column_are_refused(tmp_path: Path) -> None:
    table = "Date,Pain\n13/06/2025,3\n14/06/2025,3\n06/15/2025,4\n"
    assert problems(tmp_path, table, AMERICAN_OR_NOT) == [
        "row 4  Date = 06/15/2025: not a date written like %d/%m/%Y"
    ]


def test_a_cause_that_many_rows_share_is_told_once_with_three_rows_and_a_count(tmp_path: Path) -> None:
    table = "Date,Pain\n" + "".join(f"2026-01-{day:02},{10 + day}\n" for day in range(5, 25))
    assert problems(tmp_path, table) == [
        "row 2, 3, 4 and 17 more  Pain = 15, 16, 17: pain is scored 0 to 10, so 15 cannot be right"
    ]


def test_rows_torn_alike_are_told_once(tmp_path: Path) -> None:
    table = "Date,Pain\n" + "".join(f"2026-01-{day:02},4,5\n" for day in range(5, 25))
    assert problems(tmp_path, table) == [
        "row 2, 3, 4 and 17 more: has more cells than the 2 of the header; is there a decimal comma?"
    ]


def test_a_row_that_is_left_out_tells_the_format_of_the_others(tmp_path: Path) -> None:
    table = "Date,Pain,Done\n05/06/2025,3,yes\n06/13/2025,4,no\n07/06/2025,5,yes\n"
    only_done = AMERICAN_OR_NOT.replace("\n[columns", '\nwhen = {Done = "yes"}\n[columns', 1)
    (record,) = imported(tmp_path, table, only_done)
    assert (record.starts_on, [entry.day for entry in record.entries]) == (date(2025, 5, 6), [0, 61])
