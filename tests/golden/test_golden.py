"""Whole outputs, kept as files and read as diffs. `make golden` rewrites them; read the diff before committing it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assuage.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASE, DIARY = (str(ROOT / "examples" / f"{name}.yaml") for name in ("case", "diary"))

OUTPUTS = {
    "case-day-0.txt": ("review", CASE, "--on", "0"),
    "case-day-48.txt": ("review", CASE, "--on", "48"),
    "case-day-79-all.txt": ("review", CASE, "--all"),
    "case-day-48.json": ("review", CASE, "--on", "48", "--json"),
    "diary-day-50.txt": ("review", DIARY, "--on", "50"),
    "neck-first.json": ("pathway", "show", "neck-first", "--format", "json"),
    "neck-first.mmd": ("pathway", "show", "neck-first", "--format", "mermaid"),
    "eular-2017.json": ("pathway", "show", "eular-2017", "--format", "json"),
    "explain-spread-to-occiput.txt": ("explain", "spread-to-occiput"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_what_was_last_read_and_agreed(capsys, name):
    assert main(list(OUTPUTS[name])) == 0
    out = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
    path = HERE / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(out, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == out
