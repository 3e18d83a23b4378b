"""On which days a diary is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.record.read import read_text
from assuage.review.diary_days import AROUND, START_DAYS, WEEK, diary_asked


def record_with(*entries: str):
    lines = "\n".join(f"  - {each}" for each in entries)
    return read_text(f"format: assuage-record/2\npatient: {{id: p}}\nentries:\n{lines or '  []'}\n")


ENTER = "{day: 0, kind: decision, do: enter, to: settle, by: clinician}"
NEEDLE = "{day: 40, kind: therapy, what: mesotherapy, do: session}"
MASSAGE = "{day: 40, kind: therapy, what: deep massage, do: session, by: patient}"
VISIT = "{day: 30, kind: appointment, on: 60}"


@pytest.mark.parametrize(
    ("entries", "day", "reason"),
    [
        ((), 0, "start"),
        ((ENTER,), 13, "start"),
        ((ENTER,), 15, None),
        ((ENTER,), 21, "weekly"),
        ((ENTER, NEEDLE), 39, None),
        ((ENTER, NEEDLE), 40, "around"),
        ((ENTER, NEEDLE), 43, "around"),
        ((ENTER, NEEDLE), 44, None),
        ((ENTER, MASSAGE), 41, None),
        ((ENTER, VISIT), 57, "around"),
        ((ENTER, VISIT), 64, None),
        ((ENTER, "{day: 30, kind: appointment, on: 60, kept: false}"), 60, None),
        ((ENTER, "{day: 45, kind: decision, do: hold, by: clinician}"), 48, "around"),
    ],
)
def test_a_diary_is_asked_for_daily_where_something_changes_and_weekly_in_between(entries, day, reason):
    assert diary_asked(record_with(*entries), day).reason == reason


@given(on=some.integers(-50, 400), visit=some.integers(1, 300))
def test_the_next_day_is_the_first_after_it_that_is_asked_for(on, visit):
    record = record_with(ENTER, f"{{day: 0, kind: appointment, on: {visit}}}")
    told = diary_asked(record, on)
    between = [day for day in range(on + 1, told.next) if diary_asked(record, day).reason is not None]
    assert (between, diary_asked(record, told.next).reason is not None) == ([], True)


def test_nobody_waits_longer_than_a_week():
    record = record_with(ENTER)
    assert max(diary_asked(record, day).next - day for day in range(START_DAYS + AROUND, 200)) == WEEK
