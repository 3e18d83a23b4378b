"""What would have to be recorded for an unknown answer to become known: one case for every kind of question."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

import pytest

from assuage.engine import trace
from assuage.engine.reference import View
from assuage.engine.trace import read
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    finding,
    medication,
    onset,
    percent,
    records,
    red_flags,
    score,
    symptom,
    time_in_phase,
)
from assuage.record.timeline import Timeline
from assuage.terms.answers import UNKNOWN
from assuage.terms.conditions import BLEEDING_DISORDER, FEVER
from assuage.terms.drugs import TIZANIDINE
from assuage.terms.publications import CASE
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK
from assuage.terms.sources import OURS
from assuage.terms.symptoms import NUMBNESS_FELT, PAIN_FELT
from assuage.terms.therapies import DEEP_MASSAGE, MASSAGE
from assuage.terms.times import days, weeks
from tests.spec.conftest import record

week = score(PAIN).past(days(7), needing=2)
MASSAGED = {"day": 8, "kind": "therapy", "what": "massage", "by": "patient"}
TOLD = {"day": 10, "kind": "note", "text": "well", "by": "patient"}


def pain(day: int, **value: object) -> dict[str, object]:
    return {"day": day, "kind": "score", "scale": "pain", **value}


CASES: list[tuple[Any, Sequence[dict[str, object]], list[str]]] = [
    (week.worst <= 2, [], ["need.scores-on-days"]),
    (score(PAIN).past(days(7)).worst <= 2, [], ["need.scores"]),
    (score(PAIN).past(days(7)).slope <= 2, [pain(10, value=3)], ["need.scores-on-days"]),
    (week.worst <= 2, [pain(10, low=1, high=4), pain(9, value=1)], ["need.one-number"]),
    (week.mean.fall_from(PATHWAY_START) >= percent(30), [], ["need.scores-on-days"]),
    (
        week.mean.fall_from(PHASE_ENTRY) >= percent(30),
        [pain(day, value=0) for day in range(11)],
        ["need.baseline"],
    ),
    (score(PAIN).rise_after(MASSAGE, within=days(3)) >= 2, [MASSAGED], ["need.around-exposure"]),
    (records(MASSAGE).past(days(7)).absent, [], ["need.any-session"]),
    (records(DEEP_MASSAGE).past(days(7)).absent, [MASSAGED, TOLD], ["need.which-sessions"]),
    (medication(TIZANIDINE).taken, [], ["need.medication-list"]),
    (medication(TIZANIDINE).time_on >= weeks(2), [], ["need.since-when"]),
    (symptom(NUMBNESS_FELT).at(NECK).past(weeks(1)).present, [], ["need.symptom"]),
    (symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3)), [MASSAGED], ["need.course-after"]),
    (finding(BLEEDING_DISORDER).excluded, [], ["need.finding"]),
    (
        finding(BLEEDING_DISORDER).excluded,
        [{"day": -400, "kind": "finding", "what": "bleeding_disorder", "state": "absent"}],
        ["need.finding-again-absent"],
    ),
    (
        finding(FEVER).excluded,
        [{"day": 9, "kind": "finding", "what": "fever_systemic", "state": "present"}],
        ["need.finding-again-present"],
    ),
    (red_flags(RED_FLAGS["RF_NEW_NUMBNESS"]).past(days(7)).clear, [], ["need.flag-check"]),
    (records(MASSAGE).since(onset(PAIN_FELT)).absent, [], ["need.any-session"]),
    (score(PAIN).since(onset(PAIN_FELT)).worst <= 2, [], ["need.day-of"]),
    (
        all_of(week.worst <= 2, finding(BLEEDING_DISORDER).present, time_in_phase >= days(2)),
        [],
        ["need.scores-on-days", "need.finding"],
    ),
    (
        all_of(finding(BLEEDING_DISORDER).excluded, (week.worst <= 2).assumed(True, because="An example.")),
        [],
        ["need.finding"],
    ),
]


def needs_of(test: Any, entries: Sequence[dict[str, object]]) -> tuple[str, list[str]]:
    view = View(Timeline(record(entries)), 10, started=0, entered=0)
    criterion = Criterion("asked", "Asked", test, because="An example.", source=CASE, numbers=OURS)
    reading = read(view, criterion)
    return str(reading.answer), [need.id for need in reading.needs]


@pytest.mark.parametrize(("test", "entries", "needs"), CASES)
def test_an_unknown_answer_says_what_would_decide_it(
    test: Any, entries: Sequence[dict[str, object]], needs: list[str]
):
    assert needs_of(test, entries) == (str(UNKNOWN), needs)


def test_every_need_that_can_be_told_has_a_case():
    told = {need for _, _, needs in CASES for need in needs}
    assert told == set(re.findall(r'"(need\.[a-z-]+)"', inspect.getsource(trace)))


def test_a_known_answer_needs_nothing():
    assert needs_of(week.worst <= 2, [pain(9, value=1), pain(10, value=2)]) == ("yes", [])
