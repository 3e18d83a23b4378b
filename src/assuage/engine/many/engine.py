"""A chunk of whole patients, from rows to where each stands: nearly all by the kernels, the rest by the fallback."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs, bytes_of
from assuage.engine.many.blocks.prescan import (
    EMPTY,
    FALLBACK,
    FAST,
    LAST_DAY,
    Prescan,
    no_claims,
    prescan_for,
    scan,
)
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.entries.entry_table import FallbackReason
from assuage.engine.many.entries.grouping import EntryIndex, index_for
from assuage.engine.many.entries.naming import EntryNamer, NamedEntries
from assuage.engine.many.entries.told_flags import FlagsAfter, Told
from assuage.engine.many.program.codes import END_OF_DAY
from assuage.engine.many.program.lower import TIMES
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk, numbered_rows
from assuage.engine.many.rows.vocabulary import Vocabulary, word_lists
from assuage.engine.many.walk.fallback import NO_LAST_DAY, JudgedPatient, judge_record, record_from
from assuage.engine.many.walk.results import ChunkResult, Collected, Rejected, output_for, write_state
from assuage.engine.many.walk.run import RunSettings, run_blocks
from assuage.errors import Problem, Problems
from assuage.record import fields
from assuage.record.arrow import arrow
from assuage.record.entries import KIND_OF, Record
from assuage.terms.times import time_of_day

SLOTS = 64
MOST_MEANINGS = 60_000  # distinct entries remembered at a time: about 3 KB each
_TIMES: Ints = np.array([TIMES.index(time_of_day(minute)) for minute in range(END_OF_DAY)], dtype=np.int32)


class Engine:
    """A pathway ready to be run on chunks. `on` is the last day looked at (None: each record's own)."""

    def __init__(self, lowered: Lowered, on: int | None = None, *, panel: bool = False) -> None:
        self.lowered = lowered
        self.on = on
        self.panel = panel
        number_of = {criterion: at for at, criterion in enumerate(lowered.criteria)}
        gated = {number_of[criterion] for gate in lowered.gates for criterion in gate.criteria}
        lifting = {number_of[each.until] for each in lowered.pathway.restrictions if each.until}
        watched = {number_of[each.criterion] for each in lowered.pathway.watch}
        every = range(len(lowered.criteria))
        self.shown = len(list(lowered.pathway.criteria()))  # those of the panel come first
        extra = set(range(self.shown, len(lowered.criteria)))
        self.asked = sorted(gated | lifting | watched | extra)
        self.settings = RunSettings(
            slots=SLOTS,
            panel=panel,
            times=_TIMES,
            wanted=bytes_of((panel and at < self.shown) or at in gated for at in every),
            asked=bytes_of(at in self.asked for at in every),
        )
        self.forget()

    def forget(self) -> None:
        """Forget words and distinct entries, which are remembered from chunk to chunk."""
        self.namer = EntryNamer(self.lowered)

    @property
    def crowded(self) -> bool:
        """Whether so many distinct entries were met that it is time to forget them, and their words."""
        return len(self.interner.entries) > MOST_MEANINGS

    @property
    def interner(self) -> EntryInterner:
        """The distinct entries met so far."""
        return self.namer.interner

    def run(self, chunk: Chunk, vocabulary: Vocabulary) -> ChunkResult:
        """Where the patients of a chunk stand, and how they came there."""
        return self.judge_entries(self.named_entries(chunk, vocabulary))

    def named_entries(self, chunk: Chunk, vocabulary: Vocabulary) -> NamedEntries:
        """What was said, as distinct entries by number; those not met before are read here."""
        return self.namer.named(chunk, vocabulary)

    def judge_entries(self, named: NamedEntries) -> ChunkResult:
        """Where the patients of a chunk stand, from their entries."""
        chunk, _, index, misnumbered = named
        prescan = prescan_for(misnumbered.size, index.which.size)
        claims = no_claims(len(self.interner.claims))
        on = LAST_DAY if self.on is None else self.on
        scan(self.lowered.program, self.interner.table, index, on, claims, misnumbered, prescan)
        odd = _odd(chunk.patients)
        prescan.route[odd] = FALLBACK
        prescan.why[odd] |= FallbackReason.PATIENT_NAME
        shut, flags = self._flags(index, prescan)
        fallback = _Fallback(self, named)
        for patient in np.flatnonzero(prescan.route == FALLBACK).tolist():
            fallback.judge(patient)
        return self._walked(named, prescan, shut, flags, fallback)

    def _flags(self, index: EntryIndex, prescan: Prescan) -> tuple[Bytes, dict[int, FlagsAfter]]:
        """After which entries every gate is shut, and the flags at the end, by patient."""
        which = index.which
        shut = np.zeros(which.size, np.uint8)
        last: dict[int, FlagsAfter] = {}
        if not self.interner.table.flagging.any():
            return shut, last
        flagging = self.interner.table.flagging[which]
        raising = np.flatnonzero(flagging == 2)
        for patient in np.unique(np.searchsorted(index.start, raising, side="right") - 1).tolist():
            if prescan.route[patient] != FAST:
                continue
            begin, end = int(index.start[patient]), int(index.start[patient + 1])
            entries = begin + np.flatnonzero(flagging[begin:end])
            days = np.unique(index.day[entries], return_inverse=True)[1]
            told = (which[entries], days, index.minute[entries])
            after = self.interner.flags.after(tuple(map(Told, *(column.tolist() for column in told))))
            shut[entries] = [flags.shut for flags in after]
            by_then = int((index.day[entries] <= prescan.until[patient]).sum())
            if by_then:
                last[patient] = after[by_then - 1]
        return shut, last

    def _walked(
        self,
        named: NamedEntries,
        prescan: Prescan,
        shut: Bytes,
        flags: dict[int, FlagsAfter],
        fallback: _Fallback,
    ) -> ChunkResult:
        chunk, _, index, _ = named
        who = np.flatnonzero(prescan.route == FAST)
        length = np.where(prescan.route == EMPTY, 0, np.maximum(prescan.until - prescan.started + 1, 0))
        for patient in fallback.judged:
            length[patient] = fallback.length_of(patient)
        days = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
        busiest = int(np.diff(index.start).max(initial=0))
        most = SLOTS * (int(length.max(initial=0)) + busiest + 1)
        output = output_for(self.lowered, self.shown, most, days, self.panel)
        collected = Collected()
        offsets = self.source_offsets()
        begun = 0
        while begun < who.size:
            begun, stays, breaches = run_blocks(
                self.lowered.program,
                self.interner.table,
                index,
                shut,
                prescan,
                who,
                offsets,
                self.settings,
                output,
                begun,
            )
            collected.take(output, stays, breaches)
        for patient in who[prescan.route[who] == FALLBACK].tolist():
            fallback.judge(patient)
        refused: dict[int, Sequence[Problem]] = {
            patient: [Problem(fallback.rows_of(patient), NO_LAST_DAY)]
            for patient in np.flatnonzero(prescan.route == EMPTY).tolist()
        }
        if fallback.judged:
            collected.drop(np.array(sorted(fallback.judged), dtype=np.int32))
        for patient, judged in fallback.judged.items():
            if isinstance(judged, JudgedPatient):
                prescan.started[patient], prescan.until[patient] = judged.started, judged.until
                collected.add(patient, judged)
                write_state(patient, judged, output, self.shown, self.panel)
            else:
                prescan.route[patient] = EMPTY
                refused[patient] = judged.problems
        rejected = [
            Rejected(chunk.patients[patient].as_py(), problem.place, problem.text)
            for patient in sorted(refused)
            for problem in refused[patient]
        ]
        stays, breaches = collected.in_order()
        return ChunkResult(
            names=chunk.patients,
            route=prescan.route,
            until=prescan.until,
            started=prescan.started,
            stays=stays,
            breaches=breaches,
            states=output.states,
            days=days,
            panel=output.panel,
            rejected=rejected,
            fallback=len(fallback.judged),
            why=prescan.why,
            flags=flags,
            index=index,
            interner=self.interner,
            records=fallback.records,
            reread=fallback.read,
        )

    def source_offsets(self) -> Longs:
        """Where the day values of each source lie: those that nobody spoke of share one more, an empty one."""
        spoken = np.zeros(len(self.lowered.sources), bool)
        spoken[self.interner.table.source] = True
        return np.append(np.where(spoken, np.cumsum(spoken) - 1, spoken.sum()), spoken.sum()).astype(np.int64)

    def of_nobody(self) -> ChunkResult:
        """What no patients give."""
        pa = arrow()
        output = output_for(self.lowered, self.shown, 0, np.zeros(1, np.int64), self.panel)
        stays, breaches = Collected().in_order()
        return ChunkResult(
            names=pa.array([], pa.string()),
            route=np.zeros(0, np.uint8),
            until=np.zeros(0, np.int64),
            started=np.zeros(0, np.int64),
            stays=stays,
            breaches=breaches,
            states=output.states,
            days=output.days,
            panel=output.panel,
            rejected=[],
            fallback=0,
            why=np.zeros(0, np.int32),
            flags={},
            index=index_for(0, 0),
            interner=self.interner,
            records={},
            reread=_nobody,
        )


class _Fallback:
    """The patients of a chunk that the reference engine judges, and what it said of each."""

    def __init__(self, engine: Engine, named: NamedEntries) -> None:
        self.engine, self.named = engine, named
        self.judged: dict[int, JudgedPatient | Problems] = {}
        self.records: dict[int, Record] = {}

    def judge(self, patient: int) -> None:
        """Read and walk a patient's record; problems are kept where it has any."""
        try:
            self.judged[patient] = self._judged(patient)
        except Problems as problems:
            self.judged[patient] = problems

    def length_of(self, patient: int) -> int:
        """How many days a patient has; none where the record was refused."""
        judged = self.judged[patient]
        return max(judged.until - judged.started + 1, 0) if isinstance(judged, JudgedPatient) else 0

    def read(self, patient: int) -> Record:
        """The record of a patient, from the rows. Raises Problems."""
        chunk = self.named.chunk
        begin, end = int(chunk.rows.start[patient]), int(chunk.rows.start[patient + 1])
        return record_from(numbered_rows(chunk, word_lists(self.named.vocabulary), begin, end))

    def _judged(self, patient: int) -> JudgedPatient:
        chunk, engine = self.named.chunk, self.engine
        problems: list[Problem] = []
        name = chunk.patients[patient].as_py()
        fields.free_text(name, "patient", lambda place, text: problems.append(Problem(place, text)))
        if problems:
            raise Problems("the table", problems)
        record = self.records[patient] = self.read(patient)
        try:
            return judge_record(record, engine.lowered, engine.on, engine.panel, engine.asked)
        except Problems as refused:
            rows = self.rows_of(patient)
            told = [
                Problem(", ".join(filter(None, (rows, _place(record, each)))), each.what)
                for each in refused.problems
            ]
            raise Problems("the table", told) from None

    def rows_of(self, patient: int) -> str:
        """Where a patient's rows are, for people."""
        chunk = self.named.chunk
        return chunk.span(int(chunk.rows.start[patient]), int(chunk.rows.start[patient + 1]))


def _nobody(patient: int) -> Record:
    raise LookupError(patient)


def _odd(names: Any) -> Longs:
    """The patients whose names the reader may refuse: blank ones, and ones with control characters."""
    if not len(names):
        return np.empty(0, np.int64)
    letters = np.frombuffer(names.buffers()[2] or b"", np.uint8)
    ends = np.frombuffer(names.buffers()[1], np.int32, len(names) + 1, names.offset * 4)
    ours = letters[ends[0] : ends[-1]]
    if (np.diff(ends) > 0).all() and ((ours > ord(" ")) & (ours < 0x7F)).all():
        return np.empty(0, np.int64)
    odd = arrow().compute.match_substring_regex(names, r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{202e}]|^\s*$")
    return np.flatnonzero(odd.to_numpy(zero_copy_only=False))


def _place(record: Record, problem: Problem) -> str:
    """Which entry a problem is about, by its day and kind: places in a document mean nothing in a table."""
    match = re.match(r"entries\[(\d+)\]", problem.place)
    if match is None:
        return problem.place
    entry = record.entries[int(match[1])]
    return f"the {KIND_OF[type(entry)]} of day {entry.day}"
