"""Criteria and gates as read on a day: each part, its value, and what is needed, as messages."""

from __future__ import annotations

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.trace import Part
from assuage.measures.nodes import (
    AllOf,
    AnyOf,
    AnyTest,
    Assumed,
    NoneOf,
    SymptomIs,
)
from assuage.words.measures import measured_message


def part_message(part: Part) -> Message | AnyTest:
    """What a part says: a heading where it has parts of its own, else the test."""
    match part.test:
        case NoneOf((SymptomIs(how="present"),)):
            return part.test
        case AllOf():
            return message("part.all-of")
        case AnyOf():
            return message("part.any-of")
        case NoneOf():
            return message("part.none-of")
        case Assumed(_, value, because):
            return message("part.assumed", value=value, because=Wording("assumed.because", because))
        case _:
            return part.test


def value_message(part: Part) -> Message | None:
    """`5`, `4 to 5`, `at least 1`, with its unit; None for a part without a number."""
    if part.value is None or part.measure is None:
        return None
    return measured_message(part.measure, part.value)
