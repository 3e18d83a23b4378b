"""Compile the kernels: once on a machine, for every pathway. A made-up patient is sent through all of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from assuage.cohort.run import review_cohort
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.pathways import registry
from assuage.record.arrow import arrow
from assuage.terms.drugs import DRUGS
from assuage.terms.sites import WPI_SITES
from assuage.terms.therapies import THERAPIES

_TOLD = '{"by":"patient"}'
_TOLD_OF = next(therapy.id for therapy in THERAPIES.values() if therapy.recorded_by == "patient")
# Patient, day, minute, kind, code, value, text: a row for each kind of entry that has kernels of its own.
_PLAIN: tuple[tuple[Any, ...], ...] = (
    ("a", 0, None, "medication", next(iter(DRUGS)), None, '{"do":"start"}'),
    ("a", 0, None, "finding", "pregnancy", None, '{"state":"absent"}'),
    ("a", 1, 480, "score", "pain", 4.5, _TOLD),
    ("a", 2, None, "therapy", _TOLD_OF, None, _TOLD),
    ("b", 0, None, "symptom", "numbness", None, '{"state":"new"}'),
)
_ANSWERED = (*_PLAIN, ("c", 0, None, "answers", f"{BODY_INDEX}.{next(iter(WPI_SITES))}", 1.0, None))


def prepare() -> None:
    """Nothing comes back; every kernel is on disk afterwards."""
    with tempfile.TemporaryDirectory() as name:
        for number, rows in enumerate((_PLAIN, _ANSWERED)):
            path = Path(name) / f"{number}.parquet"
            _write(rows, path)
            for each in registry.PATHWAY_IDS:
                out = Path(name) / f"out{number}-{each}"
                review_cohort(path, registry.pathway(each), out, on=9, panel=True)


def _write(rows: tuple[tuple[Any, ...], ...], path: Path) -> None:
    pa = arrow()
    kinds = {
        "patient": pa.string(),
        "day": pa.int32(),
        "minute": pa.int16(),
        "kind": pa.string(),
        "code": pa.string(),
        "value": pa.float32(),
        "text": pa.string(),
    }
    columns = zip(kinds.items(), zip(*rows, strict=True), strict=True)
    pa.parquet.write_table(pa.table({name: pa.array(column, kind) for (name, kind), column in columns}), path)
