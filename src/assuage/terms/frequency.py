"""How often a dose is taken, as a value: exact, and written so that it is read back as the same."""

from __future__ import annotations

import math
from fractions import Fraction

from msgspec import Struct

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DailyLimit(Struct, frozen=True):
    """The most of a substance on one day, as it was written beside the frequency: `max 4 g a day`."""

    amount: Fraction
    unit: str


class Frequency(Struct, frozen=True):
    """How many doses a day: at least and at most in the mean of days, and at most on any one day (`peak`).

    Every other day is a half in the mean and 1 on a day. `most` and `peak` are None where nobody said how often at
    most, as in `as needed`. `weekdays` counts from Monday as 0.
    """

    least: Fraction
    most: Fraction | None
    peak: Fraction | None
    as_needed: bool = False
    weekdays: tuple[int, ...] = ()
    limit: DailyLimit | None = None

    def __str__(self) -> str:
        """The frequency in words that are read as the same frequency again."""
        parts: list[str] = []
        if self.most is not None and self.peak is not None:
            parts.append(_counted(self.least, self.most, self.peak, self.weekdays))
        if self.as_needed:
            parts.append("as needed")
        if self.limit is not None:
            parts.append(f"at most {_plain(self.limit.amount)} {self.limit.unit} a day")
        return ", ".join(parts)


ONCE_A_DAY = Frequency(Fraction(1), Fraction(1), Fraction(1))
TWICE_A_DAY = Frequency(Fraction(2), Fraction(2), Fraction(2))


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


def _counted(least: Fraction, most: Fraction, peak: Fraction, weekdays: tuple[int, ...]) -> str:
    if weekdays:
        share = Fraction(len(weekdays), 7)
        days = " and ".join(WEEKDAYS[day] for day in weekdays)
        return f"{_span(least / share, most / share)} a day on {days}"
    if peak == most:
        return f"{_span(least, most)} a day"
    days = math.lcm(least.denominator, most.denominator)
    text = f"{_span(least * days, most * days)} {'a day' if days == 1 else f'in {days} days'}"
    return text if peak == math.ceil(most) else f"{text}, up to {_plain(peak)} in one day"


def _span(low: Fraction, high: Fraction) -> str:
    if low == high:
        return {"1": "once", "2": "twice"}.get(_plain(low), f"{_plain(low)} times")
    return f"{_plain(low)} to {_plain(high)} times"
