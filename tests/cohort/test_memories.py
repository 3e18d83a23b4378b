"""Everything that is remembered is remembered under a key that says enough: equal key, equal answer.

A memory whose key is too coarse tells one patient what is true of another. So each is either asked again for every
patient who is answered out of it, random patients and their near relatives, or its key leaves nothing to chance.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec import Struct
from msgspec.structs import replace

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.cohort.criteria import CohortCriteria, _class_of
from assuage.cohort.scores import score_of
from assuage.engine.many.alerts.effects import DOSED, dose_bits
from assuage.engine.many.alerts.situations import Safety
from assuage.engine.many.blocks.prescan import FAST
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.entries.entry_table import FactKind
from assuage.engine.many.entries.naming import EntryNamer, row_order
from assuage.engine.many.entries.told_flags import FlagsAfter
from assuage.engine.many.hash_table import MemoTable
from assuage.engine.many.rows.row_texts import ANOTHER
from assuage.engine.many.rows.vocabulary import Vocabulary, rows_at, word_lists
from assuage.instruments.body import _fitting, _region_span, _states, _told_apart
from assuage.instruments.criteria.acr_1990 import _joint
from assuage.instruments.criteria.widespread import icd11_class
from assuage.pathways.registry import pathway
from assuage.record.entries import AnyEntry, Dose
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags, cleared_flags
from assuage.safety.amounts import _amounts
from assuage.safety.check import _words, check
from assuage.safety.situation import RegimenLine
from assuage.terms.sites import WPI_SITES
from tests.agree.test_safety import situations
from tests.cohort.people import (
    CHANGES,
    MOST,
    TOPICS,
    Change,
    Company,
    blank,
    companies,
    families,
    pieces_of,
    review_tables,
    rows_of,
)
from tests.docs.examples import ROOT

PACKAGE = ROOT / "src" / "assuage"
NECK_FIRST = pathway("neck-first")


# --- every patient is asked again -------------------------------------------------------------------------


class _Asked:
    """The memories of a cohort's run, asked again for each patient; `again` counts who was answered out of each."""

    def __init__(self) -> None:
        self.again: Counter[str] = Counter()

    def line_of(self, original: Any) -> Any:
        def line_of(table: MemoTable, keys: Any, judged: Any, ask: Any) -> Any:
            lines = original(table, keys, judged, ask)
            for patient in np.flatnonzero((judged != 0) & (keys != 0)).tolist():
                fresh, kept = ask(patient), table.lines[lines[patient]]
                self.again[ask.__name__] += 1
                assert _alike(ask, fresh, kept), (fresh, kept)
            return lines

        return line_of

    def of_doses(self, original: Any) -> Any:
        def of_doses(safety: Safety, many: Any) -> Any:
            places = original(safety, many)
            for patient in np.flatnonzero(many).tolist():
                doses = [
                    line
                    for number, lines in safety._lines(patient)
                    if any(line[DOSED] for line in safety.effects[number].lines)
                    for line in lines
                ]
                self.again["doses"] += 1
                assert np.array_equal(dose_bits(doses), safety.dose_bits[places[patient]])
            return places

        return of_doses

    def flags(self, original: Any) -> Any:
        def flags(engine: Engine, index: Any, prescan: Any) -> Any:
            shut, flags_of = original(engine, index, prescan)
            for patient in np.flatnonzero(prescan.route == FAST).tolist():
                places = range(int(index.start[patient]), int(index.start[patient + 1]))
                entries = [
                    _at(entry, int(index.day[place]), int(index.minute[place]), at)
                    for at, place in enumerate(places)
                    if (entry := engine.interner.entries[int(index.which[place])].entry) is not None
                ]
                timeline, on = Timeline.of(entries), int(prescan.until[patient])
                active = active_flags(timeline, on)
                self.again["flags"] += bool(active)
                after = flags_of.get(patient, FlagsAfter())
                assert after.active == tuple(each.flag.id for each in active)
                assert after.cleared == cleared_flags(timeline, on)
            return shut, flags_of

        return flags

    def named(self, original: Any) -> Any:
        def named(namer: EntryNamer, chunk: Any, vocabulary: Vocabulary) -> Any:
            entries = original(namer, chunk, vocabulary)
            rows, words = chunk.rows, word_lists(vocabulary)
            order = row_order(rows)
            probe = EntryInterner(namer.interner.lowered)
            # So that what is claimed, and the name of a drug, have the same numbers.
            probe.claims, probe.drug_names = namer.interner.claims, namer.interner.drug_names
            firsts = [*entries.entries.row.tolist(), rows.day.size]
            for place, number in enumerate(entries.entries.which.tolist()):
                at = np.arange(firsts[place], firsts[place + 1])
                self.again["compiled"] += 1
                read = rows_at(rows, words, order[at].astype(np.int64) if order.size else at)
                _assert_compiled(namer.interner, probe, number, read, vocabulary)
            return entries

        return named


