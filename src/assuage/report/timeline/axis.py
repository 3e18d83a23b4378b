"""The time axis of the timeline: which days it covers, what lies before it, and where a row stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from assuage.report.svg.time_scale import TimeScale
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.rows import drawn_minute

# Ours. What happened long before day 0 would squeeze the course into a corner, so it goes into a margin at the
# left with its day written beside it; the table has it all the same.
LEAST_BEFORE = 14
SHARE_BEFORE = 0.34  # of the days after day 0: how wide an empty stretch before them may be
EARLIER = 26  # pixels of that margin


class Axis(Struct, frozen=True):
    """Days from `first` to `last`; `earlier` says that something lies before them."""

    first: int
    last: int
    earlier: bool

    def laid(self, begins: float, ends: float, starts_on: date | None = None) -> CourseScale:
        """The axis between two places in pixels."""
        start = begins + (EARLIER if self.earlier else 0)
        return CourseScale(TimeScale(self.first, self.last, start, ends, starts_on), begins)


class CourseScale(Struct, frozen=True):
    """The days in pixels, and the margin before them, which begins at `edge`."""

    days: TimeScale
    edge: float

    def is_before(self, row: TimelineRow) -> bool:
        """Whether a row's day lies before the axis."""
        return row.day < self.days.first

    def at(self, row: TimelineRow) -> float:
        """Where a mark stands: its day and its time, the middle of its weeks, or the margin."""
        if self.is_before(row):
            return (self.edge + self.days.begins) / 2
        if row.what == "week" and row.until is not None:
            return self.days.at((row.day + row.until + 1) / 2)
        return self.days.at(row.day + drawn_minute(row) / 1440)

    def begins(self, row: TimelineRow) -> float:
        """Where a bar begins: at the start of its day, or at the edge."""
        return self.edge if self.is_before(row) else self.days.at(row.day)

    def ends(self, row: TimelineRow) -> float:
        """Where a bar ends: at the end of the last day when it goes on, at the start of the day that ended it."""
        until = row.day if row.until is None else row.until
        if row.ongoing or row.what in ("open", "week"):
            return self.days.at(until + 1)
        return max(self.days.at(until), self.begins(row) + 3)


def axis_of(rows: Iterable[TimelineRow]) -> Axis:
    """The axis that shows these rows; days 0 to 1 when there is none."""
    shown = list(rows)
    days = sorted({row.day for row in shown}) or [0]
    last = max([*days, *(row.until for row in shown if row.until is not None)])
    first = 0 if days[0] <= 0 <= last else (days[0] if last > 0 else days[-1])
    reach = max(LEAST_BEFORE, round((last - first) * SHARE_BEFORE))
    for day in reversed([day for day in days if day < first]):
        if first - day > reach:
            break
        first = day
    last = max(last, first + 1)
    return Axis(first, last, days[0] < first)
