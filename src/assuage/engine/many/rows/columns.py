"""Record batches become rows of numbers: words by number, values as they were meant, and where each patient begins.

One pass over the Arrow buffers as they are; nothing is judged here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs
from assuage.engine.many.jit import kernel
from assuage.engine.many.rows.row_texts import NOBODY
from assuage.engine.many.rows.text_bytes import NEVER
from assuage.engine.many.rows.text_kernel import NO_ENTRY, TextLabels
from assuage.record.arrow import arrow

# What a row says in one number: text, code and site (each plus one), and kind, each with bits of its own.
KIND_BITS, SITE_BITS, CODE_BITS = 9, 14, 17
SITE_AT, CODE_AT, TEXT_AT = KIND_BITS, KIND_BITS + SITE_BITS, KIND_BITS + SITE_BITS + CODE_BITS
MOST_KINDS, MOST_SITES, MOST_CODES = 2**KIND_BITS - 2, 2**SITE_BITS - 2, 2**CODE_BITS - 2
LABELS = 5  # the first of the columns that hold the label of a row
NO_DAY = 2**30  # a day that is not there: too far away to be right


class TableRows(NamedTuple):
    """The rows of whole patients, in the order of the file."""

    start: Longs  # the first row of each patient; one more at the end
    day: Ints
    minute: Ints  # -1 stands for null
    what: Longs  # kind, site, code and text: what the text says without the label of the row
    value: Floats  # NaN stands for none
    # The label of a row: see `row_texts.RowLabel`.
    entry: Longs
    number: Ints
    id: Longs
    other: Longs
    author: Longs
    entered: Ints
    written: (
        Longs  # the number of its text as it was written, where the label holds what no column does; else -1
    )


@kernel
def row_kind(what: int) -> int:
    """The number of a row's kind."""
    return what & (2**KIND_BITS - 1)


@kernel
def row_site(what: int) -> int:
    """The number of a row's site; -1 for none."""
    return ((what >> SITE_AT) & (2**SITE_BITS - 1)) - 1


@kernel
def row_code(what: int) -> int:
    """The number of a row's code; -1 for none."""
    return ((what >> CODE_AT) & (2**CODE_BITS - 1)) - 1


@kernel
def row_text_id(what: int) -> int:
    """The number of a row's text; -1 for none."""
    return (what >> TEXT_AT) - 1


def take_apart(what: Longs) -> tuple[Longs, Longs, Longs, Longs]:
    """Kind, site, code and text of many rows at once, as `kind_of` and the others say them."""
    return (
        what & (2**KIND_BITS - 1),
        ((what >> SITE_AT) & (2**SITE_BITS - 1)) - 1,
        ((what >> CODE_AT) & (2**CODE_BITS - 1)) - 1,
        (what >> TEXT_AT) - 1,
    )


class RowLabels(NamedTuple):
    """The columns of `TableRows` from LABELS on."""

    entry: Longs
    number: Ints
    id: Longs
    other: Longs
    author: Longs
    entered: Ints
    written: Longs


class WholeColumn(NamedTuple):
    """Whole numbers as they lie in Arrow's memory: a bit says whether one is there (no bits: all are)."""

    number: Any
    there: Bytes
    offset: int


class WordColumn(NamedTuple):
    """Words by the number they have in their batch, and the number each has here; the last stands for null."""

    number: Ints
    there: Bytes
    offset: int
    here: Longs


class NumberColumn(NamedTuple):
    """Numbers in single or in double precision."""

    number: Any
    there: Bytes
    offset: int


def row_labels(rows: TableRows, here: slice) -> RowLabels:
    """The labels of some rows."""
    return RowLabels(
        *(rows.entry[here], rows.number[here], rows.id[here], rows.other[here]),
        *(rows.author[here], rows.entered[here], rows.written[here]),
    )


def rows_for(n: int) -> TableRows:
    """Room for as many rows."""
    return TableRows(
        np.empty(0, np.int64),
        np.empty(n, np.int32),
        np.full(n, -1, np.int32),
        np.empty(n, np.int64),
        np.empty(n, np.float64),
        *unlabelled(n),
    )


