"""One chunk of whole patients, from rows to courses: the fast way for nearly all, the long way for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrow import arrow
from assuage.engine.many.blocks.load import EMPTY, FAST, HARD, LAST_DAY, Lanes, Moments, survey
from assuage.engine.many.entries.body_maps import fold_maps
from assuage.engine.many.entries.compiled import Dictionary
from assuage.engine.many.entries.grouping import (
    MOST_ENTRIES,
    Heads,
    Words,
    group_rows,
    heads_for,
    in_order,
    name_rows,
    nothing_lately,
    sort_rows,
    text_of,
)
from assuage.engine.many.entries.hash_table import Known, find
from assuage.engine.many.jit import Bytes, Ints, Longs
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.lower import TIMES
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.columns import TEXT_AT
from assuage.engine.many.rows.parquet import Chunk, numbered
from assuage.engine.many.rows.vocabulary import Reversed, Texts, reverse, rows_at
from assuage.engine.many.walk.courses import Breaches, Output, Panel, Plan, States, run
from assuage.engine.many.walk.fallback import NO_LAST_DAY, Judged, judge, record_from
from assuage.engine.many.walk.moves import Stays
from assuage.errors import Problem, Problems
from assuage.record import fields
from assuage.record.entries import KIND_OF, Record
from assuage.terms.times import time_of_day

LANES = 64
_TIMES: Ints = np.array([TIMES.index(time_of_day(minute)) for minute in range(c.END_OF_DAY)], dtype=np.int32)


@dataclass
class Rejected:
    """A patient who could not be judged, and why."""

    patient: str
    place: str
    text: str


@dataclass
class Courses:
    """What a chunk of patients gives. Stays and breaches name patients by their number in `names`."""

    names: Any
    way: Bytes
    until: Longs
    started: Longs
    stays: Stays
    breaches: Breaches
    states: States
    days: Longs
    panel: Panel
    rejected: list[Rejected]
    long_way: int
    standing: dict[int, tuple[str, ...]]  # the red flags that nobody has cleared, by patient
    heads: Heads  # what was said, and when: good until the next chunk is run
    said: Ints
    dictionary: Dictionary
    records: dict[int, Record]  # of those who went the long way
    reread: Callable[[int], Record]  # the record of any patient, from the rows


class Named(NamedTuple):
    """The entries of a chunk's patients. `bad` marks those whose entries are numbered as cannot be."""

    chunk: Chunk
    texts: Texts
    heads: Heads
    bad: Bytes


