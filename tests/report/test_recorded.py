"""Everything of a record stands one level below the first page: every entry, and every field of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from assuage.cli import main
from assuage.record.entries import KIND_OF, Record
from assuage.record.kinds import KINDS
from assuage.record.read import parse_record
from assuage.report.page.pages import review_page
from assuage.report.recorded import recorded_rows
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.words.speak import ENGLISH, catalogue
from tests.care_examples import CARE_ENTRIES

# One of each older kind, with every field it has.
OLDER: tuple[dict[str, Any], ...] = (
    {"kind": "score", "scale": "pain", "low": 4, "high": 5, "sites": ["neck"]},
    {"kind": "answers", "instrument": "wpi", "sites": ["neck"]},
    {"kind": "answers", "instrument": "sss", "items": {"fatigue": 2, "cognitive": None}},
    {"kind": "symptom", "what": "insomnia", "state": "worse", "site": "neck", "severity": "severe"},
    {
        "kind": "finding",
        "what": "blood count",
        "state": "normal",
        "method": "laboratory",
        "result": "all fine",
    },
    {
        "kind": "medication",
        "drug": "Sirdalud",
        "do": "start",
        "doses": [{"amount": 2, "unit": "mg", "when": "night"}],
        "route": "oral",
        "purpose": "sleep",
        "because": "she asked",
    },
    {
        "kind": "therapy",
        "what": "mesotherapy",
        "number": 3,
        "sites": ["neck"],
        "minutes": 20,
        "pressure": "light",
        "because": "agreed",
        "mixture": [{"drug": "lidocaine", "volume_ml": 2, "amount_mg": 40, "lot": "A7"}],
        "needle": {"gauge": 30, "length_mm": 4},
        "points": 12,
        "volume_per_point_ml": 0.2,
        "response_percent": 80,
    },
    {"kind": "therapy", "what": "physiotherapy", "do": "start", "number": 2},
    {"kind": "decision", "do": "enter", "to": "settle", "pathway": "neck-first", "because": "agreed"},
    {"kind": "consent", "for": "mesotherapy", "state": "withdrawn"},
    {"kind": "red_flag_check", "flags": {"RF_DISSECTION": "absent", "RF_GCA": "unknown"}},
    {"kind": "note", "text": "came with her sister"},
    {"kind": "void", "of": "e1", "because": "of another patient"},
)
EVERY_KIND = (*OLDER, *CARE_ENTRIES)
NEEDED = {
    "scale",
    "instrument",
    "what",
    "drug",
    "do",
    "for",
    "state",
    "flags",
    "text",
    "of",
    "substance",
    "name",
}
NEEDED_WITH = {
    *(("answers", "sites"), ("answers", "items"), ("decision", "to"), ("void", "because")),
    *(("measurement", "value"), ("diagnosis", "system"), ("adherence", "taken"), ("exposure", "amount")),
    ("appointment", "on"),
}
FIRST = {"day": 0, "kind": "note", "id": "e1", "text": "the first"}


def record_of(*entries: dict[str, Any]) -> Record:
    document = {"format": "assuage-record/2", "patient": {"id": "somebody"}, "entries": list(entries)}
    return parse_record(document)


def said(*entries: dict[str, Any]) -> str:
    rows = recorded_rows(record_of(FIRST, *({"day": 1, **entry} for entry in entries)), None, ENGLISH)
    return "\n".join(" | ".join(row) for row in rows)


def without_each_field() -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    for entry in EVERY_KIND:
        for field in sorted(entry.keys() - NEEDED - {"kind", "time", "low", "high", "lowest", "highest"}):
            if (entry["kind"], field) in NEEDED_WITH:
                continue
            less = {name: value for name, value in entry.items() if name != field}
            yield entry, field, less


def test_the_examples_have_every_kind_and_every_field():
    have = {(entry["kind"], field) for entry in EVERY_KIND for field in entry}
    asked = {
        (kind.name, field.name) for kind in KINDS.values() for field in kind.specific if field.name != "site"
    }
    assert asked - have == {
        ("score", "value"),
        ("measurement", "low"),
        ("measurement", "method"),
        ("measurement", "loinc"),
    }


@pytest.mark.parametrize(("entry", "field", "less"), list(without_each_field()))
def test_every_field_of_every_kind_is_told(entry: dict[str, Any], field: str, less: dict[str, Any]):
    assert said(entry) != said(less), field


@pytest.mark.parametrize(
    ("entry", "tells"),
    [
        (OLDER[3], "sleep problem: insomnia; worse; at neck; severe"),
        (
            OLDER[5],
            "tizanidine: Sirdalud; started; 2 mg night; route: by mouth; for sleep; because: she asked",
        ),
        (CARE_ENTRIES[1], "CRP: <5 mg/L; reference range to 5"),
        ({"kind": "exposure", "name": "coffee", "state": "absent"}, "coffee: absent"),
        ({"kind": "rating", "name": "brain fog"}, "brain fog: not asked"),
        ({"kind": "note", "text": "x", "author": "p-7", "role": "nurse"}, "written by a nurse p-7"),
        (
            {"kind": "finding", "what": "hepatic_steatosis", "state": "present"},
            "Hepatic steatosis on imaging: present",
        ),
        ({"kind": "decision", "do": "advance", "to": "quieten"}, ": to quieten"),
        (
            {"kind": "decision", "do": "advance", "to": "quieten", "pathway": "neck-first@1"},
            ": to Quieten the neck; pathway neck-first@1",
        ),
        ({"kind": "decision", "do": "advance", "to": "elsewhere", "pathway": "neck-first"}, ": to elsewhere"),
    ],
)
def test_an_entry_is_told_in_words(entry: dict[str, Any], tells: str):
    assert tells in said(entry)


def test_a_phase_bears_its_title_on_the_pathway_that_a_decision_before_named():
    entered = {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "pathway": "neck-first"}
    assert "to Quieten the neck" in said(entered, {"kind": "decision", "do": "advance", "to": "quieten"})


def test_what_was_withdrawn_is_told_and_that_it_counts_no_more():
    text = said({"kind": "void", "of": "e1", "because": "of another patient"})
    assert "withdrawn, counts no more" in text
    assert "the first (day 0): because: of another patient" in text


def test_numbers_of_a_series_stand_in_one_row_with_every_day():
    pain = [
        {"day": day, "kind": "score", "scale": "pain", "value": value}
        for day, value in enumerate((4, 4, 4, 6, 5))
    ]
    (row,) = recorded_rows(record_of(*pain), None, ENGLISH)
    assert row[2] == "pain, by day: 0–2: 4; 3: 6; 4: 5"


def test_a_number_with_a_note_stands_alone_with_it():
    pain = [{"day": day, "kind": "score", "scale": "pain", "value": 4} for day in range(4)]
    rows = recorded_rows(record_of(*pain, {**pain[0], "day": 9, "note": "after work"}), None, ENGLISH)
    assert [row[3] for row in rows] == ["note: after work", ""]


def test_what_comes_after_the_day_is_not_told():
    rows = recorded_rows(record_of(FIRST, {"day": 5, "kind": "note", "text": "later"}), 4, ENGLISH)
    assert [row[2] for row in rows] == ["the first"]


def test_the_terminal_tells_everything_with_all_and_nothing_of_it_without(tmp_path, capsys):
    path = tmp_path / "record.json"
    entries = [{"day": 1, **entry} for entry in EVERY_KIND]
    document = {"format": "assuage-record/2", "patient": {"id": "a"}, "entries": [FIRST, *entries]}
    path.write_text(json.dumps(document), encoding="utf-8")
    main(["review", str(path)])
    assert "night shift" not in capsys.readouterr().out
    main(["review", str(path), "--all"])
    out = capsys.readouterr().out
    assert all(
        word in out
        for word in ("night shift", "brain fog", "birch pollen", "drowsiness", "walk to the market")
    )


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_page_has_everything_in_a_part_that_its_contents_name(language: str):
    record = record_of(FIRST, *({"day": 1, **entry} for entry in EVERY_KIND))
    page = review_page(visit_page(review(record)), catalogue(language))
    assert '<a href="#recorded">' in page
    part = page.partition('id="recorded"')[2].partition("</details>")[0]
    assert part.count("<tr>") == len(EVERY_KIND) + 2
    assert '<span lang="und">came with her sister</span>' in part


def test_a_patient_is_not_shown_the_record_of_the_clinic():
    assert 'id="recorded"' not in review_page(
        visit_page(review(record_of(FIRST))), catalogue("en", "patient")
    )


def test_every_kind_has_an_example():
    assert {entry["kind"] for entry in EVERY_KIND} == set(KIND_OF.values())
