"""A table becomes records by a map of its columns; every bad cell is reported, or nothing is imported.

A blank cell is unknown: it makes no entry, and never a 0. What a cell may hold beyond that is what the field
of a record may hold; the map (`assuage.imports.map`) says which field a column is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from assuage.catalogue.message import Message
from assuage.errors import Problem, Problems
from assuage.imports.cells import entries_of_day, entry_of_row, headers_needed
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import DiaryMap
from assuage.record.csv_table import date_in, day_in
from assuage.record.entries import Record
from assuage.record.entry import FORMAT
from assuage.record.fields import shown
from assuage.record.read import examine

NOTHING_IMPORTED = "nothing imported"
_ISO = "%Y-%m-%d"
_ROWS_SHOWN = 3  # of a cause that many rows share
_PLACE = re.compile(r"entries\[(\d+)\]\.?([^ ]*)")

# How the rows are gone through; the command line puts a progress bar here.
Through = Callable[[Sequence[DiaryRow]], Iterable[DiaryRow]]


class _At(NamedTuple):
    row: int
    header: str
    cell: str


class _Fault(NamedTuple):
    """What is wrong with a cell."""

    row: int
    title: str
    cell: str
    text: str

    @property
    def cause(self) -> tuple[str, str]:
        """What it shares with the faults of other rows: the column, and the text without what stands in the cell."""
        return self.title, self.text.replace(self.cell, "…") if self.cell else self.text


@dataclass
class _PatientEntries:
    """Entries of one patient, and for each the row and the cells that it came from."""

    entries: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    rows: list[int] = field(default_factory=list[int])
    cells: list[dict[str, _At]] = field(default_factory=list[dict[str, _At]])
    starts_on: date | None = None


@dataclass(frozen=True)
class LeftOut:
    """What makes no entry, and why: the column or name, the reason, how many rows, and the first of them."""

    what: str
    why: Message
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Imported:
    """The records of a table, one a patient; what was left out, and what its reader should know of the rest."""

    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Problem, ...] = ()


def records_of(
    table: ForeignTable,
    diary_map: DiaryMap,
    through: Through = lambda rows: rows,
    problems: Sequence[Problem] = (),
) -> Imported:
    """What a table says. Raises `Problems` with everything wrong in it, after `problems` of its map."""
    told = list(problems)
    records = _Import(diary_map, table.name, told).records(table, through)
    if told:
        raise Problems(table.name, told, NOTHING_IMPORTED)
    return Imported(tuple(records))


class _Import:
    def __init__(self, diary_map: DiaryMap, name: str, problems: list[Problem]) -> None:
        self.map = diary_map
        self.name = name
        self.problems = problems
        self.titles: dict[str, str] = {}
        self.told: set[tuple[int, str]] = set()
        self.faults: list[_Fault] = []

    def say(self, row: int, header: str, cell: str, text: str) -> None:
        self.faults.append(_Fault(row, self.titles.get(header, header), cell, text))

    def records(self, table: ForeignTable, through: Through) -> list[Record]:
        if not self._header(table):
            return []
        self.problems += _torn_by_cause(table.torn)
        rows = [
            DiaryRow(line, {header: self._cell(cell) for header, cell in cells.items()})
            for line, cells in table.rows
        ]
        by_patient: dict[str, _PatientEntries] = {}
        dates = self._dates(rows)
        starts = self._starts(rows, dates)
        seen: dict[tuple[str, object], int] = {}
        for row in through(rows):
            patient = self._patient(row)
            on = dates.get(row.number)
            if patient is None and on is not None:
                continue
            when = self._when(row, on, starts.get(patient or ""))
            if patient is None or when is None:
                continue
            if self.map.layout == "day":
                first = seen.setdefault((patient, str(when)), row.number)
                if first != row.number:
                    header = (self.map.date or self.map.day or "").lower()
                    text = f"a second row for this day; the first is row {first}"
                    self.say(row.number, header, row.cells.get(header, ""), text)
                    continue
            patient_entries = by_patient.setdefault(patient, _PatientEntries(starts_on=starts.get(patient)))
            self._take(row, when, patient_entries)
        records = [self._record(patient, patient_entries) for patient, patient_entries in by_patient.items()]
        self.problems += _by_cause(self.faults)
        self.problems.sort(key=_row_of)
        if not any(patient_entries.entries for patient_entries in by_patient.values()) and not self.problems:
            self.problems.append(Problem("", "no row has an entry"))
        return [record for record in records if record is not None]

    # ---------------------------------------------------------------- the table

    def _cell(self, cell: str) -> str:
        return "" if cell.casefold() in self.map.blank else cell

    def _header(self, table: ForeignTable) -> bool:
        """Whether the columns of the map and of the table are the same; every difference is a problem."""
        before = len(self.problems)
        wanted = headers_needed(self.map)
        for at, title in enumerate(table.headers, start=1):
            low = title.lower()
            place = f"row {table.line}, column {at}"
            if not title:
                self.problems.append(Problem(place, "has no name; name it, or take it out"))
            elif low in self.titles:
                self.problems.append(Problem(place, f'a second column "{title}"; rename one'))
            elif low not in wanted and title.casefold() not in self.map.ignore:
                remedy = _nearest_title(title, [name for name, _ in wanted.values()])
                end = "" if remedy.endswith("?") else "."
                text = f'{remedy}{end} Map it, or list it in ignore = ["{title}"]'
                self.problems.append(Problem(place, text))
            self.titles.setdefault(low, title)
        for header, (title, required) in wanted.items():
            if required and header not in self.titles:
                remedy = _nearest_title(title, table.headers).removeprefix("unknown column ")
                self.problems.append(Problem(f"row {table.line}", f"no column {remedy}"))
        return len(self.problems) == before

    # ---------------------------------------------------------------- who and when

    def _patient(self, row: DiaryRow) -> str | None:
        column = (
            self._column_of("patient") if self.map.patient_column is None else self.map.patient_column.lower()
        )
        if self.map.patient is not None:
            return self.map.patient
        patient = row.cells.get(column or "", "")
        if not patient:
            self.say(row.number, column or "patient", "", "is blank; whose row is this?")
        return patient or None

    def _column_of(self, name: str) -> str | None:
        """The header of a field in a one-row-an-entry diary."""
        renamed = (header for header, field_name in self.map.fields.items() if field_name == name)
        return next(renamed, name if name in self.titles else None)

    def _date_column(self) -> str | None:
        return self.map.date.lower() if self.map.date else self._column_of("date")

    def _dates(self, rows: Sequence[DiaryRow]) -> dict[int, date]:
        dates: dict[int, date] = {}
        column = self._date_column() if self.map.layout == "entry" or self.map.date else None
        if column is None:
            return dates
        form = self._date_format(rows, column)
        if form is None:
            return dates
        for row in rows:
            cell = row.cells.get(column, "")
            on = _date_of(cell, form)
            if on is not None:
                dates[row.number] = on
            elif cell or self.map.layout == "day":
                text = f"not a date written like {form}" if cell else "is blank; which day is this?"
                self.say(row.number, column, cell, text)
        return dates

    def _date_format(self, rows: Sequence[DiaryRow], column: str) -> str | None:
        """The one format that the whole column is read by: the one that reads most of it.

        None, with a problem, where two formats read as much and differ: nobody can say then which day a row is of.
        """
        cells: dict[str, int] = {}
        for row in rows:
            cells.setdefault(row.cells.get(column, ""), row.number)
        dates_by = {form: {cell: _date_of(cell, form) for cell in cells} for form in self.map.date_format}
        most = max(sum(on is not None for on in dates.values()) for dates in dates_by.values())
        best = [
            form for form, dates in dates_by.items() if sum(on is not None for on in dates.values()) == most
        ]
        for cell, row in cells.items():
            readings = {form: dates_by[form][cell] for form in best}
            if most and len(set(readings.values())) > 1:
                told = ", ".join(f"{on or 'no date'} by {form}" for form, on in readings.items())
                self.say(row, column, cell, f"can be read as {told}; leave one format in date_format")
                return None
        return best[0]

    def _starts(self, rows: Sequence[DiaryRow], dates: dict[int, date]) -> dict[str, date]:
        """The date of day 0 of each patient."""
        starts: dict[str, date] = {}
        before = len(self.faults)
        for row in rows:
            patient = self._patient(row)
            if patient is None:
                continue
            if isinstance(self.map.starts_on, date):
                starts[patient] = self.map.starts_on
            elif self.map.starts_on == "first" and row.number in dates:
                starts[patient] = min(starts.get(patient, dates[row.number]), dates[row.number])
        # Blank patients are told of once, where the row is read.
        del self.faults[before:]
        return starts

    def _when(self, row: DiaryRow, on: date | None, starts_on: date | None) -> dict[str, Any] | None:
        """The entry's `day` or `date`; None when it cannot be known."""
        if on is not None:
            if starts_on is None:
                text = 'needs starts_on in the map, the date of day 0 (or "first")'
                self.say(row.number, self._date_column() or "date", str(on), text)
                return None
            return {"date": on.isoformat()} if self.map.keep_dates else {"day": (on - starts_on).days}
        if self.map.date:
            return None
        column = self.map.day.lower() if self.map.day else self._column_of("day")
        cell = row.cells.get(column or "", "")
        day = day_in(cell)
        if day is not None:
            return {"day": day}
        if cell or self.map.layout == "day" or row.cells.get(self._date_column() or "", "") == "":
            text = "must be a whole number of days from day 0" if cell else "is blank; which day is this?"
            self.say(row.number, column or "day", cell, text)
        return None

    # ---------------------------------------------------------------- entries

    def _take(self, row: DiaryRow, when: dict[str, Any], of_patient: _PatientEntries) -> None:
        new_entries = entries_of_day(row.cells, self.map) if self.map.layout == "day" else None
        if new_entries is None:
            previous = of_patient.entries[-1] if of_patient.entries else None
            new_entries = entry_of_row(row.cells, self.map, {**when}, previous)
        for entry in new_entries:
            for bad in entry.bad:
                self.told.add((row.number, bad.header))
                self.say(row.number, bad.header, row.cells.get(bad.header, ""), bad.text)
            cells = {
                name: _At(row.number, header, row.cells.get(header, ""))
                for name, header in entry.cells.items()
            }
            if entry.joins:
                of_patient.cells[-1] = cells | of_patient.cells[-1]
            elif entry.plain is not None:
                # One with a bad cell too, so that its other cells are judged; it cannot become a record.
                of_patient.entries.append({**when, **entry.plain})
                of_patient.rows.append(row.number)
                of_patient.cells.append(cells)

    def _record(self, patient: str, of_patient: _PatientEntries) -> Record | None:
        who = {"id": patient, "sex": self.map.sex, "age": self.map.age}
        plain: dict[str, Any] = {"format": FORMAT, "patient": who, "entries": of_patient.entries}
        if of_patient.starts_on is not None and self.map.keep_dates:
            plain["starts_on"] = of_patient.starts_on.isoformat()
        if self.map.pathway is not None:
            plain["pathway"] = self.map.pathway
        record, problems = examine(plain)
        for problem in problems:
            match = _PLACE.match(problem.place)
            text = _PLACE.sub(lambda other: f"row {of_patient.rows[int(other[1])]}", problem.text)
            if match is None:
                self.problems.append(Problem(f"patient {shown(patient)} {problem.place}", text))
                continue
            at, name = int(match[1]), match[2]
            cells = of_patient.cells[at]
            cell = cells.get(name) or cells.get(name.split("[")[0]) or next(iter(cells.values()))
            # A cell that could not be read is blank to the record, which would call it missing.
            if (cell.row, cell.header) not in self.told:
                self.say(cell.row, cell.header, cell.cell, text)
        return record


