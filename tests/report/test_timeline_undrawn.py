"""What the timeline does not draw is counted: in the picture, in its words, under its table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assuage.cli import main
from assuage.record.entries import Record
from assuage.record.read import read_record
from assuage.report import timeline
from assuage.report.page.pages import timeline_page
from assuage.report.timeline.files import course_picture
from assuage.words.speak import catalogue
from tests.report.pictures import lettering, outside, overlapping
from tests.report.records import example, reviewed

COFFEE = {"kind": "exposure", "name": "coffee", "amount": 2, "unit": "cup"}
PAIN = {"day": 0, "kind": "score", "scale": "pain", "value": 3}


def written(folder: Path, *entries: dict[str, Any]) -> Record:
    """A record of these entries, in the format that has every kind."""
    path = folder / "record.json"
    document = {"format": "assuage-record/2", "patient": {"id": "somebody"}, "entries": list(entries)}
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_record(str(path))


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        (COFFEE, {"exposure": 1}),
        ({"kind": "rating", "name": "brain fog", "value": 3, "lowest": 0, "highest": 5}, {"rating": 1}),
        ({"kind": "measurement", "what": "creatinine", "value": 1.1, "unit": "mg/dL"}, {"measurement": 1}),
        ({"kind": "diagnosis", "what": "fibromyalgia"}, {"diagnosis": 1}),
        ({"kind": "allergy", "substance": "penicillin"}, {"allergy": 1}),
        ({"kind": "note", "text": "came with her sister"}, {"note": 1}),
        ({"kind": "goal", "what": "walk to the market"}, {"goal": 1}),
        ({"kind": "red_flag_check", "flags": {"RF_DISSECTION": "absent"}}, {"red_flag_check": 1}),
        ({"kind": "score", "scale": "pain", "value": 4}, {}),
        ({"kind": "symptom", "what": "headache", "state": "new"}, {}),
        ({"kind": "medication", "drug": "tizanidine", "do": "stop"}, {}),
        ({"kind": "adverse_event", "what": "drowsiness"}, {}),
        ({"kind": "intake", "drug": "paracetamol", "doses": [{"amount": 500, "unit": "mg"}]}, {}),
    ],
)
def test_every_entry_is_drawn_or_counted(tmp_path, entry: dict[str, Any], counted: dict[str, int]):
    record = written(tmp_path, {"day": 1, **entry})
    assert timeline.undrawn(timeline.rows(record), record) == counted


def test_what_comes_after_the_day_of_the_review_is_not_counted(tmp_path):
    record = written(tmp_path, PAIN, *({"day": day, **COFFEE} for day in (1, 2, 9)))
    review = reviewed(record, 5)
    assert timeline.undrawn(timeline.rows(record, review), record, review) == {"exposure": 2}


def test_the_kind_left_out_most_often_comes_first(tmp_path):
    record = written(
        tmp_path, {"day": 1, "kind": "note", "text": "x"}, *({"day": n, **COFFEE} for n in (1, 2))
    )
    assert list(timeline.undrawn((), record)) == ["exposure", "note"]


SAID = {
    "en": "Not drawn: 1 exposure. The review lists it under “Everything recorded”.",
    "lt": "Nenupiešta: 1 veiksnys. Visa tai išvardyta apžvalgoje, dalyje „Viskas, kas užrašyta“.",
}


@pytest.mark.parametrize("look", ["wide", "phone"])
@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("entries", [[PAIN], []])
def test_the_picture_says_below_it_and_in_its_words_what_it_leaves_out(tmp_path, language, look, entries):
    record = written(tmp_path, *entries, {"day": 0, **COFFEE})
    drawn = course_picture(record, None, catalogue(language), look=look)
    assert SAID[language] in " ".join(each.text for each in lettering(drawn.shapes))
    assert SAID[language] in drawn.description
    assert (outside(drawn), overlapping(drawn)) == ([], [])


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_caption_of_the_table_says_it_too(tmp_path, language):
    record = written(tmp_path, PAIN, {"day": 0, **COFFEE})
    caption = (
        timeline_page(record, None, catalogue(language)).partition("<caption")[2].partition("</caption>")[0]
    )
    assert SAID[language] in caption


def test_where_everything_is_drawn_nothing_is_said(tmp_path):
    assert "Not drawn" not in timeline.svg(written(tmp_path, PAIN))


def test_the_table_of_the_terminal_and_json_say_it_too(tmp_path, capsys):
    written(tmp_path, PAIN, {"day": 0, **COFFEE})
    path = str(tmp_path / "record.json")
    assert main(["timeline", path]) == 0
    assert SAID["en"] in " ".join(capsys.readouterr().out.split())
    assert main(["timeline", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_drawn"] == {"exposure": 1}


@pytest.mark.parametrize("name", ["case", "diary"])
def test_of_a_shipped_record_every_entry_is_in_a_row_or_counted(name):
    record = example(name)
    review = reviewed(record)
    shown = timeline.rows(record, review)
    in_rows = {place for row in shown for place in row.places}
    assert len(in_rows) + sum(timeline.undrawn(shown, record, review).values()) == len(record.standing)
