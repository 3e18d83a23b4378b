"""What a gate would say if a question were answered: each question tried with both of its answers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from assuage.engine.trace import GateReading, read_gate
from assuage.record.timeline import Timeline
from assuage.review.first_questions import FirstQuestion, answering_entries, first_questions
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


def what_if(review: Review, gate: GateState) -> tuple[SupposedAnswers, ...]:
    """The questions of the day whose answer changes what is known of a gate; none where no single answer does.

    The patient stays in the phase they are in: what is tried is the answer, not a move.
    """
    return tuple(_tried(review, gate))


def _tried(review: Review, gate: GateState) -> Iterator[SupposedAnswers]:
    walked = review.walk
    if walked is None:
        return
    until_today = Timeline(review.timeline.record, review.on)
    for question in first_questions(review):
        readings: list[GateReading] = []
        for good in (True, False):
            entries = answering_entries(question.kind, question.what, review.on, good=good)
            longer = until_today.with_entries(entries)
            readings.append(read_gate(replace(walked, timeline=longer).view(review.on), gate.reading.gate))
        if any(_answers(each) != _answers(gate.reading) for each in readings):
            yield SupposedAnswers(question, *readings)


def _answers(reading: GateReading) -> tuple[object, ...]:
    return (*(each.answer for each in reading.criteria), bool(reading.shut_by))
