"""A whole cohort through a pathway: piece by piece, in bounded memory, on several cores, interruptible and resumable.

Every piece is written beside the output and moved into place when it is whole. A run that was killed leaves no
half-written file, and the next one does what no piece covers yet, if input, pathway and question are still the same.
The tables are put together in the end, the same bytes however the work was divided.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from assuage.catalogue.message import message
from assuage.cohort.in_place import CHECKPOINT, leave_no_update, put_in_place
from assuage.cohort.kept_rows import keep_table
from assuage.cohort.pieces import (
    CohortQuestion,
    RunCounts,
    Task,
    left_to_do,
    output_tables,
    pieces_in,
    review_stretch,
    written_question,
)
from assuage.cohort.repeated import no_rows
from assuage.cohort.splicing import group_writer
from assuage.cohort.tables import PANEL, ChunkQuestions, chunk_tables
from assuage.cohort.titles import titles_of
from assuage.cohort.workers import review_in_processes, review_with
from assuage.engine.many.engine import Engine
from assuage.engine.many.program.code_version import code_version
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.stretches import RowPosition, RowStretch, cut, end_of_files
from assuage.engine.many.rows.table_files import FileAbout, checked_files, fingerprint
from assuage.errors import InputError, Problems, SurroundingsError
from assuage.pathways.model import Pathway
from assuage.record.arrow import arrow
from assuage.record.fields import FURTHEST_DAY
from assuage.record.save import folder as made_folder
from assuage.record.table_reader import files_of
from assuage.review.diagnosis import shown_criteria

FORMAT = "assuage-cohort/1"
_FIXED = 500 << 20  # what the program itself and its libraries need
_A_ROW = 700  # bytes that a row of the table needs while it is worked on, output included
MOST_ROWS = 5 << 16  # more than this leaves the cache and gains nothing
_A_PIECE = 4  # times as many rows are written together: a piece has its price, however small
_FEWEST_ROWS = 20_000
_UNSAID = ("parts", "manifest.new")  # what a run leaves that was stopped before it said what it is

_TASKS_A_WORKER = 2  # a worker takes a second to begin, as long as one or two stretches take
_ROWS_A_GROUP = 200_000
_PATIENTS_A_GROUP = 10_000  # of the table of every day

Progress = Callable[[int, int], None]


def a_quarter() -> int:
    """A quarter of the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4


