"""What a value of a field may be: types, ranges, vocabularies, as small readers that say what is wrong.

A reader takes what the document holds and its place, and gives the value for the record or BAD after having
said what to write instead. The tables of fields are in `assuage.record.kinds`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, cast

from assuage.errors import nearest
from assuage.terms.sites import SITES
from assuage.terms.times import MINUTE_OF, TimeOfDay

Say = Callable[[str, str], None]
Reader = Callable[[object, str, Say], Any]


class _Bad:
    """Stands where a value could not be read; what was wrong has been said."""


BAD: Final = _Bad()

# A hundred years on either side of day 0 (ours): a day beyond is a slip of the pen.
FURTHEST_DAY = 36_525
_FIRST_START, _LAST_START = date(1900, 1, 1), date(2199, 12, 31)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_NUMERIC = re.compile(r"\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)\s*")
_MINUTES: dict[str, int] = {str(word): minute for word, minute in MINUTE_OF.items()}


@dataclass(frozen=True)
class Field:
    """One field: its name in the document, how it is read, and its name in the record if that differs.

    `example` is shown when a required field is missing.
    """

    name: str
    read: Reader
    required: bool = False
    example: str = ""
    attribute: str = ""

    @property
    def into(self) -> str:
        """The name of the attribute it fills."""
        return self.attribute or self.name


# What would move a terminal's cursor, or turn a line around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# The same in text that is kept, where a tab and a new line are ordinary.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def printable(words: str, longest: int) -> str:
    """Words of a document as they can be printed: one line, no control characters, not endless."""
    words = _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), words)
    return words if len(words) <= longest else f"{words[: longest - 3]}..."


def unknown(word: str, known: Collection[str], what: str) -> str:
    """The remedy for an unknown word. Only short words and short lists are searched for the nearest."""
    if len(word) > 60 or len(known) > 500:
        return f'unknown {what} "{word}"'
    return _nearest(word, frozenset(known), what)


# One slip is often made a thousand times.
_nearest = lru_cache(maxsize=1024)(nearest)


def shown(value: object) -> str:
    """A value as a document would write it, short enough for one line, and safe for a terminal."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    safe = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in written)
    return safe if len(safe) <= 40 else f"{safe[:37]}..."


def read_fields(
    given: object, fields: Collection[Field], place: str, say: Say, what: str, ignored: Collection[str] = ()
) -> dict[str, Any]:
    """The attributes a map gives; problems (also unknown and missing fields) are said, and left out."""
    if not isinstance(given, Mapping):
        say(place, f"{what} must be a map of fields, not {kind_of_value(given)}")
        return {}
    values = cast("Mapping[str, object]", given)
    known = {field.name: field for field in fields}
    found: dict[str, Any] = {}
    for name, value in values.items():
        field = known.get(name)
        if field is not None and value is not None:
            read = field.read(value, f"{place}.{name}" if place else name, say)
            if read is not BAD:
                found[field.into] = read
        elif field is None and name not in ignored:
            say(f"{place}.{name}" if place else name, unknown(str(name), known, f"field of {what}"))
    for field in fields:
        if field.required and values.get(field.name) is None:
            remedy = f"; write for example {field.example}" if field.example else ""
            say(f"{place}.{field.name}" if place else field.name, f"is missing{remedy}")
    return found


