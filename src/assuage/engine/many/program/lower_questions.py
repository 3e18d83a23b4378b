"""Measures and tests as rows of numbers and steps of code, each node once.

`match` with `assert_never` walks the notation, so a node this engine has not learned fails the type check.
Nothing here says what a node means for a patient: it only writes down which question is asked.
"""

from __future__ import annotations

from typing import assert_never

from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import (
    Comparison,
    DailyRule,
    LeafKind,
    MeasureKind,
    Operation,
    SummaryKind,
    SymptomQuestion,
    WindowKind,
)
from assuage.engine.many.program.layout import LEAF_WIDTH, MEASURE_WIDTH, LeafField, MeasureField
from assuage.engine.many.program.lowered import StreamOf
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
from assuage.terms.scales import Scale
from assuage.terms.sites import SITES, WIDESPREAD, Site

SITE_NUMBERS = {name: at for at, name in enumerate(SITES)}
AnyLeaf = Compare | Known | Taking | SymptomIs | WorseAfter | FindingIs | FlagsClear


class Questions:
    """The tables of all questions asked so far. What is equal is written down once, for equal nodes are one value."""

    def __init__(self) -> None:
        self.sources: dict[Scores, int] = {}
        self.streams: dict[StreamOf, int] = {}
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
        self.code: list[tuple[Operation, int]] = []
        self.back = 0
        self.unbounded = False

    # --- what a record is asked for ---

    def source(self, scores: Scores) -> int:
        """The number of a source of day values."""
        return self.sources.setdefault(scores, len(self.sources))

    def stream(self, about: StreamOf) -> int:
        """The number of a stream of events."""
        return self.streams.setdefault(about, len(self.streams))

    def place(self, sites: tuple[Site, ...]) -> int:
        """The number of a list of sites that symptoms are asked at."""
        return self.places.setdefault(sites, len(self.places)) if sites else c.ANYWHERE

    def query(self, sites: tuple[Site, ...]) -> int:
        """The number of a list of sites that sessions are asked at."""
        return self.queries.setdefault(sites, len(self.queries)) if sites else c.ANYWHERE

    def onset(self, onset: Onset) -> int:
        """The number of an onset."""
        if onset not in self.onsets:
            self.onsets[onset] = len(self.onsets)
            self.onset_items += [self.stream(symptom) for symptom in onset.symptoms]
            self.onset_first.append(len(self.onset_items))
        return self.onsets[onset]

    def window(self, window: Window) -> tuple[WindowKind, int, int, bool]:
        """The window's kind, its span in days, its onset, and whether it hangs on the entry to the phase."""
        match window:
            case Past(span, _):
                self.back = max(self.back, span.days - 1)
                return WindowKind.PAST, span.days, -1, False
            case Since(anchor, _):
                match anchor:
                    case Anchor.PATHWAY_START:
                        return WindowKind.SINCE_START, 0, -1, False
                    case Anchor.PHASE_ENTRY:
                        return WindowKind.SINCE_ENTRY, 0, -1, True
                    case Onset():
                        self.unbounded = True
                        return WindowKind.SINCE_ONSET, 0, self.onset(anchor), False
                    case _:
                        assert_never(anchor)
            case _:
                assert_never(window)

    # --- measures ---

    def measure(self, measure: AnyMeasure) -> int:
        """The number of a measure."""
        if measure not in self.measures:
            row = [0] * MEASURE_WIDTH
            row[MeasureField.ONSET] = row[MeasureField.PLACE] = -1
            depends = self._measure(measure, row)
            self.measures[measure] = len(self.measure_rows)
            self.measure_rows.append(row)
            self.measure_depends.append(depends)
        return self.measures[measure]

    def _measure(self, measure: AnyMeasure, row: list[int]) -> bool:
        """Fill in the row; whether the measure hangs on the entry to the phase."""
        match measure:
            case Summary(scores, window, how):
                row[MeasureField.KIND] = MeasureKind.SUMMARY
                row[MeasureField.SOURCE] = self.source(scores)
                row[MeasureField.HOW] = _how(scores.scale, how)
                return self._window(row, window)
            case FallFrom(now, anchor):
                depends = self._measure(now, row)
                row[MeasureField.KIND] = MeasureKind.FALL
                from_start = anchor is Anchor.PATHWAY_START
                row[MeasureField.ANCHOR] = WindowKind.SINCE_START if from_start else WindowKind.SINCE_ENTRY
                return depends or not from_start
            case RiseAfter(scores, exposure, within):
                row[MeasureField.KIND] = MeasureKind.RISE
                row[MeasureField.SOURCE] = self.source(scores)
                row[MeasureField.STREAM], row[MeasureField.SPAN] = self.stream(exposure), within.days
                row[MeasureField.HOW] = _how(scores.scale, "worst")
                self.unbounded = True
                return False
            case Count(records, window):
                row[MeasureField.KIND] = MeasureKind.COUNT
                row[MeasureField.STREAM] = self.stream(records.therapy)
                row[MeasureField.PLACE] = self.query(records.sites)
                row[MeasureField.REPORTED] = int(records.therapy.recorded_by == "patient")
                return self._window(row, window)
            case TimeOn(drug):
                row[MeasureField.KIND], row[MeasureField.STREAM] = MeasureKind.TIME_ON, self.stream(drug)
                return False
            case TimeInPhase():
                row[MeasureField.KIND] = MeasureKind.TIME_IN_PHASE
                return True
            case _:
                assert_never(measure)

    def _window(self, row: list[int], window: Window) -> bool:
        kind, span, onset, depends = self.window(window)
        row[MeasureField.WINDOW], row[MeasureField.SPAN], row[MeasureField.ONSET] = kind, span, onset
        row[MeasureField.NEEDING] = window.needing
        return depends

    # --- tests ---

    def criterion(self, test: AnyTest) -> bool:
        """Write the code of a criterion; whether it hangs on the entry to the phase.

        Where it needs every part, the cheapest is asked first and a no ends it.
        """
        if not isinstance(test, AllOf):
            return self.test(test)
        depends: list[bool] = []
        for part in sorted(test.tests, key=_cost):
            depends.append(self.test(part))
            self.code.append((Operation.CUT, 0))
        self.code.append((Operation.AND, len(test.tests)))
        return any(depends)

    def test(self, test: AnyTest) -> bool:
        """Write the postfix code of a test; whether it hangs on the entry to the phase."""
        match test:
            case AllOf(tests):
                return self._many(tests, Operation.AND)
            case AnyOf(tests):
                return self._many(tests, Operation.OR)
            case NoneOf(tests):
                depends = self._many(tests, Operation.OR)
                self.code.append((Operation.NOT, 0))
                return depends
            case Assumed(inner, value, _):
                depends = self.test(inner)
                self.code.append((Operation.ASSUME, c.YES if value else c.NO))
                return depends
            case Compare() | Known() | Taking() | SymptomIs() | WorseAfter() | FindingIs() | FlagsClear():
                leaf = self.leaf(test)
                self.code.append((Operation.PUSH, leaf))
                return self.leaf_depends[leaf]
            case _:
                assert_never(test)

    def _many(self, tests: tuple[AnyTest, ...], operation: Operation) -> bool:
        depends = [self.test(inner) for inner in tests]
        self.code.append((operation, len(tests)))
        return any(depends)

    def leaf(self, test: AnyLeaf) -> int:
        """The number of a leaf."""
        if test in self.leaves:
            return self.leaves[test]
        row = [0] * LEAF_WIDTH
        row[LeafField.ONSET] = -1
        bound, depends = self._leaf(test, row)
        self.leaves[test] = len(self.leaf_rows)
        self.leaf_rows.append(row)
        self.leaf_depends.append(depends)
        self.bounds.append(bound)
        return self.leaves[test]

    def _leaf(self, test: AnyLeaf, row: list[int]) -> tuple[float, bool]:
        """Fill in the row; the number it compares with, and whether it hangs on the entry to the phase."""
        match test:
            case Compare(measure, op, limit):
                number = self.measure(measure)
                row[LeafField.KIND], row[LeafField.MEASURE] = LeafKind.COMPARE, number
                row[LeafField.SIGN] = _sign(op)
                return plain_number(limit), self.measure_depends[number]
            case Known(measure):
                number = self.measure(measure)
                row[LeafField.KIND], row[LeafField.MEASURE] = LeafKind.KNOWN, number
                return 0.0, self.measure_depends[number]
            case Taking(drugs):
                row[LeafField.KIND] = LeafKind.TAKING
                self._items(row, [self.stream(drug) for drug in drugs])
            case SymptomIs(symptom, sites, window, how):
                row[LeafField.KIND], row[LeafField.STREAM] = LeafKind.SYMPTOM, self.stream(symptom)
                present = how == "present"
                row[LeafField.HOW] = SymptomQuestion.PRESENT if present else SymptomQuestion.APPEARED
                row[LeafField.SPAN] = 0 if window is None else window.span.days
                places = [c.ANYWHERE if site == WIDESPREAD else SITE_NUMBERS[site.id] for site in sites]
                self._items(row, places or [c.ANYWHERE])
            case WorseAfter(symptom, exposure, within):
                row[LeafField.KIND], row[LeafField.STREAM] = LeafKind.WORSE_AFTER, self.stream(symptom)
                row[LeafField.EXPOSURE], row[LeafField.SPAN] = self.stream(exposure), within.days
            case FindingIs(condition):
                row[LeafField.KIND], row[LeafField.STREAM] = LeafKind.FINDING, self.stream(condition)
            case FlagsClear(flags, window):
                row[LeafField.KIND] = LeafKind.FLAGS
                edge = self.unbounded, self.back
                kind, span, onset, depends = self.window(window)
                row[LeafField.WINDOW], row[LeafField.SPAN], row[LeafField.ONSET] = kind, span, onset
                # Checks are kept whole, however old: only day values end with the grid.
                self.unbounded, self.back = edge
                self._items(row, [self.stream(flag) for flag in flags])
                return 0.0, depends
            case _:
                assert_never(test)
        return 0.0, False

    def _items(self, row: list[int], items: list[int]) -> None:
        row[LeafField.FIRST_ITEM] = len(self.items)
        self.items += items
        row[LeafField.LAST_ITEM] = len(self.items)


