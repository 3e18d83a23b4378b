"""eMoods: a row a day, with four moods in levels from none to severe."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft, Meaning
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount
from assuage.imports.tables.source import SourceTable

_MOODS = ("depressed", "elevated", "irritability", "anxiety")
_DAY = "date (yyyy-mm-dd)"
_KNOWN: dict[str, Meaning] = {
    "sleep": amount("sleep", "h", night=True),
    "notes": {"kind": "note"},
    "note": {"kind": "note"},
}
_FROM_0, _FROM_1 = (0, 3), (1, 4)


def _day(table: SourceTable) -> str:
    return next(header for header in table.headers if header.lower() in (_DAY, "date"))


def _fits(table: SourceTable) -> bool:
    return bool({_DAY, "date"} & set(table.keys)) and set(_MOODS) <= set(table.keys)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    moods = {header for header in table.headers if header.lower() in _MOODS}
    of_moods: dict[str, Meaning] = {header.lower(): {} for header in moods}
    draft = a_row_a_day(table, patient, _day(table), _KNOWN | of_moods)
    levels = {cell for header in moods for cell in table.column(header)}
    for header in moods:
        draft.columns.pop(header, None)
    for header in (header for header in table.headers if header in moods and table.column(header)):
        ways = [
            {"kind": "rating", "name": header.lower(), "lowest": low, "highest": high}
            for low, high in (_FROM_0, _FROM_1)
            if levels <= {str(level) for level in range(low, high + 1)}
        ]
        if len(ways) == 1:
            draft.columns[header] = ways[0]
        else:
            draft.ask(header, message("shape.which-levels", column=header), *ways)
    return draft


EMOODS = KnownShape(
    "emoods",
    "eMoods",
    "seen",
    "the columns and the levels from 1 (none) to 4 (severe) in the code of one public program that reads a backup of "
    "it; levels from 0 to 3 and the columns of notes from memory",
    "the four moods as ratings of their own name, from 0 to 3 or from 1 to 4 by the numbers of the file, and asked "
    "where both fit; hours of sleep of the night before; notes",
    "weight, whose unit the file does not say; medication; what else a person follows",
    _draft,
    fits=_fits,
)
