"""Where the phases of a cohort come from: for each patient alone, whoever else is in the table.

They are those of a pathway's walk of each record, or the patient's own (`OwnPhases`). Both give stays: a row a stay
with `patient`, `phase`, `entered` and `left` (null while it lasts). A patient whom a walk could not judge has one row
without a phase: for that patient phases are unknown, which is not "outside".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from assuage.engine.many.engine import Engine
from assuage.engine.many.program.codes import NO_DAY
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk, PatientCutter
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.record.entry import CLINICIANS
from assuage.record.table import polars

if TYPE_CHECKING:
    import polars as pl

DECISIONS = "recorded decisions"
_ROWS = 1 << 18  # at a time; more leaves the cache and gains nothing


@dataclass(frozen=True)
class TableWalker:
    """A pathway that every record is walked through, up to the record's last day."""

    lowered: Lowered

    @property
    def name(self) -> str:
        """Whose walk it is, for people."""
        pathway = self.lowered.pathway
        return f"walk of {pathway.id}@{pathway.version}"

    @property
    def key(self) -> str:
        """What changes with the pathway, down to its bounds."""
        seen = hashlib.sha256(f"{self.name} {self.lowered.sources} {self.lowered.streams}".encode())
        seen.update(self.lowered.program.numbers.tobytes())
        return seen.hexdigest()


def table_walker(pathway: Pathway) -> TableWalker:
    """The walk of a pathway. To go it needs the extra assuage[cohort]."""
    return TableWalker(lower(pathway))


@dataclass(frozen=True)
class OwnPhases:
    """Phases as each record has them: the walk of the pathway it names, else its decisions; else they are unknown.

    A record that names a pathway that is not shipped has its decisions alone.
    """

    @property
    def name(self) -> str:
        """Where the phases come from, for people."""
        return "each record's own pathway, else its decisions"

    @property
    def key(self) -> str:
        """What changes with any pathway that a record can name."""
        return " ".join(("own", *(table_walker(registry.pathway(each)).key for each in registry.PATHWAY_IDS)))


PhaseSource = TableWalker | OwnPhases | None


class TableStays(NamedTuple):
    """The stays of a table, and for each patient whose phases are known where they come from."""

    stays: pl.DataFrame
    source_of: dict[str, str]


def stays_of(frame: pl.DataFrame, source: PhaseSource) -> TableStays:
    """The stays of the patients of a table, each of them whole in it; by their decisions alone without a source."""
    match source:
        case None:
            return _decided(frame)
        case TableWalker():
            return _walked(frame, source)
        case OwnPhases():
            return _own(frame)


def _decided(frame: pl.DataFrame) -> TableStays:
    stays = decided(frame)
    return TableStays(stays, dict.fromkeys(stays.get_column("patient").to_list(), DECISIONS))


def _walked(frame: pl.DataFrame, walker: TableWalker) -> TableStays:
    pl = polars()
    stays = walked(frame, walker)
    known = dict.fromkeys(frame.get_column("patient").unique().sort().to_list(), walker.name)
    for patient in stays.filter(pl.col("phase").is_null()).get_column("patient"):
        known.pop(patient, None)
    return TableStays(stays, known)


def _own(frame: pl.DataFrame) -> TableStays:
    pl = polars()
    kind, code = pl.col("kind").cast(pl.String), pl.col("code").cast(pl.String)
    facts = frame.filter((kind == "patient") & (code == "pathway"))
    named = dict(facts.select("patient", pl.col("text").cast(pl.String)).drop_nulls().rows())
    deciding = frame.filter((kind == "decision") & _of_a_clinician(pl)).sort(
        "patient", "day", "minute", nulls_last=True, maintain_order=True
    )
    decided_on = pl.col("text").cast(pl.String).str.json_path_match("$.pathway")
    named |= dict(deciding.select("patient", decided_on.alias("pathway")).drop_nulls().rows())
    groups: dict[str | None, list[str]] = {}  # by pathway; None for those of whom only decisions are known
    for patient in frame.get_column("patient").unique().sort().to_list():
        follows = named.get(patient)
        if follows is not None and registry.is_shipped(follows):
            groups.setdefault(follows.partition("@")[0], []).append(patient)
        else:
            groups.setdefault(None, []).append(patient)
    parts: list[TableStays] = []
    for pathway, patients in groups.items():
        rows = frame.filter(pl.col("patient").is_in(patients))
        if pathway is None:
            parts.append(_decided(rows))
        else:
            parts.append(_walked(rows, table_walker(registry.pathway(pathway))))
    if not parts:
        return _decided(frame)
    source_of = {patient: source for part in parts for patient, source in part.source_of.items()}
    return TableStays(pl.concat([part.stays for part in parts], how="diagonal_relaxed"), source_of)


