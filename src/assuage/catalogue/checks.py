"""Who checked a translation or a fact, and when, as it is written down in `checks.toml`. Read when we build."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import cast

from msgspec import Struct

FILE = Path(__file__).resolve().parent / "checks.toml"


class Check(Struct, frozen=True):
    """That somebody looked at an entry (`id`: a message, the key of a table's text, or of a row) on a day."""

    language: str
    reader: str
    id: str
    digest: str
    by: str
    on: str


def checks(file: Path = FILE) -> tuple[Check, ...]:
    """The checks as they were written down.

    Raises ValueError for a check with a field missing or unknown, or for two of one entry.
    """
    written = cast("list[dict[str, str]]", tomllib.loads(file.read_text(encoding="utf-8")).get("check", []))
    read: dict[tuple[str, str, str], Check] = {}
    for number, fields in enumerate(written, start=1):
        try:
            check = Check(**{name: str(value) for name, value in fields.items()})
        except TypeError as wrong:
            raise ValueError(
                f"check {number} of {file.name}: {wrong}; write language, reader, id, digest, by and on"
            ) from None
        if read.setdefault((check.language, check.reader, check.id), check) is not check:
            raise ValueError(
                f"{file.name} has two checks of {check.id} ({check.language}, {check.reader}): keep one"
            )
    return tuple(read.values())
