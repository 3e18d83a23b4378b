"""What a value of a field may be: types, ranges, vocabularies, as small readers that say what is wrong.

A reader takes what the document holds and its place, and gives the value for the record or BAD after having
said what to write instead. The tables of fields are in `assuage.record.kinds`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, cast

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.catalogue.unprintable import UNPRINTABLE
from assuage.errors import unknown_word
from assuage.patterns import kept_pattern
from assuage.terms.sites import SITES
from assuage.terms.times import MINUTE_OF, TimeOfDay
from assuage.terms.written_numbers import TwoReadings, number_in_text

Say = Callable[[str, Message], None]
Reader = Callable[[object, str, Say], Any]


class _Bad:
    """Stands where a value could not be read; what was wrong has been said."""


BAD: Final = _Bad()

# A hundred years on either side of day 0 (ours): a day beyond is a slip of the pen.
FURTHEST_DAY = 36_525
LARGEST_COUNT = 1_000_000  # far beyond every number of a session and every answer to an item (ours)
_FIRST_START, _LAST_START = date(1900, 1, 1), date(2199, 12, 31)
# What is before or after these is a day of no record.
EARLIEST, LATEST = _FIRST_START - timedelta(FURTHEST_DAY), _LAST_START + timedelta(FURTHEST_DAY)
_ISO_DATE = kept_pattern(r"\d{4}-\d{2}-\d{2}")
_ISO_TIME = kept_pattern(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?")
_CLOCK = kept_pattern(r"([01]\d|2[0-3]):([0-5]\d)")
_NUMERIC = kept_pattern(r"\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)\s*")
_MINUTES: dict[str, int] = {str(word): minute for word, minute in MINUTE_OF.items()}


class Field(Struct, frozen=True):
    """One field: its name in the document, how it is read, and its name in the record if that differs.

    `example` is shown when a required field is missing; `since` is the format of records it
    came with, and `newer` are the words it takes that came with the second.
    """

    name: str
    read: Reader
    required: bool = False
    example: str = ""
    attribute: str = ""
    since: int = 1
    newer: frozenset[str] = frozenset()

    @property
    def into(self) -> str:
        """The name of the attribute it fills."""
        return self.attribute or self.name


# What would move a terminal's cursor, or turn a line around, in text that is kept, where a tab, a new line and marks of
# right-to-left writing are ordinary; U+202E, which writes every letter after it backwards, ours as well, is not.
_CONTROL = kept_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]")


def printable(words: str, longest: int) -> str:
    """Words of a document as they can be printed: one line, no control characters, not endless."""
    words = UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), words)
    return words if len(words) <= longest else f"{words[: longest - 3]}..."


def printable_message(what: Message) -> Message:
    """A message whose texts can be printed: what a document said stands in them."""
    return replace(what, values=tuple((name, _printable_value(value)) for name, value in what.values))


def _printable_value(value: object) -> object:
    match value:
        case str():
            return printable(value, 500)
        case Message():
            return printable_message(value)
        case tuple():
            return tuple(_printable_value(each) for each in cast("tuple[object, ...]", value))
        case _:
            return value


def unknown(word: str, known: Collection[str], kind: Message) -> Message:
    """The remedy for an unknown word. Only short words and short lists are searched for the nearest."""
    if len(word) > 60 or len(known) > 500:
        return message("unknown-word", kind=kind, word=word)
    return _unknown_word(word, frozenset(known), kind)


# One slip is often made a thousand times.
_unknown_word = lru_cache(maxsize=1024)(unknown_word)


def shown(value: object) -> str:
    """A value as a document would write it, short enough for one line, and safe for a terminal."""
    try:
        written = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        written = f"≈1e{math.log10(abs(value)):.0f}" if isinstance(value, int) else "..."
    safe = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in written)
    return safe if len(safe) <= 40 else f"{safe[:37]}..."


def read_fields(
    given: object,
    fields: Collection[Field],
    place: str,
    say: Say,
    what: Message,
    ignored: Collection[str] = (),
) -> dict[str, Any]:
    """The attributes a map gives; problems (also unknown and missing fields) are said, and left out."""
    if not isinstance(given, Mapping):
        say(place, message("field.not-a-map-of-fields", what=what, is_=kind_of_value(given)))
        return {}
    values = cast("Mapping[str, object]", given)
    known = {field.name: field for field in fields}
    attributes: dict[str, Any] = {}
    for name, value in values.items():
        field = known.get(name)
        if field is not None and value is not None:
            read = field.read(value, f"{place}.{name}" if place else name, say)
            if read is not BAD:
                attributes[field.into] = read
        elif field is None and name not in ignored:
            say(
                f"{place}.{name}" if place else name,
                unknown(str(name), known, message("word.field-of", what=what)),
            )
    for field in fields:
        if field.required and values.get(field.name) is None:
            say(
                f"{place}.{field.name}" if place else field.name,
                message("field.missing", example=field.example or None),
            )
    return attributes


def kind_of_value(value: object) -> Message:
    """`a list`, `text`, `a number`, … in the reader's words."""
    match value:
        case None:
            return message("value.nothing")
        case bool():
            return message("value.true-or-false")
        case int() | float():
            return message("value.number")
        case str():
            return message("value.text")
        case list() | tuple():
            return message("value.list")
        case _:
            return message("value.map")


