"""Loop Habit Tracker: a row a day, a column a habit, with words for what was done and what nobody said."""

from __future__ import annotations

import re

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape, draft_of_nothing
from assuage.imports.tables.source import SourceTable, number_text

_DONE, _NOT_DONE = "YES_MANUAL", "NO"
# The app puts these where nobody said anything: a habit that was not due, a day that was let off, an empty day.
_UNSAID = frozenset({"YES_AUTO", "SKIP", "UNKNOWN"})
_WORDS = _UNSAID | {_DONE, _NOT_DONE}
_THOUSANDTHS = re.compile(r"[0-9]+", re.ASCII)
_SCORE = re.compile(r"[01]\.[0-9]{4}", re.ASCII)


def _habits(table: SourceTable) -> tuple[str, ...]:
    return tuple(header for header in table.headers if header and header.lower() != "date")


def _fits(table: SourceTable) -> bool:
    """By the words, which no other program has; a habit that has a column of notes is one folder's alone."""
    cells = {cell for header in _habits(table) for cell in table.column(header)}
    return (
        table.keys[:1] == ("date",)
        and "value" not in table.keys
        and bool(cells & (_UNSAID | {_DONE}))
        and all(cell in _WORDS or _THOUSANDTHS.fullmatch(cell) for cell in cells)
    )


def _prepare(table: SourceTable) -> SourceTable:
    counted = {habit for habit in _habits(table) if any(map(_THOUSANDTHS.fullmatch, table.column(habit)))}

    def cells_of(cells: Cells) -> Cells:
        prepared = {"date": cells["date"]}
        for habit in _habits(table):
            cell = cells[habit.lower()]
            if cell in _UNSAID:
                prepared[habit] = ""
            elif habit in counted and cell == _NOT_DONE:
                prepared[habit] = "0"
            elif _THOUSANDTHS.fullmatch(cell):
                prepared[habit] = number_text(int(cell) / 1000)
            else:
                prepared[habit] = cell
        return prepared

    return with_columns(table, ("date", *_habits(table)), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day", "date": "date", "starts_on": "first"})
    draft.whose(patient)
    for habit in _habits(table):
        cells = set(table.column(habit))
        if not cells:
            draft.leave(habit, message("shape.blank-column"))
        elif cells <= {_DONE, _NOT_DONE}:
            draft.columns[habit] = {
                "kind": "exposure", "name": habit, "yes": [_DONE.lower()], "no": [_NOT_DONE.lower()]
            }  # fmt: skip
        else:
            draft.columns[habit] = {"kind": "exposure", "name": habit, "unit": "number"}
    return draft


# What old versions wrote for the words: done by the person; not done; not due, or let off, or nobody said.
_OLD_DONE, _OLD_NOT_DONE, _OLD_UNSAID = "2", "0", frozenset({"-1", "1", "3"})


def _fits_old(table: SourceTable) -> bool:
    """By the name of the file and its cells, which are those numbers and nothing else."""
    cells = {cell for header in _habits(table) for cell in table.column(header)}
    return (
        table.name.lower() == "checkmarks.csv"
        and table.keys[:1] == ("date",)
        and "value" not in table.keys
        and bool(cells)
        and cells <= {_OLD_DONE, _OLD_NOT_DONE, *_OLD_UNSAID}
    )


def _prepare_old(table: SourceTable) -> SourceTable:
    words = {_OLD_DONE: _DONE, _OLD_NOT_DONE: _NOT_DONE}

    def cells_of(cells: Cells) -> Cells:
        return {"date": cells["date"]} | {
            habit: words.get(cells[habit.lower()], "") for habit in _habits(table)
        }

    return with_columns(table, ("date", *_habits(table)), cells_of)


def _is_scores(table: SourceTable) -> bool:
    cells = [cell for header in _habits(table) for cell in table.column(header)]
    return table.name.lower() == "scores.csv" and bool(cells) and all(map(_SCORE.fullmatch, cells))


def _is_one_habit(table: SourceTable) -> bool:
    cells = set(table.column("value"))
    return {"date", "value"} <= set(table.keys) and bool(cells & (_UNSAID | {_DONE}))


_SEEN = (
    "the program itself, which is open, and the tests of four others that read its export; that amounts stand in "
    "thousandths, from memory"
)
LOOP_HABITS = (
    KnownShape(
        "loop-habits",
        "Loop Habit Tracker",
        "seen",
        _SEEN,
        "each habit as an exposure: done or not, or how much (the app writes thousandths), out of `Checkmarks.csv` at "
        "the top of the export",
        "days that were skipped, not due or left empty, which are no no",
        _draft,
        fits=_fits,
        prepare=_prepare,
    ),
    KnownShape(
        "loop-habits-old",
        "Loop Habit Tracker, old versions",
        "memory",
        "that `Checkmarks.csv` holds 2 for what was done, 0 for what was not, 1 for what was not due and 3 for what "
        "was let off",
        "each habit as an exposure: done or not",
        "days that were not due or let off, which are no no; amounts, which old versions did not have",
        _draft,
        fits=_fits_old,
        prepare=_prepare_old,
    ),
    KnownShape(
        "loop-habits-list",
        "Loop Habit Tracker, list of habits",
        "seen",
        _SEEN,
        "nothing: it has no days",
        "all of it",
        draft_of_nothing,
        frozenset({"position", "name", "question", "description", "numrepetitions"}),
    ),
    KnownShape(
        "loop-habits-one",
        "Loop Habit Tracker, one habit",
        "seen",
        _SEEN,
        "nothing: what the habit is called stands in the name of its folder alone; `Checkmarks.csv` at the top says it",
        "all of it, notes among it",
        draft_of_nothing,
        fits=_is_one_habit,
    ),
    KnownShape(
        "loop-habits-scores",
        "Loop Habit Tracker, scores",
        "seen",
        _SEEN,
        "nothing: the app computes them",
        "all of it",
        draft_of_nothing,
        fits=_is_scores,
    ),
)
