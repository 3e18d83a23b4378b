"""The reference engine: one patient, one day, plain Python. It defines what every node means.

Slow, short and right: the cohort engine must agree with it. Three rules run through it:

- A number is a range. A plain value has the same low and high; a value given as "4 to 5", a half-answered
  questionnaire or a massage of unknown pressure has not. A comparison is yes or no only where both ends of
  the range agree, so a range is always read on the cautious side: gates stay shut, restrictions stay on,
  recommendations become questions.
- Day value first, window second: several entries of one day become one day value by the scale's own rule,
  and windows summarise day values.
- Numbers are compared after rounding to nine decimals, so that 30 % of 7 is 30 %.
"""

from __future__ import annotations

from math import inf
from statistics import fmean
from typing import assert_never

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
    Summary,
    SymptomIs,
    Taking,
    TimeInPhase,
    TimeOn,
    Window,
    WorseAfter,
    plain_number,
)
from assuage.record.entries import TherapyEntry
from assuage.record.fields import FURTHEST_DAY
from assuage.record.observations import came_before, value_of_day
from assuage.record.timeline import Range, Timeline
from assuage.terms.answers import (
    ANSWER_OF_STATE,
    NO,
    UNKNOWN,
    YES,
    Answer,
    all_yes,
    answer,
    any_yes,
    kleene_not,
)
from assuage.terms.scales import Scale
from assuage.terms.sites import WIDESPREAD, Site, lies_within
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES, Symptom
from assuage.terms.therapies import Therapy

DECIMALS = 9


def compare(value: Range | None, op: Op, bound: float) -> Answer:
    """Yes or no where every number of the range says the same, else unknown."""
    if value is None:
        return UNKNOWN
    low, high, bound = round(value.low, DECIMALS), round(value.high, DECIMALS), round(bound, DECIMALS)
    match op:
        case "<=":
            return YES if high <= bound else NO if low > bound else UNKNOWN
        case "<":
            return YES if high < bound else NO if low >= bound else UNKNOWN
        case ">=":
            return YES if low >= bound else NO if high < bound else UNKNOWN
        case ">":
            return YES if low > bound else NO if high <= bound else UNKNOWN
        case "=":
            return YES if low == high == bound else NO if bound < low or bound > high else UNKNOWN


def picks_highest(scale: Scale, how: str) -> bool:
    """Whether the worst (or best) of some values of a scale is the highest of them."""
    return (scale.higher_is == "worse") == (how == "worst")


