"""A pathway becomes a program: each node once, in tables of numbers that the kernels run.

`match` with `assert_never` walks the notation, so a node this engine has not learned fails the type check.
Nothing here says what a node means for a patient: it only writes down which question is asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import assert_never

from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered, firsts, pack
from assuage.engine.reference import DECIMALS
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import (
    AllOf,
    Anchor,
    AnyMeasure,
    AnyOf,
    AnyTest,
    Assumed,
    Compare,
    Count,
    FallFrom,
    FindingIs,
    FlagsClear,
    Known,
    NoneOf,
    Onset,
    Op,
    Past,
    RiseAfter,
    Scores,
    Since,
    Summarise,
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
    plain_number,
)
from assuage.pathways.model import Gate, Pathway
from assuage.terms.scales import Scale
from assuage.terms.sites import SITES, WIDESPREAD, Site, lies_within
from assuage.terms.times import TimeOfDay

SITE_NUMBERS = {name: at for at, name in enumerate(SITES)}
TIMES = tuple(TimeOfDay)
_OPS: dict[Op, int] = {"<=": c.AT_MOST, "<": c.BELOW, ">=": c.AT_LEAST, ">": c.ABOVE, "=": c.EQUAL}


def lower(pathway: Pathway, extra: Iterable[Criterion] = ()) -> Lowered:
    """The program of a pathway. `extra` criteria are answered too, beside the pathway's own."""
    return _Lowering(pathway, tuple(extra)).lowered()


