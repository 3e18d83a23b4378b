"""The coverage gate: every package has a floor, and a share below it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.coverage_floors import floors, package_of, shares

KNOWN = {"assuage": 50.0, "assuage.engine": 90.0, "assuage.engine.many": 80.0}


def report(**files: tuple[int, int, int, int]) -> dict[str, Any]:
    """A coverage report: lines run, lines, branches taken, branches."""
    names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {
        "files": {
            f"src/assuage/{file.replace('__', '/')}.py": {"summary": dict(zip(names, counts, strict=True))}
            for file, counts in files.items()
        }
    }


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("src/assuage/errors.py", "assuage"),
        ("src/assuage/engine/walk.py", "assuage.engine"),
        ("src/assuage/engine/many/walk/moves.py", "assuage.engine.many"),
        ("src/assuage/new/deep/down.py", "assuage.new"),
    ],
)
def test_a_file_counts_for_the_innermost_package_with_a_floor(file: str, package: str):
    assert package_of(file, KNOWN) == package


def test_lines_and_branches_of_a_package_are_added_up():
    measured = shares(report(errors=(3, 4, 1, 4), engine__walk=(9, 10, 0, 0)), KNOWN)
    assert [(share.package, share.percent, share.holds) for share in measured] == [
        ("assuage", 50.0, True),
        ("assuage.engine", 90.0, True),
        ("assuage.engine.many", 100.0, True),
    ]


def test_a_share_below_its_floor_does_not_hold():
    low = next(share for share in shares(report(engine__walk=(8, 10, 0, 0)), KNOWN) if not share.holds)
    assert str(low).split() == ["assuage.engine", "80.0", "%", "floor", "90", "BELOW"]


def test_a_package_without_a_floor_does_not_hold():
    new = next(share for share in shares(report(new__thing=(1, 1, 0, 0)), KNOWN) if not share.holds)
    assert str(new).endswith("no floor in pyproject.toml  BELOW")


def test_every_package_of_the_product_has_a_floor():
    source = Path(__file__).resolve().parents[2] / "src"
    found = {package_of(str(file.relative_to(source)), floors()) for file in source.rglob("*.py")}
    assert sorted(found) == sorted(floors())
