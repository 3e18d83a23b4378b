"""The columns of a model: which there are, which a diary is long enough for, and which combinations are asked about.

A table of columns in the order in which they explain: what comes by itself first, exposures last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics import kernels
from assuage.dynamics.diary import Batch, earlier, later
from assuage.dynamics.model import DISTRIBUTED_LAG, LAGS, Floats

# Ours: four weeks show a weekly cycle, three a trend; a confounder known on fewer days would cost the diary its rows.
DAYS_FOR_WEEK, DAYS_FOR_TREND, CONFOUNDER_KNOWN = 28, 21, 0.8
DAYS_FOR_DRIFT, SLOW_WAVES = 60, 6  # half waves over the whole diary (ours)

Form = Literal["lags", "distributed", "selection"]


@dataclass(frozen=True)
class DesignColumn:
    """One column: a kernel's kind, the series it reads, its lag or harmonic, and the fewest rated days it needs.

    `exposure` names the exposure it belongs to; None for what comes by itself.
    """

    kind: int
    source: str | None = None
    lag: int = 0
    fewest: int = 0
    exposure: str | None = None


@dataclass(frozen=True)
class Design:
    """Columns, and per target (an exposure at a lag) the combination of them that is asked about."""

    columns: tuple[DesignColumn, ...]
    targets: tuple[tuple[str, int], ...]
    contrasts: Floats

    def of(self, exposure: str) -> list[int]:
        """The places of the columns of an exposure."""
        return [at for at, column in enumerate(self.columns) if column.exposure == exposure]


def lags_of(batch: Batch, exposure: str) -> tuple[int, ...]:
    """Lags 1 to 3, and 0 too where it is no choice made on the pain of the day."""
    return (0, *LAGS) if exposure in batch.timed or exposure in batch.fixed else LAGS


def by_itself(batch: Batch, drift: bool = False) -> list[DesignColumn]:
    """Level, weekly cycle, trend, phases as steps, confounders at lags 0 and 1; with `drift` slow waves too."""
    columns = [DesignColumn(kernels.ONE)]
    for harmonic in (1, 2):
        columns.append(DesignColumn(kernels.COSINE, lag=harmonic, fewest=DAYS_FOR_WEEK))
        columns.append(DesignColumn(kernels.SINE, lag=harmonic, fewest=DAYS_FOR_WEEK))
    columns.append(DesignColumn(kernels.TREND, fewest=DAYS_FOR_TREND))
    if drift:
        columns += [
            DesignColumn(kernels.SLOW, lag=wave, fewest=DAYS_FOR_DRIFT) for wave in range(1, SLOW_WAVES + 1)
        ]
    if batch.ratings_per_day == 2:
        columns.append(DesignColumn(kernels.SLOT))
    columns += [DesignColumn(kernels.LAGGED, phase) for phase in batch.phases]
    columns += [DesignColumn(kernels.LAGGED, name, lag) for name in batch.confounders for lag in (0, 1)]
    return columns


def design(batch: Batch, form: Form = "lags", drift: bool = False, lag_0: bool = False) -> Design:
    """The model of a batch: exposures at their lags, at the distributed lag, or with what shows that they are sought.

    `lag_0` puts lag 0 in although it was a choice of the day; only the study of what then goes wrong does so.
    """
    columns = by_itself(batch, drift)
    targets: list[tuple[str, int]] = []
    places: list[int] = []

    def add(exposure: str, lag: int, column: DesignColumn) -> None:
        targets.append((exposure, lag))
        places.append(len(columns))
        columns.append(column)

    for name in batch.exposures:
        if form == "distributed":
            if 0 in lags_of(batch, name):
                columns.append(_same_day(batch, name))
            add(name, DISTRIBUTED_LAG, DesignColumn(kernels.DISTRIBUTED_LAG, name, exposure=name))
            continue
        lags = (0, *LAGS) if lag_0 else lags_of(batch, name)
        if form == "selection":
            # What comes after the rating cannot have caused it: the rating must have led to it.
            add(name, -1, DesignColumn(kernels.LAGGED, name, -1, exposure=name))
            if name in batch.timed:
                add(name, 0, DesignColumn(kernels.LAGGED, later(name), 0, exposure=name))
                columns.append(_same_day(batch, name))
            else:
                add(name, 0, DesignColumn(kernels.LAGGED, name, 0, exposure=name))
            columns += [DesignColumn(kernels.LAGGED, name, lag, exposure=name) for lag in LAGS]
            continue
        for lag in lags:
            add(
                name,
                lag,
                _same_day(batch, name)
                if lag == 0
                else DesignColumn(kernels.LAGGED, name, lag, exposure=name),
            )
    contrasts = np.zeros((len(targets), len(columns)))
    contrasts[np.arange(len(targets)), places] = 1
    return Design(tuple(columns), tuple(targets), contrasts)


def _same_day(batch: Batch, name: str) -> DesignColumn:
    source = earlier(name) if name in batch.timed else name
    return DesignColumn(kernels.LAGGED, source, 0, exposure=name)


@dataclass(frozen=True)
class DesignRows:
    """The filled columns with the outcome as the last; `known[r]` says that row r can be used."""

    values: Floats
    known: NDArray[np.bool_]
    allowed: NDArray[np.bool_]


def design_rows(batch: Batch, columns: Sequence[DesignColumn]) -> DesignRows:
    """The rows of a batch. A row is used where the outcome and every column are known; nothing is filled in."""
    sources = {name: at for at, name in enumerate(batch.names)}
    table = np.array(
        [
            (column.kind, sources[column.source] if column.source is not None else -1, column.lag)
            for column in columns
        ],
        dtype=np.int64,
    )
    rated = ~np.isnan(batch.outcome)
    allowed = _allowed(batch, columns, rated)
    values = np.zeros((len(batch.outcome), len(columns) + 1))
    known = rated.copy()
    kernels.fill_columns(batch.series, batch.starts, batch.ratings_per_day, table, allowed, values, known)
    values[:, -1] = np.where(known, batch.outcome, 0.0)
    return DesignRows(values, known, allowed)


def _per_diary(flags: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    total = np.concatenate([[0], np.cumsum(flags)])
    return total[starts[1:]] - total[starts[:-1]]


def _allowed(batch: Batch, columns: Sequence[DesignColumn], rated: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which columns each diary is long enough for, and has written down often enough."""
    count = _per_diary(rated, batch.starts)
    allowed = np.ones((len(batch), len(columns)), dtype=np.bool_)
    for at, column in enumerate(columns):
        if column.fewest:
            allowed[:, at] = count >= column.fewest * batch.ratings_per_day
        if column.source in batch.confounders:
            there = ~np.isnan(batch.series[:, batch.names.index(column.source)])
            both = _per_diary(rated & there, batch.starts)
            allowed[:, at] = (both >= CONFOUNDER_KNOWN * count) & (both > 0)
    return allowed
