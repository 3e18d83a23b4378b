"""What may be said of an exposure as a trigger: the counts first, then an effect where a diary allows one, then doubt.

Where a diary gives numbers, the word is that of `assuage.dynamics.verdict`, and the counts cannot change it; without
one the counts speak alone. None of the words says that anything caused anything; only a draw could (`assuage nof1`).
Effects come from `assuage.dynamics` and are handed in, so that nothing here needs a numerical library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, lgamma, log
from typing import Literal

from assuage.catalogue.message import Message, message
from assuage.dynamics.effect import Compared, Effect
from assuage.dynamics.verdict import NO_DIFFERENCE, TriggerVerdict, VerdictWord
from assuage.engine.phases import PhaseDays
from assuage.record.timeline import Timeline
from assuage.review.compared_days import comparison_reasons, points_message, verdict_reason
from assuage.review.model import Suspect

Dependence = Literal["unknown", "seen"]

LIKELY, POSSIBLE = (
    0.95,
    0.80,
)  # of the probability that a worse spell is likelier after it than without it (ours)
FEWEST_ANSWERED = 2  # exposures with something recorded after them (ours)
ENOUGH_FOR_PHASES = 16  # occasions, below which a dependence on the phase cannot be seen (ours)
UNDER_HARM = (
    0.8  # chance of a worse spell after a harmful exposure (ours), for the sums with the chance of a flare
)
SPONTANEOUS = (0.05, 0.1, 0.2, 0.3)  # chances of a flare that comes by itself, none of them known
MOST_ODDS = 1_000  # beyond which odds are told as more than that: counts do not weigh more (ours)
PRIOR = 0.25  # that such an exposure is harmful (ours)


@dataclass(frozen=True)
class DiaryEffects:
    """What a diary gives: effects at each lag, or why there are none, and whether they differ between phases.

    `compared` says in sentences how they differ between phases, or between times of high and of low ratings. `verdict`
    is the engine's and `comparison` how it came to be; None where it could not judge.
    """

    effects: tuple[Effect, ...] = ()
    because: Message | None = None
    depends: bool = False
    compared: tuple[Message, ...] = ()
    verdict: TriggerVerdict | None = None
    comparison: Compared | None = None

    @property
    def overall(self) -> Effect | None:
        """The effect over the three days together; None without one."""
        return overall_of(self.effects)


NO_DIARY = DiaryEffects()


def overall_of(effects: Sequence[Effect]) -> Effect | None:
    """The effect over the three days together; None without one."""
    return next((effect for effect in effects if effect.lag == -1), None)


def verdict_message(verdict: VerdictWord, worth: float = 1.0) -> Message:
    """`likely trigger`: the word of a verdict; `worth` are the points that "no difference" is of."""
    if verdict == NO_DIFFERENCE and worth != 1.0:
        return message("trigger-verdict.no-difference-of-points", limit=points_message(worth))
    return message(f"trigger-verdict.{verdict.replace(' ', '-')}")


@dataclass(frozen=True)
class Trigger:
    """One exposure judged: counts, effects (empty without a diary, `no_effect` says why), verdict, doubts.

    `engine` is the verdict with its numbers and `comparison` what they are of, where a diary allowed one.
    """

    title: str
    counts: Suspect
    effects: tuple[Effect, ...]
    no_effect: Message | None
    verdict: VerdictWord
    dependence: Dependence
    by_phase: tuple[tuple[str, int, int], ...]
    reasons: tuple[Message, ...]
    engine: TriggerVerdict | None = None
    comparison: Compared | None = None

    @property
    def overall(self) -> Effect | None:
        """The effect over the three days together; None without one."""
        return overall_of(self.effects)

    @property
    def said(self) -> Message:
        """The word of the verdict, `likely trigger`."""
        return verdict_message(self.verdict, self.worth)

    @property
    def worth(self) -> float:
        """The points of its outcome that are worth knowing: a tenth of the scale."""
        return self.effects[0].worth if self.effects else 1.0

    @property
    def headline(self) -> Message:
        """`likely trigger, dependence on phase unknown`."""
        verdict = self.said
        if self.verdict in ("cannot tell", NO_DIFFERENCE):
            return verdict
        dependence = message(f"dependence.{self.dependence}")
        return message("trigger.headline", verdict=verdict, dependence=dependence)


def judge(
    timeline: Timeline,
    phases: Sequence[PhaseDays],
    counts: Suspect,
    title: str,
    diary_effects: DiaryEffects = NO_DIARY,
    on: int | None = None,
) -> Trigger:
    """The exposure judged at the end of day `on` (default: the last), from its counts and, if any, its effects.

    `phases` are the stays up to that day, by id, in order.
    """
    last = max((*counts.days, timeline.last_day or 0)) if on is None else on
    by_phase = tuple((stay.phase, sum(map(stay.holds, counts.days)), stay.length(last)) for stay in phases)
    dependence: Dependence = "seen" if diary_effects.depends else "unknown"
    verdict = _verdict(counts, diary_effects.overall, diary_effects.verdict)
    reasons = (
        *_reasons(timeline, counts, diary_effects, by_phase),
        *diary_effects.compared,
    )
    return Trigger(
        title,
        counts,
        diary_effects.effects,
        diary_effects.because,
        verdict,
        dependence,
        by_phase,
        reasons,
        diary_effects.verdict,
        diary_effects.comparison,
    )


def likelier_after(flared: int, exposed: int, others_flared: int, others: int) -> float:
    """P(a worse spell is likelier after it than without it), flat priors on both chances; exact.

    Source: the sum over Beta(a, b) with whole a, as in Evan Miller's formula for two proportions.
    """
    a1, b1 = others_flared + 1, others - others_flared + 1
    a2, b2 = flared + 1, exposed - flared + 1

    def beta(a: float, b: float) -> float:
        return lgamma(a) + lgamma(b) - lgamma(a + b)

    total = 0.0
    for i in range(a2):
        total += pow(2.718281828459045, beta(a1 + i, b1 + b2) - log(b2 + i) - beta(1 + i, b2) - beta(a1, b1))
    return min(max(total, 0.0), 1.0)


def weight_of_evidence(flared: int, exposed: int, by_itself: float) -> float:
    """How many times likelier the counts are under harm than when flares come by themselves with that chance."""
    under_harm = comb(exposed, flared) * UNDER_HARM**flared * (1 - UNDER_HARM) ** (exposed - flared)
    chance = comb(exposed, flared) * by_itself**flared * (1 - by_itself) ** (exposed - flared)
    return under_harm / chance


def _verdict(counts: Suspect, effect: Effect | None, engine: TriggerVerdict | None) -> VerdictWord:
    """The engine's word where it could estimate anything; else that of the counts, which can only speak of worse."""
    if engine is not None and effect is not None and effect.estimate is not None:
        return engine.word
    answered = counts.exposed - counts.unanswered
    if answered < FEWEST_ANSWERED:
        return "cannot tell"
    sure = likelier_after(counts.flared, answered, counts.unexposed_flared, counts.unexposed)
    if sure > LIKELY and counts.flared >= FEWEST_ANSWERED:
        return "likely"
    return "possible" if sure > POSSIBLE else "cannot tell"


