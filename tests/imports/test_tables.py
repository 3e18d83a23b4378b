"""Files as the world writes them become the same table; what is no table, or a bomb, is refused with the remedy."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from assuage.errors import Problems
from assuage.imports.tables.read import tables_of
from assuage.imports.tables.source import SourceTable
from tests.imports.made_files import health, ods, record, worksheet, xlsx, zipped


def table(tmp_path: Path, content: str | bytes, name: str = "diary.csv") -> SourceTable:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    (only,) = tables_of(file)
    return only


def cells(read: SourceTable) -> list[list[str]]:
    return [list(row.cells.values()) for row in read.rows]


def refused(file: Path) -> str:
    with pytest.raises(Problems) as caught:
        tables_of(file)
    return str(caught.value)


# --- encodings, separators, quotes


WANTED = [["2025-01-05", "3", "skauda, žiauriai"], ["2025-01-06", "", ""]]
TEXT = 'Date,Pain,Note\n2025-01-05,3,"skauda, žiauriai"\n2025-01-06,,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_that_says_itself_gives_the_same_cells(tmp_path: Path, encoding: str):
    assert cells(table(tmp_path, TEXT.encode(encoding))) == WANTED


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_gives_the_same_cells(tmp_path: Path, mark: str, end: str):
    text = TEXT.replace(",", mark).replace(f"skauda{mark} ", "skauda, ").replace("\n", end)
    assert cells(table(tmp_path, text)) == WANTED


def test_an_eight_bit_text_is_read_and_told_of_with_the_letters_that_may_be_others(tmp_path: Path):
    read = table(tmp_path, "Date,Note\n2025-01-05,Müller café\n".encode("cp1252"))
    assert (cells(read), [str(each.values) for each in read.notices]) == (
        [["2025-01-05", "Müller café"]],
        ["(('encoding', 'cp1252'), ('letters', 'é ü'))"],
    )


def test_a_decimal_comma_does_not_hide_the_semicolon(tmp_path: Path):
    assert cells(table(tmp_path, "Date;Pain\n2025-01-05;3,5\n2025-01-06;4,5\n")) == [
        ["2025-01-05", "3,5"],
        ["2025-01-06", "4,5"],
    ]


def test_the_sep_line_of_excel_says_the_separator(tmp_path: Path):
    read = table(tmp_path, "sep=|\nDate|Note\n2025-01-05|a,b;c\n")
    assert (read.line, cells(read)) == (2, [["2025-01-05", "a,b;c"]])


def test_a_note_may_hold_line_breaks_and_quotation_marks(tmp_path: Path):
    read = table(tmp_path, 'Date,Note\n2025-01-05,"one\ntwo ""three"""\n2025-01-06,x\n')
    assert [(row.number, row.cells["note"]) for row in read.rows] == [(2, 'one\ntwo "three"'), (4, "x")]


# --- what stands around a table


def test_lines_before_the_header_are_no_rows_and_are_told_of(tmp_path: Path):
    read = table(tmp_path, "My diary;;;\nexported;2025-02-01;;\n\nDate;Pain;Sleep;Walk\n2025-01-05;3;4;10\n")
    assert (read.headers, read.line, cells(read), len(read.notices)) == (
        ("Date", "Pain", "Sleep", "Walk"),
        4,
        [["2025-01-05", "3", "4", "10"]],
        1,
    )


def test_headers_lose_the_blanks_around_them(tmp_path: Path):
    assert table(tmp_path, " Date ,Pain \n2025-01-05,3\n").headers == ("Date", "Pain")


def test_columns_without_a_name_and_without_a_cell_are_no_columns(tmp_path: Path):
    read = table(tmp_path, "Date,Pain,,\n2025-01-05,3,,\n2025-01-06,4,,\n")
    assert (read.headers, cells(read)) == (("Date", "Pain"), [["2025-01-05", "3"], ["2025-01-06", "4"]])


def test_a_cell_under_no_name_keeps_its_column(tmp_path: Path):
    assert table(tmp_path, "Date,Pain,\n2025-01-05,3,why\n").headers == ("Date", "Pain", "")


def test_a_row_that_does_not_fit_is_kept_out_and_told_of(tmp_path: Path):
    foreign = table(tmp_path, "Date,Pain,Note\n2025-01-05,3,a\n2025-01-06,4\n2025-01-07,4,5,b\n").foreign
    assert ([row.number for row in foreign.rows], [problem.place for problem in foreign.torn]) == (
        [2],
        ["row 4", "row 3"],
    )


