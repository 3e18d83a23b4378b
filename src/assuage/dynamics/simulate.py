"""The model run forwards: seeded diaries of a scenario, as arrays.

Patients are made in blocks of a fixed size, each with a stream of its own, so that the first 100 patients of a
seed are the same whether 100 are asked for or 100,000. Days go one after the other, since whether there is a massage
today may depend on the pain of today; patients go side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.scenarios import Scenario, scenario_named

Floats = NDArray[np.float64]
BLOCK = 1_000
LAGS = 4
EVENING = 1  # the slot of the second rating in a half-daily diary


@dataclass(frozen=True)
class Diaries:
    """What the patients wrote down, and what nobody can see.

    `pain[i, slot]` is NaN without an entry. `exposed[i, k, day]` is 1 or 0 as written down, NaN where a diary could
    not know. `effect[i, k]` is the truth: points added on the day after; `level` and `phi` are the patient's own.
    """

    scenario: Scenario
    first: int
    pain: Floats
    exposed: Floats
    stress: Floats
    in_phase: NDArray[np.bool_]
    effect: Floats
    phi: Floats

    def __len__(self) -> int:
        return len(self.pain)


def simulate(scenario: Scenario | str, patients: int, seed: int, first: int = 0) -> Diaries:
    """Diaries of the patients numbered `first` to `first + patients - 1`. The same seed gives the same diaries.

    `scenario` is one, or the name of one that is shipped; InputError for a name that is none.
    """
    if isinstance(scenario, str):
        scenario = scenario_named(scenario)
    parts: list[Diaries] = []
    for block in range(first // BLOCK, (first + patients - 1) // BLOCK + 1):
        diaries = _block(scenario, block, seed)
        start = max(first - block * BLOCK, 0)
        stop = min(first + patients - block * BLOCK, BLOCK)
        parts.append(_take(diaries, slice(start, stop)))
    return _together(parts, first)


def batches(scenario: Scenario, patients: int, seed: int, size: int = 10 * BLOCK) -> Iterator[Diaries]:
    """The same diaries a batch at a time, so that any number of them fits into memory."""
    for first in range(0, patients, size):
        yield simulate(scenario, min(size, patients - first), seed, first)


_ARRAYS = ("pain", "exposed", "stress", "in_phase", "effect", "phi")


def _take(diaries: Diaries, which: slice) -> Diaries:
    return Diaries(
        diaries.scenario, diaries.first + which.start, *(getattr(diaries, name)[which] for name in _ARRAYS)
    )


def _together(parts: list[Diaries], first: int) -> Diaries:
    arrays: list[Any] = [np.concatenate([getattr(part, name) for part in parts]) for name in _ARRAYS]
    return Diaries(parts[0].scenario, first, *arrays)


def _block(world: Scenario, block: int, seed: int) -> Diaries:
    chance = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block,)))
    n, days, ratings_per_day, k = BLOCK, world.days, world.ratings_per_day, world.exposures
    phi = chance.uniform(*world.phi, n)
    stress = _ar1(chance, n, days, np.full(n, 0.5), np.ones(n))
    in_phase, drop = _phase(world, chance, n)
    drift = _drift(world, chance, n)
    mean = chance.uniform(*world.level, n)[:, None] + world.level_sd * chance.standard_normal(n)[:, None]
    mean = (
        mean
        + _weekly(world, chance, n)
        + drop
        + drift
        + _wander(world, chance, n)
        + _flares(world, chance, n)
    )
    mean = mean + world.stress_effect * (stress + 0.5 * _before(stress))
    noise = _own_noise(world, chance, n, phi)
    effect = _effects(world, chance, n)
    logit = _propensity(world, chance, n, stress, in_phase, drift)
    coin = chance.random((n, k, days))
    latent = np.empty((n, days * ratings_per_day))
    exposed = np.zeros((n, k, days), dtype=bool)
    left = np.zeros((n, k), dtype=np.int64)  # days of a course still to come
    typical = mean.mean(axis=1)
    spread = noise.std(axis=1) + 1e-9
    for day in range(days):
        first = day * ratings_per_day
        pain = mean[:, day] + _effect_today(world, effect, exposed, in_phase, day)
        latent[:, first] = pain + noise[:, first]
        pull = _pull_of_pain(world, latent, drift, typical, spread, day)
        drawn = coin[:, :, day] < 1 / (1 + np.exp(-(logit[:, :, day] + pull[:, None])))
        starts = drawn & (left == 0)
        left = np.where(starts, world.block, left)
        exposed[:, :, day] = left > 0
        left = np.maximum(left - 1, 0)
        if ratings_per_day == 2:
            latent[:, first + EVENING] = (
                pain
                + noise[:, first + EVENING]
                + world.shape[0] * np.einsum("nk,nk->n", effect, exposed[:, :, day])
            )
    pain = _written(world, chance, latent, typical)
    seen, written_stress = _kept(world, chance, exposed, stress)
    if world.exposure_lost_on_missing_days:
        seen = np.where(np.isnan(pain)[:, None, ::ratings_per_day], 0.0, seen)
    return Diaries(world, block * BLOCK, pain, seen, written_stress, in_phase, effect, phi)


def _ar1(chance: np.random.Generator, n: int, steps: int, phi: Floats, sd: Floats, df: float = 0.0) -> Floats:
    """Stationary AR(1) rows with that standard deviation; innovations of Student's t when `df` is given."""
    shocks = (
        chance.standard_t(df, (n, steps)) * ((df - 2) / df) ** 0.5
        if df
        else chance.standard_normal((n, steps))
    )
    series = np.empty((n, steps))
    series[:, 0] = shocks[:, 0] * sd
    fresh = sd * np.sqrt(1 - phi**2)
    for step in range(1, steps):
        series[:, step] = phi * series[:, step - 1] + fresh * shocks[:, step]
    return series


