"""`assuage hooks serve|check|feedback|smart`: answer a hospital system, be launched from it, count what came of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli import REVIEWED, UNUSABLE, hooks_smart
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.fhir.serve import HooksApp

HELP = "answer CDS Hooks 2.0: cards about where a patient stands, and about orders before they are signed"
PORT = 8021
# As `assuage.fhir.hooks.models` has them, which needs the extra.
EDITIONS = ("2.0", "3.0")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Four verbs: serve, check, feedback, smart."""
    verbs = parser.add_subparsers(dest="verb", metavar="serve|check|feedback|smart", required=True)
    serve = verbs.add_parser("serve", help="answer calls until it is interrupted")
    add(serve, "host")
    add(serve, "port", default=PORT)
    _file(serve, "--clients", "who may call, and their keys (.toml); needed beyond this machine")
    _file(serve, "--feedback", "keep what becomes of cards there, without a patient (default: nowhere)")
    serve.add_argument(
        "--page", metavar="URL", help="the SMART page of the whole review, linked on every card"
    )
    serve.add_argument(
        "--edition",
        choices=EDITIONS,
        default=EDITIONS[0],
        help="the edition of CDS Hooks that answers are written in (default: %(default)s)",
    )
    add(serve, "codes", "zone", "pathway", "country", "json")
    add_language(serve)
    check = verbs.add_parser("check", help="check requests, responses, services and feedback of CDS Hooks")
    documents = check.add_argument(
        "documents", nargs="+", metavar="FILE", help="a document of CDS Hooks as JSON"
    )
    mark(documents, "file")
    add(check, "json")
    add_language(check)
    counts = verbs.add_parser("feedback", help="what became of the cards of each rule")
    kept = counts.add_argument("kept", metavar="FILE", help="the file that serve --feedback writes")
    mark(kept, "file")
    add(counts, "json")
    add_language(counts)
    hooks_smart.add_smart(
        verbs.add_parser("smart", help="show the review of the patient in context, launched by SMART")
    )


def _file(parser: argparse.ArgumentParser, flag: str, told: str) -> None:
    mark(parser.add_argument(flag, metavar="FILE", help=told), "file")


def run(args: argparse.Namespace) -> int:
    """Do what the verb says."""
    from importlib.util import find_spec

    from assuage.catalogue.message import message
    from assuage.errors import InputError

    if find_spec("orjson") is None:
        raise InputError(message("extra.hooks"))
    verbs = {"serve": _serve, "check": _check, "feedback": _feedback, "smart": hooks_smart.run_smart}
    return verbs[args.verb](args)


def _serve(args: argparse.Namespace) -> int:
    """Answer calls; an interruption ends it as it ends every command."""
    from assuage.catalogue.message import message
    from assuage.fhir.serve import bound_server

    server = bound_server(_app(args), args.host, args.port, has_clients=args.clients is not None)
    address = f"http://{args.host}:{server.server_port}/cds-services"
    if args.json:
        print_json({"address": address})
        sys.stdout.flush()
    else:
        say(speaking_of(args).say(message("hooks.listening", address=address)))
    try:
        server.serve_forever()
    finally:
        server.server_close()
    return REVIEWED


def _app(args: argparse.Namespace) -> HooksApp:
    from assuage.cli.fhir_record import zone_named
    from assuage.cli.review import settings_of
    from assuage.fhir.hooks.feedback import FeedbackStore
    from assuage.fhir.hooks.services import HookServices, HooksSite
    from assuage.fhir.hooks.trust import read_clients
    from assuage.fhir.hooks.understood import fhir_reader
    from assuage.fhir.serve import HooksApp, to_standard_error
    from assuage.fhir.site_codes import NO_CODES, read_site_codes
    from assuage.pathways import registry

    if args.pathway is not None:
        registry.pathway(args.pathway)
    settings, zone = settings_of(args.country), zone_named(args.zone)
    site = HooksSite(args.pathway, settings, zone, args.lang, args.page, args.edition)
    codes = NO_CODES if args.codes is None else read_site_codes(args.codes)
    clients = None if args.clients is None else read_clients(args.clients)
    services = HookServices(FeedbackStore(args.feedback), fhir_reader(codes), site)
    services.warm()
    return HooksApp(services, clients, log=to_standard_error)


def _check(args: argparse.Namespace) -> int:
    """Check every document; 2 where one has an error."""
    from assuage.cli.fhir import show_checked
    from assuage.fhir.hooks.check import checked_hook_bytes
    from assuage.fhir.reading import MOST_BYTES
    from assuage.record.document import read_bytes

    checked = [(name, checked_hook_bytes(read_bytes(Path(name), MOST_BYTES))) for name in args.documents]
    return UNUSABLE if show_checked(checked, speaking_of(args), as_json=bool(args.json)) else REVIEWED


def _feedback(args: argparse.Namespace) -> int:
    """Print what became of the cards of each rule."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError
    from assuage.fhir.hooks.feedback import FeedbackStore

    if not Path(args.kept).is_file():
        raise InputError(message("file.none", path=args.kept))
    rules = FeedbackStore(args.kept).statistics()
    if args.json:
        print_json([each._asdict() for each in rules])
        return REVIEWED
    speaking = speaking_of(args)
    for each in rules:
        reasons = tuple(
            message("hooks.feedback-reason", reason=reason, n=n)
            for reason, n in sorted(each.overridden.items())
        )
        print(
            speaking.say(
                message(
                    "hooks.feedback-rule",
                    rule=each.rule,
                    cards=each.cards,
                    accepted=each.accepted,
                    overridden=sum(each.overridden.values()),
                    reasons=reasons or None,
                )
            )
        )
    if not rules:
        print(speaking.say(message("hooks.feedback-none")))
    return REVIEWED
