"""One entry more: added to a record, refused, or kept in dispute with what somebody else wrote.

The answer is that of reading the whole record with the entry at its end, at the cost of reading the entry and its day.
Whether the pathway can follow a decision is asked by `assuage.engine.append`, where pathways are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from assuage.catalogue.message import Message, message
from assuage.errors import Problem
from assuage.record.contradictions import Contradiction, contradicted_by, contradictions
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry
from assuage.record.read import read_entry
from assuage.record.settling import settled_with
from assuage.record.standing import disputes_of, disputes_with, rulings_among, with_places


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
    longer = followed_by(record, entry)
    changed = list(_changed(record, longer, entry))
    others = _standing_on(
        {entry.day, *(record.entries[record.index.ids[name]].day for name in changed)}, longer
    )
    if changed:  # else they stand beside one another as before
        for clash in contradictions(others, disputes_of(others)):
            return _refused(clash)
    disputed = list(entry.disputed_with)
    known = {other.place for other in disputes_with(entry, others)}
    for clash in contradicted_by(entry, others):
        if clash.other in known:
            continue
        other = record.entries[clash.other] if clash.other < entry.place else None
        if other is None or other.id is None:
            return _refused(clash)
        known.add(other.place)
        disputed.append(other.id)
        rival, why = rival or other, why or clash.what
    if rival is None or why is None:
        return longer
    return Disputed(followed_by(record, replace(entry, disputed_with=tuple(disputed))), rival, why)


def _refused(clash: Contradiction) -> Refused:
    return Refused((Problem(f"entries[{clash.place}]", clash.what),))


def _standing_on(days: set[int], longer: Record) -> list[AnyEntry]:
    """What stands on some days but for the last entry of a record, as it was written."""
    last = len(longer.entries) - 1
    places = sorted(place for day in days for place in longer.index.days.get(day, ()) if place != last)
    return [each for place in places if longer.stands(each := longer.entries[place])]


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
    # Whoever it can stand against rules of the same thing.
    longer = followed_by(record, entry)
    rulings = (record.entries[place] for place in record.rulings.get(entry.denies.about, ()))
    against = disputes_with(entry, [each for each in rulings if longer.stands(each)])
    return next((cast("AnyEntry", other) for other in against if other.id not in entry.disputed_with), None)


def _named(given: object) -> list[object]:
    if isinstance(given, list):
        return cast("list[object]", given)
    return [] if given is None else [given]
