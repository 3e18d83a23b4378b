"""Triggers in sentences: counts first, then the effect, then the doubt; and the same as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.dynamics.effect import Compared, Effect
from assuage.dynamics.verdict import VerdictWord
from assuage.review.compared_days import points_message
from assuage.review.triggers import Trigger
from assuage.words.speak import ENGLISH, said_in, translation_note
from assuage.words.suspects import counts_message, effect_message, exposure_word, outcome_word

if TYPE_CHECKING:
    from assuage.dynamics.triggers import Findings

FORMAT = "assuage-triggers/1"
CAVEAT = message("triggers.caveat")
# What stands under which heading, the headings in order.
HEADINGS: tuple[tuple[str, tuple[VerdictWord, ...]], ...] = (
    ("linked", ("likely", "possible")),
    ("helping", ("helps",)),
    ("no-difference-at-all", ("no difference of a point",)),
    ("cannot-tell", ("cannot tell",)),
)


# So many exposures of which nothing can be told yet are told one by one; more are named together (ours).
ONE_BY_ONE = 8


class TriggerPage(Struct, frozen=True):
    """Everything of one patient and one outcome: the exposures judged, and the findings behind them."""

    patient: str
    outcome: str
    days: Message
    triggers: tuple[Trigger, ...]
    findings: Findings | None
    refusals: tuple[Message, ...] = ()

    def judged(self, *words: VerdictWord) -> tuple[Trigger, ...]:
        """The exposures with one of these verdicts, in the order of the words."""
        return tuple(trigger for word in words for trigger in self.triggers if trigger.verdict == word)

    @property
    def linked(self) -> tuple[Trigger, ...]:
        """Likely and possible triggers, the likely ones first."""
        return self.judged("likely", "possible")

    @property
    def notes(self) -> tuple[Message, ...]:
        """The doubts about the whole diary."""
        return () if self.findings is None else self.findings.notes


def exposure_head(trigger: Trigger) -> Message:
    """`massage: likely trigger, dependence on phase unknown`."""
    exposure = exposure_word(trigger.counts.exposure)
    return message("triggers.exposure", exposure=exposure, headline=trigger.headline)


def trigger_answer(page: TriggerPage) -> Message:
    """What was followed by something worse, the likeliest first: the heading of the page."""
    outcome = outcome_word(page.outcome)
    linked = tuple(_answer_of(trigger) for trigger in page.linked)
    helping = tuple(_answer_of(trigger) for trigger in page.judged("helps"))
    if linked and helping:
        return message("triggers.answer-both", outcome=outcome, linked=linked, helping=helping)
    if helping:
        return message("triggers.answer-helps", outcome=outcome, helping=helping)
    if linked:
        return message("triggers.answer", outcome=outcome, linked=linked)
    return message("triggers.answer-none", outcome=outcome)


def _answer_of(trigger: Trigger) -> Message:
    exposure = exposure_word(trigger.counts.exposure)
    return message("triggers.answer-of", exposure=exposure, verdict=trigger.spoken)


def whose_days(page: TriggerPage) -> Message:
    """The patient, and the days that were looked at."""
    return message("triggers.whose", patient=page.patient, days=page.days)


def groups(page: TriggerPage) -> Iterator[tuple[Message, tuple[Trigger, ...]]]:
    """The exposures under their headings; a heading with nothing below it is left out."""
    outcome = outcome_word(page.outcome)
    for id_of, words in HEADINGS:
        if judged := page.judged(*words):
            worth = judged[0].worth
            if id_of == "no-difference-at-all" and worth != 1.0:
                yield message("triggers.no-difference-of-points", limit=points_message(worth)), judged
            else:
                yield message(f"triggers.{id_of}", outcome=outcome), judged


def named_together(group: Sequence[Trigger]) -> Message | None:
    """Exposures of which nothing can be told yet, named with how often each was recorded; None where they are few."""
    if len(group) <= ONE_BY_ONE or any(trigger.verdict != "cannot tell" for trigger in group):
        return None
    named = tuple(
        message(
            "triggers.named", exposure=exposure_word(trigger.counts.exposure), times=trigger.counts.exposed
        )
        for trigger in group
    )
    return message("triggers.together", n=len(group), exposures=named)


def estimated_effects(trigger: Trigger, outcome: str) -> Iterator[Message]:
    """The effects that could be estimated, a message each."""
    for effect in trigger.effects:
        if effect.estimate is not None:
            yield effect_message(effect, outcome)


def lines(page: TriggerPage, speaking: Catalogue = ENGLISH) -> list[str]:
    """The page as Markdown."""
    say = speaking.say
    markdown = [f"# {say(trigger_answer(page))}", "", say(whose_days(page)), ""]
    if page.refusals:
        markdown += [refusal_text(page, speaking), ""]
    for title, group in groups(page):
        markdown += [f"## {say(title)}", ""]
        if (together := named_together(group)) is not None:
            markdown += [f"{say(together)} {say(message('triggers.together-how'))}", ""]
            continue
        for trigger in group:
            markdown += [f"### {say(exposure_head(trigger))}", ""]
            if is_countable(trigger):
                markdown += [say(counts_message(trigger.counts)), ""]
            markdown += [f"- {say(effect)}" for effect in estimated_effects(trigger, page.outcome)]
            markdown += ["", *(f"- {speaking.value(reason)}" for reason in trigger.reasons), ""]
            if trigger in page.linked:
                markdown += [say(message("triggers.settle")), ""]
    if page.notes:
        keep = say(message("triggers.notes"))
        markdown += [f"## {keep}", "", *(f"- {speaking.value(note)}" for note in page.notes), ""]
    markdown += [say(CAVEAT)]
    if unchecked := translation_note(speaking):
        markdown += ["", unchecked]
    return markdown


def is_countable(trigger: Trigger) -> bool:
    """Whether its days can be counted: not those of an amount that is there on all of them."""
    return trigger.comparison is None or not trigger.comparison.always_there


def refusal_text(page: TriggerPage, speaking: Catalogue) -> str:
    """Why there is no number, or none for some exposure, as one text; empty where there is nothing to say."""
    return " ".join(speaking.value(refusal) for refusal in page.refusals)


def plain(page: TriggerPage, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """The page as one stable object; its texts in the language of `speaking`."""
    return {
        "format": FORMAT,
        **said_in(speaking),
        "patient": page.patient,
        "outcome": page.outcome,
        "days": speaking.say(page.days),
        "refusal": refusal_text(page, speaking) or None,
        "triggers": [_plain(trigger, speaking) for _, triggers in groups(page) for trigger in triggers],
        "notes": [speaking.value(note) for note in page.notes],
        "caveat": speaking.say(CAVEAT),
    }


def _plain(trigger: Trigger, speaking: Catalogue) -> dict[str, Any]:
    counts = trigger.counts
    return {
        "exposure": counts.exposure,
        "title": speaking.value(exposure_word(counts.exposure)),
        "verdict": trigger.verdict,
        "standing": speaking.say(trigger.spoken),
        "dependence_on_phase": trigger.dependence,
        "headline": speaking.say(trigger.headline),
        "text": speaking.say(counts_message(counts)),
        "counts": {
            "exposed": counts.exposed,
            "flared": counts.flared,
            "unanswered": counts.unanswered,
            "unexposed": counts.unexposed,
            "unexposed_flared": counts.unexposed_flared,
            "days": list(counts.days),
        },
        "by_phase": [
            {"phase": name, "exposed": exposed, "days": days} for name, exposed, days in trigger.by_phase
        ],
        "effects": [effect_plain(one, speaking) for one in trigger.effects],
        **_engine_plain(trigger, speaking),
        "no_effect": None if trigger.no_effect is None else speaking.value(trigger.no_effect),
        "reasons": [speaking.value(reason) for reason in trigger.reasons],
    }


def _engine_plain(trigger: Trigger, speaking: Catalogue) -> dict[str, Any]:
    """The chances under the verdict, and how the exposure was compared; null where no diary allowed one."""
    engine, comparison = trigger.engine, trigger.comparison
    return {
        "chance_worse": None if engine is None else round(engine.worse, 6),
        "chance_better": None if engine is None else round(engine.better, 6),
        "tests": None if engine is None else engine.tests,
        "compared": None if comparison is None else _compared_plain(comparison, speaking),
    }


def _compared_plain(compared: Compared, speaking: Catalogue) -> dict[str, Any]:
    return {
        "contrast": float(f"{compared.contrast:.6g}"),
        "always_there": compared.always_there,
        "with_others": list(compared.with_others),
        "alone": compared.alone,
        "settled": compared.fixed,
        "same_day": None if compared.same_day is None else effect_plain(compared.same_day, speaking),
        "day_before": None if compared.before is None else effect_plain(compared.before, speaking),
        "threshold": None if compared.threshold is None else asdict(compared.threshold),
    }


def effect_plain(effect: Effect, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """An effect as JSON holds it, with numbers of four digits."""
    # The exposure stands above it, and what would be detectable is the table's of a diary.
    told = [name for name in Effect.__dataclass_fields__ if name not in ("exposure", "detectable")]
    held: dict[str, Any] = {name: getattr(effect, name) for name in told}
    held["because"] = "" if effect.because is None else speaking.say(effect.because)
    for name in ("estimate", "low", "high", "p_gt_0", "p_gt_1", "p_lt_minus_1", "lfsr"):
        if held[name] is not None:
            held[name] = round(held[name], 4)
    held["flags"] = list(effect.flags)
    return held


def join(parts: Sequence[str]) -> str:
    """Lines as one text."""
    return "\n".join(parts)
