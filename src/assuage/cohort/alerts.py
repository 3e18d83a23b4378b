"""Which alerts each patient has on the last day: the ids that a review of that patient alone would have.

Alerts of the pathway follow from stays, breaches, watched criteria and limits. Those of the safety rules are
joined (`assuage.engine.many.alerts.situations`); for the few who went to the fallback the reference is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from assuage.engine.many.alerts.rule_tables import safety_ids
from assuage.engine.many.alerts.situations import Safety
from assuage.engine.many.arrays import Bytes, Longs
from assuage.engine.many.blocks.prescan import EMPTY
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.walk.results import ChunkResult
from assuage.engine.walk import walk
from assuage.pathways.actions import Extend
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry
from assuage.record.entries import AnyEntry, FindingEntry, MedicationEntry, SymptomEntry, TherapyEntry
from assuage.record.timeline import Timeline
from assuage.review.alerts import guards, safety_alerts, unchecked_extensions
from assuage.safety.reacted import reaction_alerts, tells_of_reaction
from assuage.safety.reactions import may_tell_of_reaction
from assuage.safety.stopping import LONGEST_AFTER, abrupt_stops, tapers_of
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.sites import lies_within

_ANSWERS = {c.UNKNOWN: UNKNOWN, c.YES: YES, c.NO: NO}
_BLOCK = 20_000  # patients whose bits are spread out at a time


class Alerts:
    """The alerts of a pathway, ready to be asked for the patients of any chunk."""

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        pathway = lowered.pathway
        self.extensions = [
            (phase, recommendation.id, recommendation.action)
            for phase in pathway.phases
            for recommendation in phase.recommend
            if isinstance(recommendation.action, Extend) and recommendation.when is not None
        ]
        ids = {f"breach-{restriction.id}" for restriction in pathway.restrictions}
        ids |= {watch.criterion.id for watch in pathway.watch}
        ids |= {phase.limit.id for phase in pathway.phases if phase.limit}
        ids |= {f"unchecked-{recommendation}" for _, recommendation, _ in self.extensions}
        self.names = sorted(ids | safety_ids())
        self.number = {name: at for at, name in enumerate(self.names)}
        self.safety = Safety(self.names)
        self.extending, self.stopping = Marked(self._extends), Marked(_stops)
        self.reacting = Marked(_tells_of_reaction)

    def raised(self, result: ChunkResult, since: Longs) -> tuple[Any, Any]:
        """For each patient how many alerts there are, and the numbers of all of them in the order of `names`."""
        unstable = self._unstable(result)
        bits = self.safety.raised(result, unstable)
        for name, column in self._of_the_pathway(result, since).items():
            _raise(bits, self.number[name], column)
        for patient, record in result.records.items():
            if result.route[patient] == EMPTY:
                continue
            timeline, day = Timeline(record), int(result.until[patient])
            for alert in safety_alerts(timeline, day, _ANSWERS[int(unstable[patient])]):
                _raise(bits, self.number[alert.id], patient)
        for patient in self._extended(result):
            record = result.reread(patient)
            pathway, timeline = self.lowered.pathway, Timeline(record)
            day = int(result.until[patient])
            walked = walk(pathway, timeline, day)
            for alert in unchecked_extensions(walked, day):
                _raise(bits, self.number[alert.id], patient)
        for patient in self._stopped(result):
            timeline, day = Timeline(result.reread(patient)), int(result.until[patient])
            for alert in abrupt_stops(timeline, day):
                _raise(bits, self.number[alert.id], patient)
        for patient in self._reacted(result):
            timeline, day = Timeline(result.reread(patient)), int(result.until[patient])
            for alert in reaction_alerts(timeline, day):
                _raise(bits, self.number[alert.id], patient)
        counts: list[Any] = [np.zeros(0, np.int64)]
        numbers: list[Any] = [np.zeros(0, np.int32)]
        for first in range(0, bits.shape[0], _BLOCK):
            block = np.ascontiguousarray(bits[first : first + _BLOCK]).astype("<i8").view(np.uint8)
            spread = np.unpackbits(block, axis=1, bitorder="little")
            counts.append(spread.sum(axis=1, dtype=np.int64))
            numbers.append(np.nonzero(spread)[1].astype(np.int32))
        return np.concatenate(counts), np.concatenate(numbers)

    def _unstable(self, result: ChunkResult) -> Bytes:
        """Whether each patient's phase is one of active central sensitisation, as a review says it."""
        guarding = [
            at for at, restriction in enumerate(self.lowered.pathway.restrictions) if guards(restriction)
        ]
        if not guarding:
            return np.zeros(result.route.size, np.uint8)
        return np.where(result.states.in_force[:, guarding].any(axis=1), c.YES, c.NO).astype(np.uint8)

    def _of_the_pathway(self, result: ChunkResult, since: Longs) -> dict[str, Bytes]:
        """By id: whose the alert is."""
        pathway = self.lowered.pathway
        number_of = {criterion: at for at, criterion in enumerate(self.lowered.criteria)}
        answers, inside = result.states.answers, result.states.phase >= 0
        columns: dict[str, Bytes] = {}
        for number, restriction in enumerate(pathway.restrictions):
            breached = np.zeros(result.route.size, bool)
            breached[result.breaches.patient[result.breaches.restriction == number]] = True
            columns[f"breach-{restriction.id}"] = breached
        for watch in pathway.watch:
            columns[watch.criterion.id] = inside & (answers[:, number_of[watch.criterion]] == c.YES)
        for number, phase in enumerate(pathway.phases):
            if phase.limit:
                late = result.until - since >= 7 * phase.limit.weeks
                columns[phase.limit.id] = late & (result.states.phase == number)
        return columns

    def _extended(self, result: ChunkResult) -> list[int]:
        """The patients with a session at a further site: whether it was checked before, the reference says."""
        if not self.extensions:
            return []
        at = np.flatnonzero(self.extending.flags(result.interner)[result.index.which])
        who = np.unique(np.searchsorted(result.index.start, at, side="right") - 1).tolist()
        return sorted({patient for patient in (*who, *result.records) if result.route[patient] != EMPTY})

    def _stopped(self, result: ChunkResult) -> list[int]:
        """The patients with a late stop of a drug that must not be stopped at once: the reference looks at them."""
        at = np.flatnonzero(self.stopping.flags(result.interner)[result.index.which])
        who = np.searchsorted(result.index.start, at, side="right") - 1
        late = result.until[who] - result.index.day[at] < LONGEST_AFTER
        return [each for each in np.unique(who[late]).tolist() if result.route[each] != EMPTY]

    def _reacted(self, result: ChunkResult) -> list[int]:
        """The patients with a reaction to a drug: whether it is taken all the same, the reference says."""
        at = np.flatnonzero(self.reacting.flags(result.interner)[result.index.which])
        who = np.unique(np.searchsorted(result.index.start, at, side="right") - 1).tolist()
        return [each for each in who if result.route[each] != EMPTY]

    def _extends(self, entry: AnyEntry) -> bool:
        return (
            isinstance(entry, TherapyEntry)
            and entry.took_place
            and any(
                not action.therapy.members.isdisjoint(entry.certainly)
                and any(lies_within(site, action.to.id) for site in entry.sites)
                for _, _, action in self.extensions
            )
        )


