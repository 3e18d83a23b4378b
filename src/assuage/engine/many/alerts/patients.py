"""The kernels of the safety rules over all patients: what each one's entries come to, and which alerts they raise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.alerts import rule_tables as r
from assuage.engine.many.alerts.day_check import PatientDay, check_day
from assuage.engine.many.alerts.effects import (
    ALLERGY,
    ASKS,
    BODY,
    CALLED,
    CHECKS,
    CONSENT,
    DOSE,
    DOSED,
    DRUG,
    FLARE,
    HIGH,
    MANUAL,
    NAME,
    PART,
    PERSON,
    PRESUMED,
    PROCEDURE,
    SUBSTANCE,
    SURE,
    TAKEN,
    THERAPY,
    WEIGHS,
    YIELDS,
    EffectTable,
)
from assuage.engine.many.alerts.rule_tables import RuleTables
from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, mix
from assuage.engine.many.program import codes as c
from assuage.safety.flag_alerts import DAYS_AFTER_MANUAL_THERAPY
from assuage.safety.known import FLARE_DAYS, NEEDLE, RECENT_DAYS

CENTRAL = r.CONDITION_NUMBERS["central_sensitisation_active"]
NO_CONSENT = r.CONDITION_NUMBERS["consent_missing"]
THE_NEEDLE = r.SUBSTANCE_NUMBERS[NEEDLE]
SUBSTANCES = len(r.SUBSTANCE_IDS)
MANY = -1  # more than one name
_SKIN_SEED = 7  # so that the hash of no entry is that of nothing


class SequenceKeys(NamedTuple):
    """What each patient's sequences of entries are known by; 0 for an empty one."""

    body: Longs
    asked: Longs
    consent: Longs
    skin: Longs
    person: Longs
    many_doses: Bytes  # whether one substance has more than one dosed line


class LookedUp(NamedTuple):
    """For each patient the lines of these tables that hold for them, and the tables."""

    body: Ints
    body_known: Bytes  # the conditions that a weight and a height come to
    flags: Bytes  # by patient: the flags that were told of, ACTIVE or CLEARED
    asked: Ints
    asked_flags: Bytes
    consent: Ints
    consent_given: Bytes
    skin: Ints
    skin_bits: Longs
    person: Ints
    person_implied: Bytes
    doses: Ints  # -1, or the line of `dose_bits` that takes the place of what single lines say
    dose_bits: Bytes
    two_names: Bytes
    unstable: Bytes


class Relevant(NamedTuple):
    """The entries that the safety rules have anything to do with: most of a diary is none of theirs."""

    start: Longs  # the first of each patient; one more at the end
    day: Ints
    which: Ints
    kind: Ints


def relevant_entries(effects: EffectTable, index: EntryIndex) -> Relevant:
    """Those of all entries."""
    kinds = effects.kind[index.which]
    at = np.flatnonzero(kinds)
    return Relevant(np.searchsorted(at, index.start), index.day[at], index.which[at], kinds[at])


