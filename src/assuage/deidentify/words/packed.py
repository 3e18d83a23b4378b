"""Long lists of words, packed; each with its source and licence in SOURCES.md."""

from __future__ import annotations

import lzma
from importlib.resources import files


def packed(name: str) -> list[str]:
    """The lines of a packed list."""
    raw = (files("assuage.deidentify.words") / f"{name}.txt.xz").read_bytes()
    return lzma.decompress(raw).decode("utf-8").split("\n")[:-1]
