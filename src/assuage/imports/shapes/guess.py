"""A table that nobody knows: which column is the day and in which format, whose rows they are, what the others are.

What cannot be told apart is asked; nothing is imported before it is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assuage.catalogue.message import message
from assuage.imports.counted_dates import needs_zone
from assuage.imports.map import ENTRY_FIELDS
from assuage.imports.shapes.columns import NumberMarks, look_of, no_answers, number_marks
from assuage.imports.shapes.dates import DateReading, date_readings, two_days
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.meanings import add_column
from assuage.imports.shapes.spells import BEGINS, Spells, put_spells, says_end, spells_of
from assuage.imports.shapes.topics import header_words, topic_of
from assuage.imports.tables.source import SourceTable
from assuage.imports.written_dates import time_in_words
from assuage.record.csv_table import day_in
from assuage.record.fields import FURTHEST_DAY
from assuage.record.kinds import KINDS

_ISO = "%Y-%m-%d"
_NAME_WORDS = (
    *(
        "name",
        "tracker",
        "tracker name",
        "symptom",
        "question",
        "variable",
        "measure",
        "metric",
        "item",
        "what",
    ),
    *(
        "parameter",
        "type",
        "attribute",
        "label",
        "indicator",
        "variable name",
        "measure name",
        "simptomas",
        "klausimas",
        "rodiklis",
        "frage",
        "merkmal",
    ),
)
_VALUE_WORDS = (
    *("value", "score", "rating", "amount", "answer", "level", "severity", "result", "response"),
    *("reikšmė", "balas", "atsakymas", "wert", "antwort", "stärke"),
)
# Beside a value the column of its unit; of a column its own, as in `Weight unit`.
_UNIT_WORDS = ("unit", "units", "unit of measure", "vienetas", "vienetai", "einheit", "einheiten")
_WITH_UNITS = ("rating", "exposure", "measurement")
_LONGEST_MONTH = 31
_SEVERAL_A_DAY = 0.2  # of the days with more than one row and no time: more persons than one, perhaps


@dataclass(frozen=True)
class FoundDay:
    """The column that says which day a row is of; `formats` are of dates, none for numbers of days."""

    header: str
    formats: tuple[DateReading, ...] = ()


def guess(table: SourceTable, patient: str | None) -> Draft:
    """The draft of a map for a table whose shape nobody knows."""
    draft = Draft({"layout": "day"})
    cells = {header: [row.cells.get(header.lower(), "") for row in table.rows] for header in table.headers}
    marks = number_marks(cells.values())
    decimal = marks.decimal
    if decimal == ",":
        draft.diary["decimal"] = decimal
    if marks.thousands is not None:
        draft.diary["thousands"] = marks.thousands
        _say_groups(draft, cells, marks)
        cells = {header: [marks.plain(cell) for cell in column] for header, column in cells.items()}
    if marks.doubtful and table.form == "csv":
        mark = next(mark for mark in ",." if mark in marks.doubtful)
        whole, part = marks.doubtful.split(mark)
        answers = ({"thousands": mark, "decimal": "." if mark == "," else ","}, {"decimal": mark})
        told = message(
            "shape.which-mark", cell=marks.doubtful, large=f"{whole}{part}", small=f"{whole}.{part}"
        )
        draft.ask("diary", told, *answers)
        as_groups = NumberMarks(decimal, mark)
        cells = {header: [as_groups.plain(cell) for cell in column] for header, column in cells.items()}
    unsaid = no_answers(cells, decimal)
    if unsaid:
        draft.diary["blank"] = list(unsaid)
        draft.take("diary", message("shape.taken-blank", words=unsaid[:12]))
        folded = {word.casefold() for word in unsaid}
        cells = {
            header: ["" if cell.casefold() in folded else cell for cell in column]
            for header, column in cells.items()
        }
    spells = spells_of(table, cells)
    day = put_day(draft, table, cells, None if spells is None else (spells.begins,))
    if spells is not None and day is not None:
        put_spells(draft, table, spells, _end_time(spells, cells))
    _no_headers(draft, table)
    column = next((header for header in table.headers if topic_of(header).about == "patient"), None)
    time = _time(draft, table, cells, day)
    skip = {column, time, day.header if day is not None else None}
    skip |= {draft.diary.get("end"), draft.diary.get("end_time")}
    named = _name_and_value(table, cells, skip)
    draft.whose(
        patient,
        column,
        several=column is None and named is None and time is None and _several(day, cells),
        people=() if column is None else cells[column],
    )
    if named is not None:
        put_names(draft, table, *named, decimal)
        skip |= set(named)
        for header in _twins(cells, named[0], skip):
            draft.leave(header, message("shape.left-twin", column=named[0]))
            skip.add(header)
        unit = next((header for header in table.headers if header_words(header) in _UNIT_WORDS), None)
        if unit is not None and _take_unit(draft.names.values(), unit):
            skip.add(unit)
    units = {header_words(header): header for header in table.headers if header not in skip}
    for header in table.headers:
        if header and header not in skip:
            add_column(draft, header, cells[header], decimal, table.labels.get(header.lower(), ""))
    _ask_of_alike(draft)
    for header in [*draft.columns]:
        unit = _unit_of(header, units)
        if unit is not None and _take_unit([draft.columns.get(header, {})], unit):
            _forget(draft, unit)
    return draft


def _ask_of_alike(draft: Draft) -> None:
    """Ask where two columns would be one score of the same place and moment: one of them would be lost, or false."""
    alike: dict[str, list[str]] = {}
    for header, meaning in draft.columns.items():
        if meaning.get("kind") == "score":
            of = {key: meaning.get(key) for key in ("scale", "site", "time", "night")}
            alike.setdefault(str(of), []).append(header)
    for headers in alike.values():
        for header in headers if len(headers) > 1 else ():
            score = draft.columns[header]
            others = tuple(other for other in headers if other != header)
            _forget(draft, header)
            rating = {"kind": "rating", "name": header}
            told = message("shape.alike", column=header, others=others[:3])
            draft.ask(header, told, score, rating)


def _say_groups(draft: Draft, cells: dict[str, list[str]], marks: NumberMarks) -> None:
    """Tell by an example what a number with groups of digits was taken for."""
    every = (cell for column in cells.values() for cell in column)
    grouped = next((cell for cell in every if marks.plain(cell) != cell), None)
    if grouped is not None:
        draft.take("diary", message("shape.taken-groups", cell=grouped, number=marks.plain(grouped)))


def _unit_of(header: str, units: Mapping[str, str]) -> str | None:
    """The column that says the unit of another, by its header: `mood unit` of `mood`."""
    names = (f"{header_words(header)} {word}" for word in _UNIT_WORDS)
    return next((units[name] for name in names if name in units), None)


def _take_unit(meanings: Iterable[dict[str, Any]], column: str) -> bool:
    """Let amounts have the unit that a column says row by row; whether any of them does."""
    with_units = [
        meaning for meaning in meanings if meaning.get("kind") in _WITH_UNITS and _is_amount(meaning)
    ]
    for meaning in with_units:
        meaning.pop("unit", None)
        meaning["unit_column"] = column
    return bool(with_units)


def _is_amount(meaning: dict[str, Any]) -> bool:
    return meaning["kind"] != "exposure" or "unit" in meaning


def _forget(draft: Draft, header: str) -> None:
    """Take back what a column was taken for, since another one reads it."""
    draft.columns.pop(header, None)
    draft.taken = [each for each in draft.taken if each.place != header]
    draft.left = [each for each in draft.left if each.header != header]
    draft.asks = [each for each in draft.asks if each.place != header]


def entry_rows(table: SourceTable, patient: str | None) -> Draft:
    """The draft for a table that has a row an entry, in the names of the fields of a record."""
    draft = Draft({"layout": "entry"})
    keys = table.keys
    column = "date" if "date" in keys or "day" in keys else _dated_column(table)
    if column in keys or column != "date":
        draft.diary |= {"starts_on": "first"} if column == "date" else {"date": column, "starts_on": "first"}
        put_format(draft, table.column(column))
    draft.whose(
        patient,
        "patient" if "patient" in keys else None,
        people=table.column("patient") if "patient" in keys else (),
    )
    for header in table.headers:
        if header.lower() not in ENTRY_FIELDS and header != column:
            draft.leave(header, message("shape.left-no-field"))
    return draft


def is_entry_rows(table: SourceTable) -> bool:
    """Whether a table has a row an entry: a column `kind` whose cells are kinds of entry, and a day or date."""
    kinds = {cell.lower() for cell in table.column("kind")} if "kind" in table.keys else set[str]()
    if not kinds or not kinds <= set(KINDS):
        return False
    return bool({"day", "date"} & set(table.keys)) or bool(_dated_column(table))


def _dated_column(table: SourceTable) -> str:
    """The one column of dates; empty where there is none, or more than one."""
    dated = [header for header in table.headers if date_readings(table.column(header))]
    return dated[0] if len(dated) == 1 else ""


# ---------------------------------------------------------------- which day, who, and when


def put_day(
    draft: Draft, table: SourceTable, cells: dict[str, list[str]], among: Collection[str] | None = None
) -> FoundDay | None:
    """The column of the day, put into the draft; None, and asked, where there is none or more than one."""
    headers = [header for header in table.headers if header and (among is None or header in among)]
    dated = {
        header: readings
        for header in headers
        if (about := topic_of(header).about) != "patient"
        and (
            readings := date_readings(
                cells[header], named=about == "date" or _are_no_days(about, cells[header])
            )
        )
    }
    named = [header for header in dated if topic_of(header).about == "date"]
    # A day beside the moment at which a program wrote the row: the day it is of.
    plain = [
        header for header in dated if topic_of(header).about in ("day", "date") and not dated[header][0].timed
    ]
    if len(plain) == 1 and len(named) <= 1:
        named = plain
    chosen = named if len(named) == 1 else list(dated)
    if len(chosen) == 1:
        draft.diary["date"] = chosen[0]
        draft.diary["starts_on"] = "first"
        put_format(draft, cells[chosen[0]])
        return FoundDay(chosen[0], dated[chosen[0]])
    if chosen:
        draft.ask(
            "diary",
            message("shape.which-date", columns=tuple(chosen)),
            *(
                {"date": header, "date_format": dated[header][0].form, "starts_on": "first"}
                for header in chosen
            ),
        )
        return None
    numbered = [
        header
        for header in headers
        if topic_of(header).about in ("day", "date")
        and all(day_in(cell) is not None for cell in cells[header])
    ]
    if len(numbered) == 1 and _are_days_of_months(table, cells[numbered[0]]):
        draft.ask("diary", message("shape.days-of-months", column=numbered[0]), {"day": numbered[0]})
        return FoundDay(numbered[0])
    if len(numbered) == 1:
        draft.diary["day"] = numbered[0]
        return FoundDay(numbered[0])
    for header in headers:
        if topic_of(header).about == "date":
            cell = next(filter(None, cells[header]), "")
            if cell and date_readings([f"{cell} 2024"], named=True):
                draft.ask("diary", message("shape.no-year", column=header, cell=cell))
                return None
    draft.ask("diary", message("shape.no-date", columns=tuple(headers)), {"date": "…", "starts_on": "first"})
    return None


def _are_no_days(about: str | None, cells: Sequence[str]) -> bool:
    """Whether a column named a day holds counts that no day of a record can be: 46082, as sheets count dates."""
    days = [day_in(cell) for cell in cells if cell]
    return about == "day" and bool(days) and all(day is not None and day > FURTHEST_DAY for day in days)


def _are_days_of_months(table: SourceTable, cells: Sequence[str]) -> bool:
    """Whether numbers of days begin again where no one else's rows do: 30, 31, 1 are days of the calendar."""
    days = [day for cell in cells if (day := day_in(cell)) is not None]
    if not days or min(days) < 1 or max(days) > _LONGEST_MONTH or days in (sorted(days), sorted(days)[::-1]):
        return False
    return all(topic_of(header).about != "patient" for header in table.headers)


