"""A scale of days in pixels, with ticks that say the day, or the date where day 0 is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

DAY_STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640, 18200, 36400)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200)


class TimeTick(Struct, frozen=True):
    """A day that carries a text: a number, an ISO date, or a year and month where days would crowd."""

    day: int
    text: str


class TimeScale(Struct, frozen=True):
    """Days from `first` to the end of `last`, laid from `begins` to `ends` in pixels; `starts_on` is day 0's date."""

    first: int
    last: int
    begins: float
    ends: float
    starts_on: date | None = None

    @property
    def per_day(self) -> float:
        """Pixels of a day."""
        return (self.ends - self.begins) / (self.last + 1 - self.first)

    def at(self, day: float) -> float:
        """Where a moment lies: 3 is the beginning of day 3, 3.5 its noon."""
        return self.begins + (day - self.first) * self.per_day

    def ticks(self, least: float) -> tuple[TimeTick, ...]:
        """Ticks at least so many pixels apart."""
        return tuple(self._months(least) if self._by_month(least) else self._days(least))

    def _by_month(self, least: float) -> bool:
        return self._dated and least / self.per_day > 28

    @property
    def _dated(self) -> bool:
        """Whether every day of the scale has a date that a calendar can write."""
        if self.starts_on is None:
            return False
        days = self.starts_on.toordinal()
        return days + self.first >= 1 and days + self.last + 1 <= date.max.toordinal()

    def _days(self, least: float) -> Iterator[TimeTick]:
        step = next((step for step in DAY_STEPS if step * self.per_day >= least), DAY_STEPS[-1])
        for day in range(-(-self.first // step) * step, self.last + 1, step):
            dated = self.starts_on if self._dated else None
            yield TimeTick(day, str(dated + timedelta(day)) if dated else f"{day}".replace("-", "−"))

    def _months(self, least: float) -> Iterator[TimeTick]:
        """The first day of every so many months; years alone where twelve months are too close."""
        assert self.starts_on is not None
        step = next((step for step in MONTH_STEPS if step * 30.4 * self.per_day >= least), MONTH_STEPS[-1])
        begin, end = self.starts_on + timedelta(self.first), self.starts_on + timedelta(self.last)
        month = -(-(begin.year * 12 + begin.month - 1) // step) * step
        while month <= end.year * 12 + end.month - 1:
            first_of_month = date(month // 12, month % 12 + 1, 1)
            if first_of_month >= begin:
                text = f"{first_of_month:%Y}" if step % 12 == 0 else f"{first_of_month:%Y-%m}"
                yield TimeTick((first_of_month - self.starts_on).days, text)
            month += step
