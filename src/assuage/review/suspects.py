"""Suspected triggers, counted from the record's own timeline: exposed, flared, and what may be said of it.

The definitions are ours and are shown with the counts. An exposure is a day with the therapy. It is followed
by a flare when, within 72 hours, the outcome is said to be new or worse, or a score of it lies two points or
more above its own mean of the week before. Where nothing was recorded after it, it stays unanswered. For
comparison the time outside these windows is cut into stretches of the same length, and a stretch counts when
the outcome was recorded in it. An adverse event that suspects the exposure answers items of its own accord
(`assuage.review.adverse_events`), and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.reference import compare
from assuage.errors import InputError, nearest
from assuage.pathways.clinic import Suspicion
from assuage.record.care_entries import AdverseEventEntry
from assuage.record.entries import MedicationEntry, SymptomEntry, TherapyEntry
from assuage.record.observations import came_before
from assuage.record.timeline import Range, Timeline
from assuage.review.adverse_events import AFTER_STOP, AnsweredByEvents, answered_by_events, onset_of
from assuage.review.model import Suspect
from assuage.safety.active_flags import shutting_flags
from assuage.safety.causality import (
    KNOWN_REACTIONS,
    TOLD_AS,
    Causality,
    Naranjo,
    WhoUmc,
    naranjo,
    naranjo_category,
    who_umc,
)
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, answer, any_yes
from assuage.terms.drug_names import drug_with_id, find_drug, suggested
from assuage.terms.drugs import Drug
from assuage.terms.outcomes import Outcome, find_outcome, named_outcome
from assuage.terms.sources import Source
from assuage.terms.symptoms import (
    GONE_STATES,
    PRESENT_STATES,
    SYMPTOM_NAMED,
    WORSE_STATES,
    find_symptom,
)
from assuage.terms.therapies import THERAPY_NAMED, Therapy, find_therapy

WINDOW = 3  # days after the exposure's own: 72 hours, the span in which a response is asked for (ours)
RISE = 2  # points of 10 (ours; Farrar 2001 has two points for much better, not for worse)
BEFORE = 7  # days that make the comparison
BETTER_STATES = GONE_STATES | {"better"}


@dataclass(frozen=True)
class Exposure:
    """What may have done it: a therapy (the ids of its group), or a drug each time it is started or changed."""

    id: str
    title: str
    therapy: Therapy | None = None
    drug: str | None = None

    @property
    def term(self) -> Therapy | Drug | str:
        """The therapy or the drug itself; its name where no rule knows it."""
        return self.therapy or drug_with_id(self.drug or "") or self.title

    def days(self, timeline: Timeline, until: int) -> list[int]:
        """The days up to `until` on which the patient was exposed; a session that may not have been it is left out."""
        if self.therapy is not None:
            return sorted({entry.day for entry, sure in timeline.exposures(self.therapy, until) if sure})
        return sorted({entry.day for entry in self.entries(timeline, until) if entry.do != "stop"})

    def is_called(self, word: str) -> bool:
        """Whether a word names this drug, or a therapy of this kind."""
        if self.therapy is not None:
            therapy = find_therapy(word)
            return therapy is not None and therapy.id in self.therapy.members
        drug = find_drug(word)
        return drug is not None and drug.id == self.drug

    def entries(self, timeline: Timeline, until: int) -> list[TherapyEntry | MedicationEntry]:
        """Every word on this exposure up to a day, in order: starts, sessions, changes and stops."""
        if self.drug is not None:
            return [*timeline.medication_of(self.drug, until)]
        members = self.therapy.members if self.therapy else frozenset[str]()
        return [entry for entry in timeline.therapies(until) if not members.isdisjoint(entry.certainly)]


def exposure_to(what: Therapy | Drug) -> Exposure:
    """The exposure to a therapy or a drug."""
    if isinstance(what, Therapy):
        return Exposure(what.id, what.title, therapy=what)
    return Exposure(what.id, what.title, drug=what.id)


def known_exposure(name: str) -> Exposure:
    """The exposure of that name: a therapy or a drug. InputError, with the nearest known, for any other word."""
    known = find_therapy(name) or find_drug(name)
    if known is not None:
        return exposure_to(known)
    near = suggested(name)
    known = THERAPY_NAMED if near is None else (*THERAPY_NAMED, near.title)
    raise InputError(f"--exposure: {nearest(name, known, 'exposure')}")


def known_outcome(name: str, timeline: Timeline | None = None) -> Outcome:
    """The outcome of that name: pain, numbness, any symptom, or what the record calls a symptom, finding or event.

    InputError, with the nearest symptom, for a word that is none of these.
    """
    known = find_outcome(name)
    if known is not None:
        return known
    named = named_outcome(name)
    last = (timeline.record.last_day or 0) if timeline is not None else 0
    if timeline is not None and (
        next(_signs(timeline, named, None, last), None) or adverse_events_of(timeline, named, last)
    ):
        return named
    raise InputError(f"--outcome: {nearest(name, SYMPTOM_NAMED, 'outcome')}")


def suspect(timeline: Timeline, day: int, exposure: Exposure, outcome: Outcome) -> Suspect | None:
    """One suspicion counted and judged; None where the patient was never exposed by that day."""
    exposed_days = exposure.days(timeline, day)
    return _counted(timeline, day, exposure, outcome, exposed_days) if exposed_days else None


def suspects(timeline: Timeline, day: int, suspicions: Iterable[Suspicion]) -> Iterator[Suspect]:
    """Each suspicion whose exposure was recorded by that day; those told only once followed, where they were."""
    for suspicion in suspicions:
        counted = suspect(timeline, day, exposure_to(suspicion.exposure), suspicion.outcome)
        if counted is not None and (counted.flared or not suspicion.once_followed):
            yield counted


def _counted(
    timeline: Timeline, day: int, exposure: Exposure, outcome: Outcome, exposed: list[int]
) -> Suspect:
    answers = [_after_exposure(timeline, day, exposure, outcome, each) for each in exposed]
    flare_days = [each for each, flared in zip(exposed, answers, strict=True) if flared is YES]
    others = [flared for flared in _unexposed(timeline, day, outcome, exposed) if flared is not UNKNOWN]
    scale = _naranjo(timeline, day, exposure, outcome, exposed, answers)
    flags = {active.flag for active in shutting_flags(timeline, day)}
    pending = outcome.examined_for is not None and outcome.examined_for in flags
    category = who_umc(
        Causality(
            plausible_time=scale.answers["NQ2"],
            other_causes=scale.answers["NQ5"],
            better_after_withdrawal=scale.answers["NQ3"],
            objective=scale.answers["NQ10"],
            back_on_rechallenge=scale.answers["NQ4"],
            examination_pending=pending,
        )
    )
    flared = len(flare_days)
    return Suspect(
        exposure=exposure.id,
        outcome=outcome.id,
        exposed=len(exposed),
        flared=flared,
        unanswered=answers.count(UNKNOWN),
        unexposed=len(others),
        unexposed_flared=others.count(YES),
        days=tuple(exposed),
        naranjo=scale,
        who_umc=category,
        answer=NO if flared == 0 and UNKNOWN not in answers and scale.answers["NQ2"] is NO else UNKNOWN,
        text=_text(exposure, outcome, answers, others, scale, category),
    )


def _text(
    exposure: Exposure,
    outcome: Outcome,
    answers: list[Answer],
    others: list[Answer],
    scale: Naranjo,
    category: WhoUmc,
) -> Message:
    """The counts in a sentence, the two scales, and what they do not say."""
    worse = outcome.term
    flared, unanswered = answers.count(YES), answers.count(UNKNOWN)
    if len(answers) > 1:
        counts = message(
            "suspect.times",
            exposure=exposure.term,
            n=len(answers),
            flared=flared,
            outcome=worse,
            unanswered=unanswered or None,
        )
    elif flared:
        counts = message("suspect.once-followed", exposure=exposure.term, outcome=worse)
    elif unanswered:
        counts = message("suspect.once-unanswered", exposure=exposure.term)
    else:
        counts = message("suspect.once-not-followed", exposure=exposure.term, outcome=worse)
    compared = message("suspect.not-compared")
    if others:
        compared = message("suspect.compared-none", n=len(others), outcome=worse)
    if YES in others:
        compared = message("suspect.compared", n=len(others), flared=others.count(YES), outcome=worse)
    span = None
    if scale.low != scale.high:
        least, most = naranjo_category(scale.low), naranjo_category(scale.high)
        differ = {} if least == most else {"least": _naranjo_word(least), "most": _naranjo_word(most)}
        span = message("suspect.naranjo-open", low=scale.low, high=scale.high, **differ)
    return message(
        "suspect.text",
        counts=counts,
        compared=compared,
        score=scale.score,
        category=_naranjo_word(scale.category),
        span=span,
        who_umc=category,
    )


def _naranjo_word(category: str) -> Message:
    return message(f"naranjo.{category}")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One word of a record on an outcome: when it was said, and whether it says worse or better."""

    day: int
    minute: int | None
    worse: bool
    better: bool


