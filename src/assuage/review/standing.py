"""`standing(record, pathway, on)`: where a patient stands, each part worked out when it is asked for.

A review is made of one. What a standing has not is what a review adds: suspects and their evidence, how often an alert
was raised before, what is missing, notes. No numerical library is loaded for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.engine.followed import followed_pathway
from assuage.engine.trace import Reading, read, read_gate
from assuage.engine.walk import Stay, Walk, checked_day_number, gates_between, walk
from assuage.errors import InputError
from assuage.pathways.clinic import PresumedDiagnosis
from assuage.pathways.fibromyalgia import FIBROMYALGIA
from assuage.pathways.model import Pathway, Restriction
from assuage.pathways.registry import pathway as pathway_of_id
from assuage.record.entries import Record
from assuage.record.fields import FURTHEST_DAY
from assuage.record.timeline import Timeline
from assuage.review.admission import admission
from assuage.review.alerts import alerts_of_the_day
from assuage.review.diagnosis import diagnosis
from assuage.review.first_looked_at import against_refusal, out_of_limits, unread
from assuage.review.model import (
    ADMITTED,
    Admission,
    Breach,
    Diagnosis,
    GateState,
    PlanItem,
    RestrictionState,
    Review,
    Withheld,
)
from assuage.review.plan import plan
from assuage.safety.alerts import Alert
from assuage.safety.check import ANYWHERE
from assuage.safety.situation import Settings
from assuage.terms.answers import YES

# Which criteria are decided does not wait for a pathway: they are those that the pathways share.
PRESUMED_WITHOUT_PATHWAY = FIBROMYALGIA


class Standing(Struct, frozen=True, dict=True):
    """Where a patient stands at the end of day `on`: what a review says of it, and the same.

    `pathway` and `walk` are None where nobody chose a pathway. An alert is that of the day alone: on how many days it
    was raised before is what a review counts.
    """

    record: Record
    timeline: Timeline
    pathway: Pathway | None
    on: int
    walk: Walk | None
    settings: Settings = ANYWHERE

    @property
    def stays(self) -> tuple[Stay, ...]:
        """Every stay so far, the current one last."""
        return self.walk.stays if self.walk else ()

    @property
    def current(self) -> Stay | None:
        """The stay the patient is in; None before the pathway and after it."""
        return self.walk.current if self.walk else None

    @cached_property
    def gates(self) -> tuple[GateState, ...]:
        """The gates that can move the patient from where they are."""
        return () if self.walk is None else tuple(_gates(self.walk, self.on))

    @cached_property
    def restrictions(self) -> tuple[RestrictionState, ...]:
        """What is to be left alone, and what was not."""
        walked = self.walk
        if walked is None:
            return ()
        return tuple(_restriction(walked, each, self.on) for each in walked.pathway.restrictions)

    @property
    def presumed(self) -> PresumedDiagnosis | None:
        """What the pathway takes its patients to have; without a pathway what the pathways share."""
        return PRESUMED_WITHOUT_PATHWAY if self.pathway is None else self.pathway.diagnosis

    @cached_property
    def criteria(self) -> Mapping[str, Diagnosis]:
        """The criteria of that diagnosis as they are decided from the record."""
        shown = self.presumed.show if self.presumed else ()
        return diagnosis(self.record, self.timeline, self.on, shown)

    @cached_property
    def admitted(self) -> Admission:
        """What speaks against treatment on the pathway, and what has to be known first."""
        return ADMITTED if self.walk is None else admission(self.walk, self.on, self.criteria)

    @cached_property
    def unread(self) -> tuple[Message, ...]:
        """What is recorded and no rule reads, though it could forbid a drug."""
        return unread(self.timeline, self.on)

    @property
    def out_of_limits(self) -> tuple[Message, ...]:
        """The numbers that a person looks at before anything is begun or done with the body."""
        return out_of_limits(self.timeline, self.on)

    @property
    def against_refusal(self) -> tuple[Message, ...]:
        """The treatments that were given though the patient had refused them."""
        return against_refusal(self.timeline, self.on)

    @cached_property
    def _items(self) -> tuple[PlanItem | Withheld, ...]:
        return () if self.walk is None else plan(self.walk, self.on, self.admitted, self.unread)

    @property
    def plan(self) -> tuple[PlanItem, ...]:
        """What is to be done now, and what is only asked."""
        return tuple(item for item in self._items if isinstance(item, PlanItem))

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What the phase recommends and must not be done as things stand."""
        return tuple(item for item in self._items if isinstance(item, Withheld))

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What a person must look at today, the most urgent first."""
        return alerts_of_the_day(self.timeline, self.walk, self.on, self.restrictions, self.settings)


AnyStanding = Review | Standing


def standing(
    record: Record,
    pathway: Pathway | str | None = None,
    on: int | None = None,
    settings: Settings = ANYWHERE,
) -> Standing:
    """Where the patient stands at the end of day `on` (default: the last of the record): `review` without its evidence.

    Raises what `review` raises.
    """
    if on is None:
        if record.last_day is None:
            raise InputError(message("record.no-last-day"))
        on = record.last_day
    checked_day_number(on)
    if abs(on) > FURTHEST_DAY:
        raise InputError(message("record.day-too-far", day=on))
    timeline = Timeline(record)
    if pathway is None:
        pathway = followed_pathway(timeline, on)
    elif isinstance(pathway, str):
        pathway = pathway_of_id(pathway)
    walked = None if pathway is None else walk(pathway, timeline, on)
    return Standing(record, timeline, pathway, on, walked, settings)


def _gates(walked: Walk, day: int) -> Iterator[GateState]:
    """The gates that can move the patient from where they are: out and on, then back."""
    stay = walked.stay_on(day)
    if stay is None:
        first = walked.pathway.phases[0]
        if first.enter and walked.ended is None:
            yield GateState(read_gate(walked.view(day), first.enter), "on", first)
        return
    view = walked.view(day)
    after = walked.pathway.after(stay.phase)
    if after:
        for each in gates_between(walked.pathway, stay.phase, after):
            yield GateState(read_gate(view, each), "on", after)
    for back in stay.phase.fall_back:
        yield GateState(read_gate(view, back.gate), "back", back.to)


def _restriction(walked: Walk, restriction: Restriction, day: int) -> RestrictionState:
    """A restriction on a day: in force unless its end is known to be reached; breaches from the start on."""
    if walked.stay_on(day) is None:
        return RestrictionState(restriction, False, None, tuple(_breaches(walked, restriction, day)))
    reading: Reading | None = None
    if restriction.until:
        reading = read(walked.view(day), restriction.until)
    in_force = reading is None or reading.answer is not YES
    return RestrictionState(restriction, in_force, reading, tuple(_breaches(walked, restriction, day)))


def _breaches(walked: Walk, restriction: Restriction, day: int) -> Iterator[Breach]:
    """Records of the therapy, up to `day`, on days in the pathway on which the restriction was in force."""
    for entry, sure in walked.timeline.exposures(restriction.therapy, day):
        if walked.stay_on(entry.day) is None:
            continue
        if restriction.until and walked.view(entry.day).truth(restriction.until.test) is YES:
            continue
        yield Breach(entry, sure)
