"""What to do now: the recommendations of the phase, held against what is already running or done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from assuage.engine.reference import View
from assuage.engine.timeline import Timeline
from assuage.engine.trace import Reading, read
from assuage.engine.walk import Stay, Walk
from assuage.pathways.actions import (
    Extend,
    Perform,
    PlannedDose,
    Refer,
    Start,
    Stop,
    Titrate,
    action_in_words,
    doses_in_words,
    subject_of,
    verb_of,
)
from assuage.pathways.model import Recommendation
from assuage.record.entries import MedicationEntry
from assuage.review.model import PlanItem, Running
from assuage.terms.answers import NO, UNKNOWN
from assuage.terms.therapies import MESOTHERAPY
from assuage.terms.times import every_in_words


def running(timeline: Timeline, day: int) -> tuple[Running, ...]:
    """The medications being taken at the end of a day, longest first."""
    found = [(timeline.course(drug, day)) for drug in timeline.drugs()]
    courses = [Running(entry, since) for since, entry in (course for course in found if course)]
    return tuple(sorted(courses, key=lambda one: (one.since, one.entry.place)))


def plan(walk: Walk, day: int) -> Iterator[PlanItem]:
    """What the current phase recommends on a day: now, or as a question. Nothing outside the pathway."""
    stay = walk.stay_on(day)
    if stay is None:
        return
    view = walk.view(day)
    recommendations = list(stay.phase.recommend)
    limit = stay.phase.limit
    if limit and day - stay.entered >= 7 * limit.weeks:
        recommendations.append(limit.then)
    for recommendation in recommendations:
        reading = read(view, recommendation.when) if recommendation.when else None
        if reading is not None and reading.answer is NO:
            continue
        item = _item(view, stay, recommendation, reading)
        if item is not None:
            yield _held_by_flags(view, item)


def _held_by_flags(view: View, item: PlanItem) -> PlanItem:
    """The item, as a question while a red flag stands and it is done with a needle (ours, after the flag's action)."""
    flags = view.timeline.shutting_flags(view.day)
    if not flags or subject_of(item.recommendation.action) is not MESOTHERAPY:
        return item
    to_clear = tuple(
        f"that this red flag is cleared ({standing.flag.id}: {standing.because}); {standing.flag.action}"
        for standing in flags
    )
    return replace(item, state="ask", to_clear=to_clear)


def _item(view: View, stay: Stay, recommendation: Recommendation, reading: Reading | None) -> PlanItem | None:
    """The recommendation as it stands today; None when it is done, or has nothing to act on."""
    action = recommendation.action
    asked = reading is not None and reading.answer is UNKNOWN
    do, text = verb_of(action), action_in_words(action)
    when = "now"
    match action:
        case Start(drug, doses):
            course = view.timeline.course(drug.id, view.day)
            if course:
                do, when = "continue", f"running since day {course[0]}"
                given = _doses(course[1])
                text = f"continue {drug.title}, {given or doses_in_words(doses)}"
            stopped = view.timeline.stopped(drug.id, view.day)
            if stopped and stopped.day >= stay.entered:
                return None  # a person stopped it in this phase; the pathway does not argue
        case Titrate(drug, _, every, up_to):
            course = view.timeline.course(drug.id, view.day)
            if course is None or _at_ceiling(course[1], up_to):
                return None
            when = f"one step {every_in_words(every)}"
        case Stop(drug):
            if view.timeline.course(drug.id, view.day) is None:
                return None
        case Perform():
            return _performed(view, recommendation, action, reading, asked)
        case Extend() | Refer():
            pass
        case _:
            assert_never(action)
    if asked:
        when = "once it is answered"
    return PlanItem(recommendation, "ask" if asked else "now", do, subject_of(action).id, text, when, reading)


def _performed(
    view: View, recommendation: Recommendation, action: Perform, reading: Reading | None, asked: bool
) -> PlanItem | None:
    """A course of sessions: how many were given, and when the next is due. None when all were given."""
    sessions = [entry for entry, sure in view.exposures(action.therapy, view.started) if sure]
    given = len(sessions)
    if action.times is not None and given >= action.times:
        return None
    of = f" of {action.times}" if action.times is not None else ""
    if sessions:
        due = sessions[-1].day + action.every.days
        when = f"{given}{of} given; next due day {due}" if due > view.day else f"{given}{of} given; due"
    else:
        when = f"none{of} given; due"
    return PlanItem(
        recommendation,
        "ask" if asked else "now",
        "perform",
        action.therapy.id,
        action_in_words(action),
        when,
        reading,
    )


def _at_ceiling(entry: MedicationEntry, up_to: PlannedDose) -> bool:
    """Whether the doses of a day reach the ceiling; not if they are in another unit or were not written down."""
    if not entry.doses or any(dose.unit != up_to.unit for dose in entry.doses):
        return False
    return sum(dose.amount for dose in entry.doses) >= up_to.amount


def _doses(entry: MedicationEntry) -> str:
    return " and ".join(str(dose) for dose in entry.doses)
