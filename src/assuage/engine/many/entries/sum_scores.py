"""Answers that come to one score are one entry: a million questionnaires, a few hundred distinct entries.

Of an instrument that is the plain sum of its items nothing is asked but the sum of what was answered and which items
were not: total, interval, band and the instrument's own rule for what is missing follow from these two. An item whose
answer alone tells of a red flag counts by itself. Instruments of which criteria read single items are not folded, nor
is anything that the record's reader might refuse: that keeps the key it has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Floats, Ints, Longs, bytes_of
from assuage.engine.many.entries.answer_rows import AnswerWords, answer_words, key_beside
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, long, mix
from assuage.engine.many.rows.columns import TableRows, row_code, row_kind
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.instruments import INSTRUMENTS
from assuage.instruments.criteria.from_record import HOLD_FACTS
from assuage.instruments.given import items_by_id
from assuage.instruments.model import Instrument
from assuage.record.table import RecordRow
from assuage.safety.active_flags import ITEMS

_MARK = 78  # stands for the code of any item
_MOST = 62  # the highest answer, and the most items, that fit the bits of a number


def _is_plain_sum(instrument: Instrument) -> bool:
    """Whether its score follows from the sum of what was answered and from which items were not."""
    plain = instrument.scoring == "sum" and instrument.reader == "plain" and not instrument.codings
    bounded = 0 < len(instrument.items) <= _MOST and all(
        item.whole and 0 <= item.low <= item.high <= _MOST for item in instrument.items
    )
    odd = instrument.domains or instrument.fewest is not None or instrument.percent_of is not None
    return plain and bounded and not odd and instrument.id not in HOLD_FACTS


FOLDED = frozenset(name for name, instrument in INSTRUMENTS.items() if _is_plain_sum(instrument))
_FLAGGED = frozenset((instrument, item) for instrument, item, *_ in ITEMS)
# The items of these instruments, in one list.
_ITEMS = [
    (name, place, item) for name in sorted(FOLDED) for place, item in enumerate(INSTRUMENTS[name].items)
]
_NUMBER = {(name, item.id): at for at, (name, _, item) in enumerate(_ITEMS)}
_INSTRUMENTS = sorted(FOLDED)


class SumItems(NamedTuple):
    """The items that can be folded, a line each."""

    instrument: Ints
    place: Longs  # which of its instrument's items it is
    allowed: Longs  # the answers it can have, a bit each
    flagged: Bytes  # whether its answer alone tells of a red flag


def _allowed(values: tuple[int, ...], low: int, high: int) -> int:
    return sum(1 << value for value in (values or range(low, high + 1)) if low <= value <= high)


_SUMS = SumItems(
    instrument=np.array([_INSTRUMENTS.index(name) for name, _, _ in _ITEMS], dtype=np.int32),
    place=np.array([place for _, place, _ in _ITEMS], dtype=np.int64),
    allowed=np.array([_allowed(item.values, item.low, item.high) for _, _, item in _ITEMS], dtype=np.int64),
    flagged=bytes_of((name, item.id) in _FLAGGED for name, _, item in _ITEMS),
)


@cache
def _item_of_code(code: str) -> int:
    """Which of the items a code is, by its id or its number (`phq9.9`); -1 for any other."""
    name, _, item = code.partition(".")
    if name not in FOLDED or not item:
        return -1
    return _NUMBER.get((name, next(iter(items_by_id(name, {item: None})))), -1)


class PlainAnswers(NamedTuple):
    """What the rows of plain answers say but for the answers, and each answer that alone may tell of a red flag."""

    first: RecordRow
    flagged: tuple[tuple[int, float], ...]


def plain_answers(rows: Sequence[RecordRow]) -> tuple[PlainAnswers | None, dict[str, int]]:
    """What plain answers (as `read_sum` takes them) say, and their items; None for what is not plain."""
    name = (rows[0].code or "").partition(".")[0]
    items: dict[str, int] = {}
    flagged: list[tuple[int, float]] = []
    for at, row in enumerate(rows):
        number = _item_of_code(row.code or "")
        given = row.value
        if number < 0 or _ITEMS[number][0] != name or row.site is not None:
            return None, items
        if at and _without_numbers(row.text) is not None:
            return None, items
        item = _ITEMS[number][2]
        if given is None or not 0 <= given <= _MOST or item.id in items:
            return None, items
        if given != int(given) or not _SUMS.allowed[number] >> int(given) & 1:
            return None, items
        items[item.id] = int(given)
        if _SUMS.flagged[number]:
            flagged.append((number, given))
    text = _without_numbers(rows[0].text)
    return PlainAnswers(rows[0]._replace(day=0, code=name, value=None, text=text), tuple(flagged)), items


def ends_of_sum(answers: PlainAnswers, items: Mapping[str, int]) -> tuple[float, float]:
    """The lowest and the highest sum that plain answers leave open: what was not answered may be anything."""
    instrument = INSTRUMENTS[answers.first.code or ""]
    low = sum(items.get(item.id, item.low) for item in instrument.items)
    high = sum(items.get(item.id, item.high) for item in instrument.items)
    return float(low), float(high)


def _without_numbers(text: str | None) -> str | None:
    """What a row says beside the numbers of its entry and of the row in it; None for nothing."""
    if text is None:
        return None
    held: dict[str, object] = json.loads(text)
    rest = {name: value for name, value in held.items() if name not in ("entry", "row")}
    return json.dumps(rest, sort_keys=True) if rest else None


def fold_sums(rows: TableRows, vocabulary: Vocabulary, order: Ints, index: EntryIndex, keys: Longs) -> None:
    """Give all plain answers to an instrument that is a sum the key of their score."""
    items = [_item_of_code(code) for code in vocabulary.codes]
    if max(items, default=-1) < 0:
        return
    words = answer_words(vocabulary, items)
    first = np.append(index.row, np.int32(rows.what.size))
    fold_scores(rows.what, rows.value, order, first, words, _SUMS, keys)


@kernel
def fold_scores(
    what: Longs, value: Floats, order: Ints, first: Ints, words: AnswerWords, sums: SumItems, keys: Longs
) -> None:
    """The work of `fold_sums`."""
    for entry in range(keys.size):
        begin: int = first[entry]
        row: int = begin if order.size == 0 else order[begin]
        if not words.answers[row_kind(what[row])] or words.item[row_code(what[row])] < 0:
            continue
        plain, key = read_sum(what, value, order, begin, first[entry + 1], words, sums)
        if plain:
            keys[entry] = key


@kernel
def read_sum(
    what: Longs, value: Floats, order: Ints, begin: int, end: int, words: AnswerWords, sums: SumItems
) -> tuple[bool, int]:
    """Whether answers are plain, and the key of their score.

    Plain are answers to items of one instrument, each once and with an answer it can have, whose rows beyond the first
    all say the same beside.
    """
    alike, key = key_beside(what, order, begin, end, words, _MARK)
    if not alike:
        return False, key
    flags, instrument, seen, total = long(0), long(-1), long(0), long(0)
    for at in range(begin, end):
        row: int = at if order.size == 0 else order[at]
        item = words.item[row_code(what[row])]
        if instrument < 0:
            instrument = long(sums.instrument[item])
        given = value[row]
        if sums.instrument[item] != instrument or (seen >> sums.place[item]) & 1 or not 0 <= given <= _MOST:
            return False, key
        answer = np.int64(given)
        if answer != given or (sums.allowed[item] >> answer) & 1 == 0:
            return False, key
        seen |= np.int64(1) << sums.place[item]
        total += answer
        if sums.flagged[item]:
            flags += mix(long(sums.place[item]) + 1, long(answer))
    return True, mix(mix(mix(mix(key, instrument), seen), total), flags)
