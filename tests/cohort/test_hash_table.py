"""What was met before is looked up, what is new is asked once, whatever the keys and however many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.engine.many.entries.grouping import (
    EntryIndex,
    group_rows,
    index_for,
    name_rows,
    nothing_recent,
)
from assuage.engine.many.hash_table import AT_ONCE, HashTable, MemoTable, look_up
from assuage.engine.many.rows.columns import CODE_AT, SITE_AT, TEXT_AT, TableRows, unlabelled
from assuage.engine.many.rows.vocabulary import WordTable

KINDS, CODES, SITES, TEXTS = 3, 4, 2, 3
_WORDS = WordTable(
    plain=np.array([1, 1, 0], np.uint8),
    scale=np.array([1, 0, 1, 1, 0], np.uint8),
    fact=np.zeros(KINDS, np.uint8),
    answers=np.zeros(KINDS, np.uint8),
    instrument=np.array([0, 1, 2, 3, -1], np.int32),
    holds=np.array([0, 1, 0, 0], np.uint8),
)
_ROW = some.tuples(
    some.integers(0, KINDS - 1),
    some.integers(-1, SITES - 1),
    some.integers(-1, CODES - 1),
    some.integers(-1, TEXTS - 1),
    some.sampled_from([float("nan"), 0.0, 1.0, 2.5]),
)


def _rows(given_rows: Sequence[tuple[int, int, int, int, float]]) -> TableRows:
    n = len(given_rows)
    what = [
        kind | (site + 1) << SITE_AT | (code + 1) << CODE_AT | (text + 1) << TEXT_AT
        for kind, site, code, text, _ in given_rows
    ]
    return TableRows(
        np.array([0, n], np.int64),
        np.arange(n, dtype=np.int32),
        np.full(n, -1, np.int32),
        np.array(what, np.int64),
        np.array([row[-1] for row in given_rows]),
        *unlabelled(n),
    )


def _named(rows: TableRows, alone: bool) -> list[int]:
    """The number of each row's distinct entry, numbered as they are met."""
    known, which = HashTable(), np.empty(rows.what.size, np.int32)
    bits, recent = rows.value.view(np.int64), nothing_recent()
    wanted = np.empty(rows.what.size, np.int64)
    if not alone:
        index: EntryIndex = index_for(rows.what.size, 1)
        misnumbered, numbered = np.zeros(1, np.uint8), np.full(10, -1, np.int64)
        group_rows(rows, _WORDS, np.empty(0, np.int32), bits, numbered, misnumbered, index, wanted)
    begin = 0
    while True:
        if alone:
            table = (known.keys, known.numbers, recent)
            new, begin = name_rows(rows, _WORDS, bits, *table, begin, which, known.missing)
        else:
            new = look_up(known.keys, known.numbers, wanted, which, known.missing)
        if not new:
            return which.tolist()
        for _, key in known.missing[:new].tolist():
            known.add(key, known.count)
        known.make_room()


@given(some.lists(_ROW, min_size=1, max_size=60), some.sampled_from([1, 1, 400]))
def test_rows_are_told_apart_in_one_pass_as_they_are_by_grouping(given_rows, times):
    once = _rows(given_rows)
    n = times * len(given_rows)  # often more than one piece
    rows = TableRows(np.array([0, n], np.int64), *(np.tile(column, times) for column in once[1:]))
    assert _named(rows, alone=True) == _named(rows, alone=False)


@given(some.lists(some.integers(-5, 5), max_size=40), some.lists(some.booleans(), min_size=40, max_size=40))
def test_a_table_asks_once_for_each_key_and_never_for_who_is_not_judged(keys, judged):
    table, asked = MemoTable(("nothing",)), []

    def ask(patient: int) -> tuple[str]:
        asked.append(keys[patient])
        return (f"line of {keys[patient]}",)

    flags = np.array(judged[: len(keys)], np.uint8)
    for _ in range(2):
        lines = table.line_of(np.array(keys, np.int64), flags, ask)
    told = [table.lines[at][0] for at in lines]
    wanted = [key if flag else 0 for key, flag in zip(keys, flags, strict=True)]
    assert told == ["nothing" if key == 0 else f"line of {key}" for key in wanted]
    assert sorted(asked) == sorted({key for key in wanted if key})


def test_more_new_keys_than_one_pass_lists_are_all_found():
    keys = np.arange(1, 3 * AT_ONCE + 2, dtype=np.int64) << 40  # alike in their low bits
    table = MemoTable((0,))
    lines = table.line_of(keys, np.ones(keys.size, np.uint8), lambda patient: (int(keys[patient]),))
    assert [table.lines[at][0] for at in lines] == keys.tolist()
