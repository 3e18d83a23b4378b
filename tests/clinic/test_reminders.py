"""Notes on the days on which the diary is asked for: at the hour that was chosen, without a word about health."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail

from assuage.clinic.people.actions import name_patient
from assuage.clinic.people.models import NamedPatient, Person
from assuage.clinic.reminders.actions import send_reminders
from assuage.clinic.reminders.calendar import calendar_file
from assuage.clinic.reminders.models import Reminder, ReminderWish
from assuage.clinic.store.actions import NewEntry, Writer, open_record, write
from assuage.errors import InputError
from tests.clinic.logged_in import just_logged_in

PAGE = "/diary/reminders"
WISH = {"do": "ask", "email": "remi@example.org", "at": "18:00"}
# Vilnius is two hours ahead of UTC in winter: 18:30 there.
EVENING = time(16, 30)


@pytest.fixture
def patient(db):
    """Somebody with an account and a record in which nothing is written yet."""
    return Person.objects.create(username="remi", role="patient", password=make_password("x"), language="en")


@pytest.fixture
def remi(patient, settings):
    """The record, at a site that can send notes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    of = open_record("r-remi", starts_on=date(2026, 12, 1), zone="Europe/Vilnius")
    name_patient(of, "Remi", person=patient)
    return of


@pytest.fixture
def browser(remi, patient):
    return just_logged_in(patient)


def on_day(day: int, at: time = EVENING) -> datetime:
    return datetime.combine(date(2026, 12, 1) + timedelta(days=day), at, UTC)


@pytest.fixture
def wished(remi, browser):
    browser.post(PAGE, WISH)
    return remi


def test_a_wish_is_kept_with_the_patient_s_name_and_not_with_the_record(wished):
    assert (NamedPatient.objects.get(record=wished).email, ReminderWish.objects.get().at) == (
        "remi@example.org",
        time(18, 0),
    )


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"email": "nobody"}, False),
        ({"email": ""}, False),
        ({"email": "a@b.example\nBcc: c@d.example"}, False),
        ({"at": "23:00"}, False),
        ({"at": "03:00"}, False),
        ({"at": "soon"}, False),
        ({"at": "08:00"}, True),
        ({"at": "21:00"}, True),
    ],
)
def test_an_hour_of_night_and_what_is_no_address_are_refused(browser, changed, kept):
    answer = browser.post(PAGE, WISH | changed)
    assert (answer.status_code, ReminderWish.objects.exists()) == ((302, True) if kept else (422, False))


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (on_day(1, time(15, 30)), 0),  # before the hour that was chosen
        (on_day(1), 1),
        (on_day(1, time(19, 30)), 0),  # 21:30 there
        (on_day(16), 0),  # no day on which the diary is asked for
        (on_day(21), 1),
    ],
)
def test_a_note_goes_out_at_the_patient_s_own_hour_on_days_that_are_asked_for(wished, at, sent):
    assert (send_reminders(at).sent, len(mail.outbox)) == (sent, sent)


def test_there_is_one_note_a_day(wished):
    assert [send_reminders(on_day(1, time(16, minute))).sent for minute in (5, 20, 35)] == [1, 0, 0]


def test_put_off_it_comes_once_more_and_no_third_time(wished):
    send_reminders(on_day(1, time(16, 0)))
    ReminderWish.objects.update(snoozed_until=on_day(1, time(18, 0)))
    hours = [time(17, 0), time(18, 5), time(18, 20)]
    assert [send_reminders(on_day(1, at)).sent for at in hours] == [0, 1, 0]


@pytest.mark.parametrize(("until", "day", "sent"), [("", 5, 0), ("2026-12-06", 5, 0), ("2026-12-06", 6, 1)])
def test_nothing_is_sent_while_it_is_paused(wished, browser, until, day, sent):
    browser.post(PAGE, {"do": "pause", "until": until})
    assert send_reminders(on_day(day)).sent == sent


