"""What a column, a name, a part of a cell or a row means: a kind of entry, its fixed fields, and how a cell is read.

These tables are what a map is judged by; `docs/reference/diary.md` is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal, cast

from assuage.catalogue.message import message
from assuage.errors import unknown_word
from assuage.instruments import INSTRUMENTS
from assuage.record import fields as f
from assuage.record.csv_table import NO, YES, number_in
from assuage.record.fields import BAD, Field, Say
from assuage.record.kind import COMMON
from assuage.record.kinds import KINDS, UNITS, scales

Ends = tuple[float, float]


@dataclass(frozen=True)
class CellCondition:
    """That a column holds one of some values; numbers are compared as numbers."""

    header: str
    values: tuple[str, ...]

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Whether it does in these cells; a blank cell holds nothing but ""."""
        cell = cells.get(self.header.lower(), "").casefold()
        number = number_in(cell)
        return any(
            cell == value or (number is not None and number == number_in(value)) for value in self.values
        )


@dataclass(frozen=True)
class Meaning:
    """What a cell under a header or a name is: a kind of entry with its fixed fields, and the words of its cells.

    `to` are the ends of the scale that a number is brought to from the `ends` of the diary. With `split` the cell holds
    several parts, each with meanings of its own, and the fields of this one are not looked at. `unit_column` names the
    column that holds the unit of each row.
    """

    header: str
    kind: str
    fixed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    yes: frozenset[str] = YES
    no: frozenset[str] = NO
    words: Mapping[str, float] = field(default_factory=dict[str, float])
    severities: Mapping[str, str] = field(default_factory=dict[str, str])
    item: str | None = None
    cell: Literal["minutes", "count", "amount"] | None = None
    unit: str | None = None
    unit_column: str | None = None
    ends: Ends | None = None
    to: Ends | None = None
    reverse: bool = False
    when: tuple[CellCondition, ...] = ()
    night: Literal["before", "after"] | None = None
    split: str | None = None
    parts: Mapping[str, tuple[Meaning, ...]] = field(default_factory=lambda: dict[str, tuple[Meaning, ...]]())
    unmentioned: Literal["unknown", "no"] = "unknown"
    ignore: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """What a question that was not asked is about: of an exposure or a therapy."""
        return self.fixed["name" if self.kind == "exposure" else "what"]

    @property
    def of_hundred(self) -> bool:
        """Whether its numbers are per cent, so that the sign may stand behind them."""
        stated = (self.fixed.get("lowest"), self.fixed.get("highest"))
        return self.fixed.get("unit") == "%" or (0, 100) in (self.ends, stated)

    @property
    def top(self) -> float | None:
        """The top of its scale, which may stand behind a number (`6/10`): of the diary's, else of our own."""
        if self.ends is not None:
            return self.ends[1]
        scale = scales().get(self.fixed.get("scale", "")) if self.kind == "score" else None
        return scale.high if scale is not None else self.fixed.get("highest")

    def in_unit(self, cells: Mapping[str, str]) -> Meaning:
        """The meaning with the unit that these cells give the number; without any where that cell is blank."""
        if self.unit_column is None:
            return self
        unit = cells.get(self.unit_column.lower(), "")
        if self.kind == "intake":
            return replace(self, unit=unit or None)
        return replace(self, fixed={**self.fixed, "unit": unit} if unit else self.fixed)

    def in_scale(self, number: float) -> float | int | None:
        """A number of the diary as one of the scale, None where it lies outside of the ends that the map gives."""
        if self.ends is None or self.to is None:
            return number
        low, high = self.ends
        if not low <= number <= high:
            return None
        share = (number - low) / (high - low)
        first, last = reversed(self.to) if self.reverse else self.to
        # Ten places: what is lost by the division is not what somebody said.
        value = round(first + share * (last - first), 10)
        return int(value) if value.is_integer() else value


# ---------------------------------------------------------------- readers of what a map says


def is_table(value: object, place: str, say: Say) -> Any:
    """A table of TOML."""
    if isinstance(value, dict):
        return cast("dict[str, object]", value)
    say(place, message("map.not-a-table", place=place, is_=f.kind_of_value(value)))
    return BAD


def _words(value: object, place: str, say: Say) -> Any:
    given = is_table(value, place, say)
    if given is BAD:
        return BAD
    read_number = f.number_within()
    read = {name.casefold(): read_number(number, f"{place}.{name}", say) for name, number in given.items()}
    return {name: value for name, value in read.items() if value is not BAD}


def _severities(value: object, place: str, say: Say) -> Any:
    given = is_table(value, place, say)
    if given is BAD:
        return BAD
    read = {name.casefold(): f.free_text(text, f"{place}.{name}", say) for name, text in given.items()}
    return {name: value for name, value in read.items() if value is not BAD}


def _any_text(value: object, place: str, say: Say) -> Any:
    if isinstance(value, str):
        return value.strip().casefold()
    say(place, message("map.not-quoted", is_=f.kind_of_value(value)))
    return BAD


