"""What is made outside of requests: who asks is shown what there is, with its age, and is never kept waiting for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from assuage.clinic.course import drawn
from assuage.clinic.course.views import ledger
from assuage.clinic.store import effects as of_effects
from assuage.clinic.store.actions import write
from assuage.clinic.store.days import today
from assuage.clinic.store.effects import (
    ask_for_effects,
    keep_effects_asked_for,
    kept_effects,
    records_asked_for,
)
from assuage.clinic.store.models import ClinicRecord, Snapshot
from assuage.clinic.store.outside import PATIENCE, MadeOutside, Workshop
from assuage.clinic.store.queries import forget_everything, stored_review, stored_standing, stored_visit_page
from assuage.clinic.store.snapshots import rows_to_show
from assuage.errors import InputError
from assuage.report.review_json import to_json
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.words.speak import ENGLISH
from tests.clinic.made_entries import IDA, PAIN, new
from tests.clinic.test_diary import filled_form

CASE = "case-2026"


@pytest.fixture
def outside(settings, monkeypatch) -> Iterator[None]:
    """As on a server: what is made is made on another thread, here with the connection of the test."""
    settings.CLINIC_AT_ONCE = False
    monkeypatch.setattr("assuage.clinic.store.outside.close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    forget_everything()
    yield
    forget_everything()


@pytest.fixture
def of(outside, record) -> ClinicRecord:
    return record("ida")


def test_what_is_made_in_time_is_that_of_now(of):
    shown = MadeOutside[int]("in-time", 2).of(of, 3, lambda: 7)
    assert (shown.fresh, shown.version.value, shown.version.day, shown.version.head) == (True, 7, 3, of.head)


def test_what_takes_long_is_there_later_and_nobody_waits_for_it(of, monkeypatch):
    monkeypatch.setattr("assuage.clinic.store.outside.PATIENCE", 0.01)
    may_go_on, things = threading.Event(), MadeOutside[int]("long", 2)

    def make() -> int:
        may_go_on.wait(10)
        return 7

    first = things.of(of, 3, make)
    may_go_on.set()
    monkeypatch.setattr("assuage.clinic.store.outside.PATIENCE", 10)
    second = things.of(of, 3, make)
    assert ((first.version, first.fresh), (second.fresh, second.version.value)) == ((None, False), (True, 7))


def test_the_last_one_is_shown_with_what_came_since_and_never_as_that_of_now(of, monkeypatch):
    things, may_go_on = MadeOutside[str]("last", 4), threading.Event()
    things.of(of, 3, lambda: "before", "lt")
    of.head += 2
    monkeypatch.setattr("assuage.clinic.store.outside.PATIENCE", 0.01)
    shown = things.of(of, 3, lambda: may_go_on.wait(10) and "now", "lt")
    in_english = things.of(of, 3, lambda: "now", "en")
    may_go_on.set()
    assert (shown.fresh, shown.version.value, shown.since) == (False, "before", 2)
    assert in_english.version is None or in_english.version.value == "now"


def test_what_was_drawn_before_an_erasure_is_not_shown_after_it(of, monkeypatch):
    things = MadeOutside[str]("erased", 4)
    things.of(of, 3, lambda: "with what is gone")
    of.erased, of.head = of.erased + 1, of.head + 1
    monkeypatch.setattr("assuage.clinic.store.outside.PATIENCE", 0.0)
    shown = things.of(of, 3, lambda: "without")
    assert shown.version is None or shown.version.value == "without"


def test_a_fault_is_raised_for_who_asked_and_the_thread_goes_on(of):
    things = MadeOutside[int]("faulty", 2)

    def fail() -> int:
        raise InputError("no pathway of that name")

    with pytest.raises(InputError):
        things.of(of, 3, fail)
    assert things.of(of, 3, lambda: 7).version.value == 7


def test_who_waits_goes_before_who_does_not_and_nothing_is_done_twice():
    done, may_go_on, bench = list[str](), threading.Event(), Workshop("of-a-test")
    bench.ask("first", lambda: may_go_on.wait(10), somebody_waits=False)
    for name in ("a row", "a row", "another row"):
        last = bench.ask(name, lambda name=name: done.append(name), somebody_waits=False)
    waited = bench.ask("another row", lambda: done.append("another row"), somebody_waits=True)
    bench.ask("a figure", lambda: done.append("a figure"), somebody_waits=True)
    may_go_on.set()
    assert waited.wait(10)
    assert last.wait(10)
    bench.ask("the end", lambda: None, somebody_waits=False).wait(10)
    assert done == ["another row", "a figure", "a row"]


def test_a_request_is_never_kept_longer_than_a_quarter_of_a_second():
    assert PATIENCE <= 0.25


@pytest.mark.parametrize("path", ["course", ""])
def test_a_page_says_that_the_course_is_being_drawn_and_shows_everything_else(
    as_person, record, settings, monkeypatch, path
):
    never = MadeOutside[object]("never", 1)
    monkeypatch.setattr(never, "of", lambda *_: drawn.MadeNow(None, fresh=False))
    monkeypatch.setattr(drawn, "_courses", never)
    page = as_person("anna").get(f"/patients/ida/{path}".rstrip("/"))
    text = page.content.decode()
    assert (page.status_code, "The course is being drawn." in text, "course-wide" in text) == (
        200,
        True,
        False,
    )


def test_a_course_of_before_is_shown_with_how_many_entries_came_since(as_person, record, monkeypatch):
    of = record("ida")
    version = drawn.drawn_course(of, today(of), ENGLISH).version
    monkeypatch.setattr(
        drawn._courses, "of", lambda *_: drawn.MadeNow(version, fresh=False, since=3), raising=False
    )
    text = as_person("anna").get("/patients/ida/course").content.decode()
    assert ("3 entries came since" in text, "course-wide" in text) == (True, True)


# --- what was worked out once ----------------------------------------------------------------------------


def test_what_is_kept_of_a_record_is_what_is_worked_out_anew(record):
    for of in (record("ida"), record(CASE)):
        day = today(of)
        kept = [(stored_standing(of, day), stored_review(of, day), stored_visit_page(of, day)) for _ in "12"]
        anew = review(kept[0][1].record, None, day, kept[0][0].settings, effects=False)
        assert [to_json(each[1], ENGLISH) for each in kept] == [to_json(anew, ENGLISH)] * 2
        page, now = kept[1][2], visit_page(anew, None, kept[0][0].settings)
        assert (page.questions, page.changes, page.stops) == (now.questions, now.changes, now.stops)


def test_after_a_save_the_first_page_is_that_of_the_new_head(as_person, record):
    ida, anna = as_person("ida"), as_person("anna")
    anna.get("/patients/ida")
    assert ida.post("/diary", filled_form(record("ida"), pain="9", note="worse")).status_code == 302
    of = record("ida")
    assert stored_visit_page(of, today(of)).review.record.entries[-1].day == today(of)


# --- effects that somebody waits for ---------------------------------------------------------------------


def test_a_page_of_exposures_asks_for_their_effects_and_says_that_they_are_being_made(as_person, record):
    pytest.importorskip("numba", reason="needs the extra assuage[cohort]")
    text = as_person("anna").get(f"/patients/{CASE}/ledger").content.decode()
    assert ("is being worked out as of now" in text, records_asked_for()) == (True, [record(CASE)])


def test_who_looks_twice_asks_once(as_person, record):
    for _ in "12":
        ask_for_effects(record(CASE))
    assert Snapshot.objects.filter(kind=of_effects.ASKED_FOR).count() == 1


def test_a_patient_asks_for_nothing(as_person):
    as_person("ida").get("/ledger")
    assert records_asked_for() == []


def test_without_what_the_model_needs_nobody_is_told_to_wait(as_person, monkeypatch):
    monkeypatch.setattr(ledger, "can_judge_effects", lambda: False)
    text = as_person("anna").get(f"/patients/{CASE}/ledger").content.decode()
    assert ("is being worked out" in text, records_asked_for()) == (False, [])


def test_what_was_asked_for_is_made_of_those_records_alone_and_waited_for_no_more(record, as_person):
    pytest.importorskip("numba", reason="needs the extra assuage[cohort]")
    ask_for_effects(record(CASE))
    assert keep_effects_asked_for() == (1, ())
    kept = kept_effects(record(CASE))
    assert (records_asked_for(), kept is not None and kept.head, kept_effects(record("ida"))) == (
        [],
        record(CASE).head,
        None,
    )
    assert "is being worked out" not in as_person("anna").get(f"/patients/{CASE}/ledger").content.decode()


def test_after_a_save_the_effects_of_before_stay_with_their_day_while_those_of_now_are_made(
    record, as_person
):
    pytest.importorskip("numba", reason="needs the extra assuage[cohort]")
    ask_for_effects(record(CASE))
    keep_effects_asked_for()
    write(record(CASE).pk, [new(PAIN)], IDA)
    text = as_person("anna").get(f"/patients/{CASE}/ledger").content.decode()
    assert ("is being worked out as of now" in text, "; 1 entries came since" in text) == (True, True)


# --- the list of all -------------------------------------------------------------------------------------


def test_whoever_has_no_row_yet_stands_first_and_says_so(record, as_person, monkeypatch):
    monkeypatch.setattr("assuage.clinic.store.snapshots.MOST_MADE_AT_ONCE", 0)
    monkeypatch.setattr("assuage.clinic.store.snapshots.afterwards", lambda _record: None)
    rows = rows_to_show(list(ClinicRecord.objects.all()))
    assert {each.unmade for each in rows.values()} == {True}
    page = as_person("anna").get("/patients").content.decode()
    assert (page.count("still being worked out"), "no alerts" in page.lower()) == (len(rows), False)
