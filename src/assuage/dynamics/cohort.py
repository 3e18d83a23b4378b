"""The effects in every diary of a cohort: a first stage patient by patient, a second over the patients of each class.

The first stage is a pure function from rows to rows (`first_stage`), so that files, threads and Spark executors
(`assuage.dynamics.spark`) can run it on any split that keeps a patient together. The second is small. Work is written
part by part: a run that was stopped goes on where it was, and memory holds one part.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics import estimate as e
from assuage.dynamics.diary import Batch
from assuage.dynamics.model import DISTRIBUTED_LAG, GRIDS, Grid
from assuage.dynamics.noise import learn, with_prior
from assuage.dynamics.pooling import Pool, pool, shrink
from assuage.dynamics.reading import outcome_scale
from assuage.dynamics.stays import PhaseSource
from assuage.dynamics.tables import batches_of, split_by_phase
from assuage.engine.many.program.code_version import code_version
from assuage.engine.many.rows.table_files import check_files, fingerprint
from assuage.errors import InputError, Problem, Problems, unknown_word
from assuage.record.fields import shown
from assuage.record.save import folder as folder_of
from assuage.record.save import whole_file, write_file
from assuage.record.table import polars
from assuage.record.table_reader import collected, files_of

if TYPE_CHECKING:
    import polars as pl

ROWS_A_PART = 1_500_000  # some 4,000 diaries of half a year
_AT_ONCE = 1_000  # patients whose noise is learnt from at a time
ESTIMATED, NOT_ESTIMABLE, ASSOCIATION = "estimated", "not estimable", "association only"
FEW = 6
WHY = {
    e.NO_RATING: "no rating",
    e.FEW_DAYS: "few days",
    e.CONSTANT: "constant outcome",
    e.NEVER: "never exposed",
    e.ALWAYS: "exposed every day",
    e.FEW_EXPOSED: "few exposed days at the lag",
    e.COLLINEAR: "cannot be told apart",
}


@dataclass(frozen=True)
class Question:
    """What a cohort is asked: one outcome, the exposures (all therapies when None), the noise model, phases or not.

    With `learn` the prior of the noise is learnt from the cohort, and `noise` is what was learnt (None: the default).
    """

    outcome: str = "pain"
    exposures: tuple[str, ...] | None = None
    grid: str = "nugget"
    by_phase: bool = True
    learn: bool = True
    noise: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        outcome_scale(self.outcome)
        if self.grid not in GRIDS:
            raise InputError(unknown_word(self.grid, GRIDS, message("word.grid")))

    def of(self, batch: Batch) -> Grid:
        """The grid for a batch; what was learnt is of days, not of half days."""
        return with_prior(GRIDS[self.grid], self.noise if batch.ratings_per_day == 1 else None)


@dataclass(frozen=True)
class Result:
    """What a run made: files, how many patients, effects and refusals there were, and where the phases come from."""

    effects: Path
    population: Path
    patients: int
    rows: int
    refused: int
    phases_from: tuple[str, ...] = ()


def first_stage(frame: pl.DataFrame, question: Question, source: PhaseSource = None) -> pl.DataFrame:
    """A row a patient, exposure, lag and phase, from a table of records with each patient whole.

    Exposures that a patient never had make no row unless they were asked for; a patient without any, or whose diary
    cannot be used, has one row without an exposure that says why. `phase` is null for the whole diary.
    Phases come from the source, else from recorded decisions; a patient whose phases are unknown has no row in any.
    """
    pl = polars()
    read = batches_of(frame, outcome_scale(question.outcome), question.exposures, source)
    parts: list[Any] = []
    refused_of = dict(read.refused)
    for batch in read.batches:
        if batch.exposures:
            parts.append(_rows(pl, batch, question))
        answered = set(parts[-1].get_column("patient").to_list()) if batch.exposures else set[str]()
        refused_of |= {patient: WHY[e.NEVER] for patient in batch.patients if patient not in answered}
        if batch.exposures and batch.phases and question.by_phase and read.phases_from:
            by_phase = _rows_by_phase(pl, batch, question)
            whence = pl.col("patient").replace_strict(read.phases_from, default=None, return_dtype=pl.String)
            parts.append(
                by_phase.with_columns(phases_from=whence).filter(pl.col("phases_from").is_not_null())
            )
    refused = sorted(refused_of)
    parts.append(
        _frame(
            pl,
            refused,
            "",
            0,
            None,
            None,
            [NOT_ESTIMABLE] * len(refused),
            [[refused_of[patient]] for patient in refused],
        )
    )
    return pl.concat(parts)


def _frame(
    pl: Any,
    patients: Any,
    exposure: Any,
    lag: int,
    phase: str | None,
    numbers: Any,
    states: Any,
    flags: Any,
    exposed: Any = None,
) -> pl.DataFrame:
    n = len(patients)
    blank = np.full(n, np.nan)
    columns = ("estimate", "sd", "low", "high", "p_gt_0", "p_gt_1")
    return pl.DataFrame(
        {
            "patient": pl.Series(patients, dtype=pl.String),
            "exposure": pl.Series([exposure] * n, dtype=pl.String),
            "lag": pl.Series([lag] * n, dtype=pl.Int8),
            "phase": pl.Series([phase] * n, dtype=pl.String),
            "phases_from": pl.Series([None] * n, dtype=pl.String),
            **{name: blank if numbers is None else numbers[:, at] for at, name in enumerate(columns)},
            "state": pl.Series(states, dtype=pl.String),
            "flags": pl.Series(flags, dtype=pl.List(pl.String)),
            "exposed": pl.Series([0] * n if exposed is None else exposed, dtype=pl.Int32),
        }
    ).with_columns(pl.col(*columns).fill_nan(None))


def _rows(pl: Any, batch: Batch, question: Question) -> pl.DataFrame:
    estimates = e.estimate(batch, question.of(batch), alone=False)
    parts = [
        _target(pl, estimates, m, question, exposure, lag, None)
        for m, (exposure, lag) in enumerate(estimates.targets)
    ]
    return pl.concat(parts)


def _rows_by_phase(pl: Any, batch: Batch, question: Question) -> pl.DataFrame:
    """The distributed lag of each exposure in each phase, and on the days outside the named phases (phase "")."""
    split = split_by_phase(batch)
    estimates = e.estimate_distributed_lag(split, question.of(batch))
    parts: list[pl.DataFrame] = []
    for m, (name, lag) in enumerate(estimates.targets):
        exposure, phase = name.split(" @ ", 1)
        part = _target(pl, estimates, m, question, exposure, lag, phase)
        parts.append(part.filter(pl.col("state") != NOT_ESTIMABLE))
    return pl.concat(parts)


def _target(
    pl: Any, estimates: e.Estimates, m: int, question: Question, exposure: str, lag: int, phase: str | None
) -> pl.DataFrame:
    batch, why = estimates.batch, estimates.why[:, m]
    # What only others were exposed to is nothing to say of a patient, whatever else is wrong with the diary.
    everybody = question.exposures is not None
    kept = (
        np.ones(len(batch), dtype=np.bool_) if everybody else ~e.never_exposed(batch, estimates.targets[m][0])
    )
    where = np.nonzero(kept)[0]
    k = batch.exposures.index(estimates.targets[m][0])
    initiated, exposed = estimates.patient_initiated[where, k], estimates.exposed[where, m]
    chosen = (initiated != 0) & (exposure not in batch.timed) & (exposure not in batch.fixed)
    able = why[where] == e.ESTIMATED
    states = np.where(able, np.where(chosen, ASSOCIATION, ESTIMATED), NOT_ESTIMABLE)
    # What is said of a patient is one of a few things: each is put into words once.
    remarks = (why[where] * 3 + initiated + 1) * 4 + (exposed <= FEW) * 2 + estimates.at_ends[where]
    kinds, which = np.unique(remarks, return_inverse=True)
    words = pl.Series([_flags(int(kind)) for kind in kinds], dtype=pl.List(pl.String))
    flags = words.gather(which)
    patients = [batch.patients[at] for at in where.tolist()]
    return _frame(
        pl,
        patients,
        exposure,
        lag,
        phase,
        estimates.numbers[where, m],
        states.tolist(),
        flags,
        exposed.tolist(),
    )


def _flags(remark: int) -> list[str]:
    """The words for a reason, the side on which patients seek the exposure, few exposures, and ratings at the ends."""
    code, side, few, ends = remark // 12, remark // 4 % 3 - 1, remark // 2 % 2, remark % 2
    if code != e.ESTIMATED:
        return [WHY[code]]
    return [
        *(["sought when high"] if side > 0 else ["sought when low"] if side < 0 else []),
        *(["few exposures"] if few else []),
        *(["ends of the scale"] if ends else []),
    ]


# ---------------------------------------------------------------- the second stage


def second_stage(rows: pl.DataFrame, outcome: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The effects with their false-sign rates, and the population's effects per class, lag and phase."""
    pl = polars()
    keys = ["exposure", "lag", "phase"]
    rows = rows.sort("patient", *keys)  # sums are then the same to the last bit, whatever the pieces were
    parts: list[pl.DataFrame] = []
    population: list[dict[str, Any]] = []
    for _key, of_key in sorted(rows.group_by(keys, maintain_order=True), key=lambda group: str(group[0])):
        able = of_key.filter(pl.col("estimate").is_not_null())
        rest = of_key.filter(pl.col("estimate").is_null())
        if len(able):
            fit_on = able.filter(pl.col("state") == ESTIMATED)
            of = pool(_array(fit_on, "estimate"), _array(fit_on, "sd"))
            judged = shrink(of, _array(able, "estimate"), _array(able, "sd"))
            able = able.with_columns(
                pl.Series("lfsr", judged.lfsr),
                pl.Series("pooled", judged.estimate),
                pl.Series("pooled_sd", judged.sd),
            )
            sources = of_key.get_column("phases_from").drop_nulls().unique().sort().to_list()
            population.append(_population(_key, outcome, of) | {"phases_from": "; ".join(sources) or None})
            parts.append(able)
        if len(rest):
            empty = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("lfsr", "pooled", "pooled_sd")]
            parts.append(rest.with_columns(empty))
    order = [
        *(
            "patient",
            "outcome",
            "exposure",
            "lag",
            "phase",
            "phases_from",
            "estimate",
            "low",
            "high",
            "p_gt_0",
            "p_gt_1",
            "lfsr",
        ),
        *("state", "flags", "exposed", "sd", "pooled", "pooled_sd"),
    ]
    if parts:
        effects = pl.concat(parts)
    else:
        effects = rows.with_columns(
            pl.lit(None, dtype=pl.Float64).alias(name) for name in ("lfsr", "pooled", "pooled_sd")
        )
    effects = effects.with_columns(pl.lit(outcome).alias("outcome")).select(order)
    effects = effects.sort("patient", "exposure", "lag", "phase", maintain_order=True)
    return effects, pl.DataFrame(population, schema=_POPULATION(pl))


