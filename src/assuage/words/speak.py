"""The catalogue of a language and a reader, which knows how every value of the domain is written."""

from __future__ import annotations

from enum import Enum
from functools import cache

from assuage.catalogue.languages import LANGUAGES, READERS
from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.errors import InputError, unknown_word
from assuage.words import actions, alerts, evidence, measures, reviews


@cache
def catalogue(language: str = "en", reader: str = "clinician") -> Catalogue:
    """The catalogue of that language (`en`, `lt`) and reader (`clinician`, `patient`). InputError for any other."""
    if language not in LANGUAGES:
        raise InputError(unknown_word(language, LANGUAGES, message("word.language")))
    if reader not in READERS:
        raise InputError(unknown_word(reader, READERS, message("word.reader")))
    return Catalogue(language, reader, render)


def render(speaking: Catalogue, value: object) -> Sentence | Message | Wording | str | None:
    """How a value of the domain is written: the message it is; None for one that nobody knows."""
    understood: Sentence | Message | Wording | None = alerts.in_words(speaking, value)
    for room in (measures, actions, evidence, reviews):
        understood = understood or room.message_of(value)
    if understood is None and isinstance(value, Enum):
        return Message(f"{type(value).__name__.lower()}.{value.value}".replace(" ", "-"))
    return understood


ENGLISH = catalogue()
_UNCHECKED = Message("translation.unchecked")


def translation_note(speaking: Catalogue) -> Sentence | None:
    """That nobody has checked this language as a whole; None once somebody has, and in the original."""
    return None if speaking.checked(_UNCHECKED.id) else speaking.say(_UNCHECKED)


def said_in(speaking: Catalogue) -> dict[str, object]:
    """What JSON says of its texts: language, reader, and whether somebody has checked the language as a whole."""
    return {
        "language": speaking.language,
        "reader": speaking.reader,
        "translation_checked": speaking.checked(_UNCHECKED.id),
    }


def describe(value: object, speaking: Catalogue = ENGLISH) -> Sentence:
    """A value in plain words: a question, a window, an action, a dose, a fact, a message, or a tuple of these.

    Raises UnknownMessage for a value that is nothing anybody would be told.
    """
    return speaking.value(value)
