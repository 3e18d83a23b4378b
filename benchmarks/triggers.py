"""How fast the trigger engine is, with its peers on the same diaries in the same run. CPU time of one process.

`make bench-triggers` installs the peers (group `peers`); a peer that is not there is left out and said so.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from assuage.dynamics.design import design, rows_of
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import infer_rows
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.model import NO_NUGGET, NUGGET, Grid
from assuage.dynamics.scenarios import BASE, SCENARIOS
from assuage.dynamics.simulate import simulate

# Pieces small enough that the memory of one serves the next: a first touch of fresh memory costs more than filling it.
DIARIES, PIECE, PEERS = 100_000, 1_000, 40
SCRIPT = Path("benchmarks/gls_frozen.R")


def piece(count: int = PIECE) -> Batch:
    """Diaries of the base scenario."""
    return batch_of_simulated(simulate(BASE, count, 1))


def engine(batch: Batch, of: Grid) -> float:
    """CPU seconds a diary: 12 columns, 4 lags, from the filled batch to intervals and probabilities."""
    asked = design(batch, lag_0=True)
    started = time.process_time()
    infer_rows(rows_of(batch, asked.columns), batch.starts, asked, of).summary()
    return (time.process_time() - started) / len(batch)


def _peer(batch: Batch, fit: Callable[[np.ndarray, np.ndarray], object]) -> float:
    """CPU seconds a diary of a peer: rating with gaps and columns in, whatever it makes of them out."""
    asked = design(batch, lag_0=True)
    rows = rows_of(batch, asked.columns)
    spent = 0.0
    for i in range(len(batch)):
        own = slice(batch.starts[i], batch.starts[i + 1])
        values, known = rows.values[own], rows.known[own]
        x, y = values[:, :-1], np.where(known, values[:, -1], np.nan)
        x = x[:, np.abs(x[known]).sum(axis=0) > 0]
        started = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit(y, x)
        spent += time.process_time() - started
    return spent / len(batch)


def sarimax(batch: Batch) -> float:
    """statsmodels SARIMAX(1, 0, 0) with the columns as exogenous."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    return _peer(batch, lambda y, x: SARIMAX(y, exog=x, order=(1, 0, 0)).fit(disp=False).conf_int())


def glsar(batch: Batch) -> float:
    """statsmodels GLSAR, iterated, which knows no missing days: they are left out."""
    from statsmodels.regression.linear_model import GLSAR

    def fit(y: np.ndarray, x: np.ndarray) -> object:
        there = ~np.isnan(y)
        return GLSAR(y[there], x[there], rho=1).iterative_fit(8).conf_int()

    return _peer(batch, fit)


def gls(batch: Batch) -> float | None:
    """R nlme::gls with corCAR1, by its own clock; None where R is not installed."""
    if shutil.which("Rscript") is None:
        return None
    from benchmarks.gls_rows import write_rows

    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        write_rows(batch, rows)
        asked = ["Rscript", str(SCRIPT), str(rows), str(Path(folder) / "out.csv")]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return float(said.rsplit(":", 1)[1].split()[0])


def command_line() -> float:
    """CPU seconds of one diary in a fresh process, numba's cache being there."""
    # Without scipy, which comes with the peers and is no part of the product: numba would import it.
    code = (
        "import sys; sys.modules['scipy'] = None;"
        "from assuage.dynamics.reading import diary_of_record; from assuage.dynamics.triggers import triggers;"
        "from assuage.record.read import read_record; triggers(diary_of_record(read_record('examples/diary.yaml')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def run(diaries: int = DIARIES) -> None:
    """Print the table of figures."""
    for of in (NUGGET, NO_NUGGET):
        engine(piece(2), of)  # compiles, or reads what was compiled
    spent = {"nugget": 0.0, "ar1": 0.0}
    for at in range(max(diaries // PIECE, 1)):
        batch = batch_of_simulated(simulate(BASE, min(PIECE, diaries), 1, at * PIECE))
        spent["nugget"] += engine(batch, NUGGET) * len(batch)
        spent["ar1"] += engine(batch, NO_NUGGET) * len(batch)
    each = spent["nugget"] / diaries
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"trigger engine, CPU time; {diaries:,} diaries of {BASE.days} days, 12 columns, 4 lags")
    print(
        f"  AR(1) + nugget, 40 points  {spent['nugget']:8.1f} s   {1e6 * each:8.0f} us a diary   (bar 25 s)"
    )
    print(
        f"  AR(1) only, 10 points      {spent['ar1']:8.1f} s   {1e6 * spent['ar1'] / diaries:8.0f} us a diary   "
        "(bar 5 s)"
    )
    print(f"  most memory                {memory:8.2f} GB  (bar 2 GB)")
    print(f"  one diary, fresh process   {command_line():8.2f} s   (bar 1 s)")
    sampled = batch_of_simulated(simulate(SCENARIOS["ceiling"], 50, 1))
    from assuage.dynamics.estimate import estimate

    estimate(batch_of_simulated(simulate(SCENARIOS["ceiling"], 2, 1)), alone=False)
    started = time.process_time()
    estimate(sampled, alone=False)
    print(
        f"  at the ends of the scale   {(time.process_time() - started) / 50 * 1e3:8.1f} ms  a diary, two forms sampled"
    )
    peers = piece(PEERS)
    print(f"peers on {PEERS} of the same diaries")
    if find_spec("statsmodels") is None:
        print("  statsmodels is not installed: make bench-triggers installs it")
    else:
        for title, peer, bar in (("SARIMAX", sarimax, " (bar 400)"), ("GLSAR", glsar, "")):
            theirs = peer(peers)
            print(
                f"  statsmodels {title:8} {1e3 * theirs:10.2f} ms a diary   {theirs / each:8.0f} times ours{bar}"
            )
    theirs = gls(peers)
    if theirs is None:
        print("  R is not installed: nlme::gls is left out")
    else:
        print(
            f"  nlme::gls corCAR1    {1e3 * theirs:10.2f} ms a diary   {theirs / each:8.0f} times ours (bar 500)"
        )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else DIARIES)
