"""What the rules take every member of a class to be, by the classes of the drug index (`assuage.terms.drug_index`).

A class that has a row of its own in the formulary ("ACE inhibitor") lends its members that row's rules, burden and
classes; of the others the rule classes and the burdens stand here. The burdens are those of a typical member (ours): a
member with numbers of its own has a row of its own. Classes that no rule speaks of are not here.
"""

from __future__ import annotations

from assuage.safety.rules import ClassProfile

ROWS: tuple[ClassProfile, ...] = (
    # --- classes with a row of their own -----------------------------------------------------------------
    *(
        ClassProfile(key, row=key)
        for key in (
            "ace_inhibitor",
            "arb",
            "benzodiazepine",
            "beta_blocker",
            "combined_oral_contraceptive",
            "cyp2d6_inhibitor_other",
            "loop_diuretic",
            "maoi_irreversible",
            "qt_prolonging_drug",
            "strong_opioid",
            "systemic_corticosteroid",
            "thiazide_diuretic",
            "triptan",
        )
    ),
    ClassProfile("anticholinergic_drug", row="anticholinergic_other"),
    ClassProfile(
        "sedating_antihistamine", row="anticholinergic_other", classes=("cns_depressant",), sedation=2
    ),
    ClassProfile("systemic_opioid_antagonist", row="naltrexone_ld"),
    # --- mood, sleep, pain -------------------------------------------------------------------------------
    ClassProfile(
        "tca",
        classes=(
            "tca",
            "serotonergic",
            "serotonergic_antidepressant",
            "cns_depressant",
            "anticholinergic",
            "seizure_threshold_lowering",
        ),
        sedation=2,
        anticholinergic=3,
        qt="conditional",
    ),
    ClassProfile("snri", classes=("snri", "serotonergic", "serotonergic_antidepressant")),
    ClassProfile("ssri", classes=("ssri", "serotonergic", "serotonergic_antidepressant"), qt="conditional"),
    ClassProfile(
        "serotonin_modulator",
        classes=("serotonergic", "serotonergic_antidepressant", "serotonin_modulator"),
        sedation=1,
    ),
    ClassProfile("serotonergic_other", classes=("serotonergic",)),
    ClassProfile("maoi_reversible", classes=("maoi", "mao_a_inhibitor")),
    ClassProfile("mao_b_inhibitor", classes=("maoi",)),
    ClassProfile("gabapentinoid", classes=("gabapentinoid", "cns_depressant"), sedation=2),
    ClassProfile("nsaid", classes=("nsaid",)),
    ClassProfile("weak_opioid", classes=("opioid", "cns_depressant"), sedation=2, anticholinergic=1),
    ClassProfile(
        "z_drug",
        classes=("sedative_hypnotic", "benzodiazepine_receptor_agonist", "cns_depressant"),
        sedation=3,
    ),
    ClassProfile("barbiturate", classes=("sedative_hypnotic", "cns_depressant"), sedation=3),
    ClassProfile("hypnotic_other", classes=("sedative_hypnotic", "cns_depressant"), sedation=2),
    ClassProfile("orexin_antagonist", classes=("sedative_hypnotic", "cns_depressant"), sedation=2),
    ClassProfile("muscle_relaxant", classes=("muscle_relaxant", "cns_depressant"), sedation=1),
    ClassProfile(
        "phenothiazine_antipsychotic", classes=("cns_depressant", "antipsychotic"), sedation=2, qt="possible"
    ),
    ClassProfile(
        "atypical_antipsychotic", classes=("cns_depressant", "antipsychotic"), sedation=2, qt="possible"
    ),
    ClassProfile("cannabinoid", classes=("cannabinoid", "cns_depressant"), sedation=2),
    # --- heart, vessels, blood ---------------------------------------------------------------------------
    ClassProfile("alpha2_agonist", classes=("alpha2_agonist", "antihypertensive"), sedation=1),
    ClassProfile("renin_inhibitor", classes=("raas_inhibitor", "antihypertensive")),
    ClassProfile(
        "potassium_sparing_diuretic", classes=("potassium_sparing_diuretic", "diuretic", "antihypertensive")
    ),
    ClassProfile("dihydropyridine", classes=("antihypertensive",)),
    ClassProfile("calcium_channel_blocker", classes=("antihypertensive",)),
    ClassProfile("alpha_blocker", classes=("antihypertensive", "alpha1_blocker")),
    ClassProfile("vasodilator", classes=("antihypertensive",)),
    ClassProfile("nitrate", classes=("nitrate", "antihypertensive")),
    ClassProfile("pde5_inhibitor", classes=("pde5_inhibitor",)),
    ClassProfile("class1_antiarrhythmic", classes=("class1_antiarrhythmic",)),
    ClassProfile("class3_antiarrhythmic", classes=("class3_antiarrhythmic", "qt_known"), qt="known"),
    ClassProfile("vitamin_k_antagonist", classes=("anticoagulant", "vitamin_k_antagonist")),
    ClassProfile("factor_xa_inhibitor", classes=("anticoagulant", "doac")),
    ClassProfile("thrombin_inhibitor", classes=("anticoagulant", "doac")),
    ClassProfile("heparin", classes=("anticoagulant",)),
    ClassProfile("parenteral_anticoagulant", classes=("anticoagulant",)),
    ClassProfile("antiplatelet", classes=("antiplatelet",)),
    # --- the rest ----------------------------------------------------------------------------------------
    ClassProfile("local_anaesthetic_amide", classes=("amide_la",)),
    ClassProfile("local_anaesthetic_ester", classes=("ester_la",)),
    ClassProfile("aminoglycoside", classes=("aminoglycoside",)),
    ClassProfile("neuromuscular_blocker", classes=("neuromuscular_blocker",)),
    ClassProfile("botulinum_toxin", classes=("botulinum_toxin",)),
    ClassProfile("antacid", classes=("antacid",)),
    ClassProfile("fluoroquinolone", classes=("fluoroquinolone", "seizure_threshold_lowering")),
    ClassProfile("macrolide", classes=("macrolide",)),
    ClassProfile("azole_antifungal", classes=("azole_antifungal", "cyp3a4_inhibitor")),
    ClassProfile("nitroimidazole", classes=("nitroimidazole",)),
    ClassProfile("enzyme_inducer", classes=("enzyme_inducer",)),
    ClassProfile("decongestant", classes=("sympathomimetic",)),
    ClassProfile("potassium", classes=("potassium_supplement",)),
    ClassProfile("cyp1a2_inhibitor_other", classes=("cyp1a2_inhibitor_other",)),
    ClassProfile("polyvalent_cation_salt", classes=("polyvalent_cation",)),
    ClassProfile("statin", classes=("statin",)),
    ClassProfile("beta2_agonist", classes=("beta2_agonist",)),
    ClassProfile("tetracycline_class", classes=("tetracycline",)),
    ClassProfile("penicillin_class", classes=("penicillin",)),
    ClassProfile("carbapenem", classes=("carbapenem_class",)),
    ClassProfile("thyroid_hormone", classes=("thyroid_hormone_class",)),
    ClassProfile("bisphosphonate", classes=("bisphosphonate_class",)),
    ClassProfile("sulfonylurea", classes=("sulfonylurea_class", "glucose_lowering")),
    ClassProfile("glinide", classes=("glucose_lowering",)),
    ClassProfile("ppi", classes=("ppi_class",)),
    ClassProfile("cholinesterase_inhibitor", classes=("cholinesterase_inhibitor_class",)),
)
