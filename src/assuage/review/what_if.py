"""What a gate would say if a question were answered: each question tried with both of its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from assuage.engine.trace import GateReading, read_gate
from assuage.review.first_questions import (
    FirstQuestion,
    answering_entries,
    first_questions,
    laid_out_until,
)
from assuage.review.model import GateState, Review


class SupposedAnswers(Struct, frozen=True):
    """A question that moves a gate, and the gate after its reassuring and after its alarming answer."""

    question: FirstQuestion
    reassuring: GateReading
    alarming: GateReading

    @property
    def left_if_reassuring(self) -> int:
        """How many criteria would still not be met, or not be known."""
        return len(self.reassuring.unknown) + len(self.reassuring.not_met)


def what_if(
    review: Review, gate: GateState, questions: Sequence[FirstQuestion] | None = None
) -> tuple[SupposedAnswers, ...]:
    """The questions of the day whose answer changes what is known of a gate; none where no single answer does.

    The patient stays in the phase they are in: what is tried is the answer, not a move. `questions` are those of the
    day, where somebody has worked them out already.
    """
    return tuple(_tried(review, gate, first_questions(review) if questions is None else questions))


def _tried(review: Review, gate: GateState, questions: Sequence[FirstQuestion]) -> Iterator[SupposedAnswers]:
    walked = review.walk
    if walked is None:
        return
    until_today = laid_out_until(review.timeline, review.on)
    for question in questions:
        readings: list[GateReading] = []
        for good in (True, False):
            entries = answering_entries(question.kind, question.what, review.on, good=good)
            longer = until_today.with_entries(entries)
            readings.append(read_gate(replace(walked, timeline=longer).view(review.on), gate.reading.gate))
        if any(_answers(each) != _answers(gate.reading) for each in readings):
            yield SupposedAnswers(question, *readings)


def _answers(reading: GateReading) -> tuple[object, ...]:
    return (*(each.answer for each in reading.criteria), bool(reading.shut_by))
