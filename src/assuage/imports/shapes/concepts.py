"""The vocabulary of OMOP beside its tables: CONCEPT says what the numbers of concepts mean.

A whole vocabulary has millions of rows, so it is gone through line by line, and only the names of concepts that the
tables use are kept.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path

from assuage.catalogue.message import message
from assuage.imports.foreign import DiaryRow
from assuage.imports.tables.source import SourceTable, unreadable
from assuage.record.document import read_bytes

_MUST = frozenset(("concept_id", "concept_name", "vocabulary_id"))
_ID, _NAME = "_concept_id", "_concept_name"
_START = 4_096


def is_concepts(file: Path) -> bool:
    """Whether a file is the table CONCEPT, by its headers."""
    if file.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return False
    first = read_bytes(file, _START)[:_START].decode("utf-8", "replace").partition("\n")[0]
    return frozenset(re.findall(r"\w+", first.lower())) >= _MUST


def concepts_of(tables: Iterable[SourceTable]) -> frozenset[str]:
    """The numbers of the concepts that tables name; 0 is a concept that nobody matched."""
    used: set[str] = set()
    for table in tables:
        columns = [key for key in table.keys if key.endswith(_ID)]
        used.update(row.cells.get(key, "") for row in table.rows for key in columns)
    return frozenset(used - {"", "0"})


def concept_names(file: Path, used: Set[str]) -> dict[str, str]:
    """The names of the used concepts in a table CONCEPT of any size. Raises `Problems` for one that cannot be read."""
    names: dict[str, str] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            # The vocabulary as it is downloaded has tabs and no quotation marks; what a program wrote again has both.
            tabs = "\t" in first
            headers = next(csv.reader([first.lower()], delimiter="\t" if tabs else ","))
            at, name = headers.index("concept_id"), headers.index("concept_name")
            rows = csv.reader(
                stream,
                delimiter="\t" if tabs else ",",
                quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
            )
            for row in rows:
                if len(row) > max(at, name) and row[at] in used:
                    names[row[at]] = row[name].strip()
    except (OSError, UnicodeDecodeError, csv.Error, ValueError):
        raise unreadable(file.name, message("shape.concepts-broken")) from None
    return names


def with_concept_names(table: SourceTable, names: Mapping[str, str]) -> SourceTable:
    """The table whose rows hold the names of their concepts beside the numbers."""
    columns = [key for key in table.keys if key.endswith(_ID)]
    if not names or not columns:
        return table
    rows = tuple(
        DiaryRow(
            row.number,
            {
                **row.cells,
                **{
                    key.removesuffix(_ID) + _NAME: names[concept]
                    for key in columns
                    if (concept := row.cells.get(key, "")) in names
                },
            },
        )
        for row in table.rows
    )
    return replace(table, rows=rows)
