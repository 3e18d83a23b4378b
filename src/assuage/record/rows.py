"""Rows of the table become records: rows find their entry, entries their fields, and each is checked.

The layout of the table is described in `assuage.record.table`. What a field may be is decided where documents
are read, so that a table and a document are refused for the same reasons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, Problems, unknown_word
from assuage.patterns import kept_pattern
from assuage.record.entries import Record
from assuage.record.entry import FORMAT, FORMATS
from assuage.record.fields import minute_of_time, shown
from assuage.record.kinds import KINDS
from assuage.record.read import examine
from assuage.record.table import Numbered, RecordRow, code_field, date_of, read_float32, to_float32
from assuage.record.table_reader import (
    cells_of,
    files_of,
    opened,
    out_of_order,
    record_batches,
    shared_patients,
)
from assuage.record.yaml_text import scalar
from assuage.terms.times import clock_time

_FACTS = ("format", "sex", "age", "starts_on", "pathway", "zone")
_IN_EVERY_ROW = ("patient", "day", "kind")
_ROW = kept_pattern(r"(.*?)row (\d+)")
_PLACE = kept_pattern(r"entries\[(\d+)\]\.?")


class EntryRows(NamedTuple):
    """The rows of one entry, what its first row holds beside the columns, and its place in the record."""

    rows: list[Numbered]
    held: dict[str, Any]
    entry: int | None


class TableRecord(NamedTuple):
    """A record of a table: where the rows of its patient begin, and of each of its entries."""

    record: Record
    whose: str
    places: tuple[str, ...]

    def in_rows(self, problem: Problem) -> Problem:
        """A problem of the record, with rows for places."""
        return _in_rows(problem, self.places, self.whose, self.record.patient.id)


def read_table(path: str | Path) -> tuple[Record, ...]:
    """The records of a Parquet file, or of a folder of them. Raises `Problems` with every bad row."""
    records, problems = examine_table(path)
    if problems:
        raise Problems(str(path), problems)
    return tuple(each.record for each in records)


def examine_table(path: str | Path) -> tuple[list[TableRecord], list[Problem]]:
    """The records of a table that can be read, and every problem of the others, row by row."""
    files = files_of(path)
    problems: list[Problem] = []
    rows: list[Numbered] = []
    homes: dict[str, list[str]] = {}
    for file in files:
        prefix = f"{file.name} " if len(files) > 1 else ""
        for numbered in rows_of_file(file, prefix, problems):
            in_files = homes.setdefault(numbered.row.patient, [])
            if file.name not in in_files:
                in_files.append(file.name)
            # Rows of two files are never put together: one entry of them would be told to be wrong in many ways.
            if in_files[0] == file.name:
                rows.append(numbered)
    problems += shared_patients(homes)
    records, more = table_records(rows)
    return records, by_row([*problems, *more])


def by_row(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a table in the order of its rows."""
    return sorted(problems, key=_by_row)


def rows_of_file(file: Path, prefix: str, problems: list[Problem]) -> Iterator[Numbered]:
    """The rows of a Parquet file, each with its place; what is wrong with the file is added to `problems`."""
    row = 0
    before: str | None = None
    in_order = True
    try:
        for batch in record_batches(file, opened(file)):
            columns = [cells_of(batch, name) for name in RecordRow._fields]
            for values in zip(*columns, strict=True):
                row += 1
                place = f"{prefix}row {row}"
                patient = values[0]
                if in_order and patient is not None and patient != before:
                    problem = out_of_order(row, patient, before)
                    if problem:
                        problems.append(Problem(f"{prefix}{problem.place}", problem.what))
                    in_order, before = problem is None, patient
                lost = [
                    name
                    for name, cell in zip(RecordRow._fields, values, strict=True)
                    if cell is None and name in _IN_EVERY_ROW
                ]
                problems += [Problem(f"{place} {name}", message("field.missing")) for name in lost]
                if not lost:
                    yield Numbered(place, RecordRow(*values))
    except Problems as error:
        problems += [
            Problem(f"{prefix}{problem.place}".strip() or "the document", problem.what)
            for problem in error.problems
        ]


def _by_row(problem: Problem) -> tuple[str, int]:
    match = _ROW.match(problem.place)
    return (match[1], int(match[2])) if match else (problem.place, 0)


def records_of_rows(rows: Iterable[Numbered]) -> tuple[list[Record], list[Problem]]:
    """The records of some rows, in the order of their patients' first rows, and every problem of a row."""
    records, problems = table_records(rows)
    return [each.record for each in records], problems


