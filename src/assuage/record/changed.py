"""Which days of a record further entries say something new of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from assuage.record.entries import AnyEntry, Record
from assuage.record.standing import speaks_of_another


def days_changed(record: Record, entries: Sequence[AnyEntry]) -> list[int]:
    """The days of which these entries say something new: their own, and those of the entries they replace."""
    if not any(map(speaks_of_another, entries)):
        return [entry.day for entry in entries]
    end, stood = len(record.entries), {entry.place: entry for entry in record.current}
    written = tuple(replace(entry, place=end + number) for number, entry in enumerate(entries))
    longer = replace(record, entries=(*record.entries, *written))
    stands = {entry.place: entry for entry in longer.current}
    before = [entry.day for place, entry in (stood | stands).items() if stood.get(place) != stands.get(place)]
    return [*before, *(entry.day for entry in entries)]
