"""Conditions that something recorded brings into doubt without stating them, so that a person is asked.

An abnormal measurement without a number leaves open what a normal one would rule out. The result of a finding, a
symptom that is no symptom of ours, and words that nothing reads as a whole (`?long QT syndrome`, `heart attack in
October`, `chest pain when climbing stairs`) may name a condition or a sign of a red flag in passing, or hint at one
(`missed period`, `calf swelling`). A diagnosis that is only possible is none yet. None of them decides anything (ours).
Of red flags that is `assuage.safety.doubtful_flags`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from assuage.patterns import kept_pattern
from assuage.record.care_entries import DiagnosisEntry, MeasurementEntry
from assuage.record.derived import (
    DrugFinding,
    UnjudgedNumber,
    conditions_open,
    measured_values,
    quantity_of,
    unjudged,
)
from assuage.record.entries import AnswersEntry, AnyEntry, FindingEntry, ScoreEntry, SymptomEntry
from assuage.record.stated import scored_answers
from assuage.record.timeline import Timeline
from assuage.safety.alerts import as_grave_as
from assuage.safety.formulary import SUBSTANCES, condition_rules_of
from assuage.safety.known import checked_names, leaves_open
from assuage.safety.questions import MEASURES, grave_rules_of
from assuage.safety.situation import NOT_FOR_MEN, NOT_PREGNANT_FROM
from assuage.terms.answers import ANSWER_OF_STATE, NO, YES
from assuage.terms.conditions import find_conditions
from assuage.terms.denials import is_taken_back, said_of_patient
from assuage.terms.drug_names import find_drug
from assuage.terms.hint import Hint
from assuage.terms.hints import hints_in
from assuage.terms.measured import decided_by, measured_in_text
from assuage.terms.measurements import Measurement, find_measurement
from assuage.terms.modifiers import is_over
from assuage.terms.names import folded, spaced
from assuage.terms.numbers_in_passing import perhaps_by_numbers
from assuage.terms.places_of_skin import is_elsewhere
from assuage.terms.signs import find_sign
from assuage.terms.symptoms import PRESENT_STATES

_CLAUSE = kept_pattern(r"[,;.()?!:/]")
# What leaves nothing behind once it is over (ours).
_PASSES = frozenset((*NOT_FOR_MEN, "fever_systemic", "skin_infection_site"))
# Diseases of the skin that matter where the needle goes.
_AT_THE_SITE = frozenset({"skin_disease_site"})
_LONGEST_NAME = 5  # words
OF_OTHERS = ("family", "social")  # the methods of findings that are not of the patient's own body


class OpenByDrug(NamedTuple):
    """A drug that speaks for a condition, and the day on which that was said to be absent; None where nobody did."""

    finding: DrugFinding
    absent_on: int | None


class Doubt(NamedTuple):
    """An entry, the conditions that it brings into doubt, and what it is looked at before whatever it may be.

    `read` are conditions that its words state and hint at alike: a rule about them says so by itself.
    """

    entry: FindingEntry | SymptomEntry | DiagnosisEntry | MeasurementEntry | ScoreEntry | AnswersEntry
    conditions: frozenset[str]
    before: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the entry is about, as it was written."""
        match self.entry:
            case DiagnosisEntry():
                return self.entry.in_words
            case ScoreEntry() | AnswersEntry():
                return _total_of(self.entry) or ""
            case _:
                return self.entry.what

    @property
    def in_words(self) -> str:
        """What was written, with the result of a finding where there is one: `ECG: complete heart block`."""
        if isinstance(self.entry, MeasurementEntry):
            return f"{self.name} {self.entry.in_words}"
        result = self.entry.result if isinstance(self.entry, FindingEntry) else None
        return f"{self.name}: {result}" if result else self.name


def doubts_about(substances: Collection[str], timeline: Timeline, until: int) -> Iterator[Doubt]:
    """The doubts up to a day that matter to what is given: a grave rule asks for it, or she may be pregnant.

    And what a person looks at before it, whatever the rules ask for.
    """
    grave = {
        rule.condition
        for substance in substances
        for rule in condition_rules_of(substance)
        if as_grave_as(rule.severity, "major")
    }
    doubts = doubts_whether(grave.union(NOT_FOR_MEN), timeline, until, before=subjects_of(substances))
    return (doubt for doubt in doubts if doubt.read.isdisjoint(grave))