class _Lowering:
    def __init__(self, pathway: Pathway, extra: tuple[Criterion, ...]) -> None:
        self.pathway = pathway
        self.criteria = tuple(dict.fromkeys([*pathway.criteria(), *extra]))
        self.gates = tuple(dict.fromkeys(pathway.gates()))
        self.sources: dict[Scores, int] = {}
        self.streams: dict[tuple[str, object], int] = {}
        self.queries: dict[tuple[Site, ...], int] = {}
        self.places: dict[tuple[Site, ...], int] = {}
        self.onsets: dict[Onset, int] = {}
        self.onset_first = [0]
        self.onset_items: list[int] = []
        self.measures: dict[AnyMeasure, int] = {}
        self.measure_rows: list[list[int]] = []
        self.measure_depends: list[bool] = []
        self.leaves: dict[AnyTest, int] = {}
        self.leaf_rows: list[list[int]] = []
        self.leaf_depends: list[bool] = []
        self.bounds: list[float] = []
        self.items: list[int] = []
        self.code: list[tuple[int, int]] = []
        self.back = 0
        self.unbounded = False

    # --- what a record is asked for ---

    def source(self, scores: Scores) -> int:
        return self.sources.setdefault(scores, len(self.sources))

    def stream(self, kind: str, about: object) -> int:
        return self.streams.setdefault((kind, about), len(self.streams))

    def place(self, sites: tuple[Site, ...]) -> int:
        return self.places.setdefault(sites, len(self.places)) if sites else c.ANYWHERE

    def query(self, sites: tuple[Site, ...]) -> int:
        return self.queries.setdefault(sites, len(self.queries)) if sites else c.ANYWHERE

    def onset(self, onset: Onset) -> int:
        if onset not in self.onsets:
            self.onsets[onset] = len(self.onsets)
            self.onset_items += [self.stream("symptom", symptom) for symptom in onset.symptoms]
            self.onset_first.append(len(self.onset_items))
        return self.onsets[onset]

    def window(self, window: Window) -> tuple[int, int, int, bool]:
        """The window's code, its span in days, its onset, and whether it hangs on the entry to the phase."""
        match window:
            case Past(span, _):
                self.back = max(self.back, span.days - 1)
                return c.PAST, span.days, -1, False
            case Since(anchor, _):
                match anchor:
                    case Anchor.PATHWAY_START:
                        return c.SINCE_START, 0, -1, False
                    case Anchor.PHASE_ENTRY:
                        return c.SINCE_ENTRY, 0, -1, True
                    case Onset():
                        self.unbounded = True
                        return c.SINCE_ONSET, 0, self.onset(anchor), False
                    case _:
                        assert_never(anchor)
            case _:
                assert_never(window)

    # --- measures ---

    def measure(self, measure: AnyMeasure) -> int:
        if measure not in self.measures:
            row = [0] * c.M_WIDTH
            row[c.M_ONSET] = row[c.M_PLACE] = -1
            depends = self._measure(measure, row)
            self.measures[measure] = len(self.measure_rows)
            self.measure_rows.append(row)
            self.measure_depends.append(depends)
        return self.measures[measure]

    def _measure(self, measure: AnyMeasure, row: list[int]) -> bool:
        """Fill in the row; whether the measure hangs on the entry to the phase."""
        match measure:
            case Summary(scores, window, how):
                row[c.M_KIND], row[c.M_SOURCE] = c.SUMMARY, self.source(scores)
                row[c.M_HOW] = _how(scores.scale, how)
                return self._window(row, window)
            case FallFrom(now, anchor):
                depends = self._measure(now, row)
                row[c.M_KIND] = c.FALL
                row[c.M_ANCHOR] = c.SINCE_START if anchor is Anchor.PATHWAY_START else c.SINCE_ENTRY
                return depends or anchor is Anchor.PHASE_ENTRY
            case RiseAfter(scores, exposure, within):
                row[c.M_KIND], row[c.M_SOURCE] = c.RISE, self.source(scores)
                row[c.M_STREAM], row[c.M_SPAN] = self.stream("therapy", exposure), within.days
                row[c.M_HOW] = _how(scores.scale, "worst")
                self.unbounded = True
                return False
            case Count(records, window):
                row[c.M_KIND], row[c.M_STREAM] = c.COUNT, self.stream("therapy", records.therapy)
                row[c.M_PLACE] = self.query(records.sites)
                row[c.M_TOLD] = int(records.therapy.recorded_by == "patient")
                return self._window(row, window)
            case TimeOn(drug):
                row[c.M_KIND], row[c.M_STREAM] = c.TIME_ON, self.stream("drug", drug)
                return False
            case TimeInPhase():
                row[c.M_KIND] = c.TIME_IN_PHASE
                return True
            case _:
                assert_never(measure)

    def _window(self, row: list[int], window: Window) -> bool:
        row[c.M_WINDOW], row[c.M_SPAN], row[c.M_ONSET], depends = self.window(window)
        row[c.M_NEED] = window.needing
        return depends

    # --- tests ---

    def whole(self, test: AnyTest) -> bool:
        """Write the code of a criterion. Where it needs every part, the cheapest is asked first and a no ends it."""
        if not isinstance(test, AllOf):
            return self.test(test)
        depends: list[bool] = []
        for part in sorted(test.tests, key=_cost):
            depends.append(self.test(part))
            self.code.append((c.CUT, 0))
        self.code.append((c.AND, len(test.tests)))
        return any(depends)

    def test(self, test: AnyTest) -> bool:
        """Write the postfix code of a test; whether it hangs on the entry to the phase."""
        match test:
            case AllOf(tests):
                return self._many(tests, c.AND)
            case AnyOf(tests):
                return self._many(tests, c.OR)
            case NoneOf(tests):
                depends = self._many(tests, c.OR)
                self.code.append((c.NOT, 0))
                return depends
            case Assumed(inner, value, _):
                depends = self.test(inner)
                self.code.append((c.ASSUME, c.YES_ if value else c.NO_))
                return depends
            case Compare() | Known() | Taking() | SymptomIs() | WorseAfter() | FindingIs() | FlagsClear():
                leaf = self.leaf(test)
                self.code.append((c.PUSH, leaf))
                return self.leaf_depends[leaf]
            case _:
                assert_never(test)

    def _many(self, tests: tuple[AnyTest, ...], operation: int) -> bool:
        depends = [self.test(inner) for inner in tests]
        self.code.append((operation, len(tests)))
        return any(depends)

    def leaf(self, test: Compare | Known | Taking | SymptomIs | WorseAfter | FindingIs | FlagsClear) -> int:
        if test in self.leaves:
            return self.leaves[test]
        row = [0] * c.L_WIDTH
        row[c.L_ONSET] = -1
        bound, depends = 0.0, False
        match test:
            case Compare(measure, op, limit):
                row[c.L_KIND], row[c.L_MEASURE] = c.COMPARE, self.measure(measure)
                row[c.L_OP], bound = _OPS[op], plain_number(limit)
                depends = self.measure_depends[row[c.L_MEASURE]]
            case Known(measure):
                row[c.L_KIND], row[c.L_MEASURE] = c.KNOWN, self.measure(measure)
                depends = self.measure_depends[row[c.L_MEASURE]]
            case Taking(drugs):
                row[c.L_KIND] = c.TAKING
                self._items(row, [self.stream("drug", drug) for drug in drugs])
            case SymptomIs(symptom, sites, window, how):
                row[c.L_KIND], row[c.L_STREAM] = c.SYMPTOM, self.stream("symptom", symptom)
                row[c.L_HOW] = c.PRESENT if how == "present" else c.APPEARED
                row[c.L_SPAN] = 0 if window is None else window.span.days
                places = [c.ANYWHERE if site == WIDESPREAD else SITE_NUMBERS[site.id] for site in sites]
                self._items(row, places or [c.ANYWHERE])
            case WorseAfter(symptom, exposure, within):
                row[c.L_KIND], row[c.L_STREAM] = c.WORSE_AFTER, self.stream("symptom", symptom)
                row[c.L_MEASURE], row[c.L_SPAN] = self.stream("therapy", exposure), within.days
            case FindingIs(condition):
                row[c.L_KIND], row[c.L_STREAM] = c.FINDING, self.stream("finding", condition)
            case FlagsClear(flags, window):
                row[c.L_KIND] = c.FLAGS
                edge = self.unbounded, self.back
                row[c.L_WINDOW], row[c.L_SPAN], row[c.L_ONSET], depends = self.window(window)
                # Checks are kept whole, however old: only day values end with the grid.
                self.unbounded, self.back = edge
                self._items(row, [self.stream("flag", flag) for flag in flags])
            case _:
                assert_never(test)
        self.leaves[test] = len(self.leaf_rows)
        self.leaf_rows.append(row)
        self.leaf_depends.append(depends)
        self.bounds.append(bound)
        return self.leaves[test]

    def _items(self, row: list[int], items: list[int]) -> None:
        row[c.L_FIRST] = len(self.items)
        self.items += items
        row[c.L_LAST] = len(self.items)

    # --- the pathway ---

    def lowered(self) -> Lowered:
        pathway = self.pathway
        decisions = self.stream("decision", None)
        flagging = self.stream("flagging", None)
        number_of = {criterion: at for at, criterion in enumerate(self.criteria)}
        depends: list[bool] = []
        test_first = [0]
        for criterion in self.criteria:
            depends.append(self.whole(criterion.test))
            test_first.append(len(self.code))
        gate_of = {each: at for at, each in enumerate(self.gates)}
        phase_of = {phase.id: at for at, phase in enumerate(pathway.phases)}

        def gate(each: Gate | None) -> int:
            return -1 if each is None else gate_of[each]

        backs = [[(phase_of[b.to.id], gate_of[b.gate]) for b in phase.fall_back] for phase in pathway.phases]
        held_off = [
            (self.stream("therapy", each.therapy), -1 if each.until is None else number_of[each.until])
            for each in pathway.restrictions
        ]
        onset_place = [self.place(() if WIDESPREAD in onset.sites else onset.sites) for onset in self.onsets]
        onset_base = len(self.items)
        gate_tests = [[number_of[criterion] for criterion in each.criteria] for each in self.gates]
        program = pack(
            {
                c.P_MEASURES: self.measure_rows,
                c.P_LEAVES: self.leaf_rows,
                c.P_EXACT: [round(round(bound, DECIMALS) * 10**DECIMALS) for bound in self.bounds],
                c.P_ITEMS: [*self.items, *self.onset_items],
                c.P_CODE: self.code,
                c.P_TEST_FIRST: test_first,
                c.P_DEPENDS: depends,
                c.P_LEAF_DEPENDS: self.leaf_depends,
                c.P_ONSET_FIRST: [onset_base + at for at in self.onset_first],
                c.P_ONSET_PLACE: onset_place,
                c.P_PLACES: [[_in_any(name, sites) for name in SITES] for sites in self.places],
                c.P_WITHIN: [[lies_within(one, other) for other in SITES] for one in SITES],
                c.P_GATE_FIRST: firsts(gate_tests),
                c.P_GATE_TESTS: [one for each in gate_tests for one in each],
                c.P_PHASE_ENTER: [gate(phase.enter) for phase in pathway.phases],
                c.P_PHASE_LEAVE: [gate(phase.leave) for phase in pathway.phases],
                c.P_BACK_FIRST: firsts(backs),
                c.P_BACK_TO: [to for each in backs for to, _ in each],
                c.P_BACK_GATE: [by for each in backs for _, by in each],
                c.P_HELD_OFF: held_off,
                c.P_SOURCE_RULE: [_daily(scores.scale) for scores in self.sources],
                c.P_SOURCE_TIME: [-1 if s.time is None else TIMES.index(s.time) for s in self.sources],
                c.P_WAIT: _waits(pathway),
            },
            {
                c.N_SITES: len(SITES),
                c.N_PHASES: len(pathway.phases),
                c.N_CRITERIA: len(self.criteria),
                c.N_LEAVES: len(self.leaf_rows),
                c.N_SOURCES: len(self.sources),
                c.N_STREAMS: len(self.streams),
                c.N_RESTRICTIONS: len(held_off),
                c.N_GATES: len(self.gates),
                c.P_BACK: -1 if self.unbounded else self.back,
                c.P_DECISIONS: decisions,
                c.P_FLAGGING: flagging,
                c.P_DEPTH: _depth(self.code),
            },
        )
        return Lowered(
            pathway=pathway,
            program=program,
            sources=tuple(self.sources),
            streams=tuple(self.streams),
            queries=tuple(self.queries),
            criteria=self.criteria,
            gates=self.gates,
            leaves=tuple(self.leaves),
            rises=frozenset(row[c.M_STREAM] for row in self.measure_rows if row[c.M_KIND] == c.RISE),
        )


