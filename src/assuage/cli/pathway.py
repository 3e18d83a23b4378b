"""`assuage pathway list` and `assuage pathway show ID`."""

from __future__ import annotations

import argparse
import json
import sys

HELP = "list the pathways, or show one in plain words, as a diagram or as JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs: list, and show with a format."""
    verbs = parser.add_subparsers(dest="verb", metavar="list | show", required=True)
    listing = verbs.add_parser("list", help="the pathways that are shipped, a line each")
    listing.add_argument("--json", action="store_true", help="as JSON")
    show = verbs.add_parser("show", help="one pathway, whole")
    show.add_argument("id", help="the pathway's id, such as neck-first")
    show.add_argument("--format", choices=("text", "json", "mermaid", "markdown"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the list or the pathway."""
    from assuage.pathways import registry, show

    if args.verb == "list":
        pathways = [registry.pathway(name) for name in registry.PATHWAY_IDS]
        if args.json:
            rows = [
                {"id": one.id, "version": one.version, "title": one.title, "notice": one.notice}
                for one in pathways
            ]
            print(json.dumps(rows, indent=2, ensure_ascii=False))
            return 0
        for one in pathways:
            print(f"{one.id}@{one.version}  {one.title}\n    {one.notice}")
        return 0
    pathway = registry.pathway(args.id)
    match args.format:
        case "json":
            print(json.dumps(show.plain(pathway), indent=2, ensure_ascii=False))
        case "mermaid":
            sys.stdout.write(show.mermaid(pathway))
        case "markdown":
            sys.stdout.write(show.markdown(pathway))
        case _:
            from assuage.report.screen import print_markdown

            print_markdown(show.markdown(pathway))
    return 0
