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

from assuage.engine.many.rows.text_bytes import NEVER, hash_bytes, padded
from assuage.engine.many.rows.text_kernel import NAMING, NO_ENTRY, Label, TextLabels, read_texts
from assuage.record import fields
from assuage.record.arrow import arrow

NOBODY = 0  # in place of an id
ANOTHER = "another entry"  # stands in what a text says for the id of the entry that it names, and for a note
IS_ITS_TEXT = frozenset(("note", "patient"))  # kinds of which a text that is no JSON is what they say
NOTED = json.dumps({"note": ANOTHER})


def number_of_id(name: str) -> int:
    """A number for an id: two of a million ids share one once in ten million cohorts."""
    letters = np.frombuffer(name.encode(), np.uint8)
    return int(hash_bytes(padded(letters), 0, letters.size))


class RowLabel(NamedTuple):
    """What tells one entry from others: its number in the record and that of the row in it, and what names entries."""

    entry: int = NO_ENTRY
    number: int = 0
    id: int = NOBODY
    other: int = NOBODY  # the entry that it corrects, answers or withdraws
    author: int = NOBODY
    entered: int = NEVER  # the date on which it was written down, as the calendar of Python counts days


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
    texts = words.cast(arrow().string())
    if texts.null_count:
        texts = texts.fill_null("")
    _, ends, letters = texts.buffers()
    if n:
        data = padded(np.frombuffer(letters or b"", np.uint8))
        ends_of = np.frombuffer(ends, np.int32, n + 1, texts.offset * 4)
        read_texts(data, ends_of, np.empty(len(Label), np.int64), labels)
    return labels
