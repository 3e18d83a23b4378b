"""The words of a cohort by number: kinds, codes, sites and texts, and rows of numbers as they were written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import numpy as np

from assuage.engine.many.entries.grouping import NO_ENTRY, Words
from assuage.engine.many.jit import Longs
from assuage.engine.many.rows.columns import (
    CODE_AT,
    CODE_BITS,
    KIND_BITS,
    MOST_CODES,
    MOST_KINDS,
    MOST_SITES,
    SITE_AT,
    SITE_BITS,
    TEXT_AT,
    Rows,
)
from assuage.record.table import Row
from assuage.terms.scales import SCALES

MOST_TEXTS = 400_000  # distinct texts remembered at a time


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
