"""What has changed in a review since an earlier day: alarms, the phase, gates, the plan, what is to be left alone.

Both days are read from the record as it stands now, so a correction of an old entry is no change.
"""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, message
from assuage.pathways.actions import subject_of
from assuage.review.model import PlanItem, Review, Withheld
from assuage.review.standing import Standing
from assuage.terms.red_flags import RED_FLAGS


def changed_verdicts(before: Standing, now: Review) -> tuple[Message, ...]:
    """Each verdict that is another than it was, the most urgent first; empty where none is.

    Of the plan only what both days speak of is compared: what came with a new phase is told by the phase.
    """
    parts = (_cleared, _phase, _gates, _plan, _rest)
    return tuple(dict.fromkeys(change for part in parts for change in part(before, now)))


def _cleared(before: Standing, now: Review) -> Iterator[Message]:
    """The red flags that no longer stand. New alarms stand first on the page, and others pass with their day."""
    there = {alert.id for alert in now.alerts if alert.tier == "stop"}
    for alert in before.alerts:
        if alert.tier == "stop" and alert.id in RED_FLAGS and alert.id not in there:
            yield message("change.cleared", flag=RED_FLAGS[alert.id])


def _phase(before: Standing, now: Review) -> Iterator[Message]:
    was = before.current.phase if before.current else None
    phase = now.current.phase if now.current else None
    if phase is not None and (was is None or was.id != phase.id):
        yield message("change.phase", phase=phase)
    elif phase is None and was is not None:
        yield message("change.left", phase=was)


def _gates(before: Standing, now: Review) -> Iterator[Message]:
    was = {gate.reading.gate.id: gate.reading.state for gate in before.gates}
    for gate in now.gates:
        state = gate.reading.state
        if was.get(gate.reading.gate.id, state) != state:
            yield message(f"change.gate-{state}", gate=gate.reading.gate)


def _plan(before: Standing, now: Review) -> Iterator[Message]:
    was, states = _states(before), _states(now)
    for recommendation, (state, item) in states.items():
        old = was.get(recommendation)
        if old is not None and old[0] != state:
            subject = subject_of(item.recommendation.action)
            yield message(f"change.{state}", what=subject, was=message(f"change.was-{old[0]}"))


def _states(review: Review | Standing) -> dict[str, tuple[str, PlanItem | Withheld]]:
    planned = {item.recommendation.id: (item.state, item) for item in review.plan}
    return {**planned, **{item.recommendation.id: ("withheld", item) for item in review.withheld}}


def _rest(before: Standing, now: Review) -> Iterator[Message]:
    if before.current is None:
        return  # what began with the pathway is told by the phase
    was = {state.restriction.id: state.in_force for state in before.restrictions}
    for state in now.restrictions:
        if was.get(state.restriction.id, state.in_force) != state.in_force:
            yield message(
                "change.leave" if state.in_force else "change.allowed", therapy=state.restriction.therapy
            )
