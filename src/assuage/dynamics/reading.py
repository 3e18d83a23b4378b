"""The diary of one patient out of a record, or out of a plain CSV file with a row a day.

What silence means: a day on which nothing at all was written down tells nothing of an exposure; on any other day an
exposure that is not there did not happen. A range is no number, so its day has no rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from msgspec import structs

from assuage.catalogue.message import message
from assuage.dynamics.chosen import ALL, chooser_of, is_weather, settled_by, unknown_names
from assuage.dynamics.diary import Diary, Exposures
from assuage.dynamics.model import Floats
from assuage.engine.phases import PhaseDays, phases_of
from assuage.errors import InputError, Problem, Problems, unknown_word
from assuage.record.care_entries import ExposureEntry
from assuage.record.csv_table import (
    CsvRow,
    csv_table,
    date_in,
    day_in,
    number_in,
    read_csv_text,
    yes_in,
)
from assuage.record.entries import MedicationEntry, Record, ScoreEntry, TherapyEntry
from assuage.record.kinds import scales
from assuage.record.timeline import Timeline
from assuage.terms.drug_names import find_drug
from assuage.terms.names import spaced
from assuage.terms.scales import SCALES, Scale
from assuage.terms.therapies import THERAPY_NAMED, family_of, find_therapy

AFTERNOON = 14 * 60  # minutes: a rating before it is the earlier of two a day (ours)
TWICE = 0.5  # share of the rated days with two ratings, from which on a diary is read as half-daily (ours)
CONFOUNDERS = ("stress", "sleep")
_MOST_BYTES = 16_000_000
_MOST = 1e6  # of an exposure or a confounder on one day: steps at most, a slip beyond (ours)
_MOST_DAYS = 40_000  # more than a hundred years: a slip in a date, not a diary


def exposure_id(name: str) -> str:
    """What an exposure is called here: the id of a therapy (every massage is massage) or of a drug, else the name."""
    therapy, drug = find_therapy(name), find_drug(name)
    if therapy is not None:
        return family_of(therapy).id
    return drug.id if drug is not None else spaced(name)


def outcome_scale(name: str, ends: tuple[float, float] | None = None) -> Scale:
    """The scale of that name, from its best to its worst end where they are given; else InputError for an unknown."""
    known = scales()
    if ends is None:
        if name not in known:
            unknown = unknown_word(name, known, message("word.scale"))
            raise InputError(message("option.unknown-outcome", what=unknown))
        return known[name]
    best, worst = ends
    if not -_MOST <= best <= _MOST or not -_MOST <= worst <= _MOST or best == worst:
        raise InputError(message("option.range-ends", best=best, worst=worst))
    scale = known.get(name) or Scale(name, name, best, worst)
    direction = "worse" if best < worst else "better"
    return structs.replace(scale, low=min(ends), high=max(ends), higher_is=direction, anchors="")


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
    settled: Sequence[str] = (),
    *,
    to_the_end: bool = False,
) -> Diary:
    """The same of a record that is read already; `settled` are exposures (or `all`) that were no choice of the day.

    It ends with the last rating; `to_the_end` keeps what was written down after it.
    """
    scale = outcome_scale(outcome)
    last_day = -1 if timeline.last_day is None else timeline.last_day
    until = last_day if on is None else on
    named = None if exposures is None else [_known_exposure(timeline, name) for name in exposures]
    first, last = _span(timeline, scale, until)
    if to_the_end and last >= first:
        last = max(last, timeline.recorded_days(last=until)[-1])
    length = last - first + 1
    recorded = np.zeros(length, dtype=np.bool_)
    recorded[[day - first for day in timeline.recorded_days(first, last)]] = True
    ratings, minutes = _ratings(_scores_of(timeline, scale, until), scale, first, length)
    columns = _exposures(timeline, until, named, first, recorded)
    told = [name if name == ALL else exposure_id(name) for name in settled]
    _refuse_unknown(told, columns)
    columns = {
        name: replace(each, fixed=True) if settled_by(name, told, each.days, None) == "told" else each
        for name, each in columns.items()
    }
    beside: dict[str, Floats] = {}
    for name in CONFOUNDERS:
        scores = _scores_of(timeline, SCALES[name], until)
        if scores and name != scale.code:
            beside[name] = _day_values(scores, SCALES[name], first, length)
    stays = phases_of(timeline, until) if phases is None else phases
    steps = _steps(stays, first, length)
    return Diary(timeline.record.patient.id, scale, ratings, columns, beside, steps, first, minutes)


def _known_exposure(timeline: Timeline, name: str) -> str:
    factors = {exposure_id(entry.name) for entry in timeline.entries_of(ExposureEntry)}
    if find_therapy(name) is None and find_drug(name) is None and exposure_id(name) not in factors:
        raise InputError(
            message(
                "option.said",
                option="--exposures",
                what=unknown_word(name, THERAPY_NAMED, message("word.exposure")),
            )
        )
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
        raise InputError(message("diary.rated-too-long", scale=scale, days=last - start))
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
    factors = [(exposure_id(entry.name), entry) for entry in timeline.entries_of(ExposureEntry, until)]
    asked = {name for name, _ in factors}
    names = named if named is not None else [name for name, _ in (*taken, *factors)]
    for name in dict.fromkeys(names):
        # Of what is asked about day by day, silence is no answer.
        silence = np.full(len(recorded), np.nan) if name in asked else np.where(recorded, 0.0, np.nan)
        columns[name] = (silence, np.full(len(recorded), np.nan))
    for name, entry in factors:
        at = entry.day - first
        if name in columns and 0 <= at < len(recorded) and entry.state != "not_asked":
            days, minute = columns[name]
            days[at] = float(entry.state == "present") if entry.amount is None else entry.amount
            if entry.minute is not None and days[at]:
                minute[at] = np.fmin(minute[at], entry.minute)
    for name, entry in taken:
        at = entry.day - first
        if name in columns and 0 <= at < len(recorded):
            days, minute = columns[name]
            days[at] = 1.0
            if entry.minute is not None:
                minute[at] = np.fmin(minute[at], entry.minute)
    return {name: Exposures(days, minute) for name, (days, minute) in columns.items()}


def within_ratings(diary: Diary, *, to_the_end: bool = False) -> Diary:
    """The diary from three days before its first rating to its last, which is what a record's diary spans.

    With `to_the_end` it keeps the days after the last rating.
    """
    rated = np.flatnonzero(~np.isnan(diary.ratings).all(axis=1))
    if not len(rated):
        return diary
    ends = len(diary.ratings) if to_the_end else int(rated[-1]) + 1
    span = slice(max(int(rated[0]) - 3, 0), ends)
    return _within(diary, span)


def _within(diary: Diary, span: slice) -> Diary:
    """Those days of the diary."""
    exposures = {
        name: replace(each, days=each.days[span], minute=None if each.minute is None else each.minute[span])
        for name, each in diary.exposures.items()
    }
    return replace(
        diary,
        ratings=diary.ratings[span],
        exposures=exposures,
        confounders={name: column[span] for name, column in diary.confounders.items()},
        phases={name: column[span] for name, column in diary.phases.items()},
        first_day=diary.first_day + span.start,
    )


def until_day(diary: Diary, last: int) -> Diary:
    """The diary up to the end of a day. InputError where nothing was written by then."""
    if last < diary.first_day:
        raise InputError(message("option.before-the-diary", on=last, first=diary.first_day))
    return _within(diary, slice(0, last + 1 - diary.first_day))


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
    beside: bool = False,
    ends: tuple[float, float] | None = None,
    settled: Sequence[str] = (),
) -> Diary:
    """The diary in a CSV file with a row a day: `day` or `date`, the outcome, and a column an exposure.

    An exposure is yes or no, or a number (hours, steps). `pain morning` and `pain evening` instead of `pain` make it
    half-daily; `massage time` (HH:MM) says when, `massage by` who or what chose it. Without names every such column is
    one, other ratings are left out, and stress and sleep are confounders; `beside` takes those columns as exposures
    beside the named ones. `ends` are the best and the worst end of the outcome, `settled` the exposures (or `all`) that
    were scheduled, drawn or the weather. A blank cell is unknown.
    Raises `Problems` with every bad cell, or a day that stands twice.
    """
    file = Path(path)
    too_large = message("diary.too-large", megabytes=_MOST_BYTES // 1_000_000)
    text = read_csv_text(file, _MOST_BYTES, too_large)
    return diary_of_text(text, file.name, outcome, exposures, confounders, beside, ends, settled)


def diary_of_text(
    text: str,
    name: str,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    confounders: Sequence[str] | None = None,
    beside: bool = False,
    ends: tuple[float, float] | None = None,
    settled: Sequence[str] = (),
) -> Diary:
    """The diary in the text of such a file."""
    outcome = outcome.lower()
    table = csv_table(text, name)
    if table is None or not (table.rows or table.torn):
        raise Problems(name, [Problem("the file", message("diary.no-row"))])
    scale = outcome_scale(outcome, ends)
    rows, headers = table.rows, table.headers
    problems = [*table.repeated, *table.torn]
    day_of = _days(rows, headers, problems)
    rated = [header for header in (f"{outcome} morning", f"{outcome} evening") if header in headers]
    rated = rated if len(rated) == 2 else [outcome]
    if rated == [outcome] and outcome not in headers:
        problems.append(Problem("columns", message("diary.no-column", column=outcome, columns=headers)))
    named = [name.lower() for name in exposures or ()]
    explaining = (
        [name.lower() for name in confounders]
        if confounders is not None
        else [name for name in CONFOUNDERS if name in headers and name not in (outcome, *named)]
    )
    given, left_out = named, ()
    if exposures is None or beside:
        taken = {*rated, *explaining, "day", "date", ""}
        amounts = [header for header in _numbers(rows, headers, taken) if header not in scales()]
        given = list(dict.fromkeys((*named, *amounts)))
        told = {f"{header} {about}" for header in given for about in ("time", "by")}
        left_out = tuple(header for header in headers if header not in {*taken, *given, *told})
    for header in (*given, *explaining):
        if header not in headers:
            problems.append(Problem("columns", message("diary.no-column", column=header, columns=headers)))
    if problems or not day_of:
        raise Problems(name, problems or [Problem("the file", message("diary.no-day"))])
    first, last = min(day_of.values()), max(day_of.values())
    if last - first >= _MOST_DAYS:
        raise Problems(name, [Problem("the file", message("diary.too-long", days=last - first))])
    length = last - first + 1

    def column(header: str, low: float, high: float) -> Floats:
        values = np.full(length, np.nan)
        for row in rows:
            values[day_of[row.line] - first] = _number(
                row.cells[header], low, high, f"row {row.line} {header}", problems
            )
        return values

    ratings = np.column_stack([column(header, scale.low, scale.high) for header in rated])
    exposed: dict[str, Exposures] = {}
    for header in given:
        days = column(header, -_MOST if is_weather(header) else 0.0, _MOST)
        minutes = _minutes(rows, header, day_of, first, length, problems)
        by = settled_by(header, settled, days, _choosers(rows, header, day_of, first, length, problems))
        exposed[header] = Exposures(days, minutes) if by is None else Exposures(days, minutes, True, by)
    others = {header: column(header, -_MOST, _MOST) for header in explaining}
    if problems:
        raise Problems(name, problems)
    _refuse_unknown(settled, given)
    return Diary(Path(name).stem, scale, ratings, exposed, others, {}, first, left_out=left_out)


def _refuse_unknown(settled: Sequence[str], names: Iterable[str]) -> None:
    known = [*names, ALL]
    for unknown in unknown_names(settled, known):
        raise InputError(
            message(
                "option.said", option="--settled", what=unknown_word(unknown, known, message("word.exposure"))
            )
        )


def _days(rows: Sequence[CsvRow], headers: Sequence[str], problems: list[Problem]) -> dict[int, int]:
    """The day of each row, by its line; a day that stands twice is a problem, since nothing says which is right."""
    if "day" not in headers and "date" not in headers:
        problems.append(Problem("columns", message("diary.no-day-column")))
        return {}
    header = "day" if "day" in headers else "date"
    days: dict[int, int] = {}
    lines: dict[int, int] = {}
    start: int | None = None
    for line, cells in rows:
        day = _day(cells[header], header)
        if day is None:
            wrong = message("diary.not-a-day") if header == "day" else message("diary.not-a-date")
            problems.append(Problem(f"row {line} {header}", wrong))
            continue
        if header == "date":
            start = day if start is None else start
            day -= start
        if day in lines:
            problems.append(Problem(f"row {line} {header}", message("diary.day-twice", row=lines[day])))
        lines.setdefault(day, line)
        days[line] = day
    return days


def _day(cell: str, header: str) -> int | None:
    if header == "day":
        return day_in(cell)
    day = date_in(cell)
    return None if day is None else day.toordinal()


def _numbers(rows: Sequence[CsvRow], headers: Sequence[str], taken: set[str]) -> list[str]:
    """The columns in which every filled cell is a yes, a no or a number."""
    exposures: list[str] = []
    for header in headers:
        cells = {row.cells[header] for row in rows} - {""}
        if header not in taken and cells and all(_is_amount(cell) for cell in cells):
            exposures.append(header)
    return exposures


def _is_amount(cell: str) -> bool:
    return yes_in(cell) is not None or number_in(cell) is not None


def _number(cell: str, low: float, high: float, place: str, problems: list[Problem]) -> float:
    """The number in a cell, 1 for a yes and 0 for a no; NaN where it is blank."""
    if cell == "":
        return np.nan
    value, yes = number_in(cell), yes_in(cell)
    if value is None and yes is None:
        problems.append(Problem(place, message("diary.not-a-number")))
        return np.nan
    if value is None:
        return float(yes is True)
    if not low <= value <= high:
        bounds = message("range.from-to", low=low, high=high)
        problems.append(Problem(place, message("field.out-of-bounds", bounds=bounds, value=cell)))
        return np.nan
    return value


def _beside(
    rows: Sequence[CsvRow], header: str, day_of: Mapping[int, int], first: int
) -> Iterator[tuple[int, int, str]]:
    """The line, the day counted from `first` and the cell of each row that says something in a column."""
    for line, cells in rows:
        if cells[header]:
            yield line, day_of[line] - first, cells[header]


def _choosers(
    rows: Sequence[CsvRow],
    exposure: str,
    day_of: Mapping[int, int],
    first: int,
    length: int,
    problems: list[Problem],
) -> list[str | None] | None:
    """Day by day who or what chose the exposure, by its column `… by`; None without one."""
    header = f"{exposure} by"
    if not rows or header not in rows[0].cells:
        return None
    by_day: list[str | None] = [None] * length
    for line, day, cell in _beside(rows, header, day_of, first):
        by_day[day] = chooser_of(cell)
        if by_day[day] is None:
            problems.append(Problem(f"row {line} {header}", message("diary.not-a-chooser")))
    return by_day


def _minutes(
    rows: Sequence[CsvRow],
    exposure: str,
    day_of: Mapping[int, int],
    first: int,
    length: int,
    problems: list[Problem],
) -> Floats | None:
    header = f"{exposure} time"
    if not rows or header not in rows[0].cells:
        return None
    minutes = np.full(length, np.nan)
    for line, day, cell in _beside(rows, header, day_of, first):
        time = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", cell)
        if time:
            minutes[day] = int(time[1]) * 60 + int(time[2])
        else:
            problems.append(Problem(f"row {line} {header}", message("diary.not-a-time")))
    return minutes
