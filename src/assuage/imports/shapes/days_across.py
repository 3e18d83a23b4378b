"""Days beside one another: a table whose headers are days and whose rows are what was rated is turned first."""

from __future__ import annotations

from dataclasses import replace

from assuage.catalogue.message import message
from assuage.imports.foreign import DiaryRow
from assuage.imports.shapes.dates import date_readings
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.guess import guess
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.tables.source import SourceTable
from assuage.terms.months import SHORT_WEEKDAYS, WEEKDAYS
from assuage.terms.names import folded

_DAY = "date"
_MOST_OF_HEADERS = 0.8
_FEWEST_WEEKDAYS = 5  # of a week of work, or of the days of a month (ours)
_FEWEST_DAYS = 3  # two dates may be the beginning and the end of something


def days_across(table: SourceTable) -> tuple[str, ...]:
    """The headers that are days, where nearly all but the first are and the cells below them are not; else none."""
    named = [header for header in table.headers[1:] if header]
    dated = tuple(header for header in named if _is_day(header))
    if len(dated) < _FEWEST_DAYS or len(dated) <= _MOST_OF_HEADERS * len(named):
        return ()
    # Cells that are dates, too, say that a header is missing.
    return () if any(date_readings(table.column(header)) for header in dated[:3]) else dated


def undated_across(table: SourceTable) -> tuple[str, ...]:
    """The headers that are days without a date, weekdays or the days of a month, where they are most; else none.

    Of which date each is, the sheet alone does not say, and a week of one column would be seven things.
    """
    named = [header for header in table.headers[1:] if header]
    weekdays = tuple(header for header in named if _is_weekday(header))
    numbers = tuple(header for header in named if header.isascii() and header.isdigit())
    in_order = [int(number) for number in numbers] == [*range(1, len(numbers) + 1)]
    undated = weekdays if len(set(weekdays)) >= _FEWEST_WEEKDAYS else numbers if in_order else ()
    enough = len(undated) >= _FEWEST_WEEKDAYS and len(undated) > _MOST_OF_HEADERS * len(named)
    # Numbered questions beside a day of their own are no days.
    dated = undated is numbers and bool(date_readings(table.column(table.headers[0])))
    return undated if enough and not dated else ()


def _is_weekday(header: str) -> bool:
    word = folded(header).rstrip(".")
    return word in WEEKDAYS or word in SHORT_WEEKDAYS


def _is_day(header: str) -> bool:
    """Whether a header is a date; one without a year is, too, and its year is asked about once the table is turned."""
    return bool(date_readings([header], named=True) or date_readings([f"{header} 2024"], named=True))


def _names(table: SourceTable) -> list[str]:
    """What each row is of: its first cell."""
    first = table.headers[0].lower()
    return [row.cells.get(first, "") for row in table.rows]


def _fits(table: SourceTable) -> bool:
    """Whether it can be turned: each filled row has a name of its own, and no column but the first is without a day."""
    dated = days_across(table)
    named = [header for header in table.headers[1:] if header]
    names = [name.casefold() for name in _names(table)]
    return (
        bool(dated)
        and len(dated) == len(named)
        and all(names)
        and len(set(names)) == len(names)
        and _DAY not in names
    )


def _turned(table: SourceTable) -> SourceTable:
    """The table with a row a day, by the number of its column."""
    names = _names(table)
    days = [(at, header) for at, header in enumerate(table.headers) if at and header]
    rows = tuple(
        DiaryRow(
            at + 1,
            {_DAY: header}
            | {
                name.lower(): row.cells.get(header.lower(), "")
                for name, row in zip(names, table.rows, strict=True)
            },
        )
        for at, header in days
    )
    return replace(table, headers=(_DAY, *names), rows=rows)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = guess(table, patient)
    draft.take("diary", message("shape.taken-turned", n=len(table.headers) - 1))
    return draft


DAYS_ACROSS = KnownShape(
    "days-across",
    "Days beside one another",
    "seen",
    "it is no program's, but how people rule a sheet of paper",
    "a row a day, each row of the sheet a column: what it is taken for is guessed at as in any other table",
    "nothing; a name that stands twice, or a column between the days, is asked about",
    _draft,
    fits=_fits,
    prepare=_turned,
)
