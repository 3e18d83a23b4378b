"""The formulary's rules as tables of numbers, and the join of a regimen with them: which alerts it raises.

The tables are made from the same rows that `assuage.safety.check` reads, and the sums and bounds are those of
`assuage.safety.fire`. What is raised is a set of ids, kept as bits; tiers, words and sources are the reference's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assuage.engine.many.jit import Bytes, Ints, Longs, kernel
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import firsts, ints
from assuage.safety.active_flags import ASKED_BY_CONDITION, CONDITION_OF_FLAG, FLAG_OF_CONDITION
from assuage.safety.fire import (
    ANTICHOLINERGIC_SUM,
    DEPRESSANTS,
    OWN_CEILING,
    QT_AGENTS,
    RECENT_COUNTS,
    SEDATION_SUM,
    SEROTONERGICS,
    ceiling,
)
from assuage.safety.formulary import (
    BURDEN_RULES,
    CONDITION_RULES,
    INTERACTIONS,
    MIXING_RULES,
    MONITORING_RULES,
    SUBSTANCES,
    condition_rules_of,
    interactions_of_three,
    interactions_of_two,
    is_a,
    members,
    monitoring_of,
)
from assuage.safety.questions import TOPIC_OF, TOPICS, grave_rules_of
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS

SUBSTANCE_IDS: tuple[str, ...] = tuple(sorted(SUBSTANCES))
SUBSTANCE_NUMBERS = {name: at for at, name in enumerate(SUBSTANCE_IDS)}
CONDITION_NUMBERS = {name: at for at, name in enumerate(CONDITIONS)}
FLAG_NUMBERS = {name: at for at, name in enumerate(RED_FLAGS)}
ASK_ALL, DOSE_UNIT, DOSE_UNRECORDED, NOT_CHECKED = (
    "ask-contraindications",
    "dose-unit",
    "dose-unrecorded",
    "not-checked",
)
_PARTIES = 3
SAID_UNKNOWN = 3  # a condition that was recorded as not known, which is not the same as nothing recorded
# What is known of a day's dose of one substance, as bits.
OVER, UNREADABLE, UNRECORDED = 1, 2, 4


class Rules(NamedTuple):
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
    flag: Ints  # flag: its alert
    flag_condition: Ints  # flag: the condition it stands for, or -1
    condition_flag: Ints  # condition: the alert of the flag that it is, or -1
    condition_asks: Ints  # condition: the alert of the flag that it asks for, or -1
    others: Ints  # the alerts of the four questions that no row has
    words: int  # 64-bit words that the bits of all alerts need


def safety_ids() -> set[str]:
    """Every id that a safety rule, a flag or a question can have."""
    rows = (*INTERACTIONS, *CONDITION_RULES, *BURDEN_RULES.values(), *MONITORING_RULES, *MIXING_RULES)
    topics = {_topic(rule.condition) for rule in CONDITION_RULES}
    return {
        *(row.id for row in rows),
        *RED_FLAGS,
        *(f"ask-{topic}" for topic in topics),
        *(f"allergy-{substance}" for substance in SUBSTANCES),
        *(ASK_ALL, DOSE_UNIT, DOSE_UNRECORDED, NOT_CHECKED),
    }


def _topic(condition: str) -> str:
    found = TOPIC_OF.get(condition)
    return found[0] if found else condition


def rules(names: Sequence[str]) -> Rules:
    """The tables, for alerts numbered by their place in `names`."""
    alert = {name: at for at, name in enumerate(names)}
    size = len(SUBSTANCE_IDS)
    index = interactions_of_two()
    met = [index.get((one, other), ()) for one in SUBSTANCE_IDS for other in SUBSTANCE_IDS]
    triples = interactions_of_three()
    assert all(len(row.parties) == _PARTIES for row in triples)
    parties = np.zeros((len(triples), _PARTIES, size), np.uint8)
    for at, row in enumerate(triples):
        for side, party in enumerate(row.parties):
            parties[at, side, [SUBSTANCE_NUMBERS[one] for one in members(party)]] = 1
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
    by_condition = [condition_rules_of()[one] for one in SUBSTANCE_IDS]
    monitored = [monitoring_of()[one] for one in SUBSTANCE_IDS]
    flags = tuple(RED_FLAGS)
    return Rules(
        pair_first=firsts(met),
        pair_alert=ints(alert[row.id] for rows in met for row in rows),
        pair_recent=np.array([row.id in RECENT_COUNTS for rows in met for row in rows], dtype=np.uint8),
        larger=parties,
        larger_alert=ints(alert[row.id] for row in triples),
        supersedes=ints(
            [(alert[row.id], alert[other]) for row in INTERACTIONS for other in row.supersedes], 2
        ),
        condition_first=firsts(by_condition),
        condition=ints(CONDITION_NUMBERS[row.condition] for rows in by_condition for row in rows),
        condition_alert=ints(alert[row.id] for rows in by_condition for row in rows),
        monitoring_first=firsts(monitored),
        monitoring_alert=ints(alert[row.id] for rows in monitored for row in rows),
        grave_first=firsts(graves),
        grave=ints([one for rows in graves for one in rows], 4),
        topic_first=firsts([topic[2] for topic in TOPICS]),
        topic=ints(CONDITION_NUMBERS[one] for topic in TOPICS for one in topic[2]),
        weights=ints([_weights(one) for one in SUBSTANCE_IDS], 5),
        burdens=ints(alert[one] for one in ("BR_SED", "BR_ACB", "BR_SERO", "BR_QT")),
        over=ints(alert[OWN_CEILING.get(one, "BR_DOSE_MAX")] for one in SUBSTANCE_IDS),
        allergy=ints(alert[f"allergy-{one}"] for one in SUBSTANCE_IDS),
        flag=ints(alert[one] for one in flags),
        flag_condition=ints(
            CONDITION_NUMBERS[CONDITION_OF_FLAG[one]] if one in CONDITION_OF_FLAG else -1 for one in flags
        ),
        condition_flag=ints(
            alert[FLAG_OF_CONDITION[one]] if one in FLAG_OF_CONDITION else -1 for one in CONDITIONS
        ),
        condition_asks=ints(
            alert[ASKED_BY_CONDITION[one]] if one in ASKED_BY_CONDITION else -1 for one in CONDITIONS
        ),
        others=ints(alert[one] for one in (ASK_ALL, DOSE_UNIT, DOSE_UNRECORDED, NOT_CHECKED)),
        words=words_for(len(names)),
    )


def words_for(alerts: int) -> int:
    """How many 64-bit words hold a bit for each alert."""
    return -(-alerts // 64)


def has_ceiling(substance: str) -> bool:
    """Whether the day's dose of a substance is looked at."""
    return ceiling(substance) is not None