@kernel
def key_sequences(
    effects: EffectTable, entries: Relevant, until: Longs, judged: Bytes, latest_of: Longs, out: SequenceKeys
) -> None:
    """The keys of every patient. `latest_of` has room for each drug: the entry that spoke of it last.

    A sequence is known by the hash of its entries in their order. What is said twice in a row is said once, so that a
    diary that repeats a symptom every day is one sequence with one that says it once. A body counts where there is a
    weight and a height: with the days that lie behind them, with what is too old to hold, and with who the patient is.
    """
    dosed = np.full(SUBSTANCES, -1, np.int64)
    start, days, which, kinds = entries.start, entries.day, entries.which, entries.kind
    age_first, ages = effects.age_first, effects.age
    drugs, stops, skins, line_first, lines = (
        effects.drug,
        effects.stops,
        effects.skin,
        effects.line_first,
        effects.line,
    )
    for patient in range(start.size - 1):
        if not judged[patient]:
            continue
        manual, asking, last_asked, last_of_body, last_passed = c.NO_DAY, False, -1, -1, 0
        body = asked = consent = person = skin = 0
        begin, end, last = start[patient], start[patient + 1], until[patient]
        weighed = measured = False
        for e in range(begin, end):
            if days[e] <= last:
                weighed |= kinds[e] & WEIGHS != 0
                measured |= kinds[e] & HIGH != 0
        for e in range(begin, end):
            entry, kind, day = which[e], kinds[e], days[e]
            if kind & PERSON:
                person = mix(person, entry)
                continue
            if day > last:
                continue
            if kind & BODY and weighed and measured:
                passed = 0  # how many of the ages at which it ceases to say something lie behind it
                for at in range(age_first[entry], age_first[entry + 1]):
                    passed += last - day >= ages[at]
                if last_of_body != entry or last_passed != passed:
                    body, last_of_body, last_passed = mix(body, entry), entry, passed
                    if passed:
                        body = mix(body, -passed)
                if kind & (WEIGHS | HIGH):
                    body, last_of_body = mix(mix(body, entry), last - day), -1
            if kind & MANUAL:
                manual = day
            if kind & (ASKS | CHECKS):
                after = kind & ASKS != 0 and manual != c.NO_DAY and day - manual <= DAYS_AFTER_MANUAL_THERAPY
                asking |= kind & ASKS != 0
                word = 2 * entry + after
                if word != last_asked:
                    asked, last_asked = mix(asked, word), word
            if kind & CONSENT:
                consent = mix(consent, entry)
            if kind & DRUG:
                latest_of[drugs[entry]] = e
        for e in range(begin, end):
            entry = which[e]
            runs = latest_of[drugs[entry]] == e and not stops[entry]
            if not counts_today(kinds[e], days[e], last, runs):
                continue
            if skins[entry]:
                skin += mix(_SKIN_SEED, entry)
            for at in range(line_first[entry], line_first[entry + 1]):
                if lines[at, DOSED]:
                    out.many_doses[patient] |= dosed[lines[at, SUBSTANCE]] == patient
                    dosed[lines[at, SUBSTANCE]] = patient
        out.body[patient] = mix(body, person) if body else 0
        out.asked[patient] = asked if asking else 0
        out.consent[patient] = consent
        out.skin[patient] = skin
        out.person[patient] = 0 if person == 0 else mix(person, last)


@kernel
def find_two_names(
    effects: EffectTable,
    entries: Relevant,
    until: Longs,
    judged: Bytes,
    drugs: int,
    substances: int,
    out: Bytes,
) -> None:
    """Mark in `out` the patients who take one substance under more than one name: as `situation.under_two_names`.

    Of a drug that was started again under another name while it ran both names count. `drugs` and `substances` are how
    many were met.
    """
    whose = np.full(drugs + 1, -1, np.int64)  # the patient of whom the next three speak, by drug
    latest = np.zeros(drugs + 1, np.int64)  # the entry that spoke of it last
    running = np.zeros(drugs + 1, np.int64)  # the name under which it runs; 0: it does not
    beside = np.zeros(drugs + 1, np.int64)  # the sure name of what was started twice; MANY: more than one
    named_of = np.full(substances + 1, -1, np.int64)  # the patient of whom the next speaks, by substance
    named = np.zeros(substances + 1, np.int64)  # the sure name under which it is taken today
    which, kinds, days, lines = entries.which, entries.kind, entries.day, effects.line
    for patient in range(entries.start.size - 1):
        if not judged[patient]:
            continue
        begin, end, last = entries.start[patient], entries.start[patient + 1], until[patient]
        for e in range(begin, end):
            entry: int = which[e]
            if not kinds[e] & DRUG or days[e] > last:
                continue
            drug: int = effects.drug[entry]
            if whose[drug] != patient or effects.stops[entry]:
                whose[drug], running[drug], beside[drug] = patient, 0, 0
            latest[drug] = e
            if effects.stops[entry]:
                continue
            name: int = effects.called[entry]
            before: int = running[drug]
            if effects.starts[entry] and before != 0 and abs(before) != abs(name):
                so_far: int = beside[drug]
                beside[drug] = one_more_name(one_more_name(so_far, before), name)
            running[drug] = name
        for e in range(begin, end):
            today: int = which[e]
            taken: int = effects.drug[today]
            runs = kinds[e] & DRUG != 0 and latest[taken] == e and not effects.stops[today]
            if not counts_today(kinds[e], days[e], last, runs):
                continue
            for at in range(effects.line_first[today], effects.line_first[today + 1]):
                part: int = lines[at, PART]
                if part < 0:
                    continue
                names: int = 0
                if named_of[part] == patient:
                    names = named[part]
                if kinds[e] & DRUG and beside[taken] == MANY:
                    names = MANY
                elif kinds[e] & DRUG:
                    names = one_more_name(names, beside[taken])
                names = one_more_name(names, lines[at, CALLED])
                named_of[part], named[part] = patient, names
                if names == MANY:
                    out[patient] = 1