def subjects_of(substances: Collection[str]) -> frozenset[str]:
    """What a hint may be looked at before, where these are given: each of them, and each class it belongs to."""
    rows = [SUBSTANCES[each] for each in substances if each in SUBSTANCES]
    return frozenset(substances).union(*(row.classes for row in rows))


def doubts_whether(
    conditions: Collection[str], timeline: Timeline, until: int, *, before: Collection[str] = ()
) -> Iterator[Doubt]:
    """The doubts up to a day whether one of these conditions is there, and what is looked at before one of those."""
    for doubt in timeline.once(_in_doubt, until):
        if not (doubt.conditions.isdisjoint(conditions) and doubt.before.isdisjoint(before)):
            yield doubt


def _in_doubt(timeline: Timeline, until: int) -> tuple[Doubt, ...]:
    return (*conditions_in_doubt(timeline, until), *_looked_at_before(timeline, until))


def conditions_in_doubt(timeline: Timeline, until: int) -> Iterator[Doubt]:
    """What is in doubt on a day, each until a later finding of the condition, or a later normal measurement."""
    findings: dict[object, FindingEntry] = {}
    for finding in timeline.findings(until):
        findings[find_measurement(finding.what) or spaced(finding.what)] = finding
    told = {spaced(entry.what): entry for entry in timeline.symptoms(until)}
    for thing, finding in findings.items():
        measured = thing if isinstance(thing, Measurement) else None
        if finding.state in ("present", "abnormal"):
            yield from _unsettled(finding, _of_finding(finding, measured, timeline, until), timeline, until)
        if finding.state == "unknown":
            # That somebody wrote so outweighs that it was absent before; in which weeks is the same question.
            perhaps = frozenset(condition.id for condition in finding.conditions).intersection(NOT_FOR_MEN)
            yield from _unsettled(
                finding, perhaps if _may_be_with_child(timeline) else frozenset(), timeline, until
            )
    for entry in told.values():
        if entry.sign is None and entry.symptom is None and entry.state in PRESENT_STATES:
            named = frozenset(
                (
                    *conditions_named(entry.what, timeline.record.year),
                    *_hinted_at(entry.what, timeline, until),
                )
            )
            yield from _unsettled(entry, named, timeline, until)
        # Any other symptom that names a condition states it (`assuage.record.stated`).
        if entry.sign is not None and entry.symptom is None and entry.state in PRESENT_STATES:
            named = frozenset(condition.id for condition in find_conditions(entry.what))
            if entry.sign.flag is None:
                named = named.union(_hinted_at(entry.what, timeline, until))
            yield from _unsettled(entry, named, timeline, until)
    measured = {spaced(entry.what): entry for entry in timeline.measurements(until)}
    for entry in measured.values():
        if quantity_of(entry) is None:
            named = frozenset(_hinted_at(f"{entry.what} {entry.in_words}", timeline, until))
            yield from _unsettled(entry, named, timeline, until)
    yield from _by_a_number(timeline, until)
    scored: dict[str, ScoreEntry | AnswersEntry] = {}
    for entry in sorted((*timeline.scores(until), *timeline.answers(until)), key=lambda each: each.order):
        scored[entry.scale if isinstance(entry, ScoreEntry) else entry.instrument] = entry
    for entry in scored.values():
        total = _total_of(entry)
        if total is not None:
            yield from _unsettled(entry, frozenset(_hinted_at(total, timeline, until)), timeline, until)
    for entry in timeline.entries_of(DiagnosisEntry, until):
        if entry.certainty == "possible":
            named = (
                condition.id
                for words in (entry.what, entry.code)
                if words
                for condition in find_conditions(words)
            )
            yield from _unsettled(entry, frozenset(named), timeline, until)


