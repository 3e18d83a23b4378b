"""The values of de-identification: classes of identifiers, what was found, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

# 45 CFR 164.514(b)(2)(i), the eighteen classes of Safe Harbor, in the order and with the letters of the rule.
CLASSES: dict[str, str] = {
    "A": "names",
    "B": "places smaller than a state, with postcodes",
    "C": "parts of dates except the year; ages over 89",
    "D": "telephone numbers",
    "E": "fax numbers",
    "F": "e-mail addresses",
    "G": "social security and personal code numbers",
    "H": "medical record numbers",
    "I": "health plan numbers",
    "J": "account numbers",
    "K": "certificate and licence numbers",
    "L": "vehicle identifiers and plates",
    "M": "device identifiers and serial numbers",
    "N": "web addresses",
    "O": "internet (IP) addresses",
    "P": "biometric identifiers",
    "Q": "photographs of the face and the like",
    "R": "any other unique number, characteristic or code",
}

# What takes the place of hidden words, as every rule writes it: `[name]`, `[record number]`.
HIDDEN_WORDS = r"\[[a-zA-Z -]{3,24}\]"


@dataclass(frozen=True)
class Rule:
    """A way in which an identifier is recognised: its class, and what is written in its place."""

    id: str
    letter: str
    title: str
    becomes: str


@dataclass(frozen=True)
class Recognised:
    """A stretch of a text that a rule recognised, and what takes its place."""

    start: int
    end: int
    rule: Rule
    becomes: str


@dataclass(frozen=True)
class Change:
    """One change: the place in the document, what stood there, what stands there now, by which rule."""

    place: str
    before: str
    after: str
    rule: Rule


@dataclass(frozen=True)
class Unjudged:
    """A word no rule knows and a person must judge: it may be a name."""

    place: str
    word: str
    around: str


@dataclass(frozen=True)
class Policy:
    """What whoever releases the document decided: words to keep, words to hide, how ages and old days are written.

    `hints` are what the document is called, such as the name of its file: a name in it is looked for in the texts.
    """

    keep: frozenset[str] = frozenset()
    hide: tuple[str, ...] = ()
    age_bands: bool = False
    patient: str = "case"
    hints: tuple[str, ...] = ()
