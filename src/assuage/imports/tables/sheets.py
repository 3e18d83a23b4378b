"""Sheets of an xlsx or ods file become tables: what their cells show, computed by nobody here.

`python-calamine` reads them: a formula is the value that was saved beside it, macros and links to other files are not
looked at, and XML entities are not resolved. It unpacks without bounds of its own, so the file is measured first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Literal

from assuage.catalogue.message import message
from assuage.errors import InputError
from assuage.imports.tables.archive import archive, measure
from assuage.imports.tables.delimited import tables_of_lines
from assuage.imports.tables.sheet_bounds import sheet_notices
from assuage.imports.tables.source import (
    MOST_BYTES,
    MOST_COLUMNS,
    SkippedPart,
    SourceTable,
    bytes_of_file,
    number_text,
    unreadable,
)

# Ours: four times what the packed file may be; sheets of a diary shrink to a tenth.
_MOST_UNPACKED = 4 * MOST_BYTES
_MOST_ROWS = 1_048_576  # of a sheet of Excel

Cell = int | float | str | bool | time | date | datetime | timedelta


def sheet_tables(path: Path, form: Literal["xlsx", "ods"]) -> list[SourceTable]:
    """The tables of the sheets that hold one, in order; an empty sheet is none.

    Raises `InputError` where the extra is not installed, `Problems` for a file that is broken or larger than a diary.
    """
    if find_spec("python_calamine") is None:
        raise InputError(message("extra.sheets"))
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    content = bytes_of_file(path)
    with archive(path) as opened:
        measure(opened, path.name, _MOST_UNPACKED)
        notices = sheet_notices(opened, path.name)
    tables: list[SourceTable] = []
    hidden: list[SkippedPart] = []
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.visible is not SheetVisibleEnum.Visible:
                hidden.append(SkippedPart(sheet.name, message("tables.hidden-sheet"), 1))
                continue
            read = workbook.get_sheet_by_name(sheet.name)
            if read.height > _MOST_ROWS or read.width > MOST_COLUMNS:
                raise unreadable(path.name, message("tables.too-many-columns", n=MOST_COLUMNS), sheet.name)
            first, left = read.start or (0, 0)
            rows = read.to_python()
            for (top, column), (bottom, last) in read.merged_cell_ranges or ():
                if column == last:
                    _fill_days_down(rows, top - first, bottom - first, column - left)
            lines = [
                (first + at, _without_blank_end([_text(cell) for cell in row]))
                for at, row in enumerate(rows, start=1)
            ]
            tables += [_filled_up(table) for table in tables_of_lines(lines, path.name, form, sheet.name)]
    except CalamineError:
        raise unreadable(path.name, message("tables.sheet-broken")) from None
    if tables:
        of_first = (*tables[0].skipped, *hidden)
        tables[0] = replace(tables[0], skipped=of_first, notices=(*tables[0].notices, *notices))
    return tables


def _fill_days_down(rows: list[list[Cell]], top: int, bottom: int, column: int) -> None:
    """Write the day of a merged cell into all rows beside it; of a merged number nobody knows how often it counts."""
    if not (0 <= top < len(rows) and 0 <= column < len(rows[top]) and isinstance(rows[top][column], date)):
        return
    for row in rows[top + 1 : bottom + 1]:
        if column < len(row) and row[column] == "":
            row[column] = rows[top][column]


def _without_blank_end(row: list[str]) -> list[str]:
    """The row up to its last filled cell: a sheet has no ends of rows, and a title is a row of one cell."""
    last = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
    return row[:last]


def _filled_up(table: SourceTable) -> SourceTable:
    """The table with its short rows among the others, which in a sheet they are."""
    rows = sorted((*table.rows, *table.short), key=lambda row: row.number)
    return replace(table, rows=tuple(rows), short=())


def _text(cell: Cell) -> str:
    """What a cell holds, as text: an ISO date, with the time only where it is not midnight; a number without `.0`."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case datetime():
            at_midnight = cell.time() == time.min
            return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case int() | float():
            return number_text(cell)
        case str():
            return cell.strip()
