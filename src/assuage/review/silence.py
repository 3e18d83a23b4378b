"""Silence on the page: for how long nothing was told of the patient, up to the day or within the stay of today.

A free note is read by nobody, so it ends no silence.
"""

from __future__ import annotations

from msgspec import Struct

from assuage.record.entries import NoteEntry
from assuage.record.timeline import Timeline

# Days without anything told up to the day from which on the page says so, and days of a silence that has ended since:
# past them what was known at entry and what is known now are of two times (both ours).
SILENCE_TO_TODAY = 14
SILENCE_WITHIN = 28


class Silence(Struct, frozen=True):
    """Days from `first` to `last` of which nothing is recorded, or nothing but `notes`."""

    first: int
    last: int
    notes: bool

    @property
    def days(self) -> int:
        """How many days they are."""
        return self.last - self.first + 1


def silence(timeline: Timeline, entered: int | None, day: int) -> Silence | None:
    """The silence that lasts up to a day, else the longest since `entered` that is over; None where none is long."""
    recorded = [entry for entry in timeline.record.current if entry.day <= day]
    notes = {entry.day for entry in recorded if isinstance(entry, NoteEntry)}
    told = sorted({entry.day for entry in recorded if not isinstance(entry, NoteEntry)})
    if not told:
        return None
    if day - told[-1] >= SILENCE_TO_TODAY:
        return _between(told[-1], day + 1, notes)
    if entered is None:
        return None
    bounds = [entered, *(each for each in told if each > entered)]
    gaps = [_between(before, after, notes) for before, after in zip(bounds, bounds[1:], strict=False)]
    longest = max(gaps, key=lambda gap: gap.days, default=None)
    return longest if longest is not None and longest.days >= SILENCE_WITHIN else None


def _between(before: int, after: int, notes: set[int]) -> Silence:
    return Silence(before + 1, after - 1, any(before < each < after for each in notes))
