"""What a billion and a trillion patient-days take, from rates measured here: `python -m benchmarks.scale`.

With `--write` the tables become the page `docs/reference/scale.md`; without it they are printed.

The command `assuage cohort review` is run on tables of two sizes, as a person runs it. What the larger one takes more
is the price of its rows; the rest is the start. Each table is run with one worker and with as many as there are cores.
What it says of more cores than that is a model: the share that was seen to be divided is divided further.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from assuage.cohort.workers import cores
from benchmarks.generate import generate
from benchmarks.like_clinic import DAYS, FEATURES, write_like_clinic
from benchmarks.tables import table

PRICE = 0.05  # dollars for an hour of a core: ours, about what clouds ask for a core that may be taken away
SIZES = (1e9, 1e12)
MODELLED = (2, 4, 8, 16)
GROUP = 200_000
PAGE = Path(__file__).resolve().parents[1] / "docs/reference/scale.md"
TEXT = """<!-- Written by `make bench-scale BENCH_ARGS=--write` from what it measured. Do not edit. -->

# A billion and a trillion patient-days

What a review of so many patient-days takes, worked out from what the command took here: `assuage cohort review` on
tables of two sizes, as a person runs it ({about}). What the larger one takes more is the price of its rows.

{sizes}

*Plain* is the table of our own generator, four entries a day; *as clinics have it* has questionnaires every two
weeks, notes, ids and authors on all rows, corrections, repeats, doses as typed, measurements, and patients of ten
years. *Every day written* is `--panel`. Bytes are those of the files, compressed, as they are read and written. A
core-hour is counted with {price} dollars, about what clouds ask for a core that may be taken away: our number, as
is everything worked out with it.

## More cores

{shares}

*Efficiency* is how much of what the workers could do they did: the time of the rows with one worker, through that
with all of them and their number. What is said of more cores than this machine has is a model: the share that was
seen not to be divided stays undivided (Amdahl). Nobody has run it. Files of a million patients each are reviewed by
machines of their own just as well, with no word between them, as a patient lies in one file; [Spark](spark.md) does
so where the rows lie.

## What it does not say

Rows of two sizes tell the price of a row while everything stays in the cache that stays there now; the tables are
made up; disks and networks of a data centre are not these. A table of a trillion days is no table that anybody has.
"""


@dataclass(frozen=True)
class Ran:
    """What one run of the command took: wall seconds, CPU seconds of all its processes, bytes read and written."""

    patients: int
    wall: float
    cpu: float
    read: int
    written: int


def run(path: Path, patients: int, workers: int, *more: str) -> Ran:
    """One run of the command on a table."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        words = [
            "cohort",
            "review",
            str(path),
            "--pathway",
            "neck-first",
            "-o",
            str(out),
            "--on",
            str(DAYS - 1),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "assuage", *words, "--workers", str(workers), *more],
            check=True,
            capture_output=True,
        )
        wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        written = sum(file.stat().st_size for file in out.glob("*.parquet"))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(patients, wall, cpu, path.stat().st_size, written)


def best(path: Path, patients: int, workers: int, *more: str, times: int) -> Ran:
    """The quickest of some runs, each told of as it ends: whatever else a machine does can only slow one down."""
    quickest: Ran | None = None
    for _ in range(times):
        ran = run(path, patients, workers, *more)
        told = f"{path.stem}, {patients:,} patients, {workers} workers {' '.join(more)}".rstrip()
        print(f"  {told:<56}{ran.wall:>7.1f} s {ran.cpu:>8.2f} CPU-s", file=sys.stderr, flush=True)
        quickest = ran if quickest is None or ran.wall < quickest.wall else quickest
    assert quickest is not None
    return quickest


def prepared() -> None:
    """Nothing is compiled any more when the first run begins."""
    print("  the kernels, compiled once", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "assuage", "cohort", "prepare"], check=True, capture_output=True)


