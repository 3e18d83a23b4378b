"""The diary of one patient or of many, as columns: an outcome, exposures, confounders and phases by day.

NaN is unknown. `Diary` is one patient's, checked when it is made; `Batch` is many laid end to end, which is what the
kernels read. Where the rows come from (a record, a CSV file, a table) is settled in `reading` and `cohort`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.effect import SettledBy
from assuage.dynamics.model import Floats
from assuage.errors import InputError
from assuage.terms.scales import Scale

MOST_EXPOSURES = 24  # in one model; beyond that a diary cannot tell them apart, and looks at the others alone


@dataclass(frozen=True)
class Exposures:
    """One exposure by day: 1, 0 or an amount. `minute` is when it happened on that day, NaN where nobody said.

    `fixed` says that it was settled before the day (a schedule, the weather, a draw), so that its lag 0 is no choice;
    `by` what settled it, where that is known.
    """

    days: Floats
    minute: Floats | None = None
    fixed: bool = False
    by: SettledBy = "told"


@dataclass(frozen=True)
class Diary:
    """One patient's outcome day by day from `first_day` on, with what was done and felt beside it.

    `ratings[day, slot]` has one slot a day, or two: the earlier and the later rating. `minutes` are their times of day.
    `left_out` are the columns of its file that were not read.
    Raises `InputError` where lengths differ, or a value lies off the scale: nothing is clipped.
    """

    patient: str
    outcome: Scale
    ratings: Floats
    exposures: Mapping[str, Exposures]
    confounders: Mapping[str, Floats] = field(default_factory=dict[str, Floats])
    phases: Mapping[str, Floats] = field(default_factory=dict[str, Floats])
    first_day: int = 0
    minutes: tuple[float, float] = (9 * 60.0, 20 * 60.0)
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        days = len(self.ratings)
        if self.ratings.ndim != 2 or self.ratings.shape[1] not in (1, 2):
            raise InputError(message("diary.ratings-a-day"))
        columns = {name: exposure.days for name, exposure in self.exposures.items()} | {
            **self.confounders,
            **self.phases,
        }
        for name, column in columns.items():
            if column.shape != (days,):
                raise InputError(
                    message(
                        "diary.lengths-differ", name=name, days=len(column), outcome=self.outcome, of=days
                    )
                )
        off = np.argwhere((self.ratings < self.outcome.low) | (self.ratings > self.outcome.high))
        if len(off):
            days_off = tuple(sorted({int(day) + self.first_day for day, _ in off})[:5])
            raise InputError(
                message(
                    "diary.off-the-scale",
                    outcome=self.outcome,
                    low=self.outcome.low,
                    high=self.outcome.high,
                    days=days_off,
                )
            )

    @property
    def ratings_per_day(self) -> int:
        """How many ratings a day has."""
        return self.ratings.shape[1]


@dataclass(frozen=True)
class Batch:
    """Diaries of one shape laid end to end: diary i has the rows `starts[i]` to `starts[i + 1]`.

    `outcome[r]` is a rating, NaN without one; `series[r, s]` the column `names[s]`. With two ratings a day, an exposure
    whose time of day is always known (`timed`) has the further series that `earlier` and `later` name.
    """

    patients: tuple[str, ...]
    scale: Scale
    starts: np.ndarray[tuple[int], np.dtype[np.int64]]
    outcome: Floats
    series: Floats
    names: tuple[str, ...]
    exposures: tuple[str, ...]
    confounders: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    timed: tuple[str, ...] = ()
    ratings_per_day: int = 1

    def __len__(self) -> int:
        return len(self.starts) - 1


def earlier(name: str) -> str:
    """The series that is 1 at a rating after an exposure of the same day."""
    return f"{name} earlier today"


def later(name: str) -> str:
    """The series that is 1 at a rating before an exposure of the same day."""
    return f"{name} later today"


def batch_of(diary: Diary) -> Batch:
    """A batch of this one diary."""
    return together([diary])


def together(diaries: Sequence[Diary]) -> Batch:
    """A batch of diaries with the same outcome, exposures, confounders, phases and ratings a day."""
    model = diaries[0]
    ratings_per_day = model.ratings_per_day
    lengths = [diary.ratings.size for diary in diaries]
    timed = [
        name
        for name in model.exposures
        if ratings_per_day == 2 and all(_timed(diary, name) for diary in diaries)
    ]
    names: list[str] = [*model.exposures, *model.confounders, *model.phases]
    if ratings_per_day == 2:
        names += [side(name) for name in timed for side in (earlier, later)]
    columns: list[Floats] = []
    for diary in diaries:
        daily = [exposure.days for exposure in diary.exposures.values()]
        daily += [*diary.confounders.values(), *diary.phases.values()]
        wide = [np.repeat(column, ratings_per_day) for column in daily]
        if ratings_per_day == 2:
            wide += [column for name in timed for column in _sides(diary, diary.exposures[name])]
        columns.append(np.column_stack(wide) if wide else np.zeros((diary.ratings.size, 0)))
    return Batch(
        tuple(diary.patient for diary in diaries),
        model.outcome,
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.concatenate([diary.ratings.ravel() for diary in diaries]).astype(np.float64),
        np.ascontiguousarray(np.concatenate(columns), dtype=np.float64),
        tuple(names),
        tuple(model.exposures),
        tuple(model.confounders),
        tuple(model.phases),
        tuple(name for name, exposure in model.exposures.items() if exposure.fixed),
        tuple(timed),
        ratings_per_day,
    )


def _timed(diary: Diary, name: str) -> bool:
    """Whether the time of day is known whenever the exposure happened."""
    exposure = diary.exposures[name]
    return exposure.minute is not None and not np.isnan(exposure.minute[exposure.days > 0]).any()


def _sides(diary: Diary, exposure: Exposures) -> tuple[Floats, Floats]:
    """Whether each rating came after an exposure of its day, and before; NaN where no time tells."""
    minute = exposure.minute if exposure.minute is not None else np.full(len(exposure.days), np.nan)
    after = np.array(diary.minutes)[None, :] >= minute[:, None]
    unknown = np.isnan(minute)[:, None] & (exposure.days != 0)[:, None]
    given = np.where(unknown, np.nan, exposure.days[:, None])
    return np.where(after, given, given * 0).ravel(), np.where(after, given * 0, given).ravel()
