"""Withings: a file a kind of data; what a bare `value` is of, the name of the file says."""

from __future__ import annotations

import re

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import a_row_a_day, amount, clock_moment, measured, rated
from assuage.imports.tables.source import SourceTable, number_text

_ASLEEP = ("light (s)", "deep (s)", "rem (s)")
_KNOWN = {
    "weight (kg)": measured("weight", "kg"),
    "systolic (mmhg)": measured("systolic blood pressure", "mmHg"),
    "diastolic (mmhg)": measured("diastolic blood pressure", "mmHg"),
    "heart rate (bpm)": measured("heart rate", "bpm"),
    "heart rate": measured("heart rate", "bpm"),
    "systolic": measured("systolic blood pressure", "mmHg"),
    "diastolic": measured("diastolic blood pressure", "mmHg"),
    "steps": amount("steps", "steps"),
    "sleep (min)": amount("sleep", "min", night=True),
    "light (min)": amount("light sleep", "min", night=True),
    "deep (min)": amount("deep sleep", "min", night=True),
    "rem (min)": amount("REM sleep", "min", night=True),
    "awake (min)": amount("time awake in bed", "min", night=True),
    "sleep score": rated("sleep score", night=True),
}
_STEPS = "aggregates_steps"


def _is_night(table: SourceTable) -> bool:
    return {"from", "to", *_ASLEEP} <= set(table.keys)


def _fits(table: SourceTable) -> bool:
    keys = set(table.keys)
    weight = {"date", "weight (kg)"} <= keys and any(key.startswith(("fat ", "bone ")) for key in keys)
    pressure = keys >= {"date", "systolic (mmhg)", "diastolic (mmhg)"} or (
        keys >= {"date", "heart rate", "systolic", "diastolic"}
    )
    return _is_night(table) or weight or pressure or _is_steps(table)


def _is_steps(table: SourceTable) -> bool:
    # A file `aggregates_steps.csv` may have got the name of the person before it.
    return set(table.keys) == {"date", "value"} and _STEPS in table.name.lower()


def _minutes(seconds: str) -> str:
    return number_text(round(int(seconds) / 60, 1)) if re.fullmatch(r"\d+", seconds, re.ASCII) else ""


def _prepare_night(table: SourceTable) -> SourceTable:
    """The nights under the day on which they ended; asleep is what the watch calls light, deep and REM together."""
    spans = {key: f"{key.partition(' ')[0]} (min)" for key in (*_ASLEEP, "awake (s)") if key in table.keys}
    others = tuple(header for header in table.headers if header.lower() not in (*spans, "to", "sleep score"))

    def cells_of(cells: Cells) -> Cells | Message:
        woke = clock_moment(cells["to"])
        if woke is None:
            return message("shape.no-waking")
        asleep = [cells[key] for key in _ASLEEP]
        known = all(re.fullmatch(r"\d+", cell, re.ASCII) for cell in asleep)
        return {
            "date": woke.date().isoformat(),
            "sleep (min)": _minutes(str(sum(map(int, asleep)))) if known else "",
            **{name: _minutes(cells[key]) for key, name in spans.items()},
            **({"sleep score": cells["sleep score"]} if "sleep score" in cells else {}),
            **{header: cells[header.lower()] for header in others},
        }

    score = ("sleep score",) if "sleep score" in table.keys else ()
    return with_columns(table, ("date", "sleep (min)", *spans.values(), *score, *others), cells_of)


def _prepare(table: SourceTable) -> SourceTable:
    if _is_night(table):
        return _prepare_night(table)
    others = tuple(header for header in table.headers if header.lower() != "date")
    named = {header: "steps" if _is_steps(table) else header for header in others}

    def cells_of(cells: Cells) -> Cells | Message:
        moment = clock_moment(cells["date"])
        day, time = (
            (moment.date().isoformat(), f"{moment:%H:%M}") if moment is not None else (cells["date"], "")
        )
        return {"date": day, "time": time, **{name: cells[header.lower()] for header, name in named.items()}}

    timed = ("time",) if any(map(clock_moment, table.column("date"))) else ()
    return with_columns(table, ("date", *timed, *named.values()), cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(
        table,
        patient,
        "date",
        _KNOWN,
        time="time" if "time" in table.keys else None,
        elsewhere=("from", "to"),
    )


WITHINGS = KnownShape(
    "withings",
    "Withings",
    "seen",
    "the columns of weight, blood pressure and nights in the code and tests of four public programs that read them, "
    "and the file of daily steps in those of six",
    "minutes asleep and their kinds of the night that ended on the day; steps of a day, where the file is called "
    "`aggregates_steps`; weight, blood pressure and the pulse as measurements with their time",
    "masses of fat, bone and water; raw data of the watch, activities, distances and calories; moments written as UTC",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
