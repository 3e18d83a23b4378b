"""What nobody has recorded, and which rules it would decide for what is actually taken.

An unrecorded creatinine is unknown, not normal. Conditions that one question answers are asked together
(the three trimesters, the two stages of kidney failure). A question has no severity of its own and is graded
minor: only what is known to be dangerous is graded higher.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assuage.safety.alerts import Alert, at_least
from assuage.safety.fire import by_substance
from assuage.safety.formulary import CONDITION_RULES, condition_rules_of, name_of
from assuage.safety.rules import ConditionRule
from assuage.safety.situation import Situation
from assuage.terms.answers import UNKNOWN, YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.sources import Status

# Conditions that are one question (ours): id of the question, its words, the conditions it settles.
TOPICS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "liver",
        "liver function",
        ("hepatic_impairment_mild", "hepatic_impairment_modsev", "lft_raised_gt3uln"),
    ),
    ("kidneys", "kidney function (creatinine, eGFR)", ("ckd_30_59", "ckd_lt30")),
    ("pregnancy", "pregnancy", ("pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w")),
    ("heart_failure", "heart failure", ("heart_failure", "heart_failure_severe")),
    ("age", "age", ("age_ge_65", "age_lt_18")),
)
TOPIC_OF = {condition: topic for topic in TOPICS for condition in topic[2]}
# What a missing measurement would have told.
MEASURES: dict[str, tuple[str, ...]] = {
    "lft_unknown": ("lft_raised_gt3uln", "hepatic_impairment_mild", "hepatic_impairment_modsev"),
    "creatinine_unknown": ("ckd_30_59", "ckd_lt30"),
}
# Asked at once where the needle is on the list: a stop follows from it.
ASKED_AT_ONCE = frozenset({"consent_missing"})


@cache
def decides(condition: str, substance: str) -> bool:
    """Whether a missing measurement would decide a contraindicated or major rule for a substance."""
    return any(
        rule.condition in MEASURES.get(condition, ()) and at_least(rule.severity, "major")
        for rule in condition_rules_of()[substance]
    )


@cache
def grave_rules_of(substance: str) -> tuple[ConditionRule, ...]:
    """The rules of a substance about whose conditions it is asked when nobody recorded them."""
    return tuple(
        rule
        for rule in condition_rules_of()[substance]
        if at_least(rule.severity, "major") and rule.condition not in MEASURES
    )


def questions(situation: Situation) -> Iterator[Alert]:
    """One note for each thing not recorded that would decide a grave rule, and one question for all that forbid."""
    known = situation.known
    open_topics: dict[str, tuple[str, dict[str, ConditionRule], set[str]]] = {}
    for substance in by_substance(situation.lines):
        for rule in grave_rules_of(substance):
            if known.get(rule.condition, UNKNOWN) is UNKNOWN:
                topic = TOPIC_OF.get(rule.condition)
                key = topic[0] if topic else rule.condition
                # One trimester is known: the question was answered.
                if topic and any(known.get(other) is YES for other in topic[2]):
                    continue
                words = topic[1] if topic else CONDITIONS[rule.condition].title
                _, rules, substances = open_topics.setdefault(key, (words, {}, set()))
                rules[rule.id] = rule
                substances.add(substance)
    forbidding: list[tuple[str, tuple[str, ...]]] = []
    for key, (words, rules, substances) in sorted(open_topics.items()):
        ids = tuple(sorted(rules))
        names = ", ".join(name_of(substance) for substance in sorted(substances))
        at_once = key in ASKED_AT_ONCE
        if any(rule.severity == "contraindicated" for rule in rules.values()):
            forbidding.append((words[:1].lower() + words[1:] if not words[:2].isupper() else words, ids))
        yield Alert(
            f"ask-{key}",
            "ask" if at_once else "note",
            "minor",
            f"{_upper(words)}: not recorded, and decides about {names}",
            f"unknown is not absent; it would decide {', '.join(ids)}",
            (),
            (),
            f"ask and record it (finding {key})" if key in CONDITIONS else "ask and record it",
            Status.POLICY,
            rules=ids,
        )
    if forbidding:
        yield Alert(
            "ask-contraindications",
            "ask",
            "minor",
            f"Not recorded, and could forbid something that is taken: {'; '.join(words for words, _ in forbidding)}",
            "unknown is not absent",
            (),
            (),
            "ask once and record each as present or absent",
            Status.POLICY,
            rules=tuple(sorted({key for _, ids in forbidding for key in ids})),
        )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


assert {rule.condition for rule in CONDITION_RULES} <= CONDITIONS.keys()
