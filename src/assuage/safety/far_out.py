"""Numbers so far out that a person looks at them before anything is begun, though no rule asks for them.

Far out is a number outside the `alarming` limits of its quantity, without a unit where it is outside them in
whichever unit it may be in, and one outside the range written beside it from which no condition follows. It decides
nothing (ours): a later number inside the limits, or a clinician's `checked:` entry that names it, settles it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from assuage.record.care_entries import MeasurementEntry, ReferenceRange
from assuage.record.derived import NumberEntry, UnjudgedNumber, measured_values, quantity_of, unjudged
from assuage.record.entries import FindingEntry
from assuage.record.timeline import Timeline
from assuage.terms.measured import Measured, conclusions, decided_by, number_named, values_in_any_unit
from assuage.terms.names import checked_name, folded, spaced
from assuage.terms.numbers_in_passing import numbers_in_passing
from assuage.terms.quantities import find_quantity


class FarOut(NamedTuple):
    """The entry of a number that is far out, and the number as it was written (`potassium 2.8 mmol/L`)."""

    entry: NumberEntry
    written: str


def numbers_far_out(timeline: Timeline, until: int) -> tuple[FarOut, ...]:
    """The last number of each quantity up to a day, where it is far out and nobody has settled it."""
    entries = sorted(
        (*timeline.findings(until), *timeline.measurements(until)), key=lambda entry: entry.order
    )
    ranges: dict[tuple[str, str], ReferenceRange] = {}
    open_numbers: dict[str, FarOut] = {}
    for entry in entries:
        for name, far_out in _judged(entry, ranges):
            if far_out is None:
                open_numbers.pop(name, None)
            else:
                open_numbers[name] = far_out
        if (
            isinstance(entry, FindingEntry)
            and entry.word_of_clinician
            and entry.state in ("normal", "absent")
        ):
            checked = checked_name(entry.what)
            for name, far_out in tuple(open_numbers.items()):
                if checked is not None and checked in _names_of(name, far_out):
                    del open_numbers[name]
    return tuple(open_numbers.values())


def _names_of(name: str, far_out: FarOut) -> frozenset[str]:
    """The names by which an entry `checked:` may mean a number, folded: its quantity, its own words, all of it."""
    quantity = find_quantity(name)
    others = (quantity.title, *quantity.names) if quantity else ()
    return frozenset(folded(each) for each in (name, far_out.entry.what, far_out.written, *others))


def _judged(
    entry: NumberEntry, ranges: dict[tuple[str, str], ReferenceRange]
) -> Iterator[tuple[str, FarOut | None]]:
    """What an entry measured, by its quantity, and whether it is far out; nothing of what cannot be told.

    `ranges` are those that were written last, by what was measured and its unit; a number without one of its own that
    lies inside is not far out.
    """
    bare = _far_out_in_any_unit(entry)
    if bare is not None:
        yield bare.quantity.id, FarOut(entry, bare.written)
        return
    if isinstance(entry, FindingEntry):
        if entry.method != "family":
            for value in measured_values(entry):
                if _has_limits(value):
                    yield value.quantity.id, FarOut(entry, entry.with_result) if value.is_alarming else None
            yield from _in_passing(entry, entry.with_result)
        return
    quantity, values = quantity_of(entry), measured_values(entry)
    name = quantity.id if quantity else spaced(entry.what)
    key = (name, entry.unit or "")
    before = ranges.get(key)
    if entry.range is not None:
        ranges[key] = entry.range
    # A number from which a condition follows, or follows that there is none, is judged by the rules.
    judged = any(decided_by(value.quantity) and any(conclusions(value)) for value in values)
    limited = any(_has_limits(value) for value in values)
    known = entry.range or before
    outside = known is not None and _outside(entry, known)
    if any(value.is_alarming for value in values) or (outside and entry.range is not None and not judged):
        yield name, FarOut(entry, f"{entry.what} {entry.in_words}")
    elif limited or judged or (known is not None and not outside):
        yield name, None


def _in_passing(finding: FindingEntry, written: str) -> Iterator[tuple[str, FarOut]]:
    """The numbers far out that a finding names beside other words; one that is not settles nothing."""
    if (
        finding.state in ("present", "abnormal")
        and not measured_values(finding)
        and unjudged(finding) is None
    ):
        for number in numbers_in_passing(f"{finding.what}; {finding.result or ''}"):
            if number.far_out:
                yield number.quantity.id, FarOut(finding, written)


def _far_out_in_any_unit(entry: NumberEntry) -> UnjudgedNumber | None:
    """A number without a unit, or in one that is unread, that is outside the limits in whichever unit it may be in."""
    if isinstance(entry, FindingEntry) and entry.method == "family":
        return None
    number = unjudged(entry)
    if number is None or number.reason not in ("no-unit", "unit"):
        return None
    match entry:
        case FindingEntry():
            ends = number_named(entry.what, entry.result)
        case MeasurementEntry():
            ends = (
                None if math.inf in map(abs, entry.ends) else tuple(Fraction(str(end)) for end in entry.ends)
            )
    if ends is None:
        return None
    values = values_in_any_unit(number.quantity, ends[0], ends[1])
    return number if values and all(value.is_alarming for value in values) else None


def _has_limits(value: Measured) -> bool:
    return value.quantity.alarming != ("", "")


def _outside(entry: MeasurementEntry, known: ReferenceRange) -> bool:
    """Whether an end of what a number can stand for is outside a range in the same unit."""
    ends = [end for end in entry.ends if math.isfinite(end)]
    low = -math.inf if known.low is None else known.low
    high = math.inf if known.high is None else known.high
    return any(not low <= end <= high for end in ends)
