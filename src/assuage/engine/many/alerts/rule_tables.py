"""The formulary's rules as tables of numbers, made from the same rows that `assuage.safety.check` reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, bytes_of, firsts_of, grid_of, ints_of
from assuage.record.body_mass import INDEX
from assuage.safety import fire
from assuage.safety.active_flags import CONDITION_OF_FLAG, FLAG_OF_CONDITION
from assuage.safety.fire import (
    OWN_CEILING,
    RECENT_COUNTS,
    ceiling,
)
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    SAME_SUBSTANCE_COUNTS,
    SUBSTANCES,
    TAPERS,
    condition_rules_of,
    interactions_of_three,
    is_a,
    members,
    monitoring_of,
)
from assuage.safety.questions import TOPIC_OF, TOPICS, grave_rules_of
from assuage.safety.reacted import REACTION, RELATIVE
from assuage.safety.rules import Interaction
from assuage.safety.situation import Situation
from assuage.terms.conditions import CONDITIONS
from assuage.terms.measured import decided_by
from assuage.terms.measurements import MEASUREMENTS
from assuage.terms.quantities import QUANTITIES
from assuage.terms.red_flags import RED_FLAGS

SUBSTANCE_IDS: tuple[str, ...] = tuple(sorted(SUBSTANCES))
SUBSTANCE_NUMBERS = {name: at for at, name in enumerate(SUBSTANCE_IDS)}
CONDITION_NUMBERS = {name: at for at, name in enumerate(CONDITIONS)}
FLAG_NUMBERS = {name: at for at, name in enumerate(RED_FLAGS)}
BODY_CONDITIONS = tuple(sorted(decided_by(QUANTITIES[INDEX])))
# The questions that no row has, in the order of `RuleTables.others`.
QUESTIONS = (
    "ask-contraindications",
    "dose-unit",
    "dose-unrecorded",
    "not-checked",
    "dose-frequency",
    "dose-spacing",
    "no-rule",
    "misspelt",
    "which-drug",  # raised by the reference alone, which a class without its member goes to
    "same-substance",
    "contradicted",
)
# What a name is, as bits: nothing reads it, no rule speaks of it, it is misspelt, it is one of two of a substance.
IS_UNREAD, IS_WITHOUT_RULE, IS_MISSPELT, IS_ONE_OF_TWO = 1, 2, 4, 8
IS_CONTRADICTED = 16  # beside them: a condition is there that cannot be at the age or sex
_PARTIES = 3
RECORDED_UNKNOWN = 3  # a condition that was recorded as not known, which is not the same as nothing recorded
LONG_PRESENT = (
    4  # a condition that was there by its latest word, which no longer holds: there, and to be asked again
)
LONG_ABSENT = 5  # said not to be there, which no longer holds: as if nobody had said anything
# What is known of a flag, as bits: told of and not cleared; told of and cleared by a person; asked about.
ACTIVE, CLEARED, ASKED = 1, 2, 4
# What is known of a day's dose of one substance, as bits.
OVER, UNREADABLE, UNRECORDED, UNTIMED, TOO_OFTEN, SPACING_UNKNOWN = 1, 2, 4, 8, 16, 32


class RuleTables(NamedTuple):
    """The rules for the kernel. Alerts, substances, conditions and flags are numbers; CSR lists have a `_first`."""

    pair_first: Ints
    pair_alert: Ints
    pair_recent: Bytes  # whether it counts for what was done some days before
    larger: Bytes  # rule, party, substance
    larger_alert: Ints
    supersedes: Ints  # alert, the alert it drops
    condition_first: Ints
    condition: Ints
    condition_alert: Ints
    monitoring_first: Ints
    monitoring_alert: Ints
    grave_first: Ints
    grave: Ints  # condition, alert of the question, number of the topic, whether it forbids
    topic_first: Ints
    topic: Ints  # conditions that answer the question of the topic
    weights: Ints  # substance: sedation, depressant, anticholinergic, serotonergic, prolonging
    burdens: Ints  # the alerts of the sums
    over: Ints  # substance: the alert of its ceiling
    allergy: Ints
    allergy_says: Ints  # substance, a condition that is there where an allergy to it is
    gap: Ints  # conditions that are there until a measurement is made
    of_body: Ints  # conditions that a weight and a height come to
    flag: Ints  # flag: its alert
    flag_condition: Ints  # flag: the condition it stands for, or -1
    condition_flag: Ints  # condition: the flag that it is, or -1
    others: Ints  # the alerts of the questions that no row has
    too_often: int  # the alert of a drug of single days that is taken on more
    words: int  # 64-bit words that the bits of all alerts need


def safety_ids() -> set[str]:
    """Every id that a safety rule, a flag or a question can have."""
    rows = (
        *INTERACTIONS,
        *CONDITION_RULES,
        *BURDEN_RULES.values(),
        *MONITORING_RULES,
        *MIXING_RULES,
        *TAPERS,
    )
    topics = {_topic(rule.condition) for rule in CONDITION_RULES}
    return {
        *(row.id for row in rows),
        *RED_FLAGS,
        *(f"ask-{topic}" for topic in topics),
        *(f"allergy-{substance}" for substance in SUBSTANCES),
        *QUESTIONS,
        REACTION,
        RELATIVE,
    }


def _topic(condition: str) -> str:
    topic = TOPIC_OF.get(condition)
    return topic[0] if topic else condition


def rule_tables(names: Sequence[str]) -> RuleTables:
    """The tables, for alerts numbered by their place in `names`."""
    alert = {name: at for at, name in enumerate(names)}
    size = len(SUBSTANCE_IDS)
    pairs = _pairs()
    triples = interactions_of_three()
    assert all(len(row.parties) == _PARTIES for row in triples)
    parties = np.zeros((len(triples), _PARTIES, size), np.uint8)
    for at, row in enumerate(triples):
        for side, party in enumerate(row.parties):
            parties[at, side, [SUBSTANCE_NUMBERS[substance] for substance in members(party)]] = 1
    topics = {topic[0]: at for at, topic in enumerate(TOPICS)}
    graves = [
        [
            (
                CONDITION_NUMBERS[rule.condition],
                alert[f"ask-{_topic(rule.condition)}"],
                topics.get(_topic(rule.condition), -1) if rule.condition in TOPIC_OF else -1,
                int(rule.severity == "contraindicated"),
            )
            for rule in grave_rules_of(substance)
        ]
        for substance in SUBSTANCE_IDS
    ]
    by_condition = [condition_rules_of(substance) for substance in SUBSTANCE_IDS]
    monitored = [monitoring_of(substance) for substance in SUBSTANCE_IDS]
    flags = tuple(RED_FLAGS)
    return RuleTables(
        pair_first=_pair_firsts(pairs),
        pair_alert=ints_of(alert[row.id] for _, row in pairs),
        pair_recent=bytes_of(row.id in RECENT_COUNTS for _, row in pairs),
        larger=parties,
        larger_alert=ints_of(alert[row.id] for row in triples),
        supersedes=grid_of(
            ((alert[row.id], alert[other]) for row in INTERACTIONS for other in row.supersedes), 2
        ),
        condition_first=firsts_of(by_condition),
        condition=ints_of(CONDITION_NUMBERS[row.condition] for rows in by_condition for row in rows),
        condition_alert=ints_of(alert[row.id] for rows in by_condition for row in rows),
        monitoring_first=firsts_of(monitored),
        monitoring_alert=ints_of(alert[row.id] for rows in monitored for row in rows),
        grave_first=firsts_of(graves),
        grave=grid_of((line for lines in graves for line in lines), 4),
        topic_first=firsts_of([topic[2] for topic in TOPICS]),
        topic=ints_of(CONDITION_NUMBERS[condition] for topic in TOPICS for condition in topic[2]),
        weights=grid_of((_weights(substance) for substance in SUBSTANCE_IDS), 5),
        burdens=ints_of(alert[burden] for burden in ("BR_SED", "BR_ACB", "BR_SERO", "BR_QT")),
        over=ints_of(alert[OWN_CEILING.get(substance, "BR_DOSE_MAX")] for substance in SUBSTANCE_IDS),
        allergy=ints_of(alert[f"allergy-{substance}"] for substance in SUBSTANCE_IDS),
        allergy_says=grid_of(
            (
                (number, CONDITION_NUMBERS[name])
                for number, substance in enumerate(SUBSTANCE_IDS)
                for name in Situation(allergies=(substance,)).known
            ),
            2,
        ),
        gap=ints_of(CONDITION_NUMBERS[measurement.gap] for measurement in MEASUREMENTS if measurement.gap),
        of_body=ints_of(CONDITION_NUMBERS[name] for name in BODY_CONDITIONS),
        flag=ints_of(alert[flag] for flag in flags),
        flag_condition=ints_of(
            CONDITION_NUMBERS[CONDITION_OF_FLAG[flag]] if flag in CONDITION_OF_FLAG else -1 for flag in flags
        ),
        condition_flag=ints_of(
            FLAG_NUMBERS[FLAG_OF_CONDITION[condition]] if condition in FLAG_OF_CONDITION else -1
            for condition in CONDITIONS
        ),
        others=ints_of(alert[question] for question in QUESTIONS),
        too_often=alert[fire.TOO_OFTEN],
        words=words_for(len(names)),
    )


@cache
def _pairs() -> tuple[tuple[int, Interaction], ...]:
    """The two-party interactions under the number of each pair of substances, in the order of these numbers."""
    size = len(SUBSTANCE_IDS)
    met: dict[tuple[int, str], Interaction] = {}
    for row in INTERACTIONS:
        if len(row.parties) == 2:
            sides = [[SUBSTANCE_NUMBERS[substance] for substance in members(party)] for party in row.parties]
            for first, other in product(*sides):
                if first != other or row.id in SAME_SUBSTANCE_COUNTS:
                    met[min(first, other) * size + max(first, other), row.id] = row
    return tuple(sorted(((pair, row) for (pair, _), row in met.items()), key=lambda line: line[0]))


def _pair_firsts(pairs: Sequence[tuple[int, Interaction]]) -> Ints:
    """Where the interactions of each pair begin, and one more."""
    counts = np.bincount([pair for pair, _ in pairs], minlength=len(SUBSTANCE_IDS) ** 2)
    return ints_of([0, *np.cumsum(counts).tolist()])


def words_for(alerts: int) -> int:
    """How many 64-bit words hold a bit for each alert."""
    return -(-alerts // 64)


def doses_count(substance: str) -> bool:
    """Whether the doses of a substance are looked at."""
    return ceiling(substance) is not None or SUBSTANCES[substance].dosing.days_between > 0


def _weights(substance: str) -> tuple[int, int, int, int, int]:
    row = SUBSTANCES[substance]
    return (
        row.sedation,
        int(is_a(substance, "cns_depressant")),
        row.anticholinergic,
        int(is_a(substance, "serotonergic")),
        int(row.qt not in ("none", "unknown")),
    )
