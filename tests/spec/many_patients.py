"""The cohort engine as a specification asks it: one record, through a table and a file, in a block of its own."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.answers.every_day import buffer_size, fill
from assuage.engine.many.answers.one_day_measures import value
from assuage.engine.many.answers.one_day_questions import answer_on
from assuage.engine.many.arrays import bytes_of
from assuage.engine.many.blocks.block import Block, BlockPart, Moment, Slot, first_day
from assuage.engine.many.blocks.load import load_block
from assuage.engine.many.blocks.prescan import FAST, no_claims, prescan_for, scan
from assuage.engine.many.engine import Engine
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.layout import ProgramTable, table_item
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk, TableReader
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.many.walk.results import ChunkResult
from assuage.measures.criteria import Criterion
from assuage.measures.nodes import AnyMeasure, AnyTest, Measure
from assuage.pathways.model import Pathway, Phase, Watch
from assuage.record.entries import Record
from assuage.record.table import to_frame
from assuage.terms.publications import CASE
from assuage.terms.sources import OURS
from tests.spec.engines import UNKNOWN, InForce, OnePatient, Refusal, Stay, shown

NAMES = {c.UNKNOWN: "unknown", c.YES: "yes", c.NO: "no"}


class ManyPatients:
    """The cohort engine; `fell_back` is whether it left any record it was asked about to the fallback."""

    def __init__(self) -> None:
        self.fell_back = False

    def says(
        self, record: Record, asked: Any, on_day: int, *, entered: int | None = 0, started: int = 0
    ) -> object:
        lowered = _lowered(asked)
        block = self._block(lowered, record, on_day, started)
        if block is None:
            return OnePatient().says(record, asked, on_day, entered=entered, started=started)
        moment = Moment(slot=Slot(0), day=on_day, entered=c.NO_DAY if entered is None else entered)
        if isinstance(asked, Measure):
            known, low, high = value(lowered.program, block, 0, moment)
            return shown(low, high) if known else UNKNOWN
        answer = NAMES[answer_on(lowered.program, block, 0, moment)]
        if not table_item(lowered.program, ProgramTable.DEPENDS, 0):
            assert _of_every_day(lowered, block, on_day) == answer
        return answer

    def stays(self, pathway: Pathway, record: Record, until: int) -> list[Stay]:
        found = self._run(pathway, record, until)
        return [
            (pathway.phases[phase].id, int(entered), ("gate", "decision")[by])
            for phase, entered, by in zip(found.stays.phase, found.stays.entered, found.stays.by, strict=True)
        ]

    def refuses(self, pathway: Pathway, record: Record, until: int) -> list[Refusal]:
        rejected = self._run(pathway, record, until).rejected
        places = [re.search(r"of day (-?\d+)", refused.place) for refused in rejected]
        days = [int(place[1]) if place else None for place in places]
        return list(map(Refusal, days, [refused.text for refused in rejected]))

    def restriction(self, pathway: Pathway, record: Record, on: int) -> InForce:
        found = self._run(pathway, record, on)
        breaches = zip(found.breaches.day, found.breaches.sure, strict=True)
        return InForce(bool(found.states.in_force[0, 0]), [(int(day), bool(sure)) for day, sure in breaches])

    def _run(self, pathway: Pathway, record: Record, on: int) -> ChunkResult:
        vocabulary = Vocabulary()
        found = Engine(lower(pathway), on).run(_chunk(record, vocabulary), vocabulary)
        self.fell_back |= found.fallback > 0
        return found

    def _block(self, lowered: Lowered, record: Record, on: int, started: int) -> Block | None:
        """The record alone in a block that ends on a day; None where it is left to the fallback."""
        engine, vocabulary = Engine(lowered, on), Vocabulary()
        named = engine.named_entries(_chunk(record, vocabulary), vocabulary)
        prescan = prescan_for(1, named.entries.which.size)
        claims, table = no_claims(len(engine.interner.claims)), engine.interner.table
        scan(lowered.program, table, named.entries, on, claims, named.misnumbered, prescan)
        if prescan.route[0] != FAST:
            self.fell_back = True
            return None
        prescan.started[0] = started
        return load_block(
            lowered.program,
            table,
            named.entries,
            np.zeros(named.entries.which.size, np.uint8),
            prescan,
            np.zeros(1, np.int64),
            engine.settings.times,
            engine.source_offsets(),
            np.empty(0, np.int64),
            np.empty(0, np.float64),
        )


def _lowered(asked: AnyMeasure | AnyTest) -> Lowered:
    """A program with one criterion, which asks this."""
    test: Any = asked.known if isinstance(asked, Measure) else asked
    criterion = Criterion("asked", "Asked", test, because="An example.", source=CASE, numbers=OURS)
    phase = Phase("here", "Here", "An example.")
    return lower(Pathway("p", 1, "P", "An example.", (phase,), (), (Watch(criterion, "An example."),)))


def _chunk(record: Record, vocabulary: Vocabulary) -> Chunk:
    """The record as it comes out of a table's file. One note stands in for a record that says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        to_frame([record]).write_parquet(path)
        (chunk,) = TableReader(path, vocabulary, 1000).chunks()
        return chunk


def _of_every_day(lowered: Lowered, block: Block, day: int) -> str:
    """The same answer as the kernels give it that answer every day of a block at once."""
    out = np.zeros((1, int(block.numbers[BlockPart.DAYS]), 1), np.uint8)
    buffer = np.empty(buffer_size(lowered.program, block), np.uint8)
    fill(lowered.program, block, bytes_of([1]), buffer, out)
    return NAMES[int(out[0, day - first_day(block), 0])]
