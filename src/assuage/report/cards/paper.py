"""A card on paper: a tagged PDF with its title and language, half a sheet, for the GP a whole one."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path

from assuage.catalogue.message import Message
from assuage.catalogue.read import Catalogue
from assuage.report.care.files import harmless
from assuage.report.look import typst as look_of_paper
from assuage.report.look.figures import fonts_folder
from assuage.review.cards import Card, GpLetter
from assuage.words.cards import card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH, translation_note


def card_pdf(card: Card, speaking: Catalogue = ENGLISH) -> bytes:
    """The card as PDF/UA-1. The template reads it as data, so no text of it is ever markup."""
    import typst

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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "card.typ").write_bytes((files("assuage.report") / "templates" / "card.typ").read_bytes())
        (folder / "look.typ").write_text(look_of_paper.definitions(), encoding="utf-8")
        (folder / "card.json").write_text(json.dumps(harmless(values), ensure_ascii=False), encoding="utf-8")
        return typst.compile(
            folder / "card.typ",
            root=folder,
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=[fonts_folder()],
            ignore_system_fonts=True,
        )
