"""A series of trials of one: the same comparison in several patients, pooled, and each patient in that light.

Each trial gives the whole likelihood of every size of effect (on its largest day, averaged over the shapes), not a
mean with an error. The effects of the patients are taken as normal around a mean and cut at the ends of the scale
(`assuage.dynamics.hierarchy`); the mean is flat over the scale, the SD between patients half-normal. A trial that
compares something else, or is rated on another scale, is left out with its reason; what may not be said of one trial
is marked and counts all the same, since leaving it out would choose by the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from assuage.catalogue.message import Message, message
from assuage.dynamics.contrast import worth_knowing
from assuage.dynamics.hierarchy import (
    Hierarchy,
    cell_quantile,
    cells,
    half_normal,
    pool_likelihoods,
    weighted_quantile,
)
from assuage.dynamics.model import Floats
from assuage.dynamics.pooling import SPREAD
from assuage.dynamics.reading import exposure_id
from assuage.errors import PLACES, AssuageError, InputError, Problem, Problems
from assuage.nof1.analyse import Analysis, OutcomeReading
from assuage.nof1.model import EFFECTS, points_of
from assuage.nof1.plan import ControlKind, TrialSchedule, control_term
from assuage.terms.scales import Scale
from assuage.terms.spoken import exposure_term

FEW = 5  # trials, below which the prior of the spread still counts (ours)
SPREADS = cells(0.0, 4 * SPREAD, 60)
SPREADS.setflags(write=False)
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True)
class TrialComparison:
    """What a trial compares, so that trials of the same can be told: names as they are looked up, and the scale."""

    exposure: str
    control: str
    control_is: ControlKind
    schedule: TrialSchedule
    outcome: Scale


@dataclass(frozen=True)
class Ranged:
    """The median (of a share the mean) with the 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class PatientOfSeries:
    """One trial: its effect in points `alone` and `pooled`; `worse` and `better` are P(a tenth or more), pooled."""

    patient: str
    analysis: Analysis
    reading: OutcomeReading
    alone: Ranged
    pooled: Ranged
    worse: float
    better: float


@dataclass(frozen=True)
class LeftOutOfSeries:
    """A trial that could not be pooled, and why; `rejected` where its files could not be read."""

    patient: str
    why: Message
    rejected: bool = False


@dataclass(frozen=True)
class TrialSeries:
    """What the trials together say, in points. `worse` is P(the mean is worse than none).

    `spread` is the SD between patients, `new` the effect in the next patient; `share_worse` and `share_better` are the
    shares of patients with a tenth of the scale or more. `patients` begins with the worst effect.
    """

    exposure: str
    control: str
    compares: TrialComparison
    mean: Ranged
    worse: float
    spread: Ranged
    new: Ranged
    share_worse: Ranged
    share_better: Ranged
    patients: tuple[PatientOfSeries, ...]
    left_out: tuple[LeftOutOfSeries, ...]

    @property
    def rejected(self) -> tuple[str, ...]:
        """The trials that could not be read. One of them may be that of a patient who was harmed."""
        return tuple(each.patient for each in self.left_out if each.rejected)

    @property
    def outcome(self) -> Scale:
        """What was rated."""
        return self.compares.outcome

    @property
    def worth(self) -> float:
        """The points that are worth knowing."""
        return worth_knowing(self.outcome)

    @property
    def prior_spread(self) -> float:
        """The scale of the prior of the SD between patients, in points; two thirds of its weight lie below."""
        return SPREAD * self.worth


def pool_trials(
    trials: Iterable[tuple[str, Analysis | Message | AssuageError]],
    outcome: Scale | None = None,
    exposure: str | None = None,
    control: str | None = None,
) -> TrialSeries:
    """The series of these trials; where they compare different things, of what is named, else of what most compare.

    Of a trial that could not be read comes the error instead; it is listed as rejected, and the others are pooled.
    InputError where two comparisons are as frequent; Problems where fewer than two trials can be pooled.
    """
    left: list[LeftOutOfSeries] = []
    able: list[tuple[str, Analysis, OutcomeReading]] = []
    for patient, analysis in sorted(trials, key=lambda trial: trial[0]):
        if isinstance(analysis, AssuageError):
            left.append(LeftOutOfSeries(patient, _why_rejected(analysis), rejected=True))
            continue
        if isinstance(analysis, Message):
            left.append(LeftOutOfSeries(patient, analysis))
            continue
        reading = _reading(analysis, outcome)
        if reading is None:
            other = message("series.other-outcome", outcome=analysis.primary.outcome)
            left.append(LeftOutOfSeries(patient, other))
        elif not reading.looks:
            left.append(LeftOutOfSeries(patient, reading.refusal or message("nof1.not-estimable")))
        else:
            able.append((patient, analysis, reading))
    compared = _chosen([_compares(analysis, reading) for _, analysis, reading in able], exposure, control)
    pooled: dict[tuple[object, ...], tuple[str, Analysis, OutcomeReading]] = {}
    for patient, analysis, reading in able:
        why = None if compared is None else _differs(analysis, _compares(analysis, reading), compared)
        same = (analysis.periods, reading.log_likelihood)
        if why is None and same in pooled:
            why = message("series.same-trial", patient=pooled[same][0])
        if why is None:
            pooled[same] = (patient, analysis, reading)
        else:
            left.append(LeftOutOfSeries(patient, why))
    left.sort(key=lambda each: each.patient)
    if compared is None or len(pooled) < 2:
        few = message("series.too-few", pooled=len(pooled), all=len(pooled) + len(left))
        raise Problems("series", [Problem("", few), *(Problem(each.patient, each.why) for each in left)])
    return _series(list(pooled.values()), compared, tuple(left))


