"""How shapes make rows ready and drafts short: other columns, known headers, rows that are no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from assuage.catalogue.message import Message, message
from assuage.imports.foreign import DiaryRow
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.tables.source import SkippedPart, SourceTable

Cells = Mapping[str, str]
WHOLE_ROWS = ""  # the name of what is left out where it is rows, and nothing else of them comes in
SHOWN = 3  # rows that are named of those that are left out


def with_columns(
    table: SourceTable,
    headers: Sequence[str],
    cells_of: Callable[[Cells], Mapping[str, str] | Message],
) -> SourceTable:
    """The table with other columns, each row made anew; a message instead of a row is why it is left out."""
    rows: list[DiaryRow] = []
    out: dict[Message, list[int]] = {}
    for row in table.rows:
        prepared = cells_of(row.cells)
        if isinstance(prepared, Message):
            out.setdefault(prepared, []).append(row.number)
            continue
        rows.append(DiaryRow(row.number, {header.lower(): prepared.get(header, "") for header in headers}))
    skipped = tuple(SkippedPart(WHOLE_ROWS, why, len(at), tuple(at[:SHOWN])) for why, at in out.items())
    return replace(table, headers=tuple(headers), rows=tuple(rows), skipped=(*table.skipped, *skipped))


def known_columns(
    draft: Draft, table: SourceTable, known: Mapping[str, Meaning], used: Iterable[str] = ()
) -> None:
    """Give the columns of a shape their meanings; another column is left out, and said to be unknown to the shape.

    `known` is by lower-case header; `used` are those that the map reads in another way.
    """
    elsewhere = {header.lower() for header in used}
    for header in table.headers:
        key = header.lower()
        if key in elsewhere:
            continue
        if not any(row.cells.get(key) for row in table.rows):
            draft.leave(header, message("shape.blank-column"))
        elif key in known:
            draft.columns[header] = dict(known[key])
        else:
            draft.leave(header, message("shape.left-unknown"))
