"""What a chunk of patients gives, from both engines: room for it, and how the parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from assuage.engine.many.arrays import (
    Bytes,
    Columns,
    Ints,
    Longs,
    bytes_of,
    ints_of,
    join_columns,
    map_columns,
)
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.entries.told_flags import FlagsAfter
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.walk.fallback import JudgedPatient
from assuage.engine.many.walk.moves import Stays
from assuage.engine.many.walk.outcomes import NO_PHASE, Breaches, ChunkOutput, Panel, States
from assuage.record.entries import Record

_SPARE = 4096  # stays and breaches that there is room for beside what one block can need


@dataclass
class Rejected:
    """A patient who could not be judged, and why."""

    patient: str
    place: str
    text: str


@dataclass
class ChunkResult:
    """What a chunk of patients gives. Stays and breaches name patients by their number in `names`."""

    names: Any
    route: Bytes
    until: Longs
    started: Longs
    stays: Stays
    breaches: Breaches
    states: States
    days: Longs
    panel: Panel
    rejected: list[Rejected]
    why: Ints  # the reasons of those who went to the fallback, as bits: `FallbackReason`
    fallback: int  # how many were judged by the reference engine
    flags: dict[int, FlagsAfter]  # on the last day, of those whom the kernels judged and of whom one was told
    index: EntryIndex  # what was said, and when: good until the next chunk is run
    interner: EntryInterner
    records: dict[int, Record]  # of those whom the reference engine judged
    reread: Callable[[int], Record]  # the record of any patient, from the rows


def output_for(lowered: Lowered, shown: int, most: int, days: Longs, panel: bool) -> ChunkOutput:
    """Room for what the patients of a chunk give. `most` is what one block can need of stays or breaches.

    `shown` criteria have a place in the panel; `days` is where each patient's days begin in it.
    """
    patients = days.size - 1
    room = 8 * patients + most + _SPARE
    gates, criteria = len(lowered.gates), len(lowered.criteria)
    restrictions = len(lowered.pathway.restrictions)
    in_all = int(days[-1]) if panel else 0
    return ChunkOutput(
        stays=_no_stays(room),
        breaches=_no_breaches(room * max(restrictions, 1)),
        states=States(
            phase=np.full(patients, c.OUTSIDE, np.int32),
            holds=np.zeros(patients, np.uint8),
            gates=np.zeros((patients, gates), np.uint8),
            answers=np.zeros((patients, criteria), np.uint8),
            in_force=np.zeros((patients, restrictions), np.uint8),
        ),
        days=days,
        panel=Panel(np.full(in_all, NO_PHASE, np.uint8), np.zeros((shown, in_all), np.uint8)),
    )


def _no_stays(room: int) -> Stays:
    return Stays(
        patient=np.zeros(room, np.int32),
        phase=np.zeros(room, np.uint8),
        entered=np.zeros(room, np.int32),
        left=np.zeros(room, np.int32),
        by=np.zeros(room, np.uint8),
    )


def _no_breaches(room: int) -> Breaches:
    return Breaches(
        patient=np.zeros(room, np.int32),
        restriction=np.zeros(room, np.uint8),
        day=np.zeros(room, np.int32),
        sure=np.zeros(room, np.uint8),
    )


class Collected:
    """The stays and breaches of a chunk as they come: block after block, then patient after patient."""

    def __init__(self) -> None:
        self.stays = [_no_stays(0)]
        self.breaches = [_no_breaches(0)]
        self.sorted = True

    def take(self, output: ChunkOutput, stays: int, breaches: int) -> None:
        """Take what some blocks gave, so that there is room for the next."""
        self.stays.append(map_columns(output.stays, lambda column: column[:stays].copy()))
        self.breaches.append(map_columns(output.breaches, lambda column: column[:breaches].copy()))

    def drop(self, patients: Ints) -> None:
        """Forget what the kernels gave of those whom they could not judge."""
        self.stays = [_without(each, patients) for each in self.stays]
        self.breaches = [_without(each, patients) for each in self.breaches]

    def add(self, patient: int, judged: JudgedPatient) -> None:
        """Add what the reference engine gave of a patient."""
        self.sorted = False
        if judged.stays:
            phase, entered, left, by = (list(column) for column in zip(*judged.stays, strict=True))
            who = np.full(len(phase), patient, np.int32)
            self.stays.append(Stays(who, bytes_of(phase), ints_of(entered), ints_of(left), bytes_of(by)))
        if judged.breaches:
            restriction, day, sure = (list(column) for column in zip(*judged.breaches, strict=True))
            who = np.full(len(day), patient, np.int32)
            self.breaches.append(Breaches(who, bytes_of(restriction), ints_of(day), bytes_of(sure)))

    def in_order(self) -> tuple[Stays, Breaches]:
        """All of them, in the order of the patients."""
        stays, breaches = join_columns(self.stays), join_columns(self.breaches)
        if self.sorted:
            return stays, breaches
        return _by_patient(stays, stays.patient), _by_patient(breaches, breaches.patient)


def _without(table: Columns, patients: Ints) -> Columns:
    keep = ~np.isin(table[0], patients)
    return map_columns(table, lambda column: column[keep])


def _by_patient(table: Columns, patient: Ints) -> Columns:
    by = np.argsort(patient, kind="stable")
    return map_columns(table, lambda column: column[by])


def write_state(patient: int, judged: JudgedPatient, output: ChunkOutput, shown: int, panel: bool) -> None:
    """Put what the reference engine said of the last day, and of every day, where the kernels would have put it."""
    states = output.states
    states.phase[patient], states.holds[patient] = judged.phase, judged.holds
    states.gates[patient] = 0
    states.answers[patient] = 0
    for gate, openness in judged.gates.items():
        states.gates[patient, gate] = openness
    for number, answer in judged.answers.items():
        states.answers[patient, number] = answer
    states.in_force[patient] = judged.in_force
    if panel:
        at = int(output.days[patient])
        for offset, (number, answers) in enumerate(judged.days):
            output.panel.phase[at + offset] = number
            output.panel.answers[:, at + offset] = answers[:shown]
