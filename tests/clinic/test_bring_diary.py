"""A diary that was kept elsewhere: read and shown, asked about, confirmed, filed once, and erased with the diary."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.diary.brought import MOST_BYTES_BROUGHT
from assuage.clinic.store.days import local_date
from assuage.clinic.store.models import StoredEntry
from assuage.clinic.store.queries import stored_record
from assuage.clinic.store.verifying import verify_store
from tests.clinic.logged_in import just_logged_in

PLAIN = "Date,Pain,Massage,Notes\n{0},3,yes,a good day\n{1},4.5,no,\n{2},6,yes,=1+2\n"


@pytest.fixture
def ida(person):
    return just_logged_in(person("ida"))


@pytest.fixture
def file_of(record):
    """The rows with the dates of the last days in them."""

    def filled(rows: str) -> str:
        on = local_date(record("ida"))
        return rows.format(*((on - timedelta(days=n)).isoformat() for n in range(9)))

    return filled


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client, content: str | bytes, name: str = "mine.csv"):
    plain = content.encode() if isinstance(content, str) else content
    return client.post("/diary/bring", {"step": "look", "file": SimpleUploadedFile(name, plain)})


def hidden(answer) -> dict[str, str]:
    """What the form that was shown sends with it."""
    return dict(re.findall(r'name="(head|token)" value="([^"]*)"', answer.content.decode()))


def filed(client, content: str | bytes, **answers: str):
    looked = sent(client, content)
    if answers:
        looked = client.post("/diary/bring", {**hidden(looked), "step": "answer", **answers})
    return client.post("/diary/bring", {**hidden(looked), "step": "file"}, follow=True)


def brought(record) -> list[StoredEntry]:
    return list(
        StoredEntry.objects.filter(record=record("ida"), source="import", role="patient").order_by("pk")
    )


def test_a_file_is_shown_before_anything_of_it_is_filed(ida, record, file_of):
    before = record("ida").head
    shown = text_of(sent(ida, file_of(PLAIN)))
    assert (record("ida").head, "Would be filed: 8" in shown, "a good day" in shown) == (before, True, True)


def test_what_was_confirmed_stands_as_the_patients_own_word_with_its_source(ida, record, file_of):
    assert "Filed: 8" in text_of(filed(ida, file_of(PLAIN)))
    rows = brought(record)
    entries = [stored_record(record("ida")).written(str(each.uid)) for each in rows]
    assert sorted(each.kind for each in rows) == ["exposure", *["note"] * 2, *["score"] * 3, *["therapy"] * 2]
    assert {(each.by, each.source, each.role) for each in entries if each is not None} == {
        ("patient", "import", "patient")
    }
    assert verify_store().faults == ()


def test_the_same_file_again_and_a_longer_one_later_add_nothing_twice(ida, record, file_of):
    filed(ida, file_of(PLAIN))
    assert "Would be filed: 0; there already: 8" in text_of(sent(ida, file_of(PLAIN)))
    told = text_of(filed(ida, file_of(PLAIN + "{3},2,,\n")))
    assert "Filed: 2; there already: 8" in told, told
    assert len(brought(record)) == 10


def test_what_nobody_can_see_from_the_file_is_asked_and_answered_on_the_page(ida, record):
    rows = "Date;Pain;Sleep\n05/06/2026;3;7\n06/07/2026;4,5;8\n07/08/2026;6;6\n"
    asked = text_of(sent(ida, rows))
    assert ("31/12/2025" in asked, "12/31/2025" in asked, "exposure" in asked) == (True, True, True)
    assert "Filed: 6" in text_of(filed(ida, rows, **{"answer-0": "0", "answer-1": "0"}))
    dates = {stored_record(record("ida")).date_of(each.day) for each in brought(record)}
    assert min(dates).isoformat() == "2026-06-05"


def test_what_lasts_from_a_start_to_an_end_is_answered_on_the_page(ida, record, file_of):
    spells = file_of("Start,End,Pain (0-10)\n{4},{3},6\n{1},{0},4\n")
    assert "what is it that lasts" in text_of(sent(ida, spells))
    filed(ida, spells, **{"answer-0": "0"})
    entries = [stored_record(record("ida")).written(str(each.uid)) for each in brought(record)]
    assert "migraine" in {getattr(entry, "what", None) for entry in entries}


def test_a_question_that_is_not_answered_is_asked_again_and_nothing_is_filed(ida, record):
    rows = "Date;Pain;Sleep\n05/06/2026;3;7\n06/07/2026;4,5;8\n"
    looked = sent(ida, rows)
    answer = ida.post("/diary/bring", {**hidden(looked), "step": "file", "answer-0": "7"})
    assert (answer.status_code, brought(record)) == (200, [])
    again = ida.post("/diary/bring", {**hidden(looked), "step": "answer", "answer-1": "out"})
    assert ("leave this column out" in text_of(again), "31/12/2025" in text_of(again)) == (False, True)


def test_days_that_are_only_counted_get_their_date_from_the_patient(ida, record):
    rows = "day,pain\n0,3\n1,4\n2,5\n"
    assert 'type="date"' in sent(ida, rows).content.decode()
    filed(ida, rows, **{"day-0-0": "2026-06-01"})
    last = stored_record(record("ida")).date_of(brought(record)[-1].day)
    assert last is not None
    assert last.isoformat() == "2026-06-03"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Date,Pain\n{0},3\n{1},eleven\n", "nothing"),
        ("Date,Pain\n{0},3\n{1},4,5\n", "more"),
        ("Date,Pain\n{0},3\n2099-01-01,4\n", "2099-01-01"),
        ("", ""),
        ("Date,Pain\n", ""),
    ],
)
def test_a_file_with_a_row_that_cannot_be_read_is_filed_not_even_in_part(ida, record, file_of, rows, said):
    looked = sent(ida, file_of(rows))
    ida.post("/diary/bring", {**hidden(looked), "step": "file"})
    assert brought(record) == []
    assert looked.status_code in (200, 422)
    assert looked.status_code == 200 or "Nothing was filed" in text_of(looked)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(40),
        b"<html></html>",
        b'{"a": 1}',
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0" + bytes(20),
        b"Date,Pain\n" + b"2026-01-01,3\n" * (MOST_BYTES_BROUGHT // 13 + 1),
        b",".join(b"c%d" % n for n in range(300)) + b"\n" + b",".join(b"1" for _ in range(300)) + b"\n",
        bytes(range(256)) * 40,
    ],
)
def test_what_is_no_csv_file_of_a_diarys_size_is_refused_with_a_sentence(ida, record, content):
    answer = sent(ida, content)
    assert (answer.status_code, "Nothing was filed" in text_of(answer)) == (422, True)


def test_rows_of_other_people_and_entries_that_are_the_teams_are_not_filed(ida, record, file_of):
    several = "patient,date,pain\nana,{0},3\nben,{0},4\nana,{1},3\nben,{1},4\n"
    filed(ida, file_of(several), **{"answer-0": "0"})
    assert brought(record) == []
    entries = (
        "kind,date,drug,do,dose,scale,value,site\n"
        "medication,{0},Silexan,start,80 mg,,,\nscore,{0},,,,pain,3,neck\n"
    )
    looked = sent(ida, file_of(entries))
    assert "medication" in text_of(looked)
    ida.post("/diary/bring", {**hidden(looked), "step": "file"})
    assert [each.kind for each in brought(record)] == ["score"]


def test_what_was_not_shown_to_this_person_today_cannot_be_confirmed(ida, record, as_person, file_of):
    looked = hidden(sent(as_person("jon"), file_of(PLAIN)))
    forged = [looked, {**looked, "token": looked["token"][:-3]}, {"token": "", "head": "0"}, {}]
    for each in forged:
        assert ida.post("/diary/bring", {**each, "step": "file"}).status_code == 422
    assert brought(record) == []


def test_a_file_by_mistake_is_taken_back_whole_and_stays_readable(ida, record, file_of):
    page = filed(ida, file_of(PLAIN)).content.decode()
    batch = re.findall(r'name="batch" value="([^"]+)"', page)[0]
    uid = re.findall(r'name="uid" value="([^"]+)"', page)[0]
    told = ida.post("/diary/bring", {"step": "take-back", "batch": batch, "uid": uid}, follow=True)
    held = stored_record(record("ida"))
    brought_uids = {str(each.uid) for each in brought(record) if each.kind != "void"}
    assert "Taken back: 8" in text_of(told)
    assert not brought_uids & {each.id for each in held.standing}
    assert all(held.written(uid) is not None for uid in brought_uids)


def test_what_was_brought_is_erased_with_the_diary_and_says_so_when_it_comes_again(ida, record, file_of):
    filed(ida, file_of(PLAIN))
    ida.post("/privacy/erase", {"sure": "yes"})
    assert not any(each.payload for each in brought(record))
    assert "Would be filed: 0; erased before, not filed again: 8" in text_of(sent(ida, file_of(PLAIN)))


def test_a_formula_that_came_in_goes_out_as_text(ida, file_of):
    filed(ida, file_of(PLAIN))
    packed = zipfile.ZipFile(io.BytesIO(ida.get("/privacy/export").content))
    cells = [cell for row in csv.reader(io.StringIO(packed.read("entries.csv").decode())) for cell in row]
    assert "'=1+2" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_the_log_has_one_event_for_a_file_and_nothing_of_what_it_said(ida, person, file_of):
    filed(ida, file_of(PLAIN))
    (event,) = AccessEvent.objects.filter(act="bring-diary", actor=person("ida").pseudonym)
    assert event.why == "8"


def test_in_lithuanian_too(ida, person, file_of):
    ida.post("/language", {"language": "lt", "back": "/"})
    assert "Būtų įrašyta: 8" in text_of(sent(ida, file_of(PLAIN)))


def test_years_of_rows_are_filed_in_seconds(ida, record):
    start = local_date(record("ida")) - timedelta(days=1600)
    rows = "".join(f"{start + timedelta(days=n)},{n % 11},{n % 10}\n" for n in range(1500))
    began = time.process_time()
    answer = filed(ida, "Date,Pain,Fatigue\n" + rows)
    assert "Filed: 3000" in text_of(answer)
    assert time.process_time() - began < 30
