"""The seven components of the sleep quality index from its answers: clock times, minutes, hours and frequencies.

The rules are those of Sohn's table (2012, as reprinted in 2024) and of the developer's code where the two differ at a
boundary: 7 hours of sleep score 0. What is not answered leaves its component between two ends.
"""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import message
from assuage.instruments.model import Item
from assuage.instruments.reading import InputReader, Span, shown_value

_FREQUENCIES = tuple(f"q5{letter}" for letter in "abcdefghij")
_DAYTIME = ("q8", "q9")
# What people may write instead of the number of a question.
_CALLED = {"bed_time": "q1", "minutes_to_sleep": "q2", "rise_time": "q3", "hours_asleep": "q4"}
QUESTIONS = ("q1", "q2", "q3", "q4", *_FREQUENCIES, "q6", "q7", *_DAYTIME)
MINUTES_TO_SLEEP = Item("q2", 0, 1440, "the minutes to fall asleep", whole=False, verb="is")
HOURS_ASLEEP = Item("q4", 0, 24, "the hours of sleep", whole=False, verb="is")
_UNKNOWN: Span = (0.0, 3.0)


def is_raw(held: Mapping[str, object]) -> bool:
    """Whether any question is given by its number or by what it asks for, and not only components."""
    return any(key in QUESTIONS or key in _CALLED for key in held)


def components_of(reading: InputReader, held: Mapping[str, object]) -> dict[str, Span | None]:
    """The components, each between its lowest and highest; None where nothing that it is made of is known.

    `q1` and `q3` are clock times (`23:30`), `q2` minutes, `q4` hours, the others 0 to 3.
    """
    given = {_CALLED.get(key, key): value for key, value in held.items()}
    reading.unknown_keys(
        "", given, (*QUESTIONS, "instrument", "items"), message("word.question-of", of="psqi")
    )
    scored = {
        key: reading.number(key, given.get(key), Item(key, 0, 3))
        for key in (*_FREQUENCIES, "q6", "q7", *_DAYTIME)
    }
    minutes = reading.number("q2", given.get("q2"), MINUTES_TO_SLEEP)
    hours = reading.number("q4", given.get("q4"), HOURS_ASLEEP)
    in_bed = _hours_in_bed(reading, given.get("q1"), given.get("q3"))
    if hours is not None and in_bed is not None and hours[0] > in_bed:
        reading.wrong("q4", message("answers.more-sleep-than-bed", hours=f"{hours[0]:g}", bed=f"{in_bed:g}"))
        in_bed = None
    return {
        "quality": scored["q6"],
        "latency": _banded([_of_minutes(minutes), scored["q5a"]], (1, 3, 5)),
        "duration": None if hours is None else (_of_hours(hours[1]), _of_hours(hours[0])),
        "efficiency": _efficiency(hours, in_bed),
        "disturbances": _banded([scored[key] for key in _FREQUENCIES[1:]], (1, 10, 19)),
        "medication": scored["q7"],
        "daytime": _banded([scored[key] for key in _DAYTIME], (1, 3, 5)),
    }


def _banded(parts: list[Span | None], edges: tuple[int, int, int]) -> Span | None:
    """The 0 to 3 of a sum of answers of 0 to 3; None where no answer is known."""
    if all(part is None for part in parts):
        return None
    ends = [sum((part or _UNKNOWN)[end] for part in parts) for end in (0, 1)]
    low, high = (float(sum(end >= edge for edge in edges)) for end in ends)
    return low, high


def _of_minutes(minutes: Span | None) -> Span | None:
    if minutes is None:
        return None
    low, high = (float(sum(end > edge for edge in (15, 30, 60))) for end in minutes)
    return low, high


def _of_hours(hours: float) -> float:
    return float(sum(hours < edge for edge in (7, 6, 5)))


def _efficiency(hours: Span | None, in_bed: float | None) -> Span | None:
    if hours is None or in_bed is None:
        return None
    shares = [round(100 * end / in_bed, 9) for end in reversed(hours)]
    low, high = (float(sum(share < edge for edge in (85, 75, 65))) for share in shares)
    return low, high


def _hours_in_bed(reading: InputReader, bed: object, rise: object) -> float | None:
    """The hours from going to bed to getting up, over midnight; None where one of them is unknown."""
    read = [_minute_of_day(reading, key, value) for key, value in (("q1", bed), ("q3", rise))]
    if read[0] is None or read[1] is None:
        return None
    if read[0] == read[1]:
        reading.wrong("q3", message("answers.up-at-bedtime"))
        return None
    return ((read[1] - read[0]) % 1440) / 60


def _minute_of_day(reading: InputReader, key: str, value: object) -> int | None:
    if value is None:
        return None
    hour, colon, minute = value.partition(":") if isinstance(value, str) else ("", "", "")
    digits = all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hour, minute))
    if not colon or not digits or int(hour) > 23 or int(minute) > 59:
        reading.wrong(key, message("answers.not-a-clock-time", text=shown_value(value)))
        return None
    return int(hour) * 60 + int(minute)
