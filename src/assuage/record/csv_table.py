"""A CSV file as people keep it becomes rows under their headers, each with the line on which a person finds it.

It knows no diary: what a column means is for its readers. In a table that was made for us, what could be read in two
ways is a problem: a quotation mark that is not closed, a header that stands twice, a row with more or fewer cells than
the header. Exports of other programs have the same rows (`csv_rows`) and are forgiven more (`assuage.imports.tables`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems
from assuage.record.document import decoded, read_bytes

DELIMITERS = (",", ";", "\t", "|")
YES = frozenset(("1", "yes", "y", "x", "true"))
NO = frozenset(("0", "no", "n", "false"))
DIARY_ENDINGS = (".csv", ".tsv", ".txt")
_NOT_USED = message("problems.not-used")
_LOOKED_AT = 200  # rows, for the mark between the cells
_SAMPLE = 200_000
_LONGEST_CELL = 1_000_000


class CsvRow(NamedTuple):
    """The line of the file on which a row begins (the first is line 1), and its cells by lower-case header."""

    line: int
    cells: Mapping[str, str]


class CsvTable(Struct, frozen=True):
    """Headers as they are written with the line they begin on, the whole rows, and what is wrong with the others."""

    line: int
    titles: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    torn: tuple[Problem, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header, in lower case and in order; one that stands twice is there once."""
        return tuple(dict.fromkeys(title.lower() for title in self.titles))

    @property
    def repeated(self) -> list[Problem]:
        """A problem for each header that stands twice: nobody can say which of its cells counts."""
        lower = [title.lower() for title in self.titles]
        return [
            Problem("columns", message("diary.column-twice", column=header, n=lower.count(header)))
            for header in self.headers
            if header and lower.count(header) > 1
        ]


def is_diary(path: str) -> bool:
    """Whether a name is that of a diary or another table, and not of a record."""
    return Path(path).suffix.lower() in DIARY_ENDINGS


def read_csv_text(
    file: Path, most_bytes: int, too_large: Message | str, consequence: Message | str = _NOT_USED
) -> str:
    """The text of a file; `Problems` for one above `most_bytes`, which is not read further, or not in UTF-8."""
    content = read_bytes(file, most_bytes)
    if len(content) > most_bytes:
        raise Problems(file.name, [Problem("", too_large)], consequence)
    return decoded(content, file.name, consequence)


def csv_table(
    text: str, name: str, delimiter: str | None = None, consequence: Message | str = _NOT_USED
) -> CsvTable | None:
    """The table of some text, cells without blanks around them; None where no row holds anything.

    Blank rows may stand anywhere. Without `delimiter` it is found (`delimiter_of`). Raises `Problems` for text that is
    no CSV (RFC 4180), with the line.
    """
    header: tuple[int, list[str]] | None = None
    headers: list[str] = []
    rows: list[CsvRow] = []
    torn: list[Problem] = []
    for line, cells in csv_rows(text, name, delimiter or delimiter_of(text), consequence, strict=True):
        if not any(cells):
            continue
        if header is None:
            header = (line, cells)
            headers = [title.lower() for title in cells]
        elif len(cells) != len(headers):
            torn.append(Problem(f"row {line}", _torn(len(cells), len(headers))))
        else:
            rows.append(CsvRow(line, dict(zip(headers, cells, strict=True))))
    return None if header is None else CsvTable(header[0], tuple(header[1]), tuple(rows), tuple(torn))


def csv_rows(
    text: str,
    name: str,
    delimiter: str,
    consequence: Message | str = _NOT_USED,
    *,
    strict: bool = False,
    first_line: int = 1,
) -> Iterator[tuple[int, list[str]]]:
    """The rows of some text, blank ones too: the line on which each begins, and its cells without blanks around them.

    `strict` refuses a quotation mark inside a cell without quotes and one that is not closed, which are text otherwise.
    Raises `Problems` for text that is no CSV, with the line.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    begins = first_line
    try:
        for row in lines:
            line, begins = begins, lines.line_num + first_line
            yield line, [cell.strip() for cell in row]
    except csv.Error as error:
        unreadable = message("problem.unreadable-table", error=str(error))
        raise Problems(name, [Problem(f"row {begins}", unreadable)], consequence) from None


def _torn(cells: int, headers: int) -> Message:
    if cells > headers:
        return message("diary.more-cells", n=headers)
    return message("diary.fewer-cells", n=headers)


def delimiter_of(text: str) -> str:
    """The one of , ; tab and | that cuts the most of the first lines into the same number of cells, most of them."""
    sample = text[:_SAMPLE]
    best, score = ",", (0, 0)
    for mark in DELIMITERS:
        counts = Counter[int]()
        try:
            for at, row in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=mark)):
                if at >= _LOOKED_AT:
                    break
                if any(cell.strip() for cell in row):
                    counts[len(row)] += 1
        except csv.Error:
            continue
        width, rows = max(counts.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
        if width > 1 and (rows, width) > score:
            best, score = mark, (rows, width)
    return best


# ---------------------------------------------------------------- what a cell holds


def day_in(cell: str) -> int | None:
    """The day number of a cell, in ASCII digits with or without a minus; None for anything else."""
    return int(cell) if re.fullmatch(r"-?[0-9]{1,9}", cell) else None


def date_in(cell: str) -> date | None:
    """The date of a cell that is written YYYY-MM-DD and exists; None for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def number_pattern(decimal: str = ".,") -> str:
    """The regular expression of a number in ASCII digits, its fraction after one of the marks of `decimal`."""
    return rf"-?[0-9]+(?:[{re.escape(decimal)}][0-9]*)?"


def number_in(cell: str, decimal: str = ".,") -> float | None:
    """The number of a cell that is written like `number_pattern`; None for anything else."""
    return float(cell.replace(",", ".")) if re.fullmatch(number_pattern(decimal), cell) else None


def yes_in(cell: str) -> bool | None:
    """Whether a cell is a word of yes (True) or of no (False), in any case; None for anything else."""
    word = cell.lower()
    return True if word in YES else False if word in NO else None
