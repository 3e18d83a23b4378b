"""What entries state beside their own words: findings that the rules already ask for, and totals of answers.

So one rule serves every way of writing the same fact: `finding: allergy to tizanidine` and an `allergy` entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assuage.instruments import INSTRUMENTS
from assuage.instruments.result import Scored
from assuage.instruments.scoring import score_answers
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry
from assuage.record.entries import AnswersEntry, FindingEntry, FindingState, Method, SymptomEntry
from assuage.record.entry import Entry
from assuage.terms.allergies import allergen_in
from assuage.terms.conditions import find_conditions
from assuage.terms.denied import denied_in
from assuage.terms.listed import told_in_list
from assuage.terms.measured import measured_in_text, named_number
from assuage.terms.numbers_in_passing import numbers_in_passing
from assuage.terms.signs import find_sign
from assuage.terms.symptoms import PRESENT_STATES, WORSE_STATES


def findings_stated(
    entry: AllergyEntry | AdverseEventEntry | DiagnosisEntry | SymptomEntry | FindingEntry,
) -> Iterator[FindingEntry]:
    """The findings an entry states, with its own day, time and place in the record.

    A condition, a number or an allergy that was written as a symptom is there; that such a symptom is gone does not
    rule out the disease. A finding that denies something as a whole (`no epilepsy`) says that it is absent; a list of
    findings (`fever, stiff neck and headache`) says of each that is a name by itself that it is there.
    """
    match entry:
        case FindingEntry():
            for denied in denied_in(entry.what) if entry.state == "present" else ():
                yield restated(entry, denied, "absent", entry.result, entry.method)
            for told in told_in_list(entry.what) if entry.state == "present" else ():
                yield restated(entry, told, "present", entry.result, entry.method)
        case AllergyEntry():
            yield from _of_allergy(entry)
        case AdverseEventEntry():
            for suspect in entry.suspected:
                yield restated(entry, f"intolerance to {suspect}", "present", entry.what)
        case DiagnosisEntry():
            for words in _words_of_diagnosis(entry):
                yield restated(entry, words, _STATE_OF_DIAGNOSIS[entry.certainty], None)
        case SymptomEntry():
            felt = (
                entry.symptom is not None or entry.sign is not None
            )  # a sign tells of its flag at its place
            if not felt and entry.state in PRESENT_STATES and _is_found(entry.what):
                yield restated(entry, entry.what, "present", None)
            elif not felt and entry.state in PRESENT_STATES:
                method = None if entry.state in WORSE_STATES else "history"  # what is new was found now
                for told in told_in_list(entry.what):
                    yield restated(entry, told, "present", None, method)


@lru_cache(maxsize=20_000)
def _is_found(words: str) -> bool:
    """Whether words are of something that is found, and not only felt."""
    named = find_conditions(words) or named_number(words, None) or measured_in_text(words, None)
    numbers = any(number.far_out or number.may_be for number in numbers_in_passing(words))
    return bool(named) or numbers or allergen_in(words) is not None


_STATE_OF_DIAGNOSIS: dict[str | None, FindingState] = {
    None: "present",
    "confirmed": "present",
    "probable": "present",
    "possible": "unknown",
    "refuted": "absent",
}


def _words_of_diagnosis(entry: DiagnosisEntry) -> tuple[str, ...]:
    """What a diagnosis states, by its words and by its code: the conditions, and itself where it tells of a red flag.

    Of a refuted one only the first condition is absent.
    """
    stated: dict[str, None] = {}
    for words in (entry.what, entry.code):
        if words is None:
            continue
        conditions = find_conditions(words)
        named = conditions[:1] if entry.certainty == "refuted" else conditions
        sign = find_sign(words)
        for condition in named:
            # An enlarged prostate is of the condition "urinary retention", and not the sign of that name.
            is_no_sign = sign is None and entry.certainty != "refuted" and find_sign(condition.id) is not None
            stated[words if is_no_sign else condition.id] = None
        if sign is not None:
            stated[words] = None
    return tuple(stated) or (entry.in_words,)


def _of_allergy(entry: AllergyEntry) -> Iterator[FindingEntry]:
    """A refuted allergy is absent; one that is only suspected is unknown, and holds the drug back as not tolerated."""
    allergy, intolerance = f"allergy to {entry.substance}", f"intolerance to {entry.substance}"
    match entry.certainty:
        case None | "confirmed":
            yield restated(entry, allergy, "present", entry.reaction)
        case "suspected":
            yield restated(entry, allergy, "unknown", entry.reaction)
            yield restated(entry, intolerance, "unknown", entry.reaction)
        case "refuted":
            yield restated(entry, allergy, "absent", entry.reaction)
            yield restated(entry, intolerance, "absent", entry.reaction)


def restated(
    entry: Entry, what: str, state: FindingState, result: str | None, method: Method | None = "history"
) -> FindingEntry:
    """A finding that another entry states, with that entry's day, time, place, and who said and wrote it."""
    return FindingEntry(
        place=entry.place,
        day=entry.day,
        minute=entry.minute,
        time=entry.time,
        by=entry.by,
        author=entry.author,
        role=entry.role,
        approximate=entry.approximate,
        note=entry.note,
        id=entry.id,
        what=what,
        state=state,
        method=method,
        result=result,
    )


def scored_answers(entry: AnswersEntry) -> Scored | None:
    """What answers come to; None where nothing was answered, or no instrument of that name is known."""
    if entry.sites is not None and not entry.items:
        return _scored_sites(entry.instrument, entry.sites)
    given: dict[str, object] = dict(entry.items)
    if entry.sites is not None:
        given["sites"] = list(entry.sites)
    if entry.instrument not in INSTRUMENTS or all(value is None for value in given.values()):
        return None
    return score_answers(entry.instrument, given)


@lru_cache(maxsize=1024)
def _scored_sites(instrument: str, sites: tuple[str, ...]) -> Scored | None:
    """The same of a map of the body: a diary of a year has many days that hurt in the same places."""
    return score_answers(instrument, {"sites": list(sites)}) if instrument in INSTRUMENTS else None
