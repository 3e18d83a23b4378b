"""The diagnostic criteria a pathway shows, of every patient on the last day, as a review of each alone decides them.

The reference decides; here it is asked once for all patients whose facts it cannot tell apart. A million different
body maps come down to the few classes that a rule can tell apart (`assuage.instruments.criteria.classes`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from msgspec.structs import replace

from assuage.engine.many.arrays import Bytes, Longs
from assuage.engine.many.blocks.prescan import EMPTY, FAST
from assuage.engine.many.entries.compiled import CompiledEntry, EntryInterner
from assuage.engine.many.entries.criteria_inputs import (
    AGE,
    DURATION,
    NOTHING,
    SEVERITY,
    SITES,
    TOTAL,
    Picked,
    key_beginnings,
    pick,
)
from assuage.engine.many.hash_table import MemoTable
from assuage.engine.many.program import codes as c
from assuage.engine.many.walk.results import ChunkResult
from assuage.instruments.criteria.classes import class_of
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.instruments.model import Criteria, RecordFact
from assuage.instruments.result import Scored
from assuage.record.entries import AnswersEntry, AnyEntry, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.review.diagnosis import (
    DAYS_A_MONTH,
    LASTING,
    body_of,
    decide,
    diagnosis,
    facts_of,
    months_of,
    severity_of,
)
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.symptoms import ALL_SYMPTOMS, PAIN_FELT, WIDESPREAD_PAIN

_CODE: dict[Answer, int] = {UNKNOWN: c.UNKNOWN, YES: c.YES, NO: c.NO}
# No set of criteria asks for more than three months: what began long before that began at one time (for speed).
_LONGEST = int((LASTING + 2) * DAYS_A_MONTH)
FAR = 2**30
_BEGINNINGS = frozenset({WIDESPREAD_PAIN.id, PAIN_FELT.id, ALL_SYMPTOMS.id})
# Where each fact of `facts_of` comes from.
_SOURCE: dict[RecordFact, str] = {
    "body": "body",
    "sites": "body",
    "severity": "severity",
    "burden": "severity",
    "months": "months",
    "more than months": "months",
    "age": "age",
}


class CohortCriteria:
    """Sets of criteria, ready to be asked for the patients of any chunk."""

    def __init__(self, shown: tuple[Criteria, ...]) -> None:
        self.shown = shown
        self.names = tuple(criteria.id for criteria in shown)
        self.interner: EntryInterner | None = None

    def _begin(self, interner: EntryInterner) -> None:
        self.interner = interner
        self.kinds: list[int] = []
        self.body = MemoTable(({}, 0))
        self.severity = MemoTable(({},))
        self.months = MemoTable(((None, None),))
        self.age = MemoTable((None,))
        self.decided: dict[tuple[str, tuple[int, ...]], int] = {}
        self.arrays: dict[str, Longs] = {}
        self.alike: dict[tuple[str, str], tuple[list[int], dict[Hashable, int], list[Any]]] = {}

    def answers(self, result: ChunkResult) -> tuple[Bytes, Longs]:
        """Each patient's answer to each of `names`, and the day it holds for (NO_DAY for none)."""
        if result.interner is not self.interner:
            self._begin(result.interner)
        self.result = result
        judged = (result.route == FAST).astype(np.uint8)
        judged[list(result.records)] = 0
        index = result.index
        self.kinds += [_kind(meaning) for meaning in result.interner.entries[len(self.kinds) :]]
        kinds = np.array([*self.kinds, 0], dtype=np.uint8)
        picked = pick(kinds, index, result.until, judged)
        self.picked = picked
        numbers = {
            "body": self.body.line_of(self._body_keys(picked), judged, self._body),
            "severity": self.severity.line_of(picked.severity, judged, self._severity),
            "age": self.age.line_of(picked.age + 1, judged, self._age),
        }
        chosen = self._array("chosen", self.body.lines, lambda line: line[1])[numbers["body"]]
        at = cast("Any", np.where(chosen == 2, picked.total, picked.sites))
        body_day = np.full(result.route.size, c.NO_DAY, np.int64)
        body_day[chosen > 0] = index.day[at[chosen > 0]]
        asked_on = np.where(chosen > 0, body_day, result.until)
        keys = np.zeros(result.route.size, np.int64)
        key_beginnings(kinds, index, asked_on, judged, _LONGEST, keys)
        self.asked_on = asked_on
        numbers["months"] = self.months.line_of(keys, judged, self._months)
        as_of = np.minimum(
            np.where(body_day == c.NO_DAY, FAR, body_day),
            np.where(picked.severity_day == c.NO_DAY, FAR, picked.severity_day),
        )
        as_of[as_of == FAR] = c.NO_DAY
        answers = np.zeros((result.route.size, len(self.shown)), np.uint8)
        for at, criteria in enumerate(self.shown):
            answers[:, at] = self._decided(criteria, numbers)
        for patient, record in result.records.items():
            if result.route[patient] == EMPTY:
                continue
            answers_of_record = diagnosis(record, Timeline(record), int(result.until[patient]), self.shown)
            answers[patient] = [_code(answers_of_record[name].scored) for name in self.names]
            days = [answer.as_of for answer in answers_of_record.values() if answer.as_of is not None]
            as_of[patient] = min(days, default=c.NO_DAY)
        return answers, as_of

    # --- facts, by key ---

    def _body_keys(self, picked: Picked) -> Longs:
        index = self.result.index
        have, total = picked.sites >= 0, picked.total >= 0
        which = np.append(index.which, NOTHING).astype(np.int64)
        days = np.append(index.day, 0).astype(np.int64)
        later = days[picked.sites] >= days[picked.total]
        keys = ((which[picked.sites] + 1) << 31 | (which[picked.total] + 1)) << 1 | later
        return np.where(have | total, np.where(have & total, keys, keys & ~1), 0)

    def _entry(self, number: int, place: int) -> AnyEntry:
        entry = self.result.interner.entries[int(self.result.index.which[number])].entry
        assert entry is not None
        return replace(entry, day=int(self.result.index.day[number]), minute=None, place=place)

    def _body(self, patient: int) -> tuple[Any, ...]:
        sites, total = int(self.picked.sites[patient]), int(self.picked.total[patient])
        numbers = sorted(number for number in (sites, total) if number >= 0)
        fact, day = body_of(*_measured([self._entry(number, at) for at, number in enumerate(numbers)]))
        if day is None:
            return fact, 0
        return fact, 2 if BODY_INDEX in fact else 1

    def _severity(self, patient: int) -> tuple[Any, ...]:
        day = int(self.picked.severity_day[patient])
        return (severity_of(*_measured(self._entries_of(patient, SEVERITY, day)))[0],)

    def _age(self, patient: int) -> tuple[Any, ...]:
        person = self.result.interner.entries[int(self.picked.age[patient])].person
        return (None if person is None else person.age,)

    def _months(self, patient: int) -> tuple[Any, ...]:
        day = int(self.asked_on[patient])
        return (months_of(Timeline.of(self._entries_of(patient, DURATION, None)), day),)

    def _entries_of(self, patient: int, kind: int, day: int | None) -> list[AnyEntry]:
        index = self.result.index
        numbers = range(int(index.start[patient]), int(index.start[patient + 1]))
        return [
            self._entry(number, at)
            for at, number in enumerate(numbers)
            if self.kinds[int(index.which[number])] & kind and (day is None or index.day[number] == day)
        ]

    # --- decisions ---

    def _decided(self, criteria: Criteria, numbers: Mapping[str, Any]) -> Bytes:
        """The answer of each patient to one set of criteria."""
        name = criteria.id
        sources = tuple(dict.fromkeys(_SOURCE[fact] for fact in criteria.from_record))
        key = np.zeros(self.result.route.size, np.int64)
        sizes: list[int] = []
        for source in sources:
            alike, classes, _ = self._alike(criteria, source)
            class_of_line = self._array(f"{name} {source}", alike, int)
            key = key * len(classes) + class_of_line[numbers[source]]
            sizes.append(len(classes))
        values, where = _unique(key, int(np.prod(sizes)))
        answers = np.empty(values.size, np.uint8)
        for at, value in enumerate(values.tolist()):
            which: list[int] = []
            for size in reversed(sizes):
                which.insert(0, value % size)
                value //= size
            about = tuple(which)
            if (name, about) not in self.decided:
                examples = {
                    source: self._alike(criteria, source)[2][example]
                    for source, example in zip(sources, about, strict=True)
                }
                self.decided[name, about] = self._decide(criteria, examples)
            answers[at] = self.decided[name, about]
        return answers[where]

    def _array(self, name: str, lines: Sequence[Any], number: Callable[[Any], int]) -> Longs:
        """The number of each line of a list that only grows: what was laid out for a chunk before is kept."""
        known = self.arrays.get(name, np.zeros(0, np.int64))
        if known.size < len(lines):
            more = [number(line) for line in lines[known.size :]]
            known = self.arrays[name] = np.concatenate([known, np.array(more, np.int64)])
        return known

    def _decide(self, criteria: Criteria, examples: Mapping[str, Any]) -> int:
        facts = facts_of(
            examples.get("body", {}),
            examples.get("severity", {}),
            examples.get("months", (None, None)),
            examples.get("age"),
        )
        return _code(decide(criteria, facts))

    def _alike(self, criteria: Criteria, source: str) -> tuple[list[int], dict[Hashable, int], list[Any]]:
        """For each line of a table of facts the number of its class in these criteria, and an example of each."""
        alike, classes, examples = self.alike.setdefault((criteria.id, source), ([], {}, []))
        lines = {"body": self.body, "severity": self.severity, "months": self.months, "age": self.age}[
            source
        ].lines
        for line in lines[len(alike) :]:
            seen = _class_of(criteria, source, line[0])
            if seen not in classes:
                classes[seen] = len(classes)
                examples.append(line[0])
            alike.append(classes[seen])
        return alike, classes, examples


