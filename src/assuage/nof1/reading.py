"""The diary of a trial, out of a CSV file with a row a day, or out of a record: ratings, and what was done."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.reading import diary_of, exposure_id, torn_rows
from assuage.errors import Problem, Problems
from assuage.nof1.plan import MOST_DAYS, TrialPlan
from assuage.record.document import decoded, read_bytes
from assuage.record.read import read_record
from assuage.record.timeline import Timeline

_MOST_BYTES = 4_000_000
_NOTHING = frozenset(("", "none", "nothing", "no"))


def read_trial_diary(path: str, plan: TrialPlan) -> tuple[dict[int, float], dict[int, str]]:
    """Ratings by day, and what was done by day. Problems with every cell that is wrong; nothing is clipped."""
    file = Path(path)
    if file.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _of_csv(decoded(read_bytes(file, _MOST_BYTES), file.name), file.name, plan)
    return _of_record(path, plan)


def _of_record(path: str, plan: TrialPlan) -> tuple[dict[int, float], dict[int, str]]:
    record = read_record(path)
    shift = 0
    if plan.starts_on is not None and record.starts_on is not None:
        shift = (plan.starts_on - record.starts_on).days
    timeline = Timeline(record)
    diary = diary_of(timeline, plan.outcome.code, [], ())
    ratings = {
        diary.first_day + at - shift: plan.outcome.day_value([float(rating) for rating in rated])
        for at, of_day in enumerate(diary.ratings)
        if len(rated := of_day[~np.isnan(of_day)])
    }
    names = {exposure_id(name): name for name in (plan.exposure, plan.control)}
    done = {
        session.day - shift: names[exposure_id(session.what)]
        for session in timeline.sessions()
        if exposure_id(session.what) in names
    }
    return ({day: value for day, value in ratings.items() if day >= 0}, done)


def _of_csv(text: str, name: str, plan: TrialPlan) -> tuple[dict[int, float], dict[int, str]]:
    head = text.splitlines()[0] if text.strip() else ""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        table = [[cell.strip() for cell in row] for row in rows]
    except csv.Error as error:
        raise Problems(name, [Problem("", message("problem.unreadable-table", error=str(error)))]) from None
    if not table:
        raise Problems(name, [Problem("", message("trial.empty", outcome=plan.outcome.code))])
    header = [title.lower() for title in table[0]]
    problems = torn_rows(table)
    if plan.outcome.code not in header:
        problems.append(Problem("row 1", message("trial.no-column", column=plan.outcome.code)))
    if "day" not in header and ("date" not in header or plan.starts_on is None):
        problems.append(Problem("row 1", message("trial.no-day-column")))
    if problems:
        raise Problems(name, problems)
    ratings: dict[int, float] = {}
    done: dict[int, str] = {}
    seen: dict[int, int] = {}
    for number, row in enumerate(table[1:], start=2):
        if not any(row):
            continue
        cells = dict(zip(header, row, strict=False))
        day = _day(cells, plan, number, problems)
        if day is None:
            continue
        if day in seen:
            problems.append(Problem(f"row {number}", message("trial.day-twice", day=day, row=seen[day])))
            continue
        seen[day] = number
        value = _rating(cells.get(plan.outcome.code, ""), plan, number, problems)
        if value is not None:
            ratings[day] = value
        was = _done(cells.get("done", ""), plan, number, problems)
        if was:
            done[day] = was
    if problems:
        raise Problems(name, problems)
    return ratings, done


def _day(cells: dict[str, str], plan: TrialPlan, row: int, problems: list[Problem]) -> int | None:
    cell = cells.get("day", "")
    try:
        if cell or plan.starts_on is None:
            day = int(cell)
        else:
            day = (date.fromisoformat(cells.get("date", "")) - plan.starts_on).days
    except ValueError:
        problems.append(Problem(f"row {row}  day = {cell}", message("trial.not-a-day")))
        return None
    if not 0 <= day <= MOST_DAYS:
        problems.append(Problem(f"row {row}  day = {day}", message("trial.outside", last=MOST_DAYS)))
        return None
    return day


def _rating(cell: str, plan: TrialPlan, row: int, problems: list[Problem]) -> float | None:
    if not cell:
        return None
    scale = plan.outcome
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not scale.low <= value <= scale.high:
        span = message("range.from-to", low=scale.low, high=scale.high)
        wrong = message("score.off-the-scale", scale=scale, range=span, value=cell)
        problems.append(Problem(f"row {row}  {scale.code} = {cell}", wrong))
        return None
    return value


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
    wrong = message("trial.not-as-planned", exposure=plan.exposure, control=plan.control)
    problems.append(Problem(f"row {row}  done = {cell}", wrong))
    return None
