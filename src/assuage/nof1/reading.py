"""The diary of a trial, out of a CSV file with a row a day, or out of a record: ratings, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.reading import diary_of, exposure_id
from assuage.errors import Problem, Problems
from assuage.nof1.analyse import TrialDiary
from assuage.nof1.plan import MOST_DAYS, TrialPlan, control_term
from assuage.nof1.ratings import rating_of
from assuage.record.care_entries import AdverseEventEntry
from assuage.record.csv_table import csv_table, date_in, day_in, is_diary, read_csv_text
from assuage.record.read import read_record
from assuage.record.timeline import Timeline
from assuage.terms.scales import SCALES, Scale
from assuage.terms.spoken import exposure_term

_MOST_BYTES = 4_000_000
_NOTHING = frozenset(("", "none", "nothing", "no"))


def read_trial_diary(path: str, plan: TrialPlan) -> TrialDiary:
    """The diary of a trial. Problems with every cell that is wrong; nothing is clipped."""
    file = Path(path)
    if is_diary(path):
        too_large = message("diary.too-large", megabytes=_MOST_BYTES // 1_000_000)
        return _of_csv(read_csv_text(file, _MOST_BYTES, too_large), file.name, plan)
    return _of_record(path, plan)


def _of_record(path: str, plan: TrialPlan) -> TrialDiary:
    record = read_record(path)
    shift = 0
    if plan.starts_on is not None and record.starts_on is not None:
        shift = (plan.starts_on - record.starts_on).days
    timeline = Timeline(record)
    ratings = {
        scale.code: _ratings_of_record(timeline, scale, shift)
        for scale in plan.outcomes
        if scale.code in SCALES
    }
    names = {exposure_id(name): name for name in (plan.exposure, plan.control)}
    done = {
        session.day - shift: names[exposure_id(session.what)]
        for session in timeline.sessions()
        if exposure_id(session.what) in names
    }
    notes = {
        day - shift: "; ".join(texts)
        for day, texts in _notes_of_record(timeline).items()
        if 0 <= day - shift < plan.days()
    }
    return TrialDiary(ratings, done, notes)


def _notes_of_record(timeline: Timeline) -> dict[int, list[str]]:
    """What was noted by day as it was written, and what untoward began then, with its grade as G1 to G5."""
    notes: dict[int, list[str]] = {}
    for event in timeline.entries_of(AdverseEventEntry):
        graded = "" if event.grade is None else f" (G{event.grade})"
        begins = event.day if event.onset is None else event.onset
        notes.setdefault(begins, []).append(event.what + graded)
    for note in timeline.notes():
        notes.setdefault(note.day, []).append(note.text)
    return notes


def _ratings_of_record(timeline: Timeline, scale: Scale, shift: int) -> dict[int, float]:
    diary = diary_of(timeline, scale.code, [], ())
    by_day = {
        diary.first_day + at - shift: scale.day_value([float(rating) for rating in rated])
        for at, of_day in enumerate(diary.ratings)
        if len(rated := of_day[~np.isnan(of_day)])
    }
    return {day: value for day, value in by_day.items() if day >= 0}


def _of_csv(text: str, name: str, plan: TrialPlan) -> TrialDiary:
    table = csv_table(text, name)
    if table is None:
        raise Problems(name, [Problem("", message("trial.empty", outcome=plan.outcome.code))])
    headers = table.headers
    problems = [*table.repeated, *table.torn]
    problems += [
        Problem(f"row {table.line}", message("trial.no-column", column=scale.code))
        for scale in plan.outcomes
        if scale.code not in headers
    ]
    if "day" not in headers and ("date" not in headers or plan.starts_on is None):
        problems.append(Problem(f"row {table.line}", message("trial.no-day-column")))
    if problems:
        raise Problems(name, problems)
    ratings: dict[str, dict[int, float]] = {scale.code: {} for scale in plan.outcomes}
    done: dict[int, str] = {}
    notes: dict[int, str] = {}
    seen: dict[int, int] = {}
    for line, cells in table.rows:
        day = _day(cells, plan, line, problems)
        if day is None:
            continue
        if day in seen:
            problems.append(Problem(f"row {line}", message("trial.day-twice", day=day, row=seen[day])))
            continue
        seen[day] = line
        for scale in plan.outcomes:
            value = rating_of(cells.get(scale.code, ""), scale, line, problems)
            if value is not None:
                ratings[scale.code][day] = value
        was = _done(cells.get("done", ""), plan, line, problems)
        if was:
            done[day] = was
        if note := cells.get("note", "").strip():
            notes[day] = note
    if problems:
        raise Problems(name, problems)
    return TrialDiary(ratings, done, notes)


def _day(cells: Mapping[str, str], plan: TrialPlan, row: int, problems: list[Problem]) -> int | None:
    cell = cells.get("day", "")
    if cell or plan.starts_on is None:
        day = day_in(cell)
    else:
        on = date_in(cells.get("date", ""))
        day = None if on is None else (on - plan.starts_on).days
    if day is None:
        problems.append(Problem(f"row {row}  day = {cell}", message("trial.not-a-day")))
        return None
    if not 0 <= day <= MOST_DAYS:
        problems.append(Problem(f"row {row}  day = {day}", message("trial.outside", last=MOST_DAYS)))
        return None
    return day


def _done(cell: str, plan: TrialPlan, row: int, problems: list[Problem]) -> str | None:
    answer = cell.casefold()
    if answer in _NOTHING:
        return None
    for known, done in (
        (plan.exposure, plan.exposure),
        ("exposure", plan.exposure),
        (plan.control, plan.control),
        ("control", plan.control),
    ):
        if answer == known.casefold():
            return done
    wrong = message(
        "trial.not-as-planned", exposure=exposure_term(plan.exposure), control=control_term(plan.control)
    )
    problems.append(Problem(f"row {row}  done = {cell}", wrong))
    return None
