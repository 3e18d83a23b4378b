"""What a trial of one showed: the numbers at each look, what the stopping rule said, the draw repeated, the days.

Analysed as drawn: a session that was moved or left out stays where the order put it, and is listed. Looks are those of
the plan; a diary that goes on after the trial should have stopped is read whole, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, pi, sqrt
from typing import Literal

import numpy as np

from assuage.catalogue.message import Message, message
from assuage.dynamics.contrast import in_tenths, worth_knowing
from assuage.dynamics.design import DAYS_FOR_DRIFT
from assuage.dynamics.model import Floats
from assuage.nof1.draws import RandomisationTest, contradicted, orders_at, orders_of_pairs, randomisation_test
from assuage.nof1.elsewhere import DrawnHow, ForeignTrial, foreign_layout, foreign_orders
from assuage.nof1.layout import Bools, EffectShape, TrialLayout, layout_of
from assuage.nof1.model import (
    ANSWERS,
    EFFECTS,
    HALF_INTERVAL,
    NO_DIFFERENCE,
    SAFE,
    RuleAnswer,
    ShapeFit,
    TrialNumbers,
    answers_of,
    bounds_of,
    fit_shapes,
    log_likelihood_of,
    numbers_of,
    points_of,
)
from assuage.nof1.order import Order
from assuage.nof1.plan import RESPONSE_DAYS, ControlKind, Stopping, TrialPlan, TrialSchedule, usual_last
from assuage.terms.scales import Scale

TrialVerdict = Literal["harm", "benefit", "no difference", "no worthwhile harm", "undecided", "too early"]
WIDEST = 10.0  # an interval this many times as wide as the scale says nothing


@dataclass(frozen=True)
class TrialDiary:
    """What was written down: ratings by outcome and day, what was done by day, notes by day as they were written."""

    ratings: Mapping[str, Mapping[int, float]]
    done: Mapping[int, str] = field(default_factory=dict[int, str])
    notes: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def last(self) -> int:
        """The last day with anything on it; -1 without any."""
        days = [day for by_day in (*self.ratings.values(), self.done, self.notes) for day in by_day]
        return max(days, default=-1)


@dataclass(frozen=True)
class ShapeEffect:
    """One shape of the effect read alone: points of the outcome on its largest day, with the 95 % interval."""

    shape: EffectShape
    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Look:
    """What a number of pairs comes to. `effect` is the shape that explains the diary best.

    `worse` and `better` are probabilities over all shapes (`TrialNumbers`), and `sure` is the bound above which the
    rule stops at this look. `point_worse` and `point_better` are those of a tenth of the scale or more at the shape
    where that is likeliest. `contradicted`: the draw repeated forbade a verdict of no difference.
    """

    pairs: int
    effect: ShapeEffect
    worse: float
    better: float
    point_worse: float
    point_better: float
    says: RuleAnswer
    contradicted: bool = False
    sure: float = 1.0


@dataclass(frozen=True)
class OutcomeReading:
    """One outcome of a trial. `stopped` is the look at which the rule said stop; None if it never did.

    `effects` are all shapes at the look that decides, `posterior` the density of the likeliest in points.
    `log_likelihood` is that of all complete pairs over `EFFECTS`. `withheld`: the draw repeated forbade a verdict.
    """

    outcome: Scale
    rated: int
    missing: int
    looks: tuple[Look, ...]
    stopped: Look | None
    verdict: TrialVerdict
    test: RandomisationTest | None = None
    effects: tuple[ShapeEffect, ...] = ()
    posterior: tuple[tuple[float, float], ...] = ()
    refusal: Message | None = None
    log_likelihood: tuple[float, ...] = ()
    withheld: bool = False

    @property
    def worth(self) -> float:
        """The points that are worth knowing."""
        return worth_knowing(self.outcome)

    @property
    def decides(self) -> Look | None:
        """The look that the verdict rests on."""
        return self.stopped or (self.looks[-1] if self.looks else None)


@dataclass(frozen=True)
class TrialPeriod:
    """A session and the days on which it is looked for, or a block: ratings day by day, and their mean.

    `notes` are those written from its first day until the next period begins, each with its day.
    """

    pair: int
    day: int
    done: str
    exposed: bool
    ratings: tuple[float | None, ...]
    response: float | None
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Analysis:
    """A trial read to the end of its diary. `primary` decides; `others` stop nothing.

    `plan` is None, and `drawn` how its draw is taken, for a trial that was drawn elsewhere. `ended`: no more is to
    come.
    """

    exposure: str
    control: str
    control_is: ControlKind
    stopping: Stopping
    pairs: int
    primary: OutcomeReading
    others: tuple[OutcomeReading, ...]
    periods: tuple[TrialPeriod, ...]
    deviations: tuple[Message, ...]
    ended: bool
    notes_before: tuple[tuple[int, str], ...] = ()
    run_in: tuple[float, ...] = ()
    plan: TrialPlan | None = None
    drawn: Literal["plan", "pairs", "periods"] = "plan"
    registered: Message | None = None
    schedule: TrialSchedule = "sessions"
    slow_waves: bool = False

    @property
    def waves_taken_out(self) -> bool:
        """Whether slow waves were asked to be taken out, and the deciding outcome has enough ratings for it."""
        return self.slow_waves and self.primary.rated >= DAYS_FOR_DRIFT

    @property
    def went_on(self) -> bool:
        """Whether the diary goes on after its rule said stop."""
        stopped = self.primary.stopped
        return stopped is not None and self.primary.looks[-1].pairs > stopped.pairs


def analyse(
    plan: TrialPlan,
    order: Order,
    diary: TrialDiary,
    registered: Message | None = None,
    *,
    slow_waves: bool = False,
) -> Analysis:
    """The analysis of the diary so far; `slow_waves` of the outcome, over weeks and months, are taken out."""
    last = diary.last
    pairs = sum(plan.complete_on(pair) <= last for pair in range(plan.stopping.pairs))
    layout = replace(layout_of(plan, min(max(last + 1, 1), plan.days())), slow_waves=slow_waves)
    first = np.array(order.first, dtype=np.bool_)
    orders = None if not layout.pairs else orders_of_pairs(first[: layout.pairs[-1]])
    ended = pairs >= plan.stopping.pairs
    readings: list[OutcomeReading] = []
    for scale in plan.outcomes:
        ratings = diary.ratings.get(scale.code, {})
        column = _column(ratings, layout.days)
        missing = last + 1 - len(ratings)
        refusal = _refusal(plan, scale, pairs, column, len(ratings), last)
        if refusal is not None or orders is None:
            readings.append(
                OutcomeReading(scale, len(ratings), missing, (), None, "too early", refusal=refusal)
            )
        else:
            readings.append(read_outcome(layout, orders, plan.stopping, scale, column, ended, missing))
    run_in = tuple(
        value for day, value in diary.ratings.get(plan.outcome.code, {}).items() if day < plan.run_in
    )
    return Analysis(
        plan.exposure,
        plan.control,
        plan.kind_of_control,
        plan.stopping,
        pairs,
        readings[0],
        tuple(readings[1:]),
        tuple(_periods(plan, order, diary, pairs)),
        tuple(_deviations(plan, order, diary.done, last)),
        ended,
        tuple((day, text) for day, text in sorted(diary.notes.items()) if day < plan.run_in),
        run_in,
        plan,
        registered=registered,
        schedule=plan.schedule,
        slow_waves=slow_waves,
    )


def analyse_foreign(
    trial: ForeignTrial,
    control_is: ControlKind,
    stop: Stopping,
    settling: int = 0,
    response: int = RESPONSE_DAYS,
    drawn: DrawnHow | None = None,
    *,
    slow_waves: bool = False,
) -> Analysis:
    """The analysis of a trial that was drawn elsewhere, looked at once, at its end."""
    how = drawn or ("pairs" if trial.in_pairs else "periods")
    layout = replace(foreign_layout(trial, control_is, settling, response), slow_waves=slow_waves)
    orders = foreign_orders(trial, how)
    pairs = layout.pairs[-1]
    stop = replace(stop, pairs=pairs, first=pairs, sure_last=usual_last(trial.schedule, pairs))
    readings: list[OutcomeReading] = []
    for scale in trial.outcomes:
        ratings = trial.ratings[scale.code]
        column = _column(ratings, trial.days)
        missing = trial.days - len(ratings)
        refusal = _nothing_in(scale, column, len(ratings))
        if refusal is not None:
            readings.append(
                OutcomeReading(scale, len(ratings), missing, (), None, "too early", refusal=refusal)
            )
        else:
            readings.append(read_outcome(layout, orders, stop, scale, column, True, missing))
    first = trial.periods[0].first
    return Analysis(
        trial.exposure,
        trial.control,
        control_is,
        stop,
        len(trial.periods) // 2,
        readings[0],
        tuple(readings[1:]),
        tuple(_foreign_periods(trial, settling)),
        tuple(message("nof1.deviation-twice", day=day, outcome=trial.outcomes[0]) for day in trial.twice),
        True,
        tuple((day, text) for day, text in sorted(trial.notes.items()) if day < first),
        tuple(value for day, value in trial.ratings[trial.outcomes[0].code].items() if day < first),
        drawn=how,
        schedule=trial.schedule,
        slow_waves=slow_waves,
    )


def _column(ratings: Mapping[int, float], days: int) -> Floats:
    column = np.full(days, np.nan)
    for day, value in ratings.items():
        if 0 <= day < days:
            column[day] = value
    return column


def _foreign_periods(trial: ForeignTrial, settling: int) -> Iterator[TrialPeriod]:
    ratings = trial.ratings[trial.outcomes[0].code]
    ends = [*(period.first for period in trial.periods[1:]), trial.days]
    for at, (period, end) in enumerate(zip(trial.periods, ends, strict=True)):
        begins = period.first + settling if period.last > period.first else period.first
        rated = tuple(ratings.get(day) for day in range(begins, max(period.last, begins) + 1))
        notes = tuple((day, trial.notes[day]) for day in range(period.first, end) if day in trial.notes)
        done = trial.exposure if period.exposed else trial.control
        yield TrialPeriod(at // 2 + 1, period.first, done, period.exposed, rated, _mean(rated), notes)


def read_outcome(
    layout: TrialLayout,
    orders: tuple[Bools, bool],
    stop: Stopping,
    scale: Scale,
    column: Floats,
    ended: bool,
    missing: int,
) -> OutcomeReading:
    """The reading of one outcome; `orders` has the drawn one in front, `ended` says that no more is to come."""
    tenths = in_tenths(scale, column)
    fit = fit_shapes(layout, orders[0][0], tenths)
    numbers = numbers_of(layout.priors, fit.mean, fit.sd)
    bounds = bounds_of(stop, layout.pairs)
    says = answers_of(stop, numbers, bounds)
    looks: list[Look] = []
    for at in range(len(layout.pairs)):
        effects = _effects(layout, fit, at, scale)
        likeliest = effects[int(numbers.likeliest[at])]
        if not likeliest.high - likeliest.low <= WIDEST * (scale.high - scale.low):
            continue
        against = says[at] in (NO_DIFFERENCE, SAFE) and contradicted(
            layout, orders_at(*orders, layout.periods[at]), tenths, fit, at, int(says[at])
        )
        looks.append(
            _look(
                layout.pairs[at],
                likeliest,
                numbers,
                at,
                "go on" if against else ANSWERS[int(says[at])],
                against,
                float(bounds[at]),
            )
        )
    rated = int((~np.isnan(column)).sum())
    if not looks:
        refusal = message("nof1.not-estimable")
        return OutcomeReading(scale, rated, missing, (), None, "undecided", refusal=refusal)
    stopped = next((look for look in looks if look.says != "go on"), None)
    decides = layout.pairs.index((stopped or looks[-1]).pairs)
    cut = orders_at(*orders, layout.periods[decides])
    test = randomisation_test(layout, cut, orders[1], tenths, fit, decides + 1, stop)
    effects = _effects(layout, fit, decides, scale)
    verdict = "undecided" if stopped is None else _AS_VERDICT[stopped.says]
    # At the end of a trial that asked for both, harm alone may still be excluded.
    safe = ended and looks[-1].point_worse < stop.safe and bool(numbers.clear_of_harm[decides])
    if stopped is None and safe and not test.contradicts_safety:
        verdict = "no worthwhile harm"
    return OutcomeReading(
        scale,
        rated,
        missing,
        tuple(looks),
        stopped,
        verdict,
        test,
        effects,
        _density(effects[int(numbers.likeliest[decides])]),
        log_likelihood=tuple(log_likelihood_of(layout, orders[0][0], tenths, EFFECTS)[-1].tolist()),
        withheld=verdict == "undecided" and (looks[-1].contradicted or safe),
    )


_AS_VERDICT: dict[RuleAnswer, TrialVerdict] = {
    "harm": "harm",
    "benefit": "benefit",
    "no difference": "no difference",
    "no worthwhile harm": "no worthwhile harm",
}


def _look(
    pairs: int,
    likeliest: ShapeEffect,
    numbers: TrialNumbers,
    at: int,
    says: RuleAnswer,
    against: bool,
    sure: float,
) -> Look:
    return Look(
        pairs,
        likeliest,
        float(numbers.worse[at]),
        float(numbers.better[at]),
        float(numbers.point_worse[at]),
        float(numbers.point_better[at]),
        says,
        against,
        sure,
    )


def _effects(layout: TrialLayout, fit: ShapeFit, look: int, scale: Scale) -> tuple[ShapeEffect, ...]:
    effects: list[ShapeEffect] = []
    for at, shape in enumerate(layout.shapes):
        mean, half = float(fit.mean[look, at]), HALF_INTERVAL * float(fit.sd[look, at])
        ends = sorted((points_of(scale, mean - half), points_of(scale, mean + half)))
        effects.append(ShapeEffect(shape, points_of(scale, mean), ends[0], ends[1]))
    return tuple(effects)


def _density(effect: ShapeEffect) -> tuple[tuple[float, float], ...]:
    """The normal density with that mean and interval, at 121 places: points and height."""
    sd = (effect.high - effect.low) / (2 * HALF_INTERVAL)
    at = np.linspace(effect.estimate - 4 * sd, effect.estimate + 4 * sd, 121)
    return tuple(
        (float(size), exp(-0.5 * ((float(size) - effect.estimate) / sd) ** 2) / (sd * sqrt(2 * pi)))
        for size in at
    )


def _refusal(
    plan: TrialPlan, scale: Scale, pairs: int, column: Floats, rated: int, last: int
) -> Message | None:
    if rated and pairs < plan.stopping.first:
        return message(
            "nof1.before-first-look",
            pairs=pairs,
            most=plan.stopping.pairs,
            day=last,
            first=plan.stopping.first,
            need=plan.complete_on(plan.stopping.first - 1),
        )
    return _nothing_in(scale, column, rated)


def _nothing_in(scale: Scale, column: Floats, rated: int) -> Message | None:
    """Why a column of ratings can show nothing."""
    if not rated:
        return message("nof1.no-rating", outcome=scale)
    known = column[~np.isnan(column)]
    if not len(known):
        return message("nof1.never-changes-unknown", outcome=scale)
    if np.ptp(known) == 0:
        return message("nof1.never-changes", outcome=scale, value=float(known[0]))
    return None


def _periods(plan: TrialPlan, order: Order, diary: TrialDiary, pairs: int) -> list[TrialPeriod]:
    ratings = diary.ratings.get(plan.outcome.code, {})
    begins = plan.settling if plan.schedule == "blocks" else 0
    periods: list[TrialPeriod] = []
    for pair in range(pairs):
        for at, day in enumerate(plan.occasions(pair)):
            exposed = (at == 0) == order.first[pair]
            after = tuple(ratings.get(day + step) for step in range(begins, plan.ends_after + 1))
            notes = tuple((on, diary.notes[on]) for on in range(day, day + plan.gap) if on in diary.notes)
            done = plan.exposure if exposed else plan.control
            periods.append(TrialPeriod(pair + 1, day, done, exposed, after, _mean(after), notes))
    return periods


def _mean(ratings: Sequence[float | None]) -> float | None:
    known = [rating for rating in ratings if rating is not None]
    return sum(known) / len(known) if known else None


def _deviations(plan: TrialPlan, order: Order, done: Mapping[int, str], last: int) -> list[Message]:
    """Where what was done is not what was drawn; nothing is said of days on which nobody wrote anything."""
    drawn = dict.fromkeys(order.exposed(plan), plan.exposure) | dict.fromkeys(
        order.controls(plan), plan.control
    )
    if plan.schedule == "blocks":
        drawn = {day + step: what for day, what in drawn.items() for step in range(plan.gap)}
    deviations: list[Message] = []
    for day in sorted({*drawn, *done}):
        if day > last:
            continue
        planned, was = drawn.get(day), done.get(day)
        if planned is not None and was is None and done and plan.schedule == "sessions":
            deviations.append(message("nof1.deviation-nothing", day=day, planned=planned))
        elif planned is None and was in (plan.exposure, plan.control):
            deviations.append(message("nof1.deviation-not-drawn", day=day, was=was))
        elif planned is not None and was is not None and was != planned:
            deviations.append(message("nof1.deviation-otherwise", day=day, planned=planned, was=was))
    return deviations