class Engine:
    """A pathway ready to be run on chunks. `on` is the last day looked at (None: each record's own)."""

    def __init__(self, lowered: Lowered, on: int | None = None, *, panel: bool = False) -> None:
        self.lowered = lowered
        self.on = on
        self.panel = panel
        program = lowered.program
        number_of = {criterion: at for at, criterion in enumerate(lowered.criteria)}
        gated = {number_of[one] for each in lowered.gates for one in each.criteria}
        lifted = {number_of[one.until] for one in lowered.pathway.restrictions if one.until}
        watched = {number_of[one.criterion] for one in lowered.pathway.watch}
        every = range(len(lowered.criteria))
        self.shown = len(list(lowered.pathway.criteria()))  # those of the panel come first
        extra = set(range(self.shown, len(lowered.criteria)))
        self.asked = sorted(gated | lifted | watched | extra)
        self.plan = Plan(
            lanes=LANES,
            panel=panel,
            times=_TIMES,
            wanted=np.array([(panel and one < self.shown) or one in gated for one in every], dtype=np.uint8),
            asked=np.array([one in self.asked for one in every], dtype=np.uint8),
        )
        self.program = program
        self.count: Ints = np.empty(0, np.int32)
        self.room: Heads | None = None  # kept from chunk to chunk: fresh memory is slow
        self.forget()

    def forget(self) -> None:
        """Start with an empty dictionary: words and distinct entries are remembered from chunk to chunk."""
        self.dictionary = Dictionary(self.lowered)
        self.known = Known()
        self.lately = nothing_lately()

    def run(self, chunk: Chunk, texts: Texts) -> Courses:
        """The courses of a chunk's patients."""
        return self.courses(self.entries(chunk, texts))

    def entries(self, chunk: Chunk, texts: Texts) -> Named:
        """What was said, as distinct entries by number; those not met before are read here."""
        order = self._order(chunk, texts.words())
        bad = np.zeros(chunk.rows.start.size - 1, np.uint8)
        return Named(chunk, texts, self._heads(chunk, texts, order, bad), bad)

    def courses(self, named: Named) -> Courses:
        """The courses of a chunk's patients from its entries."""
        chunk, texts, heads, bad = named
        patients = bad.size
        lanes = Lanes(
            np.zeros(patients, np.uint8),
            np.zeros(patients, np.int64),
            np.zeros(patients, np.int64),
            np.zeros(patients, np.int64),
            np.zeros(patients, np.uint8),
            np.zeros(patients, np.int64),
            np.zeros(patients, np.uint8),
            np.empty(heads.said.size, np.int16),
            np.empty(heads.said.size, np.int32),
            np.zeros(patients + 1, np.int64),
        )
        claims = len(self.dictionary.claims)
        moments = Moments(np.full(claims, -1, np.int64), np.zeros(claims, np.int64), np.zeros(claims))
        on = LAST_DAY if self.on is None else self.on
        tables = self.dictionary.tables
        survey(self.program, tables, heads, on, moments, bad, lanes)
        lanes.way[_odd(chunk.patients)] = HARD
        shut, standing = self._flags(heads, lanes)
        return self._courses(chunk, texts, heads, shut, lanes, standing)

    def _order(self, chunk: Chunk, words: Words) -> Ints:
        """The order of the rows; empty where they stand in order."""
        rows = chunk.rows
        if in_order(rows, words):
            return np.empty(0, np.int32)
        order = np.arange(rows.day.size, dtype=np.int32)
        late = np.zeros(rows.start.size - 1, np.uint8)
        if sort_rows(rows, words, order, late):
            texts = (rows.what >> TEXT_AT) - 1
            for patient in np.flatnonzero(late):
                own = slice(int(rows.start[patient]), int(rows.start[patient + 1]))
                minute = np.where(rows.minute[own] < 0, c.END_OF_DAY, rows.minute[own])
                moment = rows.day[own].astype(np.int64) * 2048 + minute
                by = np.lexsort((words.number[texts[own]], words.entry[texts[own]], moment))
                order[own] = own.start + by
        return order

    def _heads(self, chunk: Chunk, texts: Texts, order: Ints, bad: Bytes) -> Heads:
        """The entries of a chunk, each with the number of its distinct entry; new ones are read and remembered."""
        rows, meant, known = chunk.rows, texts.words(), self.known
        n, patients = rows.day.size, rows.start.size - 1
        if self.room is None or self.room.row.size < n or self.room.start.size <= patients:
            self.room = heads_for(n, patients)
            self.count = np.arange(n, dtype=np.int32)
        room = self.room
        words: Reversed | None = None
        wanted = np.empty(0, np.int64)
        bits = rows.value.view(np.int64)
        alone = meant.single and not order.size
        if alone:
            heads = Heads(rows.start, self.count[:n], rows.day, rows.minute, rows.value, room.said[:n])
        else:
            named, wanted = np.full(MOST_ENTRIES, -1, np.int64), np.empty(n, np.int64)
            entries = group_rows(rows, meant, order, bits, named, bad, room, wanted)
            heads = Heads(room.start[: patients + 1], *(column[:entries] for column in room[1:]))
            wanted = wanted[:entries]
            fold_maps(rows, texts, order, heads, wanted)
        begin = 0
        while True:
            if alone:
                new, begin = name_rows(
                    *(rows, meant, bits, known.keys, known.numbers, self.lately),
                    *(begin, heads.said, known.missing),
                )
            else:
                new = find(known.keys, known.numbers, wanted, heads.said, known.missing)
            if not new:
                return heads
            words = words or reverse(texts)
            for head, key in known.missing[:new].tolist():
                last = heads.row[head + 1] if head + 1 < heads.row.size else n
                at = slice(int(heads.row[head]), int(last))
                own: Ints = order[at] if order.size else np.arange(at.start, at.stop)
                text = text_of(int(rows.what[own[0]]))
                holds: set[str] = texts.holds[texts.plain_of[text]] if text >= 0 else set()
                known.add(key, self.dictionary.add(rows_at(rows, words, own), holds))
            known.make_room()

    def _flags(self, heads: Heads, lanes: Lanes) -> tuple[Bytes, dict[int, tuple[str, ...]]]:
        """After which entries every gate is shut, and the flags that stand at the end, by patient."""
        said = heads.said
        shut = np.zeros(said.size, np.uint8)
        standing: dict[int, tuple[str, ...]] = {}
        if not self.dictionary.tables.flagging.any():
            return shut, standing
        flagging = self.dictionary.tables.flagging[said]
        raising = np.flatnonzero(flagging == 2)
        for patient in np.unique(np.searchsorted(heads.start, raising, side="right") - 1).tolist():
            if lanes.way[patient] != FAST:
                continue
            begin = int(heads.start[patient])
            own = begin + np.flatnonzero(flagging[begin : int(heads.start[patient + 1])])
            so_far: tuple[int, ...] = ()
            for head in own.tolist():
                so_far = (*so_far, int(said[head]))
                flags, shut[head] = self.dictionary.standing(so_far)
                if heads.day[head] <= lanes.until[patient]:
                    standing[patient] = flags
        return shut, {patient: flags for patient, flags in standing.items() if flags}

    def _courses(
        self,
        chunk: Chunk,
        texts: Texts,
        heads: Heads,
        shut: Bytes,
        lanes: Lanes,
        standing: dict[int, tuple[str, ...]],
    ) -> Courses:
        patients = lanes.way.size
        who = np.flatnonzero(lanes.way == FAST)
        length = np.where(lanes.way == EMPTY, 0, np.maximum(lanes.until - lanes.started + 1, 0))
        records: dict[int, Record] = {}
        hard = {
            int(one): self._long(chunk, texts, int(one), records) for one in np.flatnonzero(lanes.way == HARD)
        }
        for one, told in hard.items():
            length[one] = max(told.until - told.started + 1, 0) if isinstance(told, Judged) else 0
        days = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
        busiest = int(np.diff(heads.start).max(initial=0))
        output = self._output(patients, int(length.max(initial=0)) + busiest, days)
        stays = [Stays(*(column[:0] for column in output.stays))]
        breaches = [Breaches(*(column[:0] for column in output.breaches))]
        planes = self._planes()
        begun = 0
        while begun < who.size:
            begun, n, m = run(
                self.program,
                self.dictionary.tables,
                heads,
                shut,
                lanes,
                who,
                planes,
                self.plan,
                output,
                begun,
            )
            stays.append(Stays(*(column[:n].copy() for column in output.stays)))
            breaches.append(Breaches(*(column[:m].copy() for column in output.breaches)))
        for one in who[lanes.way[who] == HARD]:
            hard[int(one)] = self._long(chunk, texts, int(one), records)
        if hard:
            gone = np.array(sorted(hard), dtype=np.int32)
            stays = [Stays(*(column[~np.isin(each.patient, gone)] for column in each)) for each in stays]
            breaches = [Breaches(*(col[~np.isin(each.patient, gone)] for col in each)) for each in breaches]
        refused: dict[int, Sequence[Problem]] = {
            one: [Problem(self._rows(chunk, one), NO_LAST_DAY)]
            for one in np.flatnonzero(lanes.way == EMPTY).tolist()
        }
        for one, told in hard.items():
            if isinstance(told, Judged):
                lanes.started[one], lanes.until[one] = told.started, told.until
                self._written(one, told, output, stays, breaches)
                standing[one] = told.standing
            else:
                lanes.way[one] = EMPTY
                refused[one] = told.problems
        rejected = [
            Rejected(chunk.patients[one].as_py(), problem.place, problem.text)
            for one in sorted(refused)
            for problem in refused[one]
        ]
        return Courses(
            names=chunk.patients,
            way=lanes.way,
            until=lanes.until,
            started=lanes.started,
            stays=_joined(Stays, stays, bool(hard)),
            breaches=_joined(Breaches, breaches, bool(hard)),
            states=output.states,
            days=days,
            panel=output.panel,
            rejected=rejected,
            long_way=len(hard),
            standing=standing,
            heads=heads,
            said=heads.said,
            dictionary=self.dictionary,
            records=records,
            reread=lambda patient: self._record(chunk, texts, patient),
        )

    def _planes(self) -> Longs:
        """Where the day values of each source lie: those that nobody spoke of share one more, an empty one."""
        tables = self.dictionary.tables
        spoken = np.zeros(len(self.lowered.sources), bool)
        spoken[tables.source] = True
        return np.append(np.where(spoken, np.cumsum(spoken) - 1, spoken.sum()), spoken.sum()).astype(np.int64)

    def of_nobody(self) -> Courses:
        """The courses of no patients."""
        pa = arrow()
        none, nobody = np.zeros(0, np.uint8), np.zeros(0, np.int64)
        output = self._output(0, 0, np.zeros(1, np.int64))
        stays = Stays(*(column[:0] for column in output.stays))
        breaches = Breaches(*(column[:0] for column in output.breaches))
        names = pa.array([], pa.string())
        return Courses(
            names=names,
            way=none,
            until=nobody,
            started=nobody,
            stays=stays,
            breaches=breaches,
            states=output.states,
            days=output.days,
            panel=output.panel,
            rejected=[],
            long_way=0,
            standing={},
            heads=heads_for(0, 0),
            said=np.zeros(0, np.int32),
            dictionary=self.dictionary,
            records={},
            reread=_nobody,
        )

    def _output(self, patients: int, longest: int, days: Longs) -> Output:
        room = 8 * patients + LANES * (longest + 1) + 4096
        gates, criteria = len(self.lowered.gates), len(self.lowered.criteria)
        restrictions = len(self.lowered.pathway.restrictions)
        total = int(days[-1]) if self.panel else 0
        return Output(
            stays=Stays(
                *(np.zeros(room, kind) for kind in (np.int32, np.uint8, np.int32, np.int32, np.uint8))
            ),
            breaches=Breaches(
                *(
                    np.zeros(room * max(restrictions, 1), kind)
                    for kind in (np.int32, np.uint8, np.int32, np.uint8)
                )
            ),
            states=States(
                phase=np.full(patients, -1, np.int32),
                held=np.zeros(patients, np.uint8),
                gates=np.zeros((patients, gates), np.uint8),
                answers=np.zeros((patients, criteria), np.uint8),
                force=np.zeros((patients, restrictions), np.uint8),
            ),
            days=days,
            panel=Panel(np.full(total, 255, np.uint8), np.zeros((self.shown, total), np.uint8)),
        )

    def _record(self, chunk: Chunk, texts: Texts, patient: int) -> Record:
        begin, end = int(chunk.rows.start[patient]), int(chunk.rows.start[patient + 1])
        return record_from(numbered(chunk, reverse(texts), begin, end))

    def _long(
        self, chunk: Chunk, texts: Texts, patient: int, records: dict[int, Record]
    ) -> Judged | Problems:
        said: list[Problem] = []
        fields.text(
            chunk.patients[patient].as_py(), "patient", lambda at, words: said.append(Problem(at, words))
        )
        if said:
            return Problems("the table", said)
        rows = self._rows(chunk, patient)
        try:
            record = records[patient] = self._record(chunk, texts, patient)
        except Problems as problems:
            return problems
        try:
            return judge(record, self.lowered, self.on, self.panel, self.asked)
        except Problems as problems:
            return Problems(
                "the table",
                [
                    Problem(", ".join(filter(None, (rows, _place(record, p)))), p.text)
                    for p in problems.problems
                ],
            )

    def _rows(self, chunk: Chunk, patient: int) -> str:
        """Where a patient's rows are, for people."""
        return chunk.span(int(chunk.rows.start[patient]), int(chunk.rows.start[patient + 1]))

    def _written(
        self, one: int, told: Judged, output: Output, stays: list[Stays], breaches: list[Breaches]
    ) -> None:
        """Put what the reference engine said where the kernels would have put it."""
        if told.stays:
            phase, entered, left, by = (list(column) for column in zip(*told.stays, strict=True))
            who = np.full(len(phase), one, np.int32)
            stays.append(
                Stays(
                    who,
                    np.array(phase, np.uint8),
                    np.array(entered, np.int32),
                    np.array(left, np.int32),
                    np.array(by, np.uint8),
                )
            )
        if told.breaches:
            number, day, sure = (list(column) for column in zip(*told.breaches, strict=True))
            who = np.full(len(day), one, np.int32)
            breaches.append(
                Breaches(who, np.array(number, np.uint8), np.array(day, np.int32), np.array(sure, np.uint8))
            )
        states = output.states
        states.phase[one], states.held[one] = told.phase, told.held
        states.gates[one] = 0
        states.answers[one] = 0
        for gate, said in told.gates.items():
            states.gates[one, gate] = said
        for number, answer in told.answers.items():
            states.answers[one, number] = answer
        states.force[one] = told.force
        if self.panel:
            at = int(output.days[one])
            for offset, (number, answers) in enumerate(told.days):
                output.panel.phase[at + offset] = number
                output.panel.answers[:, at + offset] = answers[: self.shown]