def _no_headers(draft: Draft, table: SourceTable) -> None:
    """Ask where the first row looks like all the others: it would be taken for headers, and be lost."""
    dated = tuple(header for header in table.headers if header and date_readings([header]))
    if dated:
        draft.ask("diary", message("shape.no-headers", cells=dated[:3]))


def put_format(draft: Draft, cells: Sequence[str]) -> None:
    """The one format of a column of dates, put into the draft; asked where two read it and differ."""
    formats = date_readings(cells) or date_readings(cells, named=True)
    doubtful = two_days(cells, formats) if len(formats) > 1 else None
    if doubtful is not None:
        cell, day, rival = doubtful
        draft.ask(
            "diary",
            message("shape.which-format", cell=cell, one=day.isoformat(), other=rival.isoformat()),
            *({"date_format": each.form} for each in formats),
        )
    elif formats and formats[0].form != _ISO:
        draft.diary["date_format"] = formats[0].form
    if formats and ("%z" in formats[0].form or needs_zone(formats[0].form)):
        draft.ask("diary", message("shape.which-zone"), {"zone": "Europe/Vilnius"})


def _several(day: FoundDay | None, cells: dict[str, list[str]]) -> bool:
    """Whether so many days have more than one row that the rows may be of more than one person."""
    if day is None or (day.formats and day.formats[0].timed):
        return False
    days = [cell for cell in cells[day.header] if cell]
    return bool(days) and len(days) - len(set(days)) > _SEVERAL_A_DAY * len(days)


