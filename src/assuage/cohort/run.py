"""A whole cohort through a pathway: piece by piece, in bounded memory, interruptible and resumable.

Every piece is written beside the output and moved into place when it is whole; the manifest then says how far
the work has come. A run that was killed leaves no half-written file, and the next one goes on behind the last
piece, if input, pathway and question are still the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from assuage.cohort.repeated import no_rows, repeated
from assuage.cohort.tables import PANEL, TABLES, ChunkQuestions, chunk_tables
from assuage.cohort.titles import titles_of
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.entry_table import FallbackReason
from assuage.engine.many.program.code_version import code_version
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.small_files import FilesReader
from assuage.engine.many.rows.table_files import FileAbout, checked_files, fingerprint
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.many.walk.results import ChunkResult
from assuage.errors import InputError
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
_UNSAID = ("parts", "manifest.new")  # what a run leaves that was stopped before its first piece was whole

Progress = Callable[[int, int], None]


@dataclass
class RunCounts:
    """What a run did: how many patients, how many were refused or went to the fallback, how many rows were repeated.

    `reasons` are those for the fallback, each with how many patients it sent there; one may have several.
    """

    patients: int = 0
    rejected: int = 0
    fallback: int = 0
    rows: int = 0
    repeated: int = 0
    resumed: bool = False
    reasons: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, other: RunCounts) -> None:
        """Count what another piece of the work did."""
        self.patients += other.patients
        self.rejected += other.rejected
        self.fallback += other.fallback
        self.rows += other.rows
        self.repeated += other.repeated
        for reason, patients in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + patients


def a_quarter() -> int:
    """A quarter of the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4


