"""What each patient's record says for the safety rules on their last day, and which alerts follow.

The reference reads each distinct entry once and says what it is (`Saying`); where more than one entry has a word
on something (interwoven conditions, flags, consent, a syringe), the sequence of those entries is looked up among
the sequences met so far, and a new one is put to the reference once. What is left is a join: `safety_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.alerts import safety_rules as s
from assuage.engine.many.blocks.load import FAST
from assuage.engine.many.engine import Courses
from assuage.engine.many.entries.compiled import Dictionary, Meaning
from assuage.engine.many.entries.grouping import Heads
from assuage.engine.many.entries.hash_table import Table, mix
from assuage.engine.many.jit import Bytes, Ints, Longs, kernel
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import firsts, ints
from assuage.record.entries import (
    AnyEntry,
    ConsentEntry,
    FindingEntry,
    MedicationEntry,
    Patient,
    Record,
    RedFlagEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import (
    DAYS_AFTER_MANUAL_THERAPY,
    MANUAL_THERAPIES,
    active_flags,
    concerns_flags,
    flag_questions,
)
from assuage.safety.fire import by_substance, dose_readings
from assuage.safety.known import (
    FLARE_DAYS,
    INTERWOVEN,
    NEEDLE,
    RECENT_DAYS,
    consent_given,
    is_flare,
    is_interwoven,
    known_conditions,
    recorded_allergies,
    situation,
)
from assuage.safety.mixing import INTO_THE_SKIN, mixing_alerts
from assuage.safety.situation import RegimenLine, Situation, line_of, lines_of
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS

_CODE: dict[Answer, int] = {YES: c.YES_, NO: c.NO_, UNKNOWN: s.SAID_UNKNOWN}
CENTRAL = s.CONDITION_NUMBERS["central_sensitisation_active"]
CONSENT = s.CONDITION_NUMBERS["consent_missing"]
SUBSTANCES = len(s.SUBSTANCE_IDS)
THE_NEEDLE = s.SUBSTANCE_NUMBERS[NEEDLE]
# What an entry has a word on, as bits.
TOLD, ASKS, CHECKS, HANDS, AGREED, FLARE, CONDITION, DRUG, THERAPY, FACT = (1 << at for at in range(10))
# The columns of a line.
SUBSTANCE, SURE, PROCEDURE, DOSED, DOSE = range(5)


@dataclass
class Saying:
    """What one distinct entry says for the safety rules."""

    kind: int = 0
    condition: int = -1
    state: int = 0
    drug: int = -1
    stops: bool = False
    skin: bool = False
    lines: list[tuple[int, int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int, int]])


class Sayings(NamedTuple):
    """The distinct entries for the kernels, a line each."""

    kind: Ints
    condition: Ints
    state: Bytes
    drug: Ints
    stops: Bytes
    skin: Bytes
    line_first: Ints
    line: Ints


class Keys(NamedTuple):
    """What each patient's sequences of entries are known by; 0 for an empty one."""

    told: Longs
    asked: Longs
    agreed: Longs
    skin: Longs
    who: Longs
    many: Bytes  # whether one substance has more than one dosed line


class Found(NamedTuple):
    """For each patient the lines of these tables that hold for them, and the tables."""

    told: Ints
    told_known: Bytes  # interwoven conditions; UNKNOWN_ where there is nothing to say
    told_said: Bytes  # what allergies say of conditions where nobody said it
    told_flags: Bytes
    told_allergies: Bytes
    asked: Ints
    asked_flags: Bytes
    agreed: Ints
    agreed_given: Bytes
    skin: Ints
    skin_bits: Longs
    who: Ints
    who_said: Bytes
    doses: Ints  # -1, or the line of `doses_bits` that takes the place of what single lines say
    doses_bits: Bytes
    unstable: Bytes


