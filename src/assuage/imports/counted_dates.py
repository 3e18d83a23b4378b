"""Dates that a file counts instead of writing them: seconds since 1970, and the days of a spreadsheet.

A count since 1970 is of one moment on all the earth, so the day it falls on needs the zone of whoever lived it. A day
of a spreadsheet is that of its own clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# What a count of one is, in seconds since 1970.
_UNIX = {"unix": 1.0, "unix-ms": 0.001}
_DAYS, _DAYS_AND_TIME = "excel", "excel-time"
COUNTED = (*_UNIX, _DAYS, _DAYS_AND_TIME)
# Day 1 of a spreadsheet is 1900-01-01, and it takes 1900 for a leap year: from March 1900 on, days count from here.
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 - the clock of the sheet
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,12})?", re.ASCII)
_OF_OUR_TIME = (date(1990, 1, 1), date(2080, 1, 1))  # ours: outside, a number is no count of days or seconds


def needs_zone(form: str) -> bool:
    """Whether the day of such a count depends on where it was lived."""
    return form in _UNIX


def counts_time(form: str) -> bool:
    """Whether such a count holds a time of day."""
    return form in _UNIX or form == _DAYS_AND_TIME


def counted_date(cell: str, form: str, zone: str | None) -> datetime | None:
    """The moment on the person's own clock; None for what is no such count, or lies far from our time."""
    if _NUMBER.fullmatch(cell) is None:
        return None
    count = float(cell)
    try:
        if form in _UNIX:
            whole = datetime.fromtimestamp(count * _UNIX[form], UTC)
            read = whole.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None)
        elif form == _DAYS and count != int(count):
            return None
        else:
            read = _FIRST + timedelta(seconds=round(count * 86_400))
    except (OverflowError, OSError, ValueError):
        return None
    return read if _OF_OUR_TIME[0] <= read.date() < _OF_OUR_TIME[1] else None