class View:
    """A record as seen at the end of `day`, in a phase entered on `entered` of a pathway begun on `started`.

    `entered` is None outside every phase: what is asked since entry to the phase is unknown there.
    """

    def __init__(self, timeline: Timeline, day: int, *, started: int, entered: int | None) -> None:
        self.timeline = timeline
        self.day = day
        self.started = started
        self.entered = entered
        self._values: dict[AnyMeasure, Range | None] = {}
        self._truths: dict[AnyTest, Answer] = {}

    # --- day values and windows ---

    def first_of(self, window: Window) -> int | None:
        """The first day of a window that ends today; None if its anchor has no day."""
        if isinstance(window, Past):
            return self.day - window.span.days + 1
        match window.anchor:
            case Anchor.PATHWAY_START:
                return self.started
            case Anchor.PHASE_ENTRY:
                return self.entered
            case Onset(symptoms, sites):
                days = [self.onset(symptom, sites) for symptom in symptoms]
                return max((day for day in days if day is not None), default=None)

    def day_values(self, scores: Scores, first: int, last: int) -> dict[int, Range]:
        """The day values from `first` to `last`; days without one are left out, not filled."""
        return self.timeline.day_values(scores.scale, first, last, scores.sites, scores.time)

    # --- measures ---

    def value(self, measure: AnyMeasure) -> Range | None:
        """The measure today; None when it is unknown."""
        if measure not in self._values:
            self._values[measure] = self._value(measure)
        return self._values[measure]

    def _value(self, measure: AnyMeasure) -> Range | None:
        match measure:
            case Summary():
                return self.summary(measure, self.first_of(measure.window), self.day)
            case FallFrom():
                return self._fall(measure)
            case RiseAfter():
                return self._rise(measure)
            case Count():
                return self._count(measure)
            case TimeOn(drug):
                taken = self.timeline.takes(drug, self.day)
                if taken is UNKNOWN:
                    return None
                episode = self.timeline.episode(drug.id, self.day)
                n = 0 if episode is None else self.day - episode.since
                return Range(n, n)
            case TimeInPhase():
                return (
                    None if self.entered is None else Range(self.day - self.entered, self.day - self.entered)
                )
            case _:
                assert_never(measure)

    def summary(self, measure: Summary, first: int | None, last: int) -> Range | None:
        """A summary of the day values from `first` to `last`; None where they are too few."""
        if first is None:
            return None
        got = self.day_values(measure.scores, first, last)
        if len(got) < measure.window.needing:
            return None
        values = list(got.values())
        match measure.how:
            case "worst" | "best":
                pick = max if picks_highest(measure.scores.scale, measure.how) else min
                return Range(pick([v.low for v in values]), pick([v.high for v in values]))
            case "mean":
                return Range(fmean([v.low for v in values]), fmean([v.high for v in values]))
            case "last":
                return values[-1]
            case "slope":
                return _slope(got)

    def _fall(self, measure: FallFrom) -> Range | None:
        now = self.value(measure.now)
        base = self._baseline(measure)
        if now is None or base is None or base.low <= 0:
            return None
        return Range(100 * (base.low - now.high) / base.low, 100 * (base.high - now.low) / base.high)

    def _baseline(self, measure: FallFrom) -> Range | None:
        """The same measure on the first day on or after the anchor on which it is known."""
        anchor = self.started if measure.anchor is Anchor.PATHWAY_START else self.entered
        if anchor is None:
            return None
        first, base = self.timeline.once(_first_known, measure.now, anchor)
        return base if first <= self.day else None

    def _rise(self, measure: RiseAfter) -> Range | None:
        exposed = self.latest_exposure(measure.exposure)
        if exposed is None:
            return None
        scores = measure.scores
        last = min(self.day, exposed.day + measure.within.days)
        after = self.day_values(scores, exposed.day + 1, last)
        that_day = self.timeline.observations_on(scores.scale.code, exposed.day)
        not_before = [each for each in that_day if not came_before(each.minute, exposed.minute)]
        later = value_of_day(scores.scale, not_before, scores.sites, scores.time)
        if later is not None:
            after[exposed.day] = later
        before = self.day_values(scores, exposed.day - 7, exposed.day - 1)
        if not after or not before:
            return None
        pick = max if measure.scores.scale.higher_is == "worse" else min
        worst = Range(pick(v.low for v in after.values()), pick(v.high for v in after.values()))
        usual = Range(fmean(v.low for v in before.values()), fmean(v.high for v in before.values()))
        low, high = worst.low - usual.high, worst.high - usual.low
        return Range(low, high) if measure.scores.scale.higher_is == "worse" else Range(-high, -low)

    def _count(self, measure: Count) -> Range | None:
        first = self.first_of(measure.window)
        if first is None:
            return None
        certain = possible = 0
        for entry, sure in self.timeline.exposures(measure.records.therapy, self.day, first):
            here = _at(entry, measure.records.sites)
            if here is NO:
                continue
            if sure and here is YES:
                certain += 1
            else:
                possible += 1
        by_patient = measure.records.therapy.recorded_by == "patient"
        if by_patient and self.timeline.patient_days(first, self.day) < measure.window.needing:
            return Range(certain, inf) if certain else None
        return Range(certain, certain + possible)

    def latest_exposure(self, therapy: Therapy) -> TherapyEntry | None:
        """The latest session; None if there is none or if it is not sure that it was one."""
        exposures = self.timeline.exposures(therapy, self.day)
        return exposures[-1][0] if exposures and exposures[-1][1] else None

    # --- tests: three values, nowhere two ---

    def truth(self, test: AnyTest) -> Answer:
        """Yes, no or unknown today."""
        if test not in self._truths:
            self._truths[test] = self._truth(test)
        return self._truths[test]

    def _truth(self, test: AnyTest) -> Answer:
        match test:
            case Compare(measure, op, bound):
                return compare(self.value(measure), op, plain_number(bound))
            case Known(measure):
                return answer(self.value(measure) is not None)
            case Taking(drugs):
                return any_yes(self.timeline.takes(drug, self.day) for drug in drugs)
            case SymptomIs(symptom, sites, window, how):
                return self._symptom(symptom, sites, None if window is None else self.first_of(window), how)
            case WorseAfter(symptom, exposure, within):
                return self._worse_after(symptom, exposure, within.days)
            case FindingIs(condition):
                finding = self.timeline.finding(condition.id, self.day)
                return UNKNOWN if finding is None else ANSWER_OF_STATE[finding.state]
            case FlagsClear(flags, window):
                first = self.first_of(window)
                if first is None:
                    return UNKNOWN
                return all_yes(kleene_not(self.flag(flag.id, first)) for flag in flags)
            case AllOf(tests):
                return all_yes(self.truth(inner) for inner in tests)
            case AnyOf(tests):
                return any_yes(self.truth(inner) for inner in tests)
            case NoneOf(tests):
                return kleene_not(any_yes(self.truth(inner) for inner in tests))
            case Assumed(inner, value, _):
                got = self.truth(inner)
                return answer(value) if got is UNKNOWN else got
            case _:
                assert_never(test)

    def flag(self, flag: str, first: int) -> Answer:
        """Whether a red flag is present, by the latest check since `first`; unknown if not checked."""
        latest = UNKNOWN
        for check in self.timeline.checks(self.day):
            if first <= check.day and flag in check.flags:
                latest = ANSWER_OF_STATE[check.flags[flag]]
        return latest

    def _symptom(self, symptom: Symptom, sites: tuple[Site, ...], first: int | None, how: str) -> Answer:
        if not sites:
            return self._symptom_at(symptom.id, None, first, how)
        places = [None if site == WIDESPREAD else site.id for site in sites]
        return any_yes(self._symptom_at(symptom.id, place, first, how) for place in places)

    def _symptom_at(self, symptom: str, site: str | None, first: int | None, how: str) -> Answer:
        """What was last said of a symptom at one place (None: anywhere).

        A finer place that has it, has it here. "Gone" counts here when said of here or of a coarser place, or
        of every finer place that was ever said to have it. "Present" at a coarser place leaves it open here.
        """
        parts: dict[str | None, bool] = {}  # where it is now, and whether it was new or worse there
        latest = UNKNOWN
        for entry in self.timeline.statements(symptom, first, self.day):
            at = entry.where
            inside = site is None or (at is not None and lies_within(at, site))
            covers = at is None or (site is not None and lies_within(site, at))
            if not inside and not covers:
                continue
            if entry.state in GONE_STATES:
                parts = {part: new for part, new in parts.items() if not _goes(part, at)}
                if not parts and (covers or latest is not UNKNOWN):
                    latest = NO
            elif inside:
                parts[at] = entry.state in WORSE_STATES or parts.get(at, False)
                latest = YES
            elif latest is not YES:
                latest = UNKNOWN
        if how == "appeared" and latest is YES:
            return answer(any(parts.values()))
        return latest

    def onset(self, symptom: Symptom, sites: tuple[Site, ...]) -> int | None:
        """The latest day up to today on which the symptom was said to be new or worse at any of the sites.

        Where it was only ever said to be present: the first such day since it was last gone. None if neither.
        """
        worse: int | None = None
        present: int | None = None
        parts: set[str | None] = set()  # where it is now
        for entry in self.timeline.statements(symptom.id, None, self.day):
            at = entry.where
            if entry.state in GONE_STATES:
                parts = {part for part in parts if not _goes(part, at)}
                present = present if parts else None
            elif not sites or WIDESPREAD in sites or (at and any(lies_within(at, site.id) for site in sites)):
                parts.add(at)
                present = entry.day if present is None else present
                worse = entry.day if entry.state in WORSE_STATES else worse
        return present if worse is None else worse

    def _worse_after(self, symptom: Symptom, exposure: Therapy, within: int) -> Answer:
        exposed = self.latest_exposure(exposure)
        if exposed is None:
            return UNKNOWN
        states = [
            entry.state
            for entry in self.timeline.statements(
                symptom.id, exposed.day, min(self.day, exposed.day + within)
            )
            if not (entry.day == exposed.day and came_before(entry.minute, exposed.minute))
        ]
        return UNKNOWN if not states else answer(any(state in WORSE_STATES for state in states))


