"""What nobody has recorded, and which rules it would decide for what is actually taken.

An unrecorded creatinine is unknown, not normal. Conditions that one question answers are asked together
(the three trimesters, the two stages of kidney failure). A question has no severity of its own and is graded
minor: only what is known to be dangerous is graded higher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from assuage.catalogue.message import Message, Wording, message
from assuage.safety.alerts import Alert, as_grave_as, on_whose_word
from assuage.safety.fire import by_substance
from assuage.safety.formulary import (
    CONDITION_RULES,
    condition_rules_of,
    members,
    named_unread,
    unread_members,
    wordings,
)
from assuage.safety.rules import ConditionRule
from assuage.safety.situation import Situation, when_last_told
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.holds import LapsedStatement
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
    ("lactation", "breastfeeding", ("lactation",)),
    ("heart_failure", "heart failure", ("heart_failure", "heart_failure_severe")),
    ("age", "age", ("age_ge_65", "age_lt_18")),
)
TOPIC_OF = {condition: topic for topic in TOPICS for condition in topic[2]}
# What a missing measurement would have told.
MEASURES: dict[str, tuple[str, ...]] = {
    "lft_unknown": ("lft_raised_gt3uln", "hepatic_impairment_mild", "hepatic_impairment_modsev"),
    "creatinine_unknown": ("ckd_30_59", "ckd_lt30"),
}
# Bands of a number: only the number says that one is there, and it is asked for under the name of what it borders on.
BANDS = frozenset({"qtc_borderline"})
_RULES = {rule.id: rule for rule in CONDITION_RULES}
# Asked at once where the needle is on the list: a stop follows from it.
ASKED_AT_ONCE = frozenset({"consent_missing"})


@cache
def decides(condition: str, substance: str) -> bool:
    """Whether a missing measurement would decide a contraindicated or major rule for a substance."""
    return any(
        rule.condition in MEASURES.get(condition, ()) and as_grave_as(rule.severity, "major")
        for rule in condition_rules_of(substance)
    )


@cache
def grave_rules_of(substance: str) -> tuple[ConditionRule, ...]:
    """The rules of a substance about whose conditions it is asked when nobody recorded them."""
    return tuple(
        rule
        for rule in condition_rules_of(substance)
        if as_grave_as(rule.severity, "major")
        and rule.condition not in MEASURES
        and rule.condition not in BANDS
    )


@dataclass(slots=True)
class _Topic:
    """Something not recorded: what it is called, the rules it would decide, and for what that is taken.

    What was recorded and no longer holds says in its title when that was.
    """

    title: Wording | Message
    rules: dict[str, ConditionRule] = field(default_factory=dict[str, ConditionRule])
    substances: set[str] = field(default_factory=set[str])
    forbids: bool = False  # whether one of the rules would forbid what is taken


def open_contraindications(situation: Situation) -> dict[str, Wording | Message]:
    """What nobody has recorded and could forbid something on the list, by the key of its question."""
    return {key: topic.title for key, topic in sorted(_open_topics(situation).items()) if topic.forbids}


def open_topics(situation: Situation) -> dict[str, Wording | Message]:
    """What nobody has recorded and would grade something on the list, without forbidding it, by its question's key."""
    return {key: topic.title for key, topic in sorted(_open_topics(situation).items()) if not topic.forbids}


def open_conditions(situation: Situation) -> tuple[str, ...]:
    """The conditions that nobody has recorded and that forbid or grade something on the list, each once, in order."""
    topics = sorted(_open_topics(situation).items())
    return tuple(dict.fromkeys(rule.condition for _, topic in topics for rule in topic.rules.values()))


def questions(situation: Situation) -> Iterator[Alert]:
    """One note for each thing not recorded that would decide a grave rule, and one question for all that forbid."""
    topics = sorted(_open_topics(situation).items())
    for key, topic in topics:
        yield _asked(key, topic.title, tuple(sorted(topic.rules)), tuple(sorted(topic.substances)))
    forbidding = [topic for _, topic in topics if topic.forbids]
    if forbidding:
        yield Alert(
            "ask-contraindications",
            "ask",
            "minor",
            message("alert.contraindications", topics=tuple(topic.title for topic in forbidding)),
            message("alert.contraindications.because"),
            (),
            (),
            message("alert.contraindications.action"),
            Status.POLICY,
            rules=tuple(sorted({key for topic in forbidding for key in topic.rules})),
        )


