"""The build hook: compiles the catalogues of sentences, so that an installed package needs nothing to read them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What lies in the examples of a working copy and belongs to the demonstration of the clinic.
DEMO = {
    "examples/case.yaml": "assuage/clinic/demo/records/case.yaml",
    "examples/patients": "assuage/clinic/demo/records/patients",
}


class CompileCatalogues(BuildHookInterface[Any]):
    """Writes the .mo files beside the folders of .po files, before they are packed, and packs the demonstration."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is stale. The package itself is not installed yet, so it is imported from its folder."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from assuage.catalogue.compile import compile_stale

        compile_stale()
        if self.target_name == "wheel" and version == "standard":  # a working copy reads its own examples
            build_data["force_include"].update({str(Path(self.root) / name): to for name, to in DEMO.items()})
