"""Simulated diaries written down: one table of records, a YAML document a patient, and the truth beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assuage.catalogue.message import message
from assuage.dynamics.scenarios import Scenario
from assuage.dynamics.simulate import BLOCK, Diaries, batches
from assuage.errors import InputError
from assuage.record.save import folder as made_folder
from assuage.record.table import polars
from assuage.terms.therapies import find_therapy

if TYPE_CHECKING:
    import polars as pl

    from assuage.record.entries import Record

# What the exposures of a scenario are called in a record; any ten therapies that a patient can have would do.
EXPOSURE_NAMES = (
    "massage",
    "acupuncture",
    "hydrotherapy",
    "dry_needling",
    "myofascial_release",
    "spinal_manipulation",
    "mesotherapy",
    "kinesiotherapy",
    "cbt",
    "nerve_block",
)
MORNING, NOON, EVENING = 480, 720, 1200
LATER_PHASE = "later"
TRUTH = "truth.parquet"
BATCH = 10 * BLOCK


def patient_names(diaries: Diaries) -> list[str]:
    """`patient-000000` and so on: the number of a patient does not depend on how many are made."""
    return [f"patient-{diaries.first + i:06d}" for i in range(len(diaries))]


def table_of(diaries: Diaries) -> pl.DataFrame:
    """The table of records of these diaries, sorted by patient and day."""
    pl, world = polars(), diaries.scenario
    parts: list[Any] = []

    def add(where: Any, day: Any, minute: int | None, kind: str, code: Any, value: Any) -> None:
        columns = {"i": where, "day": day, "code": code, "value": value}
        frame = pl.DataFrame(
            {
                "i": np.asarray(columns["i"], dtype=np.int32),
                "day": np.asarray(columns["day"], dtype=np.int32),
                "value": np.asarray(value, dtype=np.float32)
                if value is not None
                else np.full(len(where), np.nan, np.float32),
            }
        )
        parts.append(
            frame.with_columns(
                pl.lit(minute, dtype=pl.Int16).alias("minute"),
                pl.lit(kind).alias("kind"),
                pl.lit(code).alias("code"),
            )
        )

    for slot in range(world.ratings_per_day):
        pain = diaries.pain[:, slot :: world.ratings_per_day]
        who, day = np.nonzero(~np.isnan(pain))
        minute = (MORNING, EVENING)[slot] if world.half_daily else None
        add(who, day, minute, "score", "pain", pain[who, day])
    who, day = np.nonzero(~np.isnan(diaries.stress))
    add(who, day, None, "score", "stress", diaries.stress[who, day])
    for k in range(world.exposures):
        who, day = np.nonzero(np.nan_to_num(diaries.exposed[:, k]) > 0)
        add(who, day, NOON if world.half_daily else None, "therapy", EXPOSURE_NAMES[k], None)
    if diaries.in_phase.any():
        begins = diaries.in_phase.argmax(axis=1)
        add(np.arange(len(diaries)), begins, None, "decision", LATER_PHASE, None)
        parts[-1] = parts[-1].with_columns(pl.lit('{"do":"enter"}').alias("text"))
    names = pl.DataFrame({"i": np.arange(len(diaries), dtype=np.int32), "patient": patient_names(diaries)})
    table = pl.concat(parts, how="diagonal").join(names, on="i", how="left", maintain_order="left")
    if "text" not in table.columns:
        table = table.with_columns(pl.lit(None, dtype=pl.String).alias("text"))
    return table.sort("i", "day", maintain_order=True).select(
        "patient",
        "day",
        "minute",
        "kind",
        "code",
        pl.lit(None, dtype=pl.String).cast(pl.Categorical).alias("site"),
        pl.col("value").fill_nan(None),
        "text",
    )


def truth_of(diaries: Diaries) -> pl.DataFrame:
    """What the diaries do not say: `patient`, `exposure`, `effect` in points at lag 1, and the noise's `phi`."""
    pl, k = polars(), diaries.scenario.exposures
    return pl.DataFrame(
        {
            "patient": np.repeat(patient_names(diaries), k),
            "exposure": list(EXPOSURE_NAMES[:k]) * len(diaries),
            "effect": diaries.effect.ravel(),
            "phi": np.repeat(diaries.phi, k),
        }
    )


def write_tables(world: Scenario, patients: int, seed: int, folder: Path) -> Iterator[int]:
    """Write `part-00000.parquet` and so on with `truth/`, a batch at a time; gives the patients written so far."""
    made_folder(folder / "truth")
    for old in (*folder.glob("part-?????.parquet"), *(folder / "truth").glob("part-?????.parquet")):
        old.unlink()  # parts of an earlier world would be read as patients of this one
    done = 0
    for at, diaries in enumerate(batches(world, patients, seed, BATCH)):
        table_of(diaries).write_parquet(folder / f"part-{at:05d}.parquet")
        truth_of(diaries).write_parquet(folder / "truth" / f"part-{at:05d}.parquet")
        done += len(diaries)
        yield done


def simulated_records(world: Scenario, patients: int, seed: int) -> list[Record]:
    """The diaries as records, one a patient: checked like any other record."""
    from assuage.record.rows import records_of_rows
    from assuage.record.table import Numbered, RecordRow, read_float32

    if patients > BATCH:
        raise InputError(message("simulate.too-many-records", n=patients))
    (diaries,) = list(batches(world, patients, seed, BATCH))
    rows = [
        RecordRow(*values)
        for values in table_of(diaries).with_columns(polars().col("site").cast(polars().String)).iter_rows()
    ]
    numbered = [
        Numbered(f"row {at}", row._replace(value=None if row.value is None else read_float32(row.value)))
        for at, row in enumerate(rows, start=1)
    ]
    records, problems = records_of_rows(numbered)
    assert not problems, problems[0]
    return records


assert all(find_therapy(name) for name in EXPOSURE_NAMES)
