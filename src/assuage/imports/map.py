"""The map of a diary: which column of a table means what. Written in TOML by whoever knows the diary.

`[diary]` says how rows are read, `[columns."Pain AM"]` what a column means, `[names."Fatigue"]` what a name means in
a diary that holds names and values, `[row]` what the row itself is, and `[fields]` renames the columns of a diary
with a row an entry. See `docs/reference/diary.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assuage.catalogue.message import Message, message
from assuage.errors import Problem, unknown_word
from assuage.imports.counted_dates import COUNTED, counts_time, needs_zone
from assuage.imports.meanings import (
    OF_A_ROW,
    TEXTS,
    CellCondition,
    Meaning,
    conditions,
    is_table,
    listed,
    meanings,
)
from assuage.record import entries as e
from assuage.record import fields as f
from assuage.record.csv_table import DELIMITERS
from assuage.record.document import decoded, read_bytes
from assuage.record.entry import By
from assuage.record.fields import BAD, Field, Reader, Say
from assuage.record.kinds import KINDS
from assuage.record.read import time_zone

_MOST_BYTES = 1_000_000
ISO = "%Y-%m-%d"
Layout = Literal["day", "name", "entry"]


@dataclass(frozen=True)
class DiaryMap:
    """How a diary is read. `starts_on` "first" means that each patient's earliest row is day 0.

    `shape` names a known kind of file, whose rows are made ready before the map reads them; `part` a table of several.
    """

    layout: Layout
    shape: str | None = None
    part: str | None = None
    patient: str | None = None
    patient_column: str | None = None
    date: str | None = None
    day: str | None = None
    date_format: tuple[str, ...] = (ISO,)
    time: str | None = None
    time_format: tuple[str, ...] = ()
    end: str | None = None
    end_format: tuple[str, ...] = ()
    end_time: str | None = None
    still_going: tuple[str, ...] = ()
    zone: str | None = None
    day_begins: str | None = None
    starts_on: date | Literal["first"] | None = None
    keep_dates: bool = True
    by: By = "patient"
    sex: e.Sex | None = None
    age: int | None = None
    pathway: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    thousands: str | None = None
    blank: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    when: tuple[CellCondition, ...] = ()
    name_column: str | None = None
    value_column: str | None = None
    columns: tuple[Meaning, ...] = ()
    names: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict[str, "tuple[Meaning, ...]"])
    row: tuple[Meaning, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def timed(self) -> bool:
        """Whether the format of the date holds the time of day as well."""
        return any(has_clock(form) for form in self.date_format)

    def meanings(self) -> Iterator[Meaning]:
        """Every meaning that the map gives to anything, parts of cells among them."""
        for meaning in (*self.columns, *(each for named in self.names.values() for each in named), *self.row):
            yield meaning
            for parts in meaning.parts.values():
                yield from parts


def ignored(title: str, patterns: Iterable[str]) -> bool:
    """Whether a title is one of those to leave out, in any case; `*` stands for any letters."""
    folded = title.casefold()
    return any(
        folded == pattern or re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), folded, re.S) is not None
        for pattern in patterns
    )


def has_clock(form: str) -> bool:
    """Whether a format of a date holds the time of day."""
    return counts_time(form) or re.search(r"%[HIXcTR]", form.replace("%%", "")) is not None


def read_map(path: Path, problems: list[Problem]) -> DiaryMap | None:
    """The map of a TOML file; what is wrong is added to `problems`, None when no row can be read with it."""

    def say(place: str, what: Message) -> None:
        problems.append(Problem(f"{path.name} {place}".strip(), what))

    content = read_bytes(path, _MOST_BYTES)
    if len(content) > _MOST_BYTES:
        say("", message("map.too-large"))
        return None
    try:
        plain = tomllib.loads(decoded(content, str(path), message("tables.nothing-imported")))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        say("", message("map.not-toml", error=str(error)))
        return None
    return map_of(plain, say)


def map_of(plain: Mapping[str, object], say: Say) -> DiaryMap | None:
    """The map of plain values; None when no row can be read with it."""
    top = f.read_fields(plain, TOP, "", say, message("what.map"))
    if "diary" not in top:
        return None
    diary = f.read_fields(top["diary"], DIARY, "[diary]", say, message("what.diary-table"))
    layout = diary.get("layout")
    columns = [
        meaning
        for header, given in top.get("columns", {}).items()
        for meaning in meanings(header, given, f'[columns."{header}"]', say)
    ]
    names = {
        name.strip().casefold(): meanings(name, given, f'[names."{name}"]', say)
        for name, given in top.get("names", {}).items()
    }
    row: tuple[Meaning, ...] = ()
    constants: dict[str, str] = {}
    if "row" in top and layout == "entry":
        constants = _constants(top["row"], say)
    elif "row" in top:
        row = _row(top["row"], say)
    _belongs(layout, top, say)
    _together(diary, say)
    if layout is None or not ({"date", "day"} & set(diary) or layout == "entry"):
        return None
    if layout == "name" and not {"name_column", "value_column"} <= set(diary):
        return None
    diary_map = DiaryMap(
        **diary,
        columns=tuple(columns),
        names=names,
        row=row,
        constants=constants,
        fields={str(k).lower(): v for k, v in top.get("fields", {}).items()},
    )
    _is_used(diary_map, say)
    return diary_map


def _belongs(layout: Layout | None, top: dict[str, Any], say: Say) -> None:
    """Each layout has its own tables, and needs the one without which no cell has a meaning."""
    if layout == "entry" and top.get("columns"):
        say("columns", message("map.columns-of-an-entry-layout"))
    if layout in ("day", "name") and top.get("fields"):
        say("fields", message("map.fields-of-a-day-layout"))
    if layout in ("day", "entry") and top.get("names"):
        say("names", message("map.names-of-another-layout"))
    if layout == "day" and not top.get("columns") and not top.get("row"):
        say("columns", message("map.no-columns"))
    if layout == "name" and not top.get("names"):
        say("names", message("map.no-names"))


def _together(diary: dict[str, Any], say: Say) -> None:
    layout = diary.get("layout")
    if layout in ("day", "name"):
        if "date" in diary and "day" in diary:
            say("[diary].day", message("map.day-and-date"))
            del diary["day"]
        elif not {"date", "day"} & set(diary):
            say("[diary].date", message("map.no-date"))
    if layout == "name":
        for name in ("name_column", "value_column"):
            if name not in diary:
                say(f"[diary].{name}", message("field.missing", example=f'{name} = "…"'))
    if "date" in diary and "starts_on" not in diary:
        say("[diary].starts_on", message("map.no-start"))
    if "patient" in diary and "patient_column" in diary:
        say("[diary].patient", message("map.two-patients"))
        del diary["patient"]
    elif layout and not {"patient", "patient_column"} & set(diary):
        say("[diary].patient", message("map.no-patient"))
    if "time" in diary and any(has_clock(form) for form in diary.get("date_format", ())):
        say("[diary].time", message("map.time-and-clock"))
        del diary["time"]
    of_end = diary.get("end_format") or diary.get("date_format", ())
    if "end_time" in diary and ("end" not in diary or any(has_clock(form) for form in of_end)):
        say("[diary].end_time", message("map.end-time-alone" if "end" not in diary else "map.time-and-clock"))
        del diary["end_time"]
    if diary.get("thousands") == diary.get("decimal", "."):
        say("[diary].thousands", message("map.one-mark-twice"))
        del diary["thousands"]
    forms = (form for name in ("date_format", "end_format", "time_format") for form in diary.get(name, ()))
    if "zone" not in diary and any("%z" in form or needs_zone(form) for form in forms):
        say("[diary].zone", message("map.no-zone"))


def _is_used(diary_map: DiaryMap, say: Say) -> None:
    """What the map says of an end and of a time is read by something, or it would be lost."""
    if diary_map.end is not None and not any(
        each.kind in ("symptom", "therapy") for each in diary_map.meanings()
    ):
        say("[diary].end", message("map.end-unused"))
    if diary_map.day_begins is not None and diary_map.time is None and not diary_map.timed:
        say("[diary].day_begins", message("map.day-begins-without-time"))


def _row(given: object, say: Say) -> tuple[Meaning, ...]:
    read = meanings("", given, "[row]", say)
    for meaning in read:
        if meaning.kind not in OF_A_ROW:
            say("[row].kind", unknown_word(meaning.kind or "split", OF_A_ROW, message("word.kind-of-row")))
    return tuple(meaning for meaning in read if meaning.kind in OF_A_ROW)


def _constants(given: object, say: Say) -> dict[str, str]:
    table = is_table(given, "[row]", say)
    if table is BAD:
        return {}
    constants: dict[str, str] = {}
    for name, value in cast("dict[str, object]", table).items():
        if name not in ENTRY_FIELDS:
            say(f"[row].{name}", unknown_word(name, ENTRY_FIELDS, message("word.field-of-an-entry")))
        elif isinstance(value, bool) or not isinstance(value, (str, int, float)):
            say(f"[row].{name}", message("map.not-a-value", is_=f.kind_of_value(value)))
        else:
            constants[name] = str(value)
    return constants


def _renaming(value: object, place: str, say: Say) -> Any:
    given = is_table(value, place, say)
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


def _formats_of(what: Literal["date", "time"]) -> Reader:
    """A format, or a list of them, that a whole date or time of day can be read by and nothing is made up for."""

    def read(value: object, place: str, say: Say) -> Any:
        given = listed(value)
        for form in given:
            if what == "date" and form in COUNTED:
                continue
            if not isinstance(form, str) or "%" not in form:
                say(place, message("map.not-a-date-format", is_=f.shown(form)))
                return BAD
            if not _reads_back(form, what):
                say(place, message(f"map.no-such-{what}-format", is_=f.shown(form)))
                return BAD
        if not given:
            say(place, message("map.not-a-date-format", is_=f.shown(value)))
            return BAD
        return tuple(given)

    return read


def _reads_back(form: str, what: Literal["date", "time"]) -> bool:
    """Whether a moment written in a format is read as itself: with its day, and where it has a clock with its hour.

    One without a year would make up 1900, and one of twelve hours without am and pm the morning.
    """
    moment = datetime(2026, 1, 5, 15, tzinfo=UTC)
    try:
        read = datetime.strptime(moment.strftime(form), form)  # noqa: DTZ007 - tried only
    except ValueError:
        return False
    clock = read.hour == moment.hour
    return clock if what == "time" else read.date() == moment.date() and (clock or not has_clock(form))


def _clock(value: object, place: str, say: Say) -> Any:
    """An hour of the clock; a word such as morning begins no day."""
    read = f.clock(value, place, say)
    if read is not BAD and ":" not in read:
        say(place, message("map.not-an-hour", is_=f.shown(value)))
        return BAD
    return read


TOP = (
    Field("diary", is_table, required=True, example='[diary] with layout = "day"'),
    Field("columns", is_table),
    Field("names", is_table),
    Field("row", lambda value, _place, _say: value),
    Field("fields", _renaming),
)
DIARY = (
    Field(
        "layout",
        f.choice(get_args(Layout), message("word.layout")),
        required=True,
        example='layout = "day", a row a day',
    ),
    Field("shape", f.free_text),
    Field("part", f.free_text),
    Field("patient", f.free_text),
    Field("patient_column", f.free_text),
    Field("date", f.free_text),
    Field("day", f.free_text),
    Field("date_format", _formats_of("date")),
    Field("time", f.free_text),
    Field("time_format", _formats_of("time")),
    Field("zone", time_zone),
    Field("day_begins", _clock),
    Field("starts_on", _starts_on),
    Field("keep_dates", f.yes_or_no),
    Field("name_column", f.free_text),
    Field("value_column", f.free_text),
    Field("end", f.free_text),
    Field("end_format", _formats_of("date")),
    Field("end_time", f.free_text),
    Field("still_going", TEXTS),
    Field("when", conditions),
    Field("blank", TEXTS),
    Field("ignore", TEXTS),
    Field("delimiter", f.choice(DELIMITERS, message("word.delimiter"))),
    Field("decimal", f.choice((".", ","), message("word.decimal-sign"))),
    Field("thousands", f.choice((",", ".", " ", "'"), message("word.thousands-mark"))),
    Field("by", f.choice(get_args(By), message("word.person"))),
    Field("sex", f.choice(get_args(e.Sex), message("word.sex"))),
    Field("age", f.integer(0, 120)),
    Field("pathway", f.free_text),
)

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
    {each.name for kind in KINDS.values() for each in kind.fields} - _NESTED
    | {"patient", "kind", "code", "item", "flag", "amount", "unit", "when"}
)