def lines_of(label: str, small: Ran, large: Ran) -> Iterator[Sequence[object]]:
    """What a table of each size takes: bytes in and out, core-hours, money."""
    more = (large.patients - small.patients) * DAYS
    cpu, read, written = (
        (getattr(large, of) - getattr(small, of)) / more for of in ("cpu", "read", "written")
    )
    for days in SIZES:
        hours = cpu * days / 3600
        yield (
            label,
            f"{days:.0e}",
            f"{1 / cpu / 1e6:.2f}",
            f"{read * days / 1e9:,.0f} GB",
            f"{written * days / 1e9:,.0f} GB",
            f"{hours:,.1f}",
            f"{hours * PRICE:,.2f}",
        )


def divided(alone: Ran, together: Ran, small: Ran, many: int) -> tuple[float, float]:
    """The efficiency that was seen, of what the rows take, and the share of it that is not divided (Amdahl's)."""
    rows = alone.wall - small.wall
    with_all = together.wall - small.wall
    efficiency = rows / (many * with_all)
    whole = max(0.0, (with_all / rows - 1 / many) / (1 - 1 / many))
    return efficiency, whole


def sizes_of(patients: int, features: Sequence[str]) -> tuple[int, int]:
    """How many patients the two tables have: eight times as many where a row costs little, to have enough to divide."""
    few = patients if features else 8 * patients
    return few, 8 * few


def regroup(path: Path) -> None:
    """Write a table anew in groups of rows as large tables have them: what is one group cannot be divided."""
    table = pq.read_table(path)
    pq.write_table(table, path, row_group_size=GROUP)


def main() -> None:
    """Measure, and print the tables of the page in Markdown."""
    parser = argparse.ArgumentParser(description="what a billion patient-days take, from rates measured here")
    parser.add_argument(
        "--patients", type=int, default=2_000, help="of the small table; the large has eight times"
    )
    parser.add_argument("--times", type=int, default=1, help="runs of each, of which the quickest counts")
    parser.add_argument("--write", action="store_true", help="write the page of the documentation")
    args = parser.parse_args()
    available = cores()
    machine = f"{platform.machine()}, {available} cores, Python {platform.python_version()}"
    print(f"{machine}\n", flush=True)
    prepared()
    lines: list[Sequence[object]] = []
    shares: list[Sequence[object]] = []
    with tempfile.TemporaryDirectory() as name:
        for label, features in (("plain", []), ("as clinics have it", [*FEATURES])):
            small, large = Path(name) / "small.parquet", Path(name) / "large.parquet"
            sizes = sizes_of(args.patients, features)
            for path, patients in zip((small, large), sizes, strict=True):
                if features:
                    write_like_clinic(path, patients, features)
                else:
                    generate(path, patients, days=DAYS)
                regroup(path)
            for output in ((), ("--panel",)):
                called = f"{label}, every day written" if output else label
                alone = best(small, sizes[0], 1, *output, times=args.times)
                many = best(large, sizes[1], 1, *output, times=args.times)
                lines += lines_of(called, alone, many)
                together = best(large, sizes[1], available, *output, times=args.times)
                efficiency, whole = divided(many, together, alone, available)
                modelled = (f"{1 / (whole + (1 - whole) / n) / n:.2f}" for n in MODELLED)
                shares.append(
                    (called, f"{many.wall:.1f}", f"{together.wall:.1f}", f"{efficiency:.2f}", *modelled)
                )
    head = ("table", "patient-days", "M a CPU-second", "read", "written", "core-hours", "dollars")
    shown = "\n".join(table(head, lines))
    head = (
        "table",
        "1 worker, s",
        f"{available} workers, s",
        "efficiency",
        *(f"of {n}, modelled" for n in MODELLED),
    )
    shares_of = "\n".join(table(head, shares))
    if not args.write:
        print(f"{shown}\n\n{shares_of}")
        return
    few, many = sizes_of(args.patients, FEATURES), sizes_of(args.patients, ())
    patients = (
        f"{many[0]:,} and {many[1]:,} patients of {DAYS} days, of a clinic's table {few[0]:,} and {few[1]:,}"
    )
    about = f"{patients}; {machine}; the quickest of {args.times}"
    PAGE.write_text(TEXT.format(about=about, sizes=shown, price=PRICE, shares=shares_of), encoding="utf-8")


if __name__ == "__main__":
    main()
