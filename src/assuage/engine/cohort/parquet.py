"""The table in pieces: whole patients, words as numbers, whatever the size of the files.

The columns and their meaning are those of `assuage.record.table`. A file must be sorted by patient, and a
patient must be in one file: a stream cannot look back. What cannot be given to a patient is an error of the
file; what can is left to whoever judges that patient.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import numpy as np

from assuage.engine.cohort.gather import (
    CODE_AT,
    CODE_BITS,
    KIND_BITS,
    MOST_CODES,
    MOST_KINDS,
    MOST_SITES,
    NO_VALUES,
    NO_WORDS,
    NOTHING,
    SITE_AT,
    SITE_BITS,
    TEXT_AT,
    Rows,
    Worded,
    bits_of,
    find_starts,
    gather,
    indices_of,
    rows_for,
    values_of,
    whole,
)
from assuage.engine.cohort.rows import NO_ENTRY, Words
from assuage.engine.cohort.typed import Bytes, Ints, Longs, arrow
from assuage.errors import InputError, Problem, Problems
from assuage.record.table import Numbered, Row, read_float32
from assuage.terms.scales import SCALES

NEEDED = ("patient", "day", "kind", "code")
OPTIONAL = ("minute", "site", "value", "text")
MOST_TEXTS = 400_000  # distinct texts remembered at a time


class Places(NamedTuple):
    """Where rows were read that do not lie together in one file: the names of the files, and file and row of each."""

    names: tuple[str, ...]
    file: Ints
    row: Longs

    def place(self, at: int) -> str:
        return f"{self.names[self.file[at]]} row {self.row[at]}"

    def span(self, first: int, last: int) -> str:
        rows: dict[int, list[int]] = {}
        for at in range(first, last):
            rows.setdefault(int(self.file[at]), []).append(int(self.row[at]))
        return " and ".join(f"{self.names[f]} row {min(n)} to row {max(n)}" for f, n in rows.items())


class Chunk(NamedTuple):
    """The rows of some whole patients. `file_row` is the number of the first row in its file, from 1."""

    file: Path
    file_row: int
    patients: Any  # Arrow array of text
    rows: Rows
    places: Places | None = None  # None: the rows lie in the file one after the other

    def place(self, at: int) -> str:
        """Where a row was read, for people."""
        return self.places.place(at) if self.places else f"{self.file.name} row {self.file_row + at}"

    def span(self, first: int, last: int) -> str:
        """Where the rows from `first` to the one before `last` were read."""
        if self.places:
            return self.places.span(first, last)
        return f"{self.file.name} row {self.file_row + first} to row {self.file_row + last - 1}"


@dataclass
class Texts:
    """Every word met so far by number, and what the engine has to know of it."""

    kinds: dict[str, int] = field(default_factory=dict[str, int])
    codes: dict[str, int] = field(default_factory=dict[str, int])
    sites: dict[str, int] = field(default_factory=dict[str, int])
    raws: dict[str, int] = field(default_factory=dict[str, int])
    plains: dict[str, int] = field(
        default_factory=dict[str, int]
    )  # texts without the numbers of entry and row
    holds: list[set[str]] = field(default_factory=list[set[str]])  # for each of those, the fields it holds
    plain_of: list[int] = field(default_factory=list[int])
    entry_of: list[int] = field(default_factory=list[int])
    row_of: list[int] = field(default_factory=list[int])
    _words: tuple[tuple[int, ...], Words] | None = None

    def raw(self, text: str) -> int:
        """The number of a text as it was written."""
        number = self.raws.get(text)
        if number is None:
            number = self.raws[text] = len(self.raws)
            plain, entry, row, holds = _taken_apart(text)
            at = self.plains.setdefault(plain, len(self.plains))
            if at == len(self.holds):
                self.holds.append(holds)
            self.plain_of.append(at)
            self.entry_of.append(entry)
            self.row_of.append(row)
        return number

    @property
    def crowded(self) -> bool:
        """Whether so many words were met that it is time to forget them."""
        bounded = ((self.kinds, MOST_KINDS), (self.codes, MOST_CODES), (self.sites, MOST_SITES))
        return len(self.raws) > MOST_TEXTS or any(2 * len(words) > most for words, most in bounded)

    def words(self) -> Words:
        """What the grouping of rows has to know; -1 finds the last of a list, which stands for null."""
        met = (len(self.kinds), len(self.codes), len(self.raws))
        if self._words is not None and self._words[0] == met:
            return self._words[1]
        instruments: dict[str, int] = {}
        made = Words(
            plain=np.array([kind == "score" for kind in self.kinds], dtype=np.uint8),
            scale=np.array([*(code in SCALES for code in self.codes), 0], dtype=np.uint8),
            fact=np.array([kind == "patient" for kind in self.kinds], dtype=np.uint8),
            answers=np.array([kind == "answers" for kind in self.kinds], dtype=np.uint8),
            instrument=np.array(
                [*(instruments.setdefault(code.split(".")[0], len(instruments)) for code in self.codes), -1],
                dtype=np.int32,
            ),
            holds=np.array(
                [*(bool(self.holds[at] & {"value", "low", "high"}) for at in self.plain_of), 0],
                dtype=np.uint8,
            ),
            text=np.array([*self.plain_of, -1], dtype=np.int64),
            entry=np.array([*self.entry_of, NO_ENTRY], dtype=np.int64),
            number=np.array([*self.row_of, 0], dtype=np.int32),
            bare=all(entry == NO_ENTRY for entry in self.entry_of) and not any(self.row_of),
            single="answers" not in self.kinds and all(entry == NO_ENTRY for entry in self.entry_of),
        )
        self._words = (met, made)
        return made


def _taken_apart(text: str) -> tuple[str, int, int, set[str]]:
    """A text without its entry and row numbers, these two, and the names of what it holds."""
    if not text.startswith("{"):
        return text, NO_ENTRY, 0, set()
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return text, NO_ENTRY, 0, set()
    if not isinstance(found, dict):
        return text, NO_ENTRY, 0, set()
    held = cast("dict[str, Any]", found)
    entry, row = held.get("entry"), held.get("row")
    if isinstance(entry, int) and not isinstance(entry, bool) and abs(entry) < NO_ENTRY:
        del held["entry"]
    else:
        entry = NO_ENTRY
    if isinstance(row, int) and not isinstance(row, bool) and abs(row) < 2**31:
        del held["row"]
    else:
        row = 0
    return json.dumps(held, sort_keys=True), entry, row, set(held)


def files_of(paths: Path | str | list[Path] | list[str]) -> list[Path]:
    """The Parquet files of a path, of a folder of them, or of several. Raises InputError if there is none."""
    given = [Path(one) for one in (paths if isinstance(paths, list) else [paths])]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(path.glob("*.parquet"))
            if not inside:
                raise InputError(f"no .parquet file in the folder {path}")
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise InputError(f"no file {path}")
    return files


def opened(file: Path) -> Any:
    """The file, its columns checked. Raises Problems for a file that is no such table."""
    pa = arrow()
    try:
        has = pa.parquet.read_schema(file)
        words = [
            name
            for name in ("patient", "kind", "code", "site", "text")
            if has.names.count(name) == 1 and _fits(name, has.field(name).type)
        ]
        found = pa.parquet.ParquetFile(file, read_dictionary=words, buffer_size=1 << 20, pre_buffer=False)
    except (pa.ArrowException, OSError):
        text = "not a Parquet file that can be read to its end (is it a copy that was cut short?)"
        raise Problems(str(file), [Problem("", text)]) from None
    problems: list[Problem] = []
    schema = found.schema_arrow
    known = ", ".join((*NEEDED, *OPTIONAL))
    for name in NEEDED:
        if name not in schema.names:
            problems.append(Problem("columns", f'"{name}" is missing; needed: {", ".join(NEEDED)}'))
    for name in dict.fromkeys(schema.names):
        if schema.names.count(name) > 1:
            problems.append(
                Problem("columns", f'"{name}" is there {schema.names.count(name)} times; keep one')
            )
        elif name not in (*NEEDED, *OPTIONAL):
            problems.append(Problem("columns", f'unknown column "{name}"; known: {known}'))
        elif not _fits(name, schema.field(name).type):
            kind = {"day": "whole numbers", "minute": "whole numbers", "value": "numbers"}.get(name, "text")
            problems.append(Problem("columns", f'"{name}" must be {kind}, not {schema.field(name).type}'))
    if problems:
        raise Problems(str(file), problems)
    return found


def _fits(name: str, kind: Any) -> bool:
    types = arrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind):
        return name not in ("patient", "day", "kind")
    if name in ("day", "minute"):
        return types.is_integer(kind)
    if name == "value":
        return types.is_floating(kind) or types.is_integer(kind)
    return types.is_string(kind) or types.is_large_string(kind) or str(kind) == "string_view"


def fingerprint(files: list[Path]) -> str:
    """What changes when a file is replaced: names, sizes, times of writing, and the statistics in each footer."""
    seen = hashlib.sha256()
    for file in files:
        about = file.stat()
        seen.update(f"{file.name} {about.st_size} {about.st_mtime_ns}\n".encode())
        with file.open("rb") as stream:
            stream.seek(max(0, about.st_size - 65_536))
            seen.update(stream.read())
    return seen.hexdigest()


def check_files(files: list[Path]) -> int:
    """How many rows there are. Raises Problems if a file cannot be used or a patient is in two of them."""
    rows = 0
    spans: list[tuple[str, str, Path]] = []
    for file in files:
        found = opened(file)
        rows += found.metadata.num_rows
        names = _spans(found) if len(files) > 1 else None
        if names:
            spans.append((*names, file))
    if len(files) > 1:
        spans.sort()
        apart = all(one[1] < other[0] for one, other in zip(spans, spans[1:], strict=False))
        if len(spans) < sum(1 for file in files if opened(file).metadata.num_rows) or not apart:
            _no_patient_twice(files)
    return rows


def _spans(found: Any) -> tuple[str, str] | None:
    """The first and the last patient of a file by its statistics; None where it has none."""
    at = found.schema_arrow.names.index("patient")
    low: list[str] = []
    high: list[str] = []
    for group in range(found.metadata.num_row_groups):
        about = found.metadata.row_group(group).column(at).statistics
        if about is None or not about.has_min_max:
            return None
        low.append(str(about.min))
        high.append(str(about.max))
    return (min(low), max(high)) if low else None


def _no_patient_twice(files: list[Path]) -> None:
    """Raises Problems for patients that are in two files. Eight bytes are kept of each patient."""
    pa = arrow()
    seen: list[Longs] = []
    for file in files:
        own: list[Longs] = []
        for batch in opened(file).iter_batches(columns=["patient"], use_threads=False):
            names = batch.column(0).unique().to_pylist()
            digests = b"".join(hashlib.blake2b(str(n).encode(), digest_size=8).digest() for n in names)
            own.append(np.frombuffer(digests, dtype=np.int64))
        seen.append(np.unique(np.concatenate(own)) if own else np.empty(0, np.int64))
    every = np.concatenate(seen)
    values, counts = np.unique(every, return_counts=True)
    twice = set(values[counts > 1].tolist())
    if not twice:
        return
    home: dict[str, list[str]] = {}
    for file in files:
        for batch in opened(file).iter_batches(columns=["patient"], use_threads=False):
            for name in batch.column(0).unique().to_pylist():
                digest = hashlib.blake2b(str(name).encode(), digest_size=8).digest()
                if int(np.frombuffer(digest, dtype=np.int64)[0]) in twice:
                    where = home.setdefault(str(name), [])
                    if file.name not in where:
                        where.append(file.name)
    del pa
    problems = [
        Problem(f'patient "{name}"', f"is in {' and in '.join(where)}; keep each patient in one file")
        for name, where in sorted(home.items())
        if len(where) > 1
    ]
    if problems:
        shown = problems[:20]
        if len(problems) > 20:
            shown.append(Problem("", f"and {len(problems) - 20} more patients"))
        raise Problems("the files", shown)


class Reader:
    """The chunks of a file from a row on. Words keep their numbers from chunk to chunk."""

    def __init__(self, file: Path, texts: Texts, rows: int, skip: int = 0) -> None:
        self.file = file
        self.texts = texts
        self.rows = rows
        self.skip = skip
        self.found = opened(file)

    def chunks(self) -> Iterator[Chunk]:
        """Whole patients, about `rows` rows at a time. Raises Problems where the file cannot be followed."""
        groups, passed = self._groups()
        cut = Cut(self.file, self, self.rows, self.skip + 1)
        at = passed + 1
        try:
            for batch in self.found.iter_batches(batch_size=self.rows, row_groups=groups, use_threads=False):
                if at + batch.num_rows > self.skip + 1:
                    yield from cut.add(batch.slice(max(self.skip + 1 - at, 0)))
                at += batch.num_rows
        except (arrow().ArrowException, OSError):
            text = f"cannot be read beyond row {at - 1} (is it a copy that was cut short?)"
            raise Problems(str(self.file), [Problem("", text)]) from None
        yield from cut.rest()

    def _groups(self) -> tuple[list[int], int]:
        """The row groups from the first row that is wanted on, and how many rows lie before them."""
        passed = 0
        about = self.found.metadata
        for group in range(about.num_row_groups):
            size = about.row_group(group).num_rows
            if passed + size > self.skip:
                return list(range(group, about.num_row_groups)), passed
            passed += size
        return [], passed


class HasTexts(Protocol):
    """Whoever keeps the words: they may be forgotten between two chunks."""

    texts: Texts


class Cut:
    """Record batches, one after the other, cut into whole patients. `row` is the number of the first row."""

    def __init__(self, file: Path, words: HasTexts, rows: int, row: int = 1) -> None:
        self.file = file
        self.words = words
        self.row = row
        self.last: str | None = None  # the patient whose rows are waiting for more
        self.waiting = 0
        self.names: Any = None
        self.texts = words.texts
        self.room = rows_for(2 * rows)

    def add(self, batch: Any) -> Iterator[Chunk]:
        """The patients that are whole once the batch is there."""
        n = batch.num_rows
        if n == 0:
            return
        self._renumber(self.words.texts)
        texts, waiting = self.texts, self.waiting
        if waiting + n > self.room.day.size:
            self.room = Rows(*(np.concatenate([c, np.empty(c.size + n, c.dtype)]) for c in self.room))
        room = self.room
        who = _worded(batch, "patient")
        self._missing(who, waiting)
        index, names = indices_of(who), who.dictionary
        odd = gather(
            self._kinds(batch),
            self._words(batch, "code", texts.codes, MOST_CODES),
            self._words(batch, "site", texts.sites, MOST_SITES),
            self._numbered(batch, "text", texts.raw),
            whole(batch.column("day")),
            NOTHING if empty(batch, "minute") else whole(batch.column("minute")),
            NO_VALUES if empty(batch, "value") else values_of(batch.column("value")),
            room,
            waiting,
        )
        self._as_meant(room, odd)
        starts = np.empty(n, np.int64)
        starts = starts[: find_starts(index, starts)]
        firsts = names.take(arrow().array(index[starts])).cast(arrow().string())
        starts, firsts = self._ordered(starts + waiting, firsts)
        end = waiting + n
        if self.last is not None:
            starts = np.concatenate([[0], starts])
        self.last = self.last if not len(firsts) else firsts[-1].as_py()
        whole_rows = int(starts[-1])
        known = arrow().concat_arrays([self.names, firsts]) if waiting else firsts
        self.names = known[-1:]
        if whole_rows:
            rows = room._replace(
                start=starts, **{name: getattr(room, name)[:whole_rows] for name in Rows._fields[1:]}
            )
            yield Chunk(self.file, self.row, known[:-1], rows)
            for column in room[1:]:
                column[: end - whole_rows] = column[whole_rows:end].copy()
        self.row += whole_rows
        self.waiting = end - whole_rows

    def rest(self) -> Iterator[Chunk]:
        """The last patient, of whom nothing more comes."""
        self._renumber(self.words.texts)
        if self.waiting:
            start = np.array([0, self.waiting], np.int64)
            rows = Rows(start, *(column[: self.waiting] for column in self.room[1:]))
            yield Chunk(self.file, self.row, self.names, rows)
        self.waiting = 0

    def _renumber(self, texts: Texts) -> None:
        """Call the words of the waiting rows by their new numbers, if the old ones were forgotten."""
        if texts is self.texts:
            return
        old, self.texts = reverse(self.texts), texts
        for at, row in enumerate(rows_at(self.room, old, np.arange(self.waiting))):
            what = texts.kinds.setdefault(row.kind, len(texts.kinds))
            if row.site is not None:
                what |= (texts.sites.setdefault(row.site, len(texts.sites)) + 1) << SITE_AT
            if row.code is not None:
                what |= (texts.codes.setdefault(row.code, len(texts.codes)) + 1) << CODE_AT
            if row.text is not None:
                what |= (texts.raw(row.text) + 1) << TEXT_AT
            self.room.what[at] = what

    def _missing(self, who: Any, waiting: int) -> None:
        if who.null_count:
            at = self.row + waiting + int(np.flatnonzero(who.is_null().to_numpy(zero_copy_only=False))[0])
            raise Problems(str(self.file), [Problem(f"row {at} patient", "is missing")])

    def _ordered(self, starts: Longs, firsts: Any) -> tuple[Longs, Any]:
        """The patients that begin in this batch, in the order of their names; else Problems."""
        before = self.last
        if before is not None and len(firsts) and firsts[0].as_py() == before:
            starts, firsts = starts[1:], firsts[1:]
        if not len(firsts):
            return starts, firsts
        name = firsts[0].as_py()
        if firsts.null_count or not name:
            nameless = firsts.is_null().to_numpy(zero_copy_only=False)
            row = self.row + int(starts[int(np.flatnonzero(nameless)[0]) if nameless.any() else 0])
            raise Problems(str(self.file), [Problem(f"row {row} patient", "is missing")])
        if before is not None and not before.encode() < name.encode():
            self._unsorted(self.row + int(starts[0]), name, before)
        if len(firsts) > 1:
            good = arrow().compute.less(firsts[:-1], firsts[1:]).to_numpy(zero_copy_only=False)
            if not good.all():
                wrong = int(np.flatnonzero(~good)[0]) + 1
                self._unsorted(
                    self.row + int(starts[wrong]), firsts[wrong].as_py(), firsts[wrong - 1].as_py()
                )
        return starts, firsts

    def _unsorted(self, row: int, name: str, before: str) -> None:
        text = f'"{name}" comes after "{before}"; sort the file by patient, then by day'
        raise Problems(str(self.file), [Problem(f"row {row} patient", text)])

    def _kinds(self, batch: Any) -> Worded:
        kinds = self.texts.kinds
        found = self._words(batch, "kind", kinds, MOST_KINDS)
        if not found.number.size or found.there.size or not found.here[:-1].all():
            # A row without a kind is of a kind of its own, which no reader knows.
            nothing = kinds.setdefault("", len(kinds)) + 1
            here = np.where(found.here == 0, nothing, found.here)
            number = np.full(batch.num_rows, here.size - 1, np.int32)
            if found.number.size:
                number = np.where(_there(found), found.number, number).astype(np.int32)
            found = Worded(number, np.empty(0, np.uint8), 0, here)
        return found

    def _words(self, batch: Any, name: str, known: dict[str, int], most: int) -> Worded:
        found = self._numbered(batch, name, lambda word: known.setdefault(word, len(known)))
        if len(known) > most:
            text = f"more than {most:,} different words: this is no column of {name}s"
            raise Problems(str(self.file), [Problem(f'column "{name}"', text)])
        return found

    def _numbered(self, batch: Any, name: str, number: Callable[[str], int]) -> Worded:
        """The words of a column as the numbers of its dictionary, and what these are called here."""
        if empty(batch, name):
            return NO_WORDS
        column = _worded(batch, name)
        index = indices_of(column)
        size = len(column.dictionary)
        used = (
            np.unique(index[column.is_valid().to_numpy(zero_copy_only=False)])
            if size > 4096
            else np.arange(size)
        )
        here = np.zeros(size + 1, np.int64)
        words = column.dictionary.take(arrow().array(used)).to_pylist()
        here[used] = [0 if word is None else number(word) + 1 for word in words]
        return Worded(index, *bits_of(column.indices), here)

    def _as_meant(self, room: Rows, odd: Longs) -> None:
        """The values as they were meant: 4.3 where a single-precision column holds 4.30000019."""
        if not odd.size:
            return
        single, where = np.unique(room.value[odd], return_inverse=True)
        room.value[odd] = np.array([read_float32(float(one)) for one in single])[where]


def empty(batch: Any, name: str) -> bool:
    """Whether a column is not there, or nothing is in it."""
    return name not in batch.schema.names or batch.column(name).null_count == batch.num_rows


def _worded(batch: Any, name: str) -> Any:
    """A column of words as a dictionary."""
    pa = arrow()
    column = batch.column(name)
    kind = column.type
    worded = pa.types.is_string(kind) or pa.types.is_large_string(kind) or str(kind) == "string_view"
    return column.cast(pa.string()).dictionary_encode() if worded else column


def _there(column: Worded) -> Bytes:
    n = column.number.size
    if not column.there.size:
        return np.ones(n, np.uint8)
    return np.unpackbits(column.there, bitorder="little")[column.offset :][:n]


def numbered(chunk: Chunk, words: Reversed, first: int, last: int) -> list[Numbered]:
    """Rows of a chunk as the record's reader takes them, each with its place in the file."""
    rows = rows_at(chunk.rows, words, np.arange(first, last))
    return [Numbered(chunk.place(first + at), row) for at, row in enumerate(rows)]


