"""Two pathways on the same cohort: who would be in another phase, from which day on, and because of what.

Both are run on each piece of the table side by side, so that nothing has to be written twice. Where only one of
the two moved a patient, the reason is what kept the gates of the other shut that day. Where no criterion tells
them apart, it is a decision, or that they begin elsewhere, or that one has no such phase.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from assuage.catalogue.message import message
from assuage.cohort.panel import ANSWERS
from assuage.cohort.run import Progress, checked_day, rows_within
from assuage.cohort.titles import DECISION, NO_SUCH_PHASE, OTHER_MOVE, OTHER_START, titles_of
from assuage.engine.many.arrays import Ints
from assuage.engine.many.blocks.prescan import EMPTY
from assuage.engine.many.engine import Engine
from assuage.engine.many.program.lower import lower
from assuage.engine.many.rows.parquet import TableReader
from assuage.engine.many.rows.table_files import check_files
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.many.walk.moves import BY_DECISION
from assuage.engine.many.walk.results import ChunkResult
from assuage.engine.walk import gates_between
from assuage.errors import InputError
from assuage.measures.criteria import Criterion
from assuage.pathways.model import Pathway, Phase
from assuage.record.arrow import arrow
from assuage.record.save import folder as made_folder
from assuage.record.save import write_file
from assuage.record.table_reader import files_of
from assuage.terms.answers import YES

OUTSIDE = 255
FIRST = 10  # patients that are named beside the counts


class Difference(NamedTuple):
    """A patient's first day in another phase: the two phases (None outside), who moved, and what kept the other."""

    patient: str
    day: int
    old: str | None
    new: str | None
    moved: str
    because: tuple[str, ...]


