"""Records for the tests of what is shown: written as documents, read as everybody's are."""

from __future__ import annotations

import json
import random
from pathlib import Path

from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.record.read import read_record
from assuage.review.make import review
from assuage.review.model import Review

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str) -> Record:
    """One of the records that are shipped."""
    return read_record(str(EXAMPLES / f"{name}.yaml"))


def reviewed(record: Record, on: int | None = None) -> Review:
    """The record read against neck-first."""
    return review(record, registry.pathway("neck-first"), on)


def written(folder: Path, *entries: dict[str, object]) -> Record:
    """A record of these entries."""
    path = folder / "record.json"
    document = {"format": "assuage-record/1", "patient": {"id": "somebody"}, "entries": list(entries)}
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_record(str(path))


def a_year_of_six_series() -> list[dict[str, object]]:
    """A diary of 365 days, six values a day; invented, and of nobody."""
    chosen = random.Random(5)
    series = (
        *(("pain", "morning"), ("pain", "evening"), ("sleep", "morning")),
        *(("fatigue", "evening"), ("anxiety", "evening"), ("stiffness", "morning")),
    )
    return [
        {"day": day, "kind": "score", "scale": scale, "time": time, "value": chosen.randint(0, 10)}
        for day in range(365)
        if day % 29 != 7
        for scale, time in series
    ]
