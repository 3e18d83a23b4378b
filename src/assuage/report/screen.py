"""The terminal: colour where it allows, 80 columns where it says nothing else."""

from __future__ import annotations

import os
import shutil
import sys

from rich.console import Console, RenderableType

WIDTH = 80


def console() -> Console:
    """A console on standard output: as wide as the terminal up to 100, 80 where there is none."""
    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 100) if sys.stdout.isatty() else WIDTH
    if "COLUMNS" in os.environ and os.environ["COLUMNS"].isdigit():
        width = max(40, min(int(os.environ["COLUMNS"]), 200))
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)


def show(to: Console, *parts: RenderableType) -> None:
    """Print the parts; where nobody looks at a terminal, without the blanks that fill a line."""
    if to.is_terminal:
        to.print(*parts, sep="\n")
        return
    with to.capture() as caught:
        to.print(*parts, sep="\n")
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in caught.get().splitlines()))


def print_markdown(text: str) -> None:
    """Print Markdown as text for a terminal."""
    from rich.markdown import Markdown  # slow to import, and no review needs it

    show(console(), Markdown(text))
