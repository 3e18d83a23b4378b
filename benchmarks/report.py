"""How fast and how large pictures and pages are: the published case, and a diary of 365 days with six series."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

CASE = Path(__file__).parents[1] / "examples" / "case.yaml"
SECONDS, BYTES = 2.0, 300_000

SERIES = (
    *(("pain", "morning"), ("pain", "evening"), ("sleep", "morning")),
    *(("fatigue", "evening"), ("anxiety", "evening"), ("stiffness", "morning")),
)


def a_year(folder: Path) -> Path:
    """The diary of a year; invented, and of nobody. One day in twenty-nine has no entry."""
    chosen = random.Random(5)
    entries = [
        {"day": day, "kind": "score", "scale": scale, "time": at, "value": chosen.randint(0, 10)}
        for day in range(365)
        if day % 29 != 7
        for scale, at in SERIES
    ]
    path = folder / "year.json"
    document = {"format": "assuage-record/1", "patient": {"id": "year"}, "pathway": "neck-first"}
    path.write_text(json.dumps({**document, "entries": entries}), encoding="utf-8")
    return path


def spent(*arguments: str) -> float:
    """CPU seconds of one command in a process of its own, its start included."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "assuage.cli", *arguments], check=True, stdout=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table of figures."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"pictures and pages, CPU time of the whole command (budget {SECONDS:g} s, {BYTES:,} bytes)")
        for record in (CASE, a_year(folder)):
            for command in (
                ("timeline", "-o", "svg"),
                ("bodymap", "-o", "svg"),
                ("review", "-o", "html"),
            ):
                out = folder / f"out.{command[2]}"
                seconds = spent(command[0], str(record), command[1], str(out))
                label = f"{record.stem} {command[0]} {command[2]}"
                print(f"  {label:28} {seconds:6.2f} s {out.stat().st_size:10,} bytes")
    print(f"  all of it took {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
