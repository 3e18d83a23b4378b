"""A trial that was drawn and lived elsewhere: a table with a row a day and a column that says what was drawn.

Two shapes are known: a CSV file with `day` or `date`, a column an outcome and the column of the order; and the
measurements that StudyU exports (one participant; a question is named by its text). A period is a run of days with the
same word. How the order was drawn stands in no such file: it is taken as drawn pair by pair where the periods come in
pairs, else as one of all orders with as many periods of each, unless somebody says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Literal

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.model import Floats
from assuage.errors import InputError, Problem, Problems
from assuage.nof1.draws import DRAWN, SEED, orders_of_pairs
from assuage.nof1.layout import (
    Bools,
    EffectShape,
    TrialLayout,
    layout_from,
    shapes_of_blocks,
    shapes_of_sessions,
)
from assuage.nof1.plan import MOST_DAYS, ControlKind, TrialSchedule
from assuage.nof1.ratings import rating_of
from assuage.record.csv_table import CsvTable, csv_table, date_in, day_in, read_csv_text
from assuage.terms.scales import Scale

DrawnHow = Literal["pairs", "periods"]
DRAWS: tuple[DrawnHow, ...] = ("pairs", "periods")
_MOST_BYTES = 16_000_000
STUDYU_DAY, STUDYU_ORDER, STUDYU_PERSON = (
    "current_day_of_study",
    "current_intervention_name",
    "participant_id",
)
_PEOPLE = (STUDYU_PERSON, "participant", "patient")
_SESSION_REACH = 7


@dataclass(frozen=True)
class DrawnPeriod:
    """A run of days with the same word: its first and last day, counted from the first day of the table."""

    first: int
    last: int
    exposed: bool


@dataclass(frozen=True)
class ForeignTrial:
    """What the table says. `twice` are days on which an outcome was answered differently; the later row counts."""

    exposure: str
    control: str
    outcomes: tuple[Scale, ...]
    periods: tuple[DrawnPeriod, ...]
    ratings: Mapping[str, Mapping[int, float]]
    notes: Mapping[int, str]
    twice: tuple[int, ...]
    days: int

    @property
    def exposed(self) -> Bools:
        """Which periods have the exposure."""
        return np.array([period.exposed for period in self.periods], dtype=np.bool_)

    @property
    def in_pairs(self) -> bool:
        """Whether the periods come in pairs of one of each."""
        kinds = self.exposed
        return len(kinds) % 2 == 0 and bool((kinds[::2] != kinds[1::2]).all())

    @property
    def schedule(self) -> TrialSchedule:
        """Sessions where each period is a day, and no two lie side by side; else blocks."""
        starts = [period.first for period in self.periods]
        alone = all(period.last == period.first for period in self.periods) and min(np.diff(starts)) > 1
        return "sessions" if alone else "blocks"


def read_foreign_trial(
    path: str,
    column: str,
    outcomes: Sequence[Scale],
    exposure: str | None,
    control: str | None,
    person: str | None = None,
    length: int | None = None,
) -> ForeignTrial:
    """The trial of a table. `length` cuts longer runs into periods of so many days.

    Problems with every cell that is wrong; InputError where nobody can say which word is the exposure, or whose the
    rows are.
    """
    table = _checked_table(path, column, outcomes)
    return _trial_of(Path(path).name, _of_person(table, person), column, outcomes, exposure, control, length)


def read_foreign_trials(
    path: str,
    column: str,
    outcomes: Sequence[Scale],
    exposure: str | None,
    control: str | None,
    length: int | None = None,
) -> Iterator[tuple[str, ForeignTrial | InputError]]:
    """The trial of each person of a table, by the person's name; the reason where there is none.

    Problems with every cell that is wrong. InputError where the table does not say whose its rows are.
    """
    table, name = _checked_table(path, column, outcomes), Path(path).name
    if _column_of_people(table) is None:
        raise InputError(message("trial.series-without-people", name=name, columns=_PEOPLE))
    for person in people_of(table):
        rows = _of_person(table, person)
        try:
            yield person, _trial_of(name, rows, column, outcomes, exposure, control, length)
        except InputError as reason:
            yield person, reason


def _checked_table(path: str, column: str, outcomes: Sequence[Scale]) -> CsvTable:
    """The table, with the columns that are needed. Problems where one is not there."""
    file = Path(path)
    too_large = message("diary.too-large", megabytes=_MOST_BYTES // 1_000_000)
    table = csv_table(read_csv_text(file, _MOST_BYTES, too_large), file.name)
    if table is None:
        raise Problems(file.name, [Problem("", message("trial.empty", outcome=outcomes[0].code))])
    order = column.strip().lower()
    problems = [*table.repeated, *table.torn]
    wanted = [order, *(scale.code for scale in outcomes if not _is_studyu(table))]
    columns = ", ".join(table.titles)
    problems += [
        Problem("columns", message("diary.no-column", column=name, columns=columns))
        for name in wanted
        if name not in table.headers
    ]
    if not {"day", "date", STUDYU_DAY} & set(table.headers):
        problems.append(Problem("columns", message("diary.no-day-column")))
    if problems:
        raise Problems(file.name, problems)
    return table


def _trial_of(
    name: str,
    rows: list[tuple[int, Mapping[str, str]]],
    column: str,
    outcomes: Sequence[Scale],
    exposure: str | None,
    control: str | None,
    length: int | None,
) -> ForeignTrial:
    """The trial of these rows of a table."""
    order, problems = column.strip().lower(), list[Problem]()
    days = _days(rows, problems)
    words: dict[int, str] = {}
    notes: dict[int, str] = {}
    ratings: dict[str, dict[int, float]] = {scale.code: {} for scale in outcomes}
    twice: set[int] = set()
    for day, (line, cells) in sorted(
        zip(days, rows, strict=True), key=lambda both: (both[0], _written(both[1][1]))
    ):
        if cells[order]:
            words[day] = cells[order]
        if note := cells.get("note", ""):
            notes[day] = note
        for scale in outcomes:
            value = _value(cells, scale, line, problems)
            if value is None:
                continue
            before = ratings[scale.code].get(day)
            if before is not None and before != value:
                twice.add(day)
            ratings[scale.code][day] = value
    if problems:
        raise Problems(name, problems)
    tried, beside = _arms(words, exposure, control, column)
    periods = tuple(_runs(words, tried, beside, length))
    if len(periods) < 2 or len({period.exposed for period in periods}) < 2:
        raise InputError(message("trial.no-period-of-each", name=name, column=column))
    last = max((*words, *(day for by_day in ratings.values() for day in by_day)))
    return ForeignTrial(
        tried, beside, tuple(outcomes), periods, ratings, notes, tuple(sorted(twice)), last + 1
    )


def _is_studyu(table: CsvTable) -> bool:
    return STUDYU_DAY in table.headers


def _written(cells: Mapping[str, str]) -> str:
    return cells.get("measurement_time", "")


def _column_of_people(table: CsvTable) -> str | None:
    return next((name for name in _PEOPLE if name in table.headers), None)


def people_of(table: CsvTable) -> list[str]:
    """The people of a table, sorted; none where it has no column of them."""
    column = _column_of_people(table)
    return [] if column is None else sorted({row.cells[column] for row in table.rows})


def _of_person(table: CsvTable, person: str | None) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of one person. InputError where there are several and nobody says whose."""
    rows = [(row.line, row.cells) for row in table.rows]
    column, people = _column_of_people(table), people_of(table)
    if column is None:
        if person is not None:
            raise InputError(message("trial.table-without-people", columns=_PEOPLE))
        return rows
    if person is None and len(people) > 1:
        raise InputError(message("trial.whose", n=len(people), first=people[0]))
    chosen = people[0] if person is None else person
    if chosen not in people:
        raise InputError(message("trial.patient-not-there", patient=chosen))
    return [(line, cells) for line, cells in rows if cells[column] == chosen]