def _time(draft: Draft, table: SourceTable, cells: dict[str, list[str]], day: FoundDay | None) -> str | None:
    """The column of the time of a row, put into the draft; None where there is none."""
    if day is not None and day.formats and day.formats[0].timed:
        return None
    for header in table.headers:
        of_start = not BEGINS.isdisjoint(header_words(header).split())
        if (of_start or topic_of(header).about == "time") and _says_times(header, cells[header]):
            draft.diary["time"] = header
            if any(cell[-1:] in "mM" for cell in cells[header] if cell):
                draft.diary["time_format"] = ["%I:%M %p", "%I:%M%p"]
            return header
    return None


def _end_time(spells: Spells, cells: dict[str, list[str]]) -> str | None:
    """The column of the time at which spells end, where their end holds none; None where there is none."""
    if spells.of_ends[0].timed:
        return None
    timed = (
        header
        for header in cells
        if says_end(header) and header != spells.ends and _says_times(header, cells[header])
    )
    return next(timed, None)


def _says_times(header: str, cells: Sequence[str]) -> bool:
    """Whether cells are times of the clock, or words for a time of day."""
    words = {cell.casefold() for cell in cells if cell}
    in_words = bool(words) and all(time_in_words(word) is not None for word in words)
    return in_words or look_of(header, cells, ".").look == "time"


