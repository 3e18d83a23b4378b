"""Yes, no and unknown; numbers that are ranges; and what is put to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from tests.oracle.pages import says

YES, NO, UNKNOWN = "yes", "no", "unknown"
Number = tuple[Fraction, Fraction] | None
"""From the lowest to the highest it may be; None is unknown."""
Days = Mapping[int, tuple[Fraction, Fraction]]
"""The values of some days."""


@says("logic", "Three values everywhere. The tables are the meaning.", "All of any of none of")
@says("logic", "One known no shuts a gate even when the rest is unknown")
@says("nodes", "Yes if every test is yes; no if one is no.")
def all_of(*answers: str) -> str:
    if NO in answers:
        return NO
    return YES if set(answers) == {YES} else UNKNOWN


@says("nodes", "Yes if one test is yes; no if every one is no.")
def any_of(*answers: str) -> str:
    if YES in answers:
        return YES
    return NO if set(answers) == {NO} else UNKNOWN


@says("nodes", "Yes if every test is no; no if one is yes.")
def none_of(*answers: str) -> str:
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[any_of(*answers)]


@says("logic", "Assumed reads only unknown and says why")
@says("nodes", "A test whose unknown is read as `value`, with the reason for doing so.")
def if_unknown(answer: str, read_as: str) -> str:
    return read_as if answer == UNKNOWN else answer


@says("ranges", "A comparison is yes or no only where both ends of the range say the same.")
@says("ranges", "Both ends agree so the answer is known", "A cut off inside the range leaves it open")
@says("ranges", "Below and above leave out the number itself")
@says(
    "windows",
    "numbers are compared after rounding to nine decimals",
    "Thirty percent of seven is thirty percent",
)
def compare(number: Number, op: str, bound: Fraction | int) -> str:
    if number is None:
        return UNKNOWN
    ends = {_holds(round(end, 9), op, Fraction(bound)) for end in number}
    if len(ends) > 1:
        return UNKNOWN
    return YES if ends.pop() else NO


def _holds(value: Fraction, op: str, bound: Fraction) -> bool:
    match op:
        case "at most":
            return value <= bound
        case "less than":
            return value < bound
        case "at least":
            return value >= bound
        case "more than":
            return value > bound
        case _:
            raise ValueError(op)


# --- one number out of the days of a window ---------------------------------------------------------


@says("windows", "Sleep is worse when it is higher")
def worst(values: Days) -> Number:
    return max(low for low, _ in values.values()), max(high for _, high in values.values())


def best(values: Days) -> Number:
    return min(low for low, _ in values.values()), min(high for _, high in values.values())


@says("windows", "A missing day is left out of a mean not filled")
def mean(values: Days) -> Number:
    return _mean(low for low, _ in values.values()), _mean(high for _, high in values.values())


@says("windows", "Last is the latest day that has a value")
def last(values: Days) -> Number:
    return values[max(values)]


@says("windows", "A slope is in points per week", "One day has no slope")
@says("windows", "It is the slope of the straight line with the least squares.")
@says("ranges", "A slope over ranges runs from the least to the steepest that values within them can have")
def slope(values: Days) -> Number:
    if len(values) < 2:
        return None
    middle = _mean(Fraction(day) for day in values)
    squares = sum((day - middle) ** 2 for day in values)
    weights = {day: (day - middle) * 7 / squares for day in values}
    ends = [sorted(weight * end for end in values[day]) for day, weight in weights.items()]
    return sum((low for low, _ in ends), Fraction()), sum((high for _, high in ends), Fraction())


@says(
    "windows",
    "A fall is a share of the first day on which the measure is known",
    "A fall from zero is unknown",
)
@says("ranges", "A fall from a range is a range", "A fall from a range that holds zero is unknown")
@says("ranges", "The two numbers of a fall are taken each on its own")
def fall(base: Number, now: Number) -> Number:
    """How far a number lies below another, in percent of the other."""
    if base is None or now is None or base[0] <= 0:
        return None
    return 100 - 100 * now[1] / base[0], 100 - 100 * now[0] / base[1]


def _mean(values: Iterable[Fraction]) -> Fraction:
    every = list(values)
    return sum(every, Fraction()) / len(every)
