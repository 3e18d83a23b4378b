"""A record as the oracle reads it: its entries in their order, without those that were corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle.pages import says

MINUTE_OF = {"morning": 8 * 60, "noon": 12 * 60, "evening": 19 * 60, "night": 22 * 60 + 30}


@dataclass(frozen=True)
class Entry:
    """One entry: its day, its minute (None without a time), its place in the document, who said it, its fields."""

    day: int
    minute: int | None
    place: int
    kind: str
    by: str
    fields: Mapping[str, Any]

    @property
    def sites(self) -> tuple[str | None, ...]:
        """The sites of an entry; no site is a place of its own."""
        return tuple(self.fields.get("sites") or (self.fields.get("site"),))


@says(
    "record",
    "Entries of one day stand in the order of `time`, then as written; an entry without a time comes last.",
    "An entry that was replaced or withdrawn counts on no day.",
    "A withdrawn correction corrects nothing: what it replaced stands again.",
)
def entries_of(record: Mapping[str, Any]) -> list[Entry]:
    """The entries that count, in order."""
    given = list(record["entries"])

    def withdrawn(entry: Mapping[str, Any]) -> bool:
        return entry.get("id") is not None and any(
            other["kind"] == "void"
            and other.get("of") == entry["id"]
            and not withdrawn(other)
            and _may_settle(other, entry)
            for other in given
            if other is not entry
        )

    def counts(entry: Mapping[str, Any]) -> bool:
        replaced = entry.get("id") is not None and any(
            other.get("replaces") == entry["id"] and not withdrawn(other) and _may_settle(other, entry)
            for other in given
        )
        return entry["kind"] != "void" and not replaced and not withdrawn(entry)

    told = [
        Entry(
            _day(entry, record.get("starts_on")),
            _minute(entry.get("time")),
            place,
            entry["kind"],
            entry.get("by") or "clinician",
            entry,
        )
        for place, entry in enumerate(given)
        if counts(entry)
    ]
    return sorted(told, key=lambda entry: (entry.day, entry.minute is None, entry.minute or 0, entry.place))


@says("record", "Who wrote an entry may withdraw (void) or replace it, and a clinician may for anybody")
def _may_settle(entry: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """By who said it: the records of the oracle have neither roles nor authors."""
    by = entry.get("by") or "clinician"
    return by == "clinician" or by == (other.get("by") or "clinician")


@says("record", "an ISO date; needs `starts_on`", "`starts_on` is the calendar date of day 0")
def _day(entry: Mapping[str, Any], starts_on: str | None) -> int:
    if entry.get("day") is not None:
        return int(entry["day"])
    assert starts_on is not None
    return (date.fromisoformat(entry["date"]) - date.fromisoformat(starts_on)).days


@says(
    "record",
    "In that order `morning` stands at 08:00, `noon` at 12:00, `evening` at 19:00 and `night` at 22:30.",
)
def _minute(time: str | None) -> int | None:
    if time is None:
        return None
    if time in MINUTE_OF:
        return MINUTE_OF[time]
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
