"""The patients of a chunk, block by block: loaded, asked, walked, and written down."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assuage.engine.many.answers.every_day import buffer_size, fill
from assuage.engine.many.arrays import Bytes, Ints, Longs
from assuage.engine.many.blocks.block import BlockPart
from assuage.engine.many.blocks.load import grow, load_block, reuse_buffer
from assuage.engine.many.blocks.prescan import FALLBACK, Prescan
from assuage.engine.many.entries.entry_table import EntryTable, FallbackReason
from assuage.engine.many.entries.grouping import EntryIndex
from assuage.engine.many.jit import kernel, long
from assuage.engine.many.program.layout import Program, Size, size_of
from assuage.engine.many.walk.moves import walk_block
from assuage.engine.many.walk.outcomes import ChunkOutput, fill_panel, fill_states, find_breaches


class RunSettings(NamedTuple):
    """How a chunk is worked through, and which criteria are answered: for every day, and on the last one."""

    slots: int  # patients of a block
    panel: bool
    times: Ints  # minute: the time of day it belongs to
    wanted: Bytes
    asked: Bytes


@kernel
def run_blocks(
    program: Program,
    table: EntryTable,
    index: EntryIndex,
    shut: Bytes,
    prescan: Prescan,
    who: Longs,
    source_offsets: Longs,
    settings: RunSettings,
    out: ChunkOutput,
    begun: int,
) -> tuple[int, int, int]:
    """The patients `who` from number `begun` on, block by block, while there is room for what they give.

    Gives the number of the next patient, of stays and of breaches. Memory is taken once and grows with the blocks:
    to ask for it again and again is slow.
    """
    # Numbers of the array library: a bare 0 would have what follows compiled twice, once for it alone.
    stays = breaches = long(0)
    first = begun
    numbers, values = np.empty(0, np.int64), np.empty(0, np.float64)
    answers_buffer, fill_buffer = np.empty(0, np.uint8), np.empty(0, np.uint8)
    criteria = size_of(program, Size.CRITERIA)
    while begun < who.size:
        patients = who[begun : min(begun + settings.slots, who.size)]
        most = 0
        for patient in patients:
            most += max(prescan.until[patient] - prescan.started[patient], 0) + 1
            most += index.start[patient + 1] - index.start[patient]
        # There is always room for what one block can need.
        if begun > first and max(stays, breaches) + most > out.stays.patient.size:
            break
        block = load_block(
            program,
            table,
            index,
            shut,
            prescan,
            patients,
            settings.times,
            source_offsets,
            numbers,
            values,
        )
        numbers, values = grow(numbers, block.numbers), grow(values, block.values)
        rows, n = block.numbers[BlockPart.DAYS], patients.size
        flat = reuse_buffer(answers_buffer, criteria * rows * n)
        buffer = reuse_buffer(fill_buffer, buffer_size(program, block))
        answers_buffer, fill_buffer = grow(answers_buffer, flat), grow(fill_buffer, buffer)
        answers = flat.reshape(criteria, rows, n)
        fill(program, block, settings.wanted, buffer, answers)
        changes = np.empty((n, 3 * rows + 4), np.int64)
        changes[:, 0] = 0
        holds, given_up = np.zeros(n, np.uint8), np.zeros(n, np.uint8)
        before = stays
        stays = walk_block(program, block, answers, changes, holds, out.stays, stays, given_up)
        for at in range(before, stays):
            out.stays.patient[at] = patients[out.stays.patient[at]]
        breaches = find_breaches(program, block, changes, out.breaches, breaches, patients)
        fill_states(
            program,
            block,
            answers,
            changes,
            holds,
            settings.wanted,
            settings.asked,
            patients,
            out.states,
        )
        if settings.panel:
            fill_panel(program, block, changes, answers, patients, out.days, out.panel)
        for slot in range(n):
            if given_up[slot]:
                prescan.route[patients[slot]] = FALLBACK
                prescan.why[patients[slot]] = FallbackReason.WALK
        begun += settings.slots
    return begun, stays, breaches
