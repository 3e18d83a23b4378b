"""The files of a cohort before their rows: that they are tables of records, and that no patient is in two."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.errors import Problems
from assuage.record.table_reader import check_columns, opened, record_batches, shared_patients


def fingerprint(files: list[Path]) -> str:
    """What changes when a file is replaced: names, sizes, times of writing, and the statistics in each footer."""
    seen = hashlib.sha256()
    for file in files:
        about = file.stat()
        seen.update(f"{file.name} {about.st_size} {about.st_mtime_ns}\n".encode())
        with file.open("rb") as stream:
            stream.seek(max(0, about.st_size - 65_536))
            seen.update(stream.read())
    return seen.hexdigest()


def check_files(files: list[Path]) -> int:
    """How many rows there are. Raises Problems if a file cannot be used or a patient is in two of them."""
    check_columns(files)
    rows = 0
    spans: list[tuple[str, str, Path]] = []
    for file in files:
        parquet = opened(file)
        rows += parquet.metadata.num_rows
        names = _spans(parquet) if len(files) > 1 else None
        if names:
            spans.append((*names, file))
    if len(files) > 1:
        spans.sort()
        apart = all(span[1] < following[0] for span, following in zip(spans, spans[1:], strict=False))
        if len(spans) < sum(1 for file in files if opened(file).metadata.num_rows) or not apart:
            _no_patient_twice(files)
    return rows


def _spans(parquet: Any) -> tuple[str, str] | None:
    """The first and the last patient of a file by its statistics; None where it has none."""
    at = parquet.schema_arrow.names.index("patient")
    low: list[str] = []
    high: list[str] = []
    for group in range(parquet.metadata.num_row_groups):
        about = parquet.metadata.row_group(group).column(at).statistics
        if about is None or not about.has_min_max:
            return None
        low.append(str(about.min))
        high.append(str(about.max))
    return (min(low), max(high)) if low else None


def _no_patient_twice(files: list[Path]) -> None:
    """Raises Problems for patients that are in two files. Eight bytes are kept of each patient."""
    seen: list[Longs] = []
    for file in files:
        of_file: list[Longs] = []
        for batch in record_batches(file, opened(file), ["patient"]):
            names = batch.column(0).unique().to_pylist()
            digests = b"".join(hashlib.blake2b(str(n).encode(), digest_size=8).digest() for n in names)
            of_file.append(np.frombuffer(digests, dtype=np.int64))
        seen.append(np.unique(np.concatenate(of_file)) if of_file else np.empty(0, np.int64))
    every = np.concatenate(seen)
    values, counts = np.unique(every, return_counts=True)
    twice = set(values[counts > 1].tolist())
    if not twice:
        return
    home: dict[str, list[str]] = {}
    for file in files:
        for batch in record_batches(file, opened(file), ["patient"]):
            for name in batch.column(0).unique().to_pylist():
                digest = hashlib.blake2b(str(name).encode(), digest_size=8).digest()
                if int(np.frombuffer(digest, dtype=np.int64)[0]) in twice:
                    where = home.setdefault(str(name), [])
                    if file.name not in where:
                        where.append(file.name)
    problems = shared_patients(home)
    if problems:
        raise Problems("the files", problems)
