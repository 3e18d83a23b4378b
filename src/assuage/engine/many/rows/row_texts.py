"""The text of a row taken apart: what it says, and what only tells its entry from others.

A clinic's store gives every entry an id, an author and the moment at which it was written down, so that no two texts
are alike and nearly all say one of a few hundred things. These fields are set aside before texts are compared: of the
id, of the author, and of the id of another entry that is corrected, answered or withdrawn, a number is kept; of the
moment the date. Of a note only that there is one is kept, for nothing reads what it says; so is it of a text that is no
JSON, which is the note of its row (but in a note, and in a fact of the patient: `IS_ITS_TEXT`).

Texts are read twice. The kernel reads all of them, and is lax: it sets aside what it can read without doubt, and gives
the rest a key. The first text of a key is read by the library as JSON; where the two disagree, every text with that key
is left to the library. Rejected: to let the kernel judge what is JSON. A comma too much would then be read by one
reader and refused by another.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple, cast

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.jit import kernel, long, mix
from assuage.record import fields
from assuage.record.arrow import arrow

NO_ENTRY = 2**40  # rows that name no entry follow those that do
NOBODY = 0  # in place of an id
NEVER = -(2**30)  # in place of a date: not written down on any day that is known
ANOTHER = "another entry"  # stands in what a text says for the id of the entry that it names, and for a note
# How a text was read; a bare note is a text that is no JSON and that the record's reader takes as a note.
UNREAD, READ, LABELLED, BARE_NOTE = 0, 1, 2, 3
IS_ITS_TEXT = frozenset(("note", "patient"))  # kinds of which a text that is no JSON is what they say
NOTED = json.dumps({"note": ANOTHER})

_START, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_ALL = 2**64 - 1


def number_of_id(name: str) -> int:
    """A number for an id: two of a million ids share one once in ten million cohorts. The hash is FNV-1a, 64 bits."""
    hashed = _START
    for byte in name.encode():
        hashed = ((hashed ^ byte) * _PRIME) & _ALL
    return hashed - 2**64 if hashed >= 2**63 else hashed


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
_NAMES: Longs = np.array([number_of_id(name) for name in _FIELDS], dtype=np.int64)
_BITS: Longs = np.array(list(_FIELDS.values()), dtype=np.int64)
_DAYS_BEFORE: Longs = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365], dtype=np.int64)


class RowLabel(NamedTuple):
    """What tells one entry from others: its number in the record and that of the row in it, and what names entries."""

    entry: int = NO_ENTRY
    number: int = 0
    id: int = NOBODY
    other: int = NOBODY  # the entry that it corrects, answers or withdraws
    author: int = NOBODY
    entered: int = NEVER  # the date on which it was written down, as the calendar of Python counts days


class TextLabels(NamedTuple):
    """The same for many texts, with a key of all that is not set aside, and how each was read."""

    entry: Longs
    number: Ints
    id: Longs
    other: Longs
    author: Longs
    entered: Ints
    key: Longs
    how: Bytes  # UNREAD: by the library alone; LABELLED: something is set aside that no column holds


class ReadText(NamedTuple):
    """A text as the library reads it: what it says without its label, the fields of that, and the label."""

    plain: str
    holds: set[str]
    label: RowLabel


def read_row_text(text: str) -> ReadText:
    """A text without its label. What cannot be set aside without doubt stays in it: the record's reader judges it."""
    nothing = ReadText(text, set(), RowLabel())
    if not text.startswith("{"):
        return nothing
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        return nothing
    if not isinstance(document, dict):
        return nothing
    held = cast("dict[str, Any]", document)
    label = RowLabel()
    entry, row = held.get("entry"), held.get("row")
    if isinstance(entry, int) and not isinstance(entry, bool) and abs(entry) < NO_ENTRY:
        del held["entry"]
        label = label._replace(entry=entry)
    if isinstance(row, int) and not isinstance(row, bool) and abs(row) < 2**31:
        del held["row"]
        label = label._replace(number=row)
    if _is_name(held.get("id")):
        label = label._replace(id=number_of_id(held.pop("id")))
    if _is_name(held.get("author")):
        label = label._replace(author=number_of_id(held.pop("author")))
    entered = held.get("entered")
    if _is_right(fields.iso_moment, entered):
        label = label._replace(entered=date.fromisoformat(held.pop("entered")[:10]).toordinal())
    naming = [name for name in NAMING if name in held]
    if len(naming) == 1 and _is_name(held[naming[0]]):
        label = label._replace(other=number_of_id(held[naming[0]]))
        held[naming[0]] = ANOTHER
    if _is_name(held.get("note")):
        held["note"] = ANOTHER
    return ReadText(json.dumps(held, sort_keys=True), set(held), label)