def _unique(key: Longs, size: int) -> tuple[Longs, Longs]:
    """The distinct keys, and for each patient the place of its own; keys are below `size`."""
    if size > 1 << 22:
        values, where = np.unique(key, return_inverse=True)
        return values, where.reshape(-1)
    there = np.zeros(size, bool)
    there[key] = True
    values = np.flatnonzero(there)
    place = np.zeros(size, np.int64)
    place[values] = np.arange(values.size)
    return values, place[key]


def _class_of(criteria: Criteria, source: str, recorded: Any) -> Hashable:
    """What a set of criteria can tell apart of what was recorded: its class of every fact made of it."""
    facts = facts_of(
        recorded if source == "body" else {},
        recorded if source == "severity" else {},
        recorded if source == "months" else (None, None),
        recorded if source == "age" else None,
    )
    taken: list[RecordFact] = [fact for fact in criteria.from_record if _SOURCE[fact] == source]
    return tuple(class_of(criteria.id, fact, facts[fact]) for fact in taken)


def _code(scored: Scored) -> int:
    return c.UNKNOWN if scored.answer is None else _CODE[scored.answer]


def _measured(entries: Sequence[AnyEntry]) -> tuple[list[AnswersEntry], list[ScoreEntry]]:
    """The answers and the scores among some entries; no timeline, which would score every distinct set of answers."""
    answers = [entry for entry in entries if isinstance(entry, AnswersEntry)]
    return answers, [entry for entry in entries if isinstance(entry, ScoreEntry)]


def _kind(meaning: CompiledEntry) -> int:
    """Which facts an entry has a word on: asked of the functions that look for them."""
    entry, person = meaning.entry, meaning.person
    if person is not None:
        return AGE if person.age is not None else 0
    if entry is not None:
        answers, scores = _measured([entry])
        if body_of(answers, scores)[1] is not None:
            return TOTAL if scores else SITES
        if severity_of(answers, scores)[1] is not None:
            return SEVERITY
    known = entry.symptom if isinstance(entry, SymptomEntry) else None
    return DURATION if known is not None and known.id in _BEGINNINGS else 0
