"""The table in pieces: whole patients, words as numbers, whatever the size of the files.

The columns and their meaning are those of `assuage.record.table`. A file must be sorted by patient, and a
patient must be in one file: a stream cannot look back. What cannot be given to a patient is an error of the
file; what can is left to whoever judges that patient.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from assuage.engine.cohort.rows import NO_ENTRY, Rows, Words
from assuage.engine.cohort.typed import Floats, Ints, Longs, arrow
from assuage.errors import InputError, Problem, Problems
from assuage.record.table import Numbered, Row, read_float32
from assuage.terms.scales import SCALES

NEEDED = ("patient", "day", "kind", "code")
OPTIONAL = ("minute", "site", "value", "text")
MOST_TEXTS = 400_000  # distinct texts remembered at a time
NO_DAY = 2**30  # a day that is not there: too far away to be right


class Chunk(NamedTuple):
    """The rows of some whole patients. `file_row` is the number of the first row in its file, from 1."""

    file: Path
    file_row: int
    patients: Any  # Arrow array of text
    rows: Rows
    raw: Ints  # the number of each row's text as it was written
    last: bool  # whether the file ends here


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

    def words(self) -> Words:
        """What the grouping of rows has to know."""
        instruments: dict[str, int] = {}
        return Words(
            plain=np.array([kind == "score" for kind in self.kinds], dtype=np.uint8),
            scale=np.array([0, *(code in SCALES for code in self.codes)], dtype=np.uint8),
            fact=np.array([kind == "patient" for kind in self.kinds], dtype=np.uint8),
            answers=np.array([kind == "answers" for kind in self.kinds], dtype=np.uint8),
            holds=np.array([0, *(bool(h & {"value", "low", "high"}) for h in self.holds)], dtype=np.uint8),
            instrument=np.array(
                [instruments.setdefault(code.split(".")[0], len(instruments)) for code in self.codes],
                dtype=np.int32,
            ),
        )


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
        has = pa.parquet.read_schema(file).names
        words = [name for name in ("patient", "kind", "code", "site", "text") if name in has]
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
    for name in schema.names:
        if name not in (*NEEDED, *OPTIONAL):
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
        self.single = "value" in self.found.schema_arrow.names and _is_single(self.found.schema_arrow)
        self._exact: dict[float, float] = {}

    def chunks(self) -> Iterator[Chunk]:
        """Whole patients, about `rows` rows at a time. Raises Problems where the file cannot be followed."""
        pa = arrow()
        groups, passed = self._groups()
        at = passed + 1
        carry: Any = None
        last_name: str | None = None
        try:
            for batch in self.found.iter_batches(batch_size=self.rows, row_groups=groups, use_threads=False):
                if at + batch.num_rows <= self.skip + 1:
                    at += batch.num_rows
                    continue
                if at <= self.skip:
                    batch = batch.slice(self.skip + 1 - at)
                    at = self.skip + 1
                table = pa.Table.from_batches([batch])
                if carry is not None:
                    table = pa.concat_tables([carry, table]).unify_dictionaries()
                table = table.combine_chunks()
                begin = at - (0 if carry is None else carry.num_rows)
                at += batch.num_rows
                starts, names = self._patients(table, begin, last_name)
                whole = int(starts[-1])
                carry = table.slice(whole)
                if whole:
                    last_name = names[len(starts) - 2].as_py()
                    yield self._chunk(table.slice(0, whole), starts, names[: len(starts) - 1], begin, False)
        except (pa.ArrowException, OSError):
            text = f"cannot be read beyond row {at - 1} (is it a copy that was cut short?)"
            raise Problems(str(self.file), [Problem("", text)]) from None
        if carry is not None and carry.num_rows:
            starts, names = self._patients(carry, at - carry.num_rows, last_name)
            starts = np.append(starts, carry.num_rows)
            yield self._chunk(carry, starts, names, at - carry.num_rows, True)

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

    def _patients(self, table: Any, begin: int, before: str | None) -> tuple[Longs, Any]:
        """Where each patient begins, and their names; in order, or Problems."""
        pa = arrow()
        column = _one_chunk(table.column("patient"))
        if column.null_count:
            at = begin + int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
            raise Problems(str(self.file), [Problem(f"row {at} patient", "is missing")])
        index = column.indices.to_numpy(zero_copy_only=False)
        starts = np.concatenate([[0], np.flatnonzero(index[1:] != index[:-1]) + 1]).astype(np.int64)
        names = column.dictionary.take(pa.array(index[starts])).cast(pa.string())
        if len(names) > 1:
            good = pa.compute.less(names[:-1], names[1:]).to_numpy(zero_copy_only=False)
            if not good.all():
                wrong = int(np.flatnonzero(~good)[0]) + 1
                self._unsorted(begin + int(starts[wrong]), names[wrong].as_py(), names[wrong - 1].as_py())
        if before is not None and not before.encode() < names[0].as_py().encode():
            self._unsorted(begin, names[0].as_py(), before)
        if names[0].as_py() == "":
            raise Problems(str(self.file), [Problem(f"row {begin} patient", "is missing")])
        return starts, names

    def _unsorted(self, row: int, name: str, before: str) -> None:
        text = f'"{name}" comes after "{before}"; sort the file by patient, then by day'
        raise Problems(str(self.file), [Problem(f"row {row} patient", text)])

    def _chunk(self, table: Any, starts: Longs, names: Any, begin: int, last: bool) -> Chunk:
        texts = self.texts
        n = table.num_rows
        raw = self._numbers(table, "text", texts.raw)

        def looked_up(values: list[int], none: int, kind: type[np.integer[Any]]) -> Any:
            if all(value == none for value in values):
                return np.full(n, none, kind)
            return np.array([*values, none], dtype=kind)[raw]  # -1 finds the last of them

        rows = Rows(
            start=starts,
            day=_whole(table, "day", NO_DAY, n),
            minute=_whole(table, "minute", -1, n),
            kind=self._kinds(table),
            code=self._words(table, "code", texts.codes),
            site=self._words(table, "site", texts.sites),
            text=looked_up(texts.plain_of, -1, np.int32),
            value=self._values(table, n),
            entry=looked_up(texts.entry_of, NO_ENTRY, np.int64),
            number=looked_up(texts.row_of, 0, np.int32),
        )
        return Chunk(self.file, begin, names, rows, raw, last)

    def _kinds(self, table: Any) -> Ints:
        found = self._words(table, "kind", self.texts.kinds)
        if found.size and found.min() < 0:
            # A row without a kind is of a kind of its own, which no reader knows.
            found[found < 0] = self.texts.kinds.setdefault("", len(self.texts.kinds))
        return found

    def _words(self, table: Any, name: str, known: dict[str, int]) -> Ints:
        def number(word: str) -> int:
            return known.setdefault(word, len(known))

        return self._numbers(table, name, number)

    def _numbers(self, table: Any, name: str, number: Any) -> Ints:
        """The numbers of the words of a column; -1 where there is none."""
        if name not in table.column_names:
            return np.full(table.num_rows, -1, np.int32)
        pa = arrow()
        column = _one_chunk(table.column(name))
        if pa.types.is_null(column.type):
            return np.full(table.num_rows, -1, np.int32)
        index = column.indices.fill_null(-1) if column.null_count else column.indices
        index = index.to_numpy(zero_copy_only=False)
        used = np.unique(index) if len(column.dictionary) > 4096 else np.arange(len(column.dictionary))
        used = used[used >= 0]
        table_of = np.full(len(column.dictionary) + 1, -1, np.int32)
        words = column.dictionary.take(pa.array(used)).to_pylist()
        table_of[used] = [-1 if word is None else number(word) for word in words]
        return table_of[index]

    def _values(self, table: Any, n: int) -> Floats:
        """The values as they were meant: 4.3 where a single-precision column holds 4.30000019."""
        if "value" not in table.column_names:
            return np.full(n, np.nan)
        pa = arrow()
        column = _one_chunk(table.column("value"))
        empty = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
        found: Floats = np.array(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
        # A number that is none is not a blank: it is infinite, which no scale allows.
        found[np.isnan(found)] = np.inf
        if self.single:
            odd = np.flatnonzero((found != np.rint(found)) | (np.abs(found) >= 1e7))
            if odd.size:
                values, where = np.unique(found[odd], return_inverse=True)
                found[odd] = np.array([read_float32(float(one)) for one in values])[where]
        if empty is not None:
            found[empty] = np.nan
        return found


def _is_single(schema: Any) -> bool:
    return bool(schema.field("value").type == arrow().float32())


def _one_chunk(column: Any) -> Any:
    """A column in one piece, words as a dictionary."""
    pa = arrow()
    found = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(found, pa.ChunkedArray):
        found = found.chunk(0) if found.num_chunks else pa.array([], found.type)
    kind = found.type
    worded = pa.types.is_string(kind) or pa.types.is_large_string(kind) or str(kind) == "string_view"
    return found.cast(pa.string()).dictionary_encode() if worded else found


def _whole(table: Any, name: str, none: int, n: int) -> Ints:
    """A column of whole numbers; what does not fit becomes a number that cannot be right."""
    if name not in table.column_names:
        return np.full(n, none, np.int32)
    pa = arrow()
    column = _one_chunk(table.column(name))
    if pa.types.is_null(column.type) or column.null_count == n:
        return np.full(n, none, np.int32)
    empty = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
    wide = column.fill_null(0).to_numpy(zero_copy_only=False)
    found = (
        np.clip(wide, -(2**20), 2**20).astype(np.int32) if wide.dtype.itemsize > 2 else wide.astype(np.int32)
    )
    if none == -1:
        found[found == -1] = -2  # a minute of -1 is wrong, and no blank
    if empty is not None:
        found[empty] = none
    return found


def numbered(chunk: Chunk, texts: Reversed, first: int, last: int) -> list[Numbered]:
    """Rows of a chunk as the record's reader takes them, each with its place in the file."""
    rows = chunk.rows
    return [
        Numbered(f"{chunk.file.name} row {chunk.file_row + at}", row_of(rows, chunk.raw, texts, at))
        for at in range(first, last)
    ]


class Reversed(NamedTuple):
    """Words by number."""

    kinds: list[str]
    codes: list[str]
    sites: list[str]
    raws: list[str]


def reverse(texts: Texts) -> Reversed:
    """The words of each number."""
    return Reversed(list(texts.kinds), list(texts.codes), list(texts.sites), list(texts.raws))


def row_of(rows: Rows, raw: Ints, words: Reversed, at: int) -> Row:
    """A row as it was written, but for its patient."""
    value = float(rows.value[at])

    def word(known: list[str], number: int) -> str | None:
        return known[number] if number >= 0 else None

    return Row(
        patient="one",
        day=int(rows.day[at]),
        minute=None if rows.minute[at] == -1 else int(rows.minute[at]),
        kind=word(words.kinds, int(rows.kind[at])) or "",
        code=word(words.codes, int(rows.code[at])),
        site=word(words.sites, int(rows.site[at])),
        value=None if np.isnan(value) else value,
        text=word(words.raws, int(raw[at])),
    )