@lru_cache(maxsize=20_000)  # the same is asked day after day, and of patient after patient
def _asked(
    key: str,
    title: Wording | Message,
    rules: tuple[str, ...],
    substances: tuple[str, ...],
) -> Alert:
    """The note about one thing that nobody recorded."""
    if key in CONDITIONS:
        action = message("alert.not-recorded.action-finding", finding=key)
    else:
        action = message("alert.not-recorded.action")
    return Alert(
        f"ask-{key}",
        "ask" if key in ASKED_AT_ONCE else "note",
        "minor",
        message("alert.not-recorded", topic=title, drugs=wordings(substances)),
        on_whose_word(
            message("alert.not-recorded.because", rules=rules),
            "member",
            named_unread(_unread(rules, substances)),
        ),
        (),
        (),
        action,
        Status.POLICY,
        rules=rules,
    )


def _unread(
    rules: tuple[str, ...], substances: tuple[str, ...]
) -> tuple[tuple[Status, tuple[str, ...]], ...]:
    """The substances that every rule of a topic meets only by a membership that nobody read, and whose word that is."""
    read: set[str] = set()
    of: dict[str, Status] = {}
    for rule in (_RULES[each] for each in rules):
        here = tuple(each for each in substances if each in members(rule.target))
        told = {each: status for status, substances in unread_members(rule, here) for each in substances}
        read.update(each for each in here if each not in told)
        of.update(told)
    unread = {each: status for each, status in of.items() if each not in read}
    kinds = dict.fromkeys(sorted(unread.values(), key=lambda status: status.value, reverse=True))
    return tuple((kind, tuple(sorted(each for each in unread if unread[each] is kind))) for kind in kinds)


@cache
def question_of(condition: str) -> tuple[str, Wording, tuple[str, ...]]:
    """The question that settles a condition: its key, what it is about, and all that it settles where it is joint."""
    joint = TOPIC_OF.get(condition)
    if joint is None:
        return condition, CONDITIONS[condition].wording, (condition,)
    return joint[0], topic_title(joint), joint[2]


def topic_title(topic: tuple[str, str, tuple[str, ...]]) -> Wording:
    """What a joint question is about."""
    return Wording(f"topic.{topic[0]}", topic[1])


def _with_what_was_told(
    title: Wording, conditions: tuple[str, ...], lapsed: Mapping[str, LapsedStatement]
) -> Wording | Message:
    """What a question is about, with the latest word on it where that no longer holds."""
    told = [(lapsed[each].day, lapsed[each].answer is YES, each) for each in conditions if each in lapsed]
    if not told:
        return title
    latest = max(told)[2]
    return message("topic.lapsed", topic=title, told=when_last_told(latest, lapsed[latest]))


def _open_topics(situation: Situation) -> dict[str, _Topic]:
    known, lapsed = situation.known, situation.lapsed
    present = {key for key, told in known.items() if told is YES and not situation.long_present(key)}
    topics: dict[str, _Topic] = {}
    for substance in by_substance(situation.lines):
        for rule in grave_rules_of(substance):
            if rule.condition in known:
                continue
            key, title, conditions = question_of(rule.condition)
            # One trimester is known: the question was answered, unless it was so long ago that it may be another.
            if not present.isdisjoint(conditions):
                continue
            topic = topics.get(key)
            if topic is None:
                topic = topics[key] = _Topic(_with_what_was_told(title, conditions, lapsed))
            topic.rules[rule.id] = rule
            topic.substances.add(substance)
            topic.forbids = topic.forbids or rule.severity == "contraindicated"
    return topics


assert {rule.condition for rule in CONDITION_RULES} <= CONDITIONS.keys()
