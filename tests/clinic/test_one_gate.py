"""What the code of the clinic may not hold: a second way to a record, a number or a name that is the library's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import assuage.clinic as clinic
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.terms.drugs import DRUGS

HERE = Path(clinic.__file__).parent
CODE = sorted(str(p.relative_to(HERE)) for p in HERE.rglob("*.py") if "migrations" not in p.parts)
# The demonstration tells of invented people; the rest says nothing of medicine.
SILENT = [
    *(each for each in CODE if "views" in Path(each).parts or Path(each).name == "models.py"),
    *sorted(str(p.relative_to(HERE)) for p in HERE.rglob("*.html")),
]
# Who may ask the tables of records: the gate, the store itself, the writers and readers of people, and what runs
# without anybody who asks.
MAY_ASK = re.compile(
    r"people/(gate|actions|queries)\.py|operating\.py|store/.*|audit/.*|demo/.*|.*/?commands/.*"
)
_OBJECTS = re.compile(
    r"\b(ClinicRecord|NamedPatient|StoredEntry|CareTeamMember|BrokenGlass)\s*\.\s*objects\b"
)
_AMOUNT = re.compile(r"\b\d+([.,]\d+)?\s?(mg|mcg|µg|g|ml|IU)\b")


@pytest.mark.parametrize("file", [each for each in CODE if "views" in Path(each).parts])
def test_no_page_asks_the_tables_of_records_by_itself(file):
    assert _OBJECTS.findall((HERE / file).read_text("utf-8")) == []


@pytest.mark.parametrize("file", [each for each in CODE if not MAY_ASK.fullmatch(each)])
def test_whole_records_are_asked_for_at_the_gate_alone(file):
    assert re.findall(r"\bClinicRecord\s*\.\s*objects\b", (HERE / file).read_text("utf-8")) == []


@cache
def words_of_the_library() -> re.Pattern[str]:
    """Names of drugs, and ids of phases and gates that are no plain word."""
    drugs = {str(name) for name in DRUGS}
    phases = {phase.id for name in PATHWAY_IDS for phase in pathway(name).phases}
    names = sorted({*drugs, *(each for each in phases if len(each) > 5)}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, names)) + r")(?![\w-])", re.IGNORECASE)


@pytest.mark.parametrize("file", SILENT)
def test_no_view_model_or_template_names_a_drug_a_phase_or_an_amount(file):
    text = (HERE / file).read_text("utf-8")
    assert [m[0] for m in words_of_the_library().finditer(text)] + [
        m[0] for m in _AMOUNT.finditer(text)
    ] == []
