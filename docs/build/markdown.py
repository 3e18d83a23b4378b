"""Small pieces of Markdown: cells, tables, fences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def cell(text: object) -> str:
    """Text that can stand in a table: one line, no bars, nothing that reads as HTML."""
    line = " ".join(str(text).split())
    return line.replace("|", "\\|").replace("<", "&lt;")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table as lines, followed by an empty line."""
    lines = [f"| {' | '.join(head)} |", f"|{'|'.join('---' for _ in head)}|"]
    lines += [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    return [*lines, ""]


def fence(text: str, language: str = "text") -> list[str]:
    """A fenced block as lines, followed by an empty line."""
    return [f"```{language}", *text.rstrip("\n").splitlines(), "```", ""]


def code(text: object) -> str:
    """Text in code type."""
    return f"`{text}`"


def codes(words: Iterable[object]) -> str:
    """`a`, `b`, `c` in code type."""
    return ", ".join(code(word) for word in words)


_NESTED = re.compile(r"^( +)- ", re.MULTILINE)


def for_the_site(text: str) -> str:
    """The same Markdown with lists nested by four spaces, as the site's reader wants them."""
    return _NESTED.sub(lambda match: f"{match[1] * 2}- ", text)
