"""Who may be treated on a pathway: of its age, and with the diagnosis it presumes or entered by a clinician."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import message
from assuage.engine.walk import Walk
from assuage.pathways.clinic import PresumedDiagnosis
from assuage.record.care_entries import DiagnosisEntry
from assuage.record.timeline import Timeline
from assuage.review.diagnosis import lasted
from assuage.review.model import ADMITTED, Admission, Diagnosis
from assuage.terms.answers import NO, YES


def admission(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    """Whether the patient may be treated on the pathway on a day.

    The diagnosis is enough where one of the criteria is met or a clinician made it, if only as possible; a clinician's
    `enter` where none could be decided. It is missing where every criterion was decided and none is met, and where a
    clinician refuted it and has neither made it nor placed the patient since.
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
        return Admission(needs=(message("need.age"),))
    if age < least:
        return Admission((message("withheld.age", least=least),))
    return ADMITTED


def _of_duration(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    """Criteria that are met have looked at how long it hurts, and so has a clinician who enters the patient."""
    least = walk.pathway.from_months
    met = any(each.scored.answer is YES for each in criteria.values())
    if least is None or met or walk.placed_by_clinician(day):
        return ADMITTED
    low, high = lasted(walk.timeline, day)
    if high is not None and high < least:
        return Admission((message("withheld.too-soon", least=least),))
    if low is None or low < least:
        return Admission(needs=(message("need.months", least=least),))
    return ADMITTED


def _of_diagnosis(walk: Walk, day: int, criteria: Mapping[str, Diagnosis]) -> Admission:
    presumed = walk.pathway.diagnosis
    if presumed is None:
        return ADMITTED
    diagnosed = _by_clinician(walk.timeline, day, presumed)
    if diagnosed is not None and diagnosed.certainty == "refuted":
        if walk.placed_by_clinician(day, after=diagnosed):
            return ADMITTED
        return Admission((message("withheld.refuted", diagnosis=presumed.wording, day=diagnosed.day),))
    if any(each.scored.answer is YES for each in criteria.values()) or walk.placed_by_clinician(day):
        return ADMITTED
    if diagnosed is not None:
        against = walk.timeline.record.disputes.get(diagnosed.place, ())
        if all(diagnosed.is_denied_by(other) for other in against):  # by nobody who may
            return ADMITTED
    if criteria and all(each.scored.answer is NO for each in criteria.values()):
        return Admission((message("withheld.no-diagnosis", diagnosis=presumed.wording),))
    return Admission(needs=(message("need.diagnosis", diagnosis=presumed.wording),))


def _by_clinician(timeline: Timeline, day: int, presumed: PresumedDiagnosis) -> DiagnosisEntry | None:
    """A clinician's last word up to a day on whether the patient has it; None without one.

    A word in dispute is read as possible and admits nobody: it is asked.
    """
    words = [
        entry
        for entry in timeline.entries_of(DiagnosisEntry, day)
        if entry.word_of_clinician and presumed.is_named(entry.what, entry.code, entry.system)
    ]
    return words[-1] if words else None