def _POPULATION(pl: Any) -> dict[str, Any]:  # noqa: N802 - a constant that needs the table library
    numbers = dict.fromkeys(("none", "mean", "mean_low", "mean_high", "spread"), pl.Float64)
    texts = {"outcome": pl.String, "exposure": pl.String, "lag": pl.Int8, "phase": pl.String}
    return texts | {"patients": pl.Int64} | numbers | {"state": pl.String, "phases_from": pl.String}


def _population(key: tuple[object, ...], outcome: str, of: Pool) -> dict[str, Any]:
    exposure, lag, phase = key
    row = {"outcome": outcome, "exposure": exposure, "lag": lag, "phase": phase, "patients": of.count}
    if not of.fitted:
        return row | {"state": NOT_ESTIMABLE}
    half = 1.96 * of.mean_sd
    of_class = {"none": of.none, "mean": of.mean, "mean_low": of.mean - half, "mean_high": of.mean + half}
    return row | of_class | {"spread": of.spread, "state": ESTIMATED}


def _array(frame: pl.DataFrame, name: str) -> Any:
    return frame.get_column(name).to_numpy().astype(np.float64)


# ---------------------------------------------------------------- files


def run_cohort(
    path: str | Path,
    folder: str | Path,
    question: Question | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    source: PhaseSource = None,
) -> Result:
    """Write `effects.parquet` and `population.parquet` into the folder; `progress(rows done, rows)` after each part.

    A part that is already there, of the same files and question, is not made again. Raises `Problems` where a
    patient is split over files, a row has no patient, or the columns are not those of the table.
    """
    out, asked, files = folder_of(folder), question or Question(), files_of(str(path))
    total = check_files(files)
    asked = with_noise(asked, files)
    done = 0
    with parts_of(out, files, asked, source) as parts:
        progress(0, total)
        for number, frame in enumerate(_pieces(files)):
            target = parts / f"{number:05d}.parquet"
            if not target.exists():
                with whole_file(target, True) as fresh:
                    first_stage(frame, asked, source).write_parquet(fresh)
            done += len(frame)
            progress(done, total)
        return finish(out, parts, asked)


