"""What is open on a day, and how much of it one answer more decides.

What an answer cannot reach is not worked out again: a finding reaches a proposal by a rule of what it gives or by its
criteria, and an alert by the condition that decides it. Every other answer may reach all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message
from assuage.engine.reference import View
from assuage.engine.trace import read, read_gate
from assuage.engine.walk import Walk, gates_between
from assuage.pathways.model import Recommendation
from assuage.record.timeline import Timeline
from assuage.review.first_looked_at import unread
from assuage.review.model import Admission, PlanItem
from assuage.review.plan import only_asked
from assuage.review.proposal import Proposal
from assuage.safety.active_flags import active_flags
from assuage.safety.check import conditions_deciding, tier_of
from assuage.safety.flag_alerts import flag_questions
from assuage.safety.formulary import condition_rules_of
from assuage.safety.known import alerts_of, situation
from assuage.safety.questions import open_contraindications, question_of
from assuage.safety.situation import NOT_FOR_MEN, Situation
from assuage.terms.answers import UNKNOWN, Answer
from assuage.terms.holds import HOLDS

# Of these needs no finding of a condition meets any: a flag that stands (one that it clears is more than a condition),
# who may enter, what was stopped, refused, offered or is unread.
_SETTLED_BY_NO_CONDITION = frozenset(
    {
        "need.flag-cleared",
        "need.age",
        "need.months",
        "need.diagnosis",
        "need.take-up-again",
        "need.stopped-relative",
        "need.not-chosen",
        "need.what-was-refused",
        "need.unread-drug",
        "need.unread-allergy",
        "need.unread-stopped",
        "need.dose-now",
    }
)
Open = tuple[str, ...]


class _AskedProposal(Struct, frozen=True):
    """A proposal that is only asked, and what may decide it: these conditions, and its criteria as they are read.

    `waits` is whether it waits for another to be chosen: then whatever decides that other may decide it.
    """

    recommendation: Recommendation
    conditions: frozenset[str]
    read: tuple[_Read, ...]
    waits: bool

    @classmethod
    def of(cls, item: PlanItem, view: View) -> _AskedProposal:
        """Where it waits for more than a condition can tell, only one that could forbid it decides it."""
        needs = {need.id for need in item.to_clear}
        forbidding = not needs.isdisjoint(_SETTLED_BY_NO_CONDITION)
        conditions = _conditions_reaching(view, item, forbidding=forbidding)
        recommendation = item.recommendation
        return cls(
            recommendation, conditions, _readings(view, recommendation), not needs.isdisjoint(_CHOICES)
        )

    def is_reached(self, view: View, changed: frozenset[str]) -> bool:
        """Whether an answer can decide it that changes these conditions."""
        return (
            self.waits
            or not changed.isdisjoint(self.conditions)
            or self.read != _readings(view, self.recommendation)
        )


_Read = tuple[Answer, tuple[Message, ...]]
_CHOICES = ("need.one-of", "need.not-all")


def _readings(view: View, recommendation: Recommendation) -> tuple[_Read, ...]:
    criteria = (recommendation.when, recommendation.treats, recommendation.safe)
    readings = (read(view, criterion) for criterion in criteria if criterion is not None)
    return tuple((reading.answer, reading.needs) for reading in readings)


class OpenOfPathway(Struct, frozen=True):
    """What is open on a day of the plan, the gates and the restrictions; the patient stays in the phase they are in."""

    walked: Walk
    day: int
    admitted: Admission
    proposals: tuple[_AskedProposal, ...]
    elsewhere: frozenset[Open]

    @classmethod
    def on(cls, walked: Walk, day: int, admitted: Admission, planned: Iterable[PlanItem]) -> OpenOfPathway:
        """What is open by what is recorded."""
        view = walked.view(day)
        proposals = tuple(_AskedProposal.of(item, view) for item in planned if item.state == "ask")
        return cls(walked, day, admitted, proposals, frozenset(_gates_and_restrictions(walked, day)))

    def closed_by(self, answered: Timeline, changed: frozenset[str] | None) -> int:
        """How much of it is not open any more by a timeline that has one answer more.

        `changed` are the conditions that the answer changes, None where it changes more than that.
        """
        walked = replace(self.walked, timeline=answered)
        closed = len(self.elsewhere.difference(_gates_and_restrictions(walked, self.day)))
        view = walked.view(self.day)
        if changed is None or any(each.is_reached(view, changed) for each in self.proposals):
            asked = {each.recommendation.id for each in self.proposals}
            riddles = unread(answered, self.day)
            closed += len(asked.difference(only_asked(walked, self.day, self.admitted, riddles)))
        return closed


def _gates_and_restrictions(walked: Walk, day: int) -> Iterator[Open]:
    view, stay = walked.view(day), walked.stay_on(day)
    if stay is None:
        return
    after = walked.pathway.after(stay.phase)
    for gate in gates_between(walked.pathway, stay.phase, after) if after else ():
        for reading in read_gate(view, gate).unknown:
            yield ("gate", gate.id, reading.criterion.id)
    for restriction in walked.pathway.restrictions:
        if restriction.until is not None and view.truth(restriction.until.test) is UNKNOWN:
            yield ("restriction", restriction.id)


def changed_conditions(here: Situation, then: Situation) -> frozenset[str] | None:
    """The conditions of which two situations know or once knew something else; None where more differs than that.

    Of an answer that is a finding: any other may decide without a condition (consent, a check, a symptom).
    """
    if replace(then, conditions=here.conditions, told=here.told, lapsed=here.lapsed) != here:
        return None
    conditions = here.known.keys() | then.known.keys() | here.lapsed.keys() | then.lapsed.keys()
    return frozenset(
        each
        for each in conditions
        if here.condition(each) is not then.condition(each) or here.lapsed.get(each) != then.lapsed.get(each)
    )


class OpenOfSafety(Struct, frozen=True):
    """What is open on a day of what is taken, and of the red flags."""

    day: int
    here: Situation
    topics: frozenset[str]
    alerts: frozenset[tuple[str, str]]
    flags: frozenset[str]

    @classmethod
    def on(cls, timeline: Timeline, day: int) -> OpenOfSafety:
        """What is open by what is recorded."""
        here = situation(timeline, day)
        topics, alerts = frozenset(open_contraindications(here)), _asking(timeline, here, day)
        return cls(day, here, topics, alerts, _standing(timeline, day))

    def closed_by(self, answered: Timeline, then: Situation, changed: frozenset[str] | None) -> int:
        """How much of it is not open any more in the situation after one answer more.

        The alerts are worked out again only where the answer can close one of them: where it changes more than
        conditions, or a condition that decides one of them.
        """
        deciding = [conditions_deciding(alert) for alert, _ in self.alerts]
        may_close = changed is None or any(each is None or not changed.isdisjoint(each) for each in deciding)
        alerts = self.alerts - _asking(answered, then, self.day) if may_close else ()
        topics = self.topics.difference(open_contraindications(then)) if changed is None or changed else ()
        return len(topics) + len(alerts) + len(self.flags - _standing(answered, self.day))


def _asking(timeline: Timeline, here: Situation, day: int) -> frozenset[tuple[str, str]]:
    """The causes of what is to be judged or answered, but for what is told as a topic."""
    return frozenset(
        alert.cause
        for alert in (*alerts_of(timeline, here), *flag_questions(timeline, day))
        if alert.tier == "ask" and alert.id != "ask-contraindications"
    )


def _standing(timeline: Timeline, day: int) -> frozenset[str]:
    return frozenset(active.flag.id for active in active_flags(timeline, day))


def _conditions_reaching(view: View, item: PlanItem, *, forbidding: bool = False) -> frozenset[str]:
    """The conditions that may decide a proposal beside its own criteria: those of the rules of what it gives.

    With what is asked of every drug, of a needle on its day, and what one question settles together with them;
    with `forbidding` only those because of which it is withheld.
    """
    proposal = Proposal(view, item)
    substances = [line.substance for line in proposal.given if line.substance is not None]
    rules = [rule for substance in substances for rule in condition_rules_of(substance)]
    if forbidding:
        forbid = (rule for rule in rules if tier_of(rule, rule.severity, ()) == "stop")
        return frozenset(rule.condition for rule in forbid)
    reaching = {rule.condition for rule in rules}
    if proposal.lines:
        reaching.update(NOT_FOR_MEN)
    if proposal.needles:
        reaching.update(condition for condition, holds in HOLDS.items() if holds.on_the_day)
    return frozenset(reaching).union(*(question_of(condition)[2] for condition in reaching))
