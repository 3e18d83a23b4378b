"""Both engines on the records the oracle is asked about, and where they say something else than the oracle."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assuage.engine.many.engine import Engine
from assuage.engine.many.program.lower import lower
from assuage.engine.many.walk.fallback import JudgedPatient, judge_record
from assuage.engine.trace import is_open
from assuage.engine.walk import walk as walk_by_reference
from assuage.errors import Problems
from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import shutting_flags
from tests.agree.both import courses, judged
from tests.oracle.walk import CannotBeFollowed, Walked, walk

Plain = Mapping[str, Any]
PATHWAY = registry.pathway("neck-first")
LOWERED = lower(PATHWAY)
PHASES = [phase.id for phase in PATHWAY.phases]
CRITERIA = [criterion.id for criterion in LOWERED.criteria]
ANSWERS = ("unknown", "yes", "no")


@dataclass(frozen=True)
class Day:
    """What the reference engine says of the gates at the end of a day."""

    flags: frozenset[str]
    gates: Mapping[str, str]


@dataclass(frozen=True)
class Engines:
    """What both engines say of a record; None where they refuse a decision."""

    name: str
    reference: JudgedPatient | None
    cohort: JudgedPatient | None
    days: Mapping[int, Day]


def by_oracle(record: Plain) -> Walked | None:
    """What the oracle says; None where it cannot follow a decision."""
    try:
        return walk(record)
    except CannotBeFollowed:
        return None


def by_engines(plain: Sequence[Plain]) -> list[Engines]:
    """What both engines say of records; the cohort engine is asked for all of them in one table."""
    records = [parse_record(one) for one in plain]
    many = _by_cohort(records)
    return [_by_engines(record, many[record.patient.id]) for record in records]


def _by_engines(record: Record, cohort: JudgedPatient | None) -> Engines:
    try:
        reference = judge_record(record, LOWERED, None, True, [])
    except Problems:
        return Engines(record.patient.id, None, cohort, {})
    return Engines(record.patient.id, reference, cohort, dict(_gates(record, reference)))


def _by_cohort(records: Sequence[Record]) -> dict[str, JudgedPatient | None]:
    said: dict[str, JudgedPatient | None] = {}
    engine = Engine(LOWERED, None, panel=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.parquet"
        to_frame(records).write_parquet(path)
        for part in courses(path, engine):
            refused = {one.patient for one in part.rejected}
            for at, name in enumerate(part.names.to_pylist()):
                said[name] = None if name in refused else judged(part, at, engine)
    return said


def _gates(record: Record, walked: JudgedPatient) -> Iterator[tuple[int, Day]]:
    """Every gate and every flag that shuts it, on every day."""
    timeline = Timeline(record)
    course = walk_by_reference(PATHWAY, timeline, walked.until)
    for day in range(walked.started, walked.until + 1):
        view = course.view(day)
        flags = frozenset(one.flag.id for one in shutting_flags(timeline, day))
        yield day, Day(flags, {one.id: "open" if is_open(view, one) else "shut" for one in PATHWAY.gates()})


# --- where they differ ------------------------------------------------------------------------------


def differences(expected: Walked | None, got: Engines) -> list[str]:
    """Each point at which an engine says something else than the oracle, by day and what was asked."""
    found = [f"{got.name}, reference: {text}" for text in _of_engine(expected, got.reference)]
    found += [f"{got.name}, cohort: {text}" for text in _of_engine(expected, got.cohort)]
    if expected is not None and got.reference is not None:
        found += [f"{got.name}, reference: {text}" for text in _of_gates(expected, got.days)]
    return found


def _of_engine(expected: Walked | None, got: JudgedPatient | None) -> Iterator[str]:
    if expected is None or got is None:
        if (expected is None) != (got is None):
            yield f"a decision was {'followed' if got else 'refused'}"
        return
    stays = [(PHASES[phase], entered, ("gate", "decision")[by]) for phase, entered, _, by in got.stays]
    days = range(got.started, got.until + 1)
    if stays != expected.stays or list(days) != list(expected.days):
        yield f"the stays are {stays} on {days}, not {expected.stays}"
        return
    for day, (phase, answers) in zip(days, got.days, strict=True):
        here = expected.days[day]
        if (None if phase == 255 else PHASES[phase]) != here.phase:
            yield f"day {day}: the phase is not {here.phase}"
        for criterion, answer in zip(CRITERIA, answers, strict=True):
            if ANSWERS[answer] != here.criteria[criterion]:
                yield f"day {day}: {criterion} is {ANSWERS[answer]}, not {here.criteria[criterion]}"
    breaches = [(day, int(sure)) for day, one in expected.days.items() for _, sure in one.breaches]
    if sorted((day, sure) for _, day, sure in got.breaches) != sorted(breaches):
        yield f"the breaches are {got.breaches}, not {breaches}"
    if not expected.days:
        return
    if bool(got.in_force[0]) != expected.days[got.until].in_force:
        yield f"day {got.until}: the restriction is {'' if got.in_force[0] else 'not '}in force"
    if got.holds != (1 if expected.held else 2 if expected.ended else 0):
        yield f"day {got.until}: held or left is {got.holds}"


def _of_gates(expected: Walked, got: Mapping[int, Day]) -> Iterator[str]:
    for day, here in expected.days.items():
        if day not in got:
            continue
        if got[day].flags != here.flags:
            yield f"day {day}: the gates are shut by {sorted(got[day].flags)}, not {sorted(here.flags)}"
        for gate, state in got[day].gates.items():
            if state != here.gates[gate]:
                yield f"day {day}: the gate {gate} is {state}, not {here.gates[gate]}"


def disagreements(plain: Sequence[Plain]) -> list[str]:
    """Where an engine says something else than the oracle of any of these records."""
    return [
        text
        for record, got in zip(plain, by_engines(plain), strict=True)
        for text in differences(by_oracle(record), got)
    ]