def _sign(op: Op) -> Comparison:
    match op:
        case "<=":
            return Comparison.AT_MOST
        case "<":
            return Comparison.BELOW
        case ">=":
            return Comparison.AT_LEAST
        case ">":
            return Comparison.ABOVE
        case "=":
            return Comparison.EQUAL
        case _:
            assert_never(op)


def _how(scale: Scale, how: Summarise) -> SummaryKind:
    worse_is_up = scale.higher_is == "worse"
    match how:
        case "worst":
            return SummaryKind.HIGHEST if worse_is_up else SummaryKind.LOWEST
        case "best":
            return SummaryKind.LOWEST if worse_is_up else SummaryKind.HIGHEST
        case "mean":
            return SummaryKind.MEAN
        case "last":
            return SummaryKind.LATEST
        case "slope":
            return SummaryKind.SLOPE
        case _:
            assert_never(how)


def daily_rule_of(scale: Scale) -> DailyRule:
    """Which of several values of one day stands for the day."""
    worse_is_up = scale.higher_is == "worse"
    match scale.daily:
        case "worst":
            return DailyRule.HIGHEST if worse_is_up else DailyRule.LOWEST
        case "best":
            return DailyRule.LOWEST if worse_is_up else DailyRule.HIGHEST
        case "last":
            return DailyRule.LATEST
        case _:
            assert_never(scale.daily)


def _cost(test: AnyTest) -> int:
    """How dear an answer is, roughly: a subtraction, a look at events, a window of days."""
    match test:
        case Compare(TimeInPhase()):
            return 0
        case Compare(Summary() | FallFrom() | RiseAfter()):
            return 2
        case _:
            return 1
