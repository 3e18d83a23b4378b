"""How sure somebody is of an allergy or a disease: only a clinician, or who said so, may rule it out or doubt it."""

from __future__ import annotations

from types import MappingProxyType

from msgspec import Struct

from assuage.terms.conditions import find_condition
from assuage.terms.drug_names import find_drug
from assuage.terms.names import spaced

RULED_OUT, POSSIBLE, SURE = range(3)
# By the state of a finding, the certainty of an allergy, and that of a diagnosis; without one it is read as there.
HOW_SURE = MappingProxyType(
    {
        None: SURE,
        "present": SURE,
        "abnormal": SURE,
        "confirmed": SURE,
        "probable": SURE,
        "unknown": POSSIBLE,
        "suspected": POSSIBLE,
        "possible": POSSIBLE,
        "absent": RULED_OUT,
        "normal": RULED_OUT,
        "refuted": RULED_OUT,
    }
)


class Ruling(Struct, frozen=True):
    """How sure somebody is that something is there: the kind and the name of it, and how sure."""

    about: tuple[str, str]
    sure: int


def allergy_ruling(substance: str, certainty: str | None) -> Ruling:
    """What is said of an allergy, by whatever name the substance is called."""
    drug, group = find_drug(substance), find_condition(f"allergy to {substance}")
    return Ruling(
        ("allergy", group.id if group else drug.id if drug else spaced(substance)), HOW_SURE[certainty]
    )