class Reversed(NamedTuple):
    """Words by number."""

    kinds: list[str]
    codes: list[str]
    sites: list[str]
    raws: list[str]


def reverse(texts: Texts) -> Reversed:
    """The words of each number."""
    return Reversed(list(texts.kinds), list(texts.codes), list(texts.sites), list(texts.raws))


def rows_at(rows: Rows, words: Reversed, places: Longs) -> list[Row]:
    """Rows as they were written, but for their patient."""

    def word(known: list[str], number: int) -> str | None:
        return known[number] if number >= 0 else None

    what = rows.what[places]
    columns = (
        *(rows.day[places], rows.minute[places], rows.value[places]),
        what & (2**KIND_BITS - 1),
        (what >> SITE_AT & (2**SITE_BITS - 1)) - 1,
        (what >> CODE_AT & (2**CODE_BITS - 1)) - 1,
        (what >> TEXT_AT) - 1,
    )
    return [
        Row(
            patient="one",
            day=day,
            minute=None if minute == -1 else minute,
            kind=words.kinds[kind],
            code=word(words.codes, code),
            site=word(words.sites, site),
            value=None if value != value else value,
            text=word(words.raws, text),
        )
        for day, minute, value, kind, site, code, text in zip(
            *(each.tolist() for each in columns), strict=True
        )
    ]
