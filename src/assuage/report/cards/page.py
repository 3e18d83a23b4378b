"""A card as one page that opens anywhere, fits a phone and prints on half a sheet."""

from __future__ import annotations

from typing import Any

from assuage.catalogue.read import Catalogue
from assuage.report.page.pages import markup, rendered
from assuage.review.cards import Card, PatientCard, PhysiotherapistCard
from assuage.words.cards import card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH


def card_page(card: Card, speaking: Catalogue = ENGLISH) -> str:
    """The card as HTML; everything that goes in is escaped."""
    return rendered("card.html", speaking, title_message(card), **given_to_card(card, speaking))


def given_to_card(card: Card, speaking: Catalogue) -> dict[str, Any]:
    """What `card.html` shows, in whatever frame it stands."""
    language = speaking.language
    return {
        "reader": "patient" if isinstance(card, PatientCard) else "clinician",
        "foot": [markup(speaking.say(each), language) for each in foot_messages(card)],
        "sections": [
            (
                section.id,
                markup(speaking.say(section.title), language),
                [(line.kind, markup(speaking.say(line.says), language)) for line in section.lines],
            )
            for section in card_sections(speaking, card)
        ],
        "therapist": isinstance(card, PhysiotherapistCard),
    }
