"""The files of a cohort before their rows: that they are tables of records, and that no patient is in two."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

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


class FileAbout(NamedTuple):
    """What the footer of a file says: rows, the first and the last patient (None: nothing says), its columns, and the
    rows of each of its groups.
    """

    file: Path
    rows: int
    span: tuple[str, str] | None
    schema: Any
    groups: tuple[int, ...]


def check_files(files: list[Path]) -> int:
    """How many rows there are. Raises Problems if a file cannot be used or a patient is in two of them."""
    return sum(about.rows for about in checked_files(files))


def checked_files(files: list[Path]) -> list[FileAbout]:
    """What is known of each file. Raises Problems if one cannot be used or a patient is in two of them."""
    abouts: list[FileAbout] = []

    def look(file: Path, parquet: Any) -> None:
        about = parquet.metadata
        groups = tuple(int(about.row_group(at).num_rows) for at in range(about.num_row_groups))
        abouts.append(FileAbout(file, int(about.num_rows), _spans(parquet), parquet.schema_arrow, groups))

    check_columns(files, look)
    if len(files) > 1:
        filled = [about for about in abouts if about.rows]
        spans = sorted(about.span for about in filled if about.span)
        apart = all(span[1] < following[0] for span, following in zip(spans, spans[1:], strict=False))
        if len(spans) < len(filled) or not apart:
            _no_patient_twice(files)
    return abouts


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
