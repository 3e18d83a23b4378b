"""Kernels over the bytes of texts, eight at a time: where a text in quotes ends, what a name is, which date it is.

Nothing here knows what the fields of a text mean (`text_kernel`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assuage.engine.many.arrays import Bytes
from assuage.engine.many.jit import kernel_without_memory, long, mix

NEVER = -(2**30)  # in place of a date: not written down on any day that is known
_DAYS_BEFORE = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365], dtype=np.int64)
_WORD = 8  # bytes that are looked at together
# The same byte eight times: the lowest bit of each, the highest, and the bytes that are looked for.
_LOW, _HIGH = 0x0101010101010101, 0x8080808080808080
_QUOTES, _BACKSLASHES, _DELETES, _BLANKS = 34 * _LOW, 92 * _LOW, 127 * _LOW, 32 * _LOW


def padded(data: Bytes) -> Bytes:
    """The bytes, at least eight of them."""
    if data.size >= _WORD:
        return data
    wider = np.zeros(_WORD, np.uint8)
    wider[: data.size] = data
    wider.flags.writeable = False  # as those of a library are: the compiler knows the two apart
    return wider


# --- eight bytes at a time ------------------------------------------------------------------------


@kernel_without_memory
def word_at(data: Bytes, at: int) -> Any:
    """Eight bytes from a place on as one number, the first the lowest; zeros behind the end of at least eight bytes.

    Written so that the compiler makes one load of it, wherever the place lies.
    """
    first = min(at, data.size - _WORD)
    here = np.uint64(first)
    word = (
        np.uint64(data[here])
        | np.uint64(data[here + np.uint64(1)]) << np.uint64(8)
        | np.uint64(data[here + np.uint64(2)]) << np.uint64(16)
        | np.uint64(data[here + np.uint64(3)]) << np.uint64(24)
        | np.uint64(data[here + np.uint64(4)]) << np.uint64(32)
        | np.uint64(data[here + np.uint64(5)]) << np.uint64(40)
        | np.uint64(data[here + np.uint64(6)]) << np.uint64(48)
        | np.uint64(data[here + np.uint64(7)]) << np.uint64(56)
    )
    return word >> np.uint64(8 * (at - first))


@kernel_without_memory
def first_bytes(word: Any, many: int) -> Any:
    """The first bytes of a word, and zeros behind them."""
    return word if many >= _WORD else word & ((np.uint64(1) << np.uint64(8 * many)) - np.uint64(1))


@kernel_without_memory
def zeros_in(word: Any) -> Any:
    """A word with the highest bit of its first byte that is zero; none where none is. Behind that bit anything."""
    return (word - np.uint64(_LOW)) & ~word & np.uint64(_HIGH)


@kernel_without_memory
def first_marked(marks: Any) -> int:
    """Which byte of a word the lowest mark is in; 8 where there is none."""
    if marks == 0:
        return _WORD
    lowest = (marks & (~marks + np.uint64(1))) >> np.uint64(7)
    return np.int64((lowest * np.uint64(0x0001020304050607)) >> np.uint64(56))  # pyright: ignore[reportReturnType]


@kernel_without_memory
def ends_or_escapes(word: Any) -> int:
    """Which byte of a word is its first quote or backslash; 8 where there is none."""
    return first_marked(zeros_in(word ^ np.uint64(_QUOTES)) | zeros_in(word ^ np.uint64(_BACKSLASHES)))


@kernel_without_memory
def is_printable(word: Any) -> bool:
    """Whether every byte of a word is a letter, digit, sign or blank of ASCII."""
    controls = (word - np.uint64(_BLANKS)) & ~word & np.uint64(_HIGH)
    beyond = (word & np.uint64(_HIGH)) | zeros_in(word ^ np.uint64(_DELETES))
    return (controls | beyond) == 0


@kernel_without_memory
def hash_bytes(data: Bytes, begin: int, end: int) -> int:
    """A number for some bytes."""
    hashed = long(0)
    at = begin
    while at + _WORD <= end:
        hashed = mix(hashed, long(word_at(data, at)))
        at += _WORD
    if at < end:
        hashed = mix(hashed, long(first_bytes(word_at(data, at), end - at)))
    return mix(hashed, long(end - begin))


@kernel_without_memory
def read_name(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """The place behind a text in quotes that begins at a place, and the number of what it holds.

    The place is -1 unless all of it is letters, digits and signs that the record's reader takes for a name as they
    stand: nothing that stands for another sign, and not only blanks.
    """
    begin = here = at + 1
    hashed, last = long(0), long(-1)
    seen, going = False, data[at] == 34
    while going and here < end:
        word = word_at(data, here)
        many = min(ends_or_escapes(word), end - here)
        part = first_bytes(word, many)
        # Blanks in place of what is left out: these are printable and say nothing.
        shown = part | (np.uint64(_BLANKS) & ~first_bytes(~np.uint64(0), many))
        seen |= shown != np.uint64(_BLANKS)
        if many:
            hashed = mix(hashed, long(part))
        here += many
        going = many == _WORD and is_printable(shown)
        if many < _WORD and is_printable(shown) and here < end and data[here] == 34 and seen:
            last = here + 1
    return last, mix(hashed, long(last - 1 - begin))


@kernel_without_memory
def end_of_text(data: Bytes, at: int, end: int) -> int:
    """The place behind a text in quotes that begins at a place; -1 where it has no end."""
    last = long(-1)
    at += 1
    while last < 0 and at < end:
        many = ends_or_escapes(word_at(data, at))
        at += many
        if many < _WORD and at < end and data[at] == 34:
            last = at + 1
        elif many < _WORD:
            at += 2  # a backslash: whatever follows belongs to the text
    return last


@kernel_without_memory
def skip_blanks(data: Bytes, at: int, end: int) -> int:
    """The next place that is no blank of JSON."""
    while at < end and (data[at] == 32 or data[at] == 9 or data[at] == 10 or data[at] == 13):
        at += 1
    return at


@kernel_without_memory
def end_of_value(data: Bytes, at: int, end: int) -> int:
    """The place behind a value that begins at a place: behind its last bracket, or before a comma or bracket."""
    return end_of_text(data, at, end) if data[at] == 34 else end_of_other(data, at, end)


@kernel_without_memory
def end_of_other(data: Bytes, at: int, end: int) -> int:
    """`end_of_value` of a value that is no text."""
    last, depth = long(-1), 0
    while last < 0 and 0 <= at < end:
        letter = data[at]
        if letter == 34:
            at = end_of_text(data, at, end)
            continue
        if letter == 123 or letter == 91:
            depth += 1
        elif letter == 125 or letter == 93:
            depth -= 1
            last = at if depth < 0 else at + 1 if depth == 0 else last
        elif depth == 0 and (letter == 44 or letter <= 32):
            last = at
        at += 1
    return last


# --- notes, numbers and dates ---------------------------------------------------------------------


@kernel_without_memory
def is_note(data: Bytes, begin: int, end: int) -> bool:
    """Whether bytes are a text that the record's reader takes as it stands: letters in it, no sign that it refuses.

    Those are control characters and the sign that turns the direction of writing.
    """
    seen = False
    for at in range(begin, end):
        letter = data[at]
        if letter == 127 or (letter < 32 and letter != 9 and letter != 10):
            return False
        if letter == 0xC2 and at + 1 < end and data[at + 1] < 0xA0:
            return False
        if letter == 0xE2 and at + 2 < end and data[at + 1] == 0x80 and data[at + 2] == 0xAE:
            return False
        seen |= 32 < letter < 127
    return seen


@kernel_without_memory
def is_noted(data: Bytes, begin: int, end: int) -> bool:
    """Whether a value is a text in quotes that is a note, without a sign that stands for another."""
    if end - begin < 3 or data[begin] != 34:
        return False
    for at in range(begin + 1, end - 1):
        if data[at] == 92 or data[at] < 32:
            return False
    return is_note(data, begin + 1, end - 1)


@kernel_without_memory
def whole_number(data: Bytes, begin: int, end: int) -> int:
    """A whole number from zero on, as it is written; -1 for any other value."""
    if end <= begin or end - begin > 9 or (data[begin] == 48 and end - begin > 1):
        return -1
    number = 0
    for at in range(begin, end):
        if data[at] < 48 or data[at] > 57:
            return -1
        number = 10 * number + long(data[at] - 48)
    return number


@kernel_without_memory
def digits_at(data: Bytes, begin: int, many: int) -> int:
    """As many digits as a number; -1 where one is none."""
    number = 0
    for at in range(begin, begin + many):
        if data[at] < 48 or data[at] > 57:
            return -1
        number = 10 * number + long(data[at] - 48)
    return number


@kernel_without_memory
def date_at(data: Bytes, begin: int) -> int:
    """The day of the calendar that stands at a place as 2026-01-05; NEVER for none. Day 1 is that of the year 1."""
    year, month, day = digits_at(data, begin, 4), digits_at(data, begin + 5, 2), digits_at(data, begin + 8, 2)
    if data[begin + 4] != 45 or data[begin + 7] != 45 or year < 1 or month < 1 or month > 12 or day < 1:
        return NEVER
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = _DAYS_BEFORE[month] - _DAYS_BEFORE[month - 1] + (leap and month == 2)
    if day > length:
        return NEVER
    before = year - 1
    days = 365 * before + before // 4 - before // 100 + before // 400
    return days + _DAYS_BEFORE[month - 1] + (leap and month > 2) + day


@kernel_without_memory
def is_clock_at(data: Bytes, begin: int, hours: int) -> bool:
    """Whether hours and minutes stand at a place, as 09:30."""
    hour, minute = digits_at(data, begin, 2), digits_at(data, begin + 3, 2)
    return 0 <= hour < hours and data[begin + 2] == 58 and 0 <= minute < 60


@kernel_without_memory
def date_of_moment(data: Bytes, begin: int, end: int) -> int:
    """The date of a moment written as a store writes it; NEVER for any other, which is left to the record's reader.

    A date; a date and a time to the minute or the second; either with Z or an offset: 2026-01-05T09:30:00+02:00.
    """
    if end - begin < 12 or data[begin] != 34:
        return NEVER
    at, last = begin + 1, end - 1
    day = date_at(data, at)
    at += 10
    if day == NEVER or at == last:
        return day
    if (data[at] != 84 and data[at] != 32) or last - at < 6 or not is_clock_at(data, at + 1, 24):
        return NEVER
    at += 6
    if last - at >= 3 and data[at] == 58:
        if not 0 <= digits_at(data, at + 1, 2) < 60:
            return NEVER
        at += 3
    if at == last or (data[at] == 90 and at + 1 == last):
        return day
    signed = data[at] == 43 or data[at] == 45
    return day if signed and last - at == 6 and is_clock_at(data, at + 1, 24) else NEVER