@kernel
def one_more_name(names: int, name: int) -> int:
    """The sure name of a substance so far (0: none; MANY: more than one), with one more; a doubtful one is below 0."""
    if name <= 0 or names == MANY:
        return names
    if names == name:
        return names
    return name if names == 0 else MANY


@kernel
def counts_today(kind: int, day: int, until: int, runs: bool) -> bool:
    """Whether an entry is one of the last day: a drug that runs, or a therapy of that very day."""
    if kind & DRUG:
        return day <= until and runs
    return kind & THERAPY != 0 and day == until


@kernel
def raise_alerts(
    rules: RuleTables,
    effects: EffectTable,
    entries: Relevant,
    until: Longs,
    judged: Bytes,
    latest_of: Longs,
    looked_up: LookedUp,
    courses: int,
    day: PatientDay,
    out: Longs,
) -> None:
    """The alerts of every patient, as bits: what holds for them is put together and checked.

    `courses` is how many courses of drugs were met.
    """
    spare = np.zeros(rules.words, np.int64)
    taken_by = np.full(courses + 1, -1, np.int64)
    presumed = np.zeros(day.known.size, np.uint8)
    for patient in range(entries.start.size - 1):
        if not judged[patient]:
            continue
        last: int = until[patient]
        empty_out(day)
        hear_conditions(rules, effects, entries, patient, last, taken_by, presumed, day)
        flared = look_back(effects, entries, patient, last, latest_of, day)
        needle = look_at_today(effects, entries, patient, last, latest_of, day)
        put_together(rules, looked_up, patient, flared, needle, day)
        if looked_up.two_names[patient]:
            day.unknown[0] |= r.IS_ONE_OF_TWO
        check_day(rules, day, out[patient], spare)
        bits = looked_up.skin_bits[looked_up.skin[patient]]
        for word in range(bits.size):
            out[patient, word] |= bits[word]


@kernel
def empty_out(day: PatientDay) -> None:
    """Make a day empty again, but for what `put_together` writes whole."""
    for lines in (day.sure, day.every):
        lines[:] = 0
    for row in (day.recent, day.doses, day.known, day.allergic, day.unknown):
        row[:] = 0


@kernel
def hear_conditions(
    rules: RuleTables,
    effects: EffectTable,
    entries: Relevant,
    patient: int,
    last: int,
    taken_by: Longs,
    presumed: Bytes,
    day: PatientDay,
) -> None:
    """Put what was said of conditions and allergies up to the last day into it: as `known.known_conditions`.

    `taken_by` is, by course of a drug, the patient who takes it already; `presumed` is room for all conditions.
    """
    which, kinds, days = entries.which, entries.kind, entries.day
    presumed[:] = c.UNKNOWN
    for e in range(entries.start[patient], entries.start[patient + 1]):
        entry: int = which[e]
        kind, on = kinds[e], days[e]
        if kind & PERSON or on > last:
            continue
        firsts, words = effects.word_first, effects.word
        if kind & TAKEN:
            course: int = effects.course[entry]
            if taken_by[course] == patient:
                firsts, words = effects.again_first, effects.again
            taken_by[course] = -1 if effects.stops[entry] else patient
        for at in range(firsts[entry], firsts[entry + 1]):
            hear(words[at], last - on, presumed, day.known)
        if kind & ALLERGY:
            for at in range(effects.allergy_first[entry], effects.allergy_first[entry + 1]):
                day.allergic[effects.allergy[at, 0]] = effects.allergy[at, 1]
    for condition in range(day.known.size):
        if day.known[condition] == c.UNKNOWN:
            day.known[condition] = presumed[condition]
        if day.known[condition] == r.LONG_ABSENT:
            day.known[condition] = c.UNKNOWN
    for at in range(rules.gap.size):
        if day.known[rules.gap[at]] == c.UNKNOWN:
            day.known[rules.gap[at]] = c.YES


@kernel
def hear(word: Ints, age: int, presumed: Bytes, known: Bytes) -> None:
    """Put one word on a condition, which was said so many days ago, into what is known of it or may be presumed."""
    condition, code, held, counts = word[0], word[1], word[2], word[3]
    if counts == YIELDS and (known[condition] == c.YES or known[condition] == r.LONG_PRESENT):
        return
    if age >= held:
        if code == c.YES:
            code = r.LONG_PRESENT
        elif code == c.NO:
            code = r.LONG_ABSENT
    if counts == PRESUMED:
        presumed[condition] = code
    else:
        known[condition] = code