def _signs(timeline: Timeline, outcome: Outcome, first: int | None, last: int) -> Iterator[_Sign]:
    """What was recorded of an outcome from `first` (None: ever) to `last`.

    A finding has no word for worse: it says so where it is there and the finding before it, if any, was not.
    """
    statements: Iterable[SymptomEntry] = (
        entry for symptom in outcome.symptoms for entry in timeline.statements(symptom, first, last)
    )
    if outcome.word:
        statements = (entry for entry in timeline.symptoms(last) if outcome.is_named(entry.what))
    for entry in statements:
        if first is None or entry.day >= first:
            yield _Sign(entry.day, entry.minute, entry.state in WORSE_STATES, entry.state in BETTER_STATES)
    there = False
    for finding in timeline.findings(last) if outcome.word else ():
        if finding.state == "unknown" or not outcome.is_named(finding.what):
            continue
        present = finding.state in ("present", "abnormal")
        if first is None or finding.day >= first:
            yield _Sign(finding.day, finding.minute, present and not there, not present)
        there = present


def _after_exposure(timeline: Timeline, today: int, exposure: Exposure, outcome: Outcome, day: int) -> Answer:
    """Whether the outcome got worse after an exposure; unknown while its 72 hours still run and nothing has."""
    minutes = [entry.minute for entry in exposure.entries(timeline, day) if entry.day == day]
    known = [minute for minute in minutes if minute is not None]
    begun = min(known) if known and len(known) == len(minutes) else None
    flared = _flared(timeline, outcome, day, min(day + WINDOW, today), begun)
    return UNKNOWN if flared is NO and today < day + WINDOW else flared


