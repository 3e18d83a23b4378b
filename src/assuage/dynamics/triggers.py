"""What one diary can and cannot say about what makes this patient worse: numbers, then the doubt, in plain words.

Association only, whenever the exposure was chosen: no word here says that anything caused anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assuage.catalogue.message import Message, message
from assuage.dynamics import estimate as e
from assuage.dynamics import kernels
from assuage.dynamics.arranged import ArrangedDiary, PlacedExposure, arrange
from assuage.dynamics.contrast import Contrasts, contrasts_of, worth_knowing
from assuage.dynamics.design import DAYS_FOR_TREND
from assuage.dynamics.diary import Diary, batch_of
from assuage.dynamics.effect import Compared, Effect, Threshold
from assuage.dynamics.evidence import ShapeNumbers
from assuage.dynamics.infer import Posterior
from assuage.dynamics.model import DISTRIBUTED_LAG, NUGGET, Floats, Grid
from assuage.dynamics.verdict import TriggerVerdict, verdicts
from assuage.terms.spoken import exposure_term

FEW = 6  # exposed days, up to which the report says what they cannot show (ours)
DETECTABLE = 2.8  # standard errors of an effect that is seen four times in five at 5 % (1.96 + 0.84)


@dataclass(frozen=True)
class RatedDay:
    """One rating, and the rating to be expected without any exposure: mean and 95 % interval, None if unknown."""

    day: int
    slot: int
    rating: float | None
    without: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Noise:
    """Posterior means of the noise: what is left of a deviation a rating later, the rating's own share, its SD."""

    phi: float
    kappa: float
    sd: float


@dataclass(frozen=True)
class Findings:
    """All effects of one diary, a verdict on each exposure, and how it was `compared`.

    `slow_waves` were taken out of the outcome. `refusals` say why where no number at all can be given; `notes` are the
    doubts about the whole diary.
    """

    patient: str
    outcome: str
    rated: int
    used: int
    effects: tuple[Effect, ...]
    refusals: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    noise: Noise | None = None
    days: tuple[RatedDay, ...] = ()
    verdicts: tuple[TriggerVerdict, ...] = ()
    compared: tuple[Compared, ...] = ()
    slow_waves: bool = False

    def verdict_of(self, exposure: str) -> TriggerVerdict:
        """The verdict on an exposure. KeyError where it was not asked about."""
        return {verdict.exposure: verdict for verdict in self.verdicts}[exposure]

    def comparison_of(self, exposure: str) -> Compared:
        """How an exposure was compared. KeyError where it was not asked about."""
        return {compared.exposure: compared for compared in self.compared}[exposure]

    def of(self, exposure: str, lag: int = DISTRIBUTED_LAG) -> Effect:
        """The effect of an exposure at a lag. KeyError where it was not asked about."""
        for effect in self.effects:
            if (effect.exposure, effect.lag) == (exposure, lag):
                return effect
        raise KeyError(exposure)


def triggers(diary: Diary, *, grid: Grid = NUGGET, drift: bool = False, seed: int = 0) -> Findings:
    """What the diary says of each exposure at each lag. `seed` serves diaries at the ends of their scale only."""
    rated = int((~np.isnan(diary.ratings)).sum())
    if not diary.exposures:
        nothing = message("unable.no-exposure")
        return Findings(diary.patient, diary.outcome.code, rated, 0, (), (nothing,))
    arranged = arrange(diary, grid, drift, seed)
    effects = tuple(
        _effect(diary, name, placed, m) for name, placed in arranged.placed.items() for m in placed.targets
    )
    estimated = any(effect.estimate is not None for effect in effects)
    over_three = [effect.because for effect in effects if effect.lag == DISTRIBUTED_LAG]
    refusals = () if estimated else tuple(dict.fromkeys(each for each in over_three if each is not None))
    joint = arranged.joint.estimates
    contrasts = contrasts_of(batch_of(diary))
    compared = tuple(_compared(diary, contrasts, name, placed) for name, placed in arranged.placed.items())
    return Findings(
        diary.patient,
        diary.outcome.code,
        rated,
        int(joint.used[0]),
        effects,
        refusals,
        _notes(diary, arranged, effects, compared) if estimated else (),
        noise_of(joint.posterior, worth_knowing(diary.outcome)) if estimated else None,
        _days(arranged) if estimated else (),
        verdicts_of_groups(arranged),
        compared,
        drift,
    )