@kernel
def look_back(
    effects: EffectTable, entries: Relevant, patient: int, last: int, latest_of: Longs, day: PatientDay
) -> bool:
    """Put what was done lately into a day; whether there was a flare."""
    which, kinds, days = entries.which, entries.kind, entries.day
    lines = effects.line
    flared = False
    for e in range(entries.start[patient], entries.start[patient + 1]):
        entry: int = which[e]
        kind, on = kinds[e], days[e]
        if kind & PERSON or on > last:
            continue
        if kind & FLARE and last - on <= FLARE_DAYS:
            flared = True
        if kind & DRUG:
            latest_of[effects.drug[entry]] = e
        if kind & THERAPY and 0 < last - on <= RECENT_DAYS:
            for at in range(effects.line_first[entry], effects.line_first[entry + 1]):
                if lines[at, PROCEDURE] and lines[at, SURE] and lines[at, SUBSTANCE] >= 0:
                    day.recent[lines[at, SUBSTANCE]] = 1
    return flared


@kernel
def look_at_today(
    effects: EffectTable, entries: Relevant, patient: int, last: int, latest_of: Longs, day: PatientDay
) -> bool:
    """Put the lines of the last day into it; whether one of them is needling."""
    which, kinds, days = entries.which, entries.kind, entries.day
    lines = effects.line
    needle = False
    for e in range(entries.start[patient], entries.start[patient + 1]):
        entry: int = which[e]
        runs = latest_of[effects.drug[entry]] == e and not effects.stops[entry]
        if not counts_today(kinds[e], days[e], last, runs):
            continue
        for at in range(effects.line_first[entry], effects.line_first[entry + 1]):
            substance = lines[at, SUBSTANCE]
            day.unknown[0] |= lines[at, NAME]
            if substance < 0:
                continue
            day.every[substance] += 1
            day.sure[substance] += lines[at, SURE]
            day.doses[substance] |= lines[at, DOSE]
            needle |= lines[at, PROCEDURE] != 0 and substance == THE_NEEDLE
    return needle


@kernel
def put_together(
    rules: RuleTables, looked_up: LookedUp, patient: int, flared: bool, needle: bool, day: PatientDay
) -> None:
    """Put what whole sequences say into a day.

    An active flag makes the condition that it stands for known, whatever was recorded of it. Where nothing is known
    of sensitisation or consent, the phase, a flare or the needle itself decides; where nothing was recorded, or that
    it is not known, what an allergy or who the patient is lets one conclude. The last must not come first: what was
    recorded of a patient is never overwritten by what is only concluded.
    """
    if looked_up.doses[patient] >= 0:
        day.doses[:] = looked_up.dose_bits[looked_up.doses[patient]]
    body, person = looked_up.body[patient], looked_up.person[patient]
    for at in range(rules.of_body.size):
        if body:
            day.known[rules.of_body[at]] = looked_up.body_known[body, at]
    day.active[:] = looked_up.flags[patient]
    for flag in range(day.active.size):
        if day.active[flag] & r.ACTIVE and rules.flag_condition[flag] >= 0:
            day.known[rules.flag_condition[flag]] = c.YES
        if looked_up.asked_flags[looked_up.asked[patient], flag]:
            day.active[flag] |= r.ASKED
    if day.known[CENTRAL] == c.UNKNOWN:
        day.known[CENTRAL] = c.YES if flared else looked_up.unstable[patient]
    if needle and day.known[NO_CONSENT] == c.UNKNOWN:
        day.known[NO_CONSENT] = c.NO if looked_up.consent_given[looked_up.consent[patient]] else c.YES
    for condition in range(day.known.size):
        there = day.known[condition] == c.YES or day.known[condition] == r.LONG_PRESENT
        if there and looked_up.person_implied[person, condition] == c.NO:
            day.unknown[0] |= r.IS_CONTRADICTED
        if day.known[condition] == c.UNKNOWN or day.known[condition] == r.RECORDED_UNKNOWN:
            day.known[condition] = looked_up.person_implied[person, condition]
    for at in range(rules.allergy_says.shape[0]):
        substance, concluded = rules.allergy_says[at]
        unsaid = day.known[concluded] == c.UNKNOWN or day.known[concluded] == r.RECORDED_UNKNOWN
        if day.allergic[substance] and unsaid:
            day.known[concluded] = c.YES
