"""What may be said of an exposure as a trigger: the counts first, then an effect where a diary allows one, then doubt.

Where a diary gives numbers, the word is that of `assuage.dynamics.verdict`, and the counts cannot change it; without
one the counts speak alone. None of the words says that anything caused anything; only a draw could (`assuage nof1`).
Effects come from `assuage.dynamics` and are handed in, so that nothing here needs a numerical library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.dynamics.effect import Compared, Effect
from assuage.dynamics.verdict import NO_DIFFERENCE, TriggerVerdict, VerdictWord
from assuage.engine.phases import PhaseDays
from assuage.record.timeline import Timeline
from assuage.review.compared_days import comparison_reasons, in_1000, points_message, verdict_reason
from assuage.review.model import Suspect
from assuage.terms.spoken import outcome_term

Dependence = Literal["unknown", "seen"]

# Of the chance that counts as uneven come about without any effect, up to which they are a link: that of two exposures
# both followed against two stretches of which none was. Ours; scored by
# `benchmarks/causality_study.py`.
COUNTS_LEVEL = 1 / 12
SAME = 1e-9  # by which two chances may differ and still be the same number
FEWEST_ANSWERED = 2  # exposures with something recorded after them (ours)
ENOUGH_FOR_PHASES = 16  # occasions, below which a dependence on the phase cannot be seen (ours)
UNDER_HARM = (
    0.8  # chance of a worse spell after a harmful exposure (ours), for the sums with the chance of a flare
)
SPONTANEOUS = (0.05, 0.1, 0.2, 0.3)  # chances of a flare that comes by itself, none of them known
MOST_ODDS = 1_000  # beyond which odds are told as more than that: counts do not weigh more (ours)
PRIOR = 0.25  # that such an exposure is harmful (ours)


class DiaryEffects(Struct, frozen=True):
    """What a diary gives: effects at each lag, or why there are none, and whether they differ between phases.

    `compared` says in sentences how they differ between phases, or between times of high and of low ratings. `verdict`
    is the engine's and `comparison` how it came to be; None where it could not judge. `from_others` is a word from
    other patients, where it was asked for. `unjudged` says that there is enough of a diary and that it could not be
    judged: then the counts do not speak in its place. `slow_waves` says that they were taken out of the outcome.
    """

    effects: tuple[Effect, ...] = ()
    because: Message | None = None
    depends: bool = False
    compared: tuple[Message, ...] = ()
    verdict: TriggerVerdict | None = None
    comparison: Compared | None = None
    from_others: Message | None = None
    unjudged: bool = False
    slow_waves: Message | None = None

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


class Judgement(Struct, frozen=True):
    """The word on one exposure, and whether a diary gave it; else the counts did."""

    word: VerdictWord
    by_diary: bool
    worth: float = 1.0

    @property
    def sentence(self) -> Message:
        """The word as a message; `worth` are the points that "no difference" is of."""
        return verdict_message(self.word, self.worth)

    @property
    def linked(self) -> bool:
        """Whether it is said to be followed by something worse."""
        return self.word in ("likely", "possible")

    @property
    def excludes(self) -> bool:
        """Whether the diary speaks against it: it helps, or makes no difference that is worth knowing."""
        return self.by_diary and self.word in ("helps", NO_DIFFERENCE)


class Trigger(Struct, frozen=True):
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
    def spoken(self) -> Message:
        """The word of the verdict, `likely trigger`."""
        return verdict_message(self.verdict, self.worth)

    @property
    def worth(self) -> float:
        """The points of its outcome that are worth knowing: a tenth of the scale."""
        return self.effects[0].worth if self.effects else 1.0

    @property
    def headline(self) -> Message:
        """`likely trigger, dependence on phase unknown`."""
        verdict = self.spoken
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
    verdict = judgement(counts.chance, diary_effects).word
    reasons = (
        *_reasons(timeline, counts, diary_effects, by_phase),
        *diary_effects.compared,
        *([diary_effects.slow_waves] if diary_effects.slow_waves else []),
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


def weight_of_evidence(flared: int, exposed: int, by_itself: float) -> float:
    """How many times likelier the counts are under harm than when flares come by themselves with that chance."""
    under_harm = comb(exposed, flared) * UNDER_HARM**flared * (1 - UNDER_HARM) ** (exposed - flared)
    chance = comb(exposed, flared) * by_itself**flared * (1 - by_itself) ** (exposed - flared)
    return under_harm / chance


def judgement(chance: float, diary: DiaryEffects = NO_DIARY) -> Judgement:
    """The word on an exposure: the only place where it is decided, for the counts, the scales and the page alike.

    It is the engine's where the diary let it estimate anything; where a diary of some length did not (the exposure
    always comes on one weekday), counts would be misled by the same, and it cannot be told. Else it is that of the
    counts, of which `chance` is how often counts as uneven come about by themselves: they can only speak of worse, and
    no more finely than yes or cannot tell.
    """
    effect = diary.overall
    if diary.verdict is not None and effect is not None and effect.estimate is not None:
        return Judgement(diary.verdict.word, by_diary=True, worth=effect.worth)
    linked = chance <= COUNTS_LEVEL + SAME and not diary.unjudged
    return Judgement("likely" if linked else "cannot tell", by_diary=False)


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
    if diary.from_others is not None:
        yield diary.from_others
    if counts.flared and answered >= FEWEST_ANSWERED and (effect is None or effect.estimate is None):
        chances = tuple(_odds(counts.flared, answered, chance) for chance in SPONTANEOUS)
        if counts.chance < 1:
            yield message("trigger.chance", n=in_1000(counts.chance), outcome=outcome_term(counts.outcome))
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
