"""Conditions by id, as the formulary names them. No rule lives here.

A condition that is not here is kept in a record and marked "not checked".
"""

from __future__ import annotations

from dataclasses import dataclass

from assuage.catalogue.message import Wording
from assuage.terms.names import folded


@dataclass(frozen=True)
class Condition:
    """A disease, state or circumstance that a rule can ask about."""

    id: str
    title: str

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"condition.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


CONDITIONS: dict[str, Condition] = {
    condition.id: condition
    for condition in (
        Condition("hepatic_steatosis", "Hepatic steatosis on imaging"),
        Condition("lft_unknown", "Transaminases not measured"),
        Condition("lft_raised_gt3uln", "ALT or AST above 3 x ULN"),
        Condition("hepatic_impairment_mild", "Hepatic impairment Child-Pugh A"),
        Condition("hepatic_impairment_modsev", "Hepatic impairment Child-Pugh B or C"),
        Condition("cholecystectomy", "Gallbladder absent (cholecystectomy)"),
        Condition("ckd_30_59", "eGFR 30-59"),
        Condition("ckd_lt30", "eGFR below 30"),
        Condition("creatinine_unknown", "Creatinine not measured"),
        Condition("peptic_ulcer", "Peptic ulcer, active or past"),
        Condition("gi_bleed", "Past GI bleeding or perforation"),
        Condition(
            "nsaid_hypersensitivity",
            "Aspirin or NSAID hypersensitivity or aspirin-exacerbated respiratory disease",
        ),
        Condition("asthma", "Asthma without known NSAID reaction"),
        Condition("nasal_polyps", "Chronic rhinitis or nasal polyposis"),
        Condition("heart_failure_severe", "Severe heart failure (NYHA III-IV)"),
        Condition("heart_failure", "Heart failure, other"),
        Condition("ischaemic_heart_disease", "Ischaemic heart disease, stroke or PAD"),
        Condition("recent_mi", "Myocardial infarction within 6 months"),
        Condition("heart_block", "Heart block or conduction disorder"),
        Condition("long_qt", "Long QT or QTc over 470 ms"),
        Condition("arrhythmia", "Other arrhythmia"),
        Condition("hypotension", "Systolic below 100 or orthostatic drop"),
        Condition("hypertension_uncontrolled", "Uncontrolled hypertension"),
        Condition("glaucoma_narrow", "Narrow-angle glaucoma or shallow chamber"),
        Condition("urinary_retention", "Urinary retention or obstructive symptoms"),
        Condition("epilepsy", "Epilepsy or past seizure"),
        Condition("bipolar", "Bipolar disorder"),
        Condition("suicidality", "Active suicidal thoughts"),
        Condition("age_ge_65", "Age 65 or more"),
        Condition("age_lt_18", "Age under 18"),
        Condition("dementia", "Dementia or delirium risk"),
        Condition("pregnancy_t1", "Pregnancy, weeks 1-13"),
        Condition("pregnancy_t2", "Pregnancy, weeks 14-27"),
        Condition("pregnancy_t3", "Pregnancy, week 28 to term"),
        Condition("pregnancy_ge20w", "Pregnancy, week 20 or later"),
        Condition("lactation", "Breastfeeding"),
        Condition("la_allergy", "Amide local anaesthetic allergy"),
        Condition("ketoprofen_photoallergy", "Past ketoprofen, fenofibrate or oxybenzone photoallergy"),
        Condition("benzyl_alcohol_allergy", "Benzyl alcohol or propylene glycol allergy"),
        Condition("sulfite_allergy", "Sulfite hypersensitivity"),
        Condition("bleeding_disorder", "Bleeding disorder or platelets below 100"),
        Condition("on_anticoagulant", "On therapeutic anticoagulant"),
        Condition("skin_infection_site", "Skin infection or open lesion at injection site"),
        Condition("skin_disease_site", "Psoriasis, keloid tendency or active dermatosis at site"),
        Condition("immunosuppressed", "Immunosuppression or poorly controlled diabetes"),
        Condition("hypercalcaemia", "Hypercalcaemia, sarcoidosis or primary hyperparathyroidism"),
        Condition("nephrolithiasis", "Past kidney stones"),
        Condition("vitd_unknown", "25-OH-D not measured"),
        Condition("hyperthyroidism", "Hyperthyroidism"),
        Condition("porphyria", "Acute porphyria"),
        Condition("myasthenia", "Myasthenia gravis"),
        Condition("sleep_apnoea", "Sleep apnoea or chronic respiratory disease"),
        Condition("substance_use", "Substance or alcohol use disorder"),
        Condition("fructose_intolerance", "Hereditary fructose intolerance"),
        Condition("smoker_10plus", "Smoker, more than 10 per day"),
        Condition("driver_machines", "Drives or operates machines for work"),
        Condition(
            "central_sensitisation_active",
            "Active central sensitisation (unstable phase, allodynia, recent flare)",
        ),
        Condition("neuro_deficit_new", "New numbness, weakness or gait change"),
        Condition("cervical_myelopathy_suspected", "Suspected cervical myelopathy"),
        Condition("cervical_instability", "Upper cervical instability risk"),
        Condition("vascular_red_flag", "Suspected cervical artery dissection"),
        Condition("fever_systemic", "Fever or systemic infection"),
        Condition("hyponatraemia", "Low sodium"),
        Condition("obesity", "BMI 30 or more"),
        Condition("consent_missing", "No documented consent to the procedure"),
    )
}

CONDITION_NAMED: dict[str, Condition] = {
    folded(name): condition for condition in CONDITIONS.values() for name in (condition.id, condition.title)
}


def find_condition(name: str) -> Condition | None:
    """The condition of that id or name, whatever its case; None if there is none."""
    return CONDITION_NAMED.get(folded(name))


BLEEDING_DISORDER = CONDITIONS["bleeding_disorder"]
ON_ANTICOAGULANT = CONDITIONS["on_anticoagulant"]
LA_ALLERGY = CONDITIONS["la_allergy"]
NSAID_HYPERSENSITIVITY = CONDITIONS["nsaid_hypersensitivity"]
SKIN_INFECTION = CONDITIONS["skin_infection_site"]
FEVER = CONDITIONS["fever_systemic"]
VITD_UNKNOWN = CONDITIONS["vitd_unknown"]
SENSITISED = CONDITIONS["central_sensitisation_active"]