def _own_noise(world: Scenario, chance: np.random.Generator, n: int, phi: Floats) -> Floats:
    """AR(1) in days (in half days its square root) and the noise of a single rating."""
    steps = world.days * world.ratings_per_day
    slow = _ar1(
        chance, n, steps, phi ** (1 / world.ratings_per_day), chance.uniform(*world.ar_sd, n), world.tail_df
    )
    return slow + world.noise_sd * chance.standard_normal((n, steps))


def _before(columns: Floats) -> Floats:
    """Each day's value of the day before; the first day's is 0."""
    return np.concatenate([np.zeros((len(columns), 1)), columns[:, :-1]], axis=1)


def _weekly(world: Scenario, chance: np.random.Generator, n: int) -> Floats:
    day = np.arange(world.days)
    return world.weekly * np.cos(2 * np.pi * day / 7 + chance.uniform(0, 2 * np.pi, n)[:, None])


def _phase(world: Scenario, chance: np.random.Generator, n: int) -> tuple[NDArray[np.bool_], Floats]:
    """The days in the later therapy phase, and by how much it changes pain."""
    begins = chance.integers(int(world.days * 0.4), int(world.days * 0.6) + 1, n)
    inside = np.arange(world.days) >= begins[:, None]
    if not (world.phase_drop or world.only_before_phase or world.rarer_in_phase != 1):
        inside = np.zeros_like(inside)
    return inside, -world.phase_drop * inside.astype(np.float64)


def _drift(world: Scenario, chance: np.random.Generator, n: int) -> Floats:
    """A slow wave of a third to the whole of the diary, with that standard deviation."""
    day = np.arange(world.days) / world.days
    turns, start = chance.uniform(1, 3, n)[:, None], chance.uniform(0, 2 * np.pi, n)[:, None]
    return world.drift * 2**0.5 * np.sin(2 * np.pi * turns * day + start)


def _wander(world: Scenario, chance: np.random.Generator, n: int) -> Floats:
    if not world.random_walk_sd:
        return np.zeros((n, world.days))
    steps = np.cumsum(world.random_walk_sd * chance.standard_normal((n, world.days)), axis=1)
    return steps - steps.mean(axis=1, keepdims=True)


def _flares(world: Scenario, chance: np.random.Generator, n: int) -> Floats:
    """Flares of 2 to 4 points that halve every second day, whatever the patient does."""
    if not world.flare_rate:
        return np.zeros((n, world.days))
    size = (chance.random((n, world.days)) < world.flare_rate) * chance.uniform(2, 4, (n, world.days))
    added = np.empty_like(size)
    carried = np.zeros(n)
    for day in range(world.days):
        carried = np.maximum(carried * 2**-0.5, size[:, day])
        added[:, day] = carried
    return added


