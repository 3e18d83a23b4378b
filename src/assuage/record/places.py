"""Plain values of a document, where each of them stands, and how large a document may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import Problem
from assuage.patterns import kept_pattern

# All three bounds are ours: far above any real record, far below what hurts.
MOST_BYTES = 5_000_000
DEEPEST = 64
MOST_VALUES = 1_000_000

TOO_DEEP = message("document.too-deep", levels=DEEPEST)

# The place of what is wrong with the document as a whole.
WHOLE = "the document"

_STEP = kept_pattern(r"\[(\d+)\]|\.?([^.\[\]]+)")


class Lines:
    """The line of every place of a document, looked up only when something is wrong there."""

    def __init__(self, root: object, lines: Mapping[int, Mapping[str | int, int]]) -> None:
        self._root = root
        self._lines = lines

    def of(self, place: str) -> int | None:
        """The line of `entries[14].value`, or of the nearest place around it; None for an unknown one."""
        here, line = self._root, None
        for index, key in _STEP.findall(place):
            inner = self._lines.get(id(here))
            step: str | int = int(index) if index else key
            if inner is None or step not in inner:
                break
            line = inner[step]
            here = cast("Any", here)[step]
        return line


NO_LINES = Lines(None, {})


class Document(Struct, frozen=True):
    """Plain values, where they stand, and what was wrong on the way (a key given twice, an unknown tag)."""

    name: str
    value: object
    lines: Lines
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def whole_characters(text: str) -> bool:
    """Whether the text is made of whole characters: none is half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