@contextmanager
def parts_of(out: Path, files: Sequence[Path], question: Question, source: PhaseSource) -> Generator[Path]:
    """The folder of this very run's parts; those of other files, questions or pathways go once this run is whole."""
    parts = out / f"parts-{_fingerprint(files, question, source)}"
    folder_of(parts)
    yield parts
    for old in out.glob(f"parts-{16 * '?'}"):
        shutil.rmtree(old)


def finish(out: Path, parts: Path, question: Question) -> Result:
    """The second stage over all parts, written into the folder."""
    pl = polars()
    files = sorted(parts.glob("*.parquet"))
    rows = pl.concat(
        [pl.read_parquet(file, glob=False) for file in files] or [_frame(pl, [], "", 0, None, None, [], [])]
    )
    effects, population = second_stage(rows, question.outcome)
    write_file(out / "noise.json", _noise(question), force=True)
    for name, table in (("effects", effects), ("population", population)):
        with whole_file(out / f"{name}.parquet", True) as fresh:
            table.write_parquet(fresh)
    patients = int(effects.get_column("patient").n_unique())
    refused = int(effects.filter(pl.col("exposure") == "").height)
    phases_from = tuple(effects.get_column("phases_from").drop_nulls().unique().sort().to_list())
    return Result(
        out / "effects.parquet", out / "population.parquet", patients, effects.height, refused, phases_from
    )


