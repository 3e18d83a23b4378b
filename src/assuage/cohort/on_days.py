"""Records in hand, each looked at on a day of its own: where everybody stands today, whichever number today has.

The table of a cohort is looked at up to one day, or each record up to its last. In a clinic it is today for everybody,
and each record counts its days from its own first one: those of one number are reviewed together, by one engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from assuage.cohort.pieces import ChunkReviewer
from assuage.engine.many.program.lower import lower
from assuage.engine.many.rows.parquet import PatientCutter
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.table import to_frame

MOST_ROWS = 1_000_000  # of one chunk


class PlacedPatient(Struct, frozen=True):
    """Where a patient stands on the day, in the words and ids of `state.parquet`, and every stay up to then."""

    on: int
    status: str
    phase: str | None
    since: int | None
    open: tuple[str, ...]
    shut: tuple[str, ...]
    in_force: tuple[str, ...]
    breached: tuple[str, ...]
    alerts: tuple[str, ...]
    stays: tuple[PhaseStay, ...]


class PhaseStay(Struct, frozen=True):
    """A stay in a phase: from which day to which (None while it lasts), begun by a `gate` or a `decision`."""

    phase: str
    entered: int
    left: int | None
    by: str


class PlacedOnDays(Struct, frozen=True):
    """Everybody by the patient's id, and why those who were refused are not among them."""

    placed: Mapping[str, PlacedPatient]
    refused: Mapping[str, str]


def placed_on_days(records: Sequence[tuple[Record, int]], pathway: Pathway) -> PlacedOnDays:
    """Where each patient stands at the end of the day beside the record, by the cohort engine.

    A record without an entry is in no table and comes back as nothing. The ids of the patients must differ; Raises
    Problems where two are the same.
    """
    by_day: dict[int, list[Record]] = {}
    for record, on in records:
        if record.first_day is not None:
            by_day.setdefault(on, []).append(record)
    reviewer = ChunkReviewer(lower(pathway), None, False)
    placed: dict[str, PlacedPatient] = {}
    refused: dict[str, str] = {}
    for on, alike in by_day.items():
        reviewer.engine.on = on
        for tables in _reviewed(alike, reviewer):
            stays = _stays(tables["stays"])
            for row in tables["state"].to_pylist():
                placed[row["patient"]] = _placed(row, stays.get(row["patient"], ()))
            for row in tables["rejected"].to_pylist():
                refused.setdefault(row["patient"], row["problem"])
        reviewer.forgets()
    return PlacedOnDays({name: each for name, each in placed.items() if name not in refused}, refused)


def _reviewed(records: Iterable[Record], reviewer: ChunkReviewer) -> Iterable[Mapping[str, Any]]:
    cut = PatientCutter(Path("the table"), reviewer, MOST_ROWS)
    table = cast("Any", to_frame(records)).to_arrow()
    for batch in table.to_batches():
        for chunk in cut.add(batch):
            yield reviewer.tables(chunk)[0]
    for chunk in cut.rest():
        yield reviewer.tables(chunk)[0]


def _stays(table: Any) -> Mapping[str, tuple[PhaseStay, ...]]:
    stays: dict[str, tuple[PhaseStay, ...]] = {}
    for row in table.to_pylist():
        stay = PhaseStay(row["phase"], row["entered"], row["left"], row["by"])
        stays[row["patient"]] = (*stays.get(row["patient"], ()), stay)
    return stays


def _placed(row: Mapping[str, Any], stays: tuple[PhaseStay, ...]) -> PlacedPatient:
    lists = ("open", "shut", "in_force", "breached", "alerts")
    return PlacedPatient(
        row["on"],
        row["status"],
        row["phase"],
        row["since"],
        **{name: tuple(row[name]) for name in lists},
        stays=stays,
    )
