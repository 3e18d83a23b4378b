"""One entry more, where the pathway has to be able to follow the decisions of the record that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec.structs import replace

from assuage.engine.followed import named_pathways, registered
from assuage.engine.walk import Walker, problems_on_the_way
from assuage.errors import Problem, Problems
from assuage.pathways.model import Pathway
from assuage.record.append import Appended, Disputed, Refused, append, followed_by
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import VoidEntry
from assuage.record.timeline import Timeline

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


def append_as_followed(record: Record, entry: Mapping[str, object]) -> Appended:
    """`append_on_pathway` for every pathway that the record or the entry names, whichever is followed on whatever day.

    A decision that names a pathway which is not shipped is refused; of one that another entry names nothing is asked.
    """
    appended = append(record, entry)
    if isinstance(appended, Refused):
        return appended
    longer = appended.record if isinstance(appended, Disputed) else appended
    added = longer.entries[-1]
    if not _asks_for_a_walk(longer, added):
        return appended
    if isinstance(added, DecisionEntry) and added.pathway is not None:
        try:
            registered(added.pathway)
        except Problems as unknown:
            return Refused(unknown.problems)
    answers = [append_on_pathway(record, entry, pathway) for pathway in _named(longer)]
    refused = next((each for each in answers if isinstance(each, Refused)), None)
    disputed = next((each for each in answers if isinstance(each, Disputed)), None)
    if refused is None and disputed is not None and len(answers) > 1:
        timeline = Timeline(disputed.record)
        wrong = [each for pathway in _named(longer) for each in problems_on_the_way(pathway, timeline)]
        refused = Refused(tuple(wrong)) if wrong else None
    return refused or disputed or appended


def can_be_followed(record: Record, added: Iterable[AnyEntry]) -> bool:
    """Whether every pathway that is named can follow the decisions of a record to which these entries were added.

    Each is walked once, however many entries there are; none where no entry can change what a decision was taken on.
    """
    if not any(_asks_for_a_walk(record, each) for each in added):
        return True
    timeline = Timeline(record)
    return not any(problems_on_the_way(pathway, timeline) for pathway in _named(record))


def _named(record: Record) -> Iterator[Pathway]:
    """The pathways that the record names and that are shipped."""
    for name in named_pathways(Timeline(record)):
        with suppress(Problems):
            yield registered(name)


def _asks_for_a_walk(record: Record, added: AnyEntry) -> bool:
    """Whether the entry can change what a decision of the record was taken on: one on its day or later, or any."""
    last = record.index.decided
    alone = not (added.replaces or added.disputed_with or isinstance(added, (DecisionEntry, VoidEntry)))
    return last is not None and (not alone or last >= added.day)


def _problems(record: Record, added: AnyEntry, pathway: Pathway, walker: Walker | None) -> Sequence[Problem]:
    """Which decisions the pathway cannot follow with the entry that was added; walked as far as the last of them."""
    last = record.index.decided
    if last is None or not _asks_for_a_walk(record, added):
        return ()
    if walker is None or added.day > last:
        start, more = Walker.begin(pathway, record), ()
    else:
        start, more = walker.back_to(last), (added,)
    try:
        start.step(last, more)
    except Problems as refused:
        return refused.problems
    return ()


def _place(problem: Problem) -> int | None:
    """The place of the entry that a problem names."""
    match = _ENTRY.match(problem.place)
    return int(match[1]) if match else None
