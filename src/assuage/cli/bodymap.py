"""`assuage bodymap RECORD`: where it hurt, visit by visit, as maps and as a table."""

from __future__ import annotations

import argparse

from assuage.catalogue.message import message
from assuage.cli import pictures
from assuage.cli.language import add_language, add_reader, speaking_of
from assuage.cli.output import print_json, write_output
from assuage.cli.progress import working

HELP = "where it hurt, visit by visit: body maps front and back, and a table of the same rows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the day and the form."""
    pictures.add_arguments(parser)
    add_language(parser)
    add_reader(parser)


def run(args: argparse.Namespace) -> int:
    """Read, draw, print."""
    from assuage.cli.review import day_of
    from assuage.record.read import read_record
    from assuage.report import atlas
    from assuage.words.speak import said_in, translation_note

    speaking = speaking_of(args)
    kind = pictures.kind_asked(args)
    record = read_record(args.record)
    on = None if args.on is None else day_of(args.on, record.starts_on)
    if args.output is not None:
        with working(message("progress.drawing"), args.lang):
            match kind:
                case ".svg":
                    drawn = atlas.svg(record, on, speaking)
                case ".png":
                    drawn = atlas.png(record, on, speaking)
                case ".pdf":
                    drawn = atlas.pdf(record, on, speaking)
                case _:
                    from assuage.report.page.pages import bodymap_page

                    drawn = bodymap_page(record, on, speaking)
        write_output(args, drawn)
    if args.json:
        shown = [
            {
                "day": visit.day,
                "approximate": visit.approximate,
                "whole_body": visit.whole_body,
                "places": dict(visit.places),
                "index_total": visit.total or None,
            }
            for visit in atlas.visits(record, on)
        ]
        plain = {"patient": record.patient.id, **said_in(speaking), "visits": shown}
        print_json(plain)
    elif args.table or args.output is None:
        rows = list(atlas.map_rows(record, on, speaking))
        pictures.print_table(
            atlas.map_headings(speaking), rows, translation_note(speaking), speaking=speaking
        )
    return 0
