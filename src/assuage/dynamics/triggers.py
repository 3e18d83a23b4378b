"""What one diary can and cannot say about what makes this patient worse: numbers, then the doubt, in plain words.

Association only, whenever the exposure was chosen: no word here says that anything caused anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assuage.dynamics import estimate as e
from assuage.dynamics.design import DAYS_FOR_TREND
from assuage.dynamics.diary import Diary, batch_of
from assuage.dynamics.effect import Effect
from assuage.dynamics.infer import Posterior
from assuage.dynamics.model import DISTRIBUTED_LAG, NUGGET, Floats, Grid
from assuage.dynamics.verdict import TriggerVerdict, evidence_of, verdicts

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
    """All effects of one diary. `refusal` is a sentence when no number at all can be given; `notes` are the doubts."""

    patient: str
    outcome: str
    rated: int
    used: int
    effects: tuple[Effect, ...]
    refusal: str | None = None
    notes: tuple[str, ...] = ()
    noise: Noise | None = None
    days: tuple[RatedDay, ...] = ()
    verdicts: tuple[TriggerVerdict, ...] = ()

    def verdict_of(self, exposure: str) -> TriggerVerdict:
        """The verdict on an exposure. KeyError where it was not asked about."""
        return {verdict.exposure: verdict for verdict in self.verdicts}[exposure]

    def of(self, exposure: str, lag: int = DISTRIBUTED_LAG) -> Effect:
        """The effect of an exposure at a lag. KeyError where it was not asked about."""
        for effect in self.effects:
            if (effect.exposure, effect.lag) == (exposure, lag):
                return effect
        raise KeyError(exposure)


def triggers(diary: Diary, *, grid: Grid = NUGGET, drift: bool = False, seed: int = 0) -> Findings:
    """What the diary says of each exposure at each lag. `seed` serves diaries at the ends of their scale only."""
    batch = batch_of(diary)
    rated = int((~np.isnan(diary.ratings)).sum())
    estimates = e.estimate(batch, grid, drift, seed=seed)
    effects = tuple(_effect(diary, estimates, m) for m in range(len(estimates.targets)))
    reasons = {int(code) for code in estimates.why[0]}
    refusal = None
    if reasons and e.ESTIMATED not in reasons:
        refusal = " ".join(
            dict.fromkeys(effect.because for effect in effects if effect.lag == DISTRIBUTED_LAG)
        )
    elif not effects:
        refusal = "No exposure was named or recorded, so there is nothing to compare."
    estimated = e.ESTIMATED in reasons
    return Findings(
        diary.patient,
        diary.outcome.code,
        rated,
        int(estimates.used[0]),
        effects,
        refusal,
        _notes(diary, estimates, effects) if estimated else (),
        noise_of(estimates.posterior) if estimated else None,
        _days(diary, estimates) if estimated else (),
        _verdicts(diary, effects),
    )


def _verdicts(diary: Diary, effects: tuple[Effect, ...]) -> tuple[TriggerVerdict, ...]:
    """The verdict on each exposure, corrected for all that were looked at."""
    of_exposure = {
        name: evidence_of([effect for effect in effects if effect.exposure == name])
        for name in diary.exposures
    }
    return verdicts(of_exposure)


def _effect(diary: Diary, estimates: e.Estimates, m: int) -> Effect:
    exposure, lag = estimates.targets[m]
    code, exposed = int(estimates.why[0, m]), int(estimates.exposed[0, m])
    if code != e.ESTIMATED:
        return Effect(
            exposure,
            lag,
            "not estimable",
            exposed,
            because=because(diary, exposure, lag, code, exposed, int(estimates.used[0])),
        )
    estimate, sd, low, high, above_0, above_1, below = (float(number) for number in estimates.numbers[0, m])
    direction = int(estimates.patient_initiated[0, estimates.batch.exposures.index(exposure)])
    flags: list[str] = []
    if direction:
        flags.append("sought when high" if direction > 0 else "sought when low")
    if exposed <= FEW:
        flags.append("few exposures")
    if estimates.at_ends[0]:
        flags.append("ends of the scale")
    chosen = direction != 0 and exposure not in estimates.batch.timed and not diary.exposures[exposure].fixed
    reason = (
        f"{exposure} tends to happen when {diary.outcome} is {'high' if direction > 0 else 'low'}"
        if chosen
        else ""
    )
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
        float(estimates.lfsr[0, m]),
        DETECTABLE * sd,
        tuple(flags),
        reason,
        below,
    )


def because(diary: Diary, exposure: str, lag: int, code: int, exposed: int, used: int) -> str:
    """Why there is no number, as a sentence; `used` of the ratings could be."""
    days, rated = len(diary.ratings), int((~np.isnan(diary.ratings)).sum())
    when = (
        "in the three days after it"
        if lag == DISTRIBUTED_LAG
        else ("later that day", "the day after it", f"{lag} days after it")[min(lag, 2)]
    )
    match code:
        case e.NO_RATING:
            return f"There is no {diary.outcome} rating in this diary."
        case e.FEW_DAYS:
            count = "1 rating" if rated == 1 else f"{rated} ratings"
            if rated > DAYS_FOR_TREND * diary.ratings_per_day > used:
                return (
                    f"Of {count} of {diary.outcome} only {used} can be used, because what came in the three days "
                    "before the others is not known; that is too few for this model."
                )
            are = "is" if rated == 1 else "are"
            return f"{count} of {diary.outcome} {are} too few for this model; keep the diary for some weeks."
        case e.CONSTANT:
            value = diary.ratings[~np.isnan(diary.ratings)][0]
            return f"{diary.outcome} is {value:g} on every rated day; what never changes shows nothing."
        case e.NEVER:
            return f"{exposure} was never recorded in these {days} days."
        case e.ALWAYS:
            return f"{exposure} was recorded every day, or on all but one: there is no time without it to compare with."
        case e.FEW_EXPOSED:
            ratings = "only one rating" if exposed == 1 else "no rating"
            return f"There is {ratings} {when} that could be used; two are the least."
        case _:
            return (
                f"{exposure} always goes together with something else in the model, such as the weekday or another "
                "exposure, and cannot be told apart from it."
            )


def _notes(diary: Diary, estimates: e.Estimates, effects: tuple[Effect, ...]) -> tuple[str, ...]:
    """What to keep in mind, the most serious first."""
    notes: list[str] = []
    for exposure in diary.exposures:
        estimated = [
            effect for effect in effects if effect.exposure == exposure and effect.state != "not estimable"
        ]
        if not estimated:
            continue
        if estimated[0].state == "association only":
            high = "sought when high" in estimated[0].flags
            notes.append(
                f"You tend to have {exposure} when {diary.outcome} is {'high' if high else 'low'}: what follows it may "
                "be what would have come anyway. Rate morning and evening and note the time, or test it at random."
            )
        last = estimated[-1]
        if last.exposed <= FEW and last.detectable is not None:
            notes.append(
                f"{exposure}: with so few occasions this diary would show only differences of about "
                f"{last.detectable:.1f} points or more; a smaller one can neither be seen nor excluded."
            )
    lost = int((~np.isnan(diary.ratings)).sum()) - int(estimates.used[0])
    if lost:
        notes.append(
            f"{lost} of the ratings were not used, because what came in the days before them is not known."
        )
    notes.append(
        "A day without an entry of an exposure is read as a day without it. Followed by is not caused by."
    )
    return tuple(notes)


def noise_of(posterior: Posterior) -> Noise:
    """The noise of the first diary of a batch."""
    weight, grid = np.exp(posterior.log_weight[0]), posterior.grid
    return Noise(
        float(weight @ grid.phi),
        float(weight @ grid.kappa),
        float(np.sqrt(weight @ posterior.sigma2[0])),
    )


def _days(diary: Diary, estimates: e.Estimates) -> tuple[RatedDay, ...]:
    added = e.effect_by_day(estimates, 0)
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
