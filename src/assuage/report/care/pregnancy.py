"""A pregnancy in a manuscript: a state on a day, and no history."""

from __future__ import annotations

from collections.abc import Sequence

from assuage.catalogue.message import message
from assuage.record.entries import FindingEntry
from assuage.report.care import phrases
from assuage.report.care.case import Case
from assuage.report.care.case_report import ReportSentence
from assuage.safety.questions import TOPICS
from assuage.terms.names import folded

_PREGNANCIES = frozenset(
    condition for name, _, conditions in TOPICS if name == "pregnancy" for condition in conditions
)


def pregnancy_sentences(case: Case, findings: Sequence[FindingEntry]) -> list[ReportSentence]:
    """Whether the patient was pregnant: a state, and no history. Of a man nobody says that he is not."""
    asked = [entry for entry in findings if entry.state == "present" or case.record.patient.sex != "male"]
    sentences: list[ReportSentence] = []
    for entry in {(entry.day, entry.state): entry for entry in asked}.values():
        when = phrases.when_recorded(entry)
        there = entry.state == "present"
        told = message("case.pregnant", when=when) if there else message("case.not-pregnant", when=when)
        sentences.append(case.sentence(told, [entry]))
    return sentences


def without_pregnancies(
    findings: Sequence[FindingEntry],
) -> tuple[list[FindingEntry], list[FindingEntry]]:
    """The findings of a pregnancy that is there or not, and the others."""
    mine = [
        entry
        for entry in findings
        if (folded(entry.what) == "pregnancy" or (entry.condition and entry.condition.id in _PREGNANCIES))
        and entry.state in ("present", "absent")
    ]
    places = {entry.place for entry in mine}
    return mine, [entry for entry in findings if entry.place not in places]
