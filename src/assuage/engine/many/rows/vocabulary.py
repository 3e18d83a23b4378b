"""The words of a cohort by number: kinds, codes, sites and texts, and rows of numbers as they were written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs, bytes_of
from assuage.engine.many.hash_table import HashTable, look_up
from assuage.engine.many.rows.columns import (
    MOST_CODES,
    MOST_KINDS,
    MOST_SITES,
    TableRows,
    take_apart,
)
from assuage.engine.many.rows.row_texts import (
    NOTED,
    RawTexts,
    RowLabel,
    label_texts,
    number_of_id,
    numbered_text,
    read_row_text,
)
from assuage.engine.many.rows.text_kernel import BARE_NOTE, LABELLED, READ, UNREAD, TextLabels
from assuage.record.table import RecordRow
from assuage.terms.scales import SCALES

MOST_TEXTS = 400_000  # distinct texts remembered at a time
_ALONE = -2  # in place of a number: texts of this key are read one by one; -1 is no text


class WordTable(NamedTuple):
    """What the numbers of words mean to the grouping of rows; the last of each list stands for null."""

    plain: Bytes  # kind: whether it is a score
    scale: Bytes  # code: whether it is a plain scale, whose every value is like another
    fact: Bytes  # kind: whether it is a fact of the patient
    answers: Bytes  # kind: whether it is answers
    instrument: Ints  # code: the instrument of an item
    holds: Bytes  # text: whether it holds the value of the entry


@dataclass
class Vocabulary:
    """Every word met so far by number, and what the engine has to know of it."""

    kinds: dict[str, int] = field(default_factory=dict[str, int])
    codes: dict[str, int] = field(default_factory=dict[str, int])
    sites: dict[str, int] = field(default_factory=dict[str, int])
    # What texts say without the labels of their rows, by number, and for each the fields it holds.
    plains: dict[str, int] = field(default_factory=dict[str, int])
    holds: list[set[str]] = field(default_factory=list[set[str]])
    keys: HashTable = field(default_factory=HashTable)  # by key: the number, less `_ALONE`
    _table: tuple[tuple[int, ...], WordTable] | None = None

    def plain(self, text: str) -> tuple[int, RowLabel]:
        """The number of what a text says, and the label of its row."""
        read = read_row_text(text)
        number = self.plains.setdefault(read.plain, len(self.plains))
        if number == len(self.holds):
            self.holds.append(read.holds)
        return number, read.label

    def numbers_of(self, words: Any, may_be_note: Bytes) -> tuple[Longs, TextLabels]:
        """The number of what each of some texts says, and the labels of their rows. An empty text is none: -1.

        `may_be_note` is whether a text that is no JSON would be the note of all its rows.
        """
        labels = label_texts(words)
        bare = labels.how == BARE_NOTE
        noted = bare & (may_be_note != 0)
        labels.how[bare] = np.where(noted[bare], LABELLED, READ)
        labels.key[noted] = number_of_id(NOTED)
        known, numbered = self.keys, np.empty(len(words), np.int32)
        while new := look_up(known.keys, known.numbers, labels.key, numbered, known.missing):
            for at, key in known.missing[:new].tolist():
                known.add(key, self._number_of_key(key, words, at, labels) - _ALONE)
            known.make_room()
        numbers: Longs = numbered.astype(np.int64) + _ALONE
        for at in np.flatnonzero((numbers == _ALONE) | (labels.how == UNREAD)).tolist():
            text = words[at].as_py()
            if text:
                numbers[at], label = self.plain(text)
                for column, value in zip(labels, label, strict=False):
                    column[at] = value
                labels.how[at] = LABELLED
        return numbers, labels

    def _number_of_key(self, key: int, words: Any, at: int, labels: TextLabels) -> int:
        """The number of what texts of a key say; _ALONE where the kernel and the library read the first differently."""
        if key == number_of_id(NOTED):
            return self.plain(NOTED)[0]
        text = words[at].as_py()
        if not text:
            return -1
        if labels.how[at] == UNREAD:
            return _ALONE
        number, label = self.plain(text)
        alike = label == tuple(int(column[at]) for column in labels[: len(label)])
        return number if alike else _ALONE

    @property
    def crowded(self) -> bool:
        """Whether so many words were met that it is time to forget them."""
        bounded = ((self.kinds, MOST_KINDS), (self.codes, MOST_CODES), (self.sites, MOST_SITES))
        return len(self.plains) > MOST_TEXTS or any(2 * len(words) > most for words, most in bounded)

    def word_table(self) -> WordTable:
        """What the grouping of rows has to know; -1 finds the last of a list, which stands for null."""
        met = (len(self.kinds), len(self.codes), len(self.plains))
        if self._table is not None and self._table[0] == met:
            return self._table[1]
        instruments: dict[str, int] = {}
        table = WordTable(
            plain=bytes_of(kind == "score" for kind in self.kinds),
            scale=bytes_of([*(code in SCALES for code in self.codes), 0]),
            fact=bytes_of(kind == "patient" for kind in self.kinds),
            answers=bytes_of(kind == "answers" for kind in self.kinds),
            instrument=np.array(
                [*(instruments.setdefault(code.split(".")[0], len(instruments)) for code in self.codes), -1],
                dtype=np.int32,
            ),
            holds=bytes_of([*(bool(held & {"value", "low", "high"}) for held in self.holds), 0]),
        )
        self._table = (met, table)
        return table


class WordLists(NamedTuple):
    """Words by number."""

    kinds: list[str]
    codes: list[str]
    sites: list[str]
    plains: list[str]


def word_lists(vocabulary: Vocabulary) -> WordLists:
    """The words of each number."""
    return WordLists(
        *(list(words) for words in (vocabulary.kinds, vocabulary.codes, vocabulary.sites, vocabulary.plains))
    )


def rows_at(
    rows: TableRows, words: WordLists, places: Longs, texts: RawTexts | None = None
) -> list[RecordRow]:
    """Rows as they were written, but for their patient; without `texts` what they say, with entry and row."""

    def word(known: list[str], number: int) -> str | None:
        return known[number] if number >= 0 else None

    def worded(number: int, entry: int, row: int, written: int) -> str | None:
        if texts is not None and written >= 0:
            return texts.text(written)
        plain = word(words.plains, number)
        return plain if plain is None else numbered_text(plain, entry, row)

    columns = (
        *(rows.day[places], rows.minute[places], rows.value[places]),
        *take_apart(rows.what[places]),
        *(rows.entry[places], rows.number[places], rows.written[places]),
    )
    return [
        RecordRow(
            patient="one",
            day=day,
            minute=None if minute == -1 else minute,
            kind=words.kinds[kind],
            code=word(words.codes, code),
            site=word(words.sites, site),
            value=None if value != value else value,
            text=worded(text, entry, number, written),
        )
        for day, minute, value, kind, site, code, text, entry, number, written in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]
