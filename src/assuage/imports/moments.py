"""When each row of a diary is: its day or date, its time of day, and the end of what it tells.

One format reads a whole column: the one that reads most of its cells. Where two read as much and differ, nobody can
say which day a row is of, and nothing is read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from assuage.catalogue.message import Message, message
from assuage.imports.counted_dates import COUNTED, counted_date
from assuage.imports.foreign import DiaryRow
from assuage.imports.map import ISO, DiaryMap, has_clock
from assuage.imports.written_dates import moment_written, plain_blanks, time_in_words
from assuage.record.csv_table import date_in, day_in
from assuage.record.fields import minute_of_time

LONGEST_EPISODE = 366  # days (ours): a longer one is a slip in a date
LONGEST_GAP = 3_653  # days (ours): a row of a diary that lies further from all others has a slip in its date
_TIMES = ("HH:MM",)  # what stands for the times that are read without a format
_Say = Callable[[int, str, str, Message], None]


class At(NamedTuple):
    """A day, and the time of day as a record writes it, None where it is not known."""

    day: date | int
    time: str | None = None

    def moved(self, days: int) -> At:
        """The same so many days later."""
        return At(
            self.day + days if isinstance(self.day, int) else self.day + timedelta(days=days), self.time
        )

    def days_until(self, other: At) -> int:
        """Whole days to another moment of the same record."""
        if isinstance(self.day, int) or isinstance(other.day, int):
            return int(other.day) - int(self.day)  # type: ignore[arg-type]
        return (other.day - self.day).days

    @property
    def minute(self) -> int | None:
        """The minute of the day that its time stands for."""
        return None if self.time is None else minute_of_time(self.time)


class DateSpan(NamedTuple):
    """When a row is: its start, its end where it has one, and the word for what was still going on."""

    start: At
    end: At | None = None
    still_going: str | None = None


def utc_today() -> date:
    """The day by the clock of this machine, of UTC."""
    return datetime.now(UTC).date()


def slip_of(day: date, others: Sequence[date], now: date) -> Message | None:
    """Why a date of a diary must be a slip: it is yet to come (a day more for zones), or years from every other row.

    `others` are the dates of all rows of the person in order, this one among them.
    """
    if day > now + timedelta(days=1):
        return message("import.in-the-future")
    at = bisect_left(others, day)
    near = [*others[max(0, at - 1) : at], *others[at + 1 : at + 2]]
    if near and all(abs((day - other).days) > LONGEST_GAP for other in near):
        return message("import.years-from-others", years=LONGEST_GAP // 365)
    return None


@dataclass
class Moments:
    """The spans of the rows of a table by their numbers; a row whose day cannot be read is not among them.

    What is wrong is said with the row, its column and the cell. `told_by` are all rows of the table: one that is left
    out still tells in which format its dates are written.
    """

    map: DiaryMap
    say: _Say
    told_by: Sequence[DiaryRow] = ()

    def of(
        self, rows: Sequence[DiaryRow], date_column: str | None, day_column: str | None
    ) -> dict[int, DateSpan]:
        """The spans of these rows; dates and days stand in the columns of these headers."""
        dates = self._dates(rows, date_column)
        times = self._times(rows, self.map.time)
        ends, end_times = self._ends(rows), self._times(rows, self.map.end_time)
        spans: dict[int, DateSpan] = {}
        for row in rows:
            read = dates.get(row.number)
            day: date | int | None = None if read is None else read.date()
            clock = None if read is None or not self.map.timed else f"{read:%H:%M}"
            if day is None and self.map.date is None:
                day = self._day(row, date_column, day_column)
            if day is None:
                continue
            start = self._at(At(day, times.get(row.number, clock)))
            spans[row.number] = self._span(row, start, ends, end_times)
        return spans

    def _at(self, at: At) -> At:
        """The same by the hour at which a day begins: before it, it is the night of the day before."""
        begins = None if self.map.day_begins is None else minute_of_time(self.map.day_begins)
        if (
            begins is None
            or at.minute is None
            or at.time is None
            or ":" not in at.time
            or at.minute >= begins
        ):
            return at
        return At(at.day, "night").moved(-1)

    def _span(
        self, row: DiaryRow, start: At, ends: Mapping[int, datetime], end_times: Mapping[int, str]
    ) -> DateSpan:
        column = self.map.end
        if column is None:
            return DateSpan(start)
        cell = row.cells.get(column.lower(), "")
        if cell.casefold() in self.map.still_going:
            return DateSpan(start, still_going=cell)
        read = ends.get(row.number)
        if read is None or isinstance(start.day, int):
            return DateSpan(start)
        timed = any(has_clock(form) for form in self.map.end_format or self.map.date_format)
        end = self._at(At(read.date(), f"{read:%H:%M}" if timed else end_times.get(row.number)))
        days = start.days_until(end)
        backwards = end.minute is not None and start.minute is not None and end.minute < start.minute
        if days < 0 or (days == 0 and backwards):
            self.say(row.number, column.lower(), cell, message("import.end-before-start"))
            return DateSpan(start)
        if days > LONGEST_EPISODE:
            self.say(row.number, column.lower(), cell, message("import.episode-too-long", days=days))
            return DateSpan(start)
        return DateSpan(start, end)

    # ---------------------------------------------------------------- columns

    def _dates(self, rows: Sequence[DiaryRow], column: str | None) -> dict[int, datetime]:
        if column is None:
            return {}
        return self._read(rows, column, self.map.date_format, blank_is_told=self.map.layout != "entry")

    def _ends(self, rows: Sequence[DiaryRow]) -> dict[int, datetime]:
        if self.map.end is None:
            return {}
        column = self.map.end.lower()
        told = [row for row in rows if row.cells.get(column, "").casefold() not in self.map.still_going]
        return self._read(told, column, self.map.end_format or self.map.date_format, blank_is_told=False)

    def _read(
        self, rows: Sequence[DiaryRow], column: str, forms: Sequence[str], blank_is_told: bool
    ) -> dict[int, datetime]:
        form = self._one_format(rows, column, forms, self._date_of)
        read: dict[int, datetime] = {}
        known: dict[str, datetime | None] = {}
        for row in rows if form is not None else ():
            cell = row.cells.get(column, "")
            if cell not in known:
                known[cell] = self._date_of(cell, form or "")
            moment = known[cell]
            if moment is not None:
                read[row.number] = moment
            elif cell:
                self.say(row.number, column, cell, message("import.not-a-date", form=form))
            elif blank_is_told:
                self.say(row.number, column, cell, message("import.blank-day"))
        return read

    def _times(self, rows: Sequence[DiaryRow], header: str | None) -> dict[int, str]:
        if header is None:
            return {}
        column = header.lower()
        forms = self.map.time_format or _TIMES
        form = self._one_format(rows, column, forms, _time_of)
        times: dict[int, str] = {}
        for row in rows if form is not None else ():
            cell = row.cells.get(column, "")
            time = _time_of(cell, form or "")
            if time is not None:
                times[row.number] = time
            elif cell:
                self.say(row.number, column, cell, message("import.not-a-time", form=form))
        return times

    def _one_format(
        self, rows: Sequence[DiaryRow], column: str, forms: Sequence[str], read: Callable[[str, str], object]
    ) -> str | None:
        """The one format that the whole column is read by; None, with a problem, where two read as much and differ."""
        if len(forms) == 1:
            return forms[0]
        cells: dict[str, int] = {}
        for row in (*rows, *self.told_by):
            cells.setdefault(row.cells.get(column, ""), row.number)
        read_by = {form: {cell: read(cell, form) for cell in cells} for form in forms}
        counts = {
            form: sum(each is not None for each in by_cell.values()) for form, by_cell in read_by.items()
        }
        most = max(counts.values())
        best = [form for form, count in counts.items() if count == most]
        for cell, row in cells.items():
            readings = {form: read_by[form][cell] for form in best}
            if most and len(set(readings.values())) > 1:
                told = tuple(_reading(form, moment) for form, moment in readings.items())
                self.say(row, column, cell, message("import.two-formats", readings=told))
                return None
        return best[0]

    def _day(self, row: DiaryRow, date_column: str | None, day_column: str | None) -> int | None:
        cell = row.cells.get(day_column or "", "")
        day = day_in(cell)
        dated = row.cells.get(date_column or "", "") != ""
        if day is None and (cell or self.map.layout != "entry" or not dated):
            what = message("import.not-a-day") if cell else message("import.blank-day")
            self.say(row.number, day_column or "day", cell, what)
        return day

    def _date_of(self, cell: str, form: str) -> datetime | None:
        if form == ISO:
            on = date_in(cell)
            return None if on is None else datetime.combine(on, time.min)
        if form in COUNTED:
            return counted_date(cell, form, self.map.zone)
        read = moment_written(cell, form)
        if read is None:
            return None
        if read.tzinfo is not None and self.map.zone is not None:
            return read.astimezone(ZoneInfo(self.map.zone)).replace(tzinfo=None)
        return read.replace(tzinfo=None)


def _reading(form: str, moment: object) -> Message:
    if moment is None:
        return message("import.not-read-by", form=form)
    text = moment
    if isinstance(moment, datetime):
        text = f"{moment:%Y-%m-%d %H:%M}" if has_clock(form) else f"{moment:%Y-%m-%d}"
    return message("import.read-by", text=str(text), form=form)


def _time_of(cell: str, form: str) -> str | None:
    """The time of a cell as a record writes it; None for anything else."""
    text = plain_blanks(cell)
    if form in _TIMES:
        word = text.casefold()
        if minute_of_time(word) is not None:
            return word
        if time_in_words(text) is not None:
            return time_in_words(text)
        forms: Iterable[str] = ("%H:%M", "%H:%M:%S")
    else:
        forms = (form,)
    read = (moment_written(text, each) for each in forms)
    return next((f"{moment:%H:%M}" for moment in read if moment is not None), None)


def when_of(at: At, starts_on: date | None, keep_dates: bool) -> dict[str, Any] | None:
    """The `day` or `date` of an entry at a moment; None where a date has no day 0 to be counted from."""
    if isinstance(at.day, int):
        return {"day": at.day}
    if starts_on is None:
        return None
    return {"date": at.day.isoformat()} if keep_dates else {"day": (at.day - starts_on).days}
