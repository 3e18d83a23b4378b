"""The CARE checklist of 2013: thirteen sections, thirty items, in our own words.

Source: Gagnier JJ et al. The CARE guidelines. J Med Case Rep 2013;7:223. doi 10.1186/1752-1947-7-223.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["filled", "partial", "empty", "not applicable"]
STATES: tuple[State, ...] = ("filled", "partial", "empty", "not applicable")


# Who could give what an item lacks (ours).
Giver = Literal["authors", "clinician", "patient", "both"]
_CLINICIAN = frozenset({"6", "7", "8a", "8b", "8c", "8d", "9a", "9b", "9c", "10b"})
_PATIENT = frozenset({"12", "13"})
_BOTH = frozenset({"3b", "5a", "5b", "5c", "5d", "10a", "10c", "10d"})


def _giver(item: str) -> Giver:
    if item in _CLINICIAN:
        return "clinician"
    if item in _PATIENT:
        return "patient"
    return "both" if item in _BOTH else "authors"


class ChecklistItem(Struct, frozen=True):
    """An item of the checklist: its section, its id, what it asks for, and who could give it."""

    section: int
    id: str
    title: str
    who: Giver


SECTIONS: tuple[str, ...] = (
    *(
        "Title",
        "Keywords",
        "Abstract",
        "Introduction",
        "Patient information",
        "Clinical findings",
        "Timeline",
    ),
    *("Diagnostic assessment", "Therapeutic intervention", "Follow-up and outcomes", "Discussion"),
    *("Patient perspective", "Informed consent"),
)

ITEMS: tuple[ChecklistItem, ...] = tuple(
    ChecklistItem(section, name, title, _giver(name))
    for section, name, title in (
        (1, "1", "Diagnosis or intervention, and the words case report"),
        (2, "2", "Two to five keywords, case report among them"),
        (3, "3a", "What is new"),
        (3, "3b", "Main symptoms and findings"),
        (3, "3c", "Main diagnoses, interventions and outcomes"),
        (3, "3d", "The main lesson"),
        (4, "4", "Why this case is unique, with references"),
        (5, "5a", "Who the patient is, without identifiers"),
        (5, "5b", "Main concerns and symptoms"),
        (5, "5c", "Medical, family and psychosocial history"),
        (5, "5d", "Past interventions and their outcomes"),
        (6, "6", "Findings of the examination"),
        (7, "7", "The course, dated and in order"),
        (8, "8a", "Diagnostic methods"),
        (8, "8b", "Diagnostic challenges"),
        (8, "8c", "Diagnostic reasoning and other diagnoses considered"),
        (8, "8d", "Prognosis"),
        (9, "9a", "Types of intervention"),
        (9, "9b", "Dose, strength and duration"),
        (9, "9c", "Changes of the interventions, with reasons"),
        (10, "10a", "Outcomes as clinician and patient judged them"),
        (10, "10b", "Results of follow-up tests"),
        (10, "10c", "Adherence and tolerability, and how they were assessed"),
        (10, "10d", "Adverse and unanticipated events"),
        (11, "11a", "Strengths and limitations"),
        (11, "11b", "Relevant literature"),
        (11, "11c", "Rationale for the conclusions"),
        (11, "11d", "The main take-away lesson"),
        (12, "12", "What the patient says"),
        (13, "13", "Consent to publication"),
    )
)
