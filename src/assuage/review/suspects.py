"""Suspected triggers, counted and judged from the record's own timeline, with the Naranjo scale and WHO-UMC category.

What is counted stands in `assuage.review.worse_spells`, and whether that is a link is said by one function for all
commands (`assuage.review.triggers.judgement`). The two scales rest on that word: what merely came after an exposure is
no answer, because on most days something does. An adverse event that suspects the exposure answers items of its own
accord (`assuage.review.adverse_events`), and is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from assuage.catalogue.message import Message, Wording, message
from assuage.engine.phases import PhaseDays
from assuage.errors import InputError, unknown_word
from assuage.pathways.clinic import Suspicion
from assuage.record.care_entries import AdverseEventEntry
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.record.timeline import Timeline
from assuage.review.adverse_events import AFTER_STOP, AnsweredByEvents, answered_by_events, onset_of
from assuage.review.compared_days import in_1000
from assuage.review.exposures import Exposure, exposure_to
from assuage.review.model import Suspect
from assuage.review.triggers import (
    NO_DIARY,
    DiaryEffects,
    Judgement,
    judgement,
)
from assuage.review.worse_spells import SpellCounts, count_spells, signs_of
from assuage.safety.active_flags import shutting_flags
from assuage.safety.causality import (
    KNOWN_REACTIONS,
    TOLD_AS,
    Causality,
    Naranjo,
    Reports,
    WhoUmc,
    naranjo,
    naranjo_category,
    who_umc,
)
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, answer, any_yes
from assuage.terms.flares import BEFORE
from assuage.terms.outcomes import Outcome, find_outcome, named_outcome
from assuage.terms.symptoms import PRESENT_STATES, SYMPTOM_NAMED, find_symptom


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
        next(signs_of(timeline, named, None, last), None) or adverse_events_of(timeline, named, last)
    ):
        return named
    raise InputError(
        message(
            "option.said", option="--outcome", what=unknown_word(name, SYMPTOM_NAMED, message("word.outcome"))
        )
    )


def suspect(
    timeline: Timeline,
    phases: Sequence[PhaseDays],
    day: int,
    exposure: Exposure,
    outcome: Outcome,
    diary: DiaryEffects = NO_DIARY,
) -> Suspect | None:
    """One suspicion counted and judged by the end of a day; None where the patient was never exposed by then.

    `phases` are the stays up to that day, `diary` what a diary shows of it; without one the counts judge alone.
    """
    exposed = exposure.days(timeline, day)
    if not exposed:
        return None
    counts = count_spells(timeline, phases, day, exposure, outcome, exposed)
    return suspect_of_counts(timeline, day, exposure, outcome, counts, diary)


def suspects(
    timeline: Timeline,
    phases: Sequence[PhaseDays],
    day: int,
    suspicions: Iterable[Suspicion],
    effects: Callable[[Exposure, Outcome], DiaryEffects] | None = None,
) -> Iterator[tuple[Suspect, DiaryEffects]]:
    """Each suspicion whose exposure was recorded by that day, with what a diary shows of it (`effects`, if asked).

    Of those that are told only once something followed, those where it did.
    """
    for suspicion in suspicions:
        exposure, outcome = exposure_to(suspicion.exposure), suspicion.outcome
        exposed = exposure.days(timeline, day)
        if not exposed:
            continue
        counts = count_spells(timeline, phases, day, exposure, outcome, exposed)
        if counts.flared or not suspicion.once_followed:
            diary = NO_DIARY if effects is None else effects(exposure, outcome)
            yield suspect_of_counts(timeline, day, exposure, outcome, counts, diary), diary


def suspect_of_counts(
    timeline: Timeline,
    day: int,
    exposure: Exposure,
    outcome: Outcome,
    counts: SpellCounts,
    diary: DiaryEffects,
) -> Suspect:
    """The suspicion judged from its counts and what a diary shows of it, with both scales."""
    judged = judgement(counts.chance, diary)
    scale = _naranjo(timeline, day, exposure, outcome, counts, judged)
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
    never_followed = counts.flared == 0 and not counts.unanswered and scale.answers["NQ2"] is NO
    return Suspect(
        exposure=exposure.id,
        outcome=outcome.id,
        exposed=len(counts.days),
        flared=counts.flared,
        unanswered=counts.unanswered,
        unexposed=counts.unexposed,
        unexposed_flared=counts.unexposed_flared,
        chance=counts.chance,
        days=counts.days,
        naranjo=scale,
        who_umc=category,
        answer=NO if never_followed or judged.excludes else UNKNOWN,
        text=_text(exposure, outcome, counts, scale, category),
    )


def _text(
    exposure: Exposure, outcome: Outcome, spells: SpellCounts, scale: Naranjo, category: WhoUmc
) -> Message:
    """The counts in a sentence, the two scales, and what they do not say."""
    worse = outcome.term
    flared, unanswered, n = spells.flared, spells.unanswered, len(spells.days)
    if n > 1:
        counts = message(
            "suspect.times",
            exposure=exposure.term,
            n=n,
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
    if spells.unexposed:
        compared = message("suspect.compared-none", n=spells.unexposed, outcome=worse)
    if spells.unexposed_flared:
        compared = message(
            "suspect.compared", n=spells.unexposed, flared=spells.unexposed_flared, outcome=worse
        )
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
    return answered_by_events(
        [
            event
            for event in adverse_events_of(timeline, outcome, today)
            if onset_of(event) <= today and any(exposure.is_called(word) for word in event.suspected)
        ],
        exposure.begun(timeline, today),
        exposure.stops(timeline, today),
        today,
        exposure.is_called,
    )


def _naranjo(
    timeline: Timeline,
    today: int,
    exposure: Exposure,
    outcome: Outcome,
    counts: SpellCounts,
    judged: Judgement,
) -> Naranjo:
    """The scale's items, as the record answers them.

    That the outcome came after the exposure, back with it and went without it says something only where it is linked:
    on most diaries without any effect all three happen.
    """
    flare_days = counts.flare_days
    earlier, again = counts.since_first_flare()
    reports = KNOWN_REACTIONS.get((exposure.id, outcome.id))
    told_before = _reacted_before(timeline, exposure, outcome, counts.days[0])
    by_events = _by_events(timeline, today, exposure, outcome)
    began = sorted({*flare_days, *by_events.onsets})
    other = (*_other_causes(timeline, today, exposure, began), *by_events.others)
    objective = _objective(timeline, today, began)
    better = _better_when_stopped(timeline, today, exposure, outcome, flare_days[0] if flare_days else None)
    answers: dict[str, Answer] = {
        "NQ1": YES if reports is not None and reports.conclusive else UNKNOWN,
        "NQ2": _came_after(counts, judged),
        "NQ3": UNKNOWN if better is YES and not judged.linked else better,
        "NQ4": _came_back(again, judged),
        "NQ5": YES if other else UNKNOWN,
        "NQ6": UNKNOWN,
        "NQ7": UNKNOWN,
        "NQ8": UNKNOWN,
        "NQ9": YES if told_before else any_yes(earlier) if earlier else UNKNOWN,
        "NQ10": answer(objective is not None) if began else UNKNOWN,
    }
    taken_again = message("suspect.taken-again" if again else "suspect.not-taken-again")
    if YES in again and answers["NQ4"] is UNKNOWN:
        taken_again = message("suspect.again-not-linked")
    reasons = {
        "NQ1": _reports(reports),
        "NQ2": _why_after(counts, judged),
        "NQ3": message("suspect.better-not-linked") if better is not answers["NQ3"] else None,
        "NQ4": taken_again,
        "NQ5": message("suspect.causes", causes=other) if other else message("suspect.no-other-cause"),
        "NQ9": told_before,
        "NQ10": objective or message("suspect.self-report"),
    }
    for item, given in by_events.answers.items():
        if judged.excludes and given is YES:
            answers[item] = UNKNOWN
            reasons[item] = message(
                "suspect.event-against-diary", event=by_events.reasons[item], verdict=judged.sentence
            )
        elif given is YES or answers[item] is UNKNOWN or (item == "NQ2" and answers[item] is NO):
            answers[item] = given
            reasons[item] = by_events.reasons[item]
    if outcome.never_left_unsaid and earlier and not told_before:
        answers["NQ9"] = NO  # taken before without it: it would have been told
    return naranjo(answers, {key: why for key, why in reasons.items() if why}, manual=exposure.drug is None)


def _came_after(counts: SpellCounts, judged: Judgement) -> Answer:
    """Yes where it is linked, no where the diary leaves no room for it or nothing ever followed; else unknown."""
    if judged.linked:
        return YES
    return NO if judged.excludes or any_yes(counts.answers) is NO else UNKNOWN


def _came_back(again: Sequence[Answer], judged: Judgement) -> Answer:
    """Yes where it followed again and is a likely trigger, no where it did not follow again and is not linked."""
    back = any_yes(again) if again else UNKNOWN
    if (back is YES and judged.word != "likely") or (back is NO and judged.linked):
        return UNKNOWN
    return back


def _why_after(counts: SpellCounts, judged: Judgement) -> Message | None:
    days = counts.flare_days or None
    if judged.by_diary:
        return message("suspect.after-by-diary", verdict=judged.sentence, days=days)
    if judged.linked:
        return message("suspect.after-linked", days=days, chance=in_1000(counts.chance))
    return message("suspect.after-not-linked", days=days) if days else None


def _reports(reports: Reports | None) -> Message:
    if reports is None:
        return message("suspect.no-report")
    citations = tuple(source.citation for source in reports.sources)
    return message("suspect.reports" if reports.conclusive else "suspect.not-conclusive", citations=citations)


def _better_when_stopped(
    timeline: Timeline, today: int, exposure: Exposure, outcome: Outcome, first: int | None
) -> Answer:
    """Whether the outcome got better within two weeks (ours) of a recorded stop after the first flare.

    Without a recorded stop it is unknown: getting better on its own is not getting better because it was stopped.
    """
    stops = [day for day in exposure.stops(timeline, today) if first is not None and first <= day]
    if not stops:
        return UNKNOWN
    last = min(today, stops[-1] + AFTER_STOP)
    signs = [*signs_of(timeline, outcome, stops[-1], last)]
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