def verdicts_of_groups(arranged: ArrangedDiary) -> tuple[TriggerVerdict, ...]:
    """A verdict on each exposure, corrected for all; those that cannot be told apart count once and share one."""
    firsts = {placed.members[0]: placed.evidence for placed in arranged.placed.values()}
    of_first = {verdict.exposure: verdict for verdict in verdicts(firsts)}
    return tuple(
        replace(of_first[placed.members[0]], exposure=name) for name, placed in arranged.placed.items()
    )


def _effect(diary: Diary, exposure: str, placed: PlacedExposure, m: int) -> Effect:
    estimates, i = placed.judged.estimates, placed.at
    _, lag = estimates.targets[m]
    code, exposed = int(estimates.why[i, m]), int(estimates.exposed[i, m])
    if code != e.ESTIMATED:
        reason = unable_message(diary, exposure, lag, code, exposed, int(estimates.used[i]))
        return Effect(exposure, lag, "not estimable", exposed, because=reason)
    estimate, sd, low, high, above_0, above_1, below = (float(number) for number in estimates.numbers[i, m])
    direction = int(estimates.patient_initiated[i, estimates.batch.exposures.index(placed.name)])
    flags: list[str] = []
    if direction:
        flags.append("sought when high" if direction > 0 else "sought when low")
    if exposed <= FEW:
        flags.append("few exposures")
    if estimates.at_ends[i]:
        flags.append("ends of the scale")
    settled = placed.name in estimates.batch.timed or diary.exposures[exposure].fixed
    chosen = direction != 0 and not settled
    side = "high" if direction > 0 else "low"
    goes = message(f"triggers.goes-with-{side}", exposure=exposure_term(exposure), outcome=diary.outcome)
    return Effect(
        exposure,
        lag,
        "association only" if chosen else "estimated",
        exposed,
        estimate,
        low,
        high,
        above_0,
        above_1,
        float(estimates.lfsr[i, m]),
        DETECTABLE * sd,
        tuple(flags),
        goes if chosen else None,
        below,
        worth_knowing(diary.outcome),
    )


def _compared(diary: Diary, contrasts: Contrasts, exposure: str, placed: PlacedExposure) -> Compared:
    """How an exposure was compared, and what its own day, the day before and thresholds say.

    `contrasts` are those of the diary: of an exposure that shares its numbers with others its own, not those of all.
    """
    judged, i = placed.judged, placed.at
    estimates, selected = judged.estimates, judged.selection
    k = estimates.batch.exposures.index(placed.name)
    column = list(diary.exposures).index(exposure)
    fixed = diary.exposures[exposure].fixed
    thresholds = [
        shape
        for shape in judged.shapes
        if shape.exposure == placed.name
        and shape.beyond is not None
        and not np.isnan(shape.numbers[i, 0])
        and len(placed.members) == 1
    ]
    clearest = max(thresholds, key=lambda shape: abs(shape.numbers[i, 0] / shape.numbers[i, 1]), default=None)
    return Compared(
        exposure,
        float(contrasts.unit[0, column]),
        bool(contrasts.amounts[0, column]),
        bool(contrasts.always_there[0, column]),
        tuple(name for name in placed.members if name != exposure),
        placed.alone,
        fixed,
        diary.exposures[exposure].by if fixed else None,
        _standing_out(exposure, 0, selected.same_day[i, k], fixed),
        _standing_out(exposure, -1, selected.lead[i, k], fixed),
        None if clearest is None else _threshold(exposure, clearest, i),
        _day_after(placed),
    )


def _day_after(placed: PlacedExposure) -> tuple[float, float] | None:
    """The difference on the day after in both readings of the exposure's own day; None where its order is known."""
    both = [
        float(shape.numbers[placed.at, 0])
        for reading in (placed.judged.shapes, placed.judged.if_first)
        for shape in reading
        if (shape.exposure, shape.shape, shape.lag) == (placed.name, "lag", 1)
    ]
    return (both[0], both[1]) if len(both) == 2 and not np.isnan(both).any() else None


def _standing_out(exposure: str, lag: int, numbers: Floats, fixed: bool) -> Effect | None:
    """The outcome of the exposure's own day, or of the day before it, where the interval leaves 0 out."""
    if fixed or not (numbers[2] > 0 or numbers[3] < 0):
        return None
    estimate, _, low, high, above_0, above_1, below = (float(number) for number in numbers)
    return Effect(
        exposure, lag, "association only", 0, estimate, low, high, above_0, above_1, p_lt_minus_1=below
    )