def _chosen(timeline: Timeline, counts: Suspect) -> int | None:
    """How many times the patient chose it, where the record says so; None where it never does."""
    by_patient = {
        entry.day
        for entry in timeline.therapies()
        if entry.by == "patient" and entry.day in counts.days and counts.exposure in entry.certainly
    }
    return len(by_patient) or None


def _reasons(
    timeline: Timeline,
    counts: Suspect,
    diary: DiaryEffects,
    by_phase: tuple[tuple[str, int, int], ...],
) -> Iterator[Message]:
    """What the answer rests on and what speaks against it, the most serious first."""
    answered = counts.exposed - counts.unanswered
    effect = diary.overall
    if diary.verdict is not None and (reason := verdict_reason(diary.verdict, diary.effects)) is not None:
        yield reason
    if diary.comparison is not None:
        yield from comparison_reasons(diary.comparison, counts.outcome)
    if counts.flared and answered >= FEWEST_ANSWERED and (effect is None or effect.estimate is None):
        chances = tuple(_odds(counts.flared, answered, chance) for chance in SPONTANEOUS)
        yield message("trigger.weigh", flared=counts.flared, answered=answered, chances=chances, prior=PRIOR)
    if diary.because:
        yield diary.because
    if diary.comparison is None or not diary.comparison.fixed:
        yield message("trigger.not-drawn", chosen=_chosen(timeline, counts), exposed=counts.exposed)
    if answered and answered < ENOUGH_FOR_PHASES:
        yield message("trigger.few", n=answered)
    if answered:
        with_it = {name for name, exposed, _ in by_phase if exposed}
        empty = [name for name, _, days in by_phase if days and name not in with_it]
        if len(with_it) == 1 and empty and sum(exposed for _, exposed, _ in by_phase) == counts.exposed:
            yield message("trigger.one-phase", phase=min(with_it), empty=tuple(dict.fromkeys(empty)))
        elif not by_phase and effect is None:
            yield message("trigger.no-phases")


def _odds(flared: int, answered: int, chance: float) -> Message:
    """What the counts are worth if a worse spell comes by itself with this chance."""
    odds = weight_of_evidence(flared, answered, chance)
    values = {"chance": round(100 * chance), "probability": PRIOR * odds / (PRIOR * odds + 1 - PRIOR)}
    if odds > MOST_ODDS:
        return message("trigger.odds-more", most=MOST_ODDS, **values)
    if odds >= 1:
        return message("trigger.odds-for", odds=round(odds), **values)
    if odds < 1 / MOST_ODDS:
        return message("trigger.odds-more-against", most=MOST_ODDS, **values)
    return message("trigger.odds-against", odds=round(1 / odds), **values)