def _weights(substance: str) -> tuple[int, int, int, int, int]:
    row = SUBSTANCES[substance]
    return (
        row.sedation,
        int(is_a(substance, "cns_depressant")),
        row.anticholinergic,
        int(is_a(substance, "serotonergic")),
        int(row.qt not in ("none", "unknown")),
    )


class Regimen(NamedTuple):
    """One patient's day, in arrays that are filled and emptied again. All by substance, condition or flag."""

    sure: Ints  # how many lines of each substance certainly are it
    every: Ints  # and how many may be
    recent: Bytes
    doses: Bytes  # bits: OVER, UNREADABLE, UNRECORDED
    known: Bytes  # condition: UNKNOWN_, YES_, NO_
    standing: Bytes
    allergic: Bytes
    unknown: Bytes  # one byte: whether something no rule knows is taken
    here: Ints  # room for the numbers of the substances that are present


@kernel
def raise_alert(bits: Longs, alert: int) -> None:
    """Set the bit of an alert."""
    bits[alert >> 6] |= np.int64(1) << np.int64(alert & 63)


@kernel
def drop_alert(bits: Longs, alert: int) -> None:
    """Clear the bit of an alert."""
    bits[alert >> 6] &= ~(np.int64(1) << np.int64(alert & 63))


@kernel
def is_raised(bits: Longs, alert: int) -> bool:
    """Whether the bit of an alert is set."""
    return (bits[alert >> 6] >> np.int64(alert & 63)) & 1 != 0


