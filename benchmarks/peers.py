"""What others make of the same diaries as the engine: how long they take, and how often they are right.

Fast and wrong is worth nothing, so each peer answers the question of the engine: what massage does to the pain of the
next day, with a 95 % interval, in diaries where that is +2 points or nothing.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from assuage.dynamics.design import Design, design, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import infer
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.model import Grid
from assuage.dynamics.simulate import Diaries

SCRIPT = Path("benchmarks/gls_frozen.R")
FEWEST_BEFORE = 21  # rated days before a massage, from which on a counterfactual is drawn for it (ours)

Interval = tuple[float, float]
Fit = Callable[[np.ndarray, np.ndarray, int], Interval]  # ratings (NaN: none), columns, that of lag 1


@dataclass(frozen=True)
class Result:
    """CPU seconds a diary, and an interval for each diary; NaN where the peer gave none."""

    title: str
    seconds: float
    intervals: np.ndarray

    def line(self, effect: np.ndarray, ours: float, bar: str = "") -> str:
        """A row of the table."""
        low, high = self.intervals.T
        able, none = ~np.isnan(low), effect == 0
        covered = (low <= effect) & (effect <= high)
        cover, cover_0 = covered[able & ~none].mean(), covered[able & none].mean()
        wrong = 1 - cover_0
        return (
            f"  {self.title:34} {able.sum():4} {1e3 * self.seconds:10.3f} {self.seconds / ours:9.1f}   {cover:.3f} "
            f"{cover_0:.3f} {wrong:.3f}  {(low > 0)[able & ~none].mean():.3f} "
            f"{np.median((high - low)[able]):6.2f}  {bar}"
        ).rstrip()


HEAD = f"  {'method':34}    n   ms/diary times ours  cover +2   0  false+  power  width"


def _lag_1(batch: Batch, asked: Design) -> int:
    return int(np.argmax(asked.contrasts[asked.targets.index((batch.exposures[0], 1))]))


def _each(title: str, batch: Batch, fit: Fit) -> Result:
    """The fit of every diary: ratings with gaps and the 12 columns in, an interval out."""
    asked = design(batch, lag_0=True)
    rows, at = design_rows(batch, asked.columns), _lag_1(batch, asked)
    spent, intervals = 0.0, np.full((len(batch), 2), np.nan)
    for i in range(len(batch)):
        of_diary = slice(batch.starts[i], batch.starts[i + 1])
        values, known = rows.values[of_diary], rows.known[of_diary]
        y = np.where(known, values[:, -1], np.nan)
        able = np.abs(values[known, :-1]).sum(axis=0) > 0
        if not able[at]:
            continue
        started = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            intervals[i] = fit(y, values[:, :-1][:, able], int(able[:at].sum()))
        spent += time.process_time() - started
        if sys.stderr.isatty() or i % 50 == 49:
            print(
                f"  {title}: {i + 1} of {len(batch)}",
                end="\r" if sys.stderr.isatty() else "\n",
                file=sys.stderr,
            )
    return Result(title, spent / len(batch), intervals)


def ours(title: str, batch: Batch, of: Grid, seconds: float) -> Result:
    """The engine on these diaries; the seconds are those of the whole run."""
    asked = design(batch, lag_0=True)
    at = asked.targets.index((batch.exposures[0], 1))
    return Result(title, seconds, infer(batch, asked, of).summary()[:, at, 2:4])


def sarimax(batch: Batch) -> Result:
    """statsmodels SARIMAX(1, 0, 0) with the columns as exogenous."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    def fit(y: np.ndarray, x: np.ndarray, at: int) -> Interval:
        low, high = SARIMAX(y, exog=x, order=(1, 0, 0)).fit(disp=False).conf_int()[at]
        return low, high

    return _each("statsmodels SARIMAX(1,0,0)", batch, fit)


def glsar(batch: Batch) -> Result:
    """statsmodels GLSAR, iterated, which knows no missing days: they are left out."""
    from statsmodels.regression.linear_model import GLSAR

    def fit(y: np.ndarray, x: np.ndarray, at: int) -> Interval:
        there = ~np.isnan(y)
        low, high = GLSAR(y[there], x[there], rho=1).iterative_fit(8).conf_int()[at]
        return low, high

    return _each("statsmodels GLSAR, iterated", batch, fit)


def causal_impact(batch: Batch) -> Result:
    """CausalImpact once a massage, the day after against what the days before foretell; effects averaged.

    It knows no missing days, which are left out, and nothing of the massages before.
    """
    from causal_impact import CausalImpact

    def fit(y: np.ndarray, x: np.ndarray, at: int) -> Interval:
        there = ~np.isnan(y)
        after = np.flatnonzero(x[there, at] > 0)
        # The intercept is its own, and of massage it has no columns: those of lags 0 to 3 stand last.
        data = np.column_stack([y[there], x[there, 1 : at - 1]])
        means, variances = [], []
        for day in after[after >= FEWEST_BEFORE]:
            results = CausalImpact(data[: day + 1], [0, int(day) - 1], [int(day), int(day)])._results
            means.append(results.point_effect_mean)
            variances.append(results.average_effect_sd**2)
        if not means:
            return np.nan, np.nan
        mean, sd = float(np.mean(means)), float(np.sqrt(np.sum(variances)) / len(means))
        return mean - 1.96 * sd, mean + 1.96 * sd

    return _each("CausalImpact (bsts-causalimpact)", batch, fit)


def gls(batch: Batch) -> Result:
    """R nlme::gls with corCAR1, by its own clock; lags 1 to 3 only, so a column less than the others have."""
    from benchmarks.gls_rows import write_rows

    with tempfile.TemporaryDirectory() as folder:
        rows, out = Path(folder) / "rows.csv", Path(folder) / "out.csv"
        write_rows(batch, rows)
        printed = subprocess.run(
            ["Rscript", str(SCRIPT), str(rows), str(out)], capture_output=True, text=True, check=True
        ).stdout
        intervals = np.full((len(batch), 2), np.nan)
        for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines()):
            if row["lag"] == "1":
                half = 1.975 * float(row["sd"])
                intervals[int(row["diary"])] = float(row["estimate"]) - half, float(row["estimate"]) + half
    return Result("R nlme::gls corCAR1", float(printed.rsplit(":", 1)[1].split()[0]), intervals)


# What has to be there, what runs it, and how many times our time it must take.
PEERS: tuple[tuple[str, Callable[[Batch], Result], str], ...] = (
    ("statsmodels", sarimax, "(bar 400 times)"),
    ("statsmodels", glsar, ""),
    ("causal_impact", causal_impact, ""),
    ("Rscript", gls, "(bar 500 times)"),
)


def compare(diaries: Diaries, engines: dict[str, tuple[Grid, float]]) -> list[str]:
    """The table: the engine by each grid with its CPU seconds a diary, then the peers that are installed."""
    batch, effect = batch_of_simulated(diaries), diaries.effect[:, 0]
    least = next(iter(engines.values()))[1]
    lines = [
        f"peers on {len(batch)} of the same diaries, +2 points in half of them and nothing in the others",
        HEAD,
    ]
    lines += [ours(title, batch, of, seconds).line(effect, least) for title, (of, seconds) in engines.items()]
    for needs, peer, bar in PEERS:
        if (shutil.which(needs) if needs == "Rscript" else find_spec(needs)) is None:
            lines.append(f"  {peer.__name__} is left out: {needs} is not installed")
        else:
            print(f"  {peer.__name__} …", file=sys.stderr)
            lines.append(peer(batch).line(effect, least, bar))
    return lines
