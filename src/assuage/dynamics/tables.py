"""Batches out of the table of records, column-wise: what `reading` does for one record, for thousands at once.

The same rules: a patient's days run from three before the first rating, where the record is as old, to the last
rating; a day with no row at all is unknown to every exposure; a day's rating is the scale's own choice among
several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assuage.dynamics.diary import Batch, earlier, later
from assuage.dynamics.model import Floats
from assuage.dynamics.reading import AFTERNOON, CONFOUNDERS, TWICE, exposure_id
from assuage.dynamics.stays import PhaseSource, stays_of
from assuage.record.kinds import whole_scales
from assuage.record.table import polars
from assuage.record.table_reader import completed, plain_column
from assuage.terms.scales import Scale

if TYPE_CHECKING:
    import polars as pl

MOST_DAYS = 40_000


@dataclass(frozen=True)
class TableDiaries:
    """The batches of a table, and the patients who cannot be used, with why.

    The patients of a batch have as many ratings a day, and the times of the same exposures are known: what is said
    of a patient must not depend on who else is in the table. `phases_from` says of those whose phases are
    known where these come from.
    """

    batches: tuple[Batch, ...]
    refused: dict[str, str]
    phases_from: Mapping[str, str]


def batches_of(
    frame: pl.DataFrame,
    scale: Scale,
    exposures: Sequence[str] | None = None,
    source: PhaseSource = None,
) -> TableDiaries:
    """The diaries of one outcome in a table of records. Patients without a rating are refused, not lost.

    Phases come from the source, where there is one, else from each patient's decisions.
    """
    pl = polars()
    frame = completed(frame)
    stays, source_of = stays_of(frame, source)
    frame = frame.with_columns(plain_column(pl.col(name), name) for name in ("kind", "code", "value"))
    frame = frame.filter(pl.col("kind") != "patient")
    everyone = frame.get_column("patient").unique(maintain_order=True).to_list()
    ratings = frame.filter((pl.col("kind") == "score") & (pl.col("code") == scale.code))
    refused = _refused(pl, ratings, scale)
    ranged = _ranges(pl, ratings)
    span = (
        ratings.group_by("patient", maintain_order=True)
        .agg(pl.col("day").min().alias("rated"), pl.col("day").max().alias("last"))
        .join(
            frame.group_by("patient").agg(pl.col("day").min().alias("oldest")),
            on="patient",
            maintain_order="left",
        )
        .with_columns(pl.max_horizontal("oldest", pl.col("rated") - 3).alias("start"))
        .with_columns((pl.col("last") - pl.col("start") + 1).alias("length"))
    )
    for patient in span.filter(pl.col("length") > MOST_DAYS).get_column("patient"):
        refused[patient] = "slip in a date"
    rated = set(span.get_column("patient").to_list())
    refused |= {patient: "no rating" for patient in everyone if patient not in rated}
    span = span.filter(~pl.col("patient").is_in(list(refused)))
    span = span.join(_twice(pl, ratings), on="patient", how="left", maintain_order="left")
    untimed = _untimed(pl, frame, span)
    span = span.join(untimed, on="patient", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("ratings_per_day") == 2).then("untimed")
    )
    batches: list[Batch] = []
    for (ratings_per_day, _), alike in span.group_by("ratings_per_day", "untimed", maintain_order=True):
        placed = alike.with_columns(
            (pl.col("length").cum_sum() - pl.col("length")).cast(pl.Int64).alias("row")
        )
        batches.append(_batch(pl, frame, ratings, ranged, placed, ratings_per_day, scale, exposures, stays))
    return TableDiaries(tuple(batches), refused, source_of)


def _refused(pl: Any, ratings: pl.DataFrame, scale: Scale) -> dict[str, str]:
    value = pl.col("value")

    def patients(wrong: Any) -> list[str]:
        return ratings.filter(wrong & value.is_not_null()).get_column("patient").unique().to_list()

    fractions = patients(value != value.floor()) if scale.code in whole_scales() else []
    off = patients(~value.is_between(scale.low, scale.high))
    return dict.fromkeys(fractions, "no whole number") | dict.fromkeys(off, "off the scale")


def _ranges(pl: Any, ratings: pl.DataFrame) -> pl.DataFrame:
    """The days whose rating is a range, which is no number."""
    text = pl.col("text").cast(pl.String)
    ranges = ratings.filter(
        text.str.contains('"low":', literal=True) & text.str.contains('"high":', literal=True)
    )
    return ranges.select("patient", "day").unique().with_columns(pl.lit(True).alias("range"))


def _twice(pl: Any, ratings: pl.DataFrame) -> pl.DataFrame:
    """How many ratings a day each patient's diary has, and the times of the earlier and the later one."""
    side = pl.col("minute") >= AFTERNOON
    by_day = ratings.group_by("patient", "day").agg(
        side.any().fill_null(False).alias("late"), (~side).any().fill_null(False).alias("early")
    )
    both = (pl.col("late") & pl.col("early")).mean() >= TWICE
    ratings_per_day = by_day.group_by("patient").agg(
        pl.when(both).then(2).otherwise(1).alias("ratings_per_day")
    )
    times = ratings.group_by("patient").agg(
        pl.col("minute").filter(~side).median().cast(pl.Float64).alias("morning"),
        pl.col("minute").filter(side).median().cast(pl.Float64).alias("evening"),
    )
    return ratings_per_day.join(times, on="patient", maintain_order="left")


