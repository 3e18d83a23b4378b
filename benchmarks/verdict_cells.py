"""The worlds in which the words of the trigger engine are scored: diaries whose truth is known, by name.

A cell is a scenario of `assuage.dynamics.scenarios` and what is made of its exposures: amounts, columns that are never
0, a day that was settled beforehand. Values only; `benchmarks.verdicts` scores them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assuage.dynamics.diary import Diary
from assuage.dynamics.many import diaries_of
from assuage.dynamics.model import Floats
from assuage.dynamics.scenarios import Scenario
from assuage.dynamics.simulate import simulate

Truth = Literal["none", "harm", "helps"]

# The plain world of the bars: 150 days, AR(1) of .5 with a standard deviation of 1.4 points, 8 days in 100 exposed,
# one day in ten missing, nothing else going on.
PLAIN = Scenario(
    "plain",
    "150 days, AR .5, SD 1.4, 8 % exposed, 10 % missing",
    days=150,
    phi=(0.5, 0.5),
    ar_sd=(1.4, 1.4),
    noise_sd=0.0,
    weekly=0.0,
    stress_effect=0.0,
    rate=(0.08, 0.08),
    stress_drives=0.0,
    weekday_drives=0.0,
    with_effect=0.0,
    missing=0.10,
    missing_run=1.0,
    stress_kept=False,
)


@dataclass(frozen=True)
class Cell:
    """Diaries of one world. `doses` puts amounts for ones, with that typical amount; `never_0` a number on every day.

    `effect` is added to the written rating of the day after, `same_day` to that of the day, for each typical amount or
    exposure; the world's own effect is there before the rating is written.
    """

    id: str
    title: str
    world: Scenario
    truth: Truth = "none"
    sought: bool = False
    doses: float = 0.0
    never_0: bool = False
    fixed: bool = False
    effect: float = 0.0
    same_day: float = 0.0


def _with(name: str, title: str, **changes: object) -> Scenario:
    return replace(PLAIN, id=name, title=title, **changes)  # pyright: ignore[reportArgumentType] - fields by name


def _harm(name: str, title: str, size: float = 2.0, **changes: object) -> Cell:
    return Cell(name, title, _with(name, title, effect=size, with_effect=1.0, **changes), "harm")


def _helps(name: str, title: str, size: float = -2.0, **changes: object) -> Cell:
    return Cell(name, title, _with(name, title, effect=size, with_effect=1.0, **changes), "helps")


def _null(name: str, title: str, **changes: object) -> Cell:
    return Cell(name, title, _with(name, title, **changes))


def _sought(cell: Cell) -> Cell:
    return replace(cell, sought=True)


ON_DAY_3 = (0.0, 0.0, 0.0, 1.0)

CELLS: dict[str, Cell] = {
    cell.id: cell
    for cell in (
        _null("plain", "no effect, base"),
        _null("short", "no effect, 60 days", days=60),
        _null("long", "no effect, 300 days", days=300),
        _null("quiet", "no effect, SD .8", ar_sd=(0.8, 0.8)),
        _null("loud", "no effect, SD 2", ar_sd=(2.0, 2.0)),
        _null("slow", "no effect, AR .8", phi=(0.8, 0.8)),
        _null("rare", "no effect, 3 % exposed", rate=(0.03, 0.03)),
        _null("often", "no effect, 30 % exposed", rate=(0.30, 0.30)),
        _null("gaps", "no effect, 30 % missing in runs", missing=0.30, missing_run=3.0),
        _null("blocks", "no effect, courses of 7 days", block=7, rate=(0.04, 0.04)),
        _null("weekends", "no effect, exposed at weekends, weekly wave of .5", weekly=0.5, weekday_drives=1.5),
        _null("stress", "no effect, stress drives both and is not written down", stress_effect=0.5, stress_drives=0.8),
        _null("ceiling", "no effect, pain near 10", level=(8.5, 9.5)),
        _null("floor", "no effect, pain near 0", level=(0.5, 1.5)),
        _null("15 nulls", "no effect of any of 15 exposures on a page", exposures=15),
        _sought(_null("sought", "no effect, sought on bad days", seeks="high today")),
        _sought(_null("sought yesterday", "no effect, sought after bad days", seeks="high yesterday")),
        _sought(_null("good days", "no effect, chosen on good days", seeks="good days")),
        _sought(
            _null(
                "twice daily", "no effect, rated twice a day, at noon after a bad morning",
                half_daily=True, seeks="high this morning",
            )
        ),
        replace(_null("same day, fixed", "no effect, settled beforehand: lag 0 in the model"), fixed=True),
        replace(_null("doses", "no effect, amounts"), doses=3.0),
        replace(_null("steps", "no effect, a number that is never 0"), doses=7000.0, never_0=True),
        _harm("+2", "+2 the day after"),
        _harm("+2 sought", "+2 the day after, sought on bad days", seeks="high today"),
        _harm("+2 day 3", "+2 on day 3", shape=ON_DAY_3),
        _harm("+1", "+1 the day after", 1.0),
        _harm("+2 weekly", "+2 the day after, twice a week", rate=(0.28, 0.28)),
        replace(
            _harm("+2 same day, fixed", "+2 that day and the next, settled beforehand"), fixed=True, same_day=2.0
        ),
        replace(_null("+2 a dose", "+2 the day after a typical amount"), doses=3.0, effect=2.0, truth="harm"),
        _helps("-2", "−2 the day after"),
        _helps("-2 sought", "−2 the day after, sought on bad days", seeks="high today"),
    )
}  # fmt: skip


def diaries_of_cell(cell: Cell, count: int, seed: int, unit: float = 1.0) -> list[Diary]:
    """That many diaries, the same for the same seed; `unit` rescales amounts (60: hours written in minutes)."""
    diaries = diaries_of(simulate(cell.world, count, seed))
    if not (cell.doses or cell.fixed):
        return diaries
    return [
        _changed(cell, diary, np.random.default_rng([seed, at]), unit) for at, diary in enumerate(diaries)
    ]


def _changed(cell: Cell, diary: Diary, chance: np.random.Generator, unit: float) -> Diary:
    """Amounts for ones, log-normal about the typical amount; what they do to the written ratings; settled or not."""
    ((name, exposure),) = diary.exposures.items()
    amount = np.exp(0.5 * chance.standard_normal(len(exposure.days))) if cell.doses else 1.0
    taken: Floats = amount * np.ones(len(exposure.days)) if cell.never_0 else exposure.days * amount
    before = np.concatenate([[0.0], np.nan_to_num(taken)[:-1]])
    added = np.rint(cell.effect * before + cell.same_day * np.nan_to_num(taken))
    written = np.clip(diary.ratings + added[:, None], diary.outcome.low, diary.outcome.high)
    days = taken * cell.doses * unit if cell.doses else taken
    changed = {name: replace(exposure, days=days, fixed=cell.fixed)}
    return replace(diary, ratings=written, exposures=changed)
