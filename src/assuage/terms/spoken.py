"""What an exposure and an outcome are called in a sentence: the term behind an id, or the word that was written."""

from __future__ import annotations

from assuage.terms.drug_names import drug_with_id
from assuage.terms.outcomes import OUTCOMES
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import THERAPIES


def exposure_term(exposure: str) -> object:
    """The therapy or the drug of that id; the word itself where no rule knows it."""
    return THERAPIES.get(exposure) or drug_with_id(exposure) or exposure


def outcome_term(outcome: str) -> object:
    """The symptom or the scale of that id; the id itself where it is neither."""
    return SYMPTOMS.get(outcome) or OUTCOMES.get(outcome) or SCALES.get(outcome) or outcome
