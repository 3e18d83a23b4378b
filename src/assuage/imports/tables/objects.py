"""JSON exports become tables: a list of objects is a table, an object a row, a name within a name a column `a.b`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from assuage.catalogue.message import Message, message
from assuage.imports.foreign import DiaryRow
from assuage.imports.tables.source import (
    MOST_COLUMNS,
    Form,
    SkippedPart,
    SourceTable,
    number_text,
    unreadable,
)

_DEEPEST = 4  # names within names, of which a day of Oura or Garmin has two
_MOST_ROWS = 2_000_000


def json_tables(text: str, name: str, notices: tuple[Message, ...] = ()) -> list[SourceTable]:
    """The tables of a JSON text: itself where it is a list of objects, else each of its lists of objects.

    Lists within an object are left out and counted, as are texts beside the lists. Raises `Problems` for no JSON.
    """
    value = _loaded(text, name, "")
    if isinstance(value, list):
        lists = [("", cast("list[object]", value))]
    elif isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        lists = [(key, cast("list[object]", each)) for key, each in items if isinstance(each, list)]
    else:
        lists = []
    tables = [
        _table(rows, name, "json", key, notices) for key, rows in lists if rows and isinstance(rows[0], dict)
    ]
    if not tables:
        raise unreadable(name, message("tables.no-table-in-json"))
    return tables


def ndjson_table(text: str, name: str, notices: tuple[Message, ...] = ()) -> SourceTable:
    """The table of a file with a JSON object a line. Raises `Problems` for a line that is none."""
    rows: list[object] = []
    for at, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            rows.append(_loaded(line, name, f"row {at}"))
    return _table(rows, name, "ndjson", "", notices)


def _loaded(text: str, name: str, place: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable(name, message("tables.not-json"), place) from None


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _table(
    given: list[object], name: str, form: Form, sheet: str, notices: tuple[Message, ...]
) -> SourceTable:
    if len(given) > _MOST_ROWS:
        raise unreadable(name, message("tables.too-many-rows", n=_MOST_ROWS), sheet)
    lists: dict[str, list[int]] = {}
    headers: dict[str, None] = {}
    flat: list[tuple[int, dict[str, str]]] = []
    for number, each in enumerate(given, start=1):
        if not isinstance(each, Mapping):
            raise unreadable(name, message("tables.not-an-object"), f"row {number}")
        cells: dict[str, str] = {}
        for key, value in _flat(cast("Mapping[str, object]", each), "", 1):
            if isinstance(value, list):
                lists.setdefault(key, []).append(number)
            else:
                cells[key] = value
                headers[key] = None
        flat.append((number, cells))
    if len(headers) > MOST_COLUMNS:
        raise unreadable(name, message("tables.too-many-columns", n=MOST_COLUMNS), sheet)
    rows = tuple(DiaryRow(at, {key.lower(): cells.get(key, "") for key in headers}) for at, cells in flat)
    skipped = tuple(
        SkippedPart(key, message("tables.list-in-a-row"), len(numbers), tuple(numbers[:3]))
        for key, numbers in lists.items()
    )
    return SourceTable(name, form, tuple(headers), rows, 1, sheet, notices=notices, skipped=skipped)


def _flat(value: Mapping[str, object], before: str, depth: int) -> Iterator[tuple[str, Any]]:
    """The texts of an object by their path, and its lists as lists; a list of plain words is one text, cut by |."""
    for key, each in value.items():
        path = f"{before}{key}"
        if isinstance(each, Mapping):
            if depth < _DEEPEST:
                yield from _flat(cast("Mapping[str, object]", each), f"{path}.", depth + 1)
            else:
                yield path, []
        elif isinstance(each, list):
            parts = cast("list[object]", each)
            words = [part for part in parts if isinstance(part, str) and "|" not in part]
            yield path, "|".join(words) if words and len(words) == len(parts) else []
        elif each is not None:
            yield path, _text(each)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return str(value).strip()
