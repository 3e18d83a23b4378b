"""`assuage fhir conformance`: what we say of ourselves as FHIR, and where every field of a record goes there."""

from __future__ import annotations

import argparse

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import add_output, print_document, print_json, write_output


def add_conformance(parser: argparse.ArgumentParser) -> None:
    """--map, --codes, --address, -o, --json, --force."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--fields",
        action="store_true",
        help="instead, where every field of every kind of entry goes in FHIR, and what is lost without our extension",
    )
    what.add_argument(
        "--code-maps",
        action="store_true",
        help="instead, our code systems and which codes of others they are, as a bundle",
    )
    parser.add_argument("--address", metavar="URL", help="the address at which it is served")
    add_output(parser, (".json", ".tsv"))
    add(parser, "json")
    add_language(parser)


def run_conformance(args: argparse.Namespace) -> int:
    """Write or print the CapabilityStatement, our codes, or the map as a table (`.tsv`) or JSON."""
    from assuage.cli.output import ending_of
    from assuage.fhir.concept_maps import our_codes
    from assuage.fhir.served.capability import capability_statement

    endings = (".json", ".tsv") if args.fields else (".json",)
    ending = ".json" if args.output is None else ending_of(args.output, endings)
    if args.fields:
        as_table = ending == ".tsv" or (args.output is None and not args.json)
        text = _map_as_table() if as_table else _indented(_map_rows())
    elif args.code_maps:
        text = _indented(our_codes())
    else:
        text = _indented(capability_statement(args.address, speaking_of(args)))
    if args.output is None:
        print_document(text)
        return REVIEWED
    write_output(args, text)
    if args.json:
        print_json({"written": args.output})
    return REVIEWED


def _indented(value: object) -> str:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n"


def _map_rows() -> list[dict[str, str]]:
    from assuage.fhir.field_map import mapped_common_fields, mapped_fields

    return [
        {
            "kind": each.kind,
            "resource": each.resource,
            "field": each.field,
            "elements": " ".join(each.where),
            "without_extension": each.fate,
        }
        for each in (*mapped_fields(), *mapped_common_fields())
    ]


def _map_as_table() -> str:
    rows = _map_rows()
    return "".join("\t".join(cells) + "\n" for cells in (rows[0], *(row.values() for row in rows)))
