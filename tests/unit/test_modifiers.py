"""Conditions and signs beside words that change nothing in what they are, and beside words that do."""

from __future__ import annotations

import pytest

from assuage.terms.conditions import conditions_ruled_out, find_conditions
from assuage.terms.signs import find_sign

CONDITIONS = """
T2DM on insulin: immunosuppressed
stage 3b CKD: ckd_30_59
Niereninsuffizienz Stadium 4: ckd_lt30
lėtinė inkstų liga 3 st.: ckd_30_59
Leberzirrhose Child B: hepatic_impairment_modsev
paroxysmal AF: arrhythmia
COPD GOLD 3: sleep_apnoea
OSA on CPAP: sleep_apnoea
Schlafapnoe-Syndrom: sleep_apnoea
haemophilia A: bleeding_disorder
von Willebrand disease type 1: bleeding_disorder
Psoriasis vulgaris: skin_disease_site
HIV positive: immunosuppressed
Adipositas Grad II: obesity
Herzinsuffizienz NYHA II: heart_failure
Herzinsuffizienz NYHA III: heart_failure_severe
AV-Block II°: heart_block
previous MI: ischaemic_heart_disease
Z.n. Herzinfarkt: ischaemic_heart_disease
persirgtas insultas: ischaemic_heart_disease
Z.n. Ulcus duodeni: peptic_ulcer
renal transplant: immunosuppressed
Thrombopenie: bleeding_disorder
""".strip().splitlines()


@pytest.mark.parametrize("line", CONDITIONS)
def test_a_condition_is_read_beside_its_stage_side_and_treatment(line: str):
    words, _, condition = line.partition(": ")
    assert condition in {each.id for each in find_conditions(words)}


@pytest.mark.parametrize(
    "words",
    ["no asthma", "family history of epilepsy", "not pregnant", "kein Asthma", "mother has diabetes", "astmos nėra",
     "excluded: glaucoma", "allergy to asthma pumps", "previous pregnancy", "Z.n. Fieber"],
)  # fmt: skip
def test_what_is_denied_past_or_of_somebody_else_is_not_read(words: str):
    assert find_conditions(words) == ()


@pytest.mark.parametrize(
    "words", ["severe asthma", "left carotid dissection", "persistent fever", "T2DM on insulin"]
)
def test_that_a_part_is_absent_rules_nothing_out(words: str):
    assert conditions_ruled_out(words) == ()


def test_a_past_infarction_is_no_recent_one():
    assert "recent_mi" not in {each.id for each in find_conditions("Z.n. Herzinfarkt")}


SIGNS = """
fever 38.9: RF_INFECTION
Fieber 39,2: RF_INFECTION
karščiavimas 38,5: RF_INFECTION
Temperatur 39,5 °C: RF_INFECTION
central chest pain: RF_CARDIAC
chest pain radiating to left arm: RF_CARDIAC
new foot drop: RF_NEW_WEAKNESS
Lähmung: RF_NEW_WEAKNESS
numb arm: RF_NEW_NUMBNESS
rankos tirpimas: RF_NEW_NUMBNESS
Taubheit im Arm: RF_NEW_NUMBNESS
fresh blood PR: RF_GIBLEED
numbness around the anus: RF_CAUDA
kann kein Wasser lassen: RF_CAUDA
verwaschene Sprache: RF_STROKE
apalpo: RF_ARRHYTHMIA
wants to end her life: RF_SUICIDE
Lebensmuedigkeit: RF_SUICIDE
nenori gyventi: RF_SUICIDE
SOB: RF_CARDIAC
""".strip().splitlines()


@pytest.mark.parametrize("line", SIGNS)
def test_a_sign_is_read_in_the_words_of_a_clinic(line: str):
    words, _, flag = line.partition(": ")
    sign = find_sign(words)
    assert sign is not None
    assert sign.flag is not None
    assert sign.flag.id == flag


@pytest.mark.parametrize(
    "words",
    ["no chest pain", "fever 37.5", "temperature 36.6", "history of syncope", "keine Synkope", "nėra karščiavimo",
     "afebrile", "chest pain excluded", "neck pain", "severe headache"],
)  # fmt: skip
def test_what_is_denied_past_or_no_sign_raises_nothing(words: str):
    sign = find_sign(words)
    assert sign is None or sign.flag is None
