"""Values of scales as they were recorded, and the one value that stands for a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from assuage.terms.scales import Scale
from assuage.terms.sites import Site, lies_within
from assuage.terms.times import TimeOfDay


class Range(Struct, frozen=True):
    """A number that is known to lie from `low` to `high`; both the same when it is known exactly."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


class Observation(Struct, frozen=True):
    """A value of a scale as it was recorded: the range it stands for, where, and when in the day."""

    low: float
    high: float
    sites: tuple[str, ...]
    time: TimeOfDay | None
    minute: int | None = None

    def is_of(self, sites: frozenset[str], time: TimeOfDay | None) -> bool:
        """Whether it is of these sites (none: the patient as a whole) at this time of day (None: any)."""
        if time is not None and time is not self.time:
            return False
        if not sites:
            return not self.sites or "widespread" in self.sites
        return any(site == asked or lies_within(site, asked) for site in self.sites for asked in sites)


def came_before(minute: int | None, other: int | None) -> bool:
    """Whether something recorded at `minute` is known to have come before `other` on the same day."""
    return minute is not None and other is not None and minute < other


def value_of_day(
    scale: Scale,
    observations: Iterable[Observation],
    sites: Sequence[Site] = (),
    time: TimeOfDay | None = None,
) -> Range | None:
    """The value that stands for a day's observations, in order; None where none is of these sites and this time.

    Of ranges, the rule of the scale is applied to the low and to the high ends.
    """
    asked = frozenset(site.id for site in sites)
    values = [observation for observation in observations if observation.is_of(asked, time)]
    if not values:
        return None
    if len(values) == 1:  # it stands for its day by any rule
        return Range(values[0].low, values[0].high)
    return Range(
        scale.day_value([value.low for value in values]), scale.day_value([value.high for value in values])
    )


class DayValues(Struct, frozen=True):
    """The value of each day of one scale at certain sites and a time of day, in order of the days."""

    scale: Scale
    days: list[int]
    values: list[Range]

    @classmethod
    def of(
        cls,
        scale: Scale,
        observations: Iterable[tuple[int, tuple[Observation, ...]]],
        sites: tuple[Site, ...],
        time: TimeOfDay | None,
    ) -> DayValues:
        """The values of these observations, by day."""
        values = {day: value_of_day(scale, observed, sites, time) for day, observed in observations}
        known = {day: value for day, value in values.items() if value is not None}
        return cls(scale, list(known), list(known.values()))

    def between(self, first: int, last: int) -> dict[int, Range]:
        """The values of the days from `first` to `last`."""
        begin, end = bisect_left(self.days, first), bisect_right(self.days, last)
        return dict(zip(self.days[begin:end], self.values[begin:end], strict=True))

    def followed_by(
        self,
        observations: Mapping[int, tuple[Observation, ...]],
        first: int,
        sites: tuple[Site, ...],
        time: TimeOfDay | None,
    ) -> DayValues:
        """The same with the days from `first` on worked out from observations that may be more by now."""
        end = bisect_left(self.days, first)
        later = sorted((day, observed) for day, observed in observations.items() if day >= first)
        new = DayValues.of(self.scale, later, sites, time)
        return DayValues(self.scale, [*self.days[:end], *new.days], [*self.values[:end], *new.values])
