"""Turning loose JSON into typed values while collecting every problem, each with place and remedy.

Nothing is clipped and nothing guessed: what cannot be right becomes a problem, and null stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from assuage.catalogue.message import Message
from assuage.errors import Problem, Problems, unknown_word
from assuage.instruments.model import Item

Span = tuple[float, float]


class InputReader:
    """A document being read, with the problems found so far."""

    def __init__(self, place: str = "") -> None:
        self.problems: list[Problem] = []
        self._root = place

    def wrong(self, place: str, text: Message | str) -> None:
        """Add a problem."""
        where = f"{self._root}.{place}" if self._root and place else self._root or place
        self.problems.append(Problem(where.replace(".[", "["), text))

    def finish(self, document: str) -> None:
        """Raise all problems together, if there are any."""
        if self.problems:
            raise Problems(document, self.problems, "not scored")

    def mapping(self, place: str, value: object, remedy: str) -> dict[str, object] | None:
        """The value as a mapping with text keys; None (and a problem) if it is none."""
        if not isinstance(value, Mapping):
            self.wrong(place, f"{shown_value(value)} is not an object; {remedy}")
            return None
        return {str(key): held for key, held in cast("Mapping[object, object]", value).items()}

    def number(self, place: str, value: object, item: Item) -> Span | None:
        """The number, as a span of one, or a range `{low, high}`; None for null and for what is wrong."""
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._range(place, cast("Mapping[object, object]", value), item)
        number = self._one(place, value, item)
        return None if number is None else (number, number)

    def _range(self, place: str, value: Mapping[object, object], item: Item) -> Span | None:
        if set(value) != {"low", "high"}:
            self.wrong(place, "write a number, null, or a range as {low: …, high: …}")
            return None
        low, high = (self._one(f"{place}.{end}", value[end], item) for end in ("low", "high"))
        if low is None or high is None:
            return None
        if low > high:
            self.wrong(place, f"low {low:g} is above high {high:g}; write the smaller number as low")
            return None
        return low, high

    def _one(self, place: str, value: object, item: Item) -> float | None:
        scored = f"{item.name} {item.verb} {_allowed(item)}"
        # 0/1 questions are also answered true and false; elsewhere a truth value is a slip.
        if isinstance(value, bool) and (item.low, item.high, item.values) == (0, 1, ()):
            return float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(place, f"{shown_value(value)} is not a number; {scored}, or null if unknown")
            return None
        if isinstance(value, float) and not math.isfinite(value):
            self.wrong(place, f"{value} is not a number; {scored}, or null if unknown")
            return None
        if value < item.low or value > item.high or (item.values and value not in item.values):
            self.wrong(place, f"{scored}, so {shown_value(value)} cannot be right")
            return None
        if item.whole and value != int(value):
            self.wrong(place, f"{scored} in whole numbers, so {shown_value(value)} cannot be right")
            return None
        return float(value)

    def flag(self, place: str, value: object) -> bool | None:
        """A yes or no; None for null and for what is wrong."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float) and value in (0, 1):
            return bool(value)
        self.wrong(
            place, f"{shown_value(value)} is neither true nor false; write true, false, or null if unknown"
        )
        return None

    def either(self, name: str, given: bool | None, parts: Mapping[str, bool | None]) -> None:
        """Note where "one or the other", given as a whole, contradicts its parts."""
        known = [value for value in parts.values() if value is not None]
        if given is None or not known:
            return
        if (given is False and any(known)) or (given is True and len(known) == len(parts) and not any(known)):
            self.wrong(name, f"contradicts {' and '.join(parts)}; write the whole or its parts")

    def unknown_keys(self, place: str, given: Iterable[str], allowed: Iterable[str], what: str) -> None:
        """A problem for each key that is not allowed, with the nearest allowed one."""
        words = set(allowed)
        for key in given:
            if key not in words:
                self.wrong(f"{place}.{key}" if place else key, unknown_word(shown_word(key), words, what))


def shown_value(value: object) -> str:
    """The value as a message shows it: short, and never a failure of its own."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    try:
        text = f'"{value}"' if isinstance(value, str) else f"{value}"
    except ValueError:  # Python refuses to print whole numbers beyond some thousand digits
        return "a number that long"
    return text if len(text) <= 40 else f"{text[:37]}…"


def shown_word(word: str) -> str:
    """The word as a message shows it."""
    return word if len(word) <= 40 else f"{word[:39]}…"


def _allowed(item: Item) -> str:
    if item.values:
        words = [f"{number:g}" for number in item.values]
        return f"{', '.join(words[:-1])} or {words[-1]}"
    return f"{item.low:g} to {item.high:g}"
