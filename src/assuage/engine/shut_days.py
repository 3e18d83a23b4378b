"""For how long a gate that is shut stays shut, whatever is recorded on the days between: a walk passes over them.

A gate opens on the first day on which all its criteria are yes. Of a criterion that is not, the record tells from when
on it may be at the earliest: not before anything is recorded that it rests on, or leaves its window, or a time has
passed; and not as long as a value stands in its window that speaks against it. So a walk costs as much as there is in
a record, not as many days as lie between. What a question means is said in `reference` alone; here no answer is given,
and too early a day costs a look, nothing more.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta

from assuage.engine.reference import DECIMALS, View, compare, picks_highest
from assuage.measures.nodes import (
    AllOf,
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
    Past,
    Percent,
    RiseAfter,
    Scores,
    Since,
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
    plain_number,
)
from assuage.pathways.model import Gate
from assuage.record.care_entries import AdherenceEntry
from assuage.record.derived import finding_days
from assuage.record.entries import IntakeEntry
from assuage.record.fields import FURTHEST_DAY
from assuage.record.timeline import Range, Timeline
from assuage.safety.active_flags import shutting_flags
from assuage.terms.answers import YES

NO_DAY = 4 * FURTHEST_DAY  # later than any day that a record reaches


class ShutDays:
    """What is known of the gates of one stay, in which nobody decides anything: when each test may be yes."""

    def __init__(self) -> None:
        self._from: dict[AnyTest, int] = {}

    def opening(self, view: View, gates: Sequence[Gate]) -> int:
        """Today, if all of these gates are open; else the first later day on which they may all be."""
        for gate in gates:
            for criterion in gate.criteria:
                day = self._yes_from(view, criterion.test)
                if day > view.day:
                    return day
        if gates and shutting_flags(view.timeline, view.day):
            return _following(view.timeline.once(Timeline.recorded_days), view.day)
        return view.day

    def _yes_from(self, view: View, test: AnyTest) -> int:
        """Today, if the answer to a test is yes; else the first later day on which it may be."""
        known = self._from.get(test)
        if known is not None and known > view.day:
            return known
        day = self._from[test] = self._looked_at(view, test)
        return day

    def _looked_at(self, view: View, test: AnyTest) -> int:
        match test:
            case AllOf(tests):
                for inner in tests:
                    if (day := self._yes_from(view, inner)) > view.day:
                        return day
                return view.day
            case AnyOf(tests) if tests:
                return min([self._yes_from(view, inner) for inner in tests])
            case Assumed(inner, False, _):
                return self._yes_from(view, inner)
            case _:
                if view.truth(test) is YES:
                    return view.day
                return max(changes_on(view, test), not_before(view, test))


def not_before(view: View, test: AnyTest) -> int:
    """A day before which a test that is not yes today cannot be, for what stands in the window it looks at."""
    match test:
        case Compare(Summary(scores, Past() as window, how), op, bound):
            days, values = view.timeline.once(_values_of, scores)
            end, span = bisect_right(days, view.day), window.span.days
            begin = bisect_left(days, view.day - span + 1)
            needing = max(window.needing, 2 if how == "slope" else 1)
            if end - begin < needing:
                return _day_of_enough(days, end, span, needing)
            if how not in ("worst", "best") or op == "=":
                return view.day
            if (op in ("<=", "<")) != picks_highest(scores.scale, how):
                return view.day
            # The highest of all is low enough only if each is: the latest that is not stands against it.
            for at in range(end - 1, begin - 1, -1):
                if compare(values[at], op, plain_number(bound)) is not YES:
                    return days[at] + span
            return view.day
        case Compare(Count(records, Past(span)), "<=" | "<" | "=", bound):
            # What is certainly too much only becomes less when it leaves the window.
            counted = view.value(test.measure)
            if counted is None or counted.low <= plain_number(bound):
                return view.day
            days = view.timeline.once(_days_of_exposure, records.therapy.members)
            begin = bisect_left(days, view.day - span.days + 1)
            return days[begin] + span.days if begin < len(days) else view.day
        case _:
            return view.day


def changes_on(view: View, test: AnyTest) -> int:
    """The first later day on which the answer to a test may be another than today's."""
    day, timeline = view.day, view.timeline
    match test:
        case Compare(TimeInPhase() | TimeOn() as measure, _, bound):
            return min(_measure_changes_on(view, measure), _grown_on(day, view.value(measure), bound))
        case Compare(measure, _, _) | Known(measure):
            return _measure_changes_on(view, measure)
        case Taking():
            return _following(timeline.once(_days_of_drugs), day)
        case SymptomIs(symptom, _, window, _):
            told_on = timeline.once(_days_of_statements, symptom.id)
            return _following(told_on, day) if window is None else _window_changes_on(view, window, told_on)
        case WorseAfter(symptom, exposure, _):
            told_on = timeline.once(_days_of_statements, symptom.id)
            return min(
                _following(told_on, day), _following(timeline.once(_days_of_exposure, exposure.members), day)
            )
        case FindingIs(condition):
            latest = timeline.finding(condition.id, day)
            holds = None if latest is None else finding_days(condition.id, latest)
            lapses = NO_DAY if latest is None or holds is None else latest.day + holds
            return min(lapses, _following(timeline.once(_days_of_findings), day))
        case FlagsClear(_, window):
            return _window_changes_on(view, window, timeline.once(_days_of_checks))
        case AllOf(tests) | AnyOf(tests) | NoneOf(tests):
            return min((changes_on(view, inner) for inner in tests), default=NO_DAY)
        case Assumed(inner, _, _):
            return changes_on(view, inner)
        case _:  # a question that nobody has told of yet is looked at every day
            return day + 1


