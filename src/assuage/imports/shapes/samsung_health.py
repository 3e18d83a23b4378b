"""Samsung Health: a file a kind of data, with times of UTC and the offset of the person's clock beside them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape, draft_of_nothing
from assuage.imports.shapes.wearables import a_row_a_day, amount, clock_moment, measured, rated
from assuage.imports.tables.source import SourceTable, number_text

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})", re.ASCII)
_ALL_DEVICES = "-2"  # the source of a row that sums up those of all devices
_KNOWN = {
    "time in bed": amount("time in bed", "min", night=True),
    "efficiency": amount("sleep efficiency", "%", night=True),
    "sleep_score": rated("sleep score", night=True),
    "count": amount("steps", "steps"),
    "distance": amount("distance", "m"),
    "heart_rate": measured("heart rate", "bpm"),
    "score": amount("stress of the watch", "of 100"),
    "spo2": measured("oxygen saturation", "%"),
    "weight": measured("weight", "kg"),
}
_MOMENTS = ("start_time", "end_time", "time_offset", "day_time", "source_type")
# The kinds of data that come in, by the beginning of the file's name, and which columns of each.
_OF_A_NIGHT = "com.samsung.shealth.sleep."
_OF_A_DAY = "com.samsung.shealth.step_daily_trend."
_COLUMNS = {
    _OF_A_NIGHT: ("efficiency", "sleep_score"),
    _OF_A_DAY: ("count", "distance"),
    "com.samsung.shealth.tracker.heart_rate.": ("heart_rate",),
    "com.samsung.shealth.stress.": ("score",),
    "com.samsung.shealth.tracker.oxygen_saturation.": ("spo2",),
    "com.samsung.health.weight.": ("weight",),
}


# A file of single moments beside the tables: the id of a row and the kind of data, in JSON.
_OF_MOMENTS = re.compile(
    r"(?:com\.samsung\..+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w.]+)\.json", re.I
)


def _kind(table: SourceTable) -> str:
    if table.form == "json":
        return ""
    return next((kind for kind in _COLUMNS if table.name.lower().startswith(kind)), "")


def _fits(table: SourceTable) -> bool:
    """By the name of the file, which begins with the kind of data, and an id that every row has."""
    if table.form == "json":
        return _OF_MOMENTS.fullmatch(table.name) is not None
    ids = any(key.rpartition(".")[2] == "datauuid" for key in table.keys)
    return table.name.lower().startswith("com.samsung.") and (ids or bool(_kind(table)))


def _utc(text: str) -> datetime | None:
    """A moment of UTC: in milliseconds since 1970, or as it is written; None for anything else."""
    if re.fullmatch(r"\d{12,13}", text, re.ASCII):
        return datetime.fromtimestamp(int(text) / 1000, UTC).replace(tzinfo=None)
    return clock_moment(text)


def _local(moment: str, offset: str) -> datetime | None:
    """The moment on the person's clock; None where either is not there."""
    at, match = _utc(moment), _OFFSET.fullmatch(offset)
    if at is None or match is None:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return at + ahead if match[1] == "+" else at - ahead


def _prepare(table: SourceTable) -> SourceTable:
    kind = _kind(table)
    if not kind:
        return with_columns(table, table.headers, lambda cells: {h: cells[h.lower()] for h in table.headers})
    names = _COLUMNS[kind]
    others = tuple(
        header for header in table.headers if header.lower().rpartition(".")[2] not in names and header
    )

    def cells_of(cells: Cells) -> Cells | Message:
        short = {key.rpartition(".")[2]: cell for key, cell in cells.items()}
        prepared = {name: short.get(name, "") for name in names}
        prepared |= {header: cells[header.lower()] for header in others}
        if kind == _OF_A_DAY:
            on = _utc(short.get("day_time", ""))
            if short.get("source_type", _ALL_DEVICES) != _ALL_DEVICES:
                return message("shape.of-one-device")
            return (
                message("shape.no-beginning") if on is None else {**prepared, "date": on.date().isoformat()}
            )
        offset = short.get("time_offset", "")
        began = _local(short.get("start_time", ""), offset)
        if began is None:
            return message("shape.no-offset")
        if kind != _OF_A_NIGHT:
            return {**prepared, "date": began.date().isoformat(), "time": f"{began:%H:%M}"}
        woke = _local(short.get("end_time", ""), offset)
        if woke is None:
            return message("shape.no-waking")
        minutes = (woke - began).total_seconds() / 60
        return {**prepared, "date": woke.date().isoformat(), "time in bed": number_text(minutes)}

    first = {_OF_A_NIGHT: ("date", "time in bed"), _OF_A_DAY: ("date",)}.get(kind, ("date", "time"))
    return with_columns(table, (*first, *names, *others), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    if not _kind(table):
        return draft_of_nothing(table, patient)
    timed = "time" if "time" in table.keys else None
    moments = {key for key in table.keys if key.rpartition(".")[2] in _MOMENTS}
    return a_row_a_day(table, patient, "date", _KNOWN, time=timed, elsewhere=moments)


SAMSUNG_HEALTH = KnownShape(
    "samsung-health",
    "Samsung Health",
    "seen",
    "the names of files, the line above the header, columns with and without the kind of data before their name, "
    "times of UTC with an offset and days in milliseconds, in the code and tests of ten public programs that read it; "
    "that source -2 sums up all devices in the code of two",
    "the time in bed of the night that ended on the day by the person's clock, its efficiency and score; steps and "
    "distance of all devices; stress of the watch; heart rate, oxygen and weight as measurements",
    "rows without an offset; steps of single devices; every other kind of data (exercise, food, stages of a night), "
    "and its JSON files of single moments, whose names (an id and a kind of data) are from memory",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
