"""Triggers in sentences: counts first, then the effect, then the doubt; and the same as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assuage.dynamics.effect import Effect
from assuage.review.triggers import Trigger

if TYPE_CHECKING:
    from assuage.dynamics.triggers import Findings

FORMAT = "assuage-triggers/1"
MOST_RANKED = 5  # exposures shown as suspected, however many there are
CAVEAT = "Followed by is not caused by. Not a medical device; a person decides."


@dataclass(frozen=True)
class TriggerPage:
    """Everything of one patient and one outcome: `linked` and `unlinked` exposures, and the findings behind them."""

    patient: str
    outcome: str
    days: str
    triggers: tuple[Trigger, ...]
    findings: Findings | None
    refusal: str = ""

    @property
    def linked(self) -> tuple[Trigger, ...]:
        """Likely and possible triggers, the likeliest first, at most five."""
        rank = {"likely trigger": 0, "possible trigger": 1}
        found = sorted(
            (one for one in self.triggers if one.standing in rank), key=lambda one: rank[one.standing]
        )
        return tuple(found[:MOST_RANKED])

    @property
    def unlinked(self) -> tuple[Trigger, ...]:
        """All the others: what was not linked, and what nobody can tell yet."""
        linked = self.linked
        return tuple(one for one in self.triggers if one not in linked)

    @property
    def notes(self) -> tuple[str, ...]:
        """The doubts about the whole diary."""
        return () if self.findings is None else self.findings.notes


def counts_in_words(trigger: Trigger) -> str:
    """`massage: 2 of 2 were followed by a worse spell (pain) within three days; …`, then how few that is."""
    counts = trigger.counts
    answered = counts.exposed - counts.unanswered
    if not counts.exposed:
        return f"{trigger.title} was never recorded."
    if not answered:
        return (
            f"{trigger.title} was recorded {_times(counts.exposed)}, and nothing was written down after it; "
            "there is nothing to count."
        )
    spell = f"a worse spell ({counts.outcome}) within three days"
    said = f"{trigger.title}: {counts.flared} of {answered} were followed by {spell}; "
    if counts.unexposed:
        said += f"of {counts.unexposed} comparable stretches without it, {counts.unexposed_flared} had one."
    else:
        said += "there is no stretch without it to compare with."
    if counts.unanswered:
        said += f" After {counts.unanswered} more nothing was written down."
    if answered < 16:
        said += f" That is only {_times(answered)}. It could still be chance."
    return said


def effect_in_words(effect: Effect, outcome: str) -> str:
    """One effect as a sentence; why there is none, where there is none."""
    when = "over the three days after it" if effect.lag == -1 else _lag(effect.lag)
    if effect.estimate is None or effect.low is None or effect.high is None:
        return f"{when}: not estimable. {effect.because}"
    said = (
        f"{when}: {effect.estimate:+.1f} points of {outcome} (95 % {effect.low:+.1f} to {effect.high:+.1f}; "
        f"probability of a rise {effect.p_gt_0:.2f}, of more than 1 point {effect.p_gt_1:.2f}; "
        f"of a wrong sign or none {effect.lfsr:.2f})"
    )
    return said + (", association only" if effect.state == "association only" else "")


def _lag(lag: int) -> str:
    return ("the same day", "the day after", "2 days after", "3 days after")[lag]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def lines(page: TriggerPage) -> list[str]:
    """The page as Markdown."""
    found = [f"# What was followed by worse {page.outcome}: {page.patient}", "", page.days, ""]
    if page.refusal:
        found += [page.refusal, ""]
    for title, group in (("Linked", page.linked), ("Not linked, or not enough yet", page.unlinked)):
        if group:
            found += [f"## {title}", ""]
        for trigger in group:
            found += [f"### {trigger.title}: {trigger.headline}", "", counts_in_words(trigger), ""]
            found += [
                f"- {effect_in_words(one, page.outcome)}"
                for one in trigger.effects
                if one.estimate is not None
            ]
            found += ["", *(f"- {reason}" for reason in trigger.reasons), ""]
            if trigger in page.linked:
                found += [
                    "What would settle it: a randomised re-challenge, if a clinician and the patient want one "
                    "(assuage nof1 design).",
                    "",
                ]
    if page.notes:
        found += ["## To keep in mind", "", *(f"- {note}" for note in page.notes), ""]
    found += [CAVEAT]
    return found


def plain(page: TriggerPage) -> dict[str, Any]:
    """The page as one stable object."""
    return {
        "format": FORMAT,
        "patient": page.patient,
        "outcome": page.outcome,
        "days": page.days,
        "refusal": page.refusal or None,
        "triggers": [_plain(one) for one in (*page.linked, *page.unlinked)],
        "notes": list(page.notes),
        "caveat": CAVEAT,
    }


def _plain(trigger: Trigger) -> dict[str, Any]:
    counts = trigger.counts
    return {
        "exposure": counts.exposure,
        "title": trigger.title,
        "standing": trigger.standing,
        "dependence_on_phase": trigger.dependence,
        "headline": trigger.headline,
        "text": counts_in_words(trigger),
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
        "effects": [effect_plain(one) for one in trigger.effects],
        "no_effect": trigger.no_effect or None,
        "reasons": list(trigger.reasons),
    }


def effect_plain(effect: Effect) -> dict[str, Any]:
    """An effect as JSON holds it, with numbers of four digits."""
    held: dict[str, Any] = asdict(effect)
    del held["exposure"], held["detectable"]  # the one stands above it, the other is the table's of a diary
    for name in ("estimate", "low", "high", "p_gt_0", "p_gt_1", "lfsr"):
        if held[name] is not None:
            held[name] = round(held[name], 4)
    held["flags"] = list(effect.flags)
    return held


def join(parts: Sequence[str]) -> str:
    """Lines as one text."""
    return "\n".join(parts)
