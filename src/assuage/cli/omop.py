"""`assuage omop export RECORDS... -o DIR`: records as tables of the OMOP common data model."""

from __future__ import annotations

import argparse
from pathlib import Path

from assuage.cli import NOT_CHECKED, REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import add_output, print_json, write_files
from assuage.cli.surroundings import say

HELP = "write records as tables of the OMOP common data model (CDM 5.4), with a dictionary"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb: export."""
    verbs = parser.add_subparsers(dest="verb", metavar="export", required=True)
    export = verbs.add_parser(
        "export", help="write the tables as CSV, every concept 0, the words as source values"
    )
    add(export, "records")
    add_output(export, folder=True, required=True)
    add(export, "json")
    add_language(export)


def run(args: argparse.Namespace) -> int:
    """Write all files; 3 where something of the records is in none of them, which is counted."""
    from datetime import UTC, datetime

    from assuage.catalogue.message import message
    from assuage.cli.convert import records_named
    from assuage.fhir.omop.write import omop_files

    files, rows = omop_files(records_named(args.records), datetime.now(UTC).date())
    folder = Path(args.output)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(args, [(folder / name, text) for name, text in files.items()])
    speaking = speaking_of(args)
    counts = {name: len(each) for name, each in rows.tables.items()}
    if args.json:
        print_json({"written": args.output, "rows": counts, "left_out": dict(rows.left)})
    else:
        say(str(speaking.say(message("omop.written", n=rows.persons, rows=sum(counts.values()) - 1))))
        for why, n in sorted(rows.left.items()):
            say(f"  {speaking.say(message(f'omop.left-{why}', n=n))}")
    return NOT_CHECKED if rows.left else REVIEWED
