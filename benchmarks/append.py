"""How fast one entry is added to a record in memory: a year of diary, and each way an entry can be answered.

Then the same on a pathway: the entry added, the decisions followed, and the walk taken on to that day from where it
stood the day before. CPU time of one process, the median of 200.
"""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from assuage.engine.append import append_on_pathway
from assuage.engine.walk import Walker
from assuage.pathways.registry import pathway
from assuage.record.append import Disputed, Refused, append
from assuage.record.read import parse_record

ONE_MS_BUDGET = 1.0


def a_year() -> list[dict[str, Any]]:
    """The entries of a diary of a year, five a day, each with an id."""
    entries: list[dict[str, Any]] = []
    for day in range(365):
        for time_of_day in ("08:00", "20:00"):
            common = {"day": day, "time": time_of_day, "kind": "score", "by": "patient"}
            entries.append(common | {"scale": "pain", "site": "neck", "value": day * 7 % 11})
            entries.append(common | {"scale": "fatigue", "value": day * 5 % 11})
        entries.append({"day": day, "kind": "score", "scale": "sleep", "value": 4, "by": "patient"})
    return [{**entry, "id": f"e{at}"} for at, entry in enumerate(entries)]


MORE: dict[str, dict[str, Any]] = {
    "a score": {"day": 364, "kind": "score", "scale": "stress", "value": 3},
    "a correction": {"day": 364, "kind": "score", "scale": "sleep", "value": 3, "replaces": "e1824"},
    "a withdrawal": {"day": 364, "kind": "void", "of": "e4", "because": "an example"},
    "a dispute": {
        "day": 364,
        "time": "08:00",
        "kind": "score",
        "scale": "pain",
        "site": "neck",
        "value": 10,
        "by": "patient",
    },
}


ON_A_PATHWAY: dict[str, dict[str, Any]] = {
    "a score": MORE["a score"],
    "a decision": {"day": 364, "kind": "decision", "do": "hold", "because": "an example"},
    "a decision of day 10, written now": {
        "day": 10,
        "kind": "decision",
        "do": "hold",
        "because": "an example",
    },
}


def run() -> None:
    """Print the time of each kind of answer."""
    entries = a_year()
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "bench"}, "entries": entries})
    print(f"one entry added to {len(entries):,}, CPU time (budget {ONE_MS_BUDGET:g} ms)")
    for what, entry in MORE.items():
        spent: list[float] = []
        for _ in range(200):
            started = time.process_time()
            append(record, entry)
            spent.append((time.process_time() - started) * 1000)
        print(f"  {what:<34} {median(spent):8.3f} ms")
    neck_first = pathway("neck-first")
    yesterday = Walker.begin(neck_first, record).step(363)
    print("the same on a pathway, and walked to the day of the entry")
    for what, entry in ON_A_PATHWAY.items():
        spent = []
        for _ in range(200):
            started = time.process_time()
            appended = append_on_pathway(record, entry, neck_first, yesterday)
            assert not isinstance(appended, Refused)
            longer = appended.record if isinstance(appended, Disputed) else appended
            yesterday.step(364, (longer.entries[-1],))
            spent.append((time.process_time() - started) * 1000)
        print(f"  {what:<34} {median(spent):8.3f} ms")


if __name__ == "__main__":
    run()
