"""The lines and sections of a card, and those that more than one reader has: where the patient is, the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.review.model import Review
from assuage.review.techniques import Signal
from assuage.words.visits import (
    gate_message,
    where_message,
)

LineKind = Literal["line", "stop", Signal]


class CardLine(Struct, frozen=True):
    """A line of a card: what it says, what of the review it rests on, and how it is set."""

    says: Message
    rests_on: tuple[object, ...]
    kind: LineKind = "line"


class CardSection(Struct, frozen=True):
    """The lines under one heading; `title` is the id of its sentence."""

    id: str
    title: Message
    lines: tuple[CardLine, ...]


Lines = Iterable[CardLine]


def where_lines(review: Review) -> Iterator[CardLine]:
    """Where the patient is on the pathway; that there is none, or that they are outside of it."""
    stay = review.current
    if review.pathway is None:
        yield CardLine(message("where.no-pathway"), (review,))
    elif stay is None:
        yield CardLine(message("where.outside"), (review,))
    else:
        yield CardLine(where_message(review, stay), (stay,))


def gate_lines(review: Review) -> Iterator[CardLine]:
    """What the gate on waits for; nothing where none leads on."""
    gate = gate_message(review)
    if gate is not None:
        yield CardLine(gate, tuple(each for each in review.gates if each.leads == "on"))
