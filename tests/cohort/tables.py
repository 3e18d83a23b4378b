"""Tables for tests of whole runs: a few rows by hand, or a made-up cohort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema(
    [
        ("patient", pa.string()),
        ("day", pa.int32()),
        ("minute", pa.int16()),
        ("kind", pa.string()),
        ("code", pa.string()),
        ("site", pa.string()),
        ("value", pa.float32()),
        ("text", pa.string()),
    ]
)


def pain(patient: Any, day: Any, value: Any = 4.0, **changed: Any) -> dict[str, Any]:
    """A row: the pain of a day."""
    row = {"patient": patient, "day": day, "minute": None, "kind": "score", "code": "pain", "site": None}
    return {**row, "value": value, "text": None, **changed}


def written(path: Path, rows: list[dict[str, Any]], **types: Any) -> Path:
    """The rows as a file, some columns of another type."""
    schema = pa.schema([(field.name, types.get(field.name, field.type)) for field in SCHEMA])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def assuage(*words: object, env: dict[str, str] | None = None, shell: str = "") -> tuple[int, str, str]:
    """Exit status, output and messages of the command; `shell` is said before it, such as a limit."""
    command = " ".join([shell, "exec", f'"{sys.executable}"', "-m", "assuage.cli", '"$@"'])
    done = subprocess.run(
        ["bash", "-c", command, "assuage", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", **(env or {})},
    )
    return done.returncode, done.stdout, done.stderr


def frames(folder: Path) -> dict[str, pl.DataFrame]:
    """Every table of a folder."""
    return {file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))}
