"""One stretch of a table reviewed: its pieces, each written beside the output and moved into place when it is whole.

A stretch is a task of its own: what it needs is told to it, what it found lies in a folder, and what it did comes back.
So it can be done in this process, in one of many, or by any queue that has the interface of `concurrent.futures`.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from assuage.catalogue.message import message
from assuage.cohort.repeated import repeated
from assuage.cohort.tables import PANEL, TABLES, ChunkQuestions, chunk_tables
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.entry_table import FallbackReason
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk
from assuage.engine.many.rows.small_files import FilesReader
from assuage.engine.many.rows.stretches import RowPosition, RowStretch
from assuage.engine.many.rows.table_files import FileAbout
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.engine.many.walk.results import ChunkResult
from assuage.errors import InputError
from assuage.record.arrow import arrow
from assuage.record.save import write_file

_COUNTS = "counts.json"


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


class CohortQuestion(NamedTuple):
    """What is asked of every stretch: the pathway, the last day looked at, whether every day is written, the files."""

    lowered: Lowered
    on: int | None
    panel: bool
    files: tuple[FileAbout, ...]


class Task(NamedTuple):
    """A stretch to review, by how many rows at a time; a piece is written beside the question when so many are done.

    The question lies in a file, known by its digest, so that a task is small: what is sent to a worker that was killed
    must not fill the pipe to it, and whoever is asked the same again need not make anything ready again.
    """

    question: Path
    digest: str
    stretch: RowStretch
    rows_at_a_time: int
    rows_a_piece: int


class Piece(NamedTuple):
    """A piece that is there: where its rows begin and end, the last patient in it, what was done, and its folder."""

    begin: RowPosition
    end: RowPosition
    last: str | None
    counts: RunCounts
    folder: Path


def output_tables(panel: bool) -> tuple[str, ...]:
    """The tables of the output by name."""
    return (*TABLES, PANEL) if panel else TABLES


def written_question(question: CohortQuestion, parts: Path) -> tuple[Path, str]:
    """The file in the folder of pieces in which a question lies now, and its digest."""
    content = pickle.dumps(tuple(question))
    parts.mkdir(parents=True, exist_ok=True)
    file = parts / "question.pickle"
    write_file(file, content, force=True)
    return file, hashlib.sha256(content).hexdigest()


def review_stretch(task: Task, progress: Callable[[int], None] | None = None) -> int:
    """How many rows were reviewed, when all pieces of a stretch are in place. `progress` gets the rows of each chunk.

    Raises Problems for a table that cannot be followed.
    """
    return _ready(task.question, task.digest).review(task, progress or (lambda rows: None))


class ChunkReviewer:
    """A question ready to be asked of any chunk; words and entries that were met are remembered between them."""

    def __init__(self, lowered: Lowered, on: int | None, panel: bool) -> None:
        self.lowered, self.panel = lowered, panel
        self.engine = Engine(lowered, on, panel=panel)
        self.asked = ChunkQuestions(lowered)
        self.vocabulary = Vocabulary()

    def tables(self, chunk: Chunk) -> tuple[dict[str, Any], RunCounts]:
        """The tables of a chunk by name, and what was done."""
        result = self.engine.run(chunk, self.vocabulary)
        again = repeated(chunk)
        counts = run_counts(result, chunk.rows.day.size, again)
        return chunk_tables(result, self.lowered, self.panel, self.asked, again), counts

    def forgets(self) -> bool:
        """Whether so many words or entries were met that they are forgotten now; whoever reads on uses new words."""
        if not (self.vocabulary.crowded or self.engine.crowded):
            return False
        self.vocabulary = Vocabulary()
        self.engine.forget()
        return True


class _StretchReviewer(ChunkReviewer):
    """The same for the stretches of files."""

    def __init__(self, question: CohortQuestion) -> None:
        super().__init__(question.lowered, question.on, question.panel)
        self.files = question.files

    def review(self, task: Task, progress: Callable[[int], None]) -> int:
        reader = FilesReader(self.files, self.vocabulary, task.rows_at_a_time, task.stretch)
        begin = task.stretch.begin
        waiting: list[dict[str, Any]] = []
        counts, done, last = RunCounts(), 0, task.stretch.before
        for chunk, number, row in reader.chunks():
            tables, of_chunk = self.tables(chunk)
            waiting.append(tables)
            counts.add(of_chunk)
            done += chunk.rows.day.size
            last, end = chunk.patients[-1].as_py(), RowPosition(number, row)
            if counts.rows >= task.rows_a_piece:
                self._keep(task, waiting, counts, begin, end, last)
                begin, waiting, counts = end, [], RunCounts()
            progress(chunk.rows.day.size)
            if self.forgets():
                reader.vocabulary = self.vocabulary
        if begin < task.stretch.end:
            # The last chunk may end before the stretch does: files without a row may follow.
            self._keep(task, waiting, counts, begin, task.stretch.end, last)
        return done

    def _keep(
        self,
        task: Task,
        waiting: list[dict[str, Any]],
        counts: RunCounts,
        begin: RowPosition,
        end: RowPosition,
        last: str | None,
    ) -> None:
        """Write a piece; its folder gets its name when everything is in it, with what was done."""
        pa = arrow()
        part = task.question.parent / f"{begin.file:07d}-{begin.row:012d}"
        new = part.with_name(f"{part.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name in output_tables(self.panel) if waiting else ():
            table = pa.concat_tables([piece[name] for piece in waiting])
            pa.parquet.write_table(table, new / f"{name}.parquet", compression="zstd")
        about = {"begin": begin, "end": end, "last": last, "counts": asdict(counts)}
        (new / _COUNTS).write_text(json.dumps(about))
        new.rename(part)


_of_this_thread = threading.local()


def _ready(question: Path, digest: str) -> _StretchReviewer:
    """The reviewer of a question, which one thread at a time may use; each remembers that of its last question.

    Raises InputError for a file that is not the one that was written.
    """
    if getattr(_of_this_thread, "digest", None) != digest:
        content = question.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise InputError(message("cohort.changed-meanwhile", path=question))
        _of_this_thread.reviewer = _StretchReviewer(
            CohortQuestion(*cast("tuple[Any, ...]", pickle.loads(content)))
        )
        _of_this_thread.digest = digest
    return _of_this_thread.reviewer


def pieces_in(parts: Path) -> Iterator[Piece]:
    """The pieces that are in a folder, in the order of their rows."""
    if not parts.is_dir():
        return
    for folder in sorted(parts.iterdir()):
        if not folder.name.endswith(".new") and (folder / _COUNTS).is_file():
            about = json.loads((folder / _COUNTS).read_text())
            begin, end = RowPosition(*about["begin"]), RowPosition(*about["end"])
            yield Piece(begin, end, about["last"], RunCounts(**about["counts"]), folder)


def left_to_do(pieces: Sequence[Piece], whole: RowStretch) -> Iterator[RowStretch]:
    """The stretches that no piece covers."""
    at, before = whole.begin, whole.before
    for piece in pieces:
        if at < piece.begin:
            yield RowStretch(at, piece.begin, before if at.row else None)
        at, before = piece.end, piece.last
    if at < whole.end:
        yield RowStretch(at, whole.end, before if at.row else None)


def run_counts(result: ChunkResult, rows: int, again: Any) -> RunCounts:
    """What was done with some patients."""
    refused = len({patient.patient for patient in result.rejected})
    counts = RunCounts(result.route.size - refused, refused, result.fallback, rows, again.num_rows)
    for reason in FallbackReason:
        patients = int(((result.why & reason) != 0).sum())
        if patients:
            counts.reasons[reason.name.lower()] = patients
    return counts
