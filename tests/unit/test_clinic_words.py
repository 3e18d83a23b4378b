"""Above the pathways nothing names a drug, a therapy, a questionnaire or a guideline: that is the pathway's to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.model import Criteria, Instrument
from assuage.pathways.evidence import Advice, Guideline
from assuage.pathways.guideline import EULAR_2017
from assuage.pathways.model import Pathway
from assuage.terms.drugs import DRUGS, Drug
from assuage.terms.therapies import THERAPIES, Therapy

SOURCE = Path(__file__).resolve().parents[2] / "src/assuage"
ABOVE = ("engine", "dynamics", "nof1", "review", "deidentify", "cohort", "report", "cli", "words")
SENTENCES = SOURCE / "catalogue/en"
NAMED = (Drug, Therapy, Instrument, Criteria, Guideline, Advice, Pathway)

# Names that are also everyday words, or words of ours: a literal that is one of them means something else.
EVERYDAY = {
    "diary",
    "education",
    "exercise",
    "pain",
    "psychology",
    "sleep advice",
    "alcohol",
    "first",
    "spa",
    "id",
}


# Who may name something all the same, what, and why. Whatever is not here is the pathway's, the terms' or the safety
# tables' to say.
ALLOWED: dict[str, tuple[str, frozenset[str]]] = {
    "dynamics/written.py": (
        "invented records need therapies to be invented about; any ten would do",
        frozenset(
            (
                "massage", "acupuncture", "hydrotherapy", "dry_needling", "myofascial_release", "spinal_manipulation",
                "mesotherapy", "kinesiotherapy", "cbt", "nerve_block",
            )
        ),
    ),
    "deidentify/patterns.py": (
        "abbreviations of a report that are no identifiers",
        frozenset(("wpi", "sss", "fiqr", "eular", "isi", "csi", "dn4", "hads", "pcs", "psqi")),
    ),
    "deidentify/dates.py": ("who publishes criteria, whose year is no event", frozenset(("eular",))),
    "deidentify/places.py": ("part of the names of hospitals", frozenset(("rehabilitation",))),
    "cli/triggers.py": ("examples in the help and in its errors", frozenset(("massage",))),
    "cli/check_regimen.py": ("an example in the help", frozenset(("amitriptyline", "tizanidine"))),
    "cli/session.py": (
        "the command of one procedure, whose rules are safety's, with an example",
        frozenset(("mesotherapy", "ketoprofen", "lidocaine", "sodium chloride 0.9%", "amitriptyline")),
    ),
    "catalogue/en/clinician/actions.po": ("a role that acts, not the therapy", frozenset(("psychologist",))),
    "catalogue/en/clinician/recorded.po": ("a role that writes, not the therapy", frozenset(("psychologist",))),
    "cli/fhir_asked.py": ("an example in the help", frozenset(("phq9",))),
    "review/session_on_day.py": (
        "the session of one procedure, whose rules are safety's", frozenset(("MESOTHERAPY",))
    ),
    "catalogue/en/clinician/clinic_people.po": ("a role that acts, not the therapy", frozenset(("psychologist",))),
    "catalogue/en/patient/clinic_own.po": ("a role that acts, not the therapy", frozenset(("psychologist",))),
    "catalogue/en/patient/plan.po": ("a role that acts, not the therapy", frozenset(("psychologist",))),
    "catalogue/en/patient/cards.po": ("a role that acts, not the therapy", frozenset(("psychologist",))),
    "catalogue/en/clinician/regimen.po": (
        "how a regimen is typed, by example", frozenset(("amitriptyline", "tizanidine"))
    ),
    "catalogue/en/clinician/options.po": ("how an option is typed, by example", frozenset(("massage",))),
    "catalogue/en/clinician/scores.po": (
        "what may be written in place of answers, by example", frozenset(("wpi", "sss", "fs"))
    ),
    "catalogue/en/clinician/session.po": (
        "what safety says of the session of one procedure",
        frozenset(("dexketoprofen", "ketoprofen", "lidocaine")),
    ),
}  # fmt: skip


def _names() -> dict[str, str]:
    """Every name as it is written, with what it is a name of."""
    names: dict[str, str] = {}
    for kind, rows in (("drug", DRUGS.values()), ("therapy", THERAPIES.values())):
        for row in rows:
            names |= {each.casefold(): f"the {kind} {row.id}" for each in (row.id, row.title, *row.aliases)}
    for kind, table in (("questionnaire", INSTRUMENTS), ("criteria", CRITERIA)):
        for key, row in table.items():
            names |= {key.casefold(): f"the {kind} {key}", row.title.casefold(): f"the {kind} {key}"}
    names |= dict.fromkeys((EULAR_2017.id, "eular 2017", "eular"), f"the guideline {EULAR_2017.id}")
    return {name: what for name, what in names.items() if name not in EVERYDAY}


NAMES = _names()
_ANY = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(NAMES, key=len, reverse=True)))})(?![\w-])")


def named_in(text: str) -> list[str]:
    return [found[0] for found in _ANY.finditer(text.casefold())]


def _docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    skipped = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names of single drugs, therapies, questionnaires, criteria, pathways that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assuage."):
            module = import_module(node.module or "")
            for alias in node.names:
                if isinstance(getattr(module, alias.name, None), NAMED):
                    yield node.lineno, alias.name


def found() -> Iterator[tuple[str, int, str]]:
    for folder in ABOVE:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            tree, file = ast.parse(path.read_text(encoding="utf-8")), str(path.relative_to(SOURCE))
            yield from ((file, line, name) for line, text in literals(tree) for name in named_in(text))
            yield from ((file, line, name) for line, name in imported(tree))
        for path in sorted((SOURCE / folder).rglob("*.html")):
            file = str(path.relative_to(SOURCE))
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield from ((file, line, name) for name in named_in(text))
    for path in sorted(SENTENCES.rglob("*.po")):
        file = str(path.relative_to(SOURCE))
        for line, text in sentences(path):
            yield from ((file, line, name) for name in named_in(text))


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The sentences of a catalogue, without the texts of tables: those stand under the key of their row."""
    of_a_table = False
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        of_a_table = text.startswith("msgctxt") or (of_a_table and text != "")
        if text.startswith(("msgstr", '"')) and not of_a_table:
            yield line, text


