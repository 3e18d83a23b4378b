"""A card on paper: a tagged PDF with its title and language, half a sheet, for the GP a whole one."""

from __future__ import annotations

import json

from assuage.catalogue.message import Message
from assuage.catalogue.read import Catalogue
from assuage.report.paper import harmless, tagged_pdf
from assuage.review.cards import Card, GpLetter
from assuage.words.cards import card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH, translation_note


def card_pdf(card: Card, speaking: Catalogue = ENGLISH) -> bytes:
    """The card as PDF/UA-1."""

    def spans(told: Message) -> list[dict[str, str]]:
        return [{"text": span.text, "language": span.language} for span in speaking.say(told).spans]

    values = {
        "title": str(speaking.say(title_message(card))),
        "language": speaking.language,
        "paper": "a4" if isinstance(card, GpLetter) else "a5",
        "unchecked": translation_note(speaking),
        "sections": [
            {
                "title": spans(section.title),
                "lines": [{"kind": line.kind, "spans": spans(line.says)} for line in section.lines],
            }
            for section in card_sections(speaking, card)
        ],
        "foot": [spans(foot) for foot in foot_messages(card)],
    }
    return tagged_pdf("card.typ", {"card.json": json.dumps(harmless(values), ensure_ascii=False)})
