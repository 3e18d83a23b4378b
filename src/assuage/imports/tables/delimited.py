"""A CSV file as the world writes it becomes tables: separators, lines before the header, and several tables in one.

What RFC 4180 says is read as it says. Beyond it: `sep=;` as the first line, a title before the header, rows of
questions under it (Qualtrics), columns without any name or cell at the right edge, and parts of a file that follow
one another, each with a title and a header of its own (the exports of Fitbit). A row that does not fit its header is
kept out and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assuage.catalogue.message import Message, message
from assuage.errors import Problem
from assuage.imports.foreign import DiaryRow
from assuage.imports.tables.source import MOST_COLUMNS, NOTHING_IMPORTED, Form, SourceTable, unreadable
from assuage.record.csv_table import DELIMITERS, csv_rows, delimiter_of

_MARKS = "".join(DELIMITERS)
_SEP = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\n|\r)', re.I)
_HEADER_FILLS = 0.6  # of the columns that the fullest of the first rows fills
_MOST_BEFORE = 30  # lines before a header: titles, dates, names of people
_IMPORT_ID = re.compile(r'\{"ImportId":')


@dataclass
class _Part:
    """One table of the file: its title, and its rows with the line on which each begins."""

    title: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list[tuple[int, list[str]]])


def csv_tables(
    text: str, name: str, notices: tuple[Message, ...] = (), delimiter: str | None = None
) -> list[SourceTable]:
    """The tables of some text; empty where it holds none. Raises `Problems` for text that is no CSV."""
    sep_line = _SEP.match(text)
    first_line = 1
    if sep_line is not None:
        delimiter, text, first_line = sep_line[1], text[sep_line.end() :], 2
    mark = delimiter or delimiter_of(text)
    lines = list(csv_rows(text, name, mark, NOTHING_IMPORTED, first_line=first_line))
    wide = next((line for line, cells in lines if len(cells) > MOST_COLUMNS), None)
    if wide is not None:
        raise unreadable(name, message("tables.too-many-columns", n=MOST_COLUMNS), f"row {wide}")
    tables = [table_of_rows(part.rows, name, "csv", part.title, notices) for part in _parts(lines)]
    return [table for table in tables if table is not None]


def _parts(lines: Sequence[tuple[int, list[str]]]) -> Iterator[_Part]:
    """The file cut where a line with one word alone follows a blank line, or begins the file, and a header follows."""
    part = _Part("")
    filled = [(line, row) for line, row in lines if any(cell.strip(_MARKS) for cell in row)]
    several = any(len(row) > 1 for _, row in filled)
    for at, (line, row) in enumerate(filled):
        follows_blank = (
            at == 0 or any(not any(cells) for between, cells in lines if filled[at - 1][0] < between < line)
            if several and len(row) == 1
            else False
        )
        if follows_blank and at + 1 < len(filled) and _may_be_header(filled[at + 1][1]):
            if part.rows:
                yield part
            part = _Part(row[0])
        else:
            part.rows.append((line, row))
    yield part


def _may_be_header(row: Sequence[str]) -> bool:
    """Whether a row names columns: more than one cell, none of which begins with a digit."""
    return len(row) > 1 and not any(cell[:1].isdigit() for cell in row)


def table_of_rows(
    filled: list[tuple[int, list[str]]], name: str, form: Form, sheet: str, notices: tuple[Message, ...] = ()
) -> SourceTable | None:
    """The table of rows that hold something, each with its number, its header among the first; None without a row."""
    if not filled:
        return None
    at = _header_at(filled)
    before = filled[:at]
    line, titles = filled[at]
    body = filled[at + 1 :]
    labels, body = _questions(titles, body)
    width = _filled_width(titles, body)
    titles = titles[:width]
    keys = [title.lower() for title in titles]
    rows: list[DiaryRow] = []
    torn: list[Problem] = []
    short: list[DiaryRow] = []
    for begins, cells in body:
        if any(cells[width:]):
            torn.append(Problem(f"row {begins}", message("diary.more-cells", n=width)))
            continue
        whole = DiaryRow(begins, dict(zip(keys, [*cells[:width], *[""] * (width - len(cells))], strict=True)))
        (rows if len(cells) >= width else short).append(whole)
    told = list(notices)
    if before:
        told.append(message("tables.lines-before", n=len(before)))
    return SourceTable(
        name,
        form,
        tuple(titles),
        tuple(rows),
        line,
        sheet,
        tuple(torn),
        {key: label for key, label in zip(keys, labels, strict=False) if label},
        tuple(told),
        short=tuple(short),
    )


def _header_at(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Which row is the header: the first that fills as many columns as a header does, after lines that fill fewer.

    A header names nearly all columns; a title, a date of export or a patient's name above it fills one or two.
    """
    filled = [sum(1 for cell in row if cell) for _, row in rows[: _MOST_BEFORE + 1]]
    return next(at for at, count in enumerate(filled) if count >= _HEADER_FILLS * max(filled))


def _questions(
    titles: Sequence[str], body: list[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The questions that stand under the headers, and the rows below them: as Qualtrics writes its exports."""
    if (
        len(body) >= 2
        and body[1][1]
        and sum(bool(_IMPORT_ID.match(cell)) for cell in body[1][1]) > 0.5 * len(titles)
    ):
        return body[0][1], body[2:]
    return [], body


def _filled_width(titles: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> int:
    """How many columns have a name, or a cell in a row; columns without either at the right edge are no columns."""
    width = _last_named(titles)
    for _, cells in body:
        for at in range(min(len(cells), len(titles)), width, -1):
            if cells[at - 1]:
                width = at
                break
    return width


def _last_named(titles: Sequence[str]) -> int:
    return max((at for at, title in enumerate(titles, start=1) if title), default=0)