def table_records(rows: Iterable[Numbered]) -> tuple[list[TableRecord], list[Problem]]:
    """`records_of_rows`, each record with the places of its rows."""
    by_patient: dict[str, list[Numbered]] = {}
    for numbered in rows:
        by_patient.setdefault(numbered.row.patient, []).append(numbered)
    records: list[TableRecord] = []
    problems: list[Problem] = []
    for patient, rows_of_patient in by_patient.items():
        record, problems_of_patient = _record_of(patient, rows_of_patient)
        problems += problems_of_patient
        if record is not None:
            records.append(record)
    return records, problems


def _record_of(patient: str, rows: Sequence[Numbered]) -> tuple[TableRecord | None, list[Problem]]:
    problems: list[Problem] = []
    facts = [numbered for numbered in rows if numbered.row.kind == "patient"]
    top = _facts(patient, facts, problems)
    groups = _groups([numbered for numbered in rows if numbered.row.kind != "patient"], problems)
    entries = [_plain(group, top.get("starts_on"), problems) for group in groups]
    record, problems_of_record = examine({**top, "entries": entries})
    places = tuple(group.rows[0].place for group in groups)
    whose = facts[0].place if facts else (places[0] if places else "")
    problems += [_in_rows(problem, places, whose, patient) for problem in problems_of_record]
    return (None if problems or record is None else TableRecord(record, whose, places)), problems


def _in_rows(problem: Problem, places: Sequence[str], whose: str, patient: str) -> Problem:
    """The problem with rows for places."""
    match = _PLACE.match(problem.place)
    what = cast("Message", _told_in_rows(problem.message, places))
    if match is None:
        return Problem(f"{whose} (patient {shown(patient)}) {problem.place}".strip(), what)
    return Problem(f"{places[int(match[1])]} {problem.place[match.end() :]}".strip(), what)


def _told_in_rows(value: object, places: Sequence[str]) -> object:
    """A message, with the rows for the places of entries that stand in it."""
    match value:
        case Message(id, values):
            return Message(id, tuple((name, _told_in_rows(inner, places)) for name, inner in values))
        case tuple():
            return tuple(_told_in_rows(inner, places) for inner in cast("tuple[object, ...]", value))
        case str():
            rows = _PLACE.sub(lambda place: f"{places[int(place[1])]} ", value)
            return value if rows == value else rows.replace(" ,", ",").strip()
        case _:
            return value


def _facts(patient: str, rows: Sequence[Numbered], problems: list[Problem]) -> dict[str, Any]:
    """The top of the record from rows of the kind `patient`."""
    facts: dict[str, Any] = {}
    for place, row in rows:
        if row.code not in _FACTS:
            problems.append(
                Problem(f"{place} code", unknown_word(str(row.code), _FACTS, message("word.patient-fact")))
            )
            continue
        fact = row.text if row.text is not None else row.value
        if row.code == "age" and isinstance(fact, float) and fact.is_integer():
            fact = int(fact)
        if facts.setdefault(row.code, fact) != fact:
            problems.append(Problem(place, message("row.second-fact", fact=row.code)))
    who = {"id": patient, **{name: facts[name] for name in ("sex", "age") if name in facts}}
    # A table has the columns and kinds it has: rows are read alike, whichever format their patient says.
    form = facts.get("format", FORMAT)
    top: dict[str, Any] = {"format": FORMAT if form in FORMATS else form, "patient": who}
    return top | {name: facts[name] for name in ("starts_on", "pathway", "zone") if name in facts}


def _groups(rows: Sequence[Numbered], problems: list[Problem]) -> list[EntryRows]:
    """Rows by entry, in the order of the record; rows that name no entry follow in their own order."""
    groups: dict[object, list[tuple[Numbered, dict[str, Any]]]] = {}
    for at, numbered in enumerate(rows):
        row = numbered.row
        held = _held(row.text)
        if held is None:
            held = {} if row.text is None else {"text" if row.kind == "note" else "note": row.text}
        entry = held.get("entry")
        if isinstance(entry, int) and not isinstance(entry, bool):
            groups.setdefault(entry, []).append((numbered, held))
        elif row.kind == "answers" and row.text is None:
            moment = (row.day, row.minute, str(row.code).split(".")[0])
            groups.setdefault(moment, []).append((numbered, held))
        else:
            groups.setdefault(f"row {at}", []).append((numbered, held))
    entries: list[EntryRows] = []
    for entry, rows_of_entry in groups.items():
        rows_of_entry.sort(key=lambda row_and_held: _row_number(row_and_held[1]))
        held = {
            name: value for name, value in rows_of_entry[0][1].items() if name not in ("entry", "row", "is")
        }
        alike = {(numbered.row.kind, numbered.row.day, numbered.row.minute) for numbered, _ in rows_of_entry}
        if len(alike) > 1:
            where = ", ".join(numbered.place for numbered, _ in rows_of_entry)
            problems.append(Problem(where, message("row.unlike")))
        entries.append(
            EntryRows(
                [numbered for numbered, _ in rows_of_entry], held, entry if isinstance(entry, int) else None
            )
        )
    return sorted(entries, key=lambda group: (group.entry is None, group.entry or 0))


