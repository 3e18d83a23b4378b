"""A file becomes its tables: what kind it is stands in its bytes, not in the ending of its name."""

from __future__ import annotations

from pathlib import Path

from assuage.catalogue.message import message
from assuage.imports.tables.apple_health import apple_health_table, begins_like_health, health_member
from assuage.imports.tables.archive import archive
from assuage.imports.tables.delimited import csv_tables
from assuage.imports.tables.encodings import text_of
from assuage.imports.tables.objects import json_tables, ndjson_table
from assuage.imports.tables.sheets import sheet_tables
from assuage.imports.tables.source import SourceTable, bytes_of_file, unreadable
from assuage.record.document import read_bytes

_START = 65_536
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def tables_of(path: Path, delimiter: str | None = None) -> list[SourceTable]:
    """The tables of a file, at least one. Raises `Problems` where there is none, `InputError` where it cannot be read.

    `delimiter` is that of a CSV file where a map says so.
    """
    start = read_bytes(path, _START)[:_START]
    if start.startswith(_ZIP):
        tables = _of_zip(path)
    elif start.startswith(_OLE):
        raise unreadable(path.name, message("tables.old-excel"))
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if not begins_like_health(start):
            raise unreadable(path.name, message("tables.other-xml"))
        tables = [apple_health_table(path)]
    else:
        tables = _of_text(path, delimiter)
    if not tables:
        raise unreadable(path.name, message("tables.empty"))
    return tables


def _of_zip(path: Path) -> list[SourceTable]:
    with archive(path) as opened:
        names = opened.namelist()
        if health_member(names) is not None:
            return [apple_health_table(path)]
        if "xl/workbook.xml" in names:
            return sheet_tables(path, "xlsx")
        if "content.xml" in names and "mimetype" in names:
            return sheet_tables(path, "ods")
    raise unreadable(path.name, message("tables.other-zip"))


def _of_text(path: Path, delimiter: str | None) -> list[SourceTable]:
    text, notices = text_of(bytes_of_file(path), path.name)
    begins = text.lstrip()[:1]
    if begins == "[" or (begins == "{" and not is_ndjson(text)):
        return json_tables(text, path.name, notices)
    if begins == "{":
        return [ndjson_table(text, path.name, notices)]
    return csv_tables(text, path.name, notices, delimiter)


def is_ndjson(text: str) -> bool:
    """Whether the first two lines that hold something are each an object of their own."""
    lines = [line.strip() for line in text[:200_000].splitlines()[:20] if line.strip()]
    return len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines[:2])
