"""Which red flags there are after each entry that has to do with one: asked of the reference once for what was told."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from assuage.record.entries import AnyEntry
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import FlagsNow, flags_after_each
from assuage.terms.times import clock_time, is_clock


class Told(NamedTuple):
    """One entry among those that were told of flags."""

    entry: int  # the number of the distinct entry
    day: int  # the number of its day among the days on which anything was told
    minute: int  # -1: none


class FlagsAfter(NamedTuple):
    """The ids of the red flags after an entry, and whether one of them shuts every gate."""

    active: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    shut: bool = False


class ToldFlags:
    """The distinct entries that have to do with flags, by number, and what followed from those met so far.

    What is active hangs on the order of what was said, and on what of it was said on one day and when, not on how many
    days lie between, so that one answer serves all patients of whom the same was said.
    """

    def __init__(self) -> None:
        self.entries: dict[int, AnyEntry] = {}
        self._after: dict[tuple[Told, ...], tuple[FlagsAfter, ...]] = {}

    def after(self, told: tuple[Told, ...]) -> tuple[FlagsAfter, ...]:
        """The flags after each of these entries, one after the other."""
        if told not in self._after:
            timeline = Timeline.of(self._entry(place, each) for place, each in enumerate(told))
            after = {entry.place: flags for entry, flags in flags_after_each(timeline)}
            flags = FlagsNow()
            self._after[told] = tuple(_ids(flags := after.get(place, flags)) for place in range(len(told)))
        return self._after[told]

    def _entry(self, place: int, told: Told) -> AnyEntry:
        """The entry as it was told, for one number stands for what was said at any time."""
        entry = self.entries[told.entry]
        minute = None if told.minute < 0 else told.minute
        time = entry.time
        if time is None or is_clock(time):
            time = None if minute is None else clock_time(minute)
        return replace(entry, day=told.day, minute=minute, time=time, place=place)


def _ids(flags: FlagsNow) -> FlagsAfter:
    return FlagsAfter(tuple(each.flag.id for each in flags.active), flags.cleared, bool(flags.shutting))