def _separator(value: object, place: str, say: Say) -> Any:
    if isinstance(value, str) and value:
        return value
    say(place, message("map.not-quoted", is_=f.kind_of_value(value)))
    return BAD


def listed(value: object) -> list[object]:
    """A list as it is, anything else as a list of it alone."""
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _two_ends(value: object, place: str, say: Say) -> Any:
    ends = listed(value)
    if len(ends) != 2 or any(isinstance(end, bool) or not isinstance(end, (int, float)) for end in ends):
        say(place, message("map.not-two-ends", is_=f.shown(value)))
        return BAD
    low, high = (float(cast("float", end)) for end in ends)
    if not (abs(low) < 1e15 and abs(high) < 1e15 and low < high):
        say(place, message("map.not-two-ends", is_=f.shown(value)))
        return BAD
    return (low, high)


def conditions(value: object, place: str, say: Say) -> Any:
    """What a `when` asks for: a column, and the value or the values that it has to hold."""
    given = is_table(value, place, say)
    if given is BAD:
        return BAD
    asked: list[CellCondition] = []
    for header, wanted in given.items():
        values = listed(wanted)
        if not values or any(not isinstance(each, (str, int, float)) for each in values):
            say(f"{place}.{header}", message("map.not-a-value", is_=f.kind_of_value(cast("object", wanted))))
            return BAD
        texts = tuple(str(each).strip().casefold() for each in values)
        asked.append(CellCondition(header, texts))
    return tuple(asked)


TEXTS = f.list_of(_any_text, message("words.texts"), twice=True, empty=True)

# ---------------------------------------------------------------- what a meaning may say

# Per kind: the fields it fixes for all its cells, and the one that the map must give.
FIXED: dict[str, tuple[str, ...]] = {
    "score": ("scale", "site", "sites"),
    "answers": ("instrument",),
    "symptom": ("what", "site", "severity"),
    "finding": ("what", "method"),
    "therapy": ("what", "do", "site", "sites", "pressure"),
    "medication": ("drug", "do", "doses", "route", "purpose"),
    "intake": ("drug", "doses", "route"),
    "exposure": ("name", "unit"),
    "rating": ("name", "unit", "lowest", "highest"),
    "measurement": ("what", "unit", "method", "loinc"),
    "note": (),
}
NEEDED = {
    "score": "scale",
    "answers": "instrument",
    "symptom": "what",
    "finding": "what",
    "therapy": "what",
    "medication": "drug",
    "intake": "drug",
    "exposure": "name",
    "rating": "name",
    "measurement": "what",
}
_YES_NO = (Field("yes", TEXTS), Field("no", TEXTS))
_NUMBERS = (Field("words", _words), Field("from", _two_ends, attribute="ends"), Field("reverse", f.yes_or_no))
_UNIT_COLUMN = Field("unit_column", f.free_text)
READ_CELLS: dict[str, tuple[Field, ...]] = {
    "score": _NUMBERS,
    "answers": (*_NUMBERS, Field("item", f.free_text, required=True, example='item = "fatigue"')),
    "symptom": (*_YES_NO, Field("severities", _severities)),
    "finding": _YES_NO,
    "therapy": (*_YES_NO, Field("cell", f.choice(("minutes",), message("word.cell")))),
    "medication": _YES_NO,
    "intake": (
        *_YES_NO,
        Field("cell", f.choice(("count", "amount"), message("word.cell"))),
        Field("unit", f.choice(UNITS, message("word.unit"))),
        _UNIT_COLUMN,
    ),
    "exposure": (*_YES_NO, _UNIT_COLUMN),
    "rating": (*_NUMBERS, _UNIT_COLUMN),
    "measurement": (_UNIT_COLUMN,),
    "note": (),
}
OF_EVERY = (
    *(each for each in COMMON if each.name in ("time", "by", "approximate")),
    Field("when", conditions),
    Field("night", f.choice(("before", "after"), message("word.night"))),
)
_ENTRY_COMMON = ("time", "by", "approximate")
OF_A_SPLIT = (
    Field("split", _separator, required=True),
    Field("parts", is_table, required=True, example='parts = {neck = {site = "neck"}}'),
    Field("unmentioned", f.choice(("unknown", "no"), message("word.unmentioned"))),
    Field("ignore", TEXTS),
    Field("when", conditions),
    Field("no", TEXTS),
)
# What the row itself can be, as if a cell of it said yes.
OF_A_ROW = ("symptom", "finding", "therapy", "medication", "intake", "exposure")


def meanings(header: str, given: object, place: str, say: Say) -> tuple[Meaning, ...]:
    """What a map says of a column or name: a table, or a list of tables, each of which makes its own entry."""
    read = [_meaning(header, table, place, say) for table in listed(given)]
    return tuple(meaning for meaning in read if meaning is not None)