def test_after_a_pause_it_goes_on(wished, browser):
    for do in ("pause", "go-on"):
        browser.post(PAGE, {"do": do})
    assert send_reminders(on_day(1)).sent == 1


def test_whoever_stops_is_forgotten(wished, browser):
    browser.post(PAGE, {"do": "stop"})
    assert (NamedPatient.objects.get(record=wished).email, send_reminders(on_day(1)).sent) == ("", 0)


def test_three_notes_without_an_answer_make_it_once_a_week(wished):
    sent = [day for day in range(1, 14) if send_reminders(on_day(day)).sent]
    assert sent == [1, 2, 3, 10]


def test_an_answer_makes_it_daily_again(wished):
    for day in (1, 2, 3):
        send_reminders(on_day(day))
    written = {"kind": "score", "scale": "pain", "value": 3, "day": 3, "by": "patient"}
    writer = Writer("p-remi", "patient")
    write(wished.pk, [NewEntry(uuid4(), written)], writer, at=on_day(3, time(17, 0)))
    assert (send_reminders(on_day(4)).sent, Reminder.objects.exclude(answered_at=None).count()) == (1, 1)


def test_the_note_says_nothing_of_health_and_names_nobody(wished):
    send_reminders(on_day(1))
    note = mail.outbox[0]
    told = f"{note.subject}\n{note.body}".lower()
    words = (
        "skausm",
        "pain",
        "fibro",
        "klinik",
        "clinic",
        "diary",
        "dienor",
        "jon",
        "gydy",
        "treat",
        "sveikat",
    )
    assert [each for each in words if each in re.sub(r"http\S+", "", told)] == []


def test_the_link_leads_to_the_diary_and_that_it_was_opened_is_kept(wished, client):
    send_reminders(on_day(1))
    token = Reminder.objects.get().token
    answer = client.get(f"/reminder/{token}")
    assert (answer.headers["location"], Reminder.objects.get().opened_at is None) == ("/diary", False)


def test_a_link_that_is_none_of_ours_is_not_there(db, client):
    assert client.get("/reminder/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_post_office_that_does_not_answer_is_counted_and_tried_again(wished, settings, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError()))
    first = send_reminders(on_day(1))
    monkeypatch.undo()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert (first.failed, send_reminders(on_day(1)).sent) == (1, 1)


def test_a_site_without_a_post_office_says_so(db, settings):
    settings.EMAIL_BACKEND = ""
    with pytest.raises(InputError, match="ASSUAGE_CLINIC_SMTP"):
        send_reminders()


def test_a_closed_account_gets_none(wished, patient):
    who = patient
    who.is_active = False
    who.save()
    assert send_reminders(on_day(1)).sent == 0


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_page_says_when_the_diary_is_asked_for(wished, browser, patient, language):
    who = patient
    who.language = language
    who.save()
    page = browser.get(PAGE).content.decode()
    assert {"en": "Stop reminders", "lt": "Nebepriminti"}[language] in page


def test_a_calendar_file_has_a_day_for_each_visit_and_no_other_word():
    text = calendar_file([("a", date(2026, 12, 31))], "Visit, soon", datetime(2026, 12, 1, tzinfo=UTC))
    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        text.split("\r\n")[2],
        "BEGIN:VEVENT",
        "UID:a@assuage",
        "DTSTAMP:20261201T000000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Visit\\, soon",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_patient_takes_the_visits_along(browser):
    answer = browser.get("/my-plan/visits.ics")
    assert (answer.headers["Content-Type"], answer.content[:15]) == (
        "text/calendar; charset=utf-8",
        b"BEGIN:VCALENDAR",
    )


def test_the_copy_of_everything_has_what_was_asked_for_and_sent(wished, browser):
    send_reminders(on_day(1))
    with zipfile.ZipFile(io.BytesIO(browser.get("/privacy/export").content)) as copy:
        told = json.loads(copy.read("reminders.json"))
    assert (told["email"], [each["on"] for each in told["reminders"]]) == ("remi@example.org", ["2026-12-02"])
