"""A date as a cell has it, read by one format: months and weekdays may be words in English, Lithuanian and German.

The formats are those of `strptime`. `%B` and `%A` are whole names, in any case of declension, `%b` and `%a` short ones;
marks and a point after a short name may be missing. A weekday that is not that of the date is no date: one of them is
a slip, and nobody can say which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from assuage.terms.months import LONG_MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from assuage.terms.names import unaccented

_WORD = re.compile(r"[^\W\d_]+\.?")
_OFFSET = re.compile(r"\bGMT([+-])(\d{1,2})(?::?(\d\d))?$")
_IN_WORDS = re.compile(r"%[AaBb]")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b(?: of\b)?", re.I)
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
# Without marks.
_TIMES_OF_DAY = {
    "morning": frozenset(
        ("morning", "am", "morgen", "morgens", "fruh", "vormittag", "vormittags", "rytas", "ryte", "ryta")
    ),
    "noon": frozenset(("noon", "midday", "mittag", "mittags", "vidurdienis", "vidurdieni")),
    "evening": frozenset(("evening", "abend", "abends", "vakaras", "vakare", "vakara")),
    "night": frozenset(("night", "nacht", "nachts", "naktis", "nakti", "naktimis")),
}
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment_written(cell: str, form: str) -> datetime | None:
    """The moment that a cell holds by a format; None for anything else, and for digits that are not ASCII."""
    if any(sign.isdigit() and not sign.isascii() for sign in cell):
        return None
    text = _OFFSET.sub(_whole_offset, plain_blanks(cell))
    words = "".join(_IN_WORDS.findall(form))
    if words:
        text = _in_english(without_ordinals(text), words)
    try:
        read = datetime.strptime(text, form)  # noqa: DTZ007 - aware where the format has an offset
    except ValueError:
        return None
    if "%A" in form or "%a" in form:
        named = _DAY_NAMES[read.weekday()]
        return read if re.search(rf"\b{named[:3]}", text) else None
    return read


def time_in_words(cell: str) -> str | None:
    """The time of day that a word stands for, as a record writes it: `evening` for `abends`; None for other words."""
    word = unaccented(cell)
    return next((time for time, words in _TIMES_OF_DAY.items() if word in words), None)


def _whole_offset(offset: re.Match[str]) -> str:
    """`GMT+0200` for `GMT+2`, as forms of Google write it."""
    return f"GMT{offset[1]}{int(offset[2]):02d}{offset[3] or '00'}"


def without_ordinals(text: str) -> str:
    """The text with the numbers of days bare: `1 March` for `1st of March`."""
    return _ORDINAL.sub(r"\1", text)


def plain_blanks(cell: str) -> str:
    """The cell with ordinary blanks: some programs set a narrow one before am and pm."""
    return cell.replace("\u202f", " ").replace("\xa0", " ")


@lru_cache(maxsize=8_192)  # the same cells are tried with one format after another
def _in_english(text: str, words: str) -> str:
    """The text with the names of months and weekdays that these directives stand for in English."""
    tables: list[tuple[Mapping[str, int], Sequence[str], int | None]] = []
    if "%B" in words:
        tables.append((LONG_MONTHS, _MONTH_NAMES, None))
    if "%b" in words:
        tables.append((SHORT_MONTHS, _MONTH_NAMES, 3))
    if "%A" in words:
        tables.append((WEEKDAYS, _DAY_NAMES, None))
    if "%a" in words:
        tables.append((SHORT_WEEKDAYS, _DAY_NAMES, 3))

    def english(match: re.Match[str]) -> str:
        word = unaccented(match[0].removesuffix("."))
        for numbers, names, length in tables:
            if word in numbers:
                return names[numbers[word] - 1][:length]
        return match[0]

    return _WORD.sub(english, text)