def _first_known(timeline: Timeline, measure: Summary, anchor: int) -> tuple[int, Range | None]:
    """The first day on or after the anchor on which a measure is known, with what it is then."""
    assert isinstance(measure.window, Past)
    back = measure.window.span.days - 1
    scores = measure.scores
    # Nothing becomes known but on a day with a value: the others need not be asked.
    valued = timeline.day_values(scores.scale, anchor + 1, FURTHEST_DAY, scores.sites, scores.time)
    for day in (anchor, *valued):
        base = View(timeline, day, started=anchor, entered=None).summary(measure, day - back, day)
        if base is not None:
            return day, base
    return FURTHEST_DAY, None


def _goes(part: str | None, gone_at: str | None) -> bool:
    """Whether "gone at `gone_at`" takes away what was said of `part`."""
    return gone_at is None or (part is not None and lies_within(part, gone_at))


def _at(entry: TherapyEntry, sites: tuple[Site, ...]) -> Answer:
    """Whether a session was at any of the sites; unknown when its sites were not written down."""
    if not sites:
        return YES
    if not entry.sites:
        return UNKNOWN
    return answer(any(lies_within(at, site.id) for at in entry.sites for site in sites))


def _slope(values: dict[int, Range]) -> Range | None:
    """Least-squares slope in points per week; the range over every choice within the given ranges.

    Source: ordinary least squares; the slope is linear in the scores, so its extremes take each score at one end.
    """
    if len(values) < 2:
        return None
    middle = fmean(values)
    spread = sum((day - middle) ** 2 for day in values)
    low = high = 0.0
    for day, value in values.items():
        weight = 7 * (day - middle) / spread
        low += weight * (value.low if weight > 0 else value.high)
        high += weight * (value.high if weight > 0 else value.low)
    return Range(low, high)


def scale_of(measure: AnyMeasure) -> Scale | None:
    """The scale a measure is about; None for counts and times."""
    match measure:
        case Summary(scores=scores) | RiseAfter(scores=scores):
            return scores.scale
        case FallFrom(now):
            return now.scores.scale
        case Count() | TimeOn() | TimeInPhase():
            return None
