"""Measures and tests as messages. One for each node, used in text, web, print and the manual."""

from __future__ import annotations

from datetime import timedelta
from math import isinf
from typing import assert_never, cast

from assuage.catalogue.message import Message, Wording, message
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
    Measure,
    NoneOf,
    Onset,
    Past,
    Percent,
    RiseAfter,
    Scores,
    Since,
    Summary,
    SymptomIs,
    Taking,
    Test,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
)
from assuage.record.timeline import Range
from assuage.terms.sites import Site

_RELATION = {"<=": "at-most", "<": "less-than", ">=": "at-least", ">": "more-than", "=": "exactly"}


def message_of(value: object) -> Message | None:
    """The message of a node, a window, a bound or a span of days; None for anything else."""
    match value:
        # By what they are, not one by one: a node that is new has a message here, or the type checker says where not.
        case Measure():
            return measure_message(cast("AnyMeasure", value))
        case Test():
            return test_message(cast("AnyTest", value))
        case Scores():
            return scores_message(value)
        case Past() | Since():
            return window_message(value)
        case Anchor() | Onset():
            return anchor_message(value)
        case timedelta():
            return span_message(value)
        case Percent(points):
            return message("bound.percent", points=points)
        case Range():
            return range_message(value)
        case _:
            return None


def range_message(value: Range) -> Message:
    """`5`, `4 to 5`, `at least 1`."""
    if isinf(value.high):
        return message("range.at-least", low=value.low)
    if value.exact:
        return message("value.plain", value=value.low)
    return message("range.from-to", low=value.low, high=value.high)


def scores_message(scores: Scores) -> Message:
    """`morning pain at the neck`."""
    return message("scores", time=scores.time, scale=scores.scale, places=places_message(scores.sites))


def places_message(sites: tuple[Site, ...]) -> Message | None:
    """` at the neck and shoulder girdle`; None for no particular place."""
    return message("places", sites=sites) if sites else None


def anchor_message(anchor: Anchor | Onset) -> Message:
    """`entry to the phase`, `new or worse numbness at the occiput`."""
    match anchor:
        case Onset(symptoms, sites):
            return message("anchor.onset", symptoms=symptoms, places=places_message(sites))
        case Anchor.PATHWAY_START:
            return message("anchor.pathway-start")
        case Anchor.PHASE_ENTRY:
            return message("anchor.phase-entry")


def window_message(window: Window) -> Message:
    """`in the past week (from 5 days or more)`, `since entry to the phase`."""
    needing = window.needing if window.needing > 1 else None
    match window:
        case Past(span):
            if span.days == 1:
                return message("window.today", needing=needing)
            if span.days == 7:
                return message("window.past-week", needing=needing)
            return message("window.past", span=span, needing=needing)
        case Since(anchor):
            return message("window.since", anchor=anchor, needing=needing)


def span_message(span: timedelta) -> Message:
    """`8 weeks`, `1 week`, `10 days`: weeks where it is whole weeks."""
    if span.days and span.days % 7 == 0:
        return message("span.weeks", n=span.days // 7)
    return message("span.days", n=span.days)


def bound_value(bound: object) -> object:
    """A bound as it is compared with: a span of days says how long, where other places say by how long."""
    if not isinstance(bound, timedelta):
        return bound
    if bound.days and bound.days % 7 == 0:
        return message("bound.weeks", n=bound.days // 7)
    return message("bound.days", n=bound.days)


def interval_message(every: timedelta) -> Message:
    """`daily`, `weekly`, `every 3 days`."""
    if every.days in (1, 7):
        return message("interval.daily" if every.days == 1 else "interval.weekly")
    return message("interval.every", span=every)


def measure_message(measure: AnyMeasure) -> Message:
    """The measure as a noun: `worst pain at the neck in the past week`."""
    match measure:
        case Summary(scores, window, how):
            return message(f"measure.{how}", scores=scores, window=window)
        case FallFrom(now, anchor):
            return message("measure.fall-from", measure=now, anchor=anchor)
        case RiseAfter(scores, exposure, within):
            return message("measure.rise-after", scores=scores, exposure=exposure, within=within)
        case Count(records, window):
            return message(
                "measure.count", therapy=records.therapy, places=places_message(records.sites), window=window
            )
        case TimeOn(drug):
            return message("measure.time-on", drug=drug)
        case TimeInPhase():
            return message("measure.time-in-phase")
        case _:
            assert_never(measure)


def measured_message(measure: AnyMeasure, value: Range) -> Message:
    """A value of a measure with the unit that the measure has."""
    match measure:
        case FallFrom():
            return message("value.percent", value=value)
        case TimeOn() | TimeInPhase():
            return message("value.days", value=value)
        case Summary() | RiseAfter() | Count():
            return message("value.plain", value=value)
        case _:
            assert_never(measure)


def test_message(test: AnyTest) -> Message:
    """What the test says when it is true, in one line; logic is joined in words."""
    match test:
        case Compare(Count(records, window), "=", 0):
            return message(
                "test.no-records",
                therapy=records.therapy,
                places=places_message(records.sites),
                window=window,
            )
        case Compare(measure, op, bound):
            return message(f"test.{_RELATION[op]}", measure=measure, bound=bound_value(bound))
        case Known(measure):
            return message("test.known", measure=measure)
        case Taking(drugs):
            return message("test.taking", drugs=drugs)
        case SymptomIs(symptom, sites, window, how):
            return message(
                f"test.symptom-{how}", symptom=symptom, places=places_message(sites), window=window
            )
        case WorseAfter(symptom, exposure, within):
            return message("test.worse-after", symptom=symptom, exposure=exposure, within=within)
        case FindingIs(condition):
            return message("test.finding", condition=condition)
        case FlagsClear(flags, window):
            return message("test.flags-clear", flags=flags, window=window)
        case AllOf(tests):
            return message("test.all-of", tests=tuple(_inner(inner) for inner in tests))
        case AnyOf(tests):
            return message("test.any-of", tests=tuple(_inner(inner) for inner in tests))
        case NoneOf((SymptomIs(symptom, sites, window, "present"),)):
            return message("test.symptom-gone", symptom=symptom, places=places_message(sites), window=window)
        case NoneOf(tests):
            return message("test.none-of", tests=tests)
        case Assumed(inner, value, because):
            return message(
                "test.assumed", test=inner, value=value, because=Wording("assumed.because", because)
            )
        case _:
            assert_never(test)


test_message.__test__ = False  # pyright: ignore[reportFunctionMemberAccess]  # pytest: not a test


def _inner(test: AnyTest) -> Message | AnyTest:
    if isinstance(test, AllOf | AnyOf) and len(test.tests) > 1:
        return message("test.in-brackets", test=test)
    return test
