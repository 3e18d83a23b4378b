"""How a specification is written: one table, one expression, one answer.

Each row of a table is a patient, each column a day; an empty cell is a day on which nothing was said, and
`4-5` is a value given as a range. What a table cannot hold stands in `also`, as entries of a record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from assuage.engine.reference import View
from assuage.engine.walk import walk
from assuage.measures.nodes import Measure
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.timeline import Range, Timeline

UNKNOWN = None
Entries = Sequence[Mapping[str, object]]


def record(entries: Entries, name: str = "Ana", **patient: object) -> Record:
    """A record of these entries, read the way every record is read."""
    plain = {"format": "assuage-record/1", "patient": {"id": name, **patient}, "entries": list(entries)}
    return parse_record(plain, name)


def diary(table: str, scale: str = "pain", **common: object) -> dict[str, list[dict[str, object]]]:
    """The entries of each patient of a table."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    days = [int(cell.removeprefix("day").strip()) for cell in head[1:]]
    return {
        row[0]: [
            {"day": day, "kind": "score", "scale": scale, **_value(cell), **common}
            for day, cell in zip(days, row[1:], strict=True)
            if cell
        ]
        for row in rows
    }


def _value(cell: str) -> dict[str, object]:
    if "-" in cell:
        low, high = cell.split("-")
        return {"low": _number(low), "high": _number(high)}
    return {"value": _number(cell)}


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


@pytest.fixture
def spec():
    """Check what a measure or a test says of each patient at the end of a day."""

    def check(
        table: str | Mapping[str, Entries],
        asked: Any,
        *,
        on_day: int,
        gives: Mapping[str, object],
        scale: str = "pain",
        also: Entries = (),
        entered: int = 0,
        started: int = 0,
        **common: object,
    ) -> None:
        people = diary(table, scale, **common) if isinstance(table, str) else table
        got: dict[str, object] = {}
        for name, entries in people.items():
            view = View(Timeline(record([*entries, *also], name)), on_day, started=started, entered=entered)
            got[name] = _plain(view.value(asked)) if isinstance(asked, Measure) else view.truth(asked).value
        assert got == dict(gives)

    return check


def _plain(value: Range | None) -> object:
    if value is None:
        return UNKNOWN
    low, high = round(value.low, 6), round(value.high, 6)
    return low if low == high else (low, high)


@pytest.fixture
def course():
    """Check the stays of a record in a pathway: (phase, day entered, by)."""

    def check(
        pathway: Pathway, entries: Entries, *, until: int, gives: Sequence[tuple[str, int, str]]
    ) -> None:
        walked = walk(pathway, Timeline(record(entries)), until)
        assert [(stay.phase.id, stay.entered, stay.by) for stay in walked.stays] == list(gives)

    return check
