"""A patient moves: from then on the day turns at the midnight of where they are, and the log tells since when."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import local_date, today
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record
from assuage.clinic.store.verifying import verify_store
from tests.clinic.test_diary import filled_form

FAR_EAST, FAR_WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"  # never on the same date


def moved(client, address: str, zone: str, seen: str = "Europe/Vilnius"):
    return client.post(address, {"zone": zone, "seen": seen})


@pytest.mark.parametrize(("who", "address"), [("ida", "/zone"), ("jonas", "/patients/ida/zone")])
def test_the_day_rolls_by_the_zone_that_it_was_moved_to(as_person, record, who, address):
    before = record("ida").first_zone
    assert moved(as_person(who), address, FAR_EAST).status_code == 302
    of = record("ida")
    assert (of.zone, of.first_zone) == (FAR_EAST, before)
    assert local_date(of) == datetime.now(ZoneInfo(FAR_EAST)).date()
    moved(as_person(who), address, FAR_WEST, seen=FAR_EAST)
    of = record("ida")
    assert local_date(of) == datetime.now(ZoneInfo(FAR_WEST)).date()
    at = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("UTC"))
    assert {
        zone: today(of_zone(of, zone), at) - today(of_zone(of, FAR_WEST), at) for zone in (FAR_EAST,)
    } == {FAR_EAST: 1}


def of_zone(of: ClinicRecord, zone: str) -> ClinicRecord:
    return ClinicRecord(starts_on=of.starts_on, zone=zone)


def test_what_was_written_stays_on_its_day_and_the_record_says_where_its_days_are_now(as_person, record):
    ida = as_person("ida")
    ida.post("/diary", filled_form(record("ida")))
    days = [each.day for each in stored_record(record("ida")).entries]
    moved(ida, "/zone", FAR_EAST)
    held = stored_record(record("ida"))
    assert ([each.day for each in held.entries], held.zone) == (days, FAR_EAST)


def test_an_entry_after_the_move_is_of_the_day_there(as_person, record):
    ida = as_person("ida")
    moved(ida, "/zone", FAR_WEST)
    of = record("ida")
    now = timezone.now().astimezone(ZoneInfo(FAR_WEST))
    form = filled_form(of, date=now.date().isoformat(), entered=now.isoformat(timespec="seconds"))
    assert ida.post("/diary", form).status_code == 302
    last = stored_record(record("ida")).entries[-1]
    assert (last.day, last.entered is not None and last.entered.endswith("-11:00")) == (today(of), True)


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "Factory", "localtime", "../etc", "x" * 500, "Europe/\0"]
)
def test_a_zone_that_is_none_is_said_to_be_none(as_person, record, zone):
    before = record("ida").zone
    answer = moved(as_person("ida"), "/zone", zone)
    assert (answer.status_code, record("ida").zone) == (422, before)


def test_of_two_who_move_it_at_once_the_second_is_told(as_person, record):
    moved(as_person("ida"), "/zone", FAR_EAST)
    assert moved(as_person("jonas"), "/patients/ida/zone", FAR_WEST).status_code == 409
    assert record("ida").zone == FAR_EAST


def test_the_move_is_one_event_and_verify_holds_the_zone_against_it(as_person, record, person):
    moved(as_person("ida"), "/zone", FAR_EAST)
    (event,) = AccessEvent.objects.filter(act="move-zone")
    assert (event.record, event.actor, event.why) == ("ida", person("ida").pseudonym, FAR_EAST)
    assert verify_store().faults == ()
    ClinicRecord.objects.filter(pseudonym="ida").update(zone=FAR_WEST)  # past the act that moves it
    assert [each.what.id for each in verify_store().faults] == ["clinic.verify-zone"]


def test_the_pages_show_the_zone(as_person):
    assert "Europe/Vilnius" in as_person("ida").get("/diary").content.decode()
    assert "Europe/Vilnius" in as_person("jonas").get("/patients/ida").content.decode()


def test_the_row_of_the_list_is_of_the_new_today(as_person, record):
    jonas = as_person("jonas")
    moved(jonas, "/patients/ida/zone", FAR_EAST)
    assert jonas.get("/patients").status_code == 200
    assert today(record("ida")) == today(of_zone(record("ida"), FAR_EAST))


def test_a_zone_that_the_library_would_refuse_opens_no_record(as_person):
    form = {"name": "Somebody", "starts_on": (timezone.localdate() - timedelta(days=3)).isoformat()}
    answer = as_person("admin").post("/people/patients", form | {"zone": "Factory", "uid": str(new_uid())})
    assert answer.status_code == 422
