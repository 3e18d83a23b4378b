"""Which techniques a physiotherapist may use on a day: green, ask or wait, each with what of the review says so.

A technique is green only where the plan of the day says so. What no rule speaks about is asked, never green by silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.pathways.actions import Extend, Perform, Refer
from assuage.pathways.model import Phase, Recommendation, Role
from assuage.review.model import PlanItem, RestrictionState, Withheld
from assuage.review.moving import STOPS_MOVEMENT
from assuage.review.standing import AnyStanding
from assuage.safety.alerts import Alert
from assuage.safety.consent import refusals_of
from assuage.terms.answers import YES
from assuage.terms.red_flags import RED_FLAGS, STOP_WORK_BY_HAND, RedFlag
from assuage.terms.therapies import OF_A_PHYSIOTHERAPIST, WITHOUT_THE_BODY, WORK_BY_HAND, Therapy

Signal = Literal["green", "ask", "wait"]
SIGNALS: tuple[Signal, ...] = ("green", "ask", "wait")


class TechniqueSignal(Struct, frozen=True):
    """A technique on a day: the signal, why, and the values of the review that say so (none: no rule speaks of it)."""

    therapy: Therapy
    signal: Signal
    why: Message | RestrictionState
    rests_on: tuple[object, ...] = ()

    @property
    def reason(self) -> str:
        """The id of the reason."""
        return self.why.id if isinstance(self.why, Message) else self.why.restriction.id


def technique_signals(review: AnyStanding) -> tuple[TechniqueSignal, ...]:
    """Each technique once: those that therapists use, and what the pathway restricts or gives a therapist to do."""
    return tuple(technique_signal(review, therapy) for therapy in techniques_of(review))


def techniques_of(review: AnyStanding) -> tuple[Therapy, ...]:
    """The techniques that are judged: the common ones, and those that this pathway alone speaks of."""
    pathway = review.pathway
    named: list[Therapy] = []
    if pathway is not None:
        for restriction in pathway.restrictions:
            named += restriction.therapy.parts or (restriction.therapy,)
        for each in pathway.recommendations():
            if each.by is Role.PHYSIOTHERAPIST and not isinstance(each.action, Refer):
                named += _given_by(each)
    return tuple(dict.fromkeys((*OF_A_PHYSIOTHERAPIST, *named)))


def _given_by(recommendation: Recommendation) -> tuple[Therapy, ...]:
    match recommendation.action:
        case Perform(therapy=therapy) | Extend(therapy=therapy):
            return (therapy,)
        case _:
            return ()


def _is_of(recommendation: Recommendation, therapy: Therapy) -> bool:
    """Whether a recommendation is of this technique, or of a group that it belongs to."""
    return any(therapy.id in given.members for given in _given_by(recommendation))


def technique_signal(review: AnyStanding, therapy: Therapy) -> TechniqueSignal:
    """What stops a technique comes first, then what the plan of the day says, then the other phases."""
    speaking = (_restricted, _flagged, _refused, _withheld, _planned, _stopped, _in_another_phase, _lifted)
    for speak in speaking:
        for signal in speak(review, therapy):
            return signal
    return TechniqueSignal(therapy, "ask", message("technique.no-rule"))


def _restricted(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    for state in review.restrictions:
        if state.in_force and therapy.id in state.restriction.therapy.members:
            yield TechniqueSignal(therapy, "wait", state, (state,))
        elif state.in_force and not therapy.members.isdisjoint(state.restriction.therapy.members):
            why = message("technique.part-restricted", therapy=state.restriction.therapy)
            yield TechniqueSignal(therapy, "ask", why, (state,))


def flag_alerts_of(review: AnyStanding) -> tuple[Alert, ...]:
    """The alerts that are red flags: those that stand, and those that a symptom asks to exclude."""
    return tuple(alert for alert in review.alerts if alert.id in RED_FLAGS)


def _flagged(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    """By the flags' actions, and as the plan has it: no needle under any flag, no movement under some."""
    stopping = [alert for alert in flag_alerts_of(review) if _stops(alert, therapy)]
    if stopping:
        yield TechniqueSignal(therapy, "wait", message("technique.flag"), tuple(stopping))


