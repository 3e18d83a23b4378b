"""The rows of 300 simulated diaries for R, and what R said of them: `make gls-frozen`.

Continuous-time AR(1) has no nugget and no prior, so the engine is asked for its most probable phi without a nugget.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from assuage.dynamics.design import design, design_rows
from assuage.dynamics.diary import Batch
from assuage.dynamics.many import batch_of_simulated
from assuage.dynamics.scenarios import BASE
from assuage.dynamics.simulate import simulate

DIARIES, SEED = 300, 11
FROZEN = Path("tests/dynamics/gls_estimates.csv")
SCRIPT = Path("benchmarks/gls_frozen.R")


def batch() -> Batch:
    """The diaries."""
    return batch_of_simulated(simulate(BASE, DIARIES, SEED))


def write_rows(of: Batch, target: Path) -> None:
    """One line a rated day: diary, day, rating and the columns of the design."""
    rows = design_rows(of, design(of).columns)
    columns = rows.values.shape[1] - 1
    lines = [",".join(["diary", "day", "y", *(f"x{at + 1}" for at in range(columns))])]
    for i in range(len(of)):
        for r in range(of.starts[i], of.starts[i + 1]):
            if rows.known[r]:
                values = [rows.values[r, -1], *rows.values[r, :-1]]
                lines.append(
                    ",".join([str(i), str(r - of.starts[i]), *(repr(float(value)) for value in values)])
                )
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the rows, let R fit them, keep what it says."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        write_rows(batch(), rows)
        subprocess.run(["Rscript", str(SCRIPT), str(rows), str(FROZEN)], check=True)
    print(f"{FROZEN}: {sum(1 for _ in FROZEN.open()) - 1} estimates", file=sys.stderr)
    assert np.isfinite(np.genfromtxt(FROZEN, delimiter=",", skip_header=1)).all()


if __name__ == "__main__":
    main()
