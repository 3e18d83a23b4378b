"""One entry more, where the pathway has to be able to follow the decisions of the record that comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from assuage.engine.walk import Walker
from assuage.errors import Problem, Problems
from assuage.pathways.model import Pathway
from assuage.record.append import Appended, Disputed, Refused, append, followed_by
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry

_ENTRY = re.compile(r"entries\[(\d+)\]")


def append_on_pathway(
    record: Record, entry: Mapping[str, object], pathway: Pathway, walker: Walker | None = None
) -> Appended:
    """`append`, and a decision that makes an older one impossible to follow is in dispute with that one.

    `walker` is a walk of this record as far as a day from which to go on; without one the record is walked from its
    start. It is walked only where a decision stands on the day of the entry or later.
    """
    appended = append(record, entry)
    if isinstance(appended, Refused):
        return appended
    longer = appended.record if isinstance(appended, Disputed) else appended
    added = longer.entries[-1]
    problems = _problems(longer, added, pathway, walker)
    if not problems:
        return appended
    at = next((place for place in map(_place, problems) if place is not None), added.place)
    other = longer.entries[at]
    if at == added.place or other.id is None or not isinstance(added, DecisionEntry):
        return Refused(tuple(problems))
    disputing = replace(added, disputed_with=(*added.disputed_with, other.id))
    disputed = followed_by(record, disputing)
    if _problems(disputed, disputing, pathway, walker):
        return Refused(tuple(problems))
    return Disputed(disputed, other, problems[0].message)


def _problems(record: Record, added: AnyEntry, pathway: Pathway, walker: Walker | None) -> Sequence[Problem]:
    """Which decisions the pathway cannot follow with the entry that was added; walked as far as the last of them."""
    days = [entry.day for entry in record.entries if isinstance(entry, DecisionEntry)]
    last = max(days, default=added.day - 1)
    alone = not (added.replaces or added.disputed_with or isinstance(added, (DecisionEntry, VoidEntry)))
    if not days or (alone and last < added.day):
        return ()
    start = walker if walker is not None and walker.walk.until <= last else Walker.begin(pathway, record)
    try:
        start.step(last, (added,) if start is walker and added.day <= last else ())
    except Problems as refused:
        return refused.problems
    return ()


def _place(problem: Problem) -> int | None:
    """The place of the entry that a problem names."""
    match = _ENTRY.match(problem.place)
    return int(match[1]) if match else None
