"""The build hook: compiles the catalogues of sentences, so that an installed package needs nothing to read them."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Writes the .mo files beside the folders of .po files, before they are packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is stale. The package itself is not installed yet, so its module is run by its path."""
        compiler = Path(self.root) / "src" / "assuage" / "catalogue" / "compile.py"
        runpy.run_path(str(compiler))["compile_stale"]()
