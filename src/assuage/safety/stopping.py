"""Drugs that were stopped at once and should have been reduced: what may follow, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assuage.catalogue.message import message
from assuage.record.entries import MedicationEntry
from assuage.record.episodes import DrugEpisode
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert, Tier, cautious
from assuage.safety.amounts import total
from assuage.safety.formulary import TAPERS, members, wording_of
from assuage.safety.rules import Taper, row_text
from assuage.safety.situation import lines_of_medication, substance_id
from assuage.terms.drug_index import indexed_substance
from assuage.terms.local_forms import is_spinal
from assuage.terms.publications import PUBLICATIONS

# Who takes these for epilepsy may have seizures without them, one after the other (from memory: it only adds a word).
_EPILEPSY = frozenset({"antiepileptic", "barbiturate"})
_GRAVE = frozenset({"contraindicated", "major"})
STEP_DAYS = 28  # a step down is looked for in the four weeks before the stop (ours)
LONGEST_AFTER = max(row.days for row in TAPERS)


def tapers_of(entry: MedicationEntry, given: MedicationEntry | None = None) -> tuple[Taper, ...]:
    """The rows about the drug of an entry; none for a drug that may be stopped at once, or that no rule knows.

    `given` is how it was given until then: a stop need not say the route again.
    """
    lines = (*lines_of_medication(entry), *(() if given is None else lines_of_medication(given)))
    substances = {line.substance for line in lines if line.sure}
    rows = tuple(row for row in TAPERS if not members(row.stopped).isdisjoint(substances))
    by_pump = tuple(row for row in rows if row.spinal)
    if by_pump and any(is_spinal(line.name, line.route) for line in lines):
        return by_pump
    return tuple(row for row in rows if not row.spinal)


@cache
def not_at_once(substances: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these substances whose stop at once does grave harm: a person decides how they are left off."""
    return tuple(substance for substance in substances if _harms_stopped_at_once(substance))


def _harms_stopped_at_once(substance: str) -> bool:
    known = indexed_substance(substance)
    if known is not None and not _EPILEPSY.isdisjoint(known.classes):
        return True
    return any(row.severity in _GRAVE and substance in members(row.stopped) for row in TAPERS)


def abrupt_stops(timeline: Timeline, day: int) -> Iterator[Alert]:
    """What may follow the drugs that were stopped lately, with no step down recorded before.

    A drug that is taken again asks for nothing, nor does one that was reduced before it was stopped. Tablets that go on
    do not stand for what came to the spinal cord.
    """
    for drug in timeline.drugs():
        goes_on = timeline.episode(drug, day) is not None
        for episode, stop in _ended(timeline, drug, day):
            for row in tapers_of(stop, episode.latest) if day - stop.day < LONGEST_AFTER else ():
                if day - stop.day < row.days and (row.spinal or not goes_on) and not _reduced(episode):
                    yield _alert(row, episode, stop)


def _ended(timeline: Timeline, drug: str, day: int) -> Iterator[tuple[DrugEpisode, MedicationEntry]]:
    """What of a drug is no longer given: the last episode of each way and its stop, of one way the drug as a whole."""
    courses = timeline.courses(drug, day)
    if len(courses) > 1:
        last = (episodes[-1] for episodes in courses if episodes)
        yield from ((each, each.stopped) for each in last if each.stopped is not None)
        return
    stop, episodes = timeline.stopped(drug, day), timeline.episodes(drug, day)
    if stop is not None and episodes:
        yield episodes[-1], stop


def _reduced(episode: DrugEpisode) -> bool:
    """Whether the last dose of an episode was known to be smaller than one in the four weeks before its end."""
    stopped = episode.stopped
    substance = substance_id(episode.latest.drug)
    doses = episode.latest.doses
    if stopped is None or substance is None or not doses:
        return False
    before = [entry for entry in episode.entries if stopped.day - entry.day > STEP_DAYS][-1:]
    lately = [entry for entry in episode.entries if stopped.day - entry.day <= STEP_DAYS]
    by_day = [total([entry.doses], doses[0].unit, substance) for entry in (*before, *lately)]
    whole = [each for each in by_day if each.complete]
    return len(whole) == len(by_day) and any(earlier.least > whole[-1].most for earlier in whole[:-1])


def _tier(row: Taper) -> Tier:
    match row.severity:
        case "contraindicated":
            return "stop"
        case "major":
            return "ask"
        case "moderate" | "minor":
            return "note"


def _alert(row: Taper, episode: DrugEpisode, stop: MedicationEntry) -> Alert:
    substance = substance_id(stop.drug)
    taken = stop.day - episode.since
    return Alert(
        row.id,
        _tier(row) if taken >= row.taken else "note",
        row.severity,
        message(
            "alert.stopped-at-once",
            drug=wording_of(substance) if substance else stop.drug,
            day=stop.day,
            taken=taken,
            effect=row_text(row, "effect"),
        ),
        cautious(row_text(row, "effect"), row.status),
        tuple(PUBLICATIONS[key] for key in row.sources),
        (episode.latest.place, stop.place),
        row_text(row, "action"),
        row.status,
        subject=substance or stop.drug,
        rules=(row.id,),
    )
