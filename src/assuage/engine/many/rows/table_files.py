"""The files of a cohort before their rows: which there are, that they are such tables, and that no patient is in two.

The columns and their meaning are those of `assuage.record.table`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from assuage.engine.many.arrays import Longs
from assuage.engine.many.arrow import arrow
from assuage.errors import InputError, Problem, Problems
from assuage.record.fields import shown

NEEDED = ("patient", "day", "kind", "code")
OPTIONAL = ("minute", "site", "value", "text")
_WHOLE = 64 << 20  # bytes of a row group that may be read at once


def files_of(paths: Path | str | list[Path] | list[str]) -> list[Path]:
    """The Parquet files of a path, of a folder of them, or of several. Raises InputError if there is none."""
    given = [Path(one) for one in (paths if isinstance(paths, list) else [paths])]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(path.glob("*.parquet"))
            if not inside:
                raise InputError(f"no .parquet file in the folder {path}")
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise InputError(f"no file {path}")
    return files


def opened(file: Path) -> Any:
    """The file, its columns checked. Raises Problems for a file that is no such table."""
    pa = arrow()
    try:
        about = pa.parquet.read_metadata(file)
        has = about.schema.to_arrow_schema()
        words = [
            name
            for name in ("patient", "kind", "code", "site", "text")
            if has.names.count(name) == 1 and _fits(name, has.field(name).type)
        ]
        # Columns of a group are read whole, which is faster, unless that would be too much at once.
        groups = (about.row_group(at).total_byte_size for at in range(about.num_row_groups))
        at_a_time = 0 if max(groups, default=0) <= _WHOLE else 1 << 20
        found = pa.parquet.ParquetFile(
            file, metadata=about, read_dictionary=words, buffer_size=at_a_time, pre_buffer=False
        )
    except (pa.ArrowException, OSError):
        text = "not a Parquet file that can be read to its end (is it a copy that was cut short?)"
        raise Problems(str(file), [Problem("", text)]) from None
    problems: list[Problem] = []
    schema = found.schema_arrow
    known = ", ".join((*NEEDED, *OPTIONAL))
    for name in NEEDED:
        if name not in schema.names:
            problems.append(Problem("columns", f'"{name}" is missing; needed: {", ".join(NEEDED)}'))
    for name in dict.fromkeys(schema.names):
        if schema.names.count(name) > 1:
            problems.append(
                Problem("columns", f'"{name}" is there {schema.names.count(name)} times; keep one')
            )
        elif name not in (*NEEDED, *OPTIONAL):
            problems.append(Problem("columns", f'unknown column "{name}"; known: {known}'))
        elif not _fits(name, schema.field(name).type):
            kind = {"day": "whole numbers", "minute": "whole numbers", "value": "numbers"}.get(name, "text")
            problems.append(Problem("columns", f'"{name}" must be {kind}, not {schema.field(name).type}'))
    if problems:
        raise Problems(str(file), problems)
    return found


def _fits(name: str, kind: Any) -> bool:
    types = arrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind):
        return name not in ("patient", "day", "kind")
    if name in ("day", "minute"):
        return types.is_integer(kind)
    if name == "value":
        return types.is_floating(kind) or types.is_integer(kind)
    return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)


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
    rows = 0
    spans: list[tuple[str, str, Path]] = []
    for file in files:
        found = opened(file)
        rows += found.metadata.num_rows
        names = _spans(found) if len(files) > 1 else None
        if names:
            spans.append((*names, file))
    if len(files) > 1:
        spans.sort()
        apart = all(one[1] < other[0] for one, other in zip(spans, spans[1:], strict=False))
        if len(spans) < sum(1 for file in files if opened(file).metadata.num_rows) or not apart:
            _no_patient_twice(files)
    return rows


def _spans(found: Any) -> tuple[str, str] | None:
    """The first and the last patient of a file by its statistics; None where it has none."""
    at = found.schema_arrow.names.index("patient")
    low: list[str] = []
    high: list[str] = []
    for group in range(found.metadata.num_row_groups):
        about = found.metadata.row_group(group).column(at).statistics
        if about is None or not about.has_min_max:
            return None
        low.append(str(about.min))
        high.append(str(about.max))
    return (min(low), max(high)) if low else None


def _no_patient_twice(files: list[Path]) -> None:
    """Raises Problems for patients that are in two files. Eight bytes are kept of each patient."""
    pa = arrow()
    seen: list[Longs] = []
    for file in files:
        own: list[Longs] = []
        for batch in opened(file).iter_batches(columns=["patient"], use_threads=False):
            names = batch.column(0).unique().to_pylist()
            digests = b"".join(hashlib.blake2b(str(n).encode(), digest_size=8).digest() for n in names)
            own.append(np.frombuffer(digests, dtype=np.int64))
        seen.append(np.unique(np.concatenate(own)) if own else np.empty(0, np.int64))
    every = np.concatenate(seen)
    values, counts = np.unique(every, return_counts=True)
    twice = set(values[counts > 1].tolist())
    if not twice:
        return
    home: dict[str, list[str]] = {}
    for file in files:
        for batch in opened(file).iter_batches(columns=["patient"], use_threads=False):
            for name in batch.column(0).unique().to_pylist():
                digest = hashlib.blake2b(str(name).encode(), digest_size=8).digest()
                if int(np.frombuffer(digest, dtype=np.int64)[0]) in twice:
                    where = home.setdefault(str(name), [])
                    if file.name not in where:
                        where.append(file.name)
    del pa
    problems = [
        Problem(f"patient {shown(name)}", f"is in {' and in '.join(where)}; keep each patient in one file")
        for name, where in sorted(home.items())
        if len(where) > 1
    ]
    if problems:
        told = problems[:20]
        if len(problems) > 20:
            told.append(Problem("", f"and {len(problems) - 20} more patients"))
        raise Problems("the files", told)