def _depth(code: list[tuple[int, int]]) -> int:
    """How many answers lie on the stack at most while tests are worked out, one after the other."""
    most = held = 0
    for operation, operand in code:
        if operation == c.PUSH:
            held += 1
        elif operation in (c.AND, c.OR):
            held -= operand - 1
        most = max(most, held)
    return most


def _how(scale: Scale, how: Summarise) -> int:
    worse_is_up = scale.higher_is == "worse"
    match how:
        case "worst":
            return c.HIGHEST if worse_is_up else c.LOWEST
        case "best":
            return c.LOWEST if worse_is_up else c.HIGHEST
        case "mean":
            return c.MEAN
        case "last":
            return c.LATEST
        case "slope":
            return c.SLOPE
        case _:
            assert_never(how)


def _cost(test: AnyTest) -> int:
    """How dear an answer is, roughly: a subtraction, a look at events, a window of days."""
    match test:
        case Compare(TimeInPhase()):
            return 0
        case Compare(Summary() | FallFrom() | RiseAfter()):
            return 2
        case _:
            return 1


def _waits(pathway: Pathway) -> list[tuple[int, int]]:
    """For each phase, for how many days it is known that no gate leads on, and that none leads back."""

    def of(gate: Gate | None) -> int:
        return max((_wait(criterion.test) for criterion in gate.criteria), default=0) if gate else 0

    waits: list[tuple[int, int]] = []
    for at, phase in enumerate(pathway.phases):
        following = pathway.phases[at + 1].enter if at + 1 < len(pathway.phases) else None
        on = max(of(phase.leave), of(following))
        waits.append((on, min((of(back.gate) for back in phase.fall_back), default=0)))
    return waits


def _wait(test: AnyTest) -> int:
    """For how many days from the entry to the phase a test is known to be no, going by the time in the phase."""
    match test:
        case Compare(TimeInPhase(), ">=" | "=", limit):
            return max(math.ceil(round(plain_number(limit), DECIMALS)), 0)
        case Compare(TimeInPhase(), ">", limit):
            return max(math.floor(round(plain_number(limit), DECIMALS)) + 1, 0)
        case AllOf(tests):
            return max(map(_wait, tests), default=0)
        case AnyOf(tests):
            return min(map(_wait, tests), default=0)
        case Assumed(inner):
            return _wait(inner)
        case _:
            return 0


def _daily(scale: Scale) -> int:
    """How several values of one day become one."""
    return c.LATEST if scale.daily == "last" else _how(scale, scale.daily)


def _in_any(site: str, sites: tuple[Site, ...]) -> bool:
    return any(lies_within(site, one.id) for one in sites)
