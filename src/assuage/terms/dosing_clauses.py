"""What the clauses of one text come to together: `twice a day`, `every other day`, `as needed`, `at most 4 a day`.

Of what has two readings the upper end is the larger. Two clauses that contradict each other make the text unread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from assuage.terms.frequency import DailyLimit, Frequency

MOST_A_DAY = 48  # more doses a day than that are a slip (ours)


class Unread(Exception):
    """A text that the grammar does not know, or that says two things."""


@dataclass
class Clauses:
    """What the clauses of one text have said so far."""

    count: tuple[Fraction, Fraction] | None = None
    per: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None  # days, the shorter first
    pattern: Fraction | None = None
    cap: tuple[Fraction, Fraction] | None = None  # how many, in how many days
    in_one_day: Fraction | None = None
    limit: DailyLimit | None = None
    slots: set[str] = field(default_factory=set[str])
    weekdays: set[int] = field(default_factory=set[int])
    as_needed: bool = False
    each: bool = False  # "every night", which no longer interval goes with
    meals: bool = False  # "with meals": who takes how many meals is not said
    day_in_all: bool = False  # "in 3 divided doses", "for 7 days": the amount is that of a day


def frequency_of_clauses(of: Clauses) -> Frequency:
    if of.meals and of.count is None:
        raise Unread
    rate = _rate(of)
    if rate is None:
        if not of.as_needed and of.limit is None and of.cap is None:
            raise Unread
        low, high, peak = Fraction(0), None, None
    else:
        low, high, peak = rate
    if of.cap is not None:
        low, high, peak = _capped(of, low)
    if of.in_one_day is not None:
        if high is None or of.in_one_day < high:
            raise Unread
        peak = of.in_one_day
    if high is not None and (high > MOST_A_DAY or not high):
        raise Unread
    if of.as_needed:
        low = Fraction(0)
    return Frequency(low, high, peak, of.as_needed, tuple(sorted(of.weekdays)), of.limit)


def _capped(of: Clauses, low: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """At least, at most and on one day, where a text says how many at most: that is then the upper end."""
    assert of.cap is not None
    if of.weekdays:
        raise Unread
    most, days = of.cap
    high = most / days
    return min(low, high), high, most if days == 1 else Fraction(math.ceil(high))


def _rate(of: Clauses) -> tuple[Fraction, Fraction, Fraction] | None:
    """Doses a day at least, at most and on one day, before `as needed` and a cap; None if none is told."""
    low, high = of.count or (None, None)
    if of.pattern is not None:
        if of.count is not None or of.slots or of.per not in (None, 1):
            raise Unread
        low = high = of.pattern
    times = max(len(of.slots), 1)
    longer = of.weekdays or of.per not in (None, 1) or (of.interval is not None and of.interval[1] > 1)
    if of.each and longer:
        raise Unread
    if of.weekdays:
        return _on_weekdays(of, low, high, times)
    if of.interval is not None:
        return _at_interval(of, low, high, times)
    if low is None or high is None:
        if of.per is None and not of.slots and of.day_in_all and not of.as_needed:
            return Fraction(1), Fraction(1), Fraction(1)
        if of.per is None and not of.slots:
            return None
        # "weekly at night", "daily, morning and evening"
        low = high = Fraction(times)
        if of.per not in (None, 1):
            assert of.per is not None
            return low / of.per, high / of.per, high
        return low, high, high
    per = Fraction(1) if of.per is None else of.per
    if of.slots:
        if per != 1 and low < times:
            raise Unread
        # "tds and at night" may be four a day, and "twice a day, morning and night" is two.
        more = times if times < high and high > 1 else 0
        low, high = max(low, Fraction(times)), max(high, Fraction(times)) + more
    most = high / per
    return low / per, most, high if per == 1 else Fraction(math.ceil(most))


def _on_weekdays(
    of: Clauses, low: Fraction | None, high: Fraction | None, times: int
) -> tuple[Fraction, Fraction, Fraction]:
    """`weekly on Monday`, `2 times a day on Monday and Thursday`, `twice a week on Monday and Thursday`."""
    days = len(of.weekdays)
    if of.interval is not None or of.per not in (None, 1, 7):
        raise Unread
    if of.per == 7:
        if low is not None and (low != days or high != days):
            raise Unread
        low = high = None
    elif of.per == 1 and low is None:
        raise Unread  # "daily on Monday" says two things
    if low is None or high is None:
        low = high = Fraction(times)
    elif times > 1 and high != times:
        raise Unread
    share = Fraction(days, 7)
    return low * share, high * share, high


def _at_interval(
    of: Clauses, low: Fraction | None, high: Fraction | None, times: int
) -> tuple[Fraction, Fraction, Fraction]:
    """`every 6 hours`, `every 4 to 6 hours`, `twice a day every other day`."""
    assert of.interval is not None
    short, long = of.interval
    if short < 1:
        if of.pattern is not None or of.per not in (None, 1):
            raise Unread
        if of.per == 1 and high is not None and low is not None:
            # "3 times a day, every 8 hours" says it twice; where both differ, the wider of both holds.
            ends = (low, high, 1 / long, 1 / short)
            return min(ends), max(ends) + len(of.slots), Fraction(math.ceil(max(ends)) + len(of.slots))
        most = (high or 1) / short + len(of.slots)  # "every 8 hours and at bedtime" may be four a day
        return (low or 1) / long, most, Fraction(math.ceil(most))
    if of.per not in (None, 1):
        raise Unread
    if low is None or high is None:
        if of.per is not None and short > 1:
            raise Unread  # "daily, every other day" says two things
        low = high = Fraction(times)
    return low / long, high / short, high
