"""A word for a class of drugs is read as an unnamed member of it: its rules fire, and nothing is cleared."""

from __future__ import annotations

from collections import Counter

import pytest

from assuage.safety.formulary import FORMULARY_ROWS, SUBSTANCES, members_apart
from assuage.safety.regimen import check_regimen
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.drug_classes import CLASS_ITEMS, CLASS_WORDS, words_of_class
from assuage.terms.drug_index import members_of, substance_classes
from assuage.terms.drug_names import drug_with_id, find_drug, suggested
from assuage.terms.sources import Status

# What clinics in Leeds, Vilnius and Leipzig write, and the class it is.
WORDS = """
MAOI: maoi
MAO inhibitor: maoi
MAO-Hemmer: maoi
MAO inhibitorius: maoi
SSRIs: ssri
SSRI: ssri
NSAID: nsaid
NSAR: nsaid
NVNU: nsaid
nesteroidiniai vaistai nuo uzdegimo: nsaid
Triptane: triptan
triptanai: triptan
blood thinner: blood_thinner
blood thinners: blood_thinner
kraujo skystinamieji: blood_thinner
Blutverdünner: blood_thinner
Blutverduenner: blood_thinner
statin: statin
Statine: statin
steroid: systemic_corticosteroid
oral steroids: systemic_corticosteroid
steroidai: systemic_corticosteroid
Kortison: systemic_corticosteroid
opioid: opioid
opiates: opioid
opioidai: opioid
benzo: benzodiazepine
benzos: benzodiazepine
benzodiazepinai: benzodiazepine
Antibabypille: combined_oral_contraceptive
water tablets: diuretic
Wassertabletten: diuretic
Schlafmittel: sleeping_tablet
migdomieji: sleeping_tablet
antibiotikai: antibiotic
PPI: ppi
statin tablets: statin
"""
PAIRS = [tuple(line.split(": ")) for line in WORDS.strip().splitlines()]


@pytest.mark.parametrize(("written", "item"), PAIRS)
def test_a_word_for_a_class_is_read_as_a_member_that_was_not_named(written: str, item: str):
    read = find_drug(written)
    assert read is not None
    assert read.id == item
    assert read.kind == "class_item"


def test_no_word_stands_for_two_classes_or_is_the_name_of_a_drug():
    listed = Counter(word.lower() for key in CLASS_WORDS for word in set(map(str.lower, words_of_class(key))))
    assert [word for word, times in listed.items() if times > 1] == []
    of_its_class = {
        word: key
        for key in CLASS_WORDS
        for word in words_of_class(key)
        if find_drug(word) != CLASS_ITEMS[key]
    }
    assert of_its_class == {}


def test_every_class_of_a_word_is_a_class_of_the_index_with_members():
    for item in CLASS_ITEMS.values():
        assert item.may_be_of <= substance_classes().keys() | {item.id}
        assert next(members_of(item.may_be_of), None) is not None
        assert drug_with_id(item.id) == item


# --- what its rules say -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regimen", "rule", "tier"),
    [
        ("MAOI, pethidine 50 mg", "DI_MAOI_PETH", "stop"),
        ("MAO-Hemmer, tramadol 50 mg", "DI_TRA_MAOI", "stop"),
        ("SSRI, tramadol 50 mg", "DI_TRA_SSRI", "ask"),
        ("SSRI, tizanidine 4 mg", "DI_TIZ_FLV", "ask"),
        ("fluoroquinolone, tizanidine 4 mg", "DI_TIZ_CIP", "ask"),
        ("blood thinner, ibuprofen 400 mg", "DI_NSAID_WAR", "ask"),
        ("anticoagulant, ibuprofen 400 mg", "DI_NSAID_AC", "ask"),
        ("steroid, diclofenac 50 mg", "DI_NSAID_CS", "ask"),
        ("painkiller, warfarin 5 mg", "DI_NSAID_WAR", "ask"),
    ],
)
def test_the_rules_of_a_class_fire_and_those_of_its_members_ask(regimen: str, rule: str, tier: str):
    tiers = {alert.id: alert.tier for alert in check_regimen(regimen).alerts}
    assert tiers[rule] == tier
    assert tiers["which-drug"] == "ask"


def test_two_members_of_one_class_are_never_there_at_once():
    assert "DI_NSAID_DUP" not in {alert.id for alert in check_regimen("NSAID").alerts}
    assert "DI_NSAID_DUP" in {alert.id for alert in check_regimen("NSAID, ibuprofen 400 mg").alerts}


def test_the_row_of_a_class_says_what_all_its_members_have():
    for item in CLASS_ITEMS.values():
        row = SUBSTANCES.get(item.id)
        if row is None or row.status is not Status.POLICY:
            continue  # a row of the formulary, or no rule speaks of the whole of it
        members = [SUBSTANCES[key] for key in members_apart(item.id) if key not in FORMULARY_ROWS]
        assert all(set(row.classes) <= set(member.classes) for member in members)
        assert all(row.sedation <= member.sedation for member in members)


# --- nothing is cleared -----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["SSRI", "antidepressant", "antidepresantai"])
def test_whether_a_member_is_taken_is_unknown(written: str):
    member, other, class_word = drug_with_id("sertraline"), drug_with_id("warfarin"), find_drug(written)
    assert member is not None
    assert other is not None
    assert class_word is not None
    assert class_word.counts_as(member) is UNKNOWN
    assert class_word.counts_as(other) is NO


def test_a_narrower_class_is_the_wider_one_and_the_wider_may_be_the_narrower():
    assert CLASS_ITEMS["strong_opioid"].counts_as(CLASS_ITEMS["opioid"]) is YES
    assert CLASS_ITEMS["opioid"].counts_as(CLASS_ITEMS["strong_opioid"]) is UNKNOWN
    assert CLASS_ITEMS["opioid"].counts_as(CLASS_ITEMS["nsaid"]) is NO


# --- suggestions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["steroid", "steriod", "steroide", "opiod", "benzos", "stattin", "SSRl"])
def test_no_drug_of_another_class_is_suggested_near_a_word_for_a_class(word: str):
    near = suggested(word)
    assert near is None or near.kind == "class_item"
