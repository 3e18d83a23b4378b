"""Alerts as they are said, and the numbers in them. A STOP in another language has its English beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue, Term
from assuage.catalogue.sentence import Sentence
from assuage.safety.alerts import Alert
from assuage.safety.amounts import shown_amount


def in_words(speaking: Catalogue, value: object) -> Sentence | None:
    """What an alert says, and an exact amount as people write it; None for anything else."""
    match value:
        case Alert():
            return alert_text(speaking, value)
        case Fraction():
            return Sentence.of(speaking.number(float(shown_amount(value)), exact=True), speaking.language)
        case _:
            return None


def alert_text(speaking: Catalogue, alert: Alert) -> Sentence:
    """What the alert says; a STOP with its English beside it until everything in it was signed in this language."""
    return _said(speaking, alert, alert.text)


def alert_action(speaking: Catalogue, alert: Alert) -> Sentence | None:
    """What is to be done, in the same way; None where nothing is."""
    return None if alert.action is None else _said(speaking, alert, alert.action)


def _said(speaking: Catalogue, alert: Alert, value: Message | Wording) -> Sentence:
    text = speaking.value(value)
    if alert.tier != "stop" or signed(speaking, value):
        return text
    english = Catalogue(ORIGINAL, speaking.reader, speaking.render).value(value)
    if text == english:
        return text
    return speaking.say(message("alert.beside-english", text=text, english=english))


def signed(speaking: Catalogue, value: object) -> bool:
    """Whether a named person has checked every sentence and every text of a table that saying this value takes.

    English is the original and needs no signature; numbers and what a person wrote are in no catalogue.
    """
    return all(speaking.checked(entry) for entry in _entries(speaking, value))


def _entries(speaking: Catalogue, value: object) -> Iterator[str | Wording]:
    """All entries that saying a value takes: the ids of sentences, and the texts of tables."""
    match value:
        case Message(id, values):
            yield id
            for _, inner in values:
                yield from _entries(speaking, inner)
        case Wording():
            yield value
        case Term():
            yield value.wording
        case tuple() | list():
            for inner in cast("tuple[object, ...]", value):
                yield from _entries(speaking, inner)
        case str() | int() | float() | None:
            pass
        case _:
            rendered = None if speaking.render is None else speaking.render(speaking, value)
            if rendered is not None:
                yield from _entries(speaking, rendered)
