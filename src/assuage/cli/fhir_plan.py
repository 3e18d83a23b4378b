"""`assuage fhir pathway ID` and `assuage fhir apply RECORD`: a pathway as FHIR, and what it says of one patient."""

from __future__ import annotations

import argparse
from typing import Any

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, print_document, print_json, write_output


def add_pathway(parser: argparse.ArgumentParser) -> None:
    """PATHWAY, -o, --json, --force."""
    named = parser.add_argument(
        "id", metavar="PATHWAY", help="its id, or a .py file that defines PATHWAY, such as neck-first"
    )
    mark(named, "file", "pathways")
    _written(parser)


def add_apply(parser: argparse.ArgumentParser) -> None:
    """RECORD, --on, --pathway, --country, --starts-on, -o, --json, --force."""
    add(parser, "record", "on", "pathway", "country")
    _written(parser)


def _written(parser: argparse.ArgumentParser) -> None:
    add_output(parser, (".json",))
    add(parser, "json")
    add_language(parser)


def run_pathway(args: argparse.Namespace) -> int:
    """Write or print the collection of a pathway."""
    from assuage.cli.pathways import pathway_named
    from assuage.fhir.pathway import pathway_bundle

    return _show(args, pathway_bundle(pathway_named(args.id), speaking_of(args)))


def run_apply(args: argparse.Namespace) -> int:
    """Write or print what the pathway says of a patient on a day."""
    from assuage.catalogue.message import message
    from assuage.cli.pathways import offered, pathway_for
    from assuage.cli.review import day_of, settings_of
    from assuage.errors import InputError
    from assuage.fhir.apply import applied
    from assuage.pathways import registry
    from assuage.record.read import read_record
    from assuage.review.make import review

    record = read_record(args.record)
    on = (record.last_day or 0) if args.on is None else day_of(args.on, record.starts_on)
    pathway = pathway_for(record, args.pathway, on)
    if pathway is None:
        raise InputError(message("apply.needs-pathway", known=offered(registry.PATHWAY_IDS)))
    here = review(record, pathway, on, settings_of(args.country), effects=False)
    return _show(args, applied(here, speaking_of(args)))


def _show(args: argparse.Namespace, bundle: dict[str, Any]) -> int:
    import orjson

    text = orjson.dumps(bundle, option=orjson.OPT_INDENT_2).decode() + "\n"
    if args.output is None:
        print_document(text)
        return REVIEWED
    write_output(args, text)
    if args.json:
        print_json({"written": args.output, "resources": len(bundle["entry"])})
    return REVIEWED
