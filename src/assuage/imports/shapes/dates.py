"""Which one format a whole column of dates is written in; two that read it and differ are both handed on.

The formats are those of `strptime`, so that a map can hold the one that was found. Months and weekdays in words are
read by `assuage.imports.written_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from assuage.imports.counted_dates import COUNTED, counted_date, counts_time
from assuage.imports.written_dates import moment_written, without_ordinals

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
    "%d. %m. %Y",
    "%d.%m. %Y",
)
# Those with a month or a weekday in words: English, German (3. März 2025), Lithuanian (2025 m. kovo 3 d.).
_DAYS_IN_WORDS = (
    *(
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%b %d, %Y",
        "%B %d %Y",
        "%b %d %Y",
        "%d-%b-%Y",
        "%d-%b-%y",
        "%Y-%b-%d",
    ),
    *(
        "%d. %B %Y",
        "%d. %b %Y",
        "%d.%B %Y",
        "%d %B, %Y",
        "%d %b, %Y",
        "%Y %B %d",
        "%Y %b %d",
        "%d %b %y",
        "%d. %b %y",
    ),
    *(
        "%Y m. %B %d d.",
        "%Y m. %B %d",
        "%Y m. %b %d d.",
        "%Y %B %d d.",
        "%B %d d. %Y m.",
        "%B %d d. %Y",
        "%Y-%m-%d d.",
    ),
    *("%A, %d. %B %Y", "%A, %d %B %Y", "%A %d. %B %Y", "%A %d %B %Y", "%A, %B %d, %Y", "%A %B %d, %Y"),
    *("%a, %d %b %Y", "%a %d %b %Y", "%a, %b %d, %Y", "%a %b %d %Y", "%a, %d. %b %Y", "%a, %d. %B %Y"),
    *(
        "%Y m. %B %d d., %A",
        "%A, %Y m. %B %d d.",
        "%A, %Y %B %d",
        "%Y-%m-%d, %A",
        "%A, %Y-%m-%d",
        "%Y-%m-%d %A",
    ),
    *(
        "%A, %d.%m.%Y",
        "%A %d.%m.%Y",
        "%a, %d.%m.%Y",
        "%a %d.%m.%Y",
        "%a, %d.%m.%y",
        "%d.%m.%Y (%a)",
        "%d.%m.%Y %a",
    ),
    *(
        "%a %d/%m/%Y",
        "%a %m/%d/%Y",
        "%A %d/%m/%Y",
        "%A %m/%d/%Y",
        "%a, %d/%m/%Y",
        "%a, %m/%d/%Y",
        "%Y-%m-%d %a",
    ),
    *("%Y-%m-%d (%a)", "%a, %Y-%m-%d", "%a %Y-%m-%d", "%Y-%m-%d (%A)", "%A, %Y-%m-%d", "%A %Y-%m-%d"),
    *("%d.%m.%Y (%A)", "%d/%m/%Y (%A)", "%d/%m/%Y (%a)", "%m/%d/%Y (%a)", "%m/%d/%Y (%A)"),
)
_CLOCKS = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %I:%M %p",
    " %I:%M%p",
    " %I:%M:%S %p",
    " %I:%M:%S %p GMT%z",
    "T%H:%M:%S",
    "T%H:%M",
    "T%H:%M:%S.%f",
    "T%H:%M:%S%z",
    "T%H:%M:%S.%f%z",
    " %H:%M:%S.%f",
    " %H:%M:%S%z",
    ", %H:%M",
    ", %I:%M %p",
    ", %H:%M:%S",
    " %H:%M Uhr",
    ", %H:%M Uhr",
    " um %H:%M Uhr",
    " um %H:%M",
    " at %H:%M",
    " at %I:%M %p",
    " %H.%M Uhr",
    " %H:%M val.",
)
# A date has a year of two or four digits, or a month in letters, and is no number.
_MAYBE = re.compile(r"(?=.*[0-9])[^\W_][\w .,/:+()-]{5,50}")
_FORMATS = {day + clock: bool(clock) for day in (*_DAYS, *_DAYS_IN_WORDS) for clock in _CLOCKS}
_PLACES = {form: at for at, form in enumerate(_FORMATS)}
# What a date looks like, for which formats are worth a try: the lengths of its numbers, and where a word stands.
_OF_NUMBER = {1: "9", 2: "9", 4: "Y"}
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+\.?")
_ZONES = ("+0200", "-0200", "+02:00", "-02:00", "Z", "+2", "-2")
_FRACTIONS = ("123456", "123", "1", "1234")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
_MOST_LOOKED_AT = 2_000  # different cells; more of them settle nothing
_TRIED = 25  # cells all over the column: a format that reads none of them is not tried on the others
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
    tried = texts[:: max(1, len(texts) // _TRIED)] if named else [texts[0], texts[-1]]
    like_these = {form for text in tried for form in _formats_like().get(_outline(text), ())}
    for form, timed in sorted(((form, _FORMATS[form]) for form in like_these), key=_place_of):
        days = tuple(_on(text, form) for text in texts)
        read = sum(on is not None for on in days)
        if read >= most_of * len(texts):
            readable.append((DateReading(form, timed, read), days))
    most = max((reading.read for reading, _ in readable), default=0)
    different: dict[tuple[date | None, ...], DateReading] = {}
    for reading, days in readable:
        if reading.read == most:
            different.setdefault(days, reading)
    return tuple(different.values())


def _place_of(reading: tuple[str, bool]) -> int:
    """Where a format stands among all of them: of two that read alike the first is meant."""
    return _PLACES[reading[0]]


def _counted(texts: Sequence[str]) -> tuple[DateReading, ...]:
    """The one count that all of a column named a date is: seconds or milliseconds since 1970, days of a sheet."""
    for form in COUNTED:
        if all(counted_date(text, form, None) is not None for text in texts):
            return (DateReading(form, counts_time(form), len(texts)),)
    return ()


def two_days(cells: Iterable[str], readings: Sequence[DateReading]) -> tuple[str, date, date] | None:
    """The first cell that two formats read as different days, with both days: an example for whoever is asked.

    None where no cell is read by both: then some cells are written in one way and the others in another.
    """
    first, second = readings[0].form, readings[1].form
    for text in _looked_at(cells):
        day, rival = _on(text, first), _on(text, second)
        if day is not None and rival is not None and day != rival:
            return text, day, rival
    return None


def _outline(text: str) -> str:
    """The look of a date: `9. w Y` of `3. März 2025`; a format has the look of what it writes."""
    return _PIECE.sub(
        lambda piece: _OF_NUMBER.get(len(piece[0]), "f") if piece[0].isdigit() else "w",
        " ".join(without_ordinals(text).split()),
    )


@cache
def _formats_like() -> Mapping[str, tuple[str, ...]]:
    """The formats by the looks of what they read."""
    like: dict[str, list[str]] = {}
    moments = (datetime(2025, 11, 28, 11, 28, 28), datetime(2025, 11, 28, 11, 28, 28, 123456))  # noqa: DTZ001
    for form in _FORMATS:
        written = {moment.strftime(form.replace("%z", "%%z")) for moment in moments}
        zones = [text.replace("%z", zone) for text in written for zone in (_ZONES if "%z" in form else ("",))]
        fractions = {text.replace("123456", digits) for text in zones for digits in _FRACTIONS}
        for outline in {_outline(text) for text in fractions}:
            like.setdefault(outline, []).append(form)
    return MappingProxyType({outline: tuple(forms) for outline, forms in like.items()})


def _looked_at(cells: Iterable[str]) -> list[str]:
    texts: dict[str, None] = {}
    for cell in cells:
        if cell:
            texts[cell] = None
            if len(texts) >= _MOST_LOOKED_AT:
                break
    return list(texts)


def _on(text: str, form: str) -> date | None:
    read = moment_written(text, form)
    return None if read is None else read.date()


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