def _nobody(patient: int) -> Record:
    raise LookupError(patient)


def _odd(names: Any) -> Longs:
    """The patients whose names the reader may refuse: blank ones, and ones with control characters."""
    if not len(names):
        return np.empty(0, np.int64)
    letters = np.frombuffer(names.buffers()[2] or b"", np.uint8)
    ends = np.frombuffer(names.buffers()[1], np.int32, len(names) + 1, names.offset * 4)
    own = letters[ends[0] : ends[-1]]
    if (np.diff(ends) > 0).all() and ((own > ord(" ")) & (own < 0x7F)).all():
        return np.empty(0, np.int64)
    odd = arrow().compute.match_substring_regex(names, r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|^\s*$")
    return np.flatnonzero(odd.to_numpy(zero_copy_only=False))


def _place(record: Record, problem: Problem) -> str:
    """Which entry a problem is about, by its day and kind: places in a document mean nothing in a table."""
    match = re.match(r"entries\[(\d+)\]", problem.place)
    if match is None:
        return problem.place
    entry = record.entries[int(match[1])]
    return f"the {KIND_OF[type(entry)]} of day {entry.day}"


def _joined(kind: Any, parts: list[Any], sort: bool) -> Any:
    """Parts laid end to end, in the order of the patients."""
    columns = [np.concatenate([part[at] for part in parts]) for at in range(len(kind._fields))]
    if sort:
        by = np.argsort(columns[0], kind="stable")
        columns = [column[by] for column in columns]
    return kind(*columns)
