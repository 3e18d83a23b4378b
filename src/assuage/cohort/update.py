"""Tonight's rows taken into the output of a cohort review: only whose rows they are is walked again.

What a review says of a patient rests on that patient's rows and on the question, which stays the same; where no last
day is given, it is the record's own, which a row can move and a night cannot. So nobody changes who has no new row. Who
has one is walked anew from the first day on, out of all their rows (`assuage.cohort.kept_rows`), so that a late entry,
a correction or a withdrawal counts as it would have from the start. What is said of them replaces what was said, and
every table has the bytes that a review of all rows would write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from assuage.catalogue.message import message
from assuage.cohort.changes import ALERT, ENTERED, changes_between
from assuage.cohort.in_place import CHANGES, CHECKPOINT, MANIFEST, begun_beside, commit
from assuage.cohort.kept_rows import KeptRows, KeptTable, content_digest, keep_table
from assuage.cohort.partition import reviewed
from assuage.cohort.pieces import ChunkReviewer, RunCounts, output_tables
from assuage.cohort.run import Progress, review_question, rows_a_group, rows_within
from assuage.cohort.splicing import splice
from assuage.cohort.summary import manifest_of
from assuage.cohort.tables import FALLBACK
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.errors import InputError, Problem, Problems
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.record.arrow import arrow
from assuage.record.table_reader import check_columns, files_of

_ROWS = 1 << 17  # of patients who lie far apart: each brings pages of the disk with it


@dataclass
class UpdateCounts:
    """What an update did: the files it took in, their rows, and whose they are.

    `moved` and `alerted` are how many of these patients entered a phase and have a new alert since last time,
    `repeated` how many rows of theirs repeat another and `refused` how many of them are refused. `known` are the files
    that had been taken in before, `written` the tables in which something changed. `whole` is what the whole output
    says now.
    """

    taken: list[str] = field(default_factory=list[str])
    known: list[str] = field(default_factory=list[str])
    rows: int = 0
    patients: int = 0
    new_patients: int = 0
    moved: int = 0
    alerted: int = 0
    refused: int = 0
    repeated: int = 0
    changes: int = 0
    written: list[str] = field(default_factory=list[str])
    whole: RunCounts = field(default_factory=RunCounts)


def update_cohort(
    out: Path | str,
    paths: Path | str | Sequence[Path] | Sequence[str],
    *,
    pathway: Pathway | None = None,
    memory: int | None = None,
    progress: Progress | None = None,
) -> UpdateCounts:
    """What was done with new rows that were taken into the output of a review with a checkpoint.

    The files are tables of records, each sorted by patient; a patient may be in several, and those that were taken in
    before are left. `pathway` is needed where it is none of the shipped ones. Raises InputError where there is no
    checkpoint, or it is of another pathway, program or question; Problems, with all that is wrong, for files that
    cannot be used. The output is untouched by whatever goes wrong.
    """
    folder = Path(out)
    _same_question(folder, manifest_of(folder), pathway)
    files = files_of([paths] if isinstance(paths, str | Path) else list(paths))  # pyright: ignore[reportArgumentType]
    with _alone(folder):
        manifest = manifest_of(folder)
        lowered = _same_question(folder, manifest, pathway)
        check_columns(files)
        size = min(_ROWS, rows_within(memory, panel=manifest["panel"]))
        return _Update(folder, manifest, lowered, size, progress).take(files)


def _same_question(folder: Path, manifest: dict[str, Any], pathway: Pathway | None) -> Lowered:
    """The question of the output. Raises InputError where it cannot be asked again."""
    again = message("cohort.merge-and-review-again")
    if not manifest.get("checkpoint"):
        raise InputError(
            message(
                "cohort.no-checkpoint" if manifest.get("question") else "cohort.of-an-earlier-program",
                folder=folder,
            )
        )
    named = f"{manifest['pathway']['id']}@{manifest['pathway']['version']}"
    if pathway is None:
        try:
            pathway = registry.pathway(named)
        except InputError:
            raise InputError(message("cohort.pathway-not-shipped", folder=folder, pathway=named)) from None
    if (pathway.id, pathway.version) != (manifest["pathway"]["id"], manifest["pathway"]["version"]):
        raise InputError(
            message(
                "cohort.on-another-pathway",
                folder=folder,
                pathway=named,
                asked=f"{pathway.id}@{pathway.version}",
                again=again,
            )
        )
    lowered = lower(pathway)
    if review_question(lowered, manifest["on"], manifest["panel"]) != manifest["question"]:
        raise InputError(message("cohort.said-otherwise-now", folder=folder, pathway=named, again=again))
    return lowered


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """Nobody else updates the output meanwhile. Raises InputError where somebody does."""
    try:
        import fcntl
    except ImportError:  # a system without such locks
        yield
        return
    with (folder / CHECKPOINT / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(message("cohort.being-updated", folder=folder)) from None
        yield


class _Update:
    """The output of a review, and the tables that are taken into it."""

    def __init__(
        self, folder: Path, manifest: dict[str, Any], lowered: Lowered, size: int, progress: Progress | None
    ) -> None:
        self.folder, self.manifest, self.lowered, self.size = folder, manifest, lowered, size
        self.panel: bool = manifest["panel"]
        self.names = output_tables(self.panel)
        self.done = self.of = 0
        self.progress = progress
        self.counts = UpdateCounts(whole=RunCounts(**manifest["outcome"]))

    def take(self, files: Sequence[Path]) -> UpdateCounts:
        """Take the files in, but for those that were taken in before."""
        old_tables = [KeptTable(**table) for table in self.manifest["checkpoint"]]
        taken = {table.digest for table in old_tables}
        new_files: list[Path] = []
        for file in files:
            digest = content_digest(file)
            if digest in taken:
                self.counts.known.append(file.name)
            else:
                taken.add(digest)
                new_files.append(file)
                self.counts.taken.append(file.name)
        if not new_files:
            return self.counts
        new = begun_beside(self.folder)
        tables = [*old_tables, *_kept(new_files, new / CHECKPOINT, len(old_tables))]
        rows = KeptRows([self.folder / CHECKPOINT, new / CHECKPOINT], tables)
        patients = _in_order([rows.patients(table).column("patient") for table in tables[len(old_tables) :]])
        spans = rows.find(patients)
        known = np.zeros(len(patients), bool)
        for each in spans[: len(old_tables)]:
            known[each.which] = True
        walked = sum(int((each.end - each.begin).sum()) for each in spans)
        self.of = walked + sum(self._rows(name) for name in self.names)
        now: dict[str, list[Any]] = {name: [] for name in self.names}
        reviewer = ChunkReviewer(self.lowered, self.manifest["on"], self.panel)
        for chunk, counts in reviewed(
            rows.batches(patients, spans, self.size), rows.names, reviewer, self.size
        ):
            for name, table in chunk.items():
                now[name].append(table)
            self._passed(counts.rows)
        fresh = {
            name: arrow().concat_tables(each) if each else self._nothing(name) for name, each in now.items()
        }
        before = self._splice(new, patients, fresh)
        self.counts.rows = sum(table.rows for table in tables[len(old_tables) :])
        self.counts.patients, self.counts.new_patients = len(patients), int((~known).sum())
        self.counts.refused = len(fresh["rejected"].column("patient").unique())
        self.counts.repeated = fresh["repeated"].num_rows
        self.counts.whole = self._whole(before, fresh)
        self._say(new, tables)
        commit(self.folder)
        return self.counts

    def _rows(self, name: str) -> int:
        return int(arrow().parquet.read_metadata(self.folder / f"{name}.parquet").num_rows)

    def _nothing(self, name: str) -> Any:
        return arrow().parquet.read_schema(self.folder / f"{name}.parquet").empty_table()

    def _passed(self, rows: int) -> None:
        self.done += rows
        if self.progress:
            self.progress(self.done, self.of)

    def _splice(self, new: Path, patients: Any, fresh: dict[str, Any]) -> dict[str, Any]:
        """What the tables said of these patients; those in which something changed, and what is new, are written."""
        before: dict[str, Any] = {}
        for name in self.names:
            file, out = self.folder / f"{name}.parquet", new / f"{name}.parquet"
            before[name] = splice(file, fresh[name], patients, out, rows_a_group(name), self._passed)
            if out.exists():
                self.counts.written.append(out.name)
        apart = changes_between(before, fresh)
        arrow().parquet.write_table(apart, new / CHANGES, compression="zstd")
        self.counts.changes = apart.num_rows
        self.counts.moved, self.counts.alerted = _whose_new(apart, ENTERED), _whose_new(apart, ALERT)
        return before

    def _whole(self, before: dict[str, Any], fresh: dict[str, Any]) -> RunCounts:
        """What the whole output says: what it said, with these patients counted anew."""
        old = self.counts.whole
        whole = replace(old, rows=old.rows + self.counts.rows, resumed=False)
        refused, refused_before = (
            len(tables["rejected"].column("patient").unique()) for tables in (fresh, before)
        )
        whole.rejected += refused - refused_before
        whole.patients = old.patients + old.rejected + self.counts.new_patients - whole.rejected
        whole.repeated += fresh["repeated"].num_rows - before["repeated"].num_rows
        whole.fallback += fresh[FALLBACK].num_rows - before[FALLBACK].num_rows
        reasons = dict(old.reasons)
        for tables, more in ((fresh, 1), (before, -1)):
            for reason in arrow().compute.list_flatten(tables[FALLBACK].column("reasons")).to_pylist():
                reasons[reason] = reasons.get(reason, 0) + more
        whole.reasons = {reason: patients for reason, patients in reasons.items() if patients}
        return whole

    def _say(self, new: Path, tables: Sequence[KeptTable]) -> None:
        """Write down what the output is now. It is no longer that of the review, which is not to go on from here."""
        key = hashlib.sha256(
            f"{self.manifest['key']} {[table.digest for table in tables]}".encode()
        ).hexdigest()
        manifest = self.manifest | {
            "key": key,
            "checkpoint": [table._asdict() for table in tables],
            "outcome": asdict(self.counts.whole),
        }
        (new / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _whose_new(apart: Any, change: str) -> int:
    """How many patients have a change of this kind that was not said before."""
    pc = arrow().compute
    these = pc.and_(pc.equal(apart.column("change"), change), apart.column("now"))
    return len(apart.column("patient").filter(these).unique())


def _kept(files: Sequence[Path], folder: Path, first: int) -> list[KeptTable]:
    """The tables with every row kept. Raises Problems, with those of all files, where patients are not in order."""
    kept: list[KeptTable] = []
    problems: list[Problem] = []
    for file in files:
        try:
            kept.append(keep_table(file, folder, first + len(kept)))
        except Problems as refused:
            if len(files) == 1:
                raise
            problems += [Problem(f"{file.name} {each.place}".strip(), each.what) for each in refused.problems]
    if problems:
        raise Problems("the files", problems)
    return kept


def _in_order(names: Sequence[Any]) -> Any:
    """Each name once, in the order of a table."""
    pa = arrow()
    once = pa.chunked_array([pa.array([], pa.string()), *(each.combine_chunks() for each in names)]).unique()
    return once.take(pa.compute.sort_indices(once))
