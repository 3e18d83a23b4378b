"""`assuage fhir import SOURCE...` and `assuage fhir export RECORD`: records out of FHIR R4, and records as it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.cli import NOT_CHECKED, REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import RECORDS, add_output, print_document, print_json, write_output, wrote
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.fhir.join import Joined
    from assuage.fhir.read.resources import ReadResources


def add_import(parser: argparse.ArgumentParser) -> None:
    """SOURCE..., --into, --codes, --patient, --starts-on, --zone, -o, --to, --json, --force."""
    sources = parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="FHIR as JSON or NDJSON, .gz too, or folders of them; - for standard input",
    )
    mark(sources, "file")
    into = parser.add_argument(
        "--into", metavar="RECORD", help="add to this record: twice the same changes nothing"
    )
    mark(into, "file")
    add(parser, "codes", "patient", "starts-on", "zone")
    add_output(parser, RECORDS, folder=True)
    add(parser, "to", choices=("yaml", "json", "parquet"))
    add(parser, "json")
    add_language(parser)


def add_export(parser: argparse.ArgumentParser) -> None:
    """RECORD, --starts-on, --relative, --profile, --provenance, -o, --json, --force."""
    add(parser, "record")
    add(parser, "starts-on", before=("--day0",))
    parser.add_argument(
        "--relative", action="store_true", help="leave all dates out; days stay, counted from day 0"
    )
    parser.add_argument(
        "--profile",
        choices=("assuage", "plain"),
        default="assuage",
        help="with our extension, which loses nothing, or in FHIR's own elements alone (default: assuage)",
    )
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="say of each entry who wrote it, in which role, when, correcting what",
    )
    add_output(parser, (".json",))
    add(parser, "json")
    add_language(parser)


def run_export(args: argparse.Namespace) -> int:
    """Write or print the transaction bundle of a record."""
    import orjson

    from assuage.catalogue.message import message
    from assuage.errors import InputError
    from assuage.fhir.write.bundle import bundle_of
    from assuage.record.read import read_record

    if args.relative and args.starts_on is not None:
        raise InputError(message("option.relative-with-start"))
    record = read_record(args.record)
    bundle = bundle_of(
        record,
        date_named(args.starts_on),
        relative=args.relative,
        profile=args.profile,
        provenance=args.provenance,
    )
    text = orjson.dumps(bundle, option=orjson.OPT_INDENT_2).decode() + "\n"
    written = sum(each["resource"]["resourceType"] != "Provenance" for each in bundle["entry"])
    left = len(record.entries) + 1 - written
    if left:
        say(str(speaking_of(args).say(message("fhir-export.left-out", n=left))))
    if args.output is None:
        print_document(text)
        return REVIEWED
    write_output(args, text)
    if args.json:
        print_json({"written": args.output, "resources": len(bundle["entry"]), "left_out": left})
    return REVIEWED


def run_import(args: argparse.Namespace) -> int:
    """Read all sources, then write; 3 where something was left out, which the report tells."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError
    from assuage.fhir.join import joined_to, record_of
    from assuage.fhir.read.resources import patients_in, read_resources
    from assuage.fhir.site_codes import NO_CODES, read_site_codes
    from assuage.fhir.sources import resources_of
    from assuage.record.read import read_record
    from assuage.record.save import document_of, save

    codes = NO_CODES if args.codes is None else read_site_codes(args.codes)
    into = None if args.into is None else read_record(args.into)
    zone = zone_named(args.zone) or (into.zone if into is not None else None)
    start = date_named(args.starts_on) or (into.starts_on if into is not None else None)
    resources = list(resources_of(args.sources))
    named = patients_in(resources)
    if into is not None and len(named) > 1:
        raise InputError(message("fhir.into-one", n=len(named)))
    if args.patient is not None and len(named) > 1:
        raise InputError(message("fhir.patient-names-one", n=len(named)))
    results: list[tuple[ReadResources, Joined]] = []
    for patient in named or [None]:
        read = read_resources(
            resources, patient=patient, pseudonym=args.patient, starts_on=start, zone=zone, codes=codes
        )
        results.append((read, record_of(read) if into is None else joined_to(into, read)))
    records = [result.record for _, result in results]
    if args.output is not None:
        save(records, Path(args.output), args.to, args.force)
        if not args.json:
            wrote(args, args.output)
    elif not args.json:
        if args.to == "parquet":
            raise InputError(message("option.table-not-printed"))
        if len(records) != 1:
            raise InputError(message("option.records-not-printed", n=len(records)))
        print_document(document_of(records[0], args.to or "yaml"))
    return _told(args, results)


def _told(args: argparse.Namespace, results: list[tuple[ReadResources, Joined]]) -> int:
    """Tell what was read and what not: on standard error, or as JSON."""
    from assuage.catalogue.message import message
    from assuage.fhir.report import report_json, report_lines

    speaking = speaking_of(args)
    told: list[dict[str, Any]] = []
    left = False
    for read, result in results:
        lines = [*read.lines, *result.lines]
        left = left or any(line.weight == "left" for line in lines)
        name = result.record.patient.id
        if args.json:
            counts = {"added": result.added, "unchanged": result.unchanged, "withdrawn": result.withdrawn}
            told.append(
                {
                    "patient": name,
                    "resources": read.resources,
                    "entries": len(result.record.entries),
                    **counts,
                    "report": report_json(lines, speaking),
                }
            )
            continue
        n = len(result.record.entries)
        head = message("fhir-import.left" if lines else "fhir-import.all-read", document=name, n=n)
        say(str(speaking.say(head)))
        if args.into is not None:
            counted = {"n": result.added, "same": result.unchanged, "withdrawn": result.withdrawn}
            say(str(speaking.say(message("fhir-import.joined", **counted))))
        for line in report_lines(lines, speaking):
            say(f"  {line}")
    if args.json:
        print_json({"document": args.sources, "records": told})
    return NOT_CHECKED if left else REVIEWED


def date_named(text: str | None) -> date | None:
    """The day of a date; InputError for what is none."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(message("option.start-not-a-date", text=text)) from None


def zone_named(name: str | None) -> str | None:
    from assuage.catalogue.message import message
    from assuage.errors import InputError
    from assuage.record.fields import BAD
    from assuage.record.read import time_zone

    if name is None or time_zone(name, "", lambda _place, _why: None) is not BAD:
        return name
    raise InputError(message("option.no-zone", name=name))