def _untimed(pl: Any, frame: pl.DataFrame, span: pl.DataFrame) -> pl.DataFrame:
    """The classes of exposure that a patient once had at a time nobody wrote down."""
    sessions = _sessions(pl, frame).filter(pl.col("minute").is_null())
    sessions = sessions.join(span, on="patient", maintain_order="left")
    sessions = sessions.filter(pl.col("day").is_between(pl.col("start"), pl.col("last")))
    classes = {
        code: exposure_id(code) for code in sessions.get_column("code").unique().drop_nulls().to_list()
    }
    named = sessions.with_columns(pl.col("code").replace(classes))
    return named.group_by("patient").agg(pl.col("code").unique().sort().str.join(",").alias("untimed"))


def value_of_rows(pl: Any, scale: Scale) -> Any:
    """The value that stands for a day, of its rows in order: the rule of `Scale.day_value`, as columns have it."""
    value = pl.col("value")
    if scale.daily == "last":
        return value.last()
    return value.max() if (scale.daily == "worst") == (scale.higher_is == "worse") else value.min()


def _batch(
    pl: Any,
    frame: pl.DataFrame,
    ratings: pl.DataFrame,
    ranged: pl.DataFrame,
    span: pl.DataFrame,
    ratings_per_day: int,
    scale: Scale,
    exposures: Sequence[str] | None,
    stays: pl.DataFrame,
) -> Batch:
    days = int(span.get_column("length").sum())
    place = span.select("patient", "start", "last", "row", "morning", "evening")

    def located(rows: pl.DataFrame) -> pl.DataFrame:
        inside = rows.join(place, on="patient", maintain_order="left").filter(
            pl.col("day").is_between(pl.col("start"), pl.col("last"))
        )
        return inside.with_columns((pl.col("row") + pl.col("day") - pl.col("start")).alias("at"))

    def column(rows: pl.DataFrame, of: Scale) -> Floats:
        by_day = located(rows).filter(pl.col("value").is_not_null()).group_by("at", maintain_order=True)
        daily = by_day.agg(value_of_rows(pl, of))
        values = np.full(days, np.nan)
        values[daily.get_column("at").to_numpy()] = daily.get_column("value").cast(pl.Float64).to_numpy()
        return np.asarray(np.round(values, 6), dtype=np.float64)  # a float32 of 4.3 is 4.3

    clear = ratings.join(ranged, on=["patient", "day"], how="anti", maintain_order="left")
    outcome = np.empty((days, ratings_per_day))
    if ratings_per_day == 1:
        outcome[:, 0] = column(clear, scale)
    else:
        sides = [clear.filter(pl.col("minute") < AFTERNOON), clear.filter(pl.col("minute") >= AFTERNOON)]
        for slot, side in enumerate(sides):
            outcome[:, slot] = column(side, scale)
    reported = np.zeros(days, dtype=np.bool_)
    reported[located(frame.select("patient", "day").unique()).get_column("at").to_numpy()] = True
    names, series, timed, sides_of = _exposures(pl, located, frame, reported, exposures, ratings_per_day)
    scales_of = {
        name: frame.filter((pl.col("kind") == "score") & (pl.col("code") == name)) for name in CONFOUNDERS
    }
    confounders = tuple(name for name in CONFOUNDERS if name != scale.code and len(scales_of[name]))
    from assuage.terms.scales import SCALES

    beside = [column(scales_of[name], SCALES[name]) for name in confounders]
    phases, steps = _phases(pl, stays, span, days)
    wide = [np.repeat(column, ratings_per_day) for column in (*series, *beside, *steps)] + sides_of
    lengths = span.get_column("length").to_numpy() * ratings_per_day
    return Batch(
        tuple(span.get_column("patient").to_list()),
        scale,
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        outcome.ravel(),
        np.ascontiguousarray(np.column_stack(wide)) if wide else np.zeros((days * ratings_per_day, 0)),
        (*names, *confounders, *phases, *(side(name) for name in timed for side in (earlier, later))),
        names,
        confounders,
        phases,
        (),
        timed,
        ratings_per_day,
    )


