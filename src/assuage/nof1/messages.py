"""What a trial of one says, as messages: the answer, each look, each shape of the effect, the draw repeated."""

from __future__ import annotations

from assuage.catalogue.message import Message, message
from assuage.dynamics.contrast import worth_knowing
from assuage.nof1.analyse import Analysis, Look, OutcomeReading, ShapeEffect
from assuage.nof1.layout import EffectShape
from assuage.nof1.model import RuleAnswer
from assuage.nof1.plan import SIMULATED, TrialPlan, control_term
from assuage.terms.scales import Scale
from assuage.terms.spoken import exposure_term


def points(scale: Scale, size: float | None = None) -> Message:
    """`a point`, `10 points`: that many, or those worth knowing."""
    size = worth_knowing(scale) if size is None else size
    return message("nof1.points-one") if size == 1 else message("nof1.points-many", n=f"{size:g}")


def whose_message(plan: TrialPlan) -> Message | str:
    """Whose the numbers are that a plan assumes."""
    return message("nof1.whose-simulated") if plan.assumed.whose == SIMULATED else plan.assumed.whose


def trial_answer(analysis: Analysis) -> Message:
    """The one sentence: what the trial says so far."""
    answer = outcome_answer(analysis, analysis.primary)
    if analysis.primary.verdict in ("harm", "benefit") and analysis.control_is == "nothing":
        answer = message("nof1.expectation", said=answer, control=control_term(analysis.control))
    if analysis.primary.stopped is not None and not analysis.ended:
        return message("nof1.stop", said=answer)
    return answer


def slow_waves_message(analysis: Analysis) -> Message:
    """That slow waves of the outcome were taken out."""
    return message("triggers.slow-waves", outcome=analysis.primary.outcome)


def outcome_answer(analysis: Analysis, reading: OutcomeReading) -> Message:
    """What the trial says of one outcome."""
    arms = {
        "exposure": exposure_term(analysis.exposure),
        "control": control_term(analysis.control),
        "outcome": reading.outcome,
    }
    match reading.verdict:
        case "harm":
            return message("nof1.harm", **arms)
        case "benefit":
            return message("nof1.benefit", **arms)
        case "no difference":
            return message("nof1.no-difference", points=points(reading.outcome), **arms)
        case "no worthwhile harm":
            return message("nof1.no-worthwhile-harm", points=points(reading.outcome), **arms)
        case "too early":
            return reading.refusal or message("nof1.undecided")
        case _:
            if reading.refusal is not None:
                return reading.refusal
            if analysis.ended:
                return message("nof1.undecided-at-the-end", outcome=reading.outcome)
            return message("nof1.undecided")


def shape_message(shape: EffectShape) -> Message:
    """When an effect of this shape is there; day 0 is the first of a period."""
    if shape.first == shape.last:
        return message("nof1.shape-day", first=shape.first)
    return message(f"nof1.shape-{shape.name}", first=shape.first, last=shape.last)


def shape_effect_message(effect: ShapeEffect) -> Message:
    """`fading from day 1 on: +1.9 points (95 % +0.8 to +3.0)`."""
    return message(
        "nof1.effect",
        shape=shape_message(effect.shape),
        estimate=effect.estimate,
        low=effect.low,
        high=effect.high,
    )


def says_message(says: RuleAnswer) -> Message:
    """What the rule says."""
    return message(f"nof1.says-{says.replace(' ', '-')}")


def look_message(look: Look) -> Message:
    """One look as a line."""
    return message(
        "nof1.look",
        pairs=look.pairs,
        effect=shape_effect_message(look.effect),
        worse=look.worse,
        better=look.better,
        says=says_message(look.says),
        against=message("nof1.against") if look.contradicted else None,
    )


def draw_message(reading: OutcomeReading) -> Message:
    """The draw repeated: at the look that decides, and with the stopping rule. The reading has one."""
    test = reading.test
    assert test is not None
    told = message(
        "nof1.test",
        orders=message("nof1.orders-all" if test.every else "nof1.orders-some", n=test.orders),
        p=_p(test.p),
        smallest=_p(test.smallest),
        replayed=_p(test.replayed),
        replayed_smallest=_p(test.replayed_smallest),
        shape=shape_message(reading.effects[test.farthest].shape),
        z=abs(test.z),
        side=message("nof1.worse" if test.z > 0 else "nof1.better"),
    )
    return message("nof1.test-contradicts", test=told) if test.contradicts else told


def _p(p: float) -> float:
    """To two significant digits."""
    return float(f"{p:.2g}")
