"""Why: criteria and gates read on a day, each part with its value, and what is needed where it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isinf
from typing import Literal, assert_never

from assuage.engine.reference import View
from assuage.engine.timeline import Range
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
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
)
from assuage.measures.words import listed, measure_in_words, places, said, scores_in_words, window_in_words
from assuage.pathways.model import Gate
from assuage.safety.standing import StandingFlag
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, all_yes
from assuage.terms.times import span_in_words

State = Literal["open", "shut"]


@dataclass(frozen=True)
class Part:
    """One test inside a criterion: what it says, the answer, and what would decide it.

    `value` is the number it rests on, and `subject` says what that number is of.
    """

    text: str
    answer: Answer
    depth: int
    value: Range | None = None
    unit: str = ""
    needs: tuple[str, ...] = ()
    subject: str = ""

    @property
    def value_in_words(self) -> str:
        """`5`, `4 to 5`, `at least 1`; empty without a number."""
        return "" if self.value is None else f"{range_in_words(self.value)}{self.unit}"


@dataclass(frozen=True)
class Reading:
    """A criterion on a day: yes, no or unknown, its parts, and what would decide it."""

    criterion: Criterion
    answer: Answer
    parts: tuple[Part, ...]
    needs: tuple[str, ...]

    @property
    def value(self) -> Range | None:
        """The number the criterion rests on, when it rests on one; None otherwise."""
        numbers = [part.value for part in self.parts if part.value is not None]
        return numbers[0] if len(numbers) == 1 else None


@dataclass(frozen=True)
class GateReading:
    """A gate on a day. Open only when every criterion is known to be true and no red flag shuts it."""

    gate: Gate
    criteria: tuple[Reading, ...]
    shut_by: tuple[StandingFlag, ...] = ()

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
    return GateReading(gate, criteria, view.timeline.shutting_flags(view.day))


def is_open(view: View, gate: Gate) -> bool:
    """Whether the gate is open today, without the explanation."""
    met = all(view.truth(criterion.test) is YES for criterion in gate.criteria)
    return met and not view.timeline.shutting_flags(view.day)


def read(view: View, criterion: Criterion) -> Reading:
    """The criterion today, with its parts and what is needed."""
    answer = view.truth(criterion.test)
    needs = tuple(dict.fromkeys(_needs(view, criterion.test))) if answer is UNKNOWN else ()
    return Reading(criterion, answer, tuple(_parts(view, criterion.test, 0)), needs)


def range_in_words(value: Range) -> str:
    """`5`, `4 to 5`, `at least 1`."""
    low, high = f"{round(value.low, 2):g}", f"{round(value.high, 2):g}"
    if isinf(value.high):
        return f"at least {low}"
    return low if low == high else f"{low} to {high}"


# --- parts -----------------------------------------------------------------------------------


def _parts(view: View, test: AnyTest, depth: int) -> Iterator[Part]:
    answer = view.truth(test)
    match test:
        case NoneOf((SymptomIs(how="present"),)):
            yield Part(said(test), answer, depth, needs=_own_needs(view, test, answer))
        case AllOf(tests) | AnyOf(tests) | NoneOf(tests):
            yield Part(_HEADING[type(test)], answer, depth)
            for inner in tests:
                yield from _parts(view, inner, depth + 1)
        case Assumed(inner, value, because):
            heading = f"if unknown, read as {'yes' if value else 'no'}: {because}"
            yield Part(heading, answer, depth)
            yield from _parts(view, inner, depth + 1)
        case Compare(measure, _, _) | Known(measure):
            needs = _own_needs(view, test, answer)
            subject = measure_in_words(measure)
            yield Part(said(test), answer, depth, view.value(measure), _unit(measure), needs, subject)
        case Taking() | SymptomIs() | WorseAfter() | FindingIs() | FlagsClear():
            yield Part(said(test), answer, depth, needs=_own_needs(view, test, answer))
        case _:
            assert_never(test)


_HEADING: dict[type[AllOf] | type[AnyOf] | type[NoneOf], str] = {
    AllOf: "all of these:",
    AnyOf: "any of these:",
    NoneOf: "none of these:",
}


def _unit(measure: AnyMeasure) -> str:
    match measure:
        case FallFrom():
            return " %"
        case TimeOn() | TimeInPhase():
            return " days"
        case Summary() | RiseAfter() | Count():
            return ""


def _own_needs(view: View, test: AnyTest, answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_needs(view, test))) if answer is UNKNOWN else ()


# --- what is needed ----------------------------------------------------------------------------


def _needs(view: View, test: AnyTest) -> Iterator[str]:
    """What would have to be recorded for an unknown test to become known, in the reader's words."""
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
            yield f"a medication list (is {listed([d.title for d in drugs], 'or')} taken?)"
        case SymptomIs(symptom, sites, window, _):
            span = f", {window_in_words(window)}" if window else ""
            yield f"whether {symptom.title}{places(sites)} is present or gone{span}"
        case WorseAfter(symptom, exposure, within):
            yield (
                f"how {symptom.title} was in the {span_in_words(within)} after {exposure.title}, "
                "and that it was one (its pressure)"
            )
        case FindingIs(condition):
            yield f"whether there is: {condition.title[0].lower()}{condition.title[1:]}"
        case FlagsClear(flags, window):
            first = view.first_of(window)
            unchecked = [flag for flag in flags if first is None or view.flag(flag.id, first) is UNKNOWN]
            names = listed([f"{flag.title[0].lower()}{flag.title[1:]}" for flag in unchecked])
            yield f"a neurological and vascular check (red_flag_check) for {names}, {window_in_words(window)}"
        case _:
            assert_never(test)


def _measure_needs(view: View, measure: AnyMeasure) -> Iterator[str]:
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
                yield f"{scores_in_words(now.scores)} above 0 around {anchor.value} (day {anchor_day}) to compare with"
        case RiseAfter(scores, exposure, within):
            yield (
                f"{scores_in_words(scores)} in the week before the latest {exposure.title} and within "
                f"{span_in_words(within)} after it"
            )
        case Count(records, window):
            yield f"from the patient: was there any {records.therapy.title} {window_in_words(window)}?"
        case TimeOn(drug):
            yield f"a medication list (since when is {drug.title} taken?)"
        case TimeInPhase():
            return
        case _:
            assert_never(measure)


def _days_needed(view: View, scores: Scores, window: Window, least: int) -> str:
    first = view.first_of(window)
    if first is None:
        return f"the day of {window_in_words(window).removeprefix('since ')}"
    has = len(view.day_values(scores, first, view.day))
    wanted = max(window.needing, least)
    where = window_in_words(replace(window, needing=1))
    if wanted == 1:
        return f"{scores_in_words(scores)} {where}"
    return f"{scores_in_words(scores)} on {wanted} days {where}, has {has}"


def _narrower(measure: AnyMeasure, value: Range) -> Iterator[str]:
    """A range that straddles the cut-off: one of its ends must be ruled out."""
    given = range_in_words(value)
    match measure:
        case Count(records, window):
            yield (
                f"which of the recorded sessions were {records.therapy.title}{places(records.sites)} "
                f"{window_in_words(window)} (pressure or sites not written down)"
            )
        case Summary(scores, _, _) | RiseAfter(scores, _, _) | FallFrom(Summary(scores, _, _), _):
            yield f"{scores_in_words(scores)} as one number ({given} leaves it open)"
        case TimeOn() | TimeInPhase():
            return