def _series(
    timeline: Timeline, outcome: Outcome, first: int, last: int, begun: int | None = None
) -> dict[tuple[str, ...], list[Range]]:
    """Scores of the outcome in a span, kept apart by scale, time of day and place; on the first day from `begun` on."""
    series: dict[tuple[str, ...], list[Range]] = {}
    for scale in outcome.scales:
        for day in range(first, last + 1):
            for observed in timeline.observations_on(scale.code, day):
                if day == first and came_before(observed.minute, begun):
                    continue
                key = (scale.code, str(observed.time), *observed.sites)
                series.setdefault(key, []).append(Range(observed.low, observed.high))
    return series


def _rise(after: list[Range], before: list[Range]) -> Range:
    """The worst value after, minus the mean before, over every number the ranges leave open."""
    return Range(
        max(value.low for value in after) - fmean(value.high for value in before),
        max(value.high for value in after) - fmean(value.low for value in before),
    )


def _flared(timeline: Timeline, outcome: Outcome, first: int, last: int, begun: int | None = None) -> Answer:
    """Whether the outcome got worse from `first` (at minute `begun`) to `last`; unknown when nothing said so."""
    signs = [
        sign
        for sign in _signs(timeline, outcome, first, last)
        if not (sign.day == first and came_before(sign.minute, begun))
    ]
    after = _series(timeline, outcome, first, last, begun)
    before = _series(timeline, outcome, first - BEFORE, first - 1)
    rises = [compare(_rise(after[key], before[key]), ">=", RISE) for key in after if key in before]
    if any(sign.worse for sign in signs):
        return YES
    return any_yes(rises) if signs or rises else UNKNOWN


