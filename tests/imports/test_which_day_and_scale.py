"""Tables from which a day, an end of a spell or the top of a scale could be read falsely: they are asked, or read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.imports.shapes.topics import topic_of
from assuage.imports.shapes.understand import Understood, read_files, understand
from assuage.imports.tables.headers import split_totals
from assuage.record.write import to_plain
from tests.imports.made_files import xlsx

DAYS = 14


def understood(tmp_path: Path, text: str, name: str = "diary.csv") -> Understood:
    (tmp_path / name).write_text(text)
    return understand([tmp_path / name])


def asked(found: Understood) -> list[str]:
    return [ask.what.id for _, ask in found.asked]


def entries(found: Understood) -> list[dict[str, Any]]:
    (record,) = read_files(found).records
    return to_plain(record)["entries"]


def pain(numbers: list[float]) -> str:
    rows = (f"2026-03-{at:02d},{number:g}" for at, number in enumerate(numbers, start=1))
    return "date,pain\n" + "\n".join(rows) + "\n"


def test_one_slip_above_ten_makes_no_scale_of_a_hundred(tmp_path):
    """Every other number would become a tenth of what was written."""
    found = understood(tmp_path, pain([3, 4, 5, 12, 6, 2, 7, 4]))
    assert asked(found) == ["shape.slip-or-100"]
    (ask,) = found.tables[0].draft.asks
    assert [answer.get("from") for answer in ask.answers] == [[0, 100], None]


def test_numbers_that_pass_ten_as_a_rule_are_of_a_hundred(tmp_path):
    found = understood(tmp_path, pain([30, 45, 0, 5, 62, 20, 71, 40]))
    assert asked(found) == []
    assert found.tables[0].draft.columns["pain"]["from"] == [0, 100]


def test_days_of_a_month_are_no_days_of_a_record(tmp_path):
    """A sheet with the month in merged cells: 30, 31, 1, 2 would stand in another order than they happened."""
    rows = [["Month", "Day", "Pain"]] + [
        [{0: "March", 10: "April"}.get(at), 22 + at if at < 10 else at - 9, 4 + at % 3] for at in range(20)
    ]
    assert asked(understand([xlsx(tmp_path / "diary.xlsx", rows)])) == ["shape.days-of-months"]


@pytest.mark.parametrize(
    "days", [[*range(1, 20)], [*range(19, 0, -1)], [1, 1, 2, 2, 3, 3, *range(4, 17)], [29, 30, 31, 32]]
)
def test_days_in_order_are_days(tmp_path, days):
    rows = "\n".join(f"{day},{4 + at % 5}" for at, day in enumerate(days))
    found = understood(tmp_path, f"day,pain\n{rows}\n")
    assert found.tables[0].draft.diary["day"] == "day"


def test_the_days_of_each_patient_begin_again(tmp_path):
    rows = "\n".join(f"{who},{day},{3 + day % 6}" for who in ("P1", "P2") for day in range(1, 15))
    found = understood(tmp_path, f"patient,day,pain\n{rows}\n")
    assert found.tables[0].draft.diary["day"] == "day"


def test_the_end_of_a_spell_may_stand_in_a_column_of_the_day_and_one_of_the_time(tmp_path):
    table = (
        "Start date,Start time,End date,End time,Migraine (0-10)\n"
        "2026-03-02,22:15,2026-03-03,06:30,7\n2026-03-09,08:00,2026-03-10,,5\n"
    )
    found = [entry for entry in entries(understood(tmp_path, table)) if entry["kind"] == "symptom"]
    ends = [(entry["date"], entry.get("time")) for entry in found if entry["state"] == "resolved"]
    assert ends == [("2026-03-03", "06:30"), ("2026-03-10", None)]


def test_a_spell_that_ends_on_its_day_before_it_begins_is_told(tmp_path):
    table = (
        "Start date,Start time,End date,End time,Migraine (0-10)\n"
        "2026-03-02,22:15,2026-03-02,21:30,7\n2026-03-09,08:00,2026-03-09,09:00,5\n"
    )
    with pytest.raises(Problems) as told:
        read_files(understood(tmp_path, table))
    assert [problem.what.id for problem in told.value.problems] == ["import.end-before-start"]


def test_means_after_each_week_are_no_days(tmp_path):
    rows = [f"2026-03-{day:02d},{3 + day % 5}" for day in range(1, DAYS + 1)]
    rows[7:7] = ["Weekly average,5", ""]
    found = understood(tmp_path, "date,pain\n" + "\n".join([*rows, "Average week 2,4"]) + "\n")
    assert asked(found) == []
    assert len(entries(found)) == DAYS
    assert [part.count for part in found.tables[0].table.skipped] == [2]


@given(st.lists(st.integers(1, 28), min_size=3, max_size=9, unique=True), st.integers(0, 9))
def test_rows_that_begin_with_a_day_are_never_taken_for_totals(days, at):
    body = [(row, [f"2026-03-{day:02d}", "4"]) for row, day in enumerate(days)]
    mixed = [*body[: at % len(body)], (99, ["Total", "40"]), *body[at % len(body) :]]
    assert split_totals(mixed) == (body, [(99, ["Total", "40"])])


@pytest.mark.parametrize(
    "header",
    ["Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun", "Woche,Mo,Di,Mi,Do,Fr,Sa,So", "Savaitė,Pr,An,Tr,Kt,Pn,Št,Sk"],
)
def test_a_week_in_columns_is_one_question_and_not_seven_things(tmp_path, header):
    found = understood(tmp_path, f"{header}\n2026-03-02,3,4,5,6,4,3,2\n2026-03-09,2,3,4,5,3,2,1\n")
    assert asked(found) == ["shape.undated-across"]


def test_a_month_in_columns_is_asked_and_numbered_questions_are_not_days(tmp_path):
    numbers = ",".join(map(str, range(1, 15)))
    month = understood(tmp_path, f"March 2026,{numbers}\nPain,{numbers}\nWalk,{numbers}\n")
    assert asked(month) == ["shape.undated-across"]
    items = "".join(f"2026-03-{day:02d},{numbers}\n" for day in range(1, 9))
    questions = understood(tmp_path, f"Date,{numbers}\n{items}")
    assert "shape.undated-across" not in asked(questions)


@pytest.mark.parametrize(
    ("header", "about", "unit"),
    [
        ("Active Energy (kcal)", "amount", "kcal"),
        ("Energy", "rating", None),
        ("Sleep Analysis [Asleep] (hr)", "sleep", "h"),
        ("Heures de sommeil", "sleep", "h"),
        ("Sleep HR", "sleep", None),
    ],
)
def test_a_unit_says_what_a_header_is_about(header, about, unit):
    assert (topic_of(header).about, topic_of(header).unit) == (about, unit)


def test_a_diary_with_french_headers_comes_in(tmp_path):
    rows = "\n".join(
        f"{day:02d}/03/2026;{3 + day % 5};{('oui', 'non')[day % 2]};{7 + day % 2},5" for day in range(8, 24)
    )
    found = understood(tmp_path, f"Date;Douleur;Massage;Heures de sommeil\n{rows}\n")
    assert asked(found) == []
    told = entries(found)
    assert {entry.get("scale") or entry.get("what") or entry.get("name") for entry in told} >= {
        "pain",
        "massage",
    }


def test_files_of_single_moments_beside_the_tables_of_a_watch_are_left_out_and_told(tmp_path):
    name = "0b1c2d3e-0a1b-4c5d-8e9f-001122334455.binning_data.json"
    found = understood(tmp_path, '[{"heart_rate":62.0,"start_time":1772323200000}]', name)
    assert [each.why_out is not None for each in found.tables] == [True]


def test_a_number_with_a_remark_makes_no_words_of_a_column(tmp_path):
    rows = "\n".join(
        f"2026-03-{day:02d},{ {4: '7 (after the dentist)', 8: '6?', 9: 'about 5'}.get(day, day % 8) }"
        for day in range(1, 16)
    )
    found = understood(tmp_path, f"date,pain\n{rows}\n")
    assert asked(found) == ["shape.not-all-numbers"]


@pytest.mark.parametrize(
    "header",
    [
        "Pain relief", "Fear of pain", "Pain goal", "Pain tomorrow (expected)", "Morning stiffness (min)",
        "Pain (hours)",
        "Pain (10=no pain, 0=worst)", "Pain meds", "Number of painful areas", "Pain interference", "Schmerzmittel",
        "schmerzfreie Tage", "Vaistai nuo skausmo", "Médicament contre la douleur", "Stress management (min)",
    ],
)  # fmt: skip
def test_a_number_of_something_else_than_pain_is_no_score_of_pain(header):
    assert topic_of(header).scale is None


@pytest.mark.parametrize(
    "header",
    [
        "Pain", "Worst pain", "Pain (0=no pain, 10=worst)", "How bad is your pain today? [0-10]",
        "Schmerz (0 = kein Schmerz)",
        "Skausmas (0 - jokio skausmo, 10 - baisus)", "Migraine intensity (0-10)", "Kopfschmerzstärke", "Pain score",
    ],
)  # fmt: skip
def test_what_is_said_of_its_ends_and_strength_leaves_it_a_score_of_pain(header):
    assert topic_of(header).scale is not None


@pytest.mark.parametrize(
    "header", ["Sleepless hours", "Time to fall asleep (min)", "Einschlafdauer Schlaf min"]
)
def test_a_time_awake_is_no_sleep(header):
    assert topic_of(header).about != "sleep"


def test_no_pain_said_with_yes_is_no_pain_that_is_there(tmp_path):
    rows = "\n".join(f"2026-03-{day:02d},{('yes', 'no')[day % 2]}" for day in range(1, 15))
    (only,) = understood(tmp_path, f"date,No pain\n{rows}\n").tables
    assert only.draft.columns == {"No pain": {"kind": "exposure", "name": "No pain"}}


def test_two_columns_that_would_be_one_score_are_asked_about_and_two_sides_are_two(tmp_path):
    rows = "\n".join(f"2026-03-{day:02d},{3 + day % 6},{2 + day % 7}" for day in range(1, 16))
    of_two = understood(tmp_path, f"date,Pain level,Pain score\n{rows}\n")
    assert asked(of_two) == ["shape.alike", "shape.alike"]
    of_people = understood(tmp_path, f"date,Pain Anna,Pain Tom\n{rows}\n")
    assert asked(of_people) == ["shape.which-number", "shape.which-number"]
    of_sides = understood(tmp_path, f"date,Pain left knee,Pain right knee\n{rows}\n")
    assert asked(of_sides) == []
    assert [meaning["site"] for meaning in of_sides.tables[0].draft.columns.values()] == [
        "knee_left",
        "knee_right",
    ]
