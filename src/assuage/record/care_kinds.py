"""The kinds of entry about a patient's care as tables, and the withdrawal of an entry: all since the second format."""

from __future__ import annotations

from typing import Any, get_args

from assuage.catalogue.message import message
from assuage.patterns import kept_pattern
from assuage.record import care_entries as c
from assuage.record import claims
from assuage.record import fields as f
from assuage.record.entry import VoidEntry
from assuage.record.fields import BAD, Field, Say
from assuage.record.kind import Kind

# A number, a hyphen, a check digit: the form of a LOINC code (Logical Observation Identifiers Names and Codes).
_LOINC = kept_pattern(r"\d{1,7}-\d")


# Codes that LOINC gave out with another check digit than its own rule says, all deprecated (LOINC Users' Guide, 2023,
# appendix C, which names the 14).
_LOINC_AS_GIVEN = frozenset(
    (
        *("11491-6", "11501-6", "5895-7", "5896-5", "5897-3", "5928-1", "6028-3"),
        *("6415-5", "6580-7", "6645-7", "6646-5", "6647-3", "6648-1", "6649-9"),
    )
)


def _loinc(value: object, place: str, say: Say) -> Any:
    """A code of the form 2160-0 with the check digit that belongs to its number."""
    if not isinstance(value, str) or not _LOINC.fullmatch(value):
        say(place, message("measurement.not-a-loinc-code", is_=f.shown(value)))
        return BAD
    number, _, digit = value.partition("-")
    if digit != loinc_check_digit(number) and value not in _LOINC_AS_GIVEN:
        say(place, message("measurement.loinc-check-digit", code=value))
        return BAD
    return value


def loinc_check_digit(number: str) -> str:
    """The check digit of a LOINC number, modulo 10.

    Every other digit from the right, read together as one number, is doubled; the digits of that and of the others
    are added up to the next multiple of ten. Source: LOINC Users' Guide, 2023, appendix C, read there.
    """
    doubled = str(2 * int(number[::-2][::-1]))
    total = sum(int(digit) for digit in doubled + number[-2::-2])
    return str(-total % 10)


def _ends(attributes: dict[str, Any], place: str, say: Say) -> None:
    """The low end lies below the high end, of the value and of the range."""
    low, high = attributes.get("low"), attributes.get("high")
    if "value" in attributes and (low is not None or high is not None):
        say(f"{place}.{'low' if low is not None else 'high'}", message("score.end-beside-value"))
    else:
        f.in_order(low, high, f"{place}.low", say)
    normal = attributes.get("range")
    if normal is not None:
        f.in_order(normal.low, normal.high, f"{place}.range.low", say)


def _code(attributes: dict[str, Any], place: str, say: Say) -> None:
    """A diagnosis has words or a code, and a code has its system."""
    if "code" in attributes and "system" not in attributes:
        say(f"{place}.system", message("field.missing", example="system: icd-10"))
    if "code" not in attributes and "what" not in attributes:
        say(f"{place}.what", message("field.missing", example="what: fibromyalgia"))


def _amount(attributes: dict[str, Any], place: str, say: Say) -> None:
    """A factor is there or not, or has an amount."""
    if ("state" in attributes) == ("amount" in attributes):
        say(f"{place}.state", message("exposure.state-or-amount"))


def _own_scale(attributes: dict[str, Any], place: str, say: Say) -> None:
    """A rating lies between the ends of its scale."""
    lowest, highest = attributes.get("lowest"), attributes.get("highest")
    if not f.in_order(lowest, highest, f"{place}.lowest", say):
        return
    value = attributes.get("value")
    if value is not None and (
        (lowest is not None and value < lowest) or (highest is not None and value > highest)
    ):
        say(f"{place}.value", message("rating.off-its-scale", value=f"{value:g}"))


def _onset(attributes: dict[str, Any], place: str, say: Say) -> None:
    """An event ends on the day it began or later."""
    onset, end = attributes.get("onset"), attributes.get("end")
    if onset is not None and end is not None and end < onset:
        say(f"{place}.end", message("event.ends-before-it-began"))


