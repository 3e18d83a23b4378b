"""Alerts: severities compared, ordered, and the same cause told once."""

from __future__ import annotations

import pytest

from assuage.catalogue.message import Message
from assuage.safety.alerts import (
    Alert,
    Tier,
    as_grave_as,
    caution,
    counted,
    graver,
    most_urgent_first,
    one_step_down,
)
from assuage.safety.rules import SEVERITIES, Severity
from assuage.terms.sources import Status
from assuage.words.speak import describe


def alert(key: str = "DI_X", tier: Tier = "note", severity: Severity = "minor", **more: object) -> Alert:
    return Alert(key, tier, severity, Message("text"), Message("because"), (), **more)  # type: ignore[arg-type]


def test_severities_go_from_contraindicated_to_minor():
    assert SEVERITIES == ("contraindicated", "major", "moderate", "minor")


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in SEVERITIES for b in SEVERITIES])
def test_the_graver_of_two_is_the_one_named_first(one: Severity, other: Severity):
    expected = one if SEVERITIES.index(one) < SEVERITIES.index(other) else other
    assert graver(one, other) == expected
    assert graver(other, one) == expected
    assert as_grave_as(one, other) is (SEVERITIES.index(one) <= SEVERITIES.index(other))


def test_one_step_down_ends_at_minor():
    assert [one_step_down(severity) for severity in SEVERITIES] == ["major", "moderate", "minor", "minor"]


def test_alerts_are_ordered_by_tier_then_severity_then_id():
    given = [
        alert("B"),
        alert("A"),
        alert("C", "ask", "minor"),
        alert("D", "ask", "major"),
        alert("E", "stop", "moderate"),
        alert("A", subject="x"),
    ]
    assert [(one.id, one.subject) for one in most_urgent_first(given)] == [
        ("E", ""),
        ("D", ""),
        ("C", ""),
        ("A", ""),
        ("A", "x"),
        ("B", ""),
    ]


def test_the_same_cause_within_fourteen_days_is_one_alert_with_a_count():
    dated = [
        (30, alert(entries=(1,))),
        (44, alert(entries=(2,))),
        (44, alert(entries=(3,))),
        (51, alert("DI_Y")),
    ]
    first, second = counted(dated)
    assert (first.id, first.count, first.entries) == ("DI_X", 2, (1, 2, 3))
    assert (second.id, second.count) == ("DI_Y", 1)


def test_the_same_cause_after_more_than_fourteen_days_is_told_again():
    again = counted([(45, alert()), (30, alert())])
    assert [one.count for one in again] == [1, 1]
    assert [one.count for one in counted([(30, alert()), (32, alert())], within=1)] == [1, 1]


def test_another_subject_is_another_cause():
    assert len(counted([(1, alert(subject="a")), (1, alert(subject="b"))])) == 2


def test_the_text_is_that_of_the_latest_day():
    old = alert()
    new = Alert("DI_X", "note", "minor", Message("newer"), Message("because"), ())
    assert counted([(2, new), (1, old)])[0].text == Message("newer")


def test_a_fact_from_memory_is_to_be_checked_on_a_label_and_one_that_was_read_is_not():
    assert caution(Status.SEEN) is None
    words = {status: describe(caution(status)) for status in (Status.MEMORY, Status.MIXED)}
    assert words == {
        Status.MEMORY: "from memory: check against a current label",
        Status.MIXED: "checked in part",
    }
