"""The course of a patient who writes every day: the last weeks' maps are drawn, the others where they are asked for."""

from __future__ import annotations

import pytest
from markupsafe import escape

from assuage.clinic.course.drawn import DAYS_OF_MAPS
from assuage.clinic.store.actions import write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_record
from assuage.report.timeline.files import published_svg
from assuage.report.timeline.rows import rows
from assuage.words.speak import ENGLISH
from tests.clinic.made_entries import IDA, new

SITES = (["neck_left"], ["neck_left", "lower_back"], ["knee_right"])


@pytest.fixture
def with_maps(record):
    """A record with a map every tenth day of half a year."""
    of = record("jon")
    last = today(of)
    days = range(last - 180, last, 10)
    drafts = [
        new(
            {"kind": "answers", "instrument": "wpi", "sites": list(SITES[n % 3]), "day": day, "by": "patient"}
        )
        for n, day in enumerate(days)
    ]
    write(of.pk, drafts, IDA)
    return [day for day in days if day < last - DAYS_OF_MAPS]


def maps_in(page: str) -> int:
    return page.partition('<ol class="maps">')[2].partition("</ol>")[0].count("<li>")


def test_maps_of_earlier_days_are_drawn_where_they_are_asked_for(as_person, with_maps):
    anna = as_person("anna")
    short, whole = (anna.get(f"/patients/jon/course{each}").content.decode() for each in ("", "?everything"))
    assert (maps_in(whole) - maps_in(short), "?everything" in short, "?everything" in whole) == (
        len(with_maps),
        True,
        False,
    )


def test_every_row_stands_in_the_table_whatever_is_drawn(as_person, with_maps):
    anna = as_person("anna")
    tables = [
        anna.get(f"/patients/jon/course{each}")
        .content.decode()
        .partition('id="table"')[2]
        .partition('id="recorded')[0]
        .count("<tr>")
        for each in ("", "?everything")
    ]
    assert tables[0] == tables[1] > len(with_maps)


def course_of(client) -> str:
    return client.get("/patients/jon/course").content.decode()


@pytest.mark.parametrize("text", ["came with her sister", "x" * 300, "<b>& sharp</b>"])
def test_a_note_is_a_mark_of_the_figure_and_a_row_of_its_table(as_person, text):
    anna = as_person("anna")
    before = course_of(anna)
    anna.post("/patients/jon/course", {"uid": str(new_uid()), "text": text})
    figure, _, table = course_of(anna).partition('id="table"')
    assert (escape(text[:60]) in figure, escape(text) in table, "Notes of the team" in before) == (
        True,
        True,
        False,
    )
    assert table.count("<tr>") == before.partition('id="table"')[2].count("<tr>") + 1


def test_what_a_patient_notes_in_the_diary_is_no_mark_and_is_counted_as_left_out(as_person, record):
    write(record("jon").pk, [new({"kind": "note", "text": "of my own", "day": 1, "by": "patient"})], IDA)
    page = course_of(as_person("anna"))
    assert "of my own" not in page.partition('id="table"')[0]


def test_no_note_goes_into_what_is_published(record, as_person):
    as_person("anna").post("/patients/jon/course", {"uid": str(new_uid()), "text": "came with her sister"})
    of = stored_record(record("jon"))
    assert "sister" not in published_svg(of, None, ENGLISH)
    assert not any("sister" in row.text for row in rows(of))
    assert any("sister" in row.text for row in rows(of, notes=True))
