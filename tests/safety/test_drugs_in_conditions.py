"""What a clinician expects of a drug in a condition: the gravest rule that knows both, or silence."""

from __future__ import annotations

import pytest

from assuage.safety.check import check
from assuage.safety.formulary import CONDITION_RULES, MEMBERSHIPS
from assuage.safety.rules import SEVERITIES
from assuage.safety.situation import Situation, line
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.sources import Status

EXPECTED = """
long_qt + citalopram: contraindicated
long_qt + methadone: contraindicated
long_qt + clarithromycin: contraindicated
long_qt + hydroxychloroquine: contraindicated
long_qt + ondansetron: contraindicated
long_qt + amitriptyline: contraindicated
long_qt + paracetamol: none
qtc_borderline + citalopram: major
qtc_borderline + amitriptyline: major
qtc_borderline + tizanidine: moderate
qtc_borderline + pregabalin: none
pregnancy_t1 + valproate: contraindicated
pregnancy_t1 + warfarin: contraindicated
pregnancy_t1 + isotretinoin: contraindicated
pregnancy_t1 + mycophenolate: contraindicated
pregnancy_t1 + methotrexate: contraindicated
pregnancy_t1 + topiramate: major
pregnancy_t1 + carbamazepine: major
pregnancy_t1 + ramipril: major
pregnancy_t2 + ramipril: contraindicated
pregnancy_t3 + losartan: contraindicated
pregnancy_t3 + ibuprofen: contraindicated
pregnancy_t1 + ergotamine: contraindicated
pregnancy_t1 + atorvastatin: major
pregnancy_t1 + leflunomide: major
pregnancy_t1 + paroxetine: major
pregnancy_t2 + doxycycline: major
pregnancy_t3 + diazepam: major
pregnancy_t2 + levothyroxine: none
lactation + lithium: major
lactation + isotretinoin: contraindicated
asthma + propranolol: contraindicated
asthma + nadolol: major
asthma + bisoprolol: moderate
asthma + amlodipine: none
heart_block + metoprolol: major
heart_block + verapamil: major
heart_block + cyclobenzaprine: contraindicated
heart_failure + diltiazem: major
heart_failure_severe + pregabalin: major
ischaemic_heart_disease + sumatriptan: contraindicated
ischaemic_heart_disease + ergotamine: contraindicated
ischaemic_heart_disease + combined oral contraceptive: major
recent_mi + sildenafil: contraindicated
hypertension_uncontrolled + rizatriptan: contraindicated
hypertension_uncontrolled + pseudoephedrine: major
glaucoma_narrow + oxybutynin: major
glaucoma_narrow + alprazolam: contraindicated
urinary_retention + solifenacin: major
dementia + oxybutynin: major
dementia + haloperidol: major
myasthenia + ciprofloxacin: major
myasthenia + clarithromycin: major
myasthenia + telithromycin: contraindicated
myasthenia + botulinum toxin: major
myasthenia + metoprolol: moderate
g6pd_deficiency + nitrofurantoin: contraindicated
g6pd_deficiency + rasburicase: contraindicated
g6pd_deficiency + methylene blue: contraindicated
g6pd_deficiency + lidocaine: moderate
g6pd_deficiency + amitriptyline: none
porphyria + carbamazepine: major
porphyria + phenobarbital: major
porphyria + lidocaine: major
ckd_lt30 + metformin: contraindicated
ckd_30_59 + metformin: moderate
ckd_lt30 + dabigatran: contraindicated
ckd_lt30 + eplerenone: contraindicated
ckd_lt30 + lithium: major
ckd_lt30 + nitrofurantoin: major
ckd_lt30 + rosuvastatin: contraindicated
hepatic_impairment_modsev + simvastatin: major
hepatic_impairment_modsev + apixaban: major
hepatic_impairment_modsev + agomelatine: contraindicated
lft_raised_gt3uln + atorvastatin: major
hyponatraemia + lithium: major
bleeding_disorder + warfarin: major
gi_bleed + apixaban: major
epilepsy + metoclopramide: major
suicidality + pregabalin: major
hepatic_impairment_modsev + cyclobenzaprine: major
"""


def expected_severities() -> list[tuple[str, str, str]]:
    lines = [text.rpartition(": ") for text in EXPECTED.strip().splitlines()]
    return [(*pair.split(" + "), severity) for pair, _, severity in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("condition", "drug", "severity"), expected_severities())
def test_a_drug_in_a_condition_is_as_grave_as_a_clinician_expects(condition: str, drug: str, severity: str):
    assert condition in CONDITIONS
    assert line(drug).substance is not None
    alerts = check(Situation((line(drug),), conditions={condition: YES}))
    raised = [alert.severity for alert in alerts if alert.id.startswith("CR_")]
    assert (min(raised, key=SEVERITIES.index) if raised else "none") == severity


def test_a_class_that_is_remembered_is_forbidden_in_no_condition():
    forbidden = {row.target.id for row in CONDITION_RULES if row.severity == "contraindicated"}
    assert not forbidden & {row.rule_class for row in MEMBERSHIPS if row.status is not Status.SEEN}


def test_a_band_of_a_number_is_never_asked_for():
    asked = check(Situation((line("citalopram"),)))
    assert "ask-long_qt" in {alert.id for alert in asked}
    assert "ask-qtc_borderline" not in {alert.id for alert in asked}
