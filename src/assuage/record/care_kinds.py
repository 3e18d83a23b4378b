"""The kinds of entry about a patient's care as tables, and the withdrawal of an entry: all since the second format."""

from __future__ import annotations

import re
from typing import Any

from assuage.catalogue.message import message
from assuage.record import care_entries as c
from assuage.record import claims
from assuage.record import fields as f
from assuage.record.entry import VoidEntry
from assuage.record.fields import BAD, Field, Say
from assuage.record.kind import Kind

# A number, a hyphen, a check digit: the form of a LOINC code (Logical Observation Identifiers Names and Codes).
_LOINC = re.compile(r"\d{1,7}-\d")


def _loinc(value: object, place: str, say: Say) -> Any:
    """A code of the form 2160-0."""
    if isinstance(value, str) and _LOINC.fullmatch(value):
        return value
    say(place, message("measurement.not-a-loinc-code", is_=f.shown(value)))
    return BAD


def _ends(attributes: dict[str, Any], place: str, say: Say) -> None:
    """The low end lies below the high end, of the value and of the range."""
    low, high = attributes.get("low"), attributes.get("high")
    if "value" in attributes and (low is not None or high is not None):
        say(f"{place}.{'low' if low is not None else 'high'}", message("score.end-beside-value"))
    elif low is not None and high is not None and low > high:
        say(f"{place}.low", message("score.ends-exchanged", low=low, high=high))
    normal = attributes.get("range")
    if normal is not None and normal.low is not None and normal.high is not None and normal.low > normal.high:
        say(f"{place}.range.low", message("score.ends-exchanged", low=normal.low, high=normal.high))


CARE_KINDS: tuple[Kind, ...] = (
    Kind(
        "measurement",
        c.MeasurementEntry,
        claims.claims_of_measurement,
        (
            Field("what", f.free_text, required=True, example="what: creatinine"),
            Field("value", f.number_within()),
            Field("low", f.number_within()),
            Field("high", f.number_within()),
            Field("unit", f.free_text),
            Field(
                "range",
                f.mapping(
                    (Field("low", f.number_within()), Field("high", f.number_within())),
                    c.ReferenceRange,
                    message("what.reference-range"),
                ),
            ),
            Field("method", f.free_text),
            Field("loinc", _loinc),
        ),
        _ends,
        since=2,
    ),
    Kind(
        "void",
        VoidEntry,
        claims.nothing_claimed,
        (
            Field("of", f.free_text, required=True, example="of: the id of the entry"),
            Field("because", f.free_text, required=True, example="because: written for another patient"),
        ),
        since=2,
    ),
)
