"""What is too long to be looked up: a page pasted where words belong is kept, shown as unread, and asked about.

Every rule tries its patterns on such words, so that a page takes seconds and a book stops a review. The record keeps
what was written; what is read in its place is of no rule, and severe for all anybody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import TypeVar, get_type_hints

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
    for words in _words_of(type(entry))(entry):
        if words and _is_long(words):
            return replace(entry, **dict(_unread(entry)))
    return entry


def _is_long(words: str | tuple[str, ...]) -> bool:
    """Whether a text is too long to be read, or one of several."""
    return len(words) > LONGEST if isinstance(words, str) else any(len(word) > LONGEST for word in words)


def _unread(entry: Entry) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for name in _looked_up(type(entry)):
        words: str | tuple[str, ...] | None = getattr(entry, name)
        if words and _is_long(words):
            yield name, _in_its_place(words) if isinstance(words, str) else tuple(map(_in_its_place, words))


def _in_its_place(words: str) -> str:
    return f"{TOO_LONG}: {len(words)} letters" if len(words) > LONGEST else words


@cache
def _words_of(kind: type[Entry]) -> Callable[[object], tuple[str | tuple[str, ...] | None, ...]]:
    """What gives the words of an entry of a kind, all at once: this is asked of every entry of a record."""
    names = _looked_up(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda entry: tuple(getattr(entry, name) for name in names)


@cache
def _looked_up(kind: type[Entry]) -> tuple[str, ...]:
    """The attributes of a kind that are words, or several."""
    hints = get_type_hints(kind)
    texts = (str, str | None, tuple[str, ...], tuple[str, ...] | None)
    return tuple(
        each.name for each in fields(kind) if each.name not in _NOT_LOOKED_UP and hints[each.name] in texts
    )
