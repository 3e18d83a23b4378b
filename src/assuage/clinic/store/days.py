"""Days are the patient's own: which day it is for somebody, and which date nobody on earth can have yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from assuage.clinic.store.models import ClinicRecord

FIRST_ZONE, LAST_ZONE = timedelta(hours=14), timedelta(hours=-12)  # Kiribati and Baker Island


def local_date(record: ClinicRecord, at: datetime | None = None) -> date:
    """The civil date of the patient at that moment (default: now)."""
    return (at or timezone.now()).astimezone(ZoneInfo(record.zone)).date()


def day_of_date(record: ClinicRecord, on: date) -> int:
    """The day number of a date."""
    assert record.starts_on is not None
    return (on - record.starts_on).days


def calendar_date(record: ClinicRecord, day: int) -> date:
    """The date of a day number."""
    assert record.starts_on is not None
    return record.starts_on + timedelta(days=day)


def today(record: ClinicRecord, at: datetime | None = None) -> int:
    """The day number that the patient's clock shows: it turns at the patient's midnight, not at ours."""
    return day_of_date(record, local_date(record, at))


def can_be_today_somewhere(on: date, at: datetime | None = None) -> bool:
    """Whether some time zone has that date at that moment."""
    utc = (at or timezone.now()).astimezone(ZoneInfo("UTC"))
    return (utc + LAST_ZONE).date() <= on <= (utc + FIRST_ZONE).date()


def is_yet_to_come(on: date, at: datetime | None = None) -> bool:
    """Whether that date has begun in no time zone: no phone that is right can send it."""
    utc = (at or timezone.now()).astimezone(ZoneInfo("UTC"))
    return on > (utc + FIRST_ZONE).date()
