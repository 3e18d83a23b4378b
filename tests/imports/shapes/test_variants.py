"""Exports of known programs as other versions and languages write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assuage.imports.shapes.understand import Understood, read_files, understand
from assuage.record.write import to_plain

_BEARABLE = "date,weekday,time of day,category,rating/amount,detail,notes\n"
_DAYLIO_OLD = "year,date,weekday,time,mood,activities,note\n"
_QUALTRICS = (
    "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,ExternalReference,Q1\n"
    "Start,Ende,Typ,Fortschritt,Fertig,Datum,ID,Referenz,Schmerz heute (0-10)\n"
    + ",".join(f'"{{""ImportId"":""{at}""}}"' for at in range(9))
    + "\n"
)
_RESPONSE = "2026-01-05 20:00:00,2026-01-05 20:02:00,IP,{progress},{word},2026-01-05 20:02:01,R1,p1,6\n"
_KOBO = "start,{code},{pain},{massage},_uuid,_submission_time\n"
_KOBO += "2026-01-05T22:30:00.000+02:00,p1,6,ja,u1,2026-01-05T20:31:00\n"
_ODK = "SubmissionDate,start,diary-pain,diary-massage,patient_id,KEY\n"
_ODK += "2026-01-05T20:00:00.000Z,2026-01-05T22:30:00.000+02:00,6,yes,p1,uuid:1\n"
_REDCAP = (
    '"Record ID","Event Name","Visit date","Pain (0-10)","Where? (choice=Neck)","Complete?"\n'
    '"P01","Diary","2026-01-05",6,"Checked","Complete"\n"P01","Diary","2026-01-06",5,"Checked","Incomplete"\n'
)


def understood(tmp_path: Path, text: str, name: str = "export.csv") -> Understood:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return understand([file])


def kinds(tmp_path: Path, text: str) -> list[tuple[str, Any]]:
    (record,) = read_files(understood(tmp_path, text)).records
    return [
        (entry["kind"], entry.get("value", entry.get("what", entry.get("state"))))
        for entry in to_plain(record)["entries"]
    ]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (
            _BEARABLE + '"8th Dec 2021","Wednesday","am","Symptom","2","Neck pain (Moderate)",""\n',
            [("rating", 2)],
        ),
        (
            _DAYLIO_OLD + '2018,18 May,Friday,11:54 pm,good,"massage | walk",""\n',
            [("rating", 4), ("therapy", "massage"), ("exposure", "present")],
        ),
        (_QUALTRICS + _RESPONSE.format(progress=100, word="Wahr"), [("score", 6)]),
        (_QUALTRICS + _RESPONSE.format(progress=100, word="Vrai"), [("score", 6)]),
        (
            _KOBO.format(code="Teilnehmer-Code", pain="Gruppe/Schmerz", massage="Gruppe/Massage"),
            [("score", 6), ("therapy", "massage")],
        ),
        (_ODK, [("score", 6), ("therapy", "massage")]),
        (_REDCAP, [("score", 6), ("symptom", "pain")]),
    ],
    ids=["bearable", "old daylio", "qualtrics de", "qualtrics fr", "kobo", "odk", "redcap labels"],
)
def test_other_versions_and_languages_come_in_without_a_question(
    tmp_path: Path, text: str, entries: list[tuple[str, Any]]
):
    assert kinds(tmp_path, text) == entries


@pytest.mark.parametrize("word", ["Falsch", "FALSE", "0", "Netiesa"])
def test_a_response_that_is_not_finished_stays_out_in_every_language(tmp_path: Path, word: str):
    (only,) = understood(tmp_path, _QUALTRICS + _RESPONSE.format(progress=60, word=word)).tables
    assert [part.why.id for part in only.table.skipped] == ["shape.not-finished"]


def test_the_day_of_a_row_goes_before_the_moment_at_which_it_was_written(tmp_path: Path):
    text = "id;day;pain;timestamp\na;2026-01-05;3;2026-01-06T00:00:00.000+00:00\n"
    assert understood(tmp_path, text).tables[0].draft.diary["date"] == "day"


def test_a_moment_of_google_is_read_and_its_zone_asked(tmp_path: Path):
    text = "Timestamp,Pain\n2026/01/05 9:10:22 PM GMT+2,3\n"
    (only,) = understood(tmp_path, text).tables
    assert [ask.what.id for ask in only.draft.asks] == ["shape.which-zone"]


@pytest.mark.parametrize(
    ("words", "times"), [("morgens abends", ["morning", "evening"]), ("ryte naktį", ["morning", "night"])]
)
def test_words_for_a_time_of_day_are_times(tmp_path: Path, words: str, times: list[str]):
    rows = "".join(f"2026-01-0{at};{word};{at}\n" for at, word in enumerate(words.split(), start=5))
    (record,) = read_files(understood(tmp_path, f"Datum;Uhrzeit;Schmerz\n{rows}")).records
    assert [entry["time"] for entry in to_plain(record)["entries"]] == times


def test_text_in_a_table_costs_no_time_to_look_for_dates(tmp_path: Path):
    rows = "".join(f'2026-01-{at:02d},"slept {at} hours, then rain and wind"\n' for at in range(1, 29))
    assert json.dumps(understood(tmp_path, f"Date,When it was\n{rows}").tables[0].draft.plain["columns"]) == (
        '{"When it was": {"kind": "note"}}'
    )