def _threshold(exposure: str, shape: ShapeNumbers, i: int) -> Threshold | None:
    """The clearest threshold, where its interval leaves 0 out."""
    estimate, _, low, high, *_ = (float(number) for number in shape.numbers[i])
    if shape.beyond is None or low <= 0 <= high:
        return None
    side = "above" if shape.shape == "above" else "below"
    return Threshold(side, float(shape.beyond[i]), shape.lag, estimate, low, high)


def unable_message(diary: Diary, exposure: str, lag: int, code: int, exposed: int, used: int) -> Message:
    """Why there is no number; `used` of the ratings could be."""
    days, rated = len(diary.ratings), int((~np.isnan(diary.ratings)).sum())
    outcome, named = diary.outcome, exposure_term(exposure)
    match code:
        case e.NO_RATING:
            return message("unable.no-rating", outcome=outcome)
        case e.FEW_DAYS if rated > DAYS_FOR_TREND * diary.ratings_per_day > used:
            return message("unable.few-usable", outcome=outcome, n=rated, used=used)
        case e.FEW_DAYS:
            return message("unable.few-ratings", outcome=outcome, n=rated)
        case e.CONSTANT:
            value = float(diary.ratings[~np.isnan(diary.ratings)][0])
            return message("unable.constant", outcome=outcome, value=value)
        case e.NEVER:
            return message("unable.never", exposure=named, n=days)
        case e.ALWAYS:
            return message("unable.always", exposure=named)
        case e.FEW_EXPOSED:
            when = message(f"triggers.lag-{'all' if lag == DISTRIBUTED_LAG else lag}")
            return message("unable.one-after" if exposed == 1 else "unable.none-after", when=when)
        case _:
            return message("unable.collinear", exposure=named)


def _notes(
    diary: Diary, arranged: ArrangedDiary, effects: tuple[Effect, ...], compared: tuple[Compared, ...]
) -> tuple[Message, ...]:
    """What to keep in mind, the most serious first."""
    notes: list[Message] = []
    if any(column.kind == kernels.SLOW for column in arranged.joint.estimates.posterior.design.columns):
        notes.append(message("triggers.slow-waves", outcome=diary.outcome))
    if diary.left_out:
        notes.append(message("triggers.left-out", columns=diary.left_out))
    # Many factors of a diary were there as seldom as each other: they are told together.
    seldom: dict[float, list[object]] = {}
    for exposure in compared:
        last = next(
            effect
            for effect in effects
            if effect.exposure == exposure.exposure and effect.lag == DISTRIBUTED_LAG
        )
        if last.estimate is not None and last.exposed <= FEW and last.detectable is not None:
            seldom.setdefault(round(last.detectable, 1), []).append(exposure_term(exposure.exposure))
    for detectable, exposures in sorted(seldom.items()):
        notes.append(message("triggers.few-occasions", exposure=tuple(exposures), detectable=detectable))
    lost = int((~np.isnan(diary.ratings)).sum()) - int(arranged.joint.estimates.used[0])
    if lost:
        notes.append(message("triggers.ratings-lost", n=lost))
    notes.append(message("triggers.blank-days"))
    return tuple(notes)


def noise_of(posterior: Posterior, points: float = 1.0) -> Noise:
    """The noise of the first diary of a batch; `points` of the outcome's scale are a tenth of it."""
    weight, grid = np.exp(posterior.log_weight[0]), posterior.grid
    return Noise(
        float(weight @ grid.phi),
        float(weight @ grid.kappa),
        points * float(np.sqrt(weight @ posterior.sigma2[0])),
    )


def _days(arranged: ArrangedDiary) -> tuple[RatedDay, ...]:
    diary = arranged.diary
    added = e.effect_by_day(arranged.joint.estimates, 0)
    flat: Floats = diary.ratings.ravel()
    days: list[RatedDay] = []
    for r, rating in enumerate(flat):
        day, slot = diary.first_day + r // diary.ratings_per_day, r % diary.ratings_per_day
        if np.isnan(rating):
            days.append(RatedDay(day, slot, None))
        elif np.isnan(added[r, 0]):
            days.append(RatedDay(day, slot, float(rating)))
        else:
            mean, low, high = (float(rating - added[r, at]) for at in (0, 2, 1))
            days.append(RatedDay(day, slot, float(rating), mean, low, high))
    return tuple(days)
