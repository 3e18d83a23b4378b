"""`-o FILE`: where a command writes what it makes; spelled the same on every command."""

from __future__ import annotations

import argparse
from pathlib import Path

from assuage.errors import InputError

PICTURES = (".svg", ".png", ".pdf", ".html")
PAGE = (".html",)


def add_output(
    parser: argparse.ArgumentParser,
    help_text: str,
    *,
    metavar: str = "FILE",
    required: bool = False,
    before: tuple[str, ...] = (),
) -> None:
    """Declare `-o` and `--output`. `before` are the spellings of earlier versions: still taken, no longer shown."""
    action = parser.add_argument(
        "-o", "--output", *before, dest="output", metavar=metavar, required=required, help=help_text
    )
    action.option_strings = ["-o", "--output"]


def ending_of(output: str, endings: tuple[str, ...] = PICTURES) -> str:
    """The ending of the name of a picture or page; InputError for another."""
    ending = Path(output).suffix.lower()
    if ending not in endings:
        *most, last = endings
        raise InputError(
            f'-o "{output}": the name must end in {", ".join(most)}{" or " if most else ""}{last}'
        )
    return ending


_NEEDED = {".svg": (), ".png": ("typst",), ".pdf": ("typst",), ".html": ("jinja2",)}


def needs_pictures(ending: str) -> None:
    """InputError, with the remedy, where the extra that writes such a picture or page is not installed."""
    from importlib.util import find_spec

    for module in _NEEDED[ending]:
        if find_spec(module) is None:
            raise InputError("Pictures and pages need the extra: pip install 'assuage[report]'")
