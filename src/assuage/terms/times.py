"""Days and times of day.

The clock is the day. A time of day orders entries within a day and keeps morning and evening values
apart; the minute that stands for a word, and the hours that belong to it, are ours.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum


class TimeOfDay(Enum):
    """A part of the day in the patient's own words."""

    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    NIGHT = "night"

    def __str__(self) -> str:
        return self.value


MORNING, NOON, EVENING, NIGHT = TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.EVENING, TimeOfDay.NIGHT

MINUTE_OF: dict[TimeOfDay, int] = {MORNING: 8 * 60, NOON: 12 * 60, EVENING: 19 * 60, NIGHT: 22 * 60 + 30}


_WORDS = frozenset(word.value for word in TimeOfDay)


def is_clock(time: str | None) -> bool:
    """Whether a time as written is one of the clock; False for a word and for none."""
    return time is not None and time not in _WORDS


def clock_time(minute: int) -> str:
    """A minute of the day by the clock: `09:05`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def time_of_day(minute: int) -> TimeOfDay:
    """The part of the day a clock time belongs to; `minute` counts from midnight, 0 to 1439."""
    if 5 * 60 <= minute < 11 * 60:
        return MORNING
    if 11 * 60 <= minute < 17 * 60:
        return NOON
    if 17 * 60 <= minute < 22 * 60:
        return EVENING
    return NIGHT


def days(n: int) -> timedelta:
    """A span of `n` days."""
    return timedelta(days=n)


def weeks(n: int) -> timedelta:
    """A span of `n` weeks."""
    return timedelta(weeks=n)