QUALTRICS = """StartDate,Finished,Q1
Start Date,Finished,How bad was your pain?
"{""ImportId"":""startDate"",""timeZone"":""Europe/Vilnius""}","{""ImportId"":""finished""}","{""ImportId"":""QID1""}"
2025-01-05 08:00:00,1,4
"""


def test_the_three_header_rows_of_qualtrics_are_a_header_and_its_questions(tmp_path: Path):
    read = table(tmp_path, QUALTRICS)
    assert (read.labels["q1"], [row.number for row in read.rows]) == ("How bad was your pain?", [4])


FITBIT = """Body
Date,Weight,BMI,Fat
"2025-01-05","70","24","0"

Activities
Date,Calories Burned,Steps
"2025-01-05","2,000","8,123"
"""


def test_parts_of_a_file_with_a_title_each_are_tables_of_their_own(tmp_path: Path):
    (tmp_path / "fitbit.csv").write_text(FITBIT)
    assert [(each.sheet, each.headers, cells(each)) for each in tables_of(tmp_path / "fitbit.csv")] == [
        ("Body", ("Date", "Weight", "BMI", "Fat"), [["2025-01-05", "70", "24", "0"]]),
        ("Activities", ("Date", "Calories Burned", "Steps"), [["2025-01-05", "2,000", "8,123"]]),
    ]


def test_a_word_alone_between_rows_of_a_diary_is_a_torn_row_and_no_title(tmp_path: Path):
    read = table(tmp_path, "Date,Pain\n2025-01-05,3\n\nholiday\n2025-01-07,4\n")
    assert ([row.number for row in read.rows], [row.number for row in read.short]) == ([2, 5], [4])


# --- sheets


ROWS = [
    ["Diary of nobody"],
    [],
    ["Date", "Pain", "Walked", "Sum"],
    ["date:45662", 3.5, True, "=B4*2"],
    ["date:45663", 4],
]


def test_a_workbook_shows_dates_as_iso_numbers_short_and_formulas_as_saved(tmp_path: Path):
    (read,) = tables_of(xlsx(tmp_path / "d.xlsx", ROWS))
    assert (read.form, read.sheet, read.line, cells(read)) == (
        "xlsx",
        "Diary",
        3,
        [["2025-01-05", "3.5", "true", "7"], ["2025-01-06", "4", "", ""]],
    )


def test_a_hidden_sheet_is_left_out_and_told_of(tmp_path: Path):
    (read,) = tables_of(xlsx(tmp_path / "d.xlsx", ROWS, hidden=[["a", "b"], [1, 2]]))
    assert [each.what for each in read.skipped] == ["Codes"]


def test_an_ods_file_is_a_sheet_too(tmp_path: Path):
    (read,) = tables_of(
        ods(tmp_path / "d.ods", [["Date", "Pain"], ["2025-01-05", 3.0], ["2025-01-06", None]])
    )
    assert (read.form, cells(read)) == ("ods", [["2025-01-05", "3"], ["2025-01-06", ""]])


def test_a_sheet_is_known_by_its_bytes_whatever_its_name(tmp_path: Path):
    assert tables_of(xlsx(tmp_path / "d.csv", ROWS))[0].form == "xlsx"


FAR = worksheet(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
    'office:value="1" table:number-columns-repeated="16000"/></table:table-row>'
)
ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + worksheet(
    '<row r="1"><c r="A1"><v>&b;</v></c></row>'
)


def test_two_cells_in_far_corners_are_refused_before_they_take_memory(tmp_path: Path):
    assert "20000000 cells" in refused(xlsx(tmp_path / "far.xlsx", [], sheet=FAR))


def test_a_cell_that_is_said_to_repeat_for_ever_is_refused(tmp_path: Path):
    assert "20000000 cells" in refused(ods(tmp_path / "far.ods", [], table=REPEATED))


def test_a_sheet_with_entities_is_refused(tmp_path: Path):
    assert "cannot be read as a sheet" in refused(xlsx(tmp_path / "e.xlsx", [], sheet=ENTITIES))


def test_a_zip_bomb_is_refused_however_small_it_is(tmp_path: Path):
    bomb = xlsx(tmp_path / "bomb.xlsx", ROWS)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/media/zeros.bin", bytes(300_000_000))
    assert (bomb.stat().st_size < 400_000, "unpacks to more than 256 MB" in refused(bomb)) == (True, True)


def test_a_broken_zip_is_refused(tmp_path: Path):
    file = xlsx(tmp_path / "d.xlsx", ROWS)
    file.write_bytes(file.read_bytes()[:-40])
    assert "cannot be opened" in refused(file)


