"""The join of one patient's day with the safety rules: which alerts it raises.

Sums and bounds are those of `assuage.safety.fire`. What is raised is a set of ids, kept as bits; tiers, words and
sources are the reference's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.alerts.rule_tables import (
    ACTIVE,
    ASKED,
    CLEARED,
    IS_CONTRADICTED,
    IS_MISSPELT,
    IS_ONE_OF_TWO,
    IS_UNREAD,
    IS_WITHOUT_RULE,
    LONG_PRESENT,
    OVER,
    SPACING_UNKNOWN,
    SUBSTANCE_IDS,
    TOO_OFTEN,
    UNREADABLE,
    UNRECORDED,
    UNTIMED,
    RuleTables,
)
from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.jit import kernel
from assuage.engine.many.program import codes as c
from assuage.safety.fire import ANTICHOLINERGIC_SUM, DEPRESSANTS, QT_AGENTS, SEDATION_SUM, SEROTONERGICS
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS

# The columns of `RuleTables.weights`, and of the sums made of them.
SEDATION, DEPRESSANT, ANTICHOLINERGIC, SEROTONERGIC, PROLONGING = range(5)


class PatientDay(NamedTuple):
    """One patient's day, in arrays that are filled and emptied again. All by substance, condition or flag."""

    sure: Ints  # how many lines of each substance certainly are it
    every: Ints  # and how many may be
    recent: Bytes
    doses: Bytes  # bits: OVER, UNREADABLE, UNRECORDED, UNTIMED, TOO_OFTEN, SPACING_UNKNOWN
    known: Bytes  # condition: UNKNOWN, YES, NO, RECORDED_UNKNOWN, LONG_PRESENT
    active: Bytes  # flag: bits: ACTIVE, CLEARED, ASKED
    allergic: Bytes
    unknown: Bytes  # one byte: the bits of names, IS_UNREAD and its like, and IS_CONTRADICTED
    present: Ints  # scratch: the numbers of the substances that are present


def empty_day() -> PatientDay:
    """A day of which nothing is known."""
    substances = len(SUBSTANCE_IDS)
    return PatientDay(
        sure=np.zeros(substances, np.int32),
        every=np.zeros(substances, np.int32),
        recent=np.zeros(substances, np.uint8),
        doses=np.zeros(substances, np.uint8),
        known=np.zeros(len(CONDITIONS), np.uint8),
        active=np.zeros(len(RED_FLAGS), np.uint8),
        allergic=np.zeros(substances, np.uint8),
        unknown=np.zeros(1, np.uint8),
        present=np.zeros(substances, np.int32),
    )


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
def is_present(day: PatientDay, condition: int) -> bool:
    """Whether a condition was last said to be there, however long ago."""
    return day.known[condition] == c.YES or day.known[condition] == LONG_PRESENT


@kernel
def check_day(rules: RuleTables, day: PatientDay, bits: Longs, spare: Longs) -> None:
    """Every alert of one patient's day: as `check.check`. `spare` is room for as many bits again.

    The rules are read twice where it is doubtful what a line is: once with what certainly is taken, once with all
    that may be. An alert that only the second reading raises is raised as well, for nobody may be left unwarned
    because a package was not looked at.
    """
    for flag in range(day.active.size):
        if day.active[flag] & (ACTIVE | ASKED):
            raise_alert(bits, rules.flag[flag])
    for condition in range(day.known.size):
        told_of: int = rules.condition_flag[condition]
        if told_of < 0 or not is_present(day, condition) or day.active[told_of] & CLEARED:
            continue
        settled = False
        for flag in range(day.active.size):
            settled |= day.active[flag] & ACTIVE != 0 and rules.flag_condition[flag] == condition
        if not settled:
            raise_alert(bits, rules.flag[told_of])
    doubtful = False
    present = False
    for substance in range(day.every.size):
        doubtful |= day.every[substance] != day.sure[substance]
        if day.every[substance]:
            present = True
            if day.allergic[substance]:
                raise_alert(bits, rules.allergy[substance])
            if day.doses[substance] & UNREADABLE:
                raise_alert(bits, rules.others[1])
            if day.doses[substance] & UNRECORDED:
                raise_alert(bits, rules.others[2])
            if day.doses[substance] & UNTIMED:
                raise_alert(bits, rules.others[4])
            if day.doses[substance] & SPACING_UNKNOWN:
                raise_alert(bits, rules.others[5])
    if day.unknown[0] & IS_UNREAD:
        raise_alert(bits, rules.others[3])
    if day.unknown[0] & IS_WITHOUT_RULE:
        raise_alert(bits, rules.others[6])
    if day.unknown[0] & IS_MISSPELT:
        raise_alert(bits, rules.others[7])
    if day.unknown[0] & IS_ONE_OF_TWO:
        raise_alert(bits, rules.others[9])
    if day.unknown[0] & IS_CONTRADICTED:
        raise_alert(bits, rules.others[10])
    if not present:
        return
    # Both sets of rules drop what they supersede on their own, before they are put together.
    for lines in (day.sure, day.every):
        spare[:] = 0
        fire_rules(rules, lines, day, spare)
        for word in range(bits.size):
            bits[word] |= spare[word]
        if not doubtful:
            break
    ask_questions(rules, day, bits)