def unlabelled(n: int) -> tuple[Longs, Ints, Longs, Longs, Longs, Ints, Longs]:
    """The labels of rows that have none."""
    return (
        np.full(n, NO_ENTRY, np.int64),
        np.zeros(n, np.int32),
        np.full(n, NOBODY, np.int64),
        np.full(n, NOBODY, np.int64),
        np.full(n, NOBODY, np.int64),
        np.full(n, NEVER, np.int32),
        np.full(n, -1, np.int64),
    )


# Places are numbers without a sign: for others the compiler asks at each whether it counts from the end.
# One short loop a column: the compiler turns each into a few instructions a row, which it cannot do for one long one.


@kernel
def put_words(number: Ints, there: Bytes, offset: int, here: Longs, shift: int, what: Longs) -> None:
    """Add the words of a column to what the rows say; nothing where there is none."""
    if there.size == 0:
        for row in range(number.size):
            what[row] |= here[np.uint32(number[row])] << shift
        return
    for row in range(number.size):
        at = np.uint64(offset + row)
        is_there = np.uint32((there[at >> np.uint64(3)] >> (at & np.uint64(7))) & np.uint64(1))
        what[row] |= (here[np.uint32(number[row]) * is_there] * np.int64(is_there)) << shift


@kernel
def put_row(
    kind: Ints,
    site: Ints,
    code: Ints,
    text: Ints,
    kind_here: Longs,
    site_here: Longs,
    code_here: Longs,
    text_here: Longs,
    what: Longs,
) -> None:
    """`put_words` for all four columns at once, where none has nulls."""
    for row in range(what.size):
        what[row] = (
            kind_here[np.uint32(kind[row])]
            | site_here[np.uint32(site[row])]
            | code_here[np.uint32(code[row])]
            | text_here[np.uint32(text[row])]
        )


@kernel
def put_labels(number: Ints, there: Bytes, offset: int, words: TextLabels, out: RowLabels) -> None:
    """Write the labels of the texts of some rows; the key of a text stands for what was written. Nothing for a null."""
    entry, place, ids, other = out.entry, out.number, out.id, out.other
    author, entered, written = out.author, out.entered, out.written
    entry_of, place_of, id_of, other_of = words.entry, words.number, words.id, words.other
    author_of, entered_of, written_of = words.author, words.entered, words.key
    for row in range(number.size):
        bit = np.uint64(offset + row)
        if there.size and not (there[bit >> np.uint64(3)] >> (bit & np.uint64(7))) & np.uint64(1):
            continue
        at = np.uint32(number[row])
        entry[row], place[row], ids[row], other[row] = entry_of[at], place_of[at], id_of[at], other_of[at]
        author[row], entered[row], written[row] = author_of[at], entered_of[at], written_of[at]


@kernel
def put_whole(number: Ints, there: Bytes, offset: int, none: int, taken: int, out: Ints) -> None:
    """Copy whole numbers; `none` where there is none. A number that is `none` itself becomes `taken`."""
    for row in range(number.size):
        value = number[row]
        out[row] = taken if value == none else value
    if there.size:
        for row in range(number.size):
            at = np.uint64(offset + row)
            out[row] = out[row] if (there[at >> np.uint64(3)] >> (at & np.uint64(7))) & np.uint64(1) else none


@kernel
def put_values(value: Any, there: Bytes, offset: int, out: Floats) -> None:
    """Copy numbers; NaN where there is none, whether the column has a null there or says NaN itself."""
    for row in range(value.size):
        x = np.float64(value[row])
        out[row] = x if x == x else np.nan  # one and the same NaN
    if there.size:
        for row in range(value.size):
            at = np.uint64(offset + row)
            out[row] = (
                out[row] if (there[at >> np.uint64(3)] >> (at & np.uint64(7))) & np.uint64(1) else np.nan
            )


