"""`assuage pathway list` and `assuage pathway show ID`."""

from __future__ import annotations

import argparse
import sys

from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.pathways import pathway_named

HELP = "list the pathways, or show one in plain words, as a diagram or as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs: list, and show with a format."""
    verbs = parser.add_subparsers(dest="verb", metavar="list | show", required=True)
    listing = verbs.add_parser("list", help="the pathways that are shipped, a line each")
    show = verbs.add_parser("show", help="one pathway, whole")
    shown = show.add_argument(
        "id", metavar="PATHWAY", help="its id, or a .py file that defines PATHWAY, such as neck-first"
    )
    mark(shown, "file", "pathways")
    forms = ("text", "json", "mermaid", "markdown")
    add(show, "to", before=("--format",), choices=forms, default="text")
    for verb in (listing, show):
        add(verb, "json")
        add_language(verb)


def run(args: argparse.Namespace) -> int:
    """Print the list or the pathway."""
    from assuage.pathways import registry
    from assuage.report import pathway_text
    from assuage.words.speak import translation_note

    speaking = speaking_of(args)
    if args.verb == "list":
        listed = [registry.pathway(name) for name in registry.PATHWAY_IDS]
        if args.json:
            rows = [
                {"id": each.id, "version": each.version, "title": each.title, "notice": each.notice}
                for each in listed
            ]
            print_json(rows)
            return 0
        for each in listed:
            print(f"{each.id}@{each.version}  {speaking.value(each)}")
            print(f"    {speaking.value(each.first_words)}")
        if unchecked := translation_note(speaking):
            print(unchecked)
        return 0
    pathway = pathway_named(args.id)
    match "json" if args.json else args.to:
        case "json":
            print_json(pathway_text.pathway_to_json(pathway))
        case "mermaid":
            sys.stdout.write(pathway_text.mermaid(pathway, speaking))
        case "markdown":
            sys.stdout.write(pathway_text.markdown(pathway, speaking))
        case _:
            from assuage.report.screen import print_markdown

            print_markdown(pathway_text.markdown(pathway, speaking))
    return 0
