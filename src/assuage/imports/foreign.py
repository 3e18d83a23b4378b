"""A table as somebody else keeps it, before anybody has said what its columns mean: headers, and rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assuage.errors import Problem


class DiaryRow(NamedTuple):
    """Where a person finds a row (the line of a file, the row of a sheet), and its cells by lower-case header.

    A cell is the text as it stands, without blanks around it: "" where it is empty, a date of a sheet in ISO, a number
    of a sheet without a ".0".
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class ForeignTable:
    """A table of strangers: its name, its headers as written, its rows.

    `rows` are gone through once. `line` is where the header stands; `torn` is what is wrong with rows that are not
    among `rows`, such as one with more cells than the header.
    """

    name: str
    headers: tuple[str, ...]
    rows: Iterable[DiaryRow]
    line: int = 1
    torn: tuple[Problem, ...] = ()
