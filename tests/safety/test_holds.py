"""How long a statement holds: for every condition and number, and never a day longer in the direction that clears."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.engine.reference import View
from assuage.measures.notation import finding as asked_for
from assuage.record.care_entries import MeasurementEntry
from assuage.record.entries import FindingEntry, Patient, Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.check import check
from assuage.safety.known import known_conditions, situation
from assuage.safety.situation import Situation, lines_named
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.holds import HOLDS, NUMBER_HOLDS, days_held
from assuage.terms.quantities import QUANTITIES
from assuage.words.speak import ENGLISH

CONDITION_IDS = sorted(CONDITIONS)


def told(what: str, state: Any, day: int = 0, place: int = 0) -> FindingEntry:
    return FindingEntry(place=place, day=day, what=what, state=state)


def today(day: int, *entries: Any, drug: str | None = None) -> Situation:
    record = Record(Patient("p", sex="female", age=40), entries)
    here = situation(Timeline(record), day)
    lines = () if drug is None else lines_named(drug)
    return Situation(regimen=lines, conditions=here.conditions, told=here.told, lapsed=here.lapsed,
                     age=here.age, sex=here.sex)  # fmt: skip


def texts(here: Situation) -> dict[str, str]:
    return {alert.id: str(ENGLISH.say(alert.text)) for alert in check(here)}


@pytest.mark.parametrize("condition", CONDITION_IDS)
def test_every_condition_says_how_long_a_statement_holds_and_whose_number_that_is(condition: str):
    holds = HOLDS[condition]
    assert holds.basis
    assert all(days is None or days > 0 for days in (holds.present, holds.absent))


def test_every_quantity_says_how_long_a_number_holds():
    assert set(NUMBER_HOLDS) == set(QUANTITIES)
    assert min(NUMBER_HOLDS.values()) >= 1


statements = some.lists(
    some.tuples(
        some.integers(0, 900), some.sampled_from(["present", "absent", "normal", "abnormal", "unknown"])
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each[0],
).map(sorted)


@given(some.sampled_from(CONDITION_IDS), statements, some.integers(0, 1500))
def test_after_its_days_no_statement_says_that_something_is_absent(
    condition: str, said: list[tuple[int, str]], later: int
):
    """The last word decides; an absence that is too old is neither absent to the rules nor to a gate."""
    entries = [told(condition, state, day, place) for place, (day, state) in enumerate(said)]
    last, state = said[-1]
    timeline, on, answer = Timeline.of(entries), last + later, ANSWER_OF_STATE[state]  # pyright: ignore[reportArgumentType]
    held = days_held(condition, answer)
    holds = held is None or later < held
    known = known_conditions(timeline, on).get(condition, UNKNOWN)
    asked = View(timeline, on, started=0, entered=0).truth(asked_for(CONDITIONS[condition]).present)
    assert asked is (answer if holds else UNKNOWN)
    if answer is NO and not holds:
        assert known is not NO
    else:
        assert known is answer


@given(some.sampled_from(CONDITION_IDS), some.sampled_from(["present", "absent"]), some.integers(0, 2000))
def test_what_is_asked_again_is_answered_by_a_new_statement(condition: str, state: str, day: int):
    for new in ("present", "absent"):
        timeline = Timeline.of([told(condition, state), told(condition, new, day, 1)])
        assert known_conditions(timeline, day)[condition] is ANSWER_OF_STATE[new]  # pyright: ignore[reportArgumentType]
        assert timeline.lapsed_finding(condition, day) is None


@given(some.sampled_from(CONDITION_IDS), some.integers(0, 2000))
def test_a_danger_that_was_told_of_does_not_end_by_nobodys_asking(condition: str, later: int):
    timeline = Timeline.of([told(condition, "present")])
    assert known_conditions(timeline, later)[condition] is YES


def measured(what: str, value: float, unit: str | None) -> MeasurementEntry:
    return MeasurementEntry(place=0, day=0, what=what, value=value, unit=unit)


@pytest.mark.parametrize(
    ("number", "condition", "held"),
    [
        (measured("eGFR", 90, "mL/min/1.73 m²"), "ckd_lt30", 180),
        (measured("eGFR", 90, "mL/min/1.73 m²"), "ckd_30_59", 180),
        (measured("sodium", 140, "mmol/l"), "hyponatraemia", 90),
        (measured("BMI", 22, None), "obesity", 90),
        (measured("QTc", 430, "ms"), "long_qt", 180),
    ],
)
def test_a_number_rules_out_for_its_own_days(number: MeasurementEntry, condition: str, held: int):
    timeline = Timeline.of([number])
    assert known_conditions(timeline, held - 1)[condition] is NO
    assert condition not in known_conditions(timeline, held)


@pytest.mark.parametrize(
    ("number", "condition", "days"),
    [
        (measured("systolic blood pressure", 84, "mmHg"), "hypotension", (29, 30)),
        (measured("INR", 3.4, None), "bleeding_disorder", (29, 30)),
        (measured("temperature", 39, "°C"), "fever_systemic", (0, 1)),
    ],
)
def test_a_number_that_is_a_danger_stays_one_and_says_when_it_is_old(
    number: MeasurementEntry, condition: str, days: tuple[int, int]
):
    within, after = (today(day, number) for day in days)
    assert (within.condition(condition), after.condition(condition)) == (YES, YES)
    assert "measure again" not in str(ENGLISH.say(within.told[condition]))
    assert "measure again" in str(ENGLISH.say(after.told[condition]))


def test_an_old_pregnancy_stays_an_alert_and_is_asked_again():
    """What was the first trimester may be the third, in which more is forbidden: the answer is old."""
    pregnant = told("pregnancy_t1", "present")
    now, later = today(5, pregnant, drug="ibuprofen"), today(60, pregnant, drug="ibuprofen")
    assert "ask-pregnancy" not in texts(now)
    assert set(texts(now)) <= set(texts(later))
    assert "last said present on day 0, which holds 28 days" in texts(later)["ask-pregnancy"]


def test_a_question_says_what_was_said_and_that_it_no_longer_holds():
    absent = told("glaucoma_narrow", "absent")
    assert "ask-glaucoma_narrow" not in texts(today(364, absent, drug="amitriptyline"))
    asks = texts(today(365, absent, drug="amitriptyline"))["ask-glaucoma_narrow"]
    assert "last said absent on day 0, which holds 365 days" in asks


@pytest.mark.parametrize(("day", "answer"), [(179, NO), (180, YES)])
def test_a_measurement_that_is_too_old_counts_as_not_made(day: int, answer: Answer):
    here = today(day, told("creatinine", "normal"))
    assert here.condition("creatinine_unknown") is answer
    if answer is YES:
        assert "last measured on day 0, which holds 180 days" in str(
            ENGLISH.say(here.told["creatinine_unknown"])
        )


@pytest.mark.parametrize(("day", "answer"), [(89, NO), (100, NO), (169, NO), (170, UNKNOWN)])
def test_of_two_numbers_that_let_one_presume_a_condition_absent_the_later_one_counts(
    day: int, answer: Answer
):
    """ALT within its limits on days 0 and 80, each for 90 days."""
    upper = {"low": 10, "high": 40}
    entries = [
        {"day": on, "kind": "measurement", "what": "ALT", "value": 20, "unit": "U/l", "range": upper}
        for on in (0, 80)
    ]
    read = parse_record({"format": "assuage-record/2", "patient": {"id": "one"}, "entries": entries})
    assert known_conditions(Timeline(read), day).get("lft_raised_gt3uln", UNKNOWN) is answer
