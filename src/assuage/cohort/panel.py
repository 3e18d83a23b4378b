"""The panel read back: where a patient was on each day, and what every criterion said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.typed import arrow
from assuage.errors import InputError
from assuage.pathways.model import Pathway
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

ANSWERS: dict[int, Answer] = {c.UNKNOWN_: UNKNOWN, c.YES_: YES, c.NO_: NO}
OUTSIDE = 255


@dataclass(frozen=True)
class Day:
    """A day of a patient: the phase (None outside the pathway) and the answer to each criterion by id."""

    day: int
    phase: str | None
    answers: dict[str, Answer]


def decode(folder: Path | str, patient: str, pathway: Pathway) -> tuple[Day, ...]:
    """Every day of a patient from the start of the pathway on. Raises InputError if there is no such patient."""
    file = Path(folder) / "panel.parquet"
    if not file.exists():
        raise InputError(f"no panel in {folder}; review the cohort with --panel")
    table = arrow().parquet.read_table(file, filters=[("patient", "=", patient)])
    if table.num_rows == 0:
        raise InputError(f'no patient "{patient}" in {file}')
    row: dict[str, Any] = table.to_pylist()[0]
    ids = [name for name in table.column_names if name not in ("patient", "first", "phase")]
    return tuple(
        Day(
            row["first"] + at,
            None if phase == OUTSIDE else pathway.phases[int(phase)].id,
            {name: ANSWERS[row[name][at]] for name in ids},
        )
        for at, phase in enumerate(row["phase"])
    )
