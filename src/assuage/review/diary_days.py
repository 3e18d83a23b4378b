"""On which days a diary is asked for: daily at the start and around each gate and visit, once a week in between."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.record.care_entries import AppointmentEntry
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import Record, TherapyEntry
from assuage.terms.therapies import find_therapy

# All three are ours: a diary that is asked for every day for ever is given up, one that is asked for around what
# changes tells what changed.
START_DAYS = 14  # daily from the first day on
AROUND = 3  # days before a visit that is agreed on, and after a decision, a session with a needle or a visit
WEEK = 7

Reason = Literal["start", "around", "weekly"]


class DiaryAsked(Struct, frozen=True):
    """Whether the diary is asked for on a day, why, and on which day it is asked for next."""

    on: int
    reason: Reason | None
    next: int


def diary_asked(record: Record, on: int) -> DiaryAsked:
    """The answer for a day. What is not asked for can be written all the same."""
    near, first = _days_near(record), _first_day(record)

    def why(day: int) -> Reason | None:
        if first <= day < first + START_DAYS:
            return "start"
        if day in near:
            return "around"
        return "weekly" if day >= first and (day - first) % WEEK == 0 else None

    following = next(day for day in range(on + 1, max(on + 1, first) + WEEK + 1) if why(day))
    return DiaryAsked(on, why(on), following)


def _first_day(record: Record) -> int:
    """The day of the first decision that lets the patient in; day 0 where there is none."""
    return min((each.day for each in record.standing if isinstance(each, DecisionEntry)), default=0)


def _days_near(record: Record) -> frozenset[int]:
    days: set[int] = set()
    for each in record.standing:
        match each:
            case AppointmentEntry(kept=kept) if kept is not False:
                days.update(range(each.on - AROUND, each.on + AROUND + 1))
            case DecisionEntry():
                days.update(range(each.day, each.day + AROUND + 1))
            case TherapyEntry(do="session") if (known := find_therapy(each.what)) and known.needle:
                days.update(range(each.day, each.day + AROUND + 1))
            case _:
                pass
    return frozenset(days)