def _by_a_number(timeline: Timeline, until: int) -> Iterator[Doubt]:
    """What the latest number of a quantity makes a person ask for, though it decides nothing: a high bilirubin."""
    entries = sorted(
        (*timeline.findings(until), *timeline.measurements(until)), key=lambda entry: entry.order
    )
    latest = {value.quantity.id: (entry, value) for entry in entries for value in measured_values(entry)}
    for entry, value in latest.values():
        if value.quantity.is_asked_about(value.low, value.limits):
            yield from _unsettled(entry, frozenset(value.quantity.asks), timeline, until)


def _total_of(entry: ScoreEntry | AnswersEntry) -> str | None:
    """The total of a questionnaire in words (`stop_bang 7`), of answers the least it can be; None without one."""
    if isinstance(entry, ScoreEntry):
        return f"{entry.scale} {entry.range[1]:g}"
    scored = scored_answers(entry)
    least = None if scored is None else scored.low if scored.total is None else scored.total
    return None if least is None else f"{entry.instrument} {least:g}"


def _looked_at_before(timeline: Timeline, until: int) -> Iterator[Doubt]:
    """What is there and a person looks at before something is given or done, also where it is read as a condition."""
    written: dict[str, FindingEntry | SymptomEntry | DiagnosisEntry | ScoreEntry | AnswersEntry] = {}
    entries = (
        *timeline.findings(until),
        *timeline.symptoms(until),
        *timeline.entries_of(DiagnosisEntry, until),
        *timeline.scores(until),
        *timeline.answers(until),
    )
    for entry in sorted(entries, key=lambda each: each.order):
        written[_thing_of(entry)] = entry
    for entry in written.values():
        words = [_words_of(entry)]
        if isinstance(entry, FindingEntry) and entry.state == "abnormal":
            words.append(f"{entry.what} abnormal")
        hints = [hint for each in words for hint in _hints_of(each, timeline, until) if hint.before]
        if not hints or not _is_there(entry):
            continue
        settled = _settled_after(entry, timeline, until)
        hints = [hint for hint in hints if not hint.conditions or hint.conditions - settled]
        stated = _stated_in(entry).intersection(*(hint.conditions for hint in hints))
        before = frozenset(what for hint in hints for what in hint.before)
        if before:
            yield Doubt(entry, frozenset(), before, stated)


def _thing_of(entry: FindingEntry | SymptomEntry | DiagnosisEntry | ScoreEntry | AnswersEntry) -> str:
    """What an entry has the latest word on: its words, of a score its scale."""
    match entry:
        case ScoreEntry():
            return entry.scale
        case AnswersEntry():
            return entry.instrument
        case _:
            return spaced(_words_of(entry))


def _stated_in(
    entry: FindingEntry | SymptomEntry | DiagnosisEntry | ScoreEntry | AnswersEntry,
) -> frozenset[str]:
    """The conditions that an entry states by its own words."""
    if not isinstance(entry, FindingEntry):
        return frozenset()
    return frozenset(condition.id for condition in entry.conditions)


def _settled_after(entry: AnyEntry, timeline: Timeline, until: int) -> frozenset[str]:
    """The conditions of which a later finding speaks, and leaves none open."""
    return frozenset(
        condition.id
        for finding in timeline.concluded(until)
        if finding.order > entry.order and not leaves_open(finding)
        for condition in finding.conditions
    )


def hints_at_age(words: str, timeline: Timeline, until: int) -> Iterator[Hint]:
    """What these words hint at in a patient of that age."""
    age = timeline.record.patient.age_on(until)
    return (hint for hint in hints_in(words) if age is None or age >= hint.from_age)


def _hints_of(words: str, timeline: Timeline, until: int) -> Iterator[Hint]:
    """The same without what passes and is over."""
    over = is_over(words, timeline.record.year)
    return (hint for hint in hints_at_age(words, timeline, until) if not (hint.passes and over))


def _words_of(entry: FindingEntry | SymptomEntry | DiagnosisEntry | ScoreEntry | AnswersEntry) -> str:
    match entry:
        case ScoreEntry() | AnswersEntry():
            return _total_of(entry) or ""
        case FindingEntry(result=str(result)):
            return f"{entry.what}; {result}"
        case DiagnosisEntry():
            return entry.in_words
        case _:
            return entry.what


