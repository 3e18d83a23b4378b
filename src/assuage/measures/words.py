"""Measures and tests in plain words. One sentence for each node, used in text, web, print and the manual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import assert_never

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
    Onset,
    Past,
    Percent,
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
from assuage.terms.sites import Site
from assuage.terms.times import past_in_words, span_in_words

_OP = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than", "=": "exactly"}
_HOW = {"worst": "worst", "best": "best", "mean": "mean", "last": "latest", "slope": "slope of"}


def listed(words: Sequence[str], joined_by: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"


def places(sites: Sequence[Site]) -> str:
    """` at the neck and shoulder girdle`; empty for no particular place."""
    return f" at the {listed([site.title for site in sites])}" if sites else ""


def scores_in_words(scores: Scores) -> str:
    """`morning pain at the neck`."""
    time = f"{scores.time} " if scores.time else ""
    return f"{time}{scores.scale.title}{places(scores.sites)}"


def anchor_in_words(anchor: Anchor | Onset) -> str:
    """`entry to the phase`, `new numbness at the occiput`."""
    if isinstance(anchor, Onset):
        return f"new or worse {listed([s.title for s in anchor.symptoms], 'or')}{places(anchor.sites)}"
    return anchor.value


def window_in_words(window: Window) -> str:
    """`in the past week (from 5 days or more)`, `since entry to the phase`."""
    if isinstance(window, Past):
        words = past_in_words(window.span)
    else:
        words = f"since {anchor_in_words(window.anchor)}"
    return f"{words} (from {window.needing} days or more)" if window.needing > 1 else words


def measure_in_words(measure: AnyMeasure) -> str:
    """The measure as a noun: `worst pain at the neck in the past 1 week`."""
    match measure:
        case Summary(scores, window, how):
            unit = ", in points per week" if how == "slope" else ""
            return f"{_HOW[how]} {scores_in_words(scores)} {window_in_words(window)}{unit}"
        case FallFrom(now, anchor):
            return f"fall of the {measure_in_words(now)} from its value at {anchor.value}"
        case RiseAfter(scores, exposure, within):
            return (
                f"rise of {scores_in_words(scores)} within {span_in_words(within)} after the latest "
                f"{exposure.title}, over the mean of the week before"
            )
        case Count(records, window):
            return (
                f"number of {records.therapy.title} sessions{places(records.sites)} {window_in_words(window)}"
            )
        case TimeOn(drug):
            return f"unbroken time on {drug.title}"
        case TimeInPhase():
            return "time in the phase"
        case _:
            assert_never(measure)


def bound_in_words(bound: float | Percent | timedelta) -> str:
    """`4`, `50 %`, `2 weeks`."""
    if isinstance(bound, timedelta):
        return span_in_words(bound)
    return str(bound) if isinstance(bound, Percent) else f"{bound:g}"


def said(test: AnyTest) -> str:
    """What the test says when it is true, in one line; logic is joined in words."""
    match test:
        case Compare(Count(records, window), "=", 0):
            return f"no {records.therapy.title}{places(records.sites)} {window_in_words(window)}"
        case Compare(measure, op, bound):
            return f"{measure_in_words(measure)} is {_OP[op]} {bound_in_words(bound)}"
        case Known(measure):
            return f"the {measure_in_words(measure)} is known"
        case Taking(drugs):
            return f"{listed([drug.title for drug in drugs], 'or')} is taken"
        case SymptomIs(symptom, sites, window, how):
            state = "is present" if how == "present" else "is new or worse"
            span = f", as said {window_in_words(window)}" if window else ""
            return f"{symptom.title}{places(sites)} {state}{span}"
        case WorseAfter(symptom, exposure, within):
            return f"{symptom.title} is new or worse within {span_in_words(within)} after the latest {exposure.title}"
        case FindingIs(condition):
            return f"{condition.title[0].lower()}{condition.title[1:]} was found"
        case FlagsClear(flags, window):
            names = listed([f"{flag.title[0].lower()}{flag.title[1:]}" for flag in flags])
            return f"checked and found absent {window_in_words(window)}: {names}"
        case AllOf(tests):
            return " and ".join(_inner(inner) for inner in tests)
        case AnyOf(tests):
            return " or ".join(_inner(inner) for inner in tests)
        case NoneOf((SymptomIs(symptom, sites, window, "present"),)):
            span = f", as said {window_in_words(window)}" if window else ""
            return f"{symptom.title}{places(sites)} is gone{span}"
        case NoneOf(tests):
            return f"none of these: {'; '.join(said(inner) for inner in tests)}"
        case Assumed(inner, value, because):
            return f"{said(inner)} (if unknown, read as {'yes' if value else 'no'}: {because})"
        case _:
            assert_never(test)


def _inner(test: AnyTest) -> str:
    words = said(test)
    return f"({words})" if isinstance(test, AllOf | AnyOf) and len(test.tests) > 1 else words
