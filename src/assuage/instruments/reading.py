"""Turning loose JSON into typed values while collecting every problem, each with place and remedy.

Nothing is clipped and nothing guessed: what cannot be right becomes a problem, and null stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from assuage.catalogue.message import Message, Wording, message
from assuage.errors import Problem, Problems, unknown_word
from assuage.instruments.model import Item
from assuage.instruments.texts import name_wording

Span = tuple[float, float]
_Called = Message | Wording | None


class InputReader:
    """A document being read, with the problems found so far."""

    def __init__(self, place: str = "") -> None:
        self.problems: list[Problem] = []
        self._root = place

    def wrong(self, place: str, text: Message) -> None:
        """Add a problem."""
        where = f"{self._root}.{place}" if self._root and place else self._root or place
        self.problems.append(Problem(where.replace(".[", "["), text))

    def finish(self, document: str) -> None:
        """Raise all problems together, if there are any."""
        if self.problems:
            raise Problems(document, self.problems, message("problems.not-scored"))

    def mapping(self, place: str, value: object, shape: str | Message) -> dict[str, object] | None:
        """The value as a mapping with text keys; None (and a problem, which says the shape to write) if it is none."""
        if not isinstance(value, Mapping):
            self.wrong(place, message("answers.not-an-object", value=shown_value(value), shape=shape))
            return None
        return {str(key): held for key, held in cast("Mapping[object, object]", value).items()}

    def number(self, place: str, value: object, item: Item, called: _Called = None) -> Span | None:
        """The number, as a span of one, or a range `{low, high}`; None for null and for what is wrong.

        `called` is how a problem names the item, where that is not its own name.
        """
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._range(place, cast("Mapping[object, object]", value), item, called)
        number = self._one(place, value, item, called)
        return None if number is None else (number, number)

    def _range(self, place: str, value: Mapping[object, object], item: Item, called: _Called) -> Span | None:
        if set(value) != {"low", "high"}:
            self.wrong(place, message("answers.no-range"))
            return None
        low, high = (self._one(f"{place}.{end}", value[end], item, called) for end in ("low", "high"))
        if low is None or high is None:
            return None
        if low > high:
            self.wrong(place, message("answers.low-above-high", low=low, high=high))
            return None
        return low, high

    def _one(self, place: str, value: object, item: Item, called: _Called) -> float | None:
        # 0/1 questions are also answered true and false; elsewhere a truth value is a slip.
        if isinstance(value, bool) and (item.low, item.high, item.values) == (0, 1, ()):
            return float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(
                place, message("answers.not-a-number", value=shown_value(value), scored=_scored(item, called))
            )
            return None
        if isinstance(value, float) and not math.isfinite(value):
            self.wrong(place, message("answers.not-a-number", value=f"{value}", scored=_scored(item, called)))
            return None
        if value < item.low or value > item.high or (item.values and value not in item.values):
            self.wrong(
                place, message("answers.off-range", value=shown_value(value), scored=_scored(item, called))
            )
            return None
        if item.whole and value != int(value):
            self.wrong(
                place, message("answers.not-whole", value=shown_value(value), scored=_scored(item, called))
            )
            return None
        return float(value)

    def flag(self, place: str, value: object) -> bool | None:
        """A yes or no; None for null and for what is wrong."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float) and value in (0, 1):
            return bool(value)
        self.wrong(place, message("answers.no-flag", value=shown_value(value)))
        return None

    def either(self, name: str, given: bool | None, parts: Mapping[str, bool | None]) -> None:
        """Note where "one or the other", given as a whole, contradicts its parts."""
        known = [value for value in parts.values() if value is not None]
        if given is None or not known:
            return
        if (given is False and any(known)) or (given is True and len(known) == len(parts) and not any(known)):
            self.wrong(name, message("answers.contradicts-parts", parts=tuple(parts)))

    def unknown_keys(self, place: str, given: Iterable[str], allowed: Iterable[str], what: Message) -> None:
        """A problem for each key that is not allowed, with the nearest allowed one."""
        words = set(allowed)
        for key in given:
            if key not in words:
                self.wrong(f"{place}.{key}" if place else key, unknown_word(shown_word(key), words, what))


def shown_value(value: object) -> str | Message:
    """The value as a message shows it: short, and never a failure of its own."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return message("value.map")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return message("value.list")
    try:
        text = f'"{value}"' if isinstance(value, str) else f"{value}"
    except ValueError:  # Python refuses to print whole numbers beyond some thousand digits
        return message("value.number-that-long")
    return text if len(text) <= 40 else f"{text[:37]}…"


def shown_word(word: str) -> str:
    """The word as a message shows it."""
    return word if len(word) <= 40 else f"{word[:39]}…"


def _scored(item: Item, called: _Called) -> Message:
    """What the numbers of an item are; made only where one of them is wrong, for every answer is read here."""
    called_here = called or name_wording(item)
    verb = True if item.verb == "is scored" else None
    if item.values:
        return message("answers.one-of", item=called_here, scored=verb, values=item.values)
    return message("answers.from-to", item=called_here, scored=verb, low=item.low, high=item.high)