def _unexposed(timeline: Timeline, today: int, outcome: Outcome, exposed: list[int]) -> Iterator[Answer]:
    """The stretches of the same length that lie in no exposure's window, from day 0 to today."""
    in_a_window = {day + after for day in exposed for after in range(WINDOW + 1)}
    day = 0
    while day + WINDOW <= today:
        stretch = range(day, day + WINDOW + 1)
        inside = in_a_window.intersection(stretch)
        if inside:
            day = max(inside) + 1
        else:
            yield _flared(timeline, outcome, stretch[0], stretch[-1])
            day += WINDOW + 1


# --- Naranjo, answered from the record ------------------------------------------------------------


def adverse_events_of(timeline: Timeline, outcome: Outcome, until: int) -> list[AdverseEventEntry]:
    """The adverse events up to a day that are the outcome, in order."""
    return [
        event
        for event in timeline.entries_of(AdverseEventEntry, until)
        if ((symptom := find_symptom(event.what)) is not None and symptom.id in outcome.symptoms)
        or outcome.is_named(event.what)
    ]


def _by_events(timeline: Timeline, today: int, exposure: Exposure, outcome: Outcome) -> AnsweredByEvents:
    words = exposure.entries(timeline, today)
    return answered_by_events(
        [
            event
            for event in adverse_events_of(timeline, outcome, today)
            if onset_of(event) <= today and any(exposure.is_called(word) for word in event.suspected)
        ],
        [entry.day for entry in words if entry.do in ("start", "session")],
        [entry.day for entry in words if entry.do == "stop"],
        today,
        exposure.is_called,
    )


def _naranjo(
    timeline: Timeline,
    today: int,
    exposure: Exposure,
    outcome: Outcome,
    exposed: list[int],
    flared: list[Answer],
) -> Naranjo:
    flare_days = [day for day, was in zip(exposed, flared, strict=True) if was is YES]
    first = flare_days[0] if flare_days else None
    reports = KNOWN_REACTIONS.get((exposure.id, outcome.id))
    again = [was for day, was in zip(exposed, flared, strict=True) if first is not None and day > first]
    earlier = [was for day, was in zip(exposed, flared, strict=True) if first is not None and day < first]
    told_before = _reacted_before(timeline, exposure, outcome, exposed[0])
    by_events = _by_events(timeline, today, exposure, outcome)
    began = sorted({*flare_days, *by_events.onsets})
    other = (*_other_causes(timeline, today, exposure, began), *by_events.others)
    objective = _objective(timeline, today, began)
    answers: dict[str, Answer] = {
        "NQ1": YES if reports else UNKNOWN,
        "NQ2": any_yes(flared),
        "NQ3": _better_when_stopped(timeline, today, exposure, outcome, first),
        "NQ4": any_yes(again) if again else UNKNOWN,
        "NQ5": YES if other else UNKNOWN,
        "NQ6": UNKNOWN,
        "NQ7": UNKNOWN,
        "NQ8": UNKNOWN,
        "NQ9": YES if told_before else any_yes(earlier) if earlier else UNKNOWN,
        "NQ10": answer(objective is not None) if began else UNKNOWN,
    }
    answers |= {
        item: given
        for item, given in by_events.answers.items()
        if given is YES or answers[item] is UNKNOWN or (item == "NQ2" and answers[item] is NO)
    }
    if outcome.never_left_unsaid and earlier and not told_before:
        answers["NQ9"] = NO  # taken before without it: it would have been told
    reasons = {
        "NQ1": _reports(reports),
        "NQ2": message("suspect.flare-days", days=tuple(flare_days)) if flare_days else None,
        "NQ4": message("suspect.taken-again" if again else "suspect.not-taken-again"),
        "NQ5": message("suspect.causes", causes=other) if other else message("suspect.no-other-cause"),
        "NQ9": told_before,
        "NQ10": objective or message("suspect.self-report"),
    }
    reasons |= {
        item: why for item, why in by_events.reasons.items() if answers[item] is by_events.answers[item]
    }
    return naranjo(answers, {key: why for key, why in reasons.items() if why}, manual=exposure.drug is None)