def _sessions(pl: Any, frame: pl.DataFrame) -> pl.DataFrame:
    sessions = frame.filter(pl.col("kind") == "therapy")
    stopped = pl.col("text").cast(pl.String).str.contains('"do":"stop"', literal=True)
    return sessions.filter(~stopped.fill_null(False))


def _exposures(
    pl: Any,
    located: Any,
    frame: pl.DataFrame,
    reported: NDArray[np.bool_],
    named: Sequence[str] | None,
    ratings_per_day: int,
) -> tuple[tuple[str, ...], list[Floats], tuple[str, ...], list[Floats]]:
    """A column a class of exposure, 1 on days with a session; with two ratings a day, before and after it too."""
    sessions = _sessions(pl, frame)
    codes = [code for code in sessions.get_column("code").unique().to_list() if code is not None]
    classes = {code: exposure_id(code) for code in codes}
    wanted = [exposure_id(name) for name in named] if named is not None else sorted(set(classes.values()))
    at = located(sessions)
    series: list[Floats] = []
    timed: list[str] = []
    sides: list[Floats] = []
    for name in wanted:
        sessions_of_class = at.filter(
            pl.col("code").is_in([code for code, is_of in classes.items() if is_of == name])
        )
        where = sessions_of_class.get_column("at").to_numpy()
        column = np.where(reported, 0.0, np.nan)
        column[where] = 1.0
        series.append(column)
        if (
            ratings_per_day == 2
            and len(sessions_of_class)
            and sessions_of_class.get_column("minute").null_count() == 0
        ):
            first = sessions_of_class.group_by("at").agg(
                pl.col("minute").min(), pl.col("morning", "evening").first()
            )
            after = np.zeros((len(reported), 2), dtype=np.bool_)
            for slot, time in enumerate(("morning", "evening")):
                is_after = (first.get_column(time) >= first.get_column("minute")).to_numpy()
                after[first.get_column("at").to_numpy(), slot] = is_after
            timed.append(name)
            wide = np.repeat(column[:, None], 2, axis=1)
            sides += [np.where(after, wide, wide * 0).ravel(), np.where(after, wide * 0, wide).ravel()]
    return tuple(wanted), series, tuple(timed), sides


def _phases(
    pl: Any, stays: pl.DataFrame, span: pl.DataFrame, days: int
) -> tuple[tuple[str, ...], list[Floats]]:
    """A step a phase: 1 on the days of its stays. The phases are in the order of their ids, whoever is in the table."""
    here = stays.filter(pl.col("phase").is_not_null()).join(
        span.select("patient", "start", "last", "row"), on="patient", maintain_order="left"
    )
    inside = here.select(
        "phase",
        (pl.col("row") + pl.max_horizontal(pl.col("entered") - pl.col("start"), 0)).alias("from"),
        (
            pl.col("row")
            + pl.max_horizontal(pl.min_horizontal("left", pl.col("last") + 1) - pl.col("start"), 0)
        ).alias("until"),
    )
    steps: dict[str, Floats] = {}
    for phase, start, until in inside.sort("phase", maintain_order=True).rows():
        column = steps.setdefault(phase, np.zeros(days))
        column[start:until] = 1.0
    return tuple(steps), list(steps.values())


def split_by_phase(batch: Batch) -> Batch:
    """The same diaries with each exposure split by the phase it happened in: `massage @ later`, `massage @ `.

    The empty phase is every day outside the named ones. Effects in phases are then effects of exposures.
    """
    inside = [batch.series[:, batch.names.index(phase)] for phase in batch.phases]
    outside = 1 - np.clip(np.sum(inside, axis=0), 0, 1)
    parts = {"": outside, **dict(zip(batch.phases, inside, strict=True))}
    names = [f"{name} @ {phase}" for name in batch.exposures for phase in parts]
    columns = [
        batch.series[:, batch.names.index(name)] * part for name in batch.exposures for part in parts.values()
    ]
    return replace(
        batch,
        series=np.ascontiguousarray(np.column_stack([batch.series, *columns])),
        names=(*batch.names, *names),
        exposures=tuple(names),
        fixed=(),
        timed=(),
    )
