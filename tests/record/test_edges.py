"""Values at the edges of what a record can hold: numbers of hundreds of digits, codes, zones, ages, ids."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.errors import Problems
from assuage.record.append import Refused, append
from assuage.record.care_kinds import loinc_check_digit
from assuage.record.read import parse_record
from assuage.terms.quantities import QUANTITIES

Plain = dict[str, Any]
BASE: Plain = {"format": "assuage-record/2", "patient": {"id": "ana"}}
NOTE: Plain = {"day": 0, "kind": "note", "text": "slept badly"}


def problems_of(*entries: Plain, **top: Any) -> list[str]:
    with pytest.raises(Problems) as raised:
        parse_record(BASE | top | {"entries": list(entries)})
    return [str(problem) for problem in raised.value.problems]


NUMBERS: tuple[Plain, ...] = (
    {"kind": "score", "scale": "pain", "value": 0},
    {"kind": "score", "scale": "pain", "low": 0, "high": 0},
    {"kind": "measurement", "what": "weight", "value": 0},
    {"kind": "measurement", "what": "weight", "value": 1, "range": {"low": 0}},
    {"kind": "answers", "instrument": "sss", "items": {"fatigue": 0}},
    {"kind": "medication", "drug": "tizanidine", "do": "start", "doses": [{"amount": 0, "unit": "mg"}]},
    {"kind": "therapy", "what": "massage", "minutes": 0},
    {"kind": "therapy", "what": "massage", "number": 0},
    {"kind": "therapy", "what": "massage", "response_percent": [0, 0]},
    {"kind": "exposure", "name": "coffee", "amount": 0},
    {"kind": "rating", "name": "fog", "value": 0, "highest": 0},
    {"kind": "adherence", "drug": "tizanidine", "taken": 0},
    {"kind": "offer", "what": "yoga", "chance": 0},
    {"kind": "note", "text": 0},
    {"kind": "note", "text": "a", "day": 0},
    {"kind": "note", "text": "a", "date": 0},
    {"kind": "note", "text": "a", "time": 0},
    {"kind": "note", "text": "a", "entered": 0},
    {"kind": "note", "text": "a", "approximate": 0},
    {"kind": "goal", "what": "walk", "due": 0},
)


def _with(value: Any, number: int) -> Any:
    """The same with this number for every zero."""
    match value:
        case dict():
            return {key: _with(inner, number) for key, inner in value.items()}
        case list():
            return [_with(inner, number) for inner in value]
        case _:
            return number if value == 0 and not isinstance(value, bool) else value


@pytest.mark.parametrize("number", [10**400, -(10**400), 10**5000], ids=["400", "minus 400", "5000"])
@pytest.mark.parametrize("entry", NUMBERS, ids=lambda entry: " ".join(map(str, entry))[:60])
def test_a_whole_number_of_hundreds_of_digits_is_a_problem_wherever_it_stands(entry: Plain, number: int):
    given = _with(entry, number)
    problems = problems_of({"day": 0} | given, starts_on="2026-01-05")
    assert problems
    assert all(len(problem) < 400 for problem in problems)


def test_so_it_is_at_the_top_of_a_record():
    assert problems_of(NOTE, patient={"id": "ana", "age": 10**400})
    assert problems_of(NOTE, patient={"id": 10**5000})
    assert problems_of(NOTE, starts_on=10**5000)
    assert problems_of(NOTE, zone=10**5000)
    assert problems_of(NOTE, format=10**5000)
    with pytest.raises(Problems):
        parse_record(BASE | {"entries": 10**5000})


def test_the_check_digit_of_a_loinc_code_is_that_of_its_number():
    """The example of the LOINC Users' Guide, appendix C, is 12345-5."""
    assert loinc_check_digit("12345") == "5"
    shipped = [code for quantity in QUANTITIES.values() for code in quantity.loinc]
    assert all(loinc_check_digit(code[:-2]) == code[-1] for code in shipped)
    sodium = {"day": 0, "kind": "measurement", "what": "sodium", "value": 140}
    (problem,) = problems_of(sodium | {"loinc": "2951-3"})
    assert problem == "entries[0].loinc: 2951-3 has another check digit than its number; check the code"
    for code in ("2951-2", "12345-5", "11491-6"):
        assert parse_record(BASE | {"entries": [sodium | {"loinc": code}]})


@pytest.mark.parametrize(
    "zone", ["localtime", "Factory", "posix/UTC", "europe/vilnius", "tzdata.zi", "", "UTC+2", 2]
)
def test_a_time_zone_is_a_name_of_the_iana_data_base(zone: object):
    assert problems_of(NOTE, zone=zone)[0].startswith("zone: must be a time zone by its IANA name")
    assert parse_record(BASE | {"zone": "UTC", "entries": [NOTE]}).zone == "UTC"


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([NOTE | {"id": "a", "about": "a"}], "cannot name itself"),
        ([NOTE | {"about": "a"}, NOTE | {"id": "a"}], "names a later entry"),
        ([NOTE | {"about": "b"}, NOTE | {"id": "a"}], "unknown entry id"),
        ([NOTE | {"id": "a", "about": "b"}, NOTE | {"id": "b", "about": "a"}], "names a later entry"),
        ([NOTE | {"id": "a", "replaces": "a"}], "cannot replace itself"),
        ([NOTE | {"replaces": "a"}, NOTE | {"id": "a"}], "names a later entry"),
        ([NOTE | {"replaces": "b"}, NOTE | {"id": "a"}], "unknown entry id"),
        ([NOTE | {"id": "a", "replaces": "b"}, NOTE | {"id": "b", "replaces": "a"}], "names a later entry"),
    ],
)
def test_an_entry_answers_and_replaces_only_what_was_written_before_it(entries: list[Plain], problem: str):
    (told,) = problems_of(*entries)
    assert problem in told


@pytest.mark.parametrize(
    ("age", "what", "state", "day", "fits"),
    [
        (70, "age_ge_65", "absent", 0, False),
        (70, "Age 65 or more", "absent", 0, False),
        (70, "age_ge_65", "present", 0, True),
        (70, "age_ge_65", "unknown", 0, True),
        (40, "age_ge_65", "present", 0, False),
        (40, "age_lt_18", "present", 0, False),
        (12, "age_lt_18", "absent", 0, False),
        (64, "age_ge_65", "present", 200, True),
        (64, "age_ge_65", "absent", 200, True),
        (64, "age_ge_65", "absent", 800, False),
        (65, "age_ge_65", "absent", -200, True),
        (65, "age_ge_65", "present", 0, True),
        (67, "age_ge_65", "absent", -300, False),
        (None, "age_ge_65", "absent", 0, True),
    ],
)
def test_a_finding_that_the_age_on_day_0_rules_out_is_a_problem_that_names_both(
    age: int | None, what: str, state: str, day: int, fits: bool
):
    """The age is in whole years: on another day it is known to a year, and what may still be is no contradiction."""
    patient = {"id": "ana"} if age is None else {"id": "ana", "age": age}
    entry = {"day": day, "kind": "finding", "what": what, "state": state}
    appended = append(parse_record(BASE | {"patient": patient, "entries": []}), entry)
    assert isinstance(appended, Refused) is not fits
    if fits:
        assert parse_record(BASE | {"patient": patient, "entries": [entry]}).patient.age == age
        return
    (problem,) = problems_of(entry, patient=patient)
    assert problem.startswith("entries[0].state: ")
    assert f'"{what}"' in problem
    assert str(age) in problem
