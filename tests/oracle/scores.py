"""Scores: the value of a day, and one number for the days of a window."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.oracle import words
from tests.oracle.answers import Number, fall, mean
from tests.oracle.moment import Moment, Patient, Values
from tests.oracle.pages import says
from tests.oracle.record import Entry

Summary = Callable[[Values], Number]


@says("windows", "Day values come first, windows second.")
def day_values(patient: Patient, scale: str, *places: str) -> Values:
    """The value of each day on which the scale was scored; without places of the patient as a whole."""
    if (scale, places) not in patient.kept:
        values: Values = {}
        for day in {entry.day for entry in patient.entries}:
            on_day = scores(patient, day, scale, *places)
            if on_day:
                values[day] = one_value([value for _, value in on_day], scale)
        patient.kept[scale, places] = values
    return patient.kept[scale, places]


@says("places", "A question without a place is about the patient as a whole.")
@says("places", "Without a place it is the patient as a whole")
@says("nodes", "what was said of the patient as a whole (no site, or `widespread`)")
@says("nodes", "With sites: what was said of any of them or of a part of them, pooled.")
def scores(
    patient: Patient, day: int, scale: str, *places: str
) -> list[tuple[Entry, tuple[Fraction, Fraction]]]:
    """What was scored on a day, in order."""
    found: list[tuple[Entry, tuple[Fraction, Fraction]]] = []
    for entry in patient.entries:
        value = _scored(entry, scale) if entry.day == day else None
        if value is None:
            continue
        if places and any(words.lies_within(site, place) for site in entry.sites for place in places):
            found.append((entry, value))
        if not places and any(site in (None, words.WHOLE_BODY) for site in entry.sites):
            found.append((entry, value))
    return found


@says("ranges", "A range is kept whole", "A half answered questionnaire is a range of its total")
@says("ranges", "A questionnaire without any answer says nothing")
def _scored(entry: Entry, scale: str) -> Number:
    """The score of an entry on a scale; None where it has none."""
    if entry.kind == "score" and entry.fields["scale"] == scale:
        low = entry.fields.get("value", entry.fields.get("low"))
        high = entry.fields.get("value", entry.fields.get("high"))
        return Fraction(str(low)), Fraction(str(high))
    if entry.kind == "answers" and entry.fields["instrument"] == scale == "gad7":
        answers = {item: answer for item, answer in entry.fields["items"].items() if answer is not None}
        if not answers:
            return None
        lows = [answers.get(item, low) for item, (low, _) in words.gad7_items().items()]
        highs = [answers.get(item, high) for item, (_, high) in words.gad7_items().items()]
        return Fraction(sum(lows)), Fraction(sum(highs))
    return None


@says("windows", "Several entries of a day become one by the rule of the scale")
@says("record", "of a total, the last entry of a day stands for it")
@says("windows", "Several totals of a day give way to the last")
def one_value(values: list[tuple[Fraction, Fraction]], scale: str) -> tuple[Fraction, Fraction]:
    """The one value of several of a day, in their order."""
    if scale == "gad7":
        return values[-1]
    return max(low for low, _ in values), max(high for _, high in values)


@says("windows", "A window with too few days is unknown not zero", "Needing counts days not entries")
def summary(now: Moment, how: Summary, scale: str, *places: str, span: int, needing: int = 1) -> Number:
    """One number for the day values of the past `span` days."""
    every = day_values(now.patient, scale, *places)
    inside = {day: every[day] for day in now.past(span) if day in every}
    return how(inside) if len(inside) >= needing else None


@says(
    "nodes",
    "The relative fall since the anchor, in percent; unknown if the baseline is 0 or unknown. The baseline is the "
    "same measure on the first day on or after the anchor on which it is known.",
)
@says("windows", "A baseline may look back behind its anchor")
def fall_since_start(now: Moment, scale: str, *places: str, span: int, needing: int) -> Number:
    """How far the mean has fallen since the start of the pathway, in percent."""
    value = summary(now, mean, scale, *places, span=span, needing=needing)
    if now.started is None or value is None:
        return None
    for day in range(now.started, now.day + 1):
        then = Moment(now.patient, day, now.started, now.entered)
        base = summary(then, mean, scale, *places, span=span, needing=needing)
        if base is not None:
            return fall(base, value)
    return None
