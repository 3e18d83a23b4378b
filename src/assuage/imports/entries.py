"""A table becomes records by a map of its columns; every bad cell is reported, or nothing is imported.

A blank cell is unknown: it makes no answer, and never a 0. What a cell may hold beyond that is what the field of a
record may hold; the map (`assuage.imports.map`) says which field a column is. Every row that is read makes entries, is
left out with a reason, or has a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems
from assuage.imports.accounts import Accounts, Fault, LeftOut, row_of, torn_by_cause
from assuage.imports.cells import CellEntry, headers_needed, reading_of, unmet_reason
from assuage.imports.entry_rows import entry_of_row
from assuage.imports.episodes import night_of, over_its_span
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import DiaryMap, ignored
from assuage.imports.moments import DateSpan, Moments, slip_of, utc_today, when_of
from assuage.imports.patients import CellAt, PatientEntries, PlainEntry
from assuage.record.csv_table import YES
from assuage.record.entries import Record
from assuage.record.entry import FORMAT
from assuage.record.fields import shown
from assuage.record.read import examine

NOTHING_IMPORTED = message("tables.nothing-imported")
_PLACE = re.compile(r"entries\[(\d+)\]\.?([^ ]*)")

# How the rows are gone through; the command line puts a progress bar here.
Through = Callable[[Sequence[DiaryRow]], Iterable[DiaryRow]]


@dataclass(frozen=True)
class Imported:
    """The records of a table, one a patient; what was left out, and what its reader should know of the rest.

    Of the `rows` that were read those that are not `used` are among what was left out, as whole rows.
    """

    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Problem, ...] = ()
    rows: int = 0
    used: int = 0


def records_of(
    table: ForeignTable,
    diary_map: DiaryMap,
    through: Through = lambda rows: rows,
    problems: Sequence[Problem] = (),
) -> Imported:
    """What a table says. Raises `Problems` with everything wrong in it, after `problems` of its map."""
    told = list(problems)
    imported = _Import(diary_map, told).imported(table, through)
    if told:
        raise Problems(table.name, told, NOTHING_IMPORTED)
    return imported


class _Import:
    def __init__(self, diary_map: DiaryMap, problems: list[Problem]) -> None:
        self.map = diary_map
        self.problems = problems
        self.titles: dict[str, str] = {}
        self.told: set[tuple[int, str]] = set()
        self.accounts = Accounts()
        self.notices: list[Problem] = []
        self.graded: dict[tuple[str, str], dict[str, int]] = {}

    def say(self, row: int, header: str, cell: str, what: Message | str) -> None:
        self.accounts.faults.append(Fault(row, self.titles.get(header, header), cell, what))

    def imported(self, table: ForeignTable, through: Through) -> Imported:
        if not self._header(table):
            return Imported(())
        self.problems += torn_by_cause(table.torn)
        read = [
            DiaryRow(line, {header: self._cell(cell) for header, cell in cells.items()})
            for line, cells in table.rows
        ]
        rows = [row for row in read if self._counts(row)]
        self._left_columns(rows)
        by_patient = self._patients(rows, read, through)
        for entries in by_patient.values():
            entries.settle(self.map.by)
        used = set[int]().union(*(entries.used for entries in by_patient.values()))
        self._unused(rows, used)
        records = [
            self._record(patient, entries) for patient, entries in by_patient.items() if entries.entries
        ]
        self.problems += self.accounts.problems()
        self.problems.sort(key=row_of)
        if not records and not self.problems:
            self.problems.append(Problem("", message("import.no-entry")))
        self._tell_of_conversions()
        self._tell_of_grades()
        kept = tuple(record for record in records if record is not None)
        return Imported(kept, self.accounts.left_out(), tuple(self.notices), len(read), len(used))

    # ---------------------------------------------------------------- rows

    def _patients(
        self, rows: Sequence[DiaryRow], read: Sequence[DiaryRow], through: Through
    ) -> dict[str, PatientEntries]:
        """What the counted rows give; all that were `read` tell in which format their dates are."""
        by_patient: dict[str, PatientEntries] = {}
        spans = self._spans(rows, read)
        self._say_slips(rows, spans)
        starts = self._starts(rows, spans)
        for row in through(rows):
            span = spans.get(row.number)
            patient = self._patient(row)
            if patient is None:
                self.say(row.number, self._patient_column(), "", message("import.blank-patient"))
            if patient is None or span is None:
                continue
            start = starts.get(patient)
            if when_of(span.start, start, self.map.keep_dates) is None:
                column = self._date_column() or "date"
                self.say(row.number, column, str(span.start.day), message("import.needs-start"))
                continue
            self._take(row, span, by_patient.setdefault(patient, PatientEntries(start)))
        return by_patient

    def _say_slips(self, rows: Sequence[DiaryRow], spans: Mapping[int, DateSpan]) -> None:
        """Say of each row of a diary whose date cannot be right; in a list of illnesses decades may lie between."""
        if self.map.layout != "day" or self.map.shape is not None:
            return
        by_patient: dict[str | None, dict[int, date]] = {}
        for row in rows:
            span = spans.get(row.number)
            if span is not None and isinstance(span.start.day, date):
                by_patient.setdefault(self._patient(row), {})[row.number] = span.start.day
        column = self._date_column() or "date"
        for days in by_patient.values():
            others, now = sorted(set(days.values())), utc_today()
            for number, day in days.items():
                wrong = slip_of(day, others, now)
                if wrong is not None:
                    self.say(number, column, day.isoformat(), wrong)

    def _counts(self, row: DiaryRow) -> bool:
        """Whether the map counts the row as an answer."""
        unmet = next((each for each in self.map.when if not each.holds(row.cells)), None)
        if unmet is not None:
            self.accounts.leave(row.number, "", unmet_reason(unmet), whole=True)
        return unmet is None

    def _left_columns(self, rows: Sequence[DiaryRow]) -> None:
        """What is left out because the map says so: each column that has a filled cell."""
        wanted = headers_needed(self.map)
        for header, title in self.titles.items():
            if header not in wanted:
                for row in rows:
                    if row.cells.get(header):
                        self.accounts.leave(row.number, title, message("left-out.ignored"))

    def _unused(self, rows: Sequence[DiaryRow], used: set[int]) -> None:
        """Rows that make no entry are left out whole, with the reason that some of their cells have."""
        why_out: dict[int, tuple[str, Message, bool]] = {}
        for key, numbers in self.accounts.left.items():
            if key[1].id != "left-out.ignored" and not key[2]:
                for number in numbers:
                    why_out.setdefault(number, key)
        faulty = {fault.row for fault in self.accounts.faults}
        for row in rows:
            if row.number in used or row.number in faulty:
                continue
            what, why, _ = why_out.get(row.number, ("", message("left-out.no-answer"), False))
            self.accounts.leave_whole(row.number, what, why)

    def _take(self, row: DiaryRow, span: DateSpan, of_patient: PatientEntries) -> None:
        when = cast("dict[str, Any]", when_of(span.start, of_patient.starts_on, self.map.keep_dates))
        if self.map.layout == "entry":
            self._take_entry(row, span, when, of_patient)
            return
        reading = reading_of(row.cells, self.map)
        for what, why in reading.skipped:
            self.accounts.leave(row.number, what, why)
        for meaning in reading.not_asked:
            at = when_of(night_of(meaning, span.start), of_patient.starts_on, self.map.keep_dates) or when
            of_patient.ask_nothing(next(iter(at.values())), meaning.named, row.number)
        for entry in reading.entries:
            cells = self._cells(row, entry)
            if entry.plain is None or entry.meaning is None:
                continue
            if entry.yes is not None and entry.meaning.kind == "symptom":
                of_meaning = self.graded.setdefault((entry.meaning.header, entry.plain["what"]), {})
                of_meaning.setdefault(entry.yes, row.number)
            for at, plain in over_its_span(entry.plain, entry.meaning, span):
                at_when = when_of(at, of_patient.starts_on, self.map.keep_dates) or {}
                timed = at_when if at.time is None else at_when | {"time": at.time}
                new = PlainEntry(timed | plain, row.number, cells)
                of_patient.take(new, entry.meaning.header, self.accounts)

    def _take_entry(
        self, row: DiaryRow, span: DateSpan, when: dict[str, Any], of_patient: PatientEntries
    ) -> None:
        if span.start.time is not None:
            when = when | {"time": span.start.time}
        previous = of_patient.entries[-1] if of_patient.entries else None
        for entry in entry_of_row(row.cells, self.map, when, None if previous is None else previous.plain):
            cells = self._cells(row, entry)
            if entry.joins and previous is not None:
                previous.cells = cells | previous.cells
            elif entry.plain is not None:
                # One with a bad cell too, so that its other cells are judged; it cannot become a record.
                of_patient.add(PlainEntry(when | entry.plain, row.number, cells))

    def _cells(self, row: DiaryRow, entry: CellEntry) -> dict[str, CellAt]:
        for bad in entry.bad:
            self.told.add((row.number, bad.header))
            self.say(row.number, bad.header, row.cells.get(bad.header, ""), bad.what)
        return {
            name: CellAt(row.number, header, row.cells.get(header, ""))
            for name, header in entry.cells.items()
        }

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
                self.problems.append(Problem(place, message("import.column-without-name")))
            elif low in self.titles:
                self.problems.append(Problem(place, message("import.column-twice", column=title)))
            elif low not in wanted and not ignored(title, self.map.ignore):
                nearest = _nearest_title(title, [name for name, _ in wanted.values()])
                self.problems.append(
                    Problem(place, message("import.unknown-column", column=title, **nearest))
                )
            self.titles.setdefault(low, title)
        for header, (title, required) in wanted.items():
            if required and header not in self.titles:
                nearest = _nearest_title(title, table.headers)
                what = message("import.no-column", column=title, **nearest)
                self.problems.append(Problem(f"row {table.line}", what))
        return len(self.problems) == before

    # ---------------------------------------------------------------- who and when

    def _patient_column(self) -> str:
        column = self.map.patient_column
        return column.lower() if column is not None else self._column_of("patient") or "patient"

    def _patient(self, row: DiaryRow) -> str | None:
        """Whose row it is; None where its cell is blank."""
        return self.map.patient or row.cells.get(self._patient_column()) or None

    def _column_of(self, name: str) -> str | None:
        """The header of a field in a one-row-an-entry diary."""
        renamed = (header for header, field_name in self.map.fields.items() if field_name == name)
        return next(renamed, name if name in self.titles else None)

    def _date_column(self) -> str | None:
        if self.map.date:
            return self.map.date.lower()
        return self._column_of("date") if self.map.layout == "entry" else None

    def _spans(self, rows: Sequence[DiaryRow], read: Sequence[DiaryRow]) -> dict[int, DateSpan]:
        day_column = self.map.day.lower() if self.map.day else self._column_of("day")
        return Moments(self.map, self.say, read).of(rows, self._date_column(), day_column)

    def _starts(self, rows: Sequence[DiaryRow], spans: Mapping[int, DateSpan]) -> dict[str, date]:
        """The date of day 0 of each patient."""
        starts: dict[str, date] = {}
        for row in rows:
            patient = self._patient(row)
            if patient is None:
                continue
            on = spans[row.number].start.day if row.number in spans else None
            if isinstance(self.map.starts_on, date):
                starts[patient] = self.map.starts_on
            elif self.map.starts_on == "first" and isinstance(on, date):
                starts[patient] = min(starts.get(patient, on), on)
        return starts

    # ---------------------------------------------------------------- the record

    def _record(self, patient: str, of_patient: PatientEntries) -> Record | None:
        who = {"id": patient, "sex": self.map.sex, "age": self.map.age}
        entries = of_patient.entries
        plain: dict[str, Any] = {
            "format": FORMAT,
            "patient": who,
            "zone": self.map.zone,
            "pathway": self.map.pathway,
            "entries": [entry.plain for entry in entries],
        }
        if of_patient.starts_on is not None and self.map.keep_dates:
            plain["starts_on"] = of_patient.starts_on.isoformat()
        record, problems = examine(plain)
        rows = [entry.row for entry in entries]
        for problem in problems:
            match = _PLACE.match(problem.place)
            what = _by_rows(problem.what, rows)
            if match is None:
                self.problems.append(Problem(f"patient {shown(patient)} {problem.place}", what))
                continue
            at, name = int(match[1]), match[2]
            cells = entries[at].cells
            cell = cells.get(name) or cells.get(name.split("[")[0]) or next(iter(cells.values()))
            # A cell that could not be read is blank to the record, which would call it missing.
            if (cell.row, cell.header) not in self.told:
                self.say(cell.row, cell.header, cell.cell, what)
        return record

    # ---------------------------------------------------------------- notices

    def _tell_of_conversions(self) -> None:
        for meaning in self.map.meanings():
            if meaning.ends is None:
                continue
            low, high = meaning.ends or (0.0, 0.0)
            first, last = meaning.to or (0.0, 0.0)
            if meaning.reverse:
                first, last = last, first
            if (low, high) != (first, last):
                what = message("import.converted", low=low, high=high, first=first, last=last)
                self.notices.append(Problem(meaning.header, what))

    def _tell_of_grades(self) -> None:
        """Words of a grade that are all read as present are told of: what they tell apart is lost."""
        for (header, _), rows in self.graded.items():
            beyond = [word for word in rows if word not in YES]
            if beyond and len(beyond) + any(word in YES for word in rows) > 1:
                self.notices.append(Problem(header, message("import.grade-lost", words=tuple(rows))))


def _by_rows(what: Message | str, rows: Sequence[int]) -> Message | str:
    """The same with rows of the table in the place of entries of the record."""
    if isinstance(what, str):
        return _PLACE.sub(lambda match: f"row {rows[int(match[1])]}", what)
    return replace(what, values=tuple((name, _value_by_rows(value, rows)) for name, value in what.values))


def _value_by_rows(value: object, rows: Sequence[int]) -> object:
    match value:
        case str() | Message():
            return _by_rows(value, rows)
        case tuple():
            return tuple(_value_by_rows(each, rows) for each in cast("tuple[object, ...]", value))
        case _:
            return value


def _nearest_title(title: str, known: Sequence[str]) -> dict[str, object]:
    """The nearest of the known titles, or all of them, as they are written."""
    written = {name.lower(): name for name in known if name}
    close = get_close_matches(title.lower(), written, n=1, cutoff=0.6)
    if close:
        return {"near": written[close[0]]}
    return {"known": tuple(sorted(written.values()))}
