"""A CSV file as the world writes it becomes tables: separators, lines before the header, and several tables in one.

What RFC 4180 says is read as it says. Beyond it: `sep=;` as the first line, a title before the header, rows of
questions under it (Qualtrics), columns without any name or cell at the right edge, and parts of a file that follow
one another, each with a title and a header of its own (the exports of Fitbit). A row that does not fit its header is
kept out and told of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assuage.catalogue.message import Message, message
from assuage.errors import Problem
from assuage.imports.foreign import DiaryRow
from assuage.imports.tables.headers import (
    joined_with_groups,
    split_totals,
    stands_twice,
    with_second_headers,
)
from assuage.imports.tables.parts import Line, TablePart, one_header, parts_below, parts_beside
from assuage.imports.tables.source import (
    MOST_COLUMNS,
    NOTHING_IMPORTED,
    Form,
    SkippedPart,
    SourceTable,
    unreadable,
)
from assuage.record.csv_table import DELIMITERS, csv_rows, delimiter_of

_MARKS = "".join(DELIMITERS)
_SEP = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\n|\r)', re.I)
_HEADER_FILLS = 0.6  # of the columns that the fullest of the first rows fills
_MOST_BEFORE = 30  # lines before a header: titles, dates, names of people
MOST_TABLES = 300  # of one sheet or file (ours): one a month for a quarter of a century
# The line under the headers of a table that is drawn with bars: `|---|:-:|`.
_RULE = re.compile(r"\s*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+\s*")
_IMPORT_ID = re.compile(r'\{"ImportId":')


def csv_tables(
    text: str, name: str, notices: tuple[Message, ...] = (), delimiter: str | None = None
) -> list[SourceTable]:
    """The tables of some text; empty where it holds none. Raises `Problems` for text that is no CSV."""
    sep_line = _SEP.match(text)
    first_line = 1
    if sep_line is not None:
        delimiter, text, first_line = sep_line[1], text[sep_line.end() :], 2
    text = _without_frame(text)
    mark = delimiter or delimiter_of(text)
    lines = list(csv_rows(text, name, mark, NOTHING_IMPORTED, first_line=first_line))
    wide = next((line for line, cells in lines if len(cells) > MOST_COLUMNS), None)
    if wide is not None:
        raise unreadable(name, message("tables.too-many-columns", n=MOST_COLUMNS), f"row {wide}")
    return tables_of_lines(lines, name, "csv", "", notices)


def _without_frame(text: str) -> str:
    """The text, the tables in it that are drawn with bars (as Markdown has them) without frames; lines stay lines."""
    lines = text.splitlines()
    if '"' in text or not any(_RULE.fullmatch(line) for line in lines):
        return text
    return "\n".join("" if _RULE.fullmatch(line) else _without_bars(line.strip()) for line in lines)


def _without_bars(line: str) -> str:
    if len(line) < 2 or line[0] != "|" or line[-1] != "|":
        return line
    return "|".join(cell.strip() for cell in line[1:-1].split("|"))


def tables_of_lines(
    lines: Sequence[Line], name: str, form: Form, sheet: str, notices: tuple[Message, ...] = ()
) -> list[SourceTable]:
    """The tables of a sheet or file. Several are called by their titles, else counted; one alone like its sheet."""
    lines, again = one_header(lines)
    notices = (*notices, *again)
    parts = [beside for below in parts_below(lines, _MARKS) for beside in parts_beside(below) if beside.rows]
    if sheet and len(parts) == 1:
        # A title above the one table of a sheet is a line above its header.
        parts = [TablePart("", [(line, row) for line, row in lines if any(row)])]
    if len(parts) > MOST_TABLES:
        raise unreadable(name, message("tables.too-many-tables", n=MOST_TABLES))
    titles = [part.title for part in parts]
    tables: list[SourceTable] = []
    for at, part in enumerate(parts, start=1):
        called = part.title if titles.count(part.title) == 1 else f"{part.title or 'table'} {at}"
        if not part.title and len(parts) > 1:
            called = f"table {at}"
        table = table_of_rows(part.rows, name, form, ", ".join(filter(None, (sheet, called))), notices)
        if table is not None:
            tables.append(table)
    return tables


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
    told = list(notices)
    body, totals = split_totals(body)
    if not labels:
        titles, body, second = with_second_headers(titles, body)
        if second:
            told.append(message("tables.two-header-rows"))
    if before and any(stands_twice(title, titles) for title in titles):
        titles = joined_with_groups(before[-1][1], titles)
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
        _left_totals(totals),
        short=tuple(short),
    )


def _left_totals(totals: Sequence[Line]) -> tuple[SkippedPart, ...]:
    """Rows that add up those above them: what they say, the rows say."""
    if not totals:
        return ()
    rows = tuple(line for line, _ in totals)
    return (SkippedPart("", message("tables.totals"), len(rows), rows[:3]),)


def _header_at(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Which row is the header: the first that fills as many columns as a header does, after lines that fill fewer.

    A header names nearly all columns; a title, a date of export or a patient's name above it fills one or two.
    """
    filled = [sum(1 for cell in row if cell) for _, row in rows[: _MOST_BEFORE + 1]]
    at = next(at for at, count in enumerate(filled) if count >= _HEADER_FILLS * max(filled))
    # A line with bare numbers names no columns where the next one fills more, and none of it is a number.
    numbered = any(cell.isdigit() for cell in rows[at][1])
    follows = rows[at + 1][1] if at + 1 < len(filled) and filled[at + 1] > filled[at] else []
    return at + 1 if numbered and follows and not any(cell[:1].isdigit() for cell in follows) else at


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