def rows_within(memory: int | None, *, panel: bool) -> int:
    """How many rows at a time stay within some bytes of memory (None: a quarter of the machine's)."""
    limit = a_quarter() if memory is None else memory
    return min(MOST_ROWS, max(_FEWEST_ROWS, (limit - _FIXED) // (_A_ROW + 30 * panel)))


def checked_day(on: int | None) -> None:
    """Raises InputError for a day that no record reaches."""
    if on is not None and abs(on) > FURTHEST_DAY:
        raise InputError(
            f"Day {on} is more than a hundred years from day 0; give a day nearer to the records."
        )


def review_cohort(
    paths: Path | str | list[Path] | list[str],
    pathway: Pathway,
    out: Path | str,
    *,
    on: int | None = None,
    panel: bool = False,
    memory: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> RunCounts:
    """Where every patient of a cohort stands, written to the folder `out`; what was done.

    `on` is the last day looked at (None: each record's own last day), `memory` the bytes to stay below
    (None: a quarter of the machine's). `progress` gets rows done and rows in all. Raises Problems for
    files that cannot be used, and InputError for a folder that holds something else.
    """
    checked_day(on)
    files = files_of(paths)
    abouts = checked_files(files)
    lowered = lower(pathway)
    key = key_of(files, lowered, on, panel)
    run = Run(Path(out), key, files, lowered, on, panel, force)
    if run.manifest["done"]:
        return run.outcome
    run.work(abouts, rows_within(memory, panel=panel), progress or (lambda done, of: None))
    run.finish()
    return run.outcome


def key_of(files: list[Path], lowered: Lowered, on: int | None, panel: bool) -> str:
    """What must be the same for a run to go on: program, input, the pathway down to its bounds, and the question."""
    pathway = lowered.pathway
    names = [*(criterion.id for criterion in lowered.criteria), *(gate.id for gate in lowered.gates)]
    names += [criteria.id for criteria in shown_criteria(pathway)]
    about = (
        f"{FORMAT} {pathway.id}@{pathway.version} {on} {panel} {names} {lowered.sources} {lowered.streams}"
    )
    seen = hashlib.sha256(about.encode())
    seen.update(lowered.program.numbers.tobytes())
    seen.update(fingerprint(files).encode())
    seen.update(code_version().encode())
    return seen.hexdigest()


class Run:
    """The folder of a run: its manifest, its pieces, and the tables made of them in the end."""

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
        self.asked = ChunkQuestions(lowered)
        self.parts = out / "parts"
        self.names = (*TABLES, PANEL) if panel else TABLES
        self.file = out / "manifest.json"
        self.outcome = RunCounts()
        self.manifest = self._begun(key, force)

    def _begun(self, key: str, force: bool) -> dict[str, Any]:
        """The manifest of this very run, begun before or begun now; with `force` in the place of another run's."""
        if self.file.exists():
            try:
                manifest: dict[str, Any] = json.loads(self.file.read_text())
                same = manifest["format"] == FORMAT and manifest["key"] == key
            except (ValueError, KeyError, TypeError):
                same = False
                manifest = {}
            if not same and not force:
                raise InputError(
                    f"{self.out} holds the output of another run (other records, pathway, question or program); "
                    "give another folder, or write over it: --force"
                )
            if same:
                self.outcome = replace(RunCounts(**manifest["outcome"]), resumed=True)
                return manifest
            self.file.unlink()
            shutil.rmtree(self.parts, ignore_errors=True)
        elif self.out.exists() and (
            not self.out.is_dir() or any(file.name not in _UNSAID for file in self.out.iterdir())
        ):
            raise InputError(
                f"{self.out} is not empty, and no output of a cohort review; give another folder"
            )
        made_folder(self.out)
        pathway = self.lowered.pathway
        return {
            "format": FORMAT,
            "key": key,
            "pathway": {"id": pathway.id, "version": pathway.version, "title": pathway.title},
            "phases": [{"id": phase.id, "title": phase.title} for phase in pathway.phases],
            "gates": gates_of(pathway),
            "titles": titles_of(pathway),
            "on": self.on,
            "panel": self.panel,
            "parts": 0,
            "file": 0,
            "row": 0,
            "done": False,
            "outcome": asdict(self.outcome),
        }

    def work(self, abouts: list[FileAbout], size: int, progress: Progress) -> None:
        engine = Engine(self.lowered, self.on, panel=self.panel)
        waiting: list[dict[str, Any]] = []
        counted, upto = RunCounts(), (int(self.manifest["file"]), int(self.manifest["row"]))
        begins: list[int] = [0, *accumulate(about.rows for about in abouts)]
        progress(begins[upto[0]] + upto[1], begins[-1])
        reader = FilesReader(abouts, Vocabulary(), size, *upto)
        for chunk, number, row in reader.chunks():
            result = engine.run(chunk, reader.vocabulary)
            again = repeated(chunk)
            waiting.append(chunk_tables(result, self.lowered, self.panel, self.asked, again))
            counted.add(run_counts(result, chunk.rows.day.size, again))
            upto = (number, row)
            if counted.rows >= _A_PIECE * size:
                self._keep(waiting, counted, upto)
                waiting, counted = [], RunCounts()
            progress(begins[number] + row, begins[-1])
            if reader.vocabulary.crowded or engine.crowded:
                reader.vocabulary = Vocabulary()
                engine.forget()
        if waiting:
            self._keep(waiting, counted, upto)

    def _keep(self, pieces: list[dict[str, Any]], counted: RunCounts, upto: tuple[int, int]) -> None:
        """Write a piece, then say that it is there: all that was found up to a row of a file, by number."""
        pa = arrow()
        number, row = upto
        with self.new_part(self.manifest["parts"]) as part:
            for name in self.names:
                table = pa.concat_tables([piece[name] for piece in pieces])
                pa.parquet.write_table(table, part / f"{name}.parquet", compression="zstd")
        self.outcome.add(counted)
        self.say(parts=self.manifest["parts"] + 1, file=number, row=row, outcome=asdict(self.outcome))

    @contextmanager
    def new_part(self, number: int) -> Generator[Path]:
        """A folder for a piece; it gets its place once everything is in it."""
        part, new = self.parts / f"{number:06d}", self.parts / "new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(part, ignore_errors=True)
        new.mkdir(parents=True)
        yield new
        new.rename(part)

    def say(self, **changes: Any) -> None:
        """Write down how far the work has come."""
        self.manifest |= changes
        new = self.file.with_suffix(".new")
        with new.open("w") as stream:
            # At once: written piece by piece it takes longer than the work.
            stream.write(json.dumps(self.manifest))
            stream.flush()
            os.fsync(stream.fileno())
        new.chmod(0o600)
        new.rename(self.file)

    def finish(self) -> None:
        """Put the pieces together, table by table, and clear them away."""
        pa = arrow()
        parts = [self.parts / f"{number:06d}" for number in range(self.manifest["parts"])]
        for name in self.names:
            new = self.out / f"{name}.new"
            writer: Any = None
            for part in parts:
                table = pa.parquet.read_table(part / f"{name}.parquet")
                writer = writer or pa.parquet.ParquetWriter(new, table.schema, compression="zstd")
                if table.num_rows:
                    writer.write_table(table)
            if writer is None:
                nobody = _nothing(self.lowered, self.panel)
                empty = chunk_tables(nobody, self.lowered, self.panel, self.asked, no_rows())[name]
                writer = pa.parquet.ParquetWriter(new, empty.schema, compression="zstd")
            writer.close()
            new.chmod(0o600)
            new.rename(self.out / f"{name}.parquet")
        self.say(done=True)
        shutil.rmtree(self.parts, ignore_errors=True)


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


def run_counts(result: ChunkResult, rows: int, again: Any) -> RunCounts:
    """What was done with some patients."""
    refused = len({patient.patient for patient in result.rejected})
    counts = RunCounts(result.route.size - refused, refused, result.fallback, rows, again.num_rows)
    for reason in FallbackReason:
        patients = int(((result.why & reason) != 0).sum())
        if patients:
            counts.reasons[reason.name.lower()] = patients
    return counts


def _nothing(lowered: Lowered, panel: bool) -> ChunkResult:
    """The courses of no patients: what the tables of an empty cohort are made of."""
    return Engine(lowered, 0, panel=panel).of_nobody()