def with_noise(question: Question, files: Sequence[Path]) -> Question:
    """The question with the noise prior that these files teach, and nothing else: a resumed run learns the same."""
    if not question.learn or question.noise is not None:
        return question
    scale = outcome_scale(question.outcome)
    return replace(question, noise=learn(_by_name(files), scale, question.exposures, GRIDS[question.grid]))


def _by_name(files: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """The rows of all patients, some patients at a time in the order of their names, in whatever files they lie."""
    pl = polars()
    named = pl.col("patient").cast(pl.String)
    rows = pl.concat([pl.scan_parquet(file, glob=False) for file in files], how="diagonal_relaxed")
    names = collected(rows.select(named.drop_nulls().unique().sort()), files).get_column("patient")
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE].to_list()
        yield collected(rows.filter(named.is_in(some)).sort("patient", maintain_order=True), files)


def _noise(question: Question) -> str:
    """The prior of the noise of daily diaries, point by point, as JSON; `learnt` says whether from this cohort."""
    of = with_prior(GRIDS[question.grid], question.noise)
    prior = [float(f"{weight:.6g}") for weight in np.exp(of.log_prior)]
    points = {"phi": of.phi.tolist(), "kappa": of.kappa.tolist(), "prior": prior}
    return json.dumps({"learnt": question.noise is not None, **points}) + "\n"


def _fingerprint(files: Sequence[Path], question: Question, source: PhaseSource) -> str:
    run = json.dumps(
        [ROWS_A_PART, asdict(question), source and source.key, fingerprint(list(files)), code_version()]
    )
    return hashlib.sha256(run.encode()).hexdigest()[:16]


def _pieces(files: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """Pieces of the table with whole patients, each patient once; memory holds one."""
    pl = polars()
    seen: set[str] = set()
    for file in files:
        rows = int(collected(pl.scan_parquet(file, glob=False).select(pl.len()), [file]).item())
        unfinished: Any = None
        for start in range(0, rows, ROWS_A_PART):
            piece = collected(pl.scan_parquet(file, glob=False).slice(start, ROWS_A_PART), [file])
            who = piece.get_column("patient").cast(pl.String)
            nameless = (who.is_null() | (who == "")).arg_true().to_list()[:20]
            if nameless:
                lost = [Problem(f"row {start + at + 1} patient", message("field.missing")) for at in nameless]
                raise Problems(str(file), lost)
            piece = piece.with_columns(who)
            piece = piece if unfinished is None else pl.concat([unfinished, piece], how="vertical_relaxed")
            if start + ROWS_A_PART < rows:
                last = piece.get_column("patient")[-1]
                unfinished = piece.filter(pl.col("patient") == last)
                piece = piece.filter(pl.col("patient") != last)
            if not len(piece):
                continue
            patients = set(piece.get_column("patient").to_list())
            again = sorted(patients & seen)
            if again:
                wrong = message("table.patient-twice")
                raise Problems(
                    str(file), [Problem(f"patient {shown(patient)}", wrong) for patient in again[:20]]
                )
            seen |= patients
            yield piece


assert DISTRIBUTED_LAG == -1
