"""The labels of many texts at once: what tells entries from each other is set aside, all else becomes a key.

Lax, and judged by the library: see `row_texts`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.jit import kernel_without_memory, long, mix
from assuage.engine.many.rows.text_bytes import (
    NEVER,
    date_of_moment,
    end_of_text,
    end_of_value,
    ends_or_escapes,
    first_bytes,
    hash_bytes,
    is_note,
    is_noted,
    read_name,
    skip_blanks,
    whole_number,
    word_at,
)

NO_ENTRY = 2**40  # rows that name no entry follow those that do
# How a text was read; a bare note is a text that is no JSON and that the record's reader takes as a note.
UNREAD, READ, LABELLED, BARE_NOTE = 0, 1, 2, 3

# What is set aside: one field of each, with a bit that says that it was met; other entries are named once only.
_ENTRY, _ROW, _ID, _AUTHOR, _ENTERED, _OTHER, _NOTE = 1, 2, 4, 8, 16, 32, 64
NAMING = ("replaces", "about", "of")
_FIELDS = {
    "entry": _ENTRY,
    "row": _ROW,
    "id": _ID,
    "author": _AUTHOR,
    "entered": _ENTERED,
    **dict.fromkeys(NAMING, _OTHER),
    "note": _NOTE,
}
# None is longer than eight letters: each is one number.
_NAMES: Longs = np.array([int.from_bytes(name.encode(), "little") for name in _FIELDS], dtype=np.int64)
_LENGTHS: Longs = np.array([len(name) for name in _FIELDS], dtype=np.int64)
_BITS: Longs = np.array(list(_FIELDS.values()), dtype=np.int64)


class TextLabels(NamedTuple):
    """The labels of texts (`row_texts.RowLabel`), a key of all that is not set aside, and how each was read."""

    entry: Longs
    number: Ints
    id: Longs
    other: Longs
    author: Longs
    entered: Ints
    key: Longs
    how: Bytes  # UNREAD: by the library alone; LABELLED: something is set aside that no column holds


class Label(IntEnum):
    """Where the numbers of the label of one text stand while it is read."""

    ENTRY = 0
    NUMBER = 1
    ID = 2
    OTHER = 3
    AUTHOR = 4
    ENTERED = 5
    KEY = 6


@kernel_without_memory
def read_texts(data: Bytes, ends: Ints, label: Longs, out: TextLabels) -> None:
    """Fill in the labels of texts that lie one after the other. `label` is scratch."""
    # Named outside the loop, as in `group_rows`; the label of a text is put together in `label`.
    entries, numbers, ids, others = out.entry, out.number, out.id, out.other
    authors, entered, keys, hows = out.author, out.entered, out.key, out.how
    for at in range(ends.size - 1):
        label[:] = 0
        label[Label.ENTRY], label[Label.ENTERED] = NO_ENTRY, NEVER
        hows[at] = label_text(data, long(ends[at]), long(ends[at + 1]), label)
        entries[at], numbers[at] = label[Label.ENTRY], label[Label.NUMBER]
        ids[at], others[at] = label[Label.ID], label[Label.OTHER]
        authors[at], entered[at], keys[at] = label[Label.AUTHOR], label[Label.ENTERED], label[Label.KEY]


@kernel_without_memory
def label_text(data: Bytes, begin: int, end: int, label: Longs) -> int:
    """Read one text, and say how: into the label goes what is set aside, into its key the rest in its order."""
    if begin == end or data[begin] != 123:
        label[Label.KEY] = mix(1, hash_bytes(data, begin, end))
        how = BARE_NOTE if is_note(data, begin, end) else READ
    else:
        here, key, seen = label_fields(data, begin, end, label)
        label[Label.KEY] = mix(key, 2)
        how = LABELLED if seen & (_ID | _AUTHOR | _ENTERED | _OTHER | _NOTE) else READ
        if here < 0 or skip_blanks(data, here, end) != end:
            how, label[Label.KEY] = UNREAD, 0
    return how


@kernel_without_memory
def label_fields(data: Bytes, begin: int, end: int, label: Longs) -> tuple[int, int, int]:
    """The place behind the last bracket of a text that begins with one, -1 where it cannot be read; its key, and bits.

    With one way out: with more of them the compiler counts at each who uses the bytes, which takes longer than to read
    them.
    """
    key, seen = long(0), long(0)
    here, last = skip_blanks(data, begin + 1, end), long(-1)
    while 0 <= here < end and last < 0:
        if data[here] == 125:
            last = here + 1
            continue
        value, bit, named = begin_of_value(data, here, end)
        key = mix(key, named) if named else key
        if value < 0 or seen & bit:
            here = long(-1)
        elif bit == 0:
            here = end_of_value(data, value, end)
            key = mix(key, hash_bytes(data, value, here))
        else:
            here = set_aside(data, value, end, bit, label)
            seen |= bit
        if here >= 0:
            here = begin_of_next(data, skip_blanks(data, here, end), end)
    return last, key, seen


@kernel_without_memory
def begin_of_value(data: Bytes, at: int, end: int) -> tuple[int, int, int]:
    """Where the value of a field begins whose name should begin at a place, -1 for none; its bit; its name for the key.

    The name is 0 where the field goes into the label without a trace.
    """
    value, bit, named = long(-1), 0, long(0)
    if data[at] == 34:
        name, many, name_end = name_of_field(data, at, end)
        bit = bit_of_field(name, many)
        if bit & (_ENTRY | _ROW | _ENTERED | _ID | _AUTHOR) == 0:
            named = mix(name, many)
        colon = skip_blanks(data, name_end, end) if name_end >= 0 else end
        if colon < end and data[colon] == 58:
            value = skip_blanks(data, colon + 1, end)
            value = value if value < end else long(-1)
    return value, bit, named


@kernel_without_memory
def begin_of_next(data: Bytes, at: int, end: int) -> int:
    """Where the next field begins, or the bracket that ends them all, from the place behind a value; -1 for neither."""
    if at < end and data[at] == 44:
        at = skip_blanks(data, at + 1, end)
        if at < end and data[at] == 125:
            at = long(-1)  # a comma with nothing behind it
    elif at < end and data[at] != 125:
        at = long(-1)
    return at


@kernel_without_memory
def name_of_field(data: Bytes, at: int, end: int) -> tuple[int, int, int]:
    """The name in quotes at a place, how many bytes it has, and the place behind it, -1 where it has no end.

    A name of up to eight bytes is these as one number; a longer one, or one with a sign that stands for another, is the
    number of its bytes, with a length that no short name has.
    """
    begin = at + 1
    word = word_at(data, begin)
    many, name, last = ends_or_escapes(word), long(0), long(-1)
    if begin + many < end and data[begin + many] == 34:
        name, last = long(first_bytes(word, many)), long(begin + many + 1)
    else:
        last = end_of_text(data, at, end)
        many, name = long(-1), hash_bytes(data, begin, last - 1)
    return name, many, last


@kernel_without_memory
def bit_of_field(name: int, many: int) -> int:
    """The bit of a field that is set aside, by its name and the length of that; 0 for any other."""
    for at in range(_NAMES.size):
        if _NAMES[at] == name and _LENGTHS[at] == many:
            return _BITS[at]
    return 0


@kernel_without_memory
def set_aside(data: Bytes, value: int, end: int, bit: int, label: Longs) -> int:
    """The place behind the value of a field, which is kept if it is written so that nobody could read it otherwise.

    Else -1.
    """
    good = True
    if bit & (_ID | _AUTHOR | _OTHER):
        last, name = read_name(data, value, end)
        slot = Label.ID if bit == _ID else Label.AUTHOR if bit == _AUTHOR else Label.OTHER
        label[slot] = name
    else:
        last = end_of_value(data, value, end)
        if bit == _NOTE:
            good = is_noted(data, value, last)
        elif bit == _ENTERED:
            label[Label.ENTERED] = date_of_moment(data, value, last)
            good = label[Label.ENTERED] != NEVER
        else:
            number = whole_number(data, value, last)
            label[Label.ENTRY if bit == _ENTRY else Label.NUMBER] = number
            good = number >= 0
    return last if good else long(-1)
