"""What a person must look at today: red flags, breaches, watched criteria, limits, steps taken without a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.engine.trace import read
from assuage.engine.walk import Walk
from assuage.measures.words import listed
from assuage.pathways.actions import Extend
from assuage.record.entries import SymptomEntry
from assuage.review.model import TIERS, Alert, RestrictionState, Tier
from assuage.safety.red_flags import new_numbness_unchecked
from assuage.terms.answers import YES, Answer
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import NEURO_VASCULAR_CHECK, NEW_NUMBNESS, RED_FLAGS, RedFlag
from assuage.terms.sites import lies_within
from assuage.terms.sources import Basis, Source
from assuage.terms.symptoms import NUMBNESS_FELT, WORSE_STATES

RECENT = 14  # days for which an event asks; after that it is a note (ours)


def _tier(day: int, latest: int) -> Tier:
    return "ask" if day - latest < RECENT else "note"


def alerts(walk: Walk, day: int, restrictions: Iterable[RestrictionState]) -> tuple[Alert, ...]:
    """The alerts of a day, the most urgent first; each names the entries it rests on."""
    found = [
        *_red_flags(walk, day),
        *_breaches(restrictions, day),
        *_unchecked_extensions(walk, day),
        *_watched(walk, day),
        *_overdue(walk, day),
    ]
    return tuple(sorted(found, key=lambda alert: TIERS.index(alert.tier)))


def published(*bases: Basis) -> tuple[Source, ...]:
    """Those of the bases that are publications."""
    return tuple(basis for basis in bases if isinstance(basis, Source))


# --- red flags ------------------------------------------------------------------------------------


def _red_flags(walk: Walk, day: int) -> Iterator[Alert]:
    for flag in RED_FLAGS.values():
        latest = [check for check in walk.timeline.checks if check.day <= day and flag.id in check.flags]
        if latest and latest[-1].flags[flag.id] == "present" and flag is not NEW_NUMBNESS:
            yield _flag(flag, f"{flag.title}: found present on day {latest[-1].day}", (latest[-1].place,))
    view = walk.view(day)
    if view.truth(new_numbness_unchecked.test) is not YES:
        return
    said = [
        entry
        for entry in walk.timeline.statements(NUMBNESS_FELT.id, None, day)
        if entry.state in WORSE_STATES and entry.symptom is NUMBNESS_FELT
    ]
    where = listed([_site(entry) for entry in said])
    names = listed([f"{flag.title[0].lower()}{flag.title[1:]}" for flag in NEURO_VASCULAR_CHECK])
    yield _flag(
        NEW_NUMBNESS,
        f"New numbness{where} (day {said[-1].day}) without a recorded neurological and vascular check "
        f"(red_flag_check for {names})",
        tuple(entry.place for entry in said),
    )


def _site(entry: SymptomEntry) -> str:
    return f" at the {entry.site.replace('_', ' ')}" if entry.site else ""


def _flag(flag: RedFlag, text: str, entries: tuple[int, ...]) -> Alert:
    sources = tuple(PUBLICATIONS[key] for key in flag.sources)
    because = f"{flag.trigger} ({flag.status.caution})" if flag.status.caution else flag.trigger
    severity = "contraindicated" if flag.urgency == "emergency" else "major"
    return Alert(flag.id, "stop", severity, text, because, sources, entries, flag.action)


# --- the pathway ------------------------------------------------------------------------------------


def _breaches(restrictions: Iterable[RestrictionState], day: int) -> Iterator[Alert]:
    for state in restrictions:
        if not state.breaches:
            continue
        days = listed([f"day {breach.day} ({breach.what})" for breach in state.breaches])
        unsure = "" if all(breach.sure for breach in state.breaches) else "; ask what it was"
        yield Alert(
            f"breach-{state.restriction.id}",
            _tier(day, state.breaches[-1].day),
            "moderate",
            f"{state.restriction.therapy.title} while it was to be left alone: {days}{unsure}",
            state.restriction.because,
            published(state.restriction.source),
            tuple(breach.entry.place for breach in state.breaches),
            "ask about pain and numbness over the 72 hours after it",
        )


def _unchecked_extensions(walk: Walk, day: int) -> Iterator[Alert]:
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
                and stay.entered <= entry.day <= day
                and (stay.left is None or entry.day < stay.left)
                and any(lies_within(site, action.to.id) for site in entry.sites)
                and not any(
                    walk.view(before).truth(when.test) is YES for before in range(stay.entered, entry.day + 1)
                )
            ]
            if sessions:
                days = listed([f"day {entry.day}" for entry in sessions])
                yield Alert(
                    f"unchecked-{recommendation.id}",
                    _tier(day, sessions[-1].day),
                    "major",
                    f"{action.therapy.title} was given at the {action.to.title} ({days}) before it was known "
                    f"that: {when.title[0].lower()}{when.title[1:]}",
                    when.because,
                    published(when.source),
                    tuple(entry.place for entry in sessions),
                    "; ".join(read(walk.view(day), when).needs),
                )


def _watched(walk: Walk, day: int) -> Iterator[Alert]:
    if walk.stay_on(day) is None:
        return
    view = walk.view(day)
    for watch in walk.pathway.watch:
        reading = read(view, watch.criterion)
        if reading.answer is YES:
            shown = [part for part in reading.parts if part.answer is Answer.YES and part.value_in_words]
            value = f" ({shown[0].subject}: {shown[0].value_in_words})" if shown else ""
            criterion = watch.criterion
            old = walk.view(day - RECENT).truth(criterion.test) is YES
            yield Alert(
                criterion.id,
                "note" if old else "ask",
                "moderate",
                f"{watch.say}{value}",
                criterion.because,
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
            f"{day - stay.entered} days in {stay.phase.id}, more than {limit.weeks} weeks",
            limit.then.because,
            published(limit.then.source),
        )
