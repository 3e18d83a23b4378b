"""The command line, as `--help` prints it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from unittest.mock import patch

from assuage.cli import parser
from docs.build.markdown import fence

WIDTH = "90"  # argparse wraps to the terminal, and a page must not depend on one


def commands(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and every parser below it."""
    yield top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


def page() -> str:
    """The help of every command."""
    lines = ["# The command line", ""]
    with patch.dict(os.environ, {"COLUMNS": WIDTH, "NO_COLOR": "1"}):
        for command in commands(parser()):
            level = "#" * min(2 + max(len(command.prog.split()) - 2, 0), 3)
            lines += [f"{level} {command.prog}", "", *fence(command.format_help())]
    return "\n".join(lines)
