"""The case report speaks by the one catalogue: its sentences under their English, its terms with the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assuage.catalogue.compile import all_entries
from assuage.catalogue.read import Catalogue
from assuage.report.care.checklist import ITEMS, SECTIONS
from assuage.report.care.language import CONTEXT, language
from assuage.terms.names import folded
from assuage.words.tables import table_texts
from tests.words.source import modules, texts_in

CARE = [entry for entry in all_entries("lt", "clinician") if entry.context == CONTEXT]
TERMS = ("drug.", "therapy.", "symptom.", "scale.", "site.", "condition.")
# What records hold, and the report asks the words of: kinds of findings and of interventions it knows by name.
RECORDED = {
    *("cervical osteochondrosis stage II-III", "lumbar disc disease", "paravertebral tenderness"),
    *(
        "erythrocyte sedimentation rate",
        "c-reactive protein",
        "rheumatoid factor",
        "thyroid-stimulating hormone",
    ),
    *(
        "blood count",
        "uric acid",
        "sleep fragmentation",
        "gentle myofascial release",
        "nociplastic pain",
        "fibromyalgia",
    ),
    *("light pressure", "medium pressure", "deep pressure"),
}


def test_a_term_is_said_as_the_tables_say_it():
    lithuanian = language("lt")
    assert [lithuanian.word(term) for term in ("tizanidine", "Tizanidine", "left knee", "pain")] == [
        "tizanidinas",
        "tizanidinas",
        "kairysis kelis",
        "skausmas",
    ]


def test_no_term_of_a_table_is_translated_twice():
    titles = {folded(text.english) for text in table_texts() if text.key.startswith(TERMS)}
    assert [entry.key for entry in CARE if folded(entry.key) in titles] == []


def test_a_word_that_nobody_knows_stands_as_it_was_written():
    assert [language(code).word("Grandma's tea") for code in ("en", "lt")] == [
        "Grandma's tea",
        "Grandma's tea",
    ]


def test_no_sentence_of_the_report_is_left_over():
    written = {text for _, tree in modules(".") for text in texts_in(tree)}
    written |= set(SECTIONS) | {item.title for item in ITEMS} | RECORDED
    assert [entry.key for entry in CARE if entry.key not in written] == []


@pytest.mark.parametrize(
    ("number", "english", "lithuanian"), [(0.125, "0.125", "0,125"), (2000, "2000", "2000")]
)
def test_a_number_of_a_record_keeps_all_its_decimals(number: float, english: str, lithuanian: str):
    assert (language("en").num(number), language("lt").num(number)) == (english, lithuanian)


def test_only_the_compiler_of_catalogues_needs_babel():
    importing = re.compile(r"^\s*(?:import|from) babel", re.MULTILINE)
    files = (Path(__file__).parents[2] / "src" / "assuage").rglob("*.py")
    assert [file.name for file in files if importing.search(file.read_text(encoding="utf-8"))] == [
        "compile.py"
    ]


def test_english_is_its_own_id():
    assert Catalogue("en", "clinician").translated(CONTEXT, "Day {n}") == "Day {n}"
    assert [Catalogue("en", "clinician").translated(CONTEXT, "{n} time", "{n} times", n) for n in (1, 2)] == [
        "{n} time",
        "{n} times",
    ]