def rows_within(memory: int | None, *, panel: bool) -> int:
    """How many rows at a time stay within some bytes of memory (None: a quarter of the machine's)."""
    limit = a_quarter() if memory is None else memory
    return min(MOST_ROWS, max(_FEWEST_ROWS, (limit - _FIXED) // (_A_ROW + 30 * panel)))


def rows_apart() -> int:
    """How many rows are worth another worker's while."""
    return _A_PIECE * MOST_ROWS


def checked_day(on: int | None) -> None:
    """Raises InputError for a day that no record reaches."""
    if on is not None and abs(on) > FURTHEST_DAY:
        raise InputError(message("cohort.day-too-far", day=on))


def review_cohort(
    paths: Path | str | list[Path] | list[str],
    pathway: Pathway,
    out: Path | str,
    *,
    on: int | None = None,
    panel: bool = False,
    checkpoint: bool = False,
    memory: int | None = None,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> RunCounts:
    """Where every patient of a cohort stands, written to the folder `out`; what was done.

    `on` is the last day looked at (None: each record's own last day), `memory` the bytes to stay below in all
    (None: a quarter of the machine's). A large table is divided among so many `workers`, processes of this machine, or
    given to an `executor` of `concurrent.futures` whose workers see `paths` and `out` as this process does; the output
    is the same, byte for byte. A `checkpoint` keeps the rows beside the output, so that `update_cohort` can take in new
    ones. `progress` gets rows done and rows in all. Raises Problems for files that cannot be
    used, InputError for a folder that holds something else, and SurroundingsError where workers are killed again and
    again. A script that asks for several workers runs them under `if __name__ == "__main__":`, as every one that
    starts processes.
    """
    checked_day(on)
    if workers < 1:
        raise InputError(message("cohort.no-workers", workers=workers))
    files = files_of(paths)
    abouts = checked_files(files)
    lowered = lower(pathway)
    key = key_of(files, lowered, on, panel)
    run = Run(Path(out), key, files, lowered, on, panel, force)
    if run.manifest["done"]:
        if checkpoint and not run.manifest["checkpoint"]:
            run.say(checkpoint=run.keep_rows())
        return run.outcome
    told = progress or told_nobody
    try:
        if executor is not None:
            run.work_with(executor, abouts, rows_within(memory, panel=panel), told)
        else:
            run.work(abouts, memory, workers, told)
    except Problems:
        run.leave_nothing_of_nothing()
        raise
    folders = run.counted_pieces()
    if checkpoint:
        run.manifest["checkpoint"] = run.keep_rows()
    run.finish(folders)
    return run.outcome


def told_nobody(done: int, of: int) -> None:
    """Progress that nobody asked for."""


def key_of(files: list[Path], lowered: Lowered, on: int | None, panel: bool) -> str:
    """What must be the same for a run to go on: the question, and the input."""
    return hashlib.sha256((review_question(lowered, on, panel) + fingerprint(files)).encode()).hexdigest()


def review_question(lowered: Lowered, on: int | None, panel: bool) -> str:
    """What must be the same for an output to go on: program, its texts, the pathway to its bounds, what is asked."""
    pathway = lowered.pathway
    names = [*(criterion.id for criterion in lowered.criteria), *(gate.id for gate in lowered.gates)]
    names += [criteria.id for criteria in shown_criteria(pathway)]
    about = (
        f"{FORMAT} {pathway.id}@{pathway.version} {on} {panel} {names} {lowered.sources} {lowered.streams}"
    )
    seen = hashlib.sha256(about.encode())
    seen.update(lowered.program.numbers.tobytes())
    seen.update(code_version().encode())
    seen.update(_texts_version().encode())
    return seen.hexdigest()


@cache
def _texts_version() -> str:
    """What changes when the sentences of the output or the index of drugs change."""
    package = Path(__file__).parents[1]
    seen = hashlib.sha256()
    for file in sorted((*package.rglob("*.mo"), *package.rglob("*.tsv"))):
        seen.update(file.read_bytes())
    return seen.hexdigest()


class Run:
    """The folder of a run: its manifest, its pieces, and the tables made of them in the end."""

    rows = rows_done = 0
    progress: Progress
    abouts: list[FileAbout]
    asked: tuple[Path, str]

    def __init__(
        self,
        out: Path,
        key: str,
        files: list[Path],
        lowered: Lowered,
        on: int | None,
        panel: bool,
        force: bool = False,
    ) -> None:
        self.out, self.files, self.lowered = out, files, lowered
        self.on, self.panel = on, panel
        self.parts = out / "parts"
        self.file = out / "manifest.json"
        self.outcome = RunCounts()
        self.manifest = self._begun(key, force)

    def _begun(self, key: str, force: bool) -> dict[str, Any]:
        """The manifest of this very run, begun before or begun now; with `force` in the place of another run's."""
        put_in_place(self.out)
        if self.file.exists():
            try:
                manifest: dict[str, Any] = json.loads(self.file.read_text())
                same = manifest["format"] == FORMAT and manifest["key"] == key
            except (ValueError, KeyError, TypeError):
                same = False
                manifest = {}
            if not same and not force:
                raise InputError(message("cohort.output-of-another", folder=self.out))
            if same:
                self.outcome = replace(RunCounts(**manifest["outcome"]), resumed=True)
                return manifest
            self.file.unlink()
            shutil.rmtree(self.parts, ignore_errors=True)
            leave_no_update(self.out)
        elif self.out.exists() and (
            not self.out.is_dir() or any(file.name not in _UNSAID for file in self.out.iterdir())
        ):
            raise InputError(message("cohort.folder-not-empty", folder=self.out))
        made_folder(self.out)
        shutil.rmtree(self.parts, ignore_errors=True)  # of a run that did not say what it is
        pathway = self.lowered.pathway
        return {
            "format": FORMAT,
            "key": key,
            "question": review_question(self.lowered, self.on, self.panel),
            "checkpoint": [],
            "pathway": {"id": pathway.id, "version": pathway.version, "title": pathway.title},
            "phases": [{"id": phase.id, "title": phase.title} for phase in pathway.phases],
            "gates": gates_of(pathway),
            "titles": titles_of(pathway),
            "on": self.on,
            "panel": self.panel,
            "done": False,
            "outcome": asdict(self.outcome),
        }

    def work(self, abouts: list[FileAbout], memory: int | None, workers: int, progress: Progress) -> None:
        """Do what is left, in this process, or in several where there is enough for each."""
        self._start(abouts, progress)
        if workers > 1:
            workers = min(workers, len(self._stretches(rows_apart())) // _TASKS_A_WORKER)
        if workers > 1:
            size = rows_within((a_quarter() if memory is None else memory) // workers, panel=self.panel)
            review_in_processes(workers, lambda: self._tasks(size, rows_apart()), self._done)
            return
        for task in self._tasks(rows_within(memory, panel=self.panel), None):
            review_stretch(task, self._done)

    def work_with(self, executor: Executor, abouts: list[FileAbout], size: int, progress: Progress) -> None:
        """Have what is left done by whoever takes tasks."""
        self._start(abouts, progress)
        review_with(executor, self._tasks(size, rows_apart()), self._done)

    def work_together(
        self,
        review: Callable[[Sequence[Task]], bool],
        abouts: list[FileAbout],
        size: int,
        apart: int,
        progress: Progress,
    ) -> bool:
        """Have what is left done, `apart` rows a task, by whoever takes all tasks at once; whether they were done.

        Raises SurroundingsError where they are said to be and are not.
        """
        self._start(abouts, progress)
        if not review(self._tasks(size, apart)):
            return False
        if self._tasks(size, apart):
            raise SurroundingsError(message("cohort.pieces-missing", folder=self.parts))
        return True

    def _start(self, abouts: list[FileAbout], progress: Progress) -> None:
        """Say what run this is, and write down what every task asks."""
        self.say()
        self.abouts, self.progress = abouts, progress
        self.asked = written_question(
            CohortQuestion(self.lowered, self.on, self.panel, tuple(abouts)), self.parts
        )
        self.rows = sum(about.rows for about in abouts)
        self.rows_done = sum(piece.counts.rows for piece in pieces_in(self.parts))
        self._done(0)

    def _done(self, rows: int) -> None:
        self.rows_done += rows
        self.progress(self.rows_done, self.rows)

    def _tasks(self, size: int, apart: int | None) -> list[Task]:
        """What is still to be done, by so many rows at a time."""
        return [Task(*self.asked, stretch, size, _A_PIECE * size) for stretch in self._stretches(apart)]

    def _stretches(self, apart: int | None) -> list[RowStretch]:
        """The stretches that are left; where they are done apart, of so many rows or more each."""
        whole = RowStretch(RowPosition(0, 0), end_of_files(self.abouts))
        left = left_to_do(list(pieces_in(self.parts)), whole)
        if apart is None:
            return list(left)
        return [part for stretch in left for part in cut(self.abouts, stretch, apart)]

    def say(self, **changes: Any) -> None:
        """Write down what run this is, and whether it is done."""
        self.manifest |= changes
        new = self.file.with_suffix(".new")
        with new.open("w") as stream:
            # At once: written piece by piece it takes longer than the work.
            stream.write(json.dumps(self.manifest))
            stream.flush()
            os.fsync(stream.fileno())
        new.chmod(0o600)
        new.rename(self.file)

    def keep_rows(self) -> list[dict[str, Any]]:
        """The tables of which every row was kept beside the output."""
        folder = self.out / CHECKPOINT
        shutil.rmtree(folder, ignore_errors=True)
        made_folder(folder)
        return [keep_table(file, folder, number)._asdict() for number, file in enumerate(self.files)]

    def leave_nothing_of_nothing(self) -> None:
        """Clear away what says that a run was begun, where no piece of it is there."""
        if not any(pieces_in(self.parts)):
            shutil.rmtree(self.parts, ignore_errors=True)
            self.file.unlink(missing_ok=True)

    def counted_pieces(self) -> list[Path]:
        """The folders of all pieces in the order of their rows, with what was done in them added to the outcome."""
        pieces = list(pieces_in(self.parts))
        for piece in pieces:
            self.outcome.add(piece.counts)
        return [piece.folder for piece in pieces]

    def finish(self, folders: Sequence[Path]) -> None:
        """Put the pieces together in their order, table by table, and clear them away."""
        of_nobody: dict[str, Any] = {}
        for name in output_tables(self.panel):
            new = self.out / f"{name}.new"
            files = [file for folder in folders if (file := folder / f"{name}.parquet").exists()]
            if files:
                write_together(files, new, rows_a_group(name))
            else:
                of_nobody = of_nobody or self._of_nobody()
                piece = self.parts / f"{name}.parquet"
                arrow().parquet.write_table(of_nobody[name], piece, compression="zstd")
                write_together([piece], new, rows_a_group(name))
            new.chmod(0o600)
            new.rename(self.out / f"{name}.parquet")
        self.say(done=True, outcome=asdict(self.outcome))
        shutil.rmtree(self.parts, ignore_errors=True)

    def _of_nobody(self) -> dict[str, Any]:
        """The tables of no patients."""
        nobody = Engine(self.lowered, 0, panel=self.panel).of_nobody()
        return chunk_tables(nobody, self.lowered, self.panel, ChunkQuestions(self.lowered), no_rows())


def rows_a_group(table: str) -> int:
    """How many rows of a table of the output are in a group."""
    return _PATIENTS_A_GROUP if table == PANEL else _ROWS_A_GROUP


def write_together(files: Sequence[Path], out: Path, rows: int) -> None:
    """Nothing comes back; `out` has the rows of these files in groups of `rows`, wherever the files end."""
    pa = arrow()
    with group_writer(out, pa.parquet.read_schema(files[0]), rows) as writer:
        for file in files:
            writer.add(pa.parquet.read_table(file))


def gates_of(pathway: Pathway) -> list[dict[str, Any]]:
    """Which gates lead from where to where, with the ids of their criteria; None stands for outside."""
    gates: list[dict[str, Any]] = []
    before: str | None = None
    for number, phase in enumerate(pathway.phases):
        after = pathway.phases[number + 1].id if number + 1 < len(pathway.phases) else None
        asked = [(phase.enter, before, phase.id), (phase.leave, phase.id, after)]
        asked += [(back.gate, phase.id, back.to.id) for back in phase.fall_back]
        for gate, start, to in asked:
            if gate:
                criteria = [criterion.id for criterion in gate.criteria]
                gates.append(
                    {"id": gate.id, "title": gate.title, "from": start, "to": to, "criteria": criteria}
                )
        before = phase.id
    return gates
