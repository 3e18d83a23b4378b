"""The fenced blocks of a page, run in order: `python` shares one namespace, `console` runs `assuage`.

A `text` block that follows a `python` block is what it prints. `...` stands for any words or lines. How lines
are broken is the business of the golden files, not of a page.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "docs/architecture.md",
    "docs/reference/cohort.md",
    "docs/reference/python.md",
    "docs/reference/triggers.md",
    *sorted(str(page.relative_to(ROOT)) for page in (ROOT / "docs/tutorial").glob("*.md")),
)

# What a command says of work that lasts: whether it does is the business of the machine.
_LASTS = re.compile(
    r"^(?:(?![A-Z]+  | ).*(?: …|: done after \d+ s|: baigta po \d+ s)|The kernels are compiled now, .*)\n",
    re.MULTILINE,
)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line on which the text begins."""

    language: str
    text: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """Every fenced block of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


def agrees(shown: str, got: str) -> bool:
    """Whether the output is what the page shows, word by word; where lines are broken does not matter."""
    parts = re.split(r"(?<!\S)\.\.\.(?!\S)", shown)
    wanted = r"(?:.* )?".join(re.escape(_words(part)) for part in parts)
    return re.fullmatch(wanted, _words(got)) is not None


def _words(text: str) -> str:
    """The words, each followed by one space."""
    return "".join(f"{word} " for word in text.split())


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each `$ …` line of a console block, and the output shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def in_the_shell(command: str, folder: Path) -> tuple[int, str]:
    """Exit status and all output of a command line, with `assuage` on the path."""
    bin_folder = folder / ".bin"
    bin_folder.mkdir(exist_ok=True)
    assuage = bin_folder / "assuage"
    assuage.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m assuage.cli "$@"\n')
    assuage.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    env = {**clean, "PATH": f"{bin_folder}:{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, _LASTS.sub("", done.stdout)


def in_python(block: Block, page: str, names: dict[str, object]) -> str:
    """What a block prints; its names stay for the next one."""
    code = compile("\n" * (block.line - 1) + block.text, str(ROOT / page), "exec")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, names)
    return out.getvalue()
