"""Both engines on the same records: what the cohort engine says of a table, and what the reference engine says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from assuage.cohort import review_cohort
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.told_flags import FlagsAfter
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import TableReader
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.many.walk.fallback import JudgedPatient, judge_record
from assuage.engine.many.walk.results import ChunkResult
from assuage.errors import Problems
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.review.make import review
from assuage.safety.active_flags import active_flags, cleared_flags


def courses(path: Path, engine: Engine) -> list[ChunkResult]:
    """What the cohort engine says of a file."""
    vocabulary = Vocabulary()
    return [engine.run(chunk, vocabulary) for chunk in TableReader(path, vocabulary, 1000).chunks()]


def judged(found: ChunkResult, at: int, engine: Engine) -> JudgedPatient:
    """One patient of the cohort engine's output, as a value that can be compared."""
    stays = np.flatnonzero(found.stays.patient == at)
    breaches = np.flatnonzero(found.breaches.patient == at)
    days = slice(int(found.days[at]), int(found.days[at + 1]))
    begun = found.started[at] <= found.until[at]
    gates = {number: int(said) for number, said in enumerate(found.states.gates[at]) if said}
    panel = zip(found.panel.phase[days], found.panel.answers[:, days].T, strict=True)
    return JudgedPatient(
        stays=[tuple(int(column[one]) for column in found.stays[1:]) for one in stays],
        breaches=[tuple(int(column[one]) for column in found.breaches[1:]) for one in breaches],
        started=int(found.started[at]),
        until=int(found.until[at]),
        phase=int(found.states.phase[at]),
        holds=int(found.states.holds[at]),
        gates=gates,
        answers={number: int(found.states.answers[at, number]) for number in engine.asked} if begun else {},
        in_force=[int(one) for one in found.states.in_force[at]],
        days=[(int(phase), [int(one) for one in answers]) for phase, answers in panel],
    )


def assert_agreement(
    pathway: Pathway, records: Sequence[Record], on: int | None = None
) -> ChunkResult | None:
    """Write the records to a table, run both engines, and compare everything that is said of every day."""
    lowered: Lowered = lower(pathway)
    engine = Engine(lowered, on, panel=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.parquet"
        to_frame(records).write_parquet(path)
        expected = {record.patient.id: record for record in read_table(path)}
        if sum(len(record.entries) for record in records) % 2:
            # An empty word is none: said so in place of null, it must make no difference.
            words = pl.col("code", "site", "text").cast(pl.String).fill_null("")
            pl.read_parquet(path).with_columns(words).write_parquet(path)
        found = courses(path, engine)
    seen: list[str] = []
    for part in found:
        refused = {one.patient for one in part.rejected}
        for at, name in enumerate(part.names.to_pylist()):
            seen.append(name)
            try:
                told = judge_record(expected[name], lowered, on, True, engine.asked)
            except Problems:
                assert name in refused
                continue
            assert name not in refused
            got = judged(part, at, engine)
            if not told.days:
                assert (got.stays, got.days, got.phase) == ([], [], -1)
                continue
            assert got == told
            if at not in part.records:
                _assert_same_flags(part.flags.get(at, FlagsAfter()), Timeline(expected[name]), got.until)
    assert seen == sorted(expected)
    return found[0] if found else None


def _assert_same_flags(after: FlagsAfter, timeline: Timeline, day: int) -> None:
    """The flags of a patient whom the kernels judged are those of the whole record."""
    active = active_flags(timeline, day)
    assert after.active == tuple(each.flag.id for each in active)
    assert after.cleared == cleared_flags(timeline, day)
    assert after.shut == any(each.shuts_gates for each in active)


def one_each(drawn: Iterable[Record | None]) -> list[Record]:
    """The records that could be read, one a patient, in the order of a table."""
    named = {record.patient.id: record for record in drawn if record is not None}
    return [named[name] for name in sorted(named)]


def assert_same_alerts(pathway: Pathway, records: Sequence[Record], on: int) -> None:
    """The alerts of a cohort are those of a review of each record."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_frame(records).write_parquet(folder / "in.parquet")
        review_cohort(folder / "in.parquet", pathway, folder / "out", on=on)
        cohort = pl.read_parquet(folder / "out" / "state.parquet")["alerts"].to_list()
    alone = [sorted({alert.id for alert in review(record, pathway, on).alerts}) for record in records]
    assert cohort == alone