@kernel
def fire(r: Rules, lines: Ints, g: Regimen, bits: Longs) -> None:
    """The rules that fire for these lines, superseded ones dropped: as `fire.fired`."""
    n = 0
    size = lines.size
    sums = np.zeros(5, np.int64)
    for one in range(size):
        if not lines[one]:
            continue
        g.here[n] = one
        n += 1
        for which in range(5):
            sums[which] += r.weights[one, which]
        if lines[one] > 1:
            for at in range(r.pair_first[one * size + one], r.pair_first[one * size + one + 1]):
                raise_alert(bits, r.pair_alert[at])
        for at in range(r.condition_first[one], r.condition_first[one + 1]):
            if g.known[r.condition[at]] == c.YES_:
                raise_alert(bits, r.condition_alert[at])
        for at in range(r.monitoring_first[one], r.monitoring_first[one + 1]):
            raise_alert(bits, r.monitoring_alert[at])
        if g.doses[one] & OVER:
            raise_alert(bits, r.over[one])
    for i in range(n):
        for j in range(i + 1, n):
            pair = g.here[i] * size + g.here[j]
            for at in range(r.pair_first[pair], r.pair_first[pair + 1]):
                raise_alert(bits, r.pair_alert[at])
    for earlier in range(size):
        if not g.recent[earlier] or lines[earlier]:
            continue
        for i in range(n):
            pair = min(earlier, g.here[i]) * size + max(earlier, g.here[i])
            for at in range(r.pair_first[pair], r.pair_first[pair + 1]):
                if r.pair_recent[at]:
                    raise_alert(bits, r.pair_alert[at])
    if n > 2:
        triples(r, g, n, bits)
    if sums[0] >= SEDATION_SUM or sums[1] >= DEPRESSANTS:
        raise_alert(bits, r.burdens[0])
    if sums[2] >= ANTICHOLINERGIC_SUM:
        raise_alert(bits, r.burdens[1])
    if sums[3] >= SEROTONERGICS:
        raise_alert(bits, r.burdens[2])
    if sums[4] >= QT_AGENTS:
        raise_alert(bits, r.burdens[3])
    # What supersedes is looked up before anything is dropped.
    dropped = np.zeros(r.supersedes.shape[0], np.uint8)
    for at in range(r.supersedes.shape[0]):
        dropped[at] = is_raised(bits, r.supersedes[at, 0])
    for at in range(r.supersedes.shape[0]):
        if dropped[at]:
            drop_alert(bits, r.supersedes[at, 1])


@kernel
def triples(r: Rules, g: Regimen, n: int, bits: Longs) -> None:
    """The interactions of three parties, each matched by a different substance."""
    for row in range(r.larger.shape[0]):
        found = False
        for i in range(n):
            if not r.larger[row, 0, g.here[i]]:
                continue
            for j in range(n):
                if j == i or not r.larger[row, 1, g.here[j]]:
                    continue
                for k in range(n):
                    found |= k != i and k != j and r.larger[row, 2, g.here[k]] != 0
        if found:
            raise_alert(bits, r.larger_alert[row])


@kernel
def ask(r: Rules, g: Regimen, bits: Longs) -> None:
    """What nobody recorded and would decide a grave rule: as `questions.questions`."""
    for one in range(g.every.size):
        if not g.every[one]:
            continue
        for at in range(r.grave_first[one], r.grave_first[one + 1]):
            condition, alert, topic, forbids = r.grave[at]
            if g.known[condition] == c.YES_ or g.known[condition] == c.NO_:
                continue
            answered = False
            if topic >= 0:
                for other in range(r.topic_first[topic], r.topic_first[topic + 1]):
                    answered |= g.known[r.topic[other]] == c.YES_
            if answered:
                continue
            raise_alert(bits, alert)
            if forbids:
                raise_alert(bits, r.others[0])


@kernel
def check(r: Rules, g: Regimen, bits: Longs, spare: Longs) -> None:
    """Every alert of one patient's day: as `check.check`. `spare` is room for as many bits again."""
    for flag in range(g.standing.size):
        if g.standing[flag]:
            raise_alert(bits, r.flag[flag])
    for condition in range(g.known.size):
        if g.known[condition] == c.YES_:
            if r.condition_flag[condition] >= 0:
                raise_alert(bits, r.condition_flag[condition])
            if r.condition_asks[condition] >= 0:
                raise_alert(bits, r.condition_asks[condition])
    doubtful = False
    present = False
    for one in range(g.every.size):
        doubtful |= g.every[one] != g.sure[one]
        if g.every[one]:
            present = True
            if g.allergic[one]:
                raise_alert(bits, r.allergy[one])
            if g.doses[one] & UNREADABLE:
                raise_alert(bits, r.others[1])
            if g.doses[one] & UNRECORDED:
                raise_alert(bits, r.others[2])
    if g.unknown[0]:
        raise_alert(bits, r.others[3])
    if not present:
        return
    # Both sets of rules drop what they supersede on their own, before they are put together.
    for lines in (g.sure, g.every):
        spare[:] = 0
        fire(r, lines, g, spare)
        for at in range(bits.size):
            bits[at] |= spare[at]
        if not doubtful:
            break
    ask(r, g, bits)


def regimen() -> Regimen:
    """An empty day."""
    size = len(SUBSTANCE_IDS)
    return Regimen(
        np.zeros(size, np.int32),
        np.zeros(size, np.int32),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint8),
        np.zeros(len(CONDITIONS), np.uint8),
        np.zeros(len(RED_FLAGS), np.uint8),
        np.zeros(size, np.uint8),
        np.zeros(1, np.uint8),
        np.zeros(size, np.int32),
    )