def _is_there(entry: FindingEntry | SymptomEntry | DiagnosisEntry | ScoreEntry | AnswersEntry) -> bool:
    match entry:
        case ScoreEntry() | AnswersEntry():
            return True
        case FindingEntry():
            return entry.state in ("present", "abnormal") and entry.method not in OF_OTHERS
        case SymptomEntry():
            return entry.state in PRESENT_STATES
        case DiagnosisEntry():
            return entry.certainty != "refuted"


def _of_finding(
    finding: FindingEntry, measured: Measurement | None, timeline: Timeline, until: int
) -> frozenset[str]:
    """What an abnormal measurement without a number leaves open, and what the result names beside its own words."""
    open_conditions: set[str] = set()
    if measured and finding.state == "abnormal" and not measured_in_text(finding.what, finding.result):
        open_conditions.update(measured.ruled_out, MEASURES.get(measured.gap or "", ()))
    if unjudged(finding) is None:  # a number that nothing judges is asked about as such
        open_conditions.update(conditions_open(finding))
    if finding.method not in OF_OTHERS and quantity_of(finding) is None:
        open_conditions.update(perhaps_by_numbers(f"{finding.what}; {finding.result or ''}"))
    year = timeline.record.year
    open_conditions.update(conditions_named(finding.result or "", year))
    if not finding.is_read and finding.method not in OF_OTHERS:
        open_conditions.update(conditions_named(finding.what, year))
        for words in readings_of(finding):
            open_conditions.update(_hinted_at(words, timeline, until))
    return frozenset(open_conditions - {condition.id for condition in finding.conditions})


def readings_of(finding: FindingEntry) -> tuple[str, ...]:
    """What a finding that nothing reads says: alone, with its result, as abnormal; one that is read, by its result."""
    result = finding.result or ""
    if finding.is_read and not _tells_only_with_others(finding.what):
        return (result,) if result else ()
    with_result = (finding.what, f"{finding.what}; {result}", f"{finding.what} {result}")
    readings = with_result if result else (finding.what,)
    return (*readings, f"{finding.what} abnormal") if finding.state == "abnormal" else readings


def _tells_only_with_others(words: str) -> bool:
    """Whether this is a sign that tells of a flag only beside others: hyperreflexia, wheezing."""
    sign = find_sign(words)
    return sign is not None and sign.flag is None


def conditions_named(words: str, year: int | None) -> Iterator[str]:
    """The conditions that a part of these words names; a clause that denies something names none.

    Nor do words that say of what passes that it is over, such as an infection or a pregnancy, and of a disease of the
    skin that it is elsewhere.
    """
    over, elsewhere = is_over(words, year), is_elsewhere(words)
    for name in possible_names(words):
        yield from (
            condition.id
            for condition in find_conditions(name)
            if not (over and condition.id in _PASSES) and not (elsewhere and condition.id in _AT_THE_SITE)
        )


def _hinted_at(words: str, timeline: Timeline, until: int) -> Iterator[str]:
    """The conditions at which these words hint, that she may be with child only where she may be."""
    impossible = () if _may_be_with_child(timeline) else NOT_FOR_MEN
    elsewhere = _AT_THE_SITE if is_elsewhere(words) else ()
    for hint in _hints_of(words, timeline, until):
        yield from hint.conditions.difference(impossible, elsewhere)


def possible_names(words: str) -> Iterator[str]:
    """What could be a name in these words, clause by clause; a clause that denies something, or of others, has none."""
    for clause in _CLAUSE.split(said_of_patient(words)):
        if is_taken_back(clause):
            continue
        parts = clause.split()
        for first in range(len(parts)):
            for end in range(first + 1, min(first + _LONGEST_NAME, len(parts)) + 1):
                yield " ".join(parts[first:end])


def _may_be_with_child(timeline: Timeline) -> bool:
    patient = timeline.record.patient
    return patient.sex != "male" and (patient.age is None or patient.age < NOT_PREGNANT_FROM)


