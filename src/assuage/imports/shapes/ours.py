"""Our own tables: a row an entry, in the names of the fields of a record. (Records themselves need no shape.)"""

from __future__ import annotations

from assuage.imports.shapes.guess import entry_rows, is_entry_rows
from assuage.imports.shapes.shape import KnownShape

OURS = KnownShape(
    "entries",
    "a row an entry, in the fields of a record",
    "seen",
    "it is our own",
    "every column that is named like a field of a record (`kind`, `code`, `value`, `day` or `date`, …)",
    "other columns",
    entry_rows,
    fits=is_entry_rows,
)
