"""How long something lasted, as people and watches write it: `7h 21min`, `45 min`, `7:30`."""

from __future__ import annotations

import re

_IN_WORDS = re.compile(
    r"(?:(\d{1,3})\s*h(?:rs?|ours?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:ute)?s?)?)?", re.IGNORECASE | re.ASCII
)
_AS_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_MINUTES_IN = {"min": 1, "h": 60}


def minutes_of(text: str) -> int | None:
    """The minutes of `7h 21min`, `5h 30m` or `45 min`; None for anything else."""
    match = _IN_WORDS.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def length_of_time(text: str, unit: str | None) -> float | int | None:
    """How long a cell says that something lasted, in hours or minutes; None for other units and other cells.

    In a column of hours or minutes `7:30` is seven hours and a half, and no time of day.
    """
    if unit not in _MINUTES_IN:
        return None
    minutes: float | None = minutes_of(text)
    if minutes is None and (match := _AS_CLOCK.fullmatch(text)) is not None:
        minutes = int(match[1]) * 60 + int(match[2]) + int(match[3] or 0) / 60
    if minutes is None:
        return None
    length = minutes / _MINUTES_IN[unit]
    return int(length) if length.is_integer() else length
