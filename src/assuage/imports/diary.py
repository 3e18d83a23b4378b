"""A diary as people keep it becomes records by a map: a CSV file, or whatever else the readers of files take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems
from assuage.imports.accounts import LeftOut
from assuage.imports.entries import NOTHING_IMPORTED, Imported, Through, records_of
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import DiaryMap, read_map
from assuage.imports.shapes.concepts import concept_names, concepts_of, with_concept_names
from assuage.imports.shapes.known import SHAPES, shape_named
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.read import tables_of
from assuage.imports.tables.source import MOST_BYTES, SkippedPart, SourceTable, unreadable
from assuage.record.csv_table import CsvTable, csv_table, read_csv_text
from assuage.record.document import read_bytes

# A zip file, XML, JSON, and the marks of UTF-16 and UTF-32: what no CSV file in UTF-8 begins with.
_NO_CSV = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"<",
    b"{",
    b"[",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
)
_START = 4_096


def import_diary(
    table: str | Path,
    map_path: str | Path,
    through: Through = lambda rows: rows,
    patient: str | None = None,
    vocabularies: Sequence[Path] = (),
) -> Imported:
    """The records of a diary, one a patient. Raises `Problems` with everything wrong in map and diary.

    `patient` is the pseudonym of the one person whose diary it is, whatever the map says of it; `vocabularies` are
    tables that name the concepts which a table of a clinic refers to by number.
    """
    file = Path(table)
    problems: list[Problem] = []
    diary_map = read_map(Path(map_path), problems)
    if diary_map is None:
        text_of_csv(file)
        raise Problems(file.name, problems, NOTHING_IMPORTED)
    if patient is not None:
        diary_map = replace(diary_map, patient=patient, patient_column=None)
    read, skipped = _table(file, diary_map, problems, vocabularies)
    imported = records_of(read, diary_map, through, problems)
    before = tuple(LeftOut(each.what, each.why, each.count, each.rows) for each in skipped)
    return replace(imported, left_out=(*before, *imported.left_out))


def text_of_csv(file: Path) -> str:
    """The text of a CSV file in UTF-8. Raises `Problems` for one that is larger than a diary, or another text."""
    too_large = message("tables.too-large", megabytes=MOST_BYTES // 1_000_000)
    return read_csv_text(file, MOST_BYTES, too_large, NOTHING_IMPORTED)


def _table(
    file: Path, diary_map: DiaryMap, problems: list[Problem], vocabularies: Sequence[Path]
) -> tuple[ForeignTable, Sequence[SkippedPart]]:
    """The table that the map describes, and what its readers left out of it.

    A CSV file is read by its first row, all else by the readers of files and shapes.
    """
    if diary_map.shape is not None or diary_map.part is not None:
        part = _part(file, diary_map, vocabularies)
        return part.foreign, part.skipped
    if read_bytes(file, _START).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NO_CSV):
        part = _part(file, diary_map, vocabularies)
        return part.foreign, part.skipped
    try:
        read = csv_table(text_of_csv(file), file.name, diary_map.delimiter, NOTHING_IMPORTED)
    except Problems as wrong:
        raise Problems(file.name, [*problems, *wrong.problems], NOTHING_IMPORTED) from None
    if read is None:
        raise Problems(file.name, [*problems, Problem("", message("tables.empty"))], NOTHING_IMPORTED)
    day = diary_map.date or diary_map.day
    if day is not None:
        with_day = [each for each in tables_of(file, diary_map.delimiter) if day.lower() in each.keys]
        if len(with_day) == 1 and (day.lower() not in read.headers or _more_than_rows(with_day[0], read)):
            return with_day[0].foreign, with_day[0].skipped
    rows = (DiaryRow(line, cells) for line, cells in read.rows)
    return ForeignTable(file.name, read.titles, rows, read.line, read.torn), ()


def _more_than_rows(table: SourceTable, read: CsvTable) -> bool:
    """Whether more stands in a file than one row of headers and its rows: a second row of headers, totals, a title."""
    width = min(len(table.headers), len(read.titles))
    return bool(table.skipped) or table.headers[:width] != read.titles[:width]


def _part(file: Path, diary_map: DiaryMap, vocabularies: Sequence[Path]) -> SourceTable:
    """The part of a file that the map names, with its rows made ready as its shape says."""
    tables = tables_of(file, diary_map.delimiter)
    parts = tuple(table.sheet for table in tables)
    if diary_map.part is not None:
        tables = [table for table in tables if table.sheet == diary_map.part]
        if not tables:
            raise unreadable(file.name, message("shape.no-such-part", name=diary_map.part, known=parts))
    shape = _shape(file, diary_map.shape)
    if shape is not None and len(tables) > 1:
        tables = [table for table in tables if shape.is_of(table)]
    if len(tables) != 1:
        raise unreadable(file.name, message("shape.which-part", known=parts))
    table = tables[0]
    for vocabulary in vocabularies:
        table = with_concept_names(table, concept_names(vocabulary, concepts_of([table])))
    return table if shape is None else shape.prepare(table)


def _shape(file: Path, name: str | None) -> KnownShape | None:
    shape = shape_named(name) if name is not None else None
    if name is not None and shape is None:
        known = tuple(each.id for each in SHAPES)
        raise unreadable(file.name, message("shape.no-such", name=name, known=known))
    return shape
