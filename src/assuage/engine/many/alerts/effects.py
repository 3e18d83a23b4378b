"""What each distinct entry says for the safety rules: asked of the reference, once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from assuage.engine.many.alerts import rule_tables as r
from assuage.engine.many.arrays import Bytes, Ints, bytes_of, firsts_of, grid_of, ints_of
from assuage.engine.many.entries.entry_table import CompiledEntry
from assuage.engine.many.program import codes as c
from assuage.record.body_mass import HEIGHT, WEIGHT, bodies_in
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry, MeasurementEntry
from assuage.record.decided_entries import ConsentEntry, RedFlagEntry
from assuage.record.derived import findings_of_drug
from assuage.record.entries import (
    AnyEntry,
    FindingEntry,
    IntakeEntry,
    MedicationEntry,
    Patient,
    Record,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.timeline import Timeline
from assuage.safety.fire import by_substance, dose_readings, spacing_readings
from assuage.safety.flag_alerts import MANUAL_THERAPIES, flag_questions
from assuage.safety.known import ages_that_matter, allergies_in, is_flare, words_on_conditions
from assuage.safety.mixing import INTO_THE_SKIN
from assuage.safety.situation import RegimenLine, Situation, lines_of, lines_of_medication
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN, YES, Answer
from assuage.terms.holds import LapsedStatement
from assuage.terms.names import folded

CONDITION_CODE: dict[Answer, int] = {YES: c.YES, NO: c.NO, UNKNOWN: r.RECORDED_UNKNOWN}
# What an entry has a word on, as bits: a pain that asks for a flag after manual therapy; a check that answers such a
# question; manual therapy; consent; a flare; a condition; an allergy; a drug; that a drug was taken; a therapy; who the
# patient is; what a weight and a height come to together, and each of them.
(
    ASKS,
    CHECKS,
    MANUAL,
    CONSENT,
    FLARE,
    CONDITION,
    ALLERGY,
    DRUG,
    TAKEN,
    THERAPY,
    PERSON,
    BODY,
    WEIGHS,
    HIGH,
) = (1 << at for at in range(14))
_OF_BODY = {WEIGHT: WEIGHS, HEIGHT: HIGH}
# How a word on a condition counts: always; unless the condition is there; only where nobody said anything.
SAID, YIELDS, PRESUMED = range(3)
# The columns of a line.
SUBSTANCE, SURE, PROCEDURE, DOSED, DOSE, NAME, PART, CALLED = range(8)
Line = tuple[int, int, int, int, int, int, int, int]
# A condition, what is said of it, for how many days that holds, and how it counts.
Word = tuple[int, int, int, int]


@dataclass
class EntryEffect:
    """What one distinct entry says for the safety rules."""

    kind: int = 0
    words: list[Word] = field(default_factory=list[Word])
    # In place of them, of a drug that was taken already.
    again: list[Word] = field(default_factory=list[Word])
    # A substance, and whether the allergy is there.
    allergies: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    ages: tuple[int, ...] = ()  # at which what it says of the body ceases to hold
    drug: int = -1
    course: int = -1  # the number of the drug, or of its single doses: what is taken already
    called: int = 0  # the number of the name of a drug, from 1; below 0 where the name is only remembered
    starts: bool = False
    stops: bool = False
    skin: bool = False
    lines: list[Line] = field(default_factory=list[Line])


class EffectTable(NamedTuple):
    """The distinct entries for the kernels, a line each."""

    kind: Ints
    word_first: Ints
    word: Ints  # a condition, what is said of it, for how many days that holds, and how it counts
    again_first: Ints
    again: Ints  # the same of a drug that was taken already
    allergy_first: Ints
    allergy: Ints  # a substance, and whether the allergy is there
    age_first: Ints
    age: Ints
    drug: Ints
    course: Ints
    called: Ints
    starts: Bytes
    stops: Bytes
    skin: Bytes
    line_first: Ints
    line: Ints


def effect_table(effects: Sequence[EntryEffect]) -> EffectTable:
    """The table of these effects."""
    return EffectTable(
        kind=ints_of(effect.kind for effect in effects),
        word_first=firsts_of([effect.words for effect in effects]),
        word=grid_of((word for effect in effects for word in effect.words), 4),
        again_first=firsts_of([effect.again for effect in effects]),
        again=grid_of((word for effect in effects for word in effect.again), 4),
        allergy_first=firsts_of([effect.allergies for effect in effects]),
        allergy=grid_of((allergy for effect in effects for allergy in effect.allergies), 2),
        age_first=firsts_of([effect.ages for effect in effects]),
        age=ints_of(age for effect in effects for age in effect.ages),
        drug=ints_of(effect.drug for effect in effects),
        course=ints_of(effect.course for effect in effects),
        called=ints_of(effect.called for effect in effects),
        starts=bytes_of(effect.starts for effect in effects),
        stops=bytes_of(effect.stops for effect in effects),
        skin=bytes_of(effect.skin for effect in effects),
        line_first=firsts_of([effect.lines for effect in effects]),
        line=grid_of((line for effect in effects for line in effect.lines), 8),
    )


class Numbers(NamedTuple):
    """The numbers of what was met so far: drugs by their codes; their courses; substances; names, folded, from 1."""

    drugs: dict[str, int]
    courses: dict[tuple[type[AnyEntry], str], int]
    substances: dict[str, int]
    names: dict[str, int]


def effect_of(compiled: CompiledEntry, numbers: Numbers, effects: Sequence[EntryEffect]) -> EntryEffect:
    """What a distinct entry says; what it names gets its number. `effects` are those of the entries before it."""
    entry, person = compiled.entry, compiled.person
    if compiled.like >= 0:
        before = effects[compiled.like]
        if not isinstance(entry, MedicationEntry):
            return before
        dosed = dataclasses.replace(before, lines=[])
        _add_lines(dosed, lines_of_medication(entry), numbers)
        return dosed
    if person is not None and (person.sex, person.age) != (None, None):
        return EntryEffect(PERSON)
    if entry is None:
        return EntryEffect()
    effect = EntryEffect()
    match entry:
        case (
            FindingEntry()
            | AllergyEntry()
            | AdverseEventEntry()
            | DiagnosisEntry()
            | MeasurementEntry()
            | SymptomEntry()
        ):
            _found(effect, Timeline(Record(compiled.read_as or _NOBODY, (entry,))))
            if isinstance(entry, SymptomEntry):
                effect.kind |= (FLARE if is_flare(entry) else 0) | (ASKS if _asks(entry) else 0)
        case RedFlagEntry(flags=flags):
            effect.kind |= CHECKS if set(flags.values()) != {"unknown"} else 0
        case ConsentEntry():
            effect.kind |= CONSENT
        case IntakeEntry():
            _take(effect, entry, numbers)
        case MedicationEntry():
            _take(effect, entry, numbers)
            effect.kind |= DRUG
            effect.drug = numbers.drugs.setdefault(entry.code, len(numbers.drugs))
            effect.starts, effect.stops = entry.do == "start", entry.do == "stop"
            lines = lines_of_medication(entry)
            _add_lines(effect, lines, numbers)
            named = numbers.names.setdefault(folded(entry.drug), len(numbers.names) + 1)
            effect.called = named if any(_names_surely(line) for line in lines) else -named
        case TherapyEntry():
            if entry.took_place:
                effect.kind |= THERAPY | (MANUAL if _is_manual(entry) else 0)
                _add_lines(effect, lines_of(entry), numbers)
        case _:
            pass  # no rule of safety reads the other kinds; random records of all kinds hold both engines together
    return effect


def _found(effect: EntryEffect, alone: Timeline) -> None:
    """Put in what the findings of an entry say: of conditions, of allergies, of the body; `alone` is its timeline."""
    effect.words = _words(alone.concluded(), alone.presumed())
    allergies = {
        substance: ANSWER_OF_STATE[finding.state] is YES
        for finding in alone.findings()
        for substance in allergies_in(finding)
    }
    effect.allergies = [(r.SUBSTANCE_NUMBERS[name], int(there)) for name, there in allergies.items()]
    effect.kind |= (CONDITION if effect.words else 0) | (ALLERGY if effect.allergies else 0)
    measured = [
        number.value.quantity.id
        for entry in (*alone.findings(), *alone.measurements())
        for number in bodies_in(entry)
    ]
    for quantity in measured:
        effect.kind |= _OF_BODY.get(quantity, 0)
    if measured or any(word[0] in _BODY_NUMBERS for word in effect.words):
        effect.kind |= BODY
        effect.ages = ages_that_matter(alone)


def _take(effect: EntryEffect, entry: MedicationEntry | IntakeEntry, numbers: Numbers) -> None:
    """Put in what the taking of a drug says of conditions, the first time and again."""
    effect.words = _words(findings_of_drug(entry, again=False))
    effect.again = _words(findings_of_drug(entry, again=True))
    effect.kind |= TAKEN
    effect.course = numbers.courses.setdefault((type(entry), entry.code), len(numbers.courses))


def _words(concluded: Iterable[FindingEntry], presumed: Iterable[FindingEntry] = ()) -> list[Word]:
    return [
        (
            r.CONDITION_NUMBERS[word.condition],
            CONDITION_CODE[word.answer],
            c.FOR_EVER if word.held is None else word.held,
            YIELDS if word.yields else PRESUMED if word.presumed else SAID,
        )
        for word in words_on_conditions(concluded, presumed)
    ]


def condition_code(answer: Answer, lapsed: LapsedStatement | None) -> int:
    """How the kernels know a condition of which this is known, and of which the latest word perhaps no longer holds."""
    if answer is YES and lapsed is not None and lapsed.answer is YES:
        return r.LONG_PRESENT
    return CONDITION_CODE[answer]


def _names_surely(line: RegimenLine) -> bool:
    """Whether a line is a name of a substance that is certainly taken: what two names are told by."""
    return line.substance is not None and (line.sure or line.by_class) and line.route != "procedure"


def _add_lines(effect: EntryEffect, lines: Sequence[RegimenLine], numbers: Numbers) -> None:
    effect.skin = any(line.route.lower() in INTO_THE_SKIN for line in lines)
    for line in lines:
        number = r.SUBSTANCE_NUMBERS.get(line.substance or "", -1)
        dosed = number >= 0 and r.doses_count(r.SUBSTANCE_IDS[number])
        assert line.sure or not dosed or not line.doses  # of what may have been taken no doses are known
        dose = int(dose_bits([line])[number]) if dosed else 0
        procedure = line.route == "procedure"
        part = -1
        if line.substance is not None and _names_surely(line):
            part = numbers.substances.setdefault(line.substance, len(numbers.substances))
        named = numbers.names.setdefault(folded(line.name), len(numbers.names) + 1)
        effect.lines.append(
            (number, int(line.sure), int(procedure), int(dosed), dose, name_bits(line), part, named)
        )


def name_bits(line: RegimenLine) -> int:
    """What is to be said of the name of a line."""
    if line.substance is None:
        return r.IS_UNREAD
    without = r.IS_WITHOUT_RULE if line.substance not in r.SUBSTANCE_NUMBERS else 0
    return without | (r.IS_MISSPELT if line.misspelt else 0)


def dose_bits(lines: Sequence[RegimenLine]) -> Bytes:
    """What is known of the doses of these lines together, for every substance."""
    bits = np.zeros(len(r.SUBSTANCE_IDS), np.uint8)
    for reading in dose_readings(Situation(tuple(lines)), by_substance(lines)):
        bits[r.SUBSTANCE_NUMBERS[reading.substance]] = (
            r.OVER * reading.over
            | r.UNREADABLE * bool(reading.total.unreadable)
            | r.UNRECORDED * bool(reading.total.unrecorded)
            | r.UNTIMED * bool(reading.total.untimed)
        )
    for substance, often, _ in spacing_readings(by_substance(lines)):
        bits[r.SUBSTANCE_NUMBERS[substance]] |= r.TOO_OFTEN * (often is YES) | r.SPACING_UNKNOWN * (
            often is UNKNOWN
        )
    return bits


_NOBODY = Patient("one")
_BODY_NUMBERS = frozenset(r.CONDITION_NUMBERS[name] for name in r.BODY_CONDITIONS)
# An example of manual therapy and of a pain after it, to ask the reference which entries can be either.
_MANUAL_WORK = TherapyEntry(place=0, day=0, what=min(MANUAL_THERAPIES), pressure="deep")
_NECK_PAIN = SymptomEntry(place=1, day=0, what="pain", state="new", site="neck")


def _asks(entry: AnyEntry) -> bool:
    """Whether an entry can raise the question of a flag."""
    return _is_asked(_MANUAL_WORK, replace(entry, day=0, minute=None, place=1))


def _is_manual(entry: AnyEntry) -> bool:
    """Whether an entry is manual therapy after which a pain asks for a flag."""
    return _is_asked(replace(entry, day=0, minute=None, place=0), _NECK_PAIN)


def _is_asked(*entries: AnyEntry) -> bool:
    return any(flag_questions(Timeline.of(entries), 0))


assert _is_asked(_MANUAL_WORK, _NECK_PAIN)
assert not _is_asked(_NECK_PAIN)
