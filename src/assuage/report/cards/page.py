"""A card as one page that opens anywhere, fits a phone and prints on half a sheet."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report.look import css
from assuage.report.page.pages import environment, markup
from assuage.review.cards import Card, PatientCard, PhysiotherapistCard
from assuage.words.cards import card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH, translation_note


def card_page(card: Card, speaking: Catalogue = ENGLISH) -> str:
    """The card as HTML; everything that goes in is escaped."""
    from markupsafe import Markup

    language = speaking.language
    sections = [
        (
            section.id,
            markup(speaking.say(section.title), language),
            [(line.kind, markup(speaking.say(line.says), language)) for line in section.lines],
        )
        for section in card_sections(speaking, card)
    ]

    def say(id: str) -> Markup:  # noqa: A002 - the id of the sentence
        return markup(speaking.say(message(id)), language)

    return (
        environment()
        .get_template("card.html")
        .render(
            language=language,
            reader="patient" if isinstance(card, PatientCard) else "clinician",
            unchecked=translation_note(speaking),
            title=str(speaking.say(title_message(card))),
            notice=say("page.not-a-device"),
            look=Markup(css.style_sheet()),
            security_policy=Markup(css.SECURITY_POLICY),
            foot=[markup(speaking.say(each), language) for each in foot_messages(card)],
            sections=sections,
            therapist=isinstance(card, PhysiotherapistCard),
            say=say,
        )
    )
