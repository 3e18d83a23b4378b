"""Diaries as people keep them: what is imported, what is refused, and that nothing is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.imports import diary
from assuage.imports.diary import import_diary
from assuage.imports.map import DIARY, map_of
from assuage.record.entries import Record
from assuage.record.write import entry_to_plain, to_plain

HEAD = """
[diary]
layout = "day"
patient = "ana"
date = "Date"
starts_on = 2026-01-05
[columns.Pain]
kind = "score"
scale = "pain"
"""
LONG = """
[diary]
layout = "entry"
patient_column = "patient"
starts_on = "first"
keep_dates = false
"""


def files(tmp_path: Path, table: str, diary_map: str) -> tuple[Path, Path]:
    (tmp_path / "diary.csv").write_text(table, encoding="utf-8")
    (tmp_path / "map.toml").write_text(diary_map, encoding="utf-8")
    return tmp_path / "diary.csv", tmp_path / "map.toml"


def imported(tmp_path: Path, table: str, diary_map: str = HEAD) -> list[Record]:
    return list(import_diary(*files(tmp_path, table, diary_map)).records)


def entries(tmp_path: Path, table: str, diary_map: str = HEAD) -> list[dict[str, Any]]:
    """The entries of the one record, without date and person."""
    (record,) = imported(tmp_path, table, diary_map)
    plain = [entry_to_plain(entry, record) for entry in record.entries]
    return [{name: value for name, value in one.items() if name not in ("date", "by")} for one in plain]


def problems(tmp_path: Path, table: str, diary_map: str = HEAD) -> list[str]:
    with pytest.raises(Problems) as raised:
        imported(tmp_path, table, diary_map)
    assert "nothing imported" in str(raised.value)
    return [str(problem) for problem in raised.value.problems]


def test_the_example_diary_is_imported() -> None:
    (record,) = import_diary("examples/diary.csv", "examples/diary-map.toml").records
    assert (record.first_day, record.last_day) == (0, 13)
    assert len([entry for entry in record.entries if entry.day == 0]) == 9  # walking was not asked that day
    assert record.not_checked == ()
    assert {entry.by for entry in record.entries} == {"patient"}


def test_a_blank_cell_is_unknown_and_never_a_zero(tmp_path: Path) -> None:
    assert entries(
        tmp_path,
        "Date,Pain\n2026-01-05,\n2026-01-06,4\n2026-01-07,-\n",
        HEAD.replace("[columns", 'blank = ["-"]\n[columns'),
    ) == [{"kind": "score", "scale": "pain", "value": 4}]


@pytest.mark.parametrize("cell", ["4-5", "4–5", "4 to 5", "4 - 5"])
def test_two_numbers_are_a_range(tmp_path: Path, cell: str) -> None:
    assert entries(tmp_path, f"Date,Pain\n2026-01-05,{cell}\n") == [
        {"kind": "score", "scale": "pain", "low": 4, "high": 5}
    ]


def test_a_decimal_comma_is_read_where_the_map_says_so(tmp_path: Path) -> None:
    german = HEAD.replace("[columns", 'decimal = ","\n[columns')
    assert entries(tmp_path, "Date;Pain\n2026-01-05;4,5\n", german)[0]["value"] == 4.5
    assert problems(tmp_path, "Date;Pain\n2026-01-05;4.5\n", german) == [
        "row 2  Pain = 4.5: not a number with a decimal comma, nor a range like 4-5; "
        "leave it blank when unknown"
    ]


def test_a_no_to_a_therapy_is_absent_and_a_blank_was_not_asked(tmp_path: Path) -> None:
    massage = '[columns.Massage]\nkind = "therapy"\nwhat = "massage"\n'
    table = "Date,Pain,Massage\n2026-01-05,,no\n2026-01-06,,yes\n2026-01-07,4,\n2026-01-08,,\n"
    assert entries(tmp_path, table, HEAD + massage) == [
        {"kind": "exposure", "name": "massage", "state": "absent"},
        {"kind": "therapy", "what": "massage"},
        {"kind": "score", "scale": "pain", "value": 4},
        {"kind": "exposure", "name": "massage", "state": "not_asked"},
    ]


def test_a_symptom_is_yes_no_or_a_state(tmp_path: Path) -> None:
    headache = '[columns.Headache]\nkind = "symptom"\nwhat = "headache"\n'
    table = "Date,Pain,Headache\n2026-01-05,,yes\n2026-01-06,,worse\n2026-01-07,,0\n"
    assert [one["state"] for one in entries(tmp_path, table, HEAD + headache)] == [
        "present",
        "worse",
        "absent",
    ]


DRUG = '[columns.Pill]\nkind = "medication"\ndrug = "tizanidine"\n'


def test_a_medication_is_an_act_or_a_no_or_a_yes_to_the_act_of_its_column(tmp_path: Path) -> None:
    pill = DRUG + 'doses = [{amount = 2, unit = "mg"}]\n'
    night = '[columns.Night]\nkind = "medication"\ndrug = "melatonin"\ndo = "start"\ntime = "night"\n'
    table = "Date,Pain,Pill,Night\n2026-01-05,,start,x\n2026-01-06,,no,\n2026-01-07,,stop,n\n"
    assert entries(tmp_path, table, HEAD + pill + night) == [
        {"kind": "medication", "drug": "tizanidine", "do": "start", "doses": [{"amount": 2, "unit": "mg"}]},
        {"time": "night", "kind": "medication", "drug": "melatonin", "do": "start"},
        {"kind": "note", "text": "tizanidine: no"},
        {"kind": "medication", "drug": "tizanidine", "do": "stop"},
        {"time": "night", "kind": "note", "text": "melatonin: n"},
    ]


def test_minutes_of_a_therapy_are_a_session_and_none_of_them_is_a_no(tmp_path: Path) -> None:
    walk = '[columns.Walk]\nkind = "therapy"\nwhat = "aerobic exercise"\ncell = "minutes"\n'
    table = "Date,Pain,Walk\n2026-01-05,,30\n2026-01-06,,0\n2026-01-07,,yes\n"
    assert entries(tmp_path, table, HEAD + walk) == [
        {"kind": "therapy", "what": "aerobic exercise", "minutes": 30},
        {"kind": "exposure", "name": "aerobic exercise", "state": "absent"},
        {"kind": "therapy", "what": "aerobic exercise"},
    ]


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        (DRUG, "yes", "yes to what? write one of start, change, stop, or give the column a do"),
        (DRUG, "half", "neither yes (1, true, x, y, yes) nor no (0, false, n, no), nor one of start, "),
        (
            '[columns.Pill]\nkind = "therapy"\nwhat = "massage"\n',
            "some",
            "neither yes (1, true, x, y, yes) nor ",
        ),
        (
            '[columns.Pill]\nkind = "therapy"\nwhat = "massage"\ncell = "minutes"\n',
            "long",
            "neither yes (1, true, x, y, yes) nor no (0, false, n, no), nor a number of minutes",
        ),
        (
            '[columns.Pill]\nkind = "symptom"\nwhat = "headache"\n',
            "bad",
            "neither yes (1, true, x, y, yes) nor no (0, false, n, no), nor a state (",
        ),
        (
            '[columns.Pill]\nkind = "answers"\ninstrument = "sss"\nitem = "fatigue"\nwords = {little = 1}\n',
            "much",
            "not a number, nor one of the words little; leave it blank when unknown",
        ),
    ],
)
def test_a_cell_that_is_none_of_the_words_of_its_column_is_told_what_it_can_be(
    tmp_path: Path, column: str, cell: str, text: str
) -> None:
    (told,) = problems(tmp_path, f"Date,Pain,Pill\n2026-01-05,,{cell}\n", HEAD + column)
    assert told.startswith(f"row 2  Pill = {cell}: {text}")


def test_items_of_one_instrument_are_one_entry_of_answers(tmp_path: Path) -> None:
    items = "".join(
        f'[columns.{title}]\nkind = "answers"\ninstrument = "sss"\nitem = "{item}"\n'
        for title, item in (("Tired", "fatigue"), ("Fog", "cognitive"))
    )
    assert entries(tmp_path, "Date,Pain,Tired,Fog\n2026-01-05,,2,1\n2026-01-06,,,1\n", HEAD + items) == [
        {"kind": "answers", "instrument": "sss", "items": {"fatigue": 2, "cognitive": 1}},
        {"kind": "answers", "instrument": "sss", "items": {"cognitive": 1}},
    ]


def test_words_stand_for_the_numbers_the_map_gives_them(tmp_path: Path) -> None:
    words = HEAD + "words = {None = 0, mild = 3}\n"
    found = entries(tmp_path, "Date,Pain\n2026-01-05,none\n2026-01-06,Mild\n", words)
    assert [one["value"] for one in found] == [0, 3]


def test_days_can_be_counted_instead_of_dated(tmp_path: Path) -> None:
    (record,) = imported(tmp_path, "Day,Pain\n-3,4\n0,5\n", HEAD.replace('date = "Date"', 'day = "Day"'))
    assert [entry.day for entry in record.entries] == [-3, 0]


def test_dates_are_left_out_where_the_map_says_so(tmp_path: Path) -> None:
    (record,) = imported(
        tmp_path, "Date,Pain\n2026-01-07,4\n", HEAD.replace("[columns", "keep_dates = false\n[columns")
    )
    assert (record.starts_on, record.entries[0].day, record.entries[0].dated) == (None, 2, False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_headers_match_in_any_case(tmp_path: Path, delimiter: str) -> None:
    table = f"\ufeffDATE{delimiter} pain \r\n2026-01-05{delimiter}4\r\n"
    assert entries(tmp_path, table)[0]["value"] == 4


def test_every_bad_cell_is_reported_with_its_row(tmp_path: Path) -> None:
    table = (
        "Date,Pain\n2026-01-05,11\n2026-02-30,4\n2026-01-06,four\n2026-01-07,4\n2026-01-07,5\n,4\n"
        "2026-01-08,6-4\n2026-01-09,4,5\n\n2026-01-10,true\n"
    )
    number = "not a number, nor a range like 4-5; leave it blank when unknown"
    assert problems(tmp_path, table) == [
        "row 2  Pain = 11: pain is scored 0 to 10, so 11 cannot be right",
        "row 3  Date = 2026-02-30: not a date written like %Y-%m-%d",
        f"row 4, 11  Pain = four, true: {number}",
        "row 7  Date = : is blank; which day is this?",
        "row 8  Pain = 6-4: low is 6 and high is 4; exchange them",
        "row 9: has more cells than the 2 of the header; is there a decimal comma?",
    ]


def test_columns_and_map_must_agree(tmp_path: Path) -> None:
    assert problems(tmp_path, "Date,Pian,Weather,,Date\n") == [
        'row 1, column 2: unknown column "Pian"; did you mean "Pain"? '
        'Map it, or list it in ignore = ["Pian"]',
        'row 1, column 3: unknown column "Weather"; known: Date, Pain. '
        'Map it, or list it in ignore = ["Weather"]',
        "row 1, column 4: has no name; name it, or take it out",
        'row 1, column 5: a second column "Date"; rename one',
        'row 1: no column "Pain"; did you mean "Pian"?',
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "the file is empty; the first row names the columns"),
        ("Date,Pain\n", "no row has an entry"),
        ("Date,Pain\n2026-01-05,\n", "no row has an entry"),
        ('Date,Pain\n2026-01-05,"4\n', "row 2: cannot be read as a table"),
    ],
)
def test_a_table_without_rows_is_refused(tmp_path: Path, table: str, said: str) -> None:
    assert any(said in problem for problem in problems(tmp_path, table))


def test_a_table_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    table, diary_map = files(tmp_path, "", HEAD)
    table.write_bytes(b"Date,Pain\n2026-01-05,m\xfcde\n")
    with pytest.raises(Problems, match=r"line 2.*not UTF-8 \(byte 0xfc\)"):
        import_diary(table, diary_map)


def test_what_is_wrong_with_the_map_is_said_beside_what_is_wrong_with_the_rows(tmp_path: Path) -> None:
    wrong = HEAD + (
        'scales = "pain"\n[columns.Sleep]\nkind = "score"\nscale = "sleap"\n'
        '[columns.Walk]\nkind = "therapi"\n[columns.Note]\nkind = "note"\ntime = "dawn"\n'
    )
    wrong = wrong.replace('patient = "ana"', 'patient = "ana"\npatience = "ana"')
    assert problems(tmp_path, "Date,Pain,Note\n2026-01-05,11,hello\n", wrong) == [
        'map.toml [diary].patience: unknown field of [diary] "patience"; did you mean "patient"?',
        'map.toml [columns."Pain"].scales: unknown field of a score column "scales"; did you mean "scale"?',
        'map.toml [columns."Sleep"].scale: unknown scale "sleap"; did you mean "sleep"?',
        'map.toml [columns."Walk"].kind: unknown kind of column "therapi"; did you mean "therapy"?',
        'map.toml [columns."Note"].time: must be HH:MM (00:00 to 23:59), morning, noon, evening, night, '
        'not "dawn"',
        "row 2  Pain = 11: pain is scored 0 to 10, so 11 cannot be right",
    ]


@pytest.mark.parametrize(
    ("diary_map", "said"),
    [
        ("", "map.toml diary: is missing"),
        ("[diary]\n", "map.toml [diary].layout: is missing"),
        ("[diary\n", "map.toml: not TOML"),
        ('[diary]\nlayout = "day"\npatient = "a"\n', "map.toml [diary].date: is missing"),
        (HEAD.replace("starts_on = 2026-01-05\n", ""), "map.toml [diary].starts_on: is missing"),
        (HEAD.replace('patient = "ana"\n', ""), "map.toml [diary].patient: is missing"),
        (HEAD.replace("2026-01-05", "2026-01-05T10:00:00"), "map.toml [diary].starts_on: must be a date"),
        (HEAD.replace('"Date"', '"Date"\ndate_format = "%Q"'), "map.toml [diary].date_format:"),
        (
            HEAD.replace('"Date"', '"Date"\ndate_format = "ISO"'),
            'map.toml [diary].date_format: must be like "%d',
        ),
        (HEAD.replace('"Date"', '"Date"\nday = "Day"'), "map.toml [diary].day: stands beside date"),
        (
            HEAD.replace('"ana"', '"ana"\npatient_column = "Who"'),
            "map.toml [diary].patient: stands beside patient_c",
        ),
        (HEAD + '[fields]\nx = "note"\n', 'map.toml fields: belongs to layout = "entry"'),
        (HEAD.replace('"day"', '"entry"'), 'map.toml columns: belongs to layout = "day"'),
        (HEAD.partition("[columns")[0], "map.toml columns: is missing"),
        (HEAD + 'words = "none"\n', 'map.toml [columns."Pain"].words: must be a table'),
        (
            HEAD + "blank = [1]\n[columns.Rash]\nkind = 'symptom'\nyes = [1]\n",
            'map.toml [columns."Rash"].yes',
        ),
        ("columns = 1\n" + HEAD.partition("[columns")[0], "map.toml columns: must be a table"),
        ("fields = 1\n" + HEAD, "map.toml fields: must be a table"),
        (
            HEAD.replace("[columns.Pain]", "[columns]\nPain = 4\n[columns.Sleep]"),
            'map.toml [columns."Pain"]: must',
        ),
        ("#" * 1_000_001, "map.toml: larger than 1 MB"),
        (HEAD.replace("2026-01-05", '"1800-01-01"'), "map.toml [diary].starts_on: must lie between"),
    ],
)
def test_a_map_that_says_too_little_is_refused_with_the_remedy(
    tmp_path: Path, diary_map: str, said: str
) -> None:
    assert any(
        problem.startswith(said) for problem in problems(tmp_path, "Date,Pain\n2026-01-05,4\n", diary_map)
    )


# ---------------------------------------------------------------- one row an entry

ROWS = """patient,date,time,kind,code,site,value,state,item,amount,unit,do
ana,2026-01-05,morning,score,pain,neck,4-5,,,,,
ana,2026-01-06,,answers,sss,,1,,fatigue,,,
ana,2026-01-06,,answers,sss,,2,,cognitive,,,
ben,2026-02-01,,medication,tizanidine,,,,,2,mg,start
ben,2026-02-03,,symptom,headache,,,present,,,,
ben,2026-02-04,,score,pain,,,,,,,
ben,2026-02-05,,red_flag_check,new_numbness,,,absent,,,,
"""


def test_a_row_an_entry_makes_records_of_many_patients(tmp_path: Path) -> None:
    ana, ben = imported(tmp_path, ROWS, LONG)
    assert to_plain(ana)["entries"] == [
        {
            "day": 0,
            "time": "morning",
            "kind": "score",
            "scale": "pain",
            "low": 4,
            "high": 5,
            "site": "neck",
            "by": "patient",
        },
        {
            "day": 1,
            "kind": "answers",
            "instrument": "sss",
            "items": {"fatigue": 1, "cognitive": 2},
            "by": "patient",
        },
    ]
    assert [entry.day for entry in ben.entries] == [0, 2, 4]


def test_bad_cells_of_a_row_an_entry_are_named_by_their_columns(tmp_path: Path) -> None:
    wrong = ROWS.replace(",pain,neck", ",pian,neck").replace("sss,,2,", "sss,,7,").replace("2,mg", "x,MG")
    wrong = wrong.replace("symptom", "symptm").replace("ben,2026-02-05", ",2026-02-05")
    assert problems(tmp_path, wrong, LONG) == [
        'row 2  code = pian: unknown scale "pian"; did you mean "pain"?',
        "row 4  value = 7: trouble thinking or remembering is scored 0 to 3, so 7 cannot be right",
        "row 5  amount = x: not a number, nor a range like 4-5; leave it blank when unknown",
        'row 5  unit = MG: unknown unit "MG"; did you mean "mg"?',
        'row 6  kind = symptm: unknown kind "symptm"; did you mean "symptom"?',
        "row 8  patient = : is blank; whose row is this?",
    ]


def test_an_amount_that_two_readers_read_differently_is_refused_with_both_readings(tmp_path: Path) -> None:
    ambiguous = ROWS.replace("tizanidine,,,,,2,mg", "tizanidine,,,,,2.500,mg")
    assert problems(tmp_path, ambiguous, LONG) == [
        "row 5  amount = 2.500: can be read as 2500 or as 2.5; write one of these"
    ]
    exact = imported(tmp_path, ROWS.replace("tizanidine,,,,,2,mg", "tizanidine,,,,,0.125,mg"), LONG)
    assert to_plain(exact[1])["entries"][0]["doses"] == [{"amount": 0.125, "unit": "mg"}]


def test_columns_of_a_row_an_entry_can_have_other_names(tmp_path: Path) -> None:
    renamed = LONG + '[fields]\nDatum = "date"\nWert = "value"\n'
    table = "patient,Datum,kind,code,Wert\nana,2026-01-05,score,pain,4\n"
    assert entries(tmp_path, table, renamed)[0] | {"day": 0} == {
        "day": 0,
        "kind": "score",
        "scale": "pain",
        "value": 4,
    }
    assert "unknown field of an entry" in problems(tmp_path, table, LONG + '[fields]\nDatum = "dat"\n')[0]


def test_cells_of_a_row_an_entry_hold_lists_of_sites_yes_and_no_and_percentages(tmp_path: Path) -> None:
    table = (
        "patient,date,kind,code,sites,approximate,value,response_percent\n"
        "ana,2026-01-05,score,pain,neck|occiput,yes,4,\n"
        "ana,2026-01-06,therapy,massage,,no,,80-100\n"
    )
    first, second = entries(tmp_path, table, LONG)
    assert first == {
        "day": 0, "approximate": True, "kind": "score", "scale": "pain", "value": 4, "sites": ["neck", "occiput"],
    }  # fmt: skip
    assert second == {"day": 1, "kind": "therapy", "what": "massage", "response_percent": [80, 100]}
    (told,) = problems(tmp_path, table.replace(",yes,", ",perhaps,"), LONG)
    assert told == "row 2  approximate = perhaps: neither yes nor no"


def test_the_words_of_an_instrument_stand_for_its_numbers(tmp_path: Path) -> None:
    column = '[columns.Tired]\nkind = "answers"\ninstrument = "sss"\nitem = "fatigue"\nwords = {little = 1}\n'
    (entry,) = entries(tmp_path, "Date,Pain,Tired\n2026-01-05,,Little\n", HEAD + column)
    assert entry["items"] == {"fatigue": 1}


@pytest.mark.parametrize(
    ("diary_map", "table", "told"),
    [
        (
            LONG.replace('starts_on = "first"\n', ""),
            "patient,date,kind,text\nana,2026-01-05,note,a\n",
            ['row 2  date = 2026-01-05: needs starts_on in the map, the date of day 0 (or "first")'],
        ),
        (
            LONG,
            "patient,day,kind,text\nana,1,note,a\nana,one,note,b\nana,,note,c\n",
            [
                "row 3  day = one: must be a whole number of days from day 0",
                "row 4  day = : is blank; which day is this?",
            ],
        ),
        (
            HEAD.replace('"ana"', '"ana"\nage = 10\nsex = "male"').replace("2026-01-05", '"first"'),
            "Date,Pain\n05/01/2026,4\n",
            ["row 2  Date = 05/01/2026: not a date written like %Y-%m-%d"],
        ),
    ],
)
def test_a_day_that_cannot_be_known_is_a_problem_of_its_row(
    tmp_path: Path, diary_map: str, table: str, told: list[str]
) -> None:
    assert problems(tmp_path, table, diary_map) == told


def test_a_pseudonym_that_no_record_takes_is_a_problem_of_its_patient(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, "patient,day,kind,text\na\x07,1,note,a\n", LONG)
    assert told == 'patient "a\\u0007" patient.id: holds a control character (\\x07); take it out'


def test_a_diary_beyond_its_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diary, "MOST_BYTES", 20)
    assert problems(tmp_path, "Date,Pain\n2026-01-05,4\n") == ["larger than 0 MB; split it"]


# ---------------------------------------------------------------- anything at all


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.sampled_from('Date,Pain\n;"4-5 2026/01x'), max_size=80),
    st.lists(
        st.tuples(st.sampled_from(["2026-01-05", "2026-01-06", "x", ""]), st.text(max_size=5)), max_size=4
    ),
)
def test_any_table_is_imported_or_refused_with_problems(
    tmp_path_factory: pytest.TempPathFactory, junk: str, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("diary")
    table = "Date,Pain\n" + "".join(f"{day},{pain}\n" for day, pain in rows)
    for text in (junk, table):
        file, diary_map = files(folder, "", HEAD)
        file.write_bytes(text.encode("utf-8", "replace"))
        try:
            found: list[Any] = [*import_diary(file, diary_map).records]
        except Problems as error:
            found = [*error.problems]
        assert found


WORDS = [
    *(
        "kind",
        "scale",
        "site",
        "Pain",
        "yes",
        "words",
        "split",
        "parts",
        "from",
        "reverse",
        "when",
        "severities",
    ),
    *(
        "cell",
        "doses",
        "unit",
        "amount",
        "drug",
        "what",
        "name",
        "item",
        "instrument",
        "lowest",
        "highest",
        "night",
    ),
]
VALUES = [
    *(
        "pain",
        "score",
        "day",
        "Date",
        "first",
        "%Y-%m-%d",
        "%H:%M",
        "neck",
        "symptom",
        "exposure",
        "intake",
        "rating",
    ),
    *(
        "answers",
        "sss",
        "fatigue",
        "count",
        "amount",
        "mg",
        "before",
        "|",
        "*",
        "Europe/Vilnius",
        "04:00",
        "",
    ),
]
anything = st.recursive(
    st.booleans() | st.integers(-1, 100) | st.floats() | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=12,
)


@settings(deadline=None, max_examples=400)
@given(
    st.dictionaries(st.sampled_from([each.name for each in DIARY]), anything, max_size=8),
    *(st.dictionaries(st.sampled_from(["Pain", "Sleep"]), anything, max_size=2) for _ in range(2)),
    anything,
    anything,
)
def test_any_map_is_used_or_refused_with_problems(
    diary: dict[str, Any], columns: dict[str, Any], names: dict[str, Any], row: Any, fields: Any
) -> None:
    said: list[object] = []
    plain = {"diary": diary, "columns": columns, "names": names, "row": row, "fields": fields}
    found = map_of(plain, lambda _, text: said.append(text))
    assert found is not None or said


def test_a_fraction_of_a_total_of_whole_points_is_refused_in_a_diary_too(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        imported(tmp_path, "Date,Pain\n2026-01-05,4\n2026-01-06,4.5\n", HEAD.replace('"pain"', '"isi"'))
    (problem,) = [str(problem) for problem in raised.value.problems]
    assert "row 3" in problem
    assert "scored in whole points, so 4.5 cannot be right" in problem
