"""Substances in Lithuanian: by a rule of spelling beside the international name, or by a name of their own."""

from __future__ import annotations

import pytest

from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.lithuanian import spelt_in_lithuanian
from assuage.terms.drug_index import indexed_substances
from assuage.terms.drug_names import drug_with_id, find_drug
from assuage.words.speak import catalogue

LITHUANIAN = catalogue("lt")


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("montelukast", "montelukastas"),
        ("levothyroxine", "levotiroksinas"),
        ("hydrochlorothiazide", "hidrochlorotiazidas"),
        ("ciclosporin", "ciklosporinas"),
        ("quetiapine", "kvetiapinas"),
        ("metoprolol", "metoprololis"),
        ("esomeprazole", "ezomeprazolas"),
        ("tiotropium", "tiotropis"),
        ("alteplase", "alteplazė"),
        ("carbidopa", "karbidopa"),
        ("pseudoephedrine", "pseudoefedrinas"),
        ("fentanyl", "fentanilis"),
    ],
)
def test_an_international_name_is_spelt_as_it_is_heard(name: str, spelt: str):
    assert spelt_in_lithuanian(name) == spelt


@pytest.mark.parametrize("name", ["valproic acid", "insulin lispro", "zinc", "anakinra", "vitamin D3", ""])
def test_what_no_rule_covers_is_not_spelt(name: str):
    assert spelt_in_lithuanian(name) is None


@pytest.mark.parametrize(
    ("name", "case", "spelt"),
    [
        ("montelukast", "genitive", "montelukasto"),
        ("metoprolol", "accusative", "metoprololį"),
        ("alteplase", "instrumental", "alteplaze"),
        ("levodopa", "dative", "levodopai"),
    ],
)
def test_a_spelt_name_has_its_cases(name: str, case: str, spelt: str):
    assert spelt_in_lithuanian(name, case) == spelt


def test_every_substance_is_told_in_lithuanian_and_read_back_as_itself():
    wrong: list[str] = []
    for code in indexed_substances():
        drug = drug_with_id(code)
        assert drug is not None
        told = LITHUANIAN.word(drug.wording)
        plain = told.partition(" (")[0]
        read = find_drug(plain)
        if told == drug.title and told.foreign_to("lt"):
            wrong.append(f"{code} is told in English")
        elif told.endswith(f" ({drug.title})") and (read is None or read.id != code):
            wrong.append(f"{told} is not read as {code}")
    assert wrong == []


def test_a_spelt_name_stands_beside_the_international_one_in_its_own_language():
    montelukast = drug_with_id("montelukast")
    assert montelukast is not None
    told = LITHUANIAN.word(montelukast.wording, "genitive")
    assert (told, [span.language for span in told.spans]) == (
        "montelukasto (montelukast)",
        ["lt", "en", "lt"],
    )


def test_a_combination_is_told_part_by_part():
    both = drug_with_id("codeine+paracetamol")
    assert both is not None
    assert LITHUANIAN.word(both.wording) == "kodeinas/paracetamolis"


def test_a_language_says_whether_it_spells_substances():
    assert {code for code, row in LANGUAGES.items() if row.spells is not None} == {"lt"}