def test_a_zip_of_something_else_is_refused_with_the_remedy(tmp_path: Path):
    assert "unpack it" in refused(zipped(tmp_path / "photos.zip", {"a.jpg": b"\xff\xd8"}))


# --- Apple Health


QUANTITY, CATEGORY = "HKQuantityTypeIdentifier", "HKCategoryTypeIdentifier"
ASLEEP = "HKCategoryValueSleepAnalysisAsleep"


def health_rows(tmp_path: Path, *records: str, name: str = "export.xml") -> list[tuple[str, str, str]]:
    (read,) = tables_of(health(tmp_path / name, "\n".join(records)))
    return [(row.cells["date"], row.cells["name"], row.cells["value"]) for row in read.rows]


STEPS = (
    record(f"{QUANTITY}StepCount", "1000", "2026-01-05 08:00:00"),
    record(f"{QUANTITY}StepCount", "500", "2026-01-05 23:59:00", "2026-01-06 00:01:00"),
    record(f"{QUANTITY}StepCount", "70", "2026-01-06 08:00:00"),
)


@pytest.mark.parametrize("name", ["export.xml", "export.zip"])
def test_steps_of_a_day_are_summed(tmp_path: Path, name: str):
    assert health_rows(tmp_path, *STEPS, name=name) == [
        ("2026-01-05", "StepCount", "1500"),
        ("2026-01-06", "StepCount", "70"),
    ]


def test_steps_of_two_devices_are_never_added_up_and_their_names_are_not_kept(tmp_path: Path):
    other = record(f"{QUANTITY}StepCount", "1200", "2026-01-05 08:00:00", source="Ona's iPhone")
    assert health_rows(tmp_path, *STEPS, other)[:2] == [
        ("2026-01-05", "StepCount (device 1)", "1200"),
        ("2026-01-05", "StepCount (device 2)", "1500"),
    ]


def test_a_night_is_the_minutes_asleep_once_each_on_the_day_of_waking(tmp_path: Path):
    in_bed = "HKCategoryValueSleepAnalysisInBed"
    night = (
        record(f"{CATEGORY}SleepAnalysis", f"{ASLEEP}Core", "2026-01-04 23:00:00", "2026-01-05 01:00:00"),
        record(f"{CATEGORY}SleepAnalysis", f"{ASLEEP}Deep", "2026-01-05 00:30:00", "2026-01-05 02:00:00"),
        record(f"{CATEGORY}SleepAnalysis", in_bed, "2026-01-04 22:00:00", "2026-01-05 07:00:00"),
        record(f"{CATEGORY}SleepAnalysis", f"{ASLEEP}REM", "2026-01-05 22:10:00", "2026-01-05 22:40:00"),
    )  # fmt: skip
    assert health_rows(tmp_path, *night) == [
        ("2026-01-05", "SleepAnalysis", "180"),
        ("2026-01-06", "SleepAnalysis", "30"),
    ]


def test_a_symptom_keeps_its_severity_and_what_is_not_read_is_counted(tmp_path: Path):
    headache = record(f"{CATEGORY}Headache", "HKCategoryValueSeverityMild", "2026-01-05 08:00:00")
    beats = record(f"{QUANTITY}HeartRate", "72", "2026-01-05 08:00:00")
    (read,) = tables_of(health(tmp_path / "export.xml", headache + beats + beats))
    assert (cells(read), [(each.what, each.count) for each in read.skipped]) == (
        [["2026-01-05", "08:00", "Headache", "Mild", "", ""]],
        [("HeartRate", 2)],
    )


def test_a_record_within_a_correlation_stands_outside_of_it_once_more(tmp_path: Path):
    pressure = record(f"{QUANTITY}BloodPressureSystolic", "120", "2026-01-05 08:00:00", unit="mmHg")
    within = f'<Correlation type="x">{pressure}</Correlation>'
    assert len(health_rows(tmp_path, pressure, within)) == 1


def test_entities_of_an_export_are_not_even_declared(tmp_path: Path):
    declared = '<!ENTITY a SYSTEM "file:///etc/passwd">\n'
    file = health(tmp_path / "export.xml", '<Record type="&a;" value="1"/>', before=declared)
    assert "the XML breaks off here: undefined entity" in refused(file)


def test_one_element_without_end_is_refused_before_it_takes_memory(tmp_path: Path):
    file = health(tmp_path / "export.zip", f'<Record type="{"a" * 40_000_000}" value="1"/>')
    tracemalloc.start()
    try:
        told = refused(file)
        assert ("without end" in told, tracemalloc.get_traced_memory()[1] < 30_000_000) == (True, True)
    finally:
        tracemalloc.stop()


