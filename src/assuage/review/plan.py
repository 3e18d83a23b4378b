"""What to do now: the recommendations of the phase, held against what is already running or done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from assuage.catalogue.message import Message, message
from assuage.engine.reference import View
from assuage.engine.trace import Reading, read
from assuage.engine.walk import Walk
from assuage.pathways.actions import (
    Extend,
    Perform,
    PlannedDose,
    Refer,
    Start,
    Stop,
    Titrate,
    subject_of,
    verb_of,
)
from assuage.pathways.model import Phase, Recommendation
from assuage.record.entries import MedicationEntry
from assuage.review.admission import Admission
from assuage.review.model import PlanItem, Withheld
from assuage.review.prescription import checked, states
from assuage.safety.amounts import exact, total
from assuage.safety.rules import row_text
from assuage.safety.stopping import tapers_of
from assuage.terms.answers import NO, UNKNOWN, YES, Answer


def plan(
    walk: Walk, day: int, admitted: Admission, riddles: tuple[Message, ...]
) -> tuple[PlanItem | Withheld, ...]:
    """What the current phase recommends on a day: now, as a question, or withheld. Nothing outside the pathway.

    `riddles` is what is recorded by that day and no rule reads.
    """
    view = walk.view(day)
    return checked(view, tuple(_recommended(walk, view, day)), admitted, walk.overrides(day), riddles)


def only_asked(walk: Walk, day: int, admitted: Admission, riddles: tuple[Message, ...]) -> Iterator[str]:
    """The ids of the recommendations that `plan` would only ask, without what stands beside those of now."""
    view = walk.view(day)
    items = tuple(_recommended(walk, view, day))
    for item in states(view, items, admitted, walk.overrides(day), riddles):
        if isinstance(item, PlanItem) and item.state == "ask":
            yield item.recommendation.id


def _recommended(walk: Walk, view: View, day: int) -> Iterator[PlanItem]:
    stay = walk.stay_on(day)
    if stay is None:
        return
    recommendations = list(stay.phase.recommend)
    limit = stay.phase.limit
    if limit and day - stay.entered >= 7 * limit.weeks:
        recommendations.append(limit.then)
    for recommendation in recommendations:
        reading = read(view, recommendation.when) if recommendation.when else None
        if reading is not None and reading.answer is NO:
            continue
        item = _item(view, recommendation, reading, (stay.phase, *walk.pathway.phases))
        if item is not None:
            yield item


# --- what it comes to, given what is running or done ---------------------------------------------------


def _item(
    view: View,
    recommendation: Recommendation,
    reading: Reading | None,
    phases: Sequence[Phase],
) -> PlanItem | None:
    """The recommendation as it stands today; None when it is done, or has nothing to act on.

    What extends a course goes by the interval of that course, in the first of `phases` that has it.
    """
    action = recommendation.action
    asked = reading is not None and reading.answer is UNKNOWN
    do, text = verb_of(action), message("plan.recommended", action=recommendation.action)
    when, to_clear = message("plan.when.now"), tuple[Message, ...]()
    beside: tuple[Message, ...] = ()
    match action:
        case Start(drug):
            episode = view.timeline.episode(drug.id, view.day)
            stopped = view.timeline.stopped(drug.id, view.day)
            if episode:
                last = view.timeline.last_confirmed(episode, view.day)
                confirmed = last if last > episode.since else None
                do, when = "continue", message("plan.when.running", day=episode.since, confirmed=confirmed)
                text = message("action.continue-unknown-dose", drug=drug)
                if episode.latest.doses:
                    text = message("action.continue", drug=drug, doses=episode.latest.doses)
            elif stopped:
                to_clear = (
                    message("need.take-up-again", drug=drug, day=stopped.day, because=stopped.because),
                )
        case Titrate(drug, _, every, up_to):
            episode = view.timeline.episode(drug.id, view.day)
            if episode is None:
                return None
            reached = _at_ceiling(episode.latest, up_to)
            if reached is YES:
                return None
            if reached is UNKNOWN:
                to_clear = (message("need.dose-now", drug=drug),)
            due = episode.latest.day + every.days
            if due > view.day:
                return None  # the last step is younger than the interval
            when = message("plan.when.step-due", every=every, day=due)
        case Stop(drug):
            episode = view.timeline.episode(drug.id, view.day)
            if episode is None:
                return None
            beside = tuple(
                message("beside.taper", how=row_text(row, "action")) for row in tapers_of(episode.latest)
            )
        case Perform():
            return _performed(view, recommendation, action, reading, asked)
        case Extend():
            course = _course_extended(action, phases)
            if course is not None:
                return _performed(view, recommendation, course, reading, asked)
        case Refer():
            pass
        case _:
            assert_never(action)
    if asked or to_clear:
        when = message("plan.when.once-answered")
    state = "ask" if asked or to_clear else "now"
    subject = subject_of(action).id
    return PlanItem(recommendation, state, do, subject, text, when, reading, to_clear, beside=beside)


def _course_extended(extension: Extend, phases: Sequence[Phase]) -> Perform | None:
    """The course that is extended: a further site is treated in a session of it. None where no phase has one."""
    for phase in phases:
        for recommendation in phase.recommend:
            course = recommendation.action
            if isinstance(course, Perform) and course.therapy == extension.therapy:
                return course
    return None


def _performed(
    view: View, recommendation: Recommendation, action: Perform, reading: Reading | None, asked: bool
) -> PlanItem:
    """A course of sessions: how many were given, and when the next is due; a question once all were given.

    `recommendation` is the course, or what extends it to a further site: that is done in a session of it.
    """
    sessions = [
        entry for entry, sure in view.timeline.exposures(action.therapy, view.day, view.started) if sure
    ]
    given, stopped = len(sessions), view.timeline.stopped_therapy(action.therapy, view.day)
    to_clear: tuple[Message, ...] = ()
    if action.times is not None and given >= action.times:
        when = message("plan.when.all-given", given=given, of=action.times)
        to_clear = (message("need.whether-to-go-on", given=when),)
    elif stopped is not None:
        when = message("plan.when.once-answered")
        to_clear = (
            message("need.therapy-again", therapy=action.therapy, day=stopped.day, because=stopped.because),
        )
    elif not sessions:
        when = message("plan.when.none-given", of=action.times)
    else:
        due = sessions[-1].day + action.every.days
        when = message(
            "plan.when.given-next" if due > view.day else "plan.when.given-due",
            given=given,
            of=action.times,
            day=due,
        )
    # Whether to extend it at all may still be the question: that waits for its answer, not for a day.
    waits = when.id == "plan.when.given-next" and not (asked and isinstance(recommendation.action, Extend))
    return PlanItem(
        recommendation,
        "ask" if asked or to_clear else "now",
        "wait" if waits else verb_of(recommendation.action),
        action.therapy.id,
        message("plan.recommended", action=recommendation.action),
        when,
        reading,
        to_clear,
    )


def _at_ceiling(entry: MedicationEntry, up_to: PlannedDose) -> Answer:
    """Whether the doses of a day reach the ceiling.

    Unknown where they were not written down, cannot be converted, or reach it on some days only.
    """
    if not entry.doses:
        return UNKNOWN
    day = total([entry.doses], up_to.unit, entry.code)
    if day.least >= exact(up_to.amount):
        return YES
    return NO if day.complete and day.most < exact(up_to.amount) else UNKNOWN
