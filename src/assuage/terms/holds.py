"""How long a statement about a condition holds, and whose number that is. Past it nothing is known.

A lasting disease that was found holds for ever; that it was looked for and not found holds a year. What changes
sooner has a row of its own. A statement that something is unknown never becomes anything else by age.
"""

from __future__ import annotations

from msgspec import Struct

from assuage.terms.answers import UNKNOWN, YES, Answer
from assuage.terms.conditions import CONDITIONS
from assuage.terms.quantities import QUANTITIES

OURS = "ours"
FOR_EVER: int | None = None
A_YEAR = 365


class Holds(Struct, frozen=True):
    """For how many days a statement holds, its own day among them: that it is there, and that it is not."""

    present: int | None = FOR_EVER
    absent: int | None = A_YEAR
    basis: str = OURS
    on_the_day: bool = (
        False  # whether it can only be known at the time of the needle, and so is asked there anew
    )


class LapsedStatement(Struct, frozen=True):
    """What was last said of a condition, on which day, and for how many days that held: by now no longer."""

    answer: Answer
    day: int
    held: int


_PREGNANCY = Holds(28, 28)
_OTHERS = Holds()
# All numbers are ours, but that of the infarction: the formulary's own words for the condition say six months.
HOLDS: dict[str, Holds] = dict.fromkeys(CONDITIONS, _OTHERS) | {
    "fever_systemic": Holds(1, 1, on_the_day=True),
    "skin_infection_site": Holds(7, 7, on_the_day=True),
    "skin_disease_site": Holds(90, 90),
    "central_sensitisation_active": Holds(14, 14),
    # What may be an emergency is there until somebody says that it is not.
    "neuro_deficit_new": Holds(FOR_EVER, 90),
    "vascular_red_flag": Holds(FOR_EVER, 90),
    "cervical_myelopathy_suspected": Holds(FOR_EVER, 90),
    "suicidality": Holds(90, 14),
    "pregnancy_t1": _PREGNANCY,
    "pregnancy_t2": _PREGNANCY,
    "pregnancy_t3": _PREGNANCY,
    "pregnancy_ge20w": _PREGNANCY,
    "lactation": Holds(90, 90),
    # That a value was never measured holds until it is; a value is as old as its blood.
    "lft_unknown": Holds(FOR_EVER, 180),
    "lft_raised_gt3uln": Holds(90, 90),
    "creatinine_unknown": Holds(FOR_EVER, 180),
    "ckd_30_59": Holds(FOR_EVER, 180),
    "ckd_lt30": Holds(FOR_EVER, 180),
    "vitd_unknown": Holds(FOR_EVER, A_YEAR),
    "hypercalcaemia": Holds(FOR_EVER, 180),
    "hyponatraemia": Holds(90, 90),
    "obesity": Holds(180, 180),
    "hypotension": Holds(30, 30),
    "hypertension_uncontrolled": Holds(90, 90),
    "long_qt": Holds(FOR_EVER, 180),
    "qtc_borderline": Holds(FOR_EVER, 180),
    "urinary_retention": Holds(90, 90),
    "recent_mi": Holds(183, 183, "the condition's own words (within 6 months)"),
    "smoker_10plus": Holds(A_YEAR, A_YEAR),
    "driver_machines": Holds(A_YEAR, A_YEAR),
    "age_lt_18": Holds(A_YEAR, FOR_EVER),
}
assert HOLDS.keys() == CONDITIONS.keys()
# For how many days a number that was measured says what condition it is, or is not; where that of the condition is
# shorter, it counts. All ours: a blood pressure is of its week, an INR of its month, a height of its person.
NUMBER_HOLDS: dict[str, int] = {
    "temperature": 1,
    "oxygen_saturation": 1,
    "lactate": 1,
    "respiratory_rate": 1,
    "glasgow_coma_scale": 1,
    "troponin": 7,
    "procalcitonin": 7,
    "systolic": 30,
    "diastolic": 30,
    "heart_rate": 30,
    "inr": 30,
    "prothrombin_share": 30,
    "aptt": 30,
    "residual_urine": 30,
    "esr": 30,
    "neutrophils": 30,
    "leukocytes": 30,
    "creatine_kinase": 30,
    "d_dimer": 30,
    "nt_probnp": 30,
    "lithium_level": 30,
    "digoxin_level": 30,
    "potassium": 90,
    "sodium": 90,
    "magnesium": 90,
    "glucose": 90,
    "crp": 90,
    "haemoglobin": 180,
    "platelets": 180,
    "weight": 90,
    "bmi": 90,
    "height": 3650,
    "creatinine": 180,
    "egfr": 180,
    "creatinine_clearance": 180,
    "alt": 180,
    "ast": 180,
    "bilirubin": 180,
    "qtc": 180,
    "intraocular_pressure": 180,
    "calcium": 180,
    "hba1c": 180,
    "tsh": A_YEAR,
    "ejection_fraction": A_YEAR,
    "ferritin": A_YEAR,
    "vitamin_d_25_oh": A_YEAR,
}
assert NUMBER_HOLDS.keys() == QUANTITIES.keys()
# What is asked anew before every needle is asked there if it was last said to be absent so many days ago or fewer:
# the interval of a session a month. After more, and where it was never said, it is asked before one is planned. Ours.
ASKED_ON_THE_DAY = 28
# A drug of which nobody said for so many days that it is taken is asked about, and is read as taken all the same. Ours.
DRUG_CONFIRMED = 90


def days_held(condition: str, answer: Answer, quantity: str | None = None) -> int | None:
    """For how many days a statement about a condition holds, its own day among them; None for ever.

    `quantity` is what was measured, where the condition follows from a number. Words that name no condition hold for
    ever: no rule reads them.
    """
    holds = HOLDS.get(condition)
    if holds is None or answer is UNKNOWN:
        return FOR_EVER
    held = holds.present if answer is YES else holds.absent
    if quantity is None:
        return held
    return NUMBER_HOLDS[quantity] if held is None else min(held, NUMBER_HOLDS[quantity])
