"""The entries of a chunk, each with the number of its distinct entry; those not met before are read once."""

from __future__ import annotations

from typing import NamedTuple, get_args

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.entries.body_maps import fold_maps
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.entries.corrections import corrected
from assuage.engine.many.entries.entry_table import FactKind
from assuage.engine.many.entries.grouping import (
    MOST_ENTRIES,
    EntryIndex,
    group_rows,
    index_for,
    is_in_order,
    name_rows,
    nothing_recent,
    sort_rows,
)
from assuage.engine.many.entries.sum_scores import fold_sums
from assuage.engine.many.hash_table import HashTable, look_up
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.columns import TableRows, take_apart
from assuage.engine.many.rows.parquet import Chunk
from assuage.engine.many.rows.text_kernel import NO_ENTRY
from assuage.engine.many.rows.vocabulary import Vocabulary, WordTable, rows_at, word_lists
from assuage.record.entries import Sex

_SEXES: tuple[Sex, ...] = get_args(Sex)
_SEXES_TOLD, _AGES_TOLD = len(_SEXES) + 1, 1 << 16  # the numbers there can be of each, one for nothing told


class NamedEntries(NamedTuple):
    """The entries of a chunk's patients. `misnumbered` marks those whose entries are numbered or named as cannot be."""

    chunk: Chunk
    vocabulary: Vocabulary
    entries: EntryIndex
    misnumbered: Bytes