class Spoken(NamedTuple):
    """The entries that the safety rules have anything to do with: most of a diary is none of theirs."""

    start: Longs  # the first of each patient; one more at the end
    day: Ints
    said: Ints
    kind: Ints


def spoken(t: Sayings, h: Heads) -> Spoken:
    """Those of all entries."""
    kinds = t.kind[h.said]
    at = np.flatnonzero(kinds)
    return Spoken(np.searchsorted(at, h.start), h.day[at], h.said[at], kinds[at])


@kernel
def sequences(t: Sayings, h: Spoken, until: Longs, judged: Bytes, seen: Longs, k: Keys) -> None:
    """The keys of every patient. `seen` has room for each drug: the entry that spoke of it last."""
    dosed = np.full(SUBSTANCES, -1, np.int64)
    start, days, saids, kinds = h.start, h.day, h.said, h.kind
    drugs, stops, skins, line_first, lines = t.drug, t.stops, t.skin, t.line_first, t.line
    tolds, askeds, agreeds, in_skin, whos, many = k.told, k.asked, k.agreed, k.skin, k.who, k.many
    for patient in range(start.size - 1):
        if not judged[patient]:
            continue
        hands, asking, last_asked, last_told = c.NO_DAY, False, -1, -1
        told = asked = agreed = who = skin = 0
        begin, end, last = start[patient], start[patient + 1], until[patient]
        for e in range(begin, end):
            which, kind, day = saids[e], kinds[e], days[e]
            if kind & FACT:
                who = mix(who, which)
                continue
            if day > last:
                continue
            if kind & TOLD and last_told != which:
                told, last_told = mix(told, which), which
            if kind & HANDS:
                hands = day
            if kind & (ASKS | CHECKS):
                near = kind & ASKS != 0 and hands != c.NO_DAY and day - hands <= DAYS_AFTER_MANUAL_THERAPY
                asking |= kind & ASKS != 0
                spoken = 2 * which + near
                if spoken != last_asked:
                    asked, last_asked = mix(asked, spoken), spoken
            if kind & AGREED:
                agreed = mix(agreed, which)
            if kind & DRUG:
                seen[drugs[which]] = e
        for e in range(begin, end):
            which = saids[e]
            latest = seen[drugs[which]] == e and not stops[which]
            if not counts_today(kinds[e], days[e], last, latest):
                continue
            if skins[which]:
                skin += mix(7, which)
            for at in range(line_first[which], line_first[which + 1]):
                if lines[at, DOSED]:
                    many[patient] |= dosed[lines[at, SUBSTANCE]] == patient
                    dosed[lines[at, SUBSTANCE]] = patient
        tolds[patient] = told
        askeds[patient] = asked if asking else 0
        agreeds[patient] = agreed
        in_skin[patient] = skin
        whos[patient] = 0 if who == 0 else mix(who, last)


@kernel
def counts_today(kind: int, day: int, until: int, latest: bool) -> bool:
    """Whether an entry is one of the last day: a drug that runs, as `latest` says, or a therapy of that very day."""
    if kind & DRUG:
        return day <= until and latest
    return kind & THERAPY != 0 and day == until


