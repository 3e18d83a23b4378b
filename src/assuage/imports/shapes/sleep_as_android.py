"""Sleep as Android: a night a row, each under a header of its own with the minutes of that night."""

from __future__ import annotations

from datetime import datetime

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, rated
from assuage.imports.tables.source import SourceTable

_WRITTEN = "%d. %m. %Y %H:%M"
_KNOWN = {
    "hours": amount("sleep", "h", night=True),
    "rating": rated("sleep rating", 5, night=True),
    "comment": {"kind": "note"},
}
_NOT_RATED = ("0", "0.0", "0,0")  # what the app writes where nobody rated: no answer


def _prepare(table: SourceTable) -> SourceTable:
    """The nights under the day on which they ended, by the clock of the place where the person slept."""

    def cells_of(cells: Cells) -> Cells | Message:
        try:
            woke = datetime.strptime(cells["to"], _WRITTEN)  # noqa: DTZ007 - the person's own clock
        except ValueError:
            return message("shape.no-waking")
        prepared = {header: cells[header.lower()] for header in table.headers}
        for header, cell in prepared.items():
            unknown = cell.startswith("-1") or (header.lower() == "rating" and cell in _NOT_RATED)
            prepared[header] = "" if unknown else cell
        return {**prepared, "date": woke.date().isoformat()}

    return with_columns(table, ("date", *table.headers), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, "date", _KNOWN, elsewhere=("from", "to", "tz"))


SLEEP_AS_ANDROID = KnownShape(
    "sleep-as-android",
    "Sleep as Android",
    "seen",
    "the header that comes again above each night, the times (`21. 03. 2026 23:00`), fractions with a comma and with a "
    "point and -1 for what was not measured, in the code and tests of nine public programs that read it; that a rating "
    "of 0 is none, from memory",
    "hours of sleep and the rating from 0 to 5 of the night that ended on the day; comments as notes",
    "snoring, noise, cycles and deep sleep; the movements of each minute; places; nights whose end is not written so",
    _draft,
    frozenset({"id", "tz", "from", "to", "sched", "hours", "rating", "comment"}),
    prepare=_prepare,
)
