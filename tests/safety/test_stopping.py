"""Drugs that must not be stopped at once: what a stop raises, for how long, and what keeps it silent."""

from __future__ import annotations

import pytest

from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.safety.formulary import TAPERS, members
from assuage.safety.known import still_in_the_body
from assuage.safety.situation import substance_id
from assuage.safety.stopping import abrupt_stops

Plain = dict[str, object]


def took(drug: str, start: int, stop: int, *more: Plain, mg: float = 20) -> Timeline:
    doses = [{"amount": mg, "unit": "mg", "when": "night"}]
    entries: list[Plain] = [
        {"day": start, "kind": "medication", "drug": drug, "do": "start", "doses": doses},
        *({"kind": "medication", "drug": drug, **each} for each in more),
        {"day": stop, "kind": "medication", "drug": drug, "do": "stop"},
    ]
    plain = {"format": "assuage-record/1", "patient": {"id": "a"}, "entries": entries}
    return Timeline(parse_record(plain))


def raised(timeline: Timeline, day: int) -> list[tuple[str, str]]:
    return [(alert.id, alert.tier) for alert in abrupt_stops(timeline, day)]


@pytest.mark.parametrize(
    ("drug", "taken", "after", "says"),
    [
        ("baclofen", 30, 0, [("TP_BACLOFEN", "ask")]),
        ("baclofen", 30, 6, [("TP_BACLOFEN", "ask")]),
        ("baclofen", 30, 7, []),
        ("baclofen", 3, 0, [("TP_BACLOFEN", "note")]),
        ("tizanidine", 30, 0, [("TP_TIZANIDINE", "ask")]),
        ("clonidine", 30, 0, [("TP_CLONIDINE", "ask")]),
        ("pregabalin", 30, 0, [("TP_GABAPENTINOID", "ask")]),
        ("duloxetine", 60, 20, [("TP_SNRI", "note")]),
        ("tramadol", 60, 0, [("TP_OPIOID", "ask")]),
        ("creatine", 60, 0, []),
        ("paracetamol", 60, 0, []),
        ("a word no rule reads", 60, 0, []),
    ],
)
def test_a_stop_says_what_may_follow(drug: str, taken: int, after: int, says: list[tuple[str, str]]):
    assert raised(took(drug, 0, taken), taken + after) == says


def step(day: int, mg: float) -> Plain:
    return {"day": day, "do": "change", "doses": [{"amount": mg, "unit": "mg", "when": "night"}]}


@pytest.mark.parametrize(
    ("steps", "silent"),
    [
        ([step(50, 10)], True),
        ([step(50, 30)], False),  # a step up is no taper
        ([step(10, 10)], False),  # long ago
        ([step(40, 30), step(55, 10)], True),
        ([{"day": 55, "do": "change"}], False),  # to a dose nobody wrote down
    ],
)
def test_a_drug_that_was_reduced_before_it_was_stopped_raises_nothing(steps: list[Plain], silent: bool):
    assert (raised(took("baclofen", 0, 60, *steps), 60) == []) is silent


def test_a_drug_that_is_taken_again_raises_nothing():
    again: list[Plain] = [{"day": 60, "do": "stop"}, {"day": 61, "do": "start"}]
    timeline = took("baclofen", 0, 80, *again)
    assert raised(timeline, 60) == [("TP_BACLOFEN", "ask")]
    assert raised(timeline, 62) == []


def test_a_review_names_the_day_the_reason_and_what_to_do():
    timeline = took("baclofen", 0, 30)
    alert = next(
        each for each in review(timeline.record, "neck-first", 31).alerts if each.id == "TP_BACLOFEN"
    )
    assert dict(alert.text.values)["day"] == 30
    assert alert.action is not None
    assert {source.key for source in alert.sources} == {"BAC_US", "BAC_UK"}


@pytest.mark.parametrize("row", TAPERS, ids=lambda row: row.id)
def test_every_row_is_about_a_drug_that_there_is_and_of_one_row_only(row):
    assert members(row.stopped)
    alike = [each for each in TAPERS if each is not row and each.spinal == row.spinal]
    assert all(not members(row.stopped) & members(each.stopped) for each in alike)


