"""The fallback: one patient's record read and walked by the reference engine, in the cohort's own numbers.

For whatever the fast kernels do not judge themselves: corrections, contradictions, decisions that lead nowhere.
A record that the reader refuses is refused here too, with its problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assuage.catalogue.message import message
from assuage.engine.many.entries.compiled import CODE_OF
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.columns import NO_DAY
from assuage.engine.many.walk.moves import BY_DECISION, BY_GATE, FREE, HELD, LEFT
from assuage.engine.many.walk.outcomes import NO_PHASE, OPEN, SHUT
from assuage.engine.trace import is_open
from assuage.engine.walk import Walk, walk
from assuage.errors import Problem, Problems
from assuage.measures.criteria import Criterion
from assuage.pathways.model import Gate, Restriction
from assuage.record.entries import Record
from assuage.record.fields import FURTHEST_DAY
from assuage.record.rows import records_of_rows
from assuage.record.table import Numbered
from assuage.record.timeline import Timeline
from assuage.terms.answers import YES

NO_LAST_DAY = message("table.no-last-day")
FARTHEST = 2**20  # what a number that does not fit its column is read as


@dataclass
class JudgedPatient:
    """What the walk of one patient comes to in numbers, as the kernels would have written it."""

    stays: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    breaches: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    started: int = 0
    until: int = 0
    phase: int = c.OUTSIDE
    holds: int = FREE
    gates: dict[int, int] = field(default_factory=dict[int, int])
    answers: dict[int, int] = field(default_factory=dict[int, int])
    in_force: list[int] = field(default_factory=list[int])
    days: list[tuple[int, list[int]]] = field(default_factory=list[tuple[int, list[int]]])


def record_from(rows: list[Numbered]) -> Record:
    """The record of one patient's rows. Raises Problems with all that is wrong in them."""
    problems: list[Problem] = []
    for place, row in rows:
        if row.day == NO_DAY:
            problems.append(Problem(f"{place} day", message("field.missing")))
        elif abs(row.day) == FARTHEST:
            problems.append(
                Problem(
                    f"{place} day", message("table.far-from", low=f"{-FURTHEST_DAY}", high=f"{FURTHEST_DAY}")
                )
            )
        if row.minute is not None and abs(row.minute) == FARTHEST:
            problems.append(Problem(f"{place} minute", message("table.far-from", low=0, high=1439)))
        if not row.kind:
            problems.append(Problem(f"{place} kind", message("field.missing")))
    if problems:
        raise Problems("the table", problems)
    records, problems = records_of_rows(rows)
    if problems or not records:
        raise Problems("the table", problems)
    return records[0]


def judge_record(
    record: Record, lowered: Lowered, on: int | None, panel: bool, asked: list[int]
) -> JudgedPatient:
    """The walk of a record up to `on` (None: its last day). Raises Problems for decisions that lead nowhere."""
    pathway = lowered.pathway
    if on is None:
        if record.last_day is None:
            raise Problems("the table", [Problem("", NO_LAST_DAY)])
        on = record.last_day
    timeline = Timeline(record)
    walked = walk(pathway, timeline, on)
    phase_number = {phase.id: at for at, phase in enumerate(pathway.phases)}
    judged = JudgedPatient(until=on, in_force=[0] * len(pathway.restrictions))
    if not walked.starts:
        return judged  # a day before the pathway begins, which without decisions is on day 0
    judged.started = walked.starts[0]
    for stay in walked.stays:
        left = c.NO_DAY if stay.left is None else stay.left
        by = BY_DECISION if stay.by == "decision" else BY_GATE
        judged.stays.append((phase_number[stay.phase.id], stay.entered, left, by))
    for number, restriction in enumerate(pathway.restrictions):
        judged.breaches += [(number, day, sure) for day, sure in _breaches(walked, restriction, on)]
    _judge_last_day(judged, walked, lowered, on, asked)
    if panel:
        for day in range(walked.starts[0], on + 1):
            stay = walked.stay_on(day)
            answers = [_answer(walked, criterion, day) for criterion in lowered.criteria]
            judged.days.append((NO_PHASE if stay is None else phase_number[stay.phase.id], answers))
    return judged


def _answer(walked: Walk, criterion: Criterion, day: int) -> int:
    return CODE_OF[walked.view(day).truth(criterion.test)]


def _breaches(walked: Walk, restriction: Restriction, on: int) -> list[tuple[int, int]]:
    """Day and sureness of sessions of the restricted therapy while the restriction was in force."""
    pairs: list[tuple[int, int]] = []
    for entry, sure in walked.timeline.exposures(restriction.therapy, on):
        if walked.stay_on(entry.day) is None:
            continue
        until = restriction.until
        if until is None or walked.view(entry.day).truth(until.test) is not YES:
            pairs.append((entry.day, int(sure)))
    return pairs


def _judge_last_day(judged: JudgedPatient, walked: Walk, lowered: Lowered, on: int, asked: list[int]) -> None:
    pathway, view, stay = lowered.pathway, walked.view(on), walked.stay_on(on)
    judged.holds = HELD if walked.held else LEFT if walked.ended else FREE
    judged.answers = {number: _answer(walked, lowered.criteria[number], on) for number in asked}
    gates: list[Gate | None] = []
    if stay is None:
        if not walked.ended:
            gates.append(pathway.phases[0].enter)
    else:
        judged.phase = pathway.phases.index(stay.phase)
        gates += [back.gate for back in stay.phase.fall_back]
        after = pathway.after(stay.phase)
        if after:
            gates += [stay.phase.leave, after.enter]
        judged.in_force = [
            int(restriction.until is None or view.truth(restriction.until.test) is not YES)
            for restriction in pathway.restrictions
        ]
    for gate in gates:
        if gate:
            judged.gates[lowered.gates.index(gate)] = OPEN if is_open(view, gate) else SHUT