# ---------------------------------------------------------------- a row for each name and value


def _name_and_value(
    table: SourceTable, cells: dict[str, list[str]], skip: Collection[str | None]
) -> tuple[str, str] | None:
    """The columns of the name and of the value, where the rows of a table are answers to questions that it names."""
    free = [header for header in table.headers if header and header not in skip]
    names = [header for header in free if header_words(header) in _NAME_WORDS]
    names = [
        header for header in names if not set(_twins(cells, header, skip)) & set(names[names.index(header) :])
    ]
    values = [header for header in free if header_words(header) in _VALUE_WORDS]
    if len(names) != 1 or len(values) != 1:
        return None
    filled = [cell for cell in cells[names[0]] if cell]
    if len(filled) < len(table.rows) or len(set(filled)) > max(1, len(filled) // 2) + 20:
        return None
    return names[0], values[0]


def _twins(cells: dict[str, list[str]], name: str, skip: Collection[str | None]) -> list[str]:
    """The other columns of names that say the same of each row as one of them: `steps` beside `Steps taken`."""

    def is_twin(header: str) -> bool:
        pairs = set(zip(cells[name], cells[header], strict=True))
        return len(pairs) == len({first for first, _ in pairs}) == len({second for _, second in pairs})

    others = (header for header in cells if header not in skip and header != name)
    return [header for header in others if header_words(header) in _NAME_WORDS and is_twin(header)]


def put_names(draft: Draft, table: SourceTable, name: str, value: str, decimal: str) -> None:
    """Make the rows answers: what each name is taken for, by its own cells."""
    draft.diary |= {"layout": "name", "name_column": name, "value_column": value}
    by_name: dict[str, list[str]] = {}
    for row in table.rows:
        by_name.setdefault(row.cells.get(name.lower(), ""), []).append(row.cells.get(value.lower(), ""))
    columns, draft.columns = draft.columns, {}
    for each, answers in by_name.items():
        if each:
            add_column(draft, each, answers, decimal)
    draft.names, draft.columns = draft.columns, columns