def _reports(sources: tuple[Source, ...] | None) -> Message:
    if not sources:
        return message("suspect.no-report")
    return message("suspect.reports", citations=tuple(source.citation for source in sources))


def _better_when_stopped(
    timeline: Timeline, today: int, exposure: Exposure, outcome: Outcome, first: int | None
) -> Answer:
    """Whether the outcome got better within two weeks (ours) of a recorded stop after the first flare.

    Without a recorded stop it is unknown: getting better on its own is not getting better because it was stopped.
    """
    words = exposure.entries(timeline, today)
    stops = [entry.day for entry in words if entry.do == "stop" and first is not None and first <= entry.day]
    if not stops:
        return UNKNOWN
    last = min(today, stops[-1] + AFTER_STOP)
    signs = [*_signs(timeline, outcome, stops[-1], last)]
    return answer(any(sign.better for sign in signs)) if signs else UNKNOWN


def _reacted_before(timeline: Timeline, exposure: Exposure, outcome: Outcome, first: int) -> Message | None:
    """An earlier report that this exposure makes the outcome worse; None if there is none."""
    told_as = TOLD_AS.get((exposure.id, outcome.id))
    for entry in timeline.statements(told_as.id, None, first) if told_as else ():
        if entry.state in PRESENT_STATES:
            state = message(f"symptom-state.{entry.state}")
            return message("suspect.told-before", day=entry.day, what=entry.what, state=state)
    return None


def _other_causes(
    timeline: Timeline, today: int, exposure: Exposure, flare_days: list[int]
) -> tuple[object, ...]:
    """What else was going on before a flare: other therapies or drug changes within a week, imaged disease."""
    it = {entry.place for entry in exposure.entries(timeline, today)}
    others = [
        *((entry, _session_cause(entry)) for entry in timeline.sessions(today)),
        *((entry, _drug_cause(entry)) for entry in timeline.medication(today)),
    ]
    others = sorted((pair for pair in others if pair[0].place not in it), key=lambda pair: pair[0].order)
    causes: list[object] = [
        cause for day in flare_days for entry, cause in others if day - BEFORE <= entry.day <= day
    ]
    causes += [
        finding.what
        for finding in timeline.findings(today)
        if finding.method == "imaging"
        and finding.state in ("present", "abnormal")
        and any(word in finding.what for word in _SPINE)
    ]
    return tuple(dict.fromkeys(causes))


def _session_cause(entry: TherapyEntry) -> Message:
    what = entry.what if entry.known is None else Wording(entry.known.wording.key, entry.what)
    return message("suspect.cause-session", what=what, day=entry.day)


def _drug_cause(entry: MedicationEntry) -> Message:
    return message(f"suspect.cause-{entry.do}", drug=entry.known or entry.drug, day=entry.day)


_SPINE = ("cervical", "disc", "spondyl", "osteochondrosis", "stenosis", "radicul")


def _objective(timeline: Timeline, today: int, flare_days: list[int]) -> Message | None:
    """An examination, laboratory or imaging finding in the week after a flare; None if there is none."""
    for finding in timeline.findings(today):
        if finding.method in (None, "history") or finding.state not in ("present", "abnormal"):
            continue
        if any(day <= finding.day <= day + 7 for day in flare_days):
            return message("suspect.objective", what=finding.what, day=finding.day)
    return None
