"""Where the phases of a cohort come from: a pathway's walk of each record, or the decisions that people wrote down.

Both give stays: a row a stay with `patient`, `phase`, `entered` and `left` (null while it lasts). A patient whom the
walk could not judge has one row without a phase: for that patient phases are unknown, which is not "outside".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from assuage.engine.many.engine import Engine
from assuage.engine.many.program.codes import NO_DAY
from assuage.engine.many.program.lower import lower
from assuage.engine.many.program.lowered import Lowered
from assuage.engine.many.rows.parquet import Chunk, PatientCutter
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.pathways.model import Pathway
from assuage.record.table import polars
from assuage.record.table_reader import collected, completed

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


def phases_from(walker: TableWalker | None) -> str:
    """Where phases come from, for people."""
    return DECISIONS if walker is None else walker.name


def decided_anywhere(files: Sequence[Path]) -> bool:
    """Whether anybody's decision to enter a phase stands in a table."""
    pl = polars()
    named = (pl.col("kind").cast(pl.String) == "decision") & pl.col("code").is_not_null()
    return any(
        collected(pl.scan_parquet(file, glob=False).filter(named).head(1), [file]).height for file in files
    )


def pathways_named(files: Sequence[Path]) -> list[str]:
    """The pathways that patients of these tables follow, each once, by name."""
    pl = polars()
    names: set[str] = set()
    for file in files:
        facts = completed(pl.scan_parquet(file, glob=False)).filter(
            (pl.col("kind").cast(pl.String) == "patient") & (pl.col("code").cast(pl.String) == "pathway")
        )
        told = collected(facts.select(pl.col("text").cast(pl.String)).unique(), [file])
        names.update(told.get_column("text"))
    return sorted(names)


def decided(frame: pl.DataFrame) -> pl.DataFrame:
    """The stays by the decisions in a table alone, as `assuage.engine.phases.decided_phases` gives them for a record.

    A hold moves nobody. Any other decision that names no phase ends the stay.
    """
    pl = polars()
    does = pl.col("text").cast(pl.String).str.extract(r'"do"\s*:\s*"(\w+)"')
    moves = frame.filter((pl.col("kind") == "decision") & (does.is_null() | (does != "hold")))
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

    def made(chunk: Chunk) -> pl.DataFrame:
        found = engine.run(chunk, met.vocabulary)
        stays, names = found.stays, np.array(found.names.to_pylist(), dtype=object)
        known = pl.DataFrame(
            {
                "patient": pl.Series(names[stays.patient].tolist(), dtype=pl.String),
                "phase": pl.Series(phases[stays.phase].tolist(), dtype=pl.String),
                "entered": pl.Series(stays.entered, dtype=pl.Int64),
                "left": pl.Series(stays.left, dtype=pl.Int64),
            }
        ).with_columns(pl.col("left").replace(NO_DAY, None))
        refused = pl.DataFrame(
            {"patient": pl.Series([one.patient for one in found.rejected], dtype=pl.String)}
        )
        return pl.concat([known, refused], how="diagonal")

    for batch in batches:
        yield from map(made, cut.add(batch))
        if met.vocabulary.crowded:
            met.vocabulary = Vocabulary()
            engine.forget()
    yield from map(made, cut.rest())
