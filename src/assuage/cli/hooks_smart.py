"""`assuage hooks smart`: the review of the patient in context, launched from a hospital system by SMART."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import needs_pictures, print_json
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.fhir.hooks.understood import NotUnderstood
    from assuage.record.entries import Record
    from assuage.safety.situation import Settings

PORT = 8022


def add_smart(parser: argparse.ArgumentParser) -> None:
    """--servers, --address, --host, --port, --codes, --zone, --country, --json."""
    servers = parser.add_argument(
        "--servers",
        metavar="FILE",
        required=True,
        help="which servers may launch it (.toml); no other is asked",
    )
    mark(servers, "file")
    parser.add_argument("--address", metavar="URL", help="the address at which it is served")
    add(parser, "host")
    add(parser, "port", default=PORT)
    add(parser, "codes", "zone", "country", "json")
    add_language(parser)


def run_smart(args: argparse.Namespace) -> int:
    """Answer until it is interrupted."""
    from assuage.catalogue.message import message
    from assuage.cli.fhir_record import zone_named
    from assuage.cli.review import settings_of
    from assuage.fhir.hooks.understood import fhir_reader
    from assuage.fhir.serve import bound_wsgi, to_standard_error
    from assuage.fhir.site_codes import NO_CODES, read_site_codes
    from assuage.fhir.smart.app import SmartApp, SmartSite
    from assuage.fhir.smart.launch import Launches
    from assuage.fhir.smart.servers import read_servers
    from assuage.fhir.smart.web import OuterWeb

    needs_pictures(".html")
    address = (args.address or f"http://{args.host}:{args.port}").rstrip("/")
    servers = read_servers(args.servers)
    launches = Launches(servers, {name: OuterWeb(each.loopback) for name, each in servers.items()}, address)
    codes = NO_CODES if args.codes is None else read_site_codes(args.codes)
    settings = settings_of(args.country)
    app = SmartApp(
        launches,
        fhir_reader(codes),
        lambda record, pathway, lost, speaking: shown_review(record, pathway, lost, speaking, settings),
        SmartSite(address, args.lang, zone_named(args.zone)),
        log=to_standard_error,
    )
    server = bound_wsgi(app, args.host, args.port)
    if args.json:
        print_json({"address": address, "launch": f"{address}/launch"})
        sys.stdout.flush()
    else:
        say(speaking_of(args).say(message("smart.listening", address=f"{address}/launch")))
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return REVIEWED


def shown_review(
    record: Record,
    pathway_id: str | None,
    lost: tuple[NotUnderstood, ...],
    speaking: Catalogue,
    settings: Settings,
) -> str:
    """The page of the review of today, with what is not in the record said first."""
    from msgspec.structs import replace

    from assuage.catalogue.message import message
    from assuage.fhir.hooks.services import HooksSite, now_utc, today_of
    from assuage.pathways import registry
    from assuage.report.page.pages import review_page
    from assuage.review.make import review
    from assuage.review.visit import visit_page

    named = pathway_id if record.pathway is None else None
    pathway = None if named is None else registry.pathway(named)
    here = review(
        record, pathway, today_of(record, HooksSite(zone=record.zone), now_utc()), settings, effects=False
    )
    told = tuple(message("smart.lost", place=each.place, what=each.what) for each in lost)
    return review_page(visit_page(replace(here, unread=(*told, *here.unread)), None, settings), speaking)
