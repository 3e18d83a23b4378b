"""One entry more: added to a record, refused, or kept in dispute with what somebody else wrote.

The answer is that of reading the whole record with the entry at its end, at the cost of reading the entry and its day.
Whether the pathway can follow a decision is asked by `assuage.engine.append`, where pathways are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.errors import Problem
from assuage.record.contradictions import Contradiction, contradictions
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry
from assuage.record.read import read_entry
from assuage.record.standing import disputes_of


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
    known |= _gone_with(record, entry)
    return longer


def _gone_with(record: Record, entry: AnyEntry) -> dict[str, object]:
    """What stands no more once the entry is written; nothing is said where it changes what others settled.

    Only an entry that withdraws or replaces another one brings back what that one had settled.
    """
    withdrawn, replaced, foreign = record.withdrawn, record.replaced, record.foreign
    void = entry.of if isinstance(entry, VoidEntry) else None
    if void is not None and entry.replaces is not None:
        return {}
    name = void or entry.replaces
    if name is not None:
        other = record.written(name)
        if other is None or other.replaces is not None or isinstance(other, VoidEntry):
            return {}
        if not entry.may_settle(other):
            foreign |= frozenset() if void else {entry.place}
        elif void:
            withdrawn |= {name}
        else:
            replaced |= {name}
    return {"withdrawn": withdrawn, "replaced": replaced, "foreign": foreign}


def _clashes(record: Record, longer: Record, entry: AnyEntry) -> Iterator[Contradiction]:
    """What contradicts each other on the days of which the entry says something new."""
    gone = longer.replaced | longer.withdrawn
    changed = gone ^ (record.replaced | record.withdrawn)
    days = {entry.day, *(longer.entries[longer.index.ids[name]].day for name in changed)}
    places = sorted(place for day in days for place in longer.index.days.get(day, ()))
    standing = [longer.entries[place] for place in places]
    standing = [each for each in standing if each.id is None or each.id not in gone]
    return contradictions(standing, disputes_of(standing))


def _correction_of_the_same(record: Record, plain: Mapping[str, object]) -> AnyEntry | None:
    """The correction that stands of the entry that this one corrects; None where it is the first."""
    old = plain.get("replaces")
    rivals = (record.entries[place] for place, name in record.index.replaces.items() if name == old)
    gone = record.replaced | record.withdrawn
    return next(
        (
            each
            for each in rivals
            if each.place not in record.foreign and (each.id is None or each.id not in gone)
        ),
        None,
    )


def _of_somebody_else(record: Record, entry: AnyEntry) -> AnyEntry | None:
    """The entry that this one would withdraw or replace and whose writer alone, or a clinician, may; None if none."""
    names = (entry.replaces, entry.of if isinstance(entry, VoidEntry) else None)
    others = (record.written(name) for name in names if name is not None)
    return next((other for other in others if other is not None and not entry.may_settle(other)), None)


def _denied_by(record: Record, entry: AnyEntry) -> AnyEntry | None:
    """The entry of a clinician's, or of somebody else, that this one would rule out; None if none."""
    if entry.denies is None:
        return None
    against = followed_by(record, entry).disputes.get(entry.place, ())
    return next((other for other in against if other.id not in entry.disputed_with), None)


def _named(given: object) -> list[object]:
    if isinstance(given, list):
        return cast("list[object]", given)
    return [] if given is None else [given]