def _at(entry: AnyEntry, day: int, minute: int, place: int) -> AnyEntry:
    """An entry on its day and at its minute (-1: none), by the clock unless its own words tell the time."""
    told = minute if minute >= 0 else None
    clock = None if told is None else f"{told // 60:02d}:{told % 60:02d}"
    in_words = entry.time is not None and not entry.time[0].isdigit()
    return replace(entry, day=day, minute=told, time=entry.time if in_words else clock, place=place)


def _assert_compiled(
    interner: EntryInterner, probe: EntryInterner, number: int, rows: Any, vocabulary: Vocabulary
) -> None:
    """What these rows mean is what is remembered under their number."""
    kept = interner.entries[number]
    if kept.fact is FactKind.GONE:
        return  # what does not stand is no entry: tests/agree/test_labels.py says which these are
    text = rows[0].text
    holds = set() if text is None else vocabulary.holds[vocabulary.plain(text)[0]]
    fresh = probe.entries[probe.add(rows, holds)]
    if kept.fallback or (fresh.fallback and kept.minute >= 0):
        return  # whoever goes to the reference engine is told nothing out of this memory
    if kept.folded and fresh.folded:
        assert score_of(kept.entry) == score_of(fresh.entry)
    else:
        assert _timeless(kept.entry) == _timeless(fresh.entry)
    # Which entry it is like is asked below: `test_an_entry_that_is_like_another_is_read_as_it_would_be_alone`.
    assert kept.but(entry=None, like=-1) == fresh.but(entry=None, like=-1)


def _timeless(entry: AnyEntry | None) -> AnyEntry | None:
    """An entry without the day, the clock and the place, which are no part of what it means."""
    if entry is None:
        return None
    clock = entry.time is not None and entry.time[0].isdigit()
    return replace(entry, day=0, minute=None, place=0, time=None if clock else entry.time)


def _alike(ask: Any, fresh: Any, kept: Any) -> bool:
    if not isinstance(getattr(ask, "__self__", None), CohortCriteria):
        return all(np.array_equal(new, old) for new, old in zip(fresh, kept, strict=True))
    source = ask.__name__.removeprefix("_")
    return fresh[1:] == kept[1:] and all(
        _class_of(criteria, source, fresh[0]) == _class_of(criteria, source, kept[0])
        for criteria in ask.__self__.shown
    )


def _ask_again(asked: _Asked, people: Company, changes: Sequence[Change], on: int | None) -> None:
    rows = [
        change(rows_of(record)).with_columns(patient=pl.lit(f"p{at}"))
        for at, (record, change) in enumerate(zip(people, changes, strict=False))
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        pieces_of(40),
        patch.object(MemoTable, "line_of", asked.line_of(MemoTable.line_of)),
        patch.object(Safety, "_of_doses", asked.of_doses(Safety._of_doses)),
        patch.object(Engine, "_flags", asked.flags(Engine._flags)),
        patch.object(EntryNamer, "named", asked.named(EntryNamer.named)),
    ):
        review_tables([("in", pl.concat(rows))], Path(folder), NECK_FIRST, on)


_CHANGES = some.lists(some.sampled_from(CHANGES), min_size=MOST, max_size=MOST)


@given(companies(), _CHANGES, some.sampled_from([None, 24, 30]))
def test_whoever_is_answered_out_of_a_memory_would_be_answered_the_same_without_it(people, changes, on):
    _ask_again(_Asked(), people, changes, on)


@pytest.mark.parametrize("topic", TOPICS)
def test_whoever_is_nearly_like_another_is_not_answered_as_the_other_is(topic):
    asked = _Asked()

    @settings(max_examples=40)
    @given(families(TOPICS[topic]), some.sampled_from([None, 30]))
    def every_patient_is_asked_again(people, on):
        _ask_again(asked, people, [blank] * MOST, on)

    every_patient_is_asked_again()
    assert asked.again["compiled"] > asked.again[topic] > 20


