"""TableRows that say once more what another row of the same patient and day says, in every column.

They count as they stand, as they do in a record: two sessions of one day can be two sessions. But a file that
was put together twice looks the same, so every one of them is counted and listed, for a person to decide.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.engine.many.rows.columns import LABELS, TableRows
from assuage.engine.many.rows.parquet import Chunk
from assuage.record.arrow import arrow

REPEATED = "repeated"
MOST_APART = 32  # rows of one day that are looked back over


def repeated(chunk: Chunk) -> Any:
    """A line for each row that repeats one before it: the patient, the row, and the row it repeats.

    Rows are looked for among the 32 rows before them, whether or not the rows of a day follow each other.
    """
    rows = chunk.rows
    again, first = _pairs(rows.day, rows.what, _by_day(rows))
    same: Any = (rows.minute[again] == rows.minute[first]) & _equal(rows.value[again], rows.value[first])
    for label in rows[LABELS:-1]:
        same = same & (label[again] == label[first])
    again, first = again[same], first[same]
    same = np.array(
        [_written_alike(chunk, *pair) for pair in zip(again.tolist(), first.tolist(), strict=True)], bool
    )
    who = _patients(rows.start, again)
    same = same & (_patients(rows.start, first) == who)
    again, first, who = again[same], first[same], who[same]
    _, at = np.unique(again, return_index=True)
    return _table(
        chunk.patients.take(arrow().array(who[at])),
        *_places(chunk, again[at]),
        _places(chunk, first[at])[1],
        rows.day[again[at]],
    )


def _written_alike(chunk: Chunk, row: int, other: int) -> bool:
    """Whether the texts of two rows that say the same are the same to the letter, as far as they are kept."""
    written, before = int(chunk.rows.written[row]), int(chunk.rows.written[other])
    both = min(written, before) >= 0
    return written == before or (both and chunk.texts.text(written) == chunk.texts.text(before))


def _places(chunk: Chunk, rows: Longs) -> tuple[Any, Longs]:
    """The file of each row by name, and its number there."""
    if chunk.places is None:
        return np.full(rows.size, chunk.file.name, dtype=object), rows + chunk.file_row
    names = np.array(chunk.places.names, dtype=object)
    return names[chunk.places.file[rows]], chunk.places.row[rows]


def _patients(start: Any, rows: Longs) -> Any:
    """The patient of each row by number."""
    return cast("Any", np.searchsorted(start, rows, side="right")) - 1


def no_rows() -> Any:
    """The table of no rows."""
    none = np.empty(0, np.int64)
    return _table(arrow().array([], arrow().string()), np.empty(0, dtype=object), none, none, none)


def _by_day(rows: TableRows) -> bool:
    """Whether the rows of every patient are sorted by day."""
    rising = rows.day[1:] >= rows.day[:-1]
    rising[rows.start[1:-1] - 1] = True
    return bool(rising.all())


def _pairs(day: Any, what: Any, by_day: bool) -> tuple[Longs, Longs]:
    """Rows that are alike in day and words with one before them, nearest first."""
    again: list[Longs] = []
    first: list[Longs] = []
    for apart in range(1, min(MOST_APART, day.size - 1) + 1):
        near = day[apart:] == day[:-apart]
        if by_day and not near.any():
            break  # no day has so many rows: of unsorted ones that says nothing
        places = np.flatnonzero(near & (what[apart:] == what[:-apart]))
        again.append(places + apart)
        first.append(places)
    if not again:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate(again), np.concatenate(first)


def _equal(value: Any, other: Any) -> Any:
    return (value == other) | (np.isnan(value) & np.isnan(other))


def _table(patient: Any, file: Any, row: Any, repeats: Any, day: Any) -> Any:
    pa = arrow()
    return pa.table(
        {
            "patient": patient.cast(pa.string()),
            "file": pa.array(file, pa.string()),
            "row": pa.array(row, pa.int64()),
            "repeats": pa.array(repeats, pa.int64()),
            "day": pa.array(np.asarray(day, np.int32)),
        }
    )
