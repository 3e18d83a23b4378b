"""How a specification is written: one table, one expression, one answer.

Each row of a table is a patient, each column a day; an empty cell is a day on which nothing was said, and
`4-5` is a value given as a range. What a table cannot hold stands in `also`, as entries of a record.

Every specification is put to both engines (`tests.spec.engines`): what it says is the meaning for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.read import parse_record
from tests.spec.engines import FALLBACK, OnePatient, SpecifiedEngine

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


@pytest.fixture(params=["one", "many"])
def engine(request: pytest.FixtureRequest) -> Iterator[SpecifiedEngine]:
    """Each engine in turn. One that leaves a record to the fallback has answered only if that is named."""
    if request.param == "one":
        yield OnePatient()
        return
    pytest.importorskip("numba", reason="needs the extra assuage[cohort]")
    from tests.spec.many_patients import ManyPatients

    many = ManyPatients()
    yield many
    assert many.fell_back == (request.node.originalname in FALLBACK)


@pytest.fixture
def spec(engine: SpecifiedEngine) -> Callable[..., None]:
    """Check what a measure or a test says of each patient at the end of a day."""
    return spec_of(engine)


def spec_of(engine: SpecifiedEngine) -> Callable[..., None]:
    """The same, for an engine."""

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
        got = {
            name: engine.says(
                record([*entries, *also], name), asked, on_day, entered=entered, started=started
            )
            for name, entries in people.items()
        }
        assert got == dict(gives)

    return check


@pytest.fixture
def course(engine: SpecifiedEngine) -> Callable[..., None]:
    """Check the stays of a record in a pathway: (phase, day entered, by)."""
    return course_of(engine)


def course_of(engine: SpecifiedEngine) -> Callable[..., None]:
    """The same, for an engine."""

    def check(
        pathway: Pathway, entries: Entries, *, until: int, gives: Sequence[tuple[str, int, str]]
    ) -> None:
        assert engine.stays(pathway, record(entries), until) == list(gives)

    return check