class EntryNamer:
    """Whatever was met so far, remembered from chunk to chunk. An index is good until the next chunk is named."""

    def __init__(self, lowered: Lowered) -> None:
        self.interner = EntryInterner(lowered)
        self.known = HashTable()
        self.recent = nothing_recent()
        self.count: Ints = np.empty(0, np.int32)
        self.buffer: EntryIndex | None = None  # kept from chunk to chunk: fresh memory is slow

    def named(self, chunk: Chunk, vocabulary: Vocabulary) -> NamedEntries:
        """What was said in a chunk, as distinct entries by number."""
        rows, words = chunk.rows, vocabulary.word_table()
        misnumbered = np.zeros(rows.start.size - 1, np.uint8)
        order = row_order(rows)
        if not words.answers.any() and not (rows.entry != NO_ENTRY).any() and not order.size:
            index = self._row_by_row(chunk, vocabulary, words)
        else:
            index = self._grouped(chunk, vocabulary, words, order, misnumbered)
        self._by_person(index)
        table, dates = self.interner.table, self.interner.dates
        gone = corrected(rows, order, index, table, dates, misnumbered)
        index.which[gone] = [self.interner.gone(number) for number in index.which[gone].tolist()]
        return NamedEntries(chunk, vocabulary, index, misnumbered)

    def _by_person(self, index: EntryIndex) -> None:
        """Give the entries that are read by age and sex the numbers of what they are of their patients."""
        interner = self.interner
        at = np.flatnonzero(interner.table.by_person[index.which])
        if not at.size:
            return
        who = np.searchsorted(index.start, at, side="right") - 1
        sex_of, age_of = np.full(index.start.size, -1, np.int64), np.full(index.start.size, -1, np.int64)
        facts = np.flatnonzero(interner.table.fact[index.which] != FactKind.NO_FACT)
        distinct, which_fact = np.unique(index.which[facts], return_inverse=True)
        numbers_of_facts: list[int] = distinct.tolist()
        people = [interner.entries[number].person for number in numbers_of_facts]
        sexes = [-1 if each is None or each.sex is None else _SEXES.index(each.sex) for each in people]
        ages = [-1 if each is None or each.age is None else each.age for each in people]
        whose = np.searchsorted(index.start, facts, side="right") - 1
        for told, known in ((np.array(sexes, np.int64), sex_of), (np.array(ages, np.int64), age_of)):
            of_fact = told[which_fact.reshape(-1)]
            known[whose[of_fact >= 0]] = of_fact[of_fact >= 0]
        later = np.maximum(index.day[at].astype(np.int64), 0) // 365  # as `Patient.age_on`
        age = np.where(age_of[who] < 0, -1, age_of[who] + later)
        # One number for all three: rows of a table take ten times as long to be told apart.
        keys = (index.which[at].astype(np.int64) * _SEXES_TOLD + sex_of[who] + 1) * _AGES_TOLD + age + 1
        alike, which = np.unique(keys, return_inverse=True)
        rest, told_age = np.divmod(alike, _AGES_TOLD)
        of_entry, told_sex = np.divmod(rest, _SEXES_TOLD)
        lines: list[tuple[int, int, int]] = np.stack([of_entry, told_sex - 1, told_age - 1]).T.tolist()
        numbers = [
            interner.of_person(number, None if sex < 0 else _SEXES[sex], None if years < 0 else years)
            for number, sex, years in lines
        ]
        index.which[at] = np.array(numbers, np.int32)[which.reshape(-1)]

    def _row_by_row(self, chunk: Chunk, vocabulary: Vocabulary, words: WordTable) -> EntryIndex:
        """Where each row is an entry of its own and stands in order, the rows themselves are the index."""
        rows, known = chunk.rows, self.known
        n = rows.day.size
        buffer = self._buffer(rows)
        index = EntryIndex(rows.start, self.count[:n], rows.day, rows.minute, rows.value, buffer.which[:n])
        bits: Longs = rows.value.view(np.int64)
        begin = 0
        while True:
            new, begin = name_rows(
                *(rows, words, bits, known.keys, known.numbers, self.recent),
                *(begin, index.which, known.missing),
            )
            if not new:
                return index
            self._read(new, chunk, vocabulary, np.empty(0, np.int32), index)

    def _grouped(
        self, chunk: Chunk, vocabulary: Vocabulary, words: WordTable, order: Ints, misnumbered: Bytes
    ) -> EntryIndex:
        rows, known = chunk.rows, self.known
        numbered, keys = np.full(MOST_ENTRIES, -1, np.int64), np.empty(rows.day.size, np.int64)
        bits: Longs = rows.value.view(np.int64)
        buffer = self._buffer(rows)
        n = group_rows(rows, words, order, bits, numbered, misnumbered, buffer, keys)
        index = EntryIndex(
            buffer.start[: rows.start.size],
            *(buffer.row[:n], buffer.day[:n], buffer.minute[:n], buffer.value[:n], buffer.which[:n]),
        )
        keys = keys[:n]
        fold_maps(rows, vocabulary, order, index, keys)
        fold_sums(rows, vocabulary, order, index, keys)
        while new := look_up(known.keys, known.numbers, keys, index.which, known.missing):
            self._read(new, chunk, vocabulary, order, index)
        return index

    def _buffer(self, rows: TableRows) -> EntryIndex:
        n, patients = rows.day.size, rows.start.size - 1
        if self.buffer is None or self.buffer.row.size < n or self.buffer.start.size <= patients:
            self.buffer = index_for(n, patients)
            self.count = np.arange(n, dtype=np.int32)
        return self.buffer

    def _read(self, new: int, chunk: Chunk, vocabulary: Vocabulary, order: Ints, index: EntryIndex) -> None:
        """Read the entries that a pass found to be new, and give them their numbers."""
        rows, words = chunk.rows, word_lists(vocabulary)
        new_keys = self.known.missing[:new]
        at = new_keys[:, 0]
        first = index.row[at].astype(np.int64)
        last = np.where(
            at + 1 < index.row.size, index.row[np.minimum(at + 1, index.row.size - 1)], rows.day.size
        )
        ends = np.cumsum(last - first)
        places = np.arange(int(ends[-1])) + np.repeat(last - ends, last - first)
        if order.size:
            places = order[places].astype(np.int64)
        # All at once: to take the numbers of one row apart takes as long as those of a thousand.
        read = rows_at(rows, words, places)
        texts: list[int] = take_apart(rows.what[places])[-1].tolist()
        begin = 0
        for key, end in zip(new_keys[:, 1].tolist(), ends.tolist(), strict=True):
            holds = vocabulary.holds[texts[begin]] if texts[begin] >= 0 else set[str]()
            self.known.add(key, self.interner.add(read[begin:end], holds))
            begin = end
        self.known.make_room()


def row_order(rows: TableRows) -> Ints:
    """The order of the rows; empty where they stand in order."""
    if is_in_order(rows, bool((rows.entry != NO_ENTRY).any() or rows.number.any())):
        return np.empty(0, np.int32)
    order = np.arange(rows.day.size, dtype=np.int32)
    sort_rows(rows, order)
    return order