def _effects(world: Scenario, chance: np.random.Generator, n: int) -> Floats:
    """What each exposure does to each patient; alternate patients, so that a half is exactly a half."""
    size = world.effect + world.effect_sd * chance.standard_normal((n, world.exposures))
    if world.exposures > 1:
        return np.where(chance.random((n, world.exposures)) < world.with_effect, size, 0.0)
    share = (np.arange(n) % 100 * 61 % 100) < world.with_effect * 100
    return np.where(share[:, None], size, 0.0)


def _propensity(
    world: Scenario,
    chance: np.random.Generator,
    n: int,
    stress: Floats,
    in_phase: NDArray[np.bool_],
    drift: Floats,
) -> Floats:
    """The log-odds of an exposure by patient, exposure and day, before any pain is looked at."""
    rate = np.exp(chance.uniform(np.log(world.rate[0]), np.log(world.rate[1]), (n, world.exposures)))
    weekend = (np.arange(world.days) % 7 >= 5) * world.weekday_drives
    driven = world.stress_drives * stress + weekend
    strength = world.seeks_strength if world.seeks != "none" else 0.0
    # So that the mean rate is the rate asked for, whatever drives it.
    centre = (
        np.log(rate / (1 - rate))
        - world.stress_drives**2 / 2
        - np.log(np.exp(weekend).mean())
        - strength**2 / 2
    )
    log_odds = centre[:, :, None] + driven[:, None, :]
    return log_odds + np.log(world.rarer_in_phase) * in_phase[:, None, :]


def _pull_of_pain(
    world: Scenario, latent: Floats, drift: Floats, typical: Floats, spread: Floats, day: int
) -> Floats:
    """What the pain itself adds to the log-odds of an exposure today."""
    match world.seeks:
        case "none":
            return np.zeros(len(latent))
        case "high today" | "high this morning":
            seen = latent[:, day * world.ratings_per_day]
        case "good days":
            return -world.seeks_strength * (latent[:, day] - typical) / spread
        case "high yesterday":
            if day == 0:
                return np.zeros(len(latent))
            seen = latent[:, day * world.ratings_per_day - 1]
        case "drift":
            return world.seeks_strength * drift[:, day] / max(world.drift, 1e-9)
    return world.seeks_strength * (seen - typical) / spread


def _effect_today(
    world: Scenario, effect: Floats, exposed: NDArray[np.bool_], in_phase: NDArray[np.bool_], day: int
) -> Floats:
    """What the exposures of the days before add to today's pain."""
    added = np.zeros(len(effect))
    for lag in range(1, min(LAGS, day + 1)):
        if world.shape[lag]:
            acting = exposed[:, :, day - lag]
            if world.only_before_phase:
                acting = acting & ~in_phase[:, day - lag, None]
            added += world.shape[lag] * np.einsum("nk,nk->n", effect, acting)
    return added


def _written(world: Scenario, chance: np.random.Generator, latent: Floats, typical: Floats) -> Floats:
    """The pain as the diary has it: whole numbers from 0 to 10, with runs of missing days."""
    written = np.clip(np.rint(latent), 0, 10)
    days, ratings_per_day = world.days, world.ratings_per_day
    n = len(latent)
    ends = 1 / world.missing_run
    starts = ends * world.missing / (1 - world.missing)
    coin = chance.random((n, days))
    gone = np.zeros((n, days), dtype=bool)
    high = np.zeros(n)
    for day in range(days):
        if world.missing_when_high:
            high = world.missing_when_high * (latent[:, day * ratings_per_day] - typical - 0.5)
        begin = np.minimum(starts * np.exp(high), 0.9)
        stay = gone[:, day - 1] if day else np.zeros(n, dtype=bool)
        gone[:, day] = coin[:, day] < np.where(stay, 1 - ends, begin)
    written[np.repeat(gone, ratings_per_day, axis=1)] = np.nan
    return written


def _kept(
    world: Scenario, chance: np.random.Generator, exposed: NDArray[np.bool_], stress: Floats
) -> tuple[Floats, Floats]:
    """Exposures and stress as they were written down: stress 0 to 10 in whole numbers."""
    lost = chance.random(exposed.shape) < world.exposure_lost
    seen = np.where(lost, 0.0, exposed)
    written_stress = np.clip(np.rint(5 + 2 * stress), 0, 10)
    return seen, written_stress if world.stress_kept else np.full_like(written_stress, np.nan)
