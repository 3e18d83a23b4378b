"""A made-up cohort as a Parquet table: seeded, with blanks, each patient on a course of their own.

    python -m benchmarks.generate cohort.parquet --patients 100000 --a-day 4

Every patient starts amitriptyline on day 0, has six findings excluded, and keeps a diary with gaps; some skip a
whole week. Sessions of mesotherapy come weekly from day 28 on, a deep massage on one day in fifty. What only the day of
a needle can tell, fever and an infection of the skin, is excluded anew every week.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FINDINGS = (
    "on_anticoagulant",
    "bleeding_disorder",
    "skin_infection_site",
    "fever_systemic",
    "la_allergy",
    "nsaid_hypersensitivity",
)
OF_THE_DAY = ("skin_infection_site", "fever_systemic")
SCORES = (("pain", None), ("pain", "neck"), ("sleep", None), ("anxiety", None))
KINDS = ["score", "finding", "medication", "therapy"]
CODES = ["pain", "sleep", "anxiety", "amitriptyline", "mesotherapy", "massage", *FINDINGS]
SITES = ["neck"]
TEXTS = ['{"by":"patient"}', '{"state":"absent"}', '{"do":"start"}', '{"by":"patient","pressure":"deep"}']
CHUNK = 5_000


def columns(choose: np.random.Generator, first: int, patients: int, days: int, a_day: int) -> dict[str, Any]:
    """The columns of some patients' rows, in the order of the table."""
    scores = SCORES[:a_day]
    before = 1 + len(FINDINGS)
    beside = 2 + len(OF_THE_DAY)
    slots = before + days * (len(scores) + beside)
    day = np.empty(slots, np.int32)
    kind, code, site, text = (np.full(slots, -1, np.int8) for _ in range(4))
    day[:before], kind[0], code[0], text[0] = 0, 2, 3, 2
    kind[1:before], text[1:before] = 1, 1
    code[1:before] = np.arange(6, 6 + len(FINDINGS))
    by_day = slice(before, None)
    asked = [CODES.index(name) for name in OF_THE_DAY]
    day[by_day] = np.repeat(np.arange(days), len(scores) + beside)
    kind[by_day] = np.tile([*(0 for _ in scores), 3, 3, *(1 for _ in asked)], days)
    code[by_day] = np.tile([*(CODES.index(scale) for scale, _ in scores), 4, 5, *asked], days)
    site[by_day] = np.tile(
        [*(-1 if at is None else 0 for _, at in scores), 0, -1, *(-1 for _ in asked)], days
    )
    text[by_day] = np.tile([*(0 for _ in scores), -1, 3, *(1 for _ in asked)], days)

    steps = choose.normal(-0.08, 0.5, (patients, days))
    level = np.clip(choose.uniform(4, 8, (patients, 1)) + np.cumsum(steps, axis=1), 0, 10)
    values = np.rint(np.clip(level[..., None] + choose.normal(0, 1, (patients, days, len(scores))), 0, 10))
    there = np.zeros((patients, days, len(scores) + beside), bool)
    wrote = choose.random((patients, days)) >= 0.2
    silent = choose.integers(7, days, patients)  # the week of those who skip one
    week = np.abs(np.arange(days)[None, :] - silent[:, None]) <= 3
    wrote &= ~(week & (choose.random((patients, 1)) < 0.02))
    there[:, :, : len(scores)] = wrote[:, :, None]
    if a_day > 1:
        there[:, 28::7, len(scores)] = True
        there[:, :, len(scores) + 1] = choose.random((patients, days)) < 0.02
        there[:, 7::7, len(scores) + 2 :] = True
    keep = np.concatenate([np.ones((patients, before), bool), there.reshape(patients, -1)], axis=1)
    value = np.full((patients, slots), np.nan, np.float32)
    value[:, before:].reshape(patients, days, -1)[:, :, : len(scores)] = values
    who, where = np.nonzero(keep)
    return {
        "patient": who + first,
        "day": day[where],
        "kind": kind[where],
        "code": code[where],
        "site": site[where],
        "value": value[who, where],
        "text": text[where],
    }


def words(numbers: Any, known: list[str]) -> Any:
    """A column of words by number; below 0 stands for none."""
    none = numbers < 0
    named = [*known, ""] if none.any() else known
    return pa.DictionaryArray.from_arrays(np.where(none, len(known), numbers).astype(np.int8), named)


def without_nulls(table: Any, but: str) -> Any:
    """The table with a schema that says that no column but one has nulls: these are read in half the time."""
    return table.cast(pa.schema([field.with_nullable(field.name == but) for field in table.schema]))


def generate(path: Path, patients: int, *, days: int = 84, a_day: int = 4, seed: int = 1) -> int:
    """Write the table; how many rows it has. `a_day` is how many entries a day of the diary has, 1 to 4."""
    choose = np.random.default_rng(seed)
    writer: Any = None
    rows = 0
    pending: list[Any] = []

    for first in range(0, patients, CHUNK):
        values = columns(choose, first, min(CHUNK, patients - first), days, a_day)
        numbers = np.unique(values["patient"])
        table = pa.table(
            {
                "patient": pa.DictionaryArray.from_arrays(
                    pa.array((values["patient"] - first).astype(np.int32)),
                    [f"p{number:08d}" for number in numbers],
                ).cast(pa.string()),
                "day": pa.array(values["day"]),
                "minute": pa.nulls(len(values["day"]), pa.int16()),
                "kind": words(values["kind"], KINDS),
                "code": words(values["code"], CODES),
                "site": words(values["site"], SITES),
                "value": pa.array(values["value"]),
                "text": words(values["text"], TEXTS),
            }
        )
        rows += table.num_rows
        pending.append(without_nulls(table, "minute"))
        if len(pending) * CHUNK * days * a_day >= 1_500_000 or first + CHUNK >= patients:
            whole = pa.concat_tables(pending).unify_dictionaries()
            writer = writer or pq.ParquetWriter(path, whole.schema, compression="lz4")
            writer.write_table(whole, row_group_size=2_000_000)
            pending = []
    writer.close()
    return rows


def main() -> None:
    """Write a cohort from the command line."""
    parser = argparse.ArgumentParser(description="write a made-up cohort as a Parquet table")
    parser.add_argument("path", type=Path)
    parser.add_argument("--patients", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=84)
    parser.add_argument("--a-day", type=int, default=4, choices=(1, 2, 3, 4))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rows = generate(args.path, args.patients, days=args.days, a_day=args.a_day, seed=args.seed)
    print(f"{args.path}: {args.patients} patients, {rows} rows")


if __name__ == "__main__":
    main()