def compare_cohort(
    paths: Path | str | list[Path] | list[str],
    old: Pathway,
    new: Pathway,
    out: Path | str,
    *,
    on: int | None = None,
    memory: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """The counts of a comparison; every patient with another course is listed in `out`/diff.parquet.

    `because` counts patients by criterion, `instead` by the two phases of their first day apart, and `first`
    has the first patients of the list. Raises Problems for files that cannot be used, and InputError for a
    folder that is taken.
    """
    pa = arrow()
    checked_day(on)
    files = files_of(paths)
    rows = check_files(files)
    folder = Path(out)
    if (folder / "diff.parquet").exists() and not force:
        raise InputError(message("cohort.comparison-is-there", folder=folder))
    if folder.exists() and not folder.is_dir():
        raise InputError(message("cohort.name-a-folder", folder=folder))
    made_folder(folder)
    engines = [Engine(lower(pathway), on, panel=True) for pathway in (old, new)]
    vocabulary = Vocabulary()
    size = rows_within(memory, panel=True) // 2
    written = folder / "diff.new"
    counts: Counter[str] = Counter()
    instead: Counter[tuple[str | None, str | None]] = Counter()
    first: list[Difference] = []
    patients = moved = refused = done = 0
    try:
        with pa.parquet.ParquetWriter(written, _schema(), compression="zstd") as writer:
            for file in files:
                reader = TableReader(file, vocabulary, size)
                for chunk in reader.chunks():
                    before, after = (engine.run(chunk, vocabulary) for engine in engines)
                    differences = list(_differences(before, after, engines))
                    left = (before.route == EMPTY) | (after.route == EMPTY)
                    refused += int(left.sum())
                    patients += int((~left).sum())
                    moved += len(differences)
                    for difference in differences:
                        counts.update(difference.because)
                        instead[difference.old, difference.new] += 1
                    first += differences[: FIRST - len(first)]
                    writer.write_table(
                        pa.Table.from_pylist(
                            [difference._asdict() for difference in differences], schema=_schema()
                        )
                    )
                    done += chunk.rows.day.size
                    if progress:
                        progress(done, rows)
                    if vocabulary.crowded or any(engine.crowded for engine in engines):
                        reader.vocabulary = vocabulary = Vocabulary()
                        for engine in engines:
                            engine.forget()
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    written.chmod(0o600)
    os.replace(written, folder / "diff.parquet")
    summary = {
        "old": f"{old.id}@{old.version}",
        "new": f"{new.id}@{new.version}",
        "patients": patients,
        "moved": moved,
        "rejected": refused,
        "because": [{"criterion": name, "patients": n} for name, n in counts.most_common()],
        "instead": [{"old": a, "new": b, "patients": n} for (a, b), n in instead.most_common()],
        "first": [difference._asdict() for difference in first],
        "titles": titles_of(old) | titles_of(new),
    }
    write_file(folder / "diff.json", json.dumps(summary, indent=2, ensure_ascii=False), force=True)
    return summary


def _schema() -> Any:
    pa = arrow()
    word = pa.string()
    fields = {"patient": word, "day": pa.int32(), "old": word, "new": word, "moved": word}
    return pa.schema([*fields.items(), ("because", pa.list_(word))])


def _differences(old: ChunkResult, new: ChunkResult, engines: list[Engine]) -> Iterator[Difference]:
    pathways = [engine.lowered.pathway for engine in engines]
    number = {name: at for at, name in enumerate({p.id: 0 for each in pathways for p in each.phases})}
    tables = [
        np.array([*(number[p.id] for p in each.phases), *([OUTSIDE] * (256 - len(each.phases)))])
        for each in pathways
    ]
    phases = [table[result.panel.phase] for table, result in zip(tables, (old, new), strict=True)]
    same = (old.started == new.started) & (old.until == new.until)
    judged = (old.route != EMPTY) & (new.route != EMPTY)
    alike = bool(same.all())
    suspects = cast("Any", _suspects(phases, old) if alike else np.arange(old.route.size))
    for patient in suspects[judged[suspects]].tolist():
        first = int(max(old.started[patient], new.started[patient]))
        last = int(min(old.until[patient], new.until[patient]))
        rows = [
            phases[at][int(result.days[patient]) + first - int(result.started[patient]) :][: last - first + 1]
            for at, result in enumerate((old, new))
        ]
        other = np.flatnonzero(rows[0] != rows[1])
        if other.size:
            yield _difference(patient, first + int(other[0]), (old, new), engines)


def _suspects(phases: list[Ints], result: ChunkResult) -> Any:
    """The patients with a day on which the two phases are not the same."""
    unlike = np.flatnonzero(phases[0] != phases[1])
    return np.unique(np.searchsorted(result.days, unlike, side="right") - 1)


def _difference(
    patient: int, day: int, results: tuple[ChunkResult, ChunkResult], engines: list[Engine]
) -> Difference:
    """The first day of another phase, explained by the pathway that did not move."""
    at = [int(result.days[patient]) + day - int(result.started[patient]) for result in results]
    here = [_phase(result, engine, spot) for result, engine, spot in zip(results, engines, at, strict=True)]
    before: list[Phase | None] = [
        _phase(result, engine, spot - 1) if spot > int(result.days[patient]) else None
        for result, engine, spot in zip(results, engines, at, strict=True)
    ]
    moves = [_id(here[side]) != _id(before[side]) for side in (0, 1)]
    mover = 0 if moves[0] else 1
    stayed = 1 - mover
    because = _criteria_apart(before, here[mover], mover, results, engines, at)
    if not because:
        because = (_reason_apart(before, here, moves, results[mover], patient, day, engines[stayed]),)
    who = ("old", "new")[mover] if not all(moves) else "both"
    return Difference(results[0].names[patient].as_py(), day, _id(here[0]), _id(here[1]), who, because)


def _criteria_apart(
    before: list[Phase | None],
    to: Phase | None,
    mover: int,
    results: tuple[ChunkResult, ChunkResult],
    engines: list[Engine],
    at: list[int],
) -> tuple[str, ...]:
    """What kept the gates of the pathway that did not move shut, else what only the other asked; often nothing."""
    if to is None:
        return ()
    stayed = 1 - mover
    pathway = engines[stayed].lowered.pathway
    gates = gates_between(pathway, before[stayed], pathway.phase(to.id)) if pathway.knows(to.id) else ()
    criteria = dict.fromkeys(criterion for gate in gates for criterion in gate.criteria)
    kept = [
        criterion.id
        for criterion in criteria
        if _answer(criterion, results[stayed], engines[stayed], at[stayed]) is not YES
    ]
    passed = gates_between(engines[mover].lowered.pathway, before[mover], to)
    shared = {criterion.id for criterion in criteria}
    asked = [criterion.id for gate in passed for criterion in gate.criteria]
    return tuple(kept) or tuple(name for name in asked if name not in shared)


def _reason_apart(
    before: list[Phase | None],
    here: list[Phase | None],
    moves: list[bool],
    result: ChunkResult,
    patient: int,
    day: int,
    other: Engine,
) -> str:
    """Why the two are apart where no criterion says it. `result` is of the pathway that moved, `other` the other."""
    if _by_decision(result, patient, day):
        return DECISION
    if before == [None, None] and None not in here:
        return OTHER_START
    to = here[0] if moves[0] else here[1]
    if to is not None and not other.lowered.pathway.knows(to.id):
        return NO_SUCH_PHASE
    # Else a decision ended or holds the stay of one of them: gates alone leave nobody outside.
    return OTHER_MOVE if all(moves) else DECISION


def _by_decision(result: ChunkResult, patient: int, day: int) -> bool:
    """Whether a decision began the patient's stay of that day."""
    stays = result.stays
    first, last = np.searchsorted(stays.patient, [patient, patient + 1])
    return bool(np.any((stays.entered[first:last] == day) & (stays.by[first:last] == BY_DECISION)))


def _id(phase: Phase | None) -> str | None:
    return None if phase is None else phase.id


def _phase(result: ChunkResult, engine: Engine, at: int) -> Phase | None:
    number = int(result.panel.phase[at])
    return None if number == OUTSIDE else engine.lowered.pathway.phases[number]


def _answer(criterion: Criterion, result: ChunkResult, engine: Engine, at: int) -> object:
    return ANSWERS[int(result.panel.answers[engine.lowered.criteria.index(criterion), at])]
