"""`assuage card RECORD --reader patient|physiotherapist|gp`: half a page for each of the others."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.language import add_language
from assuage.cli.options import add
from assuage.cli.output import add_output, ending_of, free, needs_pictures, print_json, write_output
from assuage.cli.pathways import pathway_for
from assuage.cli.review import day_of, settings_of
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.review.cards import Card

HELP = "half a page for the patient, the physiotherapist or the GP, from the same values as the review"
FORMS = (".pdf", ".html", ".txt")
READERS = ("patient", "physiotherapist", "gp")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the reader, the day, the pathway and the form."""
    add(parser, "record")
    parser.add_argument("--reader", choices=READERS, required=True, help="for whom it is")
    add(parser, "on", "pathway", "country", "json")
    add_output(parser, FORMS)
    parser.add_argument(
        "--unsigned",
        action="store_true",
        help="print a patient's card in a translation that nobody has signed: the site answers for it",
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, review, make the card, print or write it."""
    from assuage.record.read import read_record
    from assuage.review.cards import card_of
    from assuage.review.make import review
    from assuage.review.visit import visit_page
    from assuage.words.speak import catalogue

    form = None
    if args.output is not None:
        form = ending_of(args.output, FORMS)
        free(args, args.output)
    speaking = catalogue(args.lang, "patient" if args.reader == "patient" else "clinician")
    record = read_record(args.record)
    on = None if args.on is None else day_of(args.on, record.starts_on)
    settings = settings_of(args.country)
    page = visit_page(review(record, pathway_for(record, args.pathway, on), on, settings), None, settings)
    card = card_of(page, args.reader, settings)
    _refuse_unsigned(args, card, speaking)
    if form is not None:
        write_output(args, _content(form, card, speaking))
    if args.json:
        from assuage.report.cards.card_json import card_to_json

        print_json(card_to_json(card, speaking))
    elif form is None:
        from assuage.report.cards.text import print_card
        from assuage.report.screen import console

        print_card(card, console(), speaking)
    return 0


def _refuse_unsigned(args: argparse.Namespace, card: Card, speaking: Catalogue) -> None:
    """InputError for a patient's card in words that nobody has checked, unless the site answers for them."""
    from assuage.words.cards import is_signed

    if args.reader == "patient" and not args.unsigned and not is_signed(speaking, card):
        raise InputError(message("option.unsigned", language=args.lang))


def _content(form: str, card: Card, speaking: Catalogue) -> str | bytes:
    match form:
        case ".pdf":
            from assuage.report.cards.paper import card_pdf

            needs_pictures(form)
            return card_pdf(card, speaking)
        case ".html":
            from assuage.report.cards.page import card_page

            needs_pictures(form)
            return card_page(card, speaking)
        case _:
            from assuage.report.cards.text import card_text

            return card_text(card, speaking)
