"""The names of `import assuage`: few, known to a type checker, documented, and loaded when they are used."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assuage
from assuage.cohort.run import review_cohort
from assuage.review.make import review

ROOT = Path(__file__).resolve().parents[2]
MOST = 30


def in_a_new_python(code: str) -> str:
    """What a program prints that has imported nothing before."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def checked_names() -> dict[str, str]:
    """The names that a type checker is told of: each with its module, and what it is called there."""
    tree = ast.parse(Path(assuage.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    assert isinstance(block.test, ast.Name)
    return {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_the_names_are_few_and_sorted():
    assert assuage.__all__ == sorted(set(assuage.__all__))
    assert len(assuage.__all__) <= MOST
    assert set(assuage.__all__) <= set(dir(assuage))


def test_a_type_checker_is_told_what_a_program_gets():
    loaded = {
        name: home if ":" in home else f"{home}:{name}"
        for name, home in assuage._HOME.items()  # pyright: ignore[reportPrivateUsage]
    }
    assert checked_names() == loaded
    assert sorted(loaded) == assuage.__all__


@pytest.mark.parametrize("name", assuage.__all__)
def test_every_name_can_be_used_and_says_what_it_is(name: str):
    assert callable(getattr(assuage, name))
    module, _, attribute = checked_names()[name].partition(":")
    assert inspect.getdoc(getattr(sys.modules[module], attribute))


def test_every_name_stands_on_its_page():
    page = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| .+ \|$", page, re.MULTILINE)
    assert listed == assuage.__all__


def test_importing_it_loads_nothing_of_the_package_and_no_library():
    added = in_a_new_python(
        "import sys, importlib, typing\nbefore = set(sys.modules)\nimport assuage\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    assert added == "assuage"


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("review", ""),
        ("review", "import assuage.review.model"),
        ("cohort", ""),
        ("cohort", "from assuage.cohort import titles"),
    ],
)
def test_a_name_that_is_a_package_too_can_be_called_whatever_was_imported_before(name: str, before: str):
    told = in_a_new_python(
        f"import assuage\n{before}\nfrom assuage import {name}\nimport assuage.{name} as package\n"
        f"print(callable({name}), {name} is package, assuage.{name} is package)"
    )
    assert told == "True True True"


@pytest.mark.parametrize(("name", "does"), [("review", review), ("cohort", review_cohort)])
def test_a_package_that_is_called_takes_what_its_function_takes(name: str, does: object):
    assert callable(does)
    assert inspect.signature(getattr(assuage, name), eval_str=True) == inspect.signature(does, eval_str=True)


def test_a_name_that_is_none_is_an_error_as_of_any_module():
    with pytest.raises(AttributeError, match="module 'assuage' has no attribute 'reviw'"):
        _ = assuage.reviw  # pyright: ignore[reportAttributeAccessIssue]


def test_a_name_whose_library_is_not_installed_names_the_extra():
    told = in_a_new_python(
        "import sys\nsys.modules['numba'] = None\nimport assuage\n"
        "try:\n    assuage.cohort\nexcept ImportError as error:\n    print(error)"
    )
    assert told.startswith("assuage.cohort needs numba, which comes with an extra: pip install 'assuage[")
    extras = re.findall(r"\w+", told.partition("[")[2])
    written = re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert set(extras) <= set(written)


def test_python_m_assuage_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "assuage", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"assuage {assuage.__version__}\n"


CASE = assuage.read_record(ROOT / "examples" / "case.yaml")


def test_a_review_takes_a_pathway_by_its_id():
    by_name = assuage.review(CASE, "neck-first", 48)
    assert assuage.to_json(by_name) == assuage.to_json(
        assuage.review(CASE, assuage.pathway("neck-first"), 48)
    )


def test_a_walk_takes_a_pathway_by_its_id_and_a_record():
    by_name = assuage.walk("neck-first", CASE, 48)
    assert by_name.stays == assuage.walk(assuage.pathway("neck-first"), assuage.Timeline(CASE), 48).stays


def test_one_record_is_saved_as_a_list_of_one_is(tmp_path: Path):
    (path,) = assuage.save(CASE, tmp_path / "case.yaml")
    assert assuage.read_record(path).entries == CASE.entries


@pytest.mark.parametrize("day", ["2026-01-01", 4.5])
def test_a_day_that_is_no_whole_number_is_refused_with_what_to_write(day: object):
    with pytest.raises(assuage.InputError, match="day counted from day 0"):
        assuage.review(CASE, "neck-first", day)  # pyright: ignore[reportArgumentType]


def test_an_id_that_no_pathway_has_is_refused_with_the_nearest():
    with pytest.raises(assuage.InputError, match="neck-first"):
        assuage.review(CASE, "neck-frist", 48)