def kind_of_value(value: object) -> str:
    """`a list`, `text`, `a number`, … in the reader's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple():
            return "a list"
        case _:
            return "a map"


def text(value: object, place: str, say: Say) -> Any:
    """Text that is not empty, exactly as written."""
    if not isinstance(value, str):
        remedy = f'; put it in quotes: "{shown(value)}"' if isinstance(value, (bool, int, float)) else ""
        say(place, f"must be text, not {kind_of_value(value)}{remedy}")
        return BAD
    if not value.strip():
        say(place, "is empty text; write something or leave the field out")
        return BAD
    control = _CONTROL.search(value)
    if control:
        say(place, f"holds a control character ({printable(control[0], 10)}); take it out")
        return BAD
    return value


def yes_or_no(value: object, place: str, say: Say) -> Any:
    """True or false, written so."""
    if isinstance(value, bool):
        return value
    say(place, f"must be true or false, not {shown(value)}")
    return BAD


def number(
    low: float | None = None, high: float | None = None, above: float | None = None, unit: str = ""
) -> Reader:
    """A finite number within bounds; `above` is an open lower bound."""
    want = {
        (True, True): f"{low} to {high}",
        (True, False): f"{low} or more",
        (False, True): f"at most {high}",
    }

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            say(place, f"must be a number, not {kind_of_value(value)}{_unquoted(value)}")
            return BAD
        if not math.isfinite(value):
            say(place, "must be a finite number; leave the field out when it is unknown")
            return BAD
        if above is not None and value <= above:
            say(place, f"must be more than {above:g}{unit}, so {value:g} cannot be right")
            return BAD
        if (low is not None and value < low) or (high is not None and value > high):
            bounds = want[low is not None, high is not None]
            say(place, f"must be {bounds}{unit}, so {value:g} cannot be right")
            return BAD
        return float(value)

    return read


def _unquoted(value: object) -> str:
    if isinstance(value, str) and _NUMERIC.fullmatch(value):
        return f"; write it without quotes: {value.strip().replace(',', '.')}"
    return f": {shown(value)}" if isinstance(value, (str, bool)) else ""


def whole(low: int, high: int | None = None) -> Reader:
    """A whole number within bounds, written as one."""
    bounds = f"{low} or more" if high is None else f"{low} to {high}"

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            say(place, f"must be a whole number; write {value:.0f}, without a decimal point")
            return BAD
        if isinstance(value, bool) or not isinstance(value, int):
            said = kind_of_value(value) if not isinstance(value, float) else shown(value)
            say(place, f"must be a whole number, not {said}{_unquoted(value)}")
            return BAD
        if value < low or (high is not None and value > high):
            say(place, f"must be {bounds}, so {value} cannot be right")
            return BAD
        return value

    return read


def word(known: Collection[str], what: str) -> Reader:
    """One of a few known words."""

    def read(value: object, place: str, say: Say) -> Any:
        if isinstance(value, str) and value in known:
            return value
        if isinstance(value, str):
            say(place, unknown(value, known, what))
        else:
            say(place, f"must be the {what}, a word, not {kind_of_value(value)}")
        return BAD

    return read


site = word(SITES, "site")


def listing(one: Reader, of: str, twice: bool = False, empty: bool = False) -> Reader:
    """A list, each part read by `one`; parts may repeat only where `twice` allows it."""

    def read(value: object, place: str, say: Say) -> Any:
        if not isinstance(value, list):
            remedy = f"; write [{value}]" if isinstance(value, str) else ""
            say(place, f"must be a list of {of}, not {kind_of_value(value)}{remedy}")
            return BAD
        parts = cast("list[object]", value)
        if not parts and not empty:
            say(place, f"is an empty list of {of}; leave the field out when it is unknown")
            return BAD
        read_parts = [one(part, f"{place}[{i}]", say) for i, part in enumerate(parts)]
        good = not any(part is BAD for part in read_parts)
        if not twice:
            seen: dict[Any, int] = {}
            for i, part in enumerate(read_parts):
                if part is not BAD and seen.setdefault(part, i) != i:
                    say(f"{place}[{i}]", f"{part} is already in the list; name it once")
                    good = False
        return tuple(read_parts) if good else BAD

    return read


def a_map(fields: tuple[Field, ...], make: Callable[..., Any], what: str) -> Reader:
    """A map of fields, made into a value; at least one field must be there."""

    def read(value: object, place: str, say: Say) -> Any:
        said = 0

        def counting(where: str, problem: str) -> None:
            nonlocal said
            said += 1
            say(where, problem)

        found = read_fields(value, fields, place, counting, what)
        if said:
            return BAD
        if not found:
            say(place, f"{what} says nothing; leave it out when it is unknown")
            return BAD
        return make(**found)

    return read


def iso_date(value: object, place: str, say: Say) -> Any:
    """A real calendar date, written like 2026-01-05."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            say(place, f"{value} is not a date of the calendar")
            return BAD
    say(place, f"must be a date like 2026-01-05, not {shown(value)}")
    return BAD


def start_date(value: object, place: str, say: Say) -> Any:
    """A date that can be day 0."""
    found = iso_date(value, place, say)
    if found is not BAD and not _FIRST_START <= found <= _LAST_START:
        say(place, f"must lie between {_FIRST_START} and {_LAST_START}, so {found} cannot be right")
        return BAD
    return found


def iso_moment(value: object, place: str, say: Say) -> Any:
    """An ISO date or time, kept as written."""
    if isinstance(value, str) and _ISO_TIME.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            say(place, f"{value} is not a time of the calendar")
            return BAD
        return value
    say(place, f"must be an ISO time like 2026-01-05T18:30, not {shown(value)}")
    return BAD


def clock(value: object, place: str, say: Say) -> Any:
    """A time of day as written: `HH:MM`, or a word."""
    if isinstance(value, str) and minute_of(value) is not None:
        return value
    words = ", ".join(str(one) for one in TimeOfDay)
    early = isinstance(value, str) and re.fullmatch(r"\d:[0-5]\d", value)
    remedy = f"; write 0{value}" if early else f" (00:00 to 23:59), {words}"
    said = shown(value) if isinstance(value, str) else kind_of_value(value)
    say(place, f"must be HH:MM{remedy}, not {said}" if not early else f"must be HH:MM{remedy}")
    return BAD


def minute_of(time: str) -> int | None:
    """The minute of the day that a time as written stands for; None when it is none."""
    if time in _MINUTES:
        return _MINUTES[time]
    match = _CLOCK.fullmatch(time)
    return int(match[1]) * 60 + int(match[2]) if match else None


_response_end = number(0, 100, unit=" percent")


def response(value: object, place: str, say: Say) -> Any:
    """A percentage, or [lowest, highest], as the two ends of a range."""
    if not isinstance(value, list):
        one = _response_end(value, place, say)
        return BAD if one is BAD else (one, one)
    ends = cast("list[object]", value)
    if len(ends) != 2:
        say(place, f"must be one percentage or [lowest, highest], not a list of {len(ends)}")
        return BAD
    low, high = (_response_end(end, f"{place}[{i}]", say) for i, end in enumerate(ends))
    if low is BAD or high is BAD:
        return BAD
    if low > high:
        say(place, f"the lowest comes first: [{high:g}, {low:g}]")
        return BAD
    return (low, high)
