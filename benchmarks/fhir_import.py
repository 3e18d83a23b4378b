"""How fast records come in from FHIR: many patients at once, and entries one by one into a record that is there.

`fhir bulk` end to end in resources a CPU-second, over the mixed resources of `benchmarks.fhir`, a hundred a patient;
then `fhir import --into` of new entries, of corrections of all of them and of their withdrawal, where twice as many
should cost about twice as much. Prints what it finds and fails on nothing.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson

from assuage.fhir.bulk import bulk_files, read_bulk
from assuage.fhir.join import joined_to
from assuage.fhir.read.resources import ReadResources, read_resources
from assuage.record.entries import Record
from assuage.record.read import parse_record
from benchmarks.fhir import resources

A_PATIENT = 100
Plain = dict[str, Any]


def written(folder: Path, count: int) -> int:
    """How many resources were written into the folder: a file a kind, the lines of all patients mixed."""
    files: dict[str, list[bytes]] = {}
    for number, each in enumerate(resources(count)):
        of_one = each | {"subject": {"reference": f"Patient/p{number // A_PATIENT}"}}
        files.setdefault(each["resourceType"], []).append(orjson.dumps(of_one))
    patients = range(-(-count // A_PATIENT))
    files["Patient"] = [orjson.dumps({"resourceType": "Patient", "id": f"p{each}"}) for each in patients]
    for kind, lines in files.items():
        random.Random(1).shuffle(lines)
        (folder / f"{kind}.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    return sum(map(len, files.values()))


def ratings(count: int, **changed: Any) -> ReadResources:
    """So many ratings of one patient, four a day."""
    made: list[Plain] = [{"resourceType": "Patient", "id": "p"}]
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number // 4)
        made.append(
            {
                "resourceType": "Observation",
                "id": f"o{number}",
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}], "text": "pain"},
                "subject": {"reference": "Patient/p"},
                "effectiveDateTime": f"{day.isoformat()}T{8 + number % 4:02d}:00:00Z",
                "valueQuantity": {"value": number % 11},
                **changed,
            }
        )
    return read_resources(made, zone="UTC")


def seconds(task: Callable[[], object]) -> float:
    """CPU time of the task."""
    start = time.process_time()
    task()
    return time.process_time() - start


def into(count: int) -> dict[str, float]:
    """CPU time of new entries, of their corrections and of their withdrawal."""
    new = ratings(count)
    empty = parse_record({**new.document, "entries": list[Plain]()})
    record: Record = joined_to(empty, new).record
    changed = ratings(count, meta={"versionId": "2"}, valueQuantity={"value": 5.5})
    wrong = ratings(count, status="entered-in-error")
    return {
        "new": seconds(lambda: joined_to(empty, new)),
        "corrected": seconds(lambda: joined_to(record, changed)),
        "withdrawn": seconds(lambda: joined_to(record, wrong)),
    }


def main() -> None:
    """Print the speeds and what twice as many cost."""
    gc.set_threshold(50_000, 20, 20)  # as the command does
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        count = written(folder, 8_000)
        out, rejects = Path(name) / "out.parquet", Path(name) / "rejects.ndjson"
        spent = seconds(lambda: read_bulk(bulk_files(folder), out, rejects))
    print(f"fhir bulk: {count / spent:,.0f} resources a CPU-second end to end")
    once, twice = into(1_000), into(2_000)
    for what, spent in once.items():
        print(
            f"fhir import --into, {what}: {spent:.2f} s for 1,000, {twice[what] / spent:.1f} times that for 2,000"
        )


if __name__ == "__main__":
    main()
