"""Spark for the tests: where it can run, and the killing of one executor in the middle of the work."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
from pathlib import Path

import pytest

ON_SPARK = [
    pytest.mark.spark,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="no pyspark; run `make cluster`"),
    pytest.mark.skipif(not (os.environ.get("JAVA_HOME") or shutil.which("java")), reason="no Java"),
    pytest.mark.filterwarnings("default"),  # Spark's own
]


class Killer:
    """A listener to progress that kills an executor once, when some of the work is done and some is not."""

    def __init__(self) -> None:
        self.killed: list[int] = []

    def __call__(self, done: int, of: int) -> None:
        if 0 < done < of and not self.killed:
            victim = running()[0]
            os.kill(victim, signal.SIGKILL)
            self.killed.append(victim)

    def done(self) -> bool:
        """Whether one was killed, and is gone."""
        return len(self.killed) == 1 and self.killed[0] not in running()


def running() -> list[int]:
    """The executors among our own descendants."""
    parent: dict[int, int] = {}
    for one in Path("/proc").iterdir():
        if one.name.isdecimal():
            try:
                parent[int(one.name)] = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: list[int] = []
    for number in parent:
        above = number
        while above in parent and above != os.getpid():
            above = parent[above]
        try:
            said = Path(f"/proc/{number}/cmdline").read_bytes()
        except OSError:
            continue
        if (
            above == os.getpid()
            and b"java" in said.split(b"\0")[0]
            and b"CoarseGrainedExecutorBackend" in said
        ):
            found.append(number)
    return found