def decided(frame: pl.DataFrame) -> pl.DataFrame:
    """The stays by the decisions in a table alone, as `assuage.engine.phases.decided_phases` gives them for a record.

    A hold moves nobody. Any other decision that names no phase ends the stay.
    """
    pl = polars()
    does = pl.col("text").cast(pl.String).str.extract(r'"do"\s*:\s*"(\w+)"')
    moves = frame.filter(
        (pl.col("kind") == "decision") & _of_a_clinician(pl) & (does.is_null() | (does != "hold"))
    )
    return (
        moves.sort("patient", "day", "minute", nulls_last=True, maintain_order=True)
        .select(
            "patient",
            pl.col("code").alias("phase"),
            pl.col("day").cast(pl.Int64).alias("entered"),
            pl.col("day").shift(-1).over("patient").cast(pl.Int64).alias("left"),
        )
        .filter(pl.col("phase").is_not_null())
    )


def _of_a_clinician(pl: Any) -> pl.Expr:
    """Whether a row is the word of a clinician, as `Entry.word_of_clinician` says of an entry."""
    role = pl.col("text").cast(pl.String).str.json_path_match("$.role")
    by = pl.col("text").cast(pl.String).str.json_path_match("$.by")
    wrote = role.is_null() | role.is_in(["import", *sorted(CLINICIANS)])
    return wrote & (by.is_null() | (by == "clinician"))


def walked(frame: pl.DataFrame, walker: TableWalker) -> pl.DataFrame:
    """The stays that the pathway gives the patients of a table, each of them whole in it."""
    pl = polars()
    worded = frame.with_columns(pl.col("patient", "kind", "code", "site", "text").cast(pl.String))
    worded = worded.sort("patient", maintain_order=True)
    table = cast("Any", worded.to_arrow(compat_level=pl.CompatLevel.oldest()))
    schema = {"patient": pl.String, "phase": pl.String, "entered": pl.Int64, "left": pl.Int64}
    return pl.concat(
        [pl.DataFrame(schema=schema), *_stays(pl, table.to_batches(max_chunksize=_ROWS), walker.lowered)]
    )


@dataclass
class _Met:
    """The words met so far."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def _stays(pl: Any, batches: Iterable[Any], lowered: Lowered) -> Iterator[pl.DataFrame]:
    met, engine = _Met(), Engine(lowered)
    cut = PatientCutter(Path("the table"), met, _ROWS)
    phases = np.array([phase.id for phase in lowered.pathway.phases], dtype=object)

    def stays_of_chunk(chunk: Chunk) -> pl.DataFrame:
        result = engine.run(chunk, met.vocabulary)
        stays, names = result.stays, np.array(result.names.to_pylist(), dtype=object)
        known = pl.DataFrame(
            {
                "patient": pl.Series(names[stays.patient].tolist(), dtype=pl.String),
                "phase": pl.Series(phases[stays.phase].tolist(), dtype=pl.String),
                "entered": pl.Series(stays.entered, dtype=pl.Int64),
                "left": pl.Series(stays.left, dtype=pl.Int64),
            }
        ).with_columns(pl.col("left").replace(NO_DAY, None))
        refused = pl.DataFrame(
            {"patient": pl.Series([refused.patient for refused in result.rejected], dtype=pl.String)}
        )
        return pl.concat([known, refused], how="diagonal")

    for batch in batches:
        yield from map(stays_of_chunk, cut.add(batch))
        if met.vocabulary.crowded or engine.crowded:
            met.vocabulary = Vocabulary()
            engine.forget()
    yield from map(stays_of_chunk, cut.rest())
