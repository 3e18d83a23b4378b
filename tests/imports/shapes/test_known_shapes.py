"""A small file of every shape that is known, and of some that are not, comes in whole: what is said, and every entry.

The files are made by hand; what is kept beside them is what `assuage import` says and writes, to be read as diffs
(`GOLDEN=write` rewrites it).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.imports.shapes.known import SHAPES

FILES = Path(__file__).parent / "files"
KEPT = Path(__file__).parent / "kept"
CASES = sorted(path.name for path in FILES.iterdir())
# Folders of files without a name of whose they are.
OF_ONE_PERSON = frozenset({"google-fit", "loop-habits", "samsung-health", "whoop", "withings"})


def said_and_written(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    whose = ["--patient", "P1"] if name in OF_ONE_PERSON else []
    status = main(["import", str(FILES / name), "-o", str(tmp_path / "out"), *whose])
    out, err = capsys.readouterr()
    parts = [f"{out}{err.replace(str(tmp_path), '.')}exit {status}\n"]
    parts += [path.read_text() for path in sorted((tmp_path / "out").glob("*"))]
    return "\n".join(parts)


@pytest.mark.parametrize("name", CASES)
def test_a_file_says_and_becomes_what_was_last_read_and_agreed(name: str, tmp_path: Path, capsys):
    told = said_and_written(name, tmp_path, capsys)
    kept = KEPT / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(told, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == told


def test_every_shape_but_that_of_apple_has_a_file(capsys):
    from assuage.imports.shapes.understand import understand

    seen = {
        table.shape.id
        for name in CASES
        for table in understand([FILES / name]).tables
        if table.shape is not None
    }
    assert {shape.id for shape in SHAPES} - seen == {"apple-health"}