def _measure_changes_on(view: View, measure: AnyMeasure) -> int:
    """The first later day on which a measure may be another; of a time, but by passing."""
    timeline = view.timeline
    match measure:
        case Summary(scores, window) | FallFrom(Summary(scores, window)):
            return _window_changes_on(view, window, timeline.once(_values_of, scores)[0])
        case RiseAfter(scores, exposure, _):
            return min(
                _following(timeline.once(_values_of, scores)[0], view.day),
                _following(timeline.once(_days_of_exposure, exposure.members), view.day),
            )
        case Count(records, window):
            counted = _window_changes_on(
                view, window, timeline.once(_days_of_exposure, records.therapy.members)
            )
            if records.therapy.recorded_by != "patient":
                return counted
            return min(counted, _window_changes_on(view, window, timeline.once(Timeline.recorded_days)))
        case TimeOn():
            return _following(timeline.once(_days_of_drugs), view.day)
        case TimeInPhase():
            return NO_DAY
        case _:
            return view.day + 1


def _window_changes_on(view: View, window: Window, days: Sequence[int]) -> int:
    """The first later day on which one of these days comes into a window or leaves it."""
    following = _following(days, view.day)
    match window:
        case Past(span):
            begin = bisect_left(days, view.day - span.days + 1)
            return min(following, days[begin] + span.days) if begin < len(days) else following
        case Since(Onset(symptoms)):
            told_on = (view.timeline.once(_days_of_statements, symptom.id) for symptom in symptoms)
            return min(following, *(_following(each, view.day) for each in told_on))
        case Since():
            return following


def _grown_on(day: int, time: Range | None, bound: float | Percent | timedelta) -> int:
    """The day on which a time that grows by a day each day comes to a bound, or passes it, whichever is next."""
    if time is None:
        return NO_DAY
    limit = round(plain_number(bound), DECIMALS)
    left = (math.ceil(limit) - time.low, math.floor(limit) + 1 - time.low)
    return day + min((int(days) for days in left if days > 0), default=NO_DAY)


def _day_of_enough(days: Sequence[int], following: int, span: int, needing: int) -> int:
    """The first of the following days on which as many of them as are needed lie in a window of some days."""
    for at in range(max(following, needing - 1), len(days)):
        if days[at - needing + 1] > days[at] - span:
            return days[at]
    return NO_DAY


def _following(days: Sequence[int], day: int) -> int:
    at = bisect_right(days, day)
    return days[at] if at < len(days) else NO_DAY


# --- days on which anything is recorded of a thing, in order ------------------------------------


def _values_of(timeline: Timeline, scores: Scores) -> tuple[list[int], list[Range]]:
    values = timeline.day_values(scores.scale, -NO_DAY, NO_DAY, scores.sites, scores.time)
    return list(values), list(values.values())


def _days_of_statements(timeline: Timeline, symptom: str) -> list[int]:
    return [entry.day for entry in timeline.statements(symptom, None, NO_DAY)]


def _days_of_exposure(timeline: Timeline, therapies: frozenset[str]) -> list[int]:
    return [entry.day for entry, _ in timeline.sessions_of(therapies)]


def _days_of_findings(timeline: Timeline) -> list[int]:
    return sorted(entry.day for entry in timeline.concluded())


def _days_of_checks(timeline: Timeline) -> list[int]:
    return [check.day for check in timeline.checks()]


def _days_of_drugs(timeline: Timeline) -> list[int]:
    """A dose counts on its own day; the day after it may be another answer."""
    taken = [entry.day for entry in timeline.entries_of(IntakeEntry)]
    told_on = (*timeline.medication(), *timeline.entries_of(AdherenceEntry), *timeline.findings())
    return sorted({*(entry.day for entry in told_on), *taken, *(day + 1 for day in taken)})
