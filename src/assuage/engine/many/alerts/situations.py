"""What each patient's record says for the safety rules on their last day, and which alerts follow.

The reference reads each distinct entry once and says what it does (`effects`): the words of a patient's entries on
conditions and allergies are heard one after the other (`patients`). Where entries only say something together (a weight
and a height, consent, a syringe), their sequence is looked up among those met so far, and a new one is put to the
reference once; flags come from the engine. What is left is a join (`patients`, `day_check`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from assuage.engine.many.alerts import rule_tables as r
from assuage.engine.many.alerts.day_check import check_day, empty_day, is_raised, raise_alert
from assuage.engine.many.alerts.effects import (
    ASKS,
    BODY,
    CHECKS,
    CONDITION_CODE,
    CONSENT,
    DOSED,
    MANUAL,
    EffectTable,
    EntryEffect,
    Numbers,
    condition_code,
    dose_bits,
    effect_of,
    effect_table,
    name_bits,
)
from assuage.engine.many.alerts.patients import (
    LookedUp,
    SequenceKeys,
    find_two_names,
    key_sequences,
    raise_alerts,
    relevant_entries,
)
from assuage.engine.many.arrays import Bytes, Ints, Longs, appended
from assuage.engine.many.blocks.prescan import FAST
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.hash_table import MemoTable
from assuage.engine.many.program import codes as c
from assuage.engine.many.walk.results import ChunkResult
from assuage.record.entries import AnyEntry, Patient, Record
from assuage.record.timeline import Timeline
from assuage.safety.consent import consent_given
from assuage.safety.flag_alerts import flag_questions
from assuage.safety.known import known_conditions, lapsed_statements, situation
from assuage.safety.mixing import mixing_alerts
from assuage.safety.situation import RegimenLine, Situation, lines_of, lines_of_medication, under_two_names
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS

_NOBODY = Patient("one")


class Safety:
    """The safety rules ready to be asked of chunks. `names` are all alerts there can be, in order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.number = {name: at for at, name in enumerate(names)}
        self.rules = r.rule_tables(names)
        self.interner: EntryInterner | None = None

    def _begin(self, interner: EntryInterner) -> None:
        self.interner = interner
        self.effects: list[EntryEffect] = []
        self.table = effect_table([])
        self.numbers = Numbers({}, {}, {}, {})
        self.body = MemoTable((np.zeros(len(r.BODY_CONDITIONS), np.uint8),))
        self.asked = MemoTable((np.zeros(len(RED_FLAGS), np.uint8),))
        self.consent = MemoTable((np.array(consent_given(Timeline.of([])), np.uint8),))
        self.skin = MemoTable((np.zeros(self.rules.words, np.int64),))
        self.person = MemoTable((_implied(Situation()),))
        self.doses: dict[tuple[int, ...], int] = {}
        self.dose_bits: list[Bytes] = [np.zeros(len(r.SUBSTANCE_IDS), np.uint8)]

    def raised(self, result: ChunkResult, unstable: Bytes) -> Longs:
        """The bits of every patient's safety alerts; those whom the reference engine judged have none.

        `unstable` is whether each patient's phase is one of active central sensitisation, in two bits.
        """
        if result.interner is not self.interner:
            self._begin(result.interner)
        self.result = result
        patients = result.route.size
        out = np.zeros((patients, self.rules.words), np.int64)
        judged = (result.route == FAST).astype(np.uint8)
        judged[list(result.records)] = 0
        effects = self._effects(result.interner)
        keys = SequenceKeys(
            *(np.zeros(patients, np.int64) for _ in range(5)), many_doses=np.zeros(patients, np.uint8)
        )
        latest_of = np.zeros(len(self.numbers.drugs) + 1, np.int64)
        two_names = np.zeros(patients, np.uint8)
        entries = relevant_entries(effects, result.index)
        key_sequences(effects, entries, result.until, judged, latest_of, keys)
        drugs, substances = len(self.numbers.drugs), len(self.numbers.substances)
        find_two_names(effects, entries, result.until, judged, drugs, substances, two_names)
        looked_up = self._look_up(keys, judged, unstable, two_names)
        courses = len(self.numbers.courses)
        raise_alerts(
            self.rules,
            effects,
            entries,
            result.until,
            judged,
            latest_of,
            looked_up,
            courses,
            empty_day(),
            out,
        )
        return out

    def _effects(self, interner: EntryInterner) -> EffectTable:
        known = len(self.effects)
        for compiled in interner.entries[known:]:
            self.effects.append(effect_of(compiled, self.numbers, self.effects))
        if known < len(self.effects):
            self.table = appended(self.table, effect_table(self.effects[known:]))
        return self.table

    def _look_up(self, keys: SequenceKeys, judged: Bytes, unstable: Bytes, two_names: Bytes) -> LookedUp:
        """The line of each patient for every sequence; a new sequence is put to the reference."""
        return LookedUp(
            body=self.body.line_of(keys.body, judged, self._of_body),
            body_known=self.body.column(0),
            flags=self._flags(),
            asked=self.asked.line_of(keys.asked, judged, self._of_questions),
            asked_flags=self.asked.column(0),
            consent=self.consent.line_of(keys.consent, judged, self._of_consent),
            consent_given=self.consent.column(0),
            skin=self.skin.line_of(keys.skin, judged, self._of_syringe),
            skin_bits=self.skin.column(0),
            person=self.person.line_of(keys.person, judged, self._of_person),
            person_implied=self.person.column(0),
            doses=self._of_doses(keys.many_doses),
            dose_bits=np.stack(self.dose_bits),
            two_names=two_names,
            unstable=unstable,
        )

    # --- what sequences of entries say ---

    def _numbered(self, patient: int, kind: int | None = None) -> Iterator[tuple[int, AnyEntry]]:
        """A patient's entries up to the last day, in order, with their numbers; those of some kinds alone, if given."""
        assert self.interner is not None
        index, until = self.result.index, int(self.result.until[patient])
        for place, e in enumerate(range(int(index.start[patient]), int(index.start[patient + 1]))):
            number = int(index.which[e])
            if kind is not None and not self.effects[number].kind & kind:
                continue
            entry = self.interner.entries[number].entry
            if entry is not None and index.day[e] <= until:
                yield number, replace(entry, day=int(index.day[e]), minute=None, place=place)

    def _entries_of(self, patient: int, kind: int) -> list[AnyEntry]:
        return [entry for _, entry in self._numbered(patient, kind)]

    def _flags(self) -> Bytes:
        """The flags that were told of each patient, by what the engine followed."""
        flags = np.zeros((self.result.route.size, len(RED_FLAGS)), np.uint8)
        for patient, after in self.result.flags.items():
            flags[patient, [r.FLAG_NUMBERS[flag] for flag in after.active]] = r.ACTIVE
            flags[patient, [r.FLAG_NUMBERS[flag] for flag in after.cleared]] = r.CLEARED
        return flags

    def _of_body(self, patient: int) -> tuple[Any, ...]:
        until = int(self.result.until[patient])
        timeline = Timeline(Record(self._who(patient), tuple(self._entries_of(patient, BODY))))
        known, lapsed = known_conditions(timeline, until), lapsed_statements(timeline, until)
        codes = [
            condition_code(known[name], lapsed.get(name)) if name in known else c.UNKNOWN
            for name in r.BODY_CONDITIONS
        ]
        return (np.array(codes, np.uint8),)

    def _of_questions(self, patient: int) -> tuple[Any, ...]:
        flags = np.zeros(len(RED_FLAGS), np.uint8)
        entries = self._entries_of(patient, ASKS | CHECKS | MANUAL)
        for alert in flag_questions(Timeline.of(entries), int(self.result.until[patient])):
            flags[r.FLAG_NUMBERS[alert.id]] = 1
        return (flags,)

    def _of_consent(self, patient: int) -> tuple[Any, ...]:
        return (np.array(consent_given(Timeline.of(self._entries_of(patient, CONSENT))), np.uint8),)

    def _of_person(self, patient: int) -> tuple[Any, ...]:
        today = situation(Timeline(Record(self._who(patient), ())), int(self.result.until[patient]))
        return (_implied(Situation(age=today.age, sex=today.sex)),)

    def _who(self, patient: int) -> Patient:
        """What is known of who the patient is."""
        assert self.interner is not None
        index = self.result.index
        sex, age = None, None
        for e in range(int(index.start[patient]), int(index.start[patient + 1])):
            person = self.interner.entries[int(index.which[e])].person
            if person is not None:
                sex, age = person.sex or sex, age if person.age is None else person.age
        return Patient("one", sex, age)

    def _lines(self, patient: int) -> Iterator[tuple[int, Sequence[RegimenLine]]]:
        """The lines of the last day, by the entry that says them."""
        day = int(self.result.until[patient])
        numbers: dict[int, int] = {}
        entries: list[AnyEntry] = []
        for number, entry in self._numbered(patient):
            if self.effects[number].drug >= 0 or self.effects[number].lines:
                numbers[entry.place] = number
                entries.append(entry)
        timeline = Timeline.of(entries)
        for session in timeline.sessions(day):
            if session.day == day:
                yield numbers[session.place], lines_of(session)
        for episode in timeline.active_medication(day):
            yield numbers[episode.latest.place], lines_of_medication(episode.latest)

    def _of_syringe(self, patient: int) -> tuple[Any, ...]:
        bits = np.zeros(self.rules.words, np.int64)
        lines = tuple(line for _, lines in self._lines(patient) for line in lines)
        for alert in mixing_alerts(Situation(lines)):
            raise_alert(bits, self.number[alert.id])
        return (bits,)

    def _of_doses(self, many: Bytes) -> Ints:
        """For patients with more than one dosed line of a substance: what their doses come to together."""
        line_of_patient = np.full(many.size, -1, np.int32)
        for patient in np.flatnonzero(many).tolist():
            dosed = [
                (number, lines)
                for number, lines in self._lines(patient)
                if any(line[DOSED] for line in self.effects[number].lines)
            ]
            key = tuple(sorted(number for number, _ in dosed))
            if key not in self.doses:
                self.doses[key] = len(self.dose_bits)
                self.dose_bits.append(dose_bits([line for _, lines in dosed for line in lines]))
            line_of_patient[patient] = self.doses[key]
        return line_of_patient


