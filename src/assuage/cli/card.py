"""`assuage card RECORD --reader patient|physiotherapist|gp`: half a page for each of the others."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from assuage.cli.language import add_language
from assuage.cli.output import add_output, ending_of, needs_pictures
from assuage.cli.pathways import A_PATHWAY, pathway_for
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
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument("--reader", choices=READERS, required=True, help="for whom it is")
    parser.add_argument(
        "--on", metavar="DAY", help="a day number or an ISO date (default: the record's last day)"
    )
    parser.add_argument(
        "--pathway",
        metavar="PATHWAY",
        help=f"the pathway to read it against: {A_PATHWAY} (default: the one the record follows)",
    )
    parser.add_argument(
        "--country", metavar="XX", help="whose labels count, as two letters (default: the strictest)"
    )
    parser.add_argument("--json", action="store_true", help="one stable JSON object")
    add_output(parser, "card.pdf, .html or .txt; without it, the card is printed")
    parser.add_argument("--force", action="store_true", help="write over a file that exists")
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

    form = None if args.output is None else ending_of(args.output, FORMS)
    speaking = catalogue(args.lang, "patient" if args.reader == "patient" else "clinician")
    record = read_record(args.record)
    on = None if args.on is None else day_of(args.on, record.starts_on)
    settings = settings_of(args.country)
    page = visit_page(review(record, pathway_for(record, args.pathway, on), on, settings), None, settings)
    card = card_of(page, args.reader, settings)
    _refuse_unsigned(args, card, speaking)
    if form is not None:
        _save(str(args.output), form, card, speaking, force=args.force)
    if args.json:
        from assuage.report.cards.card_json import card_to_json

        print(json.dumps(card_to_json(card, speaking), indent=2, ensure_ascii=False))
    elif form is None:
        from assuage.report.cards.text import print_card
        from assuage.report.screen import console

        print_card(card, console(), speaking)
    return 0


def _refuse_unsigned(args: argparse.Namespace, card: Card, speaking: Catalogue) -> None:
    """InputError for a patient's card in words that nobody has checked, unless the site answers for them."""
    from assuage.words.cards import is_signed

    if args.reader == "patient" and not args.unsigned and not is_signed(speaking, card):
        raise InputError(
            f"--lang {args.lang}: nobody has signed this translation, and a patient cannot check it. Write "
            "--unsigned where your site answers for it; how it is signed: docs/reference/translating.md"
        )


def _save(output: str, form: str, card: Card, speaking: Catalogue, *, force: bool) -> None:
    from assuage.record.save import write_file

    match form:
        case ".pdf":
            from assuage.report.cards.paper import card_pdf

            needs_pictures(form)
            content: str | bytes = card_pdf(card, speaking)
        case ".html":
            from assuage.report.cards.page import card_page

            needs_pictures(form)
            content = card_page(card, speaking)
        case _:
            from assuage.report.cards.text import card_text

            content = card_text(card, speaking)
    write_file(output, content, force, private=True)
