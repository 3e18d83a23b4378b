"""Worlds that the engine was not built on: trends, waves, zeros, gaps that are no accident, reversed causes, 30 nulls.

Their diaries come from a simulator of their own, which shares nothing with `assuage.dynamics.simulate`: pain is a
latent autoregression that a person rounds, clips and sometimes leaves out. Values only; `benchmarks.harder_study`
scores them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.model import Floats
from assuage.terms.scales import PAIN, Scale
from benchmarks.verdict_cells import Truth

Chance = np.random.Generator
ORDINAL = Scale("ordinal", "rated from 0 to 3", 0, 3)


@dataclass
class Days:
    """One person's days in the making: latent pain, what was done on them, and which exposures do something."""

    pain: Floats
    done: dict[str, Floats]
    outcome: Scale = PAIN
    kept: Floats | None = None  # whether a day was rated; all but a tenth where nobody says


@dataclass(frozen=True)
class HardCell:
    """A world. `most` is the share of diaries in which a link where there is none is still borne."""

    id: str
    title: str
    make: Callable[[Chance], Days]
    truth: Truth = "none"
    most: float = 0.05
    least: float | None = None  # of "likely", or of "helps", where something is there to be found
    real: str = "exposure"  # the exposure that does something, where one does
    fixed: frozenset[str] = field(default_factory=frozenset[str])


def _latent(chance: Chance, days: int, phi: float = 0.5, sd: float = 1.4, level: float = 5.0) -> Floats:
    """An autoregression around a level, from its stationary law."""
    shocks = chance.standard_normal(days) * sd * np.sqrt(1 - phi**2)
    pain = np.empty(days)
    pain[0] = sd * chance.standard_normal()
    for day in range(1, days):
        pain[day] = phi * pain[day - 1] + shocks[day]
    return level + pain


def _some(chance: Chance, days: int, rate: float | Floats = 0.08) -> Floats:
    return (chance.random(days) < rate).astype(float)


def _day_after(done: Floats, lag: int = 1) -> Floats:
    return np.concatenate([np.zeros(lag), done[:-lag]])


def _one(pain: Floats, done: Floats, **more: object) -> Days:
    return Days(pain, {"exposure": done}, **more)  # pyright: ignore[reportArgumentType] - fields by name


def _null(days: int = 150, rate: float = 0.08, **latent: float) -> Callable[[Chance], Days]:
    return lambda chance: _one(_latent(chance, days, **latent), _some(chance, days, rate))


def _trend(chance: Chance) -> Days:
    """Pain climbs by three points over the diary, and the exposure comes more and more often."""
    slope = np.linspace(0, 1, 150)
    return _one(_latent(chance, 150, level=3.5) + 3 * slope, _some(chance, 150, 0.02 + 0.2 * slope))


def _getting_better(chance: Chance) -> Days:
    """Pain falls by three points, and a therapy is begun in the second half."""
    slope = np.linspace(0, 1, 150)
    return _one(
        _latent(chance, 150, level=6.5) - 3 * slope, _some(chance, 150, np.where(slope < 0.5, 0.01, 0.25))
    )


def _weekly(chance: Chance) -> Days:
    """A wave of three points over the week, and an exposure on the day before it is highest."""
    weekday = np.arange(150) % 7
    wave = 1.5 * np.cos(2 * np.pi * (weekday - 1) / 7)
    return _one(_latent(chance, 150) + wave, _some(chance, 150, np.where(weekday == 0, 0.6, 0.02)))


def _step(chance: Chance) -> Days:
    """A drug halves the pain from day 70 on, and what was done before is given up by then."""
    days = np.arange(150)
    return _one(
        _latent(chance, 150, level=6.0) - 2.5 * (days > 70),
        _some(chance, 150, np.where(days > 70, 0.02, 0.2)),
    )


def _unrated(chance: Chance) -> Days:
    """The worse the day, the less it is rated; what was done stands there all the same."""
    pain = _latent(chance, 150)
    return _one(pain, _some(chance, 150), kept=chance.random(150) > 1 / (1 + np.exp(-(pain - 6.5))))


