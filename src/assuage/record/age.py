"""What the patient's age on day 0 says of findings about it."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.record.entries import FindingEntry, Patient

# Conditions that a patient's age is: the age from which on, and whether the condition is to have reached it.
AGE_CONDITIONS: Mapping[str, tuple[int, bool]] = {"age_ge_65": (65, True), "age_lt_18": (18, False)}


def contradicts_age(finding: FindingEntry, patient: Patient) -> bool:
    """Whether a finding says of the patient's age what cannot be: on no birthday that fits the age on day 0.

    The age on day 0 is in whole years, so on a later or earlier day it is known to a year.
    """
    if patient.age is None or finding.state == "unknown":
        return False
    least = patient.age + (finding.day // 365 if finding.day >= 0 else -(-finding.day // 365) - 1)
    most = patient.age + (finding.day // 365 + 1 if finding.day >= 0 else 0)
    if finding.day == 0:
        least = most = patient.age
    for condition in finding.conditions:
        if condition.id in AGE_CONDITIONS:
            bound, reached = AGE_CONDITIONS[condition.id]
            says_reached = (finding.state in ("present", "abnormal")) == reached
            if most < bound if says_reached else least >= bound:
                return True
    return False