def _unsettled(
    entry: FindingEntry | SymptomEntry | DiagnosisEntry | MeasurementEntry | ScoreEntry | AnswersEntry,
    conditions: frozenset[str],
    timeline: Timeline,
    until: int,
) -> Iterator[Doubt]:
    """The doubt, as far as no later finding speaks of the conditions; none where none is in doubt."""
    if not conditions:
        return
    settled = _settled_after(entry, timeline, until)
    if conditions - settled:
        yield Doubt(entry, conditions - settled)


def in_dispute_about(substances: Collection[str], timeline: Timeline, until: int) -> Iterator[FindingEntry]:
    """The findings that somebody disputes, of a condition of which a grave rule of what is given asks: it may be there.

    The latest of each condition, until a later word that nobody disputes.
    """
    grave = {rule.condition for substance in substances for rule in grave_rules_of(substance)}
    disputed: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        if finding.state == "unknown" and ANSWER_OF_STATE[timeline.as_written(finding).state] is not YES:
            continue
        for condition in finding.conditions:
            if finding.state == "unknown":
                disputed[condition.id] = finding
            else:
                disputed.pop(condition.id, None)
    yield from (finding for condition, finding in disputed.items() if condition in grave)


def open_by_drug(substances: Collection[str], timeline: Timeline, until: int) -> Iterator[OpenByDrug]:
    """The drugs whose taking leaves a condition open that a grave rule of what is given asks for; the last of each.

    What a later word settles, or was known to be there, is not asked; nor is a drug that a clinician looked up. That
    it was absent before the drug was told of, on that day, or on the first of the record, was said before anybody could
    ask: while the drug is taken, that is disputed (ours).
    """
    grave = {rule.condition for substance in substances for rule in grave_rules_of(substance)}
    last: dict[str, FindingEntry] = {}
    speaking: dict[str, DrugFinding] = {}
    for finding in timeline.concluded(until):
        for condition in finding.conditions:
            if isinstance(finding, DrugFinding):
                speaking[condition.id] = finding
            before = last.get(condition.id)
            if not (leaves_open(finding) and before is not None and ANSWER_OF_STATE[before.state] is YES):
                last[condition.id] = finding
    looked_up = checked_names(timeline, until)
    running = {episode.latest.code for episode in timeline.active_medication(until)}
    for condition, finding in last.items():
        drug = speaking.get(condition)
        if condition not in grave or drug is None or folded(drug.drug) in looked_up:
            continue
        if finding is drug:
            if leaves_open(drug):
                yield OpenByDrug(drug, None)
        elif ANSWER_OF_STATE[finding.state] is NO and finding.day <= max(drug.day, 0):
            known = find_drug(drug.drug)
            if known is not None and known.id in running:
                yield OpenByDrug(drug, finding.day)


class OpenNumber(NamedTuple):
    """A number that nothing judges, and whether what it would have decided could forbid what is given."""

    number: UnjudgedNumber
    forbids: bool


def numbers_not_judged(substances: Collection[str], timeline: Timeline, until: int) -> Iterator[OpenNumber]:
    """The last number of each quantity, where nothing judges it and a rule of what is given asks for what it decides.

    What a later finding or number settles is asked for no more.
    """
    rules = [rule for substance in substances for rule in condition_rules_of(substance)]
    entries = sorted(
        (*timeline.findings(until), *timeline.measurements(until)), key=lambda entry: entry.order
    )
    last: dict[str, UnjudgedNumber] = {}
    for entry in entries:
        quantity, number = quantity_of(entry), unjudged(entry)
        if number is not None:
            last[number.quantity.id] = number
        elif quantity is not None:
            last.pop(quantity.id, None)
    for number in last.values():
        settled = {
            condition.id
            for finding in timeline.concluded(until)
            if finding.order > number.entry.order and not leaves_open(finding)
            for condition in finding.conditions
        }
        asking = [
            rule
            for rule in rules
            if rule.condition in decided_by(number.quantity) - settled
            and as_grave_as(rule.severity, "moderate")
        ]
        if asking:
            yield OpenNumber(number, any(rule.severity == "contraindicated" for rule in asking))
