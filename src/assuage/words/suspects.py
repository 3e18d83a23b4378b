"""Suspected triggers as messages: what was suspected, how often it was followed by something worse, and the effect."""

from __future__ import annotations

from assuage.catalogue.message import Message, message
from assuage.dynamics.effect import Effect
from assuage.review.compared_days import points_message
from assuage.review.model import Suspect
from assuage.terms.spoken import exposure_term, outcome_term

ENOUGH_OCCASIONS = 16  # below which the counts are said to be few


def exposure_word(exposure: str) -> object:
    """What was done by its name here; by the word that was written where no rule knows it."""
    return exposure_term(exposure)


def outcome_word(outcome: str) -> object:
    """What got worse by its name here: a symptom, or else a scale; by its id where it is neither."""
    return outcome_term(outcome)


def head_message(suspect: Suspect) -> Message:
    """`massage and pain: likely trigger, dependence on phase unknown`."""
    return message(
        "suspect.head",
        exposure=exposure_word(suspect.exposure),
        outcome=outcome_word(suspect.outcome),
        standing=suspect.standing,
    )


def effect_in_short(effect: Effect) -> Message | None:
    """The effect over the three days together, for the first screen; None without an estimate."""
    if effect.estimate is None or effect.low is None or effect.high is None:
        return None
    return message(
        "suspect.effect",
        estimate=effect.estimate,
        low=effect.low,
        high=effect.high,
        state=message(f"effect-state.{effect.state.replace(' ', '-')}"),
    )


def counts_message(counts: Suspect) -> Message:
    """`massage: 2 of 2 were followed by a worse spell (pain) within three days; …`, then how few that is."""
    exposure = exposure_word(counts.exposure)
    answered = counts.exposed - counts.unanswered
    if not counts.exposed:
        return message("triggers.never", exposure=exposure)
    if not answered:
        return message("triggers.nothing-after", exposure=exposure, n=counts.exposed)
    compared = message("triggers.no-stretch")
    if counts.unexposed:
        compared = message("triggers.stretches-none", n=counts.unexposed)
    if counts.unexposed and counts.unexposed_flared:
        compared = message("triggers.stretches", n=counts.unexposed, flared=counts.unexposed_flared)
    return message(
        "triggers.followed",
        exposure=exposure,
        flared=counts.flared,
        answered=answered,
        outcome=outcome_word(counts.outcome),
        compared=compared,
        unanswered=counts.unanswered or None,
        few=message("triggers.few", n=answered) if answered < ENOUGH_OCCASIONS else None,
    )


def effect_message(effect: Effect, outcome: str) -> Message:
    """One effect with its interval and its probabilities; why there is none, where there is none."""
    when = message(f"triggers.lag-{'all' if effect.lag == -1 else effect.lag}")
    if effect.estimate is None or effect.low is None or effect.high is None:
        return message("triggers.not-estimable", when=when, because=effect.because)
    return message(
        "triggers.effect",
        when=when,
        estimate=effect.estimate,
        outcome=outcome_word(outcome),
        low=effect.low,
        high=effect.high,
        rise=effect.p_gt_0,
        more=effect.p_gt_1,
        less=effect.p_lt_minus_1,
        limit=points_message(effect.worth),
        association=message("triggers.association-only") if effect.state == "association only" else None,
    )


def naranjo_word(category: str) -> Message:
    """A category of the Naranjo scale."""
    return message(f"naranjo.{category}")