def _why_rejected(error: AssuageError) -> Message:
    """What could not be read: the first problems of a document, each with its place, and how many more there are."""
    if not isinstance(error, Problems):
        return message("series.rejected", why=error.what)
    told = tuple(
        message("problem.at", place=problem.place or error.document, text=problem.message)
        for problem in error.problems[:PLACES]
    )
    return message(
        "series.rejected-file", file=error.document, why=told, more=len(error.problems[PLACES:]) or None
    )


def _reading(analysis: Analysis, outcome: Scale | None) -> OutcomeReading | None:
    """The reading of that outcome, or of the one that decides."""
    if outcome is None:
        return analysis.primary
    readings = (analysis.primary, *analysis.others)
    return next((reading for reading in readings if reading.outcome == outcome), None)


def _compares(analysis: Analysis, reading: OutcomeReading) -> TrialComparison:
    return TrialComparison(
        exposure_id(analysis.exposure),
        exposure_id(analysis.control),
        analysis.control_is,
        analysis.schedule,
        reading.outcome,
    )


def _chosen(
    comparisons: list[TrialComparison], exposure: str | None, control: str | None
) -> TrialComparison | None:
    """The comparison that is named, or the one that most trials make; None where there is none."""
    asked = [
        each
        for each in comparisons
        if (exposure is None or each.exposure == exposure_id(exposure))
        and (control is None or each.control == exposure_id(control))
    ]
    counted = Counter(asked).most_common(2)
    if len(counted) == 2 and counted[0][1] == counted[1][1]:
        names = tuple(sorted(_in_short(each) for each, _ in counted))
        raise InputError(message("trial.which-pooled", names=names))
    return counted[0][0] if counted else None


def _in_short(compares: TrialComparison) -> str:
    return f"{compares.exposure} with {compares.control} ({compares.schedule}, {compares.outcome.code})"


def _differs(analysis: Analysis, has: TrialComparison, asked: TrialComparison) -> Message | None:
    """What of a trial is not as in the others; None where it is the same comparison."""
    if (has.exposure, has.control) != (asked.exposure, asked.control):
        return message(
            "series.other-comparison",
            exposure=exposure_term(analysis.exposure),
            control=control_term(analysis.control),
        )
    if has.control_is != asked.control_is:
        return message(
            "series.other-kind",
            control=control_term(analysis.control),
            kind=message(f"series.kind-{has.control_is}"),
        )
    if has.schedule != asked.schedule:
        return message("series.other-schedule", schedule=message(f"series.schedule-{has.schedule}"))
    if has.outcome != asked.outcome:
        if has.outcome.code == asked.outcome.code:
            return message("series.other-scale", low=has.outcome.low, high=has.outcome.high)
        return message("series.other-outcome", outcome=has.outcome)
    return None


def _series(
    trials: list[tuple[str, Analysis, OutcomeReading]],
    compares: TrialComparison,
    left_out: tuple[LeftOutOfSeries, ...],
) -> TrialSeries:
    likelihoods = np.array([reading.log_likelihood for _, _, reading in trials])
    hierarchy = pool_likelihoods(EFFECTS, likelihoods, SPREADS, half_normal(SPREADS, SPREAD))
    scale = compares.outcome
    spread = _range_of(SPREADS, hierarchy.spread)
    points = worth_knowing(scale)
    patients = tuple(
        PatientOfSeries(
            patient,
            analysis,
            reading,
            _in_points(scale, hierarchy.alone[at]),
            _in_points(scale, hierarchy.pooled[at]),
            float(hierarchy.pooled[at][EFFECTS > 1].sum()),
            float(hierarchy.pooled[at][EFFECTS < -1].sum()),
        )
        for at, (patient, analysis, reading) in enumerate(trials)
    )
    worst_first = 1 if scale.higher_is == "better" else -1
    first = trials[0][1]
    return TrialSeries(
        first.exposure,
        first.control,
        compares,
        _in_points(scale, hierarchy.mean),
        float(hierarchy.mean[EFFECTS > 0].sum()),
        Ranged(*(points * size for size in (spread.estimate, spread.low, spread.high))),
        _in_points(scale, hierarchy.new),
        _share(hierarchy, 1, np.inf),
        _share(hierarchy, -np.inf, -1),
        tuple(sorted(patients, key=lambda each: (worst_first * each.pooled.estimate, each.patient))),
        left_out,
    )


def _range_of(middles: Floats, mass: Floats) -> Ranged:
    return Ranged(*(cell_quantile(middles, mass, chance) for chance in (0.5, _LOW, _HIGH)))


def _in_points(scale: Scale, mass: Floats) -> Ranged:
    """A posterior of an effect in points of the scale."""
    tenths = _range_of(EFFECTS, mass)
    low, high = sorted((points_of(scale, tenths.low), points_of(scale, tenths.high)))
    return Ranged(points_of(scale, tenths.estimate), low, high)


def _share(hierarchy: Hierarchy, low: float, high: float) -> Ranged:
    """The share of patients with an effect between two edges: its mean, which is the chance of the next, and 95 %."""
    shares, weights = hierarchy.share(low, high)
    mean = float((shares * weights).sum())
    return Ranged(mean, *(weighted_quantile(shares, weights, chance) for chance in (_LOW, _HIGH)))
