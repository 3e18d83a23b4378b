"""Who may be treated on a pathway: of its age, and with the diagnosis it presumes or entered by a clinician."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assuage.catalogue.message import Message, message
from assuage.engine.walk import Walk
from assuage.review.diagnosis import lasted
from assuage.review.model import Diagnosis
from assuage.terms.answers import NO, YES


@dataclass(frozen=True)
class Admission:
    """What speaks against treatment on the pathway, and what has to be known first; both empty for who may enter."""

    against: tuple[Message, ...] = ()
    needs: tuple[Message, ...] = ()


ADMITTED = Admission()


def admission(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    """Whether the patient may be treated on the pathway on a day.

    The diagnosis is enough where one of the criteria is met, a clinician's `enter` where none could be decided. It is
    missing where every criterion was decided and none is met.
    """
    parts = (_of_age(walk, day), _of_duration(walk, day, criteria), _of_diagnosis(walk, day, criteria))
    return Admission(
        tuple(reason for part in parts for reason in part.against),
        tuple(need for part in parts for need in part.needs),
    )


def _of_age(walk: Walk, day: int) -> Admission:
    least, age = walk.pathway.from_age, walk.timeline.record.patient.age_on(day)
    if least is None:
        return ADMITTED
    if age is None:
        return Admission(needs=(message("need.age", pathway=walk.pathway.wording),))
    if age < least:
        return Admission((message("withheld.age", pathway=walk.pathway.wording, least=least),))
    return ADMITTED


def _of_duration(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    """Criteria that are met have looked at how long it hurts, and so has a clinician who enters the patient."""
    least = walk.pathway.from_months
    met = any(each.scored.answer is YES for each in criteria.values())
    if least is None or met or walk.placed_by_clinician(day):
        return ADMITTED
    low, high = lasted(walk.timeline, day)
    if high is not None and high < least:
        return Admission((message("withheld.too-soon", pathway=walk.pathway.wording, least=least),))
    if low is None or low < least:
        return Admission(needs=(message("need.months", pathway=walk.pathway.wording, least=least),))
    return ADMITTED


def _of_diagnosis(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    presumed = walk.pathway.diagnosis
    if presumed is None or any(each.scored.answer is YES for each in criteria.values()):
        return ADMITTED
    if walk.placed_by_clinician(day):
        return ADMITTED
    if criteria and all(each.scored.answer is NO for each in criteria.values()):
        return Admission((message("withheld.no-diagnosis", diagnosis=presumed.wording),))
    return Admission(needs=(message("need.diagnosis", diagnosis=presumed.wording),))
