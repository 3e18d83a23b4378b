"""What became of every row and cell of a table: problems by their cause, and what is left out with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assuage.catalogue.message import Message
from assuage.errors import Problem
from assuage.record.csv_table import number_in

ROWS_SHOWN = 3  # of a cause that many rows share


@dataclass(frozen=True)
class LeftOut:
    """What makes no entry, and why: the column or name, the reason, how many rows, and the first of them.

    `whole_rows` says that nothing else of these rows makes an entry.
    """

    what: str
    why: Message
    count: int
    rows: tuple[int, ...]
    whole_rows: bool = False


class Fault(NamedTuple):
    """What is wrong with a cell."""

    row: int
    title: str
    cell: str
    what: Message | str

    @property
    def cause(self) -> tuple[object, ...]:
        """What it shares with the faults of other rows: the column, and what is said but for what is in the cell."""
        if not isinstance(self.what, Message):
            return self.title, self.what.replace(self.cell, "…") if self.cell else self.what
        held = number_in(self.cell)
        same = (
            (
                name,
                "…"
                if str(value) == self.cell or (held is not None and held == number_in(str(value)))
                else value,
            )
            for name, value in self.what.values
        )
        return self.title, self.what.id, tuple(same)


@dataclass
class Accounts:
    """Gathers what is wrong and what is left out while the rows are gone through."""

    faults: list[Fault] = field(default_factory=list[Fault])
    left: dict[tuple[str, Message, bool], list[int]] = field(
        default_factory=dict[tuple[str, Message, bool], list[int]]
    )

    def leave(self, row: int, what: str, why: Message, whole: bool = False) -> None:
        """Take down that something of a row, or the whole row, makes no entry."""
        self.left.setdefault((what, why, whole), []).append(row)

    def leave_whole(self, row: int, what: str, why: Message) -> None:
        """Take down that a row makes no entry at all, for the reason that one of its cells has."""
        partly = self.left.get((what, why, False), [])
        if row in partly:
            partly.remove(row)
        self.leave(row, what, why, whole=True)

    def left_out(self) -> tuple[LeftOut, ...]:
        """What is left out: whole rows first, then by column and name as they came."""
        told = [
            LeftOut(what, why, len(rows), tuple(sorted(rows)[:ROWS_SHOWN]), whole)
            for (what, why, whole), rows in self.left.items()
            if rows
        ]
        return tuple(sorted(told, key=lambda each: not each.whole_rows))

    def problems(self) -> Iterator[Problem]:
        """One problem for each cause, with the first rows that have it and how many more there are."""
        by_cause: dict[tuple[object, ...], list[Fault]] = {}
        for fault in self.faults:
            by_cause.setdefault(fault.cause, []).append(fault)
        for alike in by_cause.values():
            rows, title = rows_of([fault.row for fault in alike]), alike[0].title
            held = ", ".join(dict.fromkeys(fault.cell for fault in alike[:ROWS_SHOWN]))
            yield Problem(f"{rows}  {title} = {held}" if title else rows, alike[0].what)


def torn_by_cause(torn: Iterable[Problem]) -> Iterator[Problem]:
    """The rows that do not fit the header, those with the same cause together."""
    by_cause: dict[Message | str, list[Problem]] = {}
    for problem in torn:
        by_cause.setdefault(problem.what, []).append(problem)
    for what, alike in by_cause.items():
        yield Problem(rows_of([row_of(problem) for problem in alike]), what)


def rows_of(rows: Sequence[int], count: int | None = None) -> str:
    """The first rows and how many more there are, as the place of a problem."""
    more = (len(rows) if count is None else count) - min(ROWS_SHOWN, len(rows))
    first = ", ".join(map(str, rows[:ROWS_SHOWN]))
    return f"row {first} and {more} more" if more > 0 else f"row {first}"


def row_of(problem: Problem) -> int:
    """The first row that a problem names; 0 where it is of the whole table."""
    match = re.match(r"row (\d+)", problem.place)
    return int(match[1]) if match else 0