def _stops(alert: Alert, therapy: Therapy) -> bool:
    flag: RedFlag = RED_FLAGS[alert.id]
    if therapy in WORK_BY_HAND and flag.id in STOP_WORK_BY_HAND:
        return True
    stands = alert.text.id == "alert.flag" and alert.tier == "stop"
    if therapy.needle:
        return stands or flag.id in STOP_WORK_BY_HAND
    moves = therapy.id not in WITHOUT_THE_BODY
    return stands and moves and (flag.urgency == "emergency" or flag.id in STOPS_MOVEMENT)


def _refused(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    for refusal in refusals_of(review.timeline, review.on, (), therapy):
        sure = refusal.covers is YES
        why = message("technique.refused" if sure else "technique.maybe-refused", day=refusal.entry.day)
        yield TechniqueSignal(therapy, "wait" if sure else "ask", why, (refusal.entry,))


def _withheld(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    for withheld in review.withheld:
        if _is_of(withheld.recommendation, therapy):
            yield TechniqueSignal(therapy, "wait", _withheld_because(withheld), (withheld,))


def _withheld_because(withheld: Withheld) -> Message:
    return message("technique.withheld", reason=withheld.reasons[0])


def _planned(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    """What the plan proposes: green where nothing has to be known first and no person had to outrank a rule for it."""
    for item in review.plan:
        if _is_of(item.recommendation, therapy):
            flags = flags_first(review)
            signal, why = _of_item(item)
            if signal == "green" and flags:
                signal, why = "ask", message("technique.flag-first", when=item.when)
            yield TechniqueSignal(therapy, signal, why, (item, *flags))


def flags_first(review: AnyStanding) -> tuple[Alert, ...]:
    """The red flags before which nothing is green: those that stand, and the emergencies that a symptom asks about."""
    flags = flag_alerts_of(review)
    return tuple(
        alert for alert in flags if alert.tier == "stop" or RED_FLAGS[alert.id].urgency == "emergency"
    )


def _of_item(item: PlanItem) -> tuple[Signal, Message]:
    if item.state == "ask":
        needs = item.needs
        if not needs:
            return "ask", message("technique.question")
        return "ask", message("technique.needs", need=without_notes(needs[0]), more=len(needs[1:]) or None)
    if item.despite:
        return "ask", message("technique.despite", despite=tuple(map(without_notes, item.despite)))
    return "green", message("technique.now", when=item.when)


def without_notes(what: Message) -> Message:
    """A message without what somebody wrote in their own words as a reason: it is not this reader's to read."""
    kept = {name: value for name, value in what.values if not (name == "because" and isinstance(value, str))}
    return replace(what, values=tuple(kept.items()))


def _stopped(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    stop = review.timeline.stopped_therapy(therapy, review.on)
    if stop is not None:
        yield TechniqueSignal(therapy, "ask", message("technique.stopped", day=stop.day), (stop,))


def _in_another_phase(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    """That it is a step of another phase: no restriction, but no proposal of today either."""
    stay = review.current
    if review.pathway is None or stay is None:
        return
    for phase in review.pathway.phases:
        if phase.id != stay.phase.id and any(_is_of(each, therapy) for each in phase.recommend):
            yield TechniqueSignal(therapy, "ask", _step_of(phase), (review.pathway,))


def _step_of(phase: Phase) -> Message:
    return message("technique.of-phase", phase=phase)


def _lifted(review: AnyStanding, therapy: Therapy) -> Iterator[TechniqueSignal]:
    """A restriction that ended allows, and proposes nothing."""
    if review.current is None:
        return
    for state in review.restrictions:
        if therapy.id in state.restriction.therapy.members:
            yield TechniqueSignal(therapy, "ask", message("technique.lifted"), (state,))