_LINES = some.lists(
    some.builds(
        RegimenLine,
        some.sampled_from(["ketoprofen", "amitriptyline", "lidocaine"]),
        some.just("as it was written"),
        some.lists(
            some.builds(Dose, some.sampled_from([20.0, 150.0]), some.sampled_from(["mg", "tablets"]))
        ).map(tuple),
    ),
    max_size=5,
)


@given(_LINES, some.data())
def test_doses_of_one_day_come_to_the_same_in_whatever_order_they_are_recorded(lines, data):
    assert np.array_equal(dose_bits(lines), dose_bits(data.draw(some.permutations(lines))))


@given(some.lists(situations(), min_size=2, max_size=4))
def test_an_alert_is_worded_as_it_would_be_if_no_other_had_been_worded_before(days):
    _words.cache_clear()
    worded = [repr(check(day)) for day in days]  # written out, 1 is not 1.0 and not True
    for day, words in zip(days, worded, strict=True):
        _words.cache_clear()
        assert repr(check(day)) == words


@given(
    some.sampled_from([1, 2, 150]),
    some.none() | some.sampled_from([0, 1]),
    some.sampled_from(["mg", "tablets"]),
)
def test_amounts_of_equal_doses_are_equal_whatever_their_numbers_are_written_as(amount, low, unit):
    whole, decimal = Dose(amount, unit, None, low), Dose(float(amount), unit, None, low and float(low))
    assert whole == decimal
    assert _amounts.__wrapped__(whole, Fraction(1), "mg", "tizanidine") == _amounts.__wrapped__(
        decimal, Fraction(1), "mg", "tizanidine"
    )


# --- keys of numbers and sets -----------------------------------------------------------------------------

_MARKS = some.sampled_from([0, 1, 2])
_END = some.sampled_from([0, 0.0, False, 1, 1.0, True, 2, 2.0, 5, 5.0])


@given(some.lists(some.tuples(_MARKS, _MARKS), min_size=7, max_size=7), some.none() | some.tuples(_END, _END))
def test_body_states_of_equal_keys_are_equal_whatever_the_numbers_are_written_as(marks, total):
    hurts, may = (tuple(column) for column in zip(*marks, strict=True))
    flags = tuple(bool(one) if one < 2 else one for one in hurts)  # True is 1 to a key
    states = _states(flags, may)
    assert states == _states(hurts, may) == _states.__wrapped__(hurts, may)
    for span in (total, None if total is None else tuple(map(float, total))):
        assert _fitting(states, span, None) == _fitting.__wrapped__(states, span, None)
        assert _fitting(states, None, span) == _fitting.__wrapped__(states, None, span)
    assert _region_span(states, 1) == _region_span.__wrapped__(_states(hurts, may), 1)
    assert _told_apart(states, icd11_class) == _told_apart.__wrapped__(_states(hurts, may), icd11_class)


@given(some.data())
def test_places_of_1990_are_reached_alike_in_whatever_order_sites_are_named(data):
    sites = data.draw(some.permutations(sorted(WPI_SITES)))
    cut = sorted(data.draw(some.tuples(some.integers(0, 19), some.integers(0, 19))))
    painful, unknown = sites[: cut[0]], sites[cut[0] : cut[1]][:8]
    key = frozenset(painful), frozenset(unknown)
    assert _joint(*key) == _joint.__wrapped__(frozenset(sorted(painful)), frozenset(reversed(unknown)))


_JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-2, 2) | some.floats(-2, 2) | some.text(max_size=3),
    lambda inner: some.lists(inner, max_size=2) | some.dictionaries(some.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
_FIELDS = some.sampled_from(["entry", "row", "by", "value", "is", "note", "id", "author", "replaces"])


@given(
    some.lists(
        some.dictionaries(_FIELDS, _JSON, max_size=4).map(json.dumps)
        | some.dictionaries(_FIELDS, some.integers(0, 3), max_size=4).map(
            lambda one: json.dumps(one, indent=1)
        )
        | some.sampled_from(["{", "[]", "1", "slept badly", '{"by":"patient"}', '{ "by": "patient" }']),
        max_size=20,
    )
)
def test_texts_that_are_taken_for_one_another_hold_the_same_but_for_their_numbers(written):
    vocabulary, held = Vocabulary(), {}
    for text in written:
        at, _ = vocabulary.plain(text)
        try:
            found = json.loads(text)
        except ValueError:
            found = text
        if isinstance(found, dict):
            numbers = {name for name in ("entry", "row") if type(found.get(name)) is int}
            names = {
                name for name in ("id", "author") if isinstance(one := found.get(name), str) and one.strip()
            }
            found = {name: one for name, one in found.items() if name not in numbers | names}
            found |= {"replaces": ANOTHER} if isinstance(found.get("replaces"), str) else {}
            assert vocabulary.holds[at] == set(found)
        # As text, so that 1, 1.0 and true are told apart.
        assert held.setdefault(at, json.dumps(found, sort_keys=True)) == json.dumps(found, sort_keys=True)


# --- nothing else is remembered ---------------------------------------------------------------------------

ASKED_AGAIN = "test_whoever_is_answered_out_of_a_memory_would_be_answered_the_same_without_it"
CLASSES = "test_facts_of_one_class_are_decided_alike"
PASSES = "test_rows_are_told_apart_in_one_pass_as_they_are_by_grouping"
TEXTS = "test_texts_that_are_taken_for_one_another_hold_the_same_but_for_their_numbers"
WORDS = "test_the_layout_of_a_file_makes_no_difference"
# What is kept there is of one patient, one chunk, one document or one pathway, and goes with it.
ONE = "goes with the one patient, chunk, document or pathway it is of"
FACTS, ALERTS, ENTRIES = (
    "cohort.criteria:CohortCriteria",
    "engine.many.alerts.situations:Safety",
    "engine.many.entries",
)

LIKE_ANOTHER = "test_an_entry_that_is_like_another_is_read_as_it_would_be_alone"

# Everything that is kept by a key and outlives a call, and the test that holds its key to account. What a decorator
# keeps is looked at below: it needs no line here as long as its key can be told apart from every other.
MEMORIES: dict[str, str] = {
    "clinic.store.outside:Workshop._asked": "test_who_waits_goes_before_who_does_not_and_nothing_is_done_twice",
    "clinic.store.outside:MadeOutside._faults": "test_a_fault_is_raised_for_who_asked_and_the_thread_goes_on",
    "fhir.smart.app:SmartApp._held": "test_another_browser_sees_nothing",
    "fhir.smart.launch:Launches._waiting": "test_a_launch_that_another_browser_began_ends_here",
    "fhir.hooks.charts:Chart.standings": "test_a_chart_is_judged_by_the_day_of_each_call",
    "fhir.hooks.charts:Chart.views": "test_a_chart_that_is_sent_again_is_said_in_the_language_of_each_call",
    **dict.fromkeys((f"{FACTS}.{name}" for name in ("body", "severity", "months", "age")), ASKED_AGAIN),
    **dict.fromkeys((f"{FACTS}.{name}" for name in ("decided", "arrays", "alike")), CLASSES),
    **dict.fromkeys(
        (f"{ALERTS}.{name}" for name in ("body", "asked", "consent", "skin", "person")),
        ASKED_AGAIN,
    ),
    f"{ALERTS}.doses": "test_doses_of_one_day_come_to_the_same_in_whatever_order_they_are_recorded",
    f"{ENTRIES}.naming:EntryNamer.known": ASKED_AGAIN,
    f"{ENTRIES}.naming:EntryNamer.recent": PASSES,
    **dict.fromkeys(
        (
            f"{ENTRIES}.compiled:EntryInterner.{name}"
            for name in ("drug_names", "claims", "_gone", "_of_person")
        ),
        ASKED_AGAIN,
    ),
    **dict.fromkeys(
        (f"{ENTRIES}.compiled:EntryInterner.{name}" for name in ("_dosed", "_felt", "_answered")),
        LIKE_ANOTHER,
    ),
    **dict.fromkeys(
        (f"{ENTRIES}.told_flags:ToldFlags.{name}" for name in ("entries", "_after")), ASKED_AGAIN
    ),
    f"{ENTRIES}.compiled:EntryInterner._decided": "test_a_number_is_read_for_a_person_as_if_nobody_else_had_one",
    "engine.many.hash_table:MemoTable.known": "test_a_table_asks_once_for_each_key_and_never_for_who_is_not_judged",
    "engine.many.rows.parquet:PatientCutter.called": WORDS,
    **dict.fromkeys(
        (f"engine.many.rows.vocabulary:Vocabulary.{name}" for name in ("kinds", "codes", "sites")), WORDS
    ),
    **dict.fromkeys((f"engine.many.rows.vocabulary:Vocabulary.{name}" for name in ("plains", "keys")), TEXTS),
    "safety.amounts:_amounts": "test_amounts_of_equal_doses_are_equal_whatever_their_numbers_are_written_as",
    "safety.check:_words": "test_an_alert_is_worded_as_it_would_be_if_no_other_had_been_worded_before",
    "instruments.body:_states": "test_body_states_of_equal_keys_are_equal_whatever_the_numbers_are_written_as",
    **dict.fromkeys(
        ("instruments.body:_region_span", "instruments.body:_told_apart"),
        "test_body_states_of_equal_keys_are_equal_whatever_the_numbers_are_written_as",
    ),
    "instruments.body:_fitting": "test_body_states_of_equal_keys_are_equal_whatever_the_numbers_are_written_as",
    **dict.fromkeys(
        (
            *(
                f"engine.many.program.lower_questions:Questions.{name}"
                for name in ("sources", "streams", "queries", "places")
            ),
            *(
                f"engine.many.program.lower_questions:Questions.{name}"
                for name in ("onsets", "measures", "leaves")
            ),
            *(f"engine.many.engine:_Fallback.{name}" for name in ("judged", "records")),
            *(f"engine.many.walk.fallback:JudgedPatient.{name}" for name in ("gates", "answers")),
            *(f"engine.reference:View.{name}" for name in ("_values", "_truths")),
            "engine.shut_days:ShutDays._from",
            *(f"record.timeline:Timeline.{name}" for name in ("_of_kind", "_observations", "_sessions_of")),
            *(f"record.timeline:Timeline.{name}" for name in ("_statements", "_findings", "_medication")),
            *(f"record.timeline:Timeline.{name}" for name in ("_day_values", "_worked_out")),
            *(f"record.timeline:Timeline.{name}" for name in ("_intakes", "_adherence")),
            *(
                "record.read:_RecordReader.ids",
                "record.read:_RecordReader.replaces",
                "record.read:_RecordReader.id_of",
                "record.read:_RecordReader.disputed",
                "imports.cells:CellEntry.cells",
                "imports.shapes.draft:Draft.columns",
                "imports.shapes.draft:Draft.fields",
                "imports.shapes.draft:Draft.names",
                "imports.shapes.draft:Draft.row",
                "report.cohort:CohortWords._in_english",
                "report.cohort:CohortWords._said",
                "deidentify.record:_ForeignNames.named",
            ),
            *(
                "imports.entries:_Import.titles",
                "imports.entries:_Import.graded",
                "imports.accounts:Accounts.left",
                "imports.patients:PatientEntries.asked",
                "imports.patients:PatientEntries._standing",
                "imports.patients:PatientEntries._done",
                "imports.patients:PatientEntries._denied",
                "imports.tables.apple_health:_Health.sums",
                "imports.tables.apple_health:_Health.sleep",
                "record.yaml_text:_Open.lines",
                "record.yaml_text:_Open.joined",
            ),
            *("record.yaml_text:_Composer.anchors", "record.yaml_text:_Composer.lines"),
            *(
                "safety.active_flags:_Flags.told",
                "safety.active_flags:_Flags.signs",
                "safety.active_flags:_Flags.beside",
            ),
            *(
                "safety.active_flags:_Told.ways",
                "safety.active_flags:_Told.checked",
                "safety.active_flags:_Told.latest",
            ),
            "safety.questions:_Topic.rules",
            *(f"report.atlas.visits:_Day.{name}" for name in ("hurts", "called", "pain")),
            *(f"report.atlas.visits:_Known.{name}" for name in ("hurt", "pain")),
            "cohort.pieces:RunCounts.reasons",
            *(
                f"fhir.definitions.generate:CorePackage.{name}"
                for name in ("about", "code_systems", "structures", "value_sets")
            ),
            *(f"fhir.rules:{name}" for name in ("Rules._of", "TypeRules.elements", "TypeRules.plain")),
            *(f"fhir.shapes:Shapes.{name}" for name in ("_of", "_plans", "_references", "_extensions_of")),
            "fhir.validate:ResourceWalk.contained",
            *(f"fhir.read.gather:Gathering.{name}" for name in ("called", "kinds")),
            *(f"fhir.read.reading:FhirReading.{name}" for name in ("called", "kinds")),
            *(
                "fhir.read.resources:_OnePatient.top",
                "fhir.read.element:_Read.elements",
                "fhir.join:_Joining.stands",
                "fhir.join:_Joining.parts",
            ),
            *("fhir.omop.rows:_Person.running", "fhir.omop.rows:OmopRows.meanings"),
        ),
        ONE,
    ),
}
LIBRARIES = {
    *("record.arrow:arrow", "safety.amounts:_registry", "report.care.files:_templates"),
    "report.page.pages:environment",
}


class _Memories(ast.NodeVisitor):
    """The memories of a module by name: what a decorator keeps, and what an object keeps by key."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.inside: list[ast.ClassDef] = []
        self.decorated: set[str] = set()
        self.kept: set[str] = set()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.inside.append(node)
        self.generic_visit(node)
        self.inside.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for one in map(ast.unparse, node.decorator_list):
            if re.match(r"(functools\.)?(cache|lru_cache|cached_property)\b", one):
                self.decorated.add(self._named(node.name))
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._assigned(ast.unparse(node.target), node.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._assigned(ast.unparse(node.targets[0]), node.value)
        self.generic_visit(node)

    def _assigned(self, name: str, value: ast.expr | None) -> None:
        written = "" if value is None else ast.unparse(value)
        new = r"\{\}|dict\(\)|dict\[.*\]\(\)|(defaultdict|MemoTable)\(.*\)|HashTable\(\)|nothing_recent\(\)"
        if re.match(r"(functools\.)?(cache|lru_cache)\(", written):
            self.decorated.add(self._named(name))
        elif name.startswith("self.") and re.fullmatch(new, written):
            self.kept.add(self._named(name.removeprefix("self.")))
        elif (
            re.search("default_factory=(dict|HashTable)", written)
            and "frozen=True" not in ast.unparse(self.inside[-1]).partition(":\n")[0]
        ):
            self.kept.add(self._named(name))

    def _named(self, name: str) -> str:
        return f"{self.module}:{'.'.join([*(one.name for one in self.inside), name])}"


def _memories(which: str) -> set[str]:
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        looked = _Memories(
            ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        )
        looked.visit(ast.parse(file.read_text(encoding="utf-8")))
        found |= getattr(looked, which)
    return found


def test_every_memory_has_a_test_of_its_key():
    plain = {name for name in _memories("decorated") if _has_plain_key(name)}
    assert _memories("kept") | _memories("decorated") == set(MEMORIES) | plain
    tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    missing = {test for test in MEMORIES.values() if test != ONE and f"def {test}(" not in tests}
    assert missing == set()


def _object(name: str) -> Any:
    module, _, path = name.partition(":")
    found: Any = import_module(f"assuage.{module}")
    for part in path.split("."):
        found = inspect.getattr_static(found, part)
    return found


def _has_plain_key(name: str) -> bool:
    """Whether a decorated function's key is its own frozen value, or nothing but text, classes and the like."""
    module, _, path = name.partition(":")
    if isinstance(_object(name), cached_property):
        owner: Any = _object(f"{module}:{path.rpartition('.')[0]}")
        return _is_frozen(owner)
    function = inspect.unwrap(_object(name))
    if not inspect.signature(function).parameters:
        return True
    return all(_is_plain(kind) for key, kind in get_type_hints(function).items() if key != "return")


def _is_frozen(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind.__struct_config__.frozen
    return is_dataclass(kind) and kind.__dataclass_params__.frozen  # pyright: ignore[reportAttributeAccessIssue]


def _is_plain(kind: Any) -> bool:
    """Whether values of a type are equal only to themselves: text is, and frozen values; 1 is equal to 1.0 and True."""
    if get_origin(kind) is type:
        return True
    if isinstance(kind, UnionType) or get_origin(kind) in (Union, tuple, frozenset, Iterable):
        return all(_is_plain(inner) for inner in get_args(kind) if inner is not Ellipsis)
    if Enum in getattr(kind, "__mro__", ()):
        return True
    return kind in (str, type, Path, type(None)) or _is_frozen(kind)


@pytest.mark.parametrize("name", sorted(_memories("decorated") - LIBRARIES))
def test_what_is_kept_for_everybody_cannot_be_changed_by_one(name):
    if isinstance(_object(name), cached_property) or inspect.signature(_object(name)).parameters:
        return
    assert not isinstance(_object(name)(), dict | list | set), name
