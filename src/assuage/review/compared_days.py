"""What a verdict on a diary rests on, as messages: the chance, the contrast, thresholds, and the exposure's own day.

No sentence here says more than the numbers below it: `tests/triggers/test_sentences.py` holds words against numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assuage.catalogue.message import Message, message
from assuage.dynamics.effect import Compared, Effect, Threshold
from assuage.dynamics.verdict import NO_DIFFERENCE, TriggerVerdict
from assuage.terms.spoken import exposure_term, outcome_term

LEAST_OF_1000 = 1


def verdict_reason(verdict: TriggerVerdict, effects: Sequence[Effect]) -> Message | None:
    """Why the word is what it is; None where nothing could be estimated."""
    estimated = [effect for effect in effects if effect.estimate is not None]
    if not estimated:
        return None
    limit = points_message(estimated[0].worth)
    match verdict.word:
        case "likely" | "possible":
            return message("verdict-reason.worse", n=in_1000(verdict.worse), exposures=verdict.tests)
        case "helps":
            return message("verdict-reason.helps", n=in_1000(verdict.better), exposures=verdict.tests)
        case "cannot tell" if verdict.both_ways:
            return message("verdict-reason.both-ways")
        case "cannot tell" if verdict.below_a_point:
            return message("verdict-reason.small", limit=limit)
        case "cannot tell":
            return _stands_out(verdict, estimated) or message("verdict-reason.open", limit=limit)
        case _:
            assert verdict.word == NO_DIFFERENCE
            return message("verdict-reason.none", limit=limit)


def _stands_out(verdict: TriggerVerdict, estimated: Sequence[Effect]) -> Message | None:
    """What is said of a day after it that shows more, or less, by itself, and is no link on a page of so many."""
    after = [effect for effect in estimated if effect.lag]
    rises = any(effect.low is not None and effect.low > 0 for effect in after)
    falls = any(effect.high is not None and effect.high < 0 for effect in after)
    if rises and verdict.worse <= verdict.better:
        return message("verdict-reason.rise-by-chance", n=in_1000(verdict.worse), exposures=verdict.tests)
    if falls:
        return message("verdict-reason.fall-by-chance", n=in_1000(verdict.better), exposures=verdict.tests)
    if rises:
        return message("verdict-reason.rise-by-chance", n=in_1000(verdict.worse), exposures=verdict.tests)
    return None


def in_1000(chance: float) -> int:
    """In how many of a thousand without an effect a chance comes; never none."""
    return max(LEAST_OF_1000, round(1000 * chance))


def points_message(points: float) -> Message:
    """`1 point`, `10 points`, `0.3 points`."""
    return message("triggers.a-point") if points == 1 else message("triggers.points", points=points)


def comparison_reasons(compared: Compared, outcome: str) -> Iterator[Message]:
    """How the exposure was compared and what its own day and the day before show, the most serious first."""
    exposure, felt = exposure_term(compared.exposure), outcome_term(outcome)
    same_day, before = compared.same_day, compared.before
    if same_day is not None and same_day.estimate is not None:
        side = "high" if same_day.estimate > 0 else "low"
        yield message(
            f"triggers.same-day-{side}",
            exposure=exposure,
            outcome=felt,
            estimate=abs(same_day.estimate),
            low=same_day.low,
            high=same_day.high,
            later=None if compared.day_after is None else compared.day_after[0],
            first=None if compared.day_after is None else compared.day_after[1],
        )
    if before is not None and before.estimate is not None:
        side = "high" if before.estimate > 0 else "low"
        yield message(f"triggers.sought-{side}", exposure=exposure, outcome=felt)
    if compared.fixed:
        yield message(f"triggers.settled-{compared.settled_by or 'told'}", exposure=exposure)
    if compared.with_others:
        others = tuple(exposure_term(other) for other in compared.with_others)
        yield message("triggers.inseparable", exposure=exposure, others=others)
    if compared.alone:
        yield message("triggers.alone", exposure=exposure)
    if compared.always_there:
        yield message("triggers.per-span", contrast=_amount(compared.contrast))
    elif compared.amounts or compared.contrast != 1:
        yield message("triggers.per-dose", contrast=_amount(compared.contrast))
    if compared.threshold is not None:
        yield _threshold(compared.threshold, exposure, felt)


def _threshold(threshold: Threshold, exposure: object, outcome: object) -> Message:
    return message(
        f"triggers.threshold-{threshold.side}",
        exposure=exposure,
        outcome=outcome,
        amount=_amount(threshold.amount),
        when=message(f"triggers.lag-{threshold.lag}"),
        estimate=threshold.estimate,
        low=threshold.low,
        high=threshold.high,
    )


def _amount(amount: float) -> float:
    """An amount to three digits, which is as much as anybody reads."""
    return float(f"{amount:.3g}")
