"""Files nobody has said anything of: which shapes their tables have, what is asked, and the records that come out.

Nothing is written here, and nothing comes in while something is asked. What two files say of one patient becomes one
record; what both say alike comes in once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems, reason_of
from assuage.imports.entries import Imported, Through, records_of
from assuage.imports.map import map_of
from assuage.imports.shapes.concepts import concept_names, concepts_of, is_concepts, with_concept_names
from assuage.imports.shapes.days_across import days_across, undated_across
from assuage.imports.shapes.draft import ONE_PERSON, Ask, Draft
from assuage.imports.shapes.guess import guess
from assuage.imports.shapes.known import shapes_of
from assuage.imports.shapes.prepared import WHOLE_ROWS
from assuage.imports.shapes.shape import KnownShape, PatientFacts
from assuage.imports.tables.read import tables_of
from assuage.imports.tables.source import NOTHING_IMPORTED, SkippedPart, SourceTable
from assuage.record.entries import Record
from assuage.record.read import examine, read_record
from assuage.record.write import to_plain

_READ = frozenset(
    (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".json", ".ndjson", ".xml", ".zip", ".yaml", ".yml")
)
_MOST_FILES = 5_000
_START = 65_536


@dataclass(frozen=True)
class UnderstoodTable:
    """One table of a file: its shape (None: guessed at), its rows made ready, and the draft of its map.

    `read` is how many rows stood in the file. `why_out` is there where the whole table is left out.
    """

    file: str
    shape: KnownShape | None
    table: SourceTable
    draft: Draft
    read: int
    why_out: Message | None = None

    @property
    def name(self) -> str:
        """The file, and the sheet or part where it has several."""
        return f"{self.file}, {self.table.sheet}" if self.table.sheet else self.file

    def used(self, imported: Imported) -> int:
        """How many rows of the file are in the records: all but those that were left out before and after."""
        before = sum(part.count for part in self.table.skipped if part.what == WHOLE_ROWS)
        return self.read - before - sum(left.count for left in imported.left_out if left.whole_rows)

    @property
    def comes_in(self) -> bool:
        """Whether its rows become entries."""
        return self.why_out is None and (self.shape is None or self.shape.facts is None)


@dataclass(frozen=True)
class Understood:
    """What some files are: their tables, the records among them, files that are neither, and what is asked of all."""

    tables: tuple[UnderstoodTable, ...]
    records: tuple[Record, ...] = ()
    skipped: tuple[SkippedPart, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def asked(self) -> tuple[tuple[UnderstoodTable | None, Ask], ...]:
        """Everything that has to be answered, with the table it is asked of; None: of all of them."""
        of_tables = [(each, ask) for each in self.tables if each.comes_in for ask in each.draft.asks]
        return (*((None, ask) for ask in self.asks), *of_tables)


@dataclass(frozen=True)
class ReadFiles:
    """The records of some files, one a patient, and what each table gave; `twice` are entries that two files had."""

    records: tuple[Record, ...]
    by_table: tuple[tuple[UnderstoodTable, Imported], ...]
    twice: int = 0


def import_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[SkippedPart]]:
    """The files to read, those of folders in order, and what is left out of the folders. Raises `InputError`."""
    files: list[Path] = []
    skipped: list[SkippedPart] = []
    for given in map(Path, paths):
        if not given.is_dir():
            files.append(given)
            continue
        inside = sorted(path for path in given.rglob("*") if path.is_file() and not path.is_symlink())
        if len(inside) > _MOST_FILES:
            raise InputError(message("import.too-many-files", given=given, most=_MOST_FILES))
        others = [path.name for path in inside if path.suffix.lower() not in _READ]
        files += [path for path in inside if path.suffix.lower() in _READ]
        skipped += [SkippedPart(name, message("shape.no-table"), 1) for name in others]
    if not files:
        raise InputError(message("import.nothing-there"))
    return files, skipped


def understand(paths: Iterable[str | Path], patient: str | None = None) -> Understood:
    """What the files are. Raises `Problems` for one that cannot be read, `InputError` for one that is not there."""
    files, skipped = import_files(paths)
    records: list[Record] = []
    read: list[tuple[Path, list[SourceTable]]] = []
    vocabularies: list[Path] = []
    for file in files:
        if _is_record(file):
            records.append(read_record(file))
        elif is_concepts(file):
            vocabularies.append(file)
        else:
            read.append((file, tables_of(file)))
    names = _names_of_concepts(vocabularies, read, skipped)
    tables: list[UnderstoodTable] = []
    for file, inside in read:
        tables += _understood(file, [with_concept_names(table, names) for table in inside], patient)
    asks: list[Ask] = []
    unnamed = {
        each.file for each in tables if each.comes_in and each.draft.diary.get("patient") == ONE_PERSON
    }
    if patient is None and (len(unnamed) > 1 or (unnamed and records)):
        asks.append(Ask("diary", message("shape.one-person", files=tuple(sorted(unnamed)))))
    asks += _same_days(tables)
    return Understood(tuple(tables), tuple(records), tuple(skipped), tuple(asks))


def _same_days(tables: Sequence[UnderstoodTable]) -> list[Ask]:
    """Asks where two tables of a person count the same days and rate the same: a sheet a month is another month each.

    Their dates would tell them apart; counted days are one another's, and one of them would be lost.
    """
    seen: list[tuple[UnderstoodTable, set[str]]] = []
    for each in tables:
        day = each.draft.diary.get("day")
        if day is None or each.why_out is not None or "starts_on" in each.draft.diary:
            continue
        days = set(each.table.column(day))
        columns = {header.casefold() for header in each.draft.columns}
        for other, other_days in seen:
            alike = [header for header in other.draft.columns if header.casefold() in columns]
            whose = ("patient", "patient_column")
            same = all(each.draft.diary.get(name) == other.draft.diary.get(name) for name in whose)
            if alike and same and days & other_days:
                told = message("shape.same-days", parts=(other.name, each.name), columns=tuple(alike[:3]))
                return [Ask("diary", told)]
        seen.append((each, days))
    return []


def _names_of_concepts(
    vocabularies: Sequence[Path],
    read: Sequence[tuple[Path, Sequence[SourceTable]]],
    skipped: list[SkippedPart],
) -> dict[str, str]:
    """The names of the concepts that the tables use; that a vocabulary is no diary is told."""
    names: dict[str, str] = {}
    if vocabularies:
        used = concepts_of(table for _, tables in read for table in tables)
        for file in vocabularies:
            named = concept_names(file, used)
            names |= named
            skipped.append(SkippedPart(file.name, message("shape.concepts", n=len(named)), 1))
    return names


def _is_record(file: Path) -> bool:
    """Whether a file is a record of ours: a document with the name of its format at the start."""
    if file.suffix.lower() not in (".yaml", ".yml", ".json"):
        return False
    try:
        with file.open("rb") as stream:
            start = stream.read(_START)
    except OSError as error:
        raise InputError(message("file.unreadable", path=file, why=reason_of(error))) from None
    return file.suffix.lower() != ".json" or b"assuage-record/" in start


def _understood(file: Path, tables: Sequence[SourceTable], patient: str | None) -> list[UnderstoodTable]:
    understood = [each for table in tables for each in understood_table(file.name, table, patient)]
    if len({each.table.sheet for each in understood}) > 1:
        for each in understood:
            each.draft.diary["part"] = each.table.sheet
    if len(understood) > 1:
        # A sheet of explanations beside the diary: without a day, its rows say nothing that happened.
        dayless = [
            each for each in understood if each.shape is None and not {"date", "day"} & set(each.draft.diary)
        ]
        if len(dayless) < len(understood):
            return [
                replace(each, why_out=message("shape.no-day-in-part")) if each in dayless else each
                for each in understood
            ]
    return understood


def understood_table(file: str, table: SourceTable, patient: str | None) -> list[UnderstoodTable]:
    """A table with its shape, twice where it is read for two things, or with a guess; two that fit are asked about."""
    shapes = shapes_of(table)
    read = len(table.rows) + sum(part.count for part in table.skipped if part.what == WHOLE_ROWS)
    if len(shapes) != 1:
        across = () if shapes else days_across(table)
        undated = () if shapes or across else undated_across(table)
        draft = Draft({}) if shapes or across or undated else guess(table, patient)
        if across:
            draft.ask("diary", message("shape.days-across", cells=across[:3]))
        if undated:
            draft.ask("diary", message("shape.undated-across", cells=undated[:3]))
        if shapes:
            titles = tuple(shape.title for shape in shapes)
            draft.ask(
                "diary",
                message("shape.which-shape", shapes=titles),
                *({"shape": shape.id} for shape in shapes),
            )
        return [UnderstoodTable(file, None, table, draft, read)]
    (known,) = shapes
    understood: list[UnderstoodTable] = []
    for shape in (known, known.also):
        if shape is not None:
            ready = shape.prepare(table)
            if shape is not known and not ready.rows:
                continue  # nothing ended yet, and what began stands in the first reading
            draft = shape.draft(ready, patient)
            draft.diary["shape"] = shape.id
            understood.append(UnderstoodTable(file, shape, ready, draft, read, _nothing_in(draft)))
    return understood


def _nothing_in(draft: Draft) -> Message | None:
    """Why a table of a known shape is left out, where nothing of it would come in."""
    brings = draft.columns or draft.names or draft.row or draft.asks or draft.diary["layout"] == "entry"
    return None if brings else message("shape.nothing-known")


# ---------------------------------------------------------------- records


def read_files(understood: Understood, through: Through = lambda rows: rows) -> ReadFiles:
    """The records of files of which nothing is asked any more. Raises `Problems` with everything wrong in them."""
    assert not understood.asked, "answered before"
    by_table: list[tuple[UnderstoodTable, Imported]] = []
    problems: list[Problem] = []
    facts: dict[str, PatientFacts] = {}
    for each in understood.tables:
        if each.shape is not None and each.shape.facts is not None:
            facts |= each.shape.facts(each.table)
        elif each.comes_in:
            try:
                by_table.append((each, _imported(each, through)))
            except Problems as wrong:
                problems += [
                    structs.replace(problem, place=f"{each.name} {problem.place}".strip())
                    for problem in wrong.problems
                ]
    if problems:
        raise Problems(_together(understood), problems, NOTHING_IMPORTED)
    given = [*understood.records, *(record for _, imported in by_table for record in imported.records)]
    records, twice = joined_records(given, facts)
    return ReadFiles(tuple(records), tuple(by_table), twice)


def _together(understood: Understood) -> str:
    files = list(dict.fromkeys(each.file for each in understood.tables))
    return files[0] if len(files) == 1 else f"{len(files)} files"


def _imported(each: UnderstoodTable, through: Through) -> Imported:
    problems: list[Problem] = []

    def say(place: str, what: Message) -> None:
        problems.append(Problem(f"map {place}".strip(), what))

    diary_map = map_of(each.draft.plain, say)
    if diary_map is None or problems:
        # Of a table whose every row is torn nothing is left to take a column for.
        raise Problems(each.file, list(each.table.foreign.torn) or problems, NOTHING_IMPORTED)
    return records_of(each.table.foreign, diary_map, through)


def joined_records(
    records: Sequence[Record], facts: Mapping[str, PatientFacts] | None = None
) -> tuple[list[Record], int]:
    """One record a patient, with what is known of sex and age, and how many entries stood in two of them alike."""
    by_patient: dict[str, list[Record]] = {}
    for record in records:
        by_patient.setdefault(record.patient.id, []).append(record)
    joined: list[Record] = []
    twice = 0
    for patient, parts in by_patient.items():
        of_patient = facts.get(patient) if facts is not None else None
        if len(parts) == 1 and of_patient is None:
            joined.append(parts[0])
            continue
        plain, alike = _joined(parts, of_patient)
        record, wrong = examine(plain)
        if record is None or wrong:
            raise Problems(f"patient {patient}", wrong, NOTHING_IMPORTED)
        joined.append(record)
        twice += alike
    return joined, twice


def _joined(parts: Sequence[Record], facts: PatientFacts | None) -> tuple[dict[str, Any], int]:
    dated = [part for part in parts if part.starts_on is not None]
    if dated and len(dated) < len(parts):
        undated = parts[0].patient.id
        raise Problems(f"patient {undated}", [Problem("", message("shape.days-and-dates"))], NOTHING_IMPORTED)
    plain = to_plain(parts[0])
    for part in parts[1:]:
        other = to_plain(part)
        plain["patient"] = {**other["patient"], **plain["patient"]}
        for name in ("zone", "pathway"):
            if name in other:
                plain.setdefault(name, other[name])
    entries: dict[str, dict[str, Any]] = {}
    count = 0
    for part in parts:
        seen: dict[str, int] = {}
        for entry in to_plain(part)["entries"]:
            if part.starts_on is not None and "day" in entry:
                on = part.starts_on + timedelta(days=entry["day"])
                entry = {
                    "date": on.isoformat(),
                    **{name: value for name, value in entry.items() if name != "day"},
                }
            key = json.dumps(entry, sort_keys=True)
            seen[key] = seen.get(key, 0) + 1
            # Within one file what stands twice happened twice, as far as anybody knows; in two files it is one thing.
            entries.setdefault(f"{key} {seen[key]}", entry)
            count += 1
    plain["entries"] = sorted(
        entries.values(), key=lambda entry: (entry.get("date", ""), entry.get("day", 0))
    )
    if dated:
        begins = min(part.starts_on for part in dated if part.starts_on is not None)
        plain["starts_on"] = begins.isoformat()
        if facts is not None:
            _put_facts(plain, facts, begins)
    return plain, count - len(entries)


def _put_facts(plain: dict[str, Any], facts: PatientFacts, begins: date) -> None:
    patient = plain["patient"]
    if facts.sex is not None:
        patient.setdefault("sex", facts.sex)
    age = facts.age_on(begins)
    if age is not None:
        patient.setdefault("age", age)
