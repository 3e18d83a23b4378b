"""The map of a diary: which column of a CSV file means what. Written in TOML by whoever knows the diary.

`[diary]` says how rows are read, `[columns."Pain AM"]` what a column of a one-row-a-day diary means, and
`[fields]` renames the columns of a one-row-an-entry diary. See `docs/reference/diary.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, unknown_word
from assuage.record import entries as e
from assuage.record import fields as f
from assuage.record.csv_table import DELIMITERS, NO, YES
from assuage.record.document import decoded, read_bytes
from assuage.record.entry import By
from assuage.record.fields import BAD, Field, Say
from assuage.record.kind import COMMON
from assuage.record.kinds import KINDS

_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class MappedColumn:
    """What a column of a one-row-a-day diary means: a kind of entry, its fixed fields, its words."""

    header: str
    kind: str
    fixed: Mapping[str, Any]
    yes: frozenset[str] = YES
    no: frozenset[str] = NO
    words: Mapping[str, float] = field(default_factory=dict[str, float])
    item: str | None = None
    cell: Literal["minutes"] | None = None


@dataclass(frozen=True)
class DiaryMap:
    """How a diary is read. `starts_on` "first" means that each patient's earliest row is day 0."""

    layout: Literal["day", "entry"]
    patient: str | None = None
    patient_column: str | None = None
    date: str | None = None
    day: str | None = None
    date_format: tuple[str, ...] = ("%Y-%m-%d",)
    starts_on: date | Literal["first"] | None = None
    keep_dates: bool = True
    by: By = "patient"
    sex: e.Sex | None = None
    age: int | None = None
    pathway: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    blank: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    columns: tuple[MappedColumn, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


def read_map(path: Path, problems: list[Problem]) -> DiaryMap | None:
    """The map of a TOML file; what is wrong is added to `problems`, None when no row can be read with it."""

    def say(place: str, what: Message) -> None:
        problems.append(Problem(f"{path.name} {place}".strip(), what))

    content = read_bytes(path, _MOST_BYTES)
    if len(content) > _MOST_BYTES:
        say("", message("map.too-large"))
        return None
    try:
        plain = tomllib.loads(decoded(content, str(path), "nothing imported"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        say("", message("map.not-toml", error=str(error)))
        return None
    return map_of(plain, say)


def map_of(plain: Mapping[str, object], say: Say) -> DiaryMap | None:
    """The map of plain values; None when no row can be read with it."""
    top = f.read_fields(plain, _TOP, "", say, message("what.map"))
    if "diary" not in top:
        return None
    diary = f.read_fields(top["diary"], _DIARY, "[diary]", say, message("what.diary-table"))
    columns = tuple(
        column
        for header, given in cast("Mapping[str, object]", top.get("columns", {})).items()
        if (column := _column(header, given, say)) is not None
    )
    renamed = top.get("fields", {})
    layout = diary.get("layout")
    if layout == "entry" and columns:
        say("columns", message("map.columns-of-an-entry-layout"))
    if layout == "day" and renamed:
        say("fields", message("map.fields-of-a-day-layout"))
    if layout == "day" and not top.get("columns"):
        say("columns", message("map.no-columns"))
    _together(diary, say)
    if layout is None or not ({"date", "day"} & set(diary) or layout == "entry"):
        return None
    return DiaryMap(**diary, columns=columns, fields={str(k).lower(): v for k, v in renamed.items()})


def _together(diary: dict[str, Any], say: Say) -> None:
    if diary.get("layout") == "day":
        if "date" in diary and "day" in diary:
            say("[diary].day", message("map.day-and-date"))
            del diary["day"]
        elif not {"date", "day"} & set(diary):
            say("[diary].date", message("map.no-date"))
    if "date" in diary and "starts_on" not in diary:
        say("[diary].starts_on", message("map.no-start"))
    if "patient" in diary and "patient_column" in diary:
        say("[diary].patient", message("map.two-patients"))
        del diary["patient"]
    elif diary.get("layout") and not {"patient", "patient_column"} & set(diary):
        say("[diary].patient", message("map.no-patient"))


def _is_map(value: object, place: str, say: Say) -> Any:
    if isinstance(value, dict):
        return cast("dict[str, object]", value)
    say(place, message("map.not-a-table", place=place, is_=f.kind_of_value(value)))
    return BAD


def _renaming(value: object, place: str, say: Say) -> Any:
    given = _is_map(value, place, say)
    if given is BAD:
        return BAD
    field_of: dict[str, str] = {}
    for header, name in given.items():
        if isinstance(name, str) and name in ENTRY_FIELDS:
            field_of[header] = name
        else:
            say(f"{place}.{header}", unknown_word(str(name), ENTRY_FIELDS, message("word.field-of-an-entry")))
    return field_of


def _starts_on(value: object, place: str, say: Say) -> Any:
    if value == "first":
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return f.start_date(value.isoformat(), place, say)
    return f.start_date(value, place, say)


def _formats(value: object, place: str, say: Say) -> Any:
    given = cast("list[object]", value) if isinstance(value, list) else [value]
    for form in given:
        if not isinstance(form, str) or "%" not in form:
            say(place, message("map.not-a-date-format", is_=f.shown(form)))
            return BAD
        try:
            datetime.strptime(date(2026, 1, 5).strftime(form), form)  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            say(place, message("map.no-such-date-format", is_=f.shown(form)))
            return BAD
    return tuple(given)


def _words(value: object, place: str, say: Say) -> Any:
    given = _is_map(value, place, say)
    if given is BAD:
        return BAD
    read_number = f.number_within()
    read = {name.casefold(): read_number(number, f"{place}.{name}", say) for name, number in given.items()}
    return {name: value for name, value in read.items() if value is not BAD}


def _any_text(value: object, place: str, say: Say) -> Any:
    if isinstance(value, str):
        return value.strip().casefold()
    say(place, message("map.not-quoted", is_=f.kind_of_value(value)))
    return BAD


_TEXTS = f.list_of(_any_text, message("words.texts"), twice=True, empty=True)
_TOP = (
    Field("diary", _is_map, required=True, example='[diary] with layout = "day"'),
    Field("columns", _is_map),
    Field("fields", _renaming),
)
_DIARY = (
    Field(
        "layout",
        f.choice(("day", "entry"), message("word.layout")),
        required=True,
        example='layout = "day", a row a day',
    ),
    Field("patient", f.free_text),
    Field("patient_column", f.free_text),
    Field("date", f.free_text),
    Field("day", f.free_text),
    Field("date_format", _formats),
    Field("starts_on", _starts_on),
    Field("keep_dates", f.yes_or_no),
    Field("by", f.choice(get_args(By), message("word.person"))),
    Field("sex", f.choice(get_args(e.Sex), message("word.sex"))),
    Field("age", f.integer(0, 120)),
    Field("pathway", f.free_text),
    Field("delimiter", f.choice(DELIMITERS, message("word.delimiter"))),
    Field("decimal", f.choice((".", ","), message("word.decimal-sign"))),
    Field("blank", _TEXTS),
    Field("ignore", _TEXTS),
)

# Per kind: the fields a column fixes for all its cells, and those the map must give.
_FIXED: dict[str, tuple[str, ...]] = {
    "score": ("scale", "site", "sites"),
    "answers": ("instrument",),
    "symptom": ("what", "site", "severity"),
    "finding": ("what", "method"),
    "therapy": ("what", "do", "site", "sites", "pressure"),
    "medication": ("drug", "do", "doses", "route", "purpose"),
    "note": (),
}
_NEEDED = {
    "score": "scale",
    "answers": "instrument",
    "symptom": "what",
    "finding": "what",
    "therapy": "what",
    "medication": "drug",
}
_READ_CELLS: dict[str, tuple[Field, ...]] = {
    "score": (Field("words", _words),),
    "answers": (
        Field("words", _words),
        Field("item", f.free_text, required=True, example='item = "fatigue"'),
    ),
    "symptom": (Field("yes", _TEXTS), Field("no", _TEXTS)),
    "finding": (Field("yes", _TEXTS), Field("no", _TEXTS)),
    "therapy": (
        Field("yes", _TEXTS),
        Field("no", _TEXTS),
        Field("cell", f.choice(("minutes",), message("word.cell"))),
    ),
    "medication": (Field("yes", _TEXTS), Field("no", _TEXTS)),
    "note": (),
}
_COMMON = tuple(field for field in COMMON if field.name in ("time", "by", "approximate"))


def _column(header: str, given: object, say: Say) -> MappedColumn | None:
    place = f'[columns."{header}"]'
    if not isinstance(given, dict):
        say(place, message("map.column-not-a-table", is_=f.kind_of_value(given)))
        return None
    plain = cast("dict[str, object]", given)
    kind = plain.get("kind")
    if not isinstance(kind, str) or kind not in _FIXED:
        missing = message("map.no-kind", kinds=tuple(_FIXED))
        unknown = unknown_word(str(kind), _FIXED, message("word.kind-of-column"))
        say(f"{place}.kind", missing if kind is None else unknown)
        return None
    entry_fields = [
        Field(field.name, field.read, field.name == _NEEDED.get(kind), f'{field.name} = "…"')
        for field in KINDS[kind].specific
        if field.name in _FIXED[kind]
    ]
    cells = _READ_CELLS[kind]
    attributes = f.read_fields(
        plain, (*_COMMON, *entry_fields, *cells), place, say, message("what.column-of", kind=kind), ("kind",)
    )
    if any(field.required and field.name not in attributes for field in (*entry_fields, *cells)):
        return None
    # The record's own readers have judged the fields; the entry is built from what the map says.
    fixed = {field.name: plain[field.name] for field in (*_COMMON, *entry_fields) if field.into in attributes}
    texts = {name: frozenset(attributes[name]) for name in ("yes", "no") if name in attributes}
    rest = {name: attributes[name] for name in ("words", "item", "cell") if name in attributes}
    return MappedColumn(header=header, kind=kind, fixed=fixed, **texts, **rest)


# The fields a column of a one-row-an-entry diary can have. `code` is the scale, drug, … of the row's kind.
NUMBER_FIELDS = frozenset(
    (
        "value",
        "low",
        "high",
        "number",
        "minutes",
        "points",
        "volume_per_point_ml",
        "response_percent",
        "amount",
        "taken",
        "grade",
        "onset",
        "end",
        "chance",
        "lowest",
        "highest",
        "due",
        "on",
    )
)
_NESTED = frozenset(("doses", "mixture", "needle", "items", "flags", "range"))
ENTRY_FIELDS = frozenset(
    {field.name for kind in KINDS.values() for field in kind.fields} - _NESTED
    | {"patient", "kind", "code", "item", "flag", "amount", "unit", "when"}
)
