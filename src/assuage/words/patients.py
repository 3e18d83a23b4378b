"""What a patient is told of a review: where, what now and why, what not, what to answer; no scores of the trade."""

from __future__ import annotations

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.pathways.model import Role
from assuage.review.model import PlanItem

# Who acts, as the patient is told it.
BY: dict[Role, Message] = {
    Role.PHYSICIAN: message("patient.by-physician"),
    Role.PHYSIOTHERAPIST: message("patient.by-physiotherapist"),
    Role.PSYCHOLOGIST: message("patient.by-psychologist"),
    Role.PATIENT: message("patient.by-patient"),
}


def for_a_patient(speaking: Catalogue) -> bool:
    """Whether the reader is a patient: reasons and numbers of the trade are then left out."""
    return speaking.reader == "patient"


def item_message(speaking: Catalogue, item: PlanItem) -> Message:
    """What an item of the plan says to this reader: a patient is told the reason and who acts in the same breath."""
    if not for_a_patient(speaking):
        return item.text
    recommendation = item.recommendation
    return message(
        "patient.item",
        what=item.text,
        why=recommendation.reason,
        caution=recommendation.warning,
        who=BY[recommendation.by],
    )
