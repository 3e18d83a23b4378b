"""Both engines behind one door, so that every specification is put to each.

`OnePatient` is the reference engine. `ManyPatients` (`tests.spec.many_patients`) is the cohort engine: the record goes
through a table and a file as every cohort does, and the kernels are asked. What they leave to the fallback they would
hand to the reference engine; a specification for which they do so is named in `FALLBACK`, with the reason.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from assuage.engine.reference import View
from assuage.engine.walk import walk
from assuage.errors import Problems
from assuage.measures.nodes import Measure
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from assuage.review.make import review

UNKNOWN = None
Stay = tuple[str, int, str]

# Specifications whose records the kernels leave to the reference engine, and why.
FALLBACK: dict[str, str] = {
    "test_what_is_known_to_have_been_said_before_the_exposure_is_no_answer_to_it": (
        "a block keeps one value a day, and not the minute at which it was said"
    ),
    "test_where_a_decision_leads_from_is_where_gates_and_decisions_have_led": (
        "whether a decision can be followed hangs on where gates have led before it"
    ),
    "test_a_decision_the_pathway_cannot_follow_is_a_problem_with_its_place": "the reference engine says what is wrong",
    "test_all_impossible_decisions_are_reported_together": "the reference engine says what is wrong",
}


class InForce(NamedTuple):
    """The first restriction of a pathway on a day: whether it is in force, and day and sureness of its breaches."""

    in_force: bool
    breaches: list[tuple[int, bool]]


class Refusal(NamedTuple):
    """What is wrong with a decision, and the day of the entry that is named."""

    day: int | None
    text: str


class SpecifiedEngine(Protocol):
    """What a specification may ask of either engine; `fell_back` is whether another had to answer for it."""

    fell_back: bool

    def says(
        self, record: Record, asked: Any, on_day: int, *, entered: int | None = 0, started: int = 0
    ) -> object:
        """What a measure or a test is at the end of a day: a number, a pair of ends, a word, or UNKNOWN."""
        ...

    def stays(self, pathway: Pathway, record: Record, until: int) -> list[Stay]:
        """Phase, day of entry, and what moved the patient."""
        ...

    def refuses(self, pathway: Pathway, record: Record, until: int) -> list[Refusal]:
        """What is wrong with the decisions of a record."""
        ...

    def restriction(self, pathway: Pathway, record: Record, on: int) -> InForce:
        """The first restriction of a pathway on a day."""
        ...


def shown(low: float, high: float) -> object:
    """A number, or the two ends of a range."""
    low, high = round(low, 6), round(high, 6)
    return low if low == high else (low, high)


class OnePatient:
    """The reference engine."""

    fell_back = False

    def says(
        self, record: Record, asked: Any, on_day: int, *, entered: int | None = 0, started: int = 0
    ) -> object:
        view = View(Timeline(record), on_day, started=started, entered=entered)
        if not isinstance(asked, Measure):
            return view.truth(asked).value
        found = view.value(asked)
        return UNKNOWN if found is None else shown(found.low, found.high)

    def stays(self, pathway: Pathway, record: Record, until: int) -> list[Stay]:
        walked = walk(pathway, Timeline(record), until)
        return [(stay.phase.id, stay.entered, stay.by) for stay in walked.stays]

    def refuses(self, pathway: Pathway, record: Record, until: int) -> list[Refusal]:
        try:
            walk(pathway, Timeline(record), until)
        except Problems as problems:
            places = [re.search(r"entries\[(\d+)\]", problem.place) for problem in problems.problems]
            days = [record.entries[int(place[1])].day if place else None for place in places]
            texts = [problem.text for problem in problems.problems]
            return list(map(Refusal, days, texts))
        return []

    def restriction(self, pathway: Pathway, record: Record, on: int) -> InForce:
        state = review(record, pathway, on).restrictions[0]
        return InForce(state.in_force, [(breach.day, breach.sure) for breach in state.breaches])
