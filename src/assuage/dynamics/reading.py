"""The diary of one patient out of a record, or out of a plain CSV file with a row a day.

What silence means: a day on which nothing at all was written down tells nothing of an exposure; on any other day an
exposure that is not there did not happen. A range is no number, so its day has no rating.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.model import Floats
from assuage.engine.phases import PhaseDays, phases_of
from assuage.errors import InputError, Problem, Problems, nearest
from assuage.record.document import decoded, read_bytes
from assuage.record.entries import MedicationEntry, Record, ScoreEntry, TherapyEntry
from assuage.record.kinds import scales
from assuage.record.timeline import Timeline
from assuage.terms.drugs import find_drug
from assuage.terms.scales import SCALES, Scale
from assuage.terms.therapies import THERAPY_NAMED, family_of, find_therapy

AFTERNOON = 14 * 60  # minutes: a rating before it is the earlier of two a day (ours)
TWICE = 0.5  # share of the rated days with two ratings, from which on a diary is read as half-daily (ours)
CONFOUNDERS = ("stress", "sleep")
_MOST_BYTES = 16_000_000
_MOST = 1e6  # of an exposure or a confounder on one day: steps at most, a slip beyond (ours)
_MOST_DAYS = 40_000  # more than a hundred years: a slip in a date, not a diary
_YES, _NO = frozenset(("1", "yes", "y", "x", "true")), frozenset(("0", "no", "n", "false"))


def exposure_id(name: str) -> str:
    """What an exposure is called here: the id of a therapy (every massage is massage) or of a drug, else the name."""
    therapy, drug = find_therapy(name), find_drug(name)
    if therapy is not None:
        return family_of(therapy).id
    return drug.id if drug is not None else name


def outcome_scale(name: str) -> Scale:
    """The scale of that name; InputError with the nearest known for any other."""
    known = scales()
    if name not in known:
        raise InputError(f"--outcome: {nearest(name, known, 'scale')}")
    return known[name]


def diary_of_record(
    record: Record,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    phases: Sequence[PhaseDays] | None = None,
    on: int | None = None,
) -> Diary:
    """The diary in a record, up to the end of day `on`. Without names, every therapy with a session is an exposure.

    `phases` are the stays in each phase; without them they are those that the record went through.
    InputError for an unknown outcome or exposure; Problems for decisions that the record's pathway cannot follow.
    """
    return diary_of(Timeline(record), outcome, exposures, phases, on)


def diary_of(
    timeline: Timeline,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    phases: Sequence[PhaseDays] | None = None,
    on: int | None = None,
) -> Diary:
    """The same of a record that is read already."""
    scale = outcome_scale(outcome)
    last_day = -1 if timeline.last_day is None else timeline.last_day
    until = last_day if on is None else on
    named = None if exposures is None else [_known_exposure(name) for name in exposures]
    first, last = _span(timeline, scale, until)
    length = last - first + 1
    recorded = np.zeros(length, dtype=np.bool_)
    recorded[[day - first for day in timeline.recorded_days(first, last)]] = True
    ratings, minutes = _ratings(_scores_of(timeline, scale, until), scale, first, length)
    columns = _exposures(timeline, until, named, first, recorded)
    beside: dict[str, Floats] = {}
    for name in CONFOUNDERS:
        scores = _scores_of(timeline, SCALES[name], until)
        if scores and name != scale.code:
            beside[name] = _day_values(scores, SCALES[name], first, length)
    stays = phases_of(timeline, until) if phases is None else phases
    steps = _steps(stays, first, length)
    return Diary(timeline.record.patient.id, scale, ratings, columns, beside, steps, first, minutes)


def _known_exposure(name: str) -> str:
    if find_therapy(name) is None and find_drug(name) is None:
        raise InputError(f"--exposures: {nearest(name, THERAPY_NAMED, 'exposure')}")
    return exposure_id(name)


def _scores_of(timeline: Timeline, scale: Scale, until: int) -> dict[int, list[ScoreEntry]]:
    """What was scored on a scale, wherever, day by day, in order."""
    by_day: dict[int, list[ScoreEntry]] = {}
    for score in timeline.scores(until):
        if score.scale == scale.code:
            by_day.setdefault(score.day, []).append(score)
    return by_day


def _span(timeline: Timeline, scale: Scale, until: int) -> tuple[int, int]:
    """From three days before the first rating, where the record is as old, to the last rating."""
    rated = _scores_of(timeline, scale, until)
    if not rated:
        return (0, -1)
    first, last = min(rated), max(rated)
    start = max(timeline.recorded_days()[0], first - 3)
    if last - start >= _MOST_DAYS:
        raise InputError(f"{scale} is rated over {last - start} days; look for a slip in a date")
    return (start, last)


def _day_values(scores: Mapping[int, Sequence[ScoreEntry]], scale: Scale, first: int, length: int) -> Floats:
    values = np.full(length, np.nan)
    for day, of_day in scores.items():
        if of_day and first <= day < first + length and all(score.value is not None for score in of_day):
            values[day - first] = scale.day_value([score.range[0] for score in of_day])
    return values


def _ratings(
    scores: Mapping[int, Sequence[ScoreEntry]], scale: Scale, first: int, length: int
) -> tuple[Floats, tuple[float, float]]:
    """One column, or two where at least half of the days have an earlier and a later rating."""
    sides = [
        {
            day: [
                score for score in of_day if score.minute is not None and (score.minute >= AFTERNOON) is side
            ]
            for day, of_day in scores.items()
        }
        for side in (False, True)
    ]
    twice = [day for day in scores if sides[0][day] and sides[1][day]]
    if not scores or len(twice) < TWICE * len(scores):
        return _day_values(scores, scale, first, length)[:, None], (9 * 60.0, 20 * 60.0)
    ratings = np.column_stack([_day_values(side, scale, first, length) for side in sides])
    times = [
        float(
            np.median(
                [score.minute for of_day in side.values() for score in of_day if score.minute is not None]
            )
        )
        for side in sides
    ]
    return ratings, (times[0], times[1])


def _exposures(
    timeline: Timeline,
    until: int,
    named: Sequence[str] | None,
    first: int,
    recorded: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> dict[str, Exposures]:
    """Days with a session (or a drug's start or change); unknown on days on which nothing was written down."""
    columns: dict[str, tuple[Floats, Floats]] = {}
    taken: list[tuple[str, TherapyEntry | MedicationEntry]] = [
        (exposure_id(session.what), session) for session in timeline.sessions(until)
    ]
    if named is not None:  # of drugs only those that were asked for
        taken += [(entry.code, entry) for entry in timeline.medication(until) if entry.do != "stop"]
        taken.sort(key=lambda pair: pair[1].order)
    names = named if named is not None else [name for name, _ in taken]
    for name in dict.fromkeys(names):
        columns[name] = (np.where(recorded, 0.0, np.nan), np.full(len(recorded), np.nan))
    for name, entry in taken:
        at = entry.day - first
        if name in columns and 0 <= at < len(recorded):
            days, minute = columns[name]
            days[at] = 1.0
            if entry.minute is not None:
                minute[at] = np.fmin(minute[at], entry.minute)
    return {name: Exposures(days, minute) for name, (days, minute) in columns.items()}


def _steps(stays: Sequence[PhaseDays], first: int, length: int) -> dict[str, Floats]:
    """A column a phase, 1 inside it. One that covers every day or none says nothing and is left out."""
    day = np.arange(first, first + length)
    columns: dict[str, Floats] = {stay.phase: np.zeros(length) for stay in stays}
    for stay in stays:
        left = first + length if stay.left is None else stay.left
        columns[stay.phase][(day >= stay.entered) & (day < left)] = 1.0
    return {phase: inside for phase, inside in columns.items() if 0 < inside.sum() < length}


# ---------------------------------------------------------------- a plain CSV file


def read_diary(
    path: str | Path,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    confounders: Sequence[str] | None = None,
) -> Diary:
    """The diary in a CSV file with a row a day: `day` or `date`, the outcome, and a column an exposure (yes, no, 1, 0).

    `pain morning` and `pain evening` instead of `pain` make it half-daily; `massage time` (HH:MM) says when. Without
    names every column of yes and no is an exposure, and stress and sleep are confounders. A blank cell is unknown.
    Raises `Problems` with every bad cell, or a day that stands twice.
    """
    file = Path(path)
    content = read_bytes(file, _MOST_BYTES)
    if len(content) > _MOST_BYTES:
        raise InputError(f"{file.name} is larger than 16 MB; a diary of one patient has a row a day")
    return diary_of_text(decoded(content, str(file), "not used"), file.name, outcome, exposures, confounders)


def diary_of_text(
    text: str,
    name: str,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    confounders: Sequence[str] | None = None,
) -> Diary:
    """The diary in the text of such a file."""
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    try:
        lines = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Problems(
            name, [Problem("the file", message("problem.unreadable-table", error=str(error)))]
        ) from None
    table = [
        {
            (key or "").strip().lower(): (cell or "").strip()
            for key, cell in row.items()
            if isinstance(key, str)
        }
        for row in lines
    ]
    if not table:
        raise Problems(name, [Problem("the file", message("diary.no-row"))])
    scale = outcome_scale(outcome)
    headers = list(table[0])
    problems = torn_rows(list(csv.reader(io.StringIO(text), delimiter=delimiter)))
    day_of = _days(table, headers, problems)
    rated = [header for header in (f"{outcome} morning", f"{outcome} evening") if header in headers]
    rated = rated if len(rated) == 2 else [outcome]
    if rated == [outcome] and outcome not in headers:
        problems.append(
            Problem("columns", message("diary.no-column", column=outcome, columns=tuple(headers)))
        )
    beside = (
        [name.lower() for name in confounders]
        if confounders is not None
        else [name for name in CONFOUNDERS if name in headers and name != outcome]
    )
    given = (
        [name.lower() for name in exposures]
        if exposures is not None
        else _yes_no(table, headers, {*rated, *beside, "day", "date"})
    )
    for header in (*given, *beside):
        if header not in headers:
            problems.append(
                Problem("columns", message("diary.no-column", column=header, columns=tuple(headers)))
            )
    if problems or not day_of:
        raise Problems(name, problems or [Problem("the file", message("diary.no-day"))])
    first, last = min(day_of.values()), max(day_of.values())
    if last - first >= _MOST_DAYS:
        raise Problems(name, [Problem("the file", message("diary.too-long", days=last - first))])
    length = last - first + 1

    def column(header: str, low: float, high: float) -> Floats:
        values = np.full(length, np.nan)
        for at, row in enumerate(table):
            values[day_of[at] - first] = _number(
                row.get(header, ""), low, high, f"row {at + 2} {header}", problems
            )
        return values

    ratings = np.column_stack([column(header, scale.low, scale.high) for header in rated])
    exposed = {
        header: Exposures(
            column(header, 0.0, _MOST), _minutes(table, header, day_of, first, length, problems)
        )
        for header in given
    }
    others = {header: column(header, -_MOST, _MOST) for header in beside}
    if problems:
        raise Problems(name, problems)
    return Diary(Path(name).stem, scale, ratings, exposed, others, {}, first)


def torn_rows(table: Sequence[Sequence[str]]) -> list[Problem]:
    """A column that stands twice, and rows with more cells than the header: nobody can say which cell is which."""
    first, *rows = table
    head = [cell.strip().lower() for cell in first]
    twice = dict.fromkeys(header for header in head if header and head.count(header) > 1)
    problems = [
        Problem("columns", message("diary.column-twice", column=header, n=head.count(header)))
        for header in twice
    ]
    problems += [
        Problem(f"row {at + 2}", message("diary.more-cells", n=len(head)))
        for at, row in enumerate(rows)
        if any(cell.strip() for cell in row[len(head) :])
    ]
    return problems


def _days(
    table: Sequence[Mapping[str, str]], headers: Sequence[str], problems: list[Problem]
) -> dict[int, int]:
    """The day of each row; a day that stands twice is a problem, since nothing says which is right."""
    if "day" not in headers and "date" not in headers:
        problems.append(Problem("columns", message("diary.no-day-column")))
        return {}
    header = "day" if "day" in headers else "date"
    days: dict[int, int] = {}
    rows: dict[int, int] = {}
    start: int | None = None
    for at, row in enumerate(table):
        cell = row.get(header, "")
        try:
            day = int(cell) if header == "day" else date.fromisoformat(cell).toordinal()
        except ValueError:
            wrong = message("diary.not-a-day") if header == "day" else message("diary.not-a-date")
            problems.append(Problem(f"row {at + 2} {header}", wrong))
            continue
        if header == "date":
            start = day if start is None else start
            day -= start
        if day in rows:
            problems.append(Problem(f"row {at + 2} {header}", message("diary.day-twice", row=rows[day])))
        rows.setdefault(day, at + 2)
        days[at] = day
    return days


def _yes_no(table: Sequence[Mapping[str, str]], headers: Sequence[str], taken: set[str]) -> list[str]:
    """The columns in which every filled cell is a yes or a no."""
    exposures: list[str] = []
    for header in headers:
        cells = {row.get(header, "").lower() for row in table} - {""}
        if header not in taken and cells and cells <= _YES | _NO:
            exposures.append(header)
    return exposures


def _number(cell: str, low: float, high: float, place: str, problems: list[Problem]) -> float:
    """The number in a cell; NaN where it is blank."""
    text = cell.lower()
    if text == "":
        return np.nan
    if text in _YES and not text.isdigit():
        return 1.0
    if text in _NO and not text.isdigit():
        return 0.0
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        problems.append(Problem(place, message("diary.not-a-number")))
        return np.nan
    if not low <= value <= high:
        bounds = message("range.from-to", low=low, high=high)
        problems.append(Problem(place, message("field.out-of-bounds", bounds=bounds, value=cell)))
        return np.nan
    return value


def _minutes(
    table: Sequence[Mapping[str, str]],
    exposure: str,
    day_of: Mapping[int, int],
    first: int,
    length: int,
    problems: list[Problem],
) -> Floats | None:
    header = f"{exposure} time"
    if header not in table[0]:
        return None
    minutes = np.full(length, np.nan)
    for at, row in enumerate(table):
        cell = row.get(header, "")
        time = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", cell)
        if time:
            minutes[day_of[at] - first] = int(time[1]) * 60 + int(time[2])
        elif cell:
            problems.append(Problem(f"row {at + 2} {header}", message("diary.not-a-time")))
    return minutes
