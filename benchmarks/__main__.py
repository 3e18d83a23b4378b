"""CPU seconds of start-up, of one review, and the reference engine's patient-days per CPU second.

Whole processes are timed by the operating system's own accounting of the finished child, the median of
several runs; engines inside the process by CPU time. Figures of a shared machine are noisy: compare rows of
one run with each other.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from pathlib import Path

from assuage.engine.walk import walk
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record, read_record
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.review.standing import Standing, standing

ROOT = Path(__file__).parent.parent
COMMAND = str(Path(sys.executable).parent / "assuage")
CASE = str(ROOT / "examples" / "case.yaml")
DIARY = str(ROOT / "examples" / "diary.yaml")
RUNS = 7


def process(*argv: str) -> float:
    """The median CPU seconds (user and system) of a whole process over several runs, after one warm-up."""
    spent: list[float] = []
    for run in range(RUNS + 1):
        child = os.posix_spawn(
            argv[0],
            argv,
            dict(os.environ),
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, used = os.wait4(child, 0)
        if status:
            raise SystemExit(f"{' '.join(argv)} ended with status {status}")
        if run:
            spent.append(used.ru_utime + used.ru_stime)
    return statistics.median(spent)


def cpu(action: object, seconds: float = 2.0) -> tuple[float, int]:
    """CPU seconds for one call, and how many calls that is the mean of."""
    assert callable(action)
    action()
    calls, begun = 0, time.process_time()
    while time.process_time() - begun < seconds:
        action()
        calls += 1
    return (time.process_time() - begun) / calls, calls


def patient(seed: int, days: int = 84) -> dict[str, object]:
    """A generated patient of the cohort table's kind: four entries a day, a fifth of the days blank."""
    choose = random.Random(seed)
    entries: list[dict[str, object]] = [
        {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"},
        *(
            {"day": 0, "kind": "finding", "what": what, "state": "absent"}
            for what in (
                "on_anticoagulant",
                "bleeding_disorder",
                "skin_infection_site",
                "fever_systemic",
                "la_allergy",
                "nsaid_hypersensitivity",
            )
        ),
    ]
    level = choose.uniform(4, 8)
    for day in range(days):
        level = max(0.0, min(10.0, level + choose.gauss(-0.08, 0.5)))
        if choose.random() < 0.2:
            continue
        for scale, site in (("pain", None), ("pain", "neck"), ("sleep", None), ("anxiety", None)):
            value = round(max(0.0, min(10.0, level + choose.gauss(0, 1))))
            where = {"site": site} if site else {}
            entries.append(
                {"day": day, "kind": "score", "scale": scale, "value": value, "by": "patient", **where}
            )
        if day >= 28 and day % 7 == 0:
            entries.append({"day": day, "kind": "therapy", "what": "mesotherapy", "sites": ["neck"]})
        if choose.random() < 0.02:
            entries.append(
                {"day": day, "kind": "therapy", "what": "massage", "pressure": "deep", "by": "patient"}
            )
    return {"format": "assuage-record/1", "patient": {"id": f"p{seed}"}, "entries": entries}


def _whole(stands: Standing) -> tuple[object, ...]:
    """Every part of a standing, so that each is worked out."""
    return stands.stays, stands.gates, stands.plan, stands.restrictions, stands.alerts


def row(what: str, figure: str, detail: str = "") -> None:
    """One line of the table."""
    print(f"{what:<52} {figure:>16}  {detail}")


def main() -> None:
    """Print the table."""
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, median of {RUNS}"
    )
    floor = process(sys.executable, "-c", "pass")
    row("python, nothing", f"{floor:.3f} CPU-s", "the limit of any start-up")
    for what, argv in (
        ("assuage --help", ("--help",)),
        ("assuage review case.yaml", ("review", CASE)),
        ("assuage review case.yaml --on 48", ("review", CASE, "--on", "48")),
        ("assuage review case.yaml --json", ("review", CASE, "--json")),
        ("assuage review diary.yaml --json (118 days, 609 entries)", ("review", DIARY, "--json")),
    ):
        spent = process(COMMAND, *argv)
        row(what, f"{spent:.3f} CPU-s", f"{spent / floor:.1f} x python")
    neck_first = pathway("neck-first")
    for name, path in (("case", CASE), ("diary", DIARY)):
        record = read_record(path)
        spent_once, calls = cpu(lambda record=record: review(record, neck_first))
        row(f"review() of {name}, in one process", f"{1000 * spent_once:.1f} CPU-ms", f"mean of {calls}")
    year = parse_record(patient(3, 365))
    spent_once, calls = cpu(lambda: _whole(standing(year, neck_first)))
    row(
        "standing() of a year of diary, every part",
        f"{1000 * spent_once:.1f} CPU-ms",
        f"mean of {calls}, bar 40",
    )
    many = [parse_record(patient(seed)) for seed in range(1_000, 1_200)]
    begun = time.process_time()
    for record in many:
        review(record, neck_first, effects=False)
    row("review(effects=False) of 200 patients, 84 days", f"{time.process_time() - begun:.2f} CPU-s", "bar 4")
    records = [parse_record(patient(seed)) for seed in range(40)]
    days = 84 * len(records)
    spent_once, calls = cpu(lambda: [walk(neck_first, Timeline(record), 83) for record in records], 4.0)
    row(
        "reference engine, full neck-first, stays",
        f"{days / spent_once:,.0f} days/CPU-s",
        f"{len(records)} patients x 84 days",
    )
    moved = sum(len(walk(neck_first, Timeline(record), 83).stays) for record in records)
    row("  stays found in those patients", f"{moved}", "so the gates do open")


if __name__ == "__main__":
    main()
