"""`assuage timeline RECORD`: one patient's course as a picture, and as the table of the same rows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli import pictures
from assuage.cli.language import add_language, add_reader, speaking_of
from assuage.cli.options import add
from assuage.cli.output import print_json, write_output
from assuage.cli.pathways import pathway_for
from assuage.cli.progress import working
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.record.entries import Record
    from assuage.report import timeline
    from assuage.review.standing import Standing

HELP = "one patient's course on one time axis: a picture, and a table of the same rows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the day, the pathway and the form."""
    pictures.add_arguments(parser)
    add(parser, "pathway", "look")
    add_language(parser)
    add_reader(parser)


def run(args: argparse.Namespace) -> int:
    """Read, walk, draw."""
    from assuage.record.read import read_record
    from assuage.report import timeline
    from assuage.words.speak import said_in, translation_note

    speaking = speaking_of(args)
    kind = pictures.kind_asked(args)
    record = read_record(args.record)
    review = standing_of(record, args.pathway, args.on)
    if args.output is not None and kind is not None:
        with working(message("progress.drawing"), args.lang):
            drawn = _drawn(record, review, kind, speaking, args.look)
        write_output(args, drawn)
    shown = timeline.rows(record, review, speaking)
    if args.json:
        plain = {
            "patient": record.patient.id,
            **said_in(speaking),
            "rows": [row.to_json() for row in shown],
            "not_drawn": timeline.undrawn(shown, record, review),
        }
        print_json(plain)
    elif args.table or args.output is None:
        left = timeline.undrawn_message(shown, record, review)
        notes = [None if left is None else speaking.say(left), translation_note(speaking)]
        pictures.print_table(
            timeline.headings(speaking), [row.cells for row in shown], *notes, speaking=speaking
        )
    return 0


def _drawn(
    record: Record, review: Standing | None, kind: str, speaking: Catalogue, look: timeline.Look
) -> str | bytes:
    from assuage.report import timeline

    match kind:
        case ".svg":
            return timeline.svg(record, review, speaking, look=look)
        case ".png":
            return timeline.png(record, review, speaking, look=look)
        case ".pdf":
            return timeline.pdf(record, review, speaking, look=look)
        case _:
            from assuage.report.page.pages import timeline_page

            return timeline_page(record, review, speaking)


def standing_of(record: Record, pathway: str | None, day: str | None) -> Standing | None:
    """Where the phases come from; None for a record of no pathway or without entries, seen whole."""
    from assuage.cli.review import day_of
    from assuage.review.standing import standing

    on = None if day is None else day_of(day, record.starts_on)
    followed = pathway_for(record, pathway)
    if followed is None and on is not None:
        raise InputError(message("option.on-needs-pathway"))
    if followed is None or (on is None and record.last_day is None):
        return None
    return standing(record, followed, on)
