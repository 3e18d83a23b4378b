"""The table in pieces: whole patients, words as numbers, whatever the size of the files.

The columns and their meaning are those of `assuage.record.table`. A file must be sorted by patient, and a
patient must be in one file: a stream cannot look back. What cannot be given to a patient is an error of the
file; what can is left to whoever judges that patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from assuage.catalogue.message import message
from assuage.engine.many.arrays import Bytes, Ints, Longs, bytes_of, join_columns, map_columns
from assuage.engine.many.rows.columns import (
    CODE_AT,
    LABELS,
    MOST_CODES,
    MOST_KINDS,
    MOST_SITES,
    NO_VALUES,
    NO_WORDS,
    NOTHING,
    SITE_AT,
    TEXT_AT,
    TableRows,
    WordColumn,
    bits_of,
    find_starts,
    gather,
    indices_of,
    put_labels,
    row_labels,
    rows_for,
    unlabelled,
    values_of,
    whole_column,
)
from assuage.engine.many.rows.row_texts import IS_ITS_TEXT, RawTexts
from assuage.engine.many.rows.text_kernel import LABELLED, NO_ENTRY, TextLabels
from assuage.engine.many.rows.vocabulary import Vocabulary, WordLists, rows_at, word_lists
from assuage.errors import Problem, Problems
from assuage.record.arrow import arrow
from assuage.record.table import Numbered, read_float32
from assuage.record.table_reader import NEEDED, opened, out_of_order, readable

LOOKED_AT_FIRST = 512  # texts by which it is told whether texts repeat each other
MOST_LOOKED_AT = 4096  # words of a dictionary that are all looked at, whether a row has them or not


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
    rows: TableRows
    texts: RawTexts  # good until the next chunk is read
    places: Places | None = None  # None: the rows lie in the file one after the other

    def place(self, at: int) -> str:
        """Where a row was read, for people."""
        return self.places.place(at) if self.places else f"{self.file.name} row {self.file_row + at}"

    def span(self, first: int, last: int) -> str:
        """Where the rows from `first` to the one before `last` were read."""
        if self.places:
            return self.places.span(first, last)
        return f"{self.file.name} row {self.file_row + first} to row {self.file_row + last - 1}"


class TableReader:
    """The chunks of a file behind its first `skip` rows, up to a row. Words keep their numbers from chunk to chunk.

    `before` is the patient of the row that was skipped last: who comes next has to come behind.
    """

    def __init__(
        self,
        file: Path,
        vocabulary: Vocabulary,
        rows: int,
        skip: int = 0,
        upto: int | None = None,
        before: str | None = None,
    ) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.rows = rows
        self.skip = skip
        self.upto = upto
        self.before = before
        self.found = opened(file)

    def chunks(self) -> Iterator[Chunk]:
        """Whole patients, about `rows` rows at a time. Raises Problems where the file cannot be followed."""
        groups, passed = self._groups()
        columns = self.filled(groups)
        cut = PatientCutter(self.file, self, self.rows, self.skip + 1, self.before)
        at = passed + 1
        with readable(self.file, lambda: at - 1):
            for batch in self.found.iter_batches(
                batch_size=self.rows, row_groups=groups, columns=columns, use_threads=False
            ):
                wanted = batch if self.upto is None else batch.slice(0, max(self.upto + 1 - at, 0))
                if at + wanted.num_rows > self.skip + 1:
                    yield from cut.add(wanted.slice(max(self.skip + 1 - at, 0)))
                at += batch.num_rows
        yield from cut.rest()

    def _groups(self) -> tuple[list[int], int]:
        """The row groups in which there are rows that are wanted, and how many rows lie before them."""
        about = self.found.metadata
        sizes = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
        ends = list(accumulate(sizes))
        upto = self.found.metadata.num_rows if self.upto is None else self.upto
        groups = [
            group
            for group, (size, end) in enumerate(zip(sizes, ends, strict=True))
            if end > self.skip and end - size < upto
        ]
        return groups, ends[groups[0]] - sizes[groups[0]] if groups else self.skip

    def filled(self, groups: list[int]) -> list[str]:
        """The columns in which there is anything, by the statistics of their row groups; they alone are read."""
        about = self.found.metadata
        return [
            name
            for at, name in enumerate(self.found.schema_arrow.names)
            if name in NEEDED or not all(_is_empty(about.row_group(group).column(at)) for group in groups)
        ]


def _is_empty(column: Any) -> bool:
    """Whether nothing is in a column of a row group. Without statistics nobody knows, and it is read."""
    statistics = column.statistics
    if statistics is None:
        return False
    nulls = statistics.has_null_count and statistics.null_count == column.num_values
    return nulls or (statistics.has_min_max and statistics.max in ("", b""))


class HasVocabulary(Protocol):
    """Whoever keeps the words: they may be forgotten between two chunks."""

    vocabulary: Vocabulary


class PatientCutter:
    """Record batches, one after the other, cut into whole patients. `row` is the number of the first row.

    `before` is the patient of the row before that.
    """

    def __init__(
        self, file: Path, words: HasVocabulary, rows: int, row: int = 1, before: str | None = None
    ) -> None:
        self.file = file
        self.words = words
        self.row = row
        self.before = before
        self.last: str | None = None  # the patient whose rows are waiting for more
        self.waiting = 0
        self.names: Any = None
        self.vocabulary = words.vocabulary
        self.timed = False  # whether there was any minute so far
        self.buffer = rows_for(rows + rows // 8)
        # Column: its last dictionary, and what the words of that are called.
        self.called: dict[str, tuple[Any, Longs]] = {}
        self.texts = RawTexts()
        self.labelled = False  # whether any row so far had a label

    def add(self, batch: Any) -> Iterator[Chunk]:
        """The patients that are whole once the batch is there."""
        n = batch.num_rows
        if n == 0:
            return
        self._renumber(self.words.vocabulary)
        vocabulary, waiting = self.vocabulary, self.waiting
        if waiting + n > self.buffer.day.size:
            wider = rows_for(self.buffer.day.size + n)
            self.buffer = join_columns([self.buffer, wider])
        buffer = self.buffer
        untimed = empty(batch, "minute")
        self.timed |= not untimed
        who = _worded(batch, "patient")
        self._missing(who, waiting)
        index, names = indices_of(who), who.dictionary
        kept = buffer.written[:waiting][buffer.written[:waiting] >= 0]
        self.texts.forget(int(kept.min()) if kept.size else None)
        text, labels = self._texts(batch)
        odd = gather(
            self._kinds(batch),
            self._words(batch, "code", vocabulary.codes, MOST_CODES),
            self._words(batch, "site", vocabulary.sites, MOST_SITES),
            text,
            whole_column(batch.column("day")),
            NOTHING if untimed else whole_column(batch.column("minute")),
            NO_VALUES if empty(batch, "value") else values_of(batch.column("value")),
            buffer,
            waiting,
            self.timed,
        )
        self._as_meant(buffer, odd)
        self._put_labels(buffer, slice(waiting, waiting + n), text, labels)
        starts = np.empty(n, np.int64)
        starts = starts[: find_starts(index, starts)]
        firsts = _names_at(names, index[starts])
        starts, firsts = self._ordered(starts + waiting, firsts)
        end = waiting + n
        if self.last is not None:
            starts = np.concatenate([[0], starts])
        self.last = self.last if not len(firsts) else firsts[-1].as_py()
        whole_rows = int(starts[-1])
        known = arrow().concat_arrays([self.names, firsts]) if waiting else firsts
        self.names = known[-1:]
        if whole_rows:
            rows = buffer._replace(
                start=starts, **{name: getattr(buffer, name)[:whole_rows] for name in TableRows._fields[1:]}
            )
            yield Chunk(self.file, self.row, known[:-1], rows, self.texts)
            for column in buffer[1:]:
                column[: end - whole_rows] = column[whole_rows:end].copy()
        self.row += whole_rows
        self.waiting = end - whole_rows

    def rest(self) -> Iterator[Chunk]:
        """The last patient, of whom nothing more comes."""
        self._renumber(self.words.vocabulary)
        if self.waiting:
            start = np.array([0, self.waiting], np.int64)
            rows = map_columns(self.buffer, lambda column: column[: self.waiting])._replace(start=start)
            yield Chunk(self.file, self.row, self.names, rows, self.texts)
        self.waiting = 0

    def _renumber(self, vocabulary: Vocabulary) -> None:
        """Call the words of the waiting rows by their new numbers, if the old ones were forgotten."""
        if vocabulary is self.vocabulary:
            return
        old, self.vocabulary = word_lists(self.vocabulary), vocabulary
        self.called.clear()
        for at, row in enumerate(rows_at(self.buffer, old, np.arange(self.waiting))):
            what = vocabulary.kinds.setdefault(row.kind, len(vocabulary.kinds))
            if row.site is not None:
                what |= (vocabulary.sites.setdefault(row.site, len(vocabulary.sites)) + 1) << SITE_AT
            if row.code is not None:
                what |= (vocabulary.codes.setdefault(row.code, len(vocabulary.codes)) + 1) << CODE_AT
            if row.text is not None:
                what |= (vocabulary.plain(row.text)[0] + 1) << TEXT_AT
            self.buffer.what[at] = what

    def _missing(self, who: Any, waiting: int) -> None:
        if who.null_count:
            at = self.row + waiting + int(np.flatnonzero(who.is_null().to_numpy(zero_copy_only=False))[0])
            raise Problems(str(self.file), [Problem(f"row {at} patient", message("field.missing"))])

    def _ordered(self, starts: Longs, firsts: Any) -> tuple[Longs, Any]:
        """The patients that begin in this batch, in the order of their names; else Problems."""
        before = self.before if self.last is None else self.last
        if self.last is not None and len(firsts) and firsts[0].as_py() == self.last:
            starts, firsts = starts[1:], firsts[1:]
        if not len(firsts):
            return starts, firsts
        name = firsts[0].as_py()
        if firsts.null_count or not name:
            nameless = firsts.is_null().to_numpy(zero_copy_only=False)
            row = self.row + int(starts[int(np.flatnonzero(nameless)[0]) if nameless.any() else 0])
            raise Problems(str(self.file), [Problem(f"row {row} patient", message("field.missing"))])
        self._check_order(self.row + int(starts[0]), name, before)
        if len(firsts) > 1:
            good = arrow().compute.less(firsts[:-1], firsts[1:]).to_numpy(zero_copy_only=False)
            if not good.all():
                wrong = int(np.flatnonzero(~good)[0]) + 1
                row = self.row + int(starts[wrong])
                self._check_order(row, firsts[wrong].as_py(), firsts[wrong - 1].as_py())
        return starts, firsts

    def _check_order(self, row: int, name: str, before: str | None) -> None:
        problem = out_of_order(row, name, before)
        if problem:
            raise Problems(str(self.file), [problem])

    def _kinds(self, batch: Any) -> WordColumn:
        kinds = self.vocabulary.kinds
        column = self._words(batch, "kind", kinds, MOST_KINDS)
        if not column.number.size or column.there.size or not column.here[:-1].all():
            # A row without a kind is of a kind of its own, which no reader knows.
            nothing = kinds.setdefault("", len(kinds)) + 1
            here = np.where(column.here == 0, nothing, column.here)
            number = np.full(batch.num_rows, here.size - 1, np.int32)
            if column.number.size:
                number = np.where(_there(column), column.number, number).astype(np.int32)
            column = WordColumn(number, np.empty(0, np.uint8), 0, here)
        return column

    def _words(self, batch: Any, name: str, known: dict[str, int], most: int) -> WordColumn:
        column = self._numbered(batch, name, lambda word: known.setdefault(word, len(known)))
        if len(known) > most:
            what = message("table.too-many-words", most=f"{most:,}", column=name)
            raise Problems(str(self.file), [Problem(f'column "{name}"', what)])
        return column

    def _numbered(self, batch: Any, name: str, number: Callable[[str], int]) -> WordColumn:
        """The words of a column as the numbers of its dictionary, and what these are called here; "" is none."""
        if empty(batch, name):
            return NO_WORDS
        column = _worded(batch, name)
        index, words = indices_of(column), column.dictionary
        last, here = self.called.get(name, (None, NO_WORDS.here))
        if last is None or not words.equals(last):
            here = np.zeros(len(words) + 1, np.int64)
            if len(words) > MOST_LOOKED_AT:
                used, _ = _used(index, column, len(words))
                words, last = words.take(arrow().array(used)), None
            else:
                used, last = slice(0, len(words)), words
            here[used] = [number(word) + 1 if word else 0 for word in words.to_pylist()]
            self.called[name] = last, here
        return WordColumn(index, *bits_of(column.indices), here)

    def _texts(self, batch: Any) -> tuple[WordColumn, TextLabels | None]:
        """What the texts of a batch say, as a column of words; and the labels of each word, if any has one."""
        if empty(batch, "text"):
            return NO_WORDS, None
        column = batch.column("text")
        if not arrow().types.is_dictionary(column.type) and _is_varied(column):
            # Ids make every text another one: there is nothing to gain from finding those that are alike.
            numbers, labels = self.vocabulary.numbers_of(column, _may_have_notes(batch))
            here = np.append(numbers + 1, 0)
            index = np.arange(len(column), dtype=np.int32)
            return self._labelled(WordColumn(index, *bits_of(column), here), column, labels)
        column = _worded(batch, "text")
        index, words = indices_of(column), column.dictionary
        if len(words) > MOST_LOOKED_AT:
            used, index = _used(index, column, len(words))
            words = words.take(arrow().array(used))
        may_be_note = np.ones(len(words), np.uint8)
        of_others = np.flatnonzero(_may_have_notes(batch) == 0)
        may_be_note[index[of_others][index[of_others] < len(words)]] = 0
        numbers, labels = self.vocabulary.numbers_of(words, may_be_note)
        here = np.append(numbers + 1, 0)
        column_here = WordColumn(np.minimum(index, here.size - 1), *bits_of(column.indices), here)
        return self._labelled(column_here, words, labels)

    def _labelled(
        self, column: WordColumn, words: Any, labels: TextLabels
    ) -> tuple[WordColumn, TextLabels | None]:
        """A column of texts with the labels of its words, if any has one; those that no column holds are kept."""
        named = (labels.how == LABELLED) | (labels.entry != NO_ENTRY) | (labels.number != 0)
        if not named.any():
            return column, None
        self.labelled = True
        begin = self.texts.add(words)
        written = np.where(labels.how == LABELLED, np.arange(begin, begin + len(words)), -1)
        return column, labels._replace(key=written)

    def _put_labels(
        self, buffer: TableRows, here: slice, text: WordColumn, labels: TextLabels | None
    ) -> None:
        """Write the labels of the rows of a batch; nothing where there was none so far."""
        if not self.labelled:
            return
        for column, none in zip(buffer[LABELS:], unlabelled(1), strict=True):
            column[here] = none[0]
        if labels is not None:
            put_labels(text.number, text.there, text.offset, labels, row_labels(buffer, here))

    def _as_meant(self, buffer: TableRows, odd: Longs) -> None:
        """The values as they were meant: 4.3 where a single-precision column holds 4.30000019."""
        if not odd.size:
            return
        single, where = np.unique(buffer.value[odd], return_inverse=True)
        buffer.value[odd] = np.array([read_float32(float(number)) for number in single])[where]


def empty(batch: Any, name: str) -> bool:
    """Whether a column is not there, or nothing is in it."""
    return name not in batch.schema.names or batch.column(name).null_count == batch.num_rows


def _used(index: Ints, column: Any, many: int) -> tuple[Longs, Ints]:
    """Which of so many words a row has, and the rows by the place of their word among these; of a null anything."""
    met = np.zeros(many, bool)
    met[index[column.is_valid().to_numpy(zero_copy_only=False)] if column.null_count else index] = True
    return np.flatnonzero(met), (np.cumsum(met, dtype=np.int32) - 1)[np.minimum(index, many - 1)]


def _is_varied(column: Any) -> bool:
    """Whether nearly every text of a column is another one, by the first of them."""
    first = column.slice(0, LOOKED_AT_FIRST)
    return 2 * len(first.unique()) > LOOKED_AT_FIRST


def _may_have_notes(batch: Any) -> Bytes:
    """By row, whether a text that is no JSON is the note of the row, and not what it says."""
    if empty(batch, "kind"):
        return np.zeros(int(batch.num_rows), np.uint8)
    column = _worded(batch, "kind")
    kinds = [bool(kind) and kind not in IS_ITS_TEXT for kind in column.dictionary.to_pylist()]
    index = indices_of(column)
    there: Bytes = column.is_valid().to_numpy(zero_copy_only=False)
    may_be: Bytes = bytes_of([*kinds, False])
    whose: Longs = np.where(there, index, len(kinds)).astype(np.int64)
    return may_be[whose]


def _worded(batch: Any, name: str) -> Any:
    """A column of words as a dictionary."""
    pa = arrow()
    column = batch.column(name)
    kind = column.type
    return column if pa.types.is_dictionary(kind) else column.cast(pa.string()).dictionary_encode()


def _names_at(names: Any, places: Ints) -> Any:
    """The names at some places of a dictionary: a part of it as it lies, where they follow each other."""
    first, n = int(places[0]), len(places)
    if np.array_equal(places, np.arange(first, first + n)):
        return names.slice(first, n).cast(arrow().string())
    return names.take(arrow().array(places)).cast(arrow().string())


def _there(column: WordColumn) -> Bytes:
    n = column.number.size
    if not column.there.size:
        return np.ones(n, np.uint8)
    return np.unpackbits(column.there, bitorder="little")[column.offset :][:n]


def numbered_rows(chunk: Chunk, words: WordLists, first: int, last: int) -> list[Numbered]:
    """TableRows of a chunk as the record's reader takes them, each with its place in the file."""
    rows = rows_at(chunk.rows, words, np.arange(first, last), chunk.texts)
    return [Numbered(chunk.place(first + at), row) for at, row in enumerate(rows)]
