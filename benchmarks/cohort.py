"""The cohort engine's bars, as ratios of one run: `python -m benchmarks.cohort`, with `--full` for a million patients.

Every figure comes from a process of its own, after a run that compiles the kernels: CPU seconds of the work itself
(start-up and imports left out, and shown apart), and the peak of its memory. Figures of a shared machine are
noisy: compare rows of one run with each other. What (a), (b) and (e) compare is the quickest of three processes,
because whatever else runs can only slow one down.
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

DAYS = 84
CLINIC = 2_000  # patients of a clinic, each with 120 to 365 days
_HERE = "benchmarks.cohort"


def timed(what: str, path: Path, *more: str, kernels: Path | None = None) -> dict[str, Any]:
    """What a process of its own says of one piece of work; with kernels kept in a folder of their own, if given."""
    done = subprocess.run(
        [sys.executable, "-m", _HERE, "--child", what, str(path), *more],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ({"NUMBA_CACHE_DIR": str(kernels)} if kernels else {}),
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def quickest(what: str, path: Path, runs: int = 3) -> dict[str, Any]:
    """What the quickest of some processes says."""
    return min((timed(what, path) for _ in range(runs)), key=lambda figures: figures["cpu"])


def child(what: str, path: Path, out: Path | None) -> dict[str, Any]:
    """Do one piece of work here, and say what it cost."""
    begun = time.process_time()
    if what == "hand":
        from benchmarks.cohort_kernel import run

        run(path.parent / "small.parquet", DAYS)  # the compiled kernels come from the disk
        ready = time.process_time()
        patients, result = run(path, DAYS)
        answer = {"patients": patients, "stays": result["stays"]}
    else:
        from assuage.cohort import review_cohort
        from assuage.cohort.run import MOST_ROWS
        from assuage.engine.many.engine import Engine
        from assuage.engine.many.program.lower import lower
        from assuage.engine.many.rows.parquet import TableReader
        from assuage.engine.many.rows.vocabulary import Vocabulary
        from assuage.pathways.registry import pathway

        neck_first = pathway("neck-first")
        if what == "stays":
            warm, vocabulary = Engine(lower(neck_first), DAYS - 1), Vocabulary()
            for chunk in TableReader(path.parent / "small.parquet", vocabulary, MOST_ROWS).chunks():
                warm.run(chunk, vocabulary)
        ready = time.process_time()
        if what == "stays":
            engine, vocabulary = Engine(lower(neck_first), DAYS - 1), Vocabulary()
            answer = {"patients": 0, "stays": 0, "fallback": 0}
            for chunk in TableReader(path, vocabulary, MOST_ROWS).chunks():
                courses = engine.run(chunk, vocabulary)
                answer["patients"] += courses.route.size
                answer["stays"] += courses.stays.patient.size
                answer["fallback"] += courses.fallback
        elif what == "clinic":
            with tempfile.TemporaryDirectory() as name:
                done = review_cohort(path, neck_first, Path(name) / "out")
            answer = {"patients": done.patients, "fallback": done.fallback}
        else:
            assert out is not None
            done = review_cohort(path, neck_first, out, on=DAYS - 1, panel=what == "panel")
            answer = {"patients": done.patients, "fallback": done.fallback}
    spent = time.process_time() - ready
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": spent, "start": ready - begun, "peak_mb": peak, **answer}


def row(bar: str, what: str, figure: str, detail: str = "") -> None:
    """One line of the table."""
    print(f"{bar:<4}{what:<58}{figure:>22}  {detail}")


def rate(figures: dict[str, Any]) -> float:
    """Millions of patient-days in a CPU second."""
    return figures["patients"] * DAYS / figures["cpu"] / 1e6


def main() -> None:
    """Print the bars."""
    parser = argparse.ArgumentParser(description="the cohort engine's bars")
    parser.add_argument("--patients", type=int, default=200_000)
    parser.add_argument("--full", action="store_true", help="a million patients")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        what, path, *out = args.child
        print(json.dumps(child(what, Path(path), Path(out[0]) if out else None)))
        return
    from benchmarks.clinic import generate_clinic
    from benchmarks.cohort_one_date import run as one_date_rates
    from benchmarks.generate import generate

    patients = 1_000_000 if args.full else args.patients
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"small": 1_000, "ten": 10_000, "all": patients}
        for each, count in files.items():
            generate(folder / f"{each}.parquet", count, days=DAYS)
        generate(folder / "one.parquet", patients, days=DAYS, a_day=1)
        print(f"{platform.machine()}, {os.cpu_count()} processors, {patients} patients x {DAYS} days")
        first = timed("review", folder / "small.parquet", str(folder / "first"), kernels=folder / "kernels")
        again = timed("review", folder / "small.parquet", str(folder / "again"))
        timed("hand", folder / "small.parquet")
        timed("stays", folder / "small.parquet")
        generate_clinic(folder / "clinic.parquet", CLINIC)
        clinic = quickest("clinic", folder / "clinic.parquet")
        whole = folder / "all.parquet"
        hand, ours = quickest("hand", whole), quickest("stays", whole)
        assert hand["stays"] == ours["stays"], "the hand-written kernel and the engine disagree"
        one_a_day, ten = quickest("stays", folder / "one.parquet"), quickest("stays", folder / "ten.parquet")
        full = timed("review", whole, str(folder / "out"))
        panel = timed("panel", whole, str(folder / "panel"))
    ratio = ours["cpu"] / hand["cpu"]
    row(
        "(a)",
        "neck-first, Parquet to stays, over the hand-written kernel",
        f"{ratio:.2f} x",
        "bar: at most 3 x",
    )
    for what, figures in (("hand-written", hand), ("engine", ours)):
        row("", f"  {what}", f"{figures['cpu']:.2f} CPU-s", f"{rate(figures):.1f} M patient-days per CPU-s")
    row("(b)", "one entry a day", f"{rate(one_a_day):.1f} M days/CPU-s", "bar: 20 M")
    row("", "four entries a day", f"{rate(ours):.1f} M days/CPU-s", "bar: 8 M")
    row("(c)", "peak memory, stays and state written", f"{full['peak_mb']:.0f} MB", "bar: under 3 GB")
    row("", "  that run", f"{full['cpu']:.2f} CPU-s", f"fallback: {full['fallback']} patients")
    row("", "  the same with the whole panel", f"{panel['cpu']:.2f} CPU-s", f"{panel['peak_mb']:.0f} MB")
    one_date = one_date_rates(patients)
    row(
        "(d)",
        "one date, 2016 criteria and a window, once read",
        f"{one_date['ours_read']:,.0f} patients/CPU-s",
        f"bar: 300,000; Polars by hand: {one_date['by_hand_read']:,.0f}",
    )
    row(
        "",
        "  the same with reading",
        f"{one_date['ours']:,.0f} patients/CPU-s",
        f"Polars by hand: {one_date['by_hand']:,.0f}",
    )
    row(
        "(f)",
        f"a clinic's records with ids, {CLINIC} patients",
        f"{1000 * clinic['cpu'] / clinic['patients']:.2f} CPU-ms a patient",
        f"fallback: {clinic['fallback']} patients; peak {clinic['peak_mb']:.0f} MB",
    )
    flat = (ours["cpu"] / ours["patients"]) / (ten["cpu"] / ten["patients"])
    row("(e)", f"cost of a patient, {patients} over 10,000", f"{flat:.2f} x", "bar: 0.8 to 1.2")
    row(
        "", "first run ever of 1,000 patients, kernels compiled", f"{first['start'] + first['cpu']:.1f} CPU-s"
    )
    row(
        "",
        "every later run of 1,000 patients, start-up included",
        f"{again['start'] + again['cpu']:.2f} CPU-s",
    )


if __name__ == "__main__":
    main()
