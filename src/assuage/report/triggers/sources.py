"""A plain diary as a record, so that its counts follow the very definitions that a record's follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assuage.errors import InputError
from assuage.record.entries import AnyEntry, Patient, Record, ScoreEntry, TherapyEntry
from assuage.review.exposures import Exposure
from assuage.review.suspects import known_outcome
from assuage.terms.outcomes import Outcome
from assuage.terms.scales import SCALES
from assuage.terms.therapies import Therapy

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary


def exposures_of(diary: Diary, named: Sequence[str] | None = None) -> list[Exposure]:
    """The exposures of a diary under the names that its columns have; only those that were named, where some were."""
    asked = None if named is None else {name.lower() for name in named}
    return [
        Exposure(name, name, therapy=Therapy(_column_name(name), name, "patient"))
        for name in diary.exposures
        if asked is None or name in asked
    ]


def _column_name(name: str) -> str:
    """A word of its own for a column, so that no pressure or group is read into it."""
    return f"column {' '.join(name.lower().split())}"


def outcome_named(name: str) -> Outcome:
    """The outcome as the counts know it: pain, numbness, a symptom, or the scale alone. InputError for any other."""
    try:
        return known_outcome(name)
    except InputError:
        if name in SCALES:
            return Outcome(name, (), (SCALES[name],))
        raise


def outcome_of(diary: Diary) -> Outcome:
    """The outcome of a diary, which may be a scale of the patient's own."""
    try:
        return outcome_named(diary.outcome.code)
    except InputError:
        return Outcome(diary.outcome.code, (), (diary.outcome,))


def written_days(diary: Diary) -> tuple[int, int]:
    """The first and the last day of which something is known, be it that an exposure was not there; 0 and 0 of none."""
    cells = [*diary.ratings.T, *(exposure.days for exposure in diary.exposures.values())]
    known = [at for at in range(len(diary.ratings)) if any(cell[at] == cell[at] for cell in cells)]
    return (diary.first_day + known[0], diary.first_day + known[-1]) if known else (0, 0)


def record_of_diary(diary: Diary) -> Record:
    """The ratings and the exposures of a diary as entries; unknown cells make none.

    Ratings stand in tenths of their scale from its best end, so that a worse spell is the same share of every scale.
    """
    scale, entries = diary.outcome, list[AnyEntry]()
    tenths = (scale.high - scale.low) / 10
    worse = scale.higher_is == "worse"
    for at, ratings in enumerate(diary.ratings):
        day = diary.first_day + at
        for slot, value in enumerate(ratings):
            if value == value:
                time = None if diary.ratings_per_day == 1 else ("morning", "evening")[slot]
                minute = None if diary.ratings_per_day == 1 else int(diary.minutes[slot])
                entries.append(
                    ScoreEntry(
                        place=len(entries),
                        day=day,
                        minute=minute,
                        time=time,
                        scale=diary.outcome.code,
                        value=float(value - scale.low if worse else scale.high - value) / tenths,
                        by="patient",
                    )
                )
        for name, exposure in diary.exposures.items():
            if exposure.days[at] > 0:
                minutes = exposure.minute
                known = minutes is not None and minutes[at] == minutes[at]
                entries.append(
                    TherapyEntry(
                        place=len(entries),
                        day=day,
                        minute=int(minutes[at]) if known and minutes is not None else None,
                        what=_column_name(name),
                        by="patient",
                    )
                )
    return Record(Patient(diary.patient), tuple(entries))