def _implied(of: Situation) -> Bytes:
    """What a situation says of conditions, as a line of a table."""
    known = np.zeros(len(CONDITIONS), np.uint8)
    for name, answer in of.known.items():
        known[r.CONDITION_NUMBERS[name]] = CONDITION_CODE[answer]
    return known


def raised_in(of: Situation, rules: r.RuleTables, names: Sequence[str]) -> list[str]:
    """The ids that the joined rules raise in one situation (syringes and questions about flags left out)."""
    day = empty_day()
    for line in of.lines:
        number = r.SUBSTANCE_NUMBERS.get(line.substance or "", -1)
        day.unknown[0] |= name_bits(line)
        if number >= 0:
            day.every[number] += 1
            day.sure[number] += line.sure
    for line in of.recent:
        day.recent[r.SUBSTANCE_NUMBERS[line.substance or ""]] = 1
    day.unknown[0] |= r.IS_ONE_OF_TWO * any(under_two_names(of))
    day.unknown[0] |= r.IS_CONTRADICTED * bool(of.contradicted)
    day.doses[:] = dose_bits(of.lines)
    for name, answer in of.known.items():
        day.known[r.CONDITION_NUMBERS[name]] = condition_code(answer, of.lapsed.get(name))
    for active in of.red_flags:
        day.active[r.FLAG_NUMBERS[active.flag.id]] = r.ACTIVE
    for cleared in of.cleared:
        day.active[r.FLAG_NUMBERS[cleared]] = r.CLEARED
    for substance in of.allergies:
        day.allergic[r.SUBSTANCE_NUMBERS[substance]] = 1
    bits, spare = np.zeros(rules.words, np.int64), np.zeros(rules.words, np.int64)
    check_day(rules, day, bits, spare)
    return [name for at, name in enumerate(names) if is_raised(bits, at)]
