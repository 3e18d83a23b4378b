"""`assuage pathway list` and `assuage pathway show ID`."""

from __future__ import annotations

import argparse
import json
import sys

from assuage.cli.language import add_language, speaking_of
from assuage.cli.pathways import A_PATHWAY, pathway_named

HELP = "list the pathways, or show one in plain words, as a diagram or as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs: list, and show with a format."""
    verbs = parser.add_subparsers(dest="verb", metavar="list | show", required=True)
    listing = verbs.add_parser("list", help="the pathways that are shipped, a line each")
    listing.add_argument("--json", action="store_true", help="as JSON")
    show = verbs.add_parser("show", help="one pathway, whole")
    show.add_argument("id", help=f"{A_PATHWAY}, such as neck-first")
    show.add_argument("--format", choices=("text", "json", "mermaid", "markdown"), default="text")
    for verb in (listing, show):
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
            print(json.dumps(rows, indent=2, ensure_ascii=False))
            return 0
        for each in listed:
            print(f"{each.id}@{each.version}  {speaking.value(each)}")
            print(f"    {speaking.value(each.first_words)}")
        if unchecked := translation_note(speaking):
            print(unchecked)
        return 0
    pathway = pathway_named(args.id)
    match args.format:
        case "json":
            print(json.dumps(pathway_text.pathway_to_json(pathway), indent=2, ensure_ascii=False))
        case "mermaid":
            sys.stdout.write(pathway_text.mermaid(pathway, speaking))
        case "markdown":
            sys.stdout.write(pathway_text.markdown(pathway, speaking))
        case _:
            from assuage.report.screen import print_markdown

            print_markdown(pathway_text.markdown(pathway, speaking))
    return 0
