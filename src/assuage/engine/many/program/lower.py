"""A pathway becomes a program: its questions, gates and phases in tables of numbers that the kernels run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from assuage.engine.many.arrays import firsts_of
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import MeasureKind, Operation
from assuage.engine.many.program.layout import MeasureField, ProgramTable, Size, pack
from assuage.engine.many.program.lower_questions import Questions, daily_rule_of
from assuage.engine.many.program.lowered import Lowered, Special
from assuage.engine.many.program.waits import waits
from assuage.engine.reference import DECIMALS
from assuage.measures.criteria import Criterion
from assuage.pathways.model import Gate, Pathway
from assuage.terms.sites import SITES, WIDESPREAD, Site, lies_within
from assuage.terms.times import TimeOfDay

TIMES = tuple(TimeOfDay)


def lower(pathway: Pathway, extra: Iterable[Criterion] = ()) -> Lowered:
    """The program of a pathway. `extra` criteria are answered too, beside the pathway's own."""
    questions = Questions()
    criteria = tuple(dict.fromkeys([*pathway.criteria(), *extra]))
    gates = tuple(dict.fromkeys(pathway.gates()))
    decisions, flagging = questions.stream(Special.DECISIONS), questions.stream(Special.FLAGGING)
    depends: list[bool] = []
    test_first = [0]
    for criterion in criteria:
        depends.append(questions.criterion(criterion.test))
        test_first.append(len(questions.code))
    tables = {
        ProgramTable.TEST_FIRST: test_first,
        ProgramTable.DEPENDS: depends,
        **_of_pathway(pathway, questions, criteria, gates),
        **_of_questions(questions),
    }
    sizes = {
        Size.SITES: len(SITES),
        Size.PHASES: len(pathway.phases),
        Size.CRITERIA: len(criteria),
        Size.LEAVES: len(questions.leaf_rows),
        Size.SOURCES: len(questions.sources),
        Size.STREAMS: len(questions.streams),
        Size.RESTRICTIONS: len(pathway.restrictions),
        Size.GATES: len(gates),
        Size.DAYS_BACK: -1 if questions.unbounded else questions.back,
        Size.DECISIONS: decisions,
        Size.FLAGGING: flagging,
        Size.STACK: stack_depth(questions.code),
    }
    rises = (row for row in questions.measure_rows if row[MeasureField.KIND] == MeasureKind.RISE)
    return Lowered(
        pathway=pathway,
        program=pack(tables, sizes),
        sources=tuple(questions.sources),
        streams=tuple(questions.streams),
        queries=tuple(questions.queries),
        criteria=criteria,
        gates=gates,
        leaves=tuple(questions.leaves),
        rises=frozenset(row[MeasureField.STREAM] for row in rises),
    )


def _of_pathway(
    pathway: Pathway, questions: Questions, criteria: tuple[Criterion, ...], gates: tuple[Gate, ...]
) -> dict[ProgramTable, list[object]]:
    """The tables of phases, gates and restrictions."""
    criterion_number = {criterion: at for at, criterion in enumerate(criteria)}
    gate_number = {gate: at for at, gate in enumerate(gates)}
    phase_number = {phase.id: at for at, phase in enumerate(pathway.phases)}

    def numbered(gate: Gate | None) -> int:
        return c.NO_GATE if gate is None else gate_number[gate]

    backs = [
        [(phase_number[back.to.id], gate_number[back.gate]) for back in phase.fall_back]
        for phase in pathway.phases
    ]
    gate_tests = [[criterion_number[criterion] for criterion in gate.criteria] for gate in gates]
    return {
        ProgramTable.GATE_FIRST: [*firsts_of(gate_tests)],
        ProgramTable.GATE_TESTS: [number for numbers in gate_tests for number in numbers],
        ProgramTable.PHASE_ENTER: [numbered(phase.enter) for phase in pathway.phases],
        ProgramTable.PHASE_LEAVE: [numbered(phase.leave) for phase in pathway.phases],
        ProgramTable.BACK_FIRST: [*firsts_of(backs)],
        ProgramTable.BACK_TO: [to for ways in backs for to, _ in ways],
        ProgramTable.BACK_GATE: [gate for ways in backs for _, gate in ways],
        ProgramTable.RESTRICTIONS: [
            (
                questions.stream(restriction.therapy),
                c.NO_CRITERION if restriction.until is None else criterion_number[restriction.until],
            )
            for restriction in pathway.restrictions
        ],
        ProgramTable.WAITS: [*waits(pathway)],
    }


def _of_questions(questions: Questions) -> dict[ProgramTable, list[object]]:
    """The tables of criteria and of what they ask a record for. Asked last: nothing new may come afterwards."""
    onset_places = [
        questions.place(() if WIDESPREAD in onset.sites else onset.sites) for onset in questions.onsets
    ]
    onset_base = len(questions.items)
    return {
        ProgramTable.MEASURES: [*questions.measure_rows],
        ProgramTable.LEAVES: [*questions.leaf_rows],
        ProgramTable.BOUNDS: [round(round(bound, DECIMALS) * 10**DECIMALS) for bound in questions.bounds],
        ProgramTable.ITEMS: [*questions.items, *questions.onset_items],
        ProgramTable.CODE: [*questions.code],
        ProgramTable.ONSET_FIRST: [onset_base + at for at in questions.onset_first],
        ProgramTable.ONSET_PLACE: [*onset_places],
        ProgramTable.PLACES: [[_in_any(name, sites) for name in SITES] for sites in questions.places],
        ProgramTable.WITHIN: [[lies_within(inner, outer) for outer in SITES] for inner in SITES],
        ProgramTable.DAILY_RULE: [daily_rule_of(scores.scale) for scores in questions.sources],
        ProgramTable.ASKED_TIME: [
            -1 if scores.time is None else TIMES.index(scores.time) for scores in questions.sources
        ],
    }


def stack_depth(code: Iterable[tuple[Operation, int]]) -> int:
    """How many answers lie on the stack at most while tests are worked out, one after the other."""
    most = held = 0
    for operation, operand in code:
        match operation:
            case Operation.PUSH:
                held += 1
            case Operation.AND | Operation.OR:
                held -= operand - 1
            case Operation.NOT | Operation.ASSUME | Operation.CUT:
                pass
            case _:
                assert_never(operation)
        most = max(most, held)
    return most


def _in_any(site: str, sites: tuple[Site, ...]) -> bool:
    return any(lies_within(site, other.id) for other in sites)
