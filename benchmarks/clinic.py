"""A made-up clinic's cohort as a Parquet table: what a store exports, with ids, authors and every kind of entry.

    python -m benchmarks.clinic clinic.parquet --patients 10000

Each patient has a diary of 120 to 365 days with gaps, drugs, sessions, questionnaires, and what came with the second
format: measurements, allergies, diagnoses, offers, exposures, ratings, goals and appointments. Every entry has an id,
an author and the moment at which it was written down; one diary entry in a hundred is corrected. Two hundred patients
are made up one by one; the others are they again, under ids of their own.
"""

from __future__ import annotations

import argparse
import random
import uuid
from pathlib import Path
from typing import Any

import polars as pl

from assuage.record.read import parse_record
from assuage.record.table import to_frame
from benchmarks.__main__ import patient

MADE_UP = 200
_WRITTEN = "2026-11-28T10:00:00+02:00"
_ONCE: tuple[dict[str, Any], ...] = (
    {"day": 0, "kind": "diagnosis", "code": "M79.7", "system": "icd-10", "certainty": "confirmed"},
    {"day": 0, "kind": "allergy", "substance": "ibuprofen", "reaction": "rash", "certainty": "confirmed"},
    {
        "day": 0,
        "kind": "decision",
        "do": "enter",
        "to": "settle",
        "pathway": "neck-first",
        "because": "an example",
    },
    {"day": 1, "kind": "measurement", "what": "weight", "value": 71.5, "unit": "kg"},
    {"day": 1, "kind": "measurement", "what": "eGFR", "value": 88, "unit": "ml/min/1.73 m²"},
    {"day": 1, "kind": "goal", "what": "walk to the market", "target": "daily", "reached": False},
    {"day": 20, "kind": "appointment", "on": 42, "whom": "physiotherapist"},
    {"day": 28, "kind": "offer", "what": "mesotherapy", "chosen": True, "because": "an example"},
    {"day": 30, "kind": "adverse_event", "what": "drowsiness", "grade": 1, "suspected": ["amitriptyline"]},
)


def document(seed: int) -> dict[str, Any]:
    """One patient as a store would write them."""
    choose = random.Random(seed)
    days = choose.randint(120, 365)
    plain: dict[str, Any] = patient(seed, days)
    entries: list[dict[str, Any]] = [
        *(dict(entry) for entry in _ONCE if choose.random() < 0.7),
        *plain["entries"],
    ]
    for day in range(days):
        if choose.random() < 0.3:
            entries.append({"day": day, "kind": "exposure", "name": "coffee", "amount": choose.randint(1, 4)})
        if choose.random() < 0.3:
            entries.append({"day": day, "kind": "rating", "name": "fog", "value": choose.randint(0, 10)})
    corrected: list[dict[str, Any]] = []
    for entry in entries:
        by_patient = entry["kind"] in ("score", "exposure", "rating")
        entry |= {"id": str(uuid.UUID(int=choose.getrandbits(128))), "entered": _WRITTEN, "source": "web"}
        entry |= {
            "author": f"p{seed}" if by_patient else "dr-1",
            "role": "patient" if by_patient else "physician",
        }
        entry |= {"by": "patient"} if by_patient else {}
        if by_patient and choose.random() < 0.01:
            corrected.append(
                {**entry, "id": str(uuid.UUID(int=choose.getrandbits(128))), "replaces": entry["id"]}
            )
    entries += corrected
    return {
        **plain,
        "format": "assuage-record/2",
        "patient": {"id": f"p{seed:04}", "age": 48},
        "entries": entries,
    }


def generate_clinic(path: Path, patients: int) -> int:
    """Write the table; how many rows it has."""
    frames: list[pl.DataFrame] = []
    made_up = to_frame([parse_record(document(seed)) for seed in range(min(MADE_UP, patients))])
    for turn in range(-(-patients // MADE_UP)):
        named = pl.col("patient").str.replace("p", f"c{turn:03}-", literal=True)
        text = pl.col("text")
        for field in ("id", "replaces"):
            text = text.str.replace_all(f'"{field}":"', f'"{field}":"{turn:03}', literal=True)
        frames.append(made_up.with_columns(named, text))
    whole = pl.concat(frames)
    whole.write_parquet(path)
    return whole.height


def main() -> None:
    """Write a clinic's cohort from the command line."""
    parser = argparse.ArgumentParser(description="write a made-up clinic's cohort as a Parquet table")
    parser.add_argument("path", type=Path)
    parser.add_argument("--patients", type=int, default=1_000)
    args = parser.parse_args()
    rows = generate_clinic(args.path, args.patients)
    print(f"{args.path}: {args.patients} patients, {rows} rows")


if __name__ == "__main__":
    main()
