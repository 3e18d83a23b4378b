"""The kernels of the safety rules over all patients: what each one's entries come to, and which alerts they raise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.alerts import rule_tables as r
from assuage.engine.many.alerts.day_check import PatientDay, check_day
from assuage.engine.many.alerts.effects import (
    ASKS,
    BESIDE,
    CALLED,
    CHECKS,
    CONDITION,
    CONSENT,
    DOSE,
    DOSED,
    DRUG,
    FLARE,
    HIGH,
    HISTORY,
    MANUAL,
    NAME,
    PART,
    PERSON,
    PROCEDURE,
    RAISES,
    SUBSTANCE,
    SURE,
    THERAPY,
    WEIGHS,
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

    history: Longs
    asked: Longs
    consent: Longs
    skin: Longs
    person: Longs
    many_doses: Bytes  # whether one substance has more than one dosed line


class LookedUp(NamedTuple):
    """For each patient the lines of these tables that hold for them, and the tables."""

    history: Ints
    history_known: Bytes  # interwoven conditions; UNKNOWN where there is nothing to say
    history_implied: Bytes  # what allergies say of conditions where nobody said it
    history_flags: Bytes
    history_allergies: Bytes
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
    diary that repeats a symptom every day is one sequence with one that says it once. What is too old to hold is
    another word. What only counts beside the signs of a flag counts where there is such a sign, and a weight beside a
    height, for both with the days that lie behind them and with who the patient is.
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
        manual, asking, last_asked, last_of_history, last_passed = c.NO_DAY, False, -1, -1, 0
        history = asked = consent = person = skin = 0
        begin, end, last = start[patient], start[patient + 1], until[patient]
        counted = HISTORY
        for e in range(begin, end):
            if kinds[e] & RAISES and days[e] <= last:
                counted |= BESIDE
            if kinds[e] & HIGH and days[e] <= last:
                counted |= WEIGHS | HIGH
        for e in range(begin, end):
            entry, kind, day = which[e], kinds[e], days[e]
            if kind & PERSON:
                person = mix(person, entry)
                continue
            if day > last:
                continue
            if kind & counted:
                passed = 0  # how many of the ages at which it ceases to say something lie behind it
                for at in range(age_first[entry], age_first[entry + 1]):
                    passed += last - day >= ages[at]
                if last_of_history != entry or last_passed != passed:
                    history, last_of_history, last_passed = mix(history, entry), entry, passed
                    if passed:
                        history = mix(history, -passed)
                if kind & (WEIGHS | HIGH):
                    history, last_of_history = mix(mix(history, entry), last - day), -1
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
        out.history[patient] = mix(history, person) if counted & HIGH else history
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
    day: PatientDay,
    out: Longs,
) -> None:
    """The alerts of every patient, as bits: what holds for them is put together and checked."""
    spare = np.zeros(rules.words, np.int64)
    for patient in range(entries.start.size - 1):
        if not judged[patient]:
            continue
        last: int = until[patient]
        empty_out(day)
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
    for row in (day.recent, day.doses, day.known, day.unknown):
        row[:] = 0


@kernel
def look_back(
    effects: EffectTable, entries: Relevant, patient: int, last: int, latest_of: Longs, day: PatientDay
) -> bool:
    """Put what was said up to the last day into it: conditions, and what was done lately; whether there was a flare."""
    which, kinds, days = entries.which, entries.kind, entries.day
    lines = effects.line
    flared = False
    for e in range(entries.start[patient], entries.start[patient + 1]):
        entry: int = which[e]
        kind, on = kinds[e], days[e]
        if kind & PERSON or on > last:
            continue
        if kind & CONDITION:
            for at in range(effects.condition_first[entry], effects.condition_first[entry + 1]):
                code = effects.condition[at, 1]
                if last - on >= effects.condition[at, 2]:
                    code = r.LONG_PRESENT if code == c.YES else c.UNKNOWN
                day.known[effects.condition[at, 0]] = code
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
    history, person = looked_up.history[patient], looked_up.person[patient]
    known = looked_up.history_known[history]
    for condition in range(known.size):
        if known[condition]:
            day.known[condition] = known[condition]
    day.active[:] = looked_up.history_flags[history]
    day.allergic[:] = looked_up.history_allergies[history]
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
            implied = looked_up.history_implied[history, condition]
            day.known[condition] = implied | looked_up.person_implied[person, condition]
