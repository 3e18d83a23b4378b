"""What changes when the program changes: work that one program left unfinished is not finished by another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[3]


@cache
def code_version() -> str:
    """A hash of every module of the package."""
    seen = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*.py")):
        seen.update(f"{file.relative_to(_PACKAGE)} {file.stat().st_size}\n".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()