@kernel
def judge(
    r: s.Rules,
    t: Sayings,
    h: Spoken,
    until: Longs,
    judged: Bytes,
    seen: Longs,
    f: Found,
    g: s.Regimen,
    out: Longs,
) -> None:
    """The alerts of every patient, as bits: what holds for them is put together and checked."""
    spare = np.zeros(r.words, np.int64)
    start, days, saids, kinds = h.start, h.day, h.said, h.kind
    drugs, stops, line_first, lines = t.drug, t.stops, t.line_first, t.line
    for patient in range(start.size - 1):
        if not judged[patient]:
            continue
        last = until[patient]
        for each in (g.sure, g.every):
            each[:] = 0
        for each in (g.recent, g.doses, g.known, g.unknown):
            each[:] = 0
        flared = False
        for e in range(start[patient], start[patient + 1]):
            which, kind, day = saids[e], kinds[e], days[e]
            if kind & FACT or day > last:
                continue
            if kind & CONDITION:
                g.known[t.condition[which]] = t.state[which]
            if kind & FLARE and last - day <= FLARE_DAYS:
                flared = True
            if kind & DRUG:
                seen[drugs[which]] = e
            if kind & THERAPY and 0 < last - day <= RECENT_DAYS:
                for at in range(line_first[which], line_first[which + 1]):
                    if lines[at, PROCEDURE] and lines[at, SURE] and lines[at, SUBSTANCE] >= 0:
                        g.recent[lines[at, SUBSTANCE]] = 1
        needle = False
        for e in range(start[patient], start[patient + 1]):
            which = saids[e]
            latest = seen[drugs[which]] == e and not stops[which]
            if not counts_today(kinds[e], days[e], last, latest):
                continue
            for at in range(line_first[which], line_first[which + 1]):
                one = lines[at, SUBSTANCE]
                if one < 0:
                    g.unknown[0] = 1
                    continue
                g.every[one] += 1
                g.sure[one] += lines[at, SURE]
                g.doses[one] |= lines[at, DOSE]
                needle |= lines[at, PROCEDURE] != 0 and one == THE_NEEDLE
        if f.doses[patient] >= 0:
            g.doses[:] = f.doses_bits[f.doses[patient]]
        told, who = f.told[patient], f.who[patient]
        known = f.told_known[told]
        for condition in range(known.size):
            if known[condition]:
                g.known[condition] = known[condition]
        g.standing[:] = f.told_flags[told]
        g.allergic[:] = f.told_allergies[told]
        for flag in range(g.standing.size):
            if g.standing[flag] and r.flag_condition[flag] >= 0:
                g.known[r.flag_condition[flag]] = c.YES_
            g.standing[flag] |= f.asked_flags[f.asked[patient], flag]
        if g.known[CENTRAL] == c.UNKNOWN_:
            g.known[CENTRAL] = c.YES_ if flared else f.unstable[patient]
        if needle and g.known[CONSENT] == c.UNKNOWN_:
            g.known[CONSENT] = c.NO_ if f.agreed_given[f.agreed[patient]] else c.YES_
        for condition in range(g.known.size):
            if g.known[condition] == c.UNKNOWN_ or g.known[condition] == s.SAID_UNKNOWN:
                g.known[condition] = f.told_said[told, condition] | f.who_said[who, condition]
        s.check(r, g, out[patient], spare)
        bits = f.skin_bits[f.skin[patient]]
        for word in range(bits.size):
            out[patient, word] |= bits[word]


