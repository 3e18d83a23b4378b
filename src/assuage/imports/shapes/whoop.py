"""WHOOP: the cycles, nights, workouts and the journal of its export, each a file of its own."""

from __future__ import annotations

from datetime import timedelta

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.wearables import (
    a_row_a_day,
    amount,
    clock_moment,
    evening_of,
    measured,
    put_numbers,
    rated,
)
from assuage.imports.tables.source import SourceTable

_KNOWN = {
    "recovery score %": rated("recovery"),
    "resting heart rate (bpm)": measured("resting heart rate", "bpm"),
    "heart rate variability (ms)": measured("heart rate variability", "ms"),
    "skin temp (celsius)": measured("skin temperature", "°C"),
    "blood oxygen %": measured("oxygen saturation", "%"),
    "day strain": amount("strain", "of 21"),
    "max hr (bpm)": measured("highest heart rate", "bpm"),
    "average hr (bpm)": measured("average heart rate", "bpm"),
    "sleep performance %": rated("sleep performance", night=True),
    "respiratory rate (rpm)": measured("respiratory rate", "/min"),
    "asleep duration (min)": amount("sleep", "min", night=True),
    "in bed duration (min)": amount("time in bed", "min", night=True),
    "light sleep duration (min)": amount("light sleep", "min", night=True),
    "deep (sws) duration (min)": amount("deep sleep", "min", night=True),
    "rem duration (min)": amount("REM sleep", "min", night=True),
    "awake duration (min)": amount("time awake in bed", "min", night=True),
    "sleep efficiency %": amount("sleep efficiency", "%", night=True),
    "nap (min)": amount("nap", "min"),
}
_NAP = "Nap (min)"
_MOMENTS = ("cycle start time", "cycle end time", "cycle timezone", "sleep onset", "wake onset")
_BEFORE, _AFTER = "day before the night", "day after the night"
_SEEN = (
    "the headers, the clock of the person without an offset, blank cells of nights without sleep and `TRUE`/`FALSE` of "
    "the journal in the tests of ten public programs that read its exports; exports in English alone"
)


def _prepare_days(table: SourceTable) -> SourceTable:
    """The rows under the day on which the person woke; of a nap its minutes alone, on the day of the nap."""
    others = tuple(header for header in table.headers if header.lower() != "nap")

    def cells_of(cells: Cells) -> Cells | Message:
        woke = clock_moment(cells["wake onset"])
        if woke is None:
            return message("shape.no-waking")
        on = {"date": woke.date().isoformat()}
        if cells.get("nap", "").casefold() == "true":
            return {**on, _NAP: cells.get("asleep duration (min)", "")}
        return {**on, **{header: cells[header.lower()] for header in others}}

    naps = (_NAP,) if "nap" in table.keys else ()
    return with_columns(table, ("date", *others, *naps), cells_of)


def _days(table: SourceTable, patient: str | None) -> Draft:
    return a_row_a_day(table, patient, "date", _KNOWN, elsewhere=_MOMENTS)


def _prepare_workouts(table: SourceTable) -> SourceTable:
    def cells_of(cells: Cells) -> Cells | Message:
        began = clock_moment(cells["workout start time"])
        if began is None:
            return message("shape.no-beginning")
        return {
            "date": began.date().isoformat(),
            "time": f"{began:%H:%M}",
            "name": cells["activity name"],
            "minutes": cells["duration (min)"],
        }

    return with_columns(table, ("date", "time", "name", "minutes"), cells_of)


def _workouts(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "name", "date": "date", "time": "time", "starts_on": "first"})
    draft.diary |= {"name_column": "name", "value_column": "minutes"}
    draft.whose(patient)
    put_numbers(draft, table.column("minutes"))
    for name in dict.fromkeys(table.column("name")):
        draft.names[name] = amount(name, "min")
    return draft


def _prepare_journal(table: SourceTable) -> SourceTable:
    headers = (_BEFORE, _AFTER, "question", "answer", "note")

    def cells_of(cells: Cells) -> Cells | Message:
        asleep = clock_moment(cells["cycle start time"])
        if asleep is None:
            return message("shape.no-beginning")
        before = evening_of(asleep)
        return {
            _BEFORE: before.isoformat(),
            _AFTER: (before + timedelta(days=1)).isoformat(),
            "question": cells["question text"],
            "answer": cells["answered yes"],
            "note": cells.get("notes", ""),
        }

    return with_columns(table, headers, cells_of)


def _journal(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "name", "starts_on": "first"})
    draft.diary |= {"name_column": "question", "value_column": "answer"}
    draft.whose(patient)
    # The answers stand under the cycle that begins when the person falls asleep: what was done may be of either day.
    draft.ask("diary", message("shape.whoop-journal"), {"date": _BEFORE}, {"date": _AFTER})
    for question in dict.fromkeys(table.column("question")):
        draft.names[question] = {"kind": "exposure", "name": question.rstrip("?").strip() or question}
    if table.column("note"):
        draft.columns["note"] = {"kind": "note"}
    else:
        draft.leave("note", message("shape.blank-column"))
    return draft


WHOOP = (
    KnownShape(
        "whoop",
        "WHOOP, cycles and nights",
        "seen",
        _SEEN,
        "recovery and sleep performance as ratings from 0 to 100; strain and the minutes of sleep and its kinds, of "
        "the night that ended on the day; naps; heart rate, its variability, oxygen, breathing and skin temperature as "
        "measurements. The day is that of waking",
        "cycles without a waking; energy, whose unit the file gives as cal; the need and debt of sleep, consistency",
        _days,
        frozenset({"cycle start time", "wake onset", "asleep duration (min)"}),
        prepare=_prepare_days,
    ),
    KnownShape(
        "whoop-workouts",
        "WHOOP, workouts",
        "seen",
        _SEEN,
        "the minutes of each workout by its name",
        "strain, heart rates, zones and distances of a workout",
        _workouts,
        frozenset({"workout start time", "activity name", "duration (min)"}),
        prepare=_prepare_workouts,
    ),
    KnownShape(
        "whoop-journal",
        "WHOOP, journal",
        "seen",
        _SEEN,
        "each question as an exposure with yes or no, and notes",
        "nothing; of which day an answer is, is asked: the day before the night or the day after it",
        _journal,
        frozenset({"cycle start time", "question text", "answered yes"}),
        prepare=_prepare_journal,
    ),
)
