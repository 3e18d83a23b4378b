"""The phases a record went through, by id, whatever it follows: what a diary and the counts of triggers ask.

Where the record names a pathway that is shipped, that is the walk of it, gates and decisions alike. Where it names none
(or one that nobody here knows), all that is known of phases is what people decided, so only its decisions tell: each
phase that one names lasts until the next decision that moves the patient. A decision that moves on without naming the
phase ("advance") leads where only the pathway could say: from then on the phase is unknown, which is no phase.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from assuage.engine.followed import is_of_a_phase, named_pathway
from assuage.engine.walk import InPhase, Walk, walk
from assuage.pathways import registry
from assuage.record.decided_entries import DecisionEntry
from assuage.record.timeline import Timeline


class PhaseDays(Struct, InPhase, frozen=True):
    """The days of one stay in a phase, by its id: from `entered` to the day before `left`; None while it lasts."""

    phase: str
    entered: int
    left: int | None = None

    def length(self, until: int) -> int:
        """How many days it has up to `until`."""
        return max((until + 1 if self.left is None else min(self.left, until + 1)) - self.entered, 0)


def walked_phases(walked: Walk) -> tuple[PhaseDays, ...]:
    """The stays of a walk, in order."""
    return tuple(PhaseDays(stay.phase.id, stay.entered, stay.left) for stay in walked.stays)


def decided_phases(decisions: Iterable[DecisionEntry]) -> tuple[PhaseDays, ...]:
    """The stays that decisions name, in order, where no pathway says more."""
    stays: list[PhaseDays] = []
    for decision in decisions:
        here = stays[-1] if stays and stays[-1].left is None else None
        if decision.do == "hold" or (here is not None and here.phase == decision.to):
            continue
        if here is not None:
            stays[-1] = PhaseDays(here.phase, here.entered, decision.day)
        if decision.to is not None:
            stays.append(PhaseDays(decision.to, decision.day))
    return tuple(stays)


def phases_of(timeline: Timeline, until: int) -> tuple[PhaseDays, ...]:
    """The stays of a record up to the end of day `until`, in order.

    Raises Problems for decisions that the pathway it names cannot follow.
    """
    named = named_pathway(timeline, until)
    if named is None or not registry.is_shipped(named.pathway):
        return decided_phases(each for each in timeline.decisions(until) if is_of_a_phase(each, None))
    return walked_phases(walk(registry.pathway(named.pathway), timeline, until))