def free_text(value: object, place: str, say: Say) -> Any:
    """Text that is not empty, exactly as written."""
    if not isinstance(value, str):
        quoted = shown(value) if isinstance(value, (bool, int, float)) else None
        say(place, message("field.not-text", is_=kind_of_value(value), quoted=quoted))
        return BAD
    if not value.strip():
        say(place, message("field.empty-text"))
        return BAD
    control = _CONTROL.search(value)
    if control:
        say(place, message("field.control-character", character=printable(control[0], 10)))
        return BAD
    return value


def yes_or_no(value: object, place: str, say: Say) -> Any:
    """True or false, written so."""
    if isinstance(value, bool):
        return value
    say(place, message("field.not-true-or-false", is_=shown(value)))
    return BAD


def number_within(
    low: float | None = None, high: float | None = None, above: float | None = None, unit: str = ""
) -> Reader:
    """A finite number within bounds; `above` is an open lower bound."""
    unit_ = unit or None

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            say(place, message("field.not-a-number", is_=kind_of_value(value), **_unquoted(value)))
            return BAD
        try:
            number = float(value)
        except OverflowError:  # a whole number of hundreds of digits
            say(place, message("field.too-large", value=shown(value)))
            return BAD
        if not math.isfinite(number):
            say(place, message("field.not-finite"))
            return BAD
        if above is not None and value <= above:
            say(place, message("field.not-above", above=above, unit=unit_, value=f"{number:g}"))
            return BAD
        if (low is not None and value < low) or (high is not None and value > high):
            say(
                place,
                message("field.out-of-bounds", bounds=_bounds(low, high), unit=unit_, value=f"{number:g}"),
            )
            return BAD
        return number

    return read


def _bounds(low: float | None, high: float | None) -> Message:
    if high is None:
        return message("bounds.or-more", low=str(low))
    return (
        message("bounds.from-to", low=str(low), high=str(high))
        if low is not None
        else message("bounds.at-most", high=str(high))
    )


def _unquoted(value: object) -> dict[str, str | Message]:
    """How a number that was written as text is to be written, or its two readings; else the value as it stands."""
    if isinstance(value, str) and _NUMERIC.fullmatch(value):
        number = number_in_text(value)
        if isinstance(number, TwoReadings):
            readings = {"thousands": number.thousands, "decimals": number.decimals}
            return {"readings": message("field.two-readings", written=shown(value), **readings)}
        return {"unquoted": value.strip().replace(",", ".")}
    return {"written": shown(value)} if isinstance(value, (str, bool)) else {}


def in_order(low: float | None, high: float | None, at: str, say: Say) -> bool:
    """Whether a low end lies at or below its high end, as far as both are given; else a problem at `at`."""
    if low is None or high is None or low <= high:
        return True
    say(at, message("score.ends-exchanged", low=low, high=high))
    return False


def integer(low: int, high: int | None = None) -> Reader:
    """A whole number within bounds, written as one."""
    bounds = _bounds(low, high)

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            say(place, message("field.decimal-point", whole=f"{value:.0f}"))
            return BAD
        if isinstance(value, bool) or not isinstance(value, int):
            is_ = kind_of_value(value) if not isinstance(value, float) else shown(value)
            say(place, message("field.not-whole", is_=is_, **_unquoted(value)))
            return BAD
        if value < low or (high is not None and value > high):
            say(place, message("field.out-of-bounds", bounds=bounds, value=shown(value)))
            return BAD
        if abs(value) > LARGEST_COUNT:
            say(place, message("field.too-large", value=shown(value)))
            return BAD
        return value

    return read


def choice(known: Collection[str], kind: Message) -> Reader:
    """One of a few known words of a kind."""

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, str) and value in known:
            return value
        if isinstance(value, str):
            say(place, unknown(value, known, kind))
        else:
            say(place, message("field.not-a-word", kind=kind, is_=kind_of_value(value)))
        return BAD

    return read


