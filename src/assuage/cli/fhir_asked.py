"""`assuage fhir questionnaire NAME` and `fhir extract RESPONSE`: a form, filled in as far as may be; its answers."""

from __future__ import annotations

import argparse

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, print_document, print_json, write_output


def add_questionnaire(parser: argparse.ArgumentParser) -> None:
    """NAME, --list, --for, --on, --pathway, --starts-on, -o, --json, --force."""
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="an instrument (phq9), diary, diary-PATHWAY, pathway-PATHWAY, or today with --for",
    )
    add(parser, "list")
    record = parser.add_argument(
        "--for",
        dest="record",
        metavar="RECORD",
        help="the response instead, with what this record knows filled in; of today the questions of the day",
    )
    mark(record, "file")
    add(parser, "on", "pathway", "country", "starts-on")
    add_output(parser, (".json",))
    add(parser, "json")
    add_language(parser)


def add_extract(parser: argparse.ArgumentParser) -> None:
    """RESPONSE, --zone, --codes, -o, --json, --force."""
    sources = parser.add_argument(
        "sources",
        nargs="+",
        metavar="RESPONSE",
        help="answers to a form of ours as JSON or NDJSON; - for standard input",
    )
    mark(sources, "file")
    add(parser, "codes", "zone")
    add_output(parser, (".json",))
    add(parser, "json")
    add_language(parser)


def run_extract(args: argparse.Namespace) -> int:
    """Write or print the transaction of what the answers say, with the scores; 3 where something was not read."""
    import orjson

    from assuage.cli import NOT_CHECKED
    from assuage.cli.fhir_record import zone_named
    from assuage.cli.surroundings import say
    from assuage.fhir.forms.extract import extracted
    from assuage.fhir.join import record_of
    from assuage.fhir.read.resources import read_resources
    from assuage.fhir.report import report_lines
    from assuage.fhir.site_codes import NO_CODES, read_site_codes
    from assuage.fhir.sources import resources_of

    codes = NO_CODES if args.codes is None else read_site_codes(args.codes)
    read = read_resources(list(resources_of(args.sources)), zone=zone_named(args.zone), codes=codes)
    joined = record_of(read)
    lines = [*read.lines, *joined.lines]
    for line in report_lines(lines, speaking_of(args)):
        say(f"  {line}")
    bundle = extracted(joined.record)
    text = orjson.dumps(bundle, option=orjson.OPT_INDENT_2).decode() + "\n"
    if args.output is None:
        print_document(text)
    else:
        write_output(args, text)
        if args.json:
            print_json({"written": args.output, "resources": len(bundle["entry"])})
    return NOT_CHECKED if any(line.weight == "left" for line in lines) else REVIEWED


def run_questionnaire(args: argparse.Namespace) -> int:
    """Write or print the form, its response, or the names of all forms."""
    import orjson

    from assuage.catalogue.message import message
    from assuage.cli.fhir_record import date_named
    from assuage.errors import InputError
    from assuage.fhir.forms.answers import populated
    from assuage.fhir.forms.forms import TODAY, form_named, form_names, form_of_the_day
    from assuage.fhir.forms.questionnaire import questionnaire_of
    from assuage.fhir.write.bundle import writing_of
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline

    speaking = speaking_of(args)
    if args.list or args.name is None:
        names = [*form_names(), TODAY]
        if args.json:
            print_json(names)
        else:
            print("\n".join(names))
        return REVIEWED
    if args.record is None:
        if args.name == TODAY:
            raise InputError(message("form.today-of-whom"))
        resource = questionnaire_of(form_named(args.name), speaking)
    else:
        from assuage.cli.pathways import pathway_for
        from assuage.cli.review import day_of, settings_of
        from assuage.review.make import review

        record = read_record(args.record)
        on = (record.last_day or 0) if args.on is None else day_of(args.on, record.starts_on)
        if args.name == TODAY:
            pathway = pathway_for(record, args.pathway, on)
            here = review(record, pathway, on, settings_of(args.country), effects=False)
            resource = questionnaire_of(form_of_the_day(here), speaking)
        else:
            of = writing_of(record, date_named(args.starts_on) or record.starts_on)
            authored = of.date_of(on)
            resource = populated(
                form_named(args.name),
                Timeline(record, on),
                on,
                of,
                None if authored is None else authored.isoformat(),
            )
    text = orjson.dumps(resource, option=orjson.OPT_INDENT_2).decode() + "\n"
    if args.output is None:
        print_document(text)
        return REVIEWED
    write_output(args, text)
    if args.json:
        print_json({"written": args.output, "resource": resource["resourceType"]})
    return REVIEWED
