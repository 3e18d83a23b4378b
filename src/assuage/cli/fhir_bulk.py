"""`assuage fhir bulk DIR` and `assuage fhir cohort DIR`: Bulk Data into a table of records, a cohort's review out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli import NOT_CHECKED, REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, free, print_json, wrote
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.fhir.bulk import BulkRead

REASONS = 20  # that are printed; the rest is counted (ours)


def add_bulk(parser: argparse.ArgumentParser) -> None:
    """DIR, --zone, --codes, -o, --json, --force."""
    named = parser.add_argument(
        "source",
        metavar="DIR",
        help="a folder of NDJSON, .gz too: a patient may be in many files, in any order",
    )
    mark(named, "folder")
    add(parser, "codes", "zone")
    add_output(
        parser, (".parquet",), required=True, note="beside it what is in no record, as .rejects.ndjson"
    )
    add(parser, "json")
    add_language(parser)


def add_cohort(parser: argparse.ArgumentParser) -> None:
    """DIR, -o, --json, --force."""
    add(parser, "dir")
    add_output(parser, folder=True, required=True)
    add(parser, "json")
    add_language(parser)


def run_cohort_out(args: argparse.Namespace) -> int:
    """Write the stays, the states and the alerts of a cohort's review, a file a type."""
    from assuage.catalogue.message import message
    from assuage.fhir.cohort_out import FILES, write_cohort

    counts = write_cohort(args.dir, args.output, speaking_of(args), force=args.force)
    if args.json:
        print_json({"written": args.output, "resources": dict(counts)})
    else:
        plans, responses, issues = (counts[kind] for kind in FILES)
        told = message(
            "fhir-cohort.written", path=args.output, plans=plans, responses=responses, issues=issues
        )
        say(str(speaking_of(args).say(told)))
    return REVIEWED


def run_bulk(args: argparse.Namespace) -> int:
    """Read all of it into a table; 3 where something was left out, which is listed and counted."""
    from assuage.catalogue.message import message
    from assuage.cli.fhir_record import zone_named
    from assuage.cli.output import ending_of
    from assuage.cli.progress import counting
    from assuage.fhir.bulk import bulk_files, read_bulk
    from assuage.fhir.site_codes import NO_CODES, read_site_codes

    ending_of(args.output, (".parquet",))
    out = Path(args.output)
    rejects = out.with_suffix(".rejects.ndjson")
    free(args, out, rejects)
    files = bulk_files(args.source)
    codes = NO_CODES if args.codes is None else read_site_codes(args.codes)
    zone = zone_named(args.zone)
    with counting(message("fhir-bulk.working", n=len(files)), args.lang) as step:
        told = read_bulk(
            files,
            out,
            rejects,
            zone=zone,
            codes=codes,
            force=args.force,
            step=step,
            speaking=speaking_of(args),
        )
    if args.json:
        print_json(
            {
                "written": str(out),
                "rejects": str(rejects),
                "lines": told.lines,
                "patients": told.patients,
                "entries": told.entries,
                "rejected": told.rejected,
                "left": dict(told.left),
            }
        )
    else:
        wrote(args, out)
        _tell(args, told, rejects)
    return REVIEWED if told.is_whole else NOT_CHECKED


def _tell(args: argparse.Namespace, told: BulkRead, rejects: Path) -> None:
    from assuage.catalogue.message import message

    speaking = speaking_of(args)
    say(str(speaking.say(message("fhir-bulk.read", n=told.patients, lines=told.lines, entries=told.entries))))
    if told.rejected:
        say(str(speaking.say(message("fhir-bulk.rejected", n=told.rejected, path=rejects))))
    reasons = list(told.left.items())
    for reason, count in reasons[:REASONS]:
        say(f"  {speaking.say(message('fhir-bulk.left', n=count, reason=reason))}")
    if len(reasons) > REASONS:
        say(f"  {speaking.say(message('fhir-bulk.more-reasons', n=len(reasons) - REASONS))}")
