"""The case report as values: sections, items with their state, sentences with the entries they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assuage.report.care.checklist import State

# Where a sentence comes from: an entry, the authors, or a count over entries that this program made.
By = Literal["record", "authors", "computed"]


@dataclass(frozen=True)
class ReportSentence:
    """A sentence and what it rests on: numbers of entries, or the authors."""

    text: str
    entries: tuple[int, ...] = ()
    by: By = "record"

    @property
    def marks(self) -> str:
        """`[5, 7–9]`: the entries, runs joined; empty for none."""
        return f"[{joined_numbers(self.entries)}]" if self.entries else ""


@dataclass(frozen=True)
class ReportItem:
    """An item of the checklist as it stands: `given` without what this report computes, `state` with it."""

    id: str
    title: str
    state: State
    given: State
    sentences: tuple[ReportSentence, ...]
    gaps: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its caption, its headings, its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One of the thirteen sections, with its items and the tables that belong there."""

    number: int
    title: str
    items: tuple[ReportItem, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class CaseReport:
    """A case report, ready to be written in any form; every text is in the language of the report."""

    language: str
    title: str
    notices: tuple[str, ...]
    draft: bool
    sections: tuple[Section, ...]
    claims: tuple[str, ...]
    facts: Table
    references: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def items(self) -> tuple[ReportItem, ...]:
        """All thirty items in order."""
        return tuple(item for section in self.sections for item in section.items)


def joined_numbers(numbers: tuple[int, ...]) -> str:
    """Numbers in order, runs of three and more joined: `5, 7–9`."""
    joined: list[list[int]] = []
    for number in sorted(set(numbers)):
        if joined and number == joined[-1][1] + 1:
            joined[-1][1] = number
        else:
            joined.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in joined)