@kernel
def fire_rules(rules: RuleTables, lines: Ints, day: PatientDay, bits: Longs) -> None:
    """The rules that fire for these lines, superseded ones dropped: as `fire.fired`."""
    n = 0
    size = lines.size
    sums = np.zeros(5, np.int64)
    for substance in range(size):
        if not lines[substance]:
            continue
        day.present[n] = substance
        n += 1
        for which in range(5):
            sums[which] += rules.weights[substance, which]
        if lines[substance] > 1:
            raise_pair(rules, substance * size + substance, False, bits)
        for at in range(rules.condition_first[substance], rules.condition_first[substance + 1]):
            if is_present(day, rules.condition[at]):
                raise_alert(bits, rules.condition_alert[at])
        for at in range(rules.monitoring_first[substance], rules.monitoring_first[substance + 1]):
            raise_alert(bits, rules.monitoring_alert[at])
        if day.doses[substance] & OVER:
            raise_alert(bits, rules.over[substance])
        if day.doses[substance] & TOO_OFTEN:
            raise_alert(bits, rules.too_often)
    for i in range(n):
        for j in range(i + 1, n):
            raise_pair(rules, day.present[i] * size + day.present[j], False, bits)
    for earlier in range(size):
        if not day.recent[earlier] or lines[earlier]:
            continue
        for i in range(n):
            pair = min(earlier, day.present[i]) * size + max(earlier, day.present[i])
            raise_pair(rules, pair, True, bits)
    if n > 2:
        raise_triples(rules, day, n, bits)
    raise_burdens(rules, sums, bits)
    drop_superseded(rules, bits)


@kernel
def raise_pair(rules: RuleTables, pair: int, recent: bool, bits: Longs) -> None:
    """The interactions of two substances; of one that was taken some days before only those that count then."""
    for at in range(rules.pair_first[pair], rules.pair_first[pair + 1]):
        if not recent or rules.pair_recent[at]:
            raise_alert(bits, rules.pair_alert[at])


@kernel
def raise_triples(rules: RuleTables, day: PatientDay, n: int, bits: Longs) -> None:
    """The interactions of three parties, each matched by a different substance.

    A substance that could be two of the parties is only one of them.
    """
    for row in range(rules.larger.shape[0]):
        matched = False
        for i in range(n):
            if not rules.larger[row, 0, day.present[i]]:
                continue
            for j in range(n):
                if j == i or not rules.larger[row, 1, day.present[j]]:
                    continue
                for k in range(n):
                    matched |= k != i and k != j and rules.larger[row, 2, day.present[k]] != 0
        if matched:
            raise_alert(bits, rules.larger_alert[row])


@kernel
def raise_burdens(rules: RuleTables, sums: Longs, bits: Longs) -> None:
    """The alerts of what only comes to something together."""
    if sums[SEDATION] >= SEDATION_SUM or sums[DEPRESSANT] >= DEPRESSANTS:
        raise_alert(bits, rules.burdens[0])
    if sums[ANTICHOLINERGIC] >= ANTICHOLINERGIC_SUM:
        raise_alert(bits, rules.burdens[1])
    if sums[SEROTONERGIC] >= SEROTONERGICS:
        raise_alert(bits, rules.burdens[2])
    if sums[PROLONGING] >= QT_AGENTS:
        raise_alert(bits, rules.burdens[3])


@kernel
def drop_superseded(rules: RuleTables, bits: Longs) -> None:
    """Drop the alerts that others say better. What supersedes is looked up before anything is dropped."""
    dropped = np.zeros(rules.supersedes.shape[0], np.uint8)
    for at in range(rules.supersedes.shape[0]):
        dropped[at] = is_raised(bits, rules.supersedes[at, 0])
    for at in range(rules.supersedes.shape[0]):
        if dropped[at]:
            drop_alert(bits, rules.supersedes[at, 1])


@kernel
def ask_questions(rules: RuleTables, day: PatientDay, bits: Longs) -> None:
    """What nobody recorded and would decide a grave rule: as `questions.questions`.

    Recorded as not known is not recorded as absent: it is asked again. What was there too long ago answers nothing.
    """
    for substance in range(day.every.size):
        if not day.every[substance]:
            continue
        for at in range(rules.grave_first[substance], rules.grave_first[substance + 1]):
            condition, alert, topic, forbids = rules.grave[at]
            if is_present(day, condition) or day.known[condition] == c.NO:
                continue
            answered = False
            if topic >= 0:
                for other in range(rules.topic_first[topic], rules.topic_first[topic + 1]):
                    answered |= day.known[rules.topic[other]] == c.YES
            if answered:
                continue
            raise_alert(bits, alert)
            if forbids:
                raise_alert(bits, rules.others[0])
