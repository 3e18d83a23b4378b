"""`assuage explain ID`: a pathway's criteria, one criterion, gate, recommendation or restriction, or an instrument."""

from __future__ import annotations

import argparse
import json

HELP = "what an id means: its question, reason, source, and whose number it is"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The id, and the form."""
    parser.add_argument(
        "id",
        metavar="ID",
        help="a pathway, criterion, gate, recommendation, restriction, "
        "instrument, red flag or fact, by its id",
    )
    parser.add_argument("--pathway", metavar="PATHWAY", help="look in this pathway only")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(args: argparse.Namespace) -> int:
    """Find the id and print what it means."""
    from assuage.report.explain import explain
    from assuage.report.screen import print_markdown

    found = explain(args.id, within=args.pathway)
    if args.json:
        print(json.dumps(found.plain, indent=2, ensure_ascii=False))
    else:
        print_markdown(found.markdown)
    return 0