def _date_of(cell: str, form: str) -> date | None:
    if form == _ISO:
        return date_in(cell)
    if any(sign.isdigit() and not sign.isascii() for sign in cell):
        return None
    try:
        return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return None


def _torn_by_cause(torn: Iterable[Problem]) -> Iterator[Problem]:
    """The rows that do not fit the header, those with the same cause together."""
    by_cause: dict[Message | str, list[Problem]] = {}
    for problem in torn:
        by_cause.setdefault(problem.what, []).append(problem)
    for what, alike in by_cause.items():
        yield Problem(_rows_of([_row_of(problem) for problem in alike]), what)


def _rows_of(rows: Sequence[int]) -> str:
    more = len(rows) - _ROWS_SHOWN
    first = ", ".join(map(str, rows[:_ROWS_SHOWN]))
    return f"row {first} and {more} more" if more > 0 else f"row {first}"


def _by_cause(faults: Iterable[_Fault]) -> Iterator[Problem]:
    """One problem for each cause, with the first rows that have it and how many more there are."""
    by_cause: dict[tuple[str, str], list[_Fault]] = {}
    for fault in faults:
        by_cause.setdefault(fault.cause, []).append(fault)
    for alike in by_cause.values():
        rows, title = _rows_of([fault.row for fault in alike]), alike[0].title
        held = ", ".join(dict.fromkeys(fault.cell for fault in alike[:_ROWS_SHOWN]))
        yield Problem(f"{rows}  {title} = {held}" if title else rows, alike[0].text)


def _row_of(problem: Problem) -> int:
    match = re.match(r"row (\d+)", problem.place)
    return int(match[1]) if match else 0


def _nearest_title(title: str, known: Sequence[str]) -> str:
    """The remedy for an unknown column, with the known titles as they are written."""
    written = {name.lower(): name for name in known if name}
    close = get_close_matches(title.lower(), written, n=1, cutoff=0.6)
    if close:
        return f'unknown column "{title}"; did you mean "{written[close[0]]}"?'
    return f'unknown column "{title}"; known: {", ".join(sorted(written.values()))}'
