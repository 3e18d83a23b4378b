"""Mistakes in a pathway are refused while it is typed: the type checker is the first reader."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def _errors() -> dict[str, set[int]]:
    """The lines on which pyright strict finds an error, by file."""
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "-p", str(HERE)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent.parent,
    )
    found: dict[str, set[int]] = {}
    for one in json.loads(done.stdout)["generalDiagnostics"]:
        if one["severity"] == "error":
            name = Path(one["file"]).name
            found.setdefault(name, set()).add(one["range"]["start"]["line"] + 1)
    return found


def test_every_marked_mistake_is_refused_and_nothing_else():
    lines = (HERE / "mistakes.py").read_text(encoding="utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, 1) if "# MISTAKE" in line}
    assert _errors().get("mistakes.py", set()) == marked


def test_what_is_written_right_passes():
    assert "correct.py" not in _errors()
