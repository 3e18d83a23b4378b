"""The times in which a drug is taken without a break, from what was written of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from assuage.record.entries import MedicationEntry
from assuage.terms.names import folded


class DrugEpisode(Struct, frozen=True):
    """A drug taken without a break: the last word of each of its days, and the stop that ended it (None: it lasts).

    A stop and a start on one day are no break: only the last word of a day counts.
    """

    drug: str
    entries: tuple[MedicationEntry, ...]
    stopped: MedicationEntry | None = None

    @property
    def since(self) -> int:
        """The day on which it began."""
        return self.entries[0].day

    @property
    def latest(self) -> MedicationEntry:
        """The latest start or change: what is being taken while it lasts."""
        return self.entries[-1]

    def followed_by(self, other: DrugEpisode) -> DrugEpisode:
        """This and another one that overlaps it or begins where it ends, as one."""
        entries = tuple(sorted((*self.entries, *other.entries), key=lambda entry: entry.order))
        stops = (self.stopped, other.stopped)
        last = None if None in stops else max((stop for stop in stops if stop), key=lambda stop: stop.order)
        return replace(self, entries=entries, stopped=last)

    @property
    def title(self) -> str:
        """The drug's name; the word as it was written where no drug of that name is known."""
        return self.latest.known.title if self.latest.known else self.latest.drug


def episodes_in(code: str, last_words: Iterable[MedicationEntry]) -> list[DrugEpisode]:
    """The episodes of one code, from the last word of each of its days, in order."""
    episodes: list[DrugEpisode] = []
    taken: list[MedicationEntry] = []
    for entry in last_words:
        if entry.do != "stop":
            taken.append(entry)
        elif taken:
            episodes.append(DrugEpisode(code, tuple(taken), entry))
            taken = []
    return [*episodes, DrugEpisode(code, tuple(taken))] if taken else episodes


def by_way(entries: Sequence[MedicationEntry]) -> list[list[MedicationEntry]]:
    """The words on one drug, in order, by the ways in which it is given at once; all together where it is one way.

    A start by another way begins a second course; a change by another way changes the way of the only one that runs.
    A route that is not said may be any: it goes on with what was spoken of last, and a stop without one ends all. A
    stop of a way in which nothing runs ends nothing.
    """
    if len({way for entry in entries if (way := entry.way) is not None}) < 2:
        return [list(entries)]
    courses: list[list[MedicationEntry]] = []
    running: dict[str | None, list[MedicationEntry]] = {}  # what was spoken of last stands last
    begun: set[str | None] = set()
    for entry in entries:
        meant = _ways_meant(entry, list(running), entry.way in begun)
        if entry.do == "stop":
            for way in meant:
                running.pop(way).append(entry)
            continue
        course = [running.pop(way) for way in meant] or [[]]
        if not meant:
            courses += course
        course[0].append(entry)
        running[entry.way or (meant or [None])[0]] = course[0]
        begun.add(entry.way)
    return courses


def _ways_meant(entry: MedicationEntry, running: list[str | None], known: bool) -> list[str | None]:
    """Those of the ways in which a drug runs that an entry speaks of; none where it begins another, or ends nothing.

    `known` is whether it was given before in the way of the entry: a change then begins that one again.
    """
    way = entry.way
    if way is None:
        return running if entry.do == "stop" else running[-1:]
    same = [each for each in (way, None) if each in running][:1]
    changes_way = entry.do == "change" and len(running) == 1 and not known
    return running if not same and changes_way else same


def courses_of(code: str, entries: Sequence[MedicationEntry]) -> list[list[DrugEpisode]]:
    """The episodes of one code by the way in which it is given, from all that was written of it, in order."""
    return [episodes_in(code, {entry.day: entry for entry in course}.values()) for course in by_way(entries)]


def joined(drug: str, episodes: Iterable[DrugEpisode]) -> list[DrugEpisode]:
    """The episodes of a drug under several codes; those that overlap, or have no day between them, are one."""
    whole: list[DrugEpisode] = []
    for episode in sorted(episodes, key=lambda each: (each.since, each.latest.order)):
        before = whole[-1] if whole else None
        if before is None or (before.stopped is not None and before.stopped.day < episode.since):
            whole.append(replace(episode, drug=drug))
        else:
            whole[-1] = before.followed_by(episode)
    return whole


def started_twice(entries: Iterable[MedicationEntry]) -> tuple[MedicationEntry, ...]:
    """Of what was written of one drug, in order: where it was started again under another name while it ran, both.

    Whether the new name takes the place of the other or is taken beside it, nobody said. A change of name is no second
    start, and a stop ends all that ran.
    """
    twice: list[MedicationEntry] = []
    running: MedicationEntry | None = None
    for entry in entries:
        if entry.do == "stop":
            twice, running = [], None
            continue
        if entry.do == "start" and running is not None and folded(running.drug) != folded(entry.drug):
            twice += (running, entry)
        running = entry
    return tuple(twice)


def codes_by_part(medication: Mapping[str, Sequence[MedicationEntry]]) -> Mapping[str, Sequence[str]]:
    """By the id of a substance, the codes of what has it in it, or is it, in the order in which they occur."""
    by_part: dict[str, list[str]] = {}
    for code, entries in medication.items():
        known = entries[0].known
        for part in known.substances if known is not None else ():
            by_part.setdefault(part.id, []).append(code)
    return by_part