def _only_when_bad(chance: Chance) -> Days:
    """Rated on bad days, and what is taken then is sought on them."""
    pain = _latent(chance, 200)
    return _one(
        pain,
        _some(chance, 200, np.where(pain > 6, 0.3, 0.03)),
        kept=chance.random(200) < 1 / (1 + np.exp(-(pain - 4.5))),
    )


def _sought(phi: float, days: int = 150) -> Callable[[Chance], Days]:
    def make(chance: Chance) -> Days:
        pain = _latent(chance, days, phi=phi)
        return _one(pain, _some(chance, days, np.where(pain > 6, 0.3, 0.03)))

    return make


def _sought_rising(chance: Chance) -> Days:
    """Sought when pain has risen for two days, of which it falls back by itself."""
    pain = _latent(chance, 150, phi=0.7)
    rise = np.concatenate([[0.0, 0.0], pain[2:] - pain[:-2]])
    return _one(pain, _some(chance, 150, np.where(rise > 1.2, 0.5, 0.03)))


def _prodrome(chance: Chance) -> Days:
    """What comes before a flare is craved a day before it: an attack begins before it hurts."""
    pain = _latent(chance, 150, level=2.0, sd=0.8)
    flares = _some(chance, 150, 0.06)
    hurt = 4 * flares + 2 * _day_after(flares)
    craved = np.concatenate([flares[1:], [0.0]])
    return _one(pain + hurt, np.maximum(_some(chance, 150, 0.04), craved * _some(chance, 150, 0.5)))


def _ordinal(effect: float) -> Callable[[Chance], Days]:
    def make(chance: Chance) -> Days:
        done = _some(chance, 200, 0.12)
        pain = _latent(chance, 200, level=1.2, sd=0.8) + effect * _day_after(done)
        return _one(pain, done, outcome=ORDINAL)

    return make


def _sleepless(chance: Chance) -> Days:
    """Hours of sleep that pain of the day before cuts short, and that do nothing themselves; never 0."""
    pain = _latent(chance, 150, phi=0.6)
    hours = np.clip(7.2 - 0.35 * (_day_after(pain) - 5) + 0.8 * chance.standard_normal(150), 2, 11)
    return _one(pain, np.round(hours * 4) / 4)


def _steps(chance: Chance) -> Days:
    """Steps that fall on days that hurt, and do nothing; never 0, log-normal, remembering the day before."""
    pain = _latent(chance, 150)
    busy = _latent(chance, 150, phi=0.4, sd=0.4, level=0.0)
    steps = np.round(6000 * np.exp(busy - 0.08 * (pain - 5))).astype(np.float64)
    return _one(pain, steps)


def _pressure(chance: Chance) -> Days:
    """Pressure of the air, which remembers for days, and does nothing."""
    return _one(_latent(chance, 150, phi=0.7), np.round(_latent(chance, 150, phi=0.8, sd=8.0, level=1013.0)))


def _two(effect: float) -> Callable[[Chance], Days]:
    """Two things that go together on nineteen days in twenty; the first does what the second seems to."""

    def make(chance: Chance) -> Days:
        first = _some(chance, 150, 0.12)
        second = np.where(chance.random(150) < 0.95, first, 1 - first)
        pain = _latent(chance, 150) + effect * _day_after(first)
        return Days(pain, {"exposure": first, "companion": second})

    return make


def _many(count: int, phi: float = 0.5, sought: bool = False) -> Callable[[Chance], Days]:
    def make(chance: Chance) -> Days:
        pain = _latent(chance, 150, phi=phi)
        rate = np.where(pain > 6, 0.25, 0.05) if sought else 0.1
        return Days(pain, {f"exposure {k + 1}": _some(chance, 150, rate) for k in range(count)})

    return make


def _doing(
    effect: float, lag: int = 1, days: int = 150, rate: float = 0.08, phi: float = 0.5
) -> Callable[[Chance], Days]:
    def make(chance: Chance) -> Days:
        done = _some(chance, days, rate)
        return _one(_latent(chance, days, phi=phi) + effect * _day_after(done, lag), done)

    return make


def _heavy_tails(chance: Chance) -> Days:
    """Days that are mostly alike, and now and then one that is six points worse, whatever was done."""
    pain = _latent(chance, 150, level=2.5, sd=0.7)
    return _one(pain + 6 * _some(chance, 150, 0.05), _some(chance, 150))


