"""Every error the product raises on purpose.

    AssuageError
    ├── DefinitionError      a measure, test, pathway or instrument that can never mean anything
    ├── InputError           something asked for that does not exist or cannot be read as asked
    └── Problems             a document that cannot be used: all its problems, each with place and remedy

A message says what is wrong, where, and what to write instead, in the reader's words. Values of a
patient appear only in `Problems`, which is shown to the person who holds the document and never logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class AssuageError(Exception):
    """Anything the product refuses on purpose; the message is meant to be read by its user."""


class DefinitionError(AssuageError, ValueError):
    """A definition that can never mean anything. Raised when it is written, not when it is used."""


class InputError(AssuageError, ValueError):
    """Something asked for that does not exist, or a file that cannot be read as asked."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a document: the place, what is wrong and what to do about it."""

    place: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.place if self.line is None else f"{self.place} (line {self.line})"
        return f"{where}: {self.text}" if where else self.text


class Problems(AssuageError):
    """A document that cannot be used, with all its problems."""

    def __init__(self, document: str, problems: Sequence[Problem], consequence: str = "not used") -> None:
        self.document = document
        self.problems = tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = [f"{document}: {count}, {consequence}", *(f"  {problem}" for problem in problems)]
        super().__init__("\n".join(lines))


def nearest(word: str, known: Iterable[str], what: str) -> str:
    """The remedy for an unknown word: the nearest known one, or the whole list when it is short."""
    words = sorted(set(known))
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return f'unknown {what} "{word}"; did you mean "{close[0]}"?'
    if len(words) <= 12:
        return f'unknown {what} "{word}"; known: {", ".join(words)}'
    return f'unknown {what} "{word}"'
