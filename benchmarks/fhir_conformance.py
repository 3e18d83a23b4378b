"""HL7's validator cases and examples beside our checker: `python -m benchmarks.fhir_conformance CASES [EXAMPLES]`.

CASES is the folder of the cases with their `expected.json`; EXAMPLES that of the package hl7.fhir.r4.examples 4.0.1.
What comes of it is written into docs/build/fhir_conformance.json, which docs/reference/fhir.md shows.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from assuage.fhir.rules import rules_of_r4
from assuage.fhir.validate import checked_bytes

TARGET = Path(__file__).parents[1] / "docs" / "build" / "fhir_conformance.json"


def cases(folder: Path) -> dict[str, Any]:
    """How many cases concern our types, and those on which we differ: what is expected, and what we say."""
    concerned = agreed = 0
    differing: dict[str, list[object]] = {}
    for case in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        checked = checked_bytes((folder / case["file"]).read_bytes())
        if not checked.resources and checked.unchecked:
            continue
        concerned += 1
        if bool(checked.errors) == bool(case["errors"]):
            agreed += 1
        else:
            differing[case["name"]] = [case["errors"], checked.errors]
    return {"concerned": concerned, "agreed": agreed, "differing": differing}


def examples(folder: Path) -> dict[str, Any]:
    """How many examples of our types there are, and those in which we see an error: its places and rules."""
    looked_at = 0
    refused: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.json")):
        # Code systems and maps are there by the thousand, written by the programs that made the specification.
        kind = file.name.partition("-")[0]
        if kind not in rules_of_r4().checked or kind in ("CodeSystem", "ConceptMap"):
            continue
        looked_at += 1
        errors = [each for each in checked_bytes(file.read_bytes()).issues if each.severity == "error"]
        if errors:
            refused[file.name] = sorted({each.rule or each.what.id for each in errors})
    return {"looked_at": looked_at, "refused": refused}


def main(argv: list[str]) -> int:
    """Write what comes of both."""
    if not argv:
        print(__doc__, file=sys.stderr)
        return 2
    told = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.is_file() else {}
    told["cases"] = cases(Path(argv[0]))
    if len(argv) > 1:
        told["examples"] = examples(Path(argv[1]))
    TARGET.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
