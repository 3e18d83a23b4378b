"""Everything that is kept of a patient, in one file: the record, its entries as a table, the same as FHIR."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Final

from assuage.clinic.reminders.queries import reminders_to_json
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import stored_record
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record
from assuage.record.write import entry_to_plain, to_json, to_yaml

# What a spreadsheet takes for a formula where a cell begins with it (OWASP, CSV injection).
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIRST: Final = ("day", "date", "time", "kind")


def copy_of_everything(of: ClinicRecord, address: str = "") -> bytes:
    """A ZIP with `record.yaml`, `record.json`, `entries.csv`, `fhir.json`, and `reminders.json`: asked for and sent."""
    record = stored_record(of)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("record.yaml", to_yaml(record))
        file.writestr("record.json", to_json(record))
        file.writestr("entries.csv", entries_as_csv(record))
        file.writestr("fhir.json", json.dumps(bundle_of(record), ensure_ascii=False, indent=2))
        file.writestr(
            "reminders.json", json.dumps(reminders_to_json(of, address), ensure_ascii=False, indent=2)
        )
    return packed.getvalue()


def entries_as_csv(record: Record) -> str:
    """A row an entry; no cell of it can be taken for a formula."""
    rows = [entry_to_plain(each, record) for each in record.entries]
    for row, entry in zip(rows, record.entries, strict=True):
        row["day"] = entry.day
        on = record.date_of(entry.day)
        if on is not None:
            row["date"] = on.isoformat()
    others = sorted({name for row in rows for name in row} - set(_FIRST))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*_FIRST, *others])
    for row in rows:
        writer.writerow([no_formula(row.get(name)) for name in (*_FIRST, *others)])
    return text.getvalue()


def no_formula(value: object) -> str:
    """The cell of a value: a text that a spreadsheet would reckon with has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULAS) or words.startswith(_FORMULAS) else words
