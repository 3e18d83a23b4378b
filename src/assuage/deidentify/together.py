"""What only several words together name, each of every day: a care home; and what people call somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assuage.deidentify import words

Span = tuple[int, int]
# What people call somebody, in words of every day: `known as the cat lady`.
_CALLED = re.compile(
    r"\b(?:call(?:s|ed)? (?:her|him|me|them)|known (?:to \w+ |in the \w+ |locally )?(?:only |simply |just )?as|"
    r"nicknamed?:?|goes by|nenn(?:t|en) (?:sie|ihn|mich)|(?:wird|allen?) (?:\w+ )?genannt|spitzname:?|"
    r"vadina(?:mas?)? (?:ja|ji|mane)|(?:ja|ji|mane) (?:visi )?vadina|visi vadina|pravarde:?)\s",
    re.IGNORECASE,
)


def joined_spans(plain: str, start: int, end: int) -> Iterator[Span]:
    """Where several words together name a place, an event or a trade, in a stretch of a text of plain letters."""
    for match in _together().finditer(plain, start, end):
        yield match.span()


def after_calling(plain: str, start: int, end: int) -> Iterator[int]:
    """Where what people call somebody begins, in a stretch of a text of plain letters."""
    for match in _CALLED.finditer(plain, start, end):
        yield match.end()


@cache
def _together() -> re.Pattern[str]:
    forms = (
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in line.split())
        for line in words.plain_lines("together")
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", re.IGNORECASE)
