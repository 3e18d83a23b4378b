"""Every node has a page, a random strategy, a specification and a kernel case; what is missing is named.

So does whatever else gives a question its meaning: the ways to summarise, anchors, comparisons, and decisions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from enum import Enum, IntEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import Struct

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.engine.many.program import codes as c
from assuage.engine.many.program.layout import LeafField, MeasureField, ProgramTable
from assuage.engine.many.program.lower_questions import Questions
from assuage.engine.many.program.lowered import Lowered
from assuage.measures import nodes
from assuage.measures.notation import score, symptom
from assuage.pathways.model import Pathway
from assuage.record.decided_entries import DecisionAct
from assuage.record.entries import Record
from assuage.terms.scales import PAIN
from assuage.terms.symptoms import NUMBNESS_FELT
from assuage.terms.times import days
from docs.build.nodes import examples, page
from tests.agree.strategies import DECISIONS, pathways
from tests.spec import many_patients
from tests.spec.conftest import course_of, record, spec_of
from tests.spec.engines import OnePatient
from tests.spec.many_patients import ManyPatients

SPEC = Path(__file__).resolve().parents[1] / "spec"

# By name: the classes, and what else may be written in their fields.
NODES = (
    *(kind.__name__ for union in (nodes.AnyMeasure, nodes.AnyTest, nodes.Window) for kind in get_args(union)),
    *("Scores", "Records", "Onset", "Percent"),
)
WORDS = (
    *(f"how {how}" for how in get_args(nodes.Summarise)),
    *(f"op {op}" for op in get_args(nodes.Op)),
    *(f"how {how}" for how in ("present", "appeared")),
    *(f"anchor {anchor.name}" for anchor in nodes.Anchor),
)


def named_in(value: object) -> Iterator[str]:
    """The names of the nodes in a value, and of the words in their fields."""
    if isinstance(value, Struct):
        yield type(value).__name__
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if isinstance(part, Enum):
                yield f"{name} {part.name}"
            elif isinstance(part, str):
                yield f"{name} {part}"
            yield from named_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from named_in(part)


@cache
def with_a_page() -> frozenset[str]:
    """What the page of nodes has an example of."""
    shown = page()
    return frozenset(name for name in examples() if f"\n## {name}\n" in shown)


@cache
def drawn() -> tuple[Pathway, ...]:
    """Random pathways, as the agreement of both engines draws them."""
    kept: list[Pathway] = []

    @settings(
        max_examples=300,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(pathways())
    def draw(pathway: Pathway) -> None:
        kept.append(pathway)

    draw()
    return tuple(kept)


def asked_by(pathway: Pathway) -> Iterator[str]:
    """The names of the nodes that the criteria of a pathway ask."""
    for criterion in pathway.criteria():
        yield from named_in(criterion.test)


@cache
def with_a_strategy() -> frozenset[str]:
    """What the random pathways ask."""
    return frozenset(name for pathway in drawn() for name in asked_by(pathway))


class _Recorded(OnePatient):
    """The reference engine, which remembers what the specifications ask it."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def says(self, record: Record, asked: Any, on_day: int, **moment: Any) -> object:
        self.names.update(named_in(asked))
        return super().says(record, asked, on_day, **moment)

    def _asks(self, pathway: Pathway, record: Record) -> None:
        self.names.update(asked_by(pathway))
        self.names.update(name for entry in record.entries for name in named_in(entry))

    def stays(self, pathway: Pathway, record: Record, until: int) -> Any:
        self._asks(pathway, record)
        return super().stays(pathway, record, until)

    def restriction(self, pathway: Pathway, record: Record, on: int) -> Any:
        self._asks(pathway, record)
        return super().restriction(pathway, record, on)


@cache
def with_a_specification() -> frozenset[str]:
    """What the specifications ask, each of which is a heading of the manual."""
    engine = _Recorded()
    fixtures = {"engine": engine, "spec": spec_of(engine), "course": course_of(engine)}
    for file in sorted(SPEC.glob("test_*.py")):
        module = import_module(f"tests.spec.{file.stem}")
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                test = getattr(module, node.name)
                given_to = {each.arg: fixtures[each.arg] for each in node.args.args if each.arg in fixtures}
                for case in _cases(test):
                    test(**given_to, **case)
    return frozenset(engine.names)


def _cases(test: Callable[..., None]) -> list[dict[str, object]]:
    """The arguments of each case of a test."""
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            names, rows = mark.args
            names = [names] if isinstance(names, str) else names
            return [dict(zip(names, row if len(names) > 1 else [row], strict=True)) for row in rows]
    return [{}]