class Safety:
    """The safety rules ready to be asked of chunks. `names` are all alerts there can be, in order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.number = {name: at for at, name in enumerate(names)}
        self.rules = s.rules(names)
        self.dictionary: Dictionary | None = None

    def _begin(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.sayings: list[Saying] = []
        self.drugs: dict[str, int] = {}
        self.told = Table(self._told([]))
        self.asked = Table((np.zeros(len(RED_FLAGS), np.uint8),))
        self.agreed = Table((np.array(consent_given([]), np.uint8),))
        self.skin = Table((np.zeros(self.rules.words, np.int64),))
        self.who = Table((self._said(Situation()),))
        self.doses: dict[tuple[int, ...], int] = {}
        self.dose_bits: list[Bytes] = [np.zeros(len(s.SUBSTANCE_IDS), np.uint8)]

    def raised(self, found: Courses, unstable: Bytes) -> Longs:
        """The bits of every patient's safety alerts; those who went the long way have none.

        `unstable` is whether each patient's phase is one of active central sensitisation, in two bits.
        """
        if found.dictionary is not self.dictionary:
            self._begin(found.dictionary)
        out = np.zeros((found.way.size, self.rules.words), np.int64)
        self.found = found
        judged = (found.way == FAST).astype(np.uint8)
        judged[list(found.records)] = 0
        t = self._sayings(found.dictionary)
        n = found.way.size
        empty = [np.zeros(n, np.int64) for _ in range(5)]
        keys = Keys(empty[0], empty[1], empty[2], empty[3], empty[4], np.zeros(n, np.uint8))
        seen = np.zeros(len(self.drugs) + 1, np.int64)
        heads = spoken(t, found.heads)
        sequences(t, heads, found.until, judged, seen, keys)
        looked_up = Found(
            told=self.told.look_up(keys.told, judged, lambda one: self._told(self._own(one, TOLD))),
            told_known=self.told.column(0),
            told_said=self.told.column(1),
            told_flags=self.told.column(2),
            told_allergies=self.told.column(3),
            asked=self.asked.look_up(keys.asked, judged, self._asked),
            asked_flags=self.asked.column(0),
            agreed=self.agreed.look_up(keys.agreed, judged, self._agreed),
            agreed_given=self.agreed.column(0),
            skin=self.skin.look_up(keys.skin, judged, self._mixed),
            skin_bits=self.skin.column(0),
            who=self.who.look_up(keys.who, judged, self._who),
            who_said=self.who.column(0),
            doses=self._many(keys.many),
            doses_bits=np.stack(self.dose_bits),
            unstable=unstable,
        )
        judge(self.rules, t, heads, found.until, judged, seen, looked_up, s.regimen(), out)
        return out

    # --- what one distinct entry says ---

    def _sayings(self, dictionary: Dictionary) -> Sayings:
        for meaning in dictionary.meanings[len(self.sayings) :]:
            self.sayings.append(self._saying(meaning))
        m = self.sayings
        lines = [one for each in m for one in each.lines]
        return Sayings(
            kind=ints(each.kind for each in m),
            condition=ints(each.condition for each in m),
            state=np.array([each.state for each in m], dtype=np.uint8),
            drug=ints(each.drug for each in m),
            stops=np.array([each.stops for each in m], dtype=np.uint8),
            skin=np.array([each.skin for each in m], dtype=np.uint8),
            line_first=firsts([each.lines for each in m]),
            line=ints(lines, 5),
        )

    def _saying(self, meaning: Meaning) -> Saying:
        entry, person = meaning.entry, meaning.person
        if person is not None and (person.sex, person.age) != (None, None):
            return Saying(FACT)
        if entry is None:
            return Saying()
        found = Saying(TOLD if is_interwoven(entry) or concerns_flags(Timeline.of([entry])) else 0)
        match entry:
            case FindingEntry(condition=condition) if condition is not None:
                if condition.id not in INTERWOVEN:
                    known = known_conditions([entry])
                    found.kind |= CONDITION
                    found.condition = s.CONDITION_NUMBERS[condition.id]
                    found.state = _CODE[known[condition.id]]
            case SymptomEntry():
                found.kind |= (FLARE if is_flare(entry) else 0) | (ASKS if _asks(entry) else 0)
            case RedFlagEntry(flags=flags) if set(flags.values()) != {"unknown"}:
                found.kind |= CHECKS
            case ConsentEntry():
                found.kind |= AGREED
            case MedicationEntry():
                found.kind |= DRUG
                found.drug = self.drugs.setdefault(entry.code, len(self.drugs))
                found.stops = entry.do == "stop"
                self._add_lines(found, (line_of(entry),))
            case TherapyEntry() if entry.took_place:
                found.kind |= THERAPY | (HANDS if _is_hands(entry) else 0)
                self._add_lines(found, lines_of(entry))
            case _:
                pass
        return found

    def _add_lines(self, found: Saying, lines: Sequence[RegimenLine]) -> None:
        found.skin = any(line.route.lower() in INTO_THE_SKIN for line in lines)
        for line in lines:
            number = s.SUBSTANCE_NUMBERS.get(line.substance or "", -1)
            dosed = number >= 0 and s.has_ceiling(s.SUBSTANCE_IDS[number])
            assert line.sure or not dosed  # only a procedure can be in doubt, and none has a ceiling
            dose = int(_dose_bits([line])[number]) if dosed else 0
            found.lines.append((number, int(line.sure), int(line.route == "procedure"), int(dosed), dose))

    # --- what sequences of entries say ---

    def _heads(self, patient: int) -> Iterator[tuple[int, AnyEntry]]:
        """A patient's entries up to the last day, in order, with the number of each."""
        assert self.dictionary is not None
        heads, until = self.found.heads, int(self.found.until[patient])
        for at, head in enumerate(range(int(heads.start[patient]), int(heads.start[patient + 1]))):
            number = int(self.found.said[head])
            entry = self.dictionary.meanings[number].entry
            if entry is not None and heads.day[head] <= until:
                yield number, replace(entry, day=int(heads.day[head]), minute=None, place=at)

    def _own(self, patient: int, kind: int) -> list[AnyEntry]:
        return [entry for number, entry in self._heads(patient) if self.sayings[number].kind & kind]

    def _told(self, entries: Sequence[AnyEntry]) -> tuple[Any, ...]:
        known = np.zeros(len(CONDITIONS), np.uint8)
        for name, answer in known_conditions(entries).items():
            if name in INTERWOVEN:
                known[s.CONDITION_NUMBERS[name]] = _CODE[answer]
        flags = np.zeros(len(RED_FLAGS), np.uint8)
        last = max((entry.day for entry in entries), default=0)
        for standing in active_flags(Timeline.of(entries), last):
            flags[s.FLAG_NUMBERS[standing.flag.id]] = 1
        allergies = recorded_allergies(entries)
        allergic = np.zeros(len(s.SUBSTANCE_IDS), np.uint8)
        allergic[[s.SUBSTANCE_NUMBERS[one] for one in allergies]] = 1
        return known, self._said(Situation(allergies=allergies)), flags, allergic

    def _said(self, one: Situation) -> Bytes:
        """What a situation says of conditions, as a line of a table."""
        said = np.zeros(len(CONDITIONS), np.uint8)
        for name, answer in one.known.items():
            said[s.CONDITION_NUMBERS[name]] = _CODE[answer]
        return said

    def _asked(self, patient: int) -> tuple[Any, ...]:
        flags = np.zeros(len(RED_FLAGS), np.uint8)
        entries = self._own(patient, ASKS | CHECKS | HANDS)
        for alert in flag_questions(Timeline.of(entries), int(self.found.until[patient])):
            flags[s.FLAG_NUMBERS[alert.id]] = 1
        return (flags,)

    def _agreed(self, patient: int) -> tuple[Any, ...]:
        return (np.array(consent_given(self._own(patient, AGREED)), np.uint8),)

    def _who(self, patient: int) -> tuple[Any, ...]:
        assert self.dictionary is not None
        heads = self.found.heads
        sex, age = None, None
        for head in range(int(heads.start[patient]), int(heads.start[patient + 1])):
            person = self.dictionary.meanings[int(self.found.said[head])].person
            if person is not None:
                sex, age = person.sex or sex, age if person.age is None else person.age
        record = Record(Patient("one", sex, age), ())
        today = situation(Timeline(record), int(self.found.until[patient]))
        return (self._said(Situation(age=today.age, sex=today.sex)),)

    def _lines(self, patient: int) -> Iterator[tuple[int, Sequence[RegimenLine]]]:
        """The lines of the last day, by the entry that says them."""
        day = int(self.found.until[patient])
        running: dict[int, tuple[int, MedicationEntry]] = {}
        for number, entry in self._heads(patient):
            if isinstance(entry, MedicationEntry):
                running[self.sayings[number].drug] = number, entry
            elif isinstance(entry, TherapyEntry) and entry.day == day:
                yield number, lines_of(entry)
        for number, entry in running.values():
            if entry.do != "stop":
                yield number, (line_of(entry),)

    def _mixed(self, patient: int) -> tuple[Any, ...]:
        bits = np.zeros(self.rules.words, np.int64)
        lines = tuple(line for _, lines in self._lines(patient) for line in lines)
        for alert in mixing_alerts(Situation(lines)):
            s.raise_alert(bits, self.number[alert.id])
        return (bits,)

    def _many(self, many: Bytes) -> Ints:
        """For patients with more than one dosed line of a substance: what their doses come to together."""
        found = np.full(many.size, -1, np.int32)
        for patient in np.flatnonzero(many).tolist():
            dosed = [
                (n, lines)
                for n, lines in self._lines(patient)
                if any(o[DOSED] for o in self.sayings[n].lines)
            ]
            key = tuple(sorted(number for number, _ in dosed))
            if key not in self.doses:
                self.doses[key] = len(self.dose_bits)
                self.dose_bits.append(_dose_bits([line for _, lines in dosed for line in lines]))
            found[patient] = self.doses[key]
        return found


