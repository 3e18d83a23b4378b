"""A review: where one patient stands at the end of a day, as a frozen value.

Everything below makes a review, everything above shows one. Nothing in it is stored: it is computed from
the record and can be computed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message, Wording
from assuage.dynamics.effect import Effect
from assuage.engine.trace import GateReading, Reading
from assuage.engine.walk import Stay, Walk
from assuage.instruments.result import Scored
from assuage.pathways.model import Pathway, Phase, Recommendation, Restriction
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import AnyEntry, Record, TherapyEntry
from assuage.record.episodes import DrugEpisode
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert
from assuage.safety.causality import Naranjo, WhoUmc
from assuage.terms.answers import Answer


class Admission(Struct, frozen=True):
    """What speaks against treatment on the pathway, and what has to be known first; both empty for who may enter."""

    against: tuple[Message, ...] = ()
    needs: tuple[Message, ...] = ()


ADMITTED = Admission()


class GateState(Struct, frozen=True):
    """A gate of the current phase and where it leads."""

    reading: GateReading
    leads: Literal["on", "back"]
    to: Phase


class PlanItem(Struct, frozen=True):
    """Something to do: now, or a question first. `do` and `text` say what is to be done given what is running.

    Of a course of which the next session is not due yet, and of what extends it, `do` is `wait`.

    `beside` is what has to be known when it is done now: milder alerts it raises beside the rest of the plan, and what
    is not recorded and would matter. `decided` is a person's decision that outranks what `despite` says against it.
    """

    recommendation: Recommendation
    state: Literal["now", "ask"]
    do: str
    what: str
    text: Message
    when: Message
    reading: Reading | None = None
    to_clear: tuple[Message, ...] = ()
    safe: Reading | None = None
    beside: tuple[Message, ...] = ()
    decided: DecisionEntry | None = None
    despite: tuple[Message, ...] = ()

    @property
    def mark(self) -> Literal["now", "later", "ask"]:
        """What stands before it: `later` where nothing speaks against the next session and its day has not come."""
        return "later" if self.state == "now" and self.when.id == "plan.when.given-next" else self.state

    @property
    def needs(self) -> tuple[Message, ...]:
        """What has to be known or cleared first; empty for what can be done now."""
        if self.state == "now":
            return ()
        read = [each.needs for each in (self.reading, self.safe) if each]
        return tuple(dict.fromkeys([*(need for needs in read for need in needs), *self.to_clear]))


class Withheld(Struct, frozen=True):
    """Something the phase recommends and that must not be done as things stand, with the reasons."""

    recommendation: Recommendation
    text: Message
    reasons: tuple[Message, ...]


class Breach(Struct, frozen=True):
    """A record of the restricted therapy while the restriction was in force.

    `sure` is False where it is not known whether it was that therapy (a massage of unrecorded pressure).
    """

    entry: TherapyEntry
    sure: bool = True

    @property
    def day(self) -> int:
        """The day of the session."""
        return self.entry.day


class RestrictionState(Struct, frozen=True):
    """A restriction on this day, and all its breaches so far."""

    restriction: Restriction
    in_force: bool
    until: Reading | None
    breaches: tuple[Breach, ...]


class Suspect(Struct, frozen=True):
    """An exposure and an outcome, counted: how often the one was followed by the other, and what that allows.

    `unanswered` exposures had nothing recorded after them. `unexposed` are the stretches without it that are alike, and
    `chance` is how often counts as uneven come about where it makes no difference (one-sided, exact). `answer` never
    says more than the counts and the diary do. `standing` is the judgement of `assuage.review.triggers` in short, with
    its `doubts`; `effect` that of a diary, None without one.
    """

    exposure: str
    outcome: str
    exposed: int
    flared: int
    unanswered: int
    unexposed: int
    unexposed_flared: int
    chance: float
    days: tuple[int, ...]
    naranjo: Naranjo
    who_umc: WhoUmc
    answer: Answer
    text: Message
    standing: Message | None = None
    effect: Effect | None = None
    doubts: tuple[Message | Wording, ...] = ()


class Diagnosis(Struct, frozen=True):
    """A set of criteria as decided from the record, and the earliest day its scores come from."""

    scored: Scored
    as_of: int | None


class OpenQuestion(Struct, frozen=True):
    """Something nobody has asked yet, and what it is needed for."""

    what: Message
    needed_for: tuple[Message, ...]


class Review(Struct, frozen=True):
    """Where the patient stands at the end of day `on`.

    `unread` is what is recorded and no rule can read, though it could forbid a drug: no drug is started beside it.
    `out_of_limits` are numbers beside which nothing is begun or done with the body before a person looked at them.
    `against_refusal` are treatments that were given though they had been refused.
    `to_confirm` asks for each drug of which nobody has long said that it is taken.
    `pathway` and `walk` are None where nobody chose a pathway: then there are no stays, no gates and no plan.
    """

    record: Record
    timeline: Timeline
    pathway: Pathway | None
    on: int
    walk: Walk | None
    gates: tuple[GateState, ...]
    plan: tuple[PlanItem, ...]
    withheld: tuple[Withheld, ...]
    unread: tuple[Message, ...]
    out_of_limits: tuple[Message, ...]
    against_refusal: tuple[Message, ...]
    running: tuple[DrugEpisode, ...]
    to_confirm: tuple[Message, ...]
    restrictions: tuple[RestrictionState, ...]
    alerts: tuple[Alert, ...]
    criteria: Mapping[str, Diagnosis]
    suspects: tuple[Suspect, ...]
    missing: tuple[OpenQuestion, ...]
    not_checked: tuple[tuple[AnyEntry, str], ...]
    notes: tuple[Message, ...] = ()
    admitted: Admission = ADMITTED

    @property
    def looked_at_first(self) -> tuple[Message, ...]:
        """What a person looks at before anything is begun: numbers far out, and what no rule reads."""
        return (*self.out_of_limits, *self.unread)

    @property
    def stays(self) -> tuple[Stay, ...]:
        """Every stay so far, the current one last."""
        return self.walk.stays if self.walk else ()

    @property
    def current(self) -> Stay | None:
        """The stay the patient is in; None before the pathway and after it."""
        return self.walk.current if self.walk else None