FOUND = tuple(found())


def test_nothing_above_the_pathways_names_a_drug_a_therapy_a_questionnaire_or_a_guideline():
    wrong = [
        f"{file}:{line} names {name}"
        for file, line, name in FOUND
        if name not in ALLOWED.get(file, ("", ()))[1]
    ]
    assert wrong == []


@pytest.mark.parametrize("file", ALLOWED)
def test_an_exception_is_still_needed(file: str):
    assert ALLOWED[file][1] == {name for where, _, name in FOUND if where == file}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('said = "followed by massage"', ["massage"]),
        ('f"EULAR 2017: {advice}"', ["eular 2017"]),
        ('entry.instrument == "wpi"', ["wpi"]),
        ('"messages"', []),
        ('def one():\n    """About massage."""', []),
    ],
)
def test_a_name_in_a_literal_is_seen(source: str, names: list[str]):
    assert [name for _, text in literals(ast.parse(source)) for name in named_in(text)] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from assuage.terms.therapies import MASSAGE, find_therapy", ["MASSAGE"]),
        ("from assuage.terms.drugs import DRUGS, KETOPROFEN", ["KETOPROFEN"]),
        ("from assuage.instruments.criteria.fm_2016 import FM_2016", ["FM_2016"]),
        ("from assuage.pathways.guideline import EULAR_2017", ["EULAR_2017"]),
        ("from assuage.pathways.registry import pathway", []),
    ],
)
def test_an_import_of_one_of_them_is_seen(source: str, names: list[str]):
    assert [name for _, name in imported(ast.parse(source))] == names