def _is_name(value: object) -> bool:
    return _is_right(fields.free_text, value)


def _is_right(read: fields.Reader, value: object) -> bool:
    return value is not None and read(value, "", lambda _place, _what: None) is not fields.BAD


def numbered_text(plain: str, entry: int, number: int) -> str:
    """What a row says with the numbers of its entry and of the row in it: as much as two rows of an entry need."""
    if entry == NO_ENTRY and number == 0:
        return plain
    held: dict[str, Any] = json.loads(plain)
    named = {} if entry == NO_ENTRY else {"entry": entry}
    return json.dumps(held | named | {"row": number}, sort_keys=True)


class RawTexts:
    """The texts of rows as they were written, by a number of their own; those that no row waits for are forgotten."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._words: list[Any] = []
        self._next = 0

    def add(self, words: Any) -> int:
        """Keep some texts; the number of the first."""
        begin, self._next = self._next, self._next + len(words)
        self._begins.append(begin)
        self._words.append(words)
        return begin

    def forget(self, before: int | None) -> None:
        """Forget the texts below a number (None: all), as far as they were added together."""
        last = self._next if before is None else before
        while self._begins and self._begins[0] + len(self._words[0]) <= last:
            del self._begins[0], self._words[0]

    def text(self, number: int) -> str:
        """The text of a number."""
        at = int(np.searchsorted(self._begins, number, side="right")) - 1
        return str(self._words[at][number - self._begins[at]].as_py())


def label_texts(words: Any) -> TextLabels:
    """The labels of an Arrow array of texts; those that the kernel does not read are marked."""
    n = len(words)
    labels = TextLabels(
        entry=np.full(n, NO_ENTRY, np.int64),
        number=np.zeros(n, np.int32),
        id=np.zeros(n, np.int64),
        other=np.zeros(n, np.int64),
        author=np.zeros(n, np.int64),
        entered=np.full(n, NEVER, np.int32),
        key=np.zeros(n, np.int64),
        how=np.zeros(n, np.uint8),
    )
    texts = words.cast(arrow().string()).fill_null("")
    _, ends, letters = texts.buffers()
    if n:
        data = np.frombuffer(letters or b"", np.uint8)
        read_texts(data, np.frombuffer(ends, np.int32, n + 1, texts.offset * 4), labels)
    return labels


@kernel
def read_texts(data: Bytes, ends: Ints, out: TextLabels) -> None:
    """Fill in the labels of texts that lie one after the other."""
    for at in range(ends.size - 1):
        out.how[at] = read_text_at(data, ends[at], ends[at + 1], at, out)


@kernel
def hash_bytes(data: Bytes, begin: int, end: int) -> int:
    """The number of some bytes: as `number_of_id`."""
    hashed = np.uint64(_START)
    for at in range(begin, end):
        hashed = (hashed ^ np.uint64(data[at])) * np.uint64(_PRIME)
    return np.int64(hashed)  # pyright: ignore[reportReturnType]  # a number to the compiler


@kernel
def skip_blanks(data: Bytes, at: int, end: int) -> int:
    """The next place that is no blank of JSON."""
    while at < end and (data[at] == 32 or data[at] == 9 or data[at] == 10 or data[at] == 13):
        at += 1
    return at


@kernel
def end_of_text(data: Bytes, at: int, end: int) -> int:
    """The place behind a text in quotes that begins at a place; -1 where it has no end."""
    at += 1
    while at < end:
        if data[at] == 92:  # a backslash: whatever follows belongs to the text
            at += 1
        elif data[at] == 34:
            return at + 1
        at += 1
    return -1


@kernel
def end_of_value(data: Bytes, at: int, end: int) -> int:
    """The place behind a value that begins at a place: behind its last bracket, or before a comma or bracket."""
    if at >= end:
        return -1
    if data[at] == 34:
        return end_of_text(data, at, end)
    depth = 0
    while at < end:
        letter = data[at]
        if letter == 34:
            at = end_of_text(data, at, end)
            if at < 0:
                return -1
            continue
        if letter == 123 or letter == 91:
            depth += 1
        elif letter == 125 or letter == 93:
            if depth == 0:
                return at
            depth -= 1
            if depth == 0:
                return at + 1
        elif depth == 0 and (letter == 44 or letter <= 32):
            return at
        at += 1
    return -1


@kernel
def bit_of_field(name: int) -> int:
    """The bit of a field that is set aside, by the number of its name; 0 for any other."""
    for at in range(_NAMES.size):
        if _NAMES[at] == name:
            return _BITS[at]
    return 0


@kernel
def is_plain_name(data: Bytes, begin: int, end: int) -> bool:
    """Whether a value is a text of letters, digits and signs that the record's reader takes for a name as it stands."""
    if end - begin < 3 or data[begin] != 34:
        return False
    seen = False
    for at in range(begin + 1, end - 1):
        letter = data[at]
        if letter < 32 or letter > 126 or letter == 92 or letter == 34:
            return False
        seen |= letter > 32
    return seen


