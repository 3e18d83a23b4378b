"""The tables as CSV files, with a dictionary of every source value: a site fills in the concepts that it may use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from assuage.fhir.omop.rows import OmopRows
from assuage.fhir.omop.tables import COLUMNS
from assuage.record.entries import Record

DICTIONARY = ("table", "source_value", "says", "concept_id")
VERSION = "5.4"


def omop_files(records: Iterable[Record], on: date) -> tuple[dict[str, str], OmopRows]:
    """The text of each file by its name, and what was written and left out. `on` is the day of the export."""
    rows = OmopRows()
    for record in records:
        rows.add(record)
    rows.tables["cdm_source"].append(
        {
            "cdm_source_name": "Assuage records",
            "cdm_source_abbreviation": "assuage",
            "cdm_holder": "not said",
            "source_description": "Every concept is 0; dictionary.csv says what the source values mean.",
            "cdm_release_date": on.isoformat(),
            "source_release_date": on.isoformat(),
            "cdm_version": VERSION,
            "cdm_version_concept_id": 0,
        }
    )
    files = {
        f"{name}.csv": _csv(columns, ([row.get(each, "") for each in columns] for row in rows.tables[name]))
        for name, columns in COLUMNS.items()
    }
    files["dictionary.csv"] = _csv(DICTIONARY, _dictionary(rows))
    return files, rows


def _dictionary(rows: OmopRows) -> Iterator[list[str]]:
    for (table, value), says in sorted(rows.meanings.items()):
        yield [table, value, says, "0"]


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
