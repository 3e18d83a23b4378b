"""`python -m docs.build.sbom`: the parts of the clinic as a CycloneDX bill of materials, from its lock file."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from assuage import __version__

LOCK = Path(__file__).resolve().parents[2] / "locks" / "clinic.lock"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def locked(text: str) -> list[tuple[str, str]]:
    """The name and version of each part, in the order of the lock."""
    return [(m[1].lower(), m[2]) for m in _PINNED.finditer(text)]


def bill_of_materials(text: str) -> dict[str, Any]:
    """CycloneDX 1.6: each part with its package URL and the hashes that its install is checked against."""
    parts: list[dict[str, Any]] = []
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    for block in blocks:
        pinned = _PINNED.match(block)
        if pinned is None:
            continue
        name, version = pinned[1].lower(), pinned[2]
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
        parts.append(
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
            }
        )
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "assuage", "version": __version__}},
        "components": parts,
    }


if __name__ == "__main__":
    json.dump(bill_of_materials(LOCK.read_text("utf-8")), sys.stdout, indent=1)
