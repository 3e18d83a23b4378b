"""The panel read back: where a patient was on each day, and what every criterion said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.cohort.summary import manifest_of
from assuage.engine.many.program import codes as c
from assuage.errors import InputError
from assuage.record.arrow import arrow
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

ANSWERS: dict[int, Answer] = {c.UNKNOWN: UNKNOWN, c.YES: YES, c.NO: NO}
OUTSIDE = 255
_NO_CRITERIA = ("patient", "first", "phase")


@dataclass(frozen=True)
class PanelDay:
    """A day of a patient: the phase (None outside the pathway) and the answer to each criterion by id."""

    day: int
    phase: str | None
    answers: dict[str, Answer]


@dataclass(frozen=True)
class AnswerSpan:
    """Days on which nothing changed, both included."""

    first: int
    last: int
    value: str | None


def decode(folder: Path | str, patient: str) -> tuple[PanelDay, ...]:
    """Every day of a patient from the start of the pathway on, without days where it had not begun.

    Raises InputError if there is no panel, if the patient is not in it, or if it cannot be read.
    """
    folder = Path(folder)
    manifest = manifest_of(folder)
    file = folder / "panel.parquet"
    if not file.exists():
        raise InputError(message("cohort.no-panel", folder=folder))
    pa = arrow()
    try:
        table = pa.parquet.read_table(file, filters=[("patient", "=", patient)])
        if table.num_rows == 0:
            refused = pa.parquet.read_table(folder / "rejected.parquet", filters=[("patient", "=", patient)])
            raise InputError(
                message(
                    "cohort.patient-refused" if refused.num_rows else "cohort.patient-not-there",
                    patient=patient,
                    folder=folder,
                )
            )
    except (pa.ArrowException, OSError):
        raise InputError(message("cohort.panel-unreadable", file=file)) from None
    row: dict[str, Any] = table.to_pylist()[0]
    ids = [name for name in table.column_names if name not in _NO_CRITERIA]
    phases = [phase["id"] for phase in manifest["phases"]]
    return tuple(
        PanelDay(
            row["first"] + at,
            None if phase == OUTSIDE else phases[int(phase)],
            {name: ANSWERS[row[name][at]] for name in ids},
        )
        for at, phase in enumerate(row["phase"])
    )


def on_day(days: Sequence[PanelDay], day: int | None) -> PanelDay:
    """One of the days, the last one for None. Raises InputError, with the days there are, for another one."""
    if not days:
        raise InputError(message("cohort.not-begun"))
    if day is None:
        return days[-1]
    if not days[0].day <= day <= days[-1].day:
        raise InputError(message("cohort.panel-day", first=days[0].day, last=days[-1].day, day=day))
    return days[day - days[0].day]


def spans(days: Sequence[PanelDay], criterion: str | None = None) -> Iterator[AnswerSpan]:
    """The days put together where the phase (None), or the answer to a criterion, stayed the same."""
    first: PanelDay | None = None
    last: PanelDay | None = None
    for day in days:
        if first is not None and last is not None and _value(day, criterion) != _value(first, criterion):
            yield AnswerSpan(first.day, last.day, _value(first, criterion))
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield AnswerSpan(first.day, last.day, _value(first, criterion))


def _value(day: PanelDay, criterion: str | None) -> str | None:
    return day.phase if criterion is None else day.answers[criterion].value
