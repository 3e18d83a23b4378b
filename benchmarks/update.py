"""Tonight's rows of one patient in a hundred, beside the review of everybody: `python -m benchmarks.update`.

Every figure comes from a process of its own, after a run on a small cohort that brings the kernels from the disk: CPU
seconds of the work itself (start-up and imports left out), and the peak of its memory. An update walks those whose
rows are new, and writes the tables in which something changed; the two are told apart. Figures of a shared machine are
noisy: compare rows of one run with each other.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.generate import SCORES, generate

DAYS = 84
SMALL = 1_000
SHARE = 100  # one patient in so many has new rows
NIGHTS = 3
_HERE = "benchmarks.update"


def write_night(path: Path, patients: int, day: int, seed: int) -> int:
    """Write four scores of a day of one patient in a hundred; how many rows that is."""
    choose = np.random.default_rng(seed)
    who = np.sort(choose.choice(patients, patients // SHARE, replace=False))
    many = len(who) * len(SCORES)
    table = {
        "patient": [f"p{number:08d}" for number in np.repeat(who, len(SCORES))],
        "day": pa.array(np.full(many, day), pa.int32()),
        "kind": ["score"] * many,
        "code": [scale for scale, _ in SCORES] * len(who),
        "site": [site for _, site in SCORES] * len(who),
        "value": pa.array(choose.integers(0, 11, many), pa.float32()),
        "text": ['{"by":"patient"}'] * many,
    }
    pq.write_table(pa.table(table), path)
    return many


def child(what: str, table: Path, out: Path) -> dict[str, Any]:
    """Do one piece of work here, and say what it cost."""
    from assuage.cohort import review_cohort, update
    from assuage.pathways.registry import pathway

    neck_first = pathway("neck-first")
    with tempfile.TemporaryDirectory() as name:
        small = Path(name)
        generate(small / "small.parquet", SMALL, days=DAYS)
        write_night(small / "night.parquet", SMALL, DAYS, 0)
        review_cohort(small / "small.parquet", neck_first, small / "out", checkpoint=True)
        update.update_cohort(small / "out", small / "night.parquet")
    spent = {"written": 0.0}
    splice = update.splice

    def timed_splice(*words: Any) -> Any:
        begun = time.process_time()
        try:
            return splice(*words)
        finally:
            spent["written"] += time.process_time() - begun

    update.splice = timed_splice
    wall, begun = time.perf_counter(), time.process_time()
    if what == "update":
        done = update.update_cohort(out, table)
        answer = {"patients": done.patients, "rows": done.rows, "tables": len(done.written)}
    else:
        reviewed = review_cohort(table, neck_first, out, checkpoint=what == "checkpoint")
        answer = {"patients": reviewed.patients, "rows": reviewed.rows}
    spent["cpu"] = time.process_time() - begun
    spent["wall"] = time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**spent, "peak": peak, **answer}


def timed(what: str, table: Path, out: Path) -> dict[str, Any]:
    """What a process of its own says of one piece of work."""
    done = subprocess.run(
        [sys.executable, "-m", _HERE, "--child", what, str(table), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def row(what: str, figures: dict[str, Any], detail: str = "") -> None:
    """One line of the table, at once."""
    print(f"{what:<44}{figures['cpu']:>8.2f} CPU-s{figures['peak']:>8.0f} MB  {detail}", flush=True)


def measure(patients: int) -> None:
    """Print the lines of a cohort."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, out = folder / "all.parquet", folder / "out"
        rows = generate(table, patients, days=DAYS)
        print(f"\n{patients:,} patients x {DAYS} days, {rows:,} rows", flush=True)
        whole = timed("review", table, out)
        row("review of everybody", whole)
        kept = timed("checkpoint", table, out)
        size = sum(file.stat().st_size for file in (out / "checkpoint").iterdir())
        row("  its checkpoint, once", kept, f"{size / 1e6:,.0f} MB, {size / rows:.1f} bytes a row")
        nights: list[dict[str, Any]] = []
        for number in range(NIGHTS):
            night = folder / f"night{number}.parquet"
            write_night(night, patients, DAYS + number, 1 + number)
            nights.append(timed("update", night, out))
        best = min(nights, key=lambda figures: figures["cpu"])
        row(
            f"update, rows of {best['patients']:,} patients", best, f"{whole['cpu'] / best['cpu']:.0f} x less"
        )
        walked = best["cpu"] - best["written"]
        row("  whose rows are new, walked", best | {"cpu": walked}, "bar of a million: 1 CPU-s, 1 GB")
        row("  the tables that changed, written", best | {"cpu": best["written"]}, f"{best['tables']} tables")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="an update beside the review of everybody")
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="a million patients too")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        what, table, out = args.child
        print(json.dumps(child(what, Path(table), Path(out))))
        return
    print(f"{platform.machine()}, {os.cpu_count()} processors; the quickest of {NIGHTS} nights", flush=True)
    for patients in (args.patients, *([1_000_000] if args.full else [])):
        measure(patients)


if __name__ == "__main__":
    main()
