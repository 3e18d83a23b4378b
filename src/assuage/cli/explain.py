"""`assuage explain ID`: a pathway's criteria, one criterion, gate, recommendation or restriction, or an instrument."""

from __future__ import annotations

import argparse

from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.pathways import pathway_named

HELP = "what an id means: its question, reason, source, and whose number it is"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The id, and the form."""
    action = parser.add_argument(
        "id",
        metavar="ID",
        help="a pathway, criterion, gate, recommendation, restriction, "
        "instrument, red flag or fact, by its id; a pathway may be a .py file that defines PATHWAY",
    )
    mark(action, "file", "ids")
    mark(add(parser, "pathway"), "file", "pathways")
    add(parser, "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Find the id and print what it means."""
    from assuage.report.explain import explain
    from assuage.report.screen import print_markdown
    from assuage.words.speak import translation_note

    speaking = speaking_of(args)
    name, within = args.id, None if args.pathway is None else pathway_named(args.pathway)
    if name.endswith(".py"):
        within = pathway_named(name)
        name = within.id
    meaning = explain(name, within=within, speaking=speaking)
    if args.json:
        print_json(meaning.plain)
    else:
        unchecked = translation_note(speaking)
        print_markdown(f"{meaning.markdown}\n\n{unchecked}" if unchecked else meaning.markdown)
    return 0