def _taken(value: object, place: str, say: Say) -> Any:
    """Yes, no, or the share of the doses that were taken."""
    return value if isinstance(value, bool) else _SHARE(value, place, say)


_SHARE = f.number_within(0, 1)
_DAY = f.integer(-f.FURTHEST_DAY, f.FURTHEST_DAY)

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
        "allergy",
        c.AllergyEntry,
        claims.claims_of_allergy,
        (
            Field("substance", f.free_text, required=True, example="substance: penicillin"),
            Field("reaction", f.free_text),
            Field("severity", f.choice(get_args(c.AllergySeverity), message("word.severity"))),
            Field("certainty", f.choice(get_args(c.AllergyCertainty), message("word.certainty"))),
        ),
        since=2,
    ),
    Kind(
        "adverse_event",
        c.AdverseEventEntry,
        claims.nothing_claimed,
        (
            Field("what", f.free_text, required=True, example="what: rash"),
            Field("grade", f.integer(1, 5)),
            Field("onset", _DAY),
            Field("end", _DAY),
            Field("suspected", f.list_of(f.free_text, message("words.suspects"))),
            Field("action", f.choice(get_args(c.EventAction), message("word.action"))),
            Field("outcome", f.choice(get_args(c.EventOutcome), message("word.event-outcome"))),
        ),
        _onset,
        since=2,
    ),
    Kind(
        "diagnosis",
        c.DiagnosisEntry,
        claims.claims_of_diagnosis,
        (
            Field("what", f.free_text),
            Field("code", f.free_text),
            Field("system", f.choice(get_args(c.CodeSystem), message("word.code-system"))),
            Field("certainty", f.choice(get_args(c.DiagnosisCertainty), message("word.certainty"))),
        ),
        _code,
        since=2,
    ),
    Kind(
        "adherence",
        c.AdherenceEntry,
        claims.claims_of_adherence,
        (
            Field("drug", f.free_text, required=True, example="drug: duloxetine"),
            Field("taken", _taken, required=True, example="taken: true"),
            Field("asked", f.choice(get_args(c.AskedHow), message("word.asked-how"))),
        ),
        since=2,
    ),
    Kind(
        "offer",
        c.OfferEntry,
        claims.claims_of_offer,
        (
            Field("what", f.free_text, required=True, example="what: mesotherapy"),
            Field("chosen", f.yes_or_no),
            Field("chance", f.number_within(high=1, above=0)),
            Field("because", f.free_text),
        ),
        since=2,
    ),
    Kind(
        "exposure",
        c.ExposureEntry,
        claims.claims_of_exposure,
        (
            Field("name", f.free_text, required=True, example="name: coffee"),
            Field("state", f.choice(get_args(c.ExposureState), message("word.state-of-an-exposure"))),
            Field("amount", f.number_within(low=0)),
            Field("unit", f.free_text),
        ),
        _amount,
        since=2,
    ),
    Kind(
        "rating",
        c.RatingEntry,
        claims.claims_of_rating,
        (
            Field("name", f.free_text, required=True, example="name: brain fog"),
            Field("value", f.number_within()),
            Field("lowest", f.number_within()),
            Field("highest", f.number_within()),
            Field("unit", f.free_text),
        ),
        _own_scale,
        since=2,
    ),
    Kind(
        "goal",
        c.GoalEntry,
        claims.claims_of_goal,
        (
            Field("what", f.free_text, required=True, example="what: walk to the market"),
            Field("target", f.free_text),
            Field("due", _DAY),
            Field("reached", f.yes_or_no),
        ),
        since=2,
    ),
    Kind(
        "appointment",
        c.AppointmentEntry,
        claims.claims_of_appointment,
        (
            Field("on", _DAY, required=True, example="on: 14"),
            Field("whom", f.free_text),
            Field("kept", f.yes_or_no),
        ),
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