@kernel
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


@kernel
def is_noted(data: Bytes, begin: int, end: int) -> bool:
    """Whether a value is a text in quotes that is a note, without a sign that stands for another."""
    if end - begin < 3 or data[begin] != 34:
        return False
    for at in range(begin + 1, end - 1):
        if data[at] == 92 or data[at] < 32:
            return False
    return is_note(data, begin + 1, end - 1)


@kernel
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


@kernel
def digits_at(data: Bytes, begin: int, many: int) -> int:
    """As many digits as a number; -1 where one is none."""
    number = 0
    for at in range(begin, begin + many):
        if data[at] < 48 or data[at] > 57:
            return -1
        number = 10 * number + long(data[at] - 48)
    return number


@kernel
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


@kernel
def is_clock_at(data: Bytes, begin: int, hours: int) -> bool:
    """Whether hours and minutes stand at a place, as 09:30."""
    hour, minute = digits_at(data, begin, 2), digits_at(data, begin + 3, 2)
    return 0 <= hour < hours and data[begin + 2] == 58 and 0 <= minute < 60


@kernel
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


@kernel
def read_text_at(data: Bytes, begin: int, end: int, at: int, out: TextLabels) -> int:
    """Read one text, and say how: into the labels goes what is set aside, into the key the rest in its order."""
    if begin == end or data[begin] != 123:
        out.key[at] = mix(1, hash_bytes(data, begin, end))
        return BARE_NOTE if is_note(data, begin, end) else READ
    key, seen = long(0), 0
    here = skip_blanks(data, begin + 1, end)
    while here < end and data[here] != 125:
        if data[here] != 34:
            return UNREAD
        name_end = end_of_text(data, here, end)
        if name_end < 0:
            return UNREAD
        name = hash_bytes(data, here + 1, name_end - 1)
        here = skip_blanks(data, name_end, end)
        if here >= end or data[here] != 58:
            return UNREAD
        value = skip_blanks(data, here + 1, end)
        value_end = end_of_value(data, value, end)
        if value_end < 0:
            return UNREAD
        bit = bit_of_field(name)
        if bit == 0:
            key = mix(mix(key, name), hash_bytes(data, value, value_end))
        else:
            if seen & bit or not set_aside(data, value, value_end, bit, at, out):
                return UNREAD
            seen |= bit
            if bit in (_OTHER, _NOTE):
                key = mix(key, name)
        here = skip_blanks(data, value_end, end)
        if here < end and data[here] == 44:
            here = skip_blanks(data, here + 1, end)
            if here < end and data[here] == 125:
                return UNREAD  # a comma with nothing behind it
        elif here < end and data[here] != 125:
            return UNREAD
    if here >= end or skip_blanks(data, here + 1, end) != end:
        return UNREAD
    out.key[at] = mix(key, 2)
    return LABELLED if seen & (_ID | _AUTHOR | _ENTERED | _OTHER | _NOTE) else READ


@kernel
def set_aside(data: Bytes, value: int, end: int, bit: int, at: int, out: TextLabels) -> bool:
    """Keep what a field holds, if it is written so that nobody could read it otherwise."""
    if bit in (_ENTRY, _ROW):
        number = whole_number(data, value, end)
        if bit == _ENTRY:
            out.entry[at] = number
        else:
            out.number[at] = number
        return number >= 0
    if bit == _ENTERED:
        out.entered[at] = date_of_moment(data, value, end)
        return out.entered[at] != NEVER
    if bit == _NOTE:
        return is_noted(data, value, end)
    if not is_plain_name(data, value, end):
        return False
    if bit == _ID:
        out.id[at] = hash_bytes(data, value + 1, end - 1)
    elif bit == _OTHER:
        out.other[at] = hash_bytes(data, value + 1, end - 1)
    elif bit == _AUTHOR:
        out.author[at] = hash_bytes(data, value + 1, end - 1)
    return True
