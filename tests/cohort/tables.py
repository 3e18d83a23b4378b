"""Tables for tests of whole runs: a few rows by hand, or a made-up cohort."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from assuage.cli import main

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
    """Exit status, output and messages of the command; `shell` is said before it, such as a limit.

    Without either it runs in this process: to start another takes longer than a small cohort.
    """
    if not shell and env is None:
        return _here([str(word) for word in words])
    command = " ".join([shell, "exec", f'"{sys.executable}"', "-m", "assuage.cli", '"$@"'])
    done = subprocess.run(
        ["bash", "-c", command, "assuage", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", **(env or {})},
    )
    return done.returncode, done.stdout, done.stderr


def _here(words: list[str]) -> tuple[int, str, str]:
    output, messages = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, {"COLUMNS": "100"}),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(messages),
    ):
        try:
            status = main(words)
        except SystemExit as stopped:
            status = stopped.code if isinstance(stopped.code, int) else 1
    return status, output.getvalue(), messages.getvalue()


def frames(folder: Path) -> dict[str, pl.DataFrame]:
    """Every table of a folder."""
    return {file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))}