def _of_a_course(chance: Chance) -> Days:
    """One course of ten days, and no other: nothing to compare it with but what came before and after."""
    begin = int(chance.integers(30, 110))
    return _one(_latent(chance, 150, phi=0.7), ((np.arange(150) // 10) == begin // 10).astype(float))


HARDER: dict[str, HardCell] = {
    cell.id: cell
    for cell in (
        HardCell("40 days", "no effect, 40 days", _null(40, 0.12)),
        HardCell("AR .8", "no effect, AR .8, 90 days", _null(90, phi=0.8)),
        HardCell("zeros", "no effect, six days in ten are 0", _null(level=-0.4, sd=1.8)),
        HardCell("tens", "no effect, half of the days are 10", _null(level=10.0, sd=1.5)),
        HardCell("outliers", "no effect, a day in twenty six points worse", _heavy_tails),
        HardCell("trend", "no effect, pain climbs and so does the exposure", _trend, most=0.10),
        HardCell("recovery", "no effect, pain falls as a therapy is begun", _getting_better, most=0.10),
        HardCell("wave", "no effect, a week's wave of 3 points, exposed before its top", _weekly),
        HardCell("step", "no effect, a drug lowers the level as the exposure is given up", _step, most=0.10),
        HardCell("course", "no effect, one course of ten days", _of_a_course),
        HardCell("unrated", "no effect, bad days are not rated", _unrated),
        HardCell("bad days only", "no effect, rated and sought on bad days", _only_when_bad, most=0.10),
        HardCell("sought, AR .8", "no effect, sought on bad days, AR .8", _sought(0.8), most=0.10),
        HardCell("sought, 40 days", "no effect, sought on bad days, 40 days", _sought(0.5, 40), most=0.10),
        HardCell("rising", "no effect, sought after a rise of two days", _sought_rising, most=0.10),
        HardCell("prodrome", "no effect, craved the day before a flare", _prodrome, most=1.0),
        HardCell("0 to 3", "no effect, rated from 0 to 3", _ordinal(0.0)),
        HardCell("sleep", "no effect of hours of sleep, which pain cuts short", _sleepless, most=0.10),
        HardCell("steps", "no effect of steps, fewer on bad days", _steps, most=0.10),
        HardCell("pressure", "no effect of the pressure of the air", _pressure, fixed=frozenset({"exposure"})),
        HardCell("two alike", "no effect of two that go together", _two(0.0), most=0.10),
        HardCell("20 nulls", "no effect of any of 20", _many(20), most=0.10),
        HardCell("30 nulls", "no effect of any of 30", _many(30), most=0.10),
        HardCell("20 sought", "no effect of any of 20, all sought on bad days, AR .7", _many(20, 0.7, True), most=0.10),
        HardCell("+2", "+2 the day after", _doing(2.0), "harm", least=0.90),
        HardCell("+2 day 3", "+2 on day 3", _doing(2.0, 3), "harm", least=0.80),
        HardCell("+2, AR .8", "+2 the day after, AR .8", _doing(2.0, phi=0.8), "harm", least=0.90),
        HardCell("-2", "−2 the day after", _doing(-2.0), "helps", least=0.90),
        HardCell("+1.2 of 3", "+1.2 the day after, rated from 0 to 3", _ordinal(1.2), "harm", least=0.90),
        HardCell("+2 of two", "+2 of one of two that go together", _two(2.0), "harm"),
    )
}  # fmt: skip


def diaries_of(cell: HardCell, count: int, seed: int) -> list[Diary]:
    """That many diaries of a world, the same for the same seed: whole numbers on the scale, as people write them."""
    diaries: list[Diary] = []
    for at in range(count):
        chance = np.random.default_rng([seed, at, *cell.id.encode()])
        days = cell.make(chance)
        written = np.clip(np.rint(days.pain), days.outcome.low, days.outcome.high)
        rated = chance.random(len(written)) >= 0.1 if days.kept is None else days.kept
        ratings = np.where(rated, written, np.nan)[:, None]
        exposures = {name: Exposures(done, fixed=name in cell.fixed) for name, done in days.done.items()}
        diaries.append(Diary(f"{cell.id} {at}", days.outcome, ratings, exposures))
    return diaries