site = choice(SITES, message("word.site"))


def list_of(each: Reader, of: Message, twice: bool = False, empty: bool = False) -> Reader:
    """A list, each part read by `each`; parts may repeat only where `twice` allows it."""

    def read(value: object, place: str, say: Say) -> Any:
        if not isinstance(value, list):
            alone = value if isinstance(value, str) else None
            say(place, message("field.not-a-list", of=of, is_=kind_of_value(value), alone=alone))
            return BAD
        parts = cast("list[object]", value)
        if not parts and not empty:
            say(place, message("field.empty-list", of=of))
            return BAD
        read_parts = [each(part, f"{place}[{i}]", say) for i, part in enumerate(parts)]
        good = not any(part is BAD for part in read_parts)
        if not twice:
            seen: dict[Any, int] = {}
            for i, part in enumerate(read_parts):
                if part is not BAD and seen.setdefault(part, i) != i:
                    say(f"{place}[{i}]", message("field.twice-in-list", part=str(part)))
                    good = False
        return tuple(read_parts) if good else BAD

    return read


def mapping(fields: tuple[Field, ...], make: Callable[..., Any], what: Message) -> Reader:
    """A map of fields, made into a value; at least one field must be there."""

    def read(value: object, place: str, say: Say) -> Any:
        problems = 0

        def counting(where: str, problem: Message) -> None:
            nonlocal problems
            problems += 1
            say(where, problem)

        attributes = read_fields(value, fields, place, counting, what)
        if problems:
            return BAD
        if not attributes:
            say(place, message("field.says-nothing", what=what))
            return BAD
        return make(**attributes)

    return read


def id_or_ids(value: object, place: str, say: Say) -> Any:
    """The id of an entry, or a list of them."""
    if isinstance(value, str):
        read = free_text(value, place, say)
        return BAD if read is BAD else (read,)
    return list_of(free_text, message("words.entry-ids"))(value, place, say)


def iso_date(value: object, place: str, say: Say) -> Any:
    """A real calendar date, written like 2026-01-05."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            say(place, message("field.no-such-date", value=value))
            return BAD
    say(place, message("field.not-a-date", is_=shown(value)))
    return BAD


def may_be_day_0(day: date) -> bool:
    """Whether a record can begin on that date."""
    return _FIRST_START <= day <= _LAST_START


def start_date(value: object, place: str, say: Say) -> Any:
    """A date that can be day 0."""
    day = iso_date(value, place, say)
    if day is not BAD and not may_be_day_0(day):
        say(place, message("field.no-start-date", first=_FIRST_START, last=_LAST_START, value=day))
        return BAD
    return day


def iso_moment(value: object, place: str, say: Say) -> Any:
    """An ISO date or time, kept as written."""
    if isinstance(value, str) and _ISO_TIME.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            say(place, message("field.no-such-time", value=value))
            return BAD
        return value
    say(place, message("field.not-a-moment", is_=shown(value)))
    return BAD


def clock(value: object, place: str, say: Say) -> Any:
    """A time of day as written: `HH:MM`, or a word."""
    if isinstance(value, str) and minute_of_time(value) is not None:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d:[0-5]\d", value):
        say(place, message("field.time-without-zero", value=value))
    else:
        is_ = shown(value) if isinstance(value, str) else kind_of_value(value)
        say(place, message("field.not-a-time", words=tuple(str(word) for word in TimeOfDay), is_=is_))
    return BAD


def minute_of_time(time: str) -> int | None:
    """The minute of the day that a time as written stands for; None when it is none."""
    if time in _MINUTES:
        return _MINUTES[time]
    match = _CLOCK.fullmatch(time)
    return int(match[1]) * 60 + int(match[2]) if match else None


_response_end = number_within(0, 100, unit=" percent")


def response(value: object, place: str, say: Say) -> Any:
    """A percentage, or [lowest, highest], as the two ends of a range."""
    if not isinstance(value, list):
        percent = _response_end(value, place, say)
        return BAD if percent is BAD else (percent, percent)
    ends = cast("list[object]", value)
    if len(ends) != 2:
        say(place, message("field.not-two-ends", n=len(ends)))
        return BAD
    low, high = (_response_end(end, f"{place}[{i}]", say) for i, end in enumerate(ends))
    if low is BAD or high is BAD:
        return BAD
    if low > high:
        say(place, message("field.ends-exchanged", low=high, high=low))
        return BAD
    return (low, high)
