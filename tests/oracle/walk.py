"""The walk of a record through `neck-first`: who is where at the end of each day, who moved, what is restricted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.answers import YES
from tests.oracle.flags import standing
from tests.oracle.moment import Moment, Patient
from tests.oracle.neck_first import BACK, CRITERIA, GATES, ON, PHASES, RESTRICTED, UNTIL
from tests.oracle.pages import says
from tests.oracle.record import Entry, entries_of
from tests.oracle.therapies import sessions
from tests.oracle.words import recommendations, titles_of_flags


class CannotBeFollowed(Exception):
    """A decision that leads nowhere, with the place of its entry."""


@dataclass(frozen=True)
class Day:
    """What is so at the end of a day."""

    phase: str | None
    moved_by: str | None
    """`gate` or `decision` where a stay began or the pathway was left that day."""
    flags: frozenset[str]
    """The red flags that shut every gate."""
    gates: dict[str, str]
    criteria: dict[str, str]
    in_force: bool
    breaches: tuple[tuple[int, bool], ...]
    """The place of each entry that breached the restriction that day, and whether it surely did."""


@dataclass
class Walked:
    """The stays of a record, (phase, day entered, by), and its days from the first to the last."""

    stays: list[tuple[str, int, str]] = field(default_factory=list)
    days: dict[int, Day] = field(default_factory=dict)
    held: bool = False
    ended: bool = False


@dataclass
class _Here:
    """Where the patient is while the days go by."""

    phase: str | None = None
    entered: int | None = None
    started: int | None = None
    held: bool = False
    left: bool = False
    by: str = ""
    stays: list[tuple[str, int, str]] = field(default_factory=list)


def walk(record: Mapping[str, Any]) -> Walked:
    """Everything said of every day, from the start of the pathway to the last entry of the record."""
    patient = Patient(entries_of(record))
    decisions = decisions_of(patient, record.get("pathway"))
    walked, here = Walked(), _Here()
    last = max((entry.day for entry in patient.entries), default=-1)
    for day in range(first_day(decisions), last + 1):
        stays_before = len(here.stays)
        phase_before = here.phase
        today = [entry for entry in decisions if entry.day == day]
        if day == first_day(decisions):
            here.started = day
        for decision in today:
            follow(here, decision)
        if not today and here.phase is None and not here.left:
            enter(here, PHASES[0], day, "gate")
        elif not today:
            judge(here, patient, day)
        moved = len(here.stays) > stays_before or here.phase != phase_before
        walked.days[day] = look(here, patient, day, here.by if moved else None)
    walked.stays, walked.held, walked.ended = here.stays, here.held, here.left
    return walked


@says("moves", "Decisions on another pathway move nobody on this one")
@says("moves", "Nobody is moved but by the decision of a clinician")
def decisions_of(patient: Patient, followed: str | None) -> list[Entry]:
    if followed is not None and followed.partition("@")[0] != "neck-first":
        return []
    return [
        entry
        for entry in patient.entries
        if entry.kind == "decision" and entry.by == "clinician" and is_of_a_phase(entry)
    ]


@says("moves", "An override of a flag or of a recommendation that names no phase moves nobody")
def is_of_a_phase(decision: Entry) -> bool:
    if decision.fields["do"] != "override" or decision.fields.get("to") is not None:
        return True
    reason = decision.fields["because"].lower()
    named, colon, _ = reason.partition(":")
    of_a_flag = any(name.lower() in reason for pair in titles_of_flags().items() for name in pair)
    return not (of_a_flag or (colon and named.strip() in recommendations()))


@says("moves", "The first phase begins on day 0", "A decision before day 0 begins the pathway on its day")
def first_day(decisions: list[Entry]) -> int:
    return min(0, *(entry.day for entry in decisions)) if decisions else 0


def enter(here: _Here, phase: str, day: int, by: str) -> None:
    here.phase, here.entered, here.by = phase, day, by
    here.stays.append((phase, day, by))


# --- people -----------------------------------------------------------------------------------------


@says("moves", "decisions of people outrank them", "Several decisions of one day follow in order")
@says("moves", "A decision the pathway cannot follow is a problem with its place")
@says("moves", "After leaving only enter and an override that names a phase lead back")
def follow(here: _Here, decision: Entry) -> None:
    """Go where a person decided."""
    do, to = decision.fields["do"], decision.fields.get("to")
    if to is not None and to not in PHASES:
        raise CannotBeFollowed(decision.place)
    if here.left and do != "enter" and not (do == "override" and to is not None):
        raise CannotBeFollowed(decision.place)
    here.held = here.left = False
    match do:
        case "hold":
            hold(here, decision)
        case "leave":
            leave(here)
        case "enter":
            start(here, decision)
        case _:
            go(here, target(here, decision), decision.day)


@says("moves", "Where a decision leads from is where gates and decisions have led")
@says("moves", "A decision outranks a shut gate", "Advance may name a phase further on")
@says("moves", "Override goes where it says whatever the gates say")
@says("moves", "A decision of the first day begins the pathway")
def target(here: _Here, decision: Entry) -> str:
    """The phase that a decision leads to: the one it names, else the next."""
    do, to = decision.fields["do"], decision.fields.get("to")
    at = -1 if here.phase is None else PHASES.index(here.phase)
    if to is None and at + 1 == len(PHASES):
        raise CannotBeFollowed(decision.place)
    there = at + 1 if to is None else PHASES.index(to)
    if here.phase is not None and ((do == "advance" and there < at) or (do == "return" and there > at)):
        raise CannotBeFollowed(decision.place)
    return PHASES[there]


@says("moves", "A decision for the phase one is in begins no new stay")
def go(here: _Here, phase: str, day: int) -> None:
    if here.phase != phase:
        enter(here, phase, day, "decision")


@says("moves", "Leave ends the pathway and enter begins it again", "The first enter begins a stay of its own")
@says("moves", "Every enter is a start of the pathway")
def start(here: _Here, decision: Entry) -> None:
    here.started = decision.day
    if all(by == "gate" for _, _, by in here.stays):
        here.phase = None
    go(here, decision.fields["to"], decision.day)


@says("moves", "Hold keeps the patient until the next decision")
def hold(here: _Here, decision: Entry) -> None:
    if here.phase is None:
        enter(here, PHASES[0], decision.day, "decision")
    here.held = True


def leave(here: _Here) -> None:
    here.phase, here.entered, here.left, here.by = None, None, True, "decision"


# --- gates ------------------------------------------------------------------------------------------


@says("moves", "Gates move a patient at most once a day", "On a day with a decision no gate moves anybody")
@says(
    "moves", "A new stay is judged from the following day", "The way back is looked at before the way forward"
)
@says("moves", "A move needs the gate out and the gate in")
def judge(here: _Here, patient: Patient, day: int) -> None:
    """Go where the gates lead on a day without a decision."""
    if here.phase is None or here.held:
        return
    now = Moment(patient, day, here.started, here.entered)
    for gate, to in BACK[here.phase].items():
        if is_open(now, gate):
            enter(here, to, day, "gate")
            return
    gates = ON[here.phase]
    if gates and all(is_open(now, gate) for gate in gates):
        enter(here, PHASES[PHASES.index(here.phase) + 1], day, "gate")


@says("moves", "Unknown keeps a gate shut", "A standing red flag shuts every gate until a person clears it")
def is_open(now: Moment, gate: str) -> bool:
    return not standing(now) and all(CRITERIA[name](now) == YES for name in GATES[gate])


# --- the end of a day -------------------------------------------------------------------------------


@says("plan", "A restriction is in force until its end is known to be reached")
@says("plan", "Outside the pathway nothing is restricted", "A restriction comes back by itself")
@says("plan", "Every record of the therapy while in force is a breach", "A light massage is no breach")
@says("plan", "A massage of unrecorded pressure is a breach that must be asked about")
@says("moves", "On the day of a move what is asked is asked of the new stay")
def look(here: _Here, patient: Patient, day: int, moved_by: str | None) -> Day:
    """What is so at the end of a day."""
    now = Moment(patient, day, here.started, here.entered)
    criteria = {name: ask(now) for name, ask in CRITERIA.items()}
    flags = standing(now)
    in_force = here.phase is not None and criteria[UNTIL] != YES
    today = [(entry.place, was) for entry, was in sessions(now.known, RESTRICTED) if entry.day == day]
    return Day(
        phase=here.phase,
        moved_by=moved_by,
        flags=flags,
        gates={
            gate: "shut" if flags or any(criteria[name] != YES for name in asked) else "open"
            for gate, asked in GATES.items()
        },
        criteria=criteria,
        in_force=in_force,
        breaches=tuple(today) if in_force else (),
    )