def test_kinds_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assuage.imports.tables.apple_health._MOST_KINDS", 1_000)
    records = "\n".join(f'<Record type="kind{at}" value="1"/>' for at in range(60_000))
    assert "more kinds of things" in refused(health(tmp_path / "export.xml", records))


def test_an_export_that_breaks_off_is_refused(tmp_path: Path):
    file = health(tmp_path / "export.xml", STEPS[0])
    file.write_text(file.read_text()[:-30])
    assert "breaks off" in refused(file)


def test_other_xml_is_refused_with_the_remedy(tmp_path: Path):
    (tmp_path / "x.xml").write_text("<gpx/>")
    assert "export it as CSV" in refused(tmp_path / "x.xml")


# --- JSON


def test_a_list_of_objects_is_a_table_with_a_path_for_each_name(tmp_path: Path):
    days = [
        {"day": "2025-01-05", "score": 80, "c": {"hr": 61.0}, "ok": True},
        {"day": "2025-01-06", "series": [1, 2]},
    ]
    read = table(tmp_path, json.dumps(days), "oura.json")
    assert (read.headers, cells(read), [each.what for each in read.skipped]) == (
        ("day", "score", "c.hr", "ok"),
        [["2025-01-05", "80", "61", "true"], ["2025-01-06", "", "", ""]],
        ["series"],
    )


def test_the_lists_within_an_object_are_its_tables(tmp_path: Path):
    read = table(tmp_path, json.dumps({"data": [{"day": "2025-01-05"}], "next_token": None}), "oura.json")
    assert (read.sheet, read.headers) == ("data", ("day",))


def test_an_object_a_line_is_a_table(tmp_path: Path):
    read = table(tmp_path, '{"day": 1, "pain": 3}\n{"day": 2, "pain": 4}\n', "d.ndjson")
    assert (read.form, cells(read)) == ("ndjson", [["1", "3"], ["2", "4"]])


@pytest.mark.parametrize(
    "text", ["[1, 2", "[[1]]", "[{}, 3]", '{"a": 1}', "[" * 100_000, '[{"a": NaN}]'], ids=range(6)
)
def test_json_that_is_no_table_is_refused(tmp_path: Path, text: str):
    (tmp_path / "x.json").write_text(text)
    assert refused(tmp_path / "x.json").startswith("x.json: 1 problem, nothing imported")


# --- nothing


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b";;;\n;;\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes):
    (tmp_path / "x.csv").write_bytes(content)
    assert "is empty" in refused(tmp_path / "x.csv")


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 20, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "x.csv").write_bytes(content)
    assert "as" in refused(tmp_path / "x.csv")


def test_a_file_beyond_the_bound_is_refused_without_being_read(tmp_path: Path):
    file = tmp_path / "x.csv"
    with io.FileIO(file, "w") as stream:
        stream.write(b"Date,Pain\n")
        stream.truncate(70_000_000)
    assert "larger than 64 MB" in refused(file)


HEADER = "Date,Pain,Sleep,Mood,Note\n"


def test_a_header_that_comes_again_is_no_row(tmp_path: Path):
    read = table(tmp_path, f"{HEADER}2026-01-05,3,7,good,a\n{HEADER}2026-02-05,4,8,bad,b\n")
    assert [row["date"] for row in (row.cells for row in read.rows)] == ["2026-01-05", "2026-02-05"]
    assert [notice.id for notice in read.notices] == ["tables.header-again"]


def test_a_header_that_comes_again_with_columns_of_its_own_keeps_what_all_have(tmp_path: Path):
    text = (
        "Id,From,To,Hours,Rating,23:10\n1,a,b,7,3,0.5\n"
        "Id,From,To,Hours,Rating,0:20,0:25\n2,c,d,6,4,0.1,0.2\n,,,,,0.3,0.4\n"
    )
    read = table(tmp_path, text)
    assert read.headers == ("Id", "From", "To", "Hours", "Rating")
    assert cells(read) == [["1", "a", "b", "7", "3"], ["2", "c", "d", "6", "4"]]
    assert not read.torn


def test_a_line_with_bare_numbers_above_the_header_is_not_the_header(tmp_path: Path):
    read = table(
        tmp_path, "com.program.kind,6311017,1\ncreated,calorie,name,id,program\n2026-02-09,120,Bread,4a,x\n"
    )
    assert read.headers == ("created", "calorie", "name", "id", "program")
