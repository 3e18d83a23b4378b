"""A kernel that was compiled and kept is used again only while all that was compiled into it is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

_KERNELS = """
from pathlib import Path
import numpy as np
from assuage.engine.many.jit import compiled_beside
import outside
from outside import SIZE

kernel = compiled_beside(Path(__file__).parent)
EACH = np.array([SIZE, outside.MORE])

@kernel
def asked(x):
    return called(x)

@kernel
def called(x):
    return x + SIZE + 10 * outside.MORE + 100 * EACH[1]

print(asked(1000), sum(asked.stats.cache_hits.values()))
"""


def _run(folder: Path, **numbers: int) -> list[int]:
    """What the kernel says, and how often it was taken from the disk."""
    said = "".join(f"{name} = {number}\n" for name, number in numbers.items())
    (folder / "outside.py").write_text(said)
    kernels = folder / "kernels" / "asked.py"
    if not kernels.exists():
        kernels.parent.mkdir()
        kernels.write_text(_KERNELS)
    done = subprocess.run(
        [sys.executable, "-B", str(kernels)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(folder), "NUMBA_CACHE_DIR": str(folder / "kept")},
    )
    return [int(word) for word in done.stdout.split()]


def test_a_number_that_changes_outside_the_kernels_changes_what_they_say(tmp_path):
    assert _run(tmp_path, SIZE=1, MORE=2) == [1221, 0]
    assert _run(tmp_path, SIZE=1, MORE=2) == [1221, 1]
    assert _run(tmp_path, SIZE=3, MORE=2) == [1223, 0]
    assert _run(tmp_path, SIZE=3, MORE=4) == [1443, 0]
    assert _run(tmp_path, SIZE=3, MORE=4) == [1443, 1]
