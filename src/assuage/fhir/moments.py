"""Days and times as FHIR writes them: a day of the patient's stays one, and what is not known to the day stays a range.

A moment of others becomes a day of the patient's by the zone of the record, or by the offset it carries. A date without
a time is that date, never midnight somewhere.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from assuage.record.fields import EARLIEST, LATEST

_MOMENT = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?"
)


class When(Struct, frozen=True):
    """When something was, as far as it is known: the first and the last day it can be, and the time of one day.

    `sure` says that the day is that of the patient's calendar; a moment in Greenwich's time, of a patient whose zone
    nobody knows, is not.
    """

    first: date | None = None
    last: date | None = None
    time: str | None = None
    sure: bool = True

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        return self.first if self.first is not None and self.first == self.last else None


UNDATED = When()


def read_moment(text: object, zone: str | None) -> When | None:
    """When a date, dateTime or instant of FHIR is; None for what is none, and for a day that no record can have.

    `9999-12-31` stands for "no end" in many systems, and `0001-01-01` for "nobody knows".
    """
    match = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, hour, _, _, offset = match.groups()
    if not EARLIEST.year < int(year) <= LATEST.year:
        return None
    try:
        if month is None:
            return When(date(int(year), 1, 1), date(int(year), 12, 31))
        if day is None:
            of_month = int(year), int(month)
            return When(date(*of_month, 1), date(*of_month, monthrange(*of_month)[1]))
        on = date(int(year), int(month), int(day))
        if hour is None:
            return When(on, on)
        at = datetime.fromisoformat(cast("str", text))
        if zone is not None:
            at = at.astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None
    sure = zone is not None or offset not in ("Z", "+00:00", "-00:00")
    return When(at.date(), at.date(), f"{at:%H:%M}", sure)


def read_period(period: object, zone: str | None) -> tuple[When | None, When | None]:
    """The start and the end of a Period; None for an end that is not said."""
    if not isinstance(period, dict):
        return None, None
    ends = cast("dict[str, Any]", period)
    return read_moment(ends.get("start"), zone), read_moment(ends.get("end"), zone)


def minutes_lasted(period: Mapping[str, Any]) -> float | None:
    """How long a Period of less than a day lasted; None where its ends are no moments."""
    start, end = period.get("start"), period.get("end")
    if not (isinstance(start, str) and isinstance(end, str) and "T" in start and "T" in end):
        return None
    try:
        lasted = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    except (ValueError, TypeError, OverflowError):
        return None
    return lasted.total_seconds() / 60 if timedelta(0) < lasted <= timedelta(days=1) else None


def written_day(day: date, *, approximate: bool) -> str:
    """A day as FHIR has it; of one that was inferred only the month."""
    return f"{day:%Y-%m}" if approximate else day.isoformat()


def written_moment(day: date, time: str, zone: str) -> str | None:
    """A time of a day with the offset of the zone; None where the clocks jumped over it, or showed it twice."""
    hour, minute = int(time[:2]), int(time[3:5])
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    again = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if again.replace(tzinfo=None) != local.replace(tzinfo=None):
        return None
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return None
    # Old offsets have seconds, which FHIR does not take.
    if cast("timedelta", local.utcoffset()).total_seconds() % 60:
        return None
    return local.isoformat()