def _meaning(header: str, given: object, place: str, say: Say) -> Meaning | None:
    if not isinstance(given, dict):
        say(place, message("map.column-not-a-table", is_=f.kind_of_value(given)))
        return None
    plain = cast("dict[str, object]", given)
    return _split(header, plain, place, say) if "split" in plain else _single(header, plain, place, say)


def _split(header: str, plain: dict[str, object], place: str, say: Say) -> Meaning | None:
    names = {each.name for each in OF_A_SPLIT}
    of_split = {name: value for name, value in plain.items() if name in names}
    attributes = f.read_fields(of_split, OF_A_SPLIT, place, say, message("what.split-column"))
    if "split" not in attributes or "parts" not in attributes:
        return None
    # Each part says only what sets it apart; the rest it has from its column.
    shared = {name: value for name, value in plain.items() if name not in names - {"no"}}
    shared.pop("no", None)
    parts: dict[str, tuple[Meaning, ...]] = {}
    for part, table in attributes["parts"].items():
        whole = [
            shared | cast("dict[str, object]", each) if isinstance(each, dict) else each
            for each in listed(table)
        ]
        read = meanings(header, whole, f'{place}.parts."{part}"', say)
        if any(meaning.split is not None for meaning in read):
            say(f'{place}.parts."{part}"', message("map.split-in-a-part"))
            continue
        parts[part.strip().casefold()] = read
    rest = {
        name: attributes[name] for name in ("split", "unmentioned", "ignore", "when") if name in attributes
    }
    return Meaning(header, "", parts=parts, no=frozenset(attributes.get("no", ())), **rest)


def _single(header: str, plain: dict[str, object], place: str, say: Say) -> Meaning | None:
    kind = plain.get("kind")
    if not isinstance(kind, str) or kind not in FIXED:
        missing = message("map.no-kind", kinds=tuple(FIXED))
        unknown = unknown_word(str(kind), FIXED, message("word.kind-of-column"))
        say(f"{place}.kind", missing if kind is None else unknown)
        return None
    entry_fields = [
        Field(each.name, each.read, each.name == NEEDED.get(kind), f'{each.name} = "…"')
        for each in KINDS[kind].specific
        if each.name in FIXED[kind]
    ]
    cells = READ_CELLS[kind]
    attributes = f.read_fields(
        plain, (*OF_EVERY, *entry_fields, *cells), place, say, message("what.column-of", kind=kind), ("kind",)
    )
    if any(each.required and each.name not in attributes for each in chain(entry_fields, cells)):
        return None
    # The record's own readers have judged the fields; the entry is built from what the map says.
    fixed = {
        name: plain[name]
        for name in chain(_ENTRY_COMMON, (each.name for each in entry_fields))
        if name in attributes and name in plain
    }
    rest = {
        name: attributes[name]
        for name in ("words", "severities", "item", "cell", "unit_column", "ends", "reverse", "when", "night")
        if name in attributes
    }
    if kind == "intake" and "unit" in attributes:
        rest["unit"] = attributes["unit"]
    rest |= {name: frozenset(attributes[name]) for name in ("yes", "no") if name in attributes}
    if "unit_column" in attributes and "unit" in plain:
        say(f"{place}.unit", message("map.two-units"))
        return None
    meaning = Meaning(header, kind, fixed, **rest)
    if meaning.ends is not None or meaning.reverse:
        return _converting(meaning, rest, place, say)
    if kind == "intake" and not _dose_is_whole(meaning, place, say):
        return None
    return meaning


def _converting(meaning: Meaning, rest: dict[str, Any], place: str, say: Say) -> Meaning | None:
    """The same with the ends of its scale, which a number of the diary is brought to."""
    to = _own_ends(meaning)
    if to is None:
        say(f"{place}.from", message("map.no-ends"))
        return None
    rest = rest | {"ends": meaning.ends or to, "to": to}
    return Meaning(meaning.header, meaning.kind, meaning.fixed, **rest)


def _own_ends(meaning: Meaning) -> Ends | None:
    match meaning.kind:
        case "score":
            scale = scales().get(meaning.fixed["scale"])
            return None if scale is None else (scale.low, scale.high)
        case "rating":
            low, high = meaning.fixed.get("lowest"), meaning.fixed.get("highest")
            return None if low is None or high is None or low >= high else (float(low), float(high))
        case _:
            instrument = INSTRUMENTS.get(meaning.fixed["instrument"])
            items = instrument.items if instrument is not None else ()
            return next(
                ((float(each.low), float(each.high)) for each in items if each.id == meaning.item), None
            )


def _dose_is_whole(meaning: Meaning, place: str, say: Say) -> bool:
    """Whether a number of an intake is one that somebody can tell the dose of."""
    if meaning.cell == "amount" and meaning.unit is None and meaning.unit_column is None:
        say(f"{place}.unit", message("map.amount-without-unit"))
        return False
    if meaning.cell == "count" and "doses" not in meaning.fixed:
        say(f"{place}.doses", message("map.count-without-doses"))
        return False
    return True