def missing(name: str) -> list[str]:
    """What a node has not: its page, its strategy, its specification."""
    places = {
        "a page (an example in docs/build/nodes.py)": with_a_page(),
        "a random strategy (tests/agree/strategies.py)": with_a_strategy(),
        "a specification (tests/spec)": with_a_specification(),
    }
    return [f"{name} has not {place}" for place, known in places.items() if name not in known]


@pytest.mark.parametrize("name", NODES)
def test_every_node_has_a_page_a_random_strategy_and_a_specification(name: str):
    assert missing(name) == []


@pytest.mark.parametrize("word", dict.fromkeys(WORDS))
def test_every_word_in_a_node_has_a_random_strategy_and_a_specification(word: str):
    assert [each for each in missing(word) if "a page" not in each] == []


@pytest.mark.parametrize("do", get_args(DecisionAct))
def test_every_decision_is_drawn_and_has_a_specification(do: str):
    assert do in DECISIONS
    assert f"do {do}" in with_a_specification()
    assert do.upper() in c.DecisionKind.__members__


def test_a_node_without_any_of_them_is_named_with_what_it_lacks():
    assert [each.partition(" (")[0] for each in missing("Untaken")] == [
        "Untaken has not a page",
        "Untaken has not a random strategy",
        "Untaken has not a specification",
    ]


# --- kernels ------------------------------------------------------------------------------------------


def test_every_code_of_a_program_stands_for_something_that_can_be_asked():
    questions = Questions()
    for pathway in drawn():
        for criterion in pathway.criteria():
            questions.criterion(criterion.test)
    measures, leaves = questions.measure_rows, questions.leaf_rows
    compared = [row for row in leaves if row[LeafField.KIND] == c.LeafKind.COMPARE]
    asked = [row for row in leaves if row[LeafField.KIND] == c.LeafKind.SYMPTOM]
    summaries = [row for row in measures if row[MeasureField.KIND] == c.MeasureKind.SUMMARY]
    reached: dict[type[IntEnum], set[int]] = {
        c.MeasureKind: {row[MeasureField.KIND] for row in measures},
        c.LeafKind: {row[LeafField.KIND] for row in leaves},
        c.Operation: {operation for operation, _ in questions.code},
        c.WindowKind: {row[MeasureField.WINDOW] for row in measures},
        c.SummaryKind: {row[MeasureField.HOW] for row in summaries},
        c.Comparison: {row[LeafField.SIGN] for row in compared},
        c.SymptomQuestion: {row[LeafField.HOW] for row in asked},
    }
    lacking = {kind.__name__: set(kind) - got for kind, got in reached.items() if set(kind) - got}
    assert lacking == {}


PAIN_TODAY = score(PAIN).past(days(1)).worst
UNHANDLED: dict[str, tuple[nodes.AnyTest, ProgramTable, int]] = {
    "a measure": (PAIN_TODAY <= 3, ProgramTable.MEASURES, MeasureField.KIND),
    "a way to summarise": (PAIN_TODAY <= 3, ProgramTable.MEASURES, MeasureField.HOW),
    "a window": (PAIN_TODAY <= 3, ProgramTable.MEASURES, MeasureField.WINDOW),
    "a question": (PAIN_TODAY <= 3, ProgramTable.LEAVES, LeafField.KIND),
    "a comparison": (PAIN_TODAY <= 3, ProgramTable.LEAVES, LeafField.SIGN),
    "what is asked of a symptom": (symptom(NUMBNESS_FELT).present, ProgramTable.LEAVES, LeafField.HOW),
    "a step": (PAIN_TODAY <= 3, ProgramTable.CODE, 0),
    "a rule for the value of a day": (PAIN_TODAY <= 3, ProgramTable.DAILY_RULE, 0),
}


@pytest.mark.parametrize("what", UNHANDLED)
def test_a_number_that_no_kernel_knows_is_an_error_and_never_another_meaning(what: str):
    test, table, field = UNHANDLED[what]
    told = [
        {"day": 0, "time": f"{hour:02}:00", "kind": "score", "scale": "pain", "low": 1, "high": 2}
        for hour in (8, 9)
    ]
    told.append({"day": 0, "kind": "symptom", "what": "numbness", "state": "new"})
    many = ManyPatients()
    assert many.says(record(told), test, 0) == "yes"
    lower_as_ever = many_patients.lower

    def with_an_unknown_number(pathway: Pathway) -> Lowered:
        lowered = lower_as_ever(pathway)
        lowered.program.numbers[int(lowered.program.numbers[table]) + field] = 99
        return lowered

    with (
        patch.object(many_patients, "lower", with_an_unknown_number),
        pytest.raises(ValueError, match="a number that no kernel knows"),
    ):
        many.says(record(told), test, 0)
