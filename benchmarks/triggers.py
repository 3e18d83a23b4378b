"""How fast the trigger engine is, with its peers on the same diaries in the same run. CPU time of one process.

`make bench-triggers` installs the peers (group `peers`); a peer that is not there is left out and said so.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

from assuage.dynamics.design import design, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.infer import infer_rows
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.model import NO_NUGGET, NUGGET, Grid
from assuage.dynamics.scenarios import BASE, SCENARIOS
from assuage.dynamics.simulate import simulate
from benchmarks.peers import compare

# Pieces small enough that the memory of one serves the next: a first touch of fresh memory costs more than filling it.
DIARIES, PIECE, PEERS = 100_000, 1_000, 200


def piece(count: int = PIECE) -> Batch:
    """Diaries of the base scenario."""
    return batch_of_simulated(simulate(BASE, count, 1))


def engine(batch: Batch, of: Grid) -> float:
    """CPU seconds a diary: 12 columns, 4 lags, from the filled batch to intervals and probabilities."""
    asked = design(batch, lag_0=True)
    started = time.process_time()
    infer_rows(design_rows(batch, asked.columns), batch.starts, asked, of).summary()
    return (time.process_time() - started) / len(batch)


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
        print(f"  diaries from {at * PIECE:,}", file=sys.stderr)
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
    engines = {
        "ours, AR(1) + nugget": (NUGGET, each),
        "ours, AR(1) only": (NO_NUGGET, spent["ar1"] / diaries),
    }
    print(*compare(simulate(BASE, PEERS, 1), engines), sep="\n")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else DIARIES)
