"""Why: criteria and gates read on a day, each part with its value, and what is needed where it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf
from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.reference import View
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import (
    AllOf,
    Anchor,
    AnyMeasure,
    AnyOf,
    AnyTest,
    Assumed,
    Compare,
    Count,
    FallFrom,
    FindingIs,
    FlagsClear,
    Known,
    NoneOf,
    RiseAfter,
    Scores,
    Since,
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
)
from assuage.pathways.model import Gate
from assuage.record.timeline import Range
from assuage.safety.active_flags import ActiveFlag, shutting_flags
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, all_yes
from assuage.terms.conditions import Condition

State = Literal["open", "shut"]


class Part(Struct, frozen=True):
    """One test inside a criterion: the answer, the number it rests on, and what would decide it.

    `measure` is what `value` is of; both are None for a test that rests on no number.
    """

    test: AnyTest
    answer: Answer
    depth: int
    value: Range | None = None
    measure: AnyMeasure | None = None
    needs: tuple[Message, ...] = ()


class Reading(Struct, frozen=True):
    """A criterion on a day: yes, no or unknown, its parts, and what would decide it."""

    criterion: Criterion
    answer: Answer
    parts: tuple[Part, ...]
    needs: tuple[Message, ...]

    @property
    def value(self) -> Range | None:
        """The number the criterion rests on, when it rests on one; None otherwise."""
        numbers = [part.value for part in self.parts if part.value is not None]
        return numbers[0] if len(numbers) == 1 else None


class GateReading(Struct, frozen=True):
    """A gate on a day. Open only when every criterion is known to be true and no red flag shuts it."""

    gate: Gate
    criteria: tuple[Reading, ...]
    shut_by: tuple[ActiveFlag, ...] = ()

    @property
    def answer(self) -> Answer:
        """All criteria together, before unknown shuts the gate."""
        return all_yes(reading.answer for reading in self.criteria)

    @property
    def state(self) -> State:
        """Open or shut: the first of the three places where three values become two."""
        return "open" if self.answer is YES and not self.shut_by else "shut"

    @property
    def unknown(self) -> tuple[Reading, ...]:
        """The criteria nobody can answer yet."""
        return tuple(reading for reading in self.criteria if reading.answer is UNKNOWN)

    @property
    def not_met(self) -> tuple[Reading, ...]:
        """The criteria that are known not to be met."""
        return tuple(reading for reading in self.criteria if reading.answer is NO)


def read_gate(view: View, gate: Gate) -> GateReading:
    """The gate today, each criterion explained."""
    criteria = tuple(read(view, criterion) for criterion in gate.criteria)
    return GateReading(gate, criteria, shutting_flags(view.timeline, view.day))


def is_open(view: View, gate: Gate) -> bool:
    """Whether the gate is open today, without the explanation."""
    met = all(view.truth(criterion.test) is YES for criterion in gate.criteria)
    return met and not shutting_flags(view.timeline, view.day)


def read(view: View, criterion: Criterion) -> Reading:
    """The criterion today, with its parts and what is needed."""
    answer = view.truth(criterion.test)
    needs = tuple(dict.fromkeys(_needs(view, criterion.test))) if answer is UNKNOWN else ()
    return Reading(criterion, answer, tuple(_parts(view, criterion.test, 0)), needs)


# --- parts -----------------------------------------------------------------------------------


def _parts(view: View, test: AnyTest, depth: int) -> Iterator[Part]:
    answer = view.truth(test)
    match test:
        case NoneOf((SymptomIs(how="present"),)):
            yield Part(test, answer, depth, needs=_needs_of_part(view, test, answer))
        case AllOf(tests) | AnyOf(tests) | NoneOf(tests):
            yield Part(test, answer, depth)
            for inner in tests:
                yield from _parts(view, inner, depth + 1)
        case Assumed(inner, _, _):
            yield Part(test, answer, depth)
            yield from _parts(view, inner, depth + 1)
        case Compare(measure, _, _) | Known(measure):
            needs = _needs_of_part(view, test, answer)
            yield Part(test, answer, depth, view.value(measure), measure, needs)
        case Taking() | SymptomIs() | WorseAfter() | FindingIs() | FlagsClear():
            yield Part(test, answer, depth, needs=_needs_of_part(view, test, answer))
        case _:
            assert_never(test)


def _needs_of_part(view: View, test: AnyTest, answer: Answer) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(_needs(view, test))) if answer is UNKNOWN else ()


# --- what is needed ----------------------------------------------------------------------------


def _needs(view: View, test: AnyTest) -> Iterator[Message]:
    """What would have to be recorded for an unknown test to become known."""
    if view.truth(test) is not UNKNOWN:
        return
    match test:
        case AllOf(tests) | AnyOf(tests) | NoneOf(tests):
            for inner in tests:
                yield from _needs(view, inner)
        case Assumed(inner, _, _):
            yield from _needs(view, inner)
        case Compare(measure, _, _):
            yield from _measure_needs(view, measure)
        case Known():
            return
        case Taking(drugs):
            yield message("need.medication-list", drugs=drugs)
        case SymptomIs(symptom, sites, window, _):
            yield message("need.symptom", symptom=symptom, sites=sites or None, window=window)
        case WorseAfter(symptom, exposure, within):
            yield message("need.course-after", symptom=symptom, within=within, exposure=exposure)
        case FindingIs(condition):
            yield _finding_need(view, condition)
        case FlagsClear(flags, window):
            first = view.first_of(window)
            unchecked = tuple(flag for flag in flags if first is None or view.flag(flag.id, first) is UNKNOWN)
            yield message("need.flag-check", flags=unchecked, window=window)
        case _:
            assert_never(test)


def _finding_need(view: View, condition: Condition) -> Message:
    """What to look for; where it was looked for before, when, and how long ago that is."""
    lapsed = view.timeline.lapsed_finding(condition.id, view.day)
    if lapsed is None:
        return message("need.finding", condition=condition)
    return message(
        "need.finding-again-present" if lapsed.answer is YES else "need.finding-again-absent",
        condition=condition,
        day=lapsed.day,
        days=view.day - lapsed.day,
        held=lapsed.held,
    )


def _measure_needs(view: View, measure: AnyMeasure) -> Iterator[Message]:
    value = view.value(measure)
    if value is not None and not isinf(value.high):
        yield from _narrower(measure, value)
        return
    match measure:
        case Summary(scores, window, how):
            yield _days_needed(view, scores, window, 2 if how == "slope" else 1)
        case FallFrom(now, anchor):
            if view.value(now) is None:
                yield _days_needed(view, now.scores, now.window, 1)
            else:
                anchor_day = view.started if anchor is Anchor.PATHWAY_START else view.entered
                if anchor_day is None:
                    yield message("need.day-of", anchor=anchor, needing=None)
                else:
                    yield message("need.baseline", scores=now.scores, anchor=anchor, day=anchor_day)
        case RiseAfter(scores, exposure, within):
            yield message("need.around-exposure", scores=scores, exposure=exposure, within=within)
        case Count(records, window):
            yield message("need.any-session", therapy=records.therapy, window=window)
        case TimeOn(drug):
            yield message("need.since-when", drug=drug)
        case TimeInPhase():
            return
        case _:
            assert_never(measure)


def _days_needed(view: View, scores: Scores, window: Window, least: int) -> Message:
    first = view.first_of(window)
    if first is None:
        assert isinstance(window, Since)  # only an anchor can have no day
        return message("need.day-of", anchor=window.anchor, needing=_more_than_one(window))
    has = len(view.day_values(scores, first, view.day))
    wanted = max(window.needing, least)
    where = replace(window, needing=1)
    if wanted == 1:
        return message("need.scores", scores=scores, window=where)
    return message("need.scores-on-days", scores=scores, window=where, wanted=wanted, has=has)


def _more_than_one(window: Window) -> int | None:
    return window.needing if window.needing > 1 else None


def _narrower(measure: AnyMeasure, value: Range) -> Iterator[Message]:
    """A range that straddles the cut-off: one of its ends must be ruled out."""
    match measure:
        case Count(records, window):
            yield message(
                "need.which-sessions", therapy=records.therapy, sites=records.sites or None, window=window
            )
        case Summary(scores, _, _) | RiseAfter(scores, _, _) | FallFrom(Summary(scores, _, _), _):
            yield message("need.one-number", scores=scores, value=value)
        case TimeOn() | TimeInPhase():
            return
