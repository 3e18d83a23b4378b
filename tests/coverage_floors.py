"""A plugin of pytest: the run fails when a package's share of lines and branches is below its floor.

The floors stand in pyproject.toml (`tool.assuage.coverage`). The shares come from the JSON report of the run
(`make coverage`). A folder of the package without a floor fails the run as well, so that none is forgotten.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / ".coverage.json"
PACKAGE = "assuage"


@dataclass(frozen=True)
class Share:
    """How much of a package was run: lines and branches together, in percent; None for one without a floor."""

    package: str
    percent: float
    floor: float | None

    @property
    def holds(self) -> bool:
        """Whether the floor is reached; a missing one never is."""
        return self.floor is not None and round(self.percent, 1) >= self.floor

    def __str__(self) -> str:
        floor = "no floor in pyproject.toml" if self.floor is None else f"floor {self.floor:g}"
        return f"{self.package:24} {self.percent:6.1f} %  {floor}{'' if self.holds else '  BELOW'}"


def floors() -> dict[str, float]:
    """The floors by package."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(settings["tool"][PACKAGE]["coverage"])


def package_of(file: str, known: Mapping[str, float]) -> str:
    """The innermost package with a floor that a file lies in; its folder where none has one."""
    parts = PurePosixPath(file).parts
    folder = parts[parts.index(PACKAGE) : -1]
    for depth in range(len(folder), min(len(folder), 2) - 1, -1):
        name = ".".join(folder[:depth])
        if name in known:
            return name
    return ".".join(folder[:2])


def shares(report: Mapping[str, Any], known: Mapping[str, float]) -> Iterator[Share]:
    """The share of each package, by name. A package in which nothing can be run is wholly run."""
    counts = {name: [0, 0] for name in known}
    for file, measured in report["files"].items():
        summary = measured["summary"]
        package = counts.setdefault(package_of(file, known), [0, 0])
        package[0] += summary["covered_lines"] + summary["covered_branches"]
        package[1] += summary["num_statements"] + summary["num_branches"]
    for name, (covered, everything) in sorted(counts.items()):
        yield Share(name, 100 * covered / everything if everything else 100.0, known.get(name))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Compare with the floors once every test has passed: in the process that joins the workers' counts."""
    if hasattr(session.config, "workerinput"):
        return
    if exitstatus == pytest.ExitCode.OK and not all(share.holds for share in _measured()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a package."""
    terminalreporter.section("share of lines and branches that was run")
    for share in _measured():
        terminalreporter.write_line(str(share), red=not share.holds)


def _measured() -> list[Share]:
    return list(shares(json.loads(REPORT.read_text(encoding="utf-8")), floors()))
