"""What pictures and pages cost against their bars: the published case, and a diary of 365 days with six series."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from compileall import compile_dir
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

REPOSITORY = Path(__file__).parents[1]
CASE = REPOSITORY / "examples" / "case.yaml"
BYTES = 300_000

# CPU seconds, user and system, of the whole command with its start. Ours, agreed before it was built.
BARS = {
    ("timeline", "svg"): 0.6,
    ("timeline", "png"): 0.8,
    ("timeline", "pdf"): 0.8,
    ("timeline", "html"): 1.0,
    ("bodymap", "svg"): 0.6,
    ("bodymap", "pdf"): 0.8,
    ("report", "pdf"): 1.2,
    ("review", "html"): 2.0,
}
SERIES = (
    *(("pain", "morning"), ("pain", "evening"), ("sleep", "morning")),
    *(("fatigue", "evening"), ("anxiety", "evening"), ("stiffness", "morning")),
)
RUNS = 3


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
    subprocess.run(
        [sys.executable, "-m", "assuage.cli", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(folder: Path) -> Iterator[tuple[str, float, float, int]]:
    """Each command by name: the least CPU seconds of a few runs, its bar, and the bytes it wrote."""
    for record in (CASE, a_year(folder)):
        for (command, form), bar in BARS.items():
            if record != CASE and command == "report":
                continue
            out = folder / f"out.{form}"
            seconds: list[float] = []
            for _ in range(RUNS):
                out.unlink(missing_ok=True)
                seconds.append(spent(command, str(record), "-o", str(out)))
            yield f"{record.stem} {command} {form}", min(seconds), bar, out.stat().st_size


def main() -> None:
    """Print the table of figures; the bytecode is compiled first, as it is where the package is installed."""
    started = time.perf_counter()
    compile_dir(REPOSITORY / "src", quiet=1)
    with tempfile.TemporaryDirectory() as name:
        print(
            f"pictures and pages, CPU time of the whole command, least of {RUNS} (SVG and HTML up to {BYTES:,} bytes)"
        )
        for label, seconds, bar, size in measured(Path(name)):
            over = " OVER" if seconds > bar or (label.endswith("svg") and size > BYTES) else ""
            print(f"  {label:28} {seconds:6.2f} s of {bar:.1f}{over:5} {size:10,} bytes")
    print(f"  all of it took {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