def _dose_bits(lines: Sequence[RegimenLine]) -> Bytes:
    """What is known of the doses of these lines together, for every substance."""
    bits = np.zeros(len(s.SUBSTANCE_IDS), np.uint8)
    for reading in dose_readings(Situation(tuple(lines)), by_substance(lines)):
        bits[s.SUBSTANCE_NUMBERS[reading.substance]] = (
            s.OVER * reading.over
            | s.UNREADABLE * bool(reading.total.unreadable)
            | s.UNRECORDED * bool(reading.total.unrecorded)
        )
    return bits


def raised_in(situation: Situation, rules: s.Rules, names: Sequence[str]) -> list[str]:
    """The ids that the joined rules raise in one situation (syringes and questions about flags left out)."""
    g = s.regimen()
    for line in situation.lines:
        number = s.SUBSTANCE_NUMBERS.get(line.substance or "", -1)
        if number < 0:
            g.unknown[0] = 1
        else:
            g.every[number] += 1
            g.sure[number] += line.sure
    for line in situation.recent:
        g.recent[s.SUBSTANCE_NUMBERS[line.substance or ""]] = 1
    g.doses[:] = _dose_bits(situation.lines)
    for name, answer in situation.known.items():
        g.known[s.CONDITION_NUMBERS[name]] = _CODE[answer]
    for flag in situation.red_flags:
        g.standing[s.FLAG_NUMBERS[flag.flag.id]] = 1
    for substance in situation.allergies:
        g.allergic[s.SUBSTANCE_NUMBERS[substance]] = 1
    bits, spare = np.zeros(rules.words, np.int64), np.zeros(rules.words, np.int64)
    s.check(rules, g, bits, spare)
    return [name for at, name in enumerate(names) if s.is_raised(bits, at)]


# An example of manual work and of a pain after it, to ask the reference which entries can be either.
_HAND_WORK = TherapyEntry(place=0, day=0, what=min(MANUAL_THERAPIES), pressure="deep")
_NECK_PAIN = SymptomEntry(place=1, day=0, what="pain", state="new", site="neck")


def _asks(entry: AnyEntry) -> bool:
    """Whether an entry can raise the question of a flag."""
    return _asked(_HAND_WORK, replace(entry, day=0, minute=None, place=1))


def _is_hands(entry: AnyEntry) -> bool:
    """Whether an entry is manual work after which a pain asks for a flag."""
    return _asked(replace(entry, day=0, minute=None, place=0), _NECK_PAIN)


def _asked(*entries: AnyEntry) -> bool:
    return any(flag_questions(Timeline.of(entries), 0))


assert _asked(_HAND_WORK, _NECK_PAIN)
assert not _asked(_NECK_PAIN)