@kernel
def find_odd(value: Floats, odd: Longs) -> int:
    """List the values that are no whole numbers: what single precision stands for there has to be looked up."""
    n = any_odd = 0
    for row in range(value.size):
        x = value[row]
        any_odd += (x == x) & ((x != np.rint(x)) | (abs(x) >= 1e7))
    if not any_odd:
        return 0
    for row in range(value.size):
        x = value[row]
        if x == x and (x != np.rint(x) or abs(x) >= 1e7):
            odd[n] = row
            n += 1
    return n


@kernel
def find_starts(who: Ints, starts: Longs) -> int:
    """List the rows on which another patient begins."""
    n = 0
    before = np.int32(-1)
    for row in range(who.size):
        if who[row] != before:
            starts[n] = row
            n += 1
            before = who[row]
    return n


def gather(
    kind: WordColumn,
    code: WordColumn,
    site: WordColumn,
    text: WordColumn,
    day: WholeColumn,
    minute: WholeColumn,
    value: NumberColumn,
    out: TableRows,
    at: int,
    timed: bool,
) -> Longs:
    """Write the rows of a batch from place `at` on; the places of values whose meaning has to be looked up.

    `timed` says whether there was a minute in any batch before: else none has to be taken out.
    """
    n = kind.number.size
    here = slice(at, at + n)
    what = out.what[here]
    kind = kind._replace(here=kind.here - 1)  # every row has one
    words = (kind, site, code, text)
    shifts = (0, SITE_AT, CODE_AT, TEXT_AT)
    if all(column.number.size and not column.there.size for column in words):
        put_row(
            *(kind.number, site.number, code.number, text.number),
            *(kind.here, site.here << SITE_AT, code.here << CODE_AT, text.here << TEXT_AT),
            what,
        )
    else:
        what[:] = 0
        for column, shift in zip(words, shifts, strict=True):
            if column.number.size:
                put_words(*column, shift, what)
    put_whole(*day, NO_DAY, NO_DAY, out.day[here])
    if minute.number.size:
        put_whole(*minute, -1, -2, out.minute[here])
    elif timed:
        out.minute[here] = -1
    if value.number.size == 0:
        out.value[here] = np.nan
        return np.empty(0, np.int64)
    put_values(*value, out.value[here])
    if value.number.dtype != np.float32:
        return np.empty(0, np.int64)
    odd = np.empty(n, np.int64)
    return at + odd[: find_odd(out.value[here], odd)]


# --- Arrow's memory ---------------------------------------------------------------------------------


_NO_BITS = np.empty(0, np.uint8)


def bits_of(column: Any) -> tuple[Bytes, int]:
    """The bits that say which values are there, and the place of the first; no bits where all are."""
    if not column.null_count:
        return _NO_BITS, 0
    return np.frombuffer(column.buffers()[0], np.uint8), column.offset


def numbers_in(column: Any) -> Any:
    """The numbers of a column without nulls looked at."""
    kind = column.type.to_pandas_dtype()
    return np.frombuffer(column.buffers()[1], kind, len(column), column.offset * np.dtype(kind).itemsize)


def indices_of(column: Any) -> Ints:
    """The numbers of a dictionary column's words in its own dictionary."""
    indices = numbers_in(column.indices)
    return indices if indices.dtype == np.int32 else indices.astype(np.int32)


def whole_column(column: Any) -> WholeColumn:
    """A column of whole numbers; what does not fit becomes a number that cannot be right."""
    numbers = numbers_in(column)
    if numbers.dtype not in (np.int16, np.int32):
        numbers = np.clip(numbers, -(2**20), 2**20).astype(np.int32)
    return WholeColumn(numbers if numbers.dtype == np.int32 else numbers.astype(np.int32), *bits_of(column))


NOTHING = WholeColumn(np.empty(0, np.int32), _NO_BITS, 0)


def values_of(column: Any) -> NumberColumn:
    """A column of numbers of any kind."""
    plain = column if column.type == arrow().float32() else column.cast(arrow().float64())
    return NumberColumn(numbers_in(plain), *bits_of(plain))


NO_WORDS = WordColumn(np.empty(0, np.int32), _NO_BITS, 0, np.zeros(1, np.int64))
NO_VALUES = NumberColumn(np.empty(0, np.float32), _NO_BITS, 0)