def _days(rows: Sequence[tuple[int, Mapping[str, str]]], problems: list[Problem]) -> list[int]:
    """The day of each row, counted from the first."""
    days: list[int] = []
    for line, cells in rows:
        cell = cells.get(STUDYU_DAY) or cells.get("day") or cells.get("date", "")
        day = day_in(cell)
        if day is None:
            on = date_in(cell)
            day = None if on is None else on.toordinal()
        if day is None:
            problems.append(Problem(f"row {line}  day = {cell}", message("trial.not-a-day")))
        days.append(day or 0)
    first = min(days, default=0)
    counted = [day - first for day in days]
    if not problems and max(counted, default=0) > MOST_DAYS:
        problems.append(Problem("day", message("diary.too-long", days=max(counted))))
    return counted


def _value(cells: Mapping[str, str], scale: Scale, line: int, problems: list[Problem]) -> float | None:
    """The rating of a row; in an export of StudyU, the answer to the question of that text."""
    cell = cells.get(scale.code, "")
    for header, text in cells.items():
        if header.endswith("_text") and text.strip().lower() == scale.code:
            cell = cells.get(f"{header.removesuffix('_text')}_response", "")
    return rating_of(cell, scale, line, problems)


def _arms(
    words: Mapping[int, str], exposure: str | None, control: str | None, column: str
) -> tuple[str, str]:
    """The words of the exposure and of the control. InputError where the column leaves it open."""
    of_column = list(dict.fromkeys(words.values()))
    named = {word.casefold(): word for word in of_column}
    chosen: list[str | None] = []
    for option, name in (("--exposure", exposure), ("--control", control)):
        if name is not None and name.casefold() not in named:
            raise InputError(
                message("trial.not-in-column", option=option, name=name, column=column, held=tuple(of_column))
            )
        chosen.append(None if name is None else named[name.casefold()])
    tried, beside = chosen
    rest = [word for word in of_column if word not in (tried, beside)]
    if tried is None or (beside is None and len(rest) != 1):
        raise InputError(message("trial.which-is-tried", column=column, held=tuple(of_column)))
    beside = beside or rest[0]
    if beside == tried:
        raise InputError(message("trial.control-is-exposure", control=beside))
    return tried, beside


