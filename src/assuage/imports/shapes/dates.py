"""Which one format a whole column of dates is written in; two that read it and differ are both handed on.

The formats are those of `strptime`, so that a map can hold the one that was found. A month in letters is read in
English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from assuage.imports.counted_dates import COUNTED, counted_date, counts_time

_DAYS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d. %m. %Y",
)
_CLOCKS = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %I:%M %p",
    " %I:%M%p",
    " %I:%M:%S %p",
    "T%H:%M:%S",
    "T%H:%M",
    "T%H:%M:%S.%f",
    "T%H:%M:%S%z",
    "T%H:%M:%S.%f%z",
    " %H:%M:%S.%f",
    " %H:%M:%S%z",
    ", %H:%M",
    ", %I:%M %p",
)
# A date has a year of two or four digits, or a month in letters, and is no number.
_MAYBE = re.compile(r"(?=.*\d)[\dA-Za-z][\dA-Za-z .,/:+-]{5,34}", re.ASCII)
_NUMBER = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
_MOST_LOOKED_AT = 2_000  # different cells; more of them settle nothing
_READS_HALF = 0.5
_READS_MOST = 0.9  # of the filled cells; the others are slips, and told of when the column is read


class DateReading(NamedTuple):
    """A format that reads most of a column, whether it has a time of day, and two cells that it reads with another."""

    form: str
    timed: bool
    read: int


def date_readings(cells: Iterable[str], named: bool = False) -> tuple[DateReading, ...]:
    """The formats that read the most of a column, at least nine tenths, where their days differ; else one or none.

    One format is the answer. Several are a question: nobody can say which day a cell is. Of a column that is `named`
    a date half of its cells will do: what the others are (a total, a slip) is told row by row when it is read.
    """
    most_of = _READS_HALF if named else _READS_MOST
    texts = _looked_at(cells)
    if not texts:
        return ()
    if named and all(_NUMBER.fullmatch(text) for text in texts):
        return _counted(texts)
    if sum(bool(_MAYBE.fullmatch(text)) for text in texts) < most_of * len(texts):
        return ()
    if all(_NUMBER.fullmatch(text) for text in texts):
        return ()
    readable: list[tuple[DateReading, tuple[date | None, ...]]] = []
    for day in _DAYS:
        for clock in _CLOCKS:
            form = day + clock
            if not named and _on(texts[0], form) is None and _on(texts[-1], form) is None:
                continue
            days = tuple(_on(text, form) for text in texts)
            read = sum(on is not None for on in days)
            if read >= most_of * len(texts):
                readable.append((DateReading(form, bool(clock), read), days))
    most = max((reading.read for reading, _ in readable), default=0)
    different: dict[tuple[date | None, ...], DateReading] = {}
    for reading, days in readable:
        if reading.read == most:
            different.setdefault(days, reading)
    return tuple(different.values())


def _counted(texts: Sequence[str]) -> tuple[DateReading, ...]:
    """The one count that all of a column named a date is: seconds or milliseconds since 1970, days of a sheet."""
    for form in COUNTED:
        if all(counted_date(text, form, None) is not None for text in texts):
            return (DateReading(form, counts_time(form), len(texts)),)
    return ()


def two_days(cells: Iterable[str], readings: Sequence[DateReading]) -> tuple[str, date, date]:
    """The first cell that two formats read as different days, with both days: an example for whoever is asked."""
    first, second = readings[0].form, readings[1].form
    for text in _looked_at(cells):
        day, rival = _on(text, first), _on(text, second)
        if day is not None and rival is not None and day != rival:
            return text, day, rival
    raise AssertionError("readings are different only where a cell is")


def _looked_at(cells: Iterable[str]) -> list[str]:
    texts: dict[str, None] = {}
    for cell in cells:
        if cell:
            texts[cell] = None
            if len(texts) >= _MOST_LOOKED_AT:
                break
    return list(texts)


def _on(text: str, form: str) -> date | None:
    if not text.isascii():
        return None
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - the day on the person's own clock
    except ValueError:
        return None


# ---------------------------------------------------------------- one cells of known shapes

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*([AaPp])\.?[Mm]\.?)?", re.ASCII)


def ordinal_date(text: str) -> date | None:
    """The day of `8th Dec 2021`; None for anything else."""
    match = _ORDINAL.fullmatch(text)
    return None if match is None else _on(f"{match[1]} {match[2][:3]} {match[3]}", "%d %b %Y")


def clock_text(text: str) -> str | None:
    """`18:50` out of `6:50 pm` or `18:50:30`; None for anything else."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] in "pP" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def minutes_of(text: str) -> int | None:
    """The minutes of `7h 21min`, `5h 30m` or `45 min`; None for anything else."""
    match = re.fullmatch(
        r"(?:(\d{1,3})\s*h(?:rs?|ours?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:ute)?s?)?)?", text, re.I | re.A
    )
    if match is None or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)
