"""Tomorrow and next week: a forecast by the model of the triggers, tried first on the patient's own past.

A day to come is a row of the model with a column of its own, whose coefficient is the rating to be expected: its
posterior is the predictive distribution, weights of the noise and all (D. S. Salkever, J Econometrics 1976;4:393). Of
exposures those are in the model that the page links to the outcome, either way, judged on the days before each
forecast only; on days to come they are as often as they have been. What else than ratings and exposures was written
down (stress, sleep) is left out, since nobody knows tomorrow's; so is the trend, which made the forecasts of every
simulated world worse. The weekly waves are in the model where they have done better so far.

A forecast is told only where on the patient's own past days it scored better than persistence. Every number here is
ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from msgspec import structs

from assuage.dynamics import kernels, mixtures
from assuage.dynamics.contrast import in_tenths, prepare_batch, worth_knowing
from assuage.dynamics.design import Design, DesignColumn, DesignRows, design, design_rows
from assuage.dynamics.diary import Diary, together
from assuage.dynamics.forecast_scores import Lattice, Skill, lattice_of, persistence, seasonal, skill_of
from assuage.dynamics.infer import Posterior, infer_rows
from assuage.dynamics.model import NUGGET, Floats
from assuage.dynamics.reading import within_ratings
from assuage.dynamics.triggers import Findings, triggers
from assuage.dynamics.verdict import VerdictWord
from assuage.terms.flares import BEFORE, RISE

DAYS_AHEAD = 7
FEWEST_LEARNT, FEWEST_TRIED = 28, 30  # ratings to learn from, and days of the past to be tried on
LATEST = 120  # days of the past that are tried: what was so a year ago says little
JUDGED_EVERY = 30  # days, after which the exposures of the model are judged anew in the past
RATED_BEFORE = 3  # ratings in the week before, below which nobody knows what it is worse than
OLDEST = 2  # days without a rating at the end, beyond which there is no tomorrow
SURE = 1.645  # standard errors of the gain over persistence: better by chance at most once in twenty
PATHS, SEED = 4_000, 20_261  # ways that the week may go, drawn from the posterior
IN_MODEL: tuple[VerdictWord, ...] = ("likely", "possible", "helps")
AHEAD = -1  # the kind of the column of a day to come

NoForecast = Literal["few", "constant", "stale", "week-unknown", "no-better"]


@dataclass(frozen=True)
class DayAhead:
    """One day to come, in points of the outcome: the middle, the ends of 80 in 100, and the chance of a flare."""

    day: int
    middle: float
    low: float
    high: float
    flare: float


@dataclass(frozen=True)
class IfExposed:
    """The chance of a flare on the next day, and on any of the next seven, with an exposure of a day and without it.

    `on` is that day: the last one written for what was chosen, the next one for what acts on its own day. `happened`
    says whether the diary has it; None: not known. `week` is NaN where only tomorrow is told.
    """

    exposure: str
    verdict: VerdictWord
    on: int
    happened: bool | None
    tomorrow: tuple[float, float]
    week: tuple[float, float]


@dataclass(frozen=True)
class PastFlares:
    """How the forecasts of the past came out: the mean chance of a flare on the next day, and the share that came."""

    days: int
    told: float
    came: float
    brier: float


@dataclass(frozen=True)
class Forecast:
    """What the diary says of the days after `last`; without `days` there is no forecast, and `why_not` says why.

    `usual` is the mean of the week before, and a flare a rating of `flare_from` or worse (None where the scale has no
    room for it). `tomorrow` and `week` are how both kinds did on the past; `any_flare` is of the week, None where only
    tomorrow can be told.
    """

    patient: str
    outcome: str
    last: int
    rated: int
    why_not: NoForecast | None = None
    silent: int = 0
    days: tuple[DayAhead, ...] = ()
    usual: float | None = None
    flare_from: float | None = None
    any_flare: float | None = None
    tomorrow: Skill | None = None
    week: Skill | None = None
    past: PastFlares | None = None
    exposures: tuple[IfExposed, ...] = ()
    without_word: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """The forecasts of one past: `at_most[o, h, value]` of each origin, what came, and the scores of all three.

    `weekly` says whether the weekly waves have done better than none.
    """

    origins: tuple[int, ...]
    lattice: Lattice
    at_most: Floats
    came: Floats
    flare_from: Floats
    weekly: bool
    scores: Mapping[str, Floats] = field(default_factory=dict[str, Floats])

    def skill(self, days: int) -> Skill:
        """The skill of the next day, or of the mean over the next `days`."""
        means = {name: _mean_of(scores[:, :days]) for name, scores in self.scores.items()}
        return skill_of(means["forecast"], means["persistence"], means["seasonal"], 2 * days)

    def flares(self, ahead: int = 1) -> tuple[Floats, Floats]:
        """The chance of a flare on the day `ahead` of each origin, and whether it came; of days that are known."""
        came, chance = self.came[:, ahead - 1], flare_chance(self, ahead - 1)
        # Where the scale has no room for a flare none is foretold: that would be no skill.
        known = ~np.isnan(came) & (self.flare_from <= self.lattice.values[-1] + 1e-9)
        return chance[known], (came >= self.flare_from - 1e-9)[known].astype(np.float64)


def forecast(
    diary: Diary,
    findings: Findings | None = None,
    *,
    last: int | None = None,
    drift: bool = False,
    seed: int = SEED,
) -> Forecast:
    """The forecast of the days after the last one of the diary, or after `last`, up to which nothing more was rated.

    `findings` are those of its page, if anybody has them already: what they link is in the model.
    """
    if last is not None:
        diary = _lengthened(
            diary, len(diary.ratings), max(last + 1 - diary.first_day - len(diary.ratings), 0)
        )
    daily = in_tenths_worse_up(diary)
    ratings = daily.ratings[:, 0]
    rated = np.flatnonzero(~np.isnan(ratings))
    ends = diary.first_day + len(ratings) - 1
    nothing = Forecast(diary.patient, diary.outcome.code, ends, len(rated))
    if len(rated) < FEWEST_LEARNT + FEWEST_TRIED:
        return replace(nothing, why_not="few")
    if len(np.unique(ratings[rated])) < 2:
        return replace(nothing, why_not="constant")
    silent = len(ratings) - 1 - int(rated[-1])
    if silent > OLDEST:
        return replace(nothing, why_not="stale", silent=silent)
    if np.isnan(week_before(ratings, len(ratings) - 1)):
        return replace(nothing, why_not="week-unknown")
    tried = tried_on_the_past(diary, drift)
    tomorrow, week = tried.skill(1), tried.skill(DAYS_AHEAD)
    nothing = replace(nothing, tomorrow=tomorrow, week=week, silent=silent)
    if tomorrow.tried < FEWEST_TRIED:
        return replace(nothing, why_not="few")
    if tomorrow.z < SURE:
        return replace(nothing, why_not="no-better")
    if findings is None and diary.exposures:
        findings = triggers(within_ratings(diary), drift=drift)
    return _told(diary, daily, tried, nothing, findings, seed)


def in_tenths_worse_up(diary: Diary) -> Diary:
    """The diary with one rating a day, in tenths of the scale, worse up; of two ratings that which stands for a day.

    A day with one of its two ratings is unknown. What was felt beside the outcome is left out.
    """
    scale = diary.outcome
    ratings = diary.ratings
    if diary.ratings_per_day == 2:
        highest = scale.day_value((0.0, 1.0)) == 1.0
        ratings = (ratings.max(axis=1) if highest else ratings.min(axis=1))[:, None]
    worse_up = structs.replace(scale, low=0.0, high=10.0, higher_is="worse")
    exposures = {name: replace(each, minute=None) for name, each in diary.exposures.items()}
    return replace(
        diary,
        outcome=worse_up,
        ratings=in_tenths(scale, ratings),
        exposures=exposures,
        confounders={},
    )


def tried_on_the_past(diary: Diary, drift: bool = False, latest: int = LATEST) -> Tried:
    """Forecasts from each of the latest days of the past, each from what was known up to its day."""
    daily = in_tenths_worse_up(diary)
    ratings = daily.ratings[:, 0]
    lattice = lattice_of(ratings)
    begins = max(
        int(np.searchsorted(np.cumsum(~np.isnan(ratings)), FEWEST_LEARNT)), len(ratings) - 1 - latest
    )
    origins = [
        at
        for at in range(begins, len(ratings) - 1)
        if not np.isnan(ratings[max(at - OLDEST, 0) : at + 1]).all()
    ]
    shape = (len(origins), DAYS_AHEAD)
    at_most, came = np.full((*shape, lattice.count), np.nan), np.full(shape, np.nan)
    so_far = {False: 0.0, True: 0.0}
    for block in range(0, len(origins), JUDGED_EVERY):
        some = origins[block : block + JUDGED_EVERY]
        cut = cut_at(diary, daily, some, drift)
        both = {weekly: distributions(lattice, predictive(cut, weekly)) for weekly in so_far}
        at_most[block : block + len(some)] = both[so_far[True] < so_far[False]]
        next_day = ratings[np.array(some) + 1]
        for weekly, of_block in both.items():
            so_far[weekly] += float(np.nansum(lattice.crps(of_block[:, 0], next_day)[~np.isnan(next_day)]))
    scores = {name: np.full(shape, np.nan) for name in ("forecast", "persistence", "seasonal")}
    for o, origin in enumerate(origins):
        for h in range(min(DAYS_AHEAD, len(ratings) - 1 - origin)):
            rating = ratings[origin + h + 1]
            if np.isnan(rating):
                continue
            came[o, h] = rating
            guesses = {
                "forecast": at_most[o, h],
                "persistence": persistence(lattice, ratings, origin, h + 1),
                "seasonal": seasonal(lattice, ratings, origin, h + 1),
            }
            for name, guess in guesses.items():
                if guess is not None:
                    scores[name][o, h] = lattice.crps(guess, np.asarray(rating))
    usual = np.array([week_before(ratings, origin) for origin in origins])
    return Tried(tuple(origins), lattice, at_most, came, usual + RISE, so_far[True] < so_far[False], scores)


def cut_at(diary: Diary, daily: Diary, origins: Sequence[int], drift: bool = False) -> list[Diary]:
    """What was known on each of some days, with a week to come; exposures are those linked by the first of them."""
    held = _held(_until(diary, origins[0]), drift)
    return [_ahead(_until(_only(daily, held), origin)) for origin in origins]


def predictive(cut: Sequence[Diary], weekly: bool, pairs: bool = False) -> Posterior:
    """The posterior of the last seven days of each diary, which nobody has rated; with `pairs` also of their sums."""
    batch = prepare_batch(together(cut)).expected
    ends = batch.starts[1:]
    to_come = (ends[:, None] - DAYS_AHEAD + np.arange(DAYS_AHEAD)).ravel()
    outcome = batch.outcome.copy()
    outcome[to_come] = 0.0
    asked = design(batch, "lags")
    left_out = {kernels.TREND} if weekly else {kernels.TREND, kernels.COSINE, kernels.SINE}
    kept = [at for at, column in enumerate(asked.columns) if column.kind not in left_out]
    asked = Design(tuple(asked.columns[at] for at in kept), asked.targets, asked.contrasts[:, kept])
    rows = design_rows(replace(batch, outcome=outcome), asked.columns)
    wide = len(asked.columns)
    values = np.insert(rows.values, [wide] * DAYS_AHEAD, 0.0, axis=1)
    # With minus one on its own row, where the rating is 0, the coefficient of a day is what would have been rated.
    values[to_come, wide + np.tile(np.arange(DAYS_AHEAD), len(batch))] = -1.0
    columns = (*asked.columns, *(DesignColumn(AHEAD, lag=day + 1) for day in range(DAYS_AHEAD)))
    sums = [(h,) for h in range(DAYS_AHEAD)]
    if pairs:
        sums += [(a, b) for a in range(DAYS_AHEAD) for b in range(a)]
    contrasts = np.zeros((len(sums), len(columns)))
    for m, days in enumerate(sums):
        contrasts[m, [wide + day for day in days]] = 1.0
    targets = tuple(("", days[0] + 1) for days in sums)
    of_days = Design(columns, targets, contrasts)
    return infer_rows(DesignRows(values, rows.known, rows.allowed), batch.starts, of_days, NUGGET)


def distributions(lattice: Lattice, posterior: Posterior) -> Floats:
    """`[diary, day, value]`: P(at most each value that can be rated); NaN where nothing can be said."""
    edges = lattice.values[:-1] + lattice.step / 2
    at_most = np.ones((len(posterior.log_weight), DAYS_AHEAD, lattice.count))
    for i, log_weight in enumerate(posterior.log_weight):
        some = log_weight > np.log(1e-4)
        weight = np.exp(log_weight[some])
        mean, scale = (of[i, :DAYS_AHEAD][:, some, None] for of in (posterior.mean, posterior.scale))
        far = np.ascontiguousarray((edges - mean) / scale)
        chance = mixtures.t_cdf_of(far.ravel(), float(posterior.degrees_of_freedom[i])).reshape(far.shape)
        at_most[i, :, :-1] = np.einsum("g,hgk->hk", weight / weight.sum(), chance)
        at_most[i, ~np.isfinite(scale[:, :, 0]).all(axis=1)] = np.nan
    return at_most


def paths(lattice: Lattice, posterior: Posterior, i: int, count: int, seed: int) -> Floats:
    """`[path, day]`: ways that the next seven days of diary i may go, as ratings that can be given."""
    chance = np.random.default_rng(seed)
    weight = np.exp(posterior.log_weight[i])
    drawn = chance.multinomial(count, weight / weight.sum())
    parts: list[Floats] = []
    freedom = float(posterior.degrees_of_freedom[i])
    for g in np.flatnonzero(drawn):
        variance = posterior.scale[i, :, g] ** 2
        together_ = np.diag(variance[:DAYS_AHEAD])
        at = DAYS_AHEAD
        for a in range(DAYS_AHEAD):
            for b in range(a):
                together_[a, b] = together_[b, a] = (variance[at] - variance[a] - variance[b]) / 2
                at += 1
        size, turned = np.linalg.eigh(together_)
        root = turned * np.sqrt(np.maximum(size, 0.0))
        normal = chance.standard_normal((int(drawn[g]), DAYS_AHEAD)) @ root.T
        wide = np.sqrt(freedom / chance.chisquare(freedom, (int(drawn[g]), 1)))
        parts.append(posterior.mean[i, :DAYS_AHEAD, g] + normal * wide)
    return np.asarray(lattice.place(np.concatenate(parts)) * lattice.step)


def flare_chance(tried: Tried, h: int) -> Floats:
    """The chance of a flare on day h of each origin."""
    reached = tried.lattice.values >= tried.flare_from[:, None] - 1e-9
    each = np.diff(tried.at_most[:, h], axis=1, prepend=0.0)
    return np.asarray((each * reached).sum(axis=1))


def _told(
    diary: Diary, daily: Diary, tried: Tried, nothing: Forecast, findings: Findings | None, seed: int
) -> Forecast:
    """The forecast where tomorrow can be told; the week only where it can be told too."""
    scale, points = diary.outcome, worth_knowing(diary.outcome)
    verdicts = () if findings is None else findings.verdicts
    words: dict[str, VerdictWord] = {verdict.exposure: verdict.word for verdict in verdicts}
    held = [name for name, word in words.items() if word in IN_MODEL]
    last = len(daily.ratings) - 1
    plain = _ahead(_only(daily, held))
    ways = [plain, *(way for name in held for way in (_with(plain, name, 1.0), _with(plain, name, 0.0)))]
    weekly = nothing.week is not None and nothing.week.z >= SURE
    posterior = predictive(ways, tried.weekly, pairs=weekly)
    at_most = distributions(tried.lattice, posterior)
    usual = week_before(daily.ratings[:, 0], last)
    flare_from = usual + RISE
    now = replace(tried, at_most=at_most, flare_from=np.full(len(ways), flare_from))
    chances = [flare_chance(now, h) for h in range(DAYS_AHEAD)]
    any_flare = [
        float((paths(tried.lattice, posterior, i, PATHS, seed) >= flare_from - 1e-9).any(axis=1).mean())
        if weekly
        else float("nan")
        for i in range(len(ways))
    ]

    def in_points(tenths: float) -> float:
        return scale.low + points * (tenths if scale.higher_is == "worse" else 10 - tenths)

    def ahead(h: int) -> DayAhead:
        values, of_day = tried.lattice.values, at_most[0, h]
        low, middle, high = (float(values[int(np.searchsorted(of_day, at))]) for at in (0.1, 0.5, 0.9))
        ends = sorted((in_points(low), in_points(high)))
        return DayAhead(nothing.last + h + 1, in_points(middle), ends[0], ends[1], float(chances[h][0]))

    told, came = tried.flares()
    past = (
        PastFlares(len(told), float(told.mean()), float(came.mean()), float(((told - came) ** 2).mean()))
        if len(told)
        else None
    )
    return replace(
        nothing,
        days=tuple(ahead(h) for h in range(DAYS_AHEAD if weekly else 1)),
        usual=in_points(usual),
        flare_from=in_points(flare_from) if flare_from <= 10 + 1e-9 else None,
        any_flare=any_flare[0] if weekly else None,
        past=past,
        exposures=tuple(
            _if_exposed(daily, name, words[name], nothing.last, chances[0], any_flare, 1 + 2 * at)
            for at, name in enumerate(held)
        ),
        without_word=tuple(name for name in words if name not in held),
    )


def _if_exposed(
    daily: Diary, name: str, word: VerdictWord, last: int, tomorrow: Floats, week: list[float], at: int
) -> IfExposed:
    exposure = daily.exposures[name]
    on_last = float(exposure.days[-1])
    happened = None if exposure.fixed or np.isnan(on_last) else on_last > 0
    return IfExposed(
        name,
        word,
        last + 1 if exposure.fixed else last,
        happened,
        (float(tomorrow[at]), float(tomorrow[at + 1])),
        (week[at], week[at + 1]),
    )


def _held(diary: Diary, drift: bool) -> list[str]:
    """The exposures that this diary links to its outcome, either way."""
    if not diary.exposures:
        return []
    return [verdict.exposure for verdict in triggers(diary, drift=drift).verdicts if verdict.word in IN_MODEL]


def _only(daily: Diary, names: Sequence[str]) -> Diary:
    return replace(daily, exposures={name: daily.exposures[name] for name in names})


def _until(diary: Diary, last: int) -> Diary:
    """The diary up to a day, by its place."""
    return _lengthened(diary, last + 1, 0)


def _ahead(daily: Diary) -> Diary:
    """The diary with seven days to come: nothing known of them, and the phase that it ends in goes on."""
    return _lengthened(daily, len(daily.ratings), DAYS_AHEAD)


def _lengthened(diary: Diary, length: int, more: int) -> Diary:
    """The first days of the diary, and as many more of which nothing is known but the phase."""
    blank = np.full(more, np.nan)

    def grown(column: Floats) -> Floats:
        return np.concatenate([column[:length], blank])

    return replace(
        diary,
        ratings=np.concatenate([diary.ratings[:length], np.full((more, diary.ratings_per_day), np.nan)]),
        exposures={
            name: replace(
                each, days=grown(each.days), minute=None if each.minute is None else grown(each.minute)
            )
            for name, each in diary.exposures.items()
        },
        confounders={name: grown(column) for name, column in diary.confounders.items()},
        phases={
            name: np.concatenate([inside[:length], np.full(more, inside[length - 1])])
            for name, inside in diary.phases.items()
        },
    )


def _with(plain: Diary, name: str, there: float) -> Diary:
    """The lengthened diary with an exposure on its deciding day, or without it; amounts by their usual one."""
    exposure = plain.exposures[name]
    days = exposure.days.copy()
    at = len(days) - DAYS_AHEAD - (0 if exposure.fixed else 1)
    some = days[days > 0]
    amount = float(np.median(some)) if len(some) else 1.0
    days[at] = there * amount
    return replace(plain, exposures={**plain.exposures, name: replace(exposure, days=days)})


def week_before(ratings: Floats, origin: int) -> float:
    """The mean of the seven days up to a day; NaN where too few of them are rated."""
    week = ratings[max(origin + 1 - BEFORE, 0) : origin + 1]
    known = week[~np.isnan(week)]
    return float(known.mean()) if len(known) >= RATED_BEFORE else float("nan")


def _mean_of(scores: Floats) -> Floats:
    """The mean of each row over the days that were scored; NaN without any."""
    known = ~np.isnan(scores)
    return np.where(known.any(axis=1), np.nansum(scores, axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)
