"""Lithuanian words in all their forms: a word is known when a stem of the list gives it by the endings of its class.

The list and the endings are those of the spelling dictionary of Albertas Agejevas (see SOURCES.md), compared without
marks, as most people type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from assuage.deidentify.letters import plain_letters
from assuage.deidentify.words.packed import packed

# The classes of nouns in the dictionary: most, those that end in -is of two kinds, those in -uo; and of adjectives.
_NOUN, _ADJECTIVE = frozenset("DIKMV"), "B"


@dataclass(frozen=True)
class Ending:
    """One rule of a class: what a form ends with, what its stem ends with instead, and which stems it may join."""

    flag: str
    becomes: str
    stem_end: str
    stems: re.Pattern[str]


def is_lithuanian(word: str) -> bool:
    """Whether a word, in lower case without marks, is a form of a Lithuanian word; prefixes of verbs taken off."""
    if _is_form(word, ""):
        return True
    return any(
        word.startswith(prefix) and len(word) - len(prefix) >= 3 and _is_form(word[len(prefix) :], flags)
        for prefix, flags in _prefixes().items()
    )


def stems(word: str) -> frozenset[tuple[str, bool]]:
    """Every stem a form may come from, and whether it is a noun's; prefixes of verbs taken off."""
    shorter = (
        (word[len(prefix) :], flags)
        for prefix, flags in _prefixes().items()
        if word.startswith(prefix) and len(word) - len(prefix) >= 3
    )
    return frozenset(
        (stem, not _NOUN.isdisjoint(flags))
        for form, prefix_flags in ((word, ""), *shorter)
        for stem, needed in _stems_of(form)
        for flags in _stems().get(stem, ())
        if (not needed or needed in flags)
        and (not prefix_flags or any(flag in flags for flag in prefix_flags))
    )


def is_adjective(word: str) -> bool:
    """Whether a word, in lower case without marks, may be the form of an adjective."""
    return any(
        _ADJECTIVE in flags and (not needed or needed in flags)
        for stem, needed in _stems_of(word)
        for flags in _stems().get(stem, ())
    )


def _is_form(word: str, prefix_flags: str) -> bool:
    """Whether a stem of the list gives the word; of the prefix's classes where there was a prefix."""
    return any(
        not prefix_flags or any(flag in flags for flag in prefix_flags)
        for stem, needed in _stems_of(word)
        for flags in _stems().get(stem, ())
        if needed in flags or not needed
    )


def _stems_of(word: str) -> Iterator[tuple[str, str]]:
    """Every stem a word may come from, with the class it must be of; the word itself needs none."""
    yield word, ""
    for length in range(min(len(word) - 1, 12)):
        for ending in _endings().get(word[len(word) - length :] if length else "", ()):
            stem = word[: len(word) - length] + ending.stem_end
            if ending.stems.search(stem):
                yield stem, ending.flag


@cache
def _stems() -> Mapping[str, tuple[str, ...]]:
    stems: dict[str, tuple[str, ...]] = {}
    for line in packed("lithuanian"):
        stem, _, flags = line.partition("/")
        plain = plain_letters(stem).lower()
        stems[plain] = (*stems.get(plain, ()), flags)
    return MappingProxyType(stems)


@cache
def _endings() -> Mapping[str, tuple[Ending, ...]]:
    endings: dict[str, tuple[Ending, ...]] = {}
    for line in packed("lithuanian_endings"):
        kind, flag, strip, add, condition = line.split()[:5]
        if kind == "SFX":
            becomes, stem_end = (
                plain_letters("" if each == "0" else each) for each in (add.split("/")[0], strip)
            )
            rule = Ending(flag, becomes, stem_end, re.compile(plain_letters(condition) + "$"))
            endings[becomes] = (*endings.get(becomes, ()), rule)
    return MappingProxyType(endings)


@cache
def _prefixes() -> Mapping[str, str]:
    prefixes: dict[str, str] = {}
    for line in packed("lithuanian_endings"):
        kind, flag, _strip, add = line.split()[:4]
        if kind == "PFX":
            plain = plain_letters(add.split("/")[0])
            prefixes[plain] = prefixes.get(plain, "") + flag
    return MappingProxyType(prefixes)
