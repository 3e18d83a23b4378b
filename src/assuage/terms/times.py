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


def every_in_words(span: timedelta) -> str:
    """`daily`, `weekly`, `every 3 days`."""
    return {1: "daily", 7: "weekly"}.get(span.days, f"every {span_in_words(span)}")


def past_in_words(span: timedelta) -> str:
    """`today`, `in the past week`, `in the past 2 weeks`, `in the past 3 days`."""
    if span.days == 1:
        return "today"
    return "in the past week" if span.days == 7 else f"in the past {span_in_words(span)}"


def span_in_words(span: timedelta) -> str:
    """`8 weeks`, `1 week`, `10 days`."""
    n = span.days
    if n and n % 7 == 0:
        return "1 week" if n == 7 else f"{n // 7} weeks"
    return "1 day" if n == 1 else f"{n} days"
