"""A day is the patient's own: it turns at the patient's midnight, whatever the night, and travels along."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assuage.clinic.store.actions import open_record, write
from assuage.clinic.store.days import can_be_today_somewhere, is_yet_to_come, local_date, today
from assuage.clinic.store.models import ClinicRecord
from assuage.errors import Problems
from tests.clinic.made_entries import IDA, PAIN, new

START = date(2026, 3, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def living_in(db):
    """A record of somebody who lives in that zone, begun on the first of March."""
    return lambda zone: open_record(f"r-{zone[-9:]}", starts_on=START, zone=zone)


@pytest.mark.parametrize(
    ("zone", "moment", "on"),
    [
        ("Europe/Vilnius", "2026-03-10T21:59:59", "2026-03-10"),
        ("Europe/Vilnius", "2026-03-10T22:00:00", "2026-03-11"),
        # the night of 23 hours: from the last Sunday of March on midnight comes an hour earlier for a clock in UTC
        ("Europe/Vilnius", "2026-03-28T21:59:59", "2026-03-28"),
        ("Europe/Vilnius", "2026-03-28T22:00:00", "2026-03-29"),
        ("Europe/Vilnius", "2026-03-29T20:59:59", "2026-03-29"),
        ("Europe/Vilnius", "2026-03-29T21:00:00", "2026-03-30"),
        # and the night of 25
        ("Europe/Vilnius", "2026-10-24T21:00:00", "2026-10-25"),
        ("Europe/Vilnius", "2026-10-25T21:59:59", "2026-10-25"),
        ("Europe/Vilnius", "2026-10-25T22:00:00", "2026-10-26"),
        ("Pacific/Kiritimati", "2026-03-10T10:00:00", "2026-03-11"),
        ("Pacific/Niue", "2026-03-10T10:59:59", "2026-03-09"),
        ("America/St_Johns", "2026-03-10T02:29:59", "2026-03-09"),
    ],
)
def test_the_day_turns_at_the_midnight_of_where_the_patient_lives(living_in, zone, moment, on):
    assert local_date(living_in(zone), at(moment)).isoformat() == on


@pytest.mark.parametrize("night", ["2026-03-28", "2026-10-24"])
def test_days_are_counted_by_dates_and_not_by_hours(living_in, night):
    of, evening = living_in("Europe/Vilnius"), datetime.fromisoformat(f"{night}T20:00:00+00:00")
    assert today(of, evening + timedelta(days=1)) - today(of, evening) == 1


@pytest.mark.parametrize(
    ("on", "is_possible", "is_to_come"),
    [
        ("2026-03-09", True, False),
        ("2026-03-10", True, False),
        ("2026-03-11", True, False),
        ("2026-03-12", False, True),
        ("2026-03-08", False, False),
    ],
)
def test_at_eleven_in_utc_three_dates_are_today_somewhere(on, is_possible, is_to_come):
    eleven = at("2026-03-10T11:00:00")
    told = (
        can_be_today_somewhere(date.fromisoformat(on), eleven),
        is_yet_to_come(date.fromisoformat(on), eleven),
    )
    assert told == (is_possible, is_to_come)


def told(on: str) -> dict[str, object]:
    return {"date": on, **{name: value for name, value in PAIN.items() if name != "day"}}


@pytest.mark.parametrize(
    ("moment", "on", "day"),
    [
        ("2026-03-10T21:50:00", "2026-03-10", 9),  # ten to midnight at home
        ("2026-03-10T22:10:00", "2026-03-11", 10),  # ten past
        ("2026-03-10T22:10:00", "2026-03-10", 9),  # written before midnight, sent after it
        ("2026-03-10T12:00:00", "2026-03-11", 10),  # from Kiribati, where it is tomorrow
        ("2026-03-10T12:00:00", "2026-03-09", 8),  # from Niue, where it is yesterday
    ],
)
def test_the_date_that_a_traveller_sends_is_the_day_that_is_stored(living_in, moment, on, day):
    of = living_in("Europe/Vilnius")
    assert write(of.pk, [new(told(on))], IDA, at=at(moment)).entries[0].day == day


@pytest.mark.parametrize(
    ("on", "sent", "code"),
    [
        ("2026-03-12", None, "clinic.store-day-to-come"),
        ("2027-03-10", None, "clinic.store-day-to-come"),
        ("2026-03-12", "2026-03-12T12:00:00+00:00", "clinic.store-clock"),
        ("2026-03-08", "2026-03-08T12:00:00+00:00", "clinic.store-clock"),
    ],
)
def test_a_date_that_no_zone_has_and_a_phone_that_is_days_wrong_are_asked_about(living_in, on, sent, code):
    of = living_in("Europe/Vilnius")
    clock = None if sent is None else datetime.fromisoformat(sent)
    with pytest.raises(Problems) as asked:
        write(of.pk, [new(told(on))], IDA, sent=clock, at=at("2026-03-10T12:00:00"))
    assert ([each.code for each in asked.value.problems], ClinicRecord.objects.get(pk=of.pk).head) == (
        [code],
        0,
    )
