"""The words of a cohort by number: kinds, codes, sites and texts, and rows of numbers as they were written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs, bytes_of
from assuage.engine.many.rows.columns import (
    MOST_CODES,
    MOST_KINDS,
    MOST_SITES,
    TableRows,
    take_apart,
)
from assuage.record.table import RecordRow
from assuage.terms.scales import SCALES

NO_ENTRY = 2**40  # rows that name no entry follow those that do
MOST_TEXTS = 400_000  # distinct texts remembered at a time


class WordTable(NamedTuple):
    """What the numbers of words mean to the grouping of rows; the last of each list stands for null."""

    plain: Bytes  # kind: whether it is a score
    scale: Bytes  # code: whether it is a plain scale, whose every value is like another
    fact: Bytes  # kind: whether it is a fact of the patient
    answers: Bytes  # kind: whether it is answers
    instrument: Ints  # code: the instrument of an item
    holds: Bytes  # text: whether it holds the value of the entry
    text: Longs  # text: its number without the numbers of entry and row
    entry: Longs  # text: the entry it names, or NO_ENTRY
    number: Ints  # text: the number of the row in its entry
    bare: bool  # whether no text names an entry, or the row of one
    single: bool  # whether no entry can have more than one row


@dataclass
class Vocabulary:
    """Every word met so far by number, and what the engine has to know of it."""

    kinds: dict[str, int] = field(default_factory=dict[str, int])
    codes: dict[str, int] = field(default_factory=dict[str, int])
    sites: dict[str, int] = field(default_factory=dict[str, int])
    raws: dict[str, int] = field(default_factory=dict[str, int])
    # Texts without the numbers of entry and row, and for each of those the fields it holds.
    plains: dict[str, int] = field(default_factory=dict[str, int])
    holds: list[set[str]] = field(default_factory=list[set[str]])
    plain_of: list[int] = field(default_factory=list[int])
    entry_of: list[int] = field(default_factory=list[int])
    row_of: list[int] = field(default_factory=list[int])
    _table: tuple[tuple[int, ...], WordTable] | None = None

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

    def word_table(self) -> WordTable:
        """What the grouping of rows has to know; -1 finds the last of a list, which stands for null."""
        met = (len(self.kinds), len(self.codes), len(self.raws))
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
            holds=bytes_of([*(bool(self.holds[at] & {"value", "low", "high"}) for at in self.plain_of), 0]),
            text=np.array([*self.plain_of, -1], dtype=np.int64),
            entry=np.array([*self.entry_of, NO_ENTRY], dtype=np.int64),
            number=np.array([*self.row_of, 0], dtype=np.int32),
            bare=all(entry == NO_ENTRY for entry in self.entry_of) and not any(self.row_of),
            single="answers" not in self.kinds and all(entry == NO_ENTRY for entry in self.entry_of),
        )
        self._table = (met, table)
        return table


def _taken_apart(text: str) -> tuple[str, int, int, set[str]]:
    """A text without its entry and row numbers, these two, and the names of what it holds."""
    if not text.startswith("{"):
        return text, NO_ENTRY, 0, set()
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        return text, NO_ENTRY, 0, set()
    if not isinstance(document, dict):
        return text, NO_ENTRY, 0, set()
    fields = cast("dict[str, Any]", document)
    entry, row = fields.get("entry"), fields.get("row")
    if isinstance(entry, int) and not isinstance(entry, bool) and abs(entry) < NO_ENTRY:
        del fields["entry"]
    else:
        entry = NO_ENTRY
    if isinstance(row, int) and not isinstance(row, bool) and abs(row) < 2**31:
        del fields["row"]
    else:
        row = 0
    return json.dumps(fields, sort_keys=True), entry, row, set(fields)


class WordLists(NamedTuple):
    """Words by number."""

    kinds: list[str]
    codes: list[str]
    sites: list[str]
    raws: list[str]


def word_lists(vocabulary: Vocabulary) -> WordLists:
    """The words of each number."""
    return WordLists(
        *(list(words) for words in (vocabulary.kinds, vocabulary.codes, vocabulary.sites, vocabulary.raws))
    )


def rows_at(rows: TableRows, words: WordLists, places: Longs) -> list[RecordRow]:
    """TableRows as they were written, but for their patient."""

    def word(known: list[str], number: int) -> str | None:
        return known[number] if number >= 0 else None

    columns = (
        *(rows.day[places], rows.minute[places], rows.value[places]),
        *take_apart(rows.what[places]),
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
            text=word(words.raws, text),
        )
        for day, minute, value, kind, site, code, text in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]
