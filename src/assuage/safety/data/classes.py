"""What the classes of substances are called: the field's words for the ids that rules match by."""

from __future__ import annotations

TITLES: dict[str, str] = {
    "amide_la": "amide local anaesthetic",
    "anticholinergic": "anticholinergic drug",
    "anticholinergic_other_class": "another anticholinergic drug",
    "anticoagulant": "anticoagulant",
    "antihypertensive": "antihypertensive drug",
    "antiplatelet": "antiplatelet drug",
    "class1_antiarrhythmic": "class I antiarrhythmic",
    "class3_antiarrhythmic": "class III antiarrhythmic",
    "cns_depressant": "CNS depressant",
    "cyp1a2_inhibitor_other": "another CYP1A2 inhibitor",
    "cyp2d6_inhibitor_moderate": "moderate CYP2D6 inhibitor",
    "diuretic": "diuretic",
    "fluoroquinolone": "fluoroquinolone",
    "gabapentinoid": "gabapentinoid",
    "manual_high_force": "manual therapy of high force",
    "maoi": "MAO inhibitor",
    "muscle_relaxant": "muscle relaxant",
    "nsaid": "NSAID",
    "opioid": "opioid",
    "polyvalent_cation": "polyvalent cation",
    "qt_known": "drug known to prolong QT",
    "raas_inhibitor": "ACE inhibitor or sartan",
    "sedative_hypnotic": "sedative or hypnotic",
    "serotonergic_antidepressant": "serotonergic antidepressant",
    "snri": "SNRI",
    "ssri": "SSRI",
    "tca": "tricyclic antidepressant",
    "thiazide": "thiazide",
}
