"""Everything a record holds, as rows: an entry each, and one for every series of numbers that say nothing else.

The first page is a choice, and so is the timeline: what neither shows is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.record.care_entries import ExposureEntry, RatingEntry
from assuage.record.entries import KIND_OF, AnyEntry, Record, ScoreEntry
from assuage.terms.sites import SITES
from assuage.words.actions import unit_word
from assuage.words.recorded import entry_message, entry_subject, marks_of, time_message, value_of

HEADINGS = ("day", "kind", "text", "marked")
LEAST_OF_A_SERIES = 3  # entries: fewer stand one by one
Cells = tuple[Sentence, ...]


def recorded_headings(speaking: Catalogue) -> tuple[Sentence, ...]:
    """The headings of the rows."""
    return tuple(speaking.say(message(f"timeline.heading-{name}")) for name in HEADINGS)


def recorded_rows(record: Record, until: int | None, speaking: Catalogue) -> tuple[Cells, ...]:
    """Every entry up to a day in the order in which it happened, also those that no longer count; then the series."""
    series: dict[tuple[object, ...], list[AnyEntry]] = {}
    single: list[AnyEntry] = []
    for entry in sorted(record.entries, key=lambda each: each.order):
        if until is not None and entry.day > until:
            continue
        key = _series_of(entry, record)
        if key is None:
            single.append(entry)
        else:
            series.setdefault(key, []).append(entry)
    few = chain.from_iterable(each for each in series.values() if len(each) < LEAST_OF_A_SERIES)
    rows = [_row(entry, record, speaking) for entry in sorted((*single, *few), key=lambda each: each.order)]
    many = (each for each in series.values() if len(each) >= LEAST_OF_A_SERIES)
    return (*rows, *(_series_row(each, record, speaking) for each in many))


def _series_of(entry: AnyEntry, record: Record) -> tuple[object, ...] | None:
    """What a number is of, place, time and teller included; None for an entry that says more, or is no number."""
    if (
        value_of(entry) is None
        or entry.note
        or entry.id is not None
        or entry.disputed_with
        or entry.approximate
    ):
        return None
    marks = tuple(marks_of(entry, record))
    match entry:
        case ScoreEntry():
            return ("score", entry.scale, entry.sites, entry.time, marks)
        case RatingEntry():
            return ("rating", entry.name, entry.unit, entry.lowest, entry.highest, entry.time, marks)
        case ExposureEntry():
            return ("exposure", entry.name, entry.unit, entry.time, marks)
        case _:
            return None


def _row(entry: AnyEntry, record: Record, speaking: Catalogue) -> Cells:
    day = message("timeline.about", day=entry.day) if entry.approximate else entry.day
    return (
        speaking.say(message("timeline.day-and-time", day=day, time=time_message(entry))),
        _kind(entry, speaking),
        speaking.say(entry_message(entry, record)),
        speaking.value(tuple(marks_of(entry, record)), "semicolon"),
    )


def _series_row(entries: Sequence[AnyEntry], record: Record, speaking: Catalogue) -> Cells:
    first, last = entries[0], entries[-1]
    days = speaking.say(message("timeline.from-to", first=first.day, until=last.day))
    return (
        speaking.say(message("timeline.day-and-time", day=days, time=time_message(first))),
        _kind(first, speaking),
        speaking.say(message("recorded.series", what=_of_series(first), values=tuple(_values(entries)))),
        speaking.value(tuple(marks_of(first, record)), "semicolon"),
    )


def _of_series(first: AnyEntry) -> Message:
    """What a series is of, without the value: `pain at the neck`."""
    sites = first.sites if isinstance(first, ScoreEntry) else ()
    unit = first.unit if isinstance(first, ExposureEntry | RatingEntry) else None
    return message(
        "recorded.series-of",
        what=entry_subject(first),
        sites=_places_of(sites) or None,
        unit=unit_word(unit) if unit else None,
    )


def _places_of(sites: Sequence[str]) -> tuple[object, ...]:
    """The places by their titles."""
    return tuple(SITES[site] for site in sites)


def _values(entries: Sequence[AnyEntry]) -> Iterator[Message]:
    """`12: 4`, or `12–14: 4` for a run of days with one value."""
    at = 0
    while at < len(entries):
        end, value = at, value_of(entries[at])
        while (
            end + 1 < len(entries)
            and entries[end + 1].day == entries[end].day + 1
            and value_of(entries[end + 1]) == value
        ):
            end += 1
        until = entries[end].day if end > at else None
        yield message("recorded.on-day", day=entries[at].day, until=until, value=value)
        at = end + 1


def _kind(entry: AnyEntry, speaking: Catalogue) -> Sentence:
    return speaking.value(message(f"kind.{KIND_OF[type(entry)]}"), "upper")