def _held(text: str | None) -> dict[str, Any] | None:
    """What the JSON of `text` holds; None for other text."""
    if text is None or not text.startswith("{"):
        return None
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", held) if isinstance(held, dict) else None


def _row_number(held: dict[str, Any]) -> int:
    row = held.get("row")
    return row if isinstance(row, int) else 0


def _plain(group: EntryRows, starts_on: object, problems: list[Problem]) -> dict[str, Any]:
    """The entry as a document would give it."""
    first = group.rows[0].row
    place = group.rows[0].place
    held = dict(group.held)
    plain: dict[str, Any] = {"day": first.day, "kind": first.kind}
    if held.pop("dated", False):
        on = date_of(starts_on, first.day)
        if on is not None:
            del plain["day"]
            plain["date"] = on
        else:
            problems.append(Problem(place, message("row.dated-without-start")))
    if first.minute is not None and not 0 <= first.minute <= 1439:
        problems.append(Problem(f"{place} minute", message("row.not-a-minute", value=first.minute)))
    elif first.minute is not None and "time" not in held:
        plain["time"] = clock_time(first.minute)
    elif isinstance(held.get("time"), str) and minute_of_time(held["time"]) not in (None, first.minute):
        problems.append(
            Problem(f"{place} minute", message("row.unlike-text", value=first.minute, text=held["time"]))
        )
    if first.kind == "answers":
        _answers(plain, held, group, problems)
    elif first.kind == "red_flag_check":
        plain["flags"] = {str(numbered.row.code): _stated(numbered) for numbered in group.rows}
    elif first.kind in KINDS:
        field = code_field(first.kind)
        if field is not None and first.code is not None and field not in held:
            plain[field] = first.code
        sites = [numbered.row.site for numbered in group.rows if numbered.row.site is not None]
        if sites:
            plain["site" if len(sites) == 1 else "sites"] = sites[0] if len(sites) == 1 else sites
    if first.value is not None and first.kind not in ("answers", "red_flag_check"):
        exact = held.get("value")
        if isinstance(exact, float) and read_float32(to_float32(exact)) != read_float32(first.value):
            what = message("row.unlike-text", value=f"{first.value:g}", text=f"{exact:g}")
            problems.append(Problem(f"{place} value", what))
        if first.kind in KINDS and first.kind != "score":
            problems.append(Problem(f"{place} value", message("row.has-value", kind=first.kind)))
        elif first.kind == "score" and not {"value", "low", "high"} & set(held):
            plain["value"] = first.value
    return plain | held


def _answers(plain: dict[str, Any], held: dict[str, Any], group: EntryRows, problems: list[Problem]) -> None:
    """Items from codes like `sss.fatigue`, painful sites from rows with the bare instrument."""
    items: dict[str, Any] = {}
    sites: list[str] = []
    for numbered in group.rows:
        row = numbered.row
        instrument, _, item = str(row.code).partition(".")
        plain["instrument"] = instrument
        exact = _stated(numbered)
        if item:
            # A whole number was a whole number: 2 is not 2.0 to everyone who looks at answers.
            number = scalar(f"{row.value:g}") if row.value is not None else None
            answer: object = cast("list[object]", exact)[0] if isinstance(exact, list) and exact else number
            if items.setdefault(item, answer) != answer:
                what = message("row.second-answer", item=item)
                problems.append(Problem(f"{numbered.place} code", what))
        elif row.site is not None:
            sites.append(row.site)
    if items:
        plain["items"] = items
    if sites and "sites" not in held:
        plain["sites"] = sites


def _stated(numbered: Numbered) -> Any:
    """What a row has of its own beside the columns."""
    return (_held(numbered.row.text) or {}).get("is")
