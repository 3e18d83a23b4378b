"""The oracle stands on the pages alone: it imports nothing of the package, and obeys sentences that are there."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.oracle.pages import CITED, PAGES, page, stands, table
from tests.oracle.walk import walk

# What makes up the oracle; the rest of the folder compares it with the engines, and may import both.
ORACLE = (
    "pages",
    "words",
    "record",
    "answers",
    "moment",
    "scores",
    "therapies",
    "symptoms",
    "findings",
    "flags",
    "neck_first",
    "walk",
)
FOLDER = Path(__file__).parent


def imported(source: str) -> set[str]:
    """Every module that a source imports, at its top or anywhere else."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            modules |= {name} & {"__import__", "import_module"}
    return modules


def strangers(source: str) -> set[str]:
    """What a source imports beside the standard library and the oracle."""
    own = {f"tests.oracle.{name}" for name in ORACLE}
    return {
        name
        for name in imported(source)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == each or name.startswith(f"{each}.") for each in own)
    }


@pytest.mark.parametrize("name", ORACLE)
def test_the_oracle_imports_the_standard_library_and_itself_only(name: str):
    assert strangers((FOLDER / f"{name}.py").read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import assuage",
        "from assuage.engine.walk import walk",
        "def ask():\n    from assuage import review",
        "__import__('assuage')",
        "importlib.import_module('assuage')",
        "from tests.oracle import engines",
        "from tests.agree.both import courses",
        "import polars",
    ],
)
def test_an_import_of_anything_else_is_noticed(source: str):
    assert strangers(source)


def test_every_sentence_that_a_rule_obeys_stands_on_its_page():
    assert walk
    assert [(name, sentence) for name, sentence in CITED if not stands(name, sentence)] == []


NOT_ASKED = {
    "A question once answered returns when its answer no longer holds",
    "What only the day of the needle can tell is asked on the day",
    "A drug shows when it was last confirmed and is asked about after 90 days",
    # neck-first does not ask it
    "The whole body pools every place when it is named",
    "Morning and evening are kept apart",
    "A session counts at its sites and is possible where none were written down",
    "Known is never unknown",
    "Between includes both ends",
    "The gate to the first phase is asked outside every phase",
    # of definitions, not of records
    "A test has no truth value until it is evaluated",
    # the oracle says that a decision cannot be followed, not everything that is wrong with a record
    "A decision keeps the state of the gates at that moment",
    "All impossible decisions are reported together",
    # the oracle says that a restriction is breached and on which day, not how a breach reads
    "A breach says what was done and who sought it",
    # of the drug index, whose names are on no page
    "A drug is taken under any of its names",
    "A combination is taken as each of its parts",
    "A class is taken by who takes any member of it",
    # of the plan, which the oracle does not make
    "A drug that is not running is to be started and one that is goes on",
    "Nobody is treated whose diagnosis is open and whom no clinician has entered",
    "What nobody recorded and could forbid a drug makes it a question",
    "A drug a person stopped is proposed again only as a question",
    "Stop is proposed only while the drug is taken",
    "A course says how many were given and when the next is due",
    "A finished course becomes the question whether to go on",
    "A recommendation with an unknown condition is a question that names what is missing",
    "A recommendation whose condition is known not to be met is silent",
    "The limit of a phase adds its recommendation",
}


def test_every_rule_of_the_manual_is_obeyed_by_the_oracle_or_named_here():
    chapters = [name for name, path in PAGES.items() if "manual" in path]
    rules = {(name, line[3:]) for name in chapters for line in page(name).splitlines() if line[:3] == "## "}
    assert {rule for name, rule in rules if (name, rule) not in CITED} == NOT_ASKED


def test_a_sentence_that_is_not_on_a_page_is_noticed():
    assert not stands("moves", "Gates move a patient at most twice a day")


def test_a_table_is_read_under_its_heading():
    assert table("record", "Sites")[0][:2] == ["widespread", "whole body"]
    with pytest.raises(LookupError):
        table("record", "Stars")
