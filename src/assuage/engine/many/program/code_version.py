"""What changes when the program changes: work that one program left unfinished is not finished by another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import assuage


@cache
def code_version() -> str:
    """A hash of every module of the package."""
    here = Path(assuage.__file__).parent
    seen = hashlib.sha256()
    for file in sorted(here.rglob("*.py")):
        seen.update(f"{file.relative_to(here)} {file.stat().st_size}\n".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()
