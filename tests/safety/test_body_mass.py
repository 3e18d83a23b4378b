"""The body mass index of a weight and a height that were measured apart: what it says, for how long, and of whom."""

from __future__ import annotations

import pytest

from assuage.engine.reference import View
from assuage.measures.nodes import FindingIs
from assuage.record.entries import FindingEntry
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.check import check
from assuage.safety.known import known_conditions, lapsed_statements, situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.words.speak import ENGLISH

Plain = dict[str, object]
MEASURED: Plain = {"kind": "measurement"}


def weight(value: float, day: int = 0, unit: str = "kg", **more: object) -> Plain:
    return {"day": day, **MEASURED, "what": "weight", "value": value, "unit": unit, **more}


def height(value: float, day: int = 0, unit: str = "cm", **more: object) -> Plain:
    return {"day": day, **MEASURED, "what": "height", "value": value, "unit": unit, **more}


def index(value: float, day: int = 0) -> Plain:
    return {"day": day, **MEASURED, "what": "BMI", "value": value, "unit": "kg/m²"}


def found(what: str, day: int = 0, state: str = "present") -> Plain:
    return {"day": day, "kind": "finding", "what": what, "state": state}


def timeline(*entries: Plain, age: int | None = 50) -> Timeline:
    plain = {"format": "assuage-record/2", "patient": {"id": "a", "age": age, "sex": "female"}}
    return Timeline(parse_record({**plain, "entries": list(entries)}))


def obese(seen: Timeline, day: int) -> Answer:
    return View(seen, day, started=0, entered=0).truth(FindingIs(CONDITIONS["obesity"]))


@pytest.mark.parametrize(
    ("entries", "there"),
    [
        ([weight(92), height(172)], YES),
        ([height(172), weight(92)], YES),
        ([weight(92), height(1.72, unit="m")], YES),
        ([weight(203, unit="lb"), height(172)], YES),
        ([weight(70), height(172)], NO),
        ([weight(86.6), height(170)], NO),  # 29.97: no index is rounded up to the limit
        ([weight(86.7), height(170)], YES),  # 30.0
        ([found("weight 92 kg"), found("height 172 cm")], YES),
        ([found("svoris 92 kg"), found("ūgis 172 cm")], YES),
        ([weight(92)], UNKNOWN),
        ([height(172)], UNKNOWN),
        ([{"day": 0, **MEASURED, "what": "weight", "low": 80, "high": 100, "unit": "kg"}, height(172)], UNKNOWN),
        ([{"day": 0, **MEASURED, "what": "weight", "low": 95, "unit": "kg"}, height(172)], YES),
        ([weight(300), height(60)], UNKNOWN),  # of nobody
        ([weight(92), {"day": 0, **MEASURED, "what": "height", "value": 172}], UNKNOWN),  # 172 of what
        ([weight(92), height(172), index(28)], NO),  # what somebody stated outranks it
        ([index(28), weight(92), height(172)], NO),
        ([weight(92), height(172), weight(80, day=4)], NO),
        ([weight(92), height(172), index(31, day=2), weight(80, day=4)], NO),
        ([weight(92), height(172), found("obesity", 3, "absent")], NO),
    ],
)  # fmt: skip
def test_a_weight_and_a_height_come_to_a_body_mass_index(entries: list[Plain], there: Answer):
    assert obese(timeline(*entries), 5) == there


@pytest.mark.parametrize(("age", "there"), [(17, UNKNOWN), (18, YES), (None, YES)])
def test_the_index_of_a_child_goes_by_its_age(age: int | None, there: Answer):
    assert obese(timeline(weight(92), height(172), age=age), 0) == there


@pytest.mark.parametrize(
    ("entries", "day", "there"),
    [
        ([height(172), weight(92, day=100)], 189, YES),
        ([height(172), weight(92, day=100)], 190, UNKNOWN),
        ([weight(92), height(172, day=80)], 89, YES),
        ([weight(92), height(172, day=80)], 90, UNKNOWN),  # as old as the weight
        ([weight(92), height(172, day=90)], 90, UNKNOWN),
        ([height(172), weight(92, day=3650)], 3650, UNKNOWN),
        ([index(32), weight(70, day=1), height(172, day=100)], 100, UNKNOWN),
    ],
)
def test_an_index_is_as_old_as_the_older_of_its_numbers(entries: list[Plain], day: int, there: Answer):
    assert obese(timeline(*entries), day) == there


def test_an_obesity_that_was_measured_long_ago_still_counts_against_a_drug_and_is_called_old():
    seen = timeline(height(172), weight(92))
    assert known_conditions(seen, 200)["obesity"] is YES
    assert lapsed_statements(seen, 200)["obesity"].answer is YES


def test_the_alert_names_both_numbers_and_their_days():
    entries = (height(172), weight(92, day=10))
    start: Plain = {"day": 11, "kind": "medication", "drug": "amitriptyline", "do": "start"}
    alerts = check(situation(timeline(*entries, start), 12))
    (said,) = (ENGLISH.say(alert.text) for alert in alerts if alert.id == "CR_TCA_OBES")
    assert "BMI 31 kg/m², from weight 92 kg on day 10, height 172 cm on day 0" in said


def test_a_number_in_dispute_makes_nobody_slim():
    disputed = [weight(70, id="a"), weight(95, id="b", disputed_with="a"), height(172)]
    assert obese(timeline(*disputed), 0) is not NO


def test_entries_written_one_by_one_come_to_the_same():
    first, second = timeline(weight(92)), timeline(height(172, day=3))
    longer = first.with_entries(second.record.entries)
    assert obese(longer, 3) is YES
    assert obese(first, 3) is UNKNOWN
    assert all(isinstance(finding, FindingEntry) for finding in longer.concluded())
