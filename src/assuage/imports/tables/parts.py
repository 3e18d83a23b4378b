"""Which tables stand in one sheet or file: below one another after a blank line, and beside one another.

A part that has a title of its own, a line with one cell, is called by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assuage.catalogue.message import Message, message

Line = tuple[int, list[str]]  # the number of a row, and its cells
_FEWEST_ALIKE = 5  # names of columns (ours): fewer of them may be cells that come again


def one_header(lines: Sequence[Line]) -> tuple[list[Line], tuple[Message, ...]]:
    """The lines with a header that comes again once only, and what is to be told of it.

    Months that were pasted below one another repeat the whole of it. Where each repetition goes on with columns of its
    own (Sleep as Android: the minutes of that night), the columns that all have are the table.
    """
    first = next((row for _, row in lines if any(row)), list[str]())
    names = [cell.casefold() for cell in first]
    if len(names) < _FEWEST_ALIKE or not _may_be_header(first[:_FEWEST_ALIKE]):
        return list(lines), ()
    begins = names[:_FEWEST_ALIKE]
    headers = [row for _, row in lines if [cell.casefold() for cell in row[:_FEWEST_ALIKE]] == begins]
    if len(headers) < 2:
        return list(lines), ()
    alike = min(_alike(names, [cell.casefold() for cell in row]) for row in headers)
    if all(len(row) == alike for row in headers):
        once = [(line, row) for line, row in lines if row is first or row not in headers]
        return once, (message("tables.header-again", n=len(headers) - 1),)
    cut = [
        (line, row[:alike])
        for line, row in lines
        if row is first or (row not in headers and (row[:1] != [""] or not any(row)))
    ]
    beside = len(lines) - len(cut) - (len(headers) - 1)
    return cut, (message("tables.header-again-narrow", n=beside),)


def _alike(names: Sequence[str], others: Sequence[str]) -> int:
    """How many of the first names are the same in both."""
    return next(
        (at for at, (name, other) in enumerate(zip(names, others, strict=False)) if name != other),
        min(len(names), len(others)),
    )


@dataclass
class TablePart:
    """One table: its title, and its filled rows with the line on which each begins."""

    title: str
    rows: list[Line] = field(default_factory=list[Line])


def parts_below(lines: Sequence[Line], marks: str = "") -> Iterator[TablePart]:
    """The tables that follow one another; `marks` alone in a row are no cells.

    A new one begins where a line with one word alone follows a blank line, or begins the file, and a header follows;
    and where a header follows a blank line below rows that hold figures.
    """
    part = TablePart("")
    filled = [(line, row) for line, row in lines if any(cell.strip(marks) for cell in row)]
    blank = {line for line, row in lines if not any(row)}
    several = any(len(row) > 1 for _, row in filled)
    for at, (line, row) in enumerate(filled):
        after_blank = at > 0 and any(between in blank for between in range(filled[at - 1][0] + 1, line))
        follows = filled[at + 1][1] if at + 1 < len(filled) else []
        titled = several and len(row) == 1 and (at == 0 or after_blank) and _may_be_header(follows)
        if titled:
            if part.rows:
                yield part
            part = TablePart(row[0])
        elif (
            after_blank
            and _may_be_header(row)
            and sum(map(bool, row)) > 1
            and _has_figures(follows)
            and _has_rows(part)
        ):
            yield part
            part = TablePart("", [(line, row)])
        else:
            part.rows.append((line, row))
    yield part


def parts_beside(part: TablePart) -> list[TablePart]:
    """The tables of a part that stand side by side: a column without any cell between them, and a header in both."""
    if not part.rows:
        return [part]
    width = max(len(row) for _, row in part.rows)
    used = [any(at < len(row) and row[at] for _, row in part.rows) for at in range(width)]
    blocks = [list(group) for filled, group in groupby(range(width), key=lambda at: used[at]) if filled]
    headers = part.rows[0][1]
    names = [
        {headers[at].casefold() for at in block if at < len(headers) and headers[at]} for block in blocks
    ]
    if len(blocks) < 2 or not all(left & names[0] for left in names[1:]):
        return [part]
    return [
        TablePart(part.title, [(line, cells) for line, row in part.rows if any(cells := [*_cut(row, block)])])
        for block in blocks
    ]


def _cut(row: Sequence[str], block: Sequence[int]) -> Iterator[str]:
    return (row[at] if at < len(row) else "" for at in block)


def _may_be_header(row: Sequence[str]) -> bool:
    """Whether a row names columns: more than one cell, none of which begins with a digit."""
    return len(row) > 1 and not _has_figures(row)


def _has_figures(row: Sequence[str]) -> bool:
    return any(cell[:1].isdigit() for cell in row)


def _has_rows(part: TablePart) -> bool:
    """Whether a part is a table already: names of columns, and figures in a row below them."""
    rows = [row for _, row in part.rows]
    header = next(
        (at for at, row in enumerate(rows) if _may_be_header(row) and sum(map(bool, row)) > 1), None
    )
    return header is not None and any(_has_figures(row) for row in rows[header + 1 :])