@pytest.mark.parametrize(
    ("drug", "route", "says"),
    [
        ("baclofen", "intrathecal", [("TP_BACLOFEN_PUMP", "stop")]),
        ("intrathecal baclofen", None, [("TP_BACLOFEN_PUMP", "stop")]),
        ("Lioresal intrathecal", None, [("TP_BACLOFEN_PUMP", "stop")]),
        ("baclofen pump", None, [("TP_BACLOFEN_PUMP", "stop")]),
        ("Baclofenpumpe", None, [("TP_BACLOFEN_PUMP", "stop")]),
        ("baklofenas", "intratekaliai, pompa", [("TP_BACLOFEN_PUMP", "stop")]),
        ("morphine", "intrathecal pump", [("TP_OPIOID_PUMP", "ask")]),
        ("baclofen", "oral", [("TP_BACLOFEN", "note")]),
        ("insulin glargine", "pump", []),
    ],
)
def test_what_a_pump_brings_to_the_spinal_cord_is_never_stopped_at_once(
    drug: str, route: str | None, says: list[tuple[str, str]]
):
    given = {} if route is None else {"route": route}
    entries = [
        {"day": day, "kind": "medication", "drug": drug, "do": do, **given}
        for day, do in ((0, "start"), (2, "stop"))
    ]
    plain = {"format": "assuage-record/1", "patient": {"id": "a"}, "entries": entries}
    assert raised(Timeline(parse_record(plain)), 2) == says


@pytest.mark.parametrize(
    ("stopped", "says"),
    [("pump", [("TP_BACLOFEN_PUMP", "stop")]), ("oral", []), (None, [("TP_BACLOFEN_PUMP", "stop")])],
)
def test_tablets_that_go_on_do_not_stand_for_a_pump_that_was_stopped(
    stopped: str | None, says: list[tuple[str, str]]
):
    def told(day: int, do: str, route: str | None) -> dict[str, object]:
        return {"day": day, "kind": "medication", "drug": "baclofen", "do": do, "route": route}

    entries = [told(0, "start", "intrathecal pump"), told(0, "start", "tablets"), told(9, "stop", stopped)]
    plain = {
        "format": "assuage-record/2",
        "patient": {"id": "a"},
        "entries": [{key: value for key, value in each.items() if value is not None} for each in entries],
    }
    spinal = [each for each in raised(Timeline(parse_record(plain)), 9) if each[0] == "TP_BACLOFEN_PUMP"]
    assert spinal == says


@pytest.mark.parametrize(
    ("stopped", "days", "started"),
    [
        ("phenelzine", 14, "amitriptyline"),
        ("moclobemide", 1, "duloxetine"),
        ("selegiline", 14, "duloxetine"),
        ("rasagiline", 14, "tramadol"),
        ("linezolid", 1, "duloxetine"),
        ("methylene blue", 1, "amitriptyline"),
        ("fluoxetine", 42, "duloxetine"),
        ("sertraline", 14, "linezolid"),
        ("disulfiram", 14, "metronidazole"),
        ("ramipril", 2, "sacubitril"),
        ("warfarin", 5, "mesotherapy"),
        ("acenocoumarol", 3, "mesotherapy"),
        ("apixaban", 2, "mesotherapy"),
        ("dabigatran", 3, "mesotherapy"),
        ("enoxaparin", 1, "mesotherapy"),
        ("clopidogrel", 7, "mesotherapy"),
        ("cilostazol", 2, "mesotherapy"),
        ("rasagiline", 0, "sumatriptan"),
        ("warfarin", 0, "amitriptyline"),
    ],
)
def test_a_stopped_drug_counts_for_so_many_days_before_another_begins(stopped: str, days: int, started: str):
    timeline = took(stopped, 0, 30)
    begun = {substance_id(started) or started}
    counting = [day for day in range(30, 80) if list(still_in_the_body(timeline, day, begun))]
    assert counting == list(range(30, 30 + days))