def _stops(entry: AnyEntry) -> bool:
    return isinstance(entry, MedicationEntry) and entry.do == "stop" and bool(tapers_of(entry))


def _tells_of_reaction(entry: AnyEntry) -> bool:
    if isinstance(entry, SymptomEntry) and not may_tell_of_reaction(entry.what):
        return False  # nor does it state an allergy, which is such a word
    told = AdverseEventEntry | AllergyEntry | DiagnosisEntry | FindingEntry | SymptomEntry
    return isinstance(entry, told) and tells_of_reaction(Timeline.of([entry]))


class Marked:
    """Which of the entries that were met a question holds for, each asked once for an interner."""

    def __init__(self, asks: Callable[[AnyEntry], bool]) -> None:
        self.asks = asks
        self._known: tuple[EntryInterner | None, list[bool]] = (None, [])

    def flags(self, interner: EntryInterner) -> Any:
        """A yes or no for each entry of the interner, by its number; one more, no, at the end."""
        known, flags = self._known
        if known is not interner:
            flags = []
        flags.extend(
            each.entry is not None and self.asks(each.entry) for each in interner.entries[len(flags) :]
        )
        self._known = (interner, flags)
        return np.array([*flags, False])


def _raise(bits: Longs, number: int, whose: Any) -> None:
    """Set the bit of an alert for some patients: their number, or a yes or no for each."""
    bits[whose, number >> 6] |= np.int64(np.uint64(1) << np.uint64(number & 63))
