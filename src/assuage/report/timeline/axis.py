"""The time axis of the timeline: which days it covers, where its ticks stand, and what lies before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.rows import drawn_minute

# Ours. What happened long before day 0 would squeeze the course into a corner, so it goes into a margin at the
# left with its day written beside it; the table has it all the same.
LEAST_BEFORE = 14
SHARE_BEFORE = 0.34  # of the days after day 0: how wide an empty stretch before them may be
STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
MOST_TICKS = 16


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last`, and the margin on either side of them, in days.

    A mark of an earlier day than `first` is drawn at `margin`, the middle of the left margin.
    """

    first: int
    last: int
    step: int
    earlier: bool

    @property
    def pad(self) -> float:
        """Half the width of a mark, in days, so that none is cut at an edge."""
        return max(0.5, (self.last - self.first) * 0.012)

    @property
    def domain(self) -> tuple[float, float]:
        """The ends of the axis."""
        left = self.first - self.pad * (5 if self.earlier else 1)
        return (left, self.last + 1 + self.pad)

    @property
    def margin(self) -> float:
        """Where marks of days before the axis stand."""
        return self.domain[0] + self.pad * 1.5

    @property
    def ticks(self) -> list[int]:
        """The days that carry a number: multiples of the step."""
        start = -(-self.first // self.step) * self.step
        return list(range(start, self.last + 1, self.step))

    def at(self, row: TimelineRow) -> float:
        """Where a mark stands: its day and its time, or the margin."""
        return self.margin if row.day < self.first else row.day + drawn_minute(row) / 1440

    def begins(self, row: TimelineRow) -> float:
        """Where a bar begins: at the start of its day, or at the left edge."""
        return self.domain[0] if row.day < self.first else float(row.day)

    def ends(self, row: TimelineRow) -> float:
        """Where a bar ends: at the end of the last day when it goes on, at the start of the day that ended it."""
        until = row.day if row.until is None else row.until
        if row.ongoing or row.what == "open":
            return until + 1.0
        return max(until, row.day + 0.4)


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
    step = next((step for step in STEPS if (last - first) / step <= MOST_TICKS), STEPS[-1])
    return Axis(first, last, step, days[0] < first)
