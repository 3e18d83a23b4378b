"""What every reader of a file hands on: its tables, with what was seen and what was left out on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.record.document import read_bytes

Form = Literal["csv", "xlsx", "ods", "xml", "json", "ndjson"]
NOTHING_IMPORTED = message("tables.nothing-imported")
# Ours: thirty years of daily rows for some hundred patients. Larger tables are for Parquet.
MOST_BYTES = 64_000_000
# Ours: a sheet of a diary has some dozens of columns, a large study some thousands.
MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class SkippedPart:
    """Something of a file that its reader does not hand on: what it is, why, how often, and where first."""

    what: str
    why: Message
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class SourceTable:
    """One table of a file; its rows may be gone through as often as one likes.

    `sheet` names the sheet or the part of the file, "" where it has one only. `labels` are the questions that stand
    under the headers of some exports, by lower-case header. `line` is where the header stands. `short` are rows
    with fewer cells than the header, filled up with blanks: some programs leave out the last blanks of a row, and in
    every other file such a row is torn.
    """

    name: str
    form: Form
    headers: tuple[str, ...]
    rows: tuple[DiaryRow, ...]
    line: int = 1
    sheet: str = ""
    torn: tuple[Problem, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    notices: tuple[Message, ...] = ()
    skipped: tuple[SkippedPart, ...] = ()
    short: tuple[DiaryRow, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The headers in lower case, as the rows have them."""
        return tuple(header.lower() for header in self.headers)

    @property
    def foreign(self) -> ForeignTable:
        """The table as the layer that makes entries reads it."""
        short = tuple(
            Problem(f"row {row.number}", message("diary.fewer-cells", n=len(self.headers)))
            for row in self.short
        )
        return ForeignTable(self.name, self.headers, self.rows, self.line, (*self.torn, *short))

    def column(self, header: str) -> list[str]:
        """The filled cells of a column, in order."""
        key = header.lower()
        return [cell for row in self.rows if (cell := row.cells.get(key, ""))]


def unreadable(name: str, what: Message, place: str = "") -> Problems:
    """The exception for a file that cannot be read at all."""
    return Problems(name, [Problem(place, what)], NOTHING_IMPORTED)


def bytes_of_file(path: Path) -> bytes:
    """The bytes of a file that is held whole. Raises `Problems` for one that is larger than a diary."""
    content = read_bytes(path, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise unreadable(path.name, message("tables.too-large", megabytes=MOST_BYTES // 1_000_000))
    return content


def number_text(number: float) -> str:
    """A number as a table shows it: without the `.0` that a whole one has only because it came as a fraction."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def parser_without_entities(encoding: str | None = None) -> expat.XMLParserType:
    """A parser of XML that stops at the declaration of an entity, so that none is ever put in."""
    parser = expat.ParserCreate(encoding)
    parser.EntityDeclHandler = _no_entity
    return parser


def _no_entity(*_given: object) -> None:
    raise expat.ExpatError("entity")