def _runs(words: Mapping[int, str], tried: str, beside: str, length: int | None) -> list[DrawnPeriod]:
    """Runs of the same word; a day without a row does not end one, another word does."""
    runs: list[DrawnPeriod] = []
    current: str | None = None
    for day in sorted(words):
        word = words[day]
        if word not in (tried, beside):
            current = None
            continue
        full = length is not None and bool(runs) and day - runs[-1].first >= length
        if word == current and not full:
            runs[-1] = DrawnPeriod(runs[-1].first, day, runs[-1].exposed)
        else:
            runs.append(DrawnPeriod(day, day, word == tried))
        current = word
    return runs


def foreign_layout(trial: ForeignTrial, kind: ControlKind, settling: int, response: int) -> TrialLayout:
    """The layout of its periods: blocks of their own lengths, or sessions where each is a day.

    InputError where a block is no longer than what settles.
    """
    starts = [period.first for period in trial.periods]
    lengths = [period.last - period.first + 1 for period in trial.periods]
    counted = np.ones(trial.days, dtype=np.bool_)
    pairs = (len(starts) // 2,)
    if trial.schedule == "sessions":
        reach = min(int(np.diff(starts).min()) - 1, _SESSION_REACH)
        shapes = shapes_of_sessions(min(response, reach), reach)
        return layout_from(
            starts, shapes, trial.days, counted, [trial.days], pairs, touched=kind != "nothing", by_day=True
        )
    if min(lengths) <= settling:
        raise InputError(message("trial.washout-eats-all", washout=settling, days=min(lengths)))
    for start in starts:
        counted[start : start + settling] = False
    return _blocks(trial, starts, lengths, counted, settling, kind)


def _blocks(
    trial: ForeignTrial,
    starts: list[int],
    lengths: list[int],
    counted: Bools,
    settling: int,
    kind: ControlKind,
) -> TrialLayout:
    longest: tuple[EffectShape, ...] = shapes_of_blocks(max(max(lengths), settling + 2), settling)
    spread = np.zeros((len(longest), len(starts), trial.days))
    for at, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        shapes = shapes_of_blocks(length, settling)
        for which, shape in enumerate(shapes):
            spread[which, at, start : start + length] = shape.weights
    both: Floats = (spread[0].sum(axis=0) > 0).astype(np.float64)[None]
    return TrialLayout(
        trial.days,
        longest,
        spread,
        both if kind != "nothing" else both[:0],
        both,
        counted,
        np.array([trial.days], dtype=np.int64),
        (len(starts) // 2,),
        (len(starts),),
    )


def foreign_orders(trial: ForeignTrial, how: DrawnHow) -> tuple[Bools, bool]:
    """Every order that could have been drawn, the one that was in front; whether these are all.

    InputError where the periods do not come in pairs and are said to.
    """
    drawn = trial.exposed
    if how == "pairs":
        if not trial.in_pairs:
            raise InputError(message("trial.no-pairs"))
        return orders_of_pairs(drawn[::2])
    count, exposed = len(drawn), int(drawn.sum())
    if comb(count, exposed) <= DRAWN + 1:
        others = np.zeros((comb(count, exposed), count), dtype=np.bool_)
        for at, places in enumerate(combinations(range(count), exposed)):
            others[at, list(places)] = True
        others = others[np.asarray((others != drawn).any(axis=1))]
        return np.concatenate([drawn[None], others]), True
    chance = np.random.default_rng(SEED)
    shuffled = np.array([chance.permutation(drawn) for _ in range(DRAWN)], dtype=np.bool_)
    return np.concatenate([drawn[None], shuffled]), False
