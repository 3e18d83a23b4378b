"""Records and commands that the tests of the case report share."""

from __future__ import annotations

import json
from pathlib import Path

from assuage.cli import main
from tests.docs.examples import ROOT

CASE = ROOT / "examples/case.yaml"
TEXT = ROOT / "examples/case-text.yaml"


def small(*entries: dict[str, object], **patient: object) -> dict[str, object]:
    """A record of these entries, as plain values."""
    return {"format": "assuage-record/2", "patient": {"id": "x", **patient}, "entries": list(entries)}


def written_to(tmp_path: Path, form: str, plain: dict[str, object] | None = None, *more: str) -> Path:
    """The manuscript of a record (without one: of the published case) in a form of file."""
    source = CASE
    if plain is not None:
        source = tmp_path / "record.json"
        source.write_text(json.dumps(plain), encoding="utf-8")
    target = tmp_path / f"report.{form}"
    assert main(["report", str(source), "-o", str(target), *more]) == 0
    return target
