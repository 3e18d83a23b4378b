"""What to do now: the recommendations of the phase, held against what is already running or done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from assuage.catalogue.message import Message, message
from assuage.engine.reference import View
from assuage.engine.trace import Reading, read
from assuage.engine.walk import Walk
from assuage.pathways.actions import (
    Action,
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
from assuage.pathways.model import Recommendation
from assuage.record.entries import Dose, MedicationEntry
from assuage.review.model import PlanItem, Withheld
from assuage.safety.active_flags import shutting_flags
from assuage.safety.alerts import Alert
from assuage.safety.amounts import exact, total
from assuage.safety.check import check
from assuage.safety.known import situation
from assuage.safety.situation import RegimenLine, procedure_id
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.therapies import Therapy


def plan(walk: Walk, day: int) -> Iterator[PlanItem | Withheld]:
    """What the current phase recommends on a day: now, as a question, or withheld. Nothing outside the pathway."""
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
        item = _item(view, recommendation, reading)
        if item is not None:
            yield _checked(view, item)


# --- what speaks against it ------------------------------------------------------------------------


def _checked(view: View, item: PlanItem) -> PlanItem | Withheld:
    """The item held against its own condition of safety, the safety rules and the red flags that stand.

    What a rule contraindicates is withheld. Unknown, and a needle while a red flag stands, make it a question
    (the latter ours, after the flags' own actions).
    """
    recommendation = item.recommendation
    safe = read(view, recommendation.safe) if recommendation.safe else None
    against = [
        message("withheld.alert", alert=alert, id=alert.id)
        for alert in _forbidding(view, recommendation.action)
    ]
    if safe is not None and safe.answer is NO:
        met = tuple(part.test for part in safe.parts if part.answer is YES and part.depth > 0)
        against.append(message("withheld.not-safe", criterion=safe.criterion, id=safe.criterion.id, met=met))
    if against:
        return Withheld(recommendation, item.text, tuple(against))
    to_clear = item.to_clear
    subject = subject_of(recommendation.action)
    if isinstance(subject, Therapy) and subject.needle and verb_of(recommendation.action) != "refer":
        to_clear += tuple(
            message(
                "need.flag-cleared",
                id=active.flag.id,
                because=active.because,
                action=active.flag.to_do,
            )
            for active in shutting_flags(view.timeline, view.day)
        )
    unknown = safe is not None and safe.answer is UNKNOWN
    state = "ask" if to_clear or unknown else item.state
    return replace(item, state=state, to_clear=to_clear, safe=safe)


def _forbidding(view: View, action: Action) -> list[Alert]:
    """The alerts of the tier `stop` that doing it raises on this day, beside those there are without it."""
    added: tuple[RegimenLine, ...] = ()
    procedures: tuple[RegimenLine, ...] = ()
    match action:
        case Start(drug, doses):
            added = (
                RegimenLine(
                    drug.id, drug.title, tuple(Dose(dose.amount, dose.unit) for dose in doses), "oral"
                ),
            )
        case Titrate(drug=drug):
            added = (RegimenLine(drug.id, drug.title, (), "oral"),)
        case Perform(therapy=therapy, injects=injects) | Extend(therapy=therapy, injects=injects):
            known = procedure_id(therapy.id)
            procedures = (RegimenLine(known, therapy.title, (), "procedure"),) if known else ()
            if injects is not None:
                added = tuple(RegimenLine(drug.id, drug.title, (), injects.route) for drug in injects.drugs)
        case Stop() | Refer():
            return []
    ids = {line.substance for line in (*added, *procedures)}
    here = situation(view.timeline, view.day)
    regimen = tuple(line for line in here.regimen if line.substance not in ids)
    others = tuple(line for line in here.procedures if line.substance not in ids)
    without = {alert.cause for alert in check(replace(here, regimen=regimen, procedures=others))}
    doing = replace(here, regimen=(*regimen, *added), procedures=(*others, *procedures))
    return [alert for alert in check(doing) if alert.tier == "stop" and alert.cause not in without]


# --- what it comes to, given what is running or done ---------------------------------------------------


def _item(view: View, recommendation: Recommendation, reading: Reading | None) -> PlanItem | None:
    """The recommendation as it stands today; None when it is done, or has nothing to act on."""
    action = recommendation.action
    asked = reading is not None and reading.answer is UNKNOWN
    do, text = verb_of(action), message("plan.recommended", action=recommendation.action)
    when, to_clear = message("plan.when.now"), tuple[Message, ...]()
    match action:
        case Start(drug):
            episode = view.timeline.episode(drug.id, view.day)
            stopped = view.timeline.stopped(drug.id, view.day)
            if episode:
                do, when = "continue", message("plan.when.running", day=episode.since)
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
            if view.timeline.episode(drug.id, view.day) is None:
                return None
        case Perform():
            return _performed(view, recommendation, action, reading, asked)
        case Extend() | Refer():
            pass
        case _:
            assert_never(action)
    if asked or to_clear:
        when = message("plan.when.once-answered")
    state = "ask" if asked or to_clear else "now"
    return PlanItem(recommendation, state, do, subject_of(action).id, text, when, reading, to_clear)


def _performed(
    view: View, recommendation: Recommendation, action: Perform, reading: Reading | None, asked: bool
) -> PlanItem:
    """A course of sessions: how many were given, and when the next is due; a question once all were given."""
    sessions = [
        entry for entry, sure in view.timeline.exposures(action.therapy, view.day, view.started) if sure
    ]
    given = len(sessions)
    to_clear: tuple[Message, ...] = ()
    if action.times is not None and given >= action.times:
        when = message("plan.when.all-given", given=given, of=action.times)
        to_clear = (message("need.whether-to-go-on", given=when),)
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
    return PlanItem(
        recommendation,
        "ask" if asked or to_clear else "now",
        "perform",
        action.therapy.id,
        message("plan.recommended", action=recommendation.action),
        when,
        reading,
        to_clear,
    )


def _at_ceiling(entry: MedicationEntry, up_to: PlannedDose) -> Answer:
    """Whether the doses of a day reach the ceiling; unknown where they were not written down or not convertible."""
    if not entry.doses:
        return UNKNOWN
    day = total([entry.doses], up_to.unit, entry.code)
    if day.known >= exact(up_to.amount):
        return YES
    return NO if day.complete else UNKNOWN
