"""One entry more: added to a record, refused, or kept in dispute with what somebody else wrote.

The answer is that of reading the whole record with the entry at its end, at the cost of reading the entry and its day.
Whether the pathway can follow a decision is asked by `assuage.engine.append`, where pathways are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from assuage.catalogue.message import Message, message
from assuage.errors import Problem
from assuage.record.contradictions import Contradiction, contradictions
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry
from assuage.record.read import read_entry
from assuage.record.settling import settled_with
from assuage.record.standing import disputes_of, rulings_among, with_places


class Refused(Struct, frozen=True):
    """The record stays as it was; what is wrong with the entry, each with its place and the remedy."""

    problems: tuple[Problem, ...]


class Disputed(Struct, frozen=True):
    """The record with the entry in dispute: kept, shown, and read on the cautious side until a person settles it."""

    record: Record
    with_entry: AnyEntry
    why: Message


Appended = Record | Refused | Disputed


def append(record: Record, entry: Mapping[str, object]) -> Appended:
    """The record with one more entry, given as a document has it.

    What contradicts an entry that has an id is kept in dispute with it. An entry that is wrong in itself is refused,
    and so is one that contradicts an entry without an id, for nothing could name it.
    """
    plain = dict(entry)
    rival = _correction_of_the_same(record, plain)
    disputed = _named(plain.get("disputed_with"))
    if rival is not None and rival.id in disputed:
        rival = None  # the entry says so itself
    if rival is not None and rival.id is not None:
        plain["disputed_with"] = [*disputed, rival.id]
    read, problems = read_entry(record, plain)
    if read is None:
        return Refused(tuple(problems))
    why = None
    foreign, denied = _of_somebody_else(record, read), _denied_by(record, read)
    if foreign is not None:
        rival, why = foreign, message("record.somebody-elses", id=foreign.id)
    elif denied is not None:
        rival, why = denied, message("record.denies-anothers", day=denied.day)
    elif rival is not None:
        why = message("record.corrected-by-two", id=str(rival.replaces))
    return _settled(record, read, rival, why)


def _settled(record: Record, entry: AnyEntry, rival: AnyEntry | None, why: Message | None) -> Appended:
    """The record with the entry, in dispute with whatever it contradicts."""
    while True:
        longer = followed_by(record, entry)
        clash = next(_clashes(record, longer, entry), None)
        if clash is None:
            return longer if rival is None or why is None else Disputed(longer, rival, why)
        other = record.entries[min(clash.place, clash.other)]
        if entry.place not in (clash.place, clash.other) or other.id is None:
            return Refused((Problem(f"entries[{clash.place}]", clash.what),))
        rival, why = rival or other, why or clash.what
        entry = replace(entry, disputed_with=(*entry.disputed_with, other.id))


def followed_by(record: Record, entry: AnyEntry) -> Record:
    """The record with an entry at its end that was read for it; what was known of the others is not asked again."""
    longer = replace(record, entries=(*record.entries, entry))
    known = vars(longer)
    known["index"] = record.index.followed_by(entry)
    settled = settled_with(record, entry)
    if settled is not None:
        known |= asdict(settled)
    if "rulings" in vars(record):
        known["rulings"] = with_places(record.rulings, rulings_among((entry,)))
    return longer


def _clashes(record: Record, longer: Record, entry: AnyEntry) -> Iterator[Contradiction]:
    """What contradicts each other on the days of which the entry says something new."""
    days = {
        entry.day,
        *(longer.entries[longer.index.ids[name]].day for name in _changed(record, longer, entry)),
    }
    places = sorted(place for day in days for place in longer.index.days.get(day, ()))
    standing = [each for place in places if longer.stands(each := longer.entries[place])]
    return contradictions(standing, disputes_of(standing))


def _changed(record: Record, longer: Record, entry: AnyEntry) -> Iterable[str]:
    """The ids of the older entries that may stand no more, or again, once the entry is written."""
    if settled_with(record, entry) is not None:
        return [name for name in _spoken_of(entry) if name in record.index.ids]
    return (longer.replaced ^ record.replaced) | (longer.withdrawn ^ record.withdrawn)


def _spoken_of(entry: AnyEntry) -> list[str]:
    """The ids of the entries that one would replace or withdraw."""
    names = (entry.replaces, entry.of if isinstance(entry, VoidEntry) else None)
    return [name for name in names if name is not None]


def _correction_of_the_same(record: Record, plain: Mapping[str, object]) -> AnyEntry | None:
    """The correction that stands of the entry that this one corrects; None where it is the first."""
    old = plain.get("replaces")
    places = record.index.corrections.get(old, ()) if isinstance(old, str) else ()
    rivals = (record.entries[place] for place in places)
    return next((each for each in rivals if each.place not in record.foreign and record.stands(each)), None)


def _of_somebody_else(record: Record, entry: AnyEntry) -> AnyEntry | None:
    """The entry that this one would withdraw or replace and whose writer alone, or a clinician, may; None if none."""
    others = map(record.written, _spoken_of(entry))
    return next((other for other in others if other is not None and not entry.may_settle(other)), None)


def _denied_by(record: Record, entry: AnyEntry) -> AnyEntry | None:
    """The entry of a clinician's, or of somebody else, that this one would rule out; None if none."""
    if entry.denies is None:
        return None
    # Whoever it can stand against rules of the same thing, or is named by it.
    rulings = record.rulings.get(entry.denies.about, ())
    longer = followed_by(record, entry)
    named = (longer.index.ids.get(name) for name in (*_spoken_of(entry), *entry.disputed_with))
    places = {*rulings, entry.place, *(place for place in named if place is not None)}
    standing = [each for place in places if longer.stands(each := longer.entries[place])]
    against = disputes_of(sorted(standing, key=lambda each: each.order)).get(entry.place, ())
    return next((cast("AnyEntry", other) for other in against if other.id not in entry.disputed_with), None)


def _named(given: object) -> list[object]:
    if isinstance(given, list):
        return cast("list[object]", given)
    return [] if given is None else [given]
