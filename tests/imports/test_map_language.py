"""What a map can say of a column, name, part or row, and that each row of a diary is accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assuage.cli import import_diary as command
from assuage.imports.diary import import_diary
from assuage.imports.entries import Imported
from assuage.record.write import entry_to_plain
from assuage.words.speak import ENGLISH
from tests.imports.test_diary import files, problems
from tests.imports.test_import_by_map import arguments

DAY = '[diary]\nlayout = "day"\npatient = "ana"\nday = "day"\n'
DATED = '[diary]\nlayout = "day"\npatient = "ana"\ndate = "Date"\nstarts_on = "first"\n'
NAMES = DAY.replace('"day"\npatient', '"name"\npatient') + 'name_column = "name"\nvalue_column = "value"\n'
PAIN = '[columns.pain]\nkind = "score"\nscale = "pain"\n'


def made(tmp_path: Path, table: str, diary_map: str) -> Imported:
    return import_diary(*files(tmp_path, table, diary_map))


def entries(tmp_path: Path, table: str, diary_map: str) -> list[dict[str, Any]]:
    """The entries of the one record, without the person."""
    (record,) = made(tmp_path, table, diary_map).records
    plain = [entry_to_plain(entry, record) for entry in record.entries]
    return [{name: value for name, value in one.items() if name != "by"} for one in plain]


def values(tmp_path: Path, table: str, diary_map: str, field: str = "value") -> list[Any]:
    return [one.get(field) for one in entries(tmp_path, table, diary_map)]


def left_out(imported: Imported) -> list[tuple[str, str, int, bool]]:
    return [
        (each.what, str(ENGLISH.say(each.why)), each.count, each.whole_rows) for each in imported.left_out
    ]


def notices(imported: Imported) -> list[str]:
    return [str(notice) for notice in imported.notices]


# ---------------------------------------------------------------- units of each row

UNIT_OF_ROW = 'unit_column = "unit"\n'


@pytest.mark.parametrize(
    ("column", "row", "entry"),
    [
        ('kind = "measurement"\nwhat = "weight"\n', "80,kg", {"what": "weight", "value": 80, "unit": "kg"}),
        ('kind = "measurement"\nwhat = "weight"\n', "80,", {"what": "weight", "value": 80}),
        ('kind = "exposure"\nname = "coffee"\n', "2,cup", {"name": "coffee", "amount": 2, "unit": "cup"}),
        ('kind = "exposure"\nname = "coffee"\n', "yes,", {"name": "coffee", "state": "present"}),
        (
            'kind = "intake"\ndrug = "ibuprofen"\ncell = "amount"\n',
            "400,mg",
            {"drug": "ibuprofen", "doses": [{"amount": 400, "unit": "mg"}]},
        ),
    ],
)
def test_a_column_can_hold_the_unit_of_each_row(tmp_path: Path, column: str, row: str, entry: dict) -> None:
    diary_map = DAY + f"[columns.much]\n{column}{UNIT_OF_ROW}"
    (read,) = entries(tmp_path, f"day,much,unit\n0,{row}\n", diary_map)
    assert {name: value for name, value in read.items() if name not in ("day", "kind")} == entry


@pytest.mark.parametrize(
    ("row", "says"),
    [("400,", "has no unit"), ("400,stone", 'unknown unit "stone"'), ("2 or so,mg", "neither")],
)
def test_an_amount_of_a_drug_without_a_unit_that_can_be_read_is_a_problem(
    tmp_path: Path, row: str, says: str
) -> None:
    column = 'kind = "intake"\ndrug = "ibuprofen"\ncell = "amount"\n'
    diary_map = DAY + f"[columns.much]\n{column}{UNIT_OF_ROW}"
    assert says in " ".join(problems(tmp_path, f"day,much,unit\n0,{row}\n", diary_map))


def test_a_unit_and_a_column_of_units_are_one_too_many(tmp_path: Path) -> None:
    diary_map = DAY + f'[columns.much]\nkind = "exposure"\nname = "coffee"\nunit = "cup"\n{UNIT_OF_ROW}'
    assert "leave one of the two out" in " ".join(problems(tmp_path, "day,much,unit\n0,2,cup\n", diary_map))


# ---------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("forms", "cell", "time"),
    [
        ("", "8:05", "08:05"),
        ("", "08:05:30", "08:05"),
        ("", "Evening", "evening"),
        ("", "", None),
        ('time_format = "%I:%M %p"\n', "6:50 pm", "18:50"),
        ('time_format = "%I:%M %p"\n', "6:50\u202fPM", "18:50"),
        ('time_format = ["%H.%M", "%I:%M %p"]\n', "6:50 PM", "18:50"),
    ],
)
def test_an_entry_has_the_time_of_its_row(tmp_path: Path, forms: str, cell: str, time: str | None) -> None:
    (entry,) = entries(tmp_path, f"day,at,pain\n0,{cell},4\n", DAY + f'time = "at"\n{forms}' + PAIN)
    assert entry.get("time") == time


def test_a_time_that_no_format_reads_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, "day,at,pain\n0,25:00,4\n0,8h,4\n", DAY + 'time = "at"\n' + PAIN) == [
        "row 2, 3  at = 25:00, 8h: not a time written like HH:MM"
    ]


def test_the_time_stands_in_the_format_of_the_date(tmp_path: Path) -> None:
    stamped = DATED + 'date_format = "%d/%m/%Y %H:%M"\n' + PAIN
    assert entries(tmp_path, "Date,pain\n05/01/2026 08:00,3\n05/01/2026 21:00,7\n", stamped) == [
        {"date": "2026-01-05", "time": "08:00", "kind": "score", "scale": "pain", "value": 3},
        {"date": "2026-01-05", "time": "21:00", "kind": "score", "scale": "pain", "value": 7},
    ]


IN_VILNIUS = '\nzone = "Europe/Vilnius"'


@pytest.mark.parametrize(
    ("form", "cell", "time"),
    [
        ('"unix"' + IN_VILNIUS, "1767650400", "00:00"),
        ('"unix-ms"' + IN_VILNIUS, "1767650400000", "00:00"),
        ('"excel"', "46028", None),
        ('"excel-time"', "46028.5", "12:00"),
    ],
)
def test_a_date_may_be_counted(tmp_path: Path, form: str, cell: str, time: str | None) -> None:
    counted = f"{DATED}date_format = {form}\n{PAIN}"
    (entry,) = entries(tmp_path, f"Date,pain\n{cell},4\n", counted)
    assert (entry["date"], entry.get("time")) == ("2026-01-06", time)


@pytest.mark.parametrize(
    ("form", "cell"), [("excel", "46028.5"), ("excel", "4"), ("excel-time", "yesterday")]
)
def test_a_number_that_counts_no_day_of_our_time_is_a_problem(tmp_path: Path, form: str, cell: str) -> None:
    (told,) = problems(tmp_path, f"Date,pain\n{cell},4\n", f'{DATED}date_format = "{form}"\n{PAIN}')
    assert "not a date written like" in told


def test_seconds_since_1970_need_the_zone_of_the_patient(tmp_path: Path) -> None:
    (told, *_) = problems(tmp_path, "Date,pain\n1767650400,4\n", f'{DATED}date_format = "unix"\n{PAIN}')
    assert "seconds since 1970" in told


def test_a_moment_of_another_zone_is_the_day_and_clock_of_the_patient(tmp_path: Path) -> None:
    zoned = DATED + 'date_format = "%Y-%m-%dT%H:%M%z"\nzone = "Europe/Vilnius"\n' + PAIN
    (entry,) = entries(tmp_path, "Date,pain\n2026-07-05T22:30Z,3\n", zoned)
    assert (entry["date"], entry["time"]) == ("2026-07-06", "01:30")
    (record,) = made(tmp_path, "Date,pain\n2026-07-05T22:30Z,3\n", zoned).records
    assert record.zone == "Europe/Vilnius"


def test_what_was_written_before_the_day_begins_is_of_the_night_before(tmp_path: Path) -> None:
    late = DATED + 'time = "at"\nday_begins = "04:00"\n' + PAIN
    table = "Date,at,pain\n2026-01-06,1:30,5\n2026-01-06,4:00,3\n2026-01-06,,2\n"
    assert [(one["date"], one.get("time")) for one in entries(tmp_path, table, late)] == [
        ("2026-01-05", "night"),
        ("2026-01-06", "04:00"),
        ("2026-01-06", None),
    ]


@pytest.mark.parametrize(("night", "date"), [("before", "2026-01-05"), ("after", "2026-01-06")])
def test_a_value_of_sleep_stands_on_the_morning_after_its_night(
    tmp_path: Path, night: str, date: str
) -> None:
    sleep = f'[columns.sleep]\nkind = "score"\nscale = "sleep"\nnight = "{night}"\n'
    (entry,) = entries(tmp_path, "Date,at,sleep\n2026-01-05,22:00,4\n", DATED + 'time = "at"\n' + sleep)
    assert (entry["date"], entry["time"]) == (date, "morning")


def test_a_blank_of_the_coming_night_was_not_asked_on_the_next_day(tmp_path: Path) -> None:
    hours = '[columns.hours]\nkind = "exposure"\nname = "sleep"\nunit = "h"\nnight = "after"\n'
    told = entries(tmp_path, "day,pain,hours\n0,3,\n1,4,7\n", DAY + PAIN + hours)
    assert [(one["day"], one.get("state"), one.get("amount")) for one in told if "name" in one] == [
        (1, "not_asked", None), (2, None, 7),
    ]  # fmt: skip


# ---------------------------------------------------------------- episodes

MIGRAINE = (
    '[diary]\nlayout = "day"\npatient = "ana"\ndate = "Start"\ndate_format = "%Y-%m-%d %H:%M"\nend = "End"\n'
    'still_going = ["ongoing"]\nstarts_on = "first"\n[row]\nkind = "symptom"\nwhat = "migraine"\n'
)


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2026-01-07 09:30", [("05", "present"), ("06", "present"), ("07", "resolved")]),
        ("2026-01-05 20:00", [("05", "present"), ("05", "resolved")]),
        ("ongoing", [("05", "present")]),
        ("", [("05", "present")]),
    ],
)
def test_an_episode_is_there_from_its_start_to_its_end(
    tmp_path: Path, end: str, found: list[tuple[str, str]]
) -> None:
    told = entries(tmp_path, f"Start,End\n2026-01-05 18:00,{end}\n", MIGRAINE)
    assert [(one["date"][-2:], one["state"]) for one in told] == found
    assert told[0].get("note") == ("ongoing" if end == "ongoing" else None)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-01-05 17:00", "ends before it begins; exchange start and end"),
        ("2027-01-07 18:00", "lasts 367 days; look for a slip in a date"),
        ("soon", "not a date written like %Y-%m-%d %H:%M"),
    ],
)
def test_an_end_that_cannot_be_is_a_problem(tmp_path: Path, end: str, said: str) -> None:
    assert problems(tmp_path, f"Start,End\n2026-01-05 18:00,{end}\n", MIGRAINE) == [
        f"row 2  End = {end}: {said}"
    ]


def test_a_session_with_an_end_has_its_minutes(tmp_path: Path) -> None:
    walk = MIGRAINE.replace("symptom", "therapy").replace("migraine", "walking")
    (entry,) = entries(tmp_path, "Start,End\n2026-01-05 23:30,2026-01-06 00:15\n", walk)
    assert (entry["kind"], entry["minutes"], entry["time"]) == ("therapy", 45, "23:30")


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("from = [0, 100]\n", "37", 3.7),
        ("from = [0, 100]\n", "0", 0),
        ("from = [1, 5]\n", "2", 2.5),
        ("reverse = true\n", "8", 2),
        ("from = [0, 100]\nreverse = true\n", "100", 0),
        ("from = [0, 100]\nwords = {none = 0}\n", "none", 0),
    ],
)
def test_a_number_is_brought_to_the_scale_of_its_score(
    tmp_path: Path, column: str, cell: str, value: float
) -> None:
    assert values(tmp_path, f"day,pain\n0,{cell}\n", DAY + PAIN + column) == [value]


def test_the_ends_of_a_range_are_brought_to_the_scale_in_order(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, "day,pain\n0,20-40\n", DAY + PAIN + "from = [0, 100]\nreverse = true\n")
    assert (entry["low"], entry["high"]) == (6, 8)


def test_a_number_outside_of_the_diary_s_own_range_is_a_problem_and_never_clipped(tmp_path: Path) -> None:
    assert problems(tmp_path, "day,pain\n0,101\n", DAY + PAIN + "from = [0, 100]\n") == [
        "row 2  pain = 101: lies outside of 0 to 100, the from of the map, so 101 cannot be right"
    ]


def test_a_conversion_is_told(tmp_path: Path) -> None:
    assert notices(made(tmp_path, "day,pain\n0,50\n", DAY + PAIN + "from = [0, 100]\n")) == [
        "pain: 0 to 100 of the diary is read as 0 to 10"
    ]


@pytest.mark.parametrize(
    ("mark", "cell", "value"), [(",", '"8,123"', 8123), (".", "8.123", 8123), (" ", "1 008 123", 1008123)]
)
def test_a_mark_between_thousands_is_read_where_the_map_names_it(
    tmp_path: Path, mark: str, cell: str, value: int
) -> None:
    steps = '[columns.steps]\nkind = "exposure"\nname = "steps"\nunit = "steps"\n'
    decimal = 'decimal = ","\n' if mark == "." else ""
    table = f"day,steps\n0,{cell}\n"
    assert values(tmp_path, table, DAY + f'thousands = "{mark}"\n{decimal}' + steps, "amount") == [value]


def test_a_comma_that_may_be_either_is_no_number_without_a_mark(tmp_path: Path) -> None:
    steps = '[columns.steps]\nkind = "exposure"\nname = "steps"\nunit = "steps"\n'
    (told,) = problems(tmp_path, 'day,steps\n0,"8,123"\n', DAY + steps)
    assert told.endswith("nor a number of 0 or more")


# ---------------------------------------------------------------- kinds

COFFEE = '[columns.coffee]\nkind = "exposure"\nname = "coffee"\n'


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("", "yes", {"state": "present"}),
        ("", "0", {"state": "absent"}),
        ('unit = "cup"\n', "2", {"amount": 2, "unit": "cup"}),
        ('unit = "cup"\n', "0", {"amount": 0, "unit": "cup"}),
        ('unit = "cup"\n', "no", {"state": "absent"}),
    ],
)
def test_an_exposure_is_there_or_not_or_has_an_amount(
    tmp_path: Path, column: str, cell: str, said: dict[str, Any]
) -> None:
    (entry,) = entries(tmp_path, f"day,coffee\n0,{cell}\n", DAY + COFFEE + column)
    assert entry == {"day": 0, "kind": "exposure", "name": "coffee", **said}


def test_a_number_of_an_exposure_without_a_unit_is_no_yes(tmp_path: Path) -> None:
    assert problems(tmp_path, "day,coffee\n0,3\n", DAY + COFFEE) == [
        "row 2  coffee = 3: is a number, but the map says yes or no; give the column a unit"
    ]


def test_a_blank_exposure_was_not_asked_once_a_day_and_only_where_the_day_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    timed = DAY + 'time = "at"\n' + COFFEE + PAIN
    table = "day,at,coffee,pain\n0,8:00,,3\n0,20:00,,4\n1,8:00,,3\n1,20:00,yes,\n2,8:00,,\n"
    assert [(one["day"], one["state"]) for one in entries(tmp_path, table, timed) if "name" in one] == [
        (0, "not_asked"),
        (1, "present"),
    ]


def test_a_blank_is_a_no_where_the_map_says_so(tmp_path: Path) -> None:
    assert values(tmp_path, "day,coffee\n0,\n1,x\n", DAY + COFFEE + 'no = [""]\n', "state") == [
        "absent",
        "present",
    ]


def test_a_rating_is_a_number_of_the_patient_s_own_scale(tmp_path: Path) -> None:
    mood = '[columns.mood]\nkind = "rating"\nname = "mood"\nlowest = 1\nhighest = 5\nwords = {rad = 5, meh = 3}\n'
    assert values(tmp_path, "day,mood\n0,rad\n1,Meh\n2,2\n", DAY + mood) == [5, 3, 2]
    (told,) = problems(tmp_path, "day,mood\n0,6\n", DAY + mood)
    assert told.startswith("row 2  mood = 6: ")


@pytest.mark.parametrize(
    ("column", "cell", "amount"),
    [
        ('cell = "count"\ndoses = [{amount = 500, unit = "mg"}]\n', "2", 1000),
        ('cell = "amount"\nunit = "mg"\n', "400", 400),
        ('doses = [{amount = 500, unit = "mg"}]\n', "yes", 500),
    ],
)
def test_a_dose_as_needed_is_an_intake(tmp_path: Path, column: str, cell: str, amount: float) -> None:
    pill = '[columns.pill]\nkind = "intake"\ndrug = "paracetamol"\n' + column
    (entry,) = entries(tmp_path, f"day,pill\n0,{cell}\n", DAY + pill)
    assert (entry["kind"], entry["doses"]) == ("intake", [{"amount": amount, "unit": "mg"}])


def test_no_dose_as_needed_is_an_absent_exposure_and_a_blank_nothing(tmp_path: Path) -> None:
    pill = '[columns.pill]\nkind = "intake"\ndrug = "paracetamol"\n'
    assert entries(tmp_path, "day,pill,pain\n0,no,\n1,,4\n", DAY + pill + PAIN) == [
        {"day": 0, "kind": "exposure", "name": "paracetamol", "state": "absent"},
        {"day": 1, "kind": "score", "scale": "pain", "value": 4},
    ]


HEADACHE = '[columns.Headache]\nkind = "symptom"\nwhat = "headache"\n'


def test_a_word_of_severity_keeps_its_grade(tmp_path: Path) -> None:
    graded = HEADACHE + 'severities = {mild = "mild", severe = "severe"}\nno = ["none"]\n'
    told = entries(tmp_path, "day,Headache\n0,mild\n1,Severe\n2,none\n", DAY + graded)
    assert [(one["state"], one.get("severity")) for one in told] == [
        ("present", "mild"), ("present", "severe"), ("absent", None),
    ]  # fmt: skip


def test_a_map_that_reads_words_of_a_grade_as_the_same_yes_is_told_what_is_lost(tmp_path: Path) -> None:
    flat = HEADACHE + 'yes = ["mild", "moderate", "severe"]\nno = ["none"]\n'
    assert notices(made(tmp_path, "day,Headache\n0,mild\n1,severe\n2,none\n", DAY + flat)) == [
        "Headache: mild, severe are all read as present, and which of them it was is lost; severities = {…} keeps it"
    ]
    assert notices(made(tmp_path, "day,Headache\n0,mild\n1,mild\n2,none\n", DAY + flat)) == []


# ---------------------------------------------------------------- parts, names, forms

SITES = (
    '[columns.sites]\nsplit = " "\nkind = "symptom"\nwhat = "pain"\n'
    'parts = {neck = {site = "neck"}, upper_back = {site = "upper_back"}}\n'
)


@pytest.mark.parametrize(
    ("unmentioned", "cell", "states"),
    [
        ("", "neck upper_back", {"neck": "present", "upper_back": "present"}),
        ("", "neck", {"neck": "present"}),
        ('unmentioned = "no"\n', "neck", {"neck": "present", "upper_back": "absent"}),
        ('unmentioned = "no"\n', "", {}),
        ('no = [""]\n', "", {"neck": "absent", "upper_back": "absent"}),
    ],
)
def test_a_part_that_is_there_is_a_yes_and_one_that_is_not_says_what_the_map_says(
    tmp_path: Path, unmentioned: str, cell: str, states: dict[str, str]
) -> None:
    column = SITES.replace("parts", f"{unmentioned}parts")
    told = entries(tmp_path, f"day,sites,pain\n0,{cell},3\n", DAY + column + PAIN)
    assert {one["site"]: one["state"] for one in told if one["kind"] == "symptom"} == states


def test_an_unknown_part_is_a_problem_or_left_out(tmp_path: Path) -> None:
    assert problems(tmp_path, "day,sites\n0,neck nek\n", DAY + SITES) == [
        'row 2  sites = neck nek: unknown part "nek"; did you mean "neck"?'
    ]
    ignoring = SITES.replace("parts", 'ignore = ["n*k"]\nparts')
    assert left_out(made(tmp_path, "day,sites\n0,neck nek\n", DAY + ignoring)) == [
        ("sites: nek", "the map ignores it", 1, False)
    ]


def test_a_name_and_its_value_are_read_as_a_column_would_be(tmp_path: Path) -> None:
    named = NAMES + '[names."Fatigue"]\nkind = "answers"\ninstrument = "sss"\nitem = "fatigue"\n'
    named += '[names."Fog"]\nkind = "answers"\ninstrument = "sss"\nitem = "cognitive"\n'
    assert entries(tmp_path, "day,name,value\n0,fatigue,2\n0,Fog,1\n1,Fog,0\n", named) == [
        {"day": 0, "kind": "answers", "instrument": "sss", "items": {"fatigue": 2, "cognitive": 1}},
        {"day": 1, "kind": "answers", "instrument": "sss", "items": {"cognitive": 0}},
    ]
    assert problems(tmp_path, "day,name,value\n0,Fatige,2\n0,,2\n", named) == [
        'row 2  name = Fatige: unknown name "Fatige"; did you mean "Fatigue"?',
        "row 3  name = : is blank; of what is the value?",
    ]


def test_a_form_that_nobody_filled_in_is_no_answer(tmp_path: Path) -> None:
    neck = '[columns.neck]\nkind = "answers"\ninstrument = "wpi"\nitem = "neck"\nwhen = {wpi = 2}\n'
    table = "day,state,wpi,neck,pain\n0,2,2,1,3\n1,2,0,0,4\n2,0,2,1,5\n"
    imported = made(tmp_path, table, DAY + "when = {state = [1, 2]}\n" + neck + PAIN)
    assert [(entry.day, type(entry).__name__) for entry in imported.records[0].entries] == [
        (0, "AnswersEntry"), (0, "ScoreEntry"), (1, "ScoreEntry"),
    ]  # fmt: skip
    assert left_out(imported) == [
        ("", "not counted: state is not 1 or 2", 1, True),
        ("neck", "not counted: wpi is not 2", 1, False),
    ]


def test_fields_that_are_the_same_in_every_row_stand_in_the_map(tmp_path: Path) -> None:
    doses = '[diary]\nlayout = "entry"\npatient = "ana"\n[row]\nkind = "intake"\nunit = "mg"\n[fields]\nDrug = "code"\n'
    assert entries(tmp_path, "day,Drug,amount\n0,ibuprofen,400\n", doses) == [
        {"day": 0, "kind": "intake", "drug": "ibuprofen", "doses": [{"amount": 400, "unit": "mg"}]}
    ]


# ---------------------------------------------------------------- what is left out


def test_of_two_values_of_one_moment_the_later_stands_and_this_is_told(tmp_path: Path) -> None:
    imported = made(tmp_path, "day,pain\n0,3\n0,3\n0,5\n1,4\n", DAY + PAIN)
    assert [entry.value for entry in imported.records[0].entries] == [5, 4]  # type: ignore[union-attr]
    assert left_out(imported) == [
        ("pain", "a later row of that moment says otherwise, and that one stands", 1, True),
        ("pain", "says what another row of that moment says", 1, True),
    ]


def test_two_sessions_of_a_day_are_two(tmp_path: Path) -> None:
    massage = '[columns.massage]\nkind = "therapy"\nwhat = "massage"\n'
    assert len(entries(tmp_path, "day,massage\n0,yes\n0,yes\n", DAY + massage)) == 2


def test_what_a_map_ignores_is_listed_with_a_star_too(tmp_path: Path) -> None:
    table = "day,pain,mood,redcap_event\n0,3,1,a\n1,4,,b\n2,,5,c\n"
    imported = made(tmp_path, table, DAY + 'ignore = ["*"]\n' + PAIN)
    assert left_out(imported) == [
        ("", "holds no answer", 1, True),
        ("mood", "the map ignores it", 2, False),
        ("redcap_event", "the map ignores it", 3, False),
    ]
    assert (imported.rows, imported.used) == (3, 2)


@pytest.mark.parametrize(
    ("diary_map", "said"),
    [
        (DAY + PAIN + "from = [5, 1]\n", 'map.toml [columns."pain"].from: must be two numbers'),
        (
            DAY + COFFEE + "from = [0, 1]\n",
            'map.toml [columns."coffee"].from: unknown field of an exposure column',
        ),
        (DAY + 'thousands = "."\n' + PAIN, "map.toml [diary].thousands: is the decimal mark as well"),
        (DAY + 'end = "End"\n' + PAIN, "map.toml [diary].end: is read by no column"),
        (DAY + 'day_begins = "04:00"\n' + PAIN, "map.toml [diary].day_begins: needs the time of each row"),
        (DAY + 'zone = "Vilnius"\n' + PAIN, "map.toml [diary].zone: "),
        (DATED + 'date_format = "%Y-%m-%d %H:%M%z"\n' + PAIN, "map.toml [diary].zone: is missing"),
        (
            DATED + 'date_format = "%Y-%m-%d %H"\ntime = "at"\n' + PAIN,
            "map.toml [diary].time: stands beside a date_format",
        ),
        (
            DATED + 'date_format = "%d.%m."\n' + PAIN,
            'map.toml [diary].date_format: "%d.%m." is not a format of a whole',
        ),
        (
            DATED + 'date_format = "%Y-%m-%d %I:%M"\n' + PAIN,
            'map.toml [diary].date_format: "%Y-%m-%d %I:%M" is not a',
        ),
        (
            DAY + 'time = "at"\ntime_format = "%I:%M"\n' + PAIN,
            'map.toml [diary].time_format: "%I:%M" is not a format',
        ),
        (DAY + "when = {a = {}}\n" + PAIN, "map.toml [diary].when.a: must be a number"),
        (NAMES, "map.toml names: is missing"),
        (DAY + SITES.replace("parts", "part"), 'map.toml [columns."sites"].parts: is missing'),
        (DAY + '[row]\nkind = "note"\n', "map.toml [row].kind: unknown kind of row"),
        (
            DAY + '[columns.pill]\nkind = "intake"\ndrug = "x"\ncell = "count"\n',
            'map.toml [columns."pill"].doses: is missing; cell = "count" needs the dose',
        ),
        (
            DAY + '[columns.mood]\nkind = "rating"\nname = "mood"\nreverse = true\n',
            'map.toml [columns."mood"].from: needs the ends of its own scale',
        ),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused_with_the_remedy(
    tmp_path: Path, diary_map: str, said: str
) -> None:
    table = "day,Date,pain\n0,2026-01-05,4\n"
    assert [problem for problem in problems(tmp_path, table, diary_map) if problem.startswith(said)], (
        problems(tmp_path, table, diary_map)
    )


def test_the_command_tells_what_was_left_out_a_line_a_reason_and_for_programs_all_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "day,pain,mood,event\n0,30,1,a\n1,40,,b\n1,50,,c\n"
    given = files(tmp_path, table, DAY + 'ignore = ["*"]\n' + PAIN + "from = [0, 100]\n")
    command.run(arguments(given[0], "--map", given[1]))
    assert capsys.readouterr().err.splitlines() == [
        "pain: 0 to 100 of the diary is read as 0 to 10",
        "left out, a later row of that moment says otherwise, and that one stands: pain, row 3",
        "left out, the map ignores it: mood (1), event (3)",
    ]
    command.run(arguments(given[0], "--map", given[1], "--json", "-o", tmp_path / "ana.json"))
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["rows_used"], told["notices"][0]["place"]) == (3, 2, "pain")
    assert told["left_out"][0] == {
        "what": "pain",
        "why": "a later row of that moment says otherwise, and that one stands",
        "count": 1,
        "rows": [3],
        "whole_rows": True,
    }
