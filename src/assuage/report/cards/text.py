"""A card as plain text: the sections with their headings at the left, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from assuage.catalogue.read import Catalogue
from assuage.report.screen import WIDTH, show
from assuage.review.cards import Card
from assuage.words.cards import CardSection, card_sections, foot_messages, title_message
from assuage.words.speak import ENGLISH, translation_note

LABEL = 14  # columns of a heading, where it is not wider


def card_text(card: Card, speaking: Catalogue = ENGLISH) -> str:
    """The card as text for a file, with a line end at its end."""
    return "".join(f"{line}\n" for line, _ in styled_lines(card, speaking))


def print_card(card: Card, to: Console, speaking: Catalogue = ENGLISH) -> None:
    """Print the card; what must stop stands out where the terminal can."""
    show(to, *(Text(line, style=style) for line, style in styled_lines(card, speaking)))


def styled_lines(card: Card, speaking: Catalogue) -> Iterator[tuple[str, str]]:
    """Each line with its style. What has no translation is marked, since plain text has no other mark."""
    marked = replace(speaking, marked=True)
    sections = card_sections(marked, card)
    titles = [marked.say(section.title) for section in sections]
    wide = max((len(title) for title in titles), default=LABEL) + 1
    yield marked.say(title_message(card)), "bold"
    for title, section in zip(titles, sections, strict=True):
        yield from _section(title, section, wide, marked)
    if unchecked := translation_note(marked):
        yield from ((line, "yellow") for line in textwrap.wrap(unchecked, WIDTH))
    for foot in foot_messages(card):
        yield from ((line, "dim") for line in textwrap.wrap(marked.say(foot), WIDTH))


def _section(title: str, section: CardSection, wide: int, speaking: Catalogue) -> Iterator[tuple[str, str]]:
    label = title
    for line in section.lines:
        style = "bold red" if line.kind == "stop" else ""
        told = speaking.say(line.says)
        wrapped = textwrap.wrap(told, WIDTH - wide, subsequent_indent="  ", break_on_hyphens=False) or [""]
        for piece in wrapped:
            yield f"{label:<{wide}}{piece}".rstrip(), style
            label = ""
