"""Patients who are nearly alike: the alerts of each are those of a review of that patient alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from tests.agree.both import assert_agreement, assert_same_alerts
from tests.cohort.people import CONDITIONS_TOGETHER, TOPICS, families

NECK_FIRST = pathway("neck-first")


@pytest.mark.parametrize("topic", [*TOPICS, "conditions"])
def test_the_alerts_of_whoever_is_nearly_like_another_are_those_of_their_own_review(topic):
    told = {**TOPICS, "conditions": CONDITIONS_TOGETHER}[topic]

    @settings(max_examples=30)
    @given(families(told))
    def alerts_are_their_own(people):
        alone = [replace(one, patient=replace(one.patient, id=f"p{at}")) for at, one in enumerate(people)]
        assert_same_alerts(NECK_FIRST, alone, 30)

    alerts_are_their_own()


def test_a_check_clears_a_flag_for_whom_it_came_later_and_for_nobody_else():
    def told(name, day, first=None, second=None):
        sign = {"day": 3, "kind": "symptom", "what": "numbness", "state": "new", "site": "neck"}
        check = {
            "day": day,
            "kind": "red_flag_check",
            "by": "clinician",
            "flags": {"RF_NEW_NUMBNESS": "absent"},
        }
        clocks = [{"time": time} if time else {} for time in (first, second)]
        entries = [{**sign, **clocks[0]}, {**check, **clocks[1]}]
        return parse_record({"format": "assuage-record/2", "patient": {"id": name}, "entries": entries})

    people = [
        told("at one moment", 3),
        told("the day after", 4),
        told("later that day", 3, "09:00", "14:00"),
        told("sooner that day", 3, "14:00", "09:00"),
        told("the morning of that day", 3, "morning", "09:30"),
    ]
    assert_same_alerts(NECK_FIRST, sorted(people, key=lambda one: one.patient.id), 30)
    assert_agreement(NECK_FIRST, people, 30)
