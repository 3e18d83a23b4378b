"""What is asked of a patient once, before anything is begun: one form that settles it for the whole pathway.

Of everything the pathway can propose, in any phase: what is not recorded and could forbid or grade it, whether the
problem is there that it is for, and what has to be measured. Answered once, none of it is asked again while the
answer holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.reference import View
from assuage.engine.trace import read
from assuage.engine.walk import Walk
from assuage.measures.criteria import Criterion
from assuage.pathways.actions import subject_of, verb_of
from assuage.pathways.model import Recommendation
from assuage.record.decided_entries import ConsentState
from assuage.review.model import PlanItem
from assuage.review.proposal import Proposal
from assuage.safety.consent import consent_given
from assuage.safety.known import NEEDLE, asked_on_the_day, known_conditions
from assuage.safety.questions import MEASURES, open_conditions
from assuage.terms.answers import NO, UNKNOWN
from assuage.terms.conditions import CONDITIONS, Condition
from assuage.terms.measurements import MEASUREMENTS
from assuage.terms.no_medication import TAKES_NONE
from assuage.terms.symptoms import STATES, Symptom

# What the form calls a measurement: one of its names.
MEASUREMENT_CALLED = {
    "lft_unknown": "ALT and AST",
    "creatinine_unknown": "creatinine",
    "vitd_unknown": "25-OH-D",
}
MEASUREMENT_WORDINGS = {gap: Wording(f"measured.{gap}", name) for gap, name in MEASUREMENT_CALLED.items()}
Asked = Literal["finding", "measurement", "symptom", "consent"]
FormQuestion = Asked | Literal["medication"]  # whether anything is taken at all is asked by the form alone


class AnsweredBy(Struct, frozen=True):
    """The entry that answers a question: its kind, where its subject stands, which states it has, how it was found."""

    kind: str
    states: tuple[str, ...]
    method: str | None = None
    subject: str = "what"

    def entry(self, what: str, state: str) -> dict[str, str]:
        """The entry of one answer, as a document has it, but for its day."""
        method = {} if self.method is None else {"method": self.method}
        return {"kind": self.kind, self.subject: what, "state": state, **method}


# That a symptom or a consent is unknown is no state of theirs: such a question stays unanswered.
ANSWERED_BY: dict[FormQuestion, AnsweredBy] = {
    "finding": AnsweredBy("finding", ("present", "absent", "unknown"), "history"),
    "measurement": AnsweredBy("finding", ("normal", "abnormal", "unknown"), "laboratory"),
    "symptom": AnsweredBy("symptom", STATES),
    "medication": AnsweredBy("finding", ("present", "absent", "unknown"), "history"),
    "consent": AnsweredBy("consent", get_args(ConsentState), subject="for"),
}


class BaselineQuestion(Struct, frozen=True):
    """One thing to ask: which kind of entry answers it, of what, and the recommendations it settles."""

    kind: FormQuestion
    what: str
    title: Message | Wording | str
    settles: tuple[str, ...]


def baseline(walk: Walk, day: int) -> tuple[BaselineQuestion, ...]:
    """The questions of the form; empty once all is answered.

    Consent comes first, then whether anything is taken at all, then problems, measurements and findings.
    """
    view = walk.view(day)
    asked: dict[tuple[FormQuestion, str], tuple[Message | Wording | str, dict[str, None]]] = {}
    takes_none: FormQuestion = "medication"
    nothing_known = not view.timeline.medication_recorded(day)
    for recommendation in walk.pathway.recommendations():
        if nothing_known and _begun_by(view, recommendation) is not None:
            title = message("baseline.takes-none")
            asked.setdefault((takes_none, TAKES_NONE), (title, {}))[1][recommendation.id] = None
        for kind, what, title in asked_for(view, recommendation):
            asked.setdefault((kind, what), (title, {}))[1][recommendation.id] = None
    order: tuple[FormQuestion, ...] = ("consent", "medication", "symptom", "measurement", "finding")
    return tuple(
        BaselineQuestion(kind, what, title, tuple(settles))
        for (kind, what), (title, settles) in sorted(asked.items(), key=lambda each: order.index(each[0][0]))
    )


def asked_for(view: View, recommendation: Recommendation) -> Iterator[tuple[Asked, str, Wording | str]]:
    """What the form asks before one recommendation is begun: the kind, what of, and its title; nothing once it runs."""
    proposal = _begun_by(view, recommendation)
    if proposal is None:
        return
    if any(line.substance == NEEDLE for line in proposal.procedures) and not consent_given(
        view.timeline, view.day
    ):
        yield "consent", NEEDLE, subject_of(recommendation.action).wording
    symptoms, conditions = named_in(view, (recommendation.treats, recommendation.safe))
    for symptom in symptoms:
        yield "symptom", symptom.id, symptom.wording
    known = known_conditions(view.timeline, view.day)
    wanted = dict.fromkeys(open_conditions(proposal.with_it))
    for measurement in MEASUREMENTS:
        gap = measurement.gap
        told = {gap, *MEASURES.get(gap or "", measurement.ruled_out)}
        if gap and known.get(gap) is not NO and not told.isdisjoint(wanted):
            yield "measurement", MEASUREMENT_CALLED[gap], MEASUREMENT_WORDINGS[gap]
            for condition in (gap, *measurement.ruled_out):
                wanted.pop(condition, None)
    wanted.pop("consent_missing", None)
    at_the_needle = asked_on_the_day(view.timeline, view.day)
    for condition in dict.fromkeys((*(each.id for each in conditions), *wanted)):
        if condition in at_the_needle:
            continue  # it is asked on the day of each session
        yield "finding", condition, CONDITIONS[condition].wording


def _begun_by(view: View, recommendation: Recommendation) -> Proposal | None:
    """The proposal of one recommendation on the day; None where it begins nothing, or what it begins runs already."""
    action = recommendation.action
    text, now = message("plan.recommended", action=action), message("plan.when.now")
    proposal = Proposal(
        view, PlanItem(recommendation, "now", verb_of(action), subject_of(action).id, text, now)
    )
    return proposal if proposal.begins else None


def named_in(view: View, criteria: Iterable[Criterion | None]) -> tuple[list[Symptom], list[Condition]]:
    """The symptoms and conditions that these criteria need and nobody has recorded."""
    symptoms: list[Symptom] = []
    conditions: list[Condition] = []
    for criterion in criteria:
        if criterion is None:
            continue
        reading = read(view, criterion)
        if reading.answer is not UNKNOWN:
            continue
        for need in reading.needs:
            for _, value in need.values:
                if isinstance(value, Symptom):
                    symptoms.append(value)
                elif isinstance(value, Condition):
                    conditions.append(value)
    return symptoms, conditions
