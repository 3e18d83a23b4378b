"""A diary as people keep it, a CSV file, becomes records."""

from __future__ import annotations

from pathlib import Path

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems
from assuage.imports.entries import NOTHING_IMPORTED, Imported, Through, records_of
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import read_map
from assuage.imports.tables.source import MOST_BYTES
from assuage.record.csv_table import csv_table, read_csv_text


def import_diary(table: str | Path, map_path: str | Path, through: Through = lambda rows: rows) -> Imported:
    """The records of a diary, one a patient. Raises `Problems` with everything wrong in map and diary."""
    file = Path(table)
    problems: list[Problem] = []
    diary_map = read_map(Path(map_path), problems)
    too_large = message("tables.too-large", megabytes=MOST_BYTES // 1_000_000)
    text = read_csv_text(file, MOST_BYTES, too_large, NOTHING_IMPORTED)
    if diary_map is None:
        raise Problems(file.name, problems, NOTHING_IMPORTED)
    try:
        read = csv_table(text, file.name, diary_map.delimiter, NOTHING_IMPORTED)
    except Problems as unreadable:
        raise Problems(file.name, [*problems, *unreadable.problems], NOTHING_IMPORTED) from None
    if read is None:
        problems.append(Problem("", message("tables.empty")))
        raise Problems(file.name, problems, NOTHING_IMPORTED)
    rows = (DiaryRow(line, cells) for line, cells in read.rows)
    foreign = ForeignTable(file.name, read.titles, rows, read.line, read.torn)
    return records_of(foreign, diary_map, through, problems)
