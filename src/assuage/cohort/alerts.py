"""Which alerts of the pathway each patient has on the last day, by the ids of a review of one patient.

This is the seam for safety rules over cohorts. Here are the alerts that follow from stays, breaches, watched
criteria, limits, and red flags that stand. Rules about drugs and conditions look at a patient's situation
(`assuage.safety.check`) and are not answered yet; they would add columns here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assuage.engine.cohort import codes as c
from assuage.engine.cohort.chunk import Courses
from assuage.engine.cohort.program import Lowered
from assuage.engine.cohort.typed import Bytes, Longs
from assuage.terms.red_flags import RED_FLAGS


def alerts(found: Courses, lowered: Lowered, since: Longs) -> tuple[list[str], Bytes]:
    """The ids of all alerts there can be, and for each patient which of them are raised."""
    pathway = lowered.pathway
    number_of = {criterion: at for at, criterion in enumerate(lowered.criteria)}
    patients = found.way.size
    columns: dict[str, Any] = {flag: np.zeros(patients, bool) for flag in RED_FLAGS}
    for patient, flags in found.standing.items():
        for flag in flags:
            columns[flag][patient] = True
    answers, inside = found.states.answers, found.states.phase >= 0
    for number, restriction in enumerate(pathway.restrictions):
        breached = np.zeros(patients, bool)
        breached[found.breaches.patient[found.breaches.restriction == number]] = True
        columns[f"breach-{restriction.id}"] = breached
    for watch in pathway.watch:
        columns[watch.criterion.id] = inside & (answers[:, number_of[watch.criterion]] == c.YES_)
    for number, phase in enumerate(pathway.phases):
        if phase.limit:
            late = found.until - since >= 7 * phase.limit.weeks
            columns[phase.limit.id] = late & (found.states.phase == number)
    return list(columns), np.stack(list(columns.values()), axis=1).astype(np.uint8)
