"""What a person must look at today: red flags, breaches, watched criteria, limits, steps taken without a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.catalogue.message import message
from assuage.engine.trace import read
from assuage.engine.walk import Walk
from assuage.pathways.actions import Extend
from assuage.pathways.model import Restriction
from assuage.record.timeline import Timeline
from assuage.review.model import RestrictionState
from assuage.safety.alerts import SAME_CAUSE_DAYS, Alert, Tier, counted, most_urgent_first
from assuage.safety.check import ANYWHERE
from assuage.safety.flag_alerts import flag_questions
from assuage.safety.known import alerts_of, situation
from assuage.safety.reacted import reaction_alerts
from assuage.safety.situation import Settings
from assuage.safety.stopping import abrupt_stops
from assuage.terms.answers import UNKNOWN, YES, Answer, answer
from assuage.terms.conditions import SENSITISED
from assuage.terms.sites import lies_within
from assuage.terms.sources import Basis, Source

RECENT = 14  # days for which an event asks; after that it is a note (ours)
HOURS_AFTER = 72  # hours after a breach over which a response is asked for (ours)


def _tier(day: int, latest: int) -> Tier:
    return "ask" if day - latest < RECENT else "note"


def alerts(
    timeline: Timeline,
    walk: Walk | None,
    day: int,
    restrictions: Iterable[RestrictionState],
    settings: Settings = ANYWHERE,
) -> tuple[Alert, ...]:
    """The alerts of a day, the most urgent first; each names the entries it rests on. Safety waits for no pathway."""
    counted_before = _safety(timeline, day, restrictions, settings)
    return most_urgent_first([*counted_before, *_of_the_pathway(walk, day, restrictions)])


def alerts_of_the_day(
    timeline: Timeline,
    walk: Walk | None,
    day: int,
    restrictions: Iterable[RestrictionState],
    settings: Settings = ANYWHERE,
) -> tuple[Alert, ...]:
    """The same alerts without the days before: on how many of them the same was raised is not asked."""
    today = counted((day, alert) for alert in _today(timeline, day, restrictions, settings))
    return most_urgent_first([*today, *_of_the_pathway(walk, day, restrictions)])


def _of_the_pathway(walk: Walk | None, day: int, restrictions: Iterable[RestrictionState]) -> Iterator[Alert]:
    yield from _breaches(restrictions, day)
    if walk is not None:
        yield from (*unchecked_extensions(walk, day), *_watched(walk, day), *_overdue(walk, day))


def published(*bases: Basis) -> tuple[Source, ...]:
    """Those of the bases that are publications."""
    return tuple(basis for basis in bases if isinstance(basis, Source))


# --- safety -----------------------------------------------------------------------------------------


def _safety(
    timeline: Timeline, day: int, restrictions: Iterable[RestrictionState], settings: Settings
) -> Iterator[Alert]:
    """What the safety rules say of this day, each with on how many of the last 14 days the same was raised."""
    begins = day if timeline.record.first_day is None else timeline.record.first_day
    before = range(max(begins, day - SAME_CAUSE_DAYS + 1), day)
    dated = [
        (earlier, alert)
        for earlier in before
        for alert in safety_alerts(timeline, earlier, UNKNOWN, settings)
    ]
    today = _today(timeline, day, restrictions, settings)
    causes = {alert.cause for alert in today}
    yield from counted(
        [
            *((earlier, alert) for earlier, alert in dated if alert.cause in causes),
            *((day, alert) for alert in today),
        ]
    )


def _today(
    timeline: Timeline, day: int, restrictions: Iterable[RestrictionState], settings: Settings
) -> list[Alert]:
    return list(safety_alerts(timeline, day, _unstable(restrictions), settings))


def safety_alerts(
    timeline: Timeline, day: int, unstable: Answer = UNKNOWN, settings: Settings = ANYWHERE
) -> Iterator[Alert]:
    """What the safety rules and the open questions about flags say of one day, whatever was raised before.

    `unstable` is whether the pathway's phase is one of active central sensitisation.
    """
    yield from alerts_of(timeline, situation(timeline, day, unstable), settings)
    yield from flag_questions(timeline, day)
    yield from abrupt_stops(timeline, day)
    yield from reaction_alerts(timeline, day)


def _unstable(restrictions: Iterable[RestrictionState]) -> Answer:
    """Whether a restriction that protects a sensitised nervous system is in force; unknown without any such."""
    states = [state.in_force for state in restrictions if guards(state.restriction)]
    return answer(any(states)) if states else UNKNOWN


def guards(restriction: Restriction) -> bool:
    """Whether a restriction is there for a sensitised nervous system, so that its being in force says there is one."""
    return restriction.protects == SENSITISED


# --- the pathway ------------------------------------------------------------------------------------


def _breaches(restrictions: Iterable[RestrictionState], day: int) -> Iterator[Alert]:
    for state in restrictions:
        if not state.breaches:
            continue
        unsure = "unsure" if any(not breach.sure for breach in state.breaches) else "sure"
        yield Alert(
            f"breach-{state.restriction.id}",
            _tier(day, state.breaches[-1].day),
            "moderate",
            message(f"alert.breach-{unsure}", therapy=state.restriction.therapy, breaches=state.breaches),
            state.restriction.reason,
            published(state.restriction.source),
            tuple(breach.entry.place for breach in state.breaches),
            message("alert.breach.action", outcomes=state.restriction.ask_after, hours=HOURS_AFTER)
            if state.restriction.ask_after
            else None,
        )


def unchecked_extensions(walk: Walk, day: int) -> Iterator[Alert]:
    """Sessions at a further site before the criterion for going there was ever known to be met in that stay."""
    for stay in walk.stays:
        for recommendation in stay.phase.recommend:
            action, when = recommendation.action, recommendation.when
            if not isinstance(action, Extend) or when is None:
                continue
            sessions = [
                entry
                for entry, sure in walk.timeline.sessions_of(action.therapy.members)
                if sure
                and entry.day <= day
                and stay.holds(entry.day)
                and any(lies_within(site, action.to.id) for site in entry.sites)
            ]
            days = range(stay.entered, 1 + max((entry.day for entry in sessions), default=stay.entered - 1))
            met = next((each for each in days if walk.view(each).truth(when.test) is YES), None)
            sessions = [entry for entry in sessions if met is None or entry.day < met]
            if sessions:
                needs = read(walk.view(day), when).needs
                yield Alert(
                    f"unchecked-{recommendation.id}",
                    _tier(day, sessions[-1].day),
                    "major",
                    message(
                        "alert.unchecked",
                        therapy=action.therapy,
                        site=action.to,
                        days=tuple(message("alert.on-day", day=entry.day) for entry in sessions),
                        criterion=when,
                    ),
                    when.reason,
                    published(when.source),
                    tuple(entry.place for entry in sessions),
                    message("alert.unchecked.action", needs=needs) if needs else None,
                )


def _watched(walk: Walk, day: int) -> Iterator[Alert]:
    if walk.stay_on(day) is None:
        return
    view = walk.view(day)
    for watch in walk.pathway.watch:
        reading = read(view, watch.criterion)
        if reading.answer is YES:
            shown = [part for part in reading.parts if part.answer is YES and part.value is not None]
            criterion = watch.criterion
            old = walk.view(day - RECENT).truth(criterion.test) is YES
            yield Alert(
                criterion.id,
                "note" if old else "ask",
                "moderate",
                message("alert.watched", watch=watch, part=shown[0] if shown else None),
                criterion.reason,
                published(criterion.source),
            )


def _overdue(walk: Walk, day: int) -> Iterator[Alert]:
    stay = walk.stay_on(day)
    if stay is None or stay.phase.limit is None:
        return
    limit = stay.phase.limit
    if day - stay.entered >= 7 * limit.weeks:
        yield Alert(
            limit.id,
            "ask",
            "moderate",
            message("alert.overdue", days=day - stay.entered, phase=stay.phase, weeks=limit.weeks),
            limit.then.reason,
            published(limit.then.source),
        )
