"""What is too long to be looked up: a page pasted where words belong is kept, shown as unread, and asked about.

Every rule tries its patterns on such words, so that a page takes seconds and a book stops a review. The record keeps
what was written; what is read in its place is of no rule, and severe for all anybody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeVar, cast, get_type_hints

from msgspec.structs import fields, replace

from assuage.record.entry import Entry

LONGEST = 2_000  # letters; a finding with its result in words has some hundred (ours)
TOO_LONG = "too long to be read"
# Texts that no rule looks up: what a person explains, names of entries and of people, moments.
_NOT_LOOKED_UP = frozenset(
    {"note", "because", "text", "id", "author", "about", "replaces", "of", "time", "entered"}
)
E = TypeVar("E", bound=Entry)


def as_read(entry: E) -> E:
    """The entry as rules read it: words that are too long stand for what nobody has read."""
    long = dict(_unread(entry))
    return replace(entry, **long) if long else entry


def _unread(entry: Entry) -> Iterator[tuple[str, object]]:
    for name in _looked_up(type(entry)):
        words = getattr(entry, name)
        if isinstance(words, str) and len(words) > LONGEST:
            yield name, _in_its_place(words)
        elif isinstance(words, tuple):
            each = cast("tuple[object, ...]", words)
            if any(isinstance(word, str) and len(word) > LONGEST for word in each):
                yield (
                    name,
                    tuple(
                        _in_its_place(word) if isinstance(word, str) and len(word) > LONGEST else word
                        for word in each
                    ),
                )


def _in_its_place(words: str) -> str:
    return f"{TOO_LONG}: {len(words)} letters"


@cache
def _looked_up(kind: type[Entry]) -> tuple[str, ...]:
    """The attributes of a kind that are words, or several."""
    hints = get_type_hints(kind)
    texts = (str, str | None, tuple[str, ...], tuple[str, ...] | None)
    return tuple(
        each.name for each in fields(kind) if each.name not in _NOT_LOOKED_UP and hints[each.name] in texts
    )
